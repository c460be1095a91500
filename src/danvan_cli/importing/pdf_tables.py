"""Tables of a PDF's page, by their ruled lines: which cells there are, and which pieces of text stand in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.importing.source import LABELLED
from danvan_cli.pdf.reading import grouped
from danvan_cli.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from danvan_cli.pdf.pages import PdfPage, Piece, RuledLine

_NEAR: Final = 3.5
SAME_LINE: Final = 3
"""So far apart the feet of one line's pieces may be."""
_PADDING: Final = 12.0
"""What a cell leaves empty on both sides together."""
_BROKEN: Final = re.compile(r"[^\W_][-/]$")
_MOST: Final = 4000
"""Ruled lines of a page that are looked at."""
_MOST_EDGES: Final = 400


def joined_lines(lines: Iterable[str]) -> str:
    """Join lines of a paragraph; a word that was broken behind its own hyphen is one word."""
    out = ""
    for line in lines:
        out += f"{'' if not out or _BROKEN.search(out) else ' '}{line}"
    return out


class TextRow(NamedTuple):
    """A line of a page or a cell: its pieces from left to right, the page it stands on, what the pieces are together."""

    pieces: list[Piece]
    page: int
    text: str
    left: float
    right: float
    foot: float
    size: float
    bold: bool


def row_of(pieces: Iterable[Piece], page: int = 0) -> TextRow:
    """Make a line of what stands on it."""
    row = sorted(pieces, key=lambda one: one.left)
    text, bold = " ".join(one.text for one in row), all(one.bold for one in row)
    return TextRow(row, page, text, row[0].left, row[-1].right, row[0].foot, row[0].size, bold)


def text_rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Group pieces that come from above by the line that they stand on."""
    return grouped(pieces, lambda row, piece: abs(row[0].foot - piece.foot) <= SAME_LINE)


@dataclass(slots=True)
class RuledCell:
    """A cell: the columns that it begins and ends in, whether it goes on with the one above, its pieces."""

    start: int
    end: int
    goes_on: bool = False
    pieces: list[Piece] = field(default_factory=list)
    width: float = 0.0

    @property
    def bold(self) -> bool:
        """Whether all that it says is bold."""
        return bool(self.pieces) and all(one.bold for one in self.pieces)

    def paragraphs(self) -> list[str]:
        """Join its lines: another paragraph begins where a label stands, or a word would have fitted on the line before."""
        rows = map(row_of, text_rows(self.pieces))
        held = grouped(rows, lambda above, row: not self._begins(above[-1], row))
        return [squeeze(joined_lines(row.text for row in one)) for one in held]

    def _begins(self, before: TextRow, row: TextRow) -> bool:
        """Tell whether a line of the cell begins a paragraph: its first word would have fitted on the line before."""
        if LABELLED.match(row.text) and before.pieces[-1].text.endswith((".", ";", ":")):
            return True
        word = row.text.split(" ", 1)[0]
        width = (row.right - row.left) / max(len(row.text), 1) * len(word)
        return before.right - before.left + width + 0.35 * row.size < self.width - _PADDING


@dataclass
class Ruled:
    """A table: the page on which it begins, its columns' edges from the left, its rows' from above, its rows of cells."""

    page: int
    xs: list[float]
    ys: list[float]
    rows: list[list[RuledCell]]
    _at: dict[tuple[int, int], RuledCell]
    pieces: list[Piece] = field(default_factory=list)
    """All that stands in it on its own page."""
    repeated: list[str] = field(default_factory=list)
    """What its head said again, as part of another."""

    def middle(self, cell: RuledCell) -> float:
        """Tell where a cell's middle lies, from 0 to 1 of the width."""
        left, wide = self.xs[0], (self.xs[-1] - self.xs[0]) or 1
        return ((self.xs[cell.start] - left) / wide + (self.xs[cell.end] - left) / wide) / 2

    def take(self, piece: Piece) -> bool:
        """Take a piece that stands within it."""
        x, y = (piece.left + piece.right) / 2, piece.foot + 0.3 * piece.size
        if not (self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[-1] - 1 <= y <= self.ys[0] + 1):
            return False
        column = max((at for at, left in enumerate(self.xs[:-1]) if left <= x + 0.5), default=0)
        row = max((at for at, top in enumerate(self.ys[:-1]) if top >= y - 0.5), default=0)
        self._at[row, column].pieces.append(piece)
        self.pieces.append(piece)
        return True

    def goes_on(self, other: Ruled) -> bool:
        """Tell whether another table, at the top of the next page, goes on with this one."""
        return len(self.xs) == len(other.xs) and all(
            abs(a - b) < 2 * _NEAR for a, b in zip(self.xs, other.xs, strict=True)
        )

    def join(self, other: Ruled) -> None:
        """Add the rows of one that goes on: without the head again, a row that the page's end cut in two joined."""
        rows = [*other.rows]
        for mine in [*self.rows] if len(self.rows) > 1 else []:
            if not rows or _said(rows[0]) != _said(mine):
                break
            self.repeated.append("".join(_said(rows.pop(0))))
        if rows and len(rows[0]) == len(self.rows[-1]) > 1 and not rows[0][0].pieces and self.rows[-1][0].pieces:
            for cell, more in zip(self.rows[-1], rows.pop(0), strict=True):
                cell.pieces += more.pieces
        self.rows += rows


def _said(row: Iterable[RuledCell]) -> tuple[str, ...]:
    return tuple(" ".join(cell.paragraphs()) for cell in row)


def ruled_tables(page: PdfPage, number: int) -> list[Ruled]:
    """Find the tables of a page, and what of it stands in them."""
    lying = [one for one in page.rules if one.y1 - one.y0 <= _NEAR < one.x1 - one.x0][:_MOST]
    upright = [one for one in page.rules if one.x1 - one.x0 <= _NEAR < one.y1 - one.y0][:_MOST]
    out = []
    for across, down in _touching(lying, upright):
        xs = _edges(one.x0 for one in down)
        ys = _edges(one.y0 for one in across)[::-1]
        if 2 < len(xs) <= _MOST_EDGES and 1 < len(ys) <= _MOST_EDGES:
            out.append(_table(number, xs, ys, across, down))
    return out


def _touching(lying: list[RuledLine], upright: list[RuledLine]) -> Iterator[tuple[list[RuledLine], list[RuledLine]]]:
    """Group lines that cross or touch each other, by the heights that they reach together."""
    groups: list[list[RuledLine]] = []
    tops: list[float] = []
    for one in sorted(upright, key=lambda it: it.y0):
        if groups and one.y0 <= tops[-1] + _NEAR:
            groups[-1].append(one)
            tops[-1] = max(tops[-1], one.y1)
        else:
            groups.append([one])
            tops.append(one.y1)
    for down, top in zip(groups, tops, strict=True):
        yield [one for one in lying if down[0].y0 - _NEAR <= one.y0 <= top + _NEAR], down


def _edges(values: Iterable[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _NEAR:
            out.append(value)
    return out


def _table(page: int, xs: list[float], ys: list[float], across: list[RuledLine], down: list[RuledLine]) -> Ruled:
    """Make the cells: two neighbours are one where no line stands between them; above, its first column tells it."""
    walls = [[one for one in down if abs(one.x0 - x) <= _NEAR] for x in xs]
    floors = [[one for one in across if abs(one.y0 - y) <= _NEAR] for y in ys]
    at: dict[tuple[int, int], RuledCell] = {}
    rows: list[list[RuledCell]] = []
    for row, (top, foot) in enumerate(pairwise(ys)):
        line: list[RuledCell] = []
        for column, (left, right) in enumerate(pairwise(xs)):
            if line and not any(one.y0 <= (top + foot) / 2 <= one.y1 for one in walls[column]):
                line[-1].end = column + 1
                line[-1].width = right - xs[line[-1].start]
                at[row, column] = at[row, column - 1]
                continue
            above = bool(rows) and not any(one.x0 <= (left + right) / 2 <= one.x1 for one in floors[row])
            line.append(RuledCell(column, column + 1, goes_on=above, width=right - left))
            at[row, column] = at[row - 1, column] if above else line[-1]
        rows.append(line)
    return Ruled(page, xs, ys, rows, at)
