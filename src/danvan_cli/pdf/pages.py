"""The pages of a PDF from anybody, as pieces of text and ruled lines with their places, read in a process of its own.

    python -m danvan_cli.pdf.pages

reads paths from its input, each a line of JSON, and answers each with a line of JSON: for each page its width and height,
its pieces (text, left, right, foot, size, bold), its lines, whether it shows a picture. A piece is text of one line without
a gap that a table, two columns or a tab would make.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from contextlib import suppress
from itertools import chain, starmap
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.pdf.reading import rows_of, words_of
from danvan_cli.pdf.worker import Worker, serve
from danvan_cli.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from danvan_cli.pdf.reading import Glyph
    from danvan_cli.pdf.stamps import Drawn, DrawnBox

_SECONDS: Final = 120
"""So long a file may take."""
MOST_PAGES: Final = 300
MOST_RULES: Final = 20_000
_ROW: Final = 0.35
_GAP: Final = 1.1
"""A gap wider than so many times the letters' size parts two pieces."""
_SPACE: Final = 0.18
"""A gap wider than this, without a space drawn, is one."""
_THIN: Final = 3.0


class Piece(NamedTuple):
    """Text of one line without a wide gap: what it says, where it begins and ends, its foot, the letters' size, whether bold."""

    text: str
    left: float
    right: float
    foot: float
    size: float
    bold: bool


class RuledLine(NamedTuple):
    """A ruled line: upright or lying."""

    x0: float
    y0: float
    x1: float
    y1: float


class PdfPage(NamedTuple):
    """A page: its size, its pieces from top to bottom, its ruled lines, whether it shows a picture."""

    width: float
    height: float
    pieces: list[Piece]
    rules: list[RuledLine]
    pictured: bool


def read_pages(path: Path) -> list[PdfPage]:
    """Read the pages of a PDF; a UsageError tells that it cannot be read, in time, or has no text: a scan."""
    with Worker(__name__, _SECONDS) as worker:
        told = worker.ask(path.name, str(path))
    if told is None:
        raise UsageError(
            _("không đọc được tệp PDF {path}", path=path.name),
            help=_("mở thử bằng trình xem PDF; có bản Word thì dùng bản Word"),
        )
    pages = [
        one._replace(pieces=[Piece(*it) for it in one.pieces], rules=[RuledLine(*it) for it in one.rules])
        for one in starmap(PdfPage, told)
    ]
    letters = sum(len(piece.text) for page in pages for piece in page.pieces)
    if letters < 20 * len(pages) and any(page.pictured for page in pages):
        raise UsageError(
            _("{path} là bản quét (ảnh chụp trang giấy), không có chữ để đọc", path=path.name),
            help=_("dùng bản Word, hoặc bản PDF ký số xuất từ Word"),
        )
    if not letters:
        raise UsageError(_("{path} không có chữ nào", path=path.name))
    if any("\ufffd" in piece.text for page in pages for piece in page.pieces):
        raise UsageError(
            _("{path} dùng phông chữ không đọc ra được chữ", path=path.name),
            help=_("dùng bản Word, hoặc xuất lại PDF từ Word"),
        )
    return pages


def _read(path: str) -> Iterator[PdfPage]:
    from pdfminer.pdfpage import PDFPage

    from danvan_cli.pdf.stamps import Pages

    reader = Pages()
    with open(path, "rb") as file:  # noqa: PTH123 - a name from our own
        for page in PDFPage.get_pages(file, maxpages=MOST_PAGES):
            drawn = _upright(reader.draw(page))
            rules = [rule for shape in drawn.shapes for rule in _ruled(shape)]
            size = round(drawn.width, 1), round(drawn.height, 1)
            yield PdfPage(*size, [*_pieces(drawn.letters, rules)], rules[:MOST_RULES], drawn.pictured)


def _upright(drawn: Drawn) -> Drawn:
    """Turn a page by quarters until most of its letters are written from left to right."""
    quarters = Counter(round(one.turn / 90) % 4 for one in drawn.letters)
    for _turn in range(quarters.most_common(1)[0][0] if quarters else 0):
        top = drawn.width
        letters = [one._replace(x=one.y, y=top - one.x) for one in drawn.letters]
        shapes = [one._replace(x0=one.y0, y0=top - one.x1, x1=one.y1, y1=top - one.x0) for one in drawn.shapes]
        drawn = drawn._replace(width=drawn.height, height=top, letters=letters, shapes=shapes)
    return drawn


def _ruled(one: DrawnBox) -> Iterator[RuledLine]:
    """Give the lines that something drawn shows: itself where it is thin, else its four sides."""
    x0, y0, x1, y1 = (round(value, 1) for value in (one.x0, one.y0, one.x1, one.y1))
    if x1 - x0 <= _THIN < y1 - y0 or y1 - y0 <= _THIN < x1 - x0:
        yield RuledLine(x0, y0, x1, y1)
    elif one.stroked and x1 - x0 > _THIN and y1 - y0 > _THIN:
        yield from (
            RuledLine(x0, y0, x1, y0),
            RuledLine(x0, y1, x1, y1),
            RuledLine(x0, y0, x0, y1),
            RuledLine(x1, y0, x1, y1),
        )


def _pieces(letters: Iterable[Glyph], rules: list[RuledLine]) -> Iterator[Piece]:
    """Put letters together: lines by their feet, each parted at its wide gaps and at upright lines."""
    upright = [one for one in rules if one.x1 - one.x0 <= _THIN < one.y1 - one.y0][:MOST_RULES]
    for row in rows_of(sorted(letters, key=lambda it: (-it.y, it.x)), _ROW):
        foot = min(row, key=lambda it: it.x).y
        walls = sorted(one.x0 for one in upright if one.y0 - 2 <= foot <= one.y1 + 2)
        pieces: list[list[Glyph]] = []
        words = words_of([one for one in row if one.text.strip()])
        for one in sorted(chain.from_iterable(words), key=lambda it: it.x):
            end = _end(pieces[-1][-1]) if pieces else -math.inf
            if one.x - end > _GAP * max(one.size, 6) or _between(walls, end, one.x):
                pieces.append([])
            pieces[-1].append(one)
        yield from map(_piece, pieces)


def _end(one: Glyph) -> float:
    return one.x + one.wide


def _between(walls: list[float], left: float, right: float) -> bool:
    """Tell whether an upright line stands between two letters."""
    at = bisect_left(walls, left - 1)
    return at < len(walls) and walls[at] <= right + 1


def _piece(letters: list[Glyph]) -> Piece:
    said = ""
    for at, one in enumerate(letters):
        if at and one.x - _end(letters[at - 1]) > _SPACE * one.size:
            said += " "
        said += one.text
    first, bold = letters[0], sum(one.bold for one in letters)
    return Piece(
        clean(said), round(first.x, 1), round(_end(letters[-1]), 1), round(first.y, 1), round(first.size, 1),
        bold > 0.9 * len(letters),
    )  # fmt: skip


def _answer(path: str) -> list[PdfPage] | None:
    with suppress(Exception):  # a broken PDF may fail in any way
        return [*_read(path)]
    return None


if __name__ == "__main__":
    serve(_answer)
