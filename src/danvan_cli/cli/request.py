"""`danvan request`: a report that is asked for mid-year: the letter that asks, then the entry in the plan."""

from typing import Annotated

from danvan_cli.cli import complete
from danvan_cli.cli.made import tell_document, tell_entry
from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import Before, DocumentType, Force, LastDay, PlanFile, argument, option
from danvan_cli.errors import UsageError
from danvan_cli.lang import _

ABOUT = _(
    "Chưa có số thì làm dự thảo công văn đề nghị báo cáo ở build/yeu-cau/. Công văn đã phát hành thì chạy lại với"
    " --number, --date: báo cáo được ghi vào «requests» của kế hoạch, có trong danvan status từ đó."
)
EXAMPLES = (
    ('danvan request dan-chu --name "Báo cáo thực hiện dân chủ" --by 31/8/2023', _("dự thảo công văn gửi mọi đơn vị")),
    (
        'danvan request dan-chu --name "Báo cáo" --by 31/8/2023 -n 210/SNV -d 1/8/2023',
        _("công văn đã phát hành: ghi vào kế hoạch"),
    ),
    (
        "danvan request ke-hoach --by 15/2/2023 -n 12/SNV -d 1/2/2023",
        _("ấn định ngày cho hồ sơ mà kế hoạch không ghi hạn"),
    ),
)


def request(
    name_: Annotated[str, argument(_("MÃ"), _("mã đặt cho báo cáo này, như dan-chu-2023"))],
    name: Annotated[
        str, option("--name", _("tên báo cáo; báo cáo mà kế hoạch có nhưng không ghi hạn thì không cần"), _("CHỮ"))
    ] = "",
    owners: Annotated[
        list[str] | None, option("--owner", _("ai phải gửi: khối, đơn vị; bỏ qua là tất cả"), _("MÃ"), complete.units)
    ] = None,
    by: LastDay = None,
    before: Before = None,
    period: Annotated[str | None, option("--period", _("số liệu của kỳ nào"), _("MÃ"), complete.periods)] = None,
    number: Annotated[str | None, option("--number -n", _("số, ký hiệu văn bản yêu cầu"), _("SỐ"))] = None,
    date: Annotated[str | None, option("--date -d", _("ngày văn bản đó"), _("NGÀY"))] = None,
    kind: DocumentType = "Công văn",
    force: Force = False,
    plan: PlanFile = None,
) -> None:
    """Ask for a report mid-year."""
    from danvan_cli.desk import entries as desk
    from danvan_cli.desk.made import Unwritten, keep

    opened = opened_plan(plan)
    if not name and name_ not in {one.id for one in opened.plan.listed}:
        raise UsageError(_("chưa ghi tên báo cáo"), help=_("ghi thêm --name"))
    if (number or date) and not (number and date):
        raise UsageError(_("văn bản yêu cầu cần đủ --number và --date"))
    asked = desk.Asked(kind, number, date) if number and date else None
    done = desk.ask_for_report(opened, name_, name, owners or (), by, before, period, asked)
    if isinstance(done, Unwritten):
        tell_document(keep(done.path, done.rendered, force=force))
    else:
        tell_entry(done, _("đã ghi yêu cầu «{id}»", id=done.id))
