"""What units reported, on the page: figures by indicator and unit, progress by area, what hinders them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from danvan_cli.errors import DanvanError
from danvan_cli.page import shown
from danvan_cli.province.obstacles import raised
from danvan_cli.province.summary import REPORTED, Total, figures_of, summed_up
from danvan_cli.unit.model import reported_periods

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from danvan_cli.desk.page_seen import Seen
    from danvan_cli.page.shown import AreaProgress, FigureRow, Figures, Obstacle, Progress, UnitFigure
    from danvan_cli.plan.figures import Indicator
    from danvan_cli.plan.model import Deliverable
    from danvan_cli.province.obstacles import Raised
    from danvan_cli.province.summary import Figure, Summary

FAR: Final = 5
"""A figure stands out that is so many times last time's or more, or so small a part of it or less: ours, nobody's rule."""
_WHOLE: Final = 2
"""Of so many periods, the last ones, each unit's figure is told; of those before only what stands out."""
_STATES: Final = ("answered", "forwarded", "open")
"""What becomes of an obstacle, the least last."""


def far(value: Decimal | None, previous: Decimal | None) -> bool:
    """Tell whether a figure is far from last time's; what was nothing, or is, says nothing of that."""
    if not value or not previous or (value < 0) != (previous < 0):
        return False
    return abs(value) >= FAR * abs(previous) or abs(value) * FAR <= abs(previous)


def sums(seen: Seen) -> list[Summary]:
    """Sum up each period that anything was reported for, the latest first: its report that most owe."""
    plan = seen.plan
    found: dict[str, tuple[int, Deliverable]] = {}
    came = {row.deliverable.id for row in seen.rows if row.state in REPORTED}
    owed: dict[str, int] = {}
    for row in seen.rows:
        owed[row.deliverable.id] = owed.get(row.deliverable.id, 0) + 1
    for one in plan.deliverable_by_id.values():
        period = one.period if one.kind == "report" and one.period in plan.period_by_id else None
        if period and one.id in came and owed[one.id] > found.get(period, (0, one))[0]:
            found[period] = owed[one.id], one
    every = (one for _count, one in found.values())
    out = [summed_up(plan, seen.rows, seen.record, one, seen.as_of, figures_only=True) for one in every]
    return sorted(out, key=lambda it: (it.period.end, it.period.start), reverse=True)


def figures(seen: Seen, found: list[Summary]) -> tuple[Figures, ...]:
    """Tell the figures of each period that was summed up."""
    return tuple(_period(seen, one, whole=at < _WHOLE and not seen.brief) for at, one in enumerate(found))


def _period(seen: Seen, out: Summary, *, whole: bool) -> Figures:
    names = seen.names
    missing = () if seen.brief else tuple(names[row.unit.id] for row in out.missing)
    return shown.Figures(
        out.deliverable.id,
        out.period.name,
        tuple(_row(seen, one, len(out.reported) + len(out.missing), whole=whole) for one in out.figures),
        missing,
        () if seen.brief else tuple(names[one.id] for one in out.unread),
    )


def _row(seen: Seen, one: Total, owed: int, *, whole: bool) -> FigureRow:
    it, beside = one.indicator, one.beside
    units = (_figure(seen, it, figure) for figure in one.figures)
    return shown.FigureRow(
        it.id,
        it.name,
        it.unit,
        it.over_units,
        one.value,
        one.estimate,
        len(one.known),
        owed,
        beside[1] if beside else None,
        beside[2] if beside else None,
        beside[0] if beside else 0,
        tuple(figure for figure in units if whole or figure.breaks or figure.far),
    )


def _figure(seen: Seen, one: Indicator, figure: Figure) -> UnitFigure:
    odd = far(figure.value, figure.previous)
    spot = seen.in_record(figure.unit, ("indicators", one.id)) if odd or figure.breaks or seen.one else None
    name = seen.names[figure.unit.id]
    return shown.UnitFigure(name, figure.value, figure.previous, figure.breaks, odd, spot)


def own_figures(seen: Seen) -> tuple[Figures, ...]:
    """Tell a unit's own figures of each period that it reports on, the latest with any first, reported or not."""
    unit = seen.units[0]
    record = seen.record(unit)
    if record is None or seen.plan.indicators is None:
        return ()
    told = []
    for period in reported_periods(seen.plan, unit):
        row = next((row for row in seen.rows if row.deliverable.period == period.id), None)
        found = zip(seen.plan.indicators.items, figures_of(seen.plan, period, unit, record), strict=True)
        mine = [Total(one, [figure]) for one, figure in found]
        if any(one.known or one.estimates for one in mine):
            rows = tuple(_row(seen, one, 1, whole=True) for one in mine)
            told.append((period.end, shown.Figures(row.deliverable.id if row else period.id, period.name, rows)))
    return tuple(one for _end, one in sorted(told, key=lambda it: it[0], reverse=True))


def progress(seen: Seen, found: list[Summary]) -> tuple[Progress, ...]:
    """Tell how far tasks are by area, as of each period that was summed up."""
    return tuple(shown.Progress(one.deliverable.id, one.period.name, tuple(_areas(seen, one))) for one in found)


def _areas(seen: Seen, out: Summary) -> Iterator[AreaProgress]:
    for area in seen.plan.areas:
        count, spot = out.states[area.id], seen.in_plan(area.loc)
        yield shown.AreaProgress(
            area.id, area.title, count["done"], count["doing"], count["todo"], count["unknown"], spot
        )


# What hinders units


def obstacles(seen: Seen) -> tuple[Obstacle, ...]:
    """Put together what units raised in the same words, what is least answered first; of very many units only what is open."""
    groups: dict[str, list[Raised]] = {}
    for unit in seen.units:
        try:
            for one in raised(seen.opened.workspace, seen.plan, [unit], seen.record):
                groups.setdefault(one.answered.id, []).append(one)
        except DanvanError as error:
            path = seen.opened.workspace.province / "obstacles" / f"{unit.id}.yaml"
            seen.wrong.append((unit, path, None, seen.said(error)))
    told = [_group(seen, those) for those in groups.values()]
    told.sort(key=lambda one: (-_STATES.index(one.state), -len(one.units)))
    return tuple(one for one in told if not (seen.brief and one.state == "answered"))


def _group(seen: Seen, those: list[Raised]) -> Obstacle:
    first = those[0]
    proposals = dict.fromkeys(one.obstacle.proposal for one in those if one.obstacle.proposal)
    answers = dict.fromkeys(one.answered.answer for one in those if one.answered.answer)
    documents = dict.fromkeys(one.answered.document for one in those if one.answered.document)
    kinds = dict.fromkeys(one.answered.kind for one in those if one.answered.kind)
    return shown.Obstacle(
        first.obstacle.text,
        tuple(proposals),
        tuple(seen.names[one.unit.id] for one in those),
        max((one.answered.state for one in those), key=_STATES.index),
        tuple(answers),
        "; ".join(documents) or None,
        "; ".join(kinds) or None,
        _raised_where(seen, first),
    )


def _raised_where(seen: Seen, one: Raised) -> shown.Spot | None:
    record = seen.record(one.unit)
    at = next((i for i, it in enumerate(record.obstacles if record else ()) if it.text == one.obstacle.text), None)
    return seen.in_record(one.unit, ("obstacles", at) if at is not None else ())
