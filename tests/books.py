"""How tests of the workbook make one, have LibreOffice save it, and find its cells."""

from __future__ import annotations

import re
import zipfile
from functools import cached_property, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
from lxml import etree
from openpyxl.utils import get_column_letter

from danvan_cli.files import shipped
from danvan_cli.ooxml.xlsx import read_xlsx
from danvan_cli.plan.model import Plan
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.yamlfile import YamlFile
from office import converted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from danvan_cli.ooxml.xlsx import Value, XlsxSheet

_FORMULA = re.compile(rb"(</f>)<v>[^<]*</v>")


@lru_cache(maxsize=1)
def plan() -> Plan:
    """Give the shipped plan."""
    made = as_read(Plan, YamlFile("plan.yaml", shipped("plans/2023.yaml").read_bytes())).record
    assert made is not None
    return made


def without_values(data: bytes) -> bytes:
    """Take away what is stored for formulas, so that whoever opens the workbook must compute."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, _FORMULA.sub(rb"\1", old.read(entry)))
    return out.getvalue()


def saved_by_libreoffice(paths: Sequence[Path], folder: Path, form: str = "xlsx:Calc MS Excel 2007 XML") -> list[Path]:
    """Let headless LibreOffice open workbooks and save them again."""
    return converted(paths, form, folder / "saved")


def pages(path: Path) -> dict[str, XlsxSheet]:
    """Read a workbook's sheets by the key that stands in their hidden corner."""
    found = {}
    for page in read_xlsx(path.read_bytes(), path.name):
        corner = next((str(one.value) for one in page.cells.values() if str(one.value).startswith("danvan:#")), None)
        if corner:
            found[corner.removeprefix("danvan:#")] = page
    return found


class Found:
    """A sheet whose cells are found by the keys of their row and column."""

    def __init__(self, page: XlsxSheet) -> None:
        self.page = page
        keys = {str(one.value): place for place, one in page.cells.items() if str(one.value).startswith("danvan:")}
        corner = next(place for key, place in keys.items() if key.startswith("danvan:#"))
        self.columns = {key.removeprefix("danvan:"): place[1] for key, place in keys.items()}
        self.rows = {str(one.value): place[0] for place, one in page.cells.items() if place[1] == corner[1]}

    def at(self, row: str, column: str) -> Value | None:
        """Give a cell; None for a blank one."""
        return self.page.cells.get((self.rows[row], self.columns[column]))


@lru_cache(maxsize=20)
def _placed(data: bytes) -> dict[str, tuple[str, str, dict[str, int], dict[str, int]]]:
    """Give each sheet's title, part, rows and columns by their keys."""
    book, spots = openpyxl.load_workbook(BytesIO(data), read_only=True), {}
    for sheet in book:
        lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
        corners = [
            (at, line.index(one))
            for at, line in enumerate(lines[:3])
            for one in line
            if f"{one}".startswith("danvan:#")
        ]
        for at, corner in corners:
            columns = {str(value): number for number, value in enumerate(lines[at], start=1) if value}
            rows = {
                str(line[corner]): number
                for number, line in enumerate(lines, start=1)
                if number > at + 1 and len(line) > corner
            }
            key = str(lines[at][corner]).removeprefix("danvan:#")
            spots[key] = (sheet.title, sheet._worksheet_path, rows, columns)
    return spots


class Book:
    """A workbook opened by openpyxl, as a clerk opens it; what is only typed into cells is written into its XML, in a tenth of the time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data = path.read_bytes()
        self.typed: dict[str, dict[tuple[int, int], Any]] = {}

    @cached_property
    def book(self) -> openpyxl.Workbook:
        """All of it, with what has been typed so far."""
        return openpyxl.load_workbook(BytesIO(self._written()))

    def _written(self) -> bytes:
        out = BytesIO()
        with (
            zipfile.ZipFile(BytesIO(self.data)) as old,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
        ):
            for name in old.namelist():
                data = _FORMULA.sub(rb"\1", old.read(name))  # whoever saves it by another program leaves no results
                new.writestr(name, _typed(data, self.typed[name]) if name in self.typed else data)
        return out.getvalue()

    def sheet(self, key: str) -> Worksheet:
        """Find a sheet by its key, whatever it is called and wherever its corner is."""
        for sheet in self.book:
            for row in sheet.iter_rows(max_row=3):
                if any(cell.value == f"danvan:#{key}" for cell in row):
                    return sheet
        raise KeyError(key)

    def cell(self, key: str, row: str, column: str) -> Cell:
        """Find a cell by the keys of its sheet, row and column."""
        sheet = self.sheet(key)
        corner = next(cell for line in sheet.iter_rows(max_row=3) for cell in line if cell.value == f"danvan:#{key}")
        columns = {cell.value: cell.column for cell in sheet[corner.row]}
        for number in range(corner.row + 1, sheet.max_row + 1):
            if sheet.cell(number, corner.column).value == row:
                return sheet.cell(number, columns[f"danvan:{column}"])
        raise KeyError(row)

    def put(self, key: str, row: str, column: str, value: object) -> str:
        """Type into a cell; give its place as danvan names it."""
        plain = value is None or (type(value) in {int, float, str} and not str(value).startswith("="))
        if "book" not in self.__dict__ and plain:
            title, part, rows, columns = _placed(self.data)[key]
            at = rows[row], columns[f"danvan:{column}"]
            self.typed.setdefault(part, {})[at] = value
            return f"{title}!{get_column_letter(at[1])}{at[0]}"
        cell = self.cell(key, row, column)
        cell.value = value
        return f"{self.sheet(key).title}!{cell.coordinate}"

    def save(self, path: Path | None = None) -> Path:
        """Save the workbook."""
        where = path or self.path
        if "book" in self.__dict__:
            self.book.save(where)
        else:
            where.write_bytes(self._written())
        return where


def _typed(data: bytes, values: dict[tuple[int, int], Any]) -> bytes:
    """Write what is typed into cells of a sheet's part, which has them all."""
    tree = etree.fromstring(data)
    cells = {one.get("r"): one for one in tree.iterfind("{*}sheetData/{*}row/{*}c")}
    for (row, column), value in values.items():
        cell = cells[f"{get_column_letter(column)}{row}"]
        cell.attrib.pop("t", None)
        cell[:] = []
        if isinstance(value, str):
            cell.set("t", "inlineStr")
            said = etree.SubElement(etree.SubElement(cell, f"{_MAIN}is"), f"{_MAIN}t")
            said.text = value
            said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        elif value is not None:
            etree.SubElement(cell, f"{_MAIN}v").text = repr(value)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
