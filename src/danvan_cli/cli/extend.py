"""`danvan extend`: puts off one thing's date for some units, by a document."""

from typing import Annotated

from danvan_cli.cli import complete, screen
from danvan_cli.cli.made import tell_entry
from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import Before, DocumentType, LastDay, PlanFile, argument, option
from danvan_cli.lang import _

ABOUT = _("Ghi vào «extensions» của kế hoạch; không phải sửa đổi kế hoạch, thời hạn của các đơn vị khác giữ nguyên.")
EXAMPLES = (
    (
        "danvan extend 6m so-y-te --by 20/5/2023 --number 95/UBND-NC --date 28/4/2023",
        _("gia hạn báo cáo 06 tháng cho Sở Y tế"),
    ),
    ("danvan extend 6m so-y-te so-tu-phap --by 1/6/2023 -n 95/UBND -d 28/4/2023", _("hai đơn vị một lần")),
)


def extend(
    deliverable: Annotated[str, argument(_("MÃ"), _("báo cáo, hồ sơ nào"), complete.deliverables)],
    units: Annotated[list[str], argument(_("ĐƠN-VỊ…"), _("cho những đơn vị nào"), complete.units)],
    number: Annotated[str, option("--number -n", _("số, ký hiệu văn bản cho phép"), _("SỐ"))],
    date: Annotated[str, option("--date -d", _("ngày văn bản đó"), _("NGÀY"))],
    by: LastDay = None,
    before: Before = None,
    kind: DocumentType = "Công văn",
    plan: PlanFile = None,
) -> None:
    """Put off a date for some units."""
    from danvan_cli.desk import entries as desk

    done = desk.put_off(opened_plan(plan), deliverable, units, by, before, desk.Asked(kind, number, date))
    if done.replaced:
        screen.note(_("thay gia hạn trước theo {documents}", documents=", ".join(done.replaced)))
    tell_entry(done, _("đã gia hạn «{id}» cho {units}", id=done.id, units=", ".join(done.units)))
    for row in done.in_time:
        screen.out(_("{unit}: đã ghi là gửi chậm {days} ngày, nay là đúng hạn", unit=row.unit.name, days=row.days))
