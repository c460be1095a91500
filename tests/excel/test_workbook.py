"""What a workbook looks like: valid, locked where nothing is typed, printed on A4, in Times New Roman."""

from __future__ import annotations

import re
import subprocess
import zipfile
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest

from books import plan, saved_by_libreoffice
from danvan_cli.excel.baseline import sent
from danvan_cli.excel.sheets import form_of
from danvan_cli.excel.write import written_workbook
from danvan_cli.files import shipped
from danvan_cli.ooxml.xlsx import read_xlsx
from danvan_cli.scoring.model import SCORE_FORMAT, RubricFile, ScoreRecord
from danvan_cli.unit.model import UNIT_FORMAT, UnitRecord
from danvan_cli.word.package import is_untouched
from danvan_cli.yaml.read import read as read_as
from tools_needed import require
from validators import audit, sdk

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.excel.form import Form

KINDS = ("filled", "empty", "no rubric", "one lead")


@lru_cache
def made(kind: str) -> tuple[Form, bytes]:
    unit = plan().unit_by_id["so-y-te"]
    record = UnitRecord(format=UNIT_FORMAT, unit=unit.id, plan="2023")
    score = ScoreRecord(format=SCORE_FORMAT)
    rubrics = read_as(RubricFile, shipped("plans/2023.rubric.yaml")).record
    assert rubrics is not None
    if kind == "filled":
        record = read_as(UnitRecord, shipped("samples/so-y-te.unit.yaml")).record or record
        score = read_as(ScoreRecord, shipped("samples/so-y-te.score.yaml")).record or score
    rubric = None if kind == "no rubric" else rubrics.rubrics[0]
    form, scoring = form_of(plan(), unit, record, rubric, score,
                            tasks=["II.1.1"] if kind == "one lead" else None, whole=kind != "one lead")  # fmt: skip
    return form, written_workbook(form, scoring, {"unit": unit.id}, "Sổ")


@pytest.mark.office
@pytest.mark.parametrize("kind", KINDS)
def test_both_validators_find_nothing(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    path.write_bytes(made(kind)[1])
    assert (audit(path), sdk(path)) == ([], [])


def test_the_sheets_and_their_order() -> None:
    assert [sheet.title for sheet in made("filled")[0].sheets] == [
        "Hướng dẫn", "Thông tin đơn vị", "Kế hoạch", "Nhiệm vụ", "Chỉ tiêu", "Đánh giá chung", "Chuyên đề, đột xuất",
        "Chấm điểm", "Văn bản đã ban hành", "Khó khăn, vướng mắc", "Giải trình",
    ]  # fmt: skip


def test_only_what_is_to_be_typed_is_unlocked_and_everything_is_in_one_font(tmp_path: Path) -> None:
    form, data = made("filled")
    path = tmp_path / "so.xlsx"
    path.write_bytes(data)
    book = openpyxl.load_workbook(path)
    wanted = {(sheet.title, f"{sheet.column(key)}{i + 5}") for sheet, i, key, _cell in form.cells()}
    unlocked, fonts = set(), set()
    for sheet in book:
        assert sheet.protection.sheet or sheet.title == "danvan_ds"
        for row in sheet.iter_rows():
            for cell in row:
                if sheet.sheet_state == "visible" and cell.column > 1 and cell.row > 1 and cell.has_style:
                    fonts.add(cell.font.name)
                if not cell.protection.locked:
                    unlocked.add((sheet.title, cell.coordinate))
    assert unlocked == wanted
    assert fonts == {"Times New Roman"}


def test_every_rule_counts_from_the_top_left_of_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    path.write_bytes(made("empty")[1])
    checked = 0
    for sheet in openpyxl.load_workbook(path):
        rules = [
            (one.sqref, one.formula1 or "") for one in sheet.data_validations.dataValidation if one.type == "custom"
        ]
        rules += [(one.sqref, "".join(rule.formula)) for one in sheet.conditional_formatting for rule in one.rules]
        for cells, formula in rules:
            first = min((area.min_row, area.min_col, area.coord.partition(":")[0]) for area in cells.ranges)[2]
            assert first in formula, (sheet.title, str(cells), formula)
            checked += 1
    assert checked > 15


def test_it_prints_on_a4_with_its_heads_repeated_and_opens_with_them_frozen() -> None:
    with zipfile.ZipFile(BytesIO(made("filled")[1])) as zipped:
        main = zipped.read("xl/workbook.xml").decode()
        for number in range(1, 11):
            sheet = zipped.read(f"xl/worksheets/sheet{number}.xml").decode()
            assert 'paperSize="9"' in sheet
            assert 'orientation="landscape"' in sheet
            assert 'fitToPage="1"' in sheet
            assert 'state="frozen"' in sheet
            assert "customHeight" not in sheet.partition("<sheetData>")[2].partition("</sheetData>")[0]
    assert main.count("_xlnm.Print_Titles") == main.count("_xlnm.Print_Area") == 11
    assert main.count('state="veryHidden"') == 2


@pytest.mark.office
def test_the_pages_of_libreoffice_are_a4_and_cut_no_word(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    path.write_bytes(made("filled")[1])
    (printed,) = saved_by_libreoffice([path], tmp_path, "pdf")
    told = subprocess.run([require("pdftotext"), "-layout", str(printed), "-"], capture_output=True, encoding="utf-8",
                          check=True).stdout  # fmt: skip
    info = subprocess.run([require("pdfinfo"), str(printed)], capture_output=True, encoding="utf-8", check=True).stdout
    assert "841.8" in info
    assert int(re.findall(r"Pages:\s+(\d+)", info)[0]) <= 20
    assert "###" not in told
    for word in ("HƯỚNG", "Chấm điểm", "TỔNG ĐIỂM TỰ CHẤM", "Hoàn thành tốt nhiệm vụ", "Điểm theo nội dung"):
        assert word.lower() in told.lower()


def test_the_baseline_is_what_the_form_holds_and_the_mark_is_right() -> None:
    form, data = made("filled")
    assert is_untouched(data)
    base = sent(read_xlsx(data, "so.xlsx"), "so.xlsx")
    held = {one[0]: one[1] for rows in base.cells.values() for row in rows.values() for one in row.values()}
    assert held == {cell.path: str(cell.value) for _sheet, _row, _key, cell in form.cells()}
    assert base.about["unit"] == "so-y-te"
