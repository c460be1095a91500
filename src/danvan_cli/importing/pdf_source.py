"""A PDF's pages as paragraphs and tables: lines joined by their geometry, across pages too; page numbers left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import groupby, islice, pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.importing.pdf_tables import SAME_LINE, Ruled, TextRow, joined_lines, row_of, ruled_tables, text_rows
from danvan_cli.importing.source import LABELLED, PAGE_NUMBER, Source, in_margins
from danvan_cli.nd30.codes import TYPES
from danvan_cli.nd30.lines import letters
from danvan_cli.ooxml.docx import PageSection
from danvan_cli.ooxml.effective import Formats, ParagraphFormat, RunFormat
from danvan_cli.ooxml.layout import SYMBOLS, Cell, Layout, Run, WordParagraph
from danvan_cli.pdf.reading import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from danvan_cli.pdf.pages import PdfPage, Piece

_MM: Final = 25.4 / 72
_TYPES: Final = {letters(name) for name in TYPES.values()}
_COPIES: Final = re.compile(r"nơi nhận\b", re.IGNORECASE)
_ANNEX: Final = re.compile(r"phụ lục\b", re.IGNORECASE)
_FEW: Final = 20
"""Fewer letters than these are no text beside a picture, but a page's number."""
_INDENT: Final = 10.0
_OUT: Final = 8.0
"""So far a label hangs out at least."""
_MARGIN: Final = 75.0
"""A page number stands so near to the upper or the lower edge."""
_ENDS: Final = (".", ";", ":", "./.", ",")


_WIDTHS: Final = dict.fromkeys("ijlItfríìỉĩịÍÌỈĨỊ.,;:!'|()/- ", 0.3) | dict.fromkeys("mMwW", 0.8)
"""How wide letters are that are not as wide as most, in shares of the font's size."""

_Flow = list[TextRow | Ruled]
"""Lines and tables from above, page after page."""


class Edges(NamedTuple):
    """Where a page's text begins and ends, and how far its lines stand apart."""

    left: float
    right: float
    pitch: float


def as_source(pages: Sequence[PdfPage]) -> Source:
    """Make a document of the pages of a PDF."""
    whole = [one for at, page in enumerate(pages) for one in _page(page, at)]
    flow, margins = _without_margins(whole, pages)
    rows = ((at, one.text) for at, one in enumerate(flow) if isinstance(one, TextRow))
    head = next((at for at, text in islice(rows, 30) if letters(text) in _TYPES), 0)
    tail, end = _tail(flow, pages)
    maker = _Maker(pages, _edges(flow, pages))
    maker.columns(_flat(flow[:head]))
    maker.body(flow[head:tail])
    maker.columns(_flat(flow[tail:end]), copies=True)
    maker.body(flow[end:])
    layout = Layout(maker.paragraphs, maker.sections, Formats(None), False, len(pages))
    unread = [*_unread(whole, maker.paragraphs, margins)]
    bare = (page.pictured and sum(len(one.text) for one in page.pieces) < _FEW for page in pages)
    pictured = ", ".join(str(number) for number, one in enumerate(bare, start=1) if one)
    return Source(layout, in_margins(one.text for one in margins), unread, f"trang {pictured}" if pictured else "")


def _unread(flow: _Flow, made: Sequence[WordParagraph], margins: Sequence[TextRow]) -> Iterator[str]:
    """Name the lines of which not every letter is in a paragraph."""
    rows = _flat(flow)
    said = "".join(run.text for one in made for run in one.runs)
    again = (text for one in flow if isinstance(one, Ruled) for text in one.repeated)
    held = Counter("".join((said, *(row.text for row in margins), *again)))
    missing = Counter("".join(piece.text for row in rows for piece in row.pieces)) - held
    if any(letter.isalnum() for letter in missing):
        yield from [row.text[:80] for row in rows if row.text not in said][:10] or ["".join(missing)[:80]]


def _flat(flow: _Flow) -> list[TextRow]:
    """Give rows, those within tables too."""
    out: list[TextRow] = []
    for one in flow:
        if isinstance(one, TextRow):
            out.append(one)
            continue
        for at, pieces in enumerate(text_rows(sorted(one.pieces, key=lambda it: (-it.foot, it.left)))):
            beside = not at and out and out[-1].page == one.page and abs(out[-1].foot - pieces[0].foot) <= SAME_LINE
            out.append(row_of([*(out.pop().pieces if beside else ()), *pieces], one.page))
    return out


def _page(page: PdfPage, at: int) -> _Flow:
    """Give a page's rows and tables from top to bottom."""
    tables = ruled_tables(page, at)
    said = (piece._replace(text=piece.text.translate(SYMBOLS)) for piece in page.pieces)
    free = [piece for piece in said if not any(table.take(piece) for table in tables)]
    rows = [row_of(pieces, at) for pieces in text_rows(sorted(free, key=lambda it: -it.foot))]
    every: _Flow = [*rows, *(table for table in tables if table.pieces)]
    return sorted(every, key=lambda one: -(one.foot if isinstance(one, TextRow) else one.ys[0]))


def _without_margins(flow: _Flow, pages: Sequence[PdfPage]) -> tuple[_Flow, list[TextRow]]:
    """Leave out page numbers, and what stands above or below the text of several pages alike; give those rows apart."""
    near = [
        one for one in flow if isinstance(one, TextRow) and not _MARGIN <= one.foot <= pages[one.page].height - _MARGIN
    ]
    often = Counter(text for text, _page in {(one.text, one.page) for one in near})
    out = [one for one in near if (len(one.text) < 16 and PAGE_NUMBER.fullmatch(one.text)) or often[one.text] > 1]
    left = {id(one) for one in out}
    return [one for one in flow if id(one) not in left], out


def _edges(flow: _Flow, pages: Sequence[PdfPage]) -> list[Edges]:
    """Tell where the text of each page begins and ends; a page with little text is as others of its width."""
    by_page: dict[int, list[TextRow]] = defaultdict(list)
    by_width: dict[int, list[TextRow]] = defaultdict(list)
    for one in flow:
        if isinstance(one, TextRow):
            by_page[one.page].append(one)
            by_width[round(pages[one.page].width)].append(one)
    out = []
    for at, page in enumerate(pages):
        rows = by_page[at] if len(by_page[at]) > 14 else by_width[round(page.width)]
        lefts = Counter(round(one.left) for one in rows)
        often = [left for left, count in lefts.items() if count > 1] or [*lefts] or [0]
        right = max((one.right for one in rows), default=page.width)
        pairs = (it for it in pairwise(by_width[round(page.width)]) if it[0].page == it[1].page)
        on = ((one, two) for one, two in pairs if one.right > right - 40 and two.left < one.left + 3)
        gaps = Counter(round(2 * (one.foot - two.foot)) for one, two in on if 0 < one.foot - two.foot < 60)
        size = Counter(one.size for one in rows).most_common(1)[0][0] if rows else 12
        pitch = gaps.most_common(1)[0][0] / 2 if gaps else 1.35 * size
        out.append(Edges(min(often), right, pitch))
    return out


def _tail(flow: _Flow, pages: Sequence[PdfPage]) -> tuple[int, int]:
    """Tell where nơi nhận with the signature begins and ends."""
    rows = ((at, one) for at, one in enumerate(flow) if isinstance(one, TextRow))
    copies, first = next((it for it in rows if any(_COPIES.match(one.text) for one in it[1].pieces)), (len(flow), None))
    if first is None:
        return copies, copies
    start = copies
    middle = pages[first.page].width / 2
    while start and isinstance(before := flow[start - 1], TextRow):
        if before.page != first.page or before.left < middle - 20 or before.foot - first.foot > 60:
            break
        start -= 1
    end = copies + 1
    while end < len(flow) and isinstance(one := flow[end], TextRow):
        if pages[one.page].width != pages[first.page].width:
            break
        if one.page != first.page and (_ANNEX.match(one.text) or (len(one.pieces) == 1 and one.page > first.page + 1)):
            break
        end += 1
    return start, end


class _Maker:
    """Makes the paragraphs and tables of a document, and its sections: another begins where pages turn."""

    def __init__(self, pages: Sequence[PdfPage], edges: Sequence[Edges]) -> None:
        self.pages, self.edges = pages, edges
        self.paragraphs: list[WordParagraph] = []
        self.tables = self.number = 0
        self.sections: list[PageSection] = []
        self.section: list[int] = []
        """That of each page."""
        for page in pages:
            if not self.sections or self.sections[-1].landscape != (page.width > page.height):
                size = page.width * _MM, page.height * _MM
                self.sections.append(PageSection(None, *size, 20, 20, 30, 15, 0, False, None, "decimal", {}, {}))
            self.section.append(len(self.sections) - 1)

    def add(self, text: str, page: int, *, bold: bool, align: str, cell: Cell | None = None, size: float = 14) -> None:
        """Add a paragraph."""
        self.number += bool(text)
        look = RunFormat(("Times New Roman", "Times New Roman"), size, bold, False, False, False, False, "auto")
        runs = [Run(text, look, None)] if text else []
        self.paragraphs.append(WordParagraph(self.number, None, _layout(align), runs, self.section[page], cell))

    # Letterhead and signature: two columns

    def columns(self, rows: Sequence[TextRow], *, copies: bool = False) -> None:
        """Make two columns of rows: what stands on the left (`copies`: nơi nhận), then what stands on the right."""
        if not rows:
            return
        page = rows[0].page
        self.tables += 1
        middle = self.pages[page].width * 0.47
        for side in (0, 1):
            cell = Cell(self.tables, 0, side, 0.25 + side / 2, False, at=side)
            held: list[tuple[str, Piece]] = []
            for row in rows:
                some = [one for one in row.pieces if ((one.left + one.right) / 2 >= middle) == bool(side)]
                text = " ".join(one.text for one in some)
                if copies and side == 0 and some and len(held) > 1 and not text.startswith(("-", "–", "+", "*")):
                    held[-1] = joined_lines((held[-1][0], text)), held[-1][1]
                elif some:
                    held.append((text, some[0]))
            for text, first in held:
                self.add(text, page, bold=first.bold, align="center", cell=cell, size=first.size)

    # The text

    def body(self, flow: _Flow) -> None:
        """Make paragraphs of rows, and tables: what goes on over pages as one."""
        for _kind, some in groupby(flow, type):
            same = [*some]
            self._text([one for one in same if isinstance(one, TextRow)])
            whole: list[Ruled] = []
            for table in (one for one in same if isinstance(one, Ruled)):
                if whole and whole[-1].goes_on(table):
                    whole[-1].join(table)
                else:
                    whole.append(table)
            for table in whole:
                self._table(table)

    def _text(self, rows: Sequence[TextRow]) -> None:
        for held in grouped(rows, lambda above, row: not self._begins(above, row)):
            first, last = held[0], held[-1]
            centred = all(_middle(one, self.edges[one.page]) for one in held) and _centred(last, self.edges[last.page])
            bold, align = all(one.bold for one in held), "center" if centred else "both"
            self.add(joined_lines(one.text for one in held), first.page, bold=bold, align=align, size=first.size)

    def _begins(self, held: Sequence[TextRow], row: TextRow) -> bool:
        """Tell whether a row begins a paragraph: it is indented, or its first word would have fitted on the line before."""
        before = held[-1]
        edge, last = self.edges[row.page], self.edges[before.page]
        if before.page == row.page and before.foot - row.foot > edge.pitch + 3.5:
            return True
        if len(held) == 1 and letters(before.text) in _TYPES:
            return True
        if before.bold != row.bold and (row.bold or len(held) == 1):
            return True
        if _centred(row, edge) and (_centred(before, last) or (row.bold and _middle(before, last))):
            return before.page != row.page
        labelled, ends = LABELLED.match(row.text) is not None, before.text.endswith(_ENDS)
        if labelled and ends:
            return True
        width = (row.right - row.left) * _weight(row.text.split(" ", 1)[0]) / (_weight(row.text) or 1)
        if last.right - before.right > width + row.size * 0.45:
            return True
        if self._hangs(held, row):
            return len(held) == 1 and ends
        return row.left > edge.left + _INDENT and (
            abs(row.left - before.left) > 2
            or (len(held) == 1 and (labelled or ends))
            or before.text.endswith((".", ";", ":"))
        )

    def _hangs(self, held: Sequence[TextRow], row: TextRow) -> bool:
        """Tell whether a row stands below the words of a paragraph whose label hangs out on the left of them."""
        first, before = held[0], held[-1]
        if LABELLED.match(row.text) or not LABELLED.match(first.text) or row.page != first.page:
            return False
        return row.left > first.left + _OUT and (len(held) == 1 or abs(row.left - before.left) <= 2)

    def _table(self, table: Ruled) -> None:
        """Make a table's paragraphs, cell by cell."""
        self.tables += 1
        for at, row in enumerate(table.rows):
            for column, cell in enumerate(row):
                span = cell.start, cell.end - cell.start, cell.goes_on
                place = Cell(self.tables, at, column, table.middle(cell), True, *span)
                for text in cell.paragraphs() or [""]:
                    self.add(text, table.page, bold=cell.bold, align="left", cell=place)


def _middle(row: TextRow, edge: Edges) -> bool:
    return abs((row.left + row.right) / 2 - (edge.left + edge.right) / 2) < 7


def _centred(row: TextRow, edge: Edges) -> bool:
    return _middle(row, edge) and row.left > edge.left + 12 and row.right < edge.right - 12


def _weight(text: str) -> float:
    """Tell how wide a text is beside others in its font: letters are not alike."""
    return sum(_WIDTHS.get(letter, 0.7 if letter.isupper() else 0.5) for letter in text)


def _layout(align: str) -> ParagraphFormat:
    values: dict[str, Any] = {
        "style": "", "align": align, "left_mm": 0.0, "right_mm": 0.0, "first_mm": 0.0, "before_pt": 0.0, "after_pt": 0.0, "line": 1.0,
        "line_pt": None, "least": False, "contextual": False, "page_break": False, "borders": frozenset(), "tabs": (), "number": None,
    }  # fmt: skip
    return ParagraphFormat(**values)
