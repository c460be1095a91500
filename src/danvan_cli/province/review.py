"""Verifying a unit's self-score: what it sent, what the team found, and the score that gives."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from pydantic import Field

from danvan_cli.delivery.model import PACKAGE
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.files import read_bytes, write
from danvan_cli.lang import _
from danvan_cli.rules.check import check_text
from danvan_cli.scoring.evaluate import EVERY_SCORER, evaluate
from danvan_cli.scoring.figures import exact
from danvan_cli.scoring.model import Answer, ScoreRecord, choose
from danvan_cli.text import day
from danvan_cli.workspace import shown
from danvan_cli.yaml.held import Held, put_all
from danvan_cli.yaml.read import accepted, read
from danvan_cli.yaml.schema import Day, Id, Model, Points, Slug, Text, no_items
from danvan_cli.yaml.splice import Add
from danvan_cli.yaml.yamltext import document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from danvan_cli.delivery.store import Received
    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.rules.levels import Levels
    from danvan_cli.scoring.model import Rubric, RubricFile
    from danvan_cli.scoring.result import Result
    from danvan_cli.workspace import Workspace
    from danvan_cli.yaml.splice import Put


REVIEW_FORMAT: Final = "danvan-review/1"


class Verified(Model):
    """What a member of the team found a criterion to deserve, and why; the last one counts."""

    criterion: Id
    answer: Answer
    round: int = Field(ge=1, description="Vòng thẩm định: 1 là vòng đầu, sau mỗi thông báo thêm một")
    member: Text = Field(description="Ai thẩm định")
    date: Day
    reason: Text
    inspection: Slug | None = Field(None, description="Cuộc kiểm tra, khảo sát làm căn cứ")


What = Literal["late", "violations"]
"""What the team states beside criteria."""


class Stated(Model):
    """What the team found as to late reports or violations; the last one counts."""

    what: What
    value: list[Slug]
    round: int = Field(ge=1)
    member: Text
    date: Day
    reason: Text


class Inspection(Model):
    """An inspection or a survey (II.7): what was found, and the document that says so."""

    id: Slug
    kind: Text = Field(description="Kiểm tra, khảo sát…")
    date: Day
    finding: Text
    document: Text | None = Field(None, description="Số, ký hiệu văn bản")


class Notified(Model):
    """The notice of a round's results, and by when the unit may explain."""

    number: Text
    date: Day
    answer_by: Day | None = None


class Explained(Model):
    """What the unit answered to a notice; one that was entered wrongly stays, and counts no more."""

    number: Text | None = None
    date: Day
    undone: Day | None = Field(None, description="Ngày bỏ vì ghi nhầm; trống là vẫn tính")
    moved: Slug | None = Field(None, description="Nay ghi ở đơn vị này")


class Official(Model):
    """Scores that a decision made official; they change by another decision only."""

    decision: Text = Field(description="Số, ký hiệu quyết định công nhận")
    date: Day
    total: Points
    band: Slug | None = Field(None, description="Mức xếp loại; trống là không xếp loại")


class Review(Model):
    """`province/reviews/<unit>.yaml`: how a unit's self-score was verified, round by round."""

    format: Literal["danvan-review/1"]
    unit: Slug
    plan: Slug
    rubric: Slug
    version: int
    sent: Text = Field(description="SHA-256 của bản tự chấm được thẩm định, giữ ở <đơn vị>.self.yaml")
    own: bool = Field(False, description="true: đơn vị tự thẩm định mình")
    changes: list[Verified] = Field(default_factory=no_items)
    statements: list[Stated] = Field(default_factory=no_items)
    inspections: list[Inspection] = Field(default_factory=no_items)
    notices: list[Notified] = Field(default_factory=no_items)
    explanations: list[Explained] = Field(default_factory=no_items)
    final: Day | None = Field(None, description="Ngày chốt kết quả thẩm định")
    official: list[Official] = Field(default_factory=no_items)

    @property
    def round(self) -> int:
        """The round that is going on, from 1."""
        return len(self.notices) + 1

    @property
    def explained(self) -> list[Explained]:
        """The answers to notices that count."""
        return [one for one in self.explanations if one.undone is None]

    def stated(self, what: What) -> Stated | None:
        """Give what was last found as to late reports or violations; None where nothing was."""
        return next((one for one in reversed(self.statements) if one.what == what), None)

    @property
    def stage(self) -> str:
        """How far it is: `provisional`, `notified`, `explained`, `final`, `official`."""
        if self.official:
            return "official"
        if self.final:
            return "final"
        if len(self.explained) >= len(self.notices) > 0:
            return "explained"
        return "notified" if self.notices else "provisional"


# A unit whose self-score is verified -----------------------------------------------------------------------------------


class Decision(NamedTuple):
    """The decision that makes scores official."""

    number: str
    date: date


@dataclass
class Reviewing:
    """A unit whose self-score is verified.

    `sent` is what the unit sent, kept as it was when verifying began; `newer` tells that it has sent another since.
    """

    plan: Plan
    unit: Unit
    rubric: Rubric
    sent: ScoreRecord
    data: bytes
    kept: Held[Review]
    self_path: Path
    newer: bool = False
    _found: tuple[Review, Result] | None = field(default=None, repr=False)
    """The last result, and of what."""

    @property
    def review(self) -> Review:
        """What the team has recorded."""
        return self.kept.record

    @property
    def begun(self) -> bool:
        """Whether anything is recorded yet."""
        return not self.kept.new

    @cached_property
    def self_result(self) -> Result:
        """The self-score."""
        return evaluate(self.rubric, self.sent)

    def record(self, review: Review | None = None) -> ScoreRecord:
        """Give the answers with what the team found in their place, as recorded if no other `review` is given."""
        review = review or self.review
        answers: dict[str, Answer | None] = dict(self.sent.answers)
        for one in review.changes:
            there = self.sent.answer(one.criterion)
            note = one.answer.note or (one.reason if one.answer.na else there.note)
            more = {"evidence": one.answer.evidence or there.evidence, "note": note}
            answers[one.criterion] = one.answer.model_copy(update=more)
        stated: dict[str, list[str]] = {said.what: list(said.value) for said in review.statements}
        return self.sent.model_copy(update={"answers": answers, **stated})

    def result(self) -> Result:
        """Score the answers as verified."""
        if self._found is None or self._found[0] is not self.review:
            self._found = self.review, evaluate(self.rubric, self.record(), EVERY_SCORER)
        return self._found[1]

    def would(self, changes: Sequence[Put | Add]) -> Result:
        """Score the answers as they would be verified with more recorded."""
        return evaluate(self.rubric, self.record(self.kept.would(changes).record), EVERY_SCORER)

    @property
    def official(self) -> Official | None:
        """The score that a decision made official, the last one."""
        return self.review.official[-1] if self.review.official else None

    def refuse_if_official(self, decision: str | None) -> None:
        """Stop a change of scores that are official, unless a new decision comes with it.

        Raises:
            DanvanError: if so.
        """
        last = self.official
        if last is None:
            return
        if decision is None or any(one.decision == decision for one in self.review.official):
            raise DanvanError(
                _("{unit}: điểm đã chính thức theo {decision} ngày {day}, không sửa được",
                  unit=self.unit.name, decision=last.decision, day=day(last.date)),
                help=_("có quyết định mới thì ghi cùng lúc: danvan review set … --decision SỐ --date NGÀY"),
            )  # fmt: skip

    def refuse_if_blank(self, result: Result) -> None:
        """Stop where something is not verified yet.

        Raises:
            DanvanError: if so.
        """
        if result.blanks:
            raise DanvanError(
                _("{unit}: còn {count} tiêu chí chưa thẩm định: {ids}", unit=self.unit.name, count=len(result.blanks),
                  ids=", ".join(line.criterion.id for line in result.blanks[:10])),
                help=_("ghi điểm những tiêu chí đó trước khi chốt"),
            )  # fmt: skip

    def by_decision(self, decision: Decision, result: Result) -> Add:
        """Give the edit that makes a score official, which must be complete.

        Raises:
            DanvanError: if something is not verified yet.
        """
        self.refuse_if_blank(result)
        said: dict[str, Any] = {"decision": decision.number, "date": decision.date, "total": result.total}
        return Add(("official",), said | ({"band": result.band.id} if result.band else {}))


def put_reviews(edits: Sequence[tuple[Reviewing, Sequence[Put | Add]]]) -> None:
    """Record something of several units: all of it or nothing.

    The self-score that is verified is kept as it was sent from the first time on.

    Raises:
        InvalidFileError: if a file would have errors.
        DanvanError: if it cannot be written.
    """
    begun = [one for one, changes in edits if changes and not one.self_path.exists()]
    try:
        for one in begun:
            write(one.self_path, one.data)
        put_all([(one.kept, changes) for one, changes in edits])
    except BaseException:
        for one in begun:
            with suppress(OSError):
                one.self_path.unlink(missing_ok=True)
        raise


def verifier(plan: Plan) -> str | None:
    """Tell which unit verifies: that to which self-scores are sent."""
    return next((one.to for one in plan.deliverables if one.kind == "self-score" and one.to), None)


def reviewing(
    workspace: Workspace, plan: Plan, rubrics: RubricFile, unit: Unit, received: Received, levels: Levels,
    *, own: str | None,
) -> Reviewing | None:  # fmt: skip
    """Open a unit's review; None where the unit has sent no self-score. `own` is the unit that verifies.

    Raises:
        InvalidFileError: if what was sent or recorded has errors.
        UsageError: if no rubric is for the unit.
    """
    folder = workspace.province / "reviews"
    kept_path, self_path = folder / f"{unit.id}.yaml", folder / f"{unit.id}.self.yaml"
    source = self_path if self_path.exists() else sent_score(workspace, plan, unit, received)
    if source is None:
        return None
    data = read_bytes(source)
    there = read(ScoreRecord, source)
    record = accepted(source, there, check_text(there, levels))
    rubric = choose(rubrics, plan, unit, record.rubric)
    if rubric is None:
        raise UsageError(_("không có bộ tiêu chí nào cho khối của {unit}", unit=unit.name))
    empty = None if kept_path.exists() else {
        "format": REVIEW_FORMAT, "unit": unit.id, "plan": plan.id, "rubric": rubric.id, "version": rubric.version,
        "sent": sha256(data).hexdigest(), **({"own": True} if unit.id == own else {}),
    }  # fmt: skip
    kept = Held(Review, kept_path, lambda read: check_text(read, levels), document(empty) if empty else None)
    if kept.record.unit != unit.id or kept.record.sent != sha256(data).hexdigest():
        raise DanvanError(
            _("{path} không khớp với bản tự chấm {other}", path=shown(kept_path), other=shown(source)),
            help=_("một trong hai tệp đã bị sửa tay; lấy lại bản cũ từ git"),
        )
    latest = sent_score(workspace, plan, unit, received) if source is self_path else None
    newer = latest is not None and read_bytes(latest) != data
    return Reviewing(plan, unit, rubric, record, data, kept, self_path, newer)


def sent_score(workspace: Workspace, plan: Plan, unit: Unit, received: Received) -> Path | None:
    """Find the answers that a unit sent: in its last package that was not returned, else in its folder here."""
    scores = [one.id for one in plan.deliverable_by_id.values() if one.kind == "self-score"]
    came = (filed for name in scores for filed in reversed(received.get((unit.id, name), [])) if filed.returned is None)
    paths = (*(filed.folder / PACKAGE / "data" / "score.yaml" for filed in came), workspace.score_file(unit.id))
    return next((path for path in paths if path.is_file()), None)


STATED: Final[dict[What, str]] = {"late": "Báo cáo, hồ sơ gửi muộn", "violations": "Vi phạm đã ghi nhận"}
"""What the team states beside criteria, and how papers call it."""


def review_as_dict(one: Reviewing) -> dict[str, Any]:
    """Give a review for programs; points as decimal strings."""
    places, result = one.rubric.rounding.places, one.result()
    both = zip(one.self_result.lines, result.lines, strict=True)
    return {
        "unit": one.unit.id,
        "rubric": one.rubric.id,
        "stage": one.review.stage,
        "round": one.review.round,
        "own": one.review.own,
        "self": exact(one.self_result.total, places),
        "verified": exact(result.total, places),
        "band": result.band.id if result.band else None,
        "blanks": [line.criterion.id for line in result.blanks],
        "criteria": [
            {"id": line.criterion.id, "self": exact(mine.points, places), "verified": exact(line.points, places)}
            for mine, line in both
        ],
        "changes": [it.model_dump(mode="json", exclude_none=True, exclude_defaults=True) for it in one.review.changes],
        "official": one.official.model_dump(mode="json") if one.official else None,
    }
