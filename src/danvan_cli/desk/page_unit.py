"""A unit's own page: its duties, what its next report lacks, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.delivery.status import SENT
from danvan_cli.page import shown
from danvan_cli.plan.days import next_days
from danvan_cli.unit.model import duties, empty_record
from danvan_cli.unit.progress import next_steps, unit_progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from danvan_cli.desk.page_seen import Seen
    from danvan_cli.page.shown import Duty, Next
    from danvan_cli.plan.model import Task
    from danvan_cli.unit.progress import Progress


def of_unit(seen: Seen) -> tuple[tuple[Duty, ...], tuple[Next, ...]]:
    """Tell a unit's duties and what it does next."""
    unit, plan = seen.units[0], seen.plan
    record = seen.record(unit)
    came = {row.deliverable.id for row in seen.rows if row.state in SENT}
    done = unit_progress(plan, unit, record or empty_record(plan, unit), seen.as_of, came)
    own = tuple(_duties(seen, done))
    if record is None:
        begin = shown.Next("begin", unit.id, command=f"danvan init-unit {unit.id}")
        return own, () if seen.opened.workspace.unit_file(unit.id).exists() else (begin,)
    days = {
        row.deliverable.id: row.last_day for row in seen.rows
    }  # with what was put off, or given when it was returned
    open_ones = (it for one in done.deadlines for it in one.deliverables if done.period and it.period == done.period.id)
    last = next((days.get(one.id) for one in open_ones), None)
    names: dict[str, str] = {task.id: task.label for task in plan.tasks}
    names |= {one.id: one.name for one in plan.deliverable_by_id.values()}
    names |= {one.id: one.name for one in (plan.indicators.items if plan.indicators else ())}
    steps = (
        shown.Next(it.code, names.get(it.about, it.about), it.count, last, it.typed) for it in next_steps(done, unit.id)
    )
    return own, tuple(steps)


def _duties(seen: Seen, done: Progress) -> Iterator[Duty]:
    unit, plan = seen.units[0], seen.plan
    record = seen.record(unit) or empty_record(plan, unit)
    mine = duties(plan, unit)
    own = {name: one.due for name, one in record.tasks.items()}
    days = {one.task.id: one.last for one in next_days(plan, mine, seen.as_of, own)}
    areas = {task.id: area.title for area in plan.areas for task in area.tasks}
    lacks: tuple[tuple[shown.Lack, Sequence[Task]], ...] = (
        ("new", done.new),
        ("changed", done.changed),
        ("result", done.without_result),
        ("evidence", done.without_evidence),
    )
    for task in mine:
        it, last = record.task(task.id), days.get(task.id)
        yield shown.Duty(
            task.id,
            task.label,
            areas[task.id],
            "none" if not it.applies else it.status or "todo",
            last,
            (last - seen.as_of).days if last else None,
            tuple(code for code, those in lacks if any(one.id == task.id for one in those)),
            None if seen.public else it.lead,
            it.results.get(done.period.id) if done.period else None,
            seen.in_record(unit, ("tasks", task.id)) if task.id in record.tasks else seen.in_plan(task.loc),
        )
