"""`danvan review inspect`: an inspection or a survey, and what was found."""

from typing import Annotated

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import PlanFile, option
from danvan_cli.cli.review.options import Date, Some, WholeBlock
from danvan_cli.lang import _

EXAMPLES = (
    (
        'danvan review inspect so-y-te --finding "Chưa công khai" --document 12/KL-SNV',
        _("ghi cuộc kiểm tra; dẫn lại khi thẩm định bằng --on"),
    ),
)


def run(
    finding: Annotated[str, option("--finding", _("phát hiện gì"), _("CHỮ"))],
    unit: Some = None,
    block: WholeBlock = None,
    kind: Annotated[str, option("--kind", _("loại: kiểm tra, khảo sát…"), _("CHỮ"))] = "kiểm tra",
    document: Annotated[str | None, option("--document", _("văn bản của cuộc kiểm tra"), _("SỐ"))] = None,
    date: Date = None,
    plan: PlanFile = None,
) -> None:
    """Record an inspection."""
    from danvan_cli.desk.reviews import Reviews, inspect

    opened = opened_plan(plan)
    when = opened.happened(date)
    for one in inspect(Reviews(opened), unit, block, finding=finding, kind=kind, document=document, when=when):
        told = _("{unit}: đã ghi cuộc {kind} «{id}»; dẫn lại bằng --on {id}", unit=one.unit.id, kind=kind, id=one.id)
        as_json.add("units", one)
        screen.out(told)
