"""`danvan calendar`: the deadlines of a plan, or of one unit, for a calendar program."""

from pathlib import Path

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.common import opened_plan, tell_backup
from danvan_cli.cli.options import OUTPUT, PLAN, UNIT, help_page
from danvan_cli.lang import _
from danvan_cli.workspace import shown


@help_page(
    ("danvan calendar", _("thời hạn chung của kế hoạch: build/lich-2023.ics")),
    ("danvan calendar so-y-te", _("thời hạn của Sở Y tế: units/so-y-te/out/lich-2023.ics")),
    about=_(
        "Tệp .ics cho Outlook, Google Lịch, Thunderbird. Nhập lại bản mới thì ngày được cập nhật, không thành hai lần."
        " Ngày trong lịch là ngày cuối còn đúng hạn; gia hạn và miễn gửi của đơn vị đã được tính."
    ),
)
def calendar(unit: str | None = UNIT, output: Path | None = OUTPUT, plan: Path | None = PLAN) -> None:
    """Write an iCalendar file."""
    from danvan_cli.desk import calendar as desk

    made = desk.write_deadlines(opened_plan(plan), unit, output)
    as_json.made(made.saved.path, made.saved.kind, made.saved.backup)
    as_json.give(deadlines=made.deadlines, undated=made.undated)
    changed = made.saved.kind != "unchanged"
    state = _("đã ghi {count} thời hạn", count=made.deadlines) if changed else _("không có gì thay đổi")
    screen.out(f"{shown(made.saved.path)}: {state}")
    if made.undated:
        screen.note(
            _("{count} nhiệm vụ có thời gian mà không có hạn cuối (thường xuyên, hằng tháng…)", count=made.undated)
        )
    tell_backup(made.saved.backup)
