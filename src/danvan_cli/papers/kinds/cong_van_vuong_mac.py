"""The letter in which a unit raises its obstacles: to the plan's issuer, through who follows the units' work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.papers.common import Addressed, Common, addressed, examples, follower, letter, proposal_said, to
from danvan_cli.papers.paper import Paper
from danvan_cli.text import sentences
from danvan_cli.word.shape import Part, said, spread

if TYPE_CHECKING:
    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.unit.model import UnitRecord


class ObstacleLetter(Paper, about="công văn về khó khăn, vướng mắc", command="danvan obstacles --letter", listed=12):
    class Raised(Part):
        text: str = said("nội dung", "Chưa có hướng dẫn về kinh phí cho tổ hòa giải ở khu phố.")
        proposal: str | None = said("đề xuất", "Đề nghị hướng dẫn mức chi.")

    common: Common = spread(examples("SYT-VP"))
    addressed: Addressed = spread(to("Ủy ban nhân dân tỉnh (qua Sở Nội vụ)"))
    obstacles: list[Raised] = said("khó khăn, vướng mắc")


def obstacle_letter(plan: Plan, unit: Unit, record: UnitRecord) -> ObstacleLetter:
    """Make the letter that raises every obstacle in a unit's record."""
    through = follower(plan, unit)
    return ObstacleLetter(
        common=letter(plan, unit, record),
        addressed=addressed(plan.issuer.name + (f" (qua {through})" if through else "")),
        obstacles=[
            ObstacleLetter.Raised(
                text=sentences(one.text), proposal=proposal_said(one.proposal) if one.proposal else None
            )
            for one in record.raised_obstacles
        ],
    )
