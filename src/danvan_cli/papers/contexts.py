"""What each template may use: plain dicts, lists, text and days, made from the plan and the unit's record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from danvan_cli.papers import annexes
from danvan_cli.plan.model import signer
from danvan_cli.text import day
from danvan_cli.unit.model import due_words, owed

if TYPE_CHECKING:
    from datetime import date

    from danvan_cli.plan.model import Deliverable, Period, Plan, Task, Unit
    from danvan_cli.unit.model import Obstacle, Sent, TaskRecord, UnitRecord

Context = dict[str, Any]

PLAN_TEMPLATE: Final = "ke-hoach-tinh"
UNIT_PLAN_TEMPLATE: Final = "ke-hoach-don-vi"
REPORT_TEMPLATE: Final = "bao-cao"
OTHER_REPORT_TEMPLATE: Final = "bao-cao-rieng"
GUIDE_TEMPLATE: Final = "huong-dan-so"
BUNDLE_TEMPLATE: Final = "muc-luc-goi"


def plan_context(plan: Plan) -> Context:
    """Give what the issued plan's template uses: the whole issued text."""
    return {
        "plan": {
            "title": plan.title,
            "year": plan.year,
            "headings": plan.headings.model_dump(),
            "opening": [{"text": one.text} for one in plan.opening],
            "aims": [{"text": one.text} for one in plan.aims],
            "areas": [
                {"title": area.title, "tasks": [{"text": task.text} for task in area.tasks if not task.ended]}
                for area in plan.areas
            ],
            "duties": [
                {
                    "title": duty.title,
                    "text": duty.text,
                    "points": [{"letter": _letter(i), "text": point.text} for i, point in enumerate(duty.points)],
                }
                for duty in plan.duties
            ],
            "closing": [{"text": one.text} for one in plan.closing],
            "recipients": plan.recipients,
        },
        "letterhead": {
            "superior": [],
            "issuer": plan.issuer.letterhead,
            "name": plan.issuer.name,
            "number": plan.issued.number,
            "symbol": f"KH-{plan.issuer.abbr}",
            "place": plan.issuer.place,
            "date": plan.issued.date,
            "year": plan.issued.date.year if plan.issued.date else plan.year,
            "month": plan.issued.date.month if plan.issued.date else None,
        },
        "signature": {"lines": plan.signature.lines, "name": plan.signature.name},
    }


# The order of points in a document: a b c d đ e g h i k l … (no f, j, w, z).
_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"


def _letter(index: int) -> str:
    """Name a point by its place, from 0; after the last letter they are doubled."""
    again, letter = divmod(index, len(_LETTERS))
    return _LETTERS[letter] * (again + 1)


_ROW: Final = dict.fromkeys(("area", "content", "lead", "partners", "due", "product", "label"))
"""A row of the activities' table, still empty; one that titles an area says no more than that."""


def unit_plan_context(plan: Plan, unit: Unit, record: UnitRecord) -> Context:
    """Give what the template of a unit's implementation plan uses."""
    deliverable = next((one for one in owed(plan, unit) if one.kind == "plan"), None)
    tasks = annexes.recorded(plan, unit, record)
    areas = annexes.by_area(plan, tasks)
    rows: list[Context] = []
    for number, (area, doing) in enumerate(areas, start=1):
        if not doing:
            continue
        rows.append(_ROW | {"number": number, "area": area})
        count = 0
        for task, one in doing:
            for own in [activity.model_dump() for activity in one.activities] or [{}]:
                count += 1
                rows.append(
                    _ROW
                    | {
                        "number": count,
                        "content": own.get("content"),
                        "lead": own.get("lead") or one.lead,
                        "partners": own.get("partners") or "",
                        "due": due_words(own.get("due") or one.due or task.due),
                        "product": own.get("product"),
                        "label": task.label,
                    }
                )
    return common(plan, unit, record, "KH", deliverable) | {
        "areas": [
            {
                "title": title,
                "tasks": [
                    {
                        "label": task.label,
                        "missing": f"hoạt động của đơn vị: {task.label}",
                        "activities": [{"sentence": _sentence(task, one, a)} for a in one.activities],
                    }
                    for task, one in doing
                ],
            }
            for title, doing in areas
        ],
        "deliverables": [
            {"id": one.id, "name": one.name, "sentence": _owes(plan, unit, one)}
            for one in owed(plan, unit)
            if one.kind != "plan"
        ],
        "follower": follower(plan, unit),
        "has_drafter": record.drafter is not None,
        "rows": rows,
        "skipped": [{"label": task.label, "reason": one.reason} for task, one in tasks if not one.applies],
    }


def report_context(
    plan: Plan,
    unit: Unit,
    record: UnitRecord,
    deliverable: Deliverable,
    topic: str | None = None,
    request: str | None = None,
) -> Context:
    """Give what the templates of reports use.

    Args:
        plan: the plan.
        unit: the unit that reports.
        record: its record.
        deliverable: the report that it owes.
        topic: what a thematic or ad hoc report is about; else the deliverable's own name.
        request: the document that asks for it.
    """
    period = plan.period_by_id.get(deliverable.period or "")
    remarks = record.remarks(deliverable.id)
    unit_plan = next((record.sent(one.id) for one in owed(plan, unit) if one.kind == "plan"), None)
    to = addressee(plan, unit, deliverable)
    context = common(plan, unit, record, "BC", deliverable) | {
        "to": [to] if to else [],
        "addressee": to,
        "remarks": remarks.model_dump(),
        "obstacles": [{"sentence": _raised(one)} for one in record.obstacles if annexes.within(period, one.date)],
        "unit_plan": _sent(unit_plan),
        "topic": topic or deliverable.name.removeprefix("Báo cáo ").strip(),
        "request": request,
        "duty": {"id": deliverable.duty} if deliverable.duty and not deliverable.on_request else None,
    }
    return context | (_period_context(plan, unit, record, deliverable, period) if period else _NO_PERIOD)


_NO_PERIOD: Final[Context] = {
    "period": None, "previous": None, "areas": [], "official_indicators": True, "figures": [], "progress": [],
    "counts": {"total": 0, "todo": 0, "doing": 0, "done": 0}, "states": [], "evidence": [],
}  # fmt: skip
"""What a report that is on no period says of one."""


def _period_context(plan: Plan, unit: Unit, record: UnitRecord, deliverable: Deliverable, period: Period) -> Context:
    """Give what a report on a period adds: results by area, figures, progress of tasks, evidence."""
    tasks = annexes.recorded(plan, unit, record)
    areas = annexes.by_area(plan, tasks)
    previous = plan.period_by_id.get(period.previous or "")
    return {
        "period": {
            "id": period.id,
            "name": period.name,
            "from": period.start,
            "to": period.end,
            "estimate": period.estimate,
        },
        "previous": {"name": previous.name if previous else "kỳ trước"},
        "areas": [
            {
                "title": title,
                "tasks": [
                    {
                        "label": task.label,
                        "missing": f"kết quả: {task.label}",
                        "result": one.results.get(period.id),
                    }
                    for task, one in doing
                ],
            }
            for title, doing in areas
        ],
        "official_indicators": plan.indicators.official if plan.indicators else True,
        "figures": annexes.figures(plan, record, period),
        "progress": annexes.progress(areas, period),
        "counts": annexes.counts(areas),
        "states": annexes.states(areas),
        "evidence": annexes.evidence(plan, unit, record, period, deliverable.id),
    }


def guide_context(plan: Plan, unit: Unit, *, scored: bool) -> Context:
    """Give what the page that goes with a workbook uses."""
    lasts = [(one, plan.last_day(one, unit)) for one in owed(plan, unit)]
    return {
        "plan": {"title": plan.title, "year": plan.year},
        "issuer": {"name": plan.issuer.name, "short": plan.issuer.short},
        "unit": {"id": unit.id, "name": unit.name},
        "scored": scored,
        "deliverables": [
            {
                "name": one.name,
                "last_day": day(last) if last else None,
                "when": "khi có yêu cầu" if one.on_request else "kế hoạch không ghi thời hạn",
            }
            for one, last in lasts
        ],
    }


def common(plan: Plan, unit: Unit, record: UnitRecord, kind: str, deliverable: Deliverable | None) -> Context:
    """Give what every document of a unit uses: the plan it follows, the unit, letterhead, signature."""
    letter = plan.letter(unit)
    sent = record.sent(deliverable.id) if deliverable else None
    due = plan.last_day(deliverable, unit) if deliverable else None
    when: date | None = sent.date if sent and sent.date else None
    month = when or due
    signing = when or due or plan.issued.date
    known = signer(unit, signing) if signing else None
    lines = record.signs or (known.lines if known else letter.signs)
    return {
        "plan": {"title": plan.title, "year": plan.year},
        "issuer": {"name": plan.issuer.name, "short": plan.issuer.short},
        "source": {"number": _numbered(plan), "date": plan.issued.date},
        "unit": {"id": unit.id, "name": unit.name, "abbr": unit.abbr, "drafter": record.drafter},
        "letterhead": {
            "superior": _superior(plan, letter.superior),
            "issuer": unit.letterhead or [unit.name],
            "name": unit.name,
            "number": _bare(sent.number) if sent and sent.number else None,
            "symbol": f"{kind}-{unit.abbr}",
            "place": letter.place,
            "date": when,
            "year": month.year if month else plan.year,
            "month": month.month if month else None,
        },
        "signature": {"lines": lines, "name": record.signer or (known.name if known else None)},
    }


def _superior(plan: Plan, superior: str | None) -> list[str]:
    """Give the lines of the authority above a unit; the plan's issuer breaks as on its own letterhead."""
    if superior == plan.issuer.name:
        return plan.issuer.letterhead
    return [superior] if superior else []


def _sentence(task: Task, record: TaskRecord, activity: Any) -> str:
    """Write an activity as a line: content (chủ trì: …; phối hợp: …; thời gian: …)."""
    lead, due = activity.lead or record.lead, due_words(activity.due or record.due or task.due)
    parts = [
        f"{name}: {value}"
        for name, value in (("chủ trì", lead), ("phối hợp", activity.partners), ("thời gian", due))
        if value
    ]
    content = activity.content.rstrip(" .;")
    return f"{content} ({'; '.join(parts)})." if parts else f"{content}."


def _raised(obstacle: Obstacle) -> str:
    """Write an obstacle as a line: what it is, then what the unit proposes."""
    text = obstacle.text if obstacle.text.endswith((".", "!", "?", ";", ":")) else f"{obstacle.text}."
    return f"{text} Đề xuất: {obstacle.proposal}" if obstacle.proposal else text


def follower(plan: Plan, unit: Unit) -> str | None:
    """Name who follows the units' work for the plan's issuer: to whom or through whom most of it is sent."""
    ways = [way for one in owed(plan, unit) for way in (one.via, one.to) if way not in {None, plan.issuer.id}]
    first = max(dict.fromkeys(ways), key=ways.count, default=None)
    return plan.recipient(first) if first and first != unit.id else None


def _owes(plan: Plan, unit: Unit, deliverable: Deliverable) -> str:
    """Write what a unit owes as a line, with the date as the plan has it and its last day."""
    to = addressee(plan, unit, deliverable)
    sent = f"{deliverable.name}: gửi {to}" if to else f"{deliverable.name}: gửi"
    dated, last = plan.dated(deliverable, unit), plan.last_day(deliverable, unit)
    if dated.before and last and last != dated.before:
        return f"{sent} trước ngày {day(dated.before)} (ngày cuối đúng hạn: {day(last)});"
    if last:
        return f"{sent} chậm nhất ngày {day(last)};"
    if deliverable.on_request:
        return f"{sent} khi có yêu cầu;"
    return f"{sent} (Kế hoạch không ghi thời hạn);"


def addressee(plan: Plan, unit: Unit, deliverable: Deliverable) -> str | None:
    """Name who a deliverable goes to; a unit does not write to itself, but to the plan's issuer."""
    if deliverable.to is None:
        return None
    to = plan.issuer.id if deliverable.to == unit.id else deliverable.to
    via = deliverable.via if deliverable.via not in {None, unit.id} else None
    return plan.recipient(to) + (f" (qua {plan.recipient(via)})" if via else "")


def _numbered(plan: Plan) -> str | None:
    """Write the plan's own number with its symbol."""
    return plan.issued.number and f"{_bare(plan.issued.number)}/KH-{plan.issuer.abbr}"


def _bare(number: str) -> str:
    """Take the symbol off a number: `15/KH-SYT` is 15 in the letterhead, where the symbol stands already."""
    return number.partition("/")[0]


def _sent(sent: Sent | None) -> Context:
    return {"number": sent.number if sent else None, "date": sent.date if sent else None}
