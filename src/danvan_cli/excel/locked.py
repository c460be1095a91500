"""What was typed where a workbook takes nothing: never recorded, but said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from danvan_cli.excel.form import Formula
from danvan_cli.lang import _
from danvan_cli.ooxml.xlsx import address
from danvan_cli.text import clean, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from danvan_cli.excel.form import FormCell, Sheet
    from danvan_cli.ooxml.xlsx import Page, Value

_NAMED: Final = 5
"""So many cells of a sheet are named; the others are counted."""


def typed_over(
    page: Page,
    corner: tuple[int, int],
    columns: Mapping[str, int],
    sheet: Sheet,
    used: set[tuple[int, int]],
    *,
    same_plan: bool,
) -> Iterator[str]:
    """Say which cells of a sheet hold what a person typed and nobody reads.

    Args:
        page: the sheet as it came in.
        corner: where its hidden row and column meet.
        columns: where its columns stand, by their hidden keys.
        sheet: the sheet as it would be written now.
        used: the cells that were read, or of which something else is said.
        same_plan: whether texts of the plan must be as they are now.
    """
    keys = {column: key for key, column in columns.items()}
    rows = {row.key: row for row in sheet.rows}
    lost = []
    for (at, column), there in sorted(page.cells.items()):
        if at <= corner[0] or column == corner[1] or (at, column) in used or there.value == "":
            continue
        name = page.cells.get((at, corner[1]))
        told = "" if name is None else str(name.value)
        row = rows.get(told)
        cell = row.cells.get(keys.get(column, "")) if row else None
        spot = f"{page.title}!{address(at, column)}"
        if cell and isinstance(cell.value, Formula):
            if not there.formula:
                yield _("{cell}: công thức đã bị gõ đè; danvan tính lại, không lấy số này", cell=spot)
        elif told != "=head" and (same_plan or cell is None) and not (cell and _same(cell, there)):
            lost.append((spot, squeeze(clean(str(there.value)))))
    for spot, text in lost[:_NAMED]:
        yield _("{cell}: «{text}» gõ ở ô không nhập được, không ghi", cell=spot, text=text[:60])
    if len(lost) > _NAMED:
        count = len(lost) - _NAMED
        yield _("trang «{sheet}» còn {count} ô như vậy", sheet=page.title, count=count)


def _same(cell: FormCell, there: Value) -> bool:
    value: object = cell.value
    if isinstance(value, str):
        return squeeze(clean(str(there.value))) == squeeze(clean(value))
    number: Decimal | int = cell.value  # type: ignore[assignment]  # no formula comes here
    try:
        return float(str(there.value)) == float(number)
    except ValueError:
        return False
