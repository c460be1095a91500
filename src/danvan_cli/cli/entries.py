"""What a letter changes in the plan mid-year, which is no amendment: `danvan extend`, `exempt`, `request`."""

from pathlib import Path
from typing import Final

from danvan_cli.cli import complete, screen
from danvan_cli.cli.common import opened_plan, tell_document, tell_entry
from danvan_cli.cli.options import FORCE, PLAN, argument, help_page, option
from danvan_cli.errors import UsageError
from danvan_cli.lang import _

_DELIVERABLE: Final = argument(_("MÃ"), _("báo cáo, hồ sơ nào"), complete.deliverables, default=...)
_UNITS: Final = argument(_("ĐƠN-VỊ…"), _("cho những đơn vị nào"), complete.units, default=...)
_NUMBER: Final = option("--number -n", _("số, ký hiệu văn bản cho phép"), _("SỐ"), default=...)
_DATE: Final = option("--date -d", _("ngày văn bản đó"), _("NGÀY"), default=...)
_KIND: Final = option("--type", _("tên loại văn bản"), _("CHỮ"), default="Công văn")
_BY: Final = option("--by", _("chậm nhất ngày này, gồm cả ngày đó"), _("NGÀY"))
_BEFORE: Final = option("--before", _("trước ngày này"), _("NGÀY"))


@help_page(
    (
        "danvan extend 6m so-y-te --by 20/5/2023 --number 95/UBND-NC --date 28/4/2023",
        _("gia hạn báo cáo 06 tháng cho Sở Y tế"),
    ),
    ("danvan extend 6m so-y-te so-tu-phap --by 1/6/2023 -n 95/UBND -d 28/4/2023", _("hai đơn vị một lần")),
    about=_("Ghi vào «extensions» của kế hoạch; không phải sửa đổi kế hoạch, thời hạn của các đơn vị khác giữ nguyên."),
)
def extend(
    deliverable: str = _DELIVERABLE,
    units: list[str] = _UNITS,
    number: str = _NUMBER,
    date: str = _DATE,
    by: str | None = _BY,
    before: str | None = _BEFORE,
    kind: str = _KIND,
    plan: Path | None = PLAN,
) -> None:
    """Put off a date for some units, by a document."""
    from danvan_cli.desk import entries as desk

    done = desk.put_off(opened_plan(plan), deliverable, units, by, before, desk.Asked(kind, number, date))
    if done.replaced:
        screen.note(_("thay gia hạn trước theo {documents}", documents=", ".join(done.replaced)))
    tell_entry(done, _("đã gia hạn «{id}» cho {units}", id=done.id, units=", ".join(done.units)))
    for row in done.in_time:
        screen.out(_("{unit}: đã ghi là gửi chậm {days} ngày, nay là đúng hạn", unit=row.unit.name, days=row.days))


@help_page(
    ("danvan exempt 6m vqg-bu-gia-map --number 95/UBND-NC --date 28/4/2023", _("miễn báo cáo 06 tháng cho một đơn vị")),
    ("danvan exempt tu-cham so-noi-vu -n 9/UBND-NC -d 1/10/2023", _("miễn tự chấm điểm")),
    about=_("Ghi vào «exemptions» của kế hoạch; không phải sửa đổi kế hoạch."),
)
def exempt(
    deliverable: str = _DELIVERABLE,
    units: list[str] = _UNITS,
    number: str = _NUMBER,
    date: str = _DATE,
    kind: str = _KIND,
    plan: Path | None = PLAN,
) -> None:
    """Let some units off sending something, by a document."""
    from danvan_cli.desk import entries as desk

    done = desk.let_off(opened_plan(plan), deliverable, units, desk.Asked(kind, number, date))
    tell_entry(done, _("đã miễn «{id}» cho {units}", id=done.id, units=", ".join(done.units)))


@help_page(
    ('danvan request dan-chu --name "Báo cáo thực hiện dân chủ" --by 31/8/2023', _("dự thảo công văn gửi mọi đơn vị")),
    (
        'danvan request dan-chu --name "Báo cáo" --by 31/8/2023 -n 210/SNV -d 1/8/2023',
        _("công văn đã phát hành: ghi vào kế hoạch"),
    ),
    (
        "danvan request ke-hoach --by 15/2/2023 -n 12/SNV -d 1/2/2023",
        _("ấn định ngày cho hồ sơ mà kế hoạch không ghi hạn"),
    ),
    about=_(
        "Chưa có số thì làm dự thảo công văn đề nghị báo cáo ở build/yeu-cau/. Công văn đã phát hành thì chạy lại với"
        " --number, --date: báo cáo được ghi vào «requests» của kế hoạch, có trong danvan status từ đó."
    ),
)
def request(
    name_: str = argument(_("MÃ"), _("mã đặt cho báo cáo này, như dan-chu-2023"), default=...),
    name: str = option(
        "--name", _("tên báo cáo; báo cáo mà kế hoạch có nhưng không ghi hạn thì không cần"), _("CHỮ"), default=""
    ),
    owners: list[str] | None = option(
        "--owner", _("ai phải gửi: khối, đơn vị; bỏ qua là tất cả"), _("MÃ"), complete.units
    ),
    by: str | None = _BY,
    before: str | None = _BEFORE,
    period: str | None = option("--period", _("số liệu của kỳ nào"), _("MÃ"), complete.periods),
    number: str | None = option("--number -n", _("số, ký hiệu văn bản yêu cầu"), _("SỐ")),
    date: str | None = option("--date -d", _("ngày văn bản đó"), _("NGÀY")),
    kind: str = _KIND,
    force: bool = FORCE,
    plan: Path | None = PLAN,
) -> None:
    """Ask for a report mid-year: the letter that asks, then the entry in the plan."""
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
