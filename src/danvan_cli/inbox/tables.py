"""Anybody's tables as rows of texts, each joined cell's words in every place that it covers."""

from __future__ import annotations

import csv
import io
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.text import day, squeeze

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from danvan_cli.ooxml.layout import Words
    from danvan_cli.ooxml.xlsx import Value, XlsxSheet

_MOST: Final = 64
"""Columns beyond this are no table's."""
_FRAME: Final = re.compile(r"độc lập\W{1,5}tự do\W{1,5}hạnh phúc|(?:^|\n)nơi nhận\b")
"""What a table holds that only lays out a letterhead or a signature."""
_FRAME_ROWS: Final = 8
_MOST_ROWS: Final = 20_000
"""Rows of a .csv."""
_BETWEEN: Final = (",", ";", "\t", "|")
"""What may stand between the cells of a line."""


@dataclass(frozen=True)
class ReadTable:
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

    def turned(self) -> ReadTable:
        """Give it with its columns as rows."""
        return replace(self, rows=tuple(zip(*self.rows, strict=True)), swapped=not self.swapped)


def tables_of(said: Iterable[Words]) -> list[ReadTable]:
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
    out: list[ReadTable] = []
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
        out.append(ReadTable(name, captions[table], tuple(tuple(line) for line in grid)))
    return out


def table_of_page(page: XlsxSheet) -> ReadTable | None:
    """Give a sheet of a workbook as a table; None where it is blank."""
    cells = {place: text for place, one in page.cells.items() if place[1] < _MOST and (text := _written(one))}
    if not cells:
        return None
    height, width = (max(place[i] for place in cells) + 1 for i in (0, 1))
    rows = [[cells.get((row, column), "") for column in range(width)] for row in range(height)]
    return ReadTable(
        _("trang «{name}»", name=squeeze(page.title)[:40]), "", tuple(tuple(row) for row in rows), sheet=True
    )


def _written(cell: Value) -> str:
    """Write a cell's value as a Vietnamese document has it."""
    value = cell.value
    if isinstance(value, bool) or cell.error:
        return ""
    if isinstance(value, Decimal):
        value = value * 100 if cell.percent else value
        return f"{value.normalize():f}".replace(".", ",") + ("%" if cell.percent else "")
    return day(value) if isinstance(value, date) else squeeze(value)


def separated(data: bytes, name: str, best: Callable[[list[list[str]]], int]) -> list[list[str]]:
    """Read a .csv, UTF-8 or UTF-16, by the character between cells that gives the `best` rows.

    Raises:
        UsageError: if it is no text, has far too many rows, or none can be read, as with a cell longer than any that is real.
    """
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(
            _("{path} không phải UTF-8", path=name), help=_("lưu lại dạng CSV UTF-8, hoặc .xlsx")
        ) from None
    tables, text = [], text.replace("\r\n", "\n").replace("\r", "\n")
    for between in _BETWEEN:
        with suppress(csv.Error):
            tables.append([*islice(csv.reader(io.StringIO(text), delimiter=between), _MOST_ROWS + 1)])
    if not tables:
        why = _("{path} không phải bảng CSV đọc được", path=name)
        raise UsageError(why, help=_("lưu lại dạng CSV UTF-8, hoặc .xlsx"))
    if len(rows := max(tables, key=best)) > _MOST_ROWS:
        raise UsageError(_("{path} có quá nhiều dòng", path=name))
    return rows
