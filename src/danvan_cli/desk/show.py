"""The plan at a glance: the tasks and what is to be sent, of all, of one unit, of an area, or due before a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Area, Deliverable, Task


@dataclass(frozen=True)
class Chosen:
    """Areas with those of their tasks that were asked for, and what is to be sent, each with its last day on time."""

    areas: list[tuple[Area, list[Task]]]
    deliverables: list[tuple[Deliverable, date | None]]


def chosen(opened: Open, owner: str | None, area: str | None, before: date | None) -> Chosen:
    """Choose what is shown of a plan.

    Args:
        opened: the workspace.
        owner: only what this unit has to do.
        area: only this area.
        before: only what has a last day before this one.

    Raises:
        UsageError: if there is no such unit or area.
    """
    plan = opened.plan
    unit = opened.unit(owner) if owner else None

    def due(last: date | None) -> bool:
        return before is None or (last is not None and last < before)

    areas = [
        (one, [it for it in one.tasks if unit is None or plan.binds(it.owners, unit)])
        for one in ([opened.area(area)] if area else plan.areas)
    ]
    if before is not None:
        areas = [(one, [it for it in tasks if any(map(due, plan.when(it.due).days))]) for one, tasks in areas]
        areas = [(one, tasks) for one, tasks in areas if tasks]
    sent = [one for one in plan.deliverable_by_id.values() if unit is None or plan.owes(one, unit)]
    dated = [(one, plan.last_day(one, unit)) for one in sent]
    return Chosen(areas, [] if area else [(one, last) for one, last in dated if due(last)])
