"""The deadlines of a plan, or of one unit, as a file for calendar programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_cli.delivery.ics import ics
from danvan_cli.unit.model import owed
from danvan_cli.word.save import save

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.word.save import Saved


@dataclass(frozen=True)
class DeadlinesMade:
    """The file that was written, and how many deadlines it holds."""

    saved: Saved
    deadlines: int


def write_deadlines(opened: Open, unit: str | None, output: Path | None) -> DeadlinesMade:
    """Write the deadlines of a unit, named or standing here, else those of the plan.

    Raises:
        UsageError: if there is no such unit.
        DanvanError: if the file cannot be written.
    """
    plan = opened.plan
    who = opened.unit(unit) if unit or opened.workspace.unit_here() else None
    folder = opened.workspace.out(who.id) if who else opened.workspace.root / "build"
    path = output or folder / f"lich-{plan.year}.ics"
    every = owed(plan, who) if who else list(plan.deliverable_by_id.values())
    dated = [(one, last, who) for one in every if (last := plan.last_day(one, who)) is not None]
    return DeadlinesMade(save(path, ics(plan, dated)), len(dated))
