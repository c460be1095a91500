"""`danvan send-back`: returns what a unit sent, with the reason and the day by which it is sent again."""

from typing import Annotated

import typer

from danvan_cli.cli import complete
from danvan_cli.cli.options import Plan
from danvan_cli.errors import UsageError
from danvan_cli.lang import _

ABOUT = _(
    "Ghi return.yaml cạnh bản đã nhận; bản đã nhận giữ nguyên. Bản gửi lại tính đúng hạn theo ngày ghi ở --by; không ghi"
    " thì theo lần gửi đầu."
)
EXAMPLES = (
    (
        'danvan send-back so-y-te 6m --reason "Thiếu Phụ lục số liệu" --by 20/5/2023',
        _("trả lại báo cáo 06 tháng của Sở Y tế"),
    ),
    (
        'danvan send-back so-y-te 6m --reason "Số liệu sai" --number 130/SNV-XDCQ',
        _("trả lại bằng văn bản, không ấn định ngày"),
    ),
)


def send_back(
    unit: Annotated[str, typer.Argument(metavar=_("ĐƠN-VỊ"), help=_("đơn vị nào"), autocompletion=complete.units)],
    deliverable: Annotated[
        str, typer.Argument(metavar=_("MÃ"), help=_("báo cáo, hồ sơ nào"), autocompletion=complete.deliverables)
    ],
    reason: Annotated[str, typer.Option("--reason", metavar=_("CHỮ"), help=_("vì sao trả lại"))],
    by: Annotated[
        str | None, typer.Option("--by", metavar=_("NGÀY"), help=_("gửi lại chậm nhất ngày này, gồm cả ngày đó"))
    ] = None,
    number: Annotated[
        str | None, typer.Option("--number", metavar=_("SỐ"), help=_("số, ký hiệu văn bản trả lại, nếu có"))
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar=_("NGÀY"), help=_("ngày trả lại; bỏ qua là hôm nay"))
    ] = None,
    plan: Plan = None,
) -> None:
    """Return what a unit sent."""
    from danvan_cli.cli import screen
    from danvan_cli.cli.opening import open_plan
    from danvan_cli.delivery.filing import send_back as write
    from danvan_cli.delivery.model import RETURN_FORMAT, Return
    from danvan_cli.delivery.store import received
    from danvan_cli.plan import calendar
    from danvan_cli.rules.secrets import refuse_secret_text
    from danvan_cli.unit.typed import day
    from danvan_cli.workspace import shown

    opened = open_plan(plan)
    who, what = opened.unit(unit), opened.deliverable(deliverable)
    told = " ".join((refuse_secret_text("--reason", reason) or "").split())
    if not told:
        raise UsageError(_("--reason trống"), help=_("ghi vì sao trả lại"))
    when, again = day(date) if date else calendar.today(), day(by) if by else None
    if again and again < when:
        raise UsageError(_("hạn gửi lại {by} trước ngày trả lại", by=by), help=_("ghi một ngày sau đó"))
    filed = received(opened.workspace.received, opened.plan.id).get((who.id, what.id), [])
    open_ = [one for one in filed if one.returned is None and one.receipt.received <= when]
    if not open_:
        known = filed[-1].returned if filed else None
        raise UsageError(
            _("{unit}: bản đã nhận của «{id}» đã trả lại rồi", unit=who.name, id=what.id)
            if known
            else _("chưa nhận «{id}» của {unit}", unit=who.name, id=what.id),
            help=_("xem: danvan status --unit {id}", id=who.id),
        )
    returned = Return(format=RETURN_FORMAT, date=when, reason=told, number=number, by=again)
    for one in open_:
        write(one.folder, returned)
        screen.out(_("{path}: đã ghi trả lại", path=shown(one.folder)))
