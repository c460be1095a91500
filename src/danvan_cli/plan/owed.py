"""What units owe, and what changes that for all or for some: amendments, extensions, exemptions, requests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import ConfigDict, Field, model_validator

from danvan_cli.lang import _
from danvan_cli.plan.figures import Period
from danvan_cli.text import day, roman
from danvan_cli.yaml.schema import Day, Id, Model, Slug, Text, many, maybe, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from danvan_cli.plan.when import When

ALL: Final = "all"
OWNERS: Final = "Ai thực hiện: all (tất cả), mã khối hoặc mã cơ quan, đơn vị"
Recurrence = Literal["month", "quarter", "half", "year"]

_DATED: Final[dict[str, Any]] = {
    "required": ["before", "by"],
    "properties": {"before": {"type": "string"}, "by": {"type": "string"}},
}
"""For JSON Schema: what has both dates."""


class Deliverable(Model):
    """What a unit owes: a plan, a self-score or a report; with a date where the plan gives one."""

    model_config = ConfigDict(json_schema_extra={"not": _DATED})

    id: Slug
    kind: Literal["plan", "self-score", "report"]
    name: Text
    period: Slug | None = None
    owners: list[Text] = Field(min_length=1, description=OWNERS)
    before: Day | None = maybe("«trước ngày …»")
    by: Day | None = maybe("«chậm nhất ngày …», «đến ngày …»: gồm cả ngày đó")
    to: Slug | None = maybe("Nơi gửi đến")
    via: Slug | None = maybe("Gửi qua cơ quan nào")
    on_request: bool = maybe("Chỉ gửi khi có yêu cầu", False)
    duty: Id | None = maybe("Mục của kế hoạch đặt ra việc này")
    every: Recurrence | None = maybe("Báo cáo lặp lại: month (hằng tháng), quarter, half (6 tháng), year")
    due: Text | None = maybe("Thời hạn của báo cáo lặp lại, như kế hoạch ghi: trước ngày 18 hằng tháng…")
    without: list[Slug] = many("Những kỳ không phải gửi, ví dụ quy-2 đã có báo cáo 6 tháng")

    @property
    def ad_hoc(self) -> bool:
        """Whether it tells of something that happened (báo cáo đột xuất), and so in an outline of its own."""
        return self.kind == "report" and not self.period and "đột xuất" in self.name.casefold() and not self.thematic

    @property
    def thematic(self) -> bool:
        """Whether it calls itself one on a theme (báo cáo chuyên đề), which the figures of a period may go with."""
        return "chuyên đề" in self.name.casefold()

    @model_validator(mode="after")
    def _one_date(self) -> Deliverable:
        if self.before and self.by:
            raise problem("DV113", _("chỉ ghi một trong hai: «before» (trước ngày) hoặc «by» (chậm nhất ngày)"))
        if self.every and (self.kind != "report" or self.before or self.by or self.period or self.on_request):
            said = _("báo cáo lặp lại («every») ghi thời hạn ở «due», không ghi before, by, period, on_request")
            raise problem("DV113", said)
        if not self.every and (self.due or self.without):
            how = _("báo cáo gửi một lần ghi ngày ở «before» hoặc «by»; báo cáo lặp lại ghi thêm «every»")
            raise problem("DV113", _("«due», «without» chỉ dùng cùng «every»"), how)
        return self


class Authority(Model):
    """The document that an entry of the plan rests on."""

    type: Text = maybe("Tên loại văn bản: Kế hoạch, Quyết định, Công văn…", "Công văn")
    number: Text = Field(description="Số, ký hiệu văn bản, ví dụ: 52/KH-UBND")
    date: Day = Field(description="Ngày của văn bản")

    @property
    def cited(self) -> str:
        """Name the document, as a text cites it."""
        return f"{self.type} số {self.number} ngày {day(self.date)}"


class Amendment(Authority):
    """What changed an issued plan: the document, and the places it changes."""

    revision: int = Field(ge=2, description="Lần sửa đổi của kế hoạch mà văn bản này tạo ra")
    covers: list[Text] = Field(
        min_length=1, description="Mã những chỗ được sửa: nhiệm vụ, nội dung, báo cáo, đoạn, bộ tiêu chí/tiêu chí"
    )
    note: Text | None = None


class Extension(Authority):
    """A later day for some units; it is no amendment of the plan."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": [key], "properties": {key: {"type": "string"}, other: {"type": "null"}}}
                for key, other in (("before", "by"), ("by", "before"))
            ]
        }
    )

    units: list[Slug] = Field(min_length=1, description="Những đơn vị được gia hạn")
    deliverable: Slug = Field(description="Báo cáo, hồ sơ được gia hạn")
    before: Day | None = maybe("«trước ngày …»")
    by: Day | None = maybe("«chậm nhất ngày …», «đến ngày …»: gồm cả ngày đó")
    replaces: list[Text] = many("Số, ký hiệu những văn bản gia hạn trước mà văn bản này thay")

    @model_validator(mode="after")
    def _one_date(self) -> Extension:
        if (self.before is None) == (self.by is None):
            raise problem("DV113", _("gia hạn cần một trong hai: «before» (trước ngày) hoặc «by» (chậm nhất ngày)"))
        return self


class Exemption(Authority):
    """What some units need not send; it is no amendment of the plan."""

    units: list[Slug] = Field(min_length=1, description="Những đơn vị được miễn")
    deliverables: list[Slug] = Field(min_length=1, description="Báo cáo, hồ sơ được miễn")


class Request(Authority, Deliverable):
    """A report asked for mid-year by a document; it is no amendment of the plan."""

    kind: Literal["report"] = "report"
    topic: Text | None = maybe("Nội dung chuyên đề, nếu khác tên báo cáo")

    @property
    def thematic(self) -> bool:
        """Whether it is on a theme, as the request says."""
        return bool(self.topic) or super().thematic


# What recurs ----------------------------------------------------------------------------------------------------------

_TIMES: Final[dict[Recurrence, tuple[str, int]]] = {
    "month": ("thang", 12), "quarter": ("quy", 4), "half": ("nua-nam", 2), "year": ("nam", 1),
}  # fmt: skip
"""What the periods of each kind are called by, and how many a year has."""


def periods_of(every: Recurrence, year: int, *, dated: bool = False) -> list[Period]:
    """Give a year's periods of a kind, each with the window of its figures.

    The windows are those of Nghị định 09/2019/NĐ-CP, Điều 12: from the 15th before to the 14th of the last month. A plan
    that lists a period of the same id sets another. In a plan over several years the ids name the year (`dated`).
    """
    word, most = _TIMES[every]
    return [
        Period(
            id=f"{word}-{year}" if every == "year" else f"{word}-{i:0{len(str(most))}}" + (f"-{year}" if dated else ""),
            name=_period_name(every, i, year),
            start=_day_15(year, (i - 1) * 12 // most),
            end=_day_15(year, i * 12 // most) - timedelta(days=1),
            official=False,
        )
        for i in range(1, most + 1)
    ]


def times_of(one: Deliverable, year: int, *, dated: bool) -> Iterator[tuple[str, Period, frozenset[str]]]:
    """Give each time of a year that a report recurs: its id, its period, and by which names it can be left out.

    In a plan over several years (`dated`) a name without its year is that of each year.
    """
    if one.every is None:
        return
    for period in periods_of(one.every, year, dated=dated):
        id_ = f"{one.id}{period.id.removeprefix(_TIMES[one.every][0])}"
        bare = {it.removesuffix(f"-{year}") for it in (id_, period.id)} if one.every != "year" else set()
        yield id_, period, frozenset({id_, period.id, *bare})


def _day_15(year: int, month: int) -> date:
    """Give the 15th of a month of a year; month 0 is December before."""
    return date(year, month, 15) if month else date(year - 1, 12, 15)


def _period_name(every: Recurrence, number: int, year: int) -> str:
    parts: dict[Recurrence, str] = {
        "month": f"tháng {number:02d} ",
        "quarter": f"quý {roman(number)} ",
        "half": f"06 tháng {'đầu' if number == 1 else 'cuối'} ",
    }
    return f"{parts.get(every, '')}năm {year}"


def occurrences(
    one: Deliverable, years: range, when: Callable[[str, int], When], *, includes: bool
) -> Iterator[tuple[Deliverable, Period]]:
    """Give each report that a recurring one stands for, with its period; the day is the one that its words give it.

    Where the words, which `when` reads in a year, do not give each period, or each one that is reported on, its day, none
    has one. `includes` tells whether «trước ngày» counts its day, as the plan's settings say. A year that is reported on
    before it ends is reported with its estimate.
    """
    for year in years:
        times = list(times_of(one, year, dated=len(years) > 1))
        days = when(one.due, year).days if one.due else ()
        before = (one.due or "").casefold().startswith("trước")
        owed = [(id_, it) for id_, it, names in times if names.isdisjoint(one.without)]
        fitting = next((some for some in (times, owed) if len(some) == len(days)), ())
        on = {it[0]: last for it, last in zip(fitting, days, strict=bool(fitting))}
        for id_, period in owed:
            last = on.get(id_)
            early = one.every == "year" and last is not None and last <= period.end
            told: dict[str, Any] = {"id": id_, "name": f"{one.name} {period.name}", "period": period.id, "every": None}
            told |= {"without": [], "due": None}
            if last and before:
                told["before"] = last if includes else last + timedelta(days=1)
            elif last:
                told["by"] = last
            yield one.model_copy(update=told), period.model_copy(update={"estimate": early})


def beside_last_year(period: Period, known: Container[str]) -> Period:
    """Hold a period against the same one of the year before, where that is known: what was done so far against as much."""
    stem, _sign, year = period.id.rpartition("-")
    before = f"{stem}-{period.end.year - 1}"
    if year != str(period.end.year) or before not in known:
        return period
    return period.model_copy(update={"same" if period.estimate else "previous": before})
