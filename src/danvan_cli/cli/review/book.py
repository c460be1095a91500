"""`danvan review book`: the team's workbook, every criterion of all units of a block."""

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.made import tell_saved
from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import Force, Output, PlanFile, day_of
from danvan_cli.cli.review.options import Some, WholeBlock
from danvan_cli.lang import _

ABOUT = _(
    "Mỗi dòng một tiêu chí của một đơn vị, cạnh điểm và tài liệu đơn vị nêu; chỉ điền hai cột vàng. Bỏ qua -o thì ghi"
    " vào build/. Sổ đã có người điền không bị ghi đè."
)
EXAMPLES = (
    ("danvan review book --block so-ban-nganh", _("sổ cả khối: build/tham-dinh-so-ban-nganh.xlsx")),
    ("danvan review book so-y-te -o tham-dinh-syt.xlsx", _("sổ của một đơn vị")),
)


def run(
    unit: Some = None, block: WholeBlock = None, output: Output = None, force: Force = False, plan: PlanFile = None
) -> None:
    """Write the workbook."""
    from danvan_cli.desk.ranks import team_book
    from danvan_cli.desk.reviews import Reviews

    made = team_book(Reviews(opened_plan(plan)), unit, block, output, when=day_of(None), force=force)
    as_json.give(units=made.count, missing=made.missing)
    tell_saved(made.saved, _("{count} đơn vị", count=made.count))
    if made.missing:
        names = "; ".join(unit.name for unit in made.missing)
        screen.remark(_("chưa gửi bản tự chấm: {names}", names=names), indent="  ")
