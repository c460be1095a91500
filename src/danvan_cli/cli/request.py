"""`danvan request`: a report that is asked for mid-year: the letter that asks, then the entry in the plan."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from danvan_cli.cli import complete
from danvan_cli.cli.options import Force, Plan
from danvan_cli.errors import UsageError
from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.desk.opened import Open

ABOUT = _(
    "Chưa có số thì làm dự thảo công văn đề nghị báo cáo ở build/yeu-cau/. Công văn đã phát hành thì chạy lại với"
    " --number, --date: báo cáo được ghi vào «requests» của kế hoạch, có trong danvan status từ đó."
)
EXAMPLES = (
    (
        'danvan request dan-chu --name "Báo cáo thực hiện dân chủ" --by 31/8/2023',
        _("dự thảo công văn gửi mọi đơn vị"),
    ),
    (
        'danvan request dan-chu --name "Báo cáo" --by 31/8/2023 -n 210/SNV -d 1/8/2023',
        _("công văn đã phát hành: ghi vào kế hoạch"),
    ),
)


def request(
    name_: Annotated[str, typer.Argument(metavar=_("MÃ"), help=_("mã đặt cho báo cáo này, như dan-chu-2023"))],
    name: Annotated[str, typer.Option("--name", metavar=_("CHỮ"), help=_("tên báo cáo"))],
    owners: Annotated[
        list[str] | None,
        typer.Option(
            "--owner",
            metavar=_("MÃ"),
            help=_("ai phải gửi: khối, đơn vị; bỏ qua là tất cả"),
            autocompletion=complete.units,
        ),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar=_("NGÀY"), help=_("chậm nhất ngày này, gồm cả ngày đó"))
    ] = None,
    before: Annotated[str | None, typer.Option("--before", metavar=_("NGÀY"), help=_("trước ngày này"))] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", metavar=_("MÃ"), help=_("số liệu của kỳ nào"), autocompletion=complete.periods),
    ] = None,
    number: Annotated[
        str | None, typer.Option("--number", "-n", metavar=_("SỐ"), help=_("số, ký hiệu văn bản yêu cầu"))
    ] = None,
    date: Annotated[str | None, typer.Option("--date", "-d", metavar=_("NGÀY"), help=_("ngày văn bản đó"))] = None,
    kind: Annotated[str, typer.Option("--type", metavar=_("CHỮ"), help=_("tên loại văn bản"))] = "Công văn",
    force: Force = False,
    plan: Plan = None,
) -> None:
    """Ask for a report mid-year."""
    from danvan_cli.cli.entries import add, authority, dated
    from danvan_cli.cli.opening import open_plan
    from danvan_cli.files import safe_name

    opened = open_plan(plan)
    id_ = safe_name(name_)
    if id_ in opened.plan.deliverable_by_id:
        raise UsageError(_("kế hoạch đã có báo cáo «{id}»", id=id_), help=_("đặt mã khác"))
    whom = [it if it in opened.plan.block_by_id else opened.unit(it).id for it in owners or []]
    told: dict[str, Any] = {"id": id_, "name": " ".join(name.split()), "owners": whom or ["all"]}
    told |= dated(by, before, needed=bool(number))
    told |= {"period": opened.period(period).id} if period else {}
    if number is None and date is None:
        _draft(opened, told, whom, force=force)
        return
    if not (number and date):
        raise UsageError(_("văn bản yêu cầu cần đủ --number và --date"))
    to = _collector(opened)
    entry = told | ({"to": to} if to else {}) | authority(kind, number, date)
    add(opened, "requests", entry, _("đã ghi yêu cầu «{id}»", id=id_))


def _collector(opened: "Open") -> str | None:
    """Tell who collects reports: to whom most are sent."""
    from danvan_cli.province.reminders import sender

    return sender(opened.plan, opened.plan.deliverables[0]).id if opened.plan.deliverables else None


def _draft(opened: "Open", told: dict[str, Any], whom: "Sequence[str]", *, force: bool) -> None:
    """Make the letter that asks."""
    from danvan_cli.cli.made import write_document
    from danvan_cli.papers.kinds.cong_van_de_nghi_bao_cao import request_letter
    from danvan_cli.papers.make import make
    from danvan_cli.province.reminders import record_of, sender
    from danvan_cli.unit.model import UnitRecord
    from danvan_cli.yaml.read import read as read_as

    plan = opened.plan
    who = sender(plan, plan.deliverables[0])
    path = opened.workspace.unit(who.id) / "unit.yaml"
    record = record_of(plan, who, read_as(UnitRecord, path).record if path.exists() else None)
    period = plan.period_by_id.get(told.get("period", ""))
    letter = request_letter(plan, who, record, told["name"], whom, period, told.get("by"))
    write_document(
        opened.workspace.build / "yeu-cau" / f"{told['id']}.docx", make(letter, opened.templates), force=force
    )
