"""The consolidated report: a period summed up, as a paper says it."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from danvan_cli.papers import annexes
from danvan_cli.papers.common import above, addressed, common, obstacle_line, told
from danvan_cli.papers.kinds.bao_cao_tong_hop import SummaryReport
from danvan_cli.province.summary import PROGRESS
from danvan_cli.province.tracking import has_last_day, put_off_by, state_said, totals
from danvan_cli.scoring.figures import plain_figure
from danvan_cli.text import counted, day, number, sentences, squeeze
from danvan_cli.unit.model import empty_record
from danvan_cli.word.shape import taken

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from danvan_cli.delivery.status import StatusRow
    from danvan_cli.papers.results import Results
    from danvan_cli.plan.model import Area, Plan, Unit
    from danvan_cli.province.summary import RaisedByUnits, Summary, Total
    from danvan_cli.unit.model import UnitRecord

MOST_LETTERS: Final = 1800
"""Letters of units' own words that an area holds whole; beyond it a few are cited, each by its first sentences."""
CITED: Final = 2
"""So many units an area cites at most where their words are long and nobody chose; the workbook holds all."""
OBSTACLES: Final = "vuong-mac"
"""Stands for an area where an obstacle is chosen, by its id."""
_OBSTACLE_LETTERS: Final = 1000
"""Letters of obstacles that the report holds before those of one unit, not answered yet, are left to the annex."""
_SHORT: Final = 140
"""Letters that a unit is cited with where words are long, if a sentence ends there."""

CitedWords = dict[tuple[str, str], list[str]]
"""What of units' words is cited, by area and unit."""


def summary_paper(
    out: Summary, writer: Unit, record: UnitRecord | None, results: Results, chosen: CitedWords | None = None
) -> SummaryReport:
    """Make the consolidated report.

    The remarks on it in the writer's record, if it has one here, are the report's own; `chosen` is what of units' words
    is cited, if anybody chose.
    """
    plan, period = out.plan, out.period
    mine = record or empty_record(plan, writer)
    beside = plan.period(period.beside)
    count, exempt = totals(out.rows), sum(1 for row in out.rows if row.state == "exempt")
    both = Counter(one.beside[0] for one in out.figures if one.beside).most_common(1)
    usual = both[0][0] if both else None
    figures = [_figure(out, one, usual) for one in out.figures]
    obstacles = _obstacles(out, chosen or {})
    marked = {key: words for key, words in (chosen or {}).items() if key[0] != OBSTACLES}
    cited_ = words_cited(out) if chosen is None or (chosen and not marked) else marked
    return SummaryReport(
        common=common(
            plan, writer, mine, "BC", None, year=max(period.end, plan.last_day(out.deliverable) or period.end).year
        ),
        addressed=addressed(above(plan, writer)),
        results=results,
        period=taken(SummaryReport.Period, period, from_=period.start, to=period.end),
        block=out.of,
        beside=taken(SummaryReport.Beside, beside, units=usual) if beside else None,
        remarks=taken(SummaryReport.Remarks, told(mine.remarks(f"tong-hop-{out.deliverable.id}"))),
        sent=SummaryReport.Sent(
            total=count["owed"],
            exempt=exempt,
            **{key: count[key] for key in _SENT},
            dated=has_last_day(plan, out.rows),
        ),
        areas=[
            _area(area, out.words[area.id], cited_, [it.said for it in figures if it.area == area.id and it.said])
            for area in plan.areas
        ],
        others=any((area, unit.id) not in cited_ for area, those in out.words.items() for unit, _text in those),
        obstacles=obstacles,
        other_obstacles=len(out.obstacles) - len(obstacles),
        no_obstacles=out.no_obstacles and not out.obstacles and bool(out.reported) and not out.unread,
        official_indicators=plan.indicators.official if plan.indicators else True,
        figures=figures,
        estimates=any(one.estimate is not None for one in out.figures),
        breaks=[SummaryReport.Break(says=says, units=[unit.name for unit in who]) for says, who in out.broken.items()],
        unread=[unit.name for unit in out.unread],
        states=[
            SummaryReport.State(label=annexes.area_label(at, area.label or area.title), values=values)
            for at, area in enumerate(plan.areas, start=1)
            if any(values := [out.states[area.id][state] for state in PROGRESS])
        ],
        progress=[_progress(_shortened([area.label or area.title]), out.states[area.id]) for area in plan.areas],
        tasks=_progress("", sum(out.states.values(), Counter())),
        late_by="ngày ban hành" if plan.settings.late_by == "issued" else "ngày đến",
        units=[_unit(out.plan, row) for row in out.rows],
    )


_SENT: Final = ("in_time", "late", "missing", "returned")


def _progress(title: str, states: Counter[str]) -> SummaryReport.Progress:
    count = {state: states[state] for state in PROGRESS}
    whole = sum(count.values())
    share = plain_figure((Decimal(count["done"] * 100) / whole).quantize(_TENTH, ROUND_HALF_UP)) if whole else None
    return SummaryReport.Progress(title=title, whole=whole, share=share, **count)


# In units' own words -------------------------------------------------------------------------------------------------


def words_cited(out: Summary, units: Collection[str] | None = None) -> CitedWords:
    """Choose of each area what is cited: these units' words, or all; whole where they are few, else first sentences."""
    found: CitedWords = {}
    for area, those in out.words.items():
        mine = [(unit.id, text) for unit, text in those if units is None or unit.id in units]
        short = sum(len(text) for _unit, text in mine) > MOST_LETTERS
        for unit, text in mine[: CITED if short and units is None else None]:
            found[area, unit] = [_shortened(citable(text)) if short else text]
    return found


def _area(area: Area, told: Sequence[tuple[Unit, str]], chosen: CitedWords, figures: list[str]) -> SummaryReport.Area:
    notable = [
        SummaryReport.Notable(unit=unit.name, text=on_one_line(" ".join(map(sentences, words))))
        for unit, _text in told
        if (words := chosen.get((area.id, unit.id)))
    ]
    return SummaryReport.Area(title=area.title, text=None, figures=figures, notable=notable)


def citable(text: str) -> list[str]:
    """Cut units' words into what can be cited alone: sentences, and lists with what leads in to them."""
    found: list[str] = []
    for line in text.split("\n"):
        if found and line.startswith(("- ", "+ ")):
            found[-1] += f"\n{line}"
        else:
            found += [f"{one}." for one in line.rstrip(".").split(". ")] if line.endswith(".") else [line]
    return [on_one_line(one) for one in found if one.strip(" .")]


def _shortened(told: Sequence[str]) -> str:
    """Take the first sentences of a text; a first one that is long is cut where a part of it ends."""
    first, *more = told or [""]
    if len(first) > _SHORT:
        ends = [first.rfind(mark, 0, _SHORT) for mark in ("; ", ", ")]
        end = next((at for at in ends if at > _SHORT // 3), None)
        return first[:end].rstrip(" ,;:") if end else f"{first[:_SHORT].rsplit(' ', 1)[0]}…"
    while more and len(first) + len(more[0]) <= _SHORT:
        first = f"{first}. {more.pop(0)}"
    return first


def on_one_line(text: str) -> str:
    """Write a unit's words on one line, without the mark that ends them."""
    whole = squeeze(text.replace("\n- ", "; ").replace("\n+ ", "; ").replace("\n", " "))
    for twice, once in ((":; ", ": "), (";;", ";"), (".;", ".")):
        whole = whole.replace(twice, once)
    return whole.rstrip(" .;")


def _obstacles(out: Summary, chosen: CitedWords) -> list[SummaryReport.Raised]:
    """Tell the chosen obstacles; else those of several units and the answered ones, and others as long as these are short."""
    wanted, size = {name for area, name in chosen if area == OBSTACLES}, 0
    found = []
    for name, one in sorted(out.obstacles.items(), key=lambda it: (-len(it[1].units), not it[1].answers)):
        typed = "; ".join(chosen.get((OBSTACLES, name), ()))
        who = "; ".join(unit.name for unit in one.units)
        told = SummaryReport.Raised(unit=who, sentence=sentences(typed) or _sentence(one))
        size += len(told.unit) + len(told.sentence)
        weighty = len(one.units) > 1 or bool(one.answers) or size <= _OBSTACLE_LETTERS
        if name in wanted if wanted else weighty:
            found.append(told)
    return found


def _sentence(one: RaisedByUnits) -> str:
    told = obstacle_line(one.text, one.proposal)
    return f"{told} Đã trả lời: {sentences('; '.join(one.answers))}" if one.answers else told


# Figures -------------------------------------------------------------------------------------------------------------

_TENTH: Final = Decimal("0.1")
_UNSIGNED: Final = str.maketrans("", "", "+-")


def _figure(out: Summary, one: Total, usual: int | None) -> SummaryReport.Figure:
    value, none = one.value, one.indicator.over_units == "none"
    units, before, now = one.beside or (0, None, None)
    return SummaryReport.Figure(
        name=_named(one),
        unit=one.indicator.unit,
        area=one.indicator.area if one.indicator.area in out.words else None,
        value=number(value) if value is not None else "không tổng hợp" if none else None,
        units=len(one.known),
        both=units,
        previous=number(before) if before is not None else None,
        now=number(now) if now is not None else None,
        change=annexes.change_said(one.indicator, before, now).replace("\n", " "),
        estimate=number(one.estimate) if one.estimate is not None else None,
        said=_said(out, one, usual),
    )


def _named(one: Total) -> str:
    """Name what units' figures come to."""
    return one.indicator.name + (" (bình quân)" if one.indicator.over_units == "average" else "")


def _said(out: Summary, one: Total, usual: int | None) -> str | None:
    """Say a figure in a sentence: what it comes to, its share, the change over those who have both, the estimate."""
    if one.value is None:
        return None
    unit, known = one.indicator.unit, len(one.known)
    shown = number if unit.startswith("%") else counted
    told = f"{_named(one)}: {shown(one.value)} {unit}"
    if known != len(out.reported):
        told += f" của {counted(known)} đơn vị có số liệu"
    if part := _share(out, one):
        told += f", {part}"
    if one.beside:
        units, before, now = one.beside
        share = (
            annexes.change_said(one.indicator, before, now).partition("\n")[2].translate(_UNSIGNED).replace(",0%", "%")
        )
        moved = f"{'tăng' if now > before else 'giảm'} {shown(abs(now - before))}{share and f' {share}'}"
        told += f"; {moved if now != before else 'không đổi'}"
        told += "" if units == usual else f" ({counted(units)} đơn vị có số liệu cả hai kỳ)"
    if one.estimate is not None:
        some = len(one.estimates)
        told += f"; ước cả kỳ {shown(one.estimate)}"
        told += "" if some == known else f" ({counted(some)} đơn vị có số ước)"
    return told


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
            share = (part * 100 / total).quantize(_TENTH, ROUND_HALF_UP)
            name = whole.indicator.name
            return f"bằng {plain_figure(share)}% {name[:1].lower()}{name[1:]}"
    return None


def _unit(plan: Plan, row: StatusRow) -> SummaryReport.Unit:
    receipt = row.receipt
    return SummaryReport.Unit(
        name=row.unit.name,
        last_day=day(row.last_day) if row.last_day else None,
        issued=day(receipt.issued) if receipt and receipt.issued else None,
        received=day(receipt.received) if receipt else None,
        state=state_said(row) + (" (được gia hạn)" if put_off_by(plan, row) else ""),
    )
