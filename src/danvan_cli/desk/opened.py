"""What several commands begin with: the workspace, its plan without errors, a unit and its file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes, safe_name
from danvan_cli.lang import _
from danvan_cli.text import nearest, perhaps
from danvan_cli.workspace import Workspace, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from danvan_cli.delivery.store import Broken
    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.calendar import Calendar
    from danvan_cli.plan.model import Area, Deliverable, Period, Plan, Task, Unit
    from danvan_cli.unit.model import UnitRecord


_DOUBTS: Final = frozenset(("DV906", "DV919", "DV926", "DV927"))


def _unheard(_note: str) -> None:
    """Say nothing to anybody."""


@dataclass(frozen=True)
class Open:
    """A workspace with its plan, which has no errors; `data` are the bytes of the plan's file."""

    workspace: Workspace
    path: Path
    data: bytes
    plan: Plan
    calendar: Calendar
    template: Path | None = None
    """The template file that was asked for instead of the workspace's own."""
    tell: Callable[[str], None] = _unheard
    """Says what a person should know although it stops nothing."""
    broken: Broken = field(default_factory=dict)
    """What is wrong with receipts that were left out."""

    @property
    def templates(self) -> Path:
        """Where a document's template is looked for: the file that was asked for, else the workspace's own."""
        return self.template or self.workspace.templates

    def unit(self, given: str | None) -> Unit:
        """Find a unit by its id or name; without one, the unit whose folder is the current one.

        Raises:
            UsageError: if there is none of that name.
        """
        name = given or self.workspace.unit_here()
        if name is None:
            raise UsageError(
                _("chưa nói đơn vị nào"),
                help=_("ghi mã đơn vị sau tên lệnh, ví dụ so-y-te; xem các mã: danvan show --units"),
            )
        units = {unit.id: unit.name for unit in self.plan.units}
        if name not in units and not nearest(name, [*units, *units.values()]):
            safe_name(name)
        message = _("không có đơn vị «{name}» trong kế hoạch {plan}", name=name[:80], plan=self.plan.id)
        return self.plan.unit_by_id[_named(name, units, message, _("xem các mã đơn vị: danvan show --units"), most=3)]

    def named_units(self, given: Iterable[str] | None) -> list[Unit]:
        """Find units as `unit` does, each once; where none is named, the one whose folder is the current one.

        Raises:
            UsageError: if there is none of a name.
        """
        return [self.unit(one) for one in dict.fromkeys(given or [])] or [self.unit(None)]

    def units(self, unit: str | None = None, block: str | None = None) -> list[Unit]:
        """List the units that an option names: one, those of a block, or all, in the plan's order.

        Raises:
            UsageError: if there is none of that name, or both are given.
        """
        if unit is not None:
            if block is not None:
                raise UsageError(_("chỉ ghi một trong hai: --unit hoặc --block"))
            return [self.unit(unit)]
        if block is None:
            return list(self.plan.units)
        message = _("không có khối «{name}» trong kế hoạch {plan}", name=block[:80], plan=self.plan.id)
        known = _("các khối: {ids}", ids=", ".join(self.plan.block_by_id))
        found = _named(block, {one.id: one.name for one in self.plan.blocks}, message, known)
        return [one for one in self.plan.units if one.block == found]

    def task(self, given: str) -> Task:
        """Find a task by its id or label.

        Raises:
            UsageError: if there is none of that name.
        """
        message = _("không có nhiệm vụ «{name}» trong kế hoạch {plan}", name=given[:80], plan=self.plan.id)
        tasks = {task.id: task.label for task in self.plan.tasks}
        return self.plan.task_by_id[_named(given, tasks, message, _("xem các nhiệm vụ: danvan show"))]

    def area(self, given: str) -> Area:
        """Find an area by its id.

        Raises:
            UsageError: if there is none of that id.
        """
        areas = {area.id: area for area in self.plan.areas}
        if given in areas:
            return areas[given]
        raise UsageError(
            _("không có nội dung «{area}»", area=given[:80]),
            help=perhaps(given, areas) or _("các nội dung: {ids}", ids=", ".join(areas)),
        )

    def deliverable(self, given: str) -> Deliverable:
        """Find what units owe by its id or name.

        Raises:
            UsageError: if there is none of that name.
        """
        known = self.plan.deliverable_by_id
        message = _("không có báo cáo «{id}» trong kế hoạch", id=given[:40])
        names = {one.id: one.name for one in known.values()}
        return known[_named(given, names, message, offers(known))]

    def owed(self, unit: Unit, one: Deliverable) -> None:
        """Stop where a unit has no reason to send something.

        Raises:
            UsageError: if so.
        """
        if not (one.on_request or self.plan.owes(one, unit) or self.plan.exempt(one, unit)):
            mine = [it.id for it in self.plan.deliverable_by_id.values() if self.plan.owes(it, unit)]
            raise UsageError(
                _("{unit} không phải làm «{id}»", unit=unit.name, id=one.id),
                help=offers(mine),
            )

    def period(self, given: str) -> Period:
        """Find a period by its id or name.

        Raises:
            UsageError: if there is none of that name; a deliverable for one is no period.
        """
        periods = self.plan.period_by_id
        known = _("các kỳ: {ids}", ids=", ".join(periods))
        deliverable = self.plan.deliverable_by_id.get(given)
        if given not in periods and deliverable:
            raise UsageError(
                _("«{id}» là mã của một báo cáo, hồ sơ; ở đây cần một kỳ báo cáo", id=given),
                help=_("có phải kỳ {near}?", near=deliverable.period) if deliverable.period in periods else known,
            )
        message = _("không có kỳ báo cáo «{name}» trong kế hoạch {plan}", name=given[:80], plan=self.plan.id)
        names = {period.id: period.name for period in self.plan.periods}
        return periods[_named(given, names, message, known)]

    def happened(self, typed: str | None, *, other_year: bool | None = None) -> date:
        """Read the day of what has happened: not one to come, and of the plan's time; today where none is said.

        Raises:
            UsageError: if it is no such day.
        """
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
        """Tell where a unit's file is.

        Raises:
            UsageError: if the unit has none yet.
        """
        path = self.workspace.unit_file(unit.id)
        if not path.exists():
            raise UsageError(
                _("{unit} chưa có tệp {path}", unit=unit.name, path=shown(path)),
                help=_("tạo tệp này: danvan init-unit {id}", id=unit.id),
            )
        return path

    def record(self, unit: Unit, *, doubts: bool = False) -> UnitRecord:
        """Read a unit's file, which must have no errors.

        Args:
            unit: whose.
            doubts: whether to tell which of its figures and days contradict each other or cannot be meant.

        Raises:
            UsageError: if the unit has no file yet.
            InvalidFileError: if it has errors.
        """
        from danvan_cli.rules.check import check_unit
        from danvan_cli.rules.levels import leveled, levels_of
        from danvan_cli.unit.model import UnitRecord
        from danvan_cli.yaml.read import accepted, read

        path = self.unit_file(unit)
        there = read(UnitRecord, path)
        found = leveled(check_unit(there, self.plan), levels_of(self.workspace.root))
        record = accepted(path, there, found)
        if doubts:
            self.tell_doubts(found)
        if any(one.rule == "DV917" for one in found):
            self.tell(
                _("tệp của đơn vị chậm hơn kế hoạch, có điều chưa vào văn bản: danvan update-unit {id}", id=unit.id)
            )
        return record

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
        from danvan_cli.unit.model import UnitRecord
        from danvan_cli.yaml.read import read

        path = self.workspace.unit_file(unit.id)
        return read(UnitRecord, path).record if path.exists() else None

    def begun(self) -> list[Unit]:
        """List the units that have a file."""
        return [unit for unit in self.plan.units if self.workspace.unit_file(unit.id).exists()]


def offers(ids: Collection[str]) -> str:
    """Say which reports can be made or named, or that the plan has none yet."""
    if not ids:
        return _("kế hoạch chưa ghi báo cáo, hồ sơ nào ở «deliverables»")
    return _("các mã: {ids}", ids=", ".join(ids))


def _named(given: str, names: Mapping[str, str], message: str, known: str, most: int = 2) -> str:
    """Find what was meant by its id or its name; give its id.

    Args:
        given: what was typed.
        names: each id with its name.
        message: what to say where there is none of that id or name.
        known: where to find what there is; said where nothing is near.
        most: so many likely ones are named at most.

    Raises:
        UsageError: if there is none.
    """
    if given in names:
        return given
    ids = {name: one for one, name in names.items()}
    if given in ids:
        return ids[given]
    likely = dict.fromkeys(ids.get(word, word) for word in nearest(given, [*names, *ids], most=most))
    near = ", ".join(f"{one} ({names[one]})" for one in likely)
    raise UsageError(message, help=_("có phải: {near}?", near=near) if near else known)


def open_plan(given: Path | None = None, template: Path | None = None, tell: Callable[[str], None] = _unheard) -> Open:
    """Find the workspace, read its plan and calendar.

    Args:
        given: the plan's file, if not the one of the latest year.
        template: the template file to use for the document, if not the workspace's own.
        tell: is told what a person should know although it stops nothing.

    Raises:
        UsageError: if there is no workspace, no plan or no such template, or it cannot be read.
        InvalidFileError: if the plan has errors.
    """
    from danvan_cli.plan.calendar import read_calendar
    from danvan_cli.plan.model import Plan
    from danvan_cli.rules.check import check_plan
    from danvan_cli.rules.levels import leveled, levels_of
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
    plan = accepted(path, read, leveled(check_plan(read, calendar), levels_of(workspace.root)))
    return Open(workspace, path, data, plan, calendar, template, tell)
