"""The intake book: for each file what it was taken as and why, in columns that a tracking list has, to be read back as one."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.text import day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from danvan_cli.inbox.model import Said
    from danvan_cli.plan.model import Plan

_FORMULA: Final = "=+-@"
"""What begins a formula in Excel: a stranger's file name must not be one."""
_HEADS: Final = (
    ("Tệp", 40), ("Số đến", 10), ("Ngày đến", 13), ("Đơn vị", 34), ("Báo cáo", 40), ("Số ký hiệu", 18), ("Ngày ban hành", 13),
    ("Kết quả", 46), ("Mã hồ sơ", 11),
)  # fmt: skip
_DAYS: Final = (2, 6)
_UNIT, _REPORT, _ID = 3, 4, 8
_LISTS: Final = "danh-muc"
_UNDER: Final = "Sửa thẳng vào các cột từ Số đến đến Ngày ban hành rồi nhận lại: danvan receive --list"


class Row(NamedTuple):
    """A file, what is known of it, what became of it and by what it was told, the id of what was filed."""

    file: str
    said: Said
    became: str
    id: str = ""


def as_csv(rows: Sequence[Row]) -> bytes:
    """Write the book as CSV, with the plan's ids."""
    out = io.StringIO()
    write = csv.writer(out, delimiter=";", lineterminator="\r\n")
    write.writerow([head for head, _width in _HEADS])
    for row in rows:
        cells = [day(cell) if i in _DAYS and cell else cell for i, cell in enumerate(_cells(row))]  # type: ignore[arg-type]
        write.writerow([f" {one}" if isinstance(one, str) and one and one[0] in _FORMULA else one for one in cells])
    return out.getvalue().encode("utf-8-sig")


def as_workbook(rows: Sequence[Row], plan: Plan, title: str) -> bytes:
    """Write the book as a workbook: units and reports by their names, chosen from lists; what is not known is marked."""
    from danvan_cli.excel.look import written

    units = {one.id: one.name for one in plan.units}
    reports = {one.id: one.name for one in plan.deliverable_by_id.values()}
    with written(title) as (book, out):
        sheet = book.sheet(
            "so-nhan", title, _UNDER, [head for head, _width in _HEADS], [width for _head, width in _HEADS]
        )
        days = book.format(align="center", num_format="dd/mm/yyyy")
        missing = book.format(bg_color="#FFF2CC")
        last = 4 + max(len(rows), 1) - 1
        for at, row in enumerate(rows, start=4):
            cells: list[object] = list(_cells(row))
            cells[_UNIT], cells[_REPORT] = (
                units.get(str(row.said.unit), ""),
                reports.get(str(row.said.deliverable), row.said.deliverable),
            )
            forms = [
                days if i in _DAYS else missing if i in {_UNIT, _REPORT} and not cell else book.text
                for i, cell in enumerate(cells)
            ]
            sheet.row(at, cells, forms)
        sheet.made.autofilter(3, 0, last, len(_HEADS) - 1)
        lists = book.book.add_worksheet(_LISTS)
        for column, names in ((_UNIT, units), (_REPORT, reports)):
            lists.set_column(column - _UNIT, column - _UNIT, 60)
            for at, name in enumerate(names.values()):
                lists.write_string(at, column - _UNIT, name)
            letter = "AB"[column - _UNIT]
            source = f"='{_LISTS}'!${letter}$1:${letter}${len(names)}"
            sheet.made.data_validation(
                4, column, last, column, {"validate": "list", "source": source, "error_type": "warning"}
            )
        lists.hide()
    return out.getvalue()


def _cells(row: Row) -> tuple[str | date | None, ...]:
    said = row.said
    return (
        row.file, said.number, said.received, said.unit, said.deliverable, said.symbol, said.issued, row.became, row.id,
    )  # fmt: skip
