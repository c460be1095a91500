"""What is put in the place of a Word form's tags: runs and paragraphs that look like the tag did."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from jinja2 import pass_context

from danvan_cli import text
from danvan_cli.word import package, syntax, values
from danvan_cli.word.blank import Blank, Pieces
from danvan_cli.word.template import each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2.runtime import Context

_BREAK: Final = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB: Final = '</w:t><w:tab/><w:t xml:space="preserve">'


class Look(NamedTuple):
    """What is put in the place of a tag looks like this: the properties of runs, of blanks, of whole paragraphs."""

    run: str
    blank: str
    paragraph: str | None


@dataclass(slots=True)
class Filling:
    """What the filling of a form knows and collects."""

    looks: dict[int, Look]
    blanks: list[str] = field(default_factory=list)


@cache
def environment() -> syntax.Environment:
    """Give what compiles forms: the allow-list of templates, and the filters that write into a form."""
    made = syntax.Environment()
    made.filters |= {"_each": each, "_filled": _filled, "_text": _text}
    return made


@pass_context
def _filled(context: Context, value: object, number: int) -> str:
    """Write a value in the place of a tag: runs that look like it, or paragraphs, one for each line."""
    filling: Filling = context.parent["_filling"]
    look = filling.looks[number]
    if look.paragraph is None:
        return _runs(_pieces(value), look, filling)
    items = value if isinstance(value, (list, tuple)) and not isinstance(value, Pieces) else [value]
    lines = [line for item in items for line in _lines(_pieces(item))]
    return "".join(f"<w:p>{look.paragraph}{_runs(line, look, filling)}</w:p>" for line in lines)


def _pieces(value: object) -> list[str]:
    """Give a value's text, cleaned, with its blanks as they are."""
    given = values.as_text(value)
    pieces = given if isinstance(given, Pieces) else (given,)
    return [one if type(one) is Blank else text.clean(str.__str__(one)) for one in pieces]


def _lines(pieces: list[str]) -> Iterator[list[str]]:
    """Cut text into its lines; empty ones are left out."""
    rows: list[list[str]] = [[]]
    for piece in pieces:
        first, *more = [piece] if type(piece) is Blank else piece.split("\n")
        rows[-1].append(first)
        rows += ([line] for line in more)
    yield from (row for row in rows if "".join(row).strip())


def _runs(pieces: list[str], look: Look, filling: Filling) -> str:
    out = []
    for piece in pieces:
        blank = type(piece) is Blank
        if blank:
            filling.blanks.append(piece[3:-3].strip())
        shown = package.escape(piece).replace("\n", _BREAK).replace("\t", _TAB)
        properties = look.blank if blank else look.run
        out.append(f'<w:r>{properties}<w:t xml:space="preserve">{shown}</w:t></w:r>' if piece else "")
    return "".join(out)


def _text(value: object) -> str:
    """Write a value into a property of the document."""
    return package.escape(text.squeeze("".join(_pieces(value))))
