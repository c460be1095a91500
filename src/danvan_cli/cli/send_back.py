"""`danvan send-back`: returns what a unit sent, with the reason and the day by which it is sent again."""

from pathlib import Path

from danvan_cli.cli import as_json, complete, screen
from danvan_cli.cli.common import opened_plan
from danvan_cli.cli.options import PLAN, argument, flag, help_page, option
from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.workspace import shown


@help_page(
    (
        'danvan send-back so-y-te 6m --reason "Thiếu Phụ lục số liệu" --by 20/5/2023',
        _("trả lại báo cáo 06 tháng của Sở Y tế"),
    ),
    (
        'danvan send-back so-y-te 6m --reason "Số liệu sai" --number 130/SNV-XDCQ',
        _("trả lại bằng văn bản, không ấn định ngày"),
    ),
    (
        "danvan send-back so-y-te 6m --correct --date 11/5/2023",
        _("ghi nhầm thì sửa ngày, lý do, hạn; --undo: bỏ lần trả lại"),
    ),
    about=_(
        "Ghi return.yaml cạnh bản đã nhận; bản đã nhận giữ nguyên. Bản gửi lại tính đúng hạn theo ngày ghi ở --by; không ghi"
        " thì theo lần gửi đầu."
    ),
)
def send_back(
    unit: str = argument(_("ĐƠN-VỊ"), _("đơn vị nào"), complete.units, default=...),
    deliverable: str = argument(_("MÃ"), _("báo cáo, hồ sơ nào"), complete.deliverables, default=...),
    reason: str | None = option("--reason", _("vì sao trả lại"), _("CHỮ")),
    by: str | None = option("--by", _("gửi lại chậm nhất ngày này, gồm cả ngày đó"), _("NGÀY")),
    number: str | None = option("--number -n", _("số, ký hiệu văn bản trả lại, nếu có"), _("SỐ")),
    date: str | None = option("--date", _("ngày trả lại; bỏ qua là hôm nay"), _("NGÀY")),
    correct: bool = flag("--correct", _("sửa lần trả lại đã ghi nhầm; điều cũ vẫn lưu")),
    undo: bool = flag("--undo", _("bỏ lần trả lại đã ghi nhầm; điều cũ vẫn lưu")),
    plan: Path | None = PLAN,
) -> None:
    """Return what a unit sent."""
    from danvan_cli.desk import send_back as desk

    said = desk.ReturnSaid(reason, by, number, date)
    if correct and undo:
        raise UsageError(_("chỉ ghi một trong hai: --correct hoặc --undo"))
    if undo:
        if said != desk.ReturnSaid():
            raise UsageError(_("--undo không đi với --reason, --by, --number, --date"))
        folders, told = desk.undo_return(opened_plan(plan), unit, deliverable), _("đã bỏ việc trả lại")
    elif correct:
        folders, told = desk.correct_return(opened_plan(plan), unit, deliverable, said), _("đã sửa việc trả lại")
    else:
        folders, told = desk.return_to_unit(opened_plan(plan), unit, deliverable, said), _("đã ghi trả lại")
    as_json.give(folders=folders)
    for folder in folders:
        screen.out(f"{shown(folder)}: {told}")
