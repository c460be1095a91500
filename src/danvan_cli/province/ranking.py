"""Ranking by block: self, verified and official scores side by side, places, bands, quotas, who is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from danvan_cli.province.notes import NOTES, Note
from danvan_cli.scoring.evaluate import evaluate
from danvan_cli.scoring.figures import exact
from danvan_cli.scoring.model import choose, scoring_day
from danvan_cli.scoring.ranking import over_quota, ranked_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from decimal import Decimal

    from danvan_cli.plan.model import Block, Plan, Unit
    from danvan_cli.province.notes import Basis
    from danvan_cli.province.review import Reviewing
    from danvan_cli.scoring.model import Rubric, RubricFile
    from danvan_cli.scoring.ranking import OverQuota
    from danvan_cli.scoring.result import Result


@dataclass(frozen=True)
class Standing:
    """A unit in its block: its scores (None where there is none), its place, the score that decides, what is to note."""

    unit: Unit
    self_total: Decimal | None = None
    verified: Decimal | None = None
    official: Decimal | None = None
    own_part: Decimal | None = None
    """What the team found of the criteria that the unit scores itself."""
    result: Result | None = None
    rank: int | None = None
    noted: tuple[Note, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to note, as a document says it."""
        return tuple(one.said(NOTES[one.code]) for one in self.noted)

    @property
    def later(self) -> Decimal | None:
        """The official score, else the verified one."""
        return self.official if self.official is not None else self.verified

    @property
    def difference(self) -> Decimal | None:
        """How far the verified score is from the self-score, over the criteria that the unit scores itself."""
        return self.own_part - self.self_total if self.own_part is not None and self.self_total is not None else None

    @property
    def band(self) -> str | None:
        """The band's name; None where the unit has none."""
        return self.result.band.name if self.result and self.result.band else None


@dataclass(frozen=True)
class BlockRanking:
    """A block's ranking, the best first; those without a place come last."""

    block: Block
    rubric: Rubric | None
    basis: Basis
    standings: tuple[Standing, ...]
    over: tuple[OverQuota, ...] = ()


def ranking(
    plan: Plan,
    rubrics: RubricFile,
    blocks: Iterable[Block],
    open_: Callable[[Unit], Reviewing | None],
    basis: Basis | None = None,
    doubts: Callable[[Reviewing], Iterable[str]] = lambda _one: (),
) -> list[BlockRanking]:
    """Rank blocks.

    A ranking rests on the furthest that any unit of the block has come to, if no `basis` is given; who has not come so
    far has no place. `open_` opens a unit's review, None where it has sent nothing; `doubts` says where a score
    contradicts what is known otherwise.
    """
    return [_block(plan, rubrics, block, open_, basis, doubts) for block in blocks]


def members(plan: Plan, block: Block) -> list[Unit]:
    """List who is ranked in a block: who exists on the day of scoring and was not let off."""
    day = scoring_day(plan)
    owed = [one for one in plan.deliverable_by_id.values() if one.kind == "self-score"]
    return [
        unit
        for unit in plan.units
        if unit.block == block.id and unit.there(day) and not (owed and all(plan.exempt(one, unit) for one in owed))
    ]


def _block(
    plan: Plan, rubrics: RubricFile, block: Block, open_: Callable[[Unit], Reviewing | None], basis: Basis | None,
    doubts: Callable[[Reviewing], Iterable[str]],
) -> BlockRanking:  # fmt: skip
    units = members(plan, block)
    rubric = choose(rubrics, plan, units[0]) if units else None
    sent = {unit.id: one for unit in units if (one := open_(unit)) is not None}
    mine = {name: one for name, one in sent.items() if rubric is not None and one.rubric.id == rubric.id}
    verified = {name: found for name, one in mine.items() if one.begun and not (found := one.result()).blanks}
    decided = {name: one.official.total for name, one in mine.items() if one.official}
    basis = basis or ("official" if decided else "verified" if verified else "self")
    results = {name: found for name, found in verified.items() if basis == "verified" or name in decided}
    if basis == "self":
        results = {name: one.self_result for name, one in mine.items()}
    ranks = ranked_places(rubric, results) if rubric else {}
    standings = []
    for name in (*ranks, *(unit.id for unit in units if unit.id not in ranks)):
        one, whole, result = mine.get(name), verified.get(name), results.get(name)
        notes = [*_of_score(one, whole)] + [Note("doubt", told) for told in doubts(one)] if one else []
        notes += _of_place(one, result, basis, other=name in sent)
        own = one.self_result.total if one and not one.self_result.blanks else None
        part = evaluate(one.rubric, one.record()).total if one and whole else None
        total = whole.total if whole else None
        unit = plan.unit_by_id[name]
        standings.append(Standing(unit, own, total, decided.get(name), part, result, ranks.get(name), tuple(notes)))
    over = tuple(over_quota(rubric, ranks, results)) if rubric else ()
    return BlockRanking(block, rubric, basis, tuple(standings), over)


def _of_score(one: Reviewing, verified: Result | None) -> Iterator[Note]:
    """Walk what is to note of how a unit was verified."""
    if one.official and verified is not None:
        band = verified.band.id if verified.band else None
        if (one.official.total, one.official.band) != (verified.total, band):
            yield Note("changed")
    if one.review.own:
        yield Note("own")


def _of_place(one: Reviewing | None, result: Result | None, basis: Basis, *, other: bool) -> Iterator[Note]:
    """Walk why a unit has no place, or none higher; `other`: what it sent is scored by another rubric."""
    if one is None:
        yield Note("other-rubric" if other else "not-sent")
    elif result is None:
        yield Note("not-verified" if basis == "verified" else "not-decided")
    elif result.by_points is None:
        yield Note("blank")
    elif not result.eligible:
        yield Note("not-eligible")
    yield from (Note("limited", limit.reason) for limit in (result.applied if result else ()))


def ranking_as_dict(one: BlockRanking) -> dict[str, Any]:
    """Give a block's ranking for programs; points as decimal strings."""
    places = one.rubric.rounding.places if one.rubric else 2

    def standing(it: Standing) -> dict[str, Any]:
        scores = {"self": it.self_total, "verified": it.verified, "official": it.official}
        points = {name: exact(score, places) for name, score in scores.items()}
        band = it.result.band.id if it.result and it.result.band else None
        return {"unit": it.unit.id, **points, "band": band, "rank": it.rank, "notes": list(it.notes)}

    over = [{"band": it.band.id, "units": list(it.units), "allowed": it.allowed, "of": it.of} for it in one.over]
    told = {"id": one.block.id, "name": one.block.name, "basis": one.basis}
    return told | {"ranking": [*map(standing, one.standings)], "over_quota": over}
