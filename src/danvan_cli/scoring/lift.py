"""Why a unit stands where it stands, and what would have lifted it one band."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_cli.scoring.evaluate import rescaled
from danvan_cli.scoring.figures import ZERO

if TYPE_CHECKING:
    from decimal import Decimal

    from danvan_cli.scoring.model import Band, Limit
    from danvan_cli.scoring.result import Result, ScoredLine


@dataclass(frozen=True)
class Lift:
    """What stands between a unit and the next band.

    `need` are the points of the total that are missing, `gains` the fewest criteria that together hold them, those
    that lost most first, with what each lost; empty where no criteria together hold so many. `limits` are the khống
    chế rules that would hold the unit below that band all the same.
    """

    band: Band
    need: Decimal
    gains: tuple[tuple[ScoredLine, Decimal], ...]
    limits: tuple[Limit, ...]


def lift(result: Result) -> Lift | None:
    """Tell what would have lifted a score one band; None where it is in the highest, or not complete."""
    if result.by_points is None:
        return None
    rubric = result.rubric
    now = result.band if result.eligible else None
    bands = sorted(rubric.bands, key=lambda one: one.start)
    above = [one for one in bands if now is None or one.start > now.start]
    if not above:
        return None
    goal = result.by_points if now is None else above[0]
    need = max(goal.start - result.total, ZERO)
    known = rubric.band_by_id
    holding = (
        one
        for one in result.applied
        if one.deny or ((held := known.get(one.cap or one.force or "")) and held.start < goal.start)
    )
    return Lift(goal, need, tuple(_gains(result, goal)) if need else (), tuple(holding))


def lost_points(result: Result) -> list[tuple[ScoredLine, Decimal]]:
    """List the criteria that lost points, with how many: those that lost most first."""
    found = [
        (line, line.most - line.points)
        for line in result.lines
        if line.part == "criteria" and line.state == "scored" and line.points is not None and line.points < line.most
    ]
    return sorted(found, key=lambda one: -one[1])


def _gains(result: Result, goal: Band) -> list[tuple[ScoredLine, Decimal]]:
    """Choose criteria, those that lost most first, until the total with what they lost reaches the goal."""
    earned, taken = result.earned, []
    for line, points in lost_points(result):
        earned += points
        taken.append((line, points))
        subtotal = rescaled(result.rubric, earned, result.scope, result.left_out)
        if max(subtotal + result.bonus - result.deductions, ZERO) >= goal.start:
            return taken
    return []
