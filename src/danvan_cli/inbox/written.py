"""What a delivery changed in a unit's files: kept beside its receipt as it was before and after, so that it can be taken back."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.delivery.bag import RECORDS
from danvan_cli.errors import DanvanError
from danvan_cli.files import read_bytes, write
from danvan_cli.inbox.records import dated, held_record, packaged
from danvan_cli.ooxml.parts import read_parts
from danvan_cli.word.package import zipped_parts
from danvan_cli.yaml.splice import Clash, Put, merged, swap
from danvan_cli.yaml.tree import at, same
from danvan_cli.yaml.yamlfile import YamlFile

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.delivery.store import Filed
    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.workspace import Workspace
    from danvan_cli.yaml.yamlfile import Loc

WRITTEN: Final = "written"
"""The folder's name, beside the receipt: in it, for each time, what was there before and after, each one file."""
_BEFORE, _AFTER = "-before.zip", "-after.zip"


class Back(NamedTuple):
    """What became of a file when a delivery was taken back.

    `done`: `gone` (the file, which had come with it), `whole` (as it was), `part`, `none`; `left` are the places that stay.
    """

    path: Path
    done: str
    left: tuple[Loc, ...] = ()
    why: str = ""


def begin(workspace: Workspace, unit: str, folder: Path) -> Path:
    """Keep a unit's files as they are before a delivery changes them; one that was interrupted goes on. Give where."""
    times = _times(folder)
    path = folder / WRITTEN / f"{len(times) + 1}{_BEFORE}"
    if times and not _after(times[-1]).exists():
        return times[-1]
    write(path, zipped_parts(_records(workspace, unit)))
    return path


def end(workspace: Workspace, unit: str, before: Path) -> None:
    """Keep a unit's files as a delivery left them; nothing where it changed none."""
    records = _records(workspace, unit)
    if records != _kept(before):
        write(_after(before), zipped_parts(records))
        return
    before.unlink()
    with suppress(OSError):  # what was kept of another time
        before.parent.rmdir()


def take_back(workspace: Workspace, plan: Plan, unit: Unit, one: Filed) -> list[Back]:
    """Take back what a delivery changed, where nobody has changed it since and no other delivery says the same.

    Raises:
        DanvanError: if a file cannot be written.
    """
    out: dict[str, Back] = {}
    for time in reversed([it for it in _times(one.folder) if _after(it).exists()]):
        before, after = _kept(time), _kept(_after(time))
        for name in RECORDS:
            if name in after and before.get(name) != after[name]:
                paths = (path for _filed, path in packaged(workspace, plan, unit, name, one.folder))
                others = [YamlFile(name, read_bytes(path)).root for path in paths]
                there = workspace.unit(unit.id) / name
                out[name] = _back(there, plan, before.get(name), after[name], others)
    return list(out.values())


def _back(path: Path, plan: Plan, before: bytes | None, after: bytes, others: list[Any]) -> Back:
    now = _bytes(path)
    if now is None or now == before:
        return Back(path, "none")
    if not others and now == after:
        if before is None:
            path.unlink()
            return Back(path, "gone")
        swap(path, now, before)
        return Back(path, "whole")
    if before is None:
        return Back(path, "none", ((),))
    held = held_record(path, plan)
    found = [*merged(held.file.root, YamlFile(path.name, before).root, [YamlFile(path.name, after).root])]
    left = [it.loc for it in found if isinstance(it, Clash)]
    puts = []
    for it in found:
        if isinstance(it, Put):
            mine = at(held.file.root, it.loc)
            said = any(mine not in (None, "", [], {}) and same(at(other, it.loc), mine) for other in others)
            left += [it.loc] if said else []
            puts += [] if said else [Put(it.loc, dated(it.value))]
    try:
        held.put(puts)
    except DanvanError as error:
        return Back(path, "none", tuple(it.loc for it in found), error.message)
    return Back(path, ("part" if left else "whole") if puts else "none", tuple(left))


def _times(folder: Path) -> list[Path]:
    """List what was kept of each time before it, in order."""
    found = {one.name.removesuffix(_BEFORE): one for one in (folder / WRITTEN).glob(f"*{_BEFORE}")}
    return [found[number] for number in sorted(filter(str.isdecimal, found), key=int)]


def _after(before: Path) -> Path:
    return before.with_name(f"{before.name.removesuffix(_BEFORE)}{_AFTER}")


def _records(workspace: Workspace, unit: str) -> dict[str, bytes]:
    return {name: data for name in RECORDS if (data := _bytes(workspace.unit(unit) / name)) is not None}


def _kept(path: Path) -> dict[str, bytes]:
    return read_parts(read_bytes(path), path)


def _bytes(path: Path) -> bytes | None:
    return read_bytes(path) if path.is_file() else None
