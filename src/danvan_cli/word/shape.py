"""What a template may name: each name with its type, what it is, and an example.

A context is a dict of plain values; its shape says which. Shapes serve three ends: `templates list` shows them,
`templates check` finds a misspelt name without rendering, and trial renderings are made of their examples.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPES: Final[dict[str, type | tuple[type, ...]]] = {
    "text": (str, tuple), "number": (int, Decimal), "day": date, "flag": bool,
}  # fmt: skip
"""What a value of each kind is; text with blanks in it is a tuple (`values.Pieces`, which imports Jinja)."""

Kind = Literal["text", "number", "day", "flag", "list", "group"]
Shape = dict[str, "Name"]


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a context.

    `about` is Vietnamese, for the users; `example` is a value as the templates get it (texts, numbers, days, flags).
    `inner` is the shape of a group, or of a list's items (None: a list of texts). `optional` values can be None;
    lists can be empty unless `some` says that there is always something in them.
    """

    kind: Kind
    about: str
    example: Any = None
    inner: Shape | None = None
    optional: bool = False
    some: bool = False


def text(about: str, example: str, *, optional: bool = False) -> Name:
    """Name a text."""
    return Name("text", about, example, optional=optional)


def number(about: str, example: Any, *, optional: bool = False) -> Name:
    """Name a figure: a whole number or a Decimal."""
    return Name("number", about, example, optional=optional)


def day(about: str, example: date, *, optional: bool = False) -> Name:
    """Name a day."""
    return Name("day", about, example, optional=optional)


def flag(about: str, *, example: bool = True) -> Name:
    """Name what is so or not."""
    return Name("flag", about, example)


def group(about: str, inner: Shape, *, optional: bool = False) -> Name:
    """Name values that belong together."""
    return Name("group", about, inner=inner, optional=optional)


def many(about: str, inner: Shape, *, some: bool = False) -> Name:
    """Name a list of groups."""
    return Name("list", about, inner=inner, some=some)


def texts(about: str, *examples: str, some: bool = False) -> Name:
    """Name a list of texts."""
    return Name("list", about, list(examples), some=some)


def sample(shape: Shape) -> dict[str, Any]:
    """Make a full context of the examples: every list has items, nothing is None."""
    return {key: _full(name) for key, name in shape.items()}


def sparse(shape: Shape) -> dict[str, Any]:
    """Make the emptiest context: what is optional is None, every list is empty, flags are off."""
    return {key: _empty(name) for key, name in shape.items()}


def _full(name: Name) -> Any:
    if name.kind == "group":
        return sample(name.inner or {})
    if name.kind == "list" and name.inner is not None:
        return [sample(name.inner), sample(name.inner)]
    return name.example


def _empty(name: Name) -> Any:
    if name.optional:
        return None
    if name.kind == "group":
        return sparse(name.inner or {})
    if name.some:
        return _full(name)
    return {"list": [], "flag": False}.get(name.kind, name.example)


def misfits(shape: Shape, context: object, at: str = "") -> Iterator[str]:
    """Find where a context is not as its shape says, as dotted names with what is wrong, in English (for tests)."""
    if not isinstance(context, dict):
        yield f"{at or 'context'}: not a group"
        return
    for key in sorted(shape.keys() ^ context.keys()):
        yield f"{at}{key}: {'missing' if key in shape else 'not in the shape'}"
    for key in shape.keys() & context.keys():
        yield from _misfit(shape[key], context[key], f"{at}{key}")


def _misfit(name: Name, value: object, at: str) -> Iterator[str]:
    if value is None:
        if not name.optional:
            yield f"{at}: None"
    elif name.kind == "group":
        yield from misfits(name.inner or {}, value, f"{at}.")
    elif name.kind == "list":
        if not isinstance(value, (list, tuple)):
            yield f"{at}: not a list"
            return
        for index, item in enumerate(value):
            if name.inner is not None:
                yield from misfits(name.inner, item, f"{at}[{index}].")
    elif not isinstance(value, _TYPES[name.kind]):
        yield f"{at}: {type(value).__name__} is no {name.kind}"
