"""`danvan review notice`: the notice of a round's results, which ends it."""

from typing import Annotated

from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import PlanFile, day_of, option
from danvan_cli.cli.review.options import Date, Some, WholeBlock, tell_units
from danvan_cli.lang import _

EXAMPLES = (
    (
        "danvan review notice so-y-te -n 312/TB -d 11/12/2023 --answer-by 15/12/2023",
        _("thông báo kết quả bước đầu, hạn giải trình; cả khối: --block"),
    ),
)


def run(
    number: Annotated[str, option("--number -n", _("số, ký hiệu thông báo"), _("SỐ"))],
    unit: Some = None,
    block: WholeBlock = None,
    date: Date = None,
    answer_by: Annotated[str | None, option("--answer-by", _("hạn giải trình ghi trong thông báo"), _("NGÀY"))] = None,
    plan: PlanFile = None,
) -> None:
    """Record a notice."""
    from danvan_cli.desk.reviews import Reviews, notify

    opened = opened_plan(plan)
    when, last = opened.happened(date), day_of(answer_by) if answer_by else None
    told = notify(Reviews(opened), unit, block, number=number, when=when, answer_by=last)
    tell_units(told, _("đã thông báo theo {number}", number=number))
