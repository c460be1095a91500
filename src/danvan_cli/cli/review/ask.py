"""`danvan review ask`: criterion by criterion in a terminal; each answer is written down at once."""

from typing import TYPE_CHECKING

from danvan_cli.cli import prompts, screen
from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import PlanFile, UnitArgument
from danvan_cli.cli.review.options import Date, Member, On
from danvan_cli.cli.review.recorded import tell_review
from danvan_cli.lang import _

if TYPE_CHECKING:
    from danvan_cli.province.review import Reviewing
    from danvan_cli.province.review_edits import Opinion
    from danvan_cli.scoring.result import ScoredLine

ABOUT = _("Enter là thống nhất với đơn vị, q là dừng; điều đã trả lời được ghi ngay.")
EXAMPLES = (('danvan review ask so-y-te --member "Trần Bình"', _("thẩm định Sở Y tế, hỏi từng tiêu chí")),)


def run(
    unit: UnitArgument = None, member: Member = None, date: Date = None, on: On = None, plan: PlanFile = None
) -> None:
    """Ask."""
    from danvan_cli.desk.reviews import Reviews, read_opinion, record, recorded
    from danvan_cli.province.review_edits import By
    from danvan_cli.scoring.figures import shown_points
    from danvan_cli.text import squeeze

    prompts.require_terminal("danvan review ask", _("dùng danvan review set, hoặc danvan review take TỆP"))
    reviews = Reviews(opened_plan(plan))
    one = reviews.sure(reviews.opened.unit(unit))
    one.refuse_if_official(None)
    count = 0
    try:
        by = By(squeeze(member or prompts.line(_("Người thẩm định: "))), reviews.opened.happened(date), on)
        screen.note(_("Enter: thống nhất với đơn vị; q: dừng (đã ghi thì đã lưu)."))
        for line in one.result().lines:
            if line.state == "group":
                continue
            _show(one, line)

            def opinion(text: str, name: str = line.criterion.id) -> "Opinion":
                return read_opinion(one, f"{name}={text}", by)

            said = prompts.answer(_("  thẩm định: "), opinion)
            if said is None:
                continue
            why = prompts.line(_("  lý do: ")) or _("không ghi lý do")
            told = record(one, said._replace(reason=why), by)
            count += told.count
            screen.out(f"  {shown_points(told.verified, told.places)}")
    except prompts.Stopped:
        pass
    tell_review(recorded(one, count))


def _show(one: "Reviewing", line: "ScoredLine") -> None:
    """Show a criterion, and what the unit answered."""
    from danvan_cli.scoring.arithmetic import derivation
    from danvan_cli.scoring.figures import plain_figure

    leaf = line.criterion
    mine = one.sent.answer(leaf.id)
    told = derivation(leaf, mine, one.rubric.rounding) if not mine.blank else _("chưa có")
    most = _("tối đa {most}", most=plain_figure(leaf.most))
    screen.say(f"\n{leaf.id}. {leaf.title} ({most}): {told}")
    for number, level in enumerate(leaf.levels, start=1):
        screen.say(f"  {number}. {level.name} ({plain_figure(level.points)})")
