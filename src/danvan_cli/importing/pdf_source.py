"""A PDF's pages as paragraphs and tables: lines joined by their geometry, across pages too; page numbers left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.importing.pdf_tables import Ruled, joined, ruled_tables
from danvan_cli.importing.source import LABELLED, PAGE_NUMBER, Beside, Source
from danvan_cli.nd30 import figures as nd30
from danvan_cli.nd30.lines import letters
from danvan_cli.ooxml.effective import Formats, ParagraphFormat, RunFormat
from danvan_cli.ooxml.layout import Cell, Layout, Paragraph, Run, Section
from danvan_cli.pdf.pages import read_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from danvan_cli.pdf.pages import Page, Piece

_MM: Final = 25.4 / 72
_TYPES: Final = {letters(name) for name in nd30.TYPES.values()}
_COPIES: Final = re.compile(r"nơi nhận\b", re.IGNORECASE)
_ANNEX: Final = re.compile(r"phụ lục\b", re.IGNORECASE)
_INDENT: Final = 10.0
_MARGIN: Final = 75.0
"""A page number stands so near to the upper or the lower edge."""
_ENDS: Final = (".", ";", ":", "./.", ",")


@dataclass(slots=True)
class Row:
    """A line of a page: its pieces from left to right, the page it stands on."""

    pieces: list[Piece]
    page: int

    @property
    def text(self) -> str:
        """What it says."""
        return " ".join(one.text for one in self.pieces)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.pieces[-1].right

    @property
    def foot(self) -> float:
        """How high it stands."""
        return self.pieces[0].foot

    @property
    def size(self) -> float:
        """How large its letters are."""
        return self.pieces[0].size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(one.bold for one in self.pieces)


@dataclass(slots=True)
class Edges:
    """Where a page's text begins and ends, and how far its lines stand apart."""

    left: float
    right: float
    pitch: float


@dataclass
class _Made:
    """What has been made so far."""

    sections: list[Section] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    tables: int = 0
    number: int = 0

    def add(
        self, text: str, *, bold: bool, align: str, section: int, cell: Cell | None = None, size: float = 14
    ) -> None:
        self.number += bool(text)
        look = RunFormat(("Times New Roman", "Times New Roman"), size, bold, False, False, False, False, False, "auto")
        runs = [Run(text, look, None)] if text else []
        self.paragraphs.append(Paragraph(self.number, None, _layout(align), runs, section, cell))


def read_pdf(path: Path) -> Source:
    """Read a PDF.

    Raises:
        UsageError: if it cannot be read, or is a scan.
    """
    return as_source(read_pages(path))


_WIDTHS: Final = dict.fromkeys("ijlItfríìỉĩịÍÌỈĨỊ.,;:!'|()/- ", 0.3) | dict.fromkeys("mMwW", 0.8)
"""How wide letters are that are not as wide as most, in shares of the font's size."""


def as_source(pages: Sequence[Page]) -> Source:
    """Make a document of the pages of a PDF."""
    made = _Made()
    sections = [*_sections(pages, made)]
    flow: list[Row | tuple[int, Ruled]] = []
    for at, page in enumerate(pages):
        flow += _page(page, at)
    whole = flow
    flow, margins = _without_margins(flow, pages)
    edges = _edges(flow, pages)
    rows = [at for at, one in enumerate(flow) if isinstance(one, Row)]
    head = next((at for at in rows[:30] if letters(_rows(flow[at : at + 1])[0].text) in _TYPES), None)
    tail, end = _tail(flow, pages)
    body_start = 0
    if head is not None:
        _columns(made, _flat(flow[:head]), pages, sections)
        body_start = head
    _body(made, flow[body_start:tail], edges, sections)
    if tail < len(flow):
        _columns(made, _flat(flow[tail:end]), pages, sections, copies=True)
        _body(made, flow[end:], edges, sections)
    layout = Layout(made.paragraphs, made.sections, Formats(None), False, len(pages))
    beside = [
        Beside("đầu trang, cuối trang", one)
        for one in dict.fromkeys(one.text for one in margins)
        if not PAGE_NUMBER.fullmatch(one)
    ]
    return Source(layout, beside, [*_unread(whole, made, margins)])


def _unread(flow: Sequence[Row | tuple[int, Ruled]], made: _Made, margins: Sequence[Row]) -> Iterator[str]:
    """Name the lines of which not every letter is in a paragraph."""
    tables = [one[1] for one in flow if isinstance(one, tuple)]
    there = Counter("".join(piece.text for row in _flat(flow) for piece in row.pieces))
    held = Counter("".join(run.text for one in made.paragraphs for run in one.runs))
    held.update("".join(row.text for row in margins))
    held.update("".join(said for table in tables for said in table.repeated))
    missing = there - held
    if any(letter.isalnum() for letter in missing):
        said = "".join(run.text for one in made.paragraphs for run in one.runs)
        yield from [row.text[:80] for row in _flat(flow) if row.text not in said][:10] or ["".join(missing)[:80]]


def _flat(flow: Iterable[Row | tuple[int, Ruled]]) -> list[Row]:
    """Give rows, those within tables too."""
    out: list[Row] = []
    for one in flow:
        if isinstance(one, Row):
            out.append(one)
            continue
        at, table = one
        pieces = sorted(table.pieces, key=lambda it: (-it.foot, it.left))
        for piece in pieces:
            if out and out[-1].page == at and abs(out[-1].foot - piece.foot) <= 3:
                out[-1].pieces.append(piece)
            else:
                out.append(Row([piece], at))
    return out


def _rows(flow: Iterable[Row | tuple[int, Ruled]]) -> list[Row]:
    return [one for one in flow if isinstance(one, Row)]


def _page(page: Page, at: int) -> Iterator[Row | tuple[int, Ruled]]:
    """Give a page's rows and tables from top to bottom."""
    tables = ruled_tables(page)
    free = [piece for piece in page.pieces if not any(table.take(piece) for table in tables)]
    rows: list[Row] = []
    for piece in sorted(free, key=lambda it: -it.foot):
        if rows and abs(rows[-1].foot - piece.foot) <= 3:
            rows[-1].pieces.append(piece)
        else:
            rows.append(Row([piece], at))
    for row in rows:
        row.pieces.sort(key=lambda it: it.left)
    every: list[tuple[float, Row | tuple[int, Ruled]]] = [(row.foot, row) for row in rows]
    every += [(table.top, (at, table)) for table in tables if table.filled]
    yield from (one for _height, one in sorted(every, key=lambda it: -it[0]))


def _without_margins(
    flow: Iterable[Row | tuple[int, Ruled]], pages: Sequence[Page]
) -> tuple[list[Row | tuple[int, Ruled]], list[Row]]:
    """Leave out page numbers, and what stands above or below the text of several pages alike; give those rows apart."""
    flow = [*flow]
    near = [one for one in _rows(flow) if not _MARGIN <= one.foot <= pages[one.page].height - _MARGIN]
    often = Counter(text for text, _page in {(one.text, one.page) for one in near})
    out = [one for one in near if (len(one.text) < 16 and PAGE_NUMBER.fullmatch(one.text)) or often[one.text] > 1]
    left = {id(one) for one in out}
    return [one for one in flow if id(one) not in left], out


def _edges(flow: Iterable[Row | tuple[int, Ruled]], pages: Sequence[Page]) -> list[Edges]:
    """Tell where the text of each page begins and ends; a page with little text is as others of its width."""
    by_page: dict[int, list[Row]] = defaultdict(list)
    for one in flow:
        if isinstance(one, Row):
            by_page[one.page].append(one)
    by_width: dict[int, list[Row]] = defaultdict(list)
    for at, rows in by_page.items():
        by_width[round(pages[at].width)] += rows
    out = []
    for at, page in enumerate(pages):
        rows = by_page[at] if len(by_page[at]) > 14 else by_width[round(page.width)]
        lefts = Counter(round(one.left) for one in rows)
        often = [left for left, count in lefts.items() if count > 1] or [*lefts] or [0]
        right = max((one.right for one in rows), default=page.width)
        gaps = Counter(
            round(2 * (one.foot - two.foot))
            for one, two in pairwise(by_width[round(page.width)])
            if one.page == two.page
            and one.right > right - 40
            and two.left < one.left + 3
            and 0 < one.foot - two.foot < 60
        )
        size = Counter(one.size for one in rows).most_common(1)[0][0] if rows else 12
        pitch = gaps.most_common(1)[0][0] / 2 if gaps else 1.35 * size
        out.append(Edges(min(often), right, pitch))
    return out


# Letterhead and signature: two columns ---------------------------------------------------------------------------------


def _tail(flow: Sequence[Row | tuple[int, Ruled]], pages: Sequence[Page]) -> tuple[int, int]:
    """Tell where nơi nhận with the signature begins and ends."""
    copies = next(
        (
            at
            for at, one in enumerate(flow)
            if isinstance(one, Row) and any(_COPIES.match(piece.text) for piece in one.pieces)
        ),
        None,
    )
    if copies is None:
        return len(flow), len(flow)
    first = _rows(flow[copies : copies + 1])[0]
    start = copies
    while start:
        before = flow[start - 1]
        middle = pages[first.page].width / 2
        if (
            not isinstance(before, Row)
            or before.page != first.page
            or before.left < middle - 20
            or before.foot - first.foot > 60
        ):
            break
        start -= 1
    end = copies + 1
    while end < len(flow):
        one = flow[end]
        if not isinstance(one, Row) or pages[one.page].width != pages[first.page].width:
            break
        if one.page != first.page and (_ANNEX.match(one.text) or (len(one.pieces) == 1 and one.page > first.page + 1)):
            break
        end += 1
    return start, end


def _columns(
    made: _Made, rows: Sequence[Row], pages: Sequence[Page], sections: Sequence[int], *, copies: bool = False
) -> None:
    """Make two columns of rows: what stands on the left, then what stands on the right."""
    if not rows:
        return
    made.tables += 1
    middle = pages[rows[0].page].width * 0.47
    for side in (0, 1):
        cell = Cell(made.tables, 0, side, 0.25 + side / 2, False, at=side)
        held: list[tuple[str, bool, float]] = []
        for row in rows:
            some = [one for one in row.pieces if ((one.left + one.right) / 2 >= middle) == bool(side)]
            if not some:
                continue
            text = " ".join(one.text for one in some)
            if copies and side == 0 and len(held) > 1 and not text.startswith(("-", "–", "+", "*")):
                held[-1] = (joined((held[-1][0], text)), held[-1][1], held[-1][2])
            else:
                held.append((text, some[0].bold, some[0].size))
        for text, bold, size in held:
            made.add(text, bold=bold, align="center", section=sections[rows[0].page], cell=cell, size=size)


# The text --------------------------------------------------------------------------------------------------------------


def _body(
    made: _Made, flow: Sequence[Row | tuple[int, Ruled]], edges: Sequence[Edges], sections: Sequence[int]
) -> None:
    held: list[Row] = []
    before: Ruled | None = None
    for place, one in enumerate(flow):
        if isinstance(one, Row):
            if held and _begins(held[-1], one, held, edges):
                _paragraph(made, held, edges, sections)
                held = []
            held.append(one)
            before = None if len(one.text) > 0 else before
            continue
        at, table = one
        if held:
            _paragraph(made, held, edges, sections)
            held = []
        if before is not None and before.goes_on(table):
            before.join(table)
        else:
            if before is not None:
                _table(made, before, sections[at])
            before = table
        following = flow[place + 1] if place + 1 < len(flow) else None
        if not isinstance(following, tuple):
            _table(made, before, sections[at])
            before = None
    if held:
        _paragraph(made, held, edges, sections)


def _paragraph(made: _Made, rows: Sequence[Row], edges: Sequence[Edges], sections: Sequence[int]) -> None:
    centred = all(_middle(one, edges[one.page]) for one in rows) and _centred(rows[-1], edges[rows[-1].page])
    text = joined(one.text for one in rows)
    bold = all(one.bold for one in rows)
    made.add(text, bold=bold, align="center" if centred else "both", section=sections[rows[0].page], size=rows[0].size)


def _middle(row: Row, edge: Edges) -> bool:
    return abs((row.left + row.right) / 2 - (edge.left + edge.right) / 2) < 7


def _centred(row: Row, edge: Edges) -> bool:
    return _middle(row, edge) and row.left > edge.left + 12 and row.right < edge.right - 12


def _begins(before: Row, row: Row, held: Sequence[Row], edges: Sequence[Edges]) -> bool:
    """Tell whether a row begins a paragraph: it is indented, or its first word would have fitted on the line before."""
    edge, last = edges[row.page], edges[before.page]
    if before.page == row.page and before.foot - row.foot > edge.pitch + 3.5:
        return True
    if len(held) == 1 and letters(before.text) in _TYPES:
        return True
    if before.bold != row.bold and (row.bold or len(held) == 1):
        return True
    if _centred(row, edge) and (_centred(before, last) or (row.bold and _middle(before, last))):
        return before.page != row.page
    labelled = LABELLED.match(row.text) is not None
    if labelled and before.text.endswith(_ENDS):
        return True
    width = (row.right - row.left) * _weight(row.text.split(" ", 1)[0]) / (_weight(row.text) or 1)
    if last.right - before.right > width + row.size * 0.45:
        return True
    if row.left > edge.left + _INDENT:
        return (
            abs(row.left - before.left) > 2
            or (len(held) == 1 and (labelled or before.text.endswith(_ENDS)))
            or (not before.text[-1:].isalnum() and before.text.endswith((".", ";", ":")))
        )
    return False


def _weight(text: str) -> float:
    """Tell how wide a text is beside others in its font: letters are not alike."""
    return sum(_WIDTHS.get(letter, 0.7 if letter.isupper() else 0.5) for letter in text)


def _table(made: _Made, table: Ruled, section: int) -> None:
    """Make a table's paragraphs, cell by cell."""
    made.tables += 1
    for at, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            place = Cell(
                made.tables,
                at,
                column,
                (table.share(cell.start) + table.share(cell.end)) / 2,
                True,
                at=cell.start,
                wide=cell.end - cell.start,
                joined=cell.goes_on,
            )
            lines = cell.paragraphs()
            for text in lines or [""]:
                made.add(text, bold=cell.bold, align="left", section=section, cell=place)


# Sheets ----------------------------------------------------------------------------------------------------------------


def _sections(pages: Sequence[Page], made: _Made) -> Iterator[int]:
    """Count sections: another begins where pages turn."""
    before: tuple[float, float] | None = None
    for page in pages:
        size = (page.width, page.height)
        if before is None or (before[0] > before[1]) != (size[0] > size[1]):
            made.sections.append(
                Section(None, size[0] * _MM, size[1] * _MM, 20, 20, 30, 15, 0, False, None, "decimal", {}, {})
            )
        before = size
        yield len(made.sections) - 1


def _layout(align: str) -> ParagraphFormat:
    values: dict[str, Any] = {
        "style": "", "align": align, "left_mm": 0.0, "right_mm": 0.0, "first_mm": 0.0, "before_pt": 0.0, "after_pt": 0.0, "line": 1.0,
        "line_pt": None, "least": False, "contextual": False, "page_break": False, "borders": frozenset(), "tabs": (), "number": None,
    }  # fmt: skip
    return ParagraphFormat(**values)
