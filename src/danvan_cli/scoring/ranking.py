"""Ranking within a block: order and ties by the rubric's rule; quotas are reported and change nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from danvan_cli.scoring.model import Band, Quota, Rubric
    from danvan_cli.scoring.result import Result


@dataclass(frozen=True, slots=True)
class Place:
    """A unit's place: its rank from 1; None where it has no complete score or is denied ranking."""

    unit: str
    result: Result
    rank: int | None


@dataclass(frozen=True, slots=True)
class OverQuota:
    """A band that more units are in than the rubric allows: how many are, how many may be, of how many."""

    quota: Quota
    band: Band
    units: tuple[str, ...]
    allowed: int
    of: int


def ranked_places(rubric: Rubric, results: Mapping[str, Result]) -> list[Place]:
    """Rank units that one rubric scores, the best first; those without a rank come last, in the order given.

    Ties: `skip` gives 1-2-2-4, `dense` 1-2-2-3; `criteria` parts equal totals by the named criteria in turn, and what
    is equal even then as `skip` does.
    """
    ranked = {unit: one for unit, one in results.items() if one.band is not None}
    keys = {unit: _key(rubric, one) for unit, one in ranked.items()}
    order = sorted(ranked, key=keys.__getitem__, reverse=True)
    places: list[Place] = []
    for number, (_total, equals) in enumerate(groupby(order, key=keys.__getitem__), start=1):
        here = number if rubric.ties == "dense" else len(places) + 1
        places += [Place(unit, ranked[unit], here) for unit in equals]
    return [*places, *(Place(unit, one, None) for unit, one in results.items() if unit not in ranked)]


def _key(rubric: Rubric, result: Result) -> tuple[Decimal, ...]:
    if rubric.ties != "criteria":
        return (result.total,)
    got = {one.criterion.id: one.points or Decimal(0) for one in result.lines}
    return (result.total, *(got.get(name, Decimal(0)) for name in rubric.tie_criteria))


def over_quota(rubric: Rubric, places: list[Place]) -> list[OverQuota]:
    """List the quotas that a ranking exceeds; the number allowed is rounded down."""
    bands = {place.unit: place.result.band.id for place in places if place.result.band is not None}
    found = []
    for quota in rubric.quota:
        inside = tuple(unit for unit, band in bands.items() if band == quota.band)
        of = sum(not quota.of or band in quota.of for band in bands.values())
        allowed = int(of * quota.percent / 100)
        if len(inside) > allowed and quota.band in rubric.band_by_id:
            found.append(OverQuota(quota, rubric.band_by_id[quota.band], inside, allowed, of))
    return found
