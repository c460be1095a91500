"""How far a unit's file lags behind its plan: what it lacks, what has ended, whether it is history."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from danvan_cli.plan.model import Plan, Task, Unit
    from danvan_cli.unit.model import UnitRecord


def duties(plan: Plan, unit: Unit) -> list[Task]:
    """List the tasks that a plan lays on a unit, in its order."""
    return [task for task in plan.tasks if not task.ended and plan.binds(task.owners, unit)]


def gone(plan: Plan, unit: Unit, record: UnitRecord) -> list[str]:
    """List what a unit once took over and the plan no longer lays on it, where the file does not say so yet.

    What was never taken over (no fingerprint) and is not in the plan is a mistyped id, and none of these.
    """
    mine = {task.id for task in duties(plan, unit)}
    return [
        name
        for name, one in record.tasks.items()
        if name not in mine and not one.ended and (one.fingerprint or name in plan.task_by_id)
    ]


def lacking(plan: Plan, unit: Unit, record: UnitRecord) -> list[Task]:
    """List the tasks of a unit that its file does not hold, or holds as ended."""
    return [task for task in duties(plan, unit) if task.id not in record.tasks or record.tasks[task.id].ended]


def superseded(unit: Unit, today: date) -> bool:
    """Tell whether a unit is no more and others have its duties."""
    return bool(unit.successors) and unit.end is not None and unit.end < today
