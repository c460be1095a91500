"""What a page shows, as plain values: gathered by `desk`, laid out by this room. Codes, not words; nothing here is markup.

Texts are as people wrote them, any characters in any length. On a public page what it leaves out is already gone (None, empty).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

Scope = Literal["province", "unit"]
"""All units of a workspace (a province's, a district's or a commune's that gathers), or one of them."""


@dataclass(frozen=True, slots=True)
class ShownSpot:
    """Where something stands: as shown (`units/so-y-te/unit.yaml:41`), and a link to it from where the page lies.

    No link where there is none: the page lies elsewhere, or is public.
    """

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What the page is of: on its face."""

    scope: Scope
    title: str
    issuer: str
    """Whose page it is: the coordinator's or the unit's full name."""
    plan: str
    """The plan as cited: number, day, subject."""
    draft: bool
    year: str
    as_of: date
    digest: str
    """The plan's revision: the first 12 digits of its bytes' SHA-256, as units adopt it."""
    commit: str | None = None
    """The commit that gave the plan as it is, or (`dirty`) that it was changed since; None where git knows of none."""
    dirty: bool = False
    public: bool = False
    brief: bool = False
    """Over so many units that only totals by block and what is wrong are told."""
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """A unit: its id, name, block; a link to its own part of the workspace."""

    id: str
    name: str
    block: str
    spot: ShownSpot | None = None


@dataclass(frozen=True, slots=True)
class BlockName:
    """A block of units, in the plan's order."""

    id: str
    name: str


AlertKind = Literal[
    "overdue", "returned", "due", "letter", "answer", "report", "figures", "log", "choice", "rest", "confirm", "broken"
]
"""What is wrong or near: overdue; returned; due within 10 days; a letter drafted without a number; an answer due that
passed; then what waits (`desk/waiting`); a receipt that cannot be read."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing of today. `days`: overdue, passed: how many days; due, returned: how many are left (negative: passed).

    `count` is how much of it a unit has; without one unit, of how many it is told: what is due has one for each thing and day.
    """

    kind: AlertKind
    unit: ShownUnit | None = None
    about: str | None = None
    """What it concerns, by name: a report, a task."""
    days: int | None = None
    day: date | None = None
    count: int | None = None
    reason: str | None = None
    spot: ShownSpot | None = None


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """One sending of a report: both days, its own number and the number given on arrival; what was returned, why, by when."""

    received: date
    issued: date | None
    symbol: str | None
    number: str | None
    """Số đến."""
    spot: ShownSpot | None
    counts: bool
    returned: date | None = None
    reason: str | None = None
    again_by: date | None = None


@dataclass(frozen=True, slots=True)
class ShownReminder:
    """A letter that urged for it: a draft where it has no number."""

    number: str | None
    day: date | None
    as_of: date
    answer_by: date | None
    spot: ShownSpot | None = None


@dataclass(frozen=True, slots=True)
class ShownCell:
    """What stands between a unit and one report, as `status` tells it (`delivery/status.StatusRow`)."""

    unit: str
    report: str
    state: str
    days: int | None
    last: date | None
    unread: bool = False
    versions: tuple[ShownVersion, ...] = ()
    reminders: tuple[ShownReminder, ...] = ()
    extended_from: date | None = None
    extended_by: str | None = None
    """The document by which its day was put off; `exempt_by` by which it is let off."""
    exempt_by: str | None = None
    own_number: str | None = None
    """On a unit's page: the number and day under which it says that it issued this."""
    own_day: date | None = None


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A report, a plan, a self-score that units owe; its counts over all units (`province/tracking.totals`), by block too."""

    id: str
    name: str
    last: date | None
    totals: dict[str, int]
    by_block: dict[str, dict[str, int]]
    spot: ShownSpot | None = None


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """A unit's figure: it stands out where it breaks checks of the plan (`breaks`, as the plan says them) or is `far`.

    Far from last time's: at least 5 times as much, or a fifth of it or less. That is ours and no rule of anybody's.
    """

    unit: ShownUnit
    value: Decimal | None
    previous: Decimal | None
    breaks: tuple[str, ...] = ()
    far: bool = False
    spot: ShownSpot | None = None


@dataclass(frozen=True, slots=True)
class ShownFigureRow:
    """An indicator over the units that reported, by its own rule (`province/summary.Total`); None: not summed up."""

    id: str
    name: str
    measure: str
    over_units: str
    value: Decimal | None
    estimate: Decimal | None
    known: int
    """How many units have it; `owed` of how many that owe the report."""
    owed: int
    before: Decimal | None
    """With `now`: last time's and this time's over the `both` units that have both."""
    now: Decimal | None
    both: int
    units: tuple[UnitFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownFigures:
    """The figures of one report: who reported, who did not, each indicator."""

    report: str
    name: str
    """The period's."""
    rows: tuple[ShownFigureRow, ...]
    missing: tuple[ShownUnit, ...] = ()
    unread: tuple[ShownUnit, ...] = ()
    beside: str = ""
    """The period that they are held against, by its name; empty where there is none."""


@dataclass(frozen=True, slots=True)
class AreaProgress:
    """How far the tasks of an area are, over the units that reported (`province/summary.Summary.states`)."""

    id: str
    title: str
    done: int
    doing: int
    todo: int
    unknown: int
    spot: ShownSpot | None = None


@dataclass(frozen=True, slots=True)
class ShownProgress:
    """Progress by area, as of one report."""

    report: str
    name: str
    areas: tuple[AreaProgress, ...]


@dataclass(frozen=True, slots=True)
class ShownScore:
    """A unit in its block (`province/ranking.Standing`). `stage` as in `review show`, None where nothing came."""

    unit: ShownUnit
    rank: int | None
    self_total: Decimal | None
    verified: Decimal | None
    official: Decimal | None
    difference: Decimal | None
    band: str | None
    stage: str | None
    round: int | None
    blanks: int | None
    """Criteria without an opinion."""
    tied: bool = False
    notes: tuple[tuple[str, str], ...] = ()
    """Codes of `province/notes.NOTES` with their reasons; `doubt`: the claim goes against the tracking book."""
    spot: ShownSpot | None = None


@dataclass(frozen=True, slots=True)
class Over:
    """More units in a band than its quota allows."""

    band: str
    count: int
    allowed: int
    of: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Scores:
    """A block's ranking. `places`: digits after the sign; `most`: the most points there are."""

    block: BlockName
    basis: str
    official_rubric: bool
    places: int
    most: Decimal | None
    rows: tuple[ShownScore, ...]
    over: tuple[Over, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownObstacle:
    """What units raised in the same words and of which the same has become. `state`: open, forwarded, answered."""

    text: str
    proposals: tuple[str, ...]
    units: tuple[ShownUnit, ...]
    state: str
    answers: tuple[str, ...] = ()
    document: str | None = None
    kind: str | None = None
    spot: ShownSpot | None = None


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of the year's line: a report or tasks due, with how many of how many did it (None: not known)."""

    day: date
    name: str
    kind: Literal["report", "task"]
    done: int | None
    of: int | None
    spot: ShownSpot | None = None


Lack = Literal["result", "evidence", "changed", "new"]


@dataclass(frozen=True, slots=True)
class Duty:
    """One task of a unit, on its own page. `state`: done, doing, todo, none (not for it); what its next report still lacks."""

    id: str
    text: str
    area: str
    state: str
    last: date | None
    days: int | None
    lacks: tuple[Lack, ...] = ()
    lead: str | None = None
    result: str | None = None
    spot: ShownSpot | None = None


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One criterion of a unit's score, on its own page."""

    id: str
    title: str
    most: Decimal
    claimed: Decimal | None
    verified: Decimal | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """What to do next, on a unit's own page: what of, by when, and the command that does it.

    `code`: of `unit/progress.Code`, or `begin` where the unit has no file yet.
    """

    code: str
    about: str
    count: int | None = None
    day: date | None = None
    command: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """All that a page shows. What has nothing to tell is empty, and its section says so or is left out."""

    about: About
    blocks: tuple[BlockName, ...]
    units: tuple[ShownUnit, ...]
    alerts: tuple[Alert, ...]
    reports: tuple[ShownReport, ...]
    cells: tuple[ShownCell, ...]
    figures: tuple[ShownFigures, ...] = ()
    progress: tuple[ShownProgress, ...] = ()
    scores: tuple[Scores, ...] = ()
    obstacles: tuple[ShownObstacle, ...] = ()
    year: tuple[YearDay, ...] = ()
    duties: tuple[Duty, ...] = ()
    lines: tuple[ShownLine, ...] = ()
    next: tuple[Next, ...] = ()
