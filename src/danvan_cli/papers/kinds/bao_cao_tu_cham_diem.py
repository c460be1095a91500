"""A unit's report on its self-score, with the sheet and the evidence as annexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.papers.common import Common, RemarksTold, common, due_of_kind, examples, told
from danvan_cli.papers.kinds.bang_tu_cham_diem import Score, score_of
from danvan_cli.papers.paper import Paper
from danvan_cli.word.shape import said, spread

if TYPE_CHECKING:
    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.scoring.result import Result
    from danvan_cli.unit.model import UnitRecord


class ScoreReport(Paper, about="báo cáo tự chấm điểm", command="danvan score --report", listed=6):
    common: Common = spread(examples("BC-SYT"))
    score: Score = spread()
    to: list[str] = said("nơi nhận ghi ở Kính gửi", ["Sở Nội vụ"])
    remarks: RemarksTold = said("nhận xét chung, từ units/<mã>/unit.yaml")


def score_report(plan: Plan, unit: Unit, record: UnitRecord, result: Result) -> ScoreReport:
    """Make a unit's report on its self-score."""
    deliverable = due_of_kind(plan, unit, "self-score")
    score = score_of(plan, unit, result)
    return ScoreReport(
        common=common(plan, unit, record, "BC", deliverable),
        score=score,
        to=[score.addressee] if score.addressee else [],
        remarks=told(record.remarks(deliverable.id if deliverable else "")),
    )
