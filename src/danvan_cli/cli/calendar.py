"""`danvan calendar`: the deadlines of a plan, or of one unit, for a calendar program."""

from typing import TYPE_CHECKING

from danvan_cli.cli.options import Output, Plan, UnitArgument
from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from danvan_cli.plan import model

ABOUT = _(
    "Tệp .ics cho Outlook, Google Lịch, Thunderbird. Nhập lại bản mới thì ngày được cập nhật, không thành hai lần."
    " Ngày trong lịch là ngày cuối còn đúng hạn; gia hạn và miễn gửi của đơn vị đã được tính."
)
EXAMPLES = (
    ("danvan calendar", _("thời hạn chung của kế hoạch: build/lich-2023.ics")),
    ("danvan calendar so-y-te", _("thời hạn của Sở Y tế: units/so-y-te/out/lich-2023.ics")),
)


def calendar(unit: UnitArgument = None, output: Output = None, plan: Plan = None) -> None:
    """Write an iCalendar file."""
    from danvan_cli.cli import screen
    from danvan_cli.cli.made import tell_backup
    from danvan_cli.cli.opening import open_plan
    from danvan_cli.delivery.ics import ics
    from danvan_cli.word.save import save_bytes
    from danvan_cli.workspace import shown

    opened = open_plan(plan)
    one = opened.unit(unit) if unit or opened.workspace.unit_here() else None
    folder = opened.workspace.unit(one.id) / "out" if one else opened.workspace.root / "build"
    path = output or folder / f"lich-{opened.plan.year}.ics"
    dated = list(_dated(opened.plan, one))
    saved = save_bytes(path, ics(opened.plan, dated))
    changed = saved.kind != "unchanged"
    state = _("đã ghi {count} thời hạn", count=len(dated)) if changed else _("không có gì thay đổi")
    screen.out(f"{shown(path)}: {state}")
    tell_backup(saved)


def _dated(
    plan: "model.Plan", unit: "model.Unit | None"
) -> "Iterator[tuple[model.Deliverable, date, model.Unit | None]]":
    from danvan_cli.unit.model import owed

    every = owed(plan, unit) if unit else list(plan.deliverable_by_id.values())
    for one in every:
        last = plan.last_day(one, unit)
        if last is not None:
            yield one, last, unit
