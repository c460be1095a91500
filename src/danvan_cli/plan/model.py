"""The model of a plan: what a province's yearly plan says, as data.

Keys are short and mean one thing. The descriptions are Vietnamese: editors show them while a plan is typed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from danvan_cli.lang import _
from danvan_cli.plan.calendar import last_day
from danvan_cli.plan.figures import Indicator, Indicators, Period
from danvan_cli.plan.head import (
    NOTE,
    Block,
    Document,
    Issued,
    Issuer,
    Kept,
    Letter,
    Paragraph,
    Party,
    Settings,
    Signature,
    Unit,
)
from danvan_cli.plan.owed import (
    ALL,
    Amendment,
    Deliverable,
    Exemption,
    Extension,
    Request,
    beside_last_year,
    occurrences,
)
from danvan_cli.plan.sections import Area, Item, Placed, Section, Task, areas_of, walk
from danvan_cli.plan.when import When, when
from danvan_cli.text import day
from danvan_cli.yaml.schema import Model, Slug, Text, by_id, many, maybe, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from danvan_cli.findings.finding import Finding
    from danvan_cli.yaml.schema import Fetch
    from danvan_cli.yaml.yamlfile import Loc, YamlFile

__all__ = [
    "ALL", "Amendment", "Area", "Block", "Deliverable", "Document", "Extension", "Indicators", "Item", "Party", "Period",
    "Request", "Section", "Task", "Unit",
]  # fmt: skip


LAST_YEAR: Final = 2100
"""No plan is for a later year."""


UNITS: Final = ("blocks", "units")
"""What a plan may keep in a register instead."""
_ISSUED: Final = {"properties": {"state": {"const": "issued"}}}
_WHOLE: Final[dict[str, Any]] = {
    "if": _ISSUED,
    "then": {"required": ["sections"], "properties": {"sections": {"minItems": 1}}},
    "allOf": [
        {
            "if": {"required": ["register"], "properties": {"register": {"type": "string"}}},
            "then": {"properties": {key: {"maxItems": 0} for key in UNITS}},
            "else": {
                "if": _ISSUED,
                "then": {"required": [*UNITS], "properties": {key: {"minItems": 1} for key in UNITS}},
            },
        }
    ],
}
"""For JSON Schema: a draft may still lack what an issued plan has; units stand in the plan or in its register."""


class Plan(Model):
    """The whole plan of a year, or of several."""

    model_config = ConfigDict(json_schema_extra=_WHOLE)

    format: Literal["danvan-plan/2"]
    id: Slug
    year: int = Field(ge=2000, le=LAST_YEAR)
    until: int | None = maybe("Năm cuối, nếu kế hoạch cho nhiều năm", ge=2000, le=LAST_YEAR)
    revision: int = maybe("Lần sửa đổi, tăng dần", 1, ge=1)
    state: Literal["draft", "issued"] = Field(description="draft: đang soạn; issued: đã ban hành")
    title: Text
    subject: Text = Field(description="Tên gọi công việc của kế hoạch trong câu, ví dụ: công tác dân vận chính quyền")
    scoring: bool = maybe("false: kế hoạch không có chấm điểm, xếp loại", True)
    settings: Settings = Settings()
    issuer: Issuer
    issued: Issued = Issued()
    opening: list[Paragraph] = many()
    sections: list[Section] = many("Các phần của kế hoạch, theo thứ tự")
    listed: list[Deliverable] = many(alias="deliverables")
    amendments: list[Amendment] = many("Văn bản sửa đổi kế hoạch, theo lần sửa đổi")
    extensions: list[Extension] = many("Gia hạn cho một số đơn vị")
    exemptions: list[Exemption] = many("Miễn gửi cho một số đơn vị")
    requests: list[Request] = many("Báo cáo yêu cầu thêm trong năm")
    closing: list[Paragraph] = many()
    recipients: list[Text] = many()
    signature: Signature
    kept: list[Kept] = many("Dòng của bản gốc không thuộc mục nào khác, nguyên văn; chỉ xuất lại chú thích")
    documents: list[Document] = many()
    own_periods: list[Period] = many(alias="periods")
    indicators: Indicators | None = None
    parties: list[Party] = many("Cơ quan không thuộc units mà kế hoạch nêu: nơi nhận, chủ trì, phối hợp")
    register_file: Text | None = maybe(
        "Đường dẫn đến danh mục đơn vị dùng chung, thay cho blocks và units", alias="register"
    )
    blocks: list[Block] = many()
    units: list[Unit] = many()

    task_by_id: ClassVar[cached_property[dict[str, Task]]] = by_id("tasks")
    unit_by_id: ClassVar[cached_property[dict[str, Unit]]] = by_id("units")
    block_by_id: ClassVar[cached_property[dict[str, Block]]] = by_id("blocks")
    party_by_id: ClassVar[cached_property[dict[str, Party]]] = by_id("parties")
    period_by_id: ClassVar[cached_property[dict[str, Period]]] = by_id("periods")

    @model_validator(mode="after")
    def _complete(self) -> Plan:
        if self.until is not None and self.until <= self.year:
            raise problem("DV113", _("«until» là năm cuối, phải sau năm {year}", year=self.year))
        if self.state == "issued":
            for key in ("sections", *(UNITS if self.register_file is None else ())):
                if not getattr(self, key):
                    said = _("kế hoạch đã ban hành cần «{key}»", key=key)
                    raise problem("DV111", said, _("đang soạn thì ghi state: draft"))
        return self

    def joined(self, file: YamlFile, fetch: Fetch | None) -> tuple[Self | None, YamlFile | None, list[Finding]]:
        """Take blocks and units from the register that the plan names."""
        if self.register_file is None:
            return self, None, []
        from danvan_cli.plan.shared import fetched, read_register

        if self.blocks or self.units:
            said = _("đã có «register» thì «blocks», «units» chỉ ghi ở danh mục ấy")
            how = _("bỏ «register», hoặc bỏ «blocks» và «units» của kế hoạch")
            return None, None, [file.finding("DV113", file.span(("register",)), said, help=how)]
        register, other, found = read_register(file, self.register_file, fetch or fetched(Path(file.path)))
        if register is None:
            return None, other, found
        return self.model_copy(update={key: getattr(register, key) for key in UNITS}), other, found

    @property
    def notes(self) -> list[Kept]:
        """The footnotes of its text."""
        return [one for one in self.kept if one.where.startswith(NOTE)]

    @property
    def symbol(self) -> str | None:
        """The plan's number with its symbol, as texts cite it; None where it has no number yet."""
        number = self.issued.number
        return number if number is None or "/" in number else f"{number}/KH-{self.issuer.abbr}"

    @property
    def years(self) -> range:
        """The years of the plan."""
        return range(self.year, (self.until or self.year) + 1)

    @property
    def span(self) -> str:
        """The plan's time, as texts say it: `năm 2026`, `giai đoạn 2026 - 2030`."""
        return f"giai đoạn {self.year} - {self.until}" if self.until else f"năm {self.year}"

    @property
    def doing(self) -> str:
        """What is done, in a sentence: `thực hiện công tác …`; a subject that begins so itself says it once."""
        return self.subject if self.subject.startswith("thực hiện ") else f"thực hiện {self.subject}"

    @cached_property
    def areas(self) -> list[Area]:
        """The areas of work with their tasks."""
        return areas_of(self.placed)

    @cached_property
    def placed(self) -> list[Placed]:
        """All items of the sections, and the rows of their tables, in the plan's order."""
        return list(walk(self.sections))

    @cached_property
    def tasks(self) -> list[Task]:
        """All tasks, in the plan's order; those that have ended too."""
        return [task for area in self.areas for task in area.tasks]

    @cached_property
    def periods(self) -> list[Period]:
        """The periods, those of reports that recur too; one that the plan sets itself is as it says."""
        own = {one.id for one in self.own_periods}
        made: dict[str, Period] = {}
        for _loc, _one, period in self._sendings:
            if period and (period.estimate or period.id not in made):
                made[period.id] = period
        recurring = (beside_last_year(one, made) for one in made.values() if one.id not in own)
        return [*self.own_periods, *recurring]

    @cached_property
    def indicator_by_id(self) -> dict[str, Indicator]:
        """Indicators by id; none where the plan asks for no figures."""
        return {one.id: one for one in self.indicators.items} if self.indicators else {}

    @cached_property
    def deliverables(self) -> list[Deliverable]:
        """What units owe by the plan itself, each time of what recurs by itself."""
        return [one for loc, one, _period in self._sendings if loc[0] == "deliverables"]

    @cached_property
    def reported(self) -> tuple[date, date] | None:
        """The first and the last day of the periods that reports are for; None where there are none."""
        periods = [*filter(None, (self.period(one.period) for one in self.deliverables))]
        return (min(one.start for one in periods), max(one.end for one in periods)) if periods else None

    @cached_property
    def figure_keys(self) -> list[str]:
        """What a figure may be recorded for: each period, and the estimate of those that ask for one."""
        return [key for one in self.periods for key in ((one.id, one.estimated) if one.estimate else (one.id,))]

    @cached_property
    def deliverable_by_id(self) -> dict[str, Deliverable]:
        """Deliverables by id, those that were asked for mid-year too."""
        return {one.id: one for _loc, one, _period in self._sendings}

    @cached_property
    def periodic(self) -> frozenset[str]:
        """The ids of reports on a period, in the outline of the areas: of all, or of some; not what some owe besides."""
        reports = [one for one in self.deliverable_by_id.values() if one.kind == "report" and one.period]
        who = {one.id: {it.id for it in self.bound(one.owners)} for one in reports}

        def besides(one: Deliverable) -> bool:
            same = (it for it in self.deliverables if it.kind == "report" and it.period == one.period)
            others = (it for it in same if not it.on_request and ALL not in one.owners)
            return any(ALL in it.owners or who[one.id] < who[it.id] for it in others)

        return frozenset(one.id for one in reports if not (one.thematic or besides(one)))

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

    def set_by(self, one: Deliverable) -> str | None:
        """Give the document that sets the day of something; empty where none is named, None where the plan itself sets it."""
        if isinstance(one, Request):
            return one.cited
        given = self.settings.days.get(one.id)
        return (given.document or "") if given and given.by == one.by else None

    @cached_property
    def _sendings(self) -> list[tuple[Loc, Deliverable, Period | None]]:
        found: list[tuple[Loc, Deliverable, Period | None]] = []
        for i, one in enumerate(self.listed):
            if one.every is None:
                given = None if one.before or one.by else self.settings.days.get(one.id)
                mine = one.model_copy(update={"by": given.by}) if given else one
                found.append((("deliverables", i), mine, None))
            else:
                includes = self.settings.before_includes_day
                times = occurrences(one, self.years, self._when_in, includes=includes)
                found += [(("deliverables", i), each, period) for each, period in times]
        return found + [(("requests", i), one, None) for i, one in enumerate(self.requests)]

    def recurring(self) -> Iterator[tuple[Deliverable, list[Deliverable]]]:
        """Give each entry of what recurs, with the times that it stands for."""
        for i, listed in enumerate(self.listed):
            if listed.every:
                yield listed, [one for loc, one, _period in self._sendings if loc == ("deliverables", i)]

    def sendings(self) -> Iterator[tuple[Loc, Deliverable]]:
        """Walk what is to be sent, with its place in the file: what the plan sets, and what was asked for mid-year."""
        yield from ((loc, one) for loc, one, _period in self._sendings)

    def last_day(self, one: Deliverable, unit: Unit | None = None) -> date | None:
        """Give the last day on which something is sent on time: by a unit, whose extension counts, or as the plan itself says."""
        dated = self.dated(one, unit)
        return last_day(dated.before, dated.by, includes=self.settings.before_includes_day)

    def when(self, due: date | str | None) -> When:
        """Read when something is due, as the plan's years and settings have it; nothing is no time.

        In a plan over several years, words that name no year give a day of each if they recur, and else none.
        """
        if self.until is None or not isinstance(due, str):
            return self._when_in(due or "", self.year)
        first, *more = (self._when_in(due, year) for year in self.years)
        if all(one == first for one in more):
            return first
        days = tuple(day for one in (first, *more) for day in one.days) if first.every else ()
        return replace(first, days=days, first=first.first if first.every else None)

    def _when_in(self, due: date | str, year: int) -> When:
        return when(due, year, includes=self.settings.before_includes_day)

    def period(self, name: str | None) -> Period | None:
        """Give a period by its id; None where there is none of it, or none is named."""
        return self.period_by_id.get(name or "")

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

    def answering(self, unit: Unit, when: date) -> list[Unit]:
        """List who answers for what a unit owes on a day: itself until it ends, then those there who have its duties."""
        if unit.end is None or when <= unit.end:
            return [unit]
        before = self.predecessors
        return [one for one in self.units if one.there(when) and any(it.id == unit.id for it in before.get(one.id, ()))]

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
        """Tell whether a unit exists on the day by which it would have to send something, by the plan or put off.

        Of what has no day: whether it ever exists in the time that it is about.
        """
        if unit.start is None and unit.end is None:
            return True
        if last := self.last_day(one, unit):
            return unit.there(last) or unit.there(self.last_day(one) or last)
        about = self.period(one.period)
        begun = unit.start is None or (unit.start.year <= self.years[-1] and (about is None or unit.start <= about.end))
        left = unit.end is None or (unit.end.year >= self.years[0] and (about is None or unit.end >= about.start))
        return begun and left

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
        if unit.id == self.issuer.id:
            return Letter(place=self.issuer.place, signs=self.signature.lines)
        block = self.block_by_id[unit.block]
        return Letter(
            kind=unit.kind or block.kind,
            superior=unit.superior or block.superior,
            place=unit.place or block.place or self.issuer.place,
            signs=unit.signs or block.signs,
        )

    def issuer_as_unit(self) -> Unit:
        """Give the issuer as one who writes papers, for a plan whose reports come to the issuer itself."""
        told = self.issuer
        return Unit(id=told.id, name=told.name, abbr=told.abbr, block=told.id, letterhead=told.letterhead)

    def recipient(self, id: str) -> str:
        """Name a recipient: the issuer, a unit or another party."""
        return self.issuer.name if id == self.issuer.id else (self.unit_by_id.get(id) or self.party_by_id[id]).name

    @cached_property
    def told_apart(self) -> dict[str, str]:
        """The units' names by id; those of units that are called alike, one after another, with their days."""
        every = Counter(one.name for one in self.units)
        days = {
            one.id: " ".join(f"{word} {day(on)}" for word, on in (("từ", one.start), ("đến", one.end)) if on)
            for one in self.units
            if every[one.name] > 1
        }
        return {one.id: f"{one.name} ({days[one.id]})" if days.get(one.id) else one.name for one in self.units}

    def named(self, ids: Iterable[str]) -> str:
        """Name those who lead or work along, in one line: units, blocks, others."""
        names = {ALL: "các cơ quan, đơn vị, địa phương", self.issuer.id: self.issuer.short} | {
            one.id: one.name for some in (self.parties, self.blocks, self.units) for one in some
        }
        return "; ".join(names.get(one, one) for one in ids)

    def leads(self, task: Task) -> str:
        """Name who leads a task, as the issued table says it, else by the ids; empty where nobody is named."""
        return task.lead_words or self.named(task.lead)

    def partners(self, task: Task) -> str:
        """Name who works along on a task, like `leads`."""
        return task.partner_words or self.named(task.partners)

    def followers(self, task: Task) -> str:
        """Name who follows a task, like `leads`."""
        return task.follow_words or self.named(task.follow)

    def places(self) -> Iterator[tuple[str, Loc, str]]:
        """Walk every text that can cite: the place's id, where it stands in the file, the text."""
        yield from ((one.id, ("opening", i, "text"), one.text) for i, one in enumerate(self.opening))
        for one in self.placed:
            item, row = one.item, one.row
            if row is not None:
                cells = enumerate(row.cells)
                yield from ((row.id or item.id, (*one.loc, "cells", k), cell) for k, cell in cells if cell)
                continue
            for key, text in (("title", item.title), ("text", item.text)):
                if text:
                    yield item.id, (*one.loc, key), text
        yield from ((one.id, ("closing", i, "text"), one.text) for i, one in enumerate(self.closing))
