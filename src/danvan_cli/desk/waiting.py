"""What has come in and waits for somebody: it is in the book, but not yet where reports and totals are made from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from danvan_cli.delivery.model import WORKBOOK
from danvan_cli.delivery.pending import HELD, pending
from danvan_cli.errors import DanvanError
from danvan_cli.files import read_bytes
from danvan_cli.text import squeeze
from danvan_cli.typed import iso_day
from danvan_cli.unit.model import duties, fingerprint
from danvan_cli.workspace import shown
from danvan_cli.yaml.tree import at, same
from danvan_cli.yaml.yamlfile import yaml_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from danvan_cli.delivery.store import Filed, Received
    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Deliverable, Period, Unit

WaitingFor = Literal["report", "figures", "log", "choice", "rest", "confirm"]
"""What is waited for: a report that a workbook came for; the figures of a report; that a proposal is recorded; that a person
chooses where a package and the file here differ, or does the rest of what was taken in; that a unit confirms changed tasks."""
_PRINT: Final = re.compile(rb"^ +([\w.-]+):\n +fingerprint: *\"?([0-9a-f]{12})", re.MULTILINE)
"""What stands first under a task, as `init-unit` writes it."""
_ABOUT: Final = frozenset(("format", "unit", "plan"))


@dataclass(frozen=True)
class Waiting:
    """Something that waits: of which unit, for what, about which report (None: no one report), how much of it, in which file."""

    unit: Unit
    waiting_for: WaitingFor
    deliverable: Deliverable | None = None
    count: int | None = None
    path: Path | None = None


def waiting(opened: Open, came: Received, units: Iterable[Unit]) -> tuple[Waiting, ...]:
    """List what waits today, unit by unit; each is asked for once, right before its file is looked at."""
    look = _Look(opened, came)
    return tuple(one for unit in units for one in look.of(unit))


class _Look:
    def __init__(self, opened: Open, came: Received) -> None:
        self.opened, self.came = opened, came
        self.sendings: dict[str, list[tuple[str, list[Filed]]]] = {}
        for (whose, what), filed in came.items():
            self.sendings.setdefault(whose, []).append((what, filed))
        self.prints = {task.id: fingerprint(task) for task in opened.plan.tasks}
        self.proposals: dict[str, list[tuple[Path, Any]]] = {}
        folder = opened.workspace.proposals
        for path in sorted(folder.glob("*.unit.yaml")) if folder.is_dir() else ():
            tree = tree_of(path)
            name = tree.get("unit") if isinstance(tree, dict) else None
            self.proposals.setdefault(str(name or path.name.partition(".")[0]), []).append((path, tree))

    def of(self, unit: Unit) -> Iterator[Waiting]:
        path = self.opened.workspace.unit_file(unit.id)
        data = bytes_of(path)
        asked = [one for one in self._reports(unit) if self.sent(unit, one.id)]
        settled = not asked and unit.id not in self.proposals and self._confirmed(data)
        record = None if settled else tree_of(path, data)
        if self.sent(unit, WORKBOOK) and (report := self._awaited(unit)):
            yield Waiting(unit, "report", report)
        told = set()
        for one in self._proposed(unit, record, path):
            told.add(one.deliverable.id if one.deliverable else "")
            yield one
        for report in asked:
            if report.id not in told and not _has_figures(record, report.period):
                yield Waiting(unit, "figures", report)
        yield from self._undone(unit)
        changed = sum(
            (at(record, ("tasks", task.id, "fingerprint")) or self.prints[task.id]) != self.prints[task.id]
            for task in (() if settled else duties(self.opened.plan, unit))
        )
        if changed:
            yield Waiting(unit, "confirm", None, changed, path)

    def _confirmed(self, data: bytes) -> bool:
        """Tell by a few lines of a unit's file that it knows its tasks as they are; where they do not tell, all is read."""
        prints = _PRINT.findall(data)
        known = all(self.prints.get(task.decode()) == one.decode() for task, one in prints)
        return known and len(prints) == data.count(b"fingerprint")

    def sent(self, unit: Unit, deliverable: str) -> bool:
        return bool(self.came.get((unit.id, deliverable)))

    def _reports(self, unit: Unit) -> list[Deliverable]:
        """List the reports with figures that a unit owes, in the order of their periods."""
        plan = self.opened.plan
        if not plan.indicators:
            return []
        mine = [one for one in plan.deliverables if one.id in plan.periodic and plan.owes(one, unit)]
        known = [one for one in mine if one.period in plan.period_by_id]
        return sorted(known, key=lambda one: plan.period_by_id[str(one.period)].end)

    def _awaited(self, unit: Unit) -> Deliverable | None:
        """Give the report that a unit's last workbook came for, where that is not here: the first open one on its day."""
        day = self.came[unit.id, WORKBOOK][-1].receipt.received
        for one in self._reports(unit):
            filed = self.came.get((unit.id, one.id), ())
            if not any(it.receipt.received < day for it in filed):
                begun = self.opened.plan.period_by_id[str(one.period)].start <= day
                return one if begun and not filed else None
        return None

    def _proposed(self, unit: Unit, record: Any, path: Path) -> Iterator[Waiting]:
        """Tell of proposals of which the unit's file lacks something, or says something else since before they were made."""
        for file, tree in self.proposals.get(unit.id, ()):
            said = {key: one for key, one in tree.items() if key not in _ABOUT} if isinstance(tree, dict) else {}
            stem = file.name.removeprefix(f"{unit.id}-").removesuffix(".unit.yaml").removesuffix("-so-lieu")
            about = self.opened.plan.deliverable_by_id.get(stem)
            raised = _raised(record, self.opened.plan.period(about.period if about else None))
            count = _lacking(said, record, raised, newer=_changed(file) > _changed(path))
            if count or not isinstance(tree, dict):
                yield Waiting(unit, "log", about, count or None, file)

    def _undone(self, unit: Unit) -> Iterator[Waiting]:
        for name, filed in self.sendings.get(unit.id, ()):
            for one in filed:
                left = pending(one.folder)
                if left is not None:
                    what: WaitingFor = "choice" if any(it.startswith(HELD) for it in left.todo) else "rest"
                    yield Waiting(
                        unit, what, self.opened.plan.deliverable_by_id.get(name), len(left.todo) or None, one.folder
                    )


def tree_of(path: Path, data: bytes | None = None) -> Any:
    """Read a file as far as it can be read; None where there is none."""
    data = bytes_of(path) if data is None else data
    return yaml_file(shown(path), data).root if data else None


def bytes_of(path: Path) -> bytes:
    """Read a file's bytes; none where it is not there, or cannot be read."""
    try:
        return read_bytes(path)
    except DanvanError:
        return b""


def _changed(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


def _has_figures(record: Any, period: str | None) -> bool:
    every = at(record, ("indicators",)) if isinstance(record, dict) else None
    told = every.values() if isinstance(every, dict) else ()
    return any(isinstance(one, dict) and one.get(period) is not None for one in told)


def _raised(record: Any, period: Period | None) -> list[Any]:
    """List the obstacles of a period in a record's own list: those of its report, as if they stood there."""
    every = at(record, ("obstacles",)) if isinstance(record, dict) and period else None
    told = [one for one in every if isinstance(one, dict)] if isinstance(every, list) else []
    return [one for one in told if period and period.holds(iso_day(str(one.get("date") or "")))]


def _lacking(said: Any, there: Any, raised: list[Any], *, newer: bool) -> int:
    """Count what a proposal says and a record does not, or says otherwise where the proposal is newer."""
    if isinstance(said, dict):
        known = there if isinstance(there, dict) else {}
        return sum(_lacking(one, known.get(key), raised, newer=newer) for key, one in said.items())
    if isinstance(said, list):
        texts = {_text(one) for one in (*(there if isinstance(there, list) else ()), *raised)}
        return sum(_text(one) not in texts for one in said)
    if there is None or there == "":
        return int(said not in (None, ""))
    return int(newer and not same(said, there) and squeeze(str(said)) != squeeze(str(there)))


def _text(item: Any) -> str:
    named = (item[key] for key in ("text", "topic") if key in item) if isinstance(item, dict) else ()
    return squeeze(str(next(iter(named), item)))
