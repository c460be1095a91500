"""Following what is owed: who has sent what as of a day, the tracking book, what the coordinator does next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from danvan_cli.delivery.status import status_rows
from danvan_cli.desk.waiting import bytes_of, tree_of, waiting
from danvan_cli.files import named_so
from danvan_cli.lang import _
from danvan_cli.plan.calendar import today
from danvan_cli.plan.days import next_days
from danvan_cli.province.tracking import as_csv, tracking_workbook
from danvan_cli.word.save import save
from danvan_cli.yaml.tree import at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from danvan_cli.delivery.status import StatusRow
    from danvan_cli.desk.opened import Open
    from danvan_cli.desk.waiting import Waiting
    from danvan_cli.plan.model import Deliverable, Plan, Task, Unit
    from danvan_cli.word.save import Saved


Doing = Literal["receive", "waiting", "remind", "soon", "book", "verify", "rank", "decide", "summary", "page"]

_AHEAD: Final = 14
"""So many days before the last one things begin to come in."""
_SOON: Final = 7
"""So many days before it those who have not sent are told; as long after a letter nobody is urged again."""
_SETTLED: Final = re.compile(rb"^(final|official):[ \n]", re.MULTILINE)


@dataclass(frozen=True)
class FollowedTask:
    """A task with a last day: the next one as of a day, the days left (negative: passed), and the units it binds.

    Whether it is done stands in units' own files only.
    """

    task: Task
    last_day: date
    days: int
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class Followed:
    """What units owe and have sent, as of a day; `every` counts those too that are not asked for, `overdue` that some are."""

    opened: Open
    as_of: date
    units: tuple[Unit, ...]
    rows: tuple[StatusRow, ...]
    every: tuple[StatusRow, ...]
    overdue: bool
    tasks: tuple[FollowedTask, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    """What has come in and waits for somebody; told of today only, for files say how it is now."""


def follow(opened: Open, unit: str | None, block: str | None, as_of: date, *, late: bool = False) -> Followed:
    """Tell what one unit, those of a block, or all owe and have sent; `late`: only those that are overdue."""
    units = opened.units(unit, block)
    came = opened.received(lenient=True)
    rows = every = status_rows(opened.plan, came, as_of, units, opened.broken)
    overdue = {row.unit.id for row in rows if row.overdue}
    if late:
        rows = [row for row in rows if row.unit.id in overdue]
    tasks = _tasks(opened.plan, units, as_of)
    waits = waiting(opened, came, units) if as_of >= today() else ()
    return Followed(opened, as_of, tuple(units), tuple(rows), tuple(every), bool(overdue), tasks, waits)


def _tasks(plan: Plan, units: Sequence[Unit], as_of: date) -> tuple[FollowedTask, ...]:
    bound = {task.id: tuple(one for one in units if plan.binds(task.owners, one)) for task in plan.tasks}
    days = next_days(plan, (task for task in plan.tasks if bound[task.id]), as_of)
    told = ((one, tuple(who for who in bound[one.task.id] if who.there(one.last))) for one in days)
    return tuple(FollowedTask(one.task, one.last, (one.last - as_of).days, who) for one, who in told if who)


def tracking_book(found: Followed, path: Path, *, force: bool = False) -> Saved:
    """Write the tracking book as a workbook, or the rows as CSV, as the file's name says."""
    plan, rows = found.opened.plan, found.rows
    table = named_so(path, ".xlsx", ".csv").suffix.lower() == ".csv"
    return save(path, as_csv(plan, rows) if table else tracking_workbook(plan, rows, found.as_of), force=force)


# What is next --------------------------------------------------------------------------------------------------------


class DeskStep(NamedTuple):
    """Something to do: what is typed, about how many units or things, about which report (None: no one report)."""

    doing: Doing
    command: str
    many: int
    about: Deliverable | None = None


def agenda(found: Followed) -> Iterator[DeskStep]:
    """List what is to be done, in the order of the work: take in, look, urge, verify, rank, sum up, show.

    Where nothing has come yet nobody is urged: the desk may be elsewhere.
    """
    dated = sorted(_by_report(found.every), key=lambda rows: max(row.last_day or date.min for row in rows))
    yield from _taking_in(found, dated)
    if found.waiting:
        yield DeskStep("waiting", "danvan status", len(found.waiting))
    if any(row.filed for row in found.every):
        yield from _urging(found)
    yield from _verifying(found)
    yield from _summing(found, dated)
    page = found.opened.workspace.root / "build" / "trang.html"
    if _newer(found.every, page):
        yield DeskStep("page", "danvan page", 1)


def late(found: Followed) -> list[list[StatusRow]]:
    """Sort those who are late by what they owe, what is longest overdue first; none where nothing has come yet."""
    came = any(row.filed for row in found.every)
    rows = _by_report(row for row in found.every if row.overdue) if came else []
    return sorted(rows, key=lambda mine: -max(abs(row.days or 0) for row in mine))


def _by_report(rows: Iterable[StatusRow]) -> list[list[StatusRow]]:
    out: dict[str, list[StatusRow]] = {}
    for row in rows:
        out.setdefault(row.deliverable.id, []).append(row)
    return [*out.values()]


def _taking_in(found: Followed, dated: Iterable[list[StatusRow]]) -> Iterator[DeskStep]:
    """Take in what should come these days: of the report whose day is nearest."""
    since = date.min if any(row.filed for row in found.every) else found.as_of - timedelta(_AHEAD)
    open_ones = []
    for rows in dated:
        left = [row for row in rows if row.state in {"due", "overdue", "extended", "returned"} and row.days is not None]
        days = [row.last_day for row in left if row.last_day]
        if days and since <= min(days) <= found.as_of + timedelta(_AHEAD):
            open_ones.append((min(abs((day - found.as_of).days) for day in days), left))
    if open_ones:
        _distance, near = min(open_ones, key=lambda one: one[0])
        yield DeskStep("receive", _("danvan receive THƯ-MỤC"), len(near), near[0].deliverable)


def _urging(found: Followed) -> Iterator[DeskStep]:
    """Urge those who are late and were not urged these days, and tell those whose day is near; nobody urges itself."""
    from danvan_cli.province.reminders import urged as to_urge

    plan, urged = found.opened.plan, _urged(found)
    others = [row for mine in late(found) for row in mine if to_urge(plan, row, found.as_of)]
    rows = [row for row in others if (row.deliverable.id, row.unit.id) not in urged]
    about = {row.deliverable.id: row.deliverable for row in rows}
    if rows:
        only = f" --deliverable {next(iter(about))}" if len(about) == 1 else ""
        yield DeskStep("remind", f"danvan remind{only}", len({row.unit.id for row in rows}))
    near = [row for row in found.every if row.left is not None and row.left <= _SOON]
    if soon := {row.unit.id for row in near if to_urge(plan, row, found.as_of)}:
        yield DeskStep("soon", f"danvan remind --within {_SOON}", len(soon))


def _urged(found: Followed) -> set[tuple[str, str]]:
    """Tell who was urged about what within the last days, by letters that were issued."""
    letters = at(tree_of(found.opened.workspace.province / "reminders.yaml"), ("letters",)) or []
    since = (found.as_of - timedelta(_SOON)).isoformat()
    issued = [one for one in letters if isinstance(one, dict) and one.get("number") and str(one.get("date")) >= since]
    return {(str(one.get("deliverable")), str(unit)) for one in issued for unit in one.get("units") or ()}


def _verifying(found: Followed) -> Iterator[DeskStep]:
    """Verify the scores of those who sent them, rank them when they are settled, until a decision makes them official."""
    sent = {row.unit.id for row in found.every if row.deliverable.kind == "self-score" and row.filed}
    if not sent:
        return
    folder = found.opened.workspace.province / "reviews"
    settled = {unit: {one.decode() for one in _SETTLED.findall(bytes_of(folder / f"{unit}.yaml"))} for unit in sent}
    begun = {unit for unit in sent if (folder / f"{unit}.yaml").is_file()}
    if new := len(sent - begun):
        yield DeskStep("book", "danvan review book", new)
    if count := sum(not settled[unit] for unit in begun):
        yield DeskStep("verify", "danvan review show", count)
    final = [unit for unit in begun if settled[unit] and "official" not in settled[unit]]
    if final and len(final) + sum("official" in one for one in settled.values()) == len(sent):
        yield DeskStep("decide", "danvan rank --docs", len(final))
    elif final:
        yield DeskStep("rank", "danvan rank", len(final))


def _summing(found: Followed, dated: Iterable[list[StatusRow]]) -> Iterator[DeskStep]:
    """Sum up the last period whose day is over, where reports have come since that was done."""
    over = [
        rows
        for rows in dated
        if rows[0].deliverable.id in found.opened.plan.periodic
        and all(row.last_day is None or row.last_day < found.as_of for row in rows)
    ]
    if not over:
        return
    one = over[-1][0].deliverable
    build = found.opened.workspace.root / "build"
    newest = max(build.glob(f"tong-hop-{one.id}*.docx"), key=lambda path: path.stat().st_mtime, default=build / "")
    if _newer(over[-1], newest):
        yield DeskStep("summary", f"danvan summary --period {one.id}", sum(bool(row.filed) for row in over[-1]), one)


def _newer(rows: Iterable[StatusRow], path: Path) -> bool:
    """Tell whether something came after a file was made, or there is none."""
    came = [row.filed.folder.stat().st_mtime for row in rows if row.filed]
    return bool(came) and (not path.is_file() or max(came) > path.stat().st_mtime)
