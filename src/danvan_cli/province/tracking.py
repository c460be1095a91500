"""The tracking book (sổ theo dõi): who has sent what, as rows of a table, as CSV, as a workbook."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.delivery.status import SENT, STATES, counts
from danvan_cli.text import clean, day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from danvan_cli.delivery.status import Row, State
    from danvan_cli.plan.model import Deliverable, Plan, Unit

WORDS: Final[dict[State, str]] = {
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
_COLOURS: Final[dict[State, str]] = {
    "submitted": "E2EFDA", "late": "FCE4D6", "overdue": "F8CBAD", "returned": "FFF2CC", "due": "FFF2CC",
}  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
COLUMNS: Final = (
    "unit",
    "name",
    "block",
    "deliverable",
    "last_day",
    "state",
    "days",
    "issued",
    "received",
    "symbol",
    "number",
)


def said(row: Row) -> str:
    """Say a row's state as a document does, with the days that go with it."""
    word = WORDS[row.state]
    match row.state:
        case "late" | "overdue":
            return f"{word} {row.days} ngày"
        case "due" | "not-due" | "extended":
            return f"{word}, còn {row.days} ngày"
        case "submitted" if row.last_day is None:
            return SENT_UNDATED
        case "returned" if row.days is not None:
            return f"{word}, " + (f"còn {row.days} ngày" if row.days >= 0 else f"quá hạn {-row.days} ngày")
    return word


def as_dict(row: Row) -> dict[str, Any]:
    """Give a row for programs; days as ISO dates, what is not known as None."""
    receipt = row.filed.receipt if row.filed else None
    return {
        "unit": row.unit.id,
        "deliverable": row.deliverable.id,
        "last_day": _iso(row.last_day),
        "state": row.state,
        "days": row.days,
        "issued": _iso(receipt.issued) if receipt else None,
        "received": _iso(receipt.received) if receipt else None,
        "symbol": receipt.symbol if receipt else None,
        "number": receipt.number if receipt else None,
        "versions": row.versions,
    }


def as_csv(plan: Plan, rows: Sequence[Row]) -> bytes:
    """Write rows as CSV that spreadsheets open as it is: UTF-8 with its mark, CRLF; a text never acts as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        told = as_dict(row) | {"name": row.unit.name, "block": plan.block_by_id[row.unit.block].name}
        writer.writerow([_inert(told[name]) for name in COLUMNS])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _inert(value: object) -> object:
    """Keep a spreadsheet from taking a text from outside for a formula."""
    if not isinstance(value, str):
        return value
    text = clean(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def as_workbook(plan: Plan, rows: Sequence[Row], as_of: date) -> bytes:
    """Write the tracking book: one sheet over all, and one for each thing that is owed; the same input, the same bytes."""
    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": "Sổ theo dõi", "author": "danvan", "created": datetime(2000, 1, 1, tzinfo=UTC)})
        _Book(book, plan, rows, as_of).write()
    return out.getvalue()


class _Book:
    def __init__(self, book: Any, plan: Plan, rows: Sequence[Row], as_of: date) -> None:
        self.book, self.plan, self.rows, self.as_of = book, plan, rows, as_of
        font = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter", "text_wrap": True}
        cell = font | {"border": 1}
        self.title = book.add_format(font | {"bold": True, "font_size": 14, "align": "center"})
        self.line = book.add_format(font | {"italic": True, "align": "center"})
        self.head = book.add_format(cell | {"bold": True, "align": "center", "bg_color": "#D9E1F2"})
        self.text = book.add_format(cell)
        self.mid = book.add_format(cell | {"align": "center"})
        self.day = book.add_format(cell | {"align": "center", "num_format": "dd/mm/yyyy"})
        self.block = book.add_format(cell | {"bold": True, "bg_color": "#F2F2F2"})
        self.states = {
            state: book.add_format(cell | {"align": "center", "bg_color": f"#{colour}"})
            for state, colour in _COLOURS.items()
        }

    def write(self) -> None:
        deliverables = list({row.deliverable.id: row.deliverable for row in self.rows}.values())
        self._whole(deliverables)
        for one in deliverables:
            self._each(one, [row for row in self.rows if row.deliverable is one])

    def _sheet(self, name: str, title: str, headings: Sequence[str], widths: Sequence[float]) -> Any:
        sheet = self.book.add_worksheet(name)
        last = len(headings) - 1
        sheet.merge_range(0, 0, 0, last, title, self.title)
        sheet.merge_range(1, 0, 1, last, f"(Tính đến hết ngày {day(self.as_of)})", self.line)
        sheet.set_row(0, 40)
        for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(3, column, heading, self.head)
        sheet.set_row(3, 34)
        sheet.freeze_panes(4, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(3)
        return sheet

    def _whole(self, deliverables: Sequence[Deliverable]) -> None:
        title = f"SỔ THEO DÕI GỬI BÁO CÁO, HỒ SƠ CÔNG TÁC DÂN VẬN CHÍNH QUYỀN NĂM {self.plan.year}"
        heads = ("TT", "Cơ quan, đơn vị, địa phương", *(one.id for one in deliverables))
        sheet = self._sheet("Tổng hợp", title, heads, (6, 44, *(22 for _one in deliverables)))
        cells = {(row.unit.id, row.deliverable.id): row for row in self.rows}
        at = 4
        for name, units in self._blocks():
            sheet.merge_range(at, 0, at, len(heads) - 1, name, self.block)
            at += 1
            for number, unit in enumerate(units, start=1):
                sheet.write_number(at, 0, number, self.mid)
                sheet.write_string(at, 1, unit.name, self.text)
                for column, one in enumerate(deliverables, start=2):
                    row = cells.get((unit.id, one.id))
                    text = said(row) if row else ""
                    sheet.write_string(at, column, text, self.states.get(row.state, self.mid) if row else self.mid)
                at += 1
        last = at
        counted = counts(self.rows)
        for state in (one for one in STATES if any(count[one] for count in counted.values())):
            sheet.write_blank(at, 0, None, self.mid)
            sheet.write_string(at, 1, f"Cộng: {WORDS[state]}", self.block)
            for column, one in enumerate(deliverables, start=2):
                cells_ = f"{_column(column)}5:{_column(column)}{last}"
                words = (WORDS[state], SENT_UNDATED) if state == "submitted" else (WORDS[state],)
                formula = "=" + "+".join(f'COUNTIF({cells_},"{word}*")' for word in words)
                sheet.write_formula(at, column, formula, self.mid, counted[one.id][state])
            at += 1

    def _each(self, one: Deliverable, rows: Sequence[Row]) -> None:
        heads = (
            "TT",
            "Cơ quan, đơn vị, địa phương",
            "Hạn gửi",
            "Số đến",
            "Ngày đến",
            "Số, ký hiệu",
            "Ngày ban hành",
            "Tình trạng",
            "Ghi chú",
        )
        sheet = self._sheet(one.id[:31], one.name, heads, (6, 44, 14, 10, 14, 20, 16, 26, 30))
        for number, row in enumerate(rows, start=1):
            at, receipt = number + 3, row.filed.receipt if row.filed else None
            sheet.write_number(at, 0, number, self.mid)
            sheet.write_string(at, 1, row.unit.name, self.text)
            self._day(sheet, at, 2, row.last_day)
            sheet.write_string(at, 3, clean(receipt.number or "") if receipt else "", self.mid)
            self._day(sheet, at, 4, receipt.received if receipt else None)
            sheet.write_string(at, 5, clean(receipt.symbol or "") if receipt else "", self.mid)
            self._day(sheet, at, 6, receipt.issued if receipt else None)
            sheet.write_string(at, 7, said(row), self.states.get(row.state, self.mid))
            sheet.write_string(at, 8, _remark(row), self.text)
        sheet.autofilter(3, 0, 3 + len(rows), len(heads) - 1)

    def _day(self, sheet: Any, row: int, column: int, value: date | None) -> None:
        if value is None:
            sheet.write_blank(row, column, None, self.day)
        else:
            sheet.write_datetime(row, column, value, self.day)

    def _blocks(self) -> list[tuple[str, list[Unit]]]:
        shown = {row.unit.id for row in self.rows}
        return [
            (block.name, inside)
            for block in self.plan.blocks
            if (inside := [unit for unit in self.plan.units if unit.block == block.id and unit.id in shown])
        ]


def _column(index: int) -> str:
    from danvan_cli.documents.workbook.read import address

    return address(0, index).rstrip("1")


def _remark(row: Row) -> str:
    filed = row.filed
    told = []
    if filed and filed.returned and row.state == "returned":
        told.append(f"trả lại ngày {day(filed.returned.date)}: {clean(filed.returned.reason)}")
    if row.versions > 1:
        told.append(f"{row.versions} bản")
    if filed and any(one.signed for one in filed.receipt.files):
        told.append("có chữ ký số, chưa kiểm tra")
    return "; ".join(told)


def totals(rows: Sequence[Row]) -> dict[str, int]:
    """Count all that is owed, what came in time and late, what is overdue, what is returned and not yet sent again."""
    found = Counter(row.state for row in rows)
    return {
        "owed": sum(count for state, count in found.items() if state != "exempt"),
        "in_time": found["submitted"],
        "late": found["late"],
        "overdue": found["overdue"],
        "returned": found["returned"],
        "missing": sum(count for state, count in found.items() if state not in SENT | {"exempt"}),
    }
