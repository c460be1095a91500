"""The report that all units owe for a period, in the outline of the plan's areas; and how every report is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.papers.common import Cited, RemarksTold, addressed, addressee, common, due_of_kind
from danvan_cli.papers.kinds.bao_cao_rieng import OtherReport, Previous, ReportPeriod
from danvan_cli.typed import nothing
from danvan_cli.word.shape import said, taken

if TYPE_CHECKING:
    from danvan_cli.plan.model import Deliverable, Plan, Task, Unit
    from danvan_cli.unit.model import Obstacle, Remarks, UnitRecord


class Report(OtherReport, about="báo cáo theo kỳ", command="danvan report", listed=3):
    period: ReportPeriod = said("kỳ báo cáo; trống ở báo cáo không theo kỳ")
    previous: Previous = said("kỳ trước")


def report_paper(
    plan: Plan,
    unit: Unit,
    record: UnitRecord,
    deliverable: Deliverable,
    topic: str | None = None,
    request: str | None = None,
    *,
    draft: bool = False,
) -> OtherReport:
    """Make a report that a unit owes.

    Args:
        plan: the plan.
        unit: the unit that reports.
        record: its record.
        deliverable: the report that it owes.
        topic: what a thematic or ad hoc report is about; else the deliverable's own name.
        request: the document that asks for it.
        draft: whether it is a copy that says it is a draft.
    """
    from danvan_cli.papers import annexes

    period = plan.period_by_id.get(deliverable.period or "")
    previous = plan.period_by_id.get((period.previous if period else None) or "")
    areas = annexes.by_area(plan, annexes.recorded_tasks(plan, unit, record)) if period else []
    own_plan = due_of_kind(plan, unit, "plan")
    sent = record.sent(own_plan.id) if own_plan else None
    told = [one for one in record.obstacles if annexes.within(period, one.date)]
    made = OtherReport(
        common=common(plan, unit, record, "BC", deliverable, draft=draft),
        addressed=addressed(addressee(plan, unit, deliverable)),
        remarks=_remarks(record.remarks(deliverable.id)),
        obstacles=[OtherReport.Raised(sentence=_raised(one)) for one in record.difficulties if one in told],
        no_obstacles=bool(told) and not any(one in told for one in record.difficulties),
        unit_plan=taken(Cited, sent) if sent else Cited(number=None, date=None),
        topic=topic or deliverable.name.removeprefix("Báo cáo ").strip(),
        request=request,
        planned=not deliverable.on_request and deliverable.id not in {one.id for one in plan.requests},
        duty=OtherReport.Duty(id=deliverable.duty) if deliverable.duty and not deliverable.on_request else None,
        period=taken(ReportPeriod, period, from_=period.start, to=period.end) if period else None,
        previous=Previous(name=previous.name if previous else "kỳ trước") if period else None,
        areas=[
            OtherReport.Area(
                title=title,
                tasks=[
                    OtherReport.Task(
                        label=task.label,
                        missing=f"kết quả: {task.label}",
                        result=_result(task, one.results.get(period.id)),
                    )
                    for task, one in doing
                ],
            )
            for title, doing in areas
            if period
        ],
        official_indicators=plan.indicators.official if period and plan.indicators else True,
        figures=annexes.figures(plan, record, period) if period else [],
        progress=annexes.progress_rows(plan, areas, period) if period else [],
        counts=annexes.task_counts(areas, plan, period),
        states=annexes.states(areas, plan, period) if period else [],
        evidence=annexes.evidence(plan, unit, record, period, deliverable.id) if period else [],
    )
    return taken(Report, made) if deliverable.periodic else made


def _result(task: Task, said: str | None) -> str | None:
    """Give a task's result; where a unit says that there was nothing, as a sentence that tells of what."""
    return f"{task.label}: trong kỳ không phát sinh." if said and nothing(said) else said


def _remarks(said: Remarks) -> RemarksTold:
    """Give the general parts of a report; what only says that there is nothing is a sentence."""
    none = {key: "Không có." for key, text in said if text and nothing(text)}
    return taken(RemarksTold, said, **none)


def _raised(obstacle: Obstacle) -> str:
    """Write an obstacle as a line: what it is, then what the unit proposes."""
    text = obstacle.text if obstacle.text.endswith((".", "!", "?", ";", ":")) else f"{obstacle.text}."
    return f"{text} Đề xuất: {obstacle.proposal}" if obstacle.proposal else text
