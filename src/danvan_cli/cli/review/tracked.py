"""`danvan review tracked`: what receipts say of reports in time and late, proposed, and recorded where a member takes it."""

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import PlanFile
from danvan_cli.cli.review.options import Date, Member, Some, WholeBlock
from danvan_cli.cli.review.recorded import tell_review
from danvan_cli.lang import _

ABOUT = _(
    "Nêu những tiêu chí về chế độ báo cáo, những khống chế do gửi muộn mà điểm đang ghi khác sổ theo dõi, kèm ngày đến của"
    " từng báo cáo. Có --member thì ghi theo sổ, lý do là chính những ngày đó."
)
EXAMPLES = (
    ("danvan review tracked --block so-ban-nganh", _("chỗ nào điểm ghi khác sổ theo dõi")),
    ('danvan review tracked so-y-te --member "Trần Bình"', _("ghi theo sổ theo dõi")),
)


def run(
    unit: Some = None, block: WholeBlock = None, member: Member = None, date: Date = None, plan: PlanFile = None
) -> None:
    """Propose what receipts say, and record it."""
    from danvan_cli.desk.reviews import Reviews, take_tracked
    from danvan_cli.province.review_edits import By
    from danvan_cli.text import squeeze

    opened = opened_plan(plan)
    reviews = Reviews(opened)
    if member:
        for one in take_tracked(reviews, unit, block, By(squeeze(member), opened.happened(date))):
            tell_review(one)
        return
    as_json.give(proposed=[])
    told = [(one.unit, it) for one in reviews.those(unit, block) for it in reviews.proposed(one)]
    for who, it in told:
        name = it.criterion or _("gửi muộn")
        given = it.answer.level or it.answer.count if it.criterion else ", ".join(it.late) or _("không có")
        as_json.add("proposed", {"unit": who, "criterion": it.criterion, "answer": given, "why": it.why})
        screen.say(f"{who.id} {name}={given}: {it.why}", indent="  ")
    screen.out(
        _("{count} chỗ ghi khác sổ theo dõi; ghi theo sổ: thêm --member TÊN", count=len(told))
        if told
        else _("điểm không có chỗ nào khác sổ theo dõi")
    )
