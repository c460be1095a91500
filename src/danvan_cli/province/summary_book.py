"""The annex of a consolidated report as a workbook: every figure of every unit, totals as formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from danvan_cli.excel.look import written
from danvan_cli.ooxml.xlsx import address
from danvan_cli.province.summary import REPORTED, over
from danvan_cli.province.tracking import state_said
from danvan_cli.text import day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from danvan_cli.excel.look import Book, PrintedSheet
    from danvan_cli.province.summary import Summary, Total

_FORMULAS: Final = {"sum": "=SUM({})", "average": "=ROUND(AVERAGE({}),2)"}
_TITLES: Final = {"sum": "Cộng", "average": "Bình quân", "none": "Không tổng hợp"}
_STATES: Final = ("done", "doing", "todo", "unknown")


def annex_workbook(out: Summary) -> bytes:
    """Write the workbook; the same input gives the same bytes."""
    with written("Tổng hợp") as (made, data):
        _Book(made, out).write()
    return data.getvalue()


class _Book:
    def __init__(self, made: Book, out: Summary) -> None:
        self.made, self.out = made, out
        plain = {"align": "right", "num_format": "#,##0.####"}
        self.figure, self.wrong = made.format(**plain), made.format(**plain, bg_color="#F8CBAD")
        self.gone = made.format(align="center", bg_color="#EDEDED")
        self.total, self.label = (
            made.format(**plain, bold=True, bg_color="#E2EFDA"),
            made.format(bold=True, bg_color="#E2EFDA"),
        )

    def write(self) -> None:
        self._figures("Số liệu", "SỐ LIỆU TỔNG HỢP", previous=False)
        if self.out.period.previous:
            self._figures("Kỳ trước", "SỐ LIỆU KỲ TRƯỚC, CÙNG BÁO CÁO", previous=True)
        self._progress()
        self._sent()
        self._words()
        self._obstacles()

    def _sheet(self, name: str, title: str, heads: Sequence[str], widths: Sequence[float]) -> PrintedSheet:
        under = f"(Tính đến hết ngày {day(self.out.as_of)})"
        return self.made.sheet(name, f"{title} {self.out.period.name.upper()}", under, heads, widths)

    def _figures(self, name: str, title: str, *, previous: bool) -> None:
        totals = self.out.figures
        heads = (
            "TT",
            "Cơ quan, đơn vị, địa phương",
            *(f"{one.indicator.name} ({one.indicator.unit})" for one in totals),
        )
        sheet = self._sheet(name, title, heads, (6, 40, *(13 for _one in totals)))
        rows = [row for row in self.out.rows if row.state != "exempt"]
        by_unit = {row.unit.id: i for i, row in enumerate(self.out.reported)}
        for number, row in enumerate(rows, start=1):
            at, there = number + 3, by_unit.get(row.unit.id)
            figures = [one.figures[there] if there is not None else None for one in totals]
            values = [(it.previous if previous else it.value) if it else "chưa gửi" for it in figures]
            styles = [
                self.gone if it is None else self.wrong if it.breaks and not previous else self.figure for it in figures
            ]
            sheet.row(at, (number, row.unit.name, *values), (self.made.mid, self.made.text, *styles))
            for column, it in enumerate(figures, start=2):
                if it and it.breaks and not previous:
                    sheet.made.write_comment(at, column, "\n".join(it.breaks))
        at = 4 + len(rows)
        for i, label in enumerate(("Tổng hợp", "Cách tổng hợp", "Số đơn vị có số liệu")):
            sheet.row(at + i, (None, label), (self.label, self.label))
        for column, one in enumerate(totals, start=2):
            cells = f"{address(4, column)}:{address(at - 1, column)}"
            found = [value for it in one.figures if (value := it.previous if previous else it.value) is not None]
            self._total(sheet, at, column, one, cells, found)
            sheet.cell(at + 1, column, _TITLES[one.indicator.over_units], self.made.mid)
            sheet.formula(at + 2, column, f"=COUNT({cells})", len(found), self.total)

    def _total(
        self, sheet: PrintedSheet, at: int, column: int, one: Total, cells: str, found: Sequence[Decimal]
    ) -> None:
        """Write an indicator's total as a formula over its units; an average is rounded as the report's is."""
        value = over(one.indicator, found)
        if value is None:
            sheet.cell(at, column, None, self.total)
        else:
            sheet.formula(at, column, _FORMULAS[one.indicator.over_units].format(cells), value, self.total)

    def _progress(self) -> None:
        words = ("Đã hoàn thành", "Đang thực hiện", "Chưa thực hiện", "Không ghi trạng thái")
        sheet = self._sheet(
            "Tiến độ", "TIẾN ĐỘ NHIỆM VỤ", ("TT", "Nội dung", *words, "Cộng"), (6, 60, 14, 14, 14, 14, 12)
        )
        at = 4
        for number, area in enumerate(self.out.plan.areas, start=1):
            counts = [self.out.states[area.id][state] for state in _STATES]
            sheet.row(
                at, (number, area.title, *counts), (self.made.mid, self.made.text, *(self.figure for _one in counts))
            )
            sheet.formula(at, 6, f"=SUM(C{at + 1}:F{at + 1})", sum(counts), self.total)
            at += 1
        sheet.row(at, (None, "Cộng"), (self.label, self.label))
        sums = [sum(count[state] for count in self.out.states.values()) for state in _STATES]
        for column, value in enumerate((*sums, sum(sums)), start=2):
            sheet.formula(at, column, f"=SUM({address(4, column)}:{address(at - 1, column)})", value, self.total)

    def _sent(self) -> None:
        heads = (
            "TT",
            "Cơ quan, đơn vị, địa phương",
            "Hạn gửi",
            "Ngày đến",
            "Số, ký hiệu",
            "Ngày ban hành",
            "Tình trạng",
        )
        sheet = self._sheet("Tình hình gửi", "TÌNH HÌNH GỬI BÁO CÁO", heads, (6, 44, 14, 14, 20, 16, 30))
        when = self.made.format(align="center", num_format="dd/mm/yyyy")
        for number, row in enumerate(self.out.rows, start=1):
            receipt = row.receipt
            values = (
                number,
                row.unit.name,
                row.last_day,
                receipt and receipt.received,
                receipt and receipt.symbol,
                receipt and receipt.issued,
                state_said(row),
            )
            state = self.made.mid if row.state in REPORTED else self.gone
            sheet.row(number + 3, values, (self.made.mid, self.made.text, when, when, self.made.mid, when, state))

    def _words(self) -> None:
        sheet = self._sheet(
            "Kết quả",
            "KẾT QUẢ CỦA TỪNG ĐƠN VỊ",
            ("TT", "Nội dung", "Cơ quan, đơn vị, địa phương", "Kết quả"),
            (6, 40, 36, 100),
        )
        told = ((area.title, unit.name, text) for area in self.out.plan.areas for unit, text in self.out.words[area.id])
        for number, row in enumerate(told, start=1):
            sheet.row(number + 3, (number, *row), (self.made.mid, self.made.text, self.made.text, self.made.text))

    def _obstacles(self) -> None:
        heads = ("TT", "Khó khăn, vướng mắc", "Đề xuất", "Cơ quan, đơn vị, địa phương")
        sheet = self._sheet("Vướng mắc", "KHÓ KHĂN, VƯỚNG MẮC", heads, (6, 60, 60, 50))
        for number, one in enumerate(self.out.obstacles.values(), start=1):
            units = "; ".join(unit.name for unit in one.units)
            sheet.row(number + 3, (number, one.text, one.proposal, units), (self.made.mid, *(self.made.text,) * 3))
