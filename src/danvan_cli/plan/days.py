"""Days held against today and a plan's years, and the days that a plan's words of time come to for its tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.plan.calendar import today
from danvan_cli.plan.when import when
from danvan_cli.text import day as written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from danvan_cli.plan.model import Plan, Task


def misdated(day: date, years: range, *, other_year: bool | None = None) -> UsageError | None:
    """Say why nothing can have happened on a day; None where it can. The years before and after the plan's are its too.

    `other_year` tells whether somebody says that the year is right; None: that cannot be said.
    """
    if (now := today()) < day:
        hint = _("ghi ngày việc đã xảy ra; hôm nay là {today}", today=written(now))
        return UsageError(_("ngày {date} chưa đến", date=written(day)), help=hint)
    if other_year or years[0] - 1 <= day.year <= years[-1] + 1:
        return None
    return UsageError(_("ngày {date} ngoài năm kế hoạch {year}", date=written(day), year=written_years(years)),
                      help=_help(other_year))  # fmt: skip


def misdue(due: date | str, plan: Plan, *, other_year: bool | None = None) -> UsageError | None:
    """Say why something cannot be due then; None where it can, and where the words name no day.

    What is left of a plan's year may still be due in the year after. `other_year` is that of `misdated`.
    """
    said, years = plan.when(due), plan.years
    bare = isinstance(due, str) and other_year is not None and not any(map(str.isalpha, due))
    if bare and not any(when(due, year).understood for year in years):  # 29/02 is no day of every year
        return UsageError(
            _("không có ngày {value}", value=f"{due}/{written_years(years)}"), help=_("xem lại ngày và tháng")
        )
    spans = [(said.first or said.days[0], said.days[-1]), *((one, one) for one in said.days)] if said.days else []
    if other_year or not spans or any(a.year <= years[-1] + 1 and b.year >= years[0] for a, b in spans):
        return None
    told = written(due) if isinstance(due, date) else due
    return UsageError(
        _("thời hạn {date} ngoài năm kế hoạch {year}", date=told, year=written_years(years)), help=_help(other_year)
    )


def _help(other_year: bool | None) -> str:
    if other_year is None:
        return _("xem lại năm")
    return _("xem lại năm; ngày đó đúng thì ghi bằng danvan log … --other-year")


def written_years(years: range) -> str:
    """Write the years of a plan: `2026`, `2026 - 2030`."""
    return f"{years[0]}" if len(years) == 1 else f"{years[0]} - {years[-1]}"


@dataclass(frozen=True)
class TaskDay:
    """A last day on time of a task; `turn` counts those of what recurs, from 1; `own` is the time that a unit has set itself."""

    task: Task
    turn: int
    last: date
    own: date | str | None = None


def task_days(
    plan: Plan, tasks: Iterable[Task], own: Mapping[str, date | str | None] | None = None
) -> Iterator[TaskDay]:
    """Give each last day of tasks that have any, in the tasks' order; what has ended has none.

    `own` are the times that a unit has set itself, by the task's id.
    """
    for task in tasks:
        mine = (own or {}).get(task.id)
        if (due := mine or task.due) and not task.ended:
            yield from (TaskDay(task, turn, last, mine) for turn, last in enumerate(plan.when(due).days, 1))


def next_days(
    plan: Plan, tasks: Iterable[Task], as_of: date, own: Mapping[str, date | str | None] | None = None
) -> list[TaskDay]:
    """Give for each task that has days the next one, the last one where all have passed; the earliest first."""
    found: dict[str, TaskDay] = {}
    for one in task_days(plan, tasks, own):
        if one.task.id not in found or found[one.task.id].last < as_of:
            found[one.task.id] = one
    return sorted(found.values(), key=lambda one: one.last)
