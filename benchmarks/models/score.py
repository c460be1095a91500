"""The shape of a unit's answers."""

from decimal import Decimal
from typing import Literal

from models import Shape
from models.evidence import Evidence


class Answered(Shape):
    level: str | None = None
    value: Decimal | None = None
    base: Decimal | None = None
    count: int | None = None
    points: Decimal | None = None
    na: bool = False


class Answer(Answered):
    evidence: list[Evidence] = []
    note: str | None = None


class ScoreRecord(Shape):
    format: Literal["danvan-score/1"]
    unit: str | None = None
    rubric: str | None = None
    version: int | None = None
    answers: dict[str, Answer | None] = {}
    late: list[str] | None = None
    violations: list[str] | None = None
