"""`danvan review official`: scores made official by a decision."""

from typing import Annotated

from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import PlanFile, option
from danvan_cli.cli.review.options import Some, WholeBlock, tell_units
from danvan_cli.lang import _

ABOUT = _("Chỉ kết quả đã chốt mới thành chính thức; từ đó chỉ quyết định mới sửa được.")
EXAMPLES = (
    (
        "danvan review official so-y-te --decision 88/QĐ-UBND --date 28/12/2023",
        _("điểm của Sở Y tế chính thức theo quyết định"),
    ),
)


def run(
    decision: Annotated[str, option("--decision -n", _("số, ký hiệu quyết định công nhận"), _("SỐ"))],
    date: Annotated[str, option("--date -d", _("ngày quyết định"), _("NGÀY"))],
    unit: Some = None,
    block: WholeBlock = None,
    plan: PlanFile = None,
) -> None:
    """Make scores official."""
    from danvan_cli.desk.reviews import Reviews, make_official
    from danvan_cli.province.review import Decision
    from danvan_cli.text import squeeze

    opened = opened_plan(plan)
    new = Decision(squeeze(decision), opened.happened(date))
    units = make_official(Reviews(opened), unit, block, decision=new)
    tell_units(units, _("chính thức theo {decision}", decision=new.number))
