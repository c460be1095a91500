"""What somebody says of a unit's work, made into edits of its file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from danvan_cli.desk.opened import Open, offers
from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes
from danvan_cli.lang import _
from danvan_cli.plan.calendar import today
from danvan_cli.plan.days import misdue
from danvan_cli.rules.check import check_unit
from danvan_cli.rules.secrets import refuse_secret_file
from danvan_cli.text import day as written
from danvan_cli.text import perhaps, squeeze
from danvan_cli.typed import called
from danvan_cli.unit import typed
from danvan_cli.unit.evidence import FOLDER, incoming
from danvan_cli.unit.model import UNIT_FORMAT, UnitRecord, owed
from danvan_cli.unit.recording import confirmed, listed, merged, odd_symbol, state_said
from danvan_cli.workspace import shown
from danvan_cli.yaml.read import accepted, as_read
from danvan_cli.yaml.splice import Put
from danvan_cli.yaml.yamlfile import Map, YamlFile

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from danvan_cli.desk.unit_held import UnitHeld
    from danvan_cli.plan.model import Deliverable, Period, Task, Unit
    from danvan_cli.unit.evidence import Incoming
    from danvan_cli.unit.recording import RecordChange

_OF_A_TASK = ("status", "result", "lead", "due", "activity", "done", "evidence", "title", "not_applicable")


@dataclass(frozen=True)
class LogOptions:
    """The options as typed; `task` is found already. None and False say nothing, an empty text clears."""

    task: Task | None = None
    status: str | None = None
    period: str | None = None
    result: str | None = None
    lead: str | None = None
    due: str | None = None
    activity: str | None = None
    product: str | None = None
    done: int | None = None
    evidence: Path | None = None
    title: str | None = None
    number: str | None = None
    date: str | None = None
    expires: str | None = None
    restricted: bool = False
    indicators: Sequence[str] = ()
    estimate: bool = False
    obstacle: str | None = None
    proposal: str | None = None
    issued: str | None = None
    file: Path | None = None
    not_applicable: str | None = None
    source: Path | None = None
    confirm: bool = False
    other_year: bool = False
    """Whether days outside of the plan's years are right as they stand."""

    @property
    def nothing(self) -> bool:
        """Whether no option names anything to record."""
        return not (
            self.says(*_OF_A_TASK)
            or self.says("obstacle", "issued", "source")
            or self.indicators
            or self.confirm
            or self.restricted
            or (self.number is not None and self.task)
        )

    def says(self, *names: str) -> list[str]:
        """Name those of the options that were given."""
        return [name for name in names if getattr(self, name) is not None and getattr(self, name) is not False]

    def check(self, *, alone: bool) -> None:
        """See that the options go together.

        Args:
            alone: whether something must be said: no questions follow.

        Raises:
            UsageError: if they do not.
        """
        if alone and self.nothing:
            raise UsageError(
                _("chưa nói ghi gì"),
                help=_(
                    "ghi được: --status, --result, --activity, --done, --evidence, --title, --lead, --due, --indicator,"
                    " --obstacle, --issued, --not-applicable, --confirm; nhiều mục: --from TỆP, --ask"
                ),
            )
        self._go_together()

    def _go_together(self) -> None:
        mine = self.says(*_OF_A_TASK, "restricted")
        if mine and self.task is None:
            raise UsageError(
                _("{option} cần mã nhiệm vụ", option=option_name(mine[0])),
                help=_("ghi mã sau tên đơn vị, ví dụ: danvan log so-y-te II.1.1 …; xem các mã: danvan show"),
            )
        needs = (
            ("result", "period"), ("indicators", "period"), ("estimate", "indicators"), ("proposal", "obstacle"),
            ("file", "issued"), ("product", "activity"),
        )  # fmt: skip
        for name, other in needs:
            if getattr(self, name) not in (None, False, (), []) and not getattr(self, other):
                raise UsageError(_("{option} cần có {other}", option=option_name(name), other=option_name(other)))
        if self.issued and (self.evidence or self.title or self.restricted):
            raise UsageError(_("--issued và tài liệu kiểm chứng có số, ngày riêng: ghi bằng hai lệnh"))
        if self.restricted and (self.evidence or not self.title):
            raise UsageError(_("--restricted là tài liệu không kèm tệp, và cần --title"))
        if self.number and self.task and not (self.issued or self.evidence or self.title):
            raise UsageError(_("{option} cần có {other}", option="--number", other="--title"))


@dataclass
class ToRecord:
    """What is to be written: edits, files that come in, and what is unusual about it."""

    changes: list[RecordChange] = field(default_factory=list)
    files: list[Incoming] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def option_name(name: str) -> str:
    """Name an option as it is typed."""
    names = {"indicators": "--indicator", "source": "--from"}
    return names.get(name, f"--{name.replace('_', '-')}")


def whom(opened: Open, unit: str | None, task: str | None) -> tuple[Unit, Task | None]:
    """Find unit and task; inside a unit's folder the task may stand alone.

    Raises:
        UsageError: if there is no such unit or task, or the task is not the unit's.
    """
    if task is None and unit is not None and not opened.is_unit(unit) and _is_task(opened, unit):
        unit, task = None, unit
    who = opened.unit(unit)
    if task is None:
        return who, None
    found = opened.task(task)
    if not opened.plan.binds(found.owners, who):
        raise UsageError(_("nhiệm vụ {id} không giao cho {unit}", id=found.id, unit=who.name))
    return who, found


def _is_task(opened: Open, word: str) -> bool:
    known = called(word, {one.id: (one.label,) for one in opened.plan.tasks})
    return known is not None or re.fullmatch(r"[IVXivx]+(?:\.\d+)+", word) is not None


def log_edits(book: UnitHeld, said: LogOptions) -> ToRecord:
    """Make what was said into edits.

    Raises:
        UsageError: if a value is none: no such period, a day that is not, a file that may not come in.
        InvalidFileError: if the file of `--from` has errors.
    """
    done = ToRecord()
    when = book.opened.happened(said.date, other_year=said.other_year) if said.date else None
    if said.source:
        done.changes += _from(book, said.source)
    if said.task:
        if said.confirm:
            done.changes += confirmed([said.task], book.record)
        done.changes += _task(book, said, said.task, when)
        done.changes += _evidence(book, said, said.task, when, done)
    elif said.confirm:
        done.changes += confirmed(book.opened.plan.tasks, book.record)
    done.changes += _figures(book, said)
    if said.obstacle:
        item = {"text": squeeze(said.obstacle), "proposal": _line(said.proposal), "date": when}
        done.changes += listed(book.root, ("obstacles",), item)
    if said.issued:
        _issued(book, said, said.issued, when, done)
    return done


def _task(book: UnitHeld, said: LogOptions, task: Task, when: dt.date | None) -> Iterator[RecordChange]:
    """Edit what a task's record says: state, result, who and when, activities."""
    loc = ("tasks", task.id)
    record = book.record.task(task.id)
    if not record.applies and said.says("status", "result", "activity", "done"):
        raise UsageError(
            _("{id} đang ghi là không thực hiện", id=task.id),
            help=_("nếu có thực hiện thì bỏ dòng «applies: false» trong {path}", path=shown(book.held.path)),
        )
    if said.not_applicable is not None:
        if not said.not_applicable.strip():
            raise UsageError(_("--not-applicable cần lý do"))
        yield Put((*loc, "reason"), squeeze(said.not_applicable))
        yield Put((*loc, "applies"), value=False)
    if said.status is not None:
        plan, period = book.opened.plan, book.opened.period(said.period) if said.period else None
        own = None if said.says("evidence", "title", "issued") else when
        yield from state_said(task.id, typed.state(said.status), book.record, plan, today(), period or own or today())
    if said.result is not None and said.period:
        yield Put((*loc, "results", book.opened.period(said.period).id), trimmed_paragraphs(said.result))
    yield from _who_and_when(book, said, task, when)
    if said.done is not None:
        if not 1 <= said.done <= len(record.activities):
            count = len(record.activities)
            raise UsageError(
                _("{id} không có hoạt động thứ {number}", id=task.id, number=said.done),
                help=_("nhiệm vụ này có {count} hoạt động; thêm mới: --activity", count=count),
            )
        yield Put((*loc, "activities", said.done - 1, "done"), when or today())


def _who_and_when(book: UnitHeld, said: LogOptions, task: Task, when: dt.date | None) -> Iterator[RecordChange]:
    """Edit lead and due: of the activity that is added, else of the task."""
    loc = ("tasks", task.id)
    if said.activity:
        item: dict[str, Any] = {
            "content": squeeze(said.activity),
            "lead": _line(said.lead),
            "product": _line(said.product),
        }
        item["due"] = _due(book, said)
        item["done"] = when or (None if said.due else today())
        yield from listed(book.root, (*loc, "activities"), item)
    else:
        if said.lead is not None:
            yield Put((*loc, "lead"), _line(said.lead))
        if said.due is not None:
            yield Put((*loc, "due"), _due(book, said))


def _due(book: UnitHeld, said: LogOptions) -> dt.date | str | None:
    """Read when something is due, which is not outside of the plan's years unless that is said."""
    if not said.due:
        return None
    due = typed.due(said.due)
    if wrong := misdue(due, book.opened.plan, other_year=said.other_year):
        raise wrong
    return due


def _evidence(book: UnitHeld, said: LogOptions, task: Task, when: dt.date | None, done: ToRecord) -> list[RecordChange]:
    """Edit a task's evidence: a file, a numbered document, or what is looked at in the unit only."""
    if not (said.evidence or said.title):
        return []
    item: dict[str, Any] = {
        "title": _line(said.title),
        "number": _line(said.number),
        "date": when,
        "period": _period(book, said).id if said.period else None,
        "expires": typed.day(said.expires) if said.expires else None,
        "restricted": said.restricted,
    }
    if said.evidence:
        file = _taken(book, said.evidence, done)
        item |= {"title": item["title"] or squeeze(said.evidence.stem.replace("_", " ")), "file": file.name}
        item["sha256"] = file.sha256
    return listed(book.root, ("tasks", task.id, "evidence"), item)


def _figures(book: UnitHeld, said: LogOptions) -> Iterator[RecordChange]:
    if not (said.indicators and said.period):
        return
    plan = book.opened.plan
    estimates = {one.estimated: one for one in plan.periods if one.estimate}
    key = said.period
    if key not in estimates:
        period = book.opened.period(key)
        key = period.estimated if said.estimate else period.id
    if key not in plan.figure_keys:
        raise UsageError(
            _("kỳ {period} không có ước thực hiện cả kỳ", period=said.period),
            help=_("có ước: {ids}", ids=", ".join(one.id for one in estimates.values())) if estimates else None,
        )
    for one in said.indicators:
        name, value = typed.indicator(plan, one)
        yield Put(("indicators", name, key), value)


def _issued(book: UnitHeld, said: LogOptions, name: str, when: dt.date | None, done: ToRecord) -> None:
    """Edit what is known of a document that the unit has issued."""
    one = _deliverable(book, name)
    if not (said.number or when or said.file):
        raise UsageError(_("--issued cần --number, --date hoặc --file"))
    loc = ("deliverables", one.id)
    if said.number:
        number = squeeze(said.number)
        done.changes.append(Put((*loc, "number"), number))
        done.remarks += filter(None, [odd_symbol(number, one, book.unit)])
    if when:
        if when.year < book.opened.plan.year:
            year = book.opened.plan.year
            done.remarks.append(_("ngày {date} trước năm kế hoạch {year}", date=written(when), year=year))
        done.changes.append(Put((*loc, "date"), when))
    if said.file:
        file = _taken(book, said.file, done)
        done.changes += [Put((*loc, "file"), file.name), Put((*loc, "sha256"), file.sha256)]


def _taken(book: UnitHeld, path: Path, done: ToRecord) -> Incoming:
    """Look at a file that comes in."""
    file = incoming(path, book.folder / FOLDER)
    refuse_secret_file(path)
    done.files.append(file)
    return file


def _deliverable(book: UnitHeld, name: str) -> Deliverable:
    mine = {one.id: one for one in owed(book.opened.plan, book.unit)}
    if (found := called(name, book.opened.sendings(mine.values()))) is not None:
        return mine[found]
    raise UsageError(
        _("{unit} không phải làm «{id}»", unit=book.unit.name, id=name[:40]),
        help=perhaps(name, mine) or offers(mine),
    )


def _period(book: UnitHeld, said: LogOptions) -> Period:
    name = said.period or ""
    known = {one.estimated: one for one in book.opened.plan.periods if one.estimate}
    return known.get(name) or book.opened.period(name)


def _from(book: UnitHeld, path: Path) -> list[RecordChange]:
    """Take over parts of a unit's file from another file of that form; days that cannot be meant are only told."""
    file = YamlFile(shown(path), read_bytes(path))  # of its own: it is completed below
    plan = book.opened.plan
    if isinstance(file.root, Map):
        # It need not say again whose it is; if it does, it must be this unit's.
        for key, value in (("format", UNIT_FORMAT), ("unit", book.unit.id), ("plan", plan.id)):
            file.root.setdefault(key, value)
    there = as_read(UnitRecord, file)
    record = accepted(path, there, check_unit(there, plan))
    if record.unit != book.unit.id:
        raise UsageError(
            _("{path} là của «{other}», không phải «{id}»", path=shown(path), other=record.unit, id=book.unit.id)
        )
    given = record.model_dump(by_alias=True, exclude_unset=True, exclude={"format", "unit", "plan", "adopted"})
    states: list[RecordChange] = []
    for name, task in given.get("tasks", {}).items():
        task.pop("fingerprint", None)
        for period, state in task.pop("states", {}).items():
            at_end = plan.period_by_id[period]
            if state and state != book.record.task(name).state_in(at_end, plan):
                states += state_said(name, state, book.record, plan, today(), at_end)
    return [*merged(book.root, given), *states]


def trimmed_paragraphs(value: str) -> str | None:
    """Take a text of several lines: no spaces at their ends, no empty lines around; nothing at all is a blank."""
    return "\n".join(line.rstrip() for line in value.replace("\r\n", "\n").split("\n")).strip() or None


def _line(value: str | None) -> str | None:
    return squeeze(value) or None if value is not None else None
