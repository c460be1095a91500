"""A unit's report for a period, or its implementation plan again, as a Word document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.desk.log import record_changes
from danvan_cli.desk.made import Unwritten, make
from danvan_cli.desk.opened import hold, meant_topic
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.lang import _
from danvan_cli.papers.common import file_name
from danvan_cli.papers.kinds import bao_cao
from danvan_cli.papers.kinds.ke_hoach_don_vi import unit_plan
from danvan_cli.plan.model import Request
from danvan_cli.text import clean, day, squeeze
from danvan_cli.unit.recording import report_edits

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Deliverable, Unit
    from danvan_cli.unit.model import UnitRecord
    from danvan_cli.word.package import Rendered


def unit_report(
    opened: Open,
    unit: str | None,
    deliverable: str,
    topic: str | None = None,
    request: str | None = None,
    *,
    output: Path | None = None,
    again: bool = False,
) -> Unwritten:
    """Make what a unit owes, its plan or a report; one on request has an entry in the unit's file, made if it is missing.

    A report on request is about `topic`, and a document asks for it (`request`). Where it is written elsewhere (`output`) it
    is a copy; of what was issued the copy says that it is a draft. `again`: what was issued is made all the same, as the demo
    does with its sample.
    """
    who = opened.unit(unit)
    one = opened.of_unit(who, deliverable, {"plan", "report"})
    topic, request = (squeeze(clean(value or "")) or None for value in (topic, request))
    if not (one.on_request or isinstance(one, Request)) and (topic or request):
        raise UsageError(_("--topic và --request chỉ dùng cho báo cáo chuyên đề, đột xuất"))
    record = opened.record(who, doubts=True)
    known = None
    if one.on_request:
        topic, known = meant_topic(record, one, topic)
        record = record.telling(known) if known else record
    place = document_path(opened, who, one, topic if one.on_request else None)
    copy = output is not None and output.resolve() != place.resolve()
    draft = not again and _issued(who, one, record, copy=copy)
    rendered = unit_document(opened, who, record, one, topic=topic, request=request, draft=draft)
    logged = None
    if one.on_request and not copy and (known is None or request not in {None, known.request}):
        book = hold(opened, who)
        logged = record_changes(book, report_edits(book.root, book.record, one, topic, {"request": request}))
    proposals = record.proposals if one.kind == "plan" else 0
    return Unwritten(place, rendered, proposals, logged)


def unit_document(
    opened: Open,
    unit: Unit,
    record: UnitRecord,
    deliverable: Deliverable,
    *,
    topic: str | None = None,
    request: str | None = None,
    draft: bool = False,
) -> Rendered:
    """Make what a unit owes: its implementation plan or a report; a copy of what was issued says that it is a draft."""
    if deliverable.kind == "plan":
        return make(unit_plan(opened.plan, unit, record, draft=draft), opened.templates)
    paper = bao_cao.report_paper(opened.plan, unit, record, deliverable, topic, request, draft=draft)
    return make(paper, opened.templates)


def _issued(unit: Unit, one: Deliverable, record: UnitRecord, *, copy: bool) -> bool:
    """Tell whether something was issued: then it is not made again but as a copy elsewhere."""
    sent = record.sent(one.id)
    if not (sent.number and sent.date):
        return False
    if not copy:
        told = day(sent.date)
        raise DanvanError(
            _("«{id}» đã ban hành số {number} ngày {day}, không làm lại", id=one.id, number=sent.number, day=told),
            help=_("xem bản theo số liệu hiện nay: thêm -o TỆP, bản đó ghi là dự thảo; ghi nhầm số, ngày thì bỏ: "
                   "danvan log {unit} --remove issued={id}", unit=unit.id, id=one.id),
        )  # fmt: skip
    return True


def document_path(opened: Open, unit: Unit, deliverable: Deliverable, topic: str | None = None) -> Path:
    """Tell where a unit's document is written."""
    return opened.workspace.out(unit.id) / file_name(deliverable, topic)
