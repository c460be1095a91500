"""A unit begun: its folder, its file to fill in and the draft of its implementation plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_cli.desk.init import guard
from danvan_cli.desk.report import document_path, unit_document
from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.rules.check import check_unit
from danvan_cli.unit.adopt import adopt
from danvan_cli.unit.model import UnitRecord, owed
from danvan_cli.word.save import save
from danvan_cli.workspace import shown
from danvan_cli.yaml.read import accepted, read

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Unit
    from danvan_cli.word.save import Saved


@dataclass(frozen=True)
class Started:
    """What was done for a unit: its file (made now or left), its draft (`saved` where it was written), its blanks."""

    file: Path
    made: bool
    document: Path | None = None
    saved: Saved | None = None
    blanks: int = 0


def start(opened: Open, unit: Unit, source: Path | None = None) -> Started:
    """Make what a unit lacks: its file, and the draft of its implementation plan.

    Args:
        opened: the workspace and its plan.
        unit: who.
        source: a unit's file to fill in from.

    Raises:
        DanvanError: if a file has errors or cannot be written.
    """
    guard(opened.workspace)
    recorded = _recorded(opened, unit, source) if source else None
    adopted = adopt(opened.workspace, opened.plan, opened.data, unit, recorded)
    deliverable = next((one for one in owed(opened.plan, unit) if one.kind == "plan"), None)
    if deliverable is None:
        return Started(adopted.path, adopted.made)
    path = document_path(opened, unit, deliverable)
    if path.exists():
        return Started(adopted.path, adopted.made, path)
    rendered = unit_document(opened, unit, opened.record(unit), deliverable)
    return Started(adopted.path, adopted.made, path, save(path, rendered.data), len(rendered.blanks))


def _recorded(opened: Open, unit: Unit, source: Path) -> UnitRecord:
    """Read the file that a unit's is filled in from."""
    there = read(UnitRecord, source)
    found = check_unit(there, opened.plan)
    given = accepted(source, there, found)
    opened.tell_doubts(found)
    if given.unit != unit.id:
        raise UsageError(
            _("{path} là tệp của «{other}», không phải «{id}»", path=shown(source), other=given.unit, id=unit.id)
        )
    return given
