"""What a page tells of what it is given: the report of the day, today's list, the grid, in the order they are read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from danvan_cli.lang import _
from danvan_cli.page import charts, words
from danvan_cli.page.shown import Alert
from danvan_cli.scoring.figures import grown_by, plain_figure, shown_points
from danvan_cli.text import day, number, sort_key, squeeze

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from danvan_cli.page import shown

LISTED = 300
"""So many units stand under one line of today; of more the grid tells."""


@dataclass(frozen=True)
class _Group:
    """A line of today: of which kind, what it concerns, how many, each of them as far as they are listed."""

    kind: words.AlertForm
    one: Alert
    count: int
    alerts: tuple[Alert, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class View:
    """A page's parts that have to be worked out."""

    current: shown.ShownReport | None
    today: list[_Group]
    grid: list[tuple[shown.BlockName, list[tuple[shown.ShownUnit, list[shown.ShownCell | None]]]]]
    """Each unit with a cell for each report, None where it does not owe it."""
    wrong: list[tuple[shown.BlockName, list[tuple[shown.ShownUnit, list[Alert]]]]]
    """Who has something to see to, in place of a grid of very many units."""
    sections: dict[str, str]
    """The parts of the page that have something to tell, by their ids."""
    number_of: dict[str, int]
    units: str
    """Each unit in a line for the filter: name, block, states, by its number."""

    def mark(self, *units: shown.ShownUnit) -> Markup:
        """Say whose something is, for the filter: an attribute."""
        found = " ".join(str(self.number_of[one.id]) for one in units if one.id in self.number_of)
        return Markup(f' data-u="{found}"') if found else Markup()  # noqa: S704 - numbers alone


def view(page: shown.Page) -> View:
    """Work out what a page tells."""
    named = {one.id: one for one in _named(page)}
    units = sorted(named.values(), key=lambda one: sort_key(one.name))
    states: dict[str, set[str]] = {}
    cells: dict[str, dict[str, shown.ShownCell]] = {}
    for cell in page.cells:
        cells.setdefault(cell.unit, {})[cell.report] = cell
        states.setdefault(cell.unit, set()).add(words.state_of(cell))
    wrong: dict[str, list[Alert]] = {}
    for alert in page.alerts:
        if alert.unit and alert.kind != "due":
            wrong.setdefault(alert.unit.id, []).append(alert)
            states.setdefault(alert.unit.id, set()).update(("wrong", alert.kind))
    of_block = [(block, [one for one in units if one.block == block.id]) for block in page.blocks]
    grid = [
        (block, [(one, [cells.get(one.id, {}).get(report.id) for report in page.reports]) for one in those])
        for block, those in of_block
        if those and page.cells
    ]
    troubled = [(block, [(one, wrong[one.id]) for one in those if one.id in wrong]) for block, those in of_block]
    told = ((squeeze(one.name), one.block, " ".join(sorted(states.get(one.id, ())))) for one in units)
    return View(
        current=_current(page),
        today=list(_today(page)),
        grid=grid,
        wrong=[one for one in troubled if one[1]],
        sections=_sections(page),
        number_of={one.id: i for i, one in enumerate(units)},
        units="\n".join(map("\t".join, told)),
    )


def _named(page: shown.Page) -> Iterator[shown.ShownUnit]:
    """Give the units that the page names anywhere."""
    yield from (one.unit for one in page.alerts if one.unit)
    for figures in page.figures:
        yield from (*figures.missing, *figures.unread, *(one.unit for row in figures.rows for one in row.units))
    yield from (one.unit for block in page.scores for one in block.rows)
    yield from (unit for one in page.obstacles for unit in one.units)
    yield from page.units


def _sections(page: shown.Page) -> dict[str, str]:
    alone = page.about.scope == "unit"
    every = {
        "now": (_("Việc tiếp theo") if alone else _("Hôm nay"), True),
        "grid": (_("Báo cáo, hồ sơ") if alone else _("Theo dõi"), bool(page.cells or page.reports)),
        "figures": (_("Số liệu"), bool(page.figures)),
        "tasks": (_("Nhiệm vụ"), bool(page.progress or page.duties)),
        "scores": (_("Điểm"), bool(page.scores or page.lines)),
        "obstacles": (_("Khó khăn, vướng mắc"), bool(page.obstacles)),
        "year": (_("Cả năm"), bool(page.year)),
    }
    return {id_: said for id_, (said, told) in every.items() if told}


def _current(page: shown.Page) -> shown.ShownReport | None:
    """Choose the report of the day: whose last day is nearest to it, of those the one that most owe."""
    dated = [(abs((one.last - page.about.as_of).days), -one.totals["owed"], i, one)
             for i, one in enumerate(page.reports) if one.last and one.totals["owed"]]  # fmt: skip
    return min(dated)[-1] if dated else next((one for one in page.reports if one.totals["owed"]), None)


def _today(page: shown.Page) -> Iterable[_Group]:
    """Give the lines of today: what is overdue or returned by report, what falls due thing by thing, the rest by kind."""
    for kind, told in words.alert_kinds().items():
        mine = [one for one in page.alerts if one.kind == kind]
        if kind == "due":
            mine.sort(key=lambda one: -_weight(one))
            yield from (_Group(told, one, one.count or 1) for one in mine)
            continue
        named = kind in {"overdue", "returned"}
        for about in dict.fromkeys(one.about if named else None for one in mine):
            here = [one for one in mine if not named or one.about == about]
            here.sort(key=lambda one: (-_weight(one), sort_key(one.unit.name if one.unit else "")))
            days = {one.day for one in here}
            both = Alert(here[0].kind, about=about, day=days.pop() if named and len(days) == 1 else None)
            count = sum(1 if one.unit or kind == "letter" else one.count or 1 for one in here)
            yield _Group(told, both, count, tuple(here[:LISTED]), max(0, len(here) - LISTED))


def _weight(one: Alert) -> int:
    """Tell how much an alert presses: days over."""
    days = one.days or 0
    return days if one.kind in {"overdue", "answer"} else -days


def parts(totals: dict[str, int]) -> list[charts.Slice]:
    """Give the parts that what is owed adds up of."""
    counts = {**totals, "ahead": totals["missing"] - totals["overdue"]}
    return [charts.Slice(name, counts[name], said) for name, said in words.words_for("parts").items()]


def states_of(cells: Sequence[shown.ShownCell]) -> dict[str, int]:
    """Count a unit's cells as the totals of reports are counted."""
    found = Counter(words.state_of(cell) for cell in cells if cell.state != "exempt")
    sent = found["submitted"] + found["late"] + found["returned"]
    return {
        "owed": found.total(), "in_time": found["submitted"], "late": found["late"], "overdue": found["overdue"],
        "returned": found["returned"], "missing": found.total() - sent,
    }  # fmt: skip


def progress_parts(area: shown.AreaProgress) -> list[charts.Slice]:
    """Give the parts of an area's tasks."""
    return [charts.Slice(name, getattr(area, name), said) for name, said in words.words_for("progress").items()]


def last_said(last: date, as_of: date) -> str:
    """Say a last day, and how far it is."""
    left = (last - as_of).days
    if left < 0:
        return _("hạn cuối {day}, đã qua {days} ngày", day=day(last), days=-left)
    return _("hạn cuối {day}, còn {days} ngày", day=day(last), days=left)


def due_said(one: Alert) -> str:
    """Say how it stands with a thing that falls due, with its day."""
    said = words.alert_said(one)
    return f"{said}, {_('hạn {day}', day=day(one.day))}" if one.day and one.kind != "letter" and said else said


def share(count: int, whole: int) -> str:
    """Give a share in whole parts of a hundred, half up; nothing of nothing."""
    return f"{(200 * count + whole) // (2 * whole)}%" if whole else ""


# Figures -----------------------------------------------------------------------------------------------------------------


def change(row: shown.ShownFigureRow) -> str:
    """Say how much more or less there is over the units that have both."""
    if row.before is None or row.now is None:
        return ""
    by = grown_by(row.measure, row.before, row.now)
    return _signed(row.now - row.before, plain_figure) + (f" ({_signed(by, number)}%)" if by is not None else "")


def _signed(value: Decimal, write: Callable[[Decimal], str]) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{write(abs(value))}"


def odd(row: shown.ShownFigureRow) -> list[shown.UnitFigure]:
    """Give the figures that stand out."""
    found = [one for one in row.units if one.breaks or one.far]
    return sorted(found, key=lambda one: (not one.breaks, sort_key(one.unit.name)))


def matrix(
    rows: Sequence[shown.ShownFigureRow], order: dict[str, int], *, before: bool
) -> list[tuple[shown.ShownUnit, list[tuple[str, str]]]]:
    """Give each unit's figures of this time, and of last time if asked, in the order of the indicators."""
    units = {one.unit.id: one.unit for row in rows for one in row.units}
    by = [
        {one.unit.id: (figure(one.value), figure(one.previous) if before else "") for one in row.units} for row in rows
    ]
    those = sorted(units.values(), key=lambda one: order.get(one.id, 0))
    return [(unit, [held.get(unit.id, ("", "")) for held in by]) for unit in those]


def figure(value: Decimal | None) -> str:
    """Write a figure; nothing where it is not known."""
    return plain_figure(value) if value is not None else ""


# Scores ------------------------------------------------------------------------------------------------------------------


def signed(value: Decimal | None, places: int) -> str:
    """Write a difference with its sign."""
    return "" if value is None else _signed(value, lambda one: shown_points(one, places))
