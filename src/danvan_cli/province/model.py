"""The models of how Sở Nội vụ verifies self-scores."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from danvan_cli.scoring.model import Answer
from danvan_cli.yaml.schema import Day, Id, Model, Points, Slug, Text, no_items

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
