"""`danvan send-back`: returns what a unit sent, with the reason and the day by which it is sent again."""

from typing import Annotated

import typer

from danvan_cli.cli import complete
from danvan_cli.cli.options import Plan
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
    from danvan_cli.desk import send_back as desk
    from danvan_cli.workspace import shown

    for folder in desk.send_back(open_plan(plan), unit, deliverable, reason, by, number, date):
        screen.out(_("{path}: đã ghi trả lại", path=shown(folder)))
