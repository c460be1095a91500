"""What somebody says of a unit's work, made into edits of its file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from danvan_cli.desk.log_options import OF_THE_UNIT
from danvan_cli.desk.opened import meant_topic
from danvan_cli.desk.taking_back import taken_back
from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes
from danvan_cli.lang import _
from danvan_cli.plan.calendar import today
from danvan_cli.plan.days import misdue, written_years
from danvan_cli.rules.check import check_unit
from danvan_cli.rules.secrets import refuse_secret_file
from danvan_cli.text import day as written
from danvan_cli.text import fold, squeeze
from danvan_cli.typed import called, nothing
from danvan_cli.unit import typed
from danvan_cli.unit.evidence import FOLDER, incoming
from danvan_cli.unit.model import UNIT_FORMAT, UnitRecord, owed, sections
from danvan_cli.unit.proposals import chosen, placed, settled
from danvan_cli.unit.recording import confirmed, listed, merged_parts, record_state, report_edits
from danvan_cli.workspace import shown
from danvan_cli.yaml.read import accepted, as_read
from danvan_cli.yaml.splice import Put
from danvan_cli.yaml.yamlfile import Map, YamlFile

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from danvan_cli.desk.log_options import LogOptions
    from danvan_cli.desk.opened import Open, UnitHeld
    from danvan_cli.plan.model import Deliverable, Period, Task, Unit
    from danvan_cli.unit.evidence import Incoming
    from danvan_cli.unit.recording import RecordChange


@dataclass
class ToRecord:
    """What is to be written: edits, files that come in, and what is unusual about it."""

    changes: list[RecordChange] = field(default_factory=list)
    files: list[Incoming] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def whom(opened: Open, unit: str | None, task: str | None) -> tuple[Unit, Task | None]:
    """Find unit and task; inside a unit's folder the task may stand alone."""
    if task is None and unit is not None and not opened.is_unit(unit) and _is_task(opened, unit):
        unit, task = None, unit
    who = opened.unit(unit)
    return who, None if task is None else opened.own_task(who, task)


def _is_task(opened: Open, word: str) -> bool:
    known = called(word, {one.id: (one.label,) for one in opened.plan.tasks})
    return known is not None or re.fullmatch(r"[IVXivx]+(?:\.\d+)+", word) is not None


def log_edits(book: UnitHeld, said: LogOptions) -> ToRecord:
    """Make what was said into edits."""
    done = ToRecord()
    if said.remove:
        done.changes += taken_back(book, said)
        return done
    when = book.opened.happened(said.date, other_year=said.other_year) if said.date else None
    if said.source:
        done.changes += _from(book, said.source)
    done.changes += _of_the_unit(said)
    if said.says("accept", "strike", "place"):
        done.changes += _settled(book, said)
    if said.task:
        if said.confirm:
            done.changes += confirmed([said.task], book.record)
        done.changes += _task(book, said, said.task, when)
        done.changes += _evidence(book, said, said.task, when, done)
    elif said.confirm:
        done.changes += confirmed(book.opened.plan.tasks, book.record)
    done.changes += _figures(book, said)
    if report := said.report or _told_late(book, said, when):
        done.changes += _report(book, said, report, when)
    elif said.obstacle:
        done.changes += listed(book.root, ("obstacles",), _raised(said, when))
    done.remarks += _others_raised(book, said)
    if said.issued:
        _issued(book, said, said.issued, when, done)
    return done


def _raised(said: LogOptions, when: dt.date | None) -> dict[str, Any]:
    return {"text": squeeze(said.obstacle or ""), "proposal": _line(said.proposal), "date": when}


def _told_late(book: UnitHeld, said: LogOptions, when: dt.date | None) -> str | None:
    """Give the report of the period for which an obstacle is told, where its day lies outside: by its day it would not come in."""
    period = _period(book, said.period) if said.obstacle and said.period else None
    if period is None or period.start <= (when or today()) <= period.end:
        return None
    plan = book.opened.plan
    mine = (one for one in owed(plan, book.unit) if one.id in plan.periodic and not one.on_request)
    return next((one.id for one in mine if one.period == period.id), None)


def _others_raised(book: UnitHeld, said: LogOptions) -> Iterator[str]:
    """Tell that there are obstacles, where somebody says that there are none."""
    others = [i for i, one in enumerate(book.record.obstacles, start=1) if not nothing(one.text)]
    if said.obstacle and not said.report and nothing(said.obstacle) and others:
        yield _("đang ghi {count} khó khăn, vướng mắc; không còn thì bỏ: danvan log {unit} --remove obstacle={first}",
                count=len(others), unit=book.unit.id, first=others[0])  # fmt: skip


def _report(book: UnitHeld, said: LogOptions, name: str, when: dt.date | None) -> list[RecordChange]:
    """Edit what a report says besides its tasks: its parts, who asked for it, the obstacles that it tells of."""
    one = book.opened.of_unit(book.unit, name)
    if one.kind != "report" and (one.kind != "self-score" or said.obstacle):
        raise UsageError(_("«{id}» không phải báo cáo", id=one.id))
    told: dict[str, Any] = {}
    if said.request is not None:
        if not one.on_request:
            raise UsageError(_("--topic và --request chỉ dùng cho báo cáo chuyên đề, đột xuất"))
        told["request"] = _line(said.request)
    for section in said.sections:
        told |= _section(sections(book.opened.plan, one), section)
    if said.obstacle:
        told["obstacles"] = {key: value for key, value in _raised(said, when).items() if value is not None}
    return report_edits(book.root, book.record, one, _topic(book, one, said.topic), told)


def _section(parts: dict[str, str], typed_: str) -> dict[str, str | None]:
    """Read `PART=TEXT`; the part is named by its key or its words, or how these begin."""
    name, sign, text = typed_.partition("=")
    wanted = squeeze(fold(name.replace("-", " ")))
    found = [key for key, words in parts.items() if wanted in {key, fold(words)}]
    found = found or [key for key, words in parts.items() if wanted and fold(words).startswith(wanted)]
    if not sign or len(found) != 1:
        raise UsageError(
            _("«{typed}»: không rõ là mục nào của báo cáo", typed=typed_[:60]),
            help=_('viết như --section "{name}=…"; các mục: {names}', name=next(iter(parts.values())),
                   names="; ".join(parts.values())),
        )  # fmt: skip
    return {found[0]: trimmed_paragraphs(text)}


def _topic(book: UnitHeld, report: Deliverable, topic: str | None) -> str | None:
    """Find which report on request is meant; None for any other."""
    if report.on_request:
        return meant_topic(book.record, report, topic)[0]
    if topic is not None:
        raise UsageError(_("--topic và --request chỉ dùng cho báo cáo chuyên đề, đột xuất"))
    return None


def _settled(book: UnitHeld, said: LogOptions) -> Iterator[RecordChange]:
    """Keep or strike what is proposed: of a task, or all that there is; put what has no place under a task."""
    if said.place is not None and said.task:
        yield from placed(book.root, said.task.id, said.place)
    if said.accept is said.strike is None:
        return
    keeps = said.accept is not None
    typed = (said.accept if keeps else said.strike) or ""
    names = [said.task.id] if said.task else [name for name, one in book.record.tasks.items() if one.proposals]
    if not said.task and typed.isdecimal():
        raise UsageError(_("{option} cần mã nhiệm vụ", option="--accept" if keeps else "--strike"))
    for name in names:
        those, none = chosen(book.root, name, typed), set[str]()
        yield from settled(book.root, name, *((those, none) if keeps else (none, those)))


def _of_the_unit(said: LogOptions) -> Iterator[RecordChange]:
    """Edit who signs and who drafts: each as it is to stand on paper, in one line; the signer's offices are several."""
    for key in said.says(*OF_THE_UNIT):
        value = getattr(said, key)
        lines = [squeeze(line) for line in value.split("/") if line.strip()]
        yield Put((key,), lines if key == "signs" else _line(value))


def _task(book: UnitHeld, said: LogOptions, task: Task, when: dt.date | None) -> Iterator[RecordChange]:
    """Edit what a task's record says: state, result, who and when, activities."""
    loc = ("tasks", task.id)
    record = book.record.task(task.id)
    if not (record.applies or said.applicable) and said.says("status", "result", "activity", "done"):
        raise UsageError(
            _("{id} đang ghi là không thực hiện", id=task.id),
            help=_("nếu có thực hiện thì ghi lại: danvan log {unit} {id} --applicable", unit=book.unit.id, id=task.id),
        )
    if said.not_applicable is not None:
        if not said.not_applicable.strip():
            raise UsageError(_("--not-applicable cần lý do"))
        if said.applicable or said.says("status", "result", "activity", "done"):
            others = "--status, --result, --activity, --done, --applicable"
            raise UsageError(_("--not-applicable không dùng cùng {others}", others=others))
        yield Put((*loc, "reason"), squeeze(said.not_applicable))
        yield Put((*loc, "applies"), value=False)
    if said.applicable:
        yield from (Put((*loc, "applies"), value=True), Put((*loc, "reason"), None))
    if said.status is not None:
        plan, period = book.opened.plan, book.opened.period(said.period) if said.period else None
        own = None if said.says("evidence", "title", "issued") else when
        yield from record_state(task.id, typed.state(said.status), book.record, plan, today(), period or own or today())
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
            "with": _line(said.partners),
            "product": _line(said.product),
            "due": _due(book, said),
            "done": when or (None if said.due else today()),
        }
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
        "period": _period(book, said.period).id if said.period else None,
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
    period = _period(book, said.period)
    key = period.estimated if said.estimate or said.period == period.estimated else period.id
    if key not in plan.figure_keys:
        ids = ", ".join(one.id for one in plan.periods if one.estimate)
        raise UsageError(
            _("kỳ {period} không có ước thực hiện cả kỳ", period=said.period),
            help=_("có ước: {ids}", ids=ids) if ids else None,
        )
    for one in said.indicators:
        name, value = typed.indicator(plan, one)
        yield Put(("indicators", name, key), value)


def _issued(book: UnitHeld, said: LogOptions, name: str, when: dt.date | None, done: ToRecord) -> None:
    one = book.opened.of_unit(book.unit, name)
    if not (said.number or when or said.file):
        raise UsageError(_("--issued cần --number, --date hoặc --file"))
    topic, told = _topic(book, one, said.topic), dict[str, Any]()
    if said.number:
        told["number"] = squeeze(said.number)
    if when:
        plan = book.opened.plan
        period = plan.period(one.period)
        if when.year < plan.year and not (period and when < period.start):  # of which `odd_about` tells
            year = written_years(plan.years)
            done.remarks.append(_("ngày {date} trước năm kế hoạch {year}", date=written(when), year=year))
        told["date"] = when
    if said.file:
        file = _taken(book, said.file, done)
        told |= {"file": file.name, "sha256": file.sha256}
    if one.on_request:
        done.changes += report_edits(book.root, book.record, one, topic, told)
    else:
        done.changes += (Put(("deliverables", one.id, key), value) for key, value in told.items())


def _taken(book: UnitHeld, path: Path, done: ToRecord) -> Incoming:
    file = incoming(path, book.folder / FOLDER)
    refuse_secret_file(path)
    done.files.append(file)
    return file


def _period(book: UnitHeld, name: str) -> Period:
    """Find a period by what it is called, or by the key of the figures that are estimated for it."""
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
    record = accepted(path, there, check_unit(there, plan, book.opened.levels))
    if record.unit != book.unit.id:
        raise UsageError(
            _("{path} là của «{other}», không phải «{id}»", path=shown(path), other=record.unit, id=book.unit.id)
        )
    given = record.model_dump(by_alias=True, exclude_unset=True, exclude={"format", "unit", "plan", "adopted"})
    for name, report in given.get("reports", {}).items():
        if report and "obstacles" in report and name in plan.deliverable_by_id:  # but those that its period has anyway
            period = plan.period(plan.deliverable_by_id[name].period)
            known = [(squeeze(one.text), one.proposal) for one in book.record.obstacles_in(period)]
            told = report["obstacles"]
            report["obstacles"] = [one for one in told if (squeeze(one["text"]), one.get("proposal")) not in known]
    states: list[RecordChange] = []
    for name, task in given.get("tasks", {}).items():
        task.pop("fingerprint", None)
        for period, state in task.pop("states", {}).items():
            at_end = plan.period(period)
            if state and at_end is None:  # one that the plan has no more
                states.append(Put(("tasks", name, "states", period), state))
            elif state and at_end and state != book.record.task(name).state_in(at_end, plan):
                states += record_state(name, state, book.record, plan, today(), at_end)
    return [*merged_parts(book.root, given), *states]


def trimmed_paragraphs(value: str) -> str | None:
    """Take a text of several lines: no spaces at their ends, no empty lines around; nothing at all is a blank."""
    return "\n".join(line.rstrip() for line in value.replace("\r\n", "\n").split("\n")).strip() or None


def _line(value: str | None) -> str | None:
    return squeeze(value) or None if value is not None else None
