"""A unit takes the plan over: its folder, its file, and the revision of the plan it relied on."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_cli.errors import DanvanError
from danvan_cli.files import write
from danvan_cli.lang import _
from danvan_cli.plan.model import Plan
from danvan_cli.unit.model import UnitRecord, fingerprint
from danvan_cli.unit.scaffold import scaffold
from danvan_cli.workspace import shown
from danvan_cli.yaml.held import locked
from danvan_cli.yaml.read import read as read_as

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.plan.model import Task, Unit
    from danvan_cli.workspace import Workspace

_NAME = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True)
class Adopted:
    """What adopting wrote: the unit's file, and whether it was made now or was there already."""

    path: Path
    made: bool


def sha12(data: bytes) -> str:
    """Name a revision of a plan: the first 12 hexadecimal digits of its file's SHA-256."""
    return hashlib.sha256(data).hexdigest()[:12]


def keep_revision(workspace: Workspace, data: bytes) -> None:
    """Keep a revision of a plan that some unit has adopted, once.

    Raises:
        DanvanError: if it cannot be written.
    """
    write(workspace.adopted(sha12(data)), data)


class Revisions:
    """The revisions of plans that units have adopted; each is read at most once, and only when it is asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._tasks: dict[str, dict[str, Task]] = {}

    def task(self, digest: str, name: str | None) -> Task | None:
        """Find a task as some unit took it over, by its fingerprint; None where no revision that was kept has it.

        `name` is the revision to look at first.
        """
        if name and (found := self._of(name).get(digest)):
            return found
        paths = sorted(self._workspace.adopted("x").parent.glob("*.yaml"))
        return next((found for path in paths if (found := self._of(path.stem).get(digest))), None)

    def _of(self, name: str) -> dict[str, Task]:
        """Give the tasks of a revision by their fingerprints; none where it cannot be read."""
        if name not in self._tasks:
            path = self._workspace.adopted(name) if _NAME.fullmatch(name) else None
            plan = read_as(Plan, path, alone=True).record if path and path.exists() else None
            self._tasks[name] = {fingerprint(task): task for task in plan.tasks} if plan else {}
        return self._tasks[name]


def adopt(workspace: Workspace, plan: Plan, data: bytes, unit: Unit, recorded: UnitRecord | None = None) -> Adopted:
    """Make a unit's folder and file, with what is filled in from the start; what exists is left as it is.

    The bytes of the plan's file are kept once for each revision that some unit has adopted.

    Raises:
        DanvanError: if it cannot be written, or what exists is of another plan, which would be taken for this one.
    """
    path = workspace.unit_file(unit.id)
    if path.exists():
        there = read_as(UnitRecord, path).record
        if there is not None and there.plan != plan.id:
            raise DanvanError(
                _(
                    "{path} là của kế hoạch «{other}», không phải «{id}»",
                    path=shown(path),
                    other=there.plan,
                    id=plan.id,
                ),
                help=_("mỗi thư mục làm việc chỉ có một kế hoạch; kế hoạch khác: danvan init TÊN-THƯ-MỤC"),
            )
        return Adopted(path, made=False)
    made = scaffold(plan, unit, sha12(data), recorded).encode()
    with locked(path):
        if path.exists():  # somebody else has begun it meanwhile
            return Adopted(path, made=False)
        keep_revision(workspace, data)
        write(path, made)
    return Adopted(path, made=True)
