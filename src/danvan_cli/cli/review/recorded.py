"""What a unit's review has come to, as the verbs that change scores tell it."""

from typing import TYPE_CHECKING

from danvan_cli.cli import as_json, screen
from danvan_cli.lang import _

if TYPE_CHECKING:
    from danvan_cli.desk.reviews import Recorded


def tell_review(one: "Recorded") -> None:
    """Say what a review has come to."""
    from danvan_cli.scoring.figures import shown_points

    as_json.add("units", one)
    if one.reopened:
        told = _("kết quả đã chốt được mở lại; sửa xong thì chốt lại: danvan review final {id}", id=one.unit.id)
        screen.out(f"{one.unit.id}: {told}")
    told = _("{unit}: ghi {count} thay đổi; tự chấm {self}, thẩm định {verified}",
             unit=one.unit.id, count=one.count, self=shown_points(one.self_total, one.places), verified=shown_points(one.verified, one.places))  # fmt: skip
    if one.blanks:
        told += _(", còn {count} tiêu chí chưa thẩm định", count=one.blanks)
    screen.out(told)
    if one.decision:
        screen.out(f"{one.unit.id}: {_('chính thức theo {decision}', decision=one.decision)}")
