"""Summing up a period: who reported, figures by their own rule, results in units' own words, obstacles, progress.

A unit that has not reported is said to be missing; it is never counted as 0. Every figure can be followed to its units.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.delivery.status import status_rows
from danvan_cli.papers import annexes
from danvan_cli.papers.common import above, addressed, common, raised, told
from danvan_cli.papers.kinds.bao_cao_tong_hop import SummaryReport
from danvan_cli.province.obstacles import obstacle_id
from danvan_cli.province.tracking import state_said, totals
from danvan_cli.text import clean, day, number, sentences, squeeze
from danvan_cli.typed import nothing
from danvan_cli.unit.lag import duties
from danvan_cli.unit.model import STATES, empty_record
from danvan_cli.word.shape import taken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from danvan_cli.delivery.status import StatusRow
    from danvan_cli.delivery.store import Received
    from danvan_cli.papers.results import Results
    from danvan_cli.plan.model import Deliverable, Indicator, Period, Plan, Unit
    from danvan_cli.unit.model import UnitRecord

REPORTED: Final = frozenset({"submitted", "late", "returned"})
"""The states of those who have reported."""
_PROGRESS: Final = (*STATES, "unknown")
_HUNDREDTH: Final = Decimal("0.01")
MOST_LETTERS: Final = 6000
"""Letters of units' own words that an area holds whole; beyond it each unit is cited by its first sentence."""
CITED: Final = 40
"""So many units an area cites at most; the workbook holds all."""


class Figure(NamedTuple):
    """A unit's figure, and what checks it breaks."""

    unit: Unit
    value: Decimal | None
    previous: Decimal | None
    breaks: tuple[str, ...]


@dataclass
class Total:
    """An indicator over all units that reported: its rule, its figures, what they come to.

    `value` is None where the indicator is not summed up, or no unit has a figure. `previous` sums the same units' last
    period; it is None unless every unit with a figure has that one too.
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
    def previous(self) -> Decimal | None:
        """What the last period's figures came to."""
        found = [one.previous for one in self.known if one.previous is not None]
        return over(self.indicator, found) if found and len(found) == len(self.known) else None


def over(indicator: Indicator, figures: Sequence[Decimal]) -> Decimal | None:
    """Put units' figures together by the indicator's own rule: added, averaged (to hundredths), or not at all."""
    if not figures or indicator.over_units == "none":
        return None
    total = sum(figures, Decimal(0))
    if indicator.over_units == "sum":
        return total
    return (total / len(figures)).quantize(_HUNDREDTH, ROUND_HALF_UP)


class RaisedByUnits(NamedTuple):
    """An obstacle in the words of a unit, with all who raised it."""

    text: str
    proposal: str | None
    units: list[Unit]


@dataclass
class Summary:
    """A period summed up. `words` are units' own results by area, `states` how far tasks are by area."""

    plan: Plan
    deliverable: Deliverable
    period: Period
    as_of: date
    rows: list[StatusRow]
    figures: list[Total] = field(default_factory=list)
    words: dict[str, list[tuple[Unit, str]]] = field(default_factory=dict)
    states: dict[str, Counter[str]] = field(default_factory=dict)
    obstacles: dict[str, RaisedByUnits] = field(default_factory=dict)
    no_obstacles: bool = True
    """Whether every unit that was read said of its obstacles that there are none, or raised some."""
    unread: list[Unit] = field(default_factory=list)
    """Units that reported, but whose record is not here."""

    @property
    def reported(self) -> list[StatusRow]:
        """Those who reported."""
        return [row for row in self.rows if row.state in REPORTED]

    @property
    def missing(self) -> list[StatusRow]:
        """Those who should have, and did not."""
        return [row for row in self.rows if row.state not in REPORTED and row.state != "exempt"]


def summed_up(
    plan: Plan, received: Received, record: Callable[[Unit], UnitRecord | None], deliverable: Deliverable, as_of: date,
    units: Iterable[Unit] | None = None,
) -> Summary:  # fmt: skip
    """Sum up what units reported.

    Args:
        plan: the plan.
        received: all receipts.
        record: gives a unit's record, None where it has none here; asked once for each unit that reported.
        deliverable: the report, which is for a period.
        as_of: the day; what came later is not counted.
        units: only these; None for all.
    """
    period = plan.period_by_id[deliverable.period or ""]
    rows = [row for row in status_rows(plan, received, as_of, units) if row.deliverable.id == deliverable.id]
    out = Summary(plan, deliverable, period, as_of, rows)
    items = plan.indicators.items if plan.indicators else []
    out.figures = [Total(one) for one in items]
    out.words = {area.id: [] for area in plan.areas}
    out.states = {area.id: Counter() for area in plan.areas}
    for row in out.reported:
        one = record(row.unit)
        if one is None:
            out.unread.append(row.unit)
            one_figures = [Figure(row.unit, None, None, ())] * len(items)
        else:
            _words(out, row.unit, one)
            _obstacles(out, row.unit, one)
            one_figures = _figures(out, row.unit, one)
        for total, figure in zip(out.figures, one_figures, strict=True):
            total.figures.append(figure)
    return out


def _figures(out: Summary, unit: Unit, record: UnitRecord) -> list[Figure]:
    indicators, period = out.plan.indicators, out.period
    if indicators is None:
        return []
    broken: dict[str, list[str]] = {}
    for check in indicators.checks:
        sums = check.sums(lambda name: record.figure(name, period.id))
        if sums is not None and not check.holds(*sums):
            for name in (*check.sides[0], *check.sides[2]):
                broken.setdefault(name, []).append(check.says)
    return [
        Figure(
            unit,
            record.figure(one.id, period.id),
            record.figure(one.id, period.beside),
            tuple(broken.get(one.id, ())),
        )
        for one in indicators.items
    ]


def _words(out: Summary, unit: Unit, record: UnitRecord) -> None:
    mine = {task.id for task in duties(out.plan, unit)}
    for area in out.plan.areas:
        told = []
        for task in area.tasks:
            one = record.task(task.id)
            if task.id not in mine or not one.applies:
                continue
            out.states[area.id][one.state_in(out.period, out.plan) or "unknown"] += 1
            if (text := one.results.get(out.period.id)) and not nothing(text):
                told.append(sentences(clean(text)))
        if told:
            out.words[area.id].append((unit, "\n".join(told)))


def _obstacles(out: Summary, unit: Unit, record: UnitRecord) -> None:
    own = [one for one in record.obstacles if annexes.within(out.period, one.date)]
    told = [*own, *record.remarks(out.deliverable.id).obstacles]
    out.no_obstacles = out.no_obstacles and bool(told)
    for one in told:
        if not nothing(one.text):
            found = out.obstacles.setdefault(obstacle_id(one.text), RaisedByUnits(clean(one.text), one.proposal, []))
            found.units.append(unit)


# The report ----------------------------------------------------------------------------------------------------------


def summary_paper(out: Summary, writer: Unit, record: UnitRecord | None, results: Results) -> SummaryReport:
    """Make the consolidated report.

    Args:
        out: the period summed up.
        writer: who reports.
        record: its record, if it has one here: its remarks on this report are the report's own.
        results: scores and bands by block.
    """
    plan, period = out.plan, out.period
    mine = record or empty_record(plan, writer)
    beside = plan.period_by_id.get(period.beside or "")
    return SummaryReport(
        common=common(plan, writer, mine, "BC", None),
        addressed=addressed(above(plan, writer)),
        results=results,
        period=taken(SummaryReport.Period, period, from_=period.start, to=period.end),
        beside=taken(SummaryReport.Beside, beside) if beside else None,
        remarks=taken(SummaryReport.Remarks, told(mine.remarks(f"tong-hop-{out.deliverable.id}"))),
        sent=_sent(out),
        areas=[_area(area.title, out.words[area.id]) for area in plan.areas],
        obstacles=[
            SummaryReport.Raised(unit="; ".join(unit.name for unit in one.units), sentence=_sentence(one))
            for one in out.obstacles.values()
        ],
        no_obstacles=out.no_obstacles and not out.obstacles and bool(out.reported) and not out.unread,
        official_indicators=plan.indicators.official if plan.indicators else True,
        figures=[_figure(one) for one in out.figures],
        breaks=[
            SummaryReport.Break(unit=one.unit.name, name=total.indicator.name, says="; ".join(one.breaks))
            for total in out.figures
            for one in total.figures
            if one.breaks
        ],
        unread=[unit.name for unit in out.unread],
        states=[
            SummaryReport.State(label=annexes.on_one_line(at, area.title), values=values)
            for at, area in enumerate(plan.areas, start=1)
            if any(values := [out.states[area.id][state] for state in ("done", "doing", "todo")])
        ],
        progress=[
            SummaryReport.Progress(title=area.title, **{state: out.states[area.id][state] for state in STATES})
            for area in plan.areas
        ],
        unknown=sum(one["unknown"] for one in out.states.values()),
        late_by="ngày ban hành" if plan.settings.late_by == "issued" else "ngày đến",
        units=[_unit(row) for row in out.rows],
    )


def _sent(out: Summary) -> SummaryReport.Sent:
    count = totals(out.rows)
    return SummaryReport.Sent(
        total=count["owed"],
        in_time=count["in_time"],
        late=count["late"],
        missing=count["missing"],
        returned=count["returned"],
    )


def _area(title: str, told: Sequence[tuple[Unit, str]]) -> SummaryReport.Area:
    """Cite units' own words: whole where they are few, else each unit's first sentence, and who else is in the workbook."""
    short = sum(len(text) for _unit, text in told) > MOST_LETTERS
    cited = [SummaryReport.Notable(unit=unit.name, text=_line(text, short=short)) for unit, text in told[:CITED]]
    return SummaryReport.Area(title=title, text=None, notable=cited, others=max(0, len(told) - CITED))


def _line(text: str, *, short: bool) -> str:
    """Write a unit's words on one line, without the mark that ends them."""
    whole = (
        squeeze(text.replace("\n- ", "; ").replace("\n+ ", "; ").replace("\n", " "))
        .replace(":; ", ": ")
        .replace(";;", ";")
        .replace(".;", ".")
    )
    if short and len(whole) > 160:
        end = whole.find(". ")
        whole = whole[:end] if 0 < end <= 240 else f"{whole[:160].rsplit(' ', 1)[0]}…"
    return whole.rstrip(" .;")


def _sentence(one: RaisedByUnits) -> str:
    return raised(one.text, clean(one.proposal) if one.proposal else None)


def _figure(one: Total) -> SummaryReport.Figure:
    value, previous, none = one.value, one.previous, one.indicator.over_units == "none"
    return SummaryReport.Figure(
        name=one.indicator.name + (" (bình quân)" if one.indicator.over_units == "average" else ""),
        unit=one.indicator.unit,
        previous=number(previous) if previous is not None else None,
        value=number(value) if value is not None else "không tổng hợp" if none else None,
        change=annexes.change(one.indicator, previous, value),
        units=len(one.known),
    )


def _unit(row: StatusRow) -> SummaryReport.Unit:
    receipt = row.receipt
    return SummaryReport.Unit(
        name=row.unit.name,
        last_day=day(row.last_day) if row.last_day else None,
        issued=day(receipt.issued) if receipt and receipt.issued else None,
        received=day(receipt.received) if receipt else None,
        state=state_said(row),
    )


def summary_as_dict(out: Summary) -> dict[str, Any]:
    """Give the summary for programs; figures as decimal strings."""

    def told(value: Decimal | None) -> str | None:
        return f"{value:f}" if value is not None else None

    return {
        "period": out.period.id,
        "as_of": out.as_of,
        "sent": totals(out.rows) | {"missing_units": [row.unit.id for row in out.missing]},
        "figures": [
            {
                "id": one.indicator.id,
                "over_units": one.indicator.over_units,
                "value": told(one.value),
                "previous": told(one.previous),
                "units": len(one.known),
                "breaks": [it.unit.id for it in one.figures if it.breaks],
            }
            for one in out.figures
        ],
        "progress": [
            {"area": name, **{state: count[state] for state in _PROGRESS}} for name, count in out.states.items()
        ],
        "obstacles": [
            {"id": name, "text": one.text, "proposal": one.proposal, "units": [unit.id for unit in one.units]}
            for name, one in out.obstacles.items()
        ],
        "unread": [unit.id for unit in out.unread],
    }


def upward(out: Summary, unit: str, plan: str) -> dict[str, Any]:
    """Give what a unit that has units under it reports upward: their figures put together, their obstacles."""
    figures = {one.indicator.id: {out.period.id: one.value} for one in out.figures if one.value is not None}
    obstacles = [
        {"text": f"{one.text} ({'; '.join(it.name for it in one.units)})"}
        | ({"proposal": clean(one.proposal)} if one.proposal else {})
        for one in out.obstacles.values()
    ]
    found = {"indicators": figures, "obstacles": obstacles}
    return {"unit": unit, "plan": plan} | {name: value for name, value in found.items() if value}
