"""Tables of a PDF's page, by their ruled lines: which cells there are, and which pieces of text stand in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from danvan_cli.importing.source import LABELLED
from danvan_cli.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable

    from danvan_cli.pdf.pages import Page, Piece, Rule

_NEAR: Final = 3.5
_PADDING: Final = 12.0
"""What a cell leaves empty on both sides together."""
_BROKEN: Final = re.compile(r"[^\W_][-/]$")
_MOST: Final = 4000
"""Ruled lines of a page that are looked at."""
_MOST_EDGES: Final = 400


def joined(lines: Iterable[str]) -> str:
    """Join lines of a paragraph; a word that was broken behind its own hyphen is one word."""
    out = ""
    for line in lines:
        out += f"{'' if not out or _BROKEN.search(out) else ' '}{line}"
    return out


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
        rows: list[list[Piece]] = []
        for piece in self.pieces:
            if rows and abs(rows[-1][0].foot - piece.foot) < 3:
                rows[-1].append(piece)
            else:
                rows.append([piece])
        out: list[str] = []
        before: list[Piece] | None = None
        for row in rows:
            row.sort(key=lambda it: it.left)
            text = " ".join(one.text for one in row)
            if before is not None and not self._begins(before, text, row):
                out[-1] = joined((out[-1], text))
            else:
                out.append(text)
            before = row
        return [squeeze(one) for one in out]

    def _begins(self, before: list[Piece], text: str, row: list[Piece]) -> bool:
        """Tell whether a line of the cell begins a paragraph: its first word would have fitted on the line before."""
        if LABELLED.match(text) and before[-1].text.endswith((".", ";", ":")):
            return True
        word = text.split(" ", 1)[0]
        width = (row[-1].right - row[0].left) / max(len(text), 1) * len(word)
        used = before[-1].right - before[0].left
        return used + width + 0.35 * row[0].size < self.width - _PADDING


@dataclass
class Ruled:
    """A table: its columns' edges from the left, its rows of cells."""

    xs: list[float]
    ys: list[float]
    rows: list[list[RuledCell]]
    _at: dict[tuple[int, int], RuledCell]
    pieces: list[Piece] = field(default_factory=list)
    """All that stands in it on its own page."""
    repeated: list[str] = field(default_factory=list)
    """What its head said again, as part of another."""

    @property
    def top(self) -> float:
        """How high it stands."""
        return self.ys[0]

    @property
    def filled(self) -> bool:
        """Whether anything stands in it."""
        return any(cell.pieces for row in self.rows for cell in row)

    def share(self, column: int) -> float:
        """Tell where a column begins, from 0 to 1 of the width."""
        return (self.xs[column] - self.xs[0]) / ((self.xs[-1] - self.xs[0]) or 1)

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
        rows = list(other.rows)
        while (
            rows
            and len(self.rows) > 1
            and self._said(rows[0]) == self._said(self.rows[len(other.rows) - len(rows)]) != ()
        ):
            self.repeated += ["".join(self._said(rows.pop(0)))]
        if rows and len(rows[0]) == len(self.rows[-1]) > 1 and not rows[0][0].pieces and self.rows[-1][0].pieces:
            for mine, more in zip(self.rows[-1], rows.pop(0), strict=True):
                mine.pieces += more.pieces
        self.rows += rows

    @staticmethod
    def _said(row: Iterable[RuledCell]) -> tuple[str, ...]:
        return tuple(" ".join(cell.paragraphs()) for cell in row)


def ruled_tables(page: Page) -> list[Ruled]:
    """Find the tables of a page."""
    lying = [one for one in page.rules if one.y1 - one.y0 <= _NEAR < one.x1 - one.x0][:_MOST]
    upright = [one for one in page.rules if one.x1 - one.x0 <= _NEAR < one.y1 - one.y0][:_MOST]
    out = []
    for across, down in _touching(lying, upright):
        xs = _edges(one.x0 for one in down)
        ys = _edges(one.y0 for one in across)[::-1]
        if 2 < len(xs) <= _MOST_EDGES and 1 < len(ys) <= _MOST_EDGES:
            out.append(_table(xs, ys, across, down))
    return out


def _touching(lying: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Group lines that cross or touch each other, by the heights that they reach together."""
    spans = sorted((one.y0, one.y1) for one in upright)
    groups: list[list[float]] = []
    for low, high in spans:
        if groups and low <= groups[-1][1] + _NEAR:
            groups[-1][1] = max(groups[-1][1], high)
        else:
            groups.append([low, high])
    return [
        (
            [one for one in lying if low - _NEAR <= one.y0 <= high + _NEAR],
            [one for one in upright if low - _NEAR <= one.y0 and one.y1 <= high + _NEAR],
        )
        for low, high in groups
    ]


def _edges(values: Iterable[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _NEAR:
            out.append(value)
    return out


def _table(xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]) -> Ruled:
    """Make the cells: two neighbours are one where no line stands between them."""
    wide, high = len(xs) - 1, len(ys) - 1
    owner = _owners(xs, ys, across, down)
    at: dict[tuple[int, int], RuledCell] = {}
    rows: list[list[RuledCell]] = []
    for row in range(high):
        line: list[RuledCell] = []
        for column in range(wide):
            mine = owner[row, column]
            if line and owner[row, column - 1] == mine:
                line[-1].end = column + 1
                line[-1].width = xs[column + 1] - xs[line[-1].start]
                at[row, column] = at[row, column - 1]
                continue
            cell = RuledCell(column, column + 1, goes_on=mine[0] < row, width=xs[column + 1] - xs[column])
            line.append(cell)
            at[row, column] = at[mine] if cell.goes_on and mine in at else cell
        rows.append(line)
    return Ruled(xs, ys, rows, at)


def _owners(
    xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Give for each place of the grid the first place of the cell that it belongs to."""
    owner = {(row, column): (row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)}

    def root(cell: tuple[int, int]) -> tuple[int, int]:
        while owner[cell] != cell:
            cell = owner[cell]
        return cell

    walls = [[one for one in down if abs(one.x0 - x) <= _NEAR] for x in xs]
    floors = [[one for one in across if abs(one.y0 - y) <= _NEAR] for y in ys]
    for row, column in [*owner]:
        middle, between = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
        left, above = (row, column - 1), (row - 1, column)
        if column and not any(one.y0 <= between <= one.y1 for one in walls[column]):
            one, other = sorted((root(left), root((row, column))))
            owner[other] = one
        if row and not any(one.x0 <= middle <= one.x1 for one in floors[row]):
            one, other = sorted((root(above), root((row, column))))
            owner[other] = one
    return {cell: root(cell) for cell in owner}
