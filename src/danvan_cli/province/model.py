"""The models of what Sở Nội vụ records: letters that urge, answers to obstacles."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from danvan_cli.schema import Day, Model, Slug, Text

REMINDERS_FORMAT: Final = "danvan-reminders/1"
OBSTACLES_FORMAT: Final = "danvan-obstacles/1"

STATES: Final = {"open": "chưa trả lời", "forwarded": "đã chuyển cấp trên", "answered": "đã trả lời"}
"""What becomes of an obstacle."""


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
