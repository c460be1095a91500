"""`danvan export`: the plan as the issued Word document."""

from danvan_cli.cli import screen
from danvan_cli.cli.made import tell_document, write_pdf
from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import AlsoPdf, Force, Output, PlanFile, TemplateFile
from danvan_cli.lang import _

ABOUT = _("Văn bản có đủ các đoạn của kế hoạch đã ban hành, đúng thứ tự, thể thức theo Nghị định 30/2020/NĐ-CP.")
EXAMPLES = (
    ("danvan export", _("ghi build/ke-hoach-2023.docx")),
    ("danvan export -o ke-hoach.docx", _("ghi ra tệp khác")),
    ("danvan export --pdf", _("thêm bản PDF")),
)


def export(
    output: Output = None,
    template: TemplateFile = None,
    pdf: AlsoPdf = False,
    plan: PlanFile = None,
    force: Force = False,
) -> None:
    """Write the plan as a Word document."""
    from danvan_cli.desk.made import write_plan

    opened = opened_plan(plan, template)
    made = tell_document(write_plan(opened, output, force=force))
    if pdf:
        write_pdf([made.saved.path])
    if not opened.plan.issued.number:
        screen.note(_("kế hoạch không ghi số, ngày ban hành: hai chỗ này để trống"))
