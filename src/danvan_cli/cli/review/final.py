"""`danvan review final`: verified scores, settled."""

from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import PlanFile
from danvan_cli.cli.review.options import Date, Some, WholeBlock, tell_units
from danvan_cli.lang import _

ABOUT = _("Còn tiêu chí chưa thẩm định, hoặc điểm đã chính thức, thì không chốt đơn vị nào.")
EXAMPLES = (("danvan review final so-y-te", _("chốt kết quả của Sở Y tế; sửa thì kết quả được mở lại")),)


def run(unit: Some = None, block: WholeBlock = None, date: Date = None, plan: PlanFile = None) -> None:
    """Settle scores."""
    from danvan_cli.desk.reviews import Reviews, settle_scores

    opened = opened_plan(plan)
    tell_units(settle_scores(Reviews(opened), unit, block, when=opened.happened(date)), _("đã chốt"))
