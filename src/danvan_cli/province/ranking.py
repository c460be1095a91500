"""Ranking by block: self, verified and official scores side by side, places, bands, quotas, who is missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from danvan_cli.documents import contexts
from danvan_cli.province.books import written
from danvan_cli.province.reminders import record_of
from danvan_cli.scoring.choose import choose, scoring_day
from danvan_cli.scoring.figures import shown
from danvan_cli.scoring.ranking import over_quota, rank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from decimal import Decimal

    from danvan_cli.plan.model import Block, Plan, Unit
    from danvan_cli.province.books import Book
    from danvan_cli.province.review import Reviewing
    from danvan_cli.scoring.model import Rubric, RubricFile
    from danvan_cli.scoring.ranking import OverQuota
    from danvan_cli.scoring.result import Result
    from danvan_cli.unit.model import UnitRecord

Basis = Literal["self", "verified", "official"]
TEAM: Final = "quyet-dinh-doan-tham-dinh"
"""The decision that founds the team."""
_NONE: Final = "–"
"""What stands where there are no points and none are to come."""
BASES: Final[dict[Basis, str]] = {"self": "tự chấm", "verified": "thẩm định", "official": "chính thức"}
"""What a ranking can rest on, and what a document calls it."""


@dataclass(frozen=True)
class Standing:
    """A unit in its block: its scores (None where there is none), its place, the score that decides, what is to note."""

    unit: Unit
    self_total: Decimal | None = None
    verified: Decimal | None = None
    official: Decimal | None = None
    result: Result | None = None
    rank: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def difference(self) -> Decimal | None:
        """How far the verified score is from the self-score."""
        later = self.official if self.official is not None else self.verified
        return later - self.self_total if later is not None and self.self_total is not None else None

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
    notes: list[str] = field(default_factory=list)


def ranking(
    plan: Plan,
    rubrics: RubricFile,
    blocks: Iterable[Block],
    open_: Callable[[Unit], Reviewing | None],
    basis: Basis | None = None,
) -> list[BlockRanking]:
    """Rank blocks.

    Args:
        plan: the plan.
        rubrics: the year's rubrics.
        blocks: which.
        open_: opens a unit's review; None where it has sent nothing.
        basis: what the ranking rests on; None for the furthest that any unit of the block has come to. Who has not
            come so far has no place.
    """
    return [_block(plan, rubrics, block, open_, basis) for block in blocks]


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
    plan: Plan, rubrics: RubricFile, block: Block, open_: Callable[[Unit], Reviewing | None], basis: Basis | None
) -> BlockRanking:
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
    if basis is None:
        basis = (
            "official"
            if any(one.official is not None for one in found.values())
            else "verified"
            if any(one.verified is not None for one in found.values())
            else "self"
        )
    results = {name: result for name, one in found.items() if (result := _result(one, basis)) is not None}
    places = rank(rubric, results) if rubric else []
    at = {place.unit: place.rank for place in places}
    order = [place.unit for place in places] + [unit.id for unit in units if unit.id not in at]
    standings = tuple(
        _standing(plan.unit_by_id[name], found.get(name), results.get(name), at.get(name), basis, other=name in others)
        for name in order
    )
    over = tuple(over_quota(rubric, places)) if rubric else ()
    return BlockRanking(block, rubric, basis, standings, over)


def _scored(unit: Unit, one: Reviewing) -> _Scored:
    verified = one.result() if one.begun else None
    if verified is not None and verified.blanks:
        verified = None
    official = one.official
    scored = _Scored(unit, one.self_result.total, one.self_result, verified, official.total if official else None)
    if official and verified is not None:
        band = verified.band.id if verified.band else None
        if (official.total, official.band) != (verified.total, band):
            scored.notes.append("điểm chính thức khác điểm tính lại từ hồ sơ thẩm định")
    if one.review.own:
        scored.notes.append("đơn vị tự thẩm định")
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
    notes = list(one.notes) if one else []
    if other:
        notes.append("chấm theo bộ tiêu chí khác với khối")
    elif one is None:
        notes.append("chưa gửi hồ sơ tự chấm")
    elif result is None:
        notes.append("chưa thẩm định xong" if basis == "verified" else "chưa có quyết định")
    elif result.by_points is None:
        notes.append("còn tiêu chí chưa chấm")
    elif not result.eligible:
        notes.append("không đủ điều kiện xếp loại")
    if result is not None:
        notes += [f"khống chế: {limit.reason}" for limit in result.applied]
    return Standing(
        unit,
        one.self_total if one and not one.self_result.blanks else None,
        one.verified.total if one and one.verified else None,
        one.official if one else None,
        result,
        place,
        tuple(notes),
    )


# Documents -----------------------------------------------------------------------------------------------------------


def as_dict(one: BlockRanking) -> dict[str, Any]:
    """Give a block's ranking for programs; points as decimal strings."""
    places = one.rubric.rounding.places if one.rubric else 2

    def told(value: Decimal | None) -> str | None:
        return f"{value:.{places}f}" if value is not None else None

    return {
        "id": one.block.id,
        "name": one.block.name,
        "basis": one.basis,
        "ranking": [
            {
                "unit": it.unit.id,
                "self": told(it.self_total),
                "verified": told(it.verified),
                "official": told(it.official),
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


def results_context(rankings: Sequence[BlockRanking]) -> contexts.Context:
    """Give what every document on results uses: counts, bands, who has none, a table by block."""
    every = [it for one in rankings for it in one.standings]
    bands = Counter(it.band for it in every if it.band)
    order = {band.name: band.start for one in rankings if one.rubric for band in one.rubric.bands}
    return {
        "counts": {"total": len(every), "scored": sum(1 for it in every if it.result is not None)},
        "bands": [
            {"name": name, "count": bands[name]} for name in sorted(order, key=lambda name: -order[name]) if bands[name]
        ],
        "excluded": [{"name": it.unit.name, "reason": "; ".join(it.notes)} for it in every if it.rank is None],
        "blocks": [{"name": one.block.name, "rows": [_row(one, it) for it in one.standings]} for one in rankings],
    }


def _row(one: BlockRanking, it: Standing) -> contexts.Context:
    places = one.rubric.rounding.places if one.rubric else 2
    later = it.official if it.official is not None else it.verified
    difference = it.difference

    def told(value: Decimal | None) -> str | None:
        return shown(value, places) if value is not None else None

    return {
        "name": it.unit.name,
        "self": told(it.self_total),
        "verified": told(later) or (_NONE if it.result is None else None),
        "difference": (("+" if difference > 0 else "") + shown(difference, places)) if difference is not None else None,
        "band": it.band or ("không xếp loại" if it.rank is None else None),
        "rank": it.rank,
        "note": "; ".join(it.notes) or None,
    }


def context(
    name: str, plan: Plan, verifier: Unit, record: UnitRecord | None, rankings: Sequence[BlockRanking],
    changes: Sequence[contexts.Context], *, final: bool, answer_by: str | None,
) -> contexts.Context:  # fmt: skip
    """Give what one of the documents on results uses.

    Args:
        name: its template.
        plan: the plan.
        verifier: who writes it.
        record: the verifier's record, if it has one here.
        rankings: the results.
        changes: the criteria whose points were changed: `unit`, `id`, `before`, `after`, `reason`.
        final: whether the results are final.
        answer_by: by when units may explain.
    """
    kinds = {
        "bien-ban-tham-dinh": "BB",
        "to-trinh-cong-nhan": "TTr",
        "quyet-dinh-cong-nhan": "QĐ",
        "thong-bao-ket-qua": "TB",
        TEAM: "QĐ",
    }
    told = contexts.common(plan, verifier, record_of(plan, verifier, record), kinds[name], None) | results_context(
        rankings
    )
    told["superior"] = plan.issuer.name
    if name == "bien-ban-tham-dinh":
        told.pop("signature")
        told.pop("superior")
        empty = {"name": None, "position": None}
        return told | {
            "held": {"from": None, "to": None, "place": None}, "present": [], "chair": empty, "secretary": empty,
            "changes": list(changes), "opinions": [], "conclusion": None,
        }  # fmt: skip
    if name == "thong-bao-ket-qua":
        return told | {"decision": {"number": None, "date": None}, "final": final, "answer_by": answer_by}
    if name == "to-trinh-cong-nhan":
        told.pop("superior")
        missing = [it.unit.name for one in rankings for it in one.standings if it.result is None]
        return told | {
            "to": [plan.issuer.name], "addressee": plan.issuer.name, "grounds": grounds(plan), "missing": missing, "process": None,
        }  # fmt: skip
    head = f"CHỦ TỊCH {plan.issuer.name.upper()}"
    letterhead = told["letterhead"] | {
        "superior": [], "issuer": plan.issuer.letterhead, "name": plan.issuer.name, "symbol": f"QĐ-{plan.issuer.abbr}", "place": plan.issuer.place,
    }  # fmt: skip
    told |= {
        "superior": None, "letterhead": letterhead, "signature": {"lines": ["CHỦ TỊCH"], "name": None}, "authority": [head],
        "grounds": grounds(plan), "proposer": f"Giám đốc {verifier.name}", "responsible": [],
    }  # fmt: skip
    if name == TEAM:
        return {key: value for key, value in told.items() if key not in _RESULTS} | {"members": [], "duties": []}
    return told | {"effect": None}


def grounds(plan: Plan) -> list[str]:
    """List what the documents rest on, as far as it is known: the plan."""
    number, when = plan.issued.number, plan.issued.date
    if not (number and when):
        return []
    bare = number.partition("/")[0]
    return [
        f"Kế hoạch số {bare}/KH-{plan.issuer.abbr} ngày {_day(when)} của {plan.issuer.name} về {plan.title[:1].lower()}{plan.title[1:]}"
    ]


def _day(when: date) -> str:
    from danvan_cli.text import long_day

    return long_day(when).removeprefix("ngày ")


_RESULTS: Final = frozenset({"counts", "bands", "excluded", "blocks"})
DOCUMENTS: Final = ("bien-ban-tham-dinh", "thong-bao-ket-qua", "to-trinh-cong-nhan", "quyet-dinh-cong-nhan")
"""The documents that a ranking is told in, by their templates."""


def as_workbook(plan: Plan, rankings: Sequence[BlockRanking]) -> bytes:
    """Write a ranking as a workbook: a sheet and a chart for each block, differences as formulas."""
    with written("Xếp hạng") as (book, out):
        for number, one in enumerate(rankings, start=1):
            _sheet(book, plan, one, number)
    return out.getvalue()


def _sheet(book: Book, plan: Plan, one: BlockRanking, number: int) -> None:
    places = one.rubric.rounding.places if one.rubric else 2
    figure = book.format(align="center", num_format=f"0.{'0' * places}" if places else "0")
    later = BASES["official" if one.basis == "official" else "verified"]
    heads = (
        "Hạng",
        "Cơ quan, đơn vị, địa phương",
        "Điểm tự chấm",
        f"Điểm {later}",
        "Chênh lệch",
        "Mức xếp loại",
        "Ghi chú",
    )
    title = f"{one.block.name.upper()}: XẾP HẠNG NĂM {plan.year}"
    sheet = book.sheet(f"Khối {number}", title, f"(Theo điểm {BASES[one.basis]})", heads, (8, 44, 14, 14, 12, 26, 44))
    for at, it in enumerate(one.standings, start=4):
        second = it.official if it.official is not None else it.verified
        values = (it.rank, it.unit.name, it.self_total, second, None, it.band, "; ".join(it.notes))
        sheet.row(at, values, (book.mid, book.text, figure, figure, figure, book.mid, book.text))
        formula = f'=IF(OR(C{at + 1}="",D{at + 1}=""),"",D{at + 1}-C{at + 1})'
        sheet.formula(at, 4, formula, it.difference, figure)
    ranked = sum(1 for it in one.standings if it.rank is not None)
    if ranked:
        sheet.made.insert_chart(5 + len(one.standings), 1, _chart(book, one, sheet.made.get_name(), ranked, heads))


def _chart(book: Book, one: BlockRanking, sheet: str, ranked: int, heads: Sequence[str]) -> Any:
    """Make the chart of a block's scores, the best on top."""
    column, font = (2 if one.basis == "self" else 3), {"name": "Times New Roman"}
    chart = book.book.add_chart({"type": "bar"})
    chart.add_series({
        "name": heads[column], "categories": [sheet, 4, 1, 3 + ranked, 1], "values": [sheet, 4, column, 3 + ranked, column],
        "data_labels": {"value": True},
    })  # fmt: skip
    chart.set_title({"name": f"Điểm {BASES[one.basis]}", "name_font": font | {"size": 13}})
    chart.set_y_axis({"reverse": True, "num_font": font})
    chart.set_x_axis({"min": 0, "max": float(one.rubric.max) if one.rubric else None, "num_font": font})
    chart.set_legend({"none": True})
    chart.set_size({"width": 900, "height": max(240, 26 * ranked + 120)})
    return chart
