"""What a workbook is made of: sheets of rows, each cell bound to a field of the unit's files or to nothing.

A field is a path: `("unit", "tasks", "II.1.1", "lead")`, `("score", "answers", "1.1", "level")`. An item of a list has
its index in the path, or a name that begins with `+` while it is only an empty row. Values are held as one text each,
empty for a blank, so that two of them are the same or not: days in ISO, figures plain, choices by their id.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeVar

from danvan_cli.plan.days import misdated, misdue
from danvan_cli.typed import iso_day

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from danvan_cli.errors import UsageError
    from danvan_cli.plan.model import Plan
    from danvan_cli.typed import FigureKind

Path = tuple[str, ...]
Item = TypeVar("Item")
Name = Literal["text", "long", "day", "due", "number", "count", "points", "choice", "flag"]

KEY_ROW: Final = 0
HEAD_ROW: Final = 3
FIRST_ROW: Final = 4
"""Of each sheet, from 0: the hidden row of column keys, the row of headings, the first row of data."""
MARK: Final = "danvan:"
"""What a column's key begins with in the hidden row; the hidden column of row keys is `danvan:#`."""
BASE: Final = "danvan"
"""The hidden sheet of the baseline."""
LISTS: Final = "danvan_ds"
"""The hidden sheet of what may be chosen."""
FORMAT: Final = "danvan-workbook/1"
OPEN: Final = "=open"
"""The hidden column in which each row counts its blanks."""
NEW: Final = "+"
"""What the place of an item begins with that is not there yet."""


class CellKind(NamedTuple):
    """What may be typed into a cell."""

    name: Name = "text"
    choices: tuple[tuple[str, str], ...] = ()
    most: Decimal | None = None
    step: Decimal | None = None
    figure: FigureKind | None = None


TEXT: Final = CellKind("text")
LONG: Final = CellKind("long")
DAY: Final = CellKind("day")
DUE: Final = CellKind("due")
NUMBER: Final = CellKind("number")
FIGURES: Final[dict[FigureKind, CellKind]] = {
    "count": CellKind("number", figure="count"),
    "amount": CellKind("number", figure="amount"),
    "percent": CellKind("number", figure="percent"),
}
"""A figure of an indicator, by what that counts; a percentage of `75%` is 75 there, and 0,75 elsewhere."""
COUNT: Final = CellKind("count")
FLAG: Final = CellKind("flag", (("x", "x"),))


class Formula(NamedTuple):
    """A live formula and the value that it has now."""

    text: str
    value: str | Decimal | int


class FormCell(NamedTuple):
    """A cell: a field that may be typed (`kind`), or something fixed to be read only."""

    value: str | Decimal | int | Formula
    path: Path = ()
    kind: CellKind | None = None
    wanted: bool = False
    """Whether it is coloured while it is blank."""


class Column(NamedTuple):
    """A column: its key, heading and width in characters."""

    key: str
    title: str
    width: float
    places: int | None = None
    """So many decimals for points; None for a figure as it is."""


@dataclass(slots=True)
class Row:
    """A row; `key` tells it again however the sheet was sorted, `look` how it is drawn."""

    key: str
    cells: dict[str, FormCell]
    look: Literal["row", "group", "heading", "total"] = "row"


@dataclass(slots=True)
class Sheet:
    """A sheet: one table under a title and a line that says what to do."""

    key: str
    title: str
    about: str
    columns: list[Column]
    rows: list[Row] = field(default_factory=list)
    named: tuple[str, ...] = ("id",)
    """The columns that tell a person which row this is; where they are fixed, they must agree with its key."""
    chart: tuple[int, int] | None = None
    """The first and last row of the points by area, for the chart."""

    def column(self, key: str) -> str:
        """Give a column's letter; A is the hidden one of row keys."""
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[1 + next(i for i, one in enumerate(self.columns) if one.key == key)]


@dataclass(slots=True)
class Form:
    """A unit's whole workbook, and what of it may be recorded."""

    unit: str
    plan: Plan
    sheets: list[Sheet]
    lists: dict[Path, dict[str, CellKind]] = field(default_factory=dict)
    """Each list that rows may be added to: what an item of it holds."""

    def misdated(self, told: str, kind: CellKind) -> UsageError | None:
        """Say why a day that was typed cannot be meant: what is done lies not ahead, nothing far from the plan's years."""
        if not told or kind.name not in {"day", "due"}:
            return None
        when = iso_day(told)
        if kind.name == "due":
            return misdue(when or told, self.plan, other_year=False)
        return misdated(when, self.plan.years, other_year=False) if when else None

    def cells(self) -> Iterator[tuple[Sheet, int, str, FormCell]]:
        """Walk the cells that may be typed: sheet, row from 0, column key, cell."""
        for sheet in self.sheets:
            for i, row in enumerate(sheet.rows):
                for key, cell in row.cells.items():
                    if cell.kind is not None:
                        yield sheet, i, key, cell


def excel_row(index: int) -> int:
    """Give the number that Excel shows for a row of data."""
    return index + FIRST_ROW + 1


def capital(text: str) -> str:
    """Begin a heading with a capital."""
    return text[:1].upper() + text[1:]


def told(value: date | Decimal | str | int | None) -> str:
    """Write a value of the unit's files as a field's one text."""
    match value:
        case None:
            return ""
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value.normalize():f}"
    return str(value)


def item_cells(
    path: Path, item: object, kinds: Mapping[str, CellKind], wanted: Collection[str] = (), *, prefix: str = ""
) -> dict[str, FormCell]:
    """Give the cells of an item of a list, or of an empty place for one (None)."""
    return {
        f"{prefix}{key}": FormCell(
            told(getattr(item, "partners" if key == "with" else key, None)), (*path, key), kind, wanted=key in wanted
        )
        for key, kind in kinds.items()
    }


def places(given: Sequence[Item], empty: int) -> Iterator[tuple[str, Item | None]]:
    """Walk the items of a list with their places, then so many empty ones."""
    yield from ((str(at), one) for at, one in enumerate(given))
    yield from ((f"{NEW}{number}", None) for number in range(1, empty + 1))
