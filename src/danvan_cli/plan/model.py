"""The model of a plan: what a province's yearly plan says, as data.

Keys are short and mean one thing. The descriptions are Vietnamese: editors show them while a plan is typed.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field, model_validator

from danvan_cli.lang import _
from danvan_cli.plan.calendar import last_day
from danvan_cli.plan.figures import ESTIMATE, Check, Indicator, Indicators, Period
from danvan_cli.plan.units import Block, Letter, Signer, Unit, signer
from danvan_cli.text import day
from danvan_cli.yaml.schema import Day, Due, Id, Model, Slug, Text, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from danvan_cli.plan.when import When

__all__ = ["ESTIMATE", "Block", "Check", "Indicator", "Indicators", "Letter", "Period", "Signer", "Unit", "signer"]

ALL = "all"
Owners = Annotated[
    list[Text],
    Field(min_length=1, description="Ai thực hiện: all (tất cả), mã khối hoặc mã cơ quan, đơn vị"),
]


_DATED: Final[dict[str, Any]] = {
    "required": ["before", "by"],
    "properties": {"before": {"type": "string"}, "by": {"type": "string"}},
}
"""For JSON Schema: what has both dates."""


class Settings(Model):
    """How the plan's words are read."""

    before_includes_day: bool = Field(
        False, description="true: «trước ngày 10/5» gồm cả ngày 10/5; false: ngày cuối cùng là 09/5"
    )
    late_by: Literal["issued", "received"] = Field(
        "received",
        description="Đúng hạn tính theo: received (ngày đến), issued (ngày ban hành; chưa biết thì theo ngày đến)",
    )
    evidence_days: int = Field(
        180,
        ge=1,
        description="Tài liệu kiểm chứng của việc thường xuyên, hằng quý cũ hơn ngần này ngày so với cuối kỳ là đã cũ",
    )


class Issuer(Model):
    """Who issues the plan."""

    id: Slug
    name: Text = Field(description="Tên đầy đủ, ví dụ: Ủy ban nhân dân tỉnh Bình Phước")
    short: Text = Field(description="Tên dùng trong câu, ví dụ: Ủy ban nhân dân tỉnh")
    abbr: Text = Field(description="Chữ viết tắt trong ký hiệu văn bản, ví dụ: UBND")
    place: Text = Field(description="Địa danh ghi trên văn bản")
    letterhead: list[Text] = Field(min_length=1, description="Các dòng tên cơ quan ban hành ở đầu văn bản")


class Issued(Model):
    """Number and date of the plan; empty where the source does not give them."""

    number: Text | None = None
    date: Day | None = None


class Headings(Model):
    """The headings of the plan's three sections, as issued."""

    aims: Text
    areas: Text
    duties: Text


class Paragraph(Model):
    """A paragraph of the issued text; `id` is the place that citations name."""

    id: Id
    text: Text


class Task(Model):
    """What is to be done in an area; the text is the issued text, word for word."""

    id: Id
    label: Text = Field(description="Tên gọi tắt của danvan, không xuất ra văn bản")
    owners: Owners
    due: Due = Field(
        None, description="Thời hạn như kế hoạch ghi: ngày, thường xuyên, Quý II, trước ngày 18 hằng tháng…"
    )
    text: Text = Field(description="Nguyên văn đoạn trong kế hoạch đã ban hành")
    ended: Day | None = Field(
        None, description="Nhiệm vụ thôi giao từ ngày này (theo «amendments»); nhiệm vụ đơn vị đã nhận thì không xóa"
    )


class Area(Model):
    """An area of work (nội dung) with its tasks."""

    id: Id
    title: Text
    tasks: list[Task] = Field(min_length=1)


class Duty(Model):
    """What section III lays on somebody: one text, or points a), b), c)."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": ["text"], "properties": {"text": {"type": "string"}, "points": {"maxItems": 0}}},
                {"required": ["points"], "properties": {"points": {"minItems": 1}, "text": {"type": "null"}}},
            ]
        }
    )

    id: Id
    title: Text
    owners: Owners
    text: Text | None = None
    points: list[Paragraph] = Field(default_factory=list)

    @model_validator(mode="after")
    def _something(self) -> Duty:
        if (self.text is None) == (not self.points):
            raise problem("DV111", _("mục trách nhiệm cần «text» hoặc «points», một trong hai"))
        return self


class Deliverable(Model):
    """What a unit owes: a plan, a self-score or a report; with a date where the plan gives one."""

    model_config = ConfigDict(json_schema_extra={"not": _DATED})

    id: Slug
    kind: Literal["plan", "self-score", "report"]
    name: Text
    period: Slug | None = None
    owners: Owners
    before: Day | None = Field(None, description="«trước ngày …»")
    by: Day | None = Field(None, description="«chậm nhất ngày …», «đến ngày …»: gồm cả ngày đó")
    to: Slug | None = Field(None, description="Nơi gửi đến")
    via: Slug | None = Field(None, description="Gửi qua cơ quan nào")
    on_request: bool = Field(False, description="Chỉ gửi khi có yêu cầu")
    duty: Id | None = Field(None, description="Mục của kế hoạch đặt ra việc này")

    @property
    def periodic(self) -> bool:
        """Whether it is the report that all owe for a period, in the outline of the plan's areas."""
        return self.kind == "report" and self.period is not None and ALL in self.owners

    @model_validator(mode="after")
    def _one_date(self) -> Deliverable:
        if self.before and self.by:
            raise problem("DV113", _("chỉ ghi một trong hai: «before» (trước ngày) hoặc «by» (chậm nhất ngày)"))
        return self


class Authority(Model):
    """The document that an entry of the plan rests on."""

    type: Text = Field("Công văn", description="Tên loại văn bản: Kế hoạch, Quyết định, Công văn…")
    number: Text = Field(description="Số, ký hiệu văn bản, ví dụ: 52/KH-UBND")
    date: Day = Field(description="Ngày của văn bản")


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
    before: Day | None = Field(None, description="«trước ngày …»")
    by: Day | None = Field(None, description="«chậm nhất ngày …», «đến ngày …»: gồm cả ngày đó")

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
    topic: Text | None = Field(None, description="Nội dung chuyên đề, nếu khác tên báo cáo")

    @property
    def asked(self) -> str:
        """Name the document that asks for it, as a text cites it."""
        return f"{self.type} số {self.number} ngày {day(self.date)}"


class Document(Model):
    """A legal document in the plan's register; what the text does not give is left out."""

    id: Id
    type: Text = Field(description="Tên loại: Nghị quyết, Chỉ thị, Kế hoạch, Luật…")
    symbol: Text | None = Field(None, description="Số, ký hiệu, ví dụ: 76/NQ-CP")
    date: Day | None = None
    issuer: Text | None = None
    title: Text | None = None
    cited: list[Id] = Field(default_factory=list, description="Những chỗ của kế hoạch nêu văn bản này")


class Signature(Model):
    """The issued plan's signature."""

    lines: list[Text]
    name: Text | None = None


class Plan(Model):
    """The whole plan of a year."""

    format: Literal["danvan-plan/1"]
    id: Slug
    year: int = Field(ge=2000, le=2100)
    revision: int = Field(1, ge=1, description="Lần sửa đổi, tăng dần")
    state: Literal["draft", "issued"] = Field(description="draft: đang soạn; issued: đã ban hành")
    title: Text
    settings: Settings = Settings()
    issuer: Issuer
    issued: Issued = Issued()
    headings: Headings
    opening: list[Paragraph] = Field(default_factory=list)
    aims: list[Paragraph] = Field(default_factory=list)
    areas: list[Area] = Field(min_length=1)
    duties: list[Duty] = Field(default_factory=list)
    deliverables: list[Deliverable] = Field(default_factory=list)
    amendments: list[Amendment] = Field(default_factory=list, description="Văn bản sửa đổi kế hoạch, theo lần sửa đổi")
    extensions: list[Extension] = Field(default_factory=list, description="Gia hạn cho một số đơn vị")
    exemptions: list[Exemption] = Field(default_factory=list, description="Miễn gửi cho một số đơn vị")
    requests: list[Request] = Field(default_factory=list, description="Báo cáo yêu cầu thêm trong năm")
    closing: list[Paragraph] = Field(default_factory=list)
    recipients: list[Text] = Field(default_factory=list)
    signature: Signature
    documents: list[Document] = Field(default_factory=list)
    periods: list[Period] = Field(default_factory=list)
    indicators: Indicators | None = None
    blocks: list[Block] = Field(min_length=1)
    units: list[Unit] = Field(min_length=1)

    @cached_property
    def tasks(self) -> list[Task]:
        """All tasks, in the plan's order; those that have ended too."""
        return [task for area in self.areas for task in area.tasks]

    @cached_property
    def task_by_id(self) -> dict[str, Task]:
        """Tasks by id."""
        return {task.id: task for task in self.tasks}

    @cached_property
    def unit_by_id(self) -> dict[str, Unit]:
        """Units by id."""
        return {unit.id: unit for unit in self.units}

    @cached_property
    def block_by_id(self) -> dict[str, Block]:
        """Blocks by id."""
        return {block.id: block for block in self.blocks}

    @cached_property
    def period_by_id(self) -> dict[str, Period]:
        """Periods by id."""
        return {period.id: period for period in self.periods}

    @cached_property
    def reported(self) -> tuple[date, date] | None:
        """The first and the last day of the periods that reports are for; None where there are none."""
        periods = [self.period_by_id[one.period] for one in self.deliverables if one.period in self.period_by_id]
        return (min(one.start for one in periods), max(one.end for one in periods)) if periods else None

    @cached_property
    def figure_keys(self) -> list[str]:
        """What a figure may be recorded for: each period, and the estimate of those that ask for one."""
        return [key for one in self.periods for key in ((one.id, one.estimated) if one.estimate else (one.id,))]

    @cached_property
    def deliverable_by_id(self) -> dict[str, Deliverable]:
        """Deliverables by id, those that were asked for mid-year too."""
        return {deliverable.id: deliverable for deliverable in (*self.deliverables, *self.requests)}

    @cached_property
    def _extended(self) -> dict[tuple[str, str], Extension]:
        """The extension of each unit and deliverable; where there are several, the one of the latest document."""
        by_date = sorted(self.extensions, key=lambda one: one.date)
        return {(unit, one.deliverable): one for one in by_date for unit in one.units}

    @cached_property
    def _exempt(self) -> frozenset[tuple[str, str]]:
        return frozenset((unit, name) for one in self.exemptions for unit in one.units for name in one.deliverables)

    def dated(self, one: Deliverable, unit: Unit | None = None) -> Deliverable | Extension:
        """Give what holds the day of sending something: a unit's extension, else the thing itself."""
        return (self._extended.get((unit.id, one.id)) if unit else None) or one

    def sendings(self) -> Iterator[tuple[tuple[str | int, ...], Deliverable]]:
        """Walk what is to be sent, with its place in the file: what the plan sets, and what was asked for mid-year."""
        yield from ((("deliverables", i), one) for i, one in enumerate(self.deliverables))
        yield from ((("requests", i), one) for i, one in enumerate(self.requests))

    def last_day(self, one: Deliverable, unit: Unit | None = None) -> date | None:
        """Give the last day on which something is sent on time; a unit's extension counts.

        Args:
            one: what is to be sent.
            unit: by whom; None for what the plan itself says.
        """
        dated = self.dated(one, unit)
        return last_day(dated.before, dated.by, includes=self.settings.before_includes_day)

    def when(self, due: date | str | None) -> When:
        """Read when something is due, as the plan's year and settings have it; nothing is no time."""
        from danvan_cli.plan.when import when  # its patterns take 8 ms, which plans without such words need not

        return when(due or "", self.year, includes=self.settings.before_includes_day)

    @cached_property
    def predecessors(self) -> dict[str, list[Unit]]:
        """For each unit that takes over from others: those others, with whom they in turn took over from."""
        direct: dict[str, list[Unit]] = {}
        for unit in self.units:
            for heir in unit.successors:
                direct.setdefault(heir, []).append(unit)
        found: dict[str, list[Unit]] = {}
        for heir, before in direct.items():
            chain = list(before)
            for one in chain:  # grows while it is walked: those before them
                chain += [other for other in direct.get(one.id, ()) if other not in chain and other.id != heir]
            found[heir] = chain
        return found

    def bound(self, owners: Sequence[str]) -> list[Unit]:
        """Resolve owners as written (`all`, blocks, units) to the units they name, in the plan's order."""
        if ALL in owners:
            return list(self.units)
        return [unit for unit in self.units if not self._called[unit.id].isdisjoint(owners)]

    def binds(self, owners: Sequence[str], unit: Unit) -> bool:
        """Tell whether owners as written name a unit, or one whose duties have come to it."""
        return not self._called[unit.id].isdisjoint(owners)

    def owes(self, one: Deliverable, unit: Unit) -> bool:
        """Tell whether a unit has to send something; what fell due before its predecessor ended was that one's to send."""
        if self.exempt(one, unit) or not self._is_there(one, unit):
            return False
        if not {ALL, unit.id, unit.block}.isdisjoint(one.owners):
            return True
        last = self.last_day(one)
        before = [other for other in self.predecessors.get(unit.id, ()) if other.id in one.owners]
        return any(last is None or other.end is None or last > other.end for other in before)

    def exempt(self, one: Deliverable, unit: Unit) -> bool:
        """Tell whether a unit was let off sending something that it would owe."""
        return (unit.id, one.id) in self._exempt

    def _is_there(self, one: Deliverable, unit: Unit) -> bool:
        """Tell whether a unit exists on the day by which it would have to send something."""
        if unit.start is None and unit.end is None:
            return True
        last = self.last_day(one, unit)
        return last is None or ((unit.start is None or unit.start <= last) and (unit.end is None or last <= unit.end))

    @cached_property
    def _called(self) -> dict[str, frozenset[str]]:
        """For each unit what it may be called as an owner."""
        before = self.predecessors
        return {
            unit.id: frozenset((ALL, unit.id, unit.block, *(one.id for one in before.get(unit.id, ()))))
            for unit in self.units
        }

    def letter(self, unit: Unit) -> Letter:
        """Give what a unit's letterhead and signature need: its own, else what its block gives."""
        block = self.block_by_id[unit.block]
        return Letter(
            kind=unit.kind or block.kind,
            superior=unit.superior or block.superior,
            place=unit.place or block.place or self.issuer.place,
            signs=unit.signs or block.signs,
        )

    def recipient(self, id: str) -> str:
        """Name a recipient: the issuer or a unit."""
        return self.issuer.name if id == self.issuer.id else self.unit_by_id[id].name

    def places(self) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
        """Walk every text that can cite: the place's id, where it stands in the file, the text."""
        for key, paragraphs in (("opening", self.opening), ("aims", self.aims), ("closing", self.closing)):
            for i, paragraph in enumerate(paragraphs):
                yield paragraph.id, (key, i, "text"), paragraph.text
        for i, area in enumerate(self.areas):
            yield area.id, ("areas", i, "title"), area.title
            for j, task in enumerate(area.tasks):
                yield task.id, ("areas", i, "tasks", j, "text"), task.text
        for i, duty in enumerate(self.duties):
            yield duty.id, ("duties", i, "title"), duty.title
            if duty.text:
                yield duty.id, ("duties", i, "text"), duty.text
            for j, point in enumerate(duty.points):
                yield point.id, ("duties", i, "points", j, "text"), point.text
