"""Where the characters of a value stand in the text that it is written as: folded lines, quotes and escapes resolved."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from danvan_cli.text import INVISIBLE, UNWANTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BREAK = re.compile(r"\r\n|\r|\n")
_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r?\n|.)")


def weight_of(value: str) -> int:
    """Count what folding, normalising and baring leave alone: what is seen and is neither white space nor combining."""
    return sum(1 for c in INVISIBLE.sub("", value) if not c.isspace() and not unicodedata.combining(c))


def letters_of(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Walk the written form of a scalar: where each character stands, how long it is written, which it is."""
    index, stop = start, end
    double = text[start : start + 1] == '"'
    single = text[start : start + 1] == "'"
    if text[start : start + 1] in {"|", ">"}:
        header = BREAK.search(text, start, end)
        index = header.end() if header else end
    elif double or single:
        index, stop = start + 1, end - 1
    while index < stop:
        size, char = 1, text[index]
        if double and char == "\\" and (escape := _ESCAPE.match(text, index)):
            size = len(escape[0])
            if escape[0][1] in "xuU":
                char = chr(int(escape[0].lstrip("\\xuU"), 16))
            else:
                char = " " if escape[0][1] in "ntrbevaf0LNP_ \r\n\t" else escape[0][1]
        elif single and char == "'":
            size = 2
        yield index, size, char
        index += size


def places_of(letters: Iterable[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """List where each character stands that folding and normalising leave alone, the marks behind it included."""
    places: list[tuple[int, int]] = []
    for index, size, char in letters:
        if UNWANTED.match(char) or INVISIBLE.match(char) or char.isspace():
            continue
        if not unicodedata.combining(char):
            places.append((index, index + size))
        elif places:
            places[-1] = places[-1][0], index + size
    return places


def piece_of(places: list[tuple[int, int]], skip: int, size: int) -> tuple[int, int] | None:
    """Give where a piece of `size` counted characters behind `skip` others starts and ends."""
    last = skip + max(1, size) - 1
    return (places[skip][0], places[last][1]) if last < len(places) else None
