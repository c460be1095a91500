"""What must still follow a receipt: noted beside it from the moment it is filed, gone once it is done.

So a rerun knows what an interruption left undone, and an earlier delivery that is made up for does not replace a later one.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.files import read_bytes, write

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

PENDING: Final = "pending.txt"
"""The note's name, beside the receipt: which delivery came when among all, then what is to be done, one a line."""
HELD: Final = "held "
"""How the name of a record begins of which something waits for a person."""


class Pending(NamedTuple):
    """A note: where it lies, its turn among all deliveries, what is to be done."""

    path: Path
    turn: int
    todo: frozenset[str]


def report_todo(deliverable: str) -> str:
    """Name what follows a Word report: a proposal for the unit's record."""
    return f"report {deliverable}"


def held_back(name: str) -> str:
    """Name a record of which something waits for a person: both sides edited it."""
    return f"{HELD}{name}"


def pending(folder: Path) -> Pending | None:
    """Read the note beside a receipt; None where all is done.

    Raises:
        UsageError: if it cannot be read.
    """
    path = folder / PENDING
    if not path.exists():
        return None
    turn, *todo = read_bytes(path, limit=2**16).decode(errors="replace").splitlines() or [""]
    return Pending(path, int(turn) if turn.isdecimal() else 0, frozenset(todo))


def note_pending(folder: Path, turn: int, todo: Collection[str]) -> None:
    """Note what is to follow, in a folder that is about to be filed; nothing where nothing is.

    It is in the folder before the folder has its name, so no receipt is ever there without it.

    Raises:
        OSError: if it cannot be written.
    """
    if todo:
        (folder / PENDING).write_bytes(_text(turn, todo))


def claim(root: Path, mine: Pending, what: Collection[str]) -> None:
    """Take from a unit's earlier deliveries what this one does in their stead, before it is done.

    Raises:
        DanvanError: if it cannot be written.
    """
    for one in _others(root, mine):
        if one.turn < mine.turn and one.todo.intersection(what):
            _left(one, one.todo.difference(what))


def done(root: Path, mine: Pending, what: Collection[str]) -> None:
    """Cross out what has been done; what later deliveries have to do there is from now on done on top of it.

    Raises:
        DanvanError: if it cannot be written.
    """
    for one in _others(root, mine):
        if one.turn > mine.turn and one.todo.intersection(what):
            with suppress(OSError):
                os.utime(one.path)
    now = pending(mine.path.parent)
    if now:
        _left(now, now.todo.difference(what))


def note_waiting(mine: Pending, what: Collection[str]) -> None:
    """Note beside what is left to do what waits for a person.

    Raises:
        DanvanError: if it cannot be written.
    """
    write(mine.path, _text(mine.turn, mine.todo.union(what)))


def edited_since(path: Path, mine: Pending, data: bytes) -> bool:
    """Tell whether a file that is to become `data` was written after this delivery had noted that it would write it."""
    try:
        return path.stat().st_mtime_ns > mine.path.stat().st_mtime_ns and read_bytes(path) != data
    except FileNotFoundError:
        return False


def _others(root: Path, mine: Pending) -> Iterator[Pending]:
    unit = mine.path.relative_to(root).parts[0]
    for path in sorted((root / unit).glob(f"*/*/{PENDING}")):
        one = pending(path.parent) if path != mine.path else None
        if one:
            yield one


def _left(one: Pending, todo: Collection[str]) -> None:
    if todo:
        write(one.path, _text(one.turn, todo))
    else:
        with suppress(OSError):  # what stays noted is done once more, to no effect
            one.path.unlink()


def _text(turn: int, todo: Collection[str]) -> bytes:
    return "".join(f"{line}\n" for line in (turn, *sorted(todo))).encode()
