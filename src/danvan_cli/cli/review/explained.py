"""`danvan review explained`: what a unit answered to a notice."""

from typing import Annotated

from danvan_cli.cli import complete, screen
from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import PlanFile, UnitArgument, option
from danvan_cli.cli.review.options import Date, tell_units
from danvan_cli.errors import UsageError
from danvan_cli.lang import _

EXAMPLES = (
    ("danvan review explained so-y-te -n 99/SYT-VP -d 14/12/2023", _("công văn giải trình của Sở Y tế đã đến")),
    (
        "danvan review explained so-y-te -n 99/SYT-VP --correct -d 15/12/2023",
        _("ghi nhầm ngày; nhầm đơn vị: --to ĐƠN-VỊ; bỏ: --undo"),
    ),
)


def run(
    number: Annotated[str, option("--number -n", _("số, ký hiệu công văn giải trình"), _("SỐ"))],
    unit: UnitArgument = None,
    date: Date = None,
    correct: Annotated[bool, option("--correct", _("sửa ngày đã ghi nhầm; ngày cũ vẫn lưu"))] = False,
    to: Annotated[str | None, option("--to", _("chuyển sang đơn vị này"), _("ĐƠN-VỊ"), complete.units)] = None,
    undo: Annotated[bool, option("--undo", _("bỏ giải trình đã ghi nhầm; vẫn lưu"))] = False,
    plan: PlanFile = None,
) -> None:
    """Record an explanation, or put one right."""
    from danvan_cli.desk.reviews import Reviews, correct_explained, explained
    from danvan_cli.text import day, squeeze

    opened, told = opened_plan(plan), squeeze(number)
    if correct or undo or to:
        if undo and (to or correct or date):
            raise UsageError(_("--undo không đi với --to, --correct, --date"))
        if correct and not date:
            raise UsageError(_("{option} cần có {other}", option="--correct", other="--date"))
        when = opened.happened(date) if date else None
        units = correct_explained(Reviews(opened), unit, number=told, when=when, to=to)
        tell_units(units, _("đã sửa giải trình {number}", number=told))
        return
    answer = explained(Reviews(opened), unit, number=told, when=opened.happened(date))
    if answer.last:
        screen.note(_("giải trình đến sau hạn {day}", day=day(answer.last)))
    tell_units([answer.unit], _("đã ghi giải trình {number}", number=told))
