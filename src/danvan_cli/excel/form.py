"""What a workbook is made of: sheets of rows, each cell bound to a field of the unit's files or to nothing; how it is typed.

A field is a path: `("unit", "tasks", "II.1.1", "lead")`, `("score", "answers", "1.1", "level")`. An item of a list has
its index in the path, or a name that begins with `+` while it is only an empty row. Values are held as one text each,
empty for a blank, so that two of them are the same or not: days in ISO, figures plain, choices by their id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeVar

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.ooxml.xlsx import address
from danvan_cli.plan.days import misdated, misdue
from danvan_cli.text import clean, day, fold, number, perhaps, secret_mark, squeeze
from danvan_cli.typed import TIMES, iso_day, misfigured, typed_day, typed_figure
from danvan_cli.unit.typed import due

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from danvan_cli.ooxml.xlsx import Value
    from danvan_cli.plan.model import Plan
    from danvan_cli.typed import FigureKind

Path = tuple[str, ...]
_Item = TypeVar("_Item")
Name = Literal["text", "long", "day", "due", "number", "count", "points", "choice", "flag"]

KEY_ROW: Final = 0
HEAD_ROW: Final = 3
FIRST_ROW: Final = 4
"""Of each sheet, from 0: the hidden row of column keys, the row of headings, the first row of data."""
KEY_MARK: Final = "danvan:"
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
    of: str = ""
    """The column that says what a cell of this one is about, besides its row's name."""


@dataclass(slots=True)
class SheetRow:
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
    rows: list[SheetRow] = field(default_factory=list)
    named: tuple[str, ...] = ("id",)
    """The columns that tell a person which row this is; where they are fixed, they must agree with its key."""
    chart: tuple[int, int] | None = None
    """The first and last row of the points by area, for the chart."""

    def column(self, key: str) -> str:
        """Give a column's letter; A is the hidden one of row keys."""
        return address(0, 1 + next(i for i, one in enumerate(self.columns) if one.key == key))[:-1]


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


def field_text(value: date | Decimal | str | int | None) -> str:
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
            field_text(getattr(item, "partners" if key == "with" else key, None)),
            (*path, key),
            kind,
            wanted=key in wanted,
        )
        for key, kind in kinds.items()
    }


def item_places(given: Sequence[_Item], empty: int) -> Iterator[tuple[str, _Item | None]]:
    """Walk the items of a list with their places, then so many empty ones."""
    yield from ((str(at), one) for at, one in enumerate(given))
    yield from ((f"{NEW}{number}", None) for number in range(1, empty + 1))


# A cell's value as a person typed it, read as a field holds it -------------------------------------------------------


_YES: Final = {"x", "co", "v", "1", "true", "dung", "yes", "khong ap dung", "kad"}
_NO: Final = {"", "khong", "0", "false", "no"}
_NUMBERED: Final = re.compile(r"^\d+\.\s*")


def canonical(cell: Value | None, kind: CellKind) -> str:
    """Read a cell as its field's one text; empty for a blank.

    Raises:
        UsageError: if it is nothing that may be typed there, with what to write instead.
    """
    if cell is None or cell.value == "":
        return ""
    if cell.error:
        raise UsageError(_("ô báo lỗi {value}", value=str(cell.value)[:20]), help=_("gõ thẳng giá trị vào ô"))
    value = cell.value
    if kind.name in _WORDS and isinstance(value, (bool, date)):  # Excel has made it of what was typed
        raise UsageError(
            _("ô là ngày hoặc đúng/sai của Excel, cần chữ"), help=_("đổi định dạng ô thành Text rồi gõ lại")
        )
    if isinstance(value, bool):
        value = "x" if value else ""
    if isinstance(value, str):
        value = clean(value)
        if secret_mark(value):
            raise UsageError(_("ô mang dấu chỉ độ mật"), help=_("bỏ nội dung mật ra khỏi sổ; báo cáo theo đường riêng"))
        if not value.strip():
            return ""
    return _read(value, kind, percent=cell.percent)


def _read(value: Any, kind: CellKind, *, percent: bool) -> str:
    said = _as_text(value, percent=percent)
    match kind.name:
        case "text":
            return squeeze(said)
        case "long":
            return "\n".join(line.rstrip() for line in said.strip().split("\n"))
        case "choice":
            return _choice(squeeze(said), kind)
        case "flag":
            return _flag(squeeze(fold(said)))
        case "day" | "due":
            return _when(value, kind)
    return _number(value, kind, percent=percent)


_WORDS: Final = frozenset({"text", "long"})
"""Kinds of cells that hold what somebody has written."""


def _as_text(value: Any, *, percent: bool) -> str:
    match value:
        case date():
            return day(value)
        case Decimal():
            shown = f"{(value * 100 if percent else value).normalize():f}".replace(".", ",")
            return f"{shown}%" if percent else shown
    return str(value)


def _when(value: Any, kind: CellKind) -> str:
    if isinstance(value, Decimal) and kind.name == "day":
        raise UsageError(_("«{value}» không phải ngày", value=value), help=_("viết như 10/2/2023"))
    if isinstance(value, Decimal):
        raise UsageError(
            _("«{value}» không phải thời gian", value=value), help=_("viết như: {examples}", examples=", ".join(TIMES))
        )
    return field_text(value if isinstance(value, date) else typed_day(value) if kind.name == "day" else due(value))


def _number(value: Any, kind: CellKind, *, percent: bool) -> str:
    if isinstance(value, date):
        raise UsageError(_("ô là ngày, cần một số"), help=_("đổi định dạng ô thành Number rồi gõ lại"))
    counted: FigureKind | None = "count" if kind.name == "count" else kind.figure
    if isinstance(value, str):
        bare = value.rstrip().removesuffix("%")
        written = bare != value.rstrip()
        value = typed_figure(bare, None if written else counted)
        if value is None:
            return ""
        percent, value = percent or written, value / 100 if written else value
    if value < 0 and counted != "amount":
        raise UsageError(_("số {value} nhỏ hơn 0", value=number(value)), help=_("ghi một số từ 0 trở lên"))
    if percent and counted == "count":
        told = _("«{value}» là tỷ lệ, cần một số đếm", value=_as_text(value, percent=True))
        raise UsageError(told, help=_("ghi một số nguyên"))
    if percent and counted == "percent":
        value *= 100
    if counted and (wrong := misfigured(value, counted)):
        raise wrong
    return f"{value.normalize():f}"


def _choice(said: str, kind: CellKind) -> str:
    known: dict[str, str] = {}
    for i, (name, shown) in enumerate(kind.choices, start=1):
        numbered = _NUMBERED.match(shown) is not None
        ways = (shown, name, _NUMBERED.sub("", shown), *((str(i), f"{i}.") if numbered else ()))
        for way in ways:
            known.setdefault(fold(squeeze(way)), name)
    if (got := known.get(fold(said))) is not None:
        return got
    names = [shown for _name, shown in kind.choices]
    hint = perhaps(said, names) or _("chọn trong danh sách: {names}", names="; ".join(names)[:300])
    raise UsageError(_("không có lựa chọn «{value}»", value=said[:60]), help=hint)


def _flag(said: str) -> str:
    if said in _YES:
        return "x"
    if said in _NO:
        return ""
    raise UsageError(
        _("không rõ «{value}»", value=said[:40]), help=_("gõ x nếu không áp dụng, để trống nếu có áp dụng")
    )


def value_of(text: str, kind: CellKind) -> object:
    """Give a field's value as its file holds it; None for a blank."""
    if text == "":
        return None
    match kind.name:
        case "day":
            return date.fromisoformat(text)
        case "due":
            return iso_day(text) or text
        case "number" | "points":
            return Decimal(text)
        case "count":
            return int(text)
        case "flag":
            return True
    return text


_FIGURE: Final = re.compile(r"-?\d{1,18}(?:\.\d{1,18})?", re.ASCII)


def shown_cell(text: str, kind: CellKind) -> str:
    """Write a field's value as the screen and the sheet do."""
    if text == "":
        return _("(trống)")
    match kind.name:
        case "day" | "due" if when := iso_day(text):
            return day(when)
        case "number" | "count" | "points":
            return number(Decimal(text)) if _FIGURE.fullmatch(text) else text
        case "choice":
            return dict(kind.choices).get(text, text)
    flat = squeeze(text)
    return f"«{flat if len(flat) <= 60 else flat[:59] + '…'}»"
