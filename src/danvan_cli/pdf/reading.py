"""In which order the letters of a page are read, from where they stand alone: rows, words, columns, tables.

How a program has put them into the file says nothing: letters come singly, twice, turned, by font or by style.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_T = TypeVar("_T")

# All in heights of letters.
_ROW: Final = 0.5
"""So far below a row's first letter its others may stand."""
_WORD: Final = 0.1
"""Between words."""
_APART: Final = 1.4
"""Between what stands side by side: columns, cells."""
_DRAWN_APART: Final = 0.45
"""The same of what was not drawn one after the other."""
_ALONE: Final = 2.0
"""So far apart two things of one row are no line."""
_TWICE: Final = 0.15
"""A letter that is drawn again so near is one letter in bold."""
_PARAGRAPH: Final = 0.65
_BLOCK: Final = 1.2
"""Columns do not go on below such a gap."""
_PROSE: Final = 20
"""Letters in the lines of a column of prose."""
_DEEP: Final = 12
_SKEW: Final = 5
"""Degrees by which what is written in one direction may differ, as on a page that was scanned askew."""


class Glyph(NamedTuple):
    """A letter: where it begins on its line, how wide it is and how high its font, in which direction it is written."""

    x: float
    y: float
    text: str
    wide: float
    size: float
    turn: float = 0
    number: int = 0
    """When it was drawn."""
    bold: bool = False


class _Piece(NamedTuple):
    """Letters of a row that stand together."""

    x0: float
    x1: float
    y: float
    size: float
    text: str

    @property
    def top(self) -> float:
        return self.y + 0.7 * self.size

    @property
    def low(self) -> float:
        return self.y - 0.2 * self.size


def read_page(letters: Sequence[Glyph]) -> str:
    """Give the text of a page: what is written in the direction of most of it first; an empty line between blocks."""
    turns = Counter(round(one.turn) for one in letters)
    out: list[str] = []
    while turns:
        main = turns.most_common(1)[0][0]
        mine = {turn for turn in turns if abs((turn - main + 180) % 360 - 180) <= _SKEW}
        out += ["", *_lines(_pieces(turned(one, main) for one in letters if round(one.turn) in mine))]
        for turn in mine:
            del turns[turn]
    return "\n".join(out).strip("\n") + "\n"


def turned(letter: Glyph, turn: float) -> Glyph:
    """Turn the page under a letter so that it is written from left to right."""
    if not turn:
        return letter
    cos, sin = math.cos(math.radians(-turn)), math.sin(math.radians(-turn))
    return letter._replace(x=letter.x * cos - letter.y * sin, y=letter.x * sin + letter.y * cos)


def rows_of(letters: Iterable[Glyph], near: float) -> list[list[Glyph]]:
    """Group letters that come from above by rows: so many heights below a row's first letter its others may stand."""
    return grouped(letters, lambda row, one: row[0].y - one.y <= near * max(row[0].size, one.size))


def grouped(things: Iterable[_T], goes_on: Callable[[list[_T], _T], bool]) -> list[list[_T]]:
    """Group things that come in order: each goes on with the group before it, or begins another."""
    out: list[list[_T]] = []
    for one in things:
        if out and goes_on(out[-1], one):
            out[-1].append(one)
        else:
            out.append([one])
    return out


def _pieces(letters: Iterable[Glyph]) -> list[_Piece]:
    rows = rows_of(sorted(letters, key=lambda one: -one.y), _ROW)
    return [piece for row in rows for piece in _cut(row)]


def _cut(row: list[Glyph]) -> list[_Piece]:
    """Cut a row where it is wide apart; what was drawn letter after letter stays a word."""
    out: list[list[Glyph]] = []
    end = 0.0
    for word in words_of(row):
        one = word[0]
        if not out or one.x - end > one.size * (_APART if one.number == out[-1][-1].number + 1 else _DRAWN_APART):
            out.append([])
            end = one.x
        out[-1] += word
        end = max(end, word[-1].x + word[-1].wide)
    return [piece for one in out if (piece := _piece(one)).text]


def words_of(row: list[Glyph]) -> list[list[Glyph]]:
    """Give a row's words from the left; of what is drawn twice one is kept, in bold."""
    out: list[list[Glyph]] = []
    for word in sorted(_words(row), key=lambda word: word[0].x):
        near = out and word[0].x - out[-1][0].x < _TWICE * word[0].size
        if near and [one.text for one in word] == [one.text for one in out[-1]]:
            out[-1] = [one._replace(bold=True) for one in out[-1]]
        else:
            out.append(word)
    return out


def _words(row: list[Glyph]) -> list[list[Glyph]]:
    """Group letters that were drawn one after the other, without a space; spaces under other letters are left out."""
    out: list[list[Glyph]] = []
    over, covered = -math.inf, set[int]()
    for one in sorted(row, key=lambda one: one.x + (one.wide / 2 if one.text.isspace() else 0)):
        if not one.text.isspace():
            over = max(over, one.x + one.wide)
        elif over > one.x + one.wide / 2:
            covered.add(one.number)
    for one in sorted(row, key=lambda one: one.number):
        if one.number in covered:
            continue
        last = out[-1][-1] if out else None
        if last and one.text == last.text and abs(one.x - last.x) < _TWICE * one.size:
            out[-1][-1] = last._replace(bold=True)
            continue
        goes_on = last and one.number == last.number + 1 and last.x <= one.x <= last.x + last.wide + _WORD * one.size
        if goes_on and not one.text.isspace() and not out[-1][-1].text.isspace():
            out[-1].append(one)
        else:
            out.append([one])
    return out


def _piece(letters: list[Glyph]) -> _Piece:
    gaps = [
        (b.text, (b.x - a.x - a.wide) / b.size, not (a.text.isspace() or b.text.isspace()))
        for a, b in pairwise(letters)
    ]
    inked = [gap for _text, gap, within in gaps if within]
    spread = median(inked) if len(inked) > 1 else 0
    most = spread + _WORD if spread > _WORD else _WORD  # letters that are set apart for show are no words
    text = letters[0].text
    for letter, gap, within in gaps:
        text += f" {letter}" if within and gap > most else letter
    return _Piece(
        letters[0].x, max(one.x + one.wide for one in letters), median(one.y for one in letters),
        max(one.size for one in letters), _closed(text.strip()),
    )  # fmt: skip


def _closed(text: str) -> str:
    """Close up words whose letters somebody has set apart by spaces, with more of them between words."""
    words = [word.split() for word in text.split("  ") if word.strip()]
    if len(words) > 1 and all(len(letter) == 1 for word in words for letter in word) and max(map(len, words)) > 1:
        return " ".join("".join(word) for word in words)
    return text


class _Run(NamedTuple):
    """Bands that are read together, and the columns in which they stand: one, or several."""

    bands: list[list[_Piece]]
    columns: list[_Piece]

    def add(self, band: list[_Piece]) -> bool:
        """Add a band that belongs to those above it: a line of a paragraph, or what stands in the same columns."""
        apart, own = _apart(self.bands[-1], band), len(_columns(band))
        if len(self.columns) == 1:
            goes_on = own == 1 and apart <= _PARAGRAPH
        else:
            both = _columns([*self.columns, *band])
            goes_on = own <= len(self.columns) == len(both) and apart <= _BLOCK
            self.columns[:] = both if goes_on else self.columns
        if goes_on:
            self.bands.append(band)
        return goes_on

    def begins_with(self, above: _Run) -> bool:
        """Tell whether the last line above stands in one of the columns that begin right below it."""
        last, count = above.bands[-1], len(self.columns)
        near = _apart(last, self.bands[0]) <= _PARAGRAPH
        return near and len(above.columns) == 1 < count and len(_columns([*last, *self.columns])) == count


def _lines(pieces: list[_Piece], deep: int = _DEEP) -> list[str]:
    """Read pieces from above, column after column where there are columns; so many times columns may stand in columns."""
    out: list[str] = []
    run: _Run | None = None
    for band in _bands(pieces):
        if run is None:
            run = _Run([band], _columns(band))
        elif not run.add(band):
            new = _Run([band], _columns(band))
            while run.bands and new.begins_with(run):
                new = _Run([run.bands.pop(), *new.bands], new.columns)
            if run.bands:
                out += [*_told(run, deep), *([""] if _apart(run.bands[-1], new.bands[0]) > _PARAGRAPH else [])]
            run = new
    return [*out, *(_told(run, deep) if run else [])]


def _apart(above: list[_Piece], below: list[_Piece]) -> float:
    """Say how far below a band another one stands, in heights of letters."""
    return (min(one.low for one in above) - max(one.top for one in below)) / min(above[0].size, below[0].size)


def _bands(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Group pieces that stand beside one another, from above."""
    out: list[list[_Piece]] = []
    low = 0.0
    for one in sorted(pieces, key=lambda one: (-one.top, one.x0)):
        if not out or one.top <= low:
            out.append([])
            low = one.low
        out[-1].append(one)
        low = min(low, one.low)
    return out


def _columns(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Give the columns in which pieces stand: between two of them there is nothing from top to bottom."""
    out: list[_Piece] = []
    for one in sorted(pieces):
        if out and one.x0 - out[-1].x1 <= _WORD * one.size:
            out[-1] = out[-1]._replace(x1=max(out[-1].x1, one.x1))
        else:
            out.append(one)
    return out


def _told(run: _Run, deep: int) -> list[str]:
    """Tell a run of bands: lines, columns, or the rows of a table."""
    pieces = [one for band in run.bands for one in band]
    rows = sorted({one.y for one in pieces}, reverse=True)
    if not deep or len(run.columns) == 1 or rows[0] - rows[-1] <= _ROW * pieces[0].size:
        return _plain(pieces)
    columns = _split(pieces, run.columns)
    prose = [len(one) > 2 and median(len(piece.text) for piece in one) >= _PROSE for one in columns]
    if len(columns) > 2 and not all(prose):
        cells = ([" ".join(_plain(cell)) for cell in _split(band, run.columns) if cell] for band in run.bands)
        return ["  ".join(row) for row in cells]
    return [line for one in columns for line in (*_lines(one, deep - 1), "")][:-1]


def _split(pieces: Iterable[_Piece], columns: list[_Piece]) -> list[list[_Piece]]:
    out: list[list[_Piece]] = [[] for _ in columns]
    begin = [column.x0 for column in columns]
    for one in pieces:
        out[bisect_right(begin, one.x0) - 1].append(one)
    return out


def _plain(pieces: list[_Piece]) -> list[str]:
    """Read pieces row by row; what is far apart in a row are lines of their own."""
    out: list[str] = []
    before: _Piece | None = None
    for one in sorted(pieces, key=lambda one: (-one.y, one.x0)):
        same = before is not None and before.y - one.y <= _ROW * one.size
        if before is not None and same and one.x0 - before.x1 <= _ALONE * one.size:
            out[-1] += f"{'  ' if one.x0 - before.x1 > _APART * one.size else ' '}{one.text}"
        else:
            out.append(one.text)
        before = one
    return out
