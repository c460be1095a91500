"""The shape of a file of rubrics."""

from datetime import date as day
from decimal import Decimal
from typing import Literal

from pydantic import Field

from models import Shape


class Rounding(Shape):
    places: int = 2
    rule: Literal["half-up", "half-even", "down"] = "half-up"


class Level(Shape):
    id: str
    name: str
    points: Decimal
    on: Literal["in-time", "late"] | None = None


class Threshold(Shape):
    start: Decimal = Field(..., alias="from")
    points: Decimal


class Ratio(Shape):
    value: str | None = None
    base: str | None = None
    thresholds: list[Threshold] = []
    full: Decimal = Decimal(100)
    over: bool = False


class Count(Shape):
    each: Decimal
    source: str | None = Field(None, alias="from")


class Survey(Shape):
    held: bool = True


class Criterion(Shape):
    id: str
    title: str
    max: Decimal | None = None
    area: str | None = None
    criteria: list["Criterion"] = []
    graded: Decimal | None = None
    levels: list[Level] = []
    ratio: Ratio | None = None
    count: Count | None = None
    deduction: Count | None = None
    manual: Literal[True] | None = None
    survey: Survey | None = None
    by: Literal["self", "verifier", "superior", "survey"] | None = None
    na: Literal["full", "rescale"] | None = None
    evidence: list[str] = []
    deliverable: str | None = None
    guide: str | None = None


class Extra(Shape):
    max: Decimal
    criteria: list[Criterion]


class Band(Shape):
    id: str
    name: str
    start: Decimal = Field(..., alias="from")
    below: Decimal | None = None


class Violation(Shape):
    id: str
    name: str


class Condition(Shape):
    criterion: str | None = None
    below: Decimal | None = None
    late: str | None = None
    violation: str | None = None


class Limit(Shape):
    id: str
    when: Condition
    cap: str | None = None
    force: str | None = None
    deny: Literal[True] | None = None
    reason: str


class Quota(Shape):
    band: str
    percent: Decimal
    of: list[str] = []


class Kept(Shape):
    where: str
    text: str
    behind: str | None = None


class Rubric(Shape):
    id: str
    name: str
    version: int = 1
    official: bool
    source: str | None = None
    basis: list[str] = []
    start: day = Field(..., alias="from")
    to: day | None = None
    blocks: list[str]
    max: Decimal
    over_max: bool = False
    rounding: Rounding = Rounding()
    criteria: list[Criterion]
    bonus: Extra | None = None
    deductions: Extra | None = None
    bands: list[Band]
    violations: list[Violation] = []
    limits: list[Limit] = []
    ties: Literal["skip", "dense", "criteria"] = "skip"
    tie_criteria: list[str] = []
    quota: list[Quota] = []
    kept: list[Kept] = []


class RubricFile(Shape):
    format: Literal["danvan-rubric/1"]
    plan: str
    rubrics: list[Rubric]
