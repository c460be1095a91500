"""A unit takes the plan over: its folder, its file, and the revision of the plan it relied on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_cli.files import write
from danvan_cli.unit.scaffold import scaffold

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.unit.model import UnitRecord
    from danvan_cli.workspace import Workspace


@dataclass(frozen=True)
class Adopted:
    """What adopting wrote: the unit's file, and whether it was made now or was there already."""

    path: Path
    made: bool


def sha12(data: bytes) -> str:
    """Name a revision of a plan: the first 12 hexadecimal digits of its file's SHA-256."""
    return hashlib.sha256(data).hexdigest()[:12]


def adopt(workspace: Workspace, plan: Plan, data: bytes, unit: Unit, recorded: UnitRecord | None = None) -> Adopted:
    """Make a unit's folder and file; what exists is left as it is.

    Args:
        workspace: where.
        plan: the plan that is adopted.
        data: the bytes of the plan's file, kept once for each revision that some unit has adopted.
        unit: who adopts it.
        recorded: what is filled in from the start (a sample, last year's record).

    Raises:
        DanvanError: if it cannot be written.
    """
    path = workspace.unit(unit.id) / "unit.yaml"
    if path.exists():
        return Adopted(path, made=False)
    name = sha12(data)
    write(workspace.adopted(name), data)
    write(path, scaffold(plan, unit, name, recorded).encode())
    return Adopted(path, made=True)
