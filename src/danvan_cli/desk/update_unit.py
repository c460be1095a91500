"""A plan's edits brought into a unit's file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.plan.calendar import today
from danvan_cli.rules.check import check_text, functions_of
from danvan_cli.unit.adopt import keep_revision, sha12
from danvan_cli.unit.functions import proposed
from danvan_cli.unit.model import UnitRecord, empty_record
from danvan_cli.unit.update import Update, applied, compare
from danvan_cli.workspace import shown
from danvan_cli.yaml.held import Held
from danvan_cli.yaml.read import accepted, as_read
from danvan_cli.yaml.splice import spliced

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.model import Unit
    from danvan_cli.unit.adopt import Revisions
    from danvan_cli.yaml.read import Read
    from danvan_cli.yaml.yamlfile import YamlFile


@dataclass(frozen=True)
class Updated:
    """What a unit's file took in, or would take in."""

    unit: Unit
    path: Path
    update: Update
    proposed: UnitRecord | None = None
    """What is proposed for the tasks that come in."""


def bring_plan_edits(opened: Open, unit: Unit, revisions: Revisions, *, write: bool) -> Updated:
    """Find what a unit's file has not taken in, and let it take that in if it is to be written."""

    def check(read: Read[UnitRecord]) -> list[Finding]:
        return check_text(read, opened.levels)  # the rules are for what it will be: the plan has changed

    held = Held(UnitRecord, opened.unit_file(unit), check)
    done = Updated(unit, held.path, Update())

    def made(file: YamlFile) -> bytes:
        nonlocal done
        there = as_read(UnitRecord, file)
        record = accepted(held.path, there, check(there))
        for given, wanted in ((record.unit, unit.id), (record.plan, opened.plan.id)):
            if given != wanted:
                raise UsageError(
                    _("{path} là tệp của «{other}», không phải «{id}»", path=shown(held.path), other=given, id=wanted)
                )
        update = compare(opened.plan, unit, record, revisions.task, today())
        more = _proposed(opened, unit, update) if update.added else None
        done = Updated(unit, held.path, update, more)
        if not update.takes:
            return spliced(file, [])
        return applied(file, update, opened.plan, unit, sha12(opened.data), more)

    first = made(held.file)
    if write and done.update.takes:
        keep_revision(opened.workspace, opened.data)
        held.rewrite(lambda file: first if file is held.file else made(file))
    return done


def _proposed(opened: Open, unit: Unit, update: Update) -> UnitRecord:
    """Propose something for the tasks that come in, as `init-unit` does for all."""
    every = proposed(
        functions_of(opened.workspace.functions, opened.levels), opened.plan, unit, empty_record(opened.plan, unit)
    )
    new = {task.id for task in update.added}
    return every.model_copy(update={"tasks": {name: one for name, one in every.tasks.items() if name in new}})
