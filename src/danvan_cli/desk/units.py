"""Units' files: begun, with the draft of the unit's implementation plan; a plan's edits brought into one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from danvan_cli.desk.init import guard
from danvan_cli.desk.made import Made, keep
from danvan_cli.desk.report import document_path, unit_document
from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes
from danvan_cli.lang import _
from danvan_cli.plan.calendar import today
from danvan_cli.plan.model import Plan
from danvan_cli.rules.check import check_text, check_unit, functions_of
from danvan_cli.rules.secrets import refuse_secret_file
from danvan_cli.text import by_marks, fold, squeeze
from danvan_cli.unit.adopt import adopt, keep_revision, sha12
from danvan_cli.unit.functions import proposed
from danvan_cli.unit.last_year import with_last_year
from danvan_cli.unit.model import UnitRecord, empty_record, owed
from danvan_cli.unit.update import Update, applied, compare
from danvan_cli.workspace import Workspace, shown
from danvan_cli.yaml.held import Held
from danvan_cli.yaml.read import accepted, as_read, read
from danvan_cli.yaml.splice import spliced

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Unit
    from danvan_cli.unit.adopt import Revisions
    from danvan_cli.unit.carried import Carried
    from danvan_cli.unit.earlier import Earlier
    from danvan_cli.yaml.yamlfile import YamlFile

_WORD = b"PK\3\4"


@dataclass(frozen=True)
class Started:
    """What was done for a unit: its file (made now or left), where its draft is, and the draft where it was made now."""

    file: Path
    made: bool
    document: Path | None = None
    draft: Made | None = None
    record: UnitRecord | None = None
    figures: int = 0
    """How many figures of last year were filled in from the archive."""


@dataclass
class Beginning:
    """What a unit's file is filled in from: a record of this plan as it is, or what was read of an earlier year.

    Who asks about what is unsure changes `found`.
    """

    path: Path
    record: UnitRecord | None = None
    before: UnitRecord | None = None
    year: int = 0
    found: list[Carried] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)


def _filled(opened: Open, unit: Unit, source: Beginning | None) -> tuple[UnitRecord, int]:
    """Give the record that a unit begins with, and how many of last year's figures it has from the archive.

    It holds what the unit says itself, and what its functions propose for the rest.
    """
    if source and source.record:
        begun = source.record
    else:
        begun = empty_record(opened.plan, unit)
        if source:
            from danvan_cli.unit.carried import record_of

            begun = record_of(opened.plan, unit, source.found, source.before)
        begun = proposed(functions_of(opened.workspace.functions, opened.levels), opened.plan, unit, begun)
    known = with_last_year(opened.workspace, opened.plan, unit, begun)
    return known, _count(known) - _count(begun)


def _count(record: UnitRecord) -> int:
    return sum(one is not None for figures in record.indicators.values() for one in (figures or {}).values())


def source_of(opened: Open, unit: Unit, path: Path) -> Beginning:
    """Read what a unit's file is filled in from: a Word document, or a unit's file of this or another year."""
    refuse_secret_file(path)
    if path.suffix.lower() in {".docx", ".doc"} or read_bytes(path).startswith(_WORD):
        from danvan_cli.ooxml.docx import read_word
        from danvan_cli.ooxml.layout import read_words
        from danvan_cli.papers.bundle import proposed_in
        from danvan_cli.unit.earlier import read_earlier

        data = read_bytes(path)
        words = list(read_words(read_word(data, shown(path))))
        _its_own(opened, unit, path, _named_above(opened, [one.line for one in words[:_HEAD]]))
        earlier = read_earlier(words)
        if not earlier.activities:
            raise UsageError(
                _("{path}: không thấy hoạt động nào", path=shown(path)),
                help=_("cần kế hoạch của chính đơn vị: phần nội dung, hoặc bảng có cột nội dung, chủ trì, thời gian"),
            )
        made = _carried(opened, unit, Beginning(path), earlier)
        if proposed_in(data):  # a draft: nobody has decided what of it counts
            made.found = [replace(one, match=replace(one.match, sure=False)) for one in made.found]
        return made
    if path.suffix.lower() not in {".yaml", ".yml"}:
        raise UsageError(
            _("không đọc được {path} để điền sẵn", path=shown(path)),
            help=_("cần kế hoạch năm trước ở dạng .docx, hoặc tệp unit.yaml"),
        )
    there = read(UnitRecord, path)
    other = there.record is not None and there.record.plan != opened.plan.id
    found = check_text(there, opened.levels) if other else check_unit(there, opened.plan, opened.levels)
    given = accepted(path, there, found)
    opened.tell_doubts(found)
    _its_own(opened, unit, path, [given.unit])
    if not other:
        return Beginning(path, given)
    from danvan_cli.unit.carried import from_record

    old = _plan_of(path, given.plan)
    year = old.year if old else int(given.plan) if given.plan.isdigit() and len(given.plan) == 4 else 0
    return _carried(opened, unit, Beginning(path, before=given), from_record(given, old, year))


_HEAD: Final = 12
"""A letterhead has at most so many lines."""


def _its_own(opened: Open, unit: Unit, path: Path, named: Sequence[str]) -> None:
    """See that a file that names units names this one, or one that it follows."""
    mine = {unit.id, *(one.id for one in opened.plan.predecessors.get(unit.id, ()))}
    if named and mine.isdisjoint(named):
        raise UsageError(
            _("{path} là tệp của «{other}», không phải «{id}»", path=shown(path), other=named[0], id=unit.id)
        )


def _named_above(opened: Open, lines: Sequence[str]) -> list[str]:
    """Name the units that the letterhead of an earlier plan names: of names that contain each other the longest."""
    plain = [squeeze(fold(line)) for line in lines]
    above = plain[: plain.index("ke hoach")] if "ke hoach" in plain else plain
    head = f" {' '.join(above)} ".replace("uy ban nhan dan", "ubnd")
    alike: dict[str, dict[str, str]] = {}
    for one in opened.plan.units:
        if (name := f" {squeeze(fold(one.name))} ".replace("uy ban nhan dan", "ubnd")) in head:
            alike.setdefault(name, {})[one.id] = one.name
    longest = [units for name, units in alike.items() if not any(name in it for it in alike if it != name)]
    said = " ".join(lines[: len(above)])
    sure = [{only: ""} if len(some) > 1 and (only := by_marks(said, some)) else some for some in longest]
    return [id_ for some in sure for id_ in some]


def _carried(opened: Open, unit: Unit, source: Beginning, earlier: Earlier) -> Beginning:
    from danvan_cli.unit.carried import carried

    source.year, source.passed = earlier.year, earlier.passed
    source.found = carried(opened.plan, unit, earlier, functions_of(opened.workspace.functions, opened.levels))
    return source


def _plan_of(path: Path, plan: str) -> Plan | None:
    """Find the plan that an earlier file is of, in the workspace that it lies in."""
    workspace = Workspace.holding(path.parent)
    records = (read(Plan, one).record for one in (workspace.plans if workspace else ()))
    return next((one for one in records if one is not None and one.id == plan), None)


def start_unit(opened: Open, unit: Unit, source: Beginning | None = None) -> Started:
    """Make what a unit lacks: its file, filled in from `source`, and the draft of its implementation plan."""
    guard(opened.workspace)
    file = opened.workspace.unit_file(unit.id)
    filled, figures = (None, 0) if file.exists() else _filled(opened, unit, source)
    made = adopt(opened.workspace, opened.plan, opened.data, unit, filled)
    deliverable = next((one for one in owed(opened.plan, unit) if one.kind == "plan"), None)
    if deliverable is None:
        return Started(file, made, figures=figures)
    path = document_path(opened, unit, deliverable)
    if path.exists():
        return Started(file, made, path, figures=figures)
    record = opened.record(unit)
    rendered = unit_document(opened, unit, record, deliverable)
    return Started(file, made, path, keep(path, rendered, record.proposals), record, figures)


# A plan's edits brought in --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Updated:
    """What a unit's file took in, or would take in."""

    unit: Unit
    path: Path
    update: Update
    proposed: UnitRecord | None = None
    """What is proposed for the tasks that come in."""


def bring_plan_edits(opened: Open, unit: Unit, revisions: Revisions, *, write: bool) -> Updated:
    """Find what a unit's file has not taken in, and let it take that in if it is to be written."""
    check = partial(check_text, levels=opened.levels)  # the rules are for what it will be: the plan has changed
    held = Held(UnitRecord, opened.unit_file(unit), check)
    done = Updated(unit, held.path, Update())

    def made(file: YamlFile) -> bytes:
        nonlocal done
        there = as_read(UnitRecord, file)
        record = accepted(held.path, there, check(there))
        for given, wanted in ((record.unit, unit.id), (record.plan, opened.plan.id)):
            if given != wanted:
                raise UsageError(
                    _("{path} là tệp của «{other}», không phải «{id}»", path=shown(held.path), other=given, id=wanted)
                )
        update = compare(opened.plan, unit, record, revisions.task, today())
        more = _proposed(opened, unit, update) if update.added else None
        done = Updated(unit, held.path, update, more)
        if not update.takes:
            return spliced(file, [])
        return applied(file, update, opened.plan, unit, sha12(opened.data), more)

    first = made(held.file)
    if write and done.update.takes:
        keep_revision(opened.workspace, opened.data)
        held.rewrite(lambda file: first if file is held.file else made(file))
    return done


def _proposed(opened: Open, unit: Unit, update: Update) -> UnitRecord:
    """Propose something for the tasks that come in, as `init-unit` does for all."""
    every = proposed(
        functions_of(opened.workspace.functions, opened.levels), opened.plan, unit, empty_record(opened.plan, unit)
    )
    new = {task.id for task in update.added}
    return every.model_copy(update={"tasks": {name: one for name, one in every.tasks.items() if name in new}})
