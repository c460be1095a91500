"""Workbooks that come in: what people typed is merged into their units' files, all of a unit or nothing."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from danvan_cli.desk.workbook import UnitFiles, unit_files
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.excel.baseline import sent
from danvan_cli.excel.bring import bound, misstated, score_edits, unfit, unit_edits
from danvan_cli.excel.merge import workbook_edits
from danvan_cli.files import read_bytes
from danvan_cli.inbox.model import refuse_other_plan
from danvan_cli.lang import _
from danvan_cli.ooxml.xlsx import MAX_BYTES, address, read_xlsx
from danvan_cli.plan.calendar import today
from danvan_cli.rules.secrets import refuse_secret_file
from danvan_cli.scoring.evaluate import evaluate
from danvan_cli.unit.adopt import keep_revision
from danvan_cli.unit.recording import ITEM_KEYS, completed, effective, odd_about
from danvan_cli.workspace import shown
from danvan_cli.yaml.held import FileState, put_all

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.excel.baseline import Baseline
    from danvan_cli.excel.form import Form
    from danvan_cli.excel.incoming import Edits
    from danvan_cli.ooxml.xlsx import XlsxSheet
    from danvan_cli.plan.model import Unit
    from danvan_cli.scoring.model import RubricFile, ScoreRecord
    from danvan_cli.scoring.result import Result
    from danvan_cli.unit.model import UnitRecord
    from danvan_cli.yaml.splice import Add, Put


class Taken(NamedTuple):
    """A workbook that was taken in: whose it is, what it brings, why that cannot be recorded if it cannot."""

    path: Path
    unit: str
    found: Edits
    error: DanvanError | None = None


@dataclass
class UnitFilled:
    """What is to be written of a unit, and what became of it; its files are kept open only while there is something.

    `paths` are those that change, `written` whether they were; `incomplete` tells that something of the workbooks must
    be looked at, `refused` that therefore nothing is written. `result` is the score as computed again, `total` the
    cell and the figure where the workbook shows a total.
    """

    unit: str
    files: UnitFiles | None = None
    record: list[Put | Add] = field(default_factory=list)
    answers: list[Put | Add] = field(default_factory=list)
    incomplete: bool = False
    refused: bool = False
    result: Result | None = None
    total: tuple[str, Decimal] | None = None
    paths: tuple[Path, ...] = ()
    written: bool = False

    def now(self, files: UnitFiles) -> tuple[FileState[UnitRecord], FileState[ScoreRecord] | None]:
        """Give what the unit's files would hold."""
        return files.record.would(self.record), files.answers.would(self.answers) if files.answers else None


@dataclass
class Filling:
    """Workbooks taken in one after the other; each unit's files are written once, at the end, or not at all."""

    opened: Open
    rubrics: RubricFile | None
    _: KW_ONLY
    partial: bool = False
    """Record what is right although something else is not."""
    prefer: Literal["workbook", "file"] | None = None
    """The side that counts where both have changed a cell; None asks."""
    carry: bool = False
    """Take a workbook of another revision of the plan or the rubric: what is as it was."""
    only: str | None = None
    """The id of the unit whose workbooks are taken; None takes any."""
    _units: dict[str, UnitFilled] = field(default_factory=dict, init=False)

    def take(self, path: Path, pages: list[XlsxSheet] | None = None) -> Taken:
        """Merge one workbook into what its unit's files would be; `pages` is what was read of it, where it was already.

        One of another revision of the plan or the rubric is refused unless it is to be carried over; one that bears a
        mark of secrecy outside of what is filled in is refused.
        """
        name = shown(path)
        known = pages is not None  # whoever has read it has looked for marks of secrecy
        pages = pages or read_xlsx(read_bytes(path, limit=MAX_BYTES), name)
        base = sent(pages, name)
        unit = self._whose(base, name)
        before = self._units.get(unit.id)
        files = before.files if before and before.files else unit_files(self.opened, self.rubrics, unit)
        one = self._units.setdefault(unit.id, UnitFilled(unit.id))
        record, answers = one.now(files)
        stale = self._stale(base, files, name)
        form, _scoring = files.form(record.record, answers.record if answers else None)
        found = workbook_edits(pages, base, form, same_plan=not stale)
        if stale:
            _drop(found, stale)
        self._settle(found)
        found.faults += misstated(found, form, today())
        if files.rubric and answers:
            found.faults += unfit(found, form, files.rubric, answers.record)
        if not known:
            refuse_secret_file(path, _told(pages, found))
        if found.faults or found.conflicts:
            one.incomplete = True
            one.refused = one.refused or not self.partial
        wrong = None
        try:
            if not one.refused:
                self._merge(one, files, _sound(found), form)
        except DanvanError as error:
            one.incomplete, one.refused, wrong = True, not self.partial, error
        return Taken(path, unit.id, found, wrong)

    def _whose(self, base: Baseline, path: str) -> Unit:
        name = str(base.about.get("unit", ""))
        if self.only is not None and name != self.only:
            raise UsageError(
                _("{path} là sổ của «{other}», không phải «{id}»", path=path, other=name[:64], id=self.only)
            )
        refuse_other_plan(path, base.about.get("plan"), self.opened.plan)
        return self.opened.unit(name)

    def _stale(self, base: Baseline, files: UnitFiles, path: str) -> set[str]:
        """Give what is not as it was when a workbook was sent; a DanvanError where that is not to be carried over."""
        was, prints = base.about.get("prints"), files.about()["prints"]
        if not isinstance(was, dict) or not isinstance(prints, dict):
            raise UsageError(_("{path}: trang ẩn không đọc được", path=path))
        differs = {key for key in was.keys() | prints.keys() if was.get(key) != prints.get(key)}
        if differs and not self.carry:
            names = {
                "tasks": _("nhiệm vụ"),
                "indicators": _("chỉ tiêu"),
                "deliverables": _("báo cáo"),
                "answers": _("tiêu chí"),
                "rubric": _("bộ tiêu chí"),
            }
            listed = []
            for key in sorted(differs):
                kind, _space, one = key.partition(" ")
                state = _("mới") if key not in was else _("đã bỏ") if key not in prints else _("đã sửa")
                listed.append(f"{names.get(kind, kind)} {one} ({state})")
            more = _(" và {count} mục nữa", count=len(listed) - 8) if len(listed) > 8 else ""
            message = _(
                "{path} theo bản kế hoạch hoặc bộ tiêu chí khác: {what}", path=path, what=", ".join(listed[:8]) + more
            )
            hint = _("gửi sổ mới (danvan workbook), hoặc --carry: ghi những mục vẫn như cũ, mục đã đổi để lại")
            raise DanvanError(message, help=hint)
        return differs

    def _settle(self, found: Edits) -> None:
        """Decide conflicts as the user asked."""
        if self.prefer == "workbook":
            found.changes += [one.change for one in found.conflicts if not _item(one.change.path)]
            found.conflicts = [one for one in found.conflicts if _item(one.change.path)]
        elif self.prefer == "file":
            found.conflicts = []

    def _merge(self, one: UnitFilled, files: UnitFiles, found: Edits, form: Form) -> None:
        record, answers = one.now(files)
        root, plan = record.file.root, self.opened.plan
        told = effective(root, unit_edits(found, root, form, record.record, today()))
        wanted = completed(told, record.record, plan, today())
        record_changes, answers_changes = [*one.record, *wanted], one.answers
        found.notes += odd_about(told, record.record, files.record.would(record_changes).record, plan, today())
        if files.answers and files.rubric and answers:
            tree = answers.file.root
            answers_changes = [*answers_changes, *effective(tree, score_edits(found, tree, form, answers.record))]
            one.result = evaluate(files.rubric, files.answers.would(answers_changes).record)
        one.record, one.answers, one.total = record_changes, answers_changes, found.total
        one.files = files if one.record or one.answers else None

    def write(self, *, dry_run: bool = False) -> Iterator[UnitFilled]:
        """Write every unit's files that have changed, one unit after the other; tell what became of each."""
        for one in self._units.values():
            one.paths = ()
            if one.files and not one.refused:
                record, answers = one.files.record, one.files.answers
                changed = [held for held, now in zip((record, answers), one.now(one.files), strict=True)
                           if held and now and held.data != now.data]  # fmt: skip
                one.paths = tuple(held.path for held in changed)
                if not dry_run and record in changed:
                    keep_revision(self.opened.workspace, self.opened.data)
                if not dry_run:
                    put_all([(record, one.record), *([(answers, one.answers)] if answers else [])])
            one.written = bool(one.paths) and not dry_run
            yield one


def _told(pages: list[XlsxSheet], found: Edits) -> set[str]:
    """Give the lines of the cells of which it is told what is wrong with them."""
    faulty = {fault.cell for fault in found.faults}
    wrong = (
        value for page in pages for place, value in page.cells.items() if f"{page.title}!{address(*place)}" in faulty
    )
    return {line for one in wrong for line in str(one.value).split("\n")}


def _sound(found: Edits) -> Edits:
    """Give what a workbook brings without what is wrong or changed on both sides, and what stands or falls with it."""
    faulty = {fault.cell for fault in found.faults}
    wrong = {bound(one.path) for one in found.changes if one.cell in faulty}
    wrong |= {bound(fault.path) for fault in found.faults if fault.path}
    wrong |= {bound(one.change.path) for one in found.conflicts}
    return replace(found, changes=[one for one in found.changes if bound(one.path) not in wrong])


def _item(path: tuple[str, ...]) -> bool:
    """Tell whether a path is a whole item of a list."""
    return path[-1].isdigit() and path[-2] in ITEM_KEYS


def _drop(found: Edits, stale: set[str]) -> None:
    """Leave out what is about things that are not as they were; say so."""

    def old(path: tuple[str, ...]) -> bool:
        kinds = {"reports": "deliverables"}
        return len(path) > 2 and f"{kinds.get(path[1], path[1])} {path[2]}" in stale

    gone = (one.cell for one in found.changes if old(one.path))
    found.notes += [_("{cell}: mục này đã đổi từ khi gửi sổ, không ghi", cell=cell) for cell in gone]
    found.changes = [one for one in found.changes if not old(one.path)]
    found.added = [one for one in found.added if not old(one.path)]
    found.removed = [one for one in found.removed if not old(one.path)]
    found.conflicts = [one for one in found.conflicts if not old(one.change.path)]
