"""Tables as text: columns as wide as they need, the widest narrowed until all fit the screen; nothing is cut.

Of our own, because the library that could do it takes longer to import than most commands take to run.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

_GAP = 2
_NARROWEST = 8
"""No column is made narrower: a Vietnamese syllable has seven letters at most, and none is broken."""


def lines(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Collection[int],
    whole: Collection[int],
    width: int,
    painted: Callable[[str, str], str] = lambda _cell, part: part,
) -> Iterator[str]:
    """Lay a table out: headings, a rule, the rows. Where the columns do not fit, each row is told line by line.

    Args:
        headings: one for each column.
        rows: the cells.
        right: the columns (from 0) that are set to the right; they are not broken either.
        whole: the columns that are never broken, but for their headings.
        width: the columns of the screen.
        painted: gives a part of a cell in the cell's colour.
    """
    cells = [headings, *rows]
    columns_ = [[row[i] for row in cells] for i in range(len(headings))]
    natural = [max(map(_widest, column)) for column in columns_]
    room = width - _GAP * (len(headings) - 1)
    for kept in (
        {*right, *whole},
        {*right},
    ):  # what is better not broken is broken between words before all is told apart
        least = [
            max(_longest(column[0]), *map(_widest, column[1:]), 0)
            if i in kept
            else max([min(most, _NARROWEST), *(map(_longest, column) if i in whole else ())])
            for i, (column, most) in enumerate(zip(columns_, natural, strict=True))
        ]
        if sum(least) <= room:
            break
    else:
        yield from _told(headings, cells[1:], width, painted)
        return
    widths = _fitted(natural, least, room)
    for number, row in enumerate(cells):
        folded = [_folded(cell, most) for cell, most in zip(row, widths, strict=True)]
        for line in zip_longest(*folded, fillvalue=""):
            parts = []
            for i, part in enumerate(line):
                shown, pad = painted(row[i], part), " " * (widths[i] - columns(part))
                parts.append(pad + shown if i in right else shown + pad)
            yield (" " * _GAP).join(parts).rstrip()
        if number == 0:
            yield "─" * (sum(widths) + _GAP * (len(widths) - 1))


def _told(
    headings: Sequence[str], rows: Iterable[Sequence[str]], width: int, painted: Callable[[str, str], str]
) -> Iterator[str]:
    """Tell a table that is too wide: of each row what the first column says, then a line a column."""
    yield from _folded("; ".join(filter(None, headings)), width)
    yield "─" * width
    for row in rows:
        for i, (heading, cell) in enumerate(zip(headings, row, strict=True)):
            if cell:
                for part in _folded(cell if i == 0 else f"{heading}: {cell}", width - 2 * (i > 0)):
                    yield "  " * (i > 0) + painted(cell, part)


def _widest(cell: str) -> int:
    return max(map(columns, cell.splitlines() or [""]))


def _longest(cell: str) -> int:
    return max(map(columns, cell.split() or [""]))


def columns(text: str) -> int:
    """Count the columns a text takes in a terminal: two for a sign of East Asian width, at least as many for emoji."""
    if text.isascii() or max(text) < "\u1f00":
        return len(text)
    return sum(2 if char >= "\u2e80" or east_asian_width(char) in "WF" else 1 for char in text)


def _fitted(natural: list[int], least: list[int], room: int) -> list[int]:
    """Give each column what it needs at least, and of what is left the same to all until they have all they want."""
    widths, left = [*least], room - sum(least)
    wanting = sorted(range(len(natural)), key=lambda i: natural[i] - least[i])
    for place, i in enumerate(wanting):
        more = max(0, min(natural[i] - least[i], left // (len(wanting) - place)))
        widths[i] += more
        left -= more
    return widths


def _folded(text: str, width: int) -> list[str]:
    """Break a cell into lines of at most so many columns, between words where there is a place between them."""
    folded = []
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            if line and columns(line) + 1 + columns(word) <= width:
                line = f"{line} {word}"
                continue
            if line:
                folded.append(line)
            line = word
            while columns(line) > width:
                cut = max(1, next(i for i in range(len(line), 0, -1) if columns(line[:i]) <= width or i == 1))
                folded.append(line[:cut])
                line = line[cut:]
        folded.append(line)
    return folded or [""]
