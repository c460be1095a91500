"""Whether what a template gets is of the shape that it was told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.word.shape import ContextName, Shape

TYPES: Final[dict[str, type | tuple[type, ...]]] = {
    "text": (str, tuple), "number": (int, Decimal), "day": date, "flag": bool,
}  # fmt: skip
"""What a value of each kind is; text with blanks in it is a tuple."""


def misfits(shape: Shape, context: object, at: str = "") -> Iterator[str]:
    """Find where a context is not as its shape says, as dotted names with what is wrong."""
    if not isinstance(context, dict):
        yield f"{at or 'context'}: not a group"
        return
    for key in sorted(shape.keys() ^ context.keys()):
        yield f"{at}{key}: {'missing' if key in shape else 'not in the shape'}"
    for key in shape.keys() & context.keys():
        yield from _misfit(shape[key], context[key], f"{at}{key}")


def _misfit(name: ContextName, value: object, at: str) -> Iterator[str]:
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
    elif not isinstance(value, TYPES[name.kind]):
        yield f"{at}: {type(value).__name__} is no {name.kind}"
