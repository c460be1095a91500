"""What the page is made of, read once: receipts, units' files, reviews, letters; and where each of it stands."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from danvan_cli.delivery.status import status_rows
from danvan_cli.desk.reviews import Reviews
from danvan_cli.desk.score import rubrics_if_any
from danvan_cli.desk.waiting import waiting
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.findings.finding import InvalidFileError
from danvan_cli.page.shown import About, BlockName, ShownSpot, ShownUnit
from danvan_cli.papers.common import numbered
from danvan_cli.plan.calendar import today
from danvan_cli.province.reminders import Reminders, collector
from danvan_cli.revisions import Repository
from danvan_cli.rules.check import check_text
from danvan_cli.scoring.model import rubric_path
from danvan_cli.text import day, sort_key
from danvan_cli.unit.adopt import sha12
from danvan_cli.unit.last_year import with_last_year
from danvan_cli.unit.model import UnitRecord
from danvan_cli.workspace import shown
from danvan_cli.yaml.held import Held
from danvan_cli.yaml.read import read
from danvan_cli.yaml.yamlfile import yaml_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from danvan_cli.desk.opened import Open
    from danvan_cli.desk.waiting import Waiting
    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.province.reminders import Urged
    from danvan_cli.province.review import Reviewing
    from danvan_cli.yaml.yamlfile import Loc, YamlFile

BRIEF: Final = 400
"""Of more units than these only totals and what is wrong are told."""


class Seen:
    """What a workspace says as of a day, of some of its units; `one`: for the page of a unit alone.

    `page` is where the page lies; on a `public` one, for everybody, nothing says where it stands.
    """

    def __init__(
        self, opened: Open, units: Sequence[Unit], as_of: date, page: Path, *, public: bool, one: bool
    ) -> None:
        self.opened, self.as_of, self.public, self.one = opened, as_of, public, one
        self.plan: Plan = opened.plan
        order = {block.id: at for at, block in enumerate(self.plan.blocks)}
        self.units = sorted(units, key=lambda it: (order.get(it.block, len(order)), sort_key(it.name), it.id))
        self.brief = len(units) > BRIEF
        self.up = None if public else _way(page, opened.workspace.root)
        self._plan_lines = self._lines_of_plan()
        self.came = opened.received(lenient=True)
        place = {it.id: at for at, it in enumerate(self.units)}
        rows = status_rows(self.plan, self.came, as_of, units, opened.broken)
        self.rows = sorted(rows, key=lambda row: place[row.unit.id])  # of a unit still in the plan's order
        self.records: dict[str, UnitRecord | None] = {}
        self.wrong: list[tuple[Unit | None, Path, int | None, str]] = []
        """Files that cannot be read, or have errors: whose, where, on which line, what is wrong."""
        self._lines: dict[tuple[str, Loc], int] = {}
        self.waits: tuple[Waiting, ...] = ()
        if as_of >= today():
            self.waits = waiting(opened, self.came, self._reading())
        else:
            list(self._reading())

    def _reading(self) -> Iterator[Unit]:
        """Read each unit's file, and give the unit while the file is at hand."""
        for unit in self.units:
            path = self.opened.workspace.unit_file(unit.id)
            there = record = None
            with self.noting(path, unit):
                there = read(UnitRecord, path) if path.exists() else None
            if there:
                record = there.record and with_last_year(self.opened.workspace, self.plan, unit, there.record)
                found = check_text(there, self.opened.levels) if there.findings else ()  # of most files nothing
                bad = next((one for one in found if one.severity == "error"), None)
                if bad:
                    self.wrong.append((unit, path, bad.spot.line, bad.message))
                if record and not self.public:
                    self._note_lines(unit, record, there.file)
            self.records[unit.id] = record
            yield unit

    def _note_lines(self, unit: Unit, record: UnitRecord, file: YamlFile) -> None:
        """Note where things stand in a unit's file while it is open."""
        locs: list[Loc] = [("obstacles", i) for i in range(len(record.obstacles))]
        locs += [("indicators", name) for name in record.indicators]
        if self.one:
            locs += [("tasks", name) for name in record.tasks]
        for loc in locs:
            self._lines[unit.id, loc] = _line(file, loc)

    def _lines_of_plan(self) -> dict[Loc, int]:
        """Tell the lines of what the plan is referred to for."""
        if self.public:
            return {}
        file = yaml_file(shown(self.opened.path), self.opened.data)
        locs = [*(loc for loc, _one in self.plan.sendings()), *(one.loc for one in self.plan.areas)]
        return {loc: _line(file, loc) for loc in (*locs, *(one.loc for one in self.plan.tasks))}

    # Where things stand

    def spot(self, path: Path | str, line: int | None = None) -> ShownSpot | None:
        """Say where something stands, with a link where there can be one; nothing on a public page."""
        if self.public:
            return None
        root, whole = str(self.opened.workspace.root), str(path)
        if not whole.startswith(os.path.join(root, "")):  # noqa: PTH118 - thousands of them
            return ShownSpot(Path(path).name + (f":{line}" if line else ""))
        name = whole[len(root) :].replace(os.sep, "/").lstrip("/")
        href = None if self.up is None else self.up + quote(name, errors="surrogateescape")
        return ShownSpot(name + (f":{line}" if line else ""), href)

    def in_plan(self, loc: Loc) -> ShownSpot | None:
        """Say where something stands in the plan."""
        return self.spot(self.opened.path.absolute(), self._plan_lines.get(loc))

    def in_record(self, unit: Unit, loc: Loc = ()) -> ShownSpot | None:
        """Say where something stands in a unit's file; None where it has none."""
        if unit.id not in self.records or self.records[unit.id] is None:
            return None
        return self.spot(self.opened.workspace.unit_file(unit.id), self._lines.get((unit.id, loc)) if loc else None)

    def said(self, error: DanvanError) -> str:
        """Say what is wrong, the same from wherever the command is run: no path of this machine, the first fault of a file."""
        if isinstance(error, InvalidFileError) and error.findings:
            return error.findings[0].message
        return error.message.replace(os.path.join(self.opened.workspace.root, ""), "")  # noqa: PTH118 - with its last slash

    @contextmanager
    def noting(self, path: Path, unit: Unit | None = None) -> Iterator[None]:
        """Note that a file cannot be read, or has errors, and go on without it."""
        try:
            yield
        except DanvanError as error:
            self.wrong.append((unit, path, None, self.said(error)))

    # Names

    @cached_property
    def names(self) -> dict[str, ShownUnit]:
        """Every unit of the page, by its id."""
        return {it.id: ShownUnit(it.id, self.plan.told_apart[it.id], it.block, self.in_record(it)) for it in self.units}

    @cached_property
    def blocks(self) -> tuple[BlockName, ...]:
        """The blocks that its units are of, in the plan's order."""
        used = {it.block for it in self.units}
        return tuple(BlockName(it.id, it.name) for it in self.plan.blocks if it.id in used)

    def record(self, unit: Unit) -> UnitRecord | None:
        """Give a unit's record as it was read; None where there is none here."""
        return self.records.get(unit.id)

    def forget_records(self) -> None:
        """Make room: of thousands of units, records and reviews take half a gigabyte together."""
        _made = self.names
        self.records.clear()

    # What the coordinator keeps

    @cached_property
    def letters(self) -> list[tuple[Urged, ShownSpot | None]]:
        """The letters of the plan's year, each with where it stands."""
        path = self.opened.workspace.province / "reminders.yaml"
        held = None
        with self.noting(path):
            held = Held(Reminders, path, lambda read: check_text(read, self.opened.levels)) if path.exists() else None
        if held is None or held.record.plan != self.plan.id:
            return []
        return [(one, self.spot(path, _line(held.file, ("letters", at)))) for at, one in enumerate(held.record.letters)]

    @cached_property
    def reviews(self) -> Reviews | None:
        """The reviews; None where nothing is scored, or the rubrics are broken."""
        rubrics = None
        with self.noting(rubric_path(self.opened.path).absolute()):
            rubrics = rubrics_if_any(self.opened)
        return None if rubrics is None else Reviews(self.opened, self.came, lenient=True)

    @cached_property
    def opinions(self) -> dict[str, Reviewing | None]:
        """Each unit's review; of who is not in it the review cannot be read, which is told."""
        found: dict[str, Reviewing | None] = {}
        folder = self.opened.workspace.province / "reviews"
        for unit in self.units if self.reviews else ():
            with self.noting(folder / f"{unit.id}.yaml", unit):
                found[unit.id] = self.reviews.open(unit) if self.reviews else None
        return found


def _line(file: YamlFile, loc: Loc) -> int:
    return file.spot(file.span(loc, key=isinstance(loc[-1], str))[0]).line


def _way(page: Path, root: Path) -> str | None:
    """Give the way from where a page lies to the workspace, as a link begins; None where it lies outside."""
    folder = os.path.abspath(page.parent)  # noqa: PTH100 - resolves no link, as a browser does not
    try:
        parts = Path(os.path.relpath(root, folder)).parts
    except ValueError:  # another drive
        return None
    return "".join(f"{quote(one)}/" for one in parts) if set(parts) <= {os.pardir} else None


def page_about(seen: Seen, unit: Unit | None) -> About:
    """Say what a page is of: of a unit, or of the workspace."""
    opened, plan = seen.opened, seen.plan
    try:
        issuer = collector(plan).name
    except UsageError:  # nothing is sent to anybody
        issuer = plan.issuer.name
    try:
        recorded = Repository.find(opened.path.absolute().parent).recorded(opened.path, opened.data)
    except DanvanError:  # no repository, or no git
        recorded = None
    commit, dirty = recorded or (None, False)
    return About(
        "unit" if unit else "province", plan.title, unit.name if unit else issuer, _cited(plan), plan.state == "draft",
        plan.span, seen.as_of, sha12(opened.data), commit, dirty, seen.public, seen.brief, unit.id if unit else None,
    )  # fmt: skip


def _cited(plan: Plan) -> str:
    number, when = numbered(plan), plan.issued.date
    parts = [f"số {number}" if number else "", f"ngày {day(when)}" if when else ""]
    return " ".join(["Kế hoạch", *filter(None, parts), "về", plan.subject, plan.span])
