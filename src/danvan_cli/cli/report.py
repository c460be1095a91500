"""`danvan report`: a unit's report for a period, or its implementation plan again, as a Word document."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from danvan_cli.cli import complete
from danvan_cli.cli.made import write_document, write_pdf
from danvan_cli.cli.opening import open_plan
from danvan_cli.cli.options import Force, Output, Pdf, Plan, Strict, Template, UnitArgument
from danvan_cli.desk.opened import Open
from danvan_cli.errors import Exit, UsageError
from danvan_cli.lang import _
from danvan_cli.text import clean, nearest, secret_mark

if TYPE_CHECKING:
    from danvan_cli.plan.model import Deliverable, Unit
    from danvan_cli.unit.model import UnitRecord
    from danvan_cli.word.template import Rendered

ABOUT = _("Kết quả lấy từ units/<mã>/unit.yaml; chỗ chưa có thành chỗ trống tô vàng để viết tiếp trong Word.")
EXAMPLES = (
    ("danvan report so-y-te --period 6m", _("báo cáo 06 tháng của Sở Y tế")),
    (
        'danvan report so-y-te --period chuyen-de --topic "Dân chủ ở cơ sở"',
        _('báo cáo chuyên đề; thêm --request "Công văn số …" nếu có văn bản yêu cầu'),
    ),
)


def report(
    period: Annotated[
        str,
        typer.Option(
            "--period",
            metavar=_("MÃ"),
            help=_("báo cáo nào: 6m, 1y, dai-6m, chuyen-de, dot-xuat; ke-hoach: làm lại kế hoạch triển khai"),
            autocompletion=complete.reports,
        ),
    ],
    unit: UnitArgument = None,
    topic: Annotated[
        str | None, typer.Option("--topic", metavar=_("CHỮ"), help=_("nội dung báo cáo chuyên đề, đột xuất"))
    ] = None,
    request: Annotated[
        str | None, typer.Option("--request", metavar=_("CHỮ"), help=_("văn bản yêu cầu báo cáo"))
    ] = None,
    output: Output = None,
    template: Template = None,
    pdf: Pdf = False,
    plan: Plan = None,
    force: Force = False,
    strict: Strict = False,
) -> Exit:
    """Write a unit's report."""
    from danvan_cli.plan.model import Request

    opened = open_plan(plan, template)
    who = opened.unit(unit)
    deliverable = owed_by(opened, who, period)
    topic, request = (_words(name, value) for name, value in (("--topic", topic), ("--request", request)))
    if isinstance(deliverable, Request):  # the plan itself says who asked for it, and about what
        topic, request = topic or deliverable.topic or deliverable.name, request or deliverable.asked
    elif deliverable.on_request and not topic:
        raise UsageError(
            _("báo cáo «{id}» cần nội dung", id=deliverable.id),
            help=_('thêm --topic "…", ví dụ --topic "Kết quả thực hiện dân chủ ở cơ sở"'),
        )
    elif not deliverable.on_request and (topic or request):
        raise UsageError(_("--topic và --request chỉ dùng cho báo cáo chuyên đề, đột xuất"))
    rendered = document(opened, who, opened.record(who), deliverable, topic=topic, request=request)
    path = output or document_path(opened, who, deliverable, topic)
    write_document(path, rendered, force=force)
    if pdf:
        write_pdf([path])
    return Exit.FINDINGS if strict and rendered.blanks else Exit.OK


def owed_by(opened: Open, unit: "Unit", name: str) -> "Deliverable":
    """Find what a unit owes by its id.

    Raises:
        UsageError: if the plan has no such thing, the unit does not owe it, or it is no document of this command.
    """
    from danvan_cli.unit.model import owed

    mine = {one.id: one for one in owed(opened.plan, unit) if one.kind in {"plan", "report"}}
    if name in mine:
        return mine[name]
    if name in opened.plan.deliverable_by_id:
        raise UsageError(
            _("{unit} không phải làm «{id}» bằng lệnh này", unit=unit.name, id=name),
            help=_("làm được: {ids}", ids=", ".join(mine)),
        )
    near = nearest(name, mine)
    raise UsageError(
        _("không có báo cáo «{id}» trong kế hoạch", id=name[:40]),
        help=_("có phải «{near}»?", near=near[0]) if near else _("làm được: {ids}", ids=", ".join(mine)),
    )


def document(
    opened: Open,
    unit: "Unit",
    record: "UnitRecord",
    deliverable: "Deliverable",
    *,
    topic: str | None = None,
    request: str | None = None,
) -> "Rendered":
    """Make what a unit owes: its implementation plan or a report."""
    from danvan_cli.papers.kinds.bao_cao import report
    from danvan_cli.papers.kinds.ke_hoach_don_vi import unit_plan
    from danvan_cli.papers.make import make

    if deliverable.kind == "plan":
        return make(unit_plan(opened.plan, unit, record), opened.templates)
    return make(report(opened.plan, unit, record, deliverable, topic, request), opened.templates)


def document_path(opened: Open, unit: "Unit", deliverable: "Deliverable", topic: str | None = None) -> Path:
    """Tell where a unit's document is written."""
    from danvan_cli.papers.file_names import file_name

    return opened.workspace.unit(unit.id) / "out" / file_name(deliverable, topic)


def _words(name: str, value: str | None) -> str | None:
    """Take text from the command line; marked secrets are refused and not repeated."""
    if value is not None and secret_mark(value):
        raise UsageError(
            _("{name} mang dấu chỉ độ mật: danvan không làm văn bản mật", name=name),
            help=_("báo cáo theo đường riêng của tài liệu mật"),
        )
    return " ".join(clean(value).split()) or None if value is not None else None
