"""The tracking book (sổ theo dõi): who has sent what, as rows of a table, as CSV, as a workbook."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.delivery.status import ROW_STATES, SENT, counts
from danvan_cli.excel.look import written
from danvan_cli.pdf.signatures import FOUND
from danvan_cli.plan.owed import Extension
from danvan_cli.text import clean, day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from danvan_cli.delivery.status import RowState, StatusRow
    from danvan_cli.excel.look import Book
    from danvan_cli.plan.model import Deliverable, Plan

_WORDS: Final[dict[RowState, str]] = {
    "submitted": "đúng hạn",
    "late": "gửi chậm",
    "due": "sắp đến hạn",
    "overdue": "quá hạn",
    "not-due": "chưa đến hạn",
    "no-date": "không ghi thời hạn",
    "returned": "trả lại",
    "extended": "được gia hạn",
    "exempt": "được miễn",
}
"""What a document calls each state."""

SENT_UNDATED: Final = "đã gửi"
"""What is said of something that came and had no date to come by."""
UNREAD: Final = "biên nhận không đọc được"
"""What is said where a receipt cannot be read."""
_COLOURS: Final[dict[RowState, str]] = {
    "submitted": "E2EFDA", "late": "FCE4D6", "overdue": "F8CBAD", "returned": "FFF2CC", "due": "FFF2CC",
}  # fmt: skip
_PAGE_ROWS: Final = 36
"""Rows of the sheet over all on a printed page: a block that does not fit with the totals begins a page."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS: Final = (
    "unit", "name", "block", "deliverable", "last_day", "state", "days", "issued", "received", "symbol", "number",
)  # fmt: skip


def state_said(row: StatusRow) -> str:
    """Say a row's state as a document does, with the days that go with it."""
    word = _WORDS[row.state]
    first = row.receipt and row.came and row.came not in {row.receipt.received, row.receipt.issued}
    more = " (theo lần gửi đầu)" if first else ""
    match row.state:
        case "late" | "overdue":
            return f"{word} {row.days} ngày{more}"
        case "due" | "not-due" | "extended":
            return f"{word}, còn {row.days} ngày"
        case "submitted" if row.last_day is None:
            return SENT_UNDATED
        case "no-date" if row.unread:
            return UNREAD
        case "returned" if row.days is not None:
            return f"{word}, " + (f"còn {row.days} ngày" if row.days >= 0 else f"quá hạn {-row.days} ngày")
    return word + more


def row_as_dict(row: StatusRow) -> dict[str, Any]:
    """Give a row for programs; what is not known is None."""
    return {
        "unit": row.unit.id,
        "deliverable": row.deliverable.id,
        "last_day": row.last_day,
        "state": row.state,
        "days": row.days,
        **{key: getattr(row.receipt, key, None) for key in ("issued", "received", "symbol", "number")},
        "versions": row.versions,
    }


def as_csv(plan: Plan, rows: Sequence[StatusRow]) -> bytes:
    """Write rows as CSV that spreadsheets open as it is: UTF-8 with its mark, CRLF; a text never acts as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for row in rows:
        told = row_as_dict(row) | {"name": row.unit.name, "block": plan.block_by_id[row.unit.block].name}
        writer.writerow([_inert(told[name]) for name in _COLUMNS])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _inert(value: object) -> object:
    """Keep a spreadsheet from taking a text from outside for a formula."""
    if not isinstance(value, str):
        return value
    text = clean(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def tracking_workbook(plan: Plan, rows: Sequence[StatusRow], as_of: date) -> bytes:
    """Write the tracking book: one sheet over all, and one for each thing that is owed; the same input, the same bytes."""
    with written("Sổ theo dõi") as (book, out):
        under = f"(Tính đến hết ngày {day(as_of)})"
        deliverables = list({row.deliverable.id: row.deliverable for row in rows}.values())
        _whole(book, plan, rows, deliverables, under)
        for one in deliverables:
            _each(book, plan, one, [row for row in rows if row.deliverable is one], under)
    return out.getvalue()


def _state(book: Book, row: StatusRow | None) -> Any:
    """Give the format of a state's cell."""
    colour = _COLOURS.get(row.state) if row else None
    return book.format(align="center", bg_color=f"#{colour}") if colour else book.mid


def _whole(book: Book, plan: Plan, rows: Sequence[StatusRow], deliverables: Sequence[Deliverable], under: str) -> None:
    from danvan_cli.ooxml.xlsx import address

    title = f"SỔ THEO DÕI GỬI BÁO CÁO, HỒ SƠ {plan.subject} {plan.span}".upper()
    columns = (("TT", 6), ("Cơ quan, đơn vị, địa phương", 44), *((one.name, 22) for one in deliverables))
    sheet = book.sheet("Tổng hợp", title, under, columns)
    cells = {(row.unit.id, row.deliverable.id): row for row in rows}
    shown = {row.unit.id for row in rows}
    counted = counts(rows)
    undated = any(row.state == "submitted" and not row.last_day for row in rows)
    summed = [one for one in ROW_STATES if any(count[one] for count in counted.values())]
    at = top = 4
    breaks = []
    for block in plan.blocks:
        units = [unit for unit in plan.units if unit.block == block.id and unit.id in shown]
        if not units:
            continue
        if at > 4 and at - top + 1 + len(units) + len(summed) > _PAGE_ROWS:
            breaks.append(top := at)
        sheet.made.merge_range(at, 0, at, len(columns) - 1, block.name, book.format(bold=True, bg_color="#F2F2F2"))
        at += 1
        for number, unit in enumerate(units, start=1):
            mine = [cells.get((unit.id, one.id)) for one in deliverables]
            values = (number, plan.told_apart[unit.id], *(state_said(row) if row else None for row in mine))
            sheet.row(at, values, (book.mid, book.text, *(_state(book, row) for row in mine)))
            at += 1
    sheet.made.set_h_pagebreaks(breaks)
    last = at
    for state in summed:
        also = f"; {SENT_UNDATED}, không ghi thời hạn" if state == "submitted" and undated else ""
        sheet.row(at, (None, f"Cộng: {_WORDS[state]}{also}"), (book.mid, book.format(bold=True)))
        for column, one in enumerate(deliverables, start=2):
            cells_ = f"{address(4, column)}:{address(last - 1, column)}"
            words = (_WORDS[state], *{"submitted": (SENT_UNDATED,), "no-date": (UNREAD,)}.get(state, ()))
            formula = "=" + "+".join(f'COUNTIF({cells_},"{word}*")' for word in words)
            sheet.formula(at, column, formula, counted[one.id][state], book.format(align="center", bold=True))
        at += 1


def _each(book: Book, plan: Plan, one: Deliverable, rows: Sequence[StatusRow], under: str) -> None:
    columns = (
        ("TT", 6), ("Cơ quan, đơn vị, địa phương", 44), ("Hạn gửi", 14), ("Số đến", 10), ("Ngày đến", 14),
        ("Số, ký hiệu", 20), ("Ngày ban hành", 16), ("Tình trạng", 26), ("Ghi chú", 30),
    )  # fmt: skip
    sheet = book.sheet(one.id, one.name, under, columns)
    when = book.format(align="center", num_format="dd/mm/yyyy")
    for number, row in enumerate(rows, start=1):
        came = [getattr(row.receipt, key, None) for key in ("number", "received", "symbol", "issued")]
        values = (number, plan.told_apart[row.unit.id], row.last_day, *came, state_said(row), _remark(plan, row))
        formats = (book.mid, book.text, when, book.mid, when, book.mid, when, _state(book, row), book.text)
        sheet.row(number + 3, values, formats)
    sheet.made.autofilter(3, 0, 3 + len(rows), len(columns) - 1)


def put_off_by(plan: Plan, row: StatusRow) -> str | None:
    """Cite the document by which a unit's day was put off; None where none did."""
    dated = plan.dated(row.deliverable, row.unit)
    return dated.cited if isinstance(dated, Extension) else None


def let_off_by(plan: Plan, row: StatusRow) -> list[str]:
    """Cite the documents by which a unit is let off something."""
    mine = row.unit.id, row.deliverable.id
    return [one.cited for one in plan.exemptions if mine[0] in one.units and mine[1] in one.deliverables]


def _remark(plan: Plan, row: StatusRow) -> str:
    filed, cited = row.filed, put_off_by(plan, row)
    told = [f"gia hạn theo {cited}"] if cited else []
    if row.state == "exempt":
        told += [f"miễn theo {one}" for one in let_off_by(plan, row)]
    if filed and filed.returned and row.state == "returned":
        told.append(f"trả lại ngày {day(filed.returned.date)}: {clean(filed.returned.reason)}")
    if row.versions > 1:
        told.append(f"{row.versions} {'báo cáo' if row.deliverable.on_request else 'bản'}")
    for one in (one for file in filed.receipt.files for one in file.signatures) if filed else ():
        who = one.signature.who
        told.append(f"chữ ký số của {clean(who)}: {FOUND[one.found]}" if who else FOUND[one.found])
    return "; ".join(told)


def has_last_day(plan: Plan, rows: Sequence[StatusRow]) -> bool:
    """Tell whether there is a last day for any of what is owed; the row of what was sent back may have none of its own."""
    return any(row.last_day or plan.last_day(row.deliverable, row.unit) for row in rows)


def totals(rows: Sequence[StatusRow]) -> dict[str, int]:
    """Count all that is owed: what came in time and late, what is missing, what is returned and not yet sent again.

    These four add up to what is owed; `overdue` is a part of what is missing.
    """
    found = Counter(row.state for row in rows)
    return {
        "owed": sum(count for state, count in found.items() if state != "exempt"),
        "in_time": found["submitted"],
        "late": found["late"],
        "overdue": found["overdue"],
        "returned": found["returned"],
        "missing": sum(count for state, count in found.items() if state not in SENT | {"exempt", "returned"}),
    }
