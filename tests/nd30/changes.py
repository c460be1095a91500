"""For every rule: changes that break just it, and changes near to it that break nothing.

Each stands beside the types of document that it is made to; the techniques of letterheads and of formatting go round.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from corpus import WORDS, Row, all_of, drop, every, more_rows, put, say, sheet, swap

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus import Made

    Change = Callable[[Made], None]

LONG = {"long": True}
_ORDER = "- Lưu: VT, VP."


def nfd(name: str) -> Change:
    def change(made: Made) -> None:
        made.row(name).text = unicodedata.normalize("NFD", made.row(name).text)

    return change


def _annex(text: str = "Phụ lục I", title: str = "DANH SÁCH ĐƠN VỊ", **more: Any) -> Change:
    return more_rows("annex", Row("PhuLuc", text, more), Row("TenPhuLuc", title), Row("NoiDung", f"{WORDS}."))


def signed(authority: str, office: str) -> Change:
    """Have it signed by somebody who stands in for another."""

    def change(made: Made) -> None:
        say("ChucVu", authority)(made)
        made.tail_right.insert(1, Row("ChucVu", office))

    return change


BREAKS: dict[str, list[tuple[str, Change]]] = {
    "ND101": [
        ("BC", sheet(width=215.9, height=279.4)),
        ("KH", sheet(width=297, height=210)),
        ("CV", sheet(width=148, height=210)),
        ("QĐ", sheet(width=216, height=330)),
        ("BB", sheet(width=182, height=257)),
    ],
    "ND102": [
        ("BC", sheet(top=25.4, bottom=25.4, left=25.4, right=25.4)),
        ("KH", sheet(left=20)),
        ("CV", sheet(right=25)),
        ("QĐ", sheet(bottom=15)),
        ("TTr", sheet(top=30)),
    ],
    "ND103": [
        ("BC", every(font="Calibri")),
        ("KH", put("NoiDung", font="Arial")),
        ("CV", put("QuocHieu", font="Cambria")),
        ("QĐ", put("KetThuc", font="Tahoma")),
        ("BB", put("HoTen", font="Times New Roman PSMT")),
    ],
    "ND104": [
        ("BC", put("NoiDung", colour="0070C0")),
        ("KH", put("TenLoai", colour="FF0000")),
        ("CV", every(colour="1F497D")),
        ("QĐ", put("HoTen", colour="00B050")),
        ("TTr", put("KinhGui", colour="7F7F7F")),
    ],
    "ND105": [(kind, sheet(number="", **LONG)) for kind in ("BC", "KH", "CV", "QĐ", "TTr")],
    "ND106": [
        ("BC", sheet(own_first=False)),
        ("KH", sheet(own_first=False, **LONG)),
        ("CV", sheet(first_too=True)),
        ("QĐ", sheet(own_first=False, field="complex")),
        ("BB", sheet(first_too=True, field="complex")),
    ],
    "ND107": [
        ("BC", sheet(number="bottom")),
        ("KH", sheet(number="bottom", field="complex")),
        ("CV", sheet(number_align="right")),
        ("QĐ", sheet(number_align="left")),
        ("TTr", sheet(number="bottom", number_align="right")),
    ],
    "ND108": [
        ("BC", sheet(number_pt=10)),
        ("KH", sheet(number_pt=16, field="complex")),
        ("CV", sheet(number_italic=True)),
        ("QĐ", sheet(fmt="upperRoman")),
        ("TTr", sheet(start=5)),
    ],
    "ND109": [
        ("BC", nfd("NoiDung")),
        ("KH", nfd("TenLoai")),
        ("CV", nfd("KinhGui")),
        ("QĐ", say("NoiDung", f"{WORDS}\u200b tốt.")),
        ("BB", say("HoTen", "Nguyễn Văn\u200b An")),
    ],
    "ND110": [
        ("BC", put("NoiDung", font=".VnTime")),
        ("KH", put("QuocHieu", font=".VnTimeH")),
        ("CV", put("KetThuc", font="VNI-Times")),
        ("QĐ", put("HoTen", font=".VnTime")),
        ("TTr", put("TrichYeu", font="VNI-Times")),
    ],
    "ND201": [
        ("BC", drop("NoiNhan")),
        ("KH", drop("DiaDanh")),
        ("CV", drop("KinhGui")),
        ("QĐ", drop("HoTen")),
        ("TTr", drop("TieuNgu")),
        ("BB", drop("SoKyHieu")),
        ("BC", drop("QuocHieu")),
        ("TTr", drop("KinhGui")),
        ("KH", drop("TrichYeu")),
    ],
    "ND202": [("BC", swap()), ("KH", swap()), ("CV", swap()), ("QĐ", swap()), ("BB", swap())],
    "ND203": [
        ("BC", put("TieuNgu", rule=0)),
        ("KH", put("CoQuanBanHanh", rule=0)),
        ("QĐ", put("TrichYeu", rule=0)),
        ("CV", put("TieuNgu", rule=0)),
        ("BB", all_of(put("TieuNgu", rule=0), put("CoQuanBanHanh", rule=0))),
    ],
    "ND204": [
        ("BC", put("TieuNgu", rule=20.0)),
        ("KH", put("CoQuanBanHanh", rule=40.0)),
        ("QĐ", put("TrichYeu", rule=120.0)),
        ("CV", put("TieuNgu", rule=90.0)),
        ("BB", put("CoQuanBanHanh", rule=3.0)),
    ],
    "ND205": [
        ("BC", say("TieuNgu", "Độc lập – Tự do – Hạnh phúc")),
        ("KH", say("QuocHieu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIÊT NAM")),
        ("CV", say("TieuNgu", "Độc lập-Tự do-Hạnh phúc")),
        ("QĐ", say("TieuNgu", "Độc lâp - Tự do - Hạnh phúc")),
        ("TTr", say("QuocHieu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM.")),
    ],
    "ND301": [
        ("BC", put("NoiDung", pt=12)),
        ("KH", put("QuocHieu", pt=14)),
        ("CV", put("NoiNhan", pt=14)),
        ("QĐ", put("NoiNhanDong", pt=12)),
        ("TTr", put("TenLoai", pt=16)),
        ("BB", put("SoKyHieu", pt=14)),
        ("BC", put("Heading1", pt=15)),
    ],
    "ND302": [
        ("BC", put("CoQuanChuQuan", bold=True)),
        ("KH", put("TrichYeu", bold=False)),
        ("CV", put("TrichYeuCongVan", bold=True)),
        ("QĐ", put("HoTen", bold=False)),
        ("TTr", put("SoKyHieu", bold=True)),
        ("BB", put("ChucVu", bold=False)),
        ("BC", put("Heading2", bold=False)),
        ("KH", put("Heading1", bold=False)),
        ("QĐ", put("QuyetDinhDong", bold=False)),
    ],
    "ND303": [
        ("BC", put("DiaDanh", italic=False)),
        ("KH", put("CanCu", italic=False)),
        ("CV", put("NoiNhan", italic=False)),
        ("QĐ", put("ThamQuyen", italic=True)),
        ("TTr", put("TrichYeu", italic=True)),
        ("BB", put("TieuNgu", italic=True)),
    ],
    "ND304": [
        ("BC", say("TenLoai", "Báo cáo")),
        ("KH", say("TrichYeu", "THỰC HIỆN CÔNG TÁC VĂN THƯ, LƯU TRỮ NĂM 2023")),
        ("CV", say("CoQuanBanHanh", "Sở Nội vụ")),
        ("QĐ", say("HoTen", "NGUYỄN VĂN AN")),
        ("TTr", say("TieuNgu", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC", rule=68.0)),
        ("BB", say("ChucVu", "Giám đốc")),
        ("BC", say("Heading1", "I. Tình hình chung")),
        ("KH", _annex("PHỤ LỤC I")),
        (
            "TTr",
            more_rows("body", Row("Phan", "CHƯƠNG I"), Row("TenPhan", "QUY ĐỊNH CHUNG"), Row("KetThuc", f"{WORDS}./.")),
        ),
    ],
    "ND305": [
        ("BC", put("NoiDung", align="left")),
        ("KH", put("TenLoai", align="left")),
        ("CV", put("KetThuc", align="center")),
        ("QĐ", put("TrichYeu", align="left")),
        ("TTr", put("Khoan", align="left")),
        ("TTr", put("GachDauDong", align="left")),
        ("BB", put("Diem", align="right")),
    ],
    "ND312": [
        ("BC", put("NoiDung", italic=True)),
        ("KH", put("Khoan", italic=True)),
        ("TTr", put("GachDauDong", italic=True)),
        ("CV", put("Diem", italic=True)),
        ("BB", put("DauCong", italic=True)),
    ],
    "ND311": [
        ("QĐ", more_rows("body", Row("Dieu", f"Điều {n}. {WORDS}."), Row("KetThuc", f"{WORDS}./.")))
        for n in range(1, 6)
    ],
    "ND401": [
        ("BC", put("NoiDung", first=0)),
        ("KH", put("Khoan", first=20)),
        ("CV", put("KetThuc", first=0)),
        ("QĐ", put("CanCu", first=5)),
        ("TTr", put("Diem", first=25.4)),
    ],
    "ND402": [
        ("BC", put("Diem", after=0)),
        ("KH", put("CanCu", after=3)),
        ("CV", put("Khoan", after=0)),
        ("QĐ", put("NoiDung", after=0)),
        ("TTr", put("GachDauDong", after=4)),
    ],
    "ND403": [
        ("BC", put("NoiDung", line=2.0)),
        ("KH", put("Khoan", line=0.8)),
        ("CV", put("KetThuc", line=1.8)),
        ("QĐ", put("CanCu", line=3.0)),
        ("TTr", put("Diem", line=1.6)),
    ],
    "ND501": [
        ("KH", say("CanCu", "Căn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011,")),
        ("QĐ", say("CanCu", "Căn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011.")),
        ("TTr", say("CanCu", "Căn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011")),
        ("QĐ", say("CanCu", "Theo đề nghị của Chánh Văn phòng Sở;", 2)),
        ("KH", say("CanCu", "Theo đề nghị của Chánh Văn phòng Sở", 2)),
    ],
    "ND502": [
        ("BC", say("SoKyHieu", "Số 25/BC-SNV")),
        ("KH", say("SoKyHieu", "Số: 25/KH SNV")),
        ("CV", say("SoKyHieu", "Số: 25/SNV")),
        ("QĐ", say("SoKyHieu", "Số: 25/qđ-SNV")),
        ("TTr", say("SoKyHieu", "Số: 25-TTr-SNV")),
    ],
    "ND503": [
        (kind, say("SoKyHieu", f"Số: {at}/{kind}-SNV")) for at, kind in enumerate(("BC", "KH", "QĐ", "TTr", "BB"), 1)
    ],
    "ND504": [(kind, say("SoKyHieu", f"Số: 25/2023/{kind}-SNV")) for kind in ("BC", "KH", "TTr", "BB")]
    + [("CV", say("SoKyHieu", "Số: 25/2023/SNV-VP"))],
    "ND505": [
        ("BC", say("SoKyHieu", "Số: 25/KH-SNV")),
        ("KH", say("SoKyHieu", "Số: 25/BC-SNV")),
        ("CV", say("SoKyHieu", "Số: 25/BC-SNV")),
        ("QĐ", say("SoKyHieu", "Số: 25/TB-SNV")),
        ("TTr", say("SoKyHieu", "Số: 25/TB-SNV")),
    ],
    "ND506": [
        ("BC", say("DiaDanh", "Bình Phước, ngày 5 tháng 3 năm 2023")),
        ("KH", say("DiaDanh", "Bình Phước ngày 15 tháng 3 năm 2023")),
        ("CV", say("DiaDanh", "Bình Phước, ngày 15 tháng 03 năm 2023")),
        ("QĐ", say("DiaDanh", "Bình Phước, ngày 15 tháng 2 năm 2023")),
        ("TTr", say("DiaDanh", "Bình Phước, ngày 31 tháng 02 năm 2023")),
        ("BC", say("DiaDanh", "Bình Phước, ngày 15/3/2023")),
    ],
    "ND507": [
        ("BC", say("SoKyHieu", "Số:       /BC-SNV")),
        ("KH", say("DiaDanh", "Bình Phước, ngày     tháng 3 năm 2023")),
        ("CV", say("SoKyHieu", "Số: …/SNV-VP")),
        ("QĐ", say("DiaDanh", "Bình Phước, ngày … tháng … năm 2023")),
        ("TTr", say("SoKyHieu", "Số: ...../TTr-SNV")),
    ],
    "ND508": [
        ("BC", say("NoiNhanDong", "- Như trên")),
        ("KH", say("NoiNhanDong", "- Lưu: VT, VP;", 2)),
        ("CV", say("NoiNhanDong", "- Lưu hồ sơ.", 2)),
        ("QĐ", say("NoiNhanDong", "- Như trên,")),
        ("BB", say("NoiNhanDong", "- Lưu: Văn phòng.", 2)),
    ],
    "ND509": [(kind, say("KetThuc", f"{WORDS}.")) for kind in ("BC", "KH", "CV", "QĐ", "TTr")],
    "ND510": [
        ("BC", say("HoTen", "TS. Nguyễn Văn An")),
        ("KH", say("HoTen", "ThS. Nguyễn Văn An")),
        ("CV", say("HoTen", "Bác sĩ Nguyễn Văn An")),
        ("QĐ", say("HoTen", "PGS.TS Nguyễn Văn An")),
        ("TTr", say("HoTen", "BS. Nguyễn Văn An")),
    ],
    "ND511": [
        ("BC", signed("KT. BỘ TRƯỞNG", "BỘ TRƯỞNG")),
        ("KH", say("ChucVu", "TM. GIÁM ĐỐC")),
        ("CV", say("ChucVu", "TM. SỞ NỘI VỤ")),
        ("TTr", signed("KT. CHỦ TỊCH", "CHỦ TỊCH")),
        (
            "QĐ",
            lambda made: (say("ChucVu", "KT. GIÁM ĐỐC")(made), made.tail_right.insert(1, Row("ChucVu", "GIÁM ĐỐC")))[0],
        ),
    ],
    "ND512": [
        ("BC", say("NoiDung", f"Phục vụ nhân dân tốt hơn; {WORDS}.")),
        ("KH", say("Khoan", f"1. Thực hiện chủ trương của Đảng, nhà nước; {WORDS}.")),
        ("CV", say("Diem", f"a) Chính sách của nhà nước; {WORDS};")),
        ("QĐ", say("NoiDung", f"Vì lợi ích của nhân dân; {WORDS}.")),
        ("TTr", say("KetThuc", f"Lấy ý kiến nhân dân. {WORDS}./.")),
    ],
    "ND513": [
        ("CV", say("KinhGui", "Kính gửi: Sở Tài chính; Sở Y tế")),
        ("TTr", say("KinhGui", "Kính gửi: Ủy ban nhân dân tỉnh; Sở Tài chính.")),
        ("CV", say("KinhGui", "Kính gửi: Sở Y tế; Thanh tra tỉnh; Sở Tài chính")),
        ("TTr", say("KinhGui", "Kính gửi: Chủ tịch UBND tỉnh; Sở Tài chính")),
        ("CV", say("KinhGui", "Kính gửi: các Sở; các huyện")),
    ],
    "ND514": [
        ("QĐ", say("CanCu", "Luật Lưu trữ ngày 11 tháng 11 năm 2011;")),
        ("QĐ", say("CanCu", "- Căn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011;")),
        ("QĐ", say("CanCu", "Nghị định số 30/2020/NĐ-CP của Chính phủ về công tác văn thư;", 1)),
        ("QĐ", say("CanCu", "Quyết định số 12/QĐ-UBND của Ủy ban nhân dân tỉnh;")),
        ("QĐ", say("CanCu", "+ Căn cứ Luật Lưu trữ;", 1)),
    ],
    "ND515": [
        ("BC", say("Diem", f"a. {WORDS};")),
        ("KH", say("Diem", f"b. {WORDS}.", 1)),
        ("TTr", say("Diem", f"đ. {WORDS}.", 1)),
        ("QĐ", more_rows("body", Row("Dieu", "Điều 1: Phạm vi", {"bold": True}), Row("KetThuc", f"{WORDS}./."))),
        ("QĐ", more_rows("body", Row("Dieu", f"Điều 3 : {WORDS}.", {"bold": True}), Row("KetThuc", f"{WORDS}./."))),
    ],
}

KEEPS: dict[str, list[tuple[str, Change]]] = {
    "ND101": [(kind, sheet(width=210 + at / 10, height=297)) for at, kind in enumerate(("BC", "KH", "CV", "QĐ", "BB"))],
    "ND102": [
        ("BC", sheet(top=25, bottom=25)),
        ("KH", sheet(left=35, right=20)),
        ("CV", sheet(left=30.2, right=15.2)),
        ("QĐ", sheet(top=22, bottom=23)),
        ("TTr", sheet(right=18)),
    ],
    "ND103": [
        ("BC", put("NoiDung", font="times new roman")),
        ("KH", put("TenLoai", font="Times New Roman")),
        ("CV", every(font="Times New Roman")),
        ("QĐ", put("HoTen", font="TIMES NEW ROMAN")),
        ("TTr", put("KinhGui", font="Times New Roman")),
    ],
    "ND104": [(kind, put("KetThuc", colour=colour)) for kind, colour in zip(("BC", "KH", "CV", "QĐ", "TTr"), ("000000", "0D0D0D", "1F1F1F", "FFFFFF", "191C1E"), strict=True)],
    "ND105": [
        ("BC", sheet(number="")),
        ("KH", sheet(**LONG)),
        ("CV", sheet(number="")),
        ("QĐ", sheet(field="complex", **LONG)),
        ("BB", sheet(number="")),
    ],
    "ND106": [(kind, sheet(field="complex")) for kind in ("BC", "KH", "CV", "QĐ", "TTr")],
    "ND107": [(kind, sheet(field="complex", number_align="center")) for kind in ("BC", "KH", "CV", "QĐ", "BB")],
    "ND108": [
        ("BC", sheet(number_pt=14)),
        ("KH", sheet(number_pt=13.5)),
        ("CV", sheet(start=1)),
        ("QĐ", sheet(fmt="decimal")),
        ("TTr", sheet(number_pt=14, field="complex")),
    ],
    "ND109": [
        (kind, say("KetThuc", f"{WORDS} “trong ngoặc” – 50%; 1.234,5 m²; {other}./."))
        for kind, other in (("BC", "é"), ("KH", "Ğ"), ("CV", "«a»"), ("QĐ", "…"), ("TTr", "½"))
    ],
    "ND110": [
        ("BC", put("KetThuc", font="Times New Roman")),
        ("KH", say("NoiDung", f"Giám sát, thông báo, các xã: {WORDS}.")),
        ("CV", say("NoiDung", f"Báo cáo «số 5», © ® {WORDS}.")),
        ("QĐ", say("NoiDung", f"Cà Mau, Hà Nội, Đà Nẵng: {WORDS}.")),
        ("TTr", say("NoiDung", f"Hòa, hoà, thúy, thuý: {WORDS}.")),
    ],
    "ND201": [
        ("BC", drop("KinhGui")),
        ("KH", drop("CoQuanChuQuan")),
        ("QĐ", drop("CanCu")),
        ("BB", drop("NoiNhan")),
        ("BC", drop("Heading2")),
        ("CV", drop("CoQuanChuQuan")),
    ],
    "ND202": [
        ("KH", _annex()),
        ("CV", drop("CoQuanChuQuan")),
        ("QĐ", _annex("Phụ lục")),
        ("TTr", put("DiaDanh", before=12)),
        ("BB", drop("CoQuanChuQuan")),
    ],
    "ND203": [
        ("BC", put("TieuNgu", underline=True, rule=0)),
        ("KH", put("TrichYeu", rule=-1)),
        ("CV", put("TieuNgu", underline=True)),
        ("QĐ", put("TrichYeu", rule=40.0)),
        ("TTr", put("TrichYeu", rule=-1)),
    ],
    "ND204": [
        ("BC", put("TieuNgu", rule=50.0)),
        ("KH", put("CoQuanBanHanh", rule=11.0)),
        ("QĐ", put("TrichYeu", rule=40.0)),
        ("CV", put("TieuNgu", rule=56.0)),
        ("TTr", put("CoQuanBanHanh", rule=9.0)),
    ],
    "ND205": [
        ("BC", say("QuocHieu", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
        ("KH", say("TieuNgu", "Độc lập - Tự do - Hạnh phúc ")),
        ("CV", say("QuocHieu", "CỘNG HÒA  XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
        ("QĐ", say("TieuNgu", "Độc  lập - Tự do - Hạnh phúc")),
        ("TTr", say("QuocHieu", " CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
    ],
    "ND301": [
        ("BC", put("NoiDung", pt=13)),
        ("KH", put("QuocHieu", pt=13)),
        ("CV", put("TrichYeuCongVan", pt=13)),
        ("QĐ", put("TieuNgu", pt=14)),
        ("TTr", put("Khoan", pt=13.5)),
    ],
    "ND302": [
        ("BC", put("NoiDung", bold=True)),
        ("KH", put("GachDauDong", bold=True)),
        ("CV", say("Khoan", "1. Sở Nội vụ chủ trì:", bold=True)),
        ("QĐ", put("NoiDung", bold=True)),
        ("TTr", say("Diem", "a) Công tác chỉ đạo", bold=True)),
    ],
    "ND303": [
        ("BC", more_rows("body", Row("NoiDung", "(Có danh sách kèm theo)", {"italic": True}))),
        ("KH", put("CanCu", italic=True)),
        ("CV", more_rows("body", Row("NoiDung", "(Kèm theo Phụ lục số liệu của các đơn vị trong kỳ báo cáo)", {"italic": True}))),
        ("QĐ", put("DiaDanh", italic=True)),
        ("TTr", put("NoiNhan", italic=True)),
    ],
    "ND304": [
        ("BC", say("TrichYeu", "Kết quả thực hiện QĐ, KH của UBND")),
        ("KH", say("CoQuanChuQuan", "TỈNH ỦY BÌNH PHƯỚC")),
        ("CV", say("TrichYeuCongVan", "V/v góp ý dự thảo TTr của UBND tỉnh")),
        ("QĐ", say("HoTen", "Lê An")),
        ("TTr", say("KinhGui", "Kính gửi: UBND tỉnh, HĐND tỉnh")),
    ],
    "ND305": [
        ("BC", put("Heading2", align="left")),
        ("KH", put("NoiNhanDong", align="both")),
        ("CV", put("KinhGui", align="left")),
        ("QĐ", put("NoiNhan", align="both")),
        ("TTr", put("KinhGui", align="left", left=30)),
        ("QĐ", say("QuyetDinhDong", " \t\t\t\tQUYẾT ĐỊNH:", align="left")),
        ("QĐ", say("CanCu", "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;", align="left")),
    ],
    "ND312": [
        ("BC", say("NoiDung", f"(Đính kèm {WORDS}.)", italic=True)),
        ("KH", say("NoiDung", f"“{WORDS}.”", italic=True)),
        ("TTr", put("GachDauDong", first=20)),
        ("BB", put("DauCong", first=25.4)),
        ("CV", say("NoiDung", f"* Ghi chú: {WORDS}.", italic=True)),
    ],
    "ND311": [
        ("QĐ", more_rows("body", Row("Dieu", f"Điều {n}. {WORDS}.", {"bold": True}), Row("KetThuc", f"{WORDS}./."))) for n in range(1, 5)
    ] + [("BC", say("NoiDung", f"Theo Điều 5. {WORDS}."))],
    "ND401": [
        ("BC", put("NoiDung", first=10)),
        ("KH", put("Khoan", first=12.5)),
        ("CV", put("KetThuc", first=0, left=12.7)),
        ("QĐ", say("NoiDung", f"\t{WORDS}.", first=0)),
        ("TTr", put("Diem", first=10.2)),
        ("BC", say("NoiDung", f"        {WORDS}.", first=0)),
    ],
    "ND402": [
        ("BC", put("Diem", after=6, before=6)),
        ("KH", put("CanCu", after=12)),
        ("CV", put("Khoan", after=8)),
        ("QĐ", put("KetThuc", after=0)),
        ("TTr", put("GachDauDong", after=6.5)),
    ],
    "ND403": [
        ("BC", put("NoiDung", line=1.5)),
        ("KH", put("Khoan", line=1.15)),
        ("CV", put("KetThuc", line=1.3)),
        ("QĐ", put("CanCu", line=1.05)),
        ("TTr", put("Diem", line=1.5)),
    ],
    "ND501": [
        ("KH", say("CanCu", "Theo đề nghị của Trưởng phòng.", 2)),
        ("QĐ", say("CanCu", "Căn cứ Luật A; Luật B;")),
        ("TTr", say("CanCu", "Xét đề nghị của Chánh Văn phòng Sở.", 2)),
        ("BC", say("NoiDung", f"Thực hiện Kế hoạch số 05/KH-UBND; {WORDS};")),
        ("BC", say("KetThuc", f"Căn cứ nội dung báo cáo, đề nghị {WORDS}./.")),
    ],
    "ND502": [
        ("BC", say("SoKyHieu", "Số: 125/BC-SNV")),
        ("KH", say("SoKyHieu", "Số: 05/KH-BCĐ389")),
        ("CV", say("SoKyHieu", "Số: 05/SNV-XDCQ&TCBC")),
        ("QĐ", say("SoKyHieu", "Số:25/QĐ-SNV")),
        ("TTr", say("SoKyHieu", "Số: 1025/TTr-SNV")),
    ],
    "ND503": [(kind, say("SoKyHieu", f"Số: 0{at}/{kind}-SNV")) for at, kind in enumerate(("BC", "KH", "QĐ", "TTr", "BB"), 1)],
    "ND504": [
        ("QĐ", say("SoKyHieu", "Số: 07/2023/QĐ-UBND")),
        ("BC", say("SoKyHieu", "Số: 2023/BC-SNV")),
        ("KH", say("SoKyHieu", "Số: 1999/KH-SNV")),
        ("QĐ", say("SoKyHieu", "Số: 12/2020/QĐ-UBND")),
        ("CV", say("SoKyHieu", "Số: 2020/SNV-VP")),
    ],
    "ND505": [
        ("BC", say("SoKyHieu", "Số: 25/BC-UBND")),
        ("KH", say("SoKyHieu", "Số: 27-KH/BDVTU-BCSD")),
        ("CV", say("SoKyHieu", "Số: 25/UBND-NC")),
        ("QĐ", say("SoKyHieu", "Số: 372-QĐ/TU")),
        ("TTr", say("SoKyHieu", "Số: 25/TTr-STC")),
    ],
    "ND506": [
        ("BC", say("DiaDanh", "Bình Phước, ngày 05 tháng 3 năm 2023")),
        ("KH", say("DiaDanh", "Lộc Ninh, ngày 15 tháng 01 năm 2023")),
        ("CV", say("DiaDanh", "Đồng Xoài, ngày 31 tháng 12 năm 2023")),
        ("QĐ", say("DiaDanh", "Hà Nội, ngày 28 tháng 02 năm 2023")),
        ("TTr", say("DiaDanh", "TP. Hồ Chí Minh, ngày 10 tháng 10 năm 2023")),
    ],
    "ND507": [(kind, say("DiaDanh", f"Bình Phước, ngày {20 + at} tháng 4 năm 2023")) for at, kind in enumerate(("BC", "KH", "CV", "QĐ", "TTr"))],
    "ND508": [
        ("BC", say("NoiNhanDong", "- Lưu: VT, TCBC (05b).", 2)),
        ("KH", say("NoiNhanDong", "- Lưu: VT, (T08KH).", 2)),
        ("CV", say("NoiNhanDong", "-Như trên;")),
        ("QĐ", say("NoiNhanDong", "- Như Điều 3;")),
        ("BB", say("NoiNhanDong", "- Lưu: VT.", 2)),
    ],
    "ND509": [
        ("BC", say("KetThuc", f"{WORDS}./.")),
        ("KH", say("KetThuc", f"{WORDS} ./.")),
        ("CV", say("KetThuc", "Trân trọng./. ")),
        ("QĐ", say("KetThuc", f"- {WORDS}./.")),
        ("TTr", say("KetThuc", f"3. {WORDS}./.")),
        ("CV", lambda made: made.body.append(Row("NoiDung", "(Gửi kèm dự thảo Quyết định của Ủy ban nhân dân tỉnh và hồ sơ có liên quan.)"))),
    ],
    "ND510": [
        ("BC", say("HoTen", "Tạ Sơn Bình")),
        ("KH", say("HoTen", "Trần Thị Tiến")),
        ("CV", say("HoTen", "Bạch Sĩ Ân")),
        ("QĐ", say("HoTen", "Giáo Văn Sự")),
        ("TTr", say("HoTen", "Kỳ Sứ Long")),
    ],
    "ND511": [
        ("BC", lambda made: (say("ChucVu", "KT. GIÁM ĐỐC")(made), made.tail_right.insert(1, Row("ChucVu", "PHÓ GIÁM ĐỐC")))[0]),
        ("KH", say("ChucVu", "CHÁNH THANH TRA")),
        ("CV", lambda made: (say("ChucVu", "TL. GIÁM ĐỐC")(made), made.tail_right.insert(1, Row("ChucVu", "CHÁNH VĂN PHÒNG")))[0]),
        ("TTr", lambda made: (say("CoQuanBanHanh", "ỦY BAN NHÂN DÂN", rule=16.0)(made), drop("CoQuanChuQuan")(made),
                              say("ChucVu", "TM. ỦY BAN NHÂN DÂN")(made), made.tail_right.insert(1, Row("ChucVu", "CHỦ TỊCH")))[0]),
        ("BB", say("ChucVu", "Q. GIÁM ĐỐC")),
        ("BC", signed("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG")),
        ("KH", signed("KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG")),
        ("TTr", signed("TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ")),
        ("CV", all_of(say("CoQuanBanHanh", "ỦY BAN NHÂN DÂN", rule=16.0), drop("CoQuanChuQuan"), signed("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"))),
    ],
    "ND512": [
        ("BC", say("NoiDung", f"Ủy ban nhân dân và Hội đồng nhân dân; {WORDS}.")),
        ("KH", say("NoiDung", f"Phục vụ Nhân dân, cơ quan Nhà nước; {WORDS}.")),
        ("CV", say("NoiDung", f"Tòa án nhân dân, Viện kiểm sát nhân dân; {WORDS}.")),
        ("QĐ", say("NoiDung", f"Công an nhân dân, Quân đội nhân dân; {WORDS}.")),
        ("TTr", say("NoiDung", f"UBND, HĐND tỉnh; người dân; {WORDS}.")),
        ("BC", say("NoiDung", f"Các cơ quan hành chính nhà nước, doanh nghiệp nhà nước; {WORDS}.")),
        ("KH", say("NoiDung", f"Quản lý nhà nước, ngân sách nhà nước, kho bạc nhà nước; {WORDS}.")),
        ("TTr", say("NoiDung", f"Lực lượng vũ trang nhân dân, chức danh nhà nước có thẩm quyền; {WORDS}.")),
    ],
    "ND514": [
        ("QĐ", say("CanCu", "Xét đề nghị của Chánh Văn phòng Sở.", 2)),
        ("QĐ", say("CanCu", "Thực hiện Kế hoạch số 12/KH-UBND của Ủy ban nhân dân tỉnh;")),
        ("QĐ", say("CanCu", "Theo đề nghị của Trưởng phòng.", 2)),
        ("KH", say("CanCu", "Căn cứ Luật Lưu trữ;")),
        ("BC", say("NoiDung", f"Luật Lưu trữ quy định: {WORDS};")),
    ],
    "ND515": [
        ("BC", say("NoiDung", f"Theo Điều 1: {WORDS}.")),
        ("QĐ", more_rows("body", Row("Dieu", f"Điều 1. {WORDS}.", {"bold": True}), Row("KetThuc", f"{WORDS}./."))),
        ("KH", say("Diem", f"đ) {WORDS};")),
        ("TTr", say("Khoan", f"1. {WORDS}.")),
        ("CV", say("GachDauDong", f"- a. b. c: {WORDS};")),
    ],
    "ND513": [
        ("CV", say("KinhGui", "Kính gửi: Các sở, ban, ngành tỉnh")),
        ("TTr", say("KinhGui", "Kính gửi: Chủ tịch Ủy ban nhân dân tỉnh.")),
        ("CV", lambda made: (say("KinhGui", "Kính gửi:")(made), made.middle.extend(
            [Row("KinhGuiDong", "- Sở Y tế;"), Row("KinhGuiDong", "- Sở Tài chính.")]))[0]),
        ("BC", lambda made: made.middle.append(Row("KinhGui", "Kính gửi: Sở Nội vụ"))),
        ("TTr", lambda made: (say("KinhGui", "Kính gửi:")(made), made.middle.extend(
            [Row("KinhGuiDong", "- Bộ Nội vụ;"), Row("KinhGuiDong", "- Bộ Tài chính;"), Row("KinhGuiDong", "- Bộ Y tế.")]))[0]),
    ],
}  # fmt: skip
