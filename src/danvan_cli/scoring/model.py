"""The models of a rubric (bộ tiêu chí) and of a unit's answers to it.

A rubric is a tree of criteria of two to four levels; only its leaves have points. A leaf says by which way it
is scored, and by whom.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, ClassVar, Final, Literal, NamedTuple

from pydantic import Field, WithJsonSchema, model_validator

from danvan_cli.findings.rule import rule
from danvan_cli.lang import _
from danvan_cli.plan.head import Kept
from danvan_cli.unit.model import Evidence, TextOrBlank
from danvan_cli.yaml.schema import Day, Id, Model, Points, Slug, Text, many, maybe, problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from danvan_cli.plan.model import Plan, Unit


SCORE_FORMAT: Final = "danvan-score/1"

TASKS, TASKS_DONE, REPORTS_LATE = "tasks", "tasks-done", "reports-late"
FACTS: Final = (TASKS, TASKS_DONE, REPORTS_LATE)
"""What a figure may come from besides the plan's indicators: tasks that apply, tasks done, reports sent late."""

Scorer = Literal["self", "verifier", "superior", "survey"]
WAYS: Final = ("graded", "levels", "ratio", "count", "deduction", "manual", "survey")
"""The ways a leaf may be scored, by the key that says so."""

Positive = Annotated[Points, Field(gt=0), WithJsonSchema({"type": "number", "exclusiveMinimum": 0})]
Amount = Annotated[Points, Field(ge=0), WithJsonSchema({"type": "number", "minimum": 0})]


class Level(Model):
    """One of the levels a criterion is judged by."""

    id: Id
    name: Text
    points: Amount
    on: Literal["in-time", "late"] | None = maybe(
        "Mức được đề xuất khi văn bản (deliverable) đã gửi đúng hạn, hoặc gửi muộn"
    )


class Threshold(Model):
    """From this percentage on, so many points."""

    start: Amount = Field(alias="from", description="Từ tỷ lệ phần trăm này trở lên, gồm cả nó")
    points: Amount


class Ratio(Model):
    """A value over a base: points by thresholds, or straight in proportion."""

    value: Slug | None = maybe("Chỉ tiêu số liệu làm tử số; bỏ trống là gõ vào")
    base: Slug | None = maybe("Chỉ tiêu số liệu làm mẫu số; bỏ trống là gõ vào")
    thresholds: list[Threshold] = many()
    full: Positive = maybe("Không có ngưỡng: đủ điểm từ tỷ lệ phần trăm này, dưới đó theo tỷ lệ thuận", Decimal(100))
    over: bool = maybe(
        "true: tử số được lớn hơn mẫu số, như số thu so với dự toán; có ngưỡng trên 100 thì không cần ghi", False
    )

    @cached_property
    def bounded(self) -> bool:
        """Whether the value is a part of the base, so that no answer is above 100 %."""
        return not self.over and max((self.full, *(mark.start for mark in self.thresholds))) <= 100


class Count(Model):
    """So many points for each, up to the criterion's most; or so many taken away."""

    each: Positive
    source: Slug | None = maybe("Chỉ tiêu số liệu để đề xuất số lượng", alias="from")


class Survey(Model):
    """Points that come from a survey."""

    held: bool = maybe("false: năm nay không khảo sát, tiêu chí này tính theo «na»", True)


@rule(
    "DV702", "Tiêu chí hoặc khống chế viết chưa đủ", "error",
    "Mỗi tiêu chí không có mục con cần điểm tối đa và đúng một cách chấm; mỗi khống chế cần một điều kiện, một hệ quả.",
    wrong='- {id: "1.1", title: Ban hành kế hoạch, max: 5}',
    right='- {id: "1.1", title: Ban hành kế hoạch, max: 5, graded: 0.5}',
)  # fmt: skip
class Criterion(Model):
    """A criterion: a group of others, or a leaf with points and one way to score it."""

    id: Id
    title: Text
    max: Positive | None = maybe("Điểm tối đa; ở nhóm thì chỉ để đối chiếu với tổng các mục con")
    area: Id | None = maybe("Nội dung của kế hoạch mà nhóm này chấm")
    criteria: list[Criterion] = many()
    graded: Positive | None = maybe("Chấm theo bước điểm, ví dụ 0.5")
    levels: list[Level] = many("Chấm theo mức")
    ratio: Ratio | None = maybe("Chấm theo tỷ lệ")
    count: Count | None = maybe("Mỗi việc được bấy nhiêu điểm, đến điểm tối đa")
    deduction: Count | None = maybe("Từ điểm tối đa trừ dần mỗi việc, không dưới 0")
    manual: Literal[True] | None = maybe("Người chấm ghi thẳng điểm")
    survey: Survey | None = maybe("Điểm do khảo sát, điều tra xã hội học")
    by: Scorer | None = maybe("Ai chấm; bỏ trống là đơn vị tự chấm (khảo sát thì là khảo sát)")
    na: Literal["full", "rescale"] | None = maybe(
        "Không áp dụng thì: full (đủ điểm), rescale (bỏ ra và quy đổi); bỏ trống là không được phép"
    )
    evidence: list[Text] = many("Tài liệu kiểm chứng cần có")
    deliverable: Slug | None = maybe("Báo cáo, hồ sơ mà tiêu chí xét việc gửi đúng hạn")
    guide: Text | None = maybe("Hướng dẫn chấm")

    ways: ClassVar[tuple[str, ...]] = WAYS

    @cached_property
    def way(self) -> str:
        """How a leaf is scored: one of `WAYS`; empty for a group."""
        return next((way for way in self.ways if getattr(self, way)), "")

    @cached_property
    def scorer(self) -> Scorer:
        """Who scores a leaf."""
        return self.by or ("survey" if self.survey else "self")

    @cached_property
    def most(self) -> Decimal:
        """The most points: a leaf's own, a group's sum."""
        return sum((one.most for one in self.criteria), Decimal(0)) if self.criteria else self.max or Decimal(0)

    @cached_property
    def points_by_level(self) -> dict[str, Decimal]:
        """What each level gives, by its id."""
        return {level.id: level.points for level in self.levels}

    @cached_property
    def sources(self) -> dict[str, str]:
        """The figure that each key of an answer speaks of, where the rubric names one."""
        count = self.count or self.deduction
        named = {"value": self.ratio and self.ratio.value, "base": self.ratio and self.ratio.base,
                 "count": count and count.source}  # fmt: skip
        return {key: name for key, name in named.items() if name}

    def leaves(self) -> Iterator[Criterion]:
        """Walk the leaves under a criterion, in order; a leaf gives itself."""
        if not self.criteria:
            yield self
        for one in self.criteria:
            yield from one.leaves()

    @model_validator(mode="after")
    def _one_way(self) -> Criterion:
        ways = [way for way in self.ways if getattr(self, way)]
        of_leaves = [*ways, *(key for key in ("by", "na", "evidence", "deliverable") if getattr(self, key))]
        if self.criteria and of_leaves:
            said = _("nhóm «{id}» có mục con thì không chấm điểm: bỏ «{key}»", id=self.id, key=of_leaves[0])
            raise problem("DV702", said, _("điểm chỉ ghi ở mục không có mục con"))
        if not self.criteria and len(ways) != 1:
            said = _("tiêu chí «{id}» cần đúng một cách chấm, đang có {count}", id=self.id, count=len(ways))
            raise problem("DV702", said, _("chọn một: {ways}", ways=", ".join(self.ways)))
        if not self.criteria and self.max is None:
            raise problem("DV702", _("tiêu chí «{id}» chưa có điểm tối đa", id=self.id), _("thêm dòng «max: …»"))
        if self.survey and not self.survey.held and self.na is None:
            said = _("tiêu chí «{id}» không khảo sát (held: false) mà không ghi «na»", id=self.id)
            raise problem("DV702", said, _("thêm «na: rescale» (bỏ ra và quy đổi) hoặc «na: full» (đủ điểm)"))
        return self


class Extra(Model):
    """Lines beside the scale, bonus or deduction, capped together."""

    max: Positive
    criteria: list[Criterion] = Field(min_length=1)

    @model_validator(mode="after")
    def _leaves(self) -> Extra:
        for one in self.criteria:
            if one.way not in {"graded", "levels", "count", "manual"} or one.na:
                said = _("dòng điểm thưởng, điểm trừ «{id}» không dùng được cách chấm này", id=one.id)
                how = _("dùng graded, levels, count hoặc manual, không có mục con và không có «na»")
                raise problem("DV702", said, how)
        return self


class Band(Model):
    """A ranking label, from a total on."""

    id: Slug
    name: Text
    start: Amount = Field(alias="from", description="Từ tổng điểm này trở lên, gồm cả nó")
    below: Positive | None = maybe("Dưới tổng điểm này; bỏ trống là đến mức trên")


class Condition(Model):
    """What sets a limit off: a criterion below a mark, a report sent late, a recorded violation."""

    criterion: Id | None = None
    below: Positive | None = None
    late: Slug | None = maybe("Báo cáo, hồ sơ gửi muộn")
    violation: Slug | None = maybe("Vi phạm đã được ghi nhận")

    @model_validator(mode="after")
    def _one(self) -> Condition:
        kinds = [self.criterion, self.late, self.violation]
        if sum(one is not None for one in kinds) != 1 or (self.criterion is None) != (self.below is None):
            said = _("điều kiện khống chế cần đúng một trong: criterion với below, late, violation")
            raise problem("DV702", said, _("ví dụ: when: {criterion: II.5, below: 10}"))
        return self


class Limit(Model):
    """A khống chế rule: a condition that caps the band, forces one, or denies ranking, with its reason."""

    id: Slug
    when: Condition
    cap: Slug | None = maybe("Xếp không cao hơn mức này")
    force: Slug | None = maybe("Xếp đúng mức này, dù điểm bao nhiêu")
    deny: Literal[True] | None = maybe("Không đủ điều kiện xếp loại")
    reason: Text

    @model_validator(mode="after")
    def _one(self) -> Limit:
        if sum(one is not None for one in (self.cap, self.force, self.deny)) != 1:
            raise problem("DV702", _("quy tắc khống chế «{id}» cần đúng một trong: cap, force, deny", id=self.id))
        return self


class Violation(Model):
    """A kind of violation that limits may name."""

    id: Slug
    name: Text


class Quota(Model):
    """How many units may be in a band at most: a percentage of all that are ranked, or of those in some bands."""

    band: Slug
    percent: Annotated[Points, Field(gt=0, le=100)]
    of: list[Slug] = many()


class Rounding(Model):
    """The one rounding: of each criterion's points, and of a rescaled total."""

    places: int = maybe("Số chữ số thập phân", 2, ge=0, le=4)
    rule: Literal["half-up", "half-even", "down"] = maybe("Cách làm tròn", "half-up")


class Rubric(Model):
    """A set of criteria (bộ tiêu chí) for some blocks, in force from a day to a day."""

    id: Slug
    name: Text
    version: int = Field(1, ge=1)
    official: bool = Field(description="false: không phải bộ tiêu chí chính thức; mọi bảng chấm điểm ghi rõ như vậy")
    source: Text | None = None
    basis: list[Text] = many("Văn bản làm căn cứ")
    start: Day = Field(alias="from")
    end: Day | None = Field(None, alias="to")
    blocks: list[Slug] = Field(min_length=1)
    max: Positive = Field(description="Thang điểm")
    over_max: bool = maybe("true: điểm thưởng được làm tổng điểm vượt thang điểm", False)
    rounding: Rounding = Rounding()
    criteria: list[Criterion] = Field(min_length=1)
    bonus: Extra | None = None
    deductions: Extra | None = None
    bands: list[Band] = Field(min_length=1)
    violations: list[Violation] = many()
    limits: list[Limit] = many()
    ties: Literal["skip", "dense", "criteria"] = maybe(
        "Đồng điểm: skip (1-2-2-4), dense (1-2-2-3), criteria (theo tie_criteria, rồi 1-2-2-4)", "skip"
    )
    tie_criteria: list[Id] = many()
    quota: list[Quota] = many()
    kept: list[Kept] = many("Dòng của bản gốc không thuộc tiêu chí nào, nguyên văn")

    @cached_property
    def rows(self) -> tuple[RubricRow, ...]:
        """All criteria in order, groups before what they hold, then bonus and deduction lines."""
        return tuple(_rows(self))

    @cached_property
    def own(self) -> list[Criterion]:
        """The leaves that a unit scores itself, in order."""
        return [row.criterion for row in self.rows if not row.criterion.criteria and row.criterion.scorer == "self"]

    @cached_property
    def row_by_id(self) -> dict[str, RubricRow]:
        """Rows by the criterion's id."""
        return {row.criterion.id: row for row in self.rows}

    @cached_property
    def band_by_id(self) -> dict[str, Band]:
        """Bands by id."""
        return {band.id: band for band in self.bands}

    @cached_property
    def bands_down(self) -> tuple[Band, ...]:
        """The bands, the highest first."""
        return tuple(sorted(self.bands, key=lambda band: band.start, reverse=True))

    def in_force(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return self.start <= day and (self.end is None or day <= self.end)


RubricPart = Literal["criteria", "bonus", "deductions"]


class RubricRow(NamedTuple):
    """A criterion in its place: the part of the rubric, how deep (from 1), where it stands in the file's tree."""

    criterion: Criterion
    part: RubricPart
    depth: int
    loc: tuple[str | int, ...]


def _rows(rubric: Rubric) -> Iterator[RubricRow]:
    def walk(
        criteria: list[Criterion], part: RubricPart, depth: int, loc: tuple[str | int, ...]
    ) -> Iterator[RubricRow]:
        for i, one in enumerate(criteria):
            here = (*loc, "criteria", i)
            yield RubricRow(one, part, depth, here)
            yield from walk(one.criteria, part, depth + 1, here)

    yield from walk(rubric.criteria, "criteria", 1, ())
    for part, extra in (("bonus", rubric.bonus), ("deductions", rubric.deductions)):
        if extra:
            yield from walk(extra.criteria, part, 1, (part,))  # type: ignore[arg-type]


class RubricFile(Model):
    """`plans/YEAR.rubric.yaml`: the rubrics of a plan's year."""

    format: Literal["danvan-rubric/1"]
    plan: Slug
    rubrics: list[Rubric] = Field(min_length=1)


# Which rubric scores a unit: the one for its block that is in force on the day of the self-score ------------------------


def rubric_path(plan: Path) -> Path:
    """Tell where the rubrics of a plan's year lie: `plans/2023.rubric.yaml` beside `plans/2023.yaml`."""
    return plan.with_name(f"{plan.stem}.rubric.yaml")


def scoring_day(plan: Plan) -> date:
    """Tell the day whose rubrics count: the last day of sending the self-score, else the year's last day."""
    days = (plan.last_day(one) for one in plan.deliverables if one.kind == "self-score")
    return next((day for day in days if day), date(plan.year, 12, 31))


def choose(rubrics: RubricFile, plan: Plan, unit: Unit | None, name: str | None = None) -> Rubric | None:
    """Choose the rubric for a unit, the latest version; a name (as in `score.yaml`) goes before the day.

    The unit is None for a file of answers that names none.
    """
    day = scoring_day(plan)
    fit = [one for one in rubrics.rubrics if unit is None or unit.block in one.blocks]
    named = [one for one in fit if one.id == name]
    return max(
        named or (one for one in fit if one.in_force(day)),
        key=lambda one: (one.in_force(day), one.start, one.version),
        default=None,
    )


# A unit's answers -----------------------------------------------------------------------------------------------------

ANSWERS: Final = ("level", "value", "base", "count", "points")
"""The keys of an answer that may give points."""


class Answered(Model):
    """What is answered to a criterion; which key it takes depends on how the criterion is scored."""

    level: Text | None = maybe("Mã mức, với tiêu chí chấm theo mức")
    value: Amount | None = maybe("Tử số, với tiêu chí chấm theo tỷ lệ")
    base: Amount | None = maybe("Mẫu số")
    count: Annotated[int, Field(ge=0)] | None = maybe("Số lượng")
    points: Amount | None = maybe("Điểm")
    na: bool = maybe("true: không áp dụng với đơn vị (kèm note)", False)


class Answer(Answered):
    """A unit's answer to a criterion."""

    evidence: list[Evidence] = many()
    note: TextOrBlank = maybe("Giải trình")

    @property
    def blank(self) -> bool:
        """Whether nothing is answered yet."""
        return not self.na and not self.given

    @property
    def given(self) -> tuple[str, ...]:
        """The keys that are answered, evidence and explanation apart."""
        said = self.__dict__  # thousands of answers are read: this is thrice as quick as getattr
        return tuple([key for key in ANSWERS if said[key] is not None])


class ScoreRecord(Model):
    """`score.yaml`: a unit's answers, or a file of answers that any unit may try."""

    format: Literal["danvan-score/1"]
    unit: Slug | None = None
    rubric: Slug | None = None
    version: int | None = None
    answers: dict[Id, Answer | None] = Field(default_factory=dict)
    late: list[Slug] | None = maybe("Báo cáo, hồ sơ gửi muộn; [] là không có; bỏ trống là chưa khẳng định")
    violations: list[Slug] | None = maybe("Vi phạm đã ghi nhận; [] là không có; bỏ trống là chưa khẳng định")

    def answer(self, criterion: str) -> Answer:
        """Give the answer to a criterion; an empty one where there is none."""
        return self.answers.get(criterion) or _NOTHING


_NOTHING: Final = Answer()
