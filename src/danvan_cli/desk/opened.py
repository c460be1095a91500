"""What several commands begin with: the workspace, its plan without errors, a unit and its file, held open."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes
from danvan_cli.lang import _
from danvan_cli.text import clean, nearest, roman, squeeze
from danvan_cli.typed import all_called, called
from danvan_cli.workspace import Workspace, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from danvan_cli.delivery.store import Broken, Received
    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.calendar import Calendar
    from danvan_cli.plan.model import Area, Deliverable, Period, Plan, Task, Unit
    from danvan_cli.rules.levels import Levels
    from danvan_cli.unit.model import Requested, UnitRecord
    from danvan_cli.yaml.held import Held


_DOUBTS: Final = frozenset(("DV906", "DV919", "DV926", "DV927"))


def unheard(_note: str) -> None:
    """Say nothing to anybody."""


@dataclass(frozen=True)
class Open:
    """A workspace with its plan, which has no errors; `data` are the bytes of the plan's file."""

    workspace: Workspace
    path: Path
    data: bytes
    plan: Plan
    calendar: Calendar
    levels: Levels
    """The levels of rules that the workspace sets: whatever is checked for it is held to them."""
    template: Path | None = None
    """The template file that was asked for instead of the workspace's own."""
    tell: Callable[[str], None] = unheard
    """Says what a person should know although it stops nothing."""
    broken: Broken = field(default_factory=dict)
    """What is wrong with receipts that were left out."""
    _understood: set[str] = field(default_factory=set, repr=False, compare=False)
    """Names that were not quite typed, and told already."""

    @property
    def templates(self) -> Path:
        """Where a document's template is looked for: the file that was asked for, else the workspace's own."""
        return self.template or self.workspace.templates

    def unit(self, given: str | None, when: date | None = None) -> Unit:
        """Find a unit by its id or name; without one, the unit whose folder is the current one.

        Of units that were called so one after another it is the one of a day, if there is one.
        """
        name = given or self.workspace.unit_here()
        if name is None:
            raise UsageError(
                _("chưa nói đơn vị nào"),
                help=_("ghi mã đơn vị sau tên lệnh, ví dụ so-y-te; xem các mã: danvan show --units"),
            )
        message = _("không có đơn vị «{name}» trong kế hoạch {plan}", name=name[:80], plan=self.plan.id)
        known = _("xem các mã đơn vị: danvan show --units")
        several = [self.plan.unit_by_id[one] for one in all_called(name, self._units)]
        if len(several) > 1:
            there = [one for one in several if when and one.there(when)]
            if len(there) == 1:
                return there[0]
            ids = ", ".join(one.id for one in several)
            raise UsageError(
                _("«{name}» là tên của nhiều đơn vị", name=name[:80]), help=_("ghi mã của đơn vị: {ids}", ids=ids)
            )
        return self.plan.unit_by_id[self._called(name, self._units, message, known)]

    def is_unit(self, name: str) -> bool:
        """Tell whether a unit is called so."""
        return called(name, self._units) is not None

    @cached_property
    def _units(self) -> dict[str, tuple[str, ...]]:
        return {unit.id: unit.names for unit in self.plan.units}

    def _called(self, given: str, names: Mapping[str, Sequence[str]], message: str, known: str) -> str:
        """Find what was meant by its id or one of its names, of which the first is told; tell where it was not quite typed.

        Where there is none, `message` says so, and `known` where to find what there is if nothing is near.
        """
        found = called(given, names)
        if found is not None:
            if given not in (found, names[found][0], *self._understood):
                self._understood.add(given)
                self.tell(_("hiểu «{given}» là {id} ({name})", given=given[:80], id=found, name=names[found][0]))
            return found
        ids = {name: one for one, every in names.items() for name in every}
        likely = dict.fromkeys(ids.get(word, word) for word in nearest(given, [*names, *ids], most=3))
        near = ", ".join(f"{one} ({names[one][0]})" for one in likely)
        raise UsageError(message, help=_("có phải: {near}?", near=near) if near else known)

    def named_units(self, given: Iterable[str] | None) -> list[Unit]:
        """Find units as `unit` does, each once; where none is named, the one whose folder is the current one."""
        return [self.unit(one) for one in dict.fromkeys(given or [])] or [self.unit(None)]

    def units(self, unit: str | None = None, block: str | None = None) -> list[Unit]:
        """List the units that an option names: one, those of a block, or all, in the plan's order."""
        if unit is not None:
            if block is not None:
                raise UsageError(_("chỉ ghi một trong hai: đơn vị hoặc --block"))
            return [self.unit(unit)]
        if block is None:
            return list(self.plan.units)
        message = _("không có khối «{name}» trong kế hoạch {plan}", name=block[:80], plan=self.plan.id)
        known = _("các khối: {ids}", ids=", ".join(self.plan.block_by_id))
        found = self._called(block, {one.id: (one.name,) for one in self.plan.blocks}, message, known)
        return [one for one in self.plan.units if one.block == found]

    def task(self, given: str) -> Task:
        """Find a task by its id or label."""
        message = _("không có nhiệm vụ «{name}» trong kế hoạch {plan}", name=given[:80], plan=self.plan.id)
        tasks = {task.id: (task.label,) for task in self.plan.tasks}
        return self.plan.task_by_id[self._called(given, tasks, message, _("xem các nhiệm vụ: danvan show"))]

    def own_task(self, unit: Unit, given: str) -> Task:
        """Find a task by its id or label, which is the unit's."""
        found = self.task(given)
        if not self.plan.binds(found.owners, unit):
            raise UsageError(_("nhiệm vụ {id} không giao cho {unit}", id=found.id, unit=unit.name))
        return found

    def area(self, given: str) -> Area:
        """Find an area by its id or title."""
        areas = {area.id: area for area in self.plan.areas}
        message = _("không có nội dung «{area}»", area=given[:80])
        known = _("các nội dung: {ids}", ids=", ".join(areas))
        return areas[self._called(given, {one.id: (squeeze(one.title),) for one in areas.values()}, message, known)]

    def deliverable(self, given: str) -> Deliverable:
        """Find what units owe by its id or name."""
        known = self.plan.deliverable_by_id
        message = _("không có báo cáo «{id}» trong kế hoạch", id=given[:40])
        return known[self._called(given, self._sendings, message, offers(known))]

    def of_unit(self, unit: Unit, given: str, kinds: Collection[str] = ("plan", "self-score", "report")) -> Deliverable:
        """Find what a unit owes by its id or name, of these kinds only."""
        from danvan_cli.unit.model import owed

        mine = {one.id: one for one in owed(self.plan, unit) if one.kind in kinds}
        if called(given, self.sendings(mine.values())) is None and called(given, self._sendings):
            raise UsageError(_("{unit} không phải làm «{id}»", unit=unit.name, id=given[:40]), help=offers(mine))
        message = _("không có báo cáo «{id}» trong kế hoạch", id=given[:40])
        return mine[self._called(given, self.sendings(mine.values()), message, offers(mine))]

    @cached_property
    def _sendings(self) -> dict[str, tuple[str, ...]]:
        return self.sendings(self.plan.deliverable_by_id.values())

    def owner(self, given: str) -> str:
        """Find a block or a unit by its id or name; give its id."""
        blocks = {one.id: (one.name,) for one in self.plan.blocks}
        return self._called(given, blocks, "", "") if called(given, blocks) else self.unit(given).id

    def sendings(self, every: Iterable[Deliverable]) -> dict[str, tuple[str, ...]]:
        """Give what each thing to be sent is called: a report also as its period, where no other has that as its own."""

        def names(one: Deliverable) -> Iterator[str]:
            yield one.name
            yield one.name.removeprefix("Báo cáo ").strip()
            for short in _short(self.plan.period_by_id[one.period], self.plan) if one.period == one.id else ():
                yield from (short, f"Báo cáo {short}")

        return {one.id: tuple(names(one)) for one in every}

    def owed(self, unit: Unit, one: Deliverable) -> None:
        """Stop where a unit has no reason to send something."""
        if not (one.on_request or self.plan.owes(one, unit) or self.plan.exempt(one, unit)):
            mine = [it.id for it in self.plan.deliverable_by_id.values() if self.plan.owes(it, unit)]
            raise UsageError(_("{unit} không phải làm «{id}»", unit=unit.name, id=one.id), help=offers(mine))

    def period(self, given: str) -> Period:
        """Find a period by its id or name; a deliverable for one is no period."""
        periods = self.plan.period_by_id
        known = _("các kỳ: {ids}", ids=", ".join(periods)) if periods else no_periods()
        deliverable = self.plan.deliverable_by_id.get(given)
        if given not in periods and deliverable:
            raise UsageError(
                _("«{id}» là mã của một báo cáo, hồ sơ; ở đây cần một kỳ báo cáo", id=given),
                help=_("có phải kỳ {near}?", near=deliverable.period) if deliverable.period in periods else known,
            )
        message = _("không có kỳ báo cáo «{name}» trong kế hoạch {plan}", name=given[:80], plan=self.plan.id)
        names = {one.id: (one.name, *_short(one, self.plan)) for one in self.plan.periods}
        return periods[self._called(given, names, message, known)]

    def happened(self, typed: str | None, *, other_year: bool | None = None) -> date:
        """Read the day of what has happened: not one to come, and of the plan's time; today where none is said."""
        from danvan_cli.plan.calendar import today
        from danvan_cli.plan.days import misdated
        from danvan_cli.typed import typed_day

        if not typed:
            return today()
        when = typed_day(typed)
        if wrong := misdated(when, self.plan.years, other_year=other_year):
            raise wrong
        return when

    def unit_file(self, unit: Unit) -> Path:
        """Tell where a unit's file is."""
        path = self.workspace.unit_file(unit.id)
        if not path.exists():
            raise UsageError(
                _("{unit} chưa có tệp {path}", unit=unit.name, path=shown(path)),
                help=_("tạo tệp này: danvan init-unit {id}", id=unit.id),
            )
        return path

    def record(self, unit: Unit, *, doubts: bool = False) -> UnitRecord:
        """Read a unit's file, which must have no errors.

        `doubts`: whether to tell which of its figures and days contradict each other or cannot be meant.
        """
        from danvan_cli.rules.check import check_unit
        from danvan_cli.unit.last_year import with_last_year
        from danvan_cli.unit.model import UnitRecord
        from danvan_cli.yaml.read import accepted, read

        path = self.unit_file(unit)
        there = read(UnitRecord, path)
        found = check_unit(there, self.plan, self.levels)
        record = accepted(path, there, found)
        if doubts:
            self.tell_doubts(found)
        if any(one.rule == "DV917" for one in found):
            self.tell(
                _("tệp của đơn vị chậm hơn kế hoạch, có điều chưa vào văn bản: danvan update-unit {id}", id=unit.id)
            )
        return with_last_year(self.workspace, self.plan, unit, record)

    def tell_doubts(self, found: Iterable[Finding]) -> None:
        """Tell what a check found of figures and days that contradict each other or cannot be meant."""
        for one in found:
            if one.rule in _DOUBTS:
                self.tell(
                    _("xem lại: {what} ({path}, dòng {line})", what=one.message, path=one.path, line=one.spot.line)
                )

    def record_or_empty(self, unit: Unit) -> UnitRecord:
        """Read a unit's file as `record` does; an empty record where it has none yet."""
        from danvan_cli.unit.model import empty_record

        there = self.workspace.unit_file(unit.id).exists()
        return self.record(unit) if there else empty_record(self.plan, unit)

    def record_unchecked(self, unit: Unit) -> UnitRecord | None:
        """Read a unit's file as far as it can be read; None where it has none here."""
        from danvan_cli.unit.last_year import with_last_year
        from danvan_cli.unit.model import UnitRecord
        from danvan_cli.yaml.read import read

        path = self.workspace.unit_file(unit.id)
        record = read(UnitRecord, path).record if path.exists() else None
        return record and with_last_year(self.workspace, self.plan, unit, record)

    def begun(self) -> list[Unit]:
        """List the units that have a file."""
        return [unit for unit in self.plan.units if self.workspace.unit_file(unit.id).exists()]

    def with_files(self) -> list[Unit]:
        """List the units that have a file; there must be one."""
        found = self.begun()
        if not found:
            raise UsageError(_("chưa đơn vị nào có unit.yaml"), help=_("tạo cho mọi đơn vị: danvan init-unit --all"))
        return found

    def received(self, *, lenient: bool = False) -> Received:
        """Read all receipts; broken ones are left out and told in `broken` where nothing is decided (`lenient`)."""
        from danvan_cli.delivery.store import received

        return received(self.workspace.received, self.plan.id, self.broken if lenient else None)


def _short(period: Period, plan: Plan) -> tuple[str, ...]:
    """Give what a period of the plan's own years is called in short: `6 tháng`, `6 tháng đầu năm`, `cả năm`, `quý 1`."""
    if period.end.year not in plan.years or plan.until:
        return ()
    name = squeeze(period.name).removesuffix(f" {period.end.year}").removesuffix(f"/{period.end.year}")
    forms = {name, name.removesuffix(" đầu năm"), *({"cả năm", "1 năm"} if name == "năm" else ())}
    if (alone := name.removesuffix(" năm")) != name:
        said = {alone, alone.replace(" 0", " "), *(f"quý {i}" for i in range(1, 5) if alone == f"quý {roman(i)}")}
        forms |= {*said, *(f"{one}/{period.end.year}" for one in said)}
    return tuple(dict.fromkeys(one for form in (name, *sorted(forms)) for one in (form, form.removeprefix("0"))))


def no_periods() -> str:
    """Say what a plan needs, for figures and results to be of a period, that has none."""
    return _("kế hoạch chưa có kỳ nào: khai ở «periods» rồi ghi «period» ở báo cáo, hoặc báo cáo lặp lại ghi «every»")


def offers(ids: Collection[str]) -> str:
    """Say which reports can be made or named, or that the plan has none yet."""
    if not ids:
        return _("kế hoạch chưa ghi báo cáo, hồ sơ nào ở «deliverables»")
    return _("các mã: {ids}", ids=", ".join(ids))


def open_plan(given: Path | None = None, template: Path | None = None, tell: Callable[[str], None] = unheard) -> Open:
    """Find the workspace, read its plan and calendar; the plan must have no errors.

    `given` is the plan's file, if not that of the latest year; `template` the file to use for the document, if not the
    workspace's own; `tell` is told what a person should know although it stops nothing.
    """
    from danvan_cli.plan.calendar import read_calendar
    from danvan_cli.plan.model import Plan
    from danvan_cli.rules.check import check_plan
    from danvan_cli.rules.levels import levels_of
    from danvan_cli.yaml.read import accepted, as_read
    from danvan_cli.yaml.yamlfile import yaml_file

    if template is not None and not template.is_file():
        raise UsageError(
            _("không có tệp mẫu {path}", path=template), help=_("mẫu là tệp .md.j2, hoặc tệp Word .docx có thẻ {{ }}")
        )
    workspace = Workspace.find(given.absolute().parent if given and given.is_file() else None)
    path = workspace.plan(given)
    data = read_bytes(path)
    calendar, _found = read_calendar(workspace.calendar)
    read = as_read(Plan, yaml_file(shown(path), data))
    levels = levels_of(workspace.root)
    plan = accepted(path, read, check_plan(read, calendar, levels))
    return Open(workspace, path, data, plan, calendar, levels, template, tell)


# A unit's file, held open ------------------------------------------------------------------------------------------------


class UnitHeld(NamedTuple):
    """A unit whose file is held open."""

    opened: Open
    unit: Unit
    held: Held[UnitRecord]

    @property
    def record(self) -> UnitRecord:
        """What is recorded so far."""
        return self.held.record

    @property
    def root(self) -> object:
        """The file as a tree."""
        return self.held.file.root

    @property
    def folder(self) -> Path:
        """The unit's folder."""
        return self.held.path.parent


def hold(opened: Open, unit: Unit) -> UnitHeld:
    """Open a unit's file for recording."""
    from danvan_cli.rules.check import check_unit
    from danvan_cli.unit.model import UnitRecord
    from danvan_cli.yaml.held import Held

    check = partial(check_unit, plan=opened.plan, levels=opened.levels)
    return UnitHeld(opened, unit, Held(UnitRecord, opened.unit_file(unit), check))


def meant_topic(record: UnitRecord, report: Deliverable, topic: str | None) -> tuple[str, Requested | None]:
    """Find the topic of a report on request, as its entry has it, and the entry; None where there is none of it yet.

    Where no topic is named there must be just one entry.
    """
    topic = squeeze(clean(topic or "")) or None
    mine = [one for one in record.requested if one.report == report.id]
    if topic is not None:
        at = record.on_topic(report.id, topic)
        return (topic, None) if at is None else (record.requested[at].topic, record.requested[at])
    if len(mine) == 1:
        return mine[0].topic, mine[0]
    if not mine:
        raise UsageError(
            _("báo cáo «{id}» cần nội dung", id=report.id),
            help=_('thêm --topic "…", ví dụ --topic "Kết quả thực hiện dân chủ ở cơ sở"'),
        )
    topics = "; ".join(one.topic for one in mine)
    raise UsageError(
        _("có {count} báo cáo «{id}»: {names}", count=len(mine), id=report.id, names=topics),
        help=_('nói rõ báo cáo nào: thêm --topic "nội dung như khi làm"'),
    )
