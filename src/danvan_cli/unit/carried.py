"""What a unit did in an earlier year, laid under the tasks of this year's plan: taken where it is clear, else proposed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_cli.errors import UsageError
from danvan_cli.plan.moved import moved, moved_due, stale_year
from danvan_cli.unit import typed
from danvan_cli.unit.earlier import Earlier, Once
from danvan_cli.unit.functions import Kinship
from danvan_cli.unit.matching import Match, Matcher
from danvan_cli.unit.model import Activity, TaskRecord, UnitRecord, duties, empty_record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.unit.functions import Functions


@dataclass(frozen=True)
class Carried:
    """An activity of an earlier year, its years moved on, and the tasks that it may be for."""

    activity: Activity
    match: Match
    stale: bool
    """Whether it still names an earlier year, which may be right."""


def carried(plan: Plan, unit: Unit, earlier: Earlier, functions: Functions) -> list[Carried]:
    """Lay the activities of an earlier year under the tasks of this year's plan.

    By the kinds of tasks in `functions` one of several likely tasks is put first.
    """
    kin = Kinship(functions, plan, unit)
    mine = duties(plan, unit)
    matcher, same = Matcher(plan.areas, mine), {task.id: task for task in mine}
    was = earlier.year or plan.year - 1
    out = []
    for one in earlier.activities:
        text = moved(one.content, was, plan.year)
        activity = Activity(
            content=text,
            lead=one.lead,
            partners=one.partners,
            due=_due(moved_due(one.due, was, plan.year, earlier.until)),
            product=one.product and moved(one.product, was, plan.year),
        )
        match = matcher.match(one.under) if one.task else Match((), sure=False)  # what the task itself said
        if not match.sure:
            match = matcher.match(text, one.under)
            if one.task in same and match.tasks and match.tasks[0].id == one.task:  # the id and the words agree
                match = Match(match.tasks, sure=True)
            elif not match.sure and (task := kin.task(text)):
                match = Match((task, *(one for one in match.tasks if one.id != task.id))[:2], sure=False)
        out.append(Carried(activity, match, stale_year(f"{text} {activity.due or ''}", plan.year)))
    return out


def _due(value: date | str | None) -> date | str | None:
    """Take a day as one, words as they are."""
    with suppress(UsageError):
        return typed.due(value) if isinstance(value, str) else value
    return value


def from_record(record: UnitRecord, old: Plan | None, year: int) -> Earlier:
    """Read the activities of a unit's file of an earlier year; its plan's words, if it can be had, tell what each task was."""
    areas = old.areas if old else ()
    above = {task.id: f"{task.label}. {task.text}. {area.title}" for area in areas for task in area.tasks}
    out = Earlier(year, until=(old and old.until) or 0)
    for name, task in record.tasks.items():
        for one in task.activities:
            told = {key: getattr(one, key) or getattr(task, key, None) for key in ("lead", "due", "product")}
            out.activities.append(Once(one.content, above.get(name, ""), partners=one.partners, task=name, **told))
    return out


def record_of(plan: Plan, unit: Unit, found: Sequence[Carried], before: UnitRecord | None = None) -> UnitRecord:
    """Make a unit's record of what was carried over: what is sure counts, what is not is proposed or has no place yet.

    Where it came from the unit's file of the year `before`, who drafts and signs stays.
    """
    records: dict[str, TaskRecord] = {}
    unplaced: list[Activity] = []
    for one in found:
        if one.match.tasks:
            record = records.setdefault(one.match.tasks[0].id, TaskRecord(activities=[], proposed=[]))
            (record.activities if one.match.sure else record.proposed).append(one.activity)
        else:
            unplaced.append(one.activity)
    same = {key: getattr(before, key) for key in ("drafter", "signs", "signer", "contact")} if before else {}
    return empty_record(plan, unit).model_copy(update={**same, "tasks": records, "unplaced": unplaced})
