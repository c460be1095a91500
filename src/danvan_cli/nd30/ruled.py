"""Rules on the ruled lines under tiêu ngữ, the issuing agency and the subject (ND203, ND204).

A line can be a paragraph's border, a drawn line, typed signs, an underline. A drawing that cannot be understood is
taken for the line that is missed: only what is surely not there is told.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from danvan_cli.findings.rule import rule
from danvan_cli.lang import _
from danvan_cli.nd30 import figures as nd30
from danvan_cli.nd30.form import shown_mm
from danvan_cli.nd30.lines import is_rule
from danvan_cli.nd30.remark import at
from danvan_cli.ooxml.docx import MM_OF_TWIP, W, attribute, measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.findings.finding import Finding
    from danvan_cli.nd30.components import Part
    from danvan_cli.nd30.lines import Line
    from danvan_cli.ooxml.layout import Paragraph

_WHERE: Final = {
    "TieuNgu": (0.8, 1.25, "II.1"),
    "CoQuanBanHanh": (0.25, 0.62, "II.2"),
    "TrichYeu": (0.24, 0.62, "II.5"),
}
"""The least and the most of the text's length, with room for what an estimate of the text's width misses."""
_HEAD: Final = {"TieuNgu", "CoQuanBanHanh", "TrichYeu", "SoKyHieu", "QuocHieu", "TenLoai", "DiaDanh", "CoQuanChuQuan"}
_ACROSS: Final = {"top", "bottom", "between"}


@rule(
    "ND203", "Thiếu đường kẻ", "error",
    "Dưới Tiêu ngữ, tên cơ quan ban hành và trích yếu có đường kẻ ngang, nét liền.",
    wrong="không có đường kẻ dưới Tiêu ngữ", right="đường kẻ dài bằng Tiêu ngữ",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.1, II.2, II.5",
)  # fmt: skip
@rule(
    "ND204", "Đường kẻ dài hoặc ngắn quá", "warning",
    "Kẻ dưới Tiêu ngữ dài bằng dòng chữ; dưới tên cơ quan và trích yếu từ 1/3 đến 1/2 dòng chữ. Độ dài dòng chữ do danvan ước tính.",
    wrong="kẻ hết bề rộng cột", right="kẻ bằng 1/3 đến 1/2 dòng chữ",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.1, II.2, II.5",
)  # fmt: skip
def rules(found: Part) -> Iterator[Finding]:
    """Look for each ruled line of a document; what is issued or filled in has its lines elsewhere."""
    paragraphs = found.layout.paragraphs
    heads = [line.paragraph for name, line in found.lines if name in _HEAD]
    lines = {name: lines[-1] for name in _WHERE if (lines := found.of(name))}
    if not heads or found.sort != "document":
        return
    known = {name: _under(line, paragraphs) for name, line in lines.items()}
    free = [
        (at_, mm)
        for at_, one in enumerate(paragraphs[: max(map(paragraphs.index, heads)) + 4])
        if one.number >= found.first_paragraph - 1
        for mm in one.drawn_mm
    ]
    for name, mm in _drawn(lines, known, free, paragraphs):
        known[name] = (mm, "drawn")
    for name, line in lines.items():
        least, most, source = _WHERE[name]
        length, how = known[name]
        if how == "none":
            said = _("không thấy đường kẻ bên dưới (Phụ lục I, {source})", source=source)
            yield at("ND203", line, name, said, _("vẽ đường kẻ nét liền, hoặc viền trên của đoạn ngay dưới"))
        elif (
            length is not None
            and (shown := _best_mm(found.of(name), name, length))
            and not least <= length / shown <= most
        ):
            said = _(
                "đường kẻ dài khoảng {share:.0%} dòng chữ (Phụ lục I, {source})", share=length / shown, source=source
            )
            yield at("ND204", line, name, said, sure=False)


def _drawn(
    lines: dict[str, Line],
    known: dict[str, tuple[float | None, str]],
    free: list[tuple[int, float | None]],
    paragraphs: list[Paragraph],
) -> Iterator[tuple[str, float | None]]:
    """Give drawn lines to the components that lack one: those that hang near first, the best fit of all first."""
    lacking = {name for name, (_length, how) in known.items() if how == "none"}
    pairs = []
    for name in lacking:
        least, most, _source = _WHERE[name]
        own, shown = lines[name].paragraph, _text_mm(lines[name], name)
        start = paragraphs.index(own)
        for which, (at_, mm) in enumerate(free):
            cell = paragraphs[at_].cell
            near = start <= at_ < start + 3 and cell == own.cell and paragraphs[at_].box == own.box
            below = (
                (cell.table, cell.column) == (own.cell.table, own.cell.column)
                if cell and own.cell
                else cell is own.cell
            )
            fits = abs(math.log((mm / shown) / math.sqrt(least * most))) if mm and mm > 0 and shown > 0 else 0.0
            pairs.append((2 - below - near, fits, name, which, mm if near else None))
    taken: set[int] = set()
    for _far, _fits, name, which, mm in sorted(pairs, key=lambda pair: pair[:4]):
        if name in lacking and which not in taken:
            lacking.discard(name)
            taken.add(which)
            yield name, mm


def _under(line: Line, paragraphs: list[Paragraph]) -> tuple[float | None, str]:
    """Find the rule under a line: its length where that is known, and how it is made (`none`)."""
    own = line.paragraph
    if not line.tabbed and "bottom" in own.format.borders:
        return None, "border"
    if all(run.format.underline for run in line.runs if run.text.strip()):
        return _text_mm(line, "TieuNgu"), "underline"
    start = paragraphs.index(own)
    for one in paragraphs[start + 1 : start + 4]:
        if one.cell != own.cell or one.box != own.box:
            break
        text = one.text.strip()
        if one.format.borders & _ACROSS:
            return (_column(own) - one.format.left_mm - one.format.right_mm, "border") if one.format.left_mm else (
                None, "border")  # fmt: skip
        if text and is_rule(text):
            return None, "typed"
        if text:
            break
    return None, "none"


def _column(own: Paragraph) -> float:
    """Give the width that a paragraph of the letterhead has, in mm, as far as a table's grid says."""
    cell = next(own.element.iterancestors(f"{W}tc"), None)
    return measure(attribute(cell, "tcPr/tcW", "w")) * MM_OF_TWIP if cell is not None else 165.0


def _best_mm(lines: list[Line], name: str, length: float) -> float:
    """Give the length that a rule is to be held against: the last line's, or the longest one's if that fits better."""
    least, most, _source = _WHERE[name]
    if any(_wraps(line, name) for line in lines):
        return 0.0
    shown = [_text_mm(lines[-1], name), max(_text_mm(line, name) for line in lines)]
    return next((mm for mm in shown if mm and least <= length / mm <= most), shown[-1])


def _wraps(line: Line, name: str) -> bool:
    """Whether a line may be broken by the edge of its cell or page: nobody knows how long each piece is then."""
    cell = line.paragraph.cell
    return _text_mm(line, name) > 0.95 * ((cell.wide_mm if cell is not None else 0) or 155.0)


def _text_mm(line: Line, name: str) -> float:
    """Estimate a line's length from Times New Roman's widths and its own size."""
    return min(shown_mm(line.text, line, nd30.BY_ID[name].pt.use), 165.0)
