"""How tests of the workbook make one, have LibreOffice save it, and find its cells."""

from __future__ import annotations

import re
import zipfile
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl

from danvan_cli.files import shipped
from danvan_cli.ooxml.xlsx import read
from danvan_cli.plan.model import Plan
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.yamlfile import YamlFile
from office import converted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from danvan_cli.ooxml.xlsx import Page, Value

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


def pages(path: Path) -> dict[str, Page]:
    """Read a workbook's sheets by the key that stands in their hidden corner."""
    found = {}
    for page in read(path.read_bytes(), path.name):
        corner = next((str(one.value) for one in page.cells.values() if str(one.value).startswith("danvan:#")), None)
        if corner:
            found[corner.removeprefix("danvan:#")] = page
    return found


class Found:
    """A sheet whose cells are found by the keys of their row and column."""

    def __init__(self, page: Page) -> None:
        self.page = page
        keys = {str(one.value): place for place, one in page.cells.items() if str(one.value).startswith("danvan:")}
        corner = next(place for key, place in keys.items() if key.startswith("danvan:#"))
        self.columns = {key.removeprefix("danvan:"): place[1] for key, place in keys.items()}
        self.rows = {str(one.value): place[0] for place, one in page.cells.items() if place[1] == corner[1]}

    def at(self, row: str, column: str) -> Value | None:
        """Give a cell; None for a blank one."""
        return self.page.cells.get((self.rows[row], self.columns[column]))


class Book:
    """A workbook opened by openpyxl, as a clerk opens it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)

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
        cell = self.cell(key, row, column)
        cell.value = value
        return f"{self.sheet(key).title}!{cell.coordinate}"

    def save(self, path: Path | None = None) -> Path:
        """Save the workbook."""
        where = path or self.path
        self.book.save(where)
        return where
