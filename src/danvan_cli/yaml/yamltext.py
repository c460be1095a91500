"""YAML out: values written as text that every reader of YAML takes for the same value."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.yaml.schema import ROUTINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# What YAML takes for a line's end or does not allow, though it may stand in a text: written as an escape.
_ODD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_NO_BLOCK = re.compile(r"\A[ \n]|\n\Z|\t|" + _ODD.pattern)
_BARE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_NUMBER = re.compile(r"[0-9.-]+(?:[eE][0-9]+)?|0[xXoObB][0-9A-Fa-f]+")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_WORDS: Final = re.compile(r"[^\W\d_][\w'. -]*[\w.]")
_NO_TEXT: Final = {"true", "false", "yes", "no", "on", "off", "null"}
"""What some version of YAML takes for more than text."""


def scalar(value: object) -> str:
    """Write a value on one line; None is nothing at all.

    Raises:
        TypeError: if it is no value of ours: a float has no digits of its own.
    """
    match value:
        case None:
            return ""
        case str():
            return text(value)
        case bool():
            return str(value).lower()
        case date():
            return value.isoformat()
        case int():
            return str(value)
        case Decimal():
            return f"{value:f}"  # never 1E-7, which is no number in YAML 1.2's core
    raise TypeError(type(value))


def text(value: str) -> str:
    """Quote a string so that no reader of YAML takes it for anything else."""
    if value in ROUTINE:  # they stand in place of a date, and are written as one
        return value
    return _ODD.sub(lambda odd: f"\\u{ord(odd[0]):04x}", json.dumps(value, ensure_ascii=False))


def is_word(value: object) -> bool:
    """Tell whether a value is a plain word (`done`, `so-y-te`) that may stand without quotes where one stood."""
    return isinstance(value, str) and _WORD.fullmatch(value) is not None and value not in _NO_TEXT


def ident(value: str) -> str:
    """Write an id bare where no reader can take it for a number or a word of YAML."""
    return value if "-" in value and value[0].isalpha() else text(value)


def plain_words(value: str) -> str:
    """Write words bare where no reader takes them for more, also within brackets; else quoted."""
    return value if _WORDS.fullmatch(value) and value.lower() not in _NO_TEXT else text(value)


def key(name: str) -> str:
    """Write a key: bare where it is an id, else quoted."""
    bare = _BARE_KEY.fullmatch(name) and not _NUMBER.fullmatch(name) and name.lower() not in _NO_TEXT
    return name if bare else text(name)


def flow(value: object) -> str:
    """Write a value on one line; an empty cell of a mapping keeps its colon and space, ready to be typed into."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key(name)}: {flow(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join("null" if one is None else flow(one) for one in value) + "]"
    return scalar(value)


def written_value(value: object, step: int = 2, *, blocks: bool = True) -> tuple[str, list[str]]:
    """Write a value: what stands behind its key, and the lines below, indented from the key by `step` spaces a level.

    Without `blocks` text of several lines stands on one line, with escapes.
    """
    if isinstance(value, str) and blocks and "\n" in value and not _NO_BLOCK.search(value):
        return "|-", indented(value.split("\n"), step)
    if isinstance(value, (dict, list)) and value:
        return "", indented(item_body(value, step, blocks=blocks), step)
    return flow(value), []


def entry(name: str, value: object, step: int = 2, *, note: str = "", blocks: bool = True) -> Iterator[str]:
    """Write a key with its value, text of several lines as a block; a note becomes a comment on the key's line."""
    inline, lines = written_value(value, step, blocks=blocks)
    yield f"{key(name)}: {inline}".rstrip() + (f"  # {note}" if note else "")
    yield from lines


def list_item(value: object, step: int = 2, *, blocks: bool = True) -> Iterator[str]:
    """Write an item of a list, behind its dash."""
    first, *rest = item_body(value, step, blocks=blocks)
    yield f"- {first}".rstrip()
    yield from indented(rest, 2)


def item_body(value: object, step: int = 2, *, blocks: bool = True) -> list[str]:
    """Write a value from where the line stands; the lines below the first stand straight under it."""
    if isinstance(value, dict) and value:
        return [line for name, one in value.items() for line in entry(name, one, step, blocks=blocks)]
    if isinstance(value, list) and value:
        return [line for one in value for line in list_item(one, step, blocks=blocks)]
    inline, lines = written_value(value, step, blocks=blocks)
    return [inline, *lines]


def indented(lines: Iterable[str], by: int) -> list[str]:
    """Set lines in; an empty one stays empty."""
    return [" " * by + line if line else line for line in lines]


def document(values: Mapping[str, Any]) -> bytes:
    """Write a whole file of these keys."""
    return ("\n".join(line for name, value in values.items() for line in entry(name, value)) + "\n").encode()
