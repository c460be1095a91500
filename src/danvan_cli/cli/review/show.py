"""`danvan review show`: self-scores and verified scores, of one unit criterion by criterion, of several in a line each."""

from typing import TYPE_CHECKING

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import PlanFile
from danvan_cli.cli.review.options import Some, WholeBlock
from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.desk.reviews import Reviews
    from danvan_cli.province.review import Reviewing

EXAMPLES = (
    ("danvan review show so-y-te", _("điểm tự chấm và điểm thẩm định từng tiêu chí")),
    ("danvan review show --block so-ban-nganh", _("cả khối, mỗi đơn vị một dòng")),
)


def run(unit: Some = None, block: WholeBlock = None, plan: PlanFile = None) -> None:
    """Show scores."""
    from danvan_cli.desk.reviews import Reviews
    from danvan_cli.province.review import review_as_dict

    reviews = Reviews(opened_plan(plan))
    if as_json.wanted():
        as_json.give(units=[review_as_dict(one) for one in reviews.those(unit, block)])
    elif len(units := reviews.units(unit, block)) == 1:
        _show(reviews, reviews.sure(units[0]))
    else:
        _show_all(reviews.those(unit, block))


def _show(reviews: "Reviews", one: "Reviewing") -> None:
    from danvan_cli.page.words import said
    from danvan_cli.scoring.figures import plain_figure, shown_if, shown_points

    places = one.rubric.rounding.places
    mine = {line.criterion.id: line for line in one.self_result.lines}
    result = one.result()
    reasons = {it.criterion: it for it in one.review.changes}
    own = _(" (đơn vị tự thẩm định mình)") if one.review.own else ""
    screen.say(f"{one.unit.name}: {said('stages')[one.review.stage]}{own}")
    table = []
    for line in result.lines:
        change = reasons.get(line.criterion.id)
        table.append((
            line.criterion.id, line.criterion.title, plain_figure(line.most), shown_if(mine[line.criterion.id].points, places),
            shown_if(line.points, places), f"{change.reason} ({change.member})" if change else "",
        ))  # fmt: skip
    heads = (_("Mã"), _("Tiêu chí"), _("Tối đa"), _("Tự chấm"), _("Thẩm định"), _("Lý do"))
    screen.table(heads, table, right=(2, 3, 4), whole=(0,))
    band = (
        result.band.name if result.band else _("chưa xếp được") if result.blanks else _("không đủ điều kiện xếp loại")
    )
    screen.out(_("Tổng: tự chấm {self}, thẩm định {verified}/{most}: {band}",
                 self=shown_points(one.self_result.total, places), verified=shown_points(result.total, places), most=plain_figure(result.scope), band=band))  # fmt: skip
    if result.blanks:
        ids = ", ".join(it.criterion.id for it in result.blanks)
        screen.out(_("Còn {count} tiêu chí chưa thẩm định: {ids}", count=len(result.blanks), ids=ids))
    for told in reviews.doubts(one):
        screen.remark(_("trái với sổ theo dõi: {told}", told=told), indent="  ")
    if reviews.proposed(one):
        screen.remark(_("ghi theo sổ theo dõi: danvan review tracked {id} --member TÊN", id=one.unit.id), indent="  ")
    if one.newer:
        screen.note(_("đơn vị đã gửi bản tự chấm khác sau khi bắt đầu thẩm định; đang dùng bản đầu"))
    for it in one.review.inspections:
        told = f"{it.id}: {it.kind} {it.date:%d/%m/%Y}: {it.finding} {it.document or ''}".rstrip()
        screen.say(told, indent="  ")


def _show_all(those: "Sequence[Reviewing]") -> None:
    from danvan_cli.page.words import said
    from danvan_cli.scoring.figures import shown_if

    table = []
    for one in those:
        result, places = one.result(), one.rubric.rounding.places
        table.append((
            one.unit.name + (" (*)" if one.review.own else ""), shown_if(one.self_result.total, places), shown_if(result.total, places),
            len(result.blanks) or "", said("stages")[one.review.stage],
        ))  # fmt: skip
    screen.table((_("Đơn vị"), _("Tự chấm"), _("Thẩm định"), _("Còn trống"), _("Bước")), table, right=(1, 2, 3))
    if any(one.review.own for one in those):
        screen.out(_("(*) đơn vị tự thẩm định mình"))
