"""`danvan review set`: what a member finds criteria to deserve, as typed."""

from typing import Annotated

from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import PlanFile, UnitArgument, argument, option
from danvan_cli.cli.review.options import Date, NewDecision, On, decision_of
from danvan_cli.cli.review.recorded import tell_review
from danvan_cli.errors import UsageError
from danvan_cli.lang import _

ABOUT = _(
    "Chỗ nào sai thì không ghi gì. Số lẻ viết bằng dấu phẩy; tỷ lệ viết tử số/mẫu số; mức viết mã, tên hoặc số thứ tự."
)
EXAMPLES = (
    (
        'danvan review set so-y-te 9.1=8 --member "Trần Bình" --reason "Đối chiếu"',
        _("một tiêu chí thẩm định khác với đơn vị"),
    ),
    (
        'danvan review set so-y-te --late 6m --member "Trần Bình" --reason "Sổ đến"',
        _("báo cáo gửi muộn theo thẩm định"),
    ),
    (
        'danvan review set so-y-te --undo 9.1 --member "Trần Bình" --reason "Nhầm"',
        _("ghi nhầm tiêu chí: trở về như trước; thêm 9.2=8 thì ghi luôn vào 9.2"),
    ),
)


def run(
    member: Annotated[str, option("--member", _("ai thẩm định"), _("TÊN"))],
    reason: Annotated[str, option("--reason", _("vì sao"), _("CHỮ"))],
    unit: UnitArgument = None,
    put: Annotated[list[str] | None, argument(_("MÃ=…"), _("tiêu chí và kết quả thẩm định, như 1.2=3,5"))] = None,
    late: Annotated[
        str | None, option("--late", _("báo cáo, hồ sơ gửi muộn theo thẩm định; «không»"), _("MÃ,…"))
    ] = None,
    violations: Annotated[str | None, option("--violations", _("vi phạm theo thẩm định; «không»"), _("MÃ,…"))] = None,
    undo: Annotated[
        list[str] | None, option("--undo", _("bỏ ý kiến thẩm định vừa ghi của tiêu chí này"), _("MÃ"))
    ] = None,
    date: Date = None,
    on: On = None,
    decision: NewDecision = None,
    plan: PlanFile = None,
) -> None:
    """Record what is typed."""
    from danvan_cli.desk.reviews import Reviews, set_scores
    from danvan_cli.province.review_edits import By
    from danvan_cli.text import squeeze

    if unit and "=" in unit:  # inside the unit's folder it is left out
        put, unit = [unit, *(put or [])], None
    if not (put or late or violations or undo):
        raise UsageError(_("chưa nói ghi gì"), help=_("ghi thêm MÃ=…, --late, --violations hoặc --undo"))
    opened = opened_plan(plan)
    by = By(squeeze(member), opened.happened(date), on)
    new, reviews = decision_of(opened, decision, date), Reviews(opened)
    tell_review(
        set_scores(
            reviews, unit, put or [], undo=undo or [], late=late, violations=violations, by=by, reason=reason,
            decision=new,
        )
    )  # fmt: skip
