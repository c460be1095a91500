"""`danvan review take`: the team's workbook as filled in, or a member's opinions in a file."""

from pathlib import Path
from typing import Annotated

from danvan_cli.cli import as_json, complete, screen
from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import PlanFile, argument, option
from danvan_cli.cli.review.options import Date, NewDecision, decision_of
from danvan_cli.cli.review.recorded import tell_review
from danvan_cli.errors import DanvanError
from danvan_cli.lang import _

ABOUT = _("Sổ Excel do danvan review book làm, hoặc tệp YAML «danvan-opinions/1». Ghi cả tệp, hoặc không ghi gì.")
EXAMPLES = (
    ("danvan review take tham-dinh.xlsx", _("sổ thẩm định đã điền")),
    ("danvan review take y-kien.yaml --unit so-y-te", _("ý kiến của một thành viên về một đơn vị")),
)


def run(
    source: Annotated[Path, argument(_("TỆP"), _("sổ thẩm định .xlsx, hoặc tệp ý kiến .yaml"))],
    unit: Annotated[
        str | None,
        option("--unit", _("ý kiến trong tệp .yaml là về đơn vị nào, nếu tệp không ghi"), _("ĐƠN-VỊ"), complete.units),
    ] = None,
    date: Date = None,
    decision: NewDecision = None,
    plan: PlanFile = None,
) -> None:
    """Take what a file says."""
    from danvan_cli.desk.reviews import Reviews, take

    opened = opened_plan(plan)
    new = decision_of(opened, decision, date)
    when = opened.happened(date) if date and new is None else None
    taken = take(Reviews(opened), source, unit, when, new)
    as_json.give(units=[])
    for fault in taken.faults:
        screen.note(_("{cell}: lỗi: {message}", cell=fault.cell, message=fault.message))
    if taken.faults:
        raise DanvanError(_("{path}: {count} ô phải sửa, chưa ghi gì", path=source.name, count=len(taken.faults)))
    for one in taken.units:
        tell_review(one)
    if not taken.units:
        screen.out(_("{path}: không có gì thay đổi", path=source.name))
