"""The issued text of a plan's sections, paragraph by paragraph, with the labels that counting gives or the issued ones."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from danvan_cli.text import roman

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from danvan_cli.plan.sections import Item, Section, Table

# The order of points in a document: a b c d đ e g h i k l … (no f, j, w, z).
_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
_FORM: Final = re.compile(r"^([^\s\w]*)(1(?:\.1)*|[aAIi])([^\s\w]*)$")


class LabelledLine(NamedTuple):
    """A paragraph of the issued text: `heading`, `title` (of the level `depth`), `text` or `table`."""

    kind: Literal["heading", "title", "text", "table"]
    text: str
    depth: int = 0
    table: Table | None = None


def labelled_lines(sections: Iterable[Section]) -> Iterator[LabelledLine]:
    """Give the issued text paragraph by paragraph, with its labels; what has ended is left out and keeps its number."""
    for section in sections:
        yield LabelledLine("heading", section.heading)
        yield from _lines(section.items, section.labels, (), 1)


def _lines(items: list[Item], labels: Sequence[str], above: tuple[int, ...], depth: int) -> Iterator[LabelledLine]:
    form, below = (labels[0], labels[1:] or labels[:1]) if labels else ("", ())
    counted = count(1)
    for item in items:
        numbers = above if item.number == "" else (*above, next(counted))
        label = item.number if item.number is not None else labelled(form, numbers)
        if item.ended:
            continue
        if item.title:
            yield LabelledLine("title", _with(label, item.title), depth)
        if item.text:
            yield LabelledLine("text", item.text if item.title else _with(label, item.text), depth)
        if item.table:
            yield LabelledLine("table", "", depth, table=item.table)
        yield from _lines(item.items, below if item.labels is None else item.labels, numbers, depth + 1)


def _with(label: str, text: str) -> str:
    return f"{label} {text}" if label else text


def labelled(form: str, numbers: Sequence[int]) -> str:
    """Write a label: the form `1.` for 3 is `3.`, `1.1.` under 2 is `2.3.`, `a)` is `c)`, `I.` is `III.`.

    The numbers are those of the levels above, and its own.
    """
    found = _FORM.match(form)
    if not found:
        return form
    before, sign, after = found.groups()
    own = numbers[-1]
    match sign:
        case "a" | "A":
            letter = point_letter(own - 1)
            shown = letter if sign == "a" else letter.upper()
        case "I" | "i":
            shown = roman(own) if sign == "I" else roman(own).lower()
        case _:
            shown = ".".join(map(str, numbers[-(sign.count("1")) :]))
    return f"{before}{shown}{after}"


def point_letter(index: int) -> str:
    """Name a point by its place, from 0; after the last letter they are doubled."""
    again, at = divmod(index, len(_LETTERS))
    return _LETTERS[at] * (again + 1)
