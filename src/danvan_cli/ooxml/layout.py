"""A document's paragraphs in reading order, each with where it stands: section, table cell, text box.

Changes that are marked as deleted are left out, inserted ones are read; of two forms of one drawing the newer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.ooxml.docx import (
    CONTAINERS,
    MC,
    MM_OF_TWIP,
    W,
    attribute,
    broken,
    child,
    children_of,
    measure,
    parse,
    read_sections,
    whole_number,
)
from danvan_cli.ooxml.effective import Counter, Formats, Lists, cell_style, table_look
from danvan_cli.ooxml.extents import box_middle, drawn_lines, frame_middle
from danvan_cli.ooxml.parts import too_large
from danvan_cli.text import clean, squeeze

if TYPE_CHECKING:
    from danvan_cli.ooxml.docx import PageSection, Word
    from danvan_cli.ooxml.effective import ParagraphFormat, RunFormat

MAX_PARAGRAPHS: Final = 200_000
"""So many paragraphs a document has at most; a book of 500 pages has 20,000."""
_SPECIAL: Final = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}noBreakHyphen": "-",
    f"{W}cr": "\n",
    f"{W}softHyphen": "",
    f"{W}sym": "",
}
_P, _R, _T, _BR, _TBL, _TR, _TC, _RPR = (f"{W}{name}" for name in ("p", "r", "t", "br", "tbl", "tr", "tc", "rPr"))
_DRAWN: Final = {f"{W}drawing", f"{W}pict", f"{W}object", f"{MC}AlternateContent"}
_LAID: Final = f"{W}lastRenderedPageBreak"
_PPR, _SECTION, _TCPR, _SPAN, _DOWN, _WIDE = (
    f"{W}{name}" for name in ("pPr", "sectPr", "tcPr", "gridSpan", "vMerge", "tcW")
)
_TRPR, _DEL, _FRAME = (f"{W}{name}" for name in ("trPr", "del", "framePr"))
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_HEX: Final = re.compile(r"[0-9A-Fa-f]{4}")
_SYMBOLS: Final = {
    "F0E0": "→",
    "F0FC": "✓",
    "F0FE": "☑",
    "F0A8": "□",
    "F06F": "□",
    "F0B7": "•",
    "F0A7": "▪",
    "F02D": "-",
    "F0D8": "➢",
}
"""Letters of Symbol and Wingdings that texts use, as Unicode has them."""
SYMBOLS: Final = {int(code, 16): letter for code, letter in _SYMBOLS.items()}
"""The same, to be put into a text."""


class Run(NamedTuple):
    """Letters that look the same, and the element that they are in."""

    text: str
    format: RunFormat
    element: Any


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell: which table, row and column; where its middle lies in the text's width, from 0 to 1.

    `at` and `wide` are the columns of the table's grid that it covers; `joined` tells that it is one with the cell above; `outer`
    is the cell that its table stands in.
    """

    table: int
    row: int
    column: int
    middle: float
    bordered: bool
    at: int = 0
    wide: int = 1
    joined: bool = False
    wide_mm: float = 0
    """0 where the file does not say it."""
    outer: Cell | None = None


@dataclass(eq=False)
class WordParagraph:
    """A paragraph: its runs, how it lies, where it stands.

    `number` counts the paragraphs that say something, from 1; `label` is what Word's numbering puts before it;
    `drawn_mm` are the lengths of lines drawn at it (None: a drawing that may be one), `box_mm` the middle of the text
    box it stands in, from the page's left. `page` is the one that the program which saved it laid it on (0: not known).
    """

    number: int
    element: Any
    format: ParagraphFormat
    runs: list[Run]
    section: int
    cell: Cell | None = None
    box: bool = False
    box_mm: float | None = None
    label: str = ""
    drawn_mm: list[float | None] = field(default_factory=list)
    breaks: bool = False
    page: int = 0

    @cached_property
    def text(self) -> str:
        """What it says, with its label."""
        said = "".join([run.text for run in self.runs])
        return f"{self.label} {said}" if self.label else said

    @cached_property
    def plain(self) -> str:
        """What it says in one form: NFC, no unseen letters, one space at most."""
        return squeeze(clean(self.text))


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole document."""

    paragraphs: list[WordParagraph]
    sections: list[PageSection]
    formats: Formats
    evens: bool
    """Whether even pages have headers and footers of their own."""
    pages: int
    """What the program that saved it counted last, or what breaks in the text say; 0 or 1 where nobody knows more."""


class Words(NamedTuple):
    """A paragraph's words as a reader sees them, without how they look.

    Line breaks are line ends; `label` is what Word's numbering puts before; `cell` is table, row and column; `header`
    tells whether they stand above the first page; `covers` are the first column of the grid that the cell covers, how many,
    and whether it goes on from the cell above; `strong` tells that all of it is bold.
    """

    text: str
    label: str = ""
    cell: tuple[int, int, int] | None = None
    header: bool = False
    covers: tuple[int, int, bool] | None = None
    strong: bool = False

    @property
    def line(self) -> str:
        """The words with their label, in one line."""
        return squeeze(f"{self.label} {self.text}")


def read_words(word: Word) -> list[Words]:
    """Read a document's words: first those above its first page, then its paragraphs; empty ones only in tables.

    Raises as `lay_out`.
    """
    laid = lay_out(word)
    first = laid.sections[0] if laid.sections else None
    walker = _Walker(word)
    if first is not None and (header := first.headers.get("first" if first.own_first else "default")) is not None:
        walker.block(header, None)
    out: list[Words] = []
    for one in (*walker.paragraphs, *laid.paragraphs):
        text = clean("".join([run.text.upper() if run.format.caps else run.text for run in one.runs]))
        lines = [line for part in text.split("\n") if (line := squeeze(part))]
        strong = all(run.format.bold for run in one.runs if run.text.strip())
        at = one.cell
        cell, covers = ((at.table, at.row, at.column), (at.at, at.wide, at.joined)) if at else (None, None)
        out.append(Words("\n".join(lines), one.label, cell, len(out) < len(walker.paragraphs), covers, strong))
    return [one for one in out if one.text or one.cell]


def lay_out(word: Word) -> Layout:
    """Read a document's paragraphs and sections; a UsageError tells that it is nested too deep, or too long."""
    walker = _Walker(word)
    body = word.document.find(f"{W}body")
    try:
        walker.block(body, None)
    except RecursionError:
        raise broken(word.main, word.path) from None
    sections = list(read_sections(word))
    breaks = walker.page - 1
    if not breaks:
        for one in walker.paragraphs:
            one.page = 0
    typed = sum(paragraph.breaks for paragraph in walker.paragraphs)
    evens = word.settings is not None and word.settings.find(f"{W}evenAndOddHeaders") is not None
    return Layout(walker.paragraphs, sections, walker.formats, evens, max(word.pages, breaks + 1, typed + 1))


def read_notes(word: Word, formats: Formats) -> list[tuple[str, list[WordParagraph]]]:
    """Read what stands at the foot of pages or behind the text, as the text refers to it: each kind with its number.

    A UsageError tells that it is broken.
    """
    out = []
    for kind in ("footnote", "endnote"):
        part = f"{word.main.rpartition('/')[0]}/{kind}s.xml".lstrip("/")
        if part not in word.parts:
            continue
        notes = {one.get(f"{W}id"): one for one in parse(part, word.parts[part], word.path).iterchildren(f"{W}{kind}")}
        walker = _Walker(word, formats)
        for number, reference in enumerate(word.document.iter(f"{W}{kind}Reference"), start=1):
            note = notes.pop(reference.get(f"{W}id"), None)
            if note is not None and next(reference.iterancestors(f"{W}del"), None) is None:
                walker.paragraphs = []
                walker.block(note, None)
                out.append((f"{kind} {number}", walker.paragraphs))
    return out


def read_margins(word: Word, formats: Formats) -> list[list[WordParagraph]]:
    """Read the headers and footers of a document, each once."""
    out = []
    for part in {id(one): one for one in word.others.values()}.values():
        walker = _Walker(word, formats)
        walker.block(part, None)
        out.append(walker.paragraphs)
    return out


class _Walker:
    def __init__(self, word: Word, formats: Formats | None = None) -> None:
        """Begin to walk; with the formats of the text for what stands beside it, which has no lists."""
        self.path = word.path
        self.formats = formats or Formats(word.styles, word.theme, word.numbering)
        self.counter = Counter(self.formats.lists if formats is None else Lists(None))
        self.paragraphs: list[WordParagraph] = []
        self.carried: list[Run] = []
        self.section = self.tables = self.number = 0
        self.page = 1

    def block(self, container: Any, cell: Cell | None, style: str = "", box: tuple[float | None] | None = None) -> None:
        """Go through paragraphs and tables of the body, a cell or a box."""
        for one in container:
            if one.tag == _P:
                self.paragraph(one, cell, style, box)
            elif one.tag == _TBL:
                self.table(one, box, cell)
            elif one.tag in CONTAINERS:
                self.block(one, cell, style, box)

    def table(self, table: Any, box: tuple[float | None] | None, outer: Cell | None = None) -> None:
        self.tables += 1
        number, bordered = self.tables, self.formats.table_borders(table)
        style = attribute(table, "tblPr/tblStyle") or ""
        grid = [measure(column.get(f"{W}w")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        look = table_look(table) if style else {}
        rows = [*children_of(table, _TR)]
        for row, line in enumerate(rows):
            properties = child(line, _TRPR)
            if child(properties, _DEL) is not None:
                continue
            cells = [*children_of(line, _TC)]
            said = [
                {inner.tag: inner for inner in own} if (own := child(one, _TCPR)) is not None else {} for one in cells
            ]
            places = _places(properties, said, grid)
            for column, (one, own, (middle, width, at, wide)) in enumerate(zip(cells, said, places, strict=True)):
                down = own.get(_DOWN)
                joined = down is not None and down.get(f"{W}val", "continue") == "continue"
                here = Cell(number, row, column, middle, bordered, at, wide, joined, width * MM_OF_TWIP, outer)
                ends = (not row, row == len(rows) - 1, not column, column == len(cells) - 1)
                self.block(one, here, cell_style(style, look, ends), box)

    def paragraph(self, element: Any, cell: Cell | None, style: str, box: tuple[float | None] | None) -> None:
        if len(self.paragraphs) == MAX_PARAGRAPHS:
            raise too_large(self.path)
        own = child(element, _PPR)
        layout = self.formats.paragraph(own, style)
        said = {one.tag: one for one in own} if own is not None else {}
        frame = said.get(_FRAME)
        if box is None and frame is not None and frame.get(f"{W}dropCap", "none") == "none":
            box = (_mm(frame_middle(frame)),)
        boxed, where = box is not None, box[0] if box else None
        made = WordParagraph(0, element, layout, self.carried, self.section, cell, boxed, where, page=self.page)
        self.carried = []
        self.runs(element, made, style)
        if _RPR in said and child(said[_RPR], _DEL) is not None and getattr(element.getnext(), "tag", "") == _P:
            self.carried = made.runs  # its end is taken away: it goes on with the next one
            return
        if layout.number and any(run.text.strip() for run in made.runs):
            made.label = self.counter.label(*layout.number)  # before what it says is asked for
        if made.text.strip():
            self.number += 1
        made.number = self.number
        made.breaks = made.breaks or (layout.page_break and self.number > 1)
        self.paragraphs.append(made)
        if box is None and _SECTION in said:
            self.section += 1

    def runs(self, element: Any, made: WordParagraph, style: str) -> None:
        """Read the runs, and the drawings and text boxes among them; a box's paragraphs come before its own."""
        for one in element:
            if one.tag == _R:
                self.run(one, made, style)
            elif one.tag in CONTAINERS:
                self.runs(one, made, style)
            elif one.tag.startswith(_MATH):
                said = "".join(piece.text or "" for piece in one.iter(f"{_MATH}t"))
                made.runs.append(Run(said, self.formats.run(None, made.format.style, style), one))

    def run(self, element: Any, made: WordParagraph, style: str) -> None:
        said, properties = "", None
        for piece in element:
            tag = piece.tag
            if tag == _T:
                said += piece.text or ""
            elif tag == _RPR:
                properties = piece
            elif tag in _SPECIAL:
                said += _SPECIAL[tag] or _symbol(piece.get(f"{W}char", ""))
            elif tag == _LAID or tag in _DRAWN:
                self.drawing(piece, made, first=not said and not made.runs)
            elif tag == _BR:
                if piece.get(f"{W}type") == "page":
                    made.breaks = True
                else:
                    said += "\n"
        if said:
            look = self.formats.run(properties, made.format.style, style)
            if not look.hidden:
                made.runs.append(Run(said, look, element))

    def drawing(self, piece: Any, made: WordParagraph, *, first: bool = False) -> None:
        """Read a drawing, or note that a page ends here; `first`: before anything that its paragraph says."""
        if piece.tag == _LAID:
            self.page += 1
            made.page = self.page if first else made.page
            return
        if piece.tag == f"{MC}AlternateContent":
            choice = piece.find(f"{MC}Choice")
            chosen = choice if choice is not None else piece.find(f"{MC}Fallback")
            for inner in chosen if chosen is not None else ():
                self.drawing(inner, made)
            return
        boxes = [*piece.iter(f"{W}txbxContent")]
        for box in boxes:
            self.block(box, None, box=(_mm(box_middle(box)),))
        if not boxes:
            made.drawn_mm += map(_mm, drawn_lines(piece))


def _mm(twips: float | None) -> float | None:
    return None if twips is None else twips * MM_OF_TWIP


def _places(row: Any | None, cells: list[dict[str, Any]], grid: list[float]) -> list[tuple[float, float, int, int]]:
    """Find where each cell of a row has its middle in the table's width (0 to 1), its width, its first column and how many it spans.

    The row and the cells are given by what their properties hold.
    """
    at = whole_number(attribute(row, "gridBefore"))
    lead = sum(grid[:at])
    spans, said = [], []
    for one in cells:
        span, wide = one.get(_SPAN), one.get(_WIDE)
        spans.append(max(whole_number(span.get(f"{W}val"), 1), 1) if span is not None else 1)
        said.append(measure(wide.get(f"{W}w")) if wide is not None and wide.get(f"{W}type", "dxa") == "dxa" else 0.0)
    starts = [*accumulate(spans[:-1], initial=at)][: len(cells)]
    widths = said
    if not all(width > 0 for width in said):
        widths = [sum(grid[start : start + span]) for start, span in zip(starts, spans, strict=True)]
    if all(width > 0 for width in widths):
        across = max(lead + sum(widths), sum(grid) if widths is not said else 0.0)
        middles = [
            (left + width / 2) / across for left, width in zip(accumulate(widths, initial=lead), widths, strict=False)
        ]
    else:
        widths = [0.0] * len(cells)
        middles = [(column + 0.5) / len(cells) for column in range(len(cells))]
    return [*zip(middles, widths, starts, spans, strict=True)]


def _symbol(code: str) -> str:
    """Give a letter of a symbol font: as Unicode has it where that is known, else the font's own."""
    return _SYMBOLS.get(code.upper()) or (chr(int(code, 16)) if _HEX.fullmatch(code) else "")
