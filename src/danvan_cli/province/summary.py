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
from danvan_cli.scoring.figures import plain_figure
from danvan_cli.text import clean, counted, day, number, sentences, squeeze
from danvan_cli.typed import nothing
from danvan_cli.unit.lag import duties
from danvan_cli.unit.model import STATES, empty_record
from danvan_cli.word.shape import taken

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
MOST_LETTERS: Final = 1800
"""Letters of units' own words that an area holds whole; beyond it a few are cited, each by its first sentence."""
CITED: Final = 3
"""So many units an area cites at most where their words are long; the workbook holds all."""


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

    @property
    def estimate(self) -> Decimal | None:
        """What the estimates to the period's end come to."""
        return over(self.indicator, [one.estimate for one in self.figures if one.estimate is not None])

    @property
    def beside(self) -> tuple[int, Decimal, Decimal] | None:
        """How many units have both this figure and the last period's, and what either come to, over these alone."""
        both = [(one.previous, one.value) for one in self.figures if one.value is not None and one.previous is not None]
        before, now = (over(self.indicator, [pair[i] for pair in both if pair[i] is not None]) for i in (0, 1))
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
    units: Iterable[Unit] | None = None, *, answers: Callable[[Unit], Mapping[str, str]] = lambda _unit: {},
) -> Summary:  # fmt: skip
    """Sum up what units reported.

    Args:
        plan: the plan.
        received: all receipts.
        record: gives a unit's record, None where it has none here; asked once for each unit that reported.
        deliverable: the report, which is for a period.
        as_of: the day; what came later is not counted.
        units: only these; None for all.
        answers: gives what was answered to a unit's obstacles, by their ids.
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
            _obstacles(out, row.unit, one, answers(row.unit))
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
            record.figure(one.id, period.estimated) if period.estimate else None,
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


def _obstacles(out: Summary, unit: Unit, record: UnitRecord, answers: Mapping[str, str]) -> None:
    own = [one for one in record.obstacles if annexes.within(out.period, one.date)]
    told = [*own, *record.remarks(out.deliverable.id).obstacles]
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


# The report ----------------------------------------------------------------------------------------------------------


def summary_paper(
    out: Summary, writer: Unit, record: UnitRecord | None, results: Results, pick: Collection[str] = ()
) -> SummaryReport:
    """Make the consolidated report.

    Args:
        out: the period summed up.
        writer: who reports.
        record: its record, if it has one here: its remarks on this report are the report's own.
        results: scores and bands by block.
        pick: the units whose own words are cited; none for the first ones.
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
        areas=[_area(area.title, out.words[area.id], pick) for area in plan.areas],
        obstacles=[
            SummaryReport.Raised(unit="; ".join(unit.name for unit in one.units), sentence=_sentence(one))
            for one in out.obstacles.values()
        ],
        no_obstacles=out.no_obstacles and not out.obstacles and bool(out.reported) and not out.unread,
        official_indicators=plan.indicators.official if plan.indicators else True,
        figures=[_figure(out, one) for one in out.figures],
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


def _area(title: str, told: Sequence[tuple[Unit, str]], pick: Collection[str]) -> SummaryReport.Area:
    """Cite units' own words, those of the chosen ones where some are: whole where they are few, else first sentences."""
    mine = [(unit, text) for unit, text in told if unit.id in pick] if pick else told
    short = sum(len(text) for _unit, text in mine) > MOST_LETTERS
    if short and not pick:
        mine = mine[:CITED]
    cited = [SummaryReport.Notable(unit=unit.name, text=_line(text, short=short)) for unit, text in mine]
    return SummaryReport.Area(title=title, text=None, notable=cited, others=len(told) - len(mine))


def _line(text: str, *, short: bool) -> str:
    """Write a unit's words on one line, without the mark that ends them."""
    whole = (
        squeeze(text.replace("\n- ", "; ").replace("\n+ ", "; ").replace("\n", " "))
        .replace(":; ", ": ")
        .replace(";;", ";")
        .replace(".;", ".")
    )
    if short and len(whole) > 130:
        end = whole.find(". ")
        whole = whole[:end] if 0 < end <= 180 else f"{whole[:130].rsplit(' ', 1)[0]}…"
    return whole.rstrip(" .;")


def _sentence(one: RaisedByUnits) -> str:
    told = raised(one.text, one.proposal)
    return f"{told} Đã trả lời: {sentences('; '.join(one.answers))}" if one.answers else told


def _figure(out: Summary, one: Total) -> SummaryReport.Figure:
    value, previous, none = one.value, one.previous, one.indicator.over_units == "none"
    return SummaryReport.Figure(
        name=one.indicator.name + (" (bình quân)" if one.indicator.over_units == "average" else ""),
        unit=one.indicator.unit,
        previous=number(previous) if previous is not None else None,
        value=number(value) if value is not None else "không tổng hợp" if none else None,
        change=annexes.change(one.indicator, previous, value),
        units=len(one.known),
        said=_said(out, one),
    )


def _said(out: Summary, one: Total) -> str | None:
    """Say a figure in a sentence: what it comes to, its share, the change over those who have both, the estimate."""
    if one.value is None:
        return None
    unit, known = one.indicator.unit, len(one.known)
    told = f"{one.indicator.name}: {number(one.value)} {unit}"
    if known != len(out.reported):
        told += f" của {counted(known)} đơn vị có số liệu"
    if share := _share(out, one):
        told += f", {share}"
    if one.beside:
        units, before, now = one.beside
        moved = annexes.change(one.indicator, before, now).replace("\n", " ")
        same = "" if units == known else f" ({counted(units)} đơn vị có số liệu cả hai kỳ)"
        told += "; không đổi" if moved == "0" else f"; {'tăng' if now > before else 'giảm'} {_unsigned(moved)}"
        told += same
    return told + (f"; ước cả kỳ: {number(one.estimate)} {unit}" if one.estimate is not None else "")


def _unsigned(moved: str) -> str:
    return moved.replace("+", "").replace("-", "")


def _within(name: str) -> str:
    """Write a name inside a sentence."""
    return name[:1].lower() + name[1:]


def _share(out: Summary, one: Total) -> str | None:
    """Say which share of another figure one is, where the plan holds it to be a part of that; over those who have both."""
    for check in out.plan.indicators.checks if out.plan.indicators else ():
        if check.sides[:2] != ([one.indicator.id], "<=") or len(check.sides[2]) != 1:
            continue
        whole = next(it for it in out.figures if it.indicator.id == check.sides[2][0])
        pairs = zip(one.figures, whole.figures, strict=True)
        both = [(a.value, b.value) for a, b in pairs if a.value is not None and b.value is not None]
        part, total = (sum((pair[i] for pair in both), Decimal(0)) for i in (0, 1))
        if 0 < part <= total and {one.indicator.over_units, whole.indicator.over_units} == {"sum"}:
            share = (part * 100 / total).quantize(Decimal("0.1"), ROUND_HALF_UP)
            return f"bằng {plain_figure(share)}% {_within(whole.indicator.name)}"
    return None


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
            {
                "id": name,
                "text": one.text,
                "proposal": one.proposal,
                "answers": one.answers,
                "units": [unit.id for unit in one.units],
            }
            for name, one in out.obstacles.items()
        ],
        "unread": [unit.id for unit in out.unread],
    }


def upward(out: Summary, unit: str, plan: str) -> dict[str, Any]:
    """Give what a unit that has units under it reports upward: their figures put together, their obstacles."""
    figures = {one.indicator.id: {out.period.id: one.value} for one in out.figures if one.value is not None}
    obstacles = [
        {"text": f"{one.text} ({'; '.join(it.name for it in one.units)})"}
        | ({"proposal": one.proposal} if one.proposal else {})
        for one in out.obstacles.values()
    ]
    found = {"indicators": figures, "obstacles": obstacles}
    return {"unit": unit, "plan": plan} | {name: value for name, value in found.items() if value}
