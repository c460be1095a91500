"""A workbook as it came in: its sheets' rows and columns by their hidden keys, and what it brings."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.excel.baseline import fixed_print, flat
from danvan_cli.excel.form import KEY_MARK, Formula
from danvan_cli.lang import _
from danvan_cli.ooxml.xlsx import address
from danvan_cli.text import clean, squeeze
from danvan_cli.yaml.yamlfile import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from danvan_cli.excel.form import CellKind, FormCell, Path, Sheet, SheetRow
    from danvan_cli.ooxml.xlsx import Value, XlsxSheet

_NAMED: Final = 5
"""So many cells of a sheet are named; the others are counted."""


class CellFault(NamedTuple):
    """What is wrong in a cell, and what to write instead."""

    cell: str
    message: str
    help: str | None = None
    path: Path = ()
    """The field, where it is known."""


class CellChange(NamedTuple):
    """A field that a person changed: where, what it held when sent, what now."""

    cell: str
    about: str
    path: Path
    kind: CellKind
    old: str
    new: str


class ListItem(NamedTuple):
    """An item of a list that a person added (`at` None) or emptied."""

    cell: str
    about: str
    path: Path
    at: int | None
    values: dict[str, str]


class Conflict(NamedTuple):
    """A field that was changed in the workbook and, otherwise, in the unit's files."""

    change: CellChange
    now: str


@dataclass
class Edits:
    """What a workbook brings."""

    changes: list[CellChange] = field(default_factory=list)
    added: list[ListItem] = field(default_factory=list)
    removed: list[ListItem] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    total: tuple[str, Decimal] | None = None
    """The total that the workbook shows, and its cell; never trusted, only compared."""


def cell_text(there: Value) -> str:
    """Give what a cell says, in one line."""
    return squeeze(clean(str(there.value)))


class IncomingSheet:
    """A sheet as it came in, beside `sheet`: as it would be written now, if it would be at all.

    `columns` tells where columns stand by their keys, `keys` the keys of rows; `used` are the cells that were read, or
    of which something else is said.
    """

    def __init__(self, page: XlsxSheet, corner: tuple[int, int], sheet: Sheet | None) -> None:
        self.page, self.sheet = page, sheet
        self.title = page.title
        self.rows: dict[int, dict[int, Value]] = {}
        self.columns: dict[str, int] = {}
        self.used: set[tuple[int, int]] = set()
        head, self._margin = corner
        for (at, column), value in page.cells.items():
            if at > head:
                self.rows.setdefault(at, {})[column] = value
            elif at == head and column != self._margin and str(value.value).startswith(KEY_MARK):
                self.columns[str(value.value).removeprefix(KEY_MARK)] = column
        self.keys = {at: str(cells[self._margin].value) for at, cells in self.rows.items() if self._margin in cells}
        self._now = {row.key: row for row in sheet.rows} if sheet else {}

    @cached_property
    def _texts(self) -> dict[str, set[str]]:
        """What would be written now into each column."""
        found: dict[str, set[str]] = {}
        for row in self._now.values():
            for key, cell in row.cells.items():
                if cell.kind is None and isinstance(cell.value, str) and cell.value:
                    found.setdefault(key, set()).add(squeeze(clean(cell.value)))
        return found

    def _wrote(self, there: Value, cell: FormCell | None, key: str) -> bool:
        """Tell whether danvan wrote what a cell says: as it would now, or as it would now into another row."""
        if cell and cell.value:
            return flat(cell.value) == flat(there.value)
        return there.formula or cell_text(there) in self._texts.get(key, ())

    def spot(self, at: int, column: int | str | None = None) -> str:
        """Name a cell as spreadsheets do; the first of its row where no column is known."""
        place = self.columns.get(column, 0) if isinstance(column, str) else column
        return f"{self.title}!{address(at, self._margin + 1 if place is None else place)}"

    def cell(self, at: int, key: str) -> Value | None:
        """Give a row's cell in a column; None for a blank one, and where the column is gone."""
        return self.rows[at].get(self.columns.get(key, -1))

    def row(self, at: int) -> SheetRow | None:
        """Give a row as it would be written now."""
        return self._now.get(self.keys.get(at, ""))

    def about(self, at: int, key: str) -> str:
        """Say what a cell is about: its row's name, its column's heading, and of what period or part it is."""
        row = self.row(at)
        if row is None or self.sheet is None:
            return key
        named = (row.cells[one].value for one in self.sheet.named if one in row.cells)
        name = next((str(value) for value in named if value), "")
        column = next((one for one in self.sheet.columns if one.key == key), None)
        title, of = (column.title, row.cells.get(column.of)) if column else (key, None)
        title += f" ({of.value})" if of else ""
        return f"{shortened(name)}, {title[:1].lower()}{title[1:]}" if name else title

    def use(self, at: int, columns: Mapping[int, object] | set[int]) -> None:
        """Note that cells of a row were read."""
        self.used |= {(at, column) for column in columns}

    def typed_over(self, *, same_plan: bool, as_sent: str | None) -> Iterator[str]:
        """Say which cells hold what a person typed and nobody reads.

        Args:
            same_plan: whether texts of the plan must be as they are now.
            as_sent: the fingerprint of what was sent, where it is known: as long as that is there nobody has typed.
        """
        columns = {column: key for key, column in self.columns.items()}
        unread = (
            (self.keys.get(at, ""), columns.get(column, str(column)), there.value)
            for at, cells in self.rows.items()
            for column, there in cells.items()
            if column != self._margin and (at, column) not in self.used and not there.formula
            if self.keys.get(at) != "=head"
        )
        if fixed_print(unread) == as_sent:
            return
        lost = []
        for at in sorted(self.rows):
            row = self.row(at)
            for column, there in sorted(self.rows[at].items()):
                counted = columns.get(column) == "n" and cell_text(there).isdecimal()  # says which row it is, no more
                if column == self._margin or (at, column) in self.used or there.value == "" or counted:
                    continue
                cell = row.cells.get(columns.get(column, "")) if row else None
                if cell and isinstance(cell.value, Formula):
                    if not there.formula:
                        spot = self.spot(at, column)
                        yield _("{cell}: công thức đã bị gõ đè; danvan tính lại, không lấy số này", cell=spot)
                elif (
                    self.keys.get(at) != "=head"
                    and (same_plan or not cell)
                    and not self._wrote(there, cell, columns.get(column, ""))
                ):
                    lost.append((self.spot(at, column), cell_text(there)))
        for spot, text in lost[:_NAMED]:
            yield _("{cell}: «{text}» gõ ở ô không nhập được, không ghi", cell=spot, text=text[:60])
        if len(lost) > _NAMED:
            yield _("trang «{sheet}» còn {count} ô như vậy", sheet=self.title, count=len(lost) - _NAMED)
