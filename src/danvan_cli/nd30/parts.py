"""What a file holds: a document, what it issues, annexes, texts without a letterhead; several one after the other.

A part begins with a letterhead, with an annex's heading, with a title above `(Kèm theo …)`, and after nơi nhận and
signature with whatever opens a new page or is a title. Where nothing says so, nothing is cut.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from danvan_cli.nd30 import words
from danvan_cli.nd30.lines import cut, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from danvan_cli.ooxml.layout import Paragraph

Sort = Literal["document", "form", "issued", "annex", "attached", "law", "own"]
"""`form` has a letterhead and no number; `attached` has none; `law` and `own` are not the decree's matter."""

_HEAD: Final = 60
"""A letterhead ends within so many lines."""
_TITLE: Final = 14
"""A title with its letterhead has at most so many paragraphs."""
_FAR: Final = 150
"""So far from its first line no letterhead and no list of recipients reaches: who writes one on every line waits for each."""
_LONG: Final = 160
_SHORT: Final = 40


class Piece(NamedTuple):
    """A part's paragraphs and how it begins: `start`, `letterhead`, `annex`, `issued`, `after`."""

    begins: str
    paragraphs: Sequence[Paragraph]
    issued: bool


def cut_file(paragraphs: Sequence[Paragraph]) -> list[Piece]:
    """Cut a file's paragraphs, which all say something, into its parts."""
    marks = sorted(_marks(paragraphs))
    kept: list[tuple[int, str]] = [(0, "start")]
    issued: set[int] = set()
    for at, why in marks:
        start, began = kept[-1]
        near = at - start <= _TITLE and not any(len(one.text) > _LONG for one in paragraphs[start:at])
        first = why == "annex" and began == "start"
        if first and at == start:
            kept[-1] = (start, why)
        elif first or not ((near and not why == began == "annex") or at <= start):
            kept.append((at, why))
        if why == "issued":
            issued.add(len(kept) - 1)
    ends = [at for at, _why in kept[1:]] + [len(paragraphs)]
    return [
        Piece(why, paragraphs[at:end], number in issued)
        for number, ((at, why), end) in enumerate(zip(kept, ends, strict=True))
    ]


def _marks(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, str]]:
    signed = False
    until = -1
    for at, one in enumerate(paragraphs):
        if one.box:
            continue
        tabled = one.cell is not None and one.cell.bordered
        lines = cut(one, tabs=True) if not tabled and _may_head(one) else []
        if any(words.placed(line.text) == "QuocHieu" for line in lines):
            yield _letterhead_start(paragraphs, at), "letterhead"
            signed = False
        elif one.cell is None and words.ANNEX.match(one.plain):
            if at + 1 == len(paragraphs) or not words.ANNEX.match(paragraphs[at + 1].plain):  # else a list of annexes
                yield at, "annex"
        elif words.ENCLOSED.match(one.plain) and one.format.align != "both" and at and not tabled:
            start = _title_start(paragraphs, at)
            if start < at and (signed or paragraphs[start].breaks or start == 0 or at <= _TITLE):
                yield start, "issued"
        elif any(words.COPIES.match(line.text) for line in lines):
            signed, until = True, _tail_end(paragraphs, at)
        elif signed and at >= until and (tabled or _begins(paragraphs, at)):
            until = len(paragraphs)
            yield at, "after"


def _may_head(one: Paragraph) -> bool:
    """Whether a paragraph can be of a letterhead or a signature, as cheaply as that can be told."""
    text = one.text
    return len(text) < 2 * _LONG and (
        len(text) < _SHORT or one.cell is not None or one.format.align != "both" or "\t" in text or "    " in text
    )


def _letterhead_start(paragraphs: Sequence[Paragraph], at: int) -> int:
    """Find the first paragraph of the letterhead that a quốc hiệu belongs to."""
    own, least = paragraphs[at].cell, max(0, at - _FAR)
    if own is not None:
        while at > least and (cell := paragraphs[at - 1].cell) is not None and cell.table == own.table:
            at -= 1
        return at
    while at > least and not paragraphs[at].breaks and len(before := paragraphs[at - 1].plain) < 80 and before == before.upper() \
            and paragraphs[at - 1].section == paragraphs[at].section:  # fmt: skip
        at -= 1
    return at


def _title_start(paragraphs: Sequence[Paragraph], at: int) -> int:
    """Find the first line of the title above `(Kèm theo …)`."""
    start = at
    while start and not paragraphs[start].breaks and at - start < _TITLE:
        before = paragraphs[start - 1]
        if before.cell != paragraphs[at].cell or before.format.align != "center" or len(before.text) > _LONG * 2:
            break
        start -= 1
    return start


def _tail_end(paragraphs: Sequence[Paragraph], at: int) -> int:
    """Find the first paragraph behind nơi nhận and signature."""
    own = paragraphs[at].cell
    end = at + 1
    while end < min(len(paragraphs), at + _FAR):
        one = paragraphs[end]
        if own is not None and one.cell is not None and one.cell.table == own.table:
            end += 1
        elif (
            one.breaks or one.section != paragraphs[at].section or len(one.text) > _LONG or _titled(one)
            or (one.cell is not None and one.cell.bordered)
        ):  # fmt: skip
            break
        elif own is None or words.is_name(one.plain) or words.aside(one.plain) or one.box:
            end += 1
        else:
            break
    return end


def _begins(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Whether a paragraph behind a signature begins another text."""
    one = paragraphs[at]
    return one.breaks or one.section != paragraphs[at - 1].section or _titled(one) or len(one.text) > _LONG


def _titled(one: Paragraph) -> bool:
    line = whole(one)
    return one.cell is None and one.format.align == "center" and not one.box and (line.upper or words.ANNEX.match(line.text) is not None) and (
        len(line.text) > 3 and not words.signing_words(line.text) and not words.is_name(line.text.title())
    )  # fmt: skip


def head_end(paragraphs: Sequence[Paragraph]) -> int:
    """Count the paragraphs up to the last of nation, motto, number, place and V/v; and those beside them."""
    last = -1
    for at, one in enumerate(paragraphs[:_HEAD]):
        if one.cell is not None and one.cell.bordered:
            break
        lines = cut(one, tabs=True)
        if any(words.opens(line.text) for line in lines):
            break
        if any(words.placed(line.text) or words.own_head(line.text) for line in lines):
            last = at
        elif at > last + 6 or (one.cell is None and not one.box and len(one.text) > _LONG):
            break
    if last < 0:
        return 0
    cell = paragraphs[last].cell
    while cell and last + 1 < len(paragraphs):
        following = paragraphs[last + 1].cell
        if following is None or following.table != cell.table or words.TO.match(paragraphs[last + 1].plain):
            break
        last += 1
    return last + 1
