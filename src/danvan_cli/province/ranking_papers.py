"""The documents and the workbook that tell a ranking."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.excel.look import written
from danvan_cli.papers import contexts
from danvan_cli.province.ranking import BASES
from danvan_cli.province.reminders import record_of
from danvan_cli.scoring.figures import shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from danvan_cli.excel.look import Book
    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.province.ranking import BlockRanking, Standing
    from danvan_cli.unit.model import UnitRecord

TEAM: Final = "quyet-dinh-doan-tham-dinh"
"""The decision that founds the team."""
_NONE: Final = "–"
"""What stands where there are no points and none are to come."""


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
