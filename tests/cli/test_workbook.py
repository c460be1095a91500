"""`danvan workbook`: a unit's workbook, one a lead, a folder for each unit."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from books import Book
from unit_books import SCORED, UNIT, filled, made

if TYPE_CHECKING:
    from collections.abc import Callable

    from commands import Run


@pytest.fixture
def unit(begun: Callable[..., Path]) -> Path:
    """Give the folder of a unit with sample results and answers, in a workspace."""
    return begun(*SCORED) / "units" / UNIT


def test_the_same_workbook_is_the_same_bytes_and_an_edited_one_is_not_overwritten(run: Run, unit: Path) -> None:
    path = unit / "out" / "so-lieu.xlsx"
    assert run("workbook", UNIT, cwd=unit).code == 0
    first = path.read_bytes()
    assert "không có gì thay đổi" in run("workbook", UNIT, cwd=unit).stdout
    assert path.read_bytes() == first
    book = Book(path)
    book.put("vuong-mac", "+1", "text", "Thiếu người")
    book.save()
    refused = run("workbook", UNIT, cwd=unit)
    assert (refused.code, "đã được người sửa" in refused.stderr) == (1, True)
    assert run("workbook", UNIT, "--force", cwd=unit).code == 0
    assert path.read_bytes() == first
    kept = Path(shutil.copy(path.with_name("so-lieu.xlsx.bak"), path.with_name("cũ.xlsx")))
    assert Book(kept).cell("vuong-mac", "+1", "text").value == "Thiếu người"


def test_a_lead_called_like_the_common_workbook_keeps_its_own(run: Run, unit: Path) -> None:
    assert run("log", UNIT, "II.1.1", "--lead", "Chung", cwd=unit).code == 0
    done = run("workbook", UNIT, "--by-lead", cwd=unit)
    assert done.code == 0, done.stderr
    told = [line.partition(":")[0] for line in done.stdout.splitlines()]
    assert len(told) == len(set(told)) == len(list((unit / "out").glob("so-lieu-*.xlsx")))


def test_a_lead_s_workbook_is_called_by_the_whole_name_of_the_lead(run: Run, unit: Path) -> None:
    assert run("log", UNIT, "II.1.1", "--lead", "P. Nghiệp vụ Y/Dược: tổ 1", cwd=unit).code == 0
    assert run("workbook", UNIT, "--by-lead", cwd=unit).code == 0
    assert (unit / "out" / "so-lieu-p-nghiep-vu-y-duoc-to-1.xlsx").is_file()


def test_a_text_too_long_for_a_cell_is_locked_and_stays(run: Run, unit: Path) -> None:
    long = "Kết quả dài. " * 3000
    path = unit / "unit.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("II.1.1:")
    at = text.index("results:", start)
    line = text.index("1y:", at)
    end = text.index("\n  II.1.2", line)
    path.write_text(f'{text[:line]}1y: "{long.strip()}"\n{text[end:]}', encoding="utf-8")
    before = path.read_bytes()
    book = made(run, unit)
    cell = book.cell("nhiem-vu", "II.1.1|1y", "result")
    assert "dài quá một ô" in str(cell.value)
    assert cell.protection.locked
    done = filled(run, unit, book.save())
    assert (done.code, path.read_bytes()) == (0, before), done.stderr


def test_no_formula_is_longer_than_excel_takes_however_large_the_plan(run: Run, unit: Path) -> None:
    longest = 0
    for sheet in made(run, unit).book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    longest = max(longest, len(str(cell.value)))
    assert longest < 2000  # of 8192; the longest ones grow with criteria, none with tasks


def test_a_block_without_a_rubric_has_a_workbook_without_scores(run: Run, unit: Path) -> None:
    path = unit.parents[1] / "plans" / "2023.rubric.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("blocks: [so-ban-nganh, su-nghiep, huyen]", "blocks: [huyen]"), encoding="utf-8")
    there = run("workbook", UNIT, cwd=unit)
    assert there.code != 0  # it has answers, and nothing to judge them by
    (unit / "score.yaml").unlink()
    done = run("workbook", UNIT, cwd=unit)
    assert done.code == 0, done.stderr
    assert "Chấm điểm" not in Book(unit / "out" / "so-lieu.xlsx").book.sheetnames


def test_by_lead_and_joined_again(run: Run, unit: Path) -> None:
    done = run("workbook", UNIT, "--by-lead", cwd=unit)
    assert done.code == 0, done.stderr
    books = {path.name: Book(path) for path in (unit / "out").glob("so-lieu-*.xlsx")}
    assert {"so-lieu-chung.xlsx", "so-lieu-van-phong-so.xlsx", "so-lieu-phong-to-chuc-can-bo.xlsx"} <= books.keys()
    books["so-lieu-van-phong-so.xlsx"].put("nhiem-vu", "II.1.1|6m", "result", "Của Văn phòng")
    books["so-lieu-phong-to-chuc-can-bo.xlsx"].put("nhiem-vu", "II.1.3|6m", "result", "Của Phòng")
    books["so-lieu-chung.xlsx"].put("chi-tieu", "tin-bai", "6m", 71)
    done = filled(run, unit, *(book.save() for book in books.values()))
    assert done.code == 0, done.stderr
    text = (unit / "unit.yaml").read_text(encoding="utf-8")
    for value in ("Của Văn phòng", "Của Phòng", "6m: 71"):
        assert value in text


def test_all_makes_a_folder_for_every_unit_that_is_ready_to_send(run: Run, unit: Path) -> None:
    root = unit.parents[1]
    assert run("init-unit", "huyen-loc-ninh", "dai-ptth-bao", cwd=root).code == 0
    done = run("workbook", "--all", cwd=root)
    assert done.code == 0, done.stderr
    assert "3 thư mục" in done.stdout
    every = {
        "so-lieu.xlsx",
        "ke-hoach-trien-khai.docx",
        "bang-tu-cham-diem.docx",
        "bao-cao-6m.docx",
        "bao-cao-1y.docx",
        "huong-dan.docx",
    }
    for name in (UNIT, "huyen-loc-ninh", "dai-ptth-bao"):
        assert every <= {path.name for path in (root / "build" / "gui-don-vi" / name).iterdir()}
    (unit / "unit.yaml").write_text("format: [", encoding="utf-8")
    worse = run("workbook", "--all", "--force", cwd=root)
    assert worse.code == 1
    assert "2 thư mục" in worse.stdout
    assert UNIT in worse.stderr


def test_a_workbook_needs_a_unit_file_and_works_without_a_rubric(run: Run, workspace: Path) -> None:
    missing = run("workbook", UNIT, cwd=workspace)
    assert (missing.code, "danvan init-unit so-y-te" in missing.stderr) == (2, True)
    assert run("init-unit", UNIT, cwd=workspace).code == 0
    (workspace / "plans" / "2023.rubric.yaml").unlink()
    assert run("workbook", UNIT, cwd=workspace).code == 0
    book = Book(workspace / "units" / UNIT / "out" / "so-lieu.xlsx")
    assert "Chấm điểm" not in book.book.sheetnames
    book.put("vuong-mac", "+1", "text", "Thiếu người")
    assert run("fill", book.save(), cwd=workspace).code == 0
    assert not (workspace / "units" / UNIT / "score.yaml").exists()


def test_a_report_every_month_and_quarter_makes_columns_beyond_z(run: Run, unit: Path) -> None:
    plan = unit.parents[1] / "plans" / "2023.yaml"
    more = "\ndeliverables:\n" + "".join(
        f"  - {{id: {name}, kind: report, name: Báo cáo {name}, owners: [all], every: {every}, due: {due}, to: so-noi-vu}}\n"
        for name, every, due in (
            ("thang", "month", "trước ngày 18 hằng tháng"),
            ("quy", "quarter", "trước ngày 15 tháng cuối quý"),
        )
    )
    plan.write_text(plan.read_text("utf-8").replace("\ndeliverables:\n", more, 1), "utf-8")
    assert run("update-unit", UNIT, cwd=unit).code == 0
    book, last = made(run, unit), "thang-12"
    book.put("chi-tieu", "tin-bai", last, 7)
    printed = {
        one.title: (one.page_setup.fitToWidth or 1, one.print_title_cols)
        for one in book.book
        if one.sheet_state == "visible"
    }
    assert printed["Nhiệm vụ"] == (1, None)
    assert printed["Chỉ tiêu"] == printed["Chuyên đề, đột xuất"] == (2, "$B:$C"), "on one page nobody could read it"
    assert any("'Chỉ tiêu'!AB5:AB" in str(cell.value) for cell in book.sheet("huong-dan")["D"])
    assert filled(run, unit, book.save()).code == 0
    assert f"{last}: 7" in (unit / "unit.yaml").read_text("utf-8")
