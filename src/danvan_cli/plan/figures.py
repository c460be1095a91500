"""Reporting periods and the figures that reports carry, as a plan sets them."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from danvan_cli.lang import _
from danvan_cli.typed import FigureKind
from danvan_cli.yaml.schema import Day, Id, Model, Slug, Text, many, maybe, problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

ESTIMATE = "-uoc"
"""Behind a period's id: the figure that is expected for the whole period (ước thực hiện cả kỳ)."""


class Period(Model):
    """A reporting period: the window of its figures. Its sending date belongs to the deliverable."""

    id: Slug
    name: Text
    start: Day = Field(alias="from")
    end: Day = Field(alias="to")
    previous: Slug | None = maybe("Kỳ trước, để so sánh số liệu cả kỳ")
    same: Slug | None = maybe("Cùng kỳ năm trước, để so sánh số đã thực hiện khi kỳ này còn ước thực hiện cả kỳ")
    estimate: bool = maybe("true: báo cáo gửi trước khi kỳ kết thúc, nên số liệu kèm ước thực hiện cả kỳ", False)
    official: bool = True

    @property
    def estimated(self) -> str:
        """The key of the figures estimated for the whole period: `1y-uoc`."""
        return f"{self.id}{ESTIMATE}"

    @property
    def beside(self) -> str | None:
        """The period that the figures so far are held against: what is not whole yet is not held against a whole one."""
        return self.same if self.estimate else self.previous

    def holds(self, when: date | None) -> bool:
        """Tell whether a thing belongs to it: dated in it, or not dated at all."""
        return when is None or self.start <= when <= self.end

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.start > self.end:
            raise problem("DV305", _("kỳ «{id}» bắt đầu sau khi kết thúc", id=self.id), _("đổi chỗ «from» và «to»"))
        return self


class Indicator(Model):
    """A figure that reports carry."""

    id: Slug
    name: Text
    unit: Text = Field(description="Đơn vị tính")
    kind: FigureKind | None = maybe(
        "count (số đếm: số nguyên, không âm; bỏ trống là số đếm), amount (lượng, có thể có phần lẻ), percent (tỷ lệ từ 0 đến 100; bỏ trống mà đơn vị tính là % thì là tỷ lệ)"
    )
    area: Id
    over_periods: Literal["cumulative", "sum", "last"] = maybe(
        "Qua các kỳ: cumulative (cộng dồn từ đầu năm), sum (số của riêng kỳ, cộng lại), last (tại một thời điểm)",
        "cumulative",
    )
    over_units: Literal["sum", "average", "none"] = maybe(
        "Qua các đơn vị: sum (cộng), average (bình quân), none (không tổng hợp)", "sum"
    )

    @property
    def figure_kind(self) -> FigureKind:
        """What its figures are: as the plan says, else a percentage where it is counted in %, else a count."""
        return self.kind or ("percent" if self.unit.strip() == "%" else "count")


class Check(Model):
    """A relation between figures of one period: ids joined by +, with <=, = or >= between."""

    id: Slug
    check: Annotated[str, Field(pattern=r"^[a-z0-9-]+( \+ [a-z0-9-]+)* (<=|=|>=) [a-z0-9-]+( \+ [a-z0-9-]+)*$")]
    says: Annotated[Text, AfterValidator(lambda told: told.rstrip(" .;"))]  # it stands in sentences, or before a colon

    @cached_property
    def sides(self) -> tuple[list[str], str, list[str]]:
        """The ids to add on the left, the relation, the ids to add on the right."""
        left, relation, right = next(
            self.check.partition(f" {sign} ") for sign in ("<=", ">=", "=") if f" {sign} " in self.check
        )
        return left.split(" + "), relation.strip(), right.split(" + ")

    def sums(self, figure: Callable[[str], Decimal | None]) -> tuple[Decimal, Decimal] | None:
        """Add up both sides; None where a figure of them is missing."""
        out = []
        for side in (self.sides[0], self.sides[2]):
            found = [figure(name) for name in side]
            known = [one for one in found if one is not None]
            if len(known) < len(found):
                return None
            out.append(sum(known, Decimal(0)))
        return out[0], out[1]

    def holds(self, left: Decimal, right: Decimal) -> bool:
        """Tell whether the relation holds between two sums."""
        return {"<=": left <= right, "=": left == right, ">=": left >= right}[self.sides[1]]


class Indicators(Model):
    """The figures of the reports; `official` says whether the plan itself asks for them."""

    official: bool
    source: Text
    items: list[Indicator] = many()
    checks: list[Check] = many()
