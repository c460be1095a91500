"""The catalogue of rules: what `danvan rule` explains, the documentation lists and every output format names.

Codes are stable. A rule says why it is there, shows a wrong and a right example and, where a rule of law or a
decision of this project is behind it, its source.
"""

from __future__ import annotations

from typing import Final

from danvan_cli.findings.rule import Rule
from danvan_cli.lang import _

GROUPS: Final = {
    "DV1": "YAML và lược đồ",
    "DV2": "Tham chiếu",
    "DV3": "Ngày tháng",
    "DV4": "Viện dẫn văn bản",
    "DV5": "Chữ tiếng Việt",
    "DV6": "Sửa kế hoạch đã ban hành",
    "DV7": "Bộ tiêu chí chấm điểm",
    "DV8": "Mẫu văn bản",
    "DV9": "Tệp của cơ quan, đơn vị",
}


_OURS = "quy ước của danvan"
_AMENDED = "Nghị định 30/2020/NĐ-CP, Điều 18"
_DATA = "before: 10/5/2023"

# ruff: noqa: ERA001 - the examples hold comments of YAML

_RULES: Final = (
    # DV1: YAML and schema
    Rule("DV101", "Tệp không phải UTF-8", "error",
         "Tệp lưu bằng bảng mã khác (UTF-16, TCVN3, VNI) sẽ thành chữ sai trong mọi văn bản làm ra từ nó.",
         "lưu bằng Notepad với mã «Unicode» (UTF-16)", "lưu lại với mã «UTF-8»"),
    Rule("DV102", "Tệp có dấu BOM ở đầu", "warning",
         "Dấu BOM không nhìn thấy được, nhưng nhiều công cụ coi nó là một phần của khóa đầu tiên.",
         "lưu với mã «UTF-8 with BOM»", "lưu với mã «UTF-8»"),
    Rule("DV103", "Sai cú pháp YAML", "error",
         "Tệp không đọc được đến hết nên không kiểm tra được gì sau chỗ sai.",
         'title: "Kế hoạch', 'title: "Kế hoạch"'),
    Rule("DV104", "Thụt dòng bằng phím Tab", "error",
         "YAML không cho thụt dòng bằng Tab vì mỗi trình soạn thảo hiện Tab một khác.",
         "tasks:\n<Tab>- id: II.1.1", "tasks:\n  - id: II.1.1"),
    Rule("DV105", "Khóa lặp lại", "error",
         "Hai khóa trùng tên trong cùng một mục: giá trị trước mất đi mà không ai biết.",
         "to: so-noi-vu\nto: so-y-te", "to: so-noi-vu"),
    Rule("DV106", "Dùng neo, bí danh, thẻ hoặc khóa gộp", "error",
         "Kế hoạch phải đọc được từ trên xuống; neo (&), bí danh (*), thẻ (!) và khóa gộp (<<) giấu nội dung ở chỗ khác.",
         "owners: *tat-ca", "owners: [all]", _OURS),
    Rule("DV107", "Tệp lớn quá hoặc lồng sâu quá", "error",
         "Tệp quá cỡ có thể làm máy treo; một kế hoạch thật không bao giờ lớn hoặc sâu như vậy.",
         "[[[[[[…]]]]]]", "owners: [all]", _OURS),
    Rule("DV108", "Nhiều tài liệu trong một tệp", "error",
         "Mỗi tệp là một kế hoạch; phần sau dấu --- sẽ bị bỏ qua mà không ai biết.",
         'id: "2023"\n---\nid: "2024"', "hai tệp: 2023.yaml và 2024.yaml", _OURS),
    Rule("DV109", "Tệp trống", "error", "Tệp không có nội dung nào để kiểm tra.", "", "format: danvan-plan/1"),
    Rule("DV110", "Khóa không có trong lược đồ", "error",
         "Khóa viết sai tên thì nội dung của nó không được dùng ở đâu cả.",
         "ownners: [all]", "owners: [all]"),
    Rule("DV111", "Thiếu khóa bắt buộc", "error",
         "Thiếu khóa này thì không làm ra được văn bản hoặc không theo dõi được.",
         "- {id: 6m, kind: report}", "- {id: 6m, kind: report, name: Báo cáo 06 tháng, owners: [all]}"),
    Rule("DV112", "Sai kiểu giá trị", "error",
         "Chỗ cần danh sách lại là chữ, chỗ cần số lại là chữ: không đoán thay người soạn.",
         "owners: all", "owners: [all]"),
    Rule("DV113", "Giá trị không hợp lệ", "error",
         "Giá trị không nằm trong những giá trị được phép.",
         "state: phat-hanh", "state: issued"),
    Rule("DV114", "Ngày không đúng dạng hoặc không có thật", "error",
         "Trong YAML ngày luôn viết NĂM-THÁNG-NGÀY để không ai đọc nhầm ngày với tháng.",
         _DATA, "before: 2023-05-10"),
    Rule("DV115", "Phiên bản định dạng không đọc được", "error",
         "Tệp của phiên bản khác có thể có nghĩa khác; danvan không đoán.",
         "format: danvan-plan/9", "format: danvan-plan/1"),
    Rule("DV116", "Lời bỏ qua không có tác dụng", "warning",
         "Lời «danvan: ignore» không còn bỏ qua điều gì, hoặc không nêu lý do, sẽ che lỗi mới mà không ai biết.",
         "before: 2023-05-10  # danvan: ignore DV303", "before: 2023-05-10  # danvan: ignore DV303 đã thống nhất gửi sớm", _OURS),
    Rule("DV117", "Khóa không theo thứ tự", "note",
         "Mọi nhiệm vụ viết cùng một thứ tự thì đọc nhanh, so hai bản thấy ngay chỗ khác.",
         "- label: Quán triệt\n  id: II.1.1", "- id: II.1.1\n  label: Quán triệt", _OURS),
    # DV2: references
    Rule("DV201", "Chủ thể không có trong kế hoạch", "error",
         "Nhiệm vụ giao cho một cơ quan hoặc khối không có trong danh sách thì không ai phải làm.",
         "owners: [so-noi-vụ]", "owners: [so-noi-vu]"),
    Rule("DV202", "Khối không có trong kế hoạch", "error",
         "Cơ quan, đơn vị phải thuộc một khối đã khai ở «blocks» để giao việc và xếp loại.",
         "block: so-nganh", "block: so-ban-nganh"),
    Rule("DV203", "Kỳ báo cáo không có trong kế hoạch", "error",
         "Báo cáo phải thuộc một kỳ đã khai ở «periods».", "period: 6th", "period: 6m"),
    Rule("DV204", "Nơi gửi đến không có trong kế hoạch", "error",
         "Nơi nhận báo cáo phải là cơ quan ban hành kế hoạch hoặc một cơ quan trong «units».",
         "to: so-noivu", "to: so-noi-vu"),
    Rule("DV205", "Mã trùng nhau", "error",
         "Mỗi mã chỉ một nghĩa: kết quả, điểm và báo cáo của các đơn vị đều ghi theo mã.",
         "- id: II.1.1\n- id: II.1.1", "- id: II.1.1\n- id: II.1.2"),
    Rule("DV206", "Mã nhiệm vụ không theo mã nội dung", "error",
         "Nhiệm vụ của nội dung II.1 có mã II.1.1, II.1.2… để nhìn mã biết chỗ.",
         "- id: II.2.1   # trong II.1", "- id: II.1.1", _OURS),
    Rule("DV207", "Chỗ viện dẫn không có trong kế hoạch", "error",
         "«cited» ghi những chỗ nêu văn bản; mã chỗ phải là mã của một đoạn có thật.",
         "cited: [I.9]", "cited: [I.1]"),
    Rule("DV208", "Chỉ tiêu không có trong kế hoạch", "error",
         "Phép kiểm tra nêu một chỉ tiêu không có thì không bao giờ kiểm tra được gì.",
         "check: da-giai-quiet <= tiep-nhan", "check: da-giai-quyet <= tiep-nhan"),
    Rule("DV209", "Mục trách nhiệm hoặc nội dung không có trong kế hoạch", "error",
         "Báo cáo, hồ sơ và chỉ tiêu nói mình thuộc mục nào của kế hoạch; mục đó phải có.",
         "duty: III.9", "duty: III.3c"),
    Rule("DV210", "Cơ quan kế thừa hoặc cấp trên không có trong kế hoạch", "error",
         "Đơn vị sáp nhập, chia tách phải trỏ đến đơn vị có thật thì việc mới có người nhận.",
         "successors: [so-noi-vu-2]", "successors: [so-noi-vu]"),
    Rule("DV211", "Gia hạn, miễn gửi nêu tên không có", "error",
         "Gia hạn hay miễn cho một đơn vị, một báo cáo không có hoặc đơn vị không phải gửi thì không có tác dụng.",
         "extensions: [{units: [so-yte], deliverable: 6m, …}]", "extensions: [{units: [so-y-te], deliverable: 6m, …}]"),
    # DV3: dates
    Rule("DV301", "Thời hạn trước khi hết kỳ số liệu", "note",
         "Gửi báo cáo khi kỳ chưa kết thúc thì số liệu cuối kỳ phải ghi là ước thực hiện.",
         "before: 2023-05-10   # kỳ đến 2023-06-14", "before: 2023-06-20",
         "Nghị định 09/2019/NĐ-CP (kỳ số liệu mặc định; thời hạn sau kỳ ít nhất 01 ngày làm việc)"),
    Rule("DV302", "Thời hạn ngoài năm kế hoạch", "error",
         "Thời hạn của kế hoạch năm nằm trong năm đó; sai năm thường là lỗi gõ hoặc lỗi sao chép từ năm trước.",
         "before: 2024-05-10   # kế hoạch 2023", "before: 2023-05-10"),
    Rule("DV303", "Ngày cuối cùng không phải ngày làm việc", "note",
         "Thời hạn là ngày cố định thì không tự lùi; đơn vị cần biết ngày làm việc gần nhất trước đó.",
         "before: 2026-05-11   # ngày cuối là Chủ nhật 10/5/2026", "before: 2026-05-09",
         "Bộ luật Dân sự 2015, Điều 145–148 chỉ nói về thời hạn tính bằng khoảng thời gian"),
    Rule("DV304", "Lịch làm việc chưa có năm này", "note",
         "plans/calendar.yaml chưa ghi năm này nên không biết ngày nào nghỉ; danvan không đoán.",
         "years: [2023]   # kế hoạch 2027", "thêm năm 2027 vào plans/calendar.yaml"),
    Rule("DV305", "Ngày đầu sau ngày cuối", "error", "Kỳ hoặc thời gian có ngày đầu sau ngày cuối là rỗng.",
         "{from: 2023-06-14, to: 2022-12-15}", "{from: 2022-12-15, to: 2023-06-14}"),
    Rule("DV306", "Văn bản được viện dẫn có ngày sau kế hoạch", "error",
         "Kế hoạch không thể căn cứ vào văn bản chưa có.",
         "date: 2024-01-12   # kế hoạch 2023", "date: 2023-01-12"),
    Rule("DV307", "Gia hạn không muộn hơn thời hạn", "error",
         "Gia hạn phải cho ngày muộn hơn ngày của kế hoạch; sớm hơn thường là gõ nhầm tháng.",
         "extensions: [{…, deliverable: 6m, by: 2023-04-20}]", "extensions: [{…, deliverable: 6m, by: 2023-05-20}]"),
    # DV4: citations
    Rule("DV401", "Văn bản nêu trong nội dung mà không có trong danh mục", "warning",
         "Danh mục văn bản phải đủ thì mới kiểm tra được số, ký hiệu và ngày.",
         "text: … Kế hoạch số 28-KH/TU …", "documents:\n  - {id: kh-28, type: Kế hoạch, symbol: 28-KH/TU}"),
    Rule("DV402", "Ngày viện dẫn khác danh mục", "error",
         "Cùng một văn bản mà hai chỗ ghi hai ngày thì một chỗ sai.",
         "Nghị quyết số 76/NQ-CP ngày 15/8/2021", "Nghị quyết số 76/NQ-CP ngày 15/7/2021"),
    Rule("DV403", "Số, ký hiệu gần giống một văn bản trong danh mục", "error",
         "Sai một chữ trong ký hiệu là viện dẫn một văn bản khác.",
         "Quyết định số 2685/QĐ-UBNB", "Quyết định số 2685/QĐ-UBND"),
    Rule("DV404", "Văn bản trong danh mục mà không chỗ nào nêu", "warning",
         "Danh mục là của những văn bản kế hoạch nêu; văn bản thừa thường là lỗi gõ ở ký hiệu.",
         "documents:\n  - {id: kh-99, symbol: 99/KH-UBND}", "bỏ văn bản ra khỏi danh mục"),
    Rule("DV405", "Chỗ viện dẫn ghi không đúng", "warning",
         "«cited» phải khớp với những đoạn thật sự nêu văn bản.",
         "cited: [I.2]   # đoạn I.2 không nêu", "cited: [I.1]"),
    Rule("DV406", "Tên loại văn bản không khớp ký hiệu", "error",
         "Chữ viết tắt tên loại trong ký hiệu phải là của loại văn bản đó.",
         "Chỉ thị số 33/TT-TTg", "Chỉ thị số 33/CT-TTg", "Nghị định 30/2020/NĐ-CP, Phụ lục III"),
    Rule("DV407", "Cơ quan trong ký hiệu không ban hành loại văn bản này", "error",
         "Thông tư không phải của Thủ tướng, Nghị định chỉ của Chính phủ: ký hiệu như vậy không có thật.",
         "Thông tư số 33/TT-TTg", "Chỉ thị số 33/CT-TTg", "Luật Ban hành văn bản quy phạm pháp luật 2015, Điều 4"),
    Rule("DV408", "Ký hiệu viết theo dạng của cơ quan khác", "warning",
         "Cơ quan Nhà nước viết 21/KH-UBND, cơ quan Đảng viết 27-KH/TU; viết lẫn là viện dẫn sai.",
         "27/KH-TU", "27-KH/TU", "Nghị định 30/2020/NĐ-CP, Phụ lục I; dạng của Đảng là hiểu biết chung"),
    Rule("DV409", "Ngày của văn bản viện dẫn không thể đúng", "error",
         "Ngày phải có thật, không sau kế hoạch, và cùng năm với năm ghi trong ký hiệu.",
         "Nghị định số 20/2021/NĐ-CP ngày 15/3/2022", "Nghị định số 20/2021/NĐ-CP ngày 15/3/2021"),
    # DV5: Vietnamese text
    Rule("DV501", "Chữ gõ bằng phông cũ (TCVN3, VNI)", "error",
         "Chữ của phông .VnTime, VNI-Times dán vào sẽ hiện sai ở mọi máy.",
         "C«ng t¸c d©n vËn", "Công tác dân vận", "Nghị định 30/2020/NĐ-CP, Phụ lục I (bộ mã Unicode)"),
    Rule("DV502", "Chữ Unicode tổ hợp (không phải dựng sẵn)", "warning",
         "Chữ tổ hợp nhìn giống nhưng tìm không ra và so sánh thành khác; danvan đọc như chữ dựng sẵn.",
         "«ế» gồm ba ký tự", "«ế» là một ký tự", "TCVN 6909:2001"),
    Rule("DV503", "Ký tự không nhìn thấy", "warning",
         "Ký tự điều khiển, khoảng trắng rộng bằng không hoặc dấu đảo chiều chữ lọt vào khi sao chép từ trang web.",
         "kế<U+200B>hoạch", "kế hoạch"),
    Rule("DV504", "Thừa khoảng trắng", "note",
         "Khoảng trắng thừa vào cả văn bản làm ra, và làm hai bản khác nhau ở chỗ không ai thấy.",
         "label: Quán  triệt", "label: Quán triệt"),
    # DV6: edits of an issued plan
    Rule("DV601", "Sửa kế hoạch đã ban hành mà chưa có văn bản sửa đổi", "error",
         "Nhiệm vụ, thời hạn, người thực hiện, điểm của kế hoạch đã ban hành chỉ thay đổi theo một văn bản sửa đổi có số, ngày.",
         "before: 2023-06-10   # bản trước 2023-06-20", "amendments:\n  - {revision: 2, type: Kế hoạch, number: 52/KH-UBND, date: 2023-04-20, covers: [6m]}",
         _AMENDED),
    Rule("DV602", "Sửa thời hạn đã qua", "error",
         "Thời hạn đã qua thì ai đúng hạn, ai muộn đã rõ; sửa lại là sửa kết quả của các đơn vị.",
         "before: 2023-06-20   # bản trước 2023-05-10, nay đã là tháng 6", "extensions: [{units: [so-y-te], deliverable: 6m, by: 2023-06-20, …}]", _OURS),
    Rule("DV603", "Dùng lại mã cho nhiệm vụ khác", "error",
         "Kết quả của các đơn vị ghi theo mã: mã cũ mang việc mới thì kết quả cũ thành của việc khác.",
         "- id: II.1.1   # trước là nhiệm vụ khác", "- id: II.1.9", _OURS),
    Rule("DV604", "Xóa nhiệm vụ hoặc đơn vị đã có hồ sơ", "error",
         "Nhiệm vụ đơn vị đã nhận thì kết thúc, không xóa: kết quả đã ghi phải còn chỗ đứng.",
         "bỏ nhiệm vụ II.1.1", "- id: II.1.1\n  ended: 2023-07-01", _OURS),
    Rule("DV605", "Sửa điểm khi đã có tự chấm", "error",
         "Đã có đơn vị tự chấm thì điểm, cách chấm, mức xếp loại không đổi nữa: mọi đơn vị phải được chấm như nhau.",
         "max: 6   # trước là 5, ba đơn vị đã tự chấm", "bộ tiêu chí mới, có hiệu lực từ ngày sau", _OURS),
    Rule("DV606", "Lần sửa đổi không tăng", "error",
         "Mỗi lần sửa nội dung là một lần sửa đổi mới, để ai cũng biết mình đang theo bản nào.",
         "revision: 1   # đã sửa thời hạn", "revision: 2", _OURS),
    Rule("DV607", "Văn bản sửa đổi không cùng hình thức", "warning",
         "Nội dung sửa bằng văn bản có hình thức tương đương; công văn đính chính chỉ sửa thể thức, kỹ thuật trình bày, thủ tục ban hành.",
         "amendments: [{type: Công văn, covers: [6m], …}]", "amendments: [{type: Kế hoạch, covers: [6m], …}]", _AMENDED),
    Rule("DV608", "Mục sửa đổi ghi không khớp kế hoạch", "error",
         "Các văn bản sửa đổi nối tiếp nhau: lần sửa đổi không vượt «revision», ngày không trước văn bản mà nó sửa.",
         "amendments: [{revision: 3, …}]   # kế hoạch ở lần 2", "amendments: [{revision: 2, …}]"),
    Rule("DV609", "Kế hoạch đã ban hành trở lại dự thảo hoặc bị xóa", "error",
         "Dự thảo thì được sửa tự do; kế hoạch đã ban hành không trở lại dự thảo để tránh việc kiểm tra.",
         "state: draft   # bản trước: issued", "state: issued", _OURS),
    Rule("DV610", "Không so được hết với bản cũ", "note",
         "Kế hoạch mới, kho git chỉ chép một phần lịch sử hoặc bản cũ không đọc được: phần không thấy thì không kiểm tra được.",
         "git clone --depth 1", "git fetch --unshallow"),
    Rule("DV611", "Văn bản sửa đổi nêu chỗ không thay đổi", "warning",
         "Văn bản nói sửa mà kế hoạch không sửa: quên sửa, hoặc ghi nhầm mã.",
         "covers: [6m]   # 6m không đổi", "covers: [1y]"),
    # DV7: rubrics
    Rule("DV701", "Điểm cộng lại không khớp", "error",
         "Điểm của nhóm phải bằng tổng các mục con, tổng các tiêu chí phải bằng thang điểm; nếu không, bảng chấm điểm sai.",
         'max: 15\ncriteria:\n  - {id: "1.1", max: 5, …}\n  - {id: "1.2", max: 8, …}', "max: 13"),
    Rule("DV702", "Tiêu chí hoặc khống chế viết chưa đủ", "error",
         "Mỗi tiêu chí không có mục con cần điểm tối đa và đúng một cách chấm; mỗi khống chế cần một điều kiện, một hệ quả.",
         '- {id: "1.1", title: Ban hành kế hoạch, max: 5}', '- {id: "1.1", title: Ban hành kế hoạch, max: 5, graded: 0.5}'),
    Rule("DV703", "Mức xếp loại hở hoặc chồng lên nhau", "error",
         "Mỗi tổng điểm phải thuộc đúng một mức; điểm dưới (from) thuộc về mức đó.",
         "- {id: tot, name: Tốt, from: 70, below: 85}\n- {id: xuat-sac, name: Xuất sắc, from: 90}",
         "- {id: tot, name: Tốt, from: 70}\n- {id: xuat-sac, name: Xuất sắc, from: 90}"),
    Rule("DV704", "Bộ tiêu chí nêu tên không có", "error",
         "Tiêu chí, mức, vi phạm, chỉ tiêu, báo cáo hay khối được nêu tên phải có; nếu không, quy tắc không bao giờ chạy.",
         "when: {late: 6-thang}", "when: {late: 6m}"),
    Rule("DV705", "Quy tắc không bao giờ dùng đến hoặc lúc nào cũng đúng", "warning",
         "Mức không ai đạt được, khống chế không đổi gì hay lúc nào cũng đúng thường là gõ nhầm số.",
         'when: {criterion: "1.1", below: 50}  # tiêu chí 1.1 nhiều nhất 5 điểm', 'when: {criterion: "1.1", below: 2.5}'),
    Rule("DV706", "Mã trong bộ tiêu chí bị lặp", "error",
         "Câu trả lời và khống chế gọi tiêu chí bằng mã: một mã phải chỉ đúng một tiêu chí.",
         '- {id: "1.1", …}\n- {id: "1.1", …}', '- {id: "1.1", …}\n- {id: "1.2", …}'),
    Rule("DV707", "Bộ tiêu chí không có từ 2 đến 4 tầng", "error",
         "Bảng chấm điểm trình bày được từ hai đến bốn tầng: nhóm, tiêu chí, tiêu chí thành phần, mục.",
         "criteria: [một dãy tiêu chí, không có nhóm]", "criteria: [nhóm, mỗi nhóm có criteria]", _OURS),
    Rule("DV708", "Mức hoặc ngưỡng cho điểm sai", "error",
         "Không mức nào được nhiều điểm hơn tiêu chí; ngưỡng cao hơn phải được nhiều điểm hơn.",
         "max: 3\nlevels:\n  - {id: tot, name: Tốt, points: 4}", "max: 3\nlevels:\n  - {id: tot, name: Tốt, points: 3}"),
    Rule("DV709", "Không đạt được điểm tối đa của tiêu chí", "warning",
         "Mức cao nhất, ngưỡng cao nhất hay bước điểm không cho đủ điểm tối đa thì thang điểm không bao giờ đạt được.",
         "max: 3\ngraded: 0.7", "max: 3\ngraded: 0.5"),
    Rule("DV710", "Hai bộ tiêu chí cùng lúc cho một khối", "error",
         "Mỗi khối vào mỗi ngày chỉ được chấm theo một bộ tiêu chí.",
         "- {from: 2023-01-01, blocks: [huyen], …}\n- {from: 2023-06-01, blocks: [huyen], …}",
         "- {from: 2023-01-01, to: 2023-05-31, blocks: [huyen], …}\n- {from: 2023-06-01, blocks: [huyen], …}"),
    Rule("DV711", "Khối không có bộ tiêu chí", "warning",
         "Đơn vị trong khối không tự chấm điểm được vì không bộ tiêu chí nào có hiệu lực vào ngày tự chấm.",
         "blocks: [so-ban-nganh]", "blocks: [so-ban-nganh, su-nghiep, huyen]"),
    # DV8: templates
    Rule("DV801", "Sai cú pháp mẫu", "error", "Mẫu không dịch được thì không làm ra văn bản nào.",
         "{% if x %} … ", "{% if x %} … {% endif %}"),
    Rule("DV802", "Mẫu dùng lệnh không được phép", "error",
         "Mẫu là tệp của người khác đưa đến: chỉ được lấy tên, chọn, lặp và các bộ lọc có sẵn.",
         "{{ plan.__class__ }}", "{{ plan.title }}", _OURS),
    Rule("DV803", "Mẫu dùng tên không có, hoặc giá trị sai kiểu", "error", "Tên viết sai phải báo ngay, không được thành chỗ trống im lặng.",
         "{{ unit.nmae }}", "{{ unit.name }}"),
    Rule("DV804", "Thẻ hoặc dấu * đặt sai chỗ", "error",
         "Cặp thẻ phải mở và đóng trong cùng một đoạn, một ô, một nhóm dòng bảng hoặc ở cấp đoạn.",
         "**{{ unit.name }}", "**{{ unit.name }}**"),
    Rule("DV805", "Thiếu phần dùng chung của mẫu", "error", "Phần được {% include %} phải có và không được gọi vòng tròn.",
         '{% include "so-lieux" %}', '{% include "so-lieu" %}'),
    Rule("DV806", "Phần đầu mẫu sai", "error", "Phần giữa hai dòng --- khai thể thức của văn bản.",
         "tilte: KẾ HOẠCH", "type: KẾ HOẠCH"),
    Rule("DV807", "Văn bản làm thử từ mẫu chưa đúng thể thức", "error",
         "Mẫu được làm thử với dữ liệu giả định, đủ và thiếu; văn bản làm ra phải qua được danvan format-check.",
         "type: Kế hoạch", "type: KẾ HOẠCH", "Nghị định 30/2020/NĐ-CP"),
    Rule("DV808", "Mẫu thiếu phần thể thức", "warning",
         "Phần đầu mẫu khai phần đầu văn bản, tên loại hoặc trích yếu, chữ ký, nơi nhận; thiếu thì văn bản không có các phần đó.",
         "mẫu không có signature", 'signature: "{{ signature }}"', "Nghị định 30/2020/NĐ-CP, Phụ lục III"),
    Rule("DV809", "Mẫu không văn bản nào dùng", "warning",
         "Tên tệp phải là tên của một mẫu, hoặc được một mẫu gọi bằng {% include %}; sai tên thì mẫu đi kèm vẫn được dùng.",
         "templates/bao-caoo.md.j2", "templates/bao-cao.md.j2"),
    # DV9: unit files
    Rule("DV901", "Đơn vị không có trong kế hoạch", "error", "Tệp của đơn vị phải mang mã một đơn vị trong «units».",
         "unit: so-yte", "unit: so-y-te"),
    Rule("DV902", "Nhiệm vụ không có trong kế hoạch", "error",
         "Kết quả ghi cho một nhiệm vụ không có sẽ không vào báo cáo nào.", "II.1.9: …", "II.1.3: …"),
    Rule("DV903", "Nhiệm vụ đã thay đổi từ khi đơn vị nhận", "warning",
         "Nội dung nhiệm vụ trong kế hoạch không còn như lúc đơn vị xây dựng kế hoạch của mình.",
         "fingerprint: 000000000000", "xem lại nhiệm vụ rồi xác nhận"),
    Rule("DV904", "Có dấu chỉ độ mật", "error",
         "Tài liệu MẬT, TỐI MẬT, TUYỆT MẬT không được đưa vào máy có nối mạng; nội dung không được chép hay hiện lại.",
         "Độ mật: …", "để trống và báo cáo theo đường riêng", "Luật Bảo vệ bí mật nhà nước 2018, Điều 5"),
    Rule("DV905", "Có thể là thông tin cá nhân", "warning",
         "Số căn cước, số điện thoại, tên người khiếu nại, tố cáo không được nằm trong báo cáo công tác.",
         "đơn của ông N.V.A, số điện thoại …", "01 đơn khiếu nại về đất đai"),
    Rule("DV906", "Số liệu không khớp", "warning", "Các chỉ tiêu của một kỳ phải khớp theo phép kiểm tra của kế hoạch.",
         "đã giải quyết 12, tiếp nhận 10", "đã giải quyết 10, tiếp nhận 12", "phép kiểm tra trong «indicators»"),
    Rule("DV907", "Nhiệm vụ không thực hiện mà không có lý do", "error",
         "Nhiệm vụ chung chỉ được bỏ khi đơn vị nói vì sao không thuộc chức năng của mình.",
         "applies: false", "applies: false\nreason: Sở không có chức năng quản lý đất đai"),
    Rule("DV908", "Đơn vị và thư mục không khớp", "error", "units/<mã>/unit.yaml phải là tệp của đúng đơn vị đó.",
         "units/so-y-te/unit.yaml: unit: so-noi-vu", "unit: so-y-te"),
    Rule("DV909", "Không có kế hoạch của tệp đơn vị", "error",
         "Tệp của đơn vị chỉ kiểm tra được khi thư mục làm việc có kế hoạch mà tệp ghi, và kế hoạch đó đọc được.",
         'plan: "2032"', 'plan: "2023"'),
    Rule("DV910", "Thiếu tệp kiểm chứng", "warning",
         "Tệp kiểm chứng nằm trong evidence/ của đơn vị, ngoài git; bản sao thư mục ở máy khác có thể không có.",
         "file: bien-ban.pdf", "chép bien-ban.pdf vào evidence/"),
    Rule("DV911", "Tệp kiểm chứng đã thay đổi", "warning",
         "Tệp không còn như khi ghi (SHA-256 khác): người đọc báo cáo sẽ thấy một tài liệu khác.",
         "sửa tệp sau khi ghi", "ghi lại: danvan log … --evidence TỆP"),
    Rule("DV912", "Tài liệu kiểm chứng ngoài kỳ", "warning",
         "Tài liệu của kỳ khác không chứng minh được kết quả của kỳ này.",
         "period: 6m, date: 2023-09-01", "period: 1y, date: 2023-09-01", _OURS),
    Rule("DV913", "Tài liệu kiểm chứng đã cũ", "note",
         "Việc thường xuyên, hằng quý cần tài liệu mới của kỳ; tài liệu đã hết giá trị không chứng minh được gì.",
         "expires: 2023-01-31", "thêm tài liệu của kỳ này", "quy ước của danvan; settings.evidence_days của kế hoạch"),
    Rule("DV914", "Tệp kiểm chứng nằm ngoài thư mục evidence", "error",
         "Chỉ tệp trong evidence/ của chính đơn vị mới là tài liệu của đơn vị; đường dẫn khác có thể lộ tệp riêng của máy.",
         "file: ../so-noi-vu/evidence/a.pdf", "file: a.pdf"),
    Rule("DV915", "Tài liệu kiểm chứng không có gì để xem", "note",
         "Không có số văn bản, không có tệp thì không ai kiểm tra lại được.",
         'title: "Biên bản hội nghị"', 'title: "Biên bản hội nghị"\nnumber: "3/BB-SYT"'),
    Rule("DV916", "Nhiệm vụ hoàn thành mà không có gì chứng minh", "note",
         "Nhiệm vụ đã hoàn thành cần kết quả hoặc tài liệu kiểm chứng để vào báo cáo và bảng tự chấm điểm.",
         "status: done", 'status: done\nresults: {6m: "…"}'),
    Rule("DV917", "Tệp đơn vị chưa theo kịp kế hoạch", "warning",
         "Kế hoạch đã thêm, bỏ hoặc đổi mã nhiệm vụ từ khi đơn vị nhận; tệp phải có đủ nhiệm vụ thì báo cáo mới đủ.",
         "thiếu II.1.3 mà kế hoạch giao", "danvan update-unit so-y-te", _OURS),
    Rule("DV920", "Trả lời tiêu chí không có", "error",
         "Câu trả lời cho một mã không có trong bộ tiêu chí sẽ không được tính điểm.",
         'answers: {"1.11": {level: du}}', 'answers: {"1.1": {level: du}}'),
    Rule("DV921", "Trả lời không đúng cách chấm của tiêu chí", "error",
         "Tiêu chí chấm theo mức nhận level, theo tỷ lệ nhận value và base, theo số lượng nhận count, còn lại nhận points;"
         " điểm không vượt điểm tối đa.",
         '"1.1": {points: 7}  # tối đa 5 điểm', '"1.1": {points: 5}'),
    Rule("DV922", "Tự chấm tiêu chí của người khác", "error",
         "Tiêu chí do người thẩm định, cấp trên hay khảo sát chấm thì đơn vị không tự cho điểm.",
         '"9.1": {points: 10}  # by: superior', "bỏ câu trả lời này"),
    Rule("DV923", "Bảng điểm của bộ tiêu chí khác", "error",
         "Câu trả lời theo một bộ tiêu chí hay một bản khác có thể mang nghĩa khác; phải xem lại từng câu.",
         "rubric: dan-van-2022", "rubric: dan-van-2023"),
    Rule("DV924", "Khẳng định về báo cáo hoặc vi phạm không có", "error",
         "Báo cáo gửi muộn (late) và vi phạm (violations) được gọi bằng mã; mã không có thì khống chế không chạy.",
         "late: [6-thang]", "late: [6m]"),
    Rule("DV925", "Không có bộ tiêu chí cho bảng điểm", "error",
         "Câu trả lời chỉ kiểm tra được khi thư mục làm việc có kế hoạch và bộ tiêu chí dùng được cho đơn vị.",
         "plans/2023.yaml mà không có plans/2023.rubric.yaml", "plans/2023.rubric.yaml"),
)  # fmt: skip

CATALOGUE: Final = {rule.code: rule for rule in _RULES}


def severity(code: str) -> str:
    """Give a rule's severity: `error`, `warning` or `note`."""
    return find(code).severity


def find(code: str) -> Rule:
    """Give a rule of either catalogue; the one of the form of Word documents is read only when it is needed.

    Raises:
        KeyError: if there is no such rule.
    """
    if code.startswith("ND"):
        from danvan_cli.findings.catalogue_nd import CATALOGUE_ND

        return CATALOGUE_ND[code]
    return CATALOGUE[code]


def group(code: str) -> str:
    """Name the group a code belongs to, on the screen."""
    if code.startswith("ND"):
        from danvan_cli.findings.catalogue_nd import GROUPS_ND

        return _(GROUPS_ND[code[:3]])
    return _(GROUPS[code[:3]])


def as_markdown() -> str:
    """Write the whole catalogue as the documentation's page: `python -m danvan_cli.findings.catalogue > docs/rules.md`."""
    lines = [
        "# Các quy tắc kiểm tra",
        "",
        "Trang này làm từ `src/danvan_cli/catalogue.py`. Mỗi quy tắc xem được bằng `danvan rule MÃ`.",
        "Bỏ qua trên một dòng, kèm lý do: `# danvan: ignore DV303 lý do`.",
    ]
    levels = {"error": "lỗi", "warning": "cảnh báo", "note": "lưu ý"}
    from danvan_cli.findings.catalogue_nd import CATALOGUE_ND, GROUPS_ND

    for prefix, title in (GROUPS | GROUPS_ND).items():
        lines += ["", f"## {prefix}: {title}"]
        for rule in (*CATALOGUE.values(), *CATALOGUE_ND.values()):
            if not rule.code.startswith(prefix):
                continue
            lines += ["", f"### {rule.code} {rule.name} ({levels[rule.severity]})", "", rule.why, ""]
            for label, example in (("Sai", rule.wrong), ("Đúng", rule.right)):
                if example:
                    lines += [f"{label}:", "", "```", example, "```", ""]
            if rule.mends:
                lines += ["Sửa được bằng máy: `danvan check --fix`.", ""]
            if rule.source:
                lines += [f"Nguồn: {rule.source}.", ""]
            lines.pop()
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    import sys

    sys.stdout.write(as_markdown())
