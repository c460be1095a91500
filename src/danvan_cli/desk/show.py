"""The plan at a glance: the tasks and what is to be sent; the deadlines as a file for calendar programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.typed import called

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Area, Deliverable, Task, Unit
    from danvan_cli.word.save import Saved


def found_by_name(opened: Open, name: str) -> Task | Area | Unit:
    """Find what of the plan is called so: a task, else an area, else a unit."""
    plan = opened.plan
    if called(name, {one.id: (one.label,) for one in plan.tasks}):
        return opened.task(name)
    if called(name, {one.id: () for one in plan.areas}):
        return opened.area(name)
    return opened.unit(name) if opened.is_unit(name) else opened.task(name)


def choose_shown(
    opened: Open, owner: str | None, area: str | None, before: date | None, task: Task | None
) -> tuple[list[tuple[Area, list[Task]]], list[tuple[Deliverable, date | None]]]:
    """Choose what is shown of a plan: one task, what a unit has to do, an area, what has a last day before this one.

    Gives areas with those of their tasks, and what is to be sent, each with its last day on time.
    """
    plan = opened.plan
    unit = opened.unit(owner) if owner else None

    def due(last: date | None) -> bool:
        return before is None or (last is not None and last < before)

    def asked_for(one: Task) -> bool:
        return (unit is None or plan.binds(one.owners, unit)) and (task is None or one is task)

    areas = [(one, [*filter(asked_for, one.tasks)]) for one in ([opened.area(area)] if area else plan.areas)]
    if task is not None:
        return [(one, tasks) for one, tasks in areas if tasks], []
    if before is not None:
        areas = [(one, [it for it in tasks if any(map(due, plan.when(it.due).days))]) for one, tasks in areas]
        areas = [(one, tasks) for one, tasks in areas if tasks]
    sent = [one for one in plan.deliverable_by_id.values() if unit is None or plan.owes(one, unit)]
    dated = [(one, plan.last_day(one, unit)) for one in sent]
    return areas, [] if area else [(one, last) for one, last in dated if due(last)]


def write_deadlines(opened: Open, unit: str | None, output: Path | None) -> tuple[Saved, int, int]:
    """Write the deadlines of a unit, named or standing here, else those of the plan.

    Gives how many there are, too, and how many tasks have a time but no last day.
    """
    from danvan_cli.delivery.ics import ics
    from danvan_cli.files import read_bytes
    from danvan_cli.plan.days import task_days
    from danvan_cli.unit.model import owed
    from danvan_cli.word.save import save

    plan = opened.plan
    who = opened.unit(unit) if unit or opened.workspace.unit_here() else None
    folder = opened.workspace.out(who.id) if who else opened.workspace.root / "build"
    path = output or folder / f"lich-{plan.year}.ics"
    every = list(plan.deliverable_by_id.values())
    if who:
        due = {one.id for one in owed(plan, who)}
        every = [one for one in every if one.id in due or plan.exempt(one, who)]
    dated = [(one, last, who) for one in every if (last := plan.last_day(one, who)) is not None]
    record = opened.record_unchecked(who) if who else None
    own = {name: one.due for name, one in record.tasks.items()} if record else {}
    left = {name for name, one in record.tasks.items() if not one.applies} if record else set()
    mine = [it for it in plan.tasks if who is None or (plan.binds(it.owners, who) and it.id not in left)]
    every_day = list(task_days(plan, mine, own))
    timed = {task.id for task in mine if (own.get(task.id) or task.due) and not task.ended}
    undated = len(timed - {one.task.id for one in every_day})
    days = [one for one in every_day if who is None or who.there(one.last)]
    count = len(days) + sum(1 for one, _last, _who in dated if not (who and plan.exempt(one, who)))
    before = read_bytes(path) if path.is_file() else b""
    return save(path, ics(plan, dated, days, unit=who, before=before)), count, undated
