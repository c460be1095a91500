"""The letter by which a unit explains its self-score after it was verified."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from danvan_cli.papers.common import Addressed, Common, addressed, addressee, due_of_kind, examples, letter
from danvan_cli.papers.paper import Paper
from danvan_cli.scoring.figures import shown_points
from danvan_cli.word.shape import Part, said, spread

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.scoring.result import Result, ScoredLine
    from danvan_cli.unit.model import UnitRecord


class Notice(Part):
    name: str = said("tên loại và tên", "Thông báo", default="Thông báo")
    number: str | None = said("số, ký hiệu", "312/TB-SNV", default=None)
    date: dt.date | None = said("ngày", dt.date(2023, 12, 5), default=None)


class Explanation(Paper, about="công văn giải trình kết quả thẩm định", command="danvan review letter", listed=13):
    class Disputed(Part):
        id: str = said("mã tiêu chí", "1.2")
        criterion: str = said("tên tiêu chí", "Ban hành kế hoạch đúng thời hạn")
        self_: str = said("điểm tự chấm", "3,00")
        verified: str | None = said("điểm thẩm định", "1,50")
        asked: str | None = said("điểm đề nghị", "3,00", default=None)
        reason: str | None = said("lý do", "Kế hoạch đã ban hành trước thời hạn, gửi qua trục liên thông.")
        evidence: list[str] = said("tài liệu kiểm chứng", ["Kế hoạch số 15/KH-SYT", "Ảnh chụp nhật ký gửi"])

    common: Common = spread(examples("SYT-VP"))
    addressed: Addressed = spread()
    notice: Notice = said("văn bản được phúc đáp")
    unofficial: bool = said("bộ tiêu chí chưa được ban hành", example=False, default=False)
    rows: list[Disputed] = said("tiêu chí đề nghị xem xét lại")
    rest: str | None = said("ý kiến về các tiêu chí còn lại", "thống nhất với kết quả thẩm định.", default=None)


def explanation_letter(
    plan: Plan, unit: Unit, record: UnitRecord, result: Result, verified: Mapping[str, Decimal], notice: Notice
) -> Explanation:
    """Make the letter by which a unit explains its self-score where the points that were `verified`, by criterion, differ.

    What points the unit asks for, and what it says of the other criteria, is a person's to decide.
    """
    places = result.rubric.rounding.places

    def disputed(line: ScoredLine, points: Decimal) -> Explanation.Disputed:
        one, proof = line.criterion, [it.number or it.title for it in line.answer.evidence]
        mine, theirs = shown_points(points, places), shown_points(verified[one.id], places)
        said = line.answer.note  # what the unit has explained already
        return Explanation.Disputed(
            id=one.id, criterion=one.title, self_=mine, verified=theirs, reason=said, evidence=proof
        )

    scored = ((line, line.points) for line in result.lines if line.points is not None and line.state != "group")
    return Explanation(
        common=letter(plan, unit, record),
        addressed=addressed(addressee(plan, unit, due_of_kind(plan, unit, "self-score"))),
        notice=notice,
        unofficial=not result.rubric.official,
        rows=[disputed(line, mine) for line, mine in scored if verified.get(line.criterion.id, mine) != mine],
    )
