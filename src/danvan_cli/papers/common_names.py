"""The names that every document of a unit has. Persons, numbers and dates of the examples are made up."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from danvan_cli.word.shape import day, group, number, text, texts

if TYPE_CHECKING:
    from danvan_cli.word.shape import Shape

SIGNER: Final[Shape] = {
    "lines": texts("các dòng quyền hạn, chức vụ", "GIÁM ĐỐC", some=True),
    "name": text("họ tên người ký", "Nguyễn Văn An", optional=True),
}


_UNITS: Final = {"SYT": ("so-y-te", "Sở Y tế", "VP"), "SNV": ("so-noi-vu", "Sở Nội vụ", "XDCQ")}
"""The units of the examples, by abbreviation: id, name, drafting room."""


def common(symbol: str) -> Shape:
    """Give what every document of a unit has.

    Args:
        symbol: an example of its symbol, such as `BC-SNV`; it tells the unit of the examples.
    """
    abbr = next((one for one in _UNITS if one in symbol), "SNV")
    key, name, drafter = _UNITS[abbr]
    return {
        "plan": group("kế hoạch của tỉnh", {
            "title": text("trích yếu của kế hoạch", "Thực hiện công tác dân vận chính quyền năm 2023"),
            "year": number("năm", 2023),
        }),
        "issuer": group("cơ quan ban hành kế hoạch", {
            "name": text("tên đầy đủ", "Ủy ban nhân dân tỉnh"),
            "short": text("tên gọi tắt", "UBND tỉnh"),
        }),
        "source": group("số, ngày của kế hoạch", {
            "number": text("số và ký hiệu", "05/KH-UBND", optional=True),
            "date": day("ngày ban hành", date(2023, 1, 5), optional=True),
        }),
        "unit": group("cơ quan, đơn vị làm văn bản", {
            "id": text("mã", key),
            "name": text("tên đầy đủ", name),
            "abbr": text("chữ viết tắt", abbr),
            "drafter": text("đơn vị soạn thảo", drafter, optional=True),
        }),
        "letterhead": group("phần đầu văn bản", {
            "superior": texts("cơ quan chủ quản, từng dòng", "ỦY BAN NHÂN DÂN", "TỈNH BÌNH PHƯỚC"),
            "issuer": texts("cơ quan ban hành, từng dòng", name.upper(), some=True),
            "name": text("tên cơ quan ban hành trong câu", name),
            "number": text("số văn bản; trống khi chưa phát hành", "25", optional=True),
            "symbol": text("ký hiệu", symbol),
            "place": text("địa danh", "Bình Phước"),
            "date": day("ngày phát hành; trống khi chưa phát hành", date(2023, 5, 15), optional=True),
            "year": number("năm ở phần đầu", 2023),
            "month": number("tháng ở phần đầu", 5, optional=True),
        }),
        "signature": group("chữ ký", SIGNER),
    }  # fmt: skip
