"""Paper and margins set right (ND101, ND102) so that nothing runs off the paper: what is wider is made narrower, or the margins stay.

Tables, columns and pictures between the margins are narrowed in proportion; where that would make them hard to read, or
something would come to stand off the paper, the sheet's width stays as it is and is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.lang import _
from danvan_cli.nd30 import figures as nd30
from danvan_cli.nd30 import page as sheet
from danvan_cli.nd30.figures import width
from danvan_cli.nd30.lines import cut
from danvan_cli.nd30.remark import measure_said
from danvan_cli.ooxml.docx import W, children_of, measure
from danvan_cli.ooxml.extents import (
    PARAGRAPH,
    TABLE,
    cell_width,
    floating,
    indent,
    narrow_table,
    padding,
    pictures,
    table_width,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.nd30.components import Components
    from danvan_cli.ooxml.docx import PageSection
    from danvan_cli.ooxml.editing import DocumentEdit
    from danvan_cli.ooxml.extents import Floating
    from danvan_cli.ooxml.layout import WordParagraph

_TWIPS: Final = 1440 / 25.4
_LEAST_SHARE: Final = 0.8
"""What would be narrower than this part of what it was is left as it is."""
_SLACK: Final = 20
_HANG: Final = 216
"""A table may hang over the margins by the space beside its cells' text, if it did so."""
_EDGE: Final = 284
"""5 mm: no table comes nearer to the paper's edge."""
_REGULAR: Final = 0.95
"""How wide letters are that are not bold, to bold ones."""
_SHORT: Final = 60
"""A line of a letterhead or signature has at most so many letters."""


class _Sheet(NamedTuple):
    """A sheet in twips: paper and margins."""

    wide: int
    high: int
    top: int
    bottom: int
    left: int
    right: int

    @property
    def text(self) -> int:
        return self.wide - self.left - self.right


def fit(
    found: Components, section: PageSection, edit: DocumentEdit, only: frozenset[str]
) -> tuple[list[tuple[str, str, str]], str]:
    """Set a section's paper and margins, as far as their rules are to be mended, and fit what stands on it.

    Gives what was set (rule, before, after), and why the rest was not.
    """
    sides = (section.width, section.height, section.top, section.bottom, section.left, section.right)
    old = new = _Sheet(*(round(mm * _TWIPS) for mm in sides))
    if "ND101" in only and not sheet.is_a4(section):
        sizes = [round(mm * _TWIPS) for mm in (nd30.PAGE.width_mm, nd30.PAGE.height_mm)]
        wide, high = reversed(sizes) if section.landscape else sizes
        new = new._replace(wide=wide, high=high)
    for side, mm, span in sheet.wrong_margins(section) if "ND102" in only else ():
        new = new._replace(**{side: round(min(max(mm, span.least), span.most) * _TWIPS)})
    if new == old:
        return [], ""
    fitting = _Fitting(found, section, old, new)
    narrowed: list[tuple[str, str, str]] = []
    if why := fitting.hindrance():
        new = new._replace(wide=old.wide, high=old.high, left=old.left, right=old.right)
    elif new.text != old.text:
        narrowed = [("ND102", what, now) for what, now in fitting.narrow(edit)]
        _columns(section.element, new.text / old.text, edit)
    _write(section, old, new, edit)
    return [*_said(old, new), *narrowed], why


def _said(old: _Sheet, new: _Sheet) -> Iterator[tuple[str, str, str]]:
    """Tell what changes: rule, before, after."""
    if (old.wide, old.high) != (new.wide, new.high):
        before, after = (
            f"{measure_said(one.wide / _TWIPS)} × {measure_said(one.high / _TWIPS)} mm" for one in (old, new)
        )
        yield "ND101", _("khổ giấy {size}", size=before), after
    names = {"top": _("lề trên"), "bottom": _("lề dưới"), "left": _("lề trái"), "right": _("lề phải")}
    for side, name in names.items():
        if getattr(old, side) != getattr(new, side):
            yield "ND102", f"{name} {_mm(getattr(old, side))}", _mm(getattr(new, side))


def _mm(twips: float) -> str:
    return f"{measure_said(twips / _TWIPS)} mm"


def _write(section: PageSection, old: _Sheet, new: _Sheet, edit: DocumentEdit) -> None:
    if (new.wide, new.high) != (old.wide, old.high):
        edit.set(section.element, "pgSz", w=str(new.wide), h=str(new.high))
    missing = section.element.find(f"{W}pgMar") is None
    gutter = round(section.gutter * _TWIPS)
    own = {side: str(getattr(new, side) - (gutter if side == "left" else 0)) for side in ("top", "bottom", "left", "right")
           if missing or getattr(new, side) != getattr(old, side)}  # fmt: skip
    if own:
        others = {"header": "720", "footer": "720", "gutter": "0"} if missing else {}  # all of them are asked for
        edit.set(section.element, "pgMar", **own, **others)


def _columns(section: Any, share: float, edit: DocumentEdit) -> None:
    """Make columns of text that have widths of their own as much narrower or wider as the text."""
    for one in section.iterfind(f"{W}cols/{W}col"):
        for key in ("w", "space"):
            if (value := measure(one.get(f"{W}{key}"))) > 0:
                edit.attributes(one, **{key: str(int(value * share))})


class _Fitting:
    """What stands on one sheet, while its text gets another width."""

    def __init__(self, found: Components, section: PageSection, old: _Sheet, new: _Sheet) -> None:
        self.old, self.new = old, new
        document = section.element.getroottree().getroot()
        mine = [one.element for one in found.layout.sections].index(section.element)
        at = 0
        self.things: list[Any] = []
        for block in children_of(document.find(f"{W}body"), PARAGRAPH, TABLE):
            if at == mine:
                self.things.append(block)
            at += block.tag == PARAGRAPH and block.find(f"{W}pPr/{W}sectPr") is not None
        for parts in (section.headers, section.footers):
            for part in parts.values():
                self.things += children_of(part, PARAGRAPH, TABLE)
        self.needs = _needs(found.layout.paragraphs)

    def hindrance(self) -> str:
        """Say what would not fit between the new margins; empty if all does."""
        for thing in self.things:
            if thing.tag == TABLE and self._share(thing) == 0:
                return _("có bảng rộng {wide}", wide=_mm(table_width(thing, self.old.text)))
            if thing.tag == PARAGRAPH:
                for picture in pictures(thing):
                    grows = picture.wide > max(self.new.text, self.old.text) + _SLACK
                    if picture.wide * _LEAST_SHARE > self.new.text or (
                        picture.wide > self.new.text and not picture.plain and not grows
                    ):
                        return _("có hình rộng {wide}", wide=_mm(picture.wide))
            if any(_over(one, self.new) > 0 >= _over(one, self.old) for one in floating(thing)):
                return _("có hình, khung hoặc bảng sẽ ra ngoài trang giấy")
        return ""

    def _share(self, table: Any) -> float:
        """Tell to what share a table is to be narrowed, so that neither words nor lines of a letterhead break; 0: it cannot."""
        wide = table_width(table, self.old.text)
        hang = min(max(wide - self.old.text, 0), _HANG)
        inner = self.new.text - max(indent(table), 0)
        if wide <= inner + hang + _SLACK:
            return 1
        share = max((inner + hang) / wide, self.needs.get(table, 0))
        over, was = wide * share - self.new.text, wide - self.old.text
        if share < _LEAST_SHARE or (over > hang + _SLACK and over > was + _SLACK):
            return 0
        edge = self.new.left + max(indent(table), -over / 2) + wide * share
        return share if edge <= self.new.wide - _EDGE else 0

    def narrow(self, edit: DocumentEdit) -> Iterator[tuple[str, str]]:
        """Narrow what is wider than the text; tell how wide it was and is."""
        for thing in self.things:
            if thing.tag == PARAGRAPH:
                for picture in pictures(thing):
                    if picture.wide > self.new.text + _SLACK and picture.plain:
                        picture.scale(self.new.text / picture.wide, edit)
                        yield _("hình rộng {wide}", wide=_mm(picture.wide)), _mm(self.new.text)
            elif (share := self._share(thing)) < 1:
                wide = table_width(thing, self.old.text)
                narrow_table(thing, share, edit)
                hang = max(wide * share - self.new.text, _HANG) / 2
                if indent(thing) < -hang:
                    edit.attributes(thing.find(f"{W}tblPr/{W}tblInd"), w=str(round(-hang)))
                yield _("bảng rộng {wide}", wide=_mm(wide)), _mm(wide * share)


def _needs(paragraphs: list[WordParagraph]) -> dict[Any, float]:
    """Tell, for each table, to what share it may be narrowed before a word, or a line of a letterhead, breaks in two."""
    out: dict[Any, float] = {}
    for paragraph in paragraphs:
        cell = next(paragraph.element.iterancestors(f"{W}tc"), None) if paragraph.cell is not None else None
        if paragraph.cell is None or cell is None or not (room := cell_width(cell)):
            continue
        outermost = [*cell.iterancestors(TABLE)][-1]
        whole = not paragraph.cell.bordered and len(paragraph.text) <= _SHORT
        for line in cut(paragraph, tabs=False):
            pt = max((run.format.pt for run in line.runs), default=13)
            bold = any(run.format.bold for run in line.runs)
            said = line.text.upper() if line.upper else line.text
            for piece in [said] if whole else said.replace("-", "- ").replace("/", "/ ").split():
                needs = width(piece, pt) * (1 if bold else _REGULAR) + padding(next(cell.iterancestors(TABLE)))
                if needs <= room:
                    out[outermost] = max(out.get(outermost, 0), needs / room)
    return out


def _over(one: Floating, on: _Sheet) -> float:
    """Tell how far a thing that floats stands over the paper's right or lower edge; up to 0: it does not."""
    if one.down:
        return one.start + one.size - on.high - _SLACK if one.base == "page" else 0
    left = 0 if one.base == "page" else on.wide - on.right if one.base.startswith("right") else on.left
    return left + one.start + one.size - on.wide - _SLACK
