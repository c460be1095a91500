"""`danvan report`: a unit's report for a period, or its implementation plan again, as a Word document."""

from pathlib import Path

from danvan_cli.cli import complete
from danvan_cli.cli.common import opened_plan, tell_document, tell_logged, write_pdf
from danvan_cli.cli.options import FORCE, OUTPUT, PDF, PLAN, STRICT, TEMPLATE, UNIT, help_page, option
from danvan_cli.errors import Exit
from danvan_cli.lang import _


@help_page(
    ("danvan report so-y-te --period 6m", _("báo cáo 06 tháng của Sở Y tế")),
    (
        'danvan report so-y-te --period chuyen-de --topic "Dân chủ ở cơ sở"',
        _('báo cáo chuyên đề; thêm --request "Công văn số …" nếu có văn bản yêu cầu'),
    ),
    about=_("Kết quả lấy từ units/<mã>/unit.yaml; chỗ chưa có thành chỗ trống tô vàng để viết tiếp trong Word."),
)
def report(
    period: str = option(
        "--period",
        _("báo cáo nào: 6m, 1y, dai-6m, chuyen-de, dot-xuat; ke-hoach: làm lại kế hoạch triển khai"),
        _("MÃ"),
        complete.reports,
        default=...,
    ),
    unit: str | None = UNIT,
    topic: str | None = option("--topic", _("nội dung báo cáo chuyên đề, đột xuất"), _("CHỮ")),
    request: str | None = option("--request", _("văn bản yêu cầu báo cáo"), _("CHỮ")),
    output: Path | None = OUTPUT,
    template: Path | None = TEMPLATE,
    pdf: bool = PDF,
    plan: Path | None = PLAN,
    force: bool = FORCE,
    strict: bool = STRICT,
) -> Exit:
    """Write a unit's report."""
    from danvan_cli.desk import report as desk
    from danvan_cli.desk.made import keep

    opened = opened_plan(plan, template)
    made = desk.unit_report(opened, unit, period, topic, request, copy=output is not None)
    kept = tell_document(keep(output or made.path, made.rendered, made.proposals, force=force))
    if made.logged:
        tell_logged(made.logged, opened.plan)
    if pdf:
        write_pdf([kept.saved.path])
    return Exit.FINDINGS if strict and kept.blanks else Exit.OK
