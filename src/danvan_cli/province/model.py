"""The models of what Sở Nội vụ records: letters that urge, answers to obstacles."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from danvan_cli.scoring.model import Answer
from danvan_cli.yaml.schema import Day, Id, Model, Points, Slug, Text

REMINDERS_FORMAT: Final = "danvan-reminders/1"
OBSTACLES_FORMAT: Final = "danvan-obstacles/1"
REVIEW_FORMAT: Final = "danvan-review/1"


class Urged(Model):
    """A letter that urged: a draft while it has no number and day."""

    deliverable: Slug
    units: list[Slug] = Field(min_length=1)
    as_of: Day = Field(description="Danh sách chưa gửi tính đến hết ngày này")
    answer_by: Day | None = Field(None, description="Hạn gửi ghi trong văn bản")
    number: Text | None = Field(None, description="Số, ký hiệu; chưa có là dự thảo")
    date: Day | None = None
    report: bool = Field(False, description="true: báo cáo cấp trên, không phải công văn đôn đốc")


class Reminders(Model):
    """`province/reminders.yaml`: the letters of a plan's year."""

    format: Literal["danvan-reminders/1"]
    plan: Slug
    letters: list[Urged] = Field(default_factory=list)

    def issued(self, deliverable: str, unit: str) -> list[Urged]:
        """List the letters that were issued and named a unit for something, the first one first."""
        return [one for one in self.letters if one.number and one.deliverable == deliverable and unit in one.units]


class Answered(Model):
    """What became of an obstacle that a unit raised."""

    id: Text = Field(description="Mã của khó khăn, vướng mắc: 8 chữ số đầu của SHA-256 nội dung")
    text: Text = Field(description="Nội dung khi được xem xét")
    kind: Text | None = Field(None, description="Loại: kinh phí, hướng dẫn, nhân lực…")
    state: Literal["open", "forwarded", "answered"] = "open"
    answer: Text | None = None
    document: Text | None = Field(None, description="Văn bản trả lời, chuyển")
    date: Day | None = None


class Obstacles(Model):
    """`province/obstacles/<unit>.yaml`: what became of the obstacles that a unit raised."""

    format: Literal["danvan-obstacles/1"]
    unit: Slug
    plan: Slug
    items: list[Answered] = Field(default_factory=list)


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
    changes: list[Verified] = Field(default_factory=list)
    statements: list[Stated] = Field(default_factory=list)
    inspections: list[Inspection] = Field(default_factory=list)
    notices: list[Notified] = Field(default_factory=list)
    explanations: list[Explained] = Field(default_factory=list)
    final: Day | None = Field(None, description="Ngày chốt kết quả thẩm định")
    official: list[Official] = Field(default_factory=list)

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
