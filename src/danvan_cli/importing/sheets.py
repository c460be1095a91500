"""Tables of any kind of file as rows of words: .xlsx, .csv, and those in a Word document or a PDF."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from danvan_cli.importing.source import blocks
from danvan_cli.inbox.tables import separated
from danvan_cli.ooxml import xlsx
from danvan_cli.plan.sections import ABOVE, LEFT, resolved
from danvan_cli.text import clean, day, fold, squeeze

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from danvan_cli.importing.source import Source


class SourceTable(NamedTuple):
    """A table: its rows, and the paragraphs that stand before and behind it; a cell that goes on with another is empty."""

    rows: list[list[str]]
    around: list[str]


def of_document(source: Source) -> list[SourceTable]:
    """Give the tables of a document, the words around them with the first."""
    every = [*blocks(source.layout.paragraphs, source)]
    words = [one.line for one in every if one.table is None]
    tables = [one.table for one in every if one.table is not None]
    bare = [[["" if cell in {ABOVE, LEFT} else cell for cell in row] for row in one.rows] for one in tables]
    return [SourceTable(rows, words if at == 0 else []) for at, rows in enumerate(bare)]


def of_workbook(data: bytes, name: str) -> list[SourceTable]:
    """Give the sheets of a workbook.

    Raises:
        UsageError: if it cannot be read.
    """
    out = []
    for page in xlsx.read_xlsx(data, name):
        if page.cells:
            wide = max(column for _row, column in page.cells) + 1
            rows: dict[int, list[str]] = {}
            for (row, column), cell in sorted(page.cells.items()):
                rows.setdefault(row, [""] * wide)[column] = _said(cell.value)
            out.append(SourceTable([rows[at] for at in sorted(rows)], []))
    return out


def _said(value: str | Decimal | date | bool) -> str:
    if isinstance(value, str):
        return "\n".join(line for part in clean(value).split("\n") if (line := squeeze(part)))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return day(value) if isinstance(value, date) else str(value)


def of_csv(data: bytes, name: str) -> list[SourceTable]:
    """Give the rows of a .csv, parted by what its first line has most of.

    Raises:
        UsageError: if it cannot be read.
    """
    told = separated(data, name, lambda rows: len(rows[0]) if rows else 0)
    rows = [[squeeze(clean(cell)) for cell in row] for row in told if any(map(str.strip, row))]
    return [SourceTable(rows, [])] if rows else []


def headed(
    rows: list[list[str]], kinds: Sequence[tuple[str, re.Pattern[str]]], wanted: set[str]
) -> tuple[int, list[str]] | None:
    """Find the row that says what columns are, by their heads (folded), and has all that are wanted.

    Gives how many rows go before what it heads, and each column's kind.
    """
    for count, row in enumerate(resolved(rows[:30]), start=1):
        found: list[str] = []
        for cell in row:
            words = squeeze(fold(cell))
            kind = next((kind for kind, pattern in kinds if pattern.search(words)), "") if 0 < len(words) <= 80 else ""
            found.append("" if kind in found else kind)
        if wanted <= {*found}:
            return count, found
    return None
