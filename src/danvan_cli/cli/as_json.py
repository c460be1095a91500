"""What `--json` prints: one document on stdout and nothing else, gathered while a command runs.

A command gives what it reports (`give`, `add`) whether or not somebody wants it so; what it says in words is then not
printed (`screen`). What desk/ returns is written in one way (`plain`).
"""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from json import JSONEncoder
    from pathlib import Path


class _Document:
    """What is printed at the end, as text already: thousands of units are never held as objects."""

    def __init__(self) -> None:
        self.wanted = False
        self.values: dict[str, str] = {}
        self.lists: dict[str, list[str]] = {}


_now = _Document()


def begin() -> None:
    """Forget what another command of this process gave."""
    vars(_now).update(vars(_Document()))


def want(wanted: bool = True) -> None:
    """Print a document instead of words."""
    _now.wanted |= wanted


def wanted() -> bool:
    """Tell whether a document is printed instead of words."""
    return _now.wanted


def give(**values: object) -> None:
    """Put values into the document."""
    for key, value in values.items() if _now.wanted else ():
        now = plain(value)
        if isinstance(now, list):
            _now.lists[key] = [_dumped(one) for one in now]
        else:
            _now.values[key] = _dumped(now)


def give_all(done: object) -> None:
    """Put all that desk/ tells of something into the document."""
    if _now.wanted:
        give(**plain(done))


def add(key: str, *values: object) -> None:
    """Put more values into a list of the document."""
    if _now.wanted:
        _now.lists.setdefault(key, []).extend(_dumped(plain(one)) for one in values)


def made_file(path: Path, state: str, backup: Path | None = None, **more: object) -> None:
    """Put a file that was made into the document."""
    add("made", {"path": path, "state": state, "backup": backup} | more)


def json_document() -> str:
    """Write the document, the items of a list a line each; empty where none is wanted.

    A list of no name, which is the whole document, has the name "".
    """
    if not _now.wanted:
        return ""
    lists = {
        key: "[\n" + ",\n".join(f"  {one}" for one in items) + "\n]" if items else "[]"
        for key, items in _now.lists.items()
    }
    if "" in lists:
        return lists[""]
    return "{\n" + ",\n".join(f'"{key}": {text}' for key, text in (_now.values | lists).items()) + "\n}"


def plain(value: Any) -> Any:
    """Make plain values of what desk/ returns: days as ISO text, decimals with their digits, what has an id its id."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "as_dict"):
        return plain(value.as_dict())
    if isinstance(value, dict):
        return {str(plain(key)): plain(one) for key, one in value.items()}
    if hasattr(value, "_asdict"):
        return plain(value._asdict())
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(one) for one in (sorted(value) if isinstance(value, (set, frozenset)) else value)]
    if dataclasses.is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in dataclasses.fields(value) if one.repr}
    return value.id if hasattr(value, "id") else _leaf(value)


def picked(thing: object, *names: str) -> dict[str, Any]:
    """Take some of what something says, by the same names."""
    return {name: getattr(thing, name) for name in names}


def _leaf(value: Any) -> Any:
    from decimal import Decimal
    from pathlib import Path

    from danvan_cli.errors import DanvanError
    from danvan_cli.workspace import shown

    match value:
        case Decimal():
            return str(value)
        case Path():
            return shown(value)
        case DanvanError():
            return {"message": value.message, "help": value.help}
    raise TypeError(value)


def _dumped(value: object) -> str:
    return _encoder().encode(value)


@cache
def _encoder() -> JSONEncoder:
    from json import JSONEncoder

    return JSONEncoder(ensure_ascii=False)
