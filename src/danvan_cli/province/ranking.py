"""Ranking by block: self, verified and official scores side by side, places, bands, quotas, who is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from danvan_cli.scoring.choose import choose, scoring_day
from danvan_cli.scoring.evaluate import evaluate
from danvan_cli.scoring.figures import exact
from danvan_cli.scoring.ranking import over_quota, ranked_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from decimal import Decimal

    from danvan_cli.plan.model import Block, Plan, Unit
    from danvan_cli.province.review import Reviewing
    from danvan_cli.scoring.model import Rubric, RubricFile
    from danvan_cli.scoring.ranking import OverQuota
    from danvan_cli.scoring.result import Result

Basis = Literal["self", "verified", "official"]
BASES: Final[dict[Basis, str]] = {"self": "tự chấm", "verified": "thẩm định", "official": "chính thức"}
"""What a ranking can rest on, and what a document calls it."""


class Note(NamedTuple):
    """What is to note of a unit: a key of `NOTES`, and the reason that goes with it."""

    code: str
    reason: str = ""


NOTES: Final = {
    "changed": "điểm chính thức khác điểm tính lại từ hồ sơ thẩm định",
    "own": "đơn vị tự thẩm định",
    "other-rubric": "chấm theo bộ tiêu chí khác với khối",
    "not-sent": "chưa gửi hồ sơ tự chấm",
    "not-verified": "chưa thẩm định xong",
    "not-decided": "chưa có quyết định",
    "blank": "còn tiêu chí chưa chấm",
    "not-eligible": "không đủ điều kiện xếp loại",
    "limited": "khống chế: {reason}",
    "doubt": "trái với sổ theo dõi: {reason}",
}
"""What is to note, as a document says it."""


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
        return tuple(NOTES[one.code].format(reason=one.reason) for one in self.noted)

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


@dataclass
class _Scored:
    unit: Unit
    self_total: Decimal
    self_result: Result
    verified: Result | None
    official: Decimal | None
    own_part: Decimal | None = None
    noted: list[Note] = field(default_factory=list)


def ranking(
    plan: Plan,
    rubrics: RubricFile,
    blocks: Iterable[Block],
    open_: Callable[[Unit], Reviewing | None],
    basis: Basis | None = None,
    doubts: Callable[[Reviewing], Iterable[str]] = lambda _one: (),
) -> list[BlockRanking]:
    """Rank blocks.

    Args:
        plan: the plan.
        rubrics: the year's rubrics.
        blocks: which.
        open_: opens a unit's review; None where it has sent nothing.
        basis: what the ranking rests on; None for the furthest that any unit of the block has come to. Who has not
            come so far has no place.
        doubts: says where a score contradicts what is known otherwise.
    """
    return [_block(plan, rubrics, block, open_, basis, doubts) for block in blocks]


def members(plan: Plan, block: Block) -> list[Unit]:
    """List who is ranked in a block: who exists on the day of scoring and was not let off."""
    day = scoring_day(plan)
    owed = [one for one in plan.deliverable_by_id.values() if one.kind == "self-score"]
    return [
        unit
        for unit in plan.units
        if unit.block == block.id
        and (unit.start is None or unit.start <= day)
        and (unit.end is None or unit.end >= day)
        and not (owed and all(plan.exempt(one, unit) for one in owed))
    ]


def _block(
    plan: Plan, rubrics: RubricFile, block: Block, open_: Callable[[Unit], Reviewing | None], basis: Basis | None,
    doubts: Callable[[Reviewing], Iterable[str]],
) -> BlockRanking:  # fmt: skip
    units = members(plan, block)
    found: dict[str, _Scored] = {}
    rubric = choose(rubrics, plan, units[0]) if units else None
    others = []
    for unit in units:
        one = open_(unit)
        if one is None:
            continue
        if rubric is None or one.rubric.id != rubric.id:
            others.append(unit.id)
            continue
        found[unit.id] = _scored(unit, one)
        found[unit.id].noted += [Note("doubt", told) for told in doubts(one)]
    basis = basis or _furthest(list(found.values()))
    results = {name: result for name, one in found.items() if (result := _result(one, basis)) is not None}
    places = ranked_places(rubric, results) if rubric else []
    at = {place.unit: place.rank for place in places}
    order = [place.unit for place in places] + [unit.id for unit in units if unit.id not in at]
    standings = tuple(
        _standing(plan.unit_by_id[name], found.get(name), results.get(name), at.get(name), basis, other=name in others)
        for name in order
    )
    over = tuple(over_quota(rubric, places)) if rubric else ()
    return BlockRanking(block, rubric, basis, standings, over)


def _furthest(found: Sequence[_Scored]) -> Basis:
    """Tell what the furthest of a block has come to."""
    if any(one.official is not None for one in found):
        return "official"
    return "verified" if any(one.verified is not None for one in found) else "self"


def _scored(unit: Unit, one: Reviewing) -> _Scored:
    verified = one.result() if one.begun else None
    if verified is not None and verified.blanks:
        verified = None
    official = one.official
    own = evaluate(one.rubric, one.record()).total if verified is not None else None
    scored = _Scored(unit, one.self_result.total, one.self_result, verified, official.total if official else None, own)
    if official and verified is not None:
        band = verified.band.id if verified.band else None
        if (official.total, official.band) != (verified.total, band):
            scored.noted.append(Note("changed"))
    if one.review.own:
        scored.noted.append(Note("own"))
    return scored


def _result(one: _Scored, basis: Basis) -> Result | None:
    if basis == "self":
        return one.self_result
    if basis == "official" and one.official is None:
        return None
    return one.verified


def _standing(
    unit: Unit, one: _Scored | None, result: Result | None, place: int | None, basis: Basis, *, other: bool
) -> Standing:
    notes = list(one.noted) if one else []
    if other:
        notes.append(Note("other-rubric"))
    elif one is None:
        notes.append(Note("not-sent"))
    elif result is None:
        notes.append(Note("not-verified" if basis == "verified" else "not-decided"))
    elif result.by_points is None:
        notes.append(Note("blank"))
    elif not result.eligible:
        notes.append(Note("not-eligible"))
    if result is not None:
        notes += [Note("limited", limit.reason) for limit in result.applied]
    return Standing(
        unit,
        one.self_total if one and not one.self_result.blanks else None,
        one.verified.total if one and one.verified else None,
        one.official if one else None,
        one.own_part if one else None,
        result,
        place,
        tuple(notes),
    )


def ranking_as_dict(one: BlockRanking) -> dict[str, Any]:
    """Give a block's ranking for programs; points as decimal strings."""
    places = one.rubric.rounding.places if one.rubric else 2
    return {
        "id": one.block.id,
        "name": one.block.name,
        "basis": one.basis,
        "ranking": [
            {
                "unit": it.unit.id,
                "self": exact(it.self_total, places),
                "verified": exact(it.verified, places),
                "official": exact(it.official, places),
                "band": it.result.band.id if it.result and it.result.band else None,
                "rank": it.rank,
                "notes": list(it.notes),
            }
            for it in one.standings
        ],
        "over_quota": [
            {"band": it.band.id, "units": list(it.units), "allowed": it.allowed, "of": it.of} for it in one.over
        ],
    }
