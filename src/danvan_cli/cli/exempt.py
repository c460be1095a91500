"""`danvan exempt`: lets some units off sending something, by a document."""

from typing import Annotated

from danvan_cli.cli import complete
from danvan_cli.cli.made import tell_entry
from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import DocumentType, PlanFile, argument, option
from danvan_cli.lang import _

ABOUT = _("Ghi vào «exemptions» của kế hoạch; không phải sửa đổi kế hoạch.")
EXAMPLES = (
    ("danvan exempt 6m vqg-bu-gia-map --number 95/UBND-NC --date 28/4/2023", _("miễn báo cáo 06 tháng cho một đơn vị")),
    ("danvan exempt tu-cham so-noi-vu -n 9/UBND-NC -d 1/10/2023", _("miễn tự chấm điểm")),
)


def exempt(
    deliverable: Annotated[str, argument(_("MÃ"), _("báo cáo, hồ sơ nào"), complete.deliverables)],
    units: Annotated[list[str], argument(_("ĐƠN-VỊ…"), _("cho những đơn vị nào"), complete.units)],
    number: Annotated[str, option("--number -n", _("số, ký hiệu văn bản cho phép"), _("SỐ"))],
    date: Annotated[str, option("--date -d", _("ngày văn bản đó"), _("NGÀY"))],
    kind: DocumentType = "Công văn",
    plan: PlanFile = None,
) -> None:
    """Let units off sending something."""
    from danvan_cli.desk import entries as desk

    done = desk.let_off(opened_plan(plan), deliverable, units, desk.Asked(kind, number, date))
    tell_entry(done, _("đã miễn «{id}» cho {units}", id=done.id, units=", ".join(done.units)))
