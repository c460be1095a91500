"""Tables as text: columns as wide as they need, the widest narrowed until all fit the screen; nothing is cut.

Of our own, because the library that could do it takes longer to import than most commands take to run.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

_GAP = 2
_NARROWEST = 4
"""No column is made narrower, even on a screen that is too small."""


def lines(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Collection[int],
    whole: Collection[int],
    width: int,
) -> Iterator[str]:
    """Lay a table out: headings, a rule, the rows.

    Args:
        headings: one for each column.
        rows: the cells.
        right: the columns (from 0) that are set to the right; they are not broken either.
        whole: the columns that are never broken.
        width: the columns of the screen.
    """
    cells = [headings, *rows]
    natural = [
        max(columns(line) for row in cells for line in row[i].splitlines() or [""]) for i in range(len(headings))
    ]
    widths = _fitted(natural, {*right, *whole}, width - _GAP * (len(headings) - 1))
    for number, row in enumerate(cells):
        folded = [_folded(cell, most) for cell, most in zip(row, widths, strict=True)]
        for line in zip_longest(*folded, fillvalue=""):
            pads = [" " * (most - columns(part)) for part, most in zip(line, widths, strict=True)]
            parts = [
                pad + part if i in right else part + pad for i, (part, pad) in enumerate(zip(line, pads, strict=True))
            ]
            yield (" " * _GAP).join(parts).rstrip()
        if number == 0:
            yield "─" * (sum(widths) + _GAP * (len(widths) - 1))


def columns(text: str) -> int:
    """Count the columns a text takes in a terminal: two for a sign of East Asian width, at least as many for emoji."""
    if text.isascii() or max(text) < "\u1f00":
        return len(text)
    return sum(2 if char >= "\u2e80" or east_asian_width(char) in "WF" else 1 for char in text)


def _fitted(natural: list[int], fixed: Collection[int], room: int) -> list[int]:
    """Narrow the widest of the columns that may be broken until all fit."""
    free = sorted((i for i in range(len(natural)) if i not in fixed), key=lambda i: natural[i])
    left = room - sum(natural[i] for i in fixed)
    widths = list(natural)
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
