"""Following what is owed: who has sent what as of a day, and the tracking book that tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_cli.delivery.status import status_rows
from danvan_cli.delivery.store import received
from danvan_cli.desk.waiting import waiting
from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.plan.calendar import today
from danvan_cli.plan.timetable import next_days
from danvan_cli.province.tracking import as_csv, tracking_workbook
from danvan_cli.word.save import save

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from danvan_cli.delivery.status import StatusRow
    from danvan_cli.desk.opened import Open
    from danvan_cli.desk.waiting import Waiting
    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.plan.timetable import TaskDay
    from danvan_cli.word.save import Saved


@dataclass(frozen=True)
class FollowedTask:
    """A task with a last day: the next one as of a day, the days left (negative: passed), and the units it binds.

    Whether it is done stands in units' own files only.
    """

    day: TaskDay
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
    came = received(opened.workspace.received, opened.plan.id, opened.broken)
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
    return tuple(FollowedTask(one, (one.last - as_of).days, bound[one.task.id]) for one in days)


def csv_text(found: Followed) -> bytes:
    """Write the rows as CSV."""
    return as_csv(found.opened.plan, found.rows)


def tracking_book(found: Followed, path: Path, *, force: bool = False) -> Saved:
    """Write the tracking book as a workbook, or the rows as CSV, as the file's name says."""
    match path.suffix.lower():
        case ".xlsx":
            return save(path, tracking_workbook(found.opened.plan, found.rows, found.as_of), force=force)
        case ".csv":
            return save(path, csv_text(found), force=force)
    raise UsageError(_("{path}: không ghi được dạng này", path=path), help=_("đặt tên tệp .xlsx hoặc .csv"))
