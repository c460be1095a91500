"""Which rubric scores a unit: the one for its block that is in force on the day of the self-score."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.scoring.model import Rubric, RubricFile


def rubric_path(plan: Path) -> Path:
    """Tell where the rubrics of a plan's year lie: `plans/2023.rubric.yaml` beside `plans/2023.yaml`."""
    return plan.with_name(f"{plan.stem}.rubric.yaml")


def scoring_day(plan: Plan) -> date:
    """Tell the day whose rubrics count: the last day of sending the self-score, else the year's last day."""
    days = (plan.last_day(one) for one in plan.deliverables if one.kind == "self-score")
    return next((day for day in days if day), date(plan.year, 12, 31))


def choose(rubrics: RubricFile, plan: Plan, unit: Unit | None, name: str | None = None) -> Rubric | None:
    """Choose the rubric for a unit, the latest version; a name (as in `score.yaml`) goes before the day.

    The unit is None for a file of answers that names none.
    """
    day = scoring_day(plan)
    fit = [one for one in rubrics.rubrics if unit is None or unit.block in one.blocks]
    named = [one for one in fit if one.id == name]
    return max(
        named or (one for one in fit if one.in_force(day)),
        key=lambda one: (one.in_force(day), one.start, one.version),
        default=None,
    )
