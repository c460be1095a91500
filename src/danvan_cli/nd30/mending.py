"""Mends what is mechanical in the form of a Word document: sheet, letters, spacing, page number.

What the rules find wrong is set to the nearest allowed figure of nd30, as formatting of its own on the paragraph or
the letters; everything else of the file stays. Of the text three things change: the header's date (`ngày 5` becomes
`ngày 05`), letters composed of parts become one (NFC), signs that nobody sees go. Where it is not sure what a line is, its form stays.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.nd30 import figures as nd30
from danvan_cli.nd30 import form
from danvan_cli.nd30 import page as sheet
from danvan_cli.nd30.components import find_components
from danvan_cli.nd30.fitting import fit
from danvan_cli.nd30.judge import recognised, remarks, understood
from danvan_cli.nd30.page_numbers import mend_numbers
from danvan_cli.nd30.remark import measure_said, name_of
from danvan_cli.ooxml.docx import WPS, A, V, W
from danvan_cli.ooxml.editing import DocumentEdit
from danvan_cli.ooxml.layout import lay_out
from danvan_cli.text import UNWANTED, normalized

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.findings.finding import Finding
    from danvan_cli.nd30.components import Components
    from danvan_cli.nd30.lines import Line
    from danvan_cli.ooxml.layout import Run

MENDED_FORM: Final = frozenset((
    "ND101", "ND102", "ND103", "ND105", "ND106", "ND107", "ND108", "ND109", "ND301", "ND302", "ND303", "ND305", "ND401",
    "ND402", "ND403", "ND506",
))  # fmt: skip
"""The rules whose mistakes a machine can mend (in some places a person still must)."""

_TWIPS: Final = 1440 / 25.4
_ROUNDS: Final = 4
"""What is mended can show a component for what it is; more rounds than this change nothing."""
_DATE: Final = re.compile(r"ngày\s*(?P<day>\d{1,2})\s*tháng\s*(?P<month>\d{1,2})\s*năm", re.IGNORECASE)


class Mending(NamedTuple):
    """What was mended: rule, place, how it was, how it is, in how many places."""

    rule: str
    place: str
    paragraph: int
    before: str
    after: str
    times: int = 1


class Mended(NamedTuple):
    """A mended copy: its bytes, what was found before, what is left to a person, what was changed, what stays and why; what it is."""

    data: bytes
    before: list[Finding]
    left: list[Finding]
    changes: list[Mending]
    kept: list[str]
    taken_for: str


def mend(data: bytes, path: str, *, only: frozenset[str] = MENDED_FORM) -> Mended:
    """Mend what breaks some rules in a Word document, called `path` by its user; without a mistake it stays as it is.

    A UsageError tells that it cannot be read, or that mending would break a digital signature.
    """
    word, found = understood(data, path)
    if word.strict or any(name.startswith("_xmlsignatures/") for name in word.parts):
        raise UsageError(
            _("{path} đã ký số hoặc lưu ở dạng Strict Open XML nên không sửa tự động được", path=path),
            help=_("sửa trên bản chưa ký, lưu ở dạng «Word Document (*.docx)»"),
        )
    taken_for = recognised(found)
    before = left = remarks(found, path)
    work = _Work(DocumentEdit(word), only)
    for _round in range(_ROUNDS):
        work.wanted = work.only & {one.rule for one in left}
        if not work.round(found):
            break
        found = find_components(lay_out(work.edit.word))
        left = remarks(found, path)
    return Mended(work.edit.written(data), before, left, work.grouped(), [*dict.fromkeys(work.kept)], taken_for)


class _Work:
    """The mending of one document: which rules, what was changed, what was left."""

    def __init__(self, edit: DocumentEdit, only: frozenset[str]) -> None:
        self.edit, self.only = edit, only & MENDED_FORM
        self.wanted = self.only
        self.changes: list[Mending] = []
        self.kept: list[str] = []

    def round(self, found: Components) -> int:
        """Mend what is found; tell how much."""
        start = len(self.changes)
        self.sections(found)
        alone = not any(part.sort in {"document", "issued"} for part in found.parts)
        for work in (_fonts, _date) if alone else (_fonts, _looks, _paragraphs, _date):
            for name, line, rule, before, after in work(found, self):
                said = line.text if len(line.text) <= 24 else f"{line.text[:24].rsplit(' ', 1)[0]}…"
                self.changes.append(Mending(rule, f"{name_of(name)} «{said}»", line.paragraph.number, before, after))
        for rule, before, after in mend_numbers(found, self.edit, {*self.wanted}):
            self.changes.append(Mending(rule, _("số trang"), 0, before, after))
        return len(self.changes) - start

    def sections(self, found: Components) -> None:
        """ND101, ND102: paper and margins; how the sheet lies stays."""
        if not self.wanted & {"ND101", "ND102"}:
            return
        for number, section in enumerate(found.layout.sections, start=1):
            place = _("phần {number} (trang in)", number=number)
            done, why = fit(found, section, self.edit, self.only)
            self.changes += [Mending(rule, place, 0, before, after) for rule, before, after in done]
            if why:
                self.kept.append(_("{place}: giữ nguyên khổ giấy và hai lề trái, phải, vì {why}", place=place, why=why))

    def grouped(self) -> list[Mending]:
        """Give the changes; equal ones of a kind of line as one."""
        out: dict[tuple[str, ...], Mending] = {}
        for one in self.changes:
            key = (one.rule, one.place.partition(" «")[0], one.before, one.after)
            out[key] = out[key]._replace(times=out[key].times + 1) if key in out else one
        return [*out.values()]


_Done = tuple[str, "Line", str, str, str]
"""What was done to a line: its component, the line, the rule, how it was, how it is."""


# Letters -------------------------------------------------------------------------------------------------------------


def _fonts(found: Components, work: _Work) -> Iterator[_Done]:
    """ND103, ND109: the font, and the code of the letters."""
    edit = work.edit
    for name, line in found.lines:
        for run in line.runs:
            if "ND103" in work.wanted and (wrong := sheet.wrong_font(run)):
                fonts = dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), nd30.FONT)
                themes = dict.fromkeys(("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"))
                edit.set(edit.properties(run.element), "rFonts", **fonts, **themes)
                yield name, line, "ND103", _("phông {font}", font=wrong), nd30.FONT
            if "ND109" in work.wanted and (wrong := sheet.unclean(run)):
                for piece in run.element.findall(f"{W}t"):
                    clean = normalized(UNWANTED.sub("", piece.text or ""))
                    if clean != piece.text:
                        edit.text(piece, clean)
                        yield name, line, "ND109", wrong, _("chữ dựng sẵn (NFC)")


def _looks(found: Components, work: _Work) -> Iterator[_Done]:
    """ND301–ND303, ND305: size, weight, slant, alignment, where the line is surely known."""
    shared = Counter(
        id(run.element) for _name, line in found.lines for run in {run.element: run for run in line.runs}.values()
    )
    places = {id(line): at for at, (_name, line) in enumerate(found.lines)}
    for rule, name, line, _said in form.faults(found):
        if rule not in work.wanted or (rule, name) in form.UNSURE or not _sure(found, places[id(line)]):
            continue
        row = form.ROWS[name]
        if rule == "ND305":
            before, after = line.paragraph.format.align, "both" if row.body else "center"
            work.edit.set(work.edit.properties(line.paragraph.element), "jc", val=after)
            yield name, line, rule, _aligned(before), _aligned(after)
        elif rule in {"ND301", "ND302", "ND303"}:
            runs = [run for run in line.runs if run.text.strip() and shared[id(run.element)] == 1]
            mended = _size if rule == "ND301" else partial(_flag, rule)
            done = [one for run in runs for one in mended(work.edit, row, run)]
            yield from ((name, line, rule, before, after) for before, after in dict.fromkeys(done))


def _aligned(align: str) -> str:
    return {"left": _("căn trái"), "center": _("căn giữa"), "right": _("căn phải")}.get(align, _("căn đều hai bên"))


def _size(edit: DocumentEdit, row: nd30.Style, run: Run) -> Iterator[tuple[str, str]]:
    must = min(max(run.format.pt, row.pt.least), row.pt.most)
    if run.format.pt == must or (must > run.format.pt and _in_fixed_box(run.element)):
        return
    for name in ("sz", "szCs"):
        edit.set(edit.properties(run.element), name, val=str(round(must * 2)))
    yield _("cỡ {pt}", pt=measure_said(run.format.pt)), measure_said(must)


def _in_fixed_box(element: Any) -> bool:
    """Whether letters stand in a text box that does not grow: larger ones would be cut off."""
    box = next(element.iterancestors(f"{W}txbxContent"), None)
    if box is None:
        return False
    shape = next(box.iterancestors(f"{WPS}wsp", f"{V}textbox"), None)
    if shape is None:
        return True
    return shape.find(f"{WPS}bodyPr/{A}spAutoFit") is None and "mso-fit-shape-to-text:t" not in shape.get("style", "")


def _flag(rule: str, edit: DocumentEdit, row: nd30.Style, run: Run) -> Iterator[tuple[str, str]]:
    """Set letters bold or not (ND302), slanted or upright."""
    key, tag, no, yes = "italic", "i", _("đứng"), _("nghiêng")
    if rule == "ND302":
        key, tag, no, yes = "bold", "b", _("không đậm"), _("đậm")
    must: bool = getattr(row, key)
    if getattr(run.format, key) != must:
        edit.set(edit.properties(run.element), tag, val=None if must else "0")
        yield (no, yes) if must else (yes, no)


# Whether a line is what it is taken for ------------------------------------------------------------------------------


_BY_PLACE: Final = {"TrichYeu", "TenPhuLuc", "TenPhan", "HoTen", "Heading2"}
"""Components that only their place tells."""


def _sure(found: Components, at: int) -> bool:
    """Tell whether a line is surely what it was found to be, so that its look may be mended."""
    name, line = found.lines[at]
    if line.paragraph.element.find(f"{W}pPr/{W}framePr") is not None:
        return False
    if name == "NoiDung":  # a title, a caption, a note
        return line.paragraph.format.align not in {"center", "right"}
    if name not in _BY_PLACE:
        return True
    if line.text.startswith("(") or line.text.endswith(":") or found.first("QuocHieu") is None:
        return False
    around = [found.lines[one][0] for one in (at - 1, at + 1) if 0 <= one < len(found.lines)]
    if name == "Heading2":  # a title stands before text, one item of a list among others
        return name not in around
    return name not in {"TenPhuLuc", "TenPhan"} or line.upper or line.paragraph.format.align == "center"


# Paragraphs ----------------------------------------------------------------------------------------------------------


def _paragraphs(found: Components, work: _Work) -> Iterator[_Done]:
    """ND401–ND403: the first line, the space between paragraphs, the line spacing."""
    usual = Counter(
        mm
        for _name, line, _after in form.running_lines(found)
        for mm in nd30.FIRST_LINE_MM
        if abs(_start(line) - mm) < 1
    )
    for name, line, after in form.running_lines(found):
        framed = line.paragraph.element.find(f"{W}pPr/{W}framePr") is not None
        if framed or line.paragraph.format.align in {"center", "right"}:
            continue  # no running text, whatever it was taken for
        for rule, _said in form.body(name, line, after):
            if rule not in work.wanted:
                continue
            if rule == "ND401":
                done = _first_line(work.edit, line, usual)
            else:
                done = (_space if rule == "ND402" else _line_spacing)(work.edit, line)
            yield from ((name, line, rule, was, now) for was, now in done)


def _start(line: Line) -> float:
    return line.paragraph.format.left_mm + line.paragraph.format.first_mm


def _first_line(edit: DocumentEdit, line: Line, usual: Counter[float]) -> Iterator[tuple[str, str]]:
    """Set the first line in as most others of the document go in, or to the nearest figure where none is right."""
    if "".join(run.text for run in line.paragraph.runs).startswith("  "):
        return  # spaces push it in already
    start = _start(line)
    must = usual.most_common(1)[0][0] if usual else min(nd30.FIRST_LINE_MM, key=lambda mm: abs(mm - start))
    chars = dict.fromkeys(("hanging", "hangingChars", "firstLineChars", "leftChars", "startChars", "start"))
    edit.set(edit.properties(line.paragraph.element), "ind", left="0", firstLine=str(round(must * _TWIPS)), **chars)
    yield _("dòng đầu lùi {mm} mm", mm=measure_said(start)), f"{measure_said(must)} mm"


def _space(edit: DocumentEdit, line: Line) -> Iterator[tuple[str, str]]:
    look = line.paragraph.format
    properties = edit.properties(line.paragraph.element)
    if look.contextual:
        edit.set(properties, "contextualSpacing", val="0")
    if look.after_pt < nd30.LEAST_SPACE_PT:
        after = str(round(nd30.LEAST_SPACE_PT * 20))
        edit.set(properties, "spacing", after=after, afterAutospacing=None, afterLines=None)
    yield (
        _("cách đoạn sau {pt} pt", pt=measure_said(0 if look.contextual else look.after_pt)),
        f"{measure_said(nd30.LEAST_SPACE_PT)} pt",
    )


def _line_spacing(edit: DocumentEdit, line: Line) -> Iterator[tuple[str, str]]:
    look = line.paragraph.format
    many = look.line is not None and look.line > 1
    many = many or (look.line_pt or 0) > max((run.format.pt for run in line.runs), default=14) * 1.5
    edit.set(edit.properties(line.paragraph.element), "spacing", line=str(360 if many else 240), lineRule="auto")
    before = f"{measure_said(look.line)}" if look.line is not None else f"{measure_said(look.line_pt or 0)} pt"
    yield _("giãn dòng {lines}", lines=before), _("1,5 dòng") if many else _("dòng đơn")


# The header's date ---------------------------------------------------------------------------------------------------


def _date(found: Components, work: _Work) -> Iterator[_Done]:
    """ND506: zeros before the day and the month; months 3 to 9 have none."""
    line = found.first("DiaDanh")
    if line is None or "ND506" not in work.wanted:
        return
    pieces = [
        piece
        for element in dict.fromkeys(run.element for run in line.runs)
        for piece in element.iterfind(f"{W}t")
        if piece.text
    ]
    said = _DATE.search("".join(piece.text for piece in pieces))
    if said is None:
        return
    day, month = int(said["day"]), int(said["month"])
    for key, must in (("month", f"{month:02d}" if month < 3 else str(month)), ("day", f"{day:02d}")):  # the later first
        at, old = said.start(key), said[key]
        for piece in pieces:
            text = piece.text or ""
            if at < len(text):
                if text.startswith(old, at) and old != must:
                    work.edit.text(piece, text[:at] + must + text[at + len(old) :])
                    yield "DiaDanh", line, "ND506", f"{_('ngày') if key == 'day' else _('tháng')} {old}", must
                break
            at -= len(text)
