"""What a document says, as a reader sees it: paragraphs and tables in order, and what stands beside the text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.nd30.lines import cut
from danvan_cli.ooxml.docx import MC, W
from danvan_cli.ooxml.layout import Layout, Paragraph, lay_out, read_margins, read_notes
from danvan_cli.plan.head import NOTE
from danvan_cli.text import clean, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from danvan_cli.ooxml.docx import Word

LABELLED: Final = re.compile(
    r"(?:[IVXLC]{1,6}|[A-HĐ])\s?[.\-–)/:]\s*(?=\D)|\d{1,2}(?:\.\d{1,2}){0,3}\s?[.\-–)/](?!\d)|\d{1,2}(?:\.\d{1,2}){1,3}\s|"
    r"\(\w{1,3}\)\s*|[a-zđ]\s?[.)](?=\s|\w)|[-–—+*•●▪◦➢✓→□]\s*(?=[^\W\d_])|[-–+]\s+"
)
"""How a paragraph begins that has a label."""
_OPENS: Final = re.compile(r"(?i:nơi nhận\s*:|phụ lục\b|kế hoạch$|kính gửi\b|căn cứ\b)|[^a-zà-ỹ]{12,}$")
PAGE_NUMBER: Final = re.compile(r"(?i:(?:trang|page) )?(?:[-–] ?)?\d{0,4}(?: ?/ ?\d{1,4})?(?: ?[-–])?")
_KINDS: Final = {"footnote": NOTE, "endnote": f"{NOTE} cuối"}
_NEAR: Final = 60
"""So many letters before a note's number tell where it stands."""


@dataclass(eq=False, slots=True)
class Block:
    """A paragraph of the text, or a table; `label` is what Word's numbering puts before it, `where` names its place."""

    text: str
    where: str
    label: str = ""
    bold: bool = False
    centred: bool = False
    table: Grid | None = None
    labelled: tuple[str, float, str, str] | None = None
    """What its label is found to be (`tree.labelled`)."""

    @property
    def line(self) -> str:
        """What a reader sees, in one line."""
        return f"{self.label} {self.text}" if self.label else self.text


@dataclass(eq=False, slots=True)
class Grid:
    """A table's rows, each with as many cells as the table has columns; `^` goes on with the cell above, `<` with the left."""

    rows: list[list[str]]
    widths: list[int]
    bold: list[bool]
    landscape: bool = False


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


def read_docx(word: Word) -> Source:
    """Read a Word document.

    Raises:
        UsageError: if it is nested too deep, or too long.
    """
    layout = lay_out(word)
    unread = [*_unread(word, layout)]
    beside = [
        Beside(f"{_KINDS[kind]} {number}", said, _behind(word, kind, int(number)))
        for (kind, _space, number), paragraphs in (
            (name.partition(" "), some) for name, some in read_notes(word, layout.formats)
        )
        if (said := " ".join(one.plain for one in paragraphs if one.plain))
    ]
    margins = [one.plain for some in read_margins(word, layout.formats) for one in some]
    beside += [
        Beside("đầu trang, cuối trang", said) for said in dict.fromkeys(margins) if not PAGE_NUMBER.fullmatch(said)
    ]
    return Source(replace(layout, paragraphs=[*_split(layout.paragraphs)]), beside, unread)


def _behind(word: Word, kind: str, number: int) -> str:
    """Give the last words before a note's number in its paragraph."""
    reference = next(islice(word.document.iter(f"{W}{kind}Reference"), number - 1, None))
    paragraph = next(reference.iterancestors(f"{W}p"), None)
    said = ""
    for one in paragraph.iter(f"{W}t", reference.tag) if paragraph is not None else ():
        if one is reference:
            break
        said += one.text or "" if one.tag == f"{W}t" else ""
    said = squeeze(clean(said))
    return said if len(said) <= _NEAR else said[-_NEAR:].partition(" ")[2]


def block_of(paragraph: Paragraph) -> Block:
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
    return Block(said, where, paragraph.label, bool(count) and bold >= 0.95 * count, paragraph.format.align == "center")


def blocks(paragraphs: Iterable[Paragraph], source: Source) -> Iterator[Block]:
    """Give paragraphs as blocks, those of a table together."""
    table: list[Paragraph] = []
    number = 0
    for one in paragraphs:
        outermost = _outermost(one)
        if table and outermost != number:
            yield _grid(table, source)
            table = []
        number = outermost
        if number:
            table.append(one)
        elif one.plain:
            yield block_of(one)
    if table:
        yield _grid(table, source)


def _outermost(one: Paragraph) -> int:
    cell = one.cell
    while cell is not None and cell.outer is not None:
        cell = cell.outer
    return cell.table if cell else 0


def _grid(paragraphs: list[Paragraph], source: Source) -> Block:
    """Lay out a table: what a table within a cell says is that cell's."""
    cells: dict[tuple[int, int], list[Any]] = {}
    for one in paragraphs:
        cell = one.cell
        while cell is not None and cell.outer is not None:
            cell = cell.outer
        if cell is None:  # never: they stand in a table
            continue
        held = cells.setdefault((cell.row, cell.at), [cell, []])
        if one.plain:
            held[1].append(one)
    rows = sorted({row for row, _column in cells})
    edges = sorted({edge for cell, _said in cells.values() for edge in (cell.at, cell.at + cell.wide)})
    columns = {edge: at for at, edge in enumerate(edges)}
    wide = max(len(edges) - 1, 1)
    out: list[list[str]] = []
    bold: list[bool] = []
    by_row: dict[int, list[list[Any]]] = {}
    for (number, _column), held in cells.items():
        by_row.setdefault(number, []).append(held)
    for row in rows:
        line = [""] * wide
        strong: list[bool] = []
        for cell, said in by_row[row]:
            at, end = columns[cell.at], columns[cell.at + cell.wide]
            line[at] = "^" if cell.joined and out and not said else "\n".join(one.plain for one in said)
            line[at + 1 : end] = ["<"] * (end - at - 1)
            strong += [block_of(one).bold for one in said]
        out.append(line)
        bold.append(bool(strong) and all(strong))
    shares = [100] * wide
    first = paragraphs[0]
    where = f"bảng {first.cell.table if first.cell else 0}"
    sections = source.layout.sections
    lying = bool(sections) and sections[min(first.section, len(sections) - 1)].landscape
    return Block("", where, table=Grid(out, _shares(paragraphs, columns) or shares, bold, lying))


def _shares(paragraphs: list[Paragraph], columns: dict[int, int]) -> list[int]:
    """Give the shares of a table's columns, in hundredths of its width, from where the middles of its cells lie."""
    middles = {one.cell.at: one.cell.middle for one in paragraphs if one.cell and one.cell.wide == 1}
    starts = sorted(columns)[:-1]
    if set(starts) - middles.keys():
        return []
    edges = [0.0]
    for start in starts:
        edges.append(2 * middles[start] - edges[-1])
    return [max(1, round(100 * (right - left))) for left, right in pairwise(edges)]


def _split(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Part a paragraph whose line breaks begin labelled lines: what a reader sees as paragraphs are paragraphs."""
    for one in paragraphs:
        if one.cell is None and any("\n" in run.text for run in one.runs):
            lines = cut(one, tabs=False)
            starts = [
                0,
                *(at for at, line in enumerate(lines) if at and (LABELLED.match(line.text) or _OPENS.match(line.text))),
            ]
            if len(starts) > 1:
                for first, last in pairwise([*starts, len(lines)]):
                    runs = [run for line in lines[first:last] for run in (*line.runs, _break(line.runs[-1]))]
                    yield Paragraph(
                        one.number, one.element, one.format, runs, one.section, one.cell, one.box, one.box_mm,
                        one.label if first == 0 else "",
                    )  # fmt: skip
                continue
        yield one


def _break(run: Any) -> Any:
    return run._replace(text="\n")


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
    return (
        b"vanish" in word.parts[word.main]
        or b"webHidden" in word.parts[word.main]
        or b"vanish" in word.parts.get("word/styles.xml", b"")
    )
