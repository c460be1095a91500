"""Summing up a period: who reported, figures by their own rule, results in units' own words, obstacles, progress.

A unit that has not reported is said to be missing; it is never counted as 0. Every figure can be followed to its units.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.province.obstacles import obstacle_id
from danvan_cli.province.tracking import totals
from danvan_cli.text import clean, sentences
from danvan_cli.typed import nothing
from danvan_cli.unit.model import duties

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from danvan_cli.delivery.status import StatusRow
    from danvan_cli.plan.figures import Indicator
    from danvan_cli.plan.head import Block
    from danvan_cli.plan.model import Deliverable, Period, Plan, Unit
    from danvan_cli.unit.model import UnitRecord

REPORTED: Final = frozenset({"submitted", "late", "returned"})
"""The states of those who have reported."""
PROGRESS: Final = ("done", "doing", "todo", "unknown")
"""How far tasks can be, as papers list it; of some nothing is stated."""
_HUNDREDTH: Final = Decimal("0.01")


class Figure(NamedTuple):
    """A unit's figure, and what checks it breaks."""

    unit: Unit
    value: Decimal | None
    previous: Decimal | None
    breaks: tuple[str, ...]
    estimate: Decimal | None = None


@dataclass
class Total:
    """An indicator over all units that reported: its rule, its figures, what they come to.

    What they come to is None where the indicator is not summed up, or no unit has a figure.
    """

    indicator: Indicator
    figures: list[Figure] = field(default_factory=list)

    @property
    def known(self) -> list[Figure]:
        """The units that have a figure."""
        return [one for one in self.figures if one.value is not None]

    @property
    def value(self) -> Decimal | None:
        """What the figures come to."""
        return over(self.indicator, [one.value for one in self.known if one.value is not None])

    @property
    def estimates(self) -> list[Decimal]:
        """The units' estimates to the period's end."""
        return [one.estimate for one in self.figures if one.estimate is not None]

    @property
    def estimate(self) -> Decimal | None:
        """What the estimates come to."""
        return over(self.indicator, self.estimates)

    @property
    def beside(self) -> tuple[int, Decimal, Decimal] | None:
        """How many units have both this figure and the last period's, and what either come to, over these alone."""
        both = [(one.previous, one.value) for one in self.figures if one.value is not None and one.previous is not None]
        before, now = (over(self.indicator, [pair[i] for pair in both]) for i in (0, 1))
        return (len(both), before, now) if before is not None and now is not None else None


def over(indicator: Indicator, figures: Sequence[Decimal]) -> Decimal | None:
    """Put units' figures together by the indicator's own rule: added, averaged (to hundredths), or not at all."""
    if not figures or indicator.over_units == "none":
        return None
    total = sum(figures, Decimal(0))
    if indicator.over_units == "sum":
        return total
    return (total / len(figures)).quantize(_HUNDREDTH, ROUND_HALF_UP)


class RaisedByUnits(NamedTuple):
    """An obstacle in the words of a unit, with all who raised it, all that was proposed, and the answers given."""

    text: str
    proposals: list[str]
    units: list[Unit]
    answers: list[str]

    @property
    def proposal(self) -> str | None:
        """All that was proposed, as one text."""
        return "; ".join(one.rstrip(" .;") for one in self.proposals) or None


@dataclass
class Summary:
    """A period summed up. `words` are units' own results by area, `states` how far tasks are by area."""

    plan: Plan
    deliverable: Deliverable
    period: Period
    as_of: date
    rows: list[StatusRow]
    block: Block | None = None
    """The block whose units alone are summed up; None where all are."""
    figures: list[Total] = field(default_factory=list)
    words: dict[str, list[tuple[Unit, str]]] = field(default_factory=dict)
    states: dict[str, Counter[str]] = field(default_factory=dict)
    obstacles: dict[str, RaisedByUnits] = field(default_factory=dict)
    broken: dict[str, list[Unit]] = field(default_factory=dict)
    """Who breaks which check of figures."""
    no_obstacles: bool = True
    """Whether every unit that was read said of its obstacles that there are none, or raised some."""
    unread: list[Unit] = field(default_factory=list)
    """Units that reported, but whose record is not here, or says nothing of the period."""

    @property
    def of(self) -> str | None:
        """The block as a sentence names it: `khối các sở, ban, ngành tỉnh`; None where all are summed up."""
        name = self.block.name if self.block else ""
        told = name[:1].lower() + name[1:] if name[1:2].islower() else name
        return (told if told.startswith("khối ") else f"khối {told}") if told else None

    @property
    def reported(self) -> list[StatusRow]:
        """Those who reported."""
        return [row for row in self.rows if row.state in REPORTED]

    @property
    def missing(self) -> list[StatusRow]:
        """Those who should have, and did not."""
        return [row for row in self.rows if row.state not in REPORTED and row.state != "exempt"]


def summed_up(
    plan: Plan, every: Iterable[StatusRow], record: Callable[[Unit], UnitRecord | None], deliverable: Deliverable,
    as_of: date, *, answers: Callable[[Unit], Mapping[str, str]] = lambda _unit: {}, figures_only: bool = False,
) -> Summary:  # fmt: skip
    """Sum up what units reported for a period, as of a day; rows of `every` about other things count for nothing.

    `record` gives a unit's record, None where it has none here, and is asked once for each unit that reported; `answers`
    gives what was answered to a unit's obstacles, by their ids. With `figures_only` units' words are not asked for.
    """
    period = plan.period_by_id[deliverable.period or ""]
    rows = [row for row in every if row.deliverable.id == deliverable.id]
    out = Summary(plan, deliverable, period, as_of, rows)
    out.figures = [Total(one) for one in plan.indicator_by_id.values()]
    out.words = {area.id: [] for area in plan.areas}
    out.states = {area.id: Counter() for area in plan.areas}
    for row in out.reported:
        one = record(row.unit)
        if one is None or not _tells(one, period, deliverable):
            out.unread.append(row.unit)
            one_figures = [Figure(row.unit, None, None, ())] * len(out.figures)
        else:
            _words(out, row.unit, one, figures_only=figures_only)
            if not figures_only:
                _obstacles(out, row.unit, one, answers(row.unit))
            one_figures = figures_of(plan, period, row.unit, one)
            broken = {says for figure in one_figures for says in figure.breaks}
            for check in plan.indicators.checks if plan.indicators else ():
                if check.says in broken:
                    out.broken.setdefault(check.says, []).append(row.unit)
        for total, figure in zip(out.figures, one_figures, strict=True):
            total.figures.append(figure)
    return out


def _tells(record: UnitRecord, period: Period, deliverable: Deliverable) -> bool:
    """Tell whether a record says anything of a period: that nothing was begun is not said by a file as it was first made."""
    keys, told = (period.id, period.estimated), record.remarks(deliverable.id)
    return (
        any(
            one.results.get(period.id) or {one.states.get(period.id), one.status} - {None, "todo"}
            for one in record.tasks.values()
        )
        or any(one.get(key) is not None for one in record.indicators.values() if one for key in keys)
        or any(vars(told).values())
        or any(period.holds(one.date) for one in record.obstacles)
    )


def figures_of(plan: Plan, period: Period, unit: Unit, record: UnitRecord) -> list[Figure]:
    """Give a unit's figures of a period, one for each of the plan's indicators, with the checks that they break."""
    indicators = plan.indicators
    if indicators is None:
        return []
    broken: dict[str, list[str]] = {}
    for check in indicators.checks:
        sums = check.sums(lambda name: record.figure(name, period.id))
        if sums is not None and not check.holds(*sums):
            for name in (*check.sides[0], *check.sides[2]):
                broken.setdefault(name, []).append(check.says)
    keys = (period.id, period.beside, period.estimated if period.estimate else None)
    out = []
    for one in plan.indicator_by_id.values():
        value, previous, estimate = (record.figure(one.id, key) for key in keys)
        out.append(Figure(unit, value, previous, tuple(broken.get(one.id, ())), estimate))
    return out


def _words(out: Summary, unit: Unit, record: UnitRecord, *, figures_only: bool) -> None:
    mine = {task.id for task in duties(out.plan, unit, out.period.start)}
    for area in out.plan.areas:
        told = []
        for task in area.tasks:
            one = record.task(task.id)
            if task.id not in mine or not one.applies:
                continue
            if not task.ended or task.ended > out.period.end:
                out.states[area.id][one.state_told(out.period, out.plan) or "unknown"] += 1
            text = None if figures_only else one.results.get(out.period.id)
            if text and not nothing(text):
                told.append(sentences(clean(text)))
        if told:
            out.words[area.id].append((unit, "\n".join(told)))


def _obstacles(out: Summary, unit: Unit, record: UnitRecord, answers: Mapping[str, str]) -> None:
    told = record.obstacles_in(out.period, out.deliverable.id)
    out.no_obstacles = out.no_obstacles and bool(told)
    for one in told:
        if not nothing(one.text):
            id_ = obstacle_id(one.text)
            found = out.obstacles.setdefault(id_, RaisedByUnits(clean(one.text), [], [], []))
            found.units.append(unit)
            proposal, answer = clean(one.proposal or ""), answers.get(id_)
            if proposal and proposal not in found.proposals:
                found.proposals.append(proposal)
            if answer and answer not in found.answers:
                found.answers.append(answer)


def summary_as_dict(out: Summary) -> dict[str, Any]:
    """Give the summary for programs; figures as decimal strings."""

    def told(value: Decimal | None) -> str | None:
        return f"{value:f}" if value is not None else None

    def figure(one: Total) -> dict[str, Any]:
        units, before, now = one.beside or (0, None, None)
        beside = {"units": units, "previous": told(before), "value": told(now)} if units else None
        sums = {"value": told(one.value), "units": len(one.known), "estimate": told(one.estimate), "beside": beside}
        breaks = [it.unit.id for it in one.figures if it.breaks]
        return {"id": one.indicator.id, "over_units": one.indicator.over_units, **sums, "breaks": breaks}

    def obstacle(name: str, one: RaisedByUnits) -> dict[str, Any]:
        said = {"text": one.text, "proposal": one.proposal, "answers": one.answers}
        return {"id": name, **said, "units": [unit.id for unit in one.units]}

    return {
        "period": out.period.id,
        "as_of": out.as_of,
        "sent": totals(out.rows) | {"missing_units": [row.unit.id for row in out.missing]},
        "figures": [*map(figure, out.figures)],
        "progress": [
            {"area": name, **{state: count[state] for state in PROGRESS}} for name, count in out.states.items()
        ],
        "obstacles": [obstacle(name, one) for name, one in out.obstacles.items()],
        "unread": [unit.id for unit in out.unread],
    }


def upward(out: Summary, unit: str, plan: str) -> dict[str, Any]:
    """Give what a unit that has units under it reports upward: their figures put together, their obstacles."""
    figures = {
        one.indicator.id: {out.period.id: one.value}
        | ({out.period.estimated: one.estimate} if out.period.estimate and one.estimate is not None else {})
        for one in out.figures
        if one.value is not None
    }
    obstacles = [
        {"text": f"{one.text} ({'; '.join(it.name for it in one.units)})", "date": min(out.as_of, out.period.end)}
        | ({"proposal": one.proposal} if one.proposal else {})
        for one in out.obstacles.values()
    ]
    found = {"indicators": figures, "obstacles": obstacles}
    return {"unit": unit, "plan": plan} | {name: value for name, value in found.items() if value}
