"""The days of tasks: what a plan's words of time come to, for what follows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from danvan_cli.plan.model import Plan, Task, Unit


@dataclass(frozen=True)
class TaskDay:
    """A last day on time of a task; `turn` counts those of what recurs, from 1."""

    task: Task
    turn: int
    last: date


def task_days(
    plan: Plan, tasks: Iterable[Task], own: Mapping[str, date | str | None] | None = None
) -> Iterator[TaskDay]:
    """Give each last day of tasks that have any, in the tasks' order; what has ended has none.

    `own` are the times that a unit has set itself, by the task's id.
    """
    for task in tasks:
        due = (own or {}).get(task.id) or task.due
        if due and not task.ended:
            yield from (TaskDay(task, turn, last) for turn, last in enumerate(plan.when(due).days, 1))


def next_days(
    plan: Plan, tasks: Iterable[Task], as_of: date, own: Mapping[str, date | str | None] | None = None
) -> list[TaskDay]:
    """Give for each task that has days the next one, the last one where all have passed; the earliest first."""
    found: dict[str, TaskDay] = {}
    for one in task_days(plan, tasks, own):
        if one.task.id not in found or found[one.task.id].last < as_of:
            found[one.task.id] = one
    return sorted(found.values(), key=lambda one: one.last)


def tasks_of(plan: Plan, unit: Unit | None) -> list[Task]:
    """List the tasks that bind a unit; of nobody in particular all."""
    return [task for task in plan.tasks if unit is None or plan.binds(task.owners, unit)]
