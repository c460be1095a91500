"""How far a unit is: what it still owes and by when, and what its next report still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from danvan_cli.plan.days import next_days
from danvan_cli.unit.model import duties, fingerprint, lacking, owed

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence
    from datetime import date

    from danvan_cli.plan.days import TaskDay
    from danvan_cli.plan.figures import Indicator
    from danvan_cli.plan.model import Deliverable, Period, Plan, Task, Unit
    from danvan_cli.unit.model import UnitRecord


TASKS_SOON: Final = 14
"""Tasks that fall due within so many days are told of."""


@dataclass(frozen=True)
class Deadline:
    """A day and what is due on it: the last day on time, the days left until then (negative: days too late)."""

    last: date
    days: int
    deliverables: list[Deliverable]


@dataclass(frozen=True)
class Progress:
    """What is still open for a unit.

    `deadlines` and `undated` hold what it owes and has neither issued nor sent, or was sent back; what is sent on request
    only is in neither, unless it was sent back. The rest is about `period`, that of the first report in that order, what
    was sent back without a day before all, and empty where there is none; `changed` are
    the tasks that the plan has changed since the unit took them over, `new` those that its file has not taken in; `due`
    the next day of those that are not done and fall due within `TASKS_SOON` days or have.
    """

    deadlines: list[Deadline]
    undated: list[Deliverable]
    period: Period | None
    without_result: list[Task]
    without_figure: list[Indicator]
    without_estimate: list[Indicator]
    without_evidence: list[Task]
    changed: list[Task]
    new: list[Task]
    due: list[TaskDay]


Code = Literal["update", "confirm", "result", "figure", "estimate", "report", "issue"]


@dataclass(frozen=True)
class Step:
    """What to do next: which kind of work, with what (`II.1.1`), how much of it there is, and what to type for the first."""

    code: Code
    about: str
    count: int
    typed: str


def next_steps(done: Progress, unit: str = "") -> list[Step]:
    """Give what to do next, in the order of the work; the unit's id is for who types it elsewhere than in its folder."""
    period = done.period.id if done.period else None
    log, whose = f"danvan log {unit}".rstrip(), f" {unit}" if unit else ""
    entered: tuple[tuple[Code, Sequence[Task | Indicator], str], ...] = (
        ("result", done.without_result, '{id} --period {period} --result "…"'),
        ("figure", done.without_figure, "--period {period} --indicator {id}=…"),
        ("estimate", done.without_estimate, "--period {period} --estimate --indicator {id}=…"),
    )
    steps: list[Step] = []
    if done.new:
        steps.append(Step("update", done.new[0].id, len(done.new), f"danvan update-unit{whose}"))
    if done.changed:
        steps.append(Step("confirm", done.changed[0].id, len(done.changed), f"{log} {done.changed[0].id} --confirm"))
    for code, left, typed in entered:
        if left:
            steps.append(Step(code, left[0].id, len(left), f"{log} {typed.format(id=left[0].id, period=period)}"))
    open_ones = [*(one for deadline in done.deadlines for one in deadline.deliverables), *done.undated]
    report = next((one for one in open_ones if period and one.period == period), None)
    if report:
        steps.append(Step("report", report.id, 1, f"danvan report{whose} --period {report.id}"))
        steps.append(Step("issue", report.id, 1, f"{log} --issued {report.id} --number … --date …"))
    return steps


def unit_progress(
    plan: Plan, unit: Unit, record: UnitRecord, today: date, came: Container[str] = (),
    back: Mapping[str, date | None] = MappingProxyType({}),
) -> Progress:  # fmt: skip
    """Count what is still open for a unit on a day.

    What `came` (it has sent it and it was not sent back, as receipts say) is not open, whatever the record says; what
    was sent `back` is, with the day by which it is to come again, where there is one.
    """
    due = [
        one for one in owed(plan, unit)
        if one.id in back or (one.id not in came and record.sent(one.id).number is None)
    ]  # fmt: skip
    ahead = deadlines(plan, due, today, unit, back)
    dated = [one for deadline in ahead for one in deadline.deliverables]
    undated = [one for one in due if one not in dated and (one.id in back or not one.on_request)]
    in_order = sorted([*dated, *undated], key=lambda one: back.get(one.id, today) is not None)
    period = next(filter(None, (plan.period(one.period) for one in in_order)), None)
    mine = duties(plan, unit)
    own = {name: one.due for name, one in record.tasks.items()}
    still = [task for task in mine if not record.task(task.id).settled]
    applying = [task for task in duties(plan, unit, period.end) if record.task(task.id).applies] if period else []
    reported = {task.id for task in applying if period and record.task(task.id).results.get(period.id)}

    def lacks(key: str | None) -> list[Indicator]:
        return [one for one in plan.indicator_by_id.values() if key and record.figure(one.id, key) is None]

    return Progress(
        deadlines=ahead,
        undated=undated,
        period=period,
        without_result=[task for task in applying if task.id not in reported],
        without_figure=lacks(period.id if period else None),
        without_estimate=lacks(period.estimated if period and period.estimate else None),
        without_evidence=[task for task in applying if task.id in reported and not record.task(task.id).evidence],
        changed=[task for task in mine if (record.task(task.id).fingerprint or fingerprint(task)) != fingerprint(task)],
        new=lacking(plan, unit, record) if record.adopted else [],
        due=[one for one in next_days(plan, still, today, own) if (one.last - today).days <= TASKS_SOON],
    )


def deadlines(
    plan: Plan, deliverables: Iterable[Deliverable], today: date, unit: Unit | None = None,
    back: Mapping[str, date | None] = MappingProxyType({}),
) -> list[Deadline]:  # fmt: skip
    """Group deliverables by their last day, the earliest first; undated ones are left out.

    Of a unit it is the day with its extensions, of what was sent `back` the one given then.
    """
    dated = [(back[one.id] if one.id in back else plan.last_day(one, unit), one) for one in deliverables]
    known = sorted(((last, one) for last, one in dated if last is not None), key=lambda pair: pair[0])
    return [
        Deadline(last, (last - today).days, [one for _last, one in group])
        for last, group in groupby(known, key=lambda pair: pair[0])
    ]
