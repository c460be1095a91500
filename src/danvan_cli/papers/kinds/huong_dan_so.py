"""The page that goes with a workbook and says how it is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.papers.common import FollowedPlan, UnitName, followed_plan
from danvan_cli.papers.paper import Paper
from danvan_cli.text import day
from danvan_cli.word.shape import Part, said, spread, taken

if TYPE_CHECKING:
    from danvan_cli.plan.model import Deliverable, Plan, Unit


class Guide(Paper, about="giấy hướng dẫn điền sổ", command="danvan workbook --all", official=False, listed=7):
    class Owed(Part):
        name: str = said("tên", "Báo cáo 06 tháng")
        last_day: str | None = said("ngày cuối đúng hạn", "09/5/2023")
        when: str = said("khi không có ngày", "khi có yêu cầu")

    followed: FollowedPlan = spread()
    unit: UnitName = said("đơn vị điền sổ")
    scored: bool = said("sổ có trang chấm điểm", example=True)
    deliverables: list[Owed] = said("báo cáo, hồ sơ phải gửi")


def guide(plan: Plan, unit: Unit, *, scored: bool) -> Guide:
    """Make the page that goes with a unit's workbook; `scored` where that has a sheet of scores."""
    from danvan_cli.unit.model import owed

    def sent(one: Deliverable) -> Guide.Owed:
        last = plan.last_day(one, unit)
        when = "khi có yêu cầu" if one.on_request else "Kế hoạch không quy định thời hạn"
        return taken(Guide.Owed, one, last_day=day(last) if last else None, when=when)

    due = [*map(sent, owed(plan, unit))]
    return Guide(followed=followed_plan(plan), unit=taken(UnitName, unit), scored=scored, deliverables=due)
