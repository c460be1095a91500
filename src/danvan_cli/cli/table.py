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
_READABLE = 16
"""Before a column of words is made narrower, headings of figures are broken."""


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
    natural = [max(map(_widest, column)) for column in zip(*cells, strict=True)]
    fixed = {*right, *whole}
    least = [
        max([_longest(headings[i]), *(_widest(row[i]) for row in cells[1:])])
        if i in fixed
        else min(natural[i], _NARROWEST)
        for i in range(len(headings))
    ]
    room = width - _GAP * (len(headings) - 1)
    if sum(least) > room:
        yield from _told(headings, cells[1:], width, painted)
        return
    widths = _fitted(natural, least, fixed, room)
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


def _longest(heading: str) -> int:
    return max(map(columns, heading.split() or [""]))


def columns(text: str) -> int:
    """Count the columns a text takes in a terminal: two for a sign of East Asian width, at least as many for emoji."""
    if text.isascii() or max(text) < "\u1f00":
        return len(text)
    return sum(2 if char >= "\u2e80" or east_asian_width(char) in "WF" else 1 for char in text)


def _fitted(natural: list[int], least: list[int], fixed: Collection[int], room: int) -> list[int]:
    """Narrow the widest of the columns that may be broken until all fit, then the headings of the others."""
    free = sorted((i for i in range(len(natural)) if i not in fixed), key=lambda i: natural[i])
    widths = [*natural]
    over = sum(natural[i] for i in fixed) + sum(min(natural[i], _READABLE) for i in free) - room
    for i in sorted(fixed, key=lambda i: least[i] - natural[i]):
        widths[i] = max(least[i], natural[i] - max(0, over))
        over -= natural[i] - widths[i]
    left = room - sum(widths[i] for i in fixed)
    for place, i in enumerate(free):
        widths[i] = min(natural[i], max(_NARROWEST, left // (len(free) - place)))
        left -= widths[i]
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
