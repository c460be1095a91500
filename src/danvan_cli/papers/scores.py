"""What the template of the self-score sheet (bảng tự chấm điểm) uses, made from a score that was computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from danvan_cli.papers import annexes, contexts
from danvan_cli.scoring.figures import plain, shown
from danvan_cli.unit.model import owed
from danvan_cli.word import chart
from danvan_cli.word.values import Blank

if TYPE_CHECKING:
    from decimal import Decimal

    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.scoring.result import Line, Result
    from danvan_cli.unit.model import UnitRecord

SCORE_TEMPLATE: Final = "bang-tu-cham-diem"
SCORE_REPORT_TEMPLATE: Final = "bao-cao-tu-cham-diem"

_SCORED_BY: Final = {
    "self": "Do đơn vị tự chấm",
    "verifier": "Do cơ quan thẩm định chấm",
    "superior": "Do cấp trên chấm",
    "survey": "Theo kết quả khảo sát",
}
_NOT_APPLIED: Final = {
    True: "Không áp dụng: được đủ điểm",
    False: "Không áp dụng: bỏ ra, quy đổi điểm các tiêu chí còn lại",
}


def score_context(plan: Plan, unit: Unit, record: UnitRecord, result: Result) -> contexts.Context:
    """Give what the template of the self-score sheet uses.

    Args:
        plan: the plan.
        unit: the unit.
        record: its record: letterhead, signature, the number of the sheet if it has one.
        result: its score.
    """
    deliverable = next((one for one in owed(plan, unit) if one.kind == "self-score"), None)
    context = contexts.common(plan, unit, record, "", deliverable)
    # A sheet has no type code of its own: it goes unnumbered with the report it belongs to, unless a number is known.
    number, _slash, symbol = ((record.sent(deliverable.id).number if deliverable else None) or "").partition("/")
    context["letterhead"] |= {"number": number or None, "symbol": symbol or unit.abbr, "unnumbered": not number}
    rubric, areas = result.rubric, _areas(result)
    return context | {
        "addressee": contexts.addressee(plan, unit, deliverable) if deliverable else None,
        "rubric": {
            "name": rubric.name,
            "version": str(rubric.version),
            "official": rubric.official,
            "source": rubric.source or "",
            "basis": list(rubric.basis),
        },
        "rows": _rows(result, "criteria"),
        "sum": {"most": plain(result.scope), "points": _sum(result, "criteria", result.earned)},
        "extras": [
            {
                "name": name,
                "most": plain(extra.max),
                "points": _sum(result, part, points),
                "rows": _rows(result, part),
            }
            for name, part, extra, points in (
                ("Điểm thưởng", "bonus", rubric.bonus, result.bonus),
                ("Điểm trừ", "deductions", rubric.deductions, result.deductions),
            )
            if extra
        ],
        "total": _total(result),
        "ranking": _ranking(result),
        "areas": areas if len(areas) <= chart.MAX_BARS else [],
        "evidence": [row for line in result.lines for row in _evidence(line)],
    }


def score_report_context(plan: Plan, unit: Unit, record: UnitRecord, result: Result) -> contexts.Context:
    """Give what the template of the report on the self-score uses: what the sheet has, as a report to somebody."""
    deliverable = next((one for one in owed(plan, unit) if one.kind == "self-score"), None)
    context = score_context(plan, unit, record, result)
    to = context["addressee"]
    return context | {
        "letterhead": contexts.common(plan, unit, record, "BC", deliverable)["letterhead"],
        "to": [to] if to else [],
        "remarks": record.remarks(deliverable.id if deliverable else "").model_dump(),
    }


def _points(result: Result, points: Decimal) -> str:
    return shown(points, result.rubric.rounding.places)


def _sum(result: Result, part: str, points: Decimal) -> str:
    """Write a part's sum; it stands empty while something of the part is blank."""
    return "" if any(one.part == part for one in result.blanks) else _points(result, points)


def _rows(result: Result, part: str) -> list[contexts.Context]:
    return [
        {
            "id": line.criterion.id,
            "title": line.criterion.title,
            "group": line.state == "group",
            "most": plain(line.most),
            "points": Blank(f"điểm {line.criterion.id}")
            if line.state == "blank" and part != "bonus"
            else ""
            if (points := _settled(line, result)) is None
            else _points(result, points),
            "basis": _basis(line),
        }
        for line in result.lines
        if line.part == part
    ]


def _settled(line: Line, result: Result) -> Decimal | None:
    """Give a line's points if they are final: no leaf of it is blank, and some leaf is scored here."""
    below = {leaf.id for leaf in line.criterion.leaves()}
    states = {one.state for one in result.lines if one.criterion.id in below}
    return None if "blank" in states or states == {"other"} else line.points


def _basis(line: Line) -> list[str]:
    """Write how a criterion's points come about, what stands behind them, what the unit explains."""
    if line.state == "other":
        return [_SCORED_BY[line.criterion.scorer]]
    answer, said = line.answer, []
    if line.state == "na":
        said.append(_NOT_APPLIED[line.points is not None])
    elif "→" in line.derivation:  # points that were typed say no more than their own column
        said.append(line.derivation.replace(" %", "\u00a0%").replace("→ ", "→\u00a0"))
    if answer.evidence:
        said.append(f"Căn cứ: {'; '.join(one.number or one.title for one in answer.evidence)}")
    if answer.note:
        said.append(f"Giải trình: {answer.note}")
    return said


def _total(result: Result) -> contexts.Context:
    """Give the total and how it comes about; a gap where something is still blank."""
    points, said = _points(result, result.total), []
    if result.blanks:
        said.append(f"Còn {len(result.blanks)} tiêu chí chưa chấm; cộng đến nay: {points}")
    elif "=" in result.derivation:
        said.append(result.derivation)
    others = [one for one in result.others if one.part == "criteria"]
    if others:
        who = dict.fromkeys(_SCORED_BY[one.criterion.scorer].lower() for one in others)
        said.append(f"Chưa gồm {plain(sum(one.most for one in others))} điểm: {'; '.join(who)}")
    return {
        "most": plain(result.rubric.max),
        "points": Blank("tổng điểm") if result.blanks else points,
        "basis": said,
    }


def _ranking(result: Result) -> contexts.Context:
    """Give the band that the unit ranks itself in, and the reasons of the limits that lower or deny it."""
    band, before = result.band, result.by_points
    if not result.eligible:
        denied = [limit.reason for limit in result.applied if limit.deny]
        return {"band": "không đủ điều kiện xếp loại", "by_points": None, "reasons": denied}
    if band is None or before is None or band.id == before.id:
        return {"band": band.name if band else None, "by_points": None, "reasons": []}
    limits = [limit.reason for limit in result.applied if band.id in {limit.cap, limit.force}]
    return {"band": band.name, "by_points": before.name, "reasons": limits}


def _areas(result: Result) -> list[contexts.Context]:
    """Give the chart's rows: the criteria of the first level; what is not final has no bar."""
    return [
        {
            "label": f"{line.criterion.id}. {line.criterion.title}",
            "value": _settled(line, result),
            "most": line.most,
        }
        for line in result.lines
        if line.part == "criteria" and line.depth == 1
    ]


def _evidence(line: Line) -> list[contexts.Context]:
    """List a criterion's evidence; an explanation stands instead of what is missing, else a gap."""
    if line.state not in {"scored", "na"}:
        return []
    empty = {"number": "", "date": "", "behind": "", "note": ""}
    rows: list[contexts.Context] = annexes.listed(annexes.thing(found, "") for found in line.answer.evidence)
    if line.missing_evidence:
        rows.append({"title": Blank(f"tài liệu hoặc giải trình: {'; '.join(line.criterion.evidence)}")} | empty)
    elif not rows and line.criterion.evidence and line.answer.note:
        rows.append({"title": f"(Giải trình thay tài liệu: {line.answer.note})"} | empty)
    return [{"id": line.criterion.id, "criterion": line.criterion.title} | row for row in rows]
