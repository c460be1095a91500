"""`danvan export`: the plan as the issued Word document."""

from pathlib import Path

from danvan_cli.cli import screen
from danvan_cli.cli.common import opened_plan, tell_document, write_pdf
from danvan_cli.cli.options import FORCE, OUTPUT, PDF, PLAN, TEMPLATE, help_page
from danvan_cli.lang import _


@help_page(
    ("danvan export", _("ghi build/ke-hoach-2023.docx")),
    ("danvan export -o ke-hoach.docx", _("ghi ra tệp khác")),
    ("danvan export --pdf", _("thêm bản PDF")),
    about=_("Văn bản có đủ các đoạn của kế hoạch đã ban hành, đúng thứ tự, thể thức theo Nghị định 30/2020/NĐ-CP."),
)
def export(
    output: Path | None = OUTPUT,
    template: Path | None = TEMPLATE,
    pdf: bool = PDF,
    plan: Path | None = PLAN,
    force: bool = FORCE,
) -> None:
    """Write the plan as a Word document."""
    from danvan_cli.desk.export import write_plan

    opened = opened_plan(plan, template)
    made = tell_document(write_plan(opened, output, force=force))
    if pdf:
        write_pdf([made.saved.path])
    if not opened.plan.issued.number:
        screen.note(_("kế hoạch không ghi số, ngày ban hành: hai chỗ này để trống"))
