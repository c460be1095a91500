"""The rules of `danvan format-check`: the form of a document by Nghị định 30/2020/NĐ-CP.

A rule whose figure was read in a rendering of the decree may be an error; what is general practice is a warning at
most. Imported only where such a code is shown.
"""

from __future__ import annotations

from typing import Final

from danvan_cli.findings.rule import Rule

GROUPS_ND: Final = {
    "ND1": "Trang, phông chữ",
    "ND2": "Thành phần thể thức",
    "ND3": "Cách trình bày thành phần",
    "ND4": "Đoạn văn",
    "ND5": "Nội dung thể thức",
}

_ONE = "Nghị định 30/2020/NĐ-CP, Phụ lục I"
_USUAL = "thông lệ trình bày, chưa đối chiếu với Nghị định 30/2020/NĐ-CP"

_RULES: Final = (
    # Sheet and letters
    Rule("ND101", "Khổ giấy không phải A4", "error", "Văn bản in trên giấy A4 (210 × 297 mm); trang đầu để dọc.",
         "Letter 216 × 279 mm", "A4 210 × 297 mm", f"{_ONE}, I.1"),
    Rule("ND102", "Lề trang ngoài mức quy định", "error",
         "Lề trên, dưới 20–25 mm; trái 30–35 mm; phải 15–20 mm.", "bốn lề đều 25,4 mm", "20, 20, 30, 15 mm", f"{_ONE}, I.3"),
    Rule("ND103", "Phông chữ không phải Times New Roman", "error",
         "Cả văn bản dùng phông Times New Roman, bộ mã Unicode.", "Calibri", "Times New Roman", f"{_ONE}, I.4"),
    Rule("ND104", "Chữ không phải màu đen", "error", "Chữ của văn bản màu đen.", "xanh 0070C0", "đen, hoặc tự động", f"{_ONE}, I.4"),
    Rule("ND105", "Không có số trang", "error", "Văn bản từ hai trang phải đánh số trang.",
         "văn bản 3 trang không số", "số trang ở giữa lề trên từ trang 2", f"{_ONE}, I.7"),
    Rule("ND106", "Số trang hiện ở trang đầu", "error", "Trang thứ nhất không hiển thị số trang.",
         "số 1 ở đầu trang nhất", "đặt «trang đầu khác» và để trống đầu trang nhất", f"{_ONE}, I.7"),
    Rule("ND107", "Số trang đặt sai chỗ", "error", "Số trang đặt canh giữa trong phần lề trên.",
         "số trang ở cuối trang, bên phải", "số trang ở giữa lề trên", f"{_ONE}, I.7"),
    Rule("ND108", "Số trang sai kiểu chữ", "error", "Số trang là chữ số Ả Rập, cỡ 13–14, kiểu đứng, tính từ 1.",
         "số La Mã, cỡ 10", "số Ả Rập, cỡ 13", f"{_ONE}, I.7"),
    Rule("ND109", "Chữ Unicode tổ hợp hoặc ký tự không nhìn thấy", "warning",
         "Chữ tổ hợp và ký tự ẩn nhìn không khác nhưng tìm không ra, dễ hỏng khi chuyển qua hệ thống khác.",
         "«ế» gồm ba ký tự", "«ế» là một ký tự", "TCVN 6909:2001"),
    Rule("ND110", "Chữ gõ bằng phông cũ (TCVN3, VNI)", "error", "Phông .VnTime, VNI-Times không phải Unicode: máy khác hiện sai.",
         "C«ng v¨n (.VnTime)", "Công văn (Times New Roman)", f"{_ONE}, I.4"),
    # Components
    Rule("ND201", "Thiếu thành phần thể thức", "error", "Mỗi loại văn bản phải có đủ các thành phần của mẫu.",
         "báo cáo không có «Nơi nhận»", "đủ các thành phần theo mẫu 1.4, 1.5", "Nghị định 30/2020/NĐ-CP, Phụ lục III"),
    Rule("ND202", "Thành phần đặt sai chỗ", "error",
         "Quốc hiệu và ngày tháng ở bên phải, cơ quan và số ký hiệu bên trái, chữ ký ở nửa phải, nơi nhận bên trái.",
         "Quốc hiệu ở bên trái", "Quốc hiệu ở bên phải, trên cùng", f"{_ONE}, mục II và sơ đồ"),
    Rule("ND203", "Thiếu đường kẻ", "error",
         "Dưới Tiêu ngữ, tên cơ quan ban hành và trích yếu có đường kẻ ngang, nét liền.",
         "không có đường kẻ dưới Tiêu ngữ", "đường kẻ dài bằng Tiêu ngữ", f"{_ONE}, II.1, II.2, II.5"),
    Rule("ND204", "Đường kẻ dài hoặc ngắn quá", "warning",
         "Kẻ dưới Tiêu ngữ dài bằng dòng chữ; dưới tên cơ quan và trích yếu từ 1/3 đến 1/2 dòng chữ. Độ dài dòng chữ do danvan ước tính.",
         "kẻ hết bề rộng cột", "kẻ bằng 1/3 đến 1/2 dòng chữ", f"{_ONE}, II.1, II.2, II.5"),
    Rule("ND205", "Quốc hiệu hoặc Tiêu ngữ viết sai", "error", "Quốc hiệu, Tiêu ngữ viết đúng từng chữ; Tiêu ngữ có gạch nối (-).",
         "Độc lập – Tự do – Hạnh phúc", "Độc lập - Tự do - Hạnh phúc", f"{_ONE}, II.1"),
    # How components look
    Rule("ND301", "Cỡ chữ ngoài mức quy định", "error", "Mỗi thành phần có cỡ chữ riêng.", "Nơi nhận cỡ 14", "Nơi nhận cỡ 12", f"{_ONE}, mục II"),
    Rule("ND302", "Chữ đậm không đúng", "error", "Mỗi thành phần đậm hay không theo quy định.",
         "cơ quan chủ quản in đậm", "cơ quan chủ quản không đậm, cơ quan ban hành đậm", f"{_ONE}, mục II"),
    Rule("ND303", "Chữ nghiêng không đúng", "error", "Mỗi thành phần đứng hay nghiêng theo quy định.",
         "địa danh, ngày tháng kiểu đứng", "địa danh, ngày tháng kiểu nghiêng", f"{_ONE}, mục II"),
    Rule("ND304", "Chữ hoa, chữ thường không đúng", "error", "Mỗi thành phần viết in hoa hay in thường theo quy định.",
         "Kế hoạch", "KẾ HOẠCH", f"{_ONE}, mục II"),
    Rule("ND305", "Căn lề không đúng", "error", "Nội dung căn đều hai lề; tên loại, trích yếu, quốc hiệu, cơ quan căn giữa.",
         "nội dung căn trái", "nội dung căn đều hai bên", f"{_ONE}, mục II"),
    Rule("ND310", "Trình bày khác thông lệ", "warning",
         "Chưa đối chiếu được chỗ này với lời văn của Nghị định; phần lớn văn bản trình bày như gợi ý.",
         "mục «I.» chữ thường", "mục «I.» chữ hoa, đậm", _USUAL),
    # Paragraphs
    Rule("ND401", "Dòng đầu đoạn thụt không đúng", "error", "Khi xuống dòng, chữ đầu dòng lùi vào 1 cm hoặc 1,27 cm.",
         "không lùi, hoặc lùi 2 cm", "lùi 1,27 cm", f"{_ONE}, II.6"),
    Rule("ND402", "Khoảng cách giữa các đoạn nhỏ quá", "error", "Khoảng cách giữa các đoạn tối thiểu 6 pt.",
         "0 pt", "6 pt", f"{_ONE}, II.6"),
    Rule("ND403", "Khoảng cách dòng không đúng", "error", "Khoảng cách giữa các dòng từ dòng đơn đến 1,5 dòng.",
         "2 dòng", "1–1,5 dòng", f"{_ONE}, II.6"),
    # What components say
    Rule("ND501", "Dấu cuối dòng căn cứ không đúng", "error", "Mỗi căn cứ một dòng, cuối dòng dấu «;», dòng cuối cùng dấu «.».",
         "Căn cứ Luật …,", "Căn cứ Luật …;", f"{_ONE}, II.6"),
    Rule("ND502", "Số, ký hiệu sai dạng", "error", "Số, ký hiệu: Số: 05/BC-SNV; công văn: Số: 05/SNV-XDCQ.",
         "Số 05-BC/SNV", "Số: 05/BC-SNV", f"{_ONE}, II.3"),
    Rule("ND503", "Số dưới 10 không có số 0", "error", "Số nhỏ hơn 10 phải ghi thêm số 0 phía trước.", "Số: 5/BC-SNV", "Số: 05/BC-SNV", f"{_ONE}, II.3"),
    Rule("ND504", "Có năm trong số văn bản hành chính", "error", "Năm ban hành chỉ có trong số của văn bản quy phạm pháp luật.",
         "Số: 05/2023/BC-SNV", "Số: 05/BC-SNV", f"{_ONE}, II.3"),
    Rule("ND505", "Ký hiệu không khớp tên loại", "error", "Chữ viết tắt trong ký hiệu phải là của tên loại văn bản.",
         "KẾ HOẠCH, Số: 05/BC-SNV", "KẾ HOẠCH, Số: 05/KH-SNV", "Nghị định 30/2020/NĐ-CP, Phụ lục III"),
    Rule("ND506", "Địa danh, ngày tháng năm viết sai", "error",
         "Sau địa danh có dấu phẩy; ngày dưới 10 và tháng 1, 2 thêm số 0; viết đủ chữ ngày, tháng, năm.",
         "Bình Phước ngày 5/3/2023", "Bình Phước, ngày 05 tháng 3 năm 2023", f"{_ONE}, II.4"),
    Rule("ND507", "Số hoặc ngày còn để trống", "note", "Số và ngày thường do hệ thống văn bản điện tử điền sau khi ký.",
         "Số:       /BC-SYT", "Số: 05/BC-SYT"),
    Rule("ND508", "Dòng nơi nhận viết sai", "error", "Mỗi nơi nhận một dòng «- X;», dòng cuối «- Lưu: VT, …».",
         "Như trên", "- Như trên;", f"{_ONE}, II.9"),
    Rule("ND509", "Nội dung không kết thúc bằng ./.", "warning", "Hết nội dung thường có dấu «./.» để biết văn bản không còn phần nào.",
         "… theo quy định.", "… theo quy định./.", _USUAL),
    Rule("ND510", "Học hàm, học vị trước họ tên người ký", "error", "Trước họ tên người ký không ghi học hàm, học vị.",
         "TS. Nguyễn Văn An", "Nguyễn Văn An", f"{_ONE}, II.7"),
    Rule("ND511", "Quyền hạn của người ký viết khác thường", "warning",
         "KT. thì dòng dưới là cấp phó; chủ tịch UBND thường ký TM. ỦY BAN NHÂN DÂN; giám đốc sở ký không TM.",
         "KT. CHỦ TỊCH / CHỦ TỊCH", "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH", _USUAL),
    Rule("ND512", "Nhân dân, Nhà nước viết thường", "warning", "Hai danh từ này luôn viết hoa (trừ tên gọi như Ủy ban nhân dân).",
         "phục vụ nhân dân", "phục vụ Nhân dân", "Nghị định 30/2020/NĐ-CP, Phụ lục II"),
    Rule("ND513", "Kính gửi nhiều nơi mà không xuống dòng", "error", "Gửi nhiều nơi thì mỗi nơi một dòng, đầu dòng có gạch «-».",
         "Kính gửi: Sở A; Sở B.", "Kính gửi:\n- Sở A;\n- Sở B.", f"{_ONE}, II.9"),
)  # fmt: skip

CATALOGUE_ND: Final = {rule.code: rule for rule in _RULES}
