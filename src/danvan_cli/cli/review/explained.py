"""`danvan review explained`: what a unit answered to a notice."""

from typing import Annotated

from danvan_cli.cli import screen
from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import PlanFile, UnitArgument, option
from danvan_cli.cli.review.options import Date, tell_units
from danvan_cli.lang import _

EXAMPLES = (
    ("danvan review explained so-y-te -n 99/SYT-VP -d 14/12/2023", _("công văn giải trình của Sở Y tế đã đến")),
)


def run(
    number: Annotated[str, option("--number -n", _("số, ký hiệu công văn giải trình"), _("SỐ"))],
    unit: UnitArgument = None,
    date: Date = None,
    plan: PlanFile = None,
) -> None:
    """Record an explanation."""
    from danvan_cli.desk.review_rounds import explained
    from danvan_cli.desk.reviews import Reviews

    opened = opened_plan(plan)
    answer = explained(Reviews(opened), unit, number=number, when=opened.happened(date))
    if answer.last:
        screen.note(_("giải trình đến sau hạn {day}", day=answer.last.strftime("%d/%m/%Y")))
    tell_units([answer.unit], _("đã ghi giải trình {number}", number=number))
