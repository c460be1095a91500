"""Findings in a Word document: their place is a component and a paragraph, not a line of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from danvan_cli.findings.finding import Finding, Spot
from danvan_cli.lang import _
from danvan_cli.nd30 import figures as nd30

if TYPE_CHECKING:
    from danvan_cli.nd30.components import FormPart
    from danvan_cli.nd30.lines import Line

_FIRST_WORDS: Final = 48
NAMES: Final = {row.id: row.name for row in (*nd30.STYLES, *nd30.OTHERS)} | {
    "Heading1": "Mục",
    "Heading2": "Mục",
    "Heading3": "Mục",
    "Muc": "Mục",
    "Diem": "Điểm a)",
    "KetThuc": "Nội dung",
    "Khac": "Dòng chữ",
    "Cuoi": "Dòng chữ",
    "OBang": "Ô bảng",
    "TrongPhuLuc": "Phụ lục",
    "TrongKemTheo": "Dòng chữ",
    "NoiNhanTiep": "Nơi nhận",
    "KinhGuiTiep": "Kính gửi",
    "NguoiSoan": "Ký hiệu người soạn thảo",
    "DauHieu": "Dấu hiệu",
}
"""What components are called on the screen."""


def remark_at(
    rule: str, line: Line, component: str, message: str, help: str | None = None, *, sure: bool = True
) -> Finding:
    """Remark on a line: `đoạn 12 (Trích yếu «Kết quả thực hiện…»)`."""
    number = line.paragraph.number
    said = line.text if len(line.text) <= _FIRST_WORDS else f"{line.text[:_FIRST_WORDS].rsplit(' ', 1)[0]}…"
    place = _("đoạn {number} ({component} «{words}»)", number=number, component=name_of(component), words=said)
    return Finding(rule, "", Spot(number, 1), message, help, place=place, sure=sure)


def whole_of(part: FormPart) -> str:
    """Name a part of a file as a whole: the file where it is all of it."""
    if part.layout.paragraphs and part.last_paragraph - part.first_paragraph + 1 >= part.layout.paragraphs[-1].number:
        return _("cả văn bản")
    return _("{name} (đoạn {first}–{last})", name=part.name or _("cả văn bản"), first=part.first_paragraph,
             last=part.last_paragraph)  # fmt: skip


def overall(rule: str, place: str, message: str, help: str | None = None, *, sure: bool = True) -> Finding:
    """Remark on the document as a whole or a section of it."""
    return Finding(rule, "", Spot(0, 1), message, help, place=place, sure=sure)


def name_of(component: str) -> str:
    """Name a component as the decree does."""
    return _(NAMES.get(component, component))


def measure_said(value: float) -> str:
    """Write a measure as Vietnamese do: `12,5`; what is whole has no decimals."""
    return f"{round(value, 1):g}".replace(".", ",")
