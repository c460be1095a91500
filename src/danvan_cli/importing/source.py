"""What a document says, as a reader sees it: paragraphs and tables in order, and what stands beside the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.nd30.lines import cut
from danvan_cli.ooxml.docx import MC, WP, A, W, measure
from danvan_cli.ooxml.layout import Layout, WordParagraph, lay_out, read_margins, read_notes
from danvan_cli.plan.head import NOTE
from danvan_cli.plan.sections import ABOVE, LEFT
from danvan_cli.text import UPPER, clean, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from danvan_cli.ooxml.docx import Word
    from danvan_cli.ooxml.layout import Cell

LABELLED: Final = re.compile(
    r"(?:[IVXLC]{1,6}|[A-HĐ])\s?[.\-–)/:]\s*(?=\D)|\d{1,2}(?:\.\d{1,2}){0,3}\s?[.\-–)/](?!\d)|\d{1,2}(?:\.\d{1,2}){1,3}\s|"
    r"\(\w{1,3}\)\s*|[a-zđ]\s?[.)](?=\s|\w)|[-–—+*•●▪◦➢✓→□]\s*(?=[^\W\d_])|[-–+]\s+"
)
"""How a paragraph begins that has a label."""
_LEVELS: Final = tuple(
    (name, re.compile(pattern), rank)
    for name, pattern, rank in (
        ("P", r"(?i:phần|chương)\s+(?i:thứ\s+\w+|[IVX]{1,5}|\d)\b\s*[.:\-–]?\s*", 0),
        ("I", r"(?P<l>[IVX]{1,6}\s?[.\-–)/:])\s*(?=[^\W\d_])", 1),  # C stands behind B
        ("A", rf"(?P<l>[A-HĐ]\s?[.)\-–])\s*(?=[{UPPER}“\"])", 1.5),
        ("1.1.1.1", r"(?P<l>\d{1,2}\.\d{1,2}\.\d{1,2}\.\d{1,2}\s?[.)]?)\s+", 4.5),
        ("1.1.1", r"(?P<l>\d{1,2}\.\d{1,2}\.\d{1,2}\s?[.)]?)\s+", 4),
        ("1.1", r"(?P<l>\d{1,2}\.\d{1,2}(?:\s?[.)]\s*(?=\D)|(?=\s)))\s*", 3),
        ("1", r"(?P<l>\d{1,2}\s?[.)\-–/])\s*(?=[^\W\d_]|[“\"(])", 2),
        ("(1)", r"(?P<l>\(\d{1,2}\))\s*", 6),
        ("(a)", r"(?P<l>\([a-zđ]{1,3}\))\s*", 6.2),
        ("a", r"(?P<l>[a-zđ]\s?[.)])\s*(?=\S)", 5),
        ("*", r"(?P<l>[*✓➢→])\s*(?=\S)", 6.5),
        ("-", r"(?P<l>[-–—])\s*(?=\S)", 7),
        ("•", r"(?P<l>[•●▪◦□])\s*(?=\S)", 7.5),
        ("+", r"(?P<l>\+)\s*(?=\S)", 8),
    )
)
"""Kinds of labels and how deep they usually stand."""
_SIGNS: Final = tuple(level for level in _LEVELS if not level[0].isalnum() and not level[0][0].isdigit())
_LABELS: Final = re.compile(r"(?i:phần|chương)\s|\d|[^\w\s]|[^\W\d_]{1,6}\s?[.\-–)/:]")
"""How every label begins."""
_OPENS: Final = re.compile(r"(?i:nơi nhận\s*:|phụ lục\b|kế hoạch$|kính gửi\b|căn cứ\b)|[^a-zà-ỹ]{12,}$")
PAGE_NUMBER: Final = re.compile(r"(?i:(?:trang|page) )?(?:[-–] ?)?\d{0,4}(?: ?/ ?\d{1,4})?(?: ?[-–])?")
_KINDS: Final = {"footnote": NOTE, "endnote": f"{NOTE} cuối"}
_WIDE: Final = 100 * 36_000
_TALL: Final = 130 * 36_000
"""So wide and tall, in Word's units, is a page that was scanned."""
_NEAR: Final = 60
"""So many letters before a note's number tell where it stands."""


@dataclass(eq=False)
class Passage:
    """A paragraph of the text, or a table; `label` is what Word's numbering puts before it, `where` names its place."""

    text: str
    where: str
    label: str = ""
    bold: bool = False
    centred: bool = False
    table: Grid | None = None

    @property
    def line(self) -> str:
        """What a reader sees, in one line."""
        return f"{self.label} {self.text}" if self.label else self.text

    @cached_property
    def labelled(self) -> tuple[str, float, str, str]:
        """The kind of its label, how deep it stands, the label as issued, what follows it; a table has none."""
        said = self.line
        for kind, pattern, rank in (_LEVELS if said[:1].isalnum() else _SIGNS) if _LABELS.match(said) else ():
            if found := pattern.match(said):
                if kind == "P":
                    return kind, rank, "", said
                label = found["l"].replace(" ", "") if len(found["l"]) < 8 else found["l"]
                return kind, rank, label, said[found.end() :]
        return "", 99, "", said


@dataclass(eq=False, slots=True)
class Grid:
    """A table's rows, each with as many cells as the table has columns; `^` goes on with the cell above, `<` with the left."""

    rows: list[list[str]]
    widths: list[int]
    bold: list[bool]
    landscape: bool = False
    where: str = ""
    columns: list[str] = field(default_factory=list)
    """What they are found to be (`understand.column`); none before it is asked."""
    head: int = 0
    """How many rows its head has."""


class Beside(NamedTuple):
    """What stands beside the text: where, what it says, of a note the words before its number."""

    where: str
    text: str
    behind: str = ""


@dataclass(frozen=True)
class Source:
    """A document: what its paragraphs are, what stands at the foot of pages and in their margins, and what could not be read."""

    layout: Layout
    beside: list[Beside] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    pictured: str = ""
    """Which of its pages, or how many of its pictures, can hold words that nobody reads: somebody scanned them."""


def read_docx(word: Word) -> Source:
    """Read a Word document.

    Raises:
        UsageError: if it is nested too deep, or too long.
    """
    layout = lay_out(word)
    unread = [*_unread(word, layout)]
    notes = read_notes(word, layout.formats)
    behind = _behind(word) if notes else {}
    beside = [
        Beside(f"{_KINDS[kind]} {number}", said, behind.get((kind, int(number)), ""))
        for (kind, _space, number), paragraphs in ((name.partition(" "), some) for name, some in notes)
        if (said := " ".join(one.plain for one in paragraphs if one.plain))
    ]
    beside += in_margins(one.plain for some in read_margins(word, layout.formats) for one in some)
    return Source(replace(layout, paragraphs=[*_split(layout.paragraphs)]), beside, unread, _pictured(word))


def _pictured(word: Word) -> str:
    """Say how many pictures are as large as half a page or more."""
    sizes = (one for one in word.document.iter(f"{WP}extent") if one.getparent().find(f".//{A}blip") is not None)
    sides = ([measure(one.get(key), per_pt=12_700) for key in ("cx", "cy")] for one in sizes)
    large = sum(wide > _WIDE and tall > _TALL for wide, tall in sides)
    return f"{large} hình" if large else ""


def in_margins(lines: Iterable[str]) -> list[Beside]:
    """Give what stands above and below the text, each once, without the numbers of pages."""
    return [Beside("đầu trang, cuối trang", said) for said in dict.fromkeys(lines) if not PAGE_NUMBER.fullmatch(said)]


def _behind(word: Word) -> dict[tuple[str, int], str]:
    """Give the last words before each note's number in its paragraph, by kind and number."""
    kinds = {f"{W}{kind}Reference": kind for kind in _KINDS}
    found: dict[tuple[str, int], str] = {}
    counts: Counter[str] = Counter()
    said = ""
    for one in word.document.iter(f"{W}p", f"{W}t", *kinds):
        if one.tag in kinds:
            kind = kinds[one.tag]
            counts[kind] += 1
            near = squeeze(clean(said))
            found[kind, counts[kind]] = near if len(near) <= _NEAR else near[-_NEAR:].partition(" ")[2]
        else:
            said = "" if one.tag == f"{W}p" else (said + (one.text or ""))[-3 * _NEAR :]
    return found


def block_of(paragraph: WordParagraph) -> Passage:
    """Give a paragraph as a block of the text."""
    runs = paragraph.runs
    said = squeeze(clean("".join([run.text for run in runs]))) if paragraph.label else paragraph.plain
    count = bold = 0
    if any(run.format.bold for run in runs):
        for run in runs:
            here = sum(map(str.isalnum, run.text))
            count += here
            bold += here if run.format.bold else 0
    where = f"đoạn {paragraph.number}"
    return Passage(
        said, where, paragraph.label, bool(count) and bold >= 0.95 * count, paragraph.format.align == "center"
    )


def blocks(paragraphs: Iterable[WordParagraph], source: Source) -> Iterator[Passage]:
    """Give paragraphs as blocks, those of a table together."""
    for number, some in groupby(paragraphs, lambda one: cell.table if (cell := _outermost(one)) else 0):
        if number:
            grid = _grid([*some], source)
            yield Passage("", grid.where, table=grid)
        else:
            yield from (block_of(one) for one in some if one.plain)


def _outermost(one: WordParagraph) -> Cell | None:
    cell = one.cell
    while cell and cell.outer:
        cell = cell.outer
    return cell


def _grid(paragraphs: list[WordParagraph], source: Source) -> Grid:
    """Lay out a table: what a table within a cell says is that cell's."""
    rows: dict[int, dict[int, tuple[Cell, list[WordParagraph]]]] = defaultdict(dict)
    for one in paragraphs:
        if cell := _outermost(one):
            held = rows[cell.row].setdefault(cell.at, (cell, []))[1]
            held += [one] if one.plain else []
    cells = [cell for row in rows.values() for cell, _said in row.values()]
    edges = sorted({edge for cell in cells for edge in (cell.at, cell.at + cell.wide)})
    columns = {edge: at for at, edge in enumerate(edges)}
    wide = len(edges) - 1
    lines: list[list[str]] = []
    bold: list[bool] = []
    for _number, row in sorted(rows.items()):
        line = [""] * wide
        for cell, held in row.values():
            at, end = columns[cell.at], columns[cell.at + cell.wide]
            line[at] = ABOVE if cell.joined and lines and not held else "\n".join(one.plain for one in held)
            line[at + 1 : end] = [LEFT] * (end - at - 1)
        strong = [block_of(one).bold for _cell, held in row.values() for one in held]
        lines.append(line)
        bold.append(bool(strong) and all(strong))
    sections = source.layout.sections
    lying = bool(sections) and sections[min(paragraphs[0].section, len(sections) - 1)].landscape
    return Grid(lines, _shares(paragraphs, columns) or [100] * wide, bold, lying, f"bảng {cells[0].table}")


def _shares(paragraphs: list[WordParagraph], columns: dict[int, int]) -> list[int]:
    """Give the shares of a table's columns, in hundredths of its width, from where the middles of its cells lie."""
    middles = {one.cell.at: one.cell.middle for one in paragraphs if one.cell and one.cell.wide == 1}
    starts = sorted(columns)[:-1]
    if set(starts) - middles.keys():
        return []
    edges = [0.0]
    for start in starts:
        edges.append(2 * middles[start] - edges[-1])
    return [max(1, round(100 * (right - left))) for left, right in pairwise(edges)]


def _split(paragraphs: Iterable[WordParagraph]) -> Iterator[WordParagraph]:
    """Part a paragraph whose line breaks begin labelled lines: what a reader sees as paragraphs are paragraphs."""
    for one in paragraphs:
        if one.cell is None and any("\n" in run.text for run in one.runs):
            lines = cut(one, tabs=False)
            begin = [at for at, line in enumerate(lines) if LABELLED.match(line.text) or _OPENS.match(line.text)]
            starts = [0, *(at for at in begin if at)]
            if len(starts) > 1:
                for first, last in pairwise([*starts, len(lines)]):
                    runs = [
                        run for line in lines[first:last] for run in (*line.runs, line.runs[-1]._replace(text="\n"))
                    ]
                    label = "" if first else one.label
                    yield WordParagraph(
                        one.number, one.element, one.format, runs, one.section, None, one.box, one.box_mm, label
                    )
                continue
        yield one


def _unread(word: Word, layout: Layout) -> Iterator[str]:
    """Name the texts that no paragraph holds: whatever the file has, another way of counting finds it."""
    read = "".join([run.text for one in layout.paragraphs for run in one.runs])
    body = word.document.find(f"{W}body")
    texts = [said for one in body.iter("{*}t") if (said := one.text)]
    if "".join(texts) == read.replace("\n", "").replace("\t", ""):
        return
    gone = {f"{W}{name}" for name in ("del", "moveFrom", "pPrChange", "rPrChange")} | {f"{MC}Fallback"}
    left = {one for some in body.iter(*gone) for one in some.iter("{*}t")}
    if left:
        texts = [one.text for one in body.iter("{*}t") if one.text and one not in left]
    if "".join(texts).split() == read.split():
        return
    missing = Counter("".join(texts)) - Counter(read)
    if any(letter.isalnum() for letter in missing) and not _hidden(word):
        yield from (squeeze(clean(text))[:80] for text in texts if text.strip() and text not in read)


def _hidden(word: Word) -> bool:
    """Whether letters may be left out because nobody sees them."""
    text, styles = word.parts[word.main], word.parts.get("word/styles.xml", b"")
    return b"vanish" in text or b"webHidden" in text or b"vanish" in styles
