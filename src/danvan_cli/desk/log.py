"""Recording in a unit's file what was done: every change is checked first, then written whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from danvan_cli.desk.said import log_edits, trimmed_paragraphs
from danvan_cli.errors import UsageError
from danvan_cli.files import backup
from danvan_cli.lang import _
from danvan_cli.plan.calendar import today
from danvan_cli.unit import typed
from danvan_cli.unit.adopt import keep_revision
from danvan_cli.unit.evidence import evidence_there
from danvan_cli.unit.model import duties, owed, sections
from danvan_cli.unit.progress import unit_progress
from danvan_cli.unit.recording import completed, effective, odd_about, record_state
from danvan_cli.yaml.splice import Put

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from danvan_cli.desk.log_options import LogOptions
    from danvan_cli.desk.opened import UnitHeld
    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.model import Period, Task
    from danvan_cli.typed import FigureKind
    from danvan_cli.unit.evidence import Incoming
    from danvan_cli.unit.recording import RecordChange

_NOT_YET = "DV910"
"""What the check says of evidence that is copied only after it."""


@dataclass(frozen=True)
class Logged:
    """What was recorded.

    `changes` are those that were written, `before` is the tree of the file that they were made on; `files` are the
    copies that were not there before, `found` what the check says of the file and did not say before, `remarks` what
    is unusual about what was said; `backup` is the copy of the file as it was, where something was taken back.
    """

    path: Path
    before: object
    changes: tuple[RecordChange, ...] = ()
    files: tuple[Path, ...] = ()
    found: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = ()
    backup: Path | None = None


def record_said(book: UnitHeld, said: LogOptions) -> Logged:
    """Record what was said; what changes nothing is left out."""
    done = log_edits(book, said)
    return record_changes(book, done.changes, done.files, done.remarks, keep=bool(said.remove))


def record_changes(
    book: UnitHeld,
    changes: Sequence[RecordChange],
    files: Sequence[Incoming] = (),
    remarks: Sequence[str] = (),
    *,
    keep: bool = False,
) -> Logged:
    """Write changes with the files of evidence that come in with them: both or neither."""
    held, opened = book.held, book.opened
    before, known = book.root, {(one.rule, one.message) for one in held.found}
    told = effective(before, changes)
    wanted = completed(told, book.record, opened.plan, today())
    after = held.would(wanted).record  # what is wrong is said before anything is copied
    remarks = (*remarks, *odd_about(told, book.record, after, opened.plan, today()))
    copy = backup(held.path) if keep and wanted else None
    with evidence_there(files, held.path):
        if any(one.loc[-1] == "fingerprint" for one in wanted):  # later edits show the words that changed
            keep_revision(opened.workspace, opened.data)
        written = held.put(wanted)
    fresh = tuple(one.folder / one.name for one in files if not one.there)
    found = (one for one in held.found if (one.rule, one.message) not in known)
    told_of = tuple(one for one in found if not (fresh and one.rule == _NOT_YET))
    return Logged(held.path, before, tuple(wanted) if written else (), fresh, told_of, remarks, copy)


# What a period still lacks --------------------------------------------------------------------------------------------


class Question(NamedTuple):
    """Something that a unit's file lacks for a period: a task's state or result, a figure, a general part of a report.

    `loc` is where the answer goes; second in it stands the id of the task, the indicator or the report. `estimate` tells
    that a figure for the whole period is meant.
    """

    what: Literal["status", "result", "figure", "section"]
    loc: tuple[str, ...]
    estimate: bool = False
    kind: FigureKind | None = None

    def read(self, answer: str) -> Any:
        """Read an answer as the file holds it."""
        match self.what:
            case "status":
                return typed.state(answer)
            case "figure":
                return typed.figure(answer, self.kind)
        return trimmed_paragraphs(answer)


def asked_period(book: UnitHeld, given: str | None) -> Period:
    """Find the period to ask for: the one that was named, else the one that is due next."""
    if given:
        return book.opened.period(given)
    from danvan_cli.delivery.status import came_and_back, unit_rows  # with all receipts are made of: for this alone

    plan, now = book.opened.plan, today()
    known = came_and_back(unit_rows(plan, book.opened.workspace.received, book.unit, now))
    period = unit_progress(plan, book.unit, book.record, now, *known).period
    if period is None:
        raise UsageError(_("{option} cần có {other}", option="--ask", other="--period"))
    return period


def questions(book: UnitHeld, period: Period, task: Task | None) -> Iterator[Question]:
    """Ask for what a unit's tasks lack for a period, then for figures and general parts; of one task only if it is named."""
    plan = book.opened.plan
    for one in [task] if task else duties(plan, book.unit, period.end):
        record = book.record.task(one.id)
        if not (plan.binds(one.owners, book.unit) and record.applies):
            continue
        open_ = not record.results.get(period.id)
        if record.status is None or (open_ and record.status == "todo"):  # as scaffolded
            yield Question("status", ("tasks", one.id, "status"))
        if open_:
            yield Question("result", ("tasks", one.id, "results", period.id))
    if task is None:
        yield from _general(book, period)


def _general(book: UnitHeld, period: Period) -> Iterator[Question]:
    plan, record = book.opened.plan, book.record
    for one in plan.indicator_by_id.values():
        for key in [period.id, *([period.estimated] if period.estimate else [])]:
            if record.figure(one.id, key) is None:
                yield Question("figure", ("indicators", one.id, key), key != period.id, one.figure_kind)
    for report in owed(plan, book.unit):
        if report.id in plan.periodic and report.period == period.id:
            said = record.remarks(report.id)
            open_ones = (key for key in sections(plan, report) if not getattr(said, key))
            yield from (Question("section", ("reports", report.id, key)) for key in open_ones)


def record_answer(book: UnitHeld, question: Question, value: Any, period: Period) -> Logged:
    """Record the answer to a question about a period."""
    if question.what == "status":
        said = record_state(question.loc[1], value, book.record, book.opened.plan, today(), period)
        return record_changes(book, [*said])
    return record_changes(book, [Put(question.loc, value)])
