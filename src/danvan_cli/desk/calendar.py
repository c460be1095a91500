"""The deadlines of a plan, or of one unit, as a file for calendar programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_cli.delivery.ics import ics
from danvan_cli.files import read_bytes
from danvan_cli.plan.timetable import task_days, tasks_of
from danvan_cli.unit.model import owed
from danvan_cli.word.save import save

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.word.save import Saved


@dataclass(frozen=True)
class DeadlinesMade:
    """The file that was written, how many deadlines it holds, and how many tasks have a time but no last day."""

    saved: Saved
    deadlines: int
    undated: int


def write_deadlines(opened: Open, unit: str | None, output: Path | None) -> DeadlinesMade:
    """Write the deadlines of a unit, named or standing here, else those of the plan."""
    plan = opened.plan
    who = opened.unit(unit) if unit or opened.workspace.unit_here() else None
    folder = opened.workspace.out(who.id) if who else opened.workspace.root / "build"
    path = output or folder / f"lich-{plan.year}.ics"
    every = list(plan.deliverable_by_id.values())
    if who:
        due = {one.id for one in owed(plan, who)}
        every = [one for one in every if one.id in due or plan.exempt(one, who)]
    dated = [(one, last, who) for one in every if (last := plan.last_day(one, who)) is not None]
    mine = tasks_of(plan, who)
    days = list(task_days(plan, mine))
    undated = len({task.id for task in mine if task.due and not task.ended} - {one.task.id for one in days})
    count = len(days) + sum(1 for one, _last, _who in dated if not (who and plan.exempt(one, who)))
    before = read_bytes(path) if path.is_file() else b""
    return DeadlinesMade(save(path, ics(plan, dated, days, unit=who, before=before)), count, undated)
