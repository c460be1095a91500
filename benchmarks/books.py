"""A unit's workbook written and read many times, by us and by openpyxl; `run.py` times whole processes of it.

    python benchmarks/books.py write|read ours|theirs COUNT FILE

Written are the same cells with the same values, fonts, fills, borders, alignments and number formats; ours also has its
rules, colours, chart, locks and baseline. Read are the values of all cells; ours also refuses bombs and sparse sheets
before, and tells formulas, days and percentages.
"""

from __future__ import annotations

import sys
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[1]

if TYPE_CHECKING:
    from collections.abc import Callable


def layout() -> Callable[[], tuple[Any, Any]]:
    """Read the shipped plan, rubric and samples; give what lays a unit's workbook out."""
    from danvan_cli.excel.sheets import form_of
    from danvan_cli.plan.model import Plan
    from danvan_cli.scoring.model import RubricFile, ScoreRecord
    from danvan_cli.unit.model import UnitRecord
    from danvan_cli.yaml.read import as_read
    from danvan_cli.yaml.read import read as read_as
    from danvan_cli.yaml.yamlfile import YamlFile

    plan = as_read(Plan, YamlFile("plan", (ROOT / "plans" / "2023.yaml").read_bytes())).record
    rubrics = read_as(RubricFile, ROOT / "plans" / "2023.rubric.yaml").record
    record = read_as(UnitRecord, ROOT / "samples" / "so-y-te.unit.yaml").record
    score = read_as(ScoreRecord, ROOT / "samples" / "so-y-te.score.yaml").record
    if plan is None or rubrics is None or record is None or score is None:
        raise SystemExit(2)
    unit = plan.unit_by_id["so-y-te"]
    return lambda: form_of(plan, unit, record, rubrics.rubrics[0], score)


def write_ours(count: int, path: Path) -> None:
    """Lay out and write the workbook."""
    from danvan_cli.excel.write import written_workbook

    make = layout()
    for _ in range(count):
        path.write_bytes(written_workbook(*make(), {"unit": "so-y-te"}, "Sổ"))


def write_theirs(count: int, path: Path) -> None:
    """Write the cells of a workbook that is there into new ones; its styles are made once and shared."""
    import openpyxl

    source = openpyxl.load_workbook(path)
    styles: dict[int, tuple[Any, ...]] = {}
    sheets = []
    for sheet in source:
        cells = []
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None and not cell.has_style:
                    continue
                style = styles.setdefault(
                    cell.style_id,
                    (copy(cell.font), copy(cell.fill), copy(cell.border), copy(cell.alignment), cell.number_format,
                     copy(cell.protection)),
                )  # fmt: skip
                cells.append((cell.row, cell.column, cell.value, style if cell.has_style else None))
        sheets.append((sheet.title, cells))
    out = path.with_name("theirs.xlsx")
    for _ in range(count):
        book = openpyxl.Workbook()
        for title, cells in sheets:
            page = book.create_sheet(title)
            for row_, column, value, style in cells:
                cell = page.cell(row_, column, value)
                if style:
                    (cell.font, cell.fill, cell.border, cell.alignment, cell.number_format, cell.protection) = style
        book.save(out)


def read_ours(count: int, path: Path) -> None:
    """Read the values, in bounds."""
    from danvan_cli.ooxml.xlsx import read_xlsx

    for _ in range(count):
        if sum(len(page.cells) for page in read_xlsx(path.read_bytes(), path.name)) < 1000:
            raise SystemExit(2)


def read_theirs(count: int, path: Path) -> None:
    """Read the values."""
    import openpyxl

    for _ in range(count):
        book = openpyxl.load_workbook(path)
        if (
            sum(value is not None for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)
            < 1000
        ):
            raise SystemExit(2)


if __name__ == "__main__":
    work = {"write": {"ours": write_ours, "theirs": write_theirs}, "read": {"ours": read_ours, "theirs": read_theirs}}
    work[sys.argv[1]][sys.argv[2]](int(sys.argv[3]), Path(sys.argv[4]))
