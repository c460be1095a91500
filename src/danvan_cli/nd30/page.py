"""Rules on the sheet (ND1): paper, margins, letters of the whole document, page numbers."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.findings.rule import rule
from danvan_cli.lang import _
from danvan_cli.nd30 import figures as nd30
from danvan_cli.nd30.remark import measure_said, overall, remark_at
from danvan_cli.ooxml.docx import MM_OF_TWIP, W, child, measure
from danvan_cli.ooxml.layout import Run
from danvan_cli.text import UNWANTED, VIETNAMESE, legacy_encoding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from danvan_cli.findings.finding import Finding
    from danvan_cli.nd30.components import Components
    from danvan_cli.nd30.lines import Line
    from danvan_cli.ooxml.docx import PageSection
    from danvan_cli.ooxml.layout import Layout

_SLACK_MM: Final = 0.6
"""Word rounds what is typed in inches or cm."""
_OLD_FONT: Final = re.compile(r"\.?Vn[A-Z]|VNI[-\s]|\.VN", re.IGNORECASE)
_WANTED_FONT: Final = re.compile(rf"{nd30.FONT}(?: Bold)?(?: Italic)?", re.IGNORECASE)
_SIGNS: Final = re.compile("Symbol$|Wingdings|Webdings|MT Extra|Cambria Math", re.IGNORECASE)
"""Fonts of signs: their letters are pictures."""
NUMBER_FORMATS: Final = {"decimal", "numberInDash"}
PAGE_FIELD: Final = re.compile(r"\s*PAGE\b", re.IGNORECASE)
_FEW: Final = 2000
"""Letters that one page holds with letterhead and signature, though the program that saved it counted a second, empty one."""
_LINE_MM: Final = 5.5
_DARK: Final = "40"
"""Hexadecimal: what has less of each colour is black to the eye."""
_MANY: Final = 4500
"""Letters that no single page holds at 13 pt."""


@rule(
    "ND101", "Khổ giấy không phải A4", "error",
    "Văn bản in trên giấy A4 (210 × 297 mm); trang đầu để dọc.", wrong="Letter 216 × 279 mm", right="A4 210 × 297 mm",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, I.1",
)  # fmt: skip
@rule(
    "ND102", "Lề trang ngoài mức quy định", "error",
    "Lề trên, dưới 20–25 mm; trái 30–35 mm; phải 15–20 mm.", wrong="bốn lề đều 25,4 mm", right="20, 20, 30, 15 mm",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, I.3",
)  # fmt: skip
def paper(found: Components) -> Iterator[Finding]:
    """ND101, ND102: each section's paper and margins; annexes may lie, their margins are not judged then."""
    told: dict[tuple[str, str], list[int]] = {}
    for number, section in enumerate(found.layout.sections, start=1):
        for wrong in _sheet(found, section, first=number == 1):
            told.setdefault(wrong, []).append(number)
    for (rule_, said), numbers in told.items():
        place = _("phần {number} (trang in)", number=", ".join(map(str, numbers)))
        yield overall(rule_, place, said)


def _sheet(found: Components, section: PageSection, *, first: bool) -> Iterator[tuple[str, str]]:
    """Give what is wrong with a section's paper or margins: rule and words."""
    if not is_a4(section):
        wide, high = measure_said(section.width), measure_said(section.height)
        yield "ND101", _("khổ giấy {wide} × {high} mm, phải A4 210 × 297 mm (Phụ lục I, I.1)", wide=wide, high=high)
        return
    opens = first and bool(found.parts) and found.parts[0].sort in {"document", "issued"}
    if opens and section.landscape and not _tables(found):
        yield "ND101", _("trang đầu để ngang, phải để dọc (Phụ lục I, I.1)")
    names = {"top": _("trên"), "bottom": _("dưới"), "left": _("trái"), "right": _("phải")}
    wrong = []
    for side, mm, span in wrong_margins(section):
        is_, least, most = measure_said(mm), measure_said(span.least), measure_said(span.most)
        wrong.append(_("lề {side} {is_} mm, cần {least}–{most}", side=names[side], is_=is_, least=least, most=most))
    if wrong:
        yield "ND102", _("{margins} (Phụ lục I, I.3)", margins="; ".join(wrong))


def _tables(found: Components) -> bool:
    """Whether the text holds a table of data: such a page may lie (Phụ lục I, I.2)."""
    return any(name == "OBang" and line.paragraph.cell and line.paragraph.cell.bordered for name, line in found.lines)


def is_a4(section: PageSection) -> bool:
    """Whether a section's paper is A4, standing or lying."""
    sizes = sorted((section.width, section.height))
    return all(abs(is_ - must) <= 2 for is_, must in zip(sizes, (nd30.PAGE.width_mm, nd30.PAGE.height_mm), strict=True))


def wrong_margins(section: PageSection) -> Iterator[tuple[str, float, nd30.Span]]:
    """Give the sides of a standing sheet whose margin is out of its span: side, mm, span."""
    page = nd30.PAGE
    spans = {"top": page.top_mm, "bottom": page.bottom_mm, "left": page.left_mm, "right": page.right_mm}
    for side, span in spans.items() if not section.landscape else ():
        mm = getattr(section, side)
        if not span.least - _SLACK_MM <= mm <= span.most + _SLACK_MM and _pushed_mm(section, side) < span.least - 1.2:
            yield side, mm, span


def _pushed_mm(section: PageSection, side: str) -> float:
    """Tell how far from the paper's edge the lines of a header or footer push the text, where the margin is less than that."""
    parts, name = {"top": (section.headers, "header"), "bottom": (section.footers, "footer")}.get(side, ({}, ""))
    margins = section.element.find(f"{W}pgMar")
    edge = measure(margins.get(f"{W}{name}")) * MM_OF_TWIP if margins is not None and parts else 0.0
    pushed = edge + _LINE_MM * max((len(part.findall(f"{W}p")) for part in parts.values()), default=0)
    return pushed if getattr(section, side) < edge else 0.0


@rule(
    "ND103", "Phông chữ không phải Times New Roman", "error",
    "Cả văn bản dùng phông Times New Roman, bộ mã Unicode.", wrong="Calibri", right="Times New Roman",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, I.4",
)  # fmt: skip
@rule(
    "ND104", "Chữ không phải màu đen", "error",
    "Chữ của văn bản màu đen.", wrong="xanh 0070C0", right="đen, hoặc tự động",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, I.4",
)  # fmt: skip
@rule(
    "ND109", "Chữ Unicode tổ hợp hoặc ký tự không nhìn thấy", "warning",
    "Chữ tổ hợp và ký tự ẩn nhìn không khác nhưng tìm không ra, dễ hỏng khi chuyển qua hệ thống khác.",
    wrong="«ế» gồm ba ký tự", right="«ế» là một ký tự", source="TCVN 6909:2001",
)  # fmt: skip
@rule(
    "ND110", "Chữ gõ bằng phông cũ (TCVN3, VNI)", "error",
    "Phông .VnTime, VNI-Times không phải Unicode: máy khác hiện sai.", wrong="C«ng v¨n (.VnTime)",
    right="Công văn (Times New Roman)", source="Nghị định 30/2020/NĐ-CP, Phụ lục I, I.4",
)  # fmt: skip
def letters_are_plain(found: Components) -> Iterator[Finding]:
    """ND103, ND104, ND109, ND110: font, colour and code of the letters, each kind of mistake told once."""
    lines: dict[tuple[str, str], list[tuple[str, Line]]] = {}
    asks = (("ND103", wrong_font), ("ND104", _colour), ("ND109", unclean), ("ND110", _old))
    for name, line in found.lines:
        asked = [(code, ask(run)) for code, ask in asks for run in line.runs if run.text.strip()]
        for key in dict.fromkeys(one for one in asked if one[1]):
            lines.setdefault(key, []).append((name, line))
    messages = {
        "ND103": (_("phông {what}, phải Times New Roman (Phụ lục I, I.4)"), None),
        "ND104": (_("chữ màu {what}, phải màu đen (Phụ lục I, I.4)"), None),
        "ND109": ("{what}", _("chọn tất cả, dùng công cụ chuyển mã sang Unicode dựng sẵn")),
        "ND110": (_("chữ gõ bằng phông cũ ({what})"), _("chuyển mã sang Unicode, phông Times New Roman")),
    }
    for (code, what), ((name, line), *others) in lines.items():
        more = _(" (và {count} dòng khác)", count=len(others)) if others else ""
        message, help_ = messages[code]
        yield remark_at(code, line, name, message.format(what=what) + more, help_)


def _old(run: Run) -> str:
    return _old_font(run.format.fonts) or ("" if VIETNAMESE.search(run.text) else legacy_encoding(run.text)) or ""


@lru_cache(maxsize=256)
def _old_font(fonts: tuple[str, str]) -> str:
    return next((font for font in fonts if _OLD_FONT.match(font)), "")


def wrong_font(run: Run) -> str:
    """Name the font of a run that is not the decree's; empty if it is."""
    plain, marked = run.format.fonts
    fonts = (plain,) if run.text.isascii() else (marked, plain)
    wrong = next((font for font in fonts if not _wanted(font)), "")
    if not wrong or not any(map(str.isalnum, run.text)) or _old(run) or _SIGNS.match(plain):
        return ""
    return wrong


@lru_cache(maxsize=256)
def _wanted(font: str) -> bool:
    """Whether a font is the decree's; where a program names several, one of them is enough."""
    return any(map(_WANTED_FONT.fullmatch, font.split(";")))


def _colour(run: Run) -> str:
    colour = run.format.colour
    return "" if _black(colour) or not any(map(str.isalnum, run.text)) else colour


@lru_cache(maxsize=256)
def _black(colour: str) -> bool:
    """Whether the eye takes a colour for black, or sees nothing at all."""
    return colour in {"auto", "FFFFFF"} or (len(colour) == 6 and all(colour[at : at + 2] < _DARK for at in (0, 2, 4)))


def unclean(run: Run) -> str:
    """Say what is wrong with the code of a run's letters; empty if nothing is."""
    if UNWANTED.search(run.text.replace("\n", "")):
        return _("có ký tự không nhìn thấy")
    composed = unicodedata.is_normalized("NFC", run.text) or not any(map(unicodedata.combining, run.text))
    return "" if composed else _("chữ Unicode tổ hợp, không phải dựng sẵn (NFC)")


# Page numbers --------------------------------------------------------------------------------------------------------


@rule(
    "ND105", "Không có số trang", "error",
    "Văn bản từ hai trang phải đánh số trang.", wrong="văn bản 3 trang không số",
    right="số trang ở giữa lề trên từ trang 2", source="Nghị định 30/2020/NĐ-CP, Phụ lục I, I.7",
)  # fmt: skip
@rule(
    "ND106", "Số trang hiện ở trang đầu", "error",
    "Trang thứ nhất không hiển thị số trang.", wrong="số 1 ở đầu trang nhất",
    right="đặt «trang đầu khác» và để trống đầu trang nhất", source="Nghị định 30/2020/NĐ-CP, Phụ lục I, I.7",
)  # fmt: skip
@rule(
    "ND107", "Số trang đặt sai chỗ", "error",
    "Số trang đặt canh giữa trong phần lề trên.", wrong="số trang ở cuối trang, bên phải",
    right="số trang ở giữa lề trên", source="Nghị định 30/2020/NĐ-CP, Phụ lục I, I.7",
)  # fmt: skip
@rule(
    "ND108", "Số trang sai kiểu chữ", "error",
    "Số trang là chữ số Ả Rập, cỡ 13–14, kiểu đứng, tính từ 1.", wrong="số La Mã, cỡ 10", right="số Ả Rập, cỡ 13",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, I.7",
)  # fmt: skip
def numbers(found: Components) -> Iterator[Finding]:
    """ND105–ND108: the page number, as far as headers and footers of the sections say."""
    layout = found.layout
    place = _("số trang")
    if not layout.sections:
        return
    first = layout.sections[0]
    above = [field for kind in kinds(layout) for field in page_fields(layout, first.headers.get(kind))]
    below = [field for kind in kinds(layout) for field in page_fields(layout, first.footers.get(kind))]
    if not above and not below:
        several = len(found.parts) - 1
        letters_ = sum(len(one.text) for one in layout.paragraphs)
        long = (layout.pages - several > 1 and letters_ > _FEW) or letters_ > _MANY * (1 + several)
        if long and any(part.sort in {"document", "issued", "annex"} for part in found.parts):
            said = _("không thấy số trang ở đầu trang hay chân trang (Phụ lục I, I.7)")
            yield overall("ND105", place, said, _("thêm số trang ở giữa lề trên, không hiện ở trang đầu"))
        return
    on_first = [*above, *below]
    if first.own_first:
        on_first = [
            field for some in (first.headers, first.footers) for field in page_fields(layout, some.get("first"))
        ]
    if not all(field.decided for field in on_first):
        said = _("số trang hiện cả ở trang đầu (Phụ lục I, I.7)")
        yield overall("ND106", place, said, _("chọn «trang đầu khác» (Different First Page)"))
    if below and not above:
        yield overall("ND107", place, _("số trang ở chân trang, phải ở giữa lề trên (Phụ lục I, I.7)"))
    elif not all(field.centred for field in above):
        yield overall("ND107", place, _("số trang không ở giữa (Phụ lục I, I.7)"))
    yield from _number_form(first, [field.run for field in above or below], place)


def _number_form(section: PageSection, runs: Iterable[Run], place: str) -> Iterator[Finding]:
    span = nd30.PAGE.number_pt
    wrong = []
    for run in runs:
        if not span.least <= run.format.pt <= span.most:
            wrong.append(_("cỡ {pt}, phải 13–14", pt=measure_said(run.format.pt)))
        if run.format.italic:
            wrong.append(_("kiểu nghiêng, phải đứng"))
    if section.number_format not in NUMBER_FORMATS:
        wrong.append(_("không phải chữ số Ả Rập"))
    if section.start is not None and section.start > 1:
        wrong.append(_("bắt đầu từ {start}, phải từ 1", start=section.start))
    if wrong:
        said = _("số trang {wrong} (Phụ lục I, I.7)", wrong="; ".join(dict.fromkeys(wrong)))
        yield overall("ND108", place, said)


class Field(NamedTuple):
    """A page number: its paragraph, how it looks, whether it is centred, and whether another field decides what is shown."""

    paragraph: Any
    run: Run
    centred: bool
    decided: bool


def kinds(layout: Layout) -> tuple[str, ...]:
    """Give the kinds of headers and footers that the document uses after its first page."""
    return ("default", "even") if layout.evens else ("default",)


def page_fields(layout: Layout, part: Any | None) -> list[Field]:
    """Find the page numbers of a header or footer, one in a paragraph."""
    out = []
    for paragraph in part.iter(f"{W}p") if part is not None else ():
        found = [*number_runs(paragraph)]
        if not found:
            continue
        look = layout.formats.paragraph(child(paragraph, f"{W}pPr"))
        frame = paragraph.find(f"{W}pPr/{W}framePr")
        centred = (
            look.align == "center" or (frame is not None and frame.get(f"{W}xAlign") == "center") or _tabbed(paragraph)
        )
        runs = found[0][0]
        letters_ = (run for name in ("t", "instrText") for run in runs if run.find(f"{W}{name}") is not None)
        run = next(letters_, runs[0] if runs else None)
        seen = layout.formats.run(run.find(f"{W}rPr") if run is not None else None, look.style)
        out.append(Field(paragraph, Run("1", seen, run), centred, all(decided for _runs, decided in found)))
    return out


def number_runs(paragraph: Any) -> Iterator[tuple[list[Any], bool]]:
    """Give the runs of each page number of a paragraph, and whether it stands in another field, which decides what is shown."""
    opened: list[tuple[list[Any], list[str]]] = []
    for one in paragraph.iter(f"{W}fldSimple", f"{W}r"):
        if one.tag == f"{W}fldSimple":
            yield from _number([*one.iter(f"{W}r")], [one.get(f"{W}instr", "")], opened)
            continue
        for runs, _code in opened:
            runs.append(one)
        for piece in one.iterchildren(f"{W}fldChar", f"{W}instrText"):
            kind = piece.get(f"{W}fldCharType")
            if kind == "begin":
                opened.append(([one], []))
            elif opened and piece.tag == f"{W}instrText":
                opened[-1][1].append(piece.text or "")
            elif opened and kind == "end":
                yield from _number(*opened.pop(), opened)
    for runs, code in opened:  # their ends stand in another paragraph: nobody moves them
        yield from _number(runs, code, opened)


def _number(
    runs: list[Any], code: list[str], around: list[tuple[list[Any], list[str]]]
) -> Iterator[tuple[list[Any], bool]]:
    if PAGE_FIELD.match("".join(code)):
        yield runs, any(code for _runs, code in around)


def _tabbed(paragraph: Any) -> bool:
    """Whether one tab leads to the middle: Word's own header style has a centre stop there."""
    return len([*paragraph.iter(f"{W}tab")]) == 1 and paragraph.find(f"{W}r/{W}tab") is not None
