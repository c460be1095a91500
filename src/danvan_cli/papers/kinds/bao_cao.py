"""The report that all units owe for a period, in the outline of the plan's areas; and how every report is made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from danvan_cli.papers.common import Cited, addressed, addressee, common, due_of_kind, obstacle_line, told
from danvan_cli.papers.kinds.bao_cao_rieng import Compared, OtherReport, ReportPeriod
from danvan_cli.text import fold, sentences, squeeze
from danvan_cli.typed import nothing
from danvan_cli.word.shape import said, taken

if TYPE_CHECKING:
    from danvan_cli.plan.model import Deliverable, Plan, Task, Unit
    from danvan_cli.unit.model import TaskRecord, UnitRecord


class Report(OtherReport, about="báo cáo theo kỳ", command="danvan report", listed=3):
    period: ReportPeriod = said("kỳ báo cáo")


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

    One on request is about `topic`, else what its own name says; `request` is the document that asks for it. Of one that
    was asked for mid-year the plan itself says both.
    """
    from danvan_cli.papers import annexes
    from danvan_cli.plan.model import Request
    from danvan_cli.unit.model import Requested

    period = plan.period(deliverable.period)
    if isinstance(deliverable, Request):
        topic, request = topic or deliverable.topic, request or deliverable.cited
    if deliverable.on_request:
        one = record.reports.get(deliverable.id)
        if not isinstance(one, Requested):
            at = record.on_topic(deliverable.id, topic or "")
            empty = Requested(report=deliverable.id, topic=topic or deliverable.name.removeprefix("Báo cáo "))
            one = empty if at is None else record.requested[at]
            record = record.telling(one)
        topic, request = topic or one.topic, request or one.request
    beside = plan.period(period.beside if period else None)
    whole = plan.period(period.previous if period else None)
    areas = annexes.by_area(plan, record, annexes.recorded_tasks(plan, unit, record, period)) if period else []
    own_plan = due_of_kind(plan, unit, "plan")
    sent = record.sent(own_plan.id) if own_plan else None
    remarks = record.remarks(deliverable.id)
    said_ = record.obstacles_in(period, deliverable.id)
    obstacles = [one for one in said_ if not nothing(one.text)]

    def done(task: Task, one: TaskRecord) -> OtherReport.Task:
        result = _result(task, one.results.get(period.id if period else ""))
        return taken(OtherReport.Task, task, missing=f"kết quả: {task.label}", result=result)

    made = OtherReport(
        common=common(plan, unit, record, "BC", deliverable, draft=draft),
        addressed=addressed(addressee(plan, unit, deliverable)),
        remarks=told(remarks),
        obstacles=[OtherReport.Raised(sentence=obstacle_line(one.text, one.proposal)) for one in obstacles],
        no_obstacles=bool(said_) and not obstacles,
        unit_plan=taken(Cited, sent) if sent else Cited(),
        plan_told=sent is None or _tells_plan(remarks.situation or "", sent.number),
        topic=topic or deliverable.name.removeprefix("Báo cáo ").strip(),
        request=request,
        ad_hoc=deliverable.ad_hoc,
        planned=not (deliverable.on_request or isinstance(deliverable, Request)),
        duty=OtherReport.Duty(id=deliverable.duty) if deliverable.duty and not deliverable.on_request else None,
        period=taken(ReportPeriod, period, from_=period.start, to=period.end) if period else None,
        beside=taken(Compared, beside) if beside else None,
        whole=taken(Compared, whole) if whole else None,
        areas=[OtherReport.Area(title=title, tasks=[done(*it) for it in doing]) for title, doing in areas],
        official_indicators=plan.indicators.official if period and plan.indicators else True,
        figures=annexes.figures(plan, record, period) if period else [],
        progress=annexes.progress_rows(plan, areas, period) if period and record.papers.progress else [],
        counts=annexes.task_counts(areas, plan, period),
        states=annexes.states(areas, plan, period) if period else [],
        evidence=annexes.evidence(plan, unit, record, period, deliverable.id) if period else [],
    )
    return taken(Report, made) if deliverable.id in plan.periodic else made


_ISSUED: Final = re.compile(r"\bban hanh\b.{0,80}\bke hoach\b")


def _tells_plan(situation: str, number: str | None) -> bool:
    """Tell whether a unit's own words say already that it has issued its plan: no second sentence says it again."""
    return bool((number and number in situation) or _ISSUED.search(fold(squeeze(situation))))


def _result(task: Task, result: str | None) -> str | None:
    """Give a task's result; where a unit says that there was nothing, as a sentence that tells of what."""
    if result and nothing(result):
        return f"{task.label}: trong kỳ không phát sinh."
    return sentences(result) if result else None
