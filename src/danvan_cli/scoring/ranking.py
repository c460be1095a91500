"""Ranking within a block: order and ties by the rubric's rule; quotas are reported and change nothing.

Of a unit it tells what would have lifted it one band.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from danvan_cli.scoring.evaluate import rescaled
from danvan_cli.scoring.figures import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from danvan_cli.scoring.model import Band, Limit, Quota, Rubric
    from danvan_cli.scoring.result import Result, ScoredLine


@dataclass(frozen=True, slots=True)
class OverQuota:
    """A band that more units are in than the rubric allows: how many are, how many may be, of how many."""

    quota: Quota
    band: Band
    units: tuple[str, ...]
    allowed: int
    of: int


def ranked_places(rubric: Rubric, results: Mapping[str, Result]) -> dict[str, int | None]:
    """Rank units that one rubric scores from 1, the best first.

    Who has no complete score, or is denied ranking, has None and comes last, in the order given.

    Ties: `skip` gives 1-2-2-4, `dense` 1-2-2-3; `criteria` parts equal totals by the named criteria in turn, and what
    is equal even then as `skip` does.
    """
    ranked = {unit: one for unit, one in results.items() if one.band is not None}
    keys = {unit: _key(rubric, one) for unit, one in ranked.items()}
    order = sorted(ranked, key=keys.__getitem__, reverse=True)
    ranks: dict[str, int | None] = {}
    for number, (_total, equals) in enumerate(groupby(order, key=keys.__getitem__), start=1):
        ranks |= dict.fromkeys(equals, number if rubric.ties == "dense" else len(ranks) + 1)
    return ranks | dict.fromkeys(unit for unit in results if unit not in ranked)


def _key(rubric: Rubric, result: Result) -> tuple[Decimal, ...]:
    if rubric.ties != "criteria":
        return (result.total,)
    got = {one.criterion.id: one.points or ZERO for one in result.lines}
    return (result.total, *(got.get(name, ZERO) for name in rubric.tie_criteria))


def over_quota(rubric: Rubric, ranks: Iterable[str], results: Mapping[str, Result]) -> list[OverQuota]:
    """List the quotas that a ranking exceeds, its units in their order; the number allowed is rounded down."""
    bands = {unit: band.id for unit in ranks if (band := results[unit].band)}
    found = []
    for quota in rubric.quota:
        inside = tuple(unit for unit, band in bands.items() if band == quota.band)
        of = sum(not quota.of or band in quota.of for band in bands.values())
        allowed = int(of * quota.percent / 100)
        if len(inside) > allowed and quota.band in rubric.band_by_id:
            found.append(OverQuota(quota, rubric.band_by_id[quota.band], inside, allowed, of))
    return found


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
