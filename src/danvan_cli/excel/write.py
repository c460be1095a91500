"""A workbook written as .xlsx: styled, checked, locked, with its baseline inside.

The baseline is what every cell held when the workbook was sent. It lies on a hidden sheet as text, so that what a
person changed can be told from what changed meanwhile in the unit's files.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell  # type: ignore[import-untyped]

from danvan_cli.excel.baseline import baseline_lines
from danvan_cli.excel.form import BASE, FIRST_ROW, HEAD_ROW, KEY_MARK, KEY_ROW, LISTS, OPEN, Formula, excel_row
from danvan_cli.excel.look import plain_workbook
from danvan_cli.excel.scoresheet import SCORE
from danvan_cli.ooxml.parts import read_parts
from danvan_cli.text import day as written_day
from danvan_cli.typed import iso_day
from danvan_cli.word.package import marked_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from danvan_cli.excel.form import CellKind, Column, Form, Sheet, SheetRow
    from danvan_cli.excel.scoresheet import Scoring

FIRST_DAY: Final = date(2000, 1, 1)

_TALL: Final = re.compile(rb' customHeight="1"')
"""What would keep a row from growing while somebody writes in it."""
_FONT: Final = "Times New Roman"
_PAGE: Final = 210
"""So many letters in a row fill a page across; more would be too small to be read."""
_Place = tuple[int, int]
"""Column and row of a cell, from 0."""
_SAY: Final = {"error_title": "Giá trị không đúng", "error_type": "stop"}
_CHOICES: Final = 255
"""A list longer than this cannot stand in a cell's own rule: it is named by its range."""
_COLOURS: Final = {"head": "#1F4E79", "group": "#DDE7F0", "locked": "#F2F2F2", "wanted": "#FFF2A8", "wrong": "#F8CBAD"}
_EVERY: Final = {"font_name": _FONT, "font_size": 11, "valign": "top", "text_wrap": True}
_EDGED: Final = {"border": 1, "border_color": "#A6A6A6"}
_RULES: Final[dict[str, dict[str, Any]]] = {
    "percent": {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100,
                "error_message": "Nhập tỷ lệ từ 0 đến 100. Chưa có thì để trống."},
    "number": {"validate": "decimal", "criteria": ">=", "value": 0,
               "error_message": "Nhập một số từ 0 trở lên, ví dụ 64 hoặc 8,5. Chưa có số liệu thì để trống."},
    "count": {"validate": "integer", "criteria": ">=", "value": 0,
              "error_message": "Nhập một số nguyên từ 0 trở lên."},
    "day": {"validate": "date", "criteria": ">=", "value": FIRST_DAY,
            "error_message": "Nhập một ngày, ví dụ 10/5/2023."},
}  # fmt: skip
"""What may be typed, by what a figure counts or the kind of cell; an amount may be anything."""


def written_workbook(form: Form, scoring: Scoring | None, about: Mapping[str, object], title: str) -> bytes:
    """Write a unit's workbook; the same input gives the same bytes.

    Args:
        form: what stands in it.
        scoring: its scoring sheets, if there are any.
        about: of which unit, plan and rubric it is; kept with the baseline.
        title: the document's title.
    """
    out = BytesIO()
    book = plain_workbook(out, title)
    styles = cache(lambda **properties: book.add_format(properties))
    worths = [worth for _name, worth in scoring.lists] if scoring else []
    listed = [name for name, _worth in scoring.lists] if scoring else []
    for sheet in form.sheets:
        _Writer(book, sheet, styles, scoring, listed).write()
    if listed:
        hidden = book.add_worksheet(LISTS)
        hidden.very_hidden()
        for i, name in enumerate(listed):
            hidden.write_string(i, 0, name)
        for i, worth in enumerate(worths):
            hidden.write_number(i, 1, float(worth))
    _base(book, form, about)
    book.close()
    parts = {
        name: _TALL.sub(b"", part) if b"<sheetData" in part else part
        for name, part in read_parts(out.getvalue()).items()
    }
    return marked_parts(parts)


def _base(book: Any, form: Form, about: Mapping[str, object]) -> None:
    sheet = book.add_worksheet(BASE)
    sheet.very_hidden()
    sheet.protect()
    for i, line in enumerate(baseline_lines(form, about)):
        sheet.write_string(i, 0, line)


class _Writer:
    def __init__(
        self, book: Any, sheet: Sheet, styles: Callable[..., Any], scoring: Scoring | None, listed: list[str]
    ) -> None:
        self.book, self.sheet, self.styles, self.scoring, self.listed = book, sheet, styles, scoring, listed
        self.page = book.add_worksheet(sheet.title)
        self.wanted: dict[int, list[_Place]] = {}
        self.rules: dict[CellKind, list[_Place]] = {}

    def style(self, **more: object) -> Any:
        """Give the format of these properties, with what all have."""
        return self.styles(**_EVERY | more)

    def write(self) -> None:
        page, sheet = self.page, self.sheet
        last = sum(one.key != OPEN for one in sheet.columns)
        page.set_row(KEY_ROW, None, None, {"hidden": True})
        page.write_string(KEY_ROW, 0, f"{KEY_MARK}#{sheet.key}")
        for above in range(KEY_ROW + 1, FIRST_ROW):
            page.write_string(above, 0, "=head")  # no row of data, wherever it comes to stand
        page.set_column(0, 0, 4, None, {"hidden": True})
        title = self.style(bold=True, font_size=16, text_wrap=False, font_color=_COLOURS["head"])
        page.write_string(1, 1, sheet.title, title)
        page.merge_range(2, 1, 2, last, "", self.style(italic=True))
        page.write_string(2, 1, sheet.about, self.style(italic=True))
        width = sum(one.width for one in sheet.columns if one.key != OPEN)
        page.set_row(1, 24)
        page.set_row(2, 17 * (1 + int(len(sheet.about) / max(width, 1))))
        page.set_row(HEAD_ROW, 33)
        head = self.style(**_EDGED, bold=True, align="center", valign="vcenter", bg_color=_COLOURS["head"],
                          font_color="#FFFFFF")  # fmt: skip
        for i, column in enumerate(sheet.columns, start=1):
            page.set_column(i, i, column.width, None, {"hidden": column.key == OPEN})
            page.write_string(KEY_ROW, i, f"{KEY_MARK}{column.key}")
            page.write_string(HEAD_ROW, i, column.title, head)
        for i, row in enumerate(sheet.rows):
            page.write_string(FIRST_ROW + i, 0, row.key)
            page.set_row(FIRST_ROW + i, _height(sheet, row))
            for n, column in enumerate(sheet.columns, start=1):
                self._cell(FIRST_ROW + i, n, row, column)
        self._rules()
        self._layout(last)

    def _cell(self, at: int, number: int, row: SheetRow, column: Column) -> None:
        cell = row.cells.get(column.key)
        value = "" if cell is None else cell.value
        shown = value.value if isinstance(value, Formula) else value
        kind = cell.kind if cell and row.look == "row" else None
        style: dict[str, object] = {**_EDGED, **_figured(kind, shown, column.places)}
        if column.key == OPEN:  # a row's count of its blanks, which nobody is to see, on paper neither
            style = {"num_format": ";;;"}
        elif row.look == "row":
            style |= {"locked": False} if kind else {"bg_color": _COLOURS["locked"]}
        else:
            style |= {
                "bold": row.look != "total" or row.key in {"=tong", "=muc"},
                "bg_color": _COLOURS["group"],
                "text_wrap": row.look != "heading",
            }
        if cell and kind:
            self.rules.setdefault(kind, []).append((number, at))
            if cell.wanted:
                self.wanted.setdefault(number, []).append((number, at))
        made = self.style(**style)
        if isinstance(value, Formula):
            self.page.write_formula(at, number, value.text, made, shown if isinstance(shown, str) else float(shown))
        elif shown != "":
            self._value(at, number, shown, kind, made)
        elif column.key != OPEN:
            self.page.write_blank(at, number, None, made)

    def _value(self, row: int, column: int, value: str | Decimal | int, kind: CellKind | None, made: Any) -> None:
        page = self.page
        if isinstance(value, (int, Decimal)) or (
            kind and kind.name in {"number", "count", "points"} and len(value) <= 15
        ):
            page.write_number(row, column, float(value), made)
        elif kind and kind.name == "day" and (day := iso_day(value)):
            page.write_datetime(row, column, day, made)
        elif kind and kind.name == "due" and (day := iso_day(value)):
            page.write_string(row, column, written_day(day), made)  # as a date, `4/2023` would become a day of April
        else:
            page.write_string(row, column, dict(kind.choices).get(value, value) if kind else value, made)

    def _rules(self) -> None:
        """Tell what may be typed, and colour what is missing."""
        for kind, cells in self.rules.items():
            if rule := self._rule(kind, xl_rowcol_to_cell(*reversed(cells[0]))):
                first, *others = _spans(cells)
                self.page.data_validation(*first, rule | _SAY | ({"other_cells": others} if others else {}))
        for cells in self.wanted.values():  # the first cell is then the one that a rule counts from, in every program
            spans = _spans(cells)
            first_cell = xl_rowcol_to_cell(*spans[0][:2])
            blank = f"LEN(TRIM({first_cell}))=0"
            if self.sheet.key == SCORE:
                blank = f'AND({blank},${self.sheet.column("na")}{spans[0][0] + 1}="")'
            self.page.conditional_format(*spans[0], {
                "type": "formula", "criteria": f"={blank}", "format": self.styles(bg_color=_COLOURS["wanted"]),
                "multi_range": " ".join(xl_range(*span) for span in spans),
            })  # fmt: skip
        for key in ("state", "check"):
            if any(one.key == key for one in self.sheet.columns) and self.sheet.rows:
                letter = self.sheet.column(key)
                span = f"{letter}{excel_row(0)}:{letter}{excel_row(len(self.sheet.rows) - 1)}"
                test = f'=OR(LEFT({letter}{excel_row(0)},5)="Thiếu",{str(key == "check").upper()}*(LEN({letter}{excel_row(0)})>0))'
                self.page.conditional_format(span, {
                    "type": "formula", "criteria": test, "format": self.styles(bg_color=_COLOURS["wrong"]),
                })  # fmt: skip

    def _rule(self, kind: CellKind, first: str) -> dict[str, Any] | None:
        if kind.choices:
            names = [name for _id, name in kind.choices]
            short = len(",".join(names)) <= _CHOICES and not any("," in name for name in names)
            source = names if short else self._range(names)
            return {"validate": "list", "source": source, "error_message": "Chọn một giá trị trong danh sách."}
        if kind.name != "points":
            return _RULES.get(kind.figure or kind.name)
        most = f"{kind.most:f}".replace(".", ",")
        step = f", bước {kind.step:f}".replace(".", ",") if kind.step else ""
        about = {"input_title": "Điểm", "input_message": f"Từ 0 đến {most}{step}",
                 "error_message": f"Nhập số điểm từ 0 đến {most}{step}."}  # fmt: skip
        if not kind.step:
            return {
                "validate": "decimal",
                "criteria": "between",
                "minimum": 0,
                "maximum": float(kind.most or 0),
            } | about
        fits = f"MOD(ROUND({first}*1000000,0),{int(kind.step * 1_000_000)})=0"
        test = f"=AND(ISNUMBER({first}),{first}>=0,{first}<={kind.most:f},{fits})"
        return {"validate": "custom", "value": test} | about

    def _range(self, names: list[str]) -> str:
        """Give the range of the hidden sheet where these names stand one after the other; put them there if they do not."""
        listed = self.listed
        at = next((i for i in range(len(listed)) if listed[i : i + len(names)] == names), len(listed))
        if at == len(listed):
            listed += names
        return f"={LISTS}!$A${at + 1}:$A${at + len(names)}"

    def _layout(self, last: int) -> None:
        page, sheet = self.page, self.sheet
        page.freeze_panes(FIRST_ROW, min(3, last) if last > 4 else 0)
        page.set_landscape()
        page.set_paper(9)
        across = ceil(sum(one.width for one in sheet.columns if one.key != OPEN) / _PAGE)
        page.fit_to_pages(across, 0)
        page.repeat_rows(HEAD_ROW)
        if across > 1:
            page.repeat_columns(1, 2)
        below = 3 + _chart_height(*sheet.chart) // 20 if sheet.chart else 0
        page.print_area(0, 1, FIRST_ROW + len(sheet.rows) - 1 + below, last)
        page.set_margins(0.5, 0.4, 0.6, 0.6)
        page.set_footer(f'&L&"{_FONT}"&9{sheet.title}&R&"{_FONT}"&9&P/&N')
        page.hide_gridlines(2)
        page.set_zoom(90)
        page.protect("", {
            "sort": True, "autofilter": True, "format_columns": True, "format_rows": True, "insert_rows": True,
            "format_cells": True,
        })  # fmt: skip
        if sheet.chart:
            self._chart(*sheet.chart)

    def _chart(self, first: int, last: int) -> None:
        sheet, page = self.sheet, self.page
        chart = self.book.add_chart({"type": "bar"})
        a, b = FIRST_ROW + first, FIRST_ROW + last
        columns = [one.key for one in sheet.columns]
        names, most, got = (columns.index(key) + 1 for key in ("title", "most", "got"))
        font = {"name": _FONT, "size": 10}
        for name, column, colour in (("Điểm tối đa", most, "#C9D6E3"), ("Điểm đạt", got, _COLOURS["head"])):
            chart.add_series({
                "name": name, "categories": [sheet.title, a, names, b, names],
                "values": [sheet.title, a, column, b, column], "fill": {"color": colour}, "gap": 60,
            })  # fmt: skip
        chart.set_title({"name": "Điểm theo nội dung", "name_font": {"name": _FONT, "size": 13}})
        chart.set_y_axis({"reverse": True, "num_font": font})
        chart.set_x_axis({"num_font": font, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
        chart.set_legend({"position": "bottom", "font": font})
        chart.set_size({"width": 1040, "height": _chart_height(first, last)})
        page.insert_chart(
            FIRST_ROW + len(sheet.rows) + 1, 1, chart, {"description": "Điểm đạt và điểm tối đa theo nội dung"}
        )


def _chart_height(first: int, last: int) -> int:
    """Give the height of the chart of so many rows, in pixels; a row has twenty."""
    return 60 + 52 * (last - first + 1)


def _height(sheet: Sheet, row: SheetRow) -> float:
    """Estimate how high a row must be for its wrapped text, in points."""
    lines = 1.0
    for column in sheet.columns:
        cell = row.cells.get(column.key)
        if cell is None:
            continue
        if row.look == "heading":  # runs over the cells beside it
            continue
        bold = 1.1 if row.look == "group" else 1.0
        told = cell.value.value if isinstance(cell.value, Formula) else cell.value
        if cell.kind and cell.kind.choices:
            told = dict(cell.kind.choices).get(str(told), told)
        lines = max(lines, sum(1 + int(len(line) * bold / (column.width * 1.15)) for line in str(told).split("\n")))
        if cell.kind and cell.kind.name == "long" and cell.wanted and not told:
            lines = max(lines, 2)
    return min(409, 4 + 14.5 * lines)


def _figured(kind: CellKind | None, value: object, places: int | None) -> dict[str, object]:
    """Give how a cell shows figures, days and text."""
    name = kind.name if kind else ""
    if name == "due":
        return {"num_format": "@", "align": "center"}
    if name == "day":
        return {"num_format": "dd/mm/yyyy", "align": "center"}
    if name in {"number", "count", "points"} or isinstance(value, (int, Decimal)):
        number = "General" if places is None else "#,##0" + ("." + "0" * places if places else "")
        whole = name == "count" or (not kind and _whole(value))  # what is typed anew must not be rounded on screen
        return {"num_format": "#,##0" if places is None and whole else number, "align": "right"}
    if name == "flag":
        return {"align": "center"}
    return {"num_format": "@"} if kind else {}


def _whole(value: object) -> bool:
    return not isinstance(value, str) and Decimal(str(value)) == int(Decimal(str(value))) if value != "" else False


def _spans(cells: list[_Place]) -> list[tuple[int, int, int, int]]:
    """Join cells that stand under one another: first row, first column, last row, last column."""
    out: list[tuple[int, int, int, int]] = []
    for column, row in sorted(cells):
        if out and out[-1][1:] == (column, row - 1, column):
            out[-1] = (out[-1][0], column, row, column)
        else:
            out.append((row, column, row, column))
    return out
