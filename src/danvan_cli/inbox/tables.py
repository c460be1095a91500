"""Anybody's tables as rows of texts, each joined cell's words in every place that it covers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from danvan_cli.lang import _
from danvan_cli.text import day, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable

    from danvan_cli.ooxml.layout import Words
    from danvan_cli.ooxml.xlsx import Page, Value

_MOST: Final = 64
"""Columns beyond this are no table's."""
_FRAME: Final = re.compile(r"độc lập\W{1,5}tự do\W{1,5}hạnh phúc|(?:^|\n)nơi nhận\b")
"""What a table holds that only lays out a letterhead or a signature."""
_FRAME_ROWS: Final = 8


@dataclass(frozen=True)
class Table:
    """A table: what it is called in messages, what stands right above it, its rows; whether rows and columns are swapped."""

    name: str
    caption: str
    rows: tuple[tuple[str, ...], ...]
    swapped: bool = False
    sheet: bool = False
    """Whether it is a workbook's, in which joined cells have their words in the first only."""

    def place(self, row: int) -> str:
        """Name a row's place."""
        words = _("{table}, cột {row}") if self.swapped else _("{table}, dòng {row}")
        return words.format(table=self.name, row=row + 1)

    def turned(self) -> Table:
        """Give it with its columns as rows."""
        return replace(self, rows=tuple(zip(*self.rows, strict=True)), swapped=not self.swapped)


def tables_of(said: Iterable[Words]) -> list[Table]:
    """Give the tables of a document in their order, without those that only lay out its letterhead and signature."""
    found: dict[int, dict[int, dict[int, str]]] = {}
    over: set[tuple[int, int, int]] = set()
    """The places of cells that go on from the one above."""
    captions: dict[int, str] = {}
    before = ""
    for one in said:
        if one.cell is None:
            before = one.line or before
            continue
        table, row, column = one.cell
        captions.setdefault(table, before)
        at, wide, joined = one.covers or (column, 1, False)
        cells = found.setdefault(table, {}).setdefault(row, {})
        for place in range(at, min(at + wide, _MOST)):
            if joined:
                over.add((table, row, place))
            cells[place] = f"{cells.get(place, '')} {one.line}".strip()
    out: list[Table] = []
    for table, rows in found.items():
        width = max(max(cells, default=0) for cells in rows.values()) + 1
        grid: list[list[str]] = []
        for row, cells in sorted(rows.items()):
            above = grid[-1] if grid else [""] * width
            goes_on = [above[c] if (table, row, c) in over else "" for c in range(width)]
            grid.append([cells.get(c) or goes_on[c] for c in range(width)])
        if len(grid) <= _FRAME_ROWS and any(_FRAME.search("\n".join(line).casefold()) for line in grid):
            continue
        name = _("bảng {number}", number=len(out) + 1)
        out.append(Table(name, captions[table], tuple(tuple(line) for line in grid)))
    return out


def table_of_page(page: Page) -> Table | None:
    """Give a sheet of a workbook as a table; None where it is blank."""
    cells = {place: text for place, one in page.cells.items() if place[1] < _MOST and (text := _written(one))}
    if not cells:
        return None
    height, width = (max(place[i] for place in cells) + 1 for i in (0, 1))
    rows = [[cells.get((row, column), "") for column in range(width)] for row in range(height)]
    return Table(_("trang «{name}»", name=squeeze(page.title)[:40]), "", tuple(tuple(row) for row in rows), sheet=True)


def _written(cell: Value) -> str:
    """Write a cell's value as a Vietnamese document has it."""
    value = cell.value
    if isinstance(value, bool) or cell.error:
        return ""
    if isinstance(value, Decimal):
        value = value * 100 if cell.percent else value
        return f"{value.normalize():f}".replace(".", ",") + ("%" if cell.percent else "")
    return day(value) if isinstance(value, date) else squeeze(value)
