"""What units reported and scored, on the page: figures, progress by area, what hinders them, ranks, lines of scores."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from danvan_cli.desk.ranks import rankings
from danvan_cli.errors import DanvanError
from danvan_cli.page import shown
from danvan_cli.province.obstacles import raised
from danvan_cli.province.summary import PROGRESS, REPORTED, Total, figures_of, summed_up
from danvan_cli.unit.model import reported_periods

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal
    from pathlib import Path

    from danvan_cli.desk.page_seen import Seen
    from danvan_cli.plan.figures import Indicator
    from danvan_cli.plan.model import Deliverable, Period
    from danvan_cli.province.obstacles import Raised
    from danvan_cli.province.ranking import BlockRanking, Standing
    from danvan_cli.province.review import Reviewing
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
    owed = Counter(row.deliverable.id for row in seen.rows)
    for one in plan.deliverable_by_id.values():
        period = one.period if one.kind == "report" and one.period in plan.period_by_id else None
        if period and one.id in came and owed[one.id] > found.get(period, (0, one))[0]:
            found[period] = owed[one.id], one
    every = (one for _count, one in found.values())
    out = [summed_up(plan, seen.rows, seen.record, one, seen.as_of, figures_only=True) for one in every]
    return sorted(out, key=lambda it: (it.period.end, it.period.start), reverse=True)


def figures_shown(seen: Seen, found: list[Summary]) -> tuple[shown.ShownFigures, ...]:
    """Tell the figures of each period that was summed up."""
    return tuple(_period(seen, one, whole=at < _WHOLE and not seen.brief) for at, one in enumerate(found))


def _period(seen: Seen, out: Summary, *, whole: bool) -> shown.ShownFigures:
    owed = len(out.reported) + len(out.missing)
    rows = tuple(_row(seen, one, owed, whole=whole) for one in out.figures)
    missing = () if seen.brief else tuple(seen.names[row.unit.id] for row in out.missing)
    unread = () if seen.brief else tuple(seen.names[one.id] for one in out.unread)
    return shown.ShownFigures(out.deliverable.id, out.period.name, rows, missing, unread, _beside(seen, out.period))


def _beside(seen: Seen, period: Period) -> str:
    """Name the period that one's figures are held against."""
    beside = seen.plan.period(period.beside)
    return beside.name if beside else ""


def _row(seen: Seen, one: Total, owed: int, *, whole: bool) -> shown.ShownFigureRow:
    it, (both, before, now) = one.indicator, one.beside or (0, None, None)
    units = (_figure(seen, it, figure) for figure in one.figures)
    told = tuple(figure for figure in units if whole or figure.breaks or figure.far)
    return shown.ShownFigureRow(
        it.id, it.name, it.unit, it.over_units, one.value, one.estimate, len(one.known), owed, before, now, both, told
    )


def _figure(seen: Seen, one: Indicator, figure: Figure) -> shown.UnitFigure:
    odd = far(figure.value, figure.previous)
    spot = seen.in_record(figure.unit, ("indicators", one.id)) if odd or figure.breaks or seen.one else None
    name = seen.names[figure.unit.id]
    return shown.UnitFigure(name, figure.value, figure.previous, figure.breaks, odd, spot)


def own_figures(seen: Seen) -> tuple[shown.ShownFigures, ...]:
    """Tell a unit's own figures of each period that it reports on, the latest with any first, reported or not."""
    unit = seen.units[0]
    record = seen.record(unit)
    if record is None or not seen.plan.indicator_by_id:
        return ()
    told = []
    for period in reported_periods(seen.plan, unit):
        row = next((row for row in seen.rows if row.deliverable.period == period.id), None)
        found = zip(seen.plan.indicator_by_id.values(), figures_of(seen.plan, period, unit, record), strict=True)
        mine = [Total(one, [figure]) for one, figure in found]
        if any(one.known or one.estimates for one in mine):
            rows = tuple(_row(seen, one, 1, whole=True) for one in mine)
            name = row.deliverable.id if row else period.id
            told.append((period.end, shown.ShownFigures(name, period.name, rows, beside=_beside(seen, period))))
    return tuple(one for _end, one in sorted(told, key=lambda it: it[0], reverse=True))


def progress_shown(seen: Seen, found: list[Summary]) -> tuple[shown.ShownProgress, ...]:
    """Tell how far tasks are by area, as of each period that was summed up."""
    return tuple(shown.ShownProgress(one.deliverable.id, one.period.name, tuple(_areas(seen, one))) for one in found)


def _areas(seen: Seen, out: Summary) -> Iterator[shown.AreaProgress]:
    for area in seen.plan.areas:
        done, doing, todo, unknown = (out.states[area.id][state] for state in PROGRESS)
        yield shown.AreaProgress(area.id, area.title, done, doing, todo, unknown, seen.in_plan(area.loc))


# What hinders units


def obstacles(seen: Seen) -> tuple[shown.ShownObstacle, ...]:
    """Put together what units raised in the same words and how it stands, what is open first; of very many units only that."""
    folder = seen.opened.workspace.province / "obstacles"
    groups: dict[tuple[str, str], list[Raised]] = {}
    for unit in seen.units:
        with seen.noting(folder / f"{unit.id}.yaml", unit):
            for one in raised(seen.opened.workspace, seen.plan, [unit], seen.record, seen.opened.levels):
                groups.setdefault((one.answered.id, one.answered.state), []).append(one)
    told = [_group(seen, those) for those in groups.values()]
    told.sort(key=lambda one: (-_STATES.index(one.state), -len(one.units)))
    return tuple(one for one in told if not (seen.brief and one.state == "answered"))


def _group(seen: Seen, those: list[Raised]) -> shown.ShownObstacle:
    def said(words: Iterable[str | None]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, words)))

    unit, text = those[0].unit, those[0].obstacle.text
    record, told = seen.record(unit), [one.answered for one in those]
    at = next((i for i, it in enumerate(record.obstacles if record else ()) if it.text == text), None)
    return shown.ShownObstacle(
        text,
        said(one.obstacle.proposal for one in those),
        tuple(seen.names[one.unit.id] for one in those),
        told[0].state,
        said(one.answer for one in told),
        "; ".join(said(one.document for one in told)) or None,
        "; ".join(said(one.kind for one in told)) or None,
        seen.in_record(unit, ("obstacles", at) if at is not None else ()),
    )


# Scores


def scores(seen: Seen) -> tuple[shown.Scores, ...]:
    """Tell the rank in each block of which anybody is scored; of a block with a broken review nothing but that it is."""
    if seen.reviews is None or not any(seen.opinions.values()):
        return ()
    told: list[shown.Scores] = []
    for block in seen.blocks:
        try:
            found = rankings(seen.reviews, block.id, None, None)
        except DanvanError as error:
            said = seen.said(error)
            if not any(said == why for _unit, _path, _line, why in seen.wrong):
                seen.wrong.append((None, seen.opened.workspace.province / "reviews", None, said))
            continue
        told += [_block(seen, block, one) for one in found]
    return tuple(one for one in told if one.rows)


def _block(seen: Seen, block: shown.BlockName, found: BlockRanking) -> shown.Scores:
    rubric = found.rubric
    places = Counter(it.rank for it in found.standings if it.rank)
    mine = [it for it in found.standings if it.unit.id in seen.names]
    if seen.brief:
        mine = [it for it in mine if any(one.code in {"doubt", "limited", "changed"} for one in it.noted)]
    most = next((it.result.scope for it in found.standings if it.result), None)
    over = () if seen.one else found.over
    return shown.Scores(
        block,
        found.basis,
        rubric.official if rubric else True,
        rubric.rounding.places if rubric else 2,
        most,
        tuple(_score(seen, it, tied=places[it.rank] > 1 if it.rank else False) for it in mine),
        tuple(shown.Over(it.band.name, len(it.units), it.allowed, it.of, it.quota.percent) for it in over),
    )


def _score(seen: Seen, it: Standing, *, tied: bool) -> shown.ShownScore:
    review = seen.opinions.get(it.unit.id)
    stage = review.review.stage if review else None
    number, blanks = (review.review.round, len(review.result().blanks)) if review else (None, None)
    notes = tuple((one.code, "" if seen.public else one.reason) for one in it.noted)
    spot = seen.spot(_score_file(seen, review)) if review else None
    return shown.ShownScore(
        seen.names[it.unit.id], it.rank, it.self_total, it.verified, it.official, it.difference, it.band, stage, number,
        blanks, tied, notes, spot,
    )  # fmt: skip


def _score_file(seen: Seen, review: Reviewing) -> Path:
    """Tell where a score stands: in its review, in what the unit sent, or still in the unit's own file."""
    if review.begun:
        return review.kept.path
    return review.self_path if review.self_path.exists() else seen.opened.workspace.score_file(review.unit.id)


def score_lines(seen: Seen) -> tuple[shown.ShownLine, ...]:
    """Tell a unit's score line by line, as it was sent and as it was found."""
    review = seen.opinions.get(seen.units[0].id)
    if review is None:
        return ()
    mine = {line.criterion.id: line.points for line in review.self_result.lines}
    reasons = {} if seen.public else {one.criterion: one.reason for one in review.review.changes}
    told = ((it, it.criterion.id, it.criterion.title) for it in review.result().lines)
    return tuple(
        shown.ShownLine(id_, title, it.most, mine[id_], it.points, reasons.get(id_)) for it, id_, title in told
    )
