"""`danvan fill`: what is typed is what is recorded, and nothing else changes."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections import Counter
from contextlib import chdir
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from books import Book, Found, pages, plan, saved_by_libreoffice
from danvan_cli.desk import fill
from danvan_cli.desk.opened import open_plan
from danvan_cli.desk.score import rubrics_if_any
from danvan_cli.errors import DanvanError
from danvan_cli.excel.baseline import sent
from danvan_cli.files import shipped
from danvan_cli.ooxml.xlsx import read_xlsx
from danvan_cli.yaml import yamlfile
from danvan_cli.yaml.yamlfile import YamlFile
from unit_books import SCORED, UNIT, files, filled, made, recorded

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

    from commands import Run
    from danvan_cli.ooxml.xlsx import XlsxSheet

LEVEL = "Đã ban hành, còn thiếu chủ trì, thời gian hoặc sản phẩm"


@pytest.fixture
def unit(begun: Callable[..., Path]) -> Path:
    """Give the folder of a unit with sample results and answers, in a workspace."""
    return begun(*SCORED) / "units" / UNIT


# The whole of it ------------------------------------------------------------------------------------------------------


@pytest.mark.office
def test_a_workbook_that_nobody_edited_changes_nothing(run: Run, unit: Path, tmp_path: Path) -> None:
    book, before = made(run, unit), files(unit)
    (saved,) = saved_by_libreoffice([book.path], tmp_path)
    by_openpyxl = book.save(tmp_path / "op.xlsx")
    ods = saved_by_libreoffice(saved_by_libreoffice([book.path], tmp_path, "ods"), tmp_path)
    for path in (unit.parents[1] / "so.xlsx", saved, by_openpyxl, *ods):
        done = filled(run, unit, path)
        assert (done.code, files(unit)) == (0, before), done.stderr + done.stdout
        assert "không có gì thay đổi" in done.stdout
        assert "lỗi" not in done.stderr


def test_what_is_typed_in_any_usual_form_is_recorded(run: Run, unit: Path) -> None:
    book = made(run, unit)
    for place, value in {
        ("nhiem-vu", "II.1.1|6m", "result"): "Kết quả mới\n- một",
        ("nhiem-vu", "II.1.1|1y", "status"): "đang thực hiện",
        ("nhiem-vu", "II.1.3|6m", "due"): "30-6-2023",
        ("nhiem-vu", "II.2.1|6m", "lead"): "+ Phòng một cửa",
        ("chi-tieu", "tin-bai", "6m"): "1.064,0",
        ("chi-tieu", "kiem-tra", "6m"): 0,
        ("chi-tieu", "dvk-dang-ky", "6m"): None,
        ("danh-gia", "6m|limits", "text"): "@ghi chú",
        ("don-vi", "signs", "value"): "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
        ("don-vi", "contact.name", "value"): "Trần Thị B",
        ("cham-diem", "1.1", "level"): LEVEL,
        ("cham-diem", "1.2", "value"): "2400,0",
        ("cham-diem", "3.3", "count"): "17",
        ("cham-diem", "1.4", "points"): "2,5",
        ("cham-diem", "late|6m", "level"): "có",
        ("van-ban", "6m", "number"): "25/BC-SYT",
        ("van-ban", "6m", "date"): date(2023, 5, 4),
        ("giai-trinh", "2.3", "note"): "Đã đối chiếu",
    }.items():
        book.put(*place, value)
    done = filled(run, unit, book.save())
    assert done.code == 0, done.stderr
    got = recorded(run, unit)
    told = {" ".join(path[1:]): value for path, value in got.items()}
    assert {
        "tasks II.1.1 results 6m": "Kết quả mới\n- một", "tasks II.1.1 states 1y": "doing", "tasks II.1.3 due": "2023-06-30",
        "tasks II.2.1 lead": "+ Phòng một cửa", "indicators tin-bai 6m": "1064", "indicators kiem-tra 6m": "0",
        "indicators dvk-dang-ky 6m": "", "reports 6m limits": "@ghi chú", "signs": "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
        "contact name": "Trần Thị B", "answers 1.1 level": "chua-day-du", "answers 1.2 value": "2400",
        "answers 3.3 count": "17", "answers 1.4 points": "2.5", "late 6m": "co", "late 1y": "khong",
        "deliverables 6m number": "25/BC-SYT", "deliverables 6m date": "2023-05-04", "answers 2.3 note": "Đã đối chiếu",
    }.items() <= told.items()  # fmt: skip
    again = filled(run, unit, book.path)
    assert (again.code, "không có gì thay đổi" in again.stdout) == (0, True)


def test_numbers_in_a_workbook_are_looked_at_as_those_that_are_logged(run: Run, unit: Path) -> None:
    book = made(run, unit)
    for one in ("ke-hoach", "6m"):
        book.put("van-ban", one, "number", "77/BC-SNV")
    done = filled(run, unit, book.save())
    said = " ".join(done.stderr.split())
    assert done.code == 0, said
    assert "của Sở Y tế thường như 15/BC-SYT" in said
    assert "số 77/BC-SNV đã ghi cho «ke-hoach»" in said


def test_every_file_is_parsed_once(run: Run, unit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = made(run, unit)
    book.put("chi-tieu", "tin-bai", "6m", 4242)
    book.put("cham-diem", "1.4", "points", "2,5")
    edited = book.save()
    parsed: Counter[str] = Counter()
    parse, make = fill.read_xlsx, YamlFile.__init__

    def parsing(data: bytes, name: str) -> list[XlsxSheet]:
        parsed["workbook"] += 1
        return parse(data, name)

    def making(file: YamlFile, path: str, data: bytes) -> None:
        parsed[Path(path).name] += 1
        make(file, path, data)

    monkeypatch.setattr(fill, "read_xlsx", parsing)
    monkeypatch.setattr(YamlFile, "__init__", making)
    whole = {"workbook": 1, "2023.yaml": 1, "2023.rubric.yaml": 1, "calendar.yaml": 1, "unit.yaml": 1, "score.yaml": 1}
    yamlfile._kept.cache_clear()
    assert filled(run, unit, edited, "--dry-run").code == 0
    assert parsed == whole | {"unit.yaml": 2, "score.yaml": 2}, "and what would be written"
    parsed.clear()
    assert filled(run, unit, edited).code == 0
    assert parsed == {"workbook": 1}, "what was tried is what is written"
    parsed.clear()
    yamlfile._kept.cache_clear()
    assert "không có gì thay đổi" in filled(run, unit, edited).stdout
    assert parsed == whole


def test_a_workbook_that_was_parsed_before_is_not_read_again(run: Run, unit: Path, tmp_path: Path) -> None:
    book = made(run, unit)
    book.put("chi-tieu", "tin-bai", "6m", 4242)
    there = read_xlsx(book.save().read_bytes(), "sổ")
    with chdir(unit):
        opened = open_plan()
    filling = fill.Filling(opened, rubrics_if_any(opened))
    taken = filling.take(tmp_path / "khong-co.xlsx", there)
    assert [one.new for one in taken.found.changes] == ["4242"]
    (done,) = filling.write(dry_run=True)
    assert ([path.name for path in done.paths], done.written) == (["unit.yaml"], False)
    (done,) = filling.write()
    assert done.written
    assert "4242" in (unit / "unit.yaml").read_text(encoding="utf-8")


def test_what_somebody_else_records_meanwhile_stays_and_the_same_cell_is_not_overwritten(run: Run, unit: Path) -> None:
    book = made(run, unit)
    book.put("chi-tieu", "tin-bai", "6m", 4242)
    book.put("cham-diem", "1.4", "points", "2,5")
    edited = book.save()
    with chdir(unit):
        opened = open_plan()

    def filling() -> fill.Filling:
        one = fill.Filling(opened, rubrics_if_any(opened))
        assert one.take(edited).error is None
        return one

    one = filling()
    assert run("log", UNIT, "--indicator", "tcd-luot=77", "--period", "6m", cwd=unit).code == 0
    assert [done.written for done in one.write()] == [True]
    assert {"4242", "77"} <= set(re.findall(r"6m: (\d+)", (unit / "unit.yaml").read_text(encoding="utf-8")))
    book.put("chi-tieu", "tin-bai", "6m", 5151)
    book.put("cham-diem", "1.4", "points", "1,5")
    one, before = fill.Filling(opened, rubrics_if_any(opened), prefer="workbook"), files(unit)
    one.take(book.save())
    assert run("log", UNIT, "--indicator", "tin-bai=99", "--period", "6m", cwd=unit).code == 0
    with pytest.raises(DanvanError, match=r"tin-bai"):
        list(one.write())
    assert "99" in files(unit)[0].decode()
    assert files(unit)[1] == before[1], "both files or none"


def test_rows_are_added_changed_and_emptied(run: Run, unit: Path) -> None:
    book = made(run, unit)
    book.put("ke-hoach", "II.1.1|+1", "content", "Việc thêm")
    book.put("ke-hoach", "II.1.1|+1", "due", "hàng quý")
    book.put("ke-hoach", "II.1.1|0", "product", "Báo cáo")
    for column in ("content", "lead", "with", "due", "product", "done"):
        book.put("ke-hoach", "II.1.1|1", column, None)
    book.put("nhiem-vu", "II.1.2|1y", "evidence.title", "Báo cáo năm")
    book.put("nhiem-vu", "II.1.2|1y", "evidence.number", "90/BC-SYT")
    book.put("giai-trinh", "5.2", "evidence.title", "Lịch tiếp công dân")
    book.put("vuong-mac", "+1", "text", "Thiếu người")
    sheet = book.sheet("ke-hoach")
    more = sheet.max_row + 1  # a row of the clerk's own, without a key
    for column, value in {2: "II.1.2", 4: "=Việc chèn", 5: "Văn phòng"}.items():
        sheet.cell(more, column).value = value
        sheet.cell(more, column).data_type = "s"
    done = filled(run, unit, book.save())
    assert done.code == 0, done.stderr
    assert "bỏ «Lồng ghép" in done.stdout
    text = (unit / "unit.yaml").read_text(encoding="utf-8")
    assert "Lồng ghép" not in text
    assert '- content: "=Việc chèn"\n        lead: Văn phòng' in text.replace('"Văn phòng"', "Văn phòng")
    assert 'product: "Báo cáo"' in text
    assert 'content: "Việc thêm"\n        due: hằng quý' in text
    assert 'title: "Báo cáo năm"\n        number: "90/BC-SYT"\n        period: "1y"' in text
    assert 'text: "Thiếu người"' in text
    assert "Lịch tiếp công dân" in (unit / "score.yaml").read_text(encoding="utf-8")
    assert "không có gì thay đổi" in filled(run, unit, book.path).stdout


def test_wrong_values_are_told_all_at_once_with_their_cells(run: Run, unit: Path) -> None:
    book, before = made(run, unit), files(unit)
    spots = [
        book.put("cham-diem", "2.2", "count", "mười"),
        book.put("cham-diem", "3.3", "count", 1.5),
        book.put("cham-diem", "1.4", "points", 3.7),
        book.put("cham-diem", "2.3", "points", 40),
        book.put("cham-diem", "1.2", "base", 0),
        book.put("cham-diem", "1.3", "na", "x"),
        book.put("cham-diem", "2.1", "level", "vượt hết"),
        book.put("nhiem-vu", "II.1.1|6m", "due", "32/13/2023"),
        book.put("nhiem-vu", "II.1.2|6m", "status", "gần xong"),
        book.put("chi-tieu", "tin-bai", "6m", -1),
        book.put("chi-tieu", "tin-bai", "1y", "1.234"),
        book.put("chi-tieu", "dvk-dang-ky", "6m", "=1+1"),
        book.put("vuong-mac", "+2", "proposal", "Đề xuất không có vướng mắc"),
        book.put("danh-gia", "6m|limits", "text", "Văn bản độ mật: TỐI MẬT"),
    ]
    spots[12] = spots[12].replace("!D", "!C")  # what is missing stands beside
    book.put("vuong-mac", "+3", "text", "Vướng mắc đúng")
    done = filled(run, unit, book.save())
    assert done.code == 1
    for spot in spots:
        assert f"{spot}: lỗi:" in done.stderr, spot
    assert "help:" in done.stderr
    assert "TỐI MẬT" not in done.stderr + done.stdout
    assert files(unit) == before
    again = filled(run, unit, book.path, "--partial")
    assert again.code == 1
    assert "Vướng mắc đúng" in (unit / "unit.yaml").read_text(encoding="utf-8")
    assert files(unit)[1] == before[1]


def test_two_peoples_edits_merge_and_a_conflict_is_shown_cell_by_cell(run: Run, unit: Path) -> None:
    one, two = made(run, unit, "một.xlsx"), made(run, unit, "hai.xlsx")
    one.put("chi-tieu", "tin-bai", "6m", 70)
    one.put("nhiem-vu", "II.1.1|6m", "lead", "Phòng A")
    spot = two.put("nhiem-vu", "II.1.1|6m", "lead", "Phòng B")
    two.put("nhiem-vu", "II.1.2|6m", "lead", "Phòng C")
    two.put("ke-hoach", "II.1.1|+1", "content", "Của người thứ hai")
    one.put("ke-hoach", "II.1.1|+1", "content", "Của người thứ nhất")
    before = files(unit)
    both = filled(run, unit, one.save(), two.save())
    assert both.code == 1
    assert f"{spot}: hai bên cùng sửa" in both.stderr
    for value in ("Văn phòng Sở", "Phòng B", "Phòng A"):
        assert f"«{value}»" in both.stderr
    assert files(unit) == before
    assert filled(run, unit, one.path, two.path, "--prefer", "workbook").code == 0
    text = (unit / "unit.yaml").read_text(encoding="utf-8")
    for value in ("Phòng B", "Phòng C", "Của người thứ hai", "Của người thứ nhất"):
        assert value in text
    assert "Phòng A" not in text
    assert filled(run, unit, one.path, "--prefer", "file").code == 0
    assert (unit / "unit.yaml").read_text(encoding="utf-8") == text


def test_what_changed_meanwhile_in_the_file_stays(run: Run, unit: Path) -> None:
    book = made(run, unit)
    book.put("ke-hoach", "II.1.1|1", "lead", "Phòng mới")
    book.put("chi-tieu", "tin-bai", "6m", 70)
    assert run("log", UNIT, "II.1.1", "--activity", "Việc ghi sau", cwd=unit).code == 0
    assert run("log", UNIT, "II.1.1", "--lead", "Phòng khác", cwd=unit).code == 0
    done = filled(run, unit, book.save())
    assert done.code == 0, done.stderr
    text = (unit / "unit.yaml").read_text(encoding="utf-8")
    for value in ("Việc ghi sau", "Phòng khác", "Phòng mới", "6m: 70"):
        assert value in text


def test_an_item_that_is_gone_is_never_written_onto_another(run: Run, unit: Path) -> None:
    edited, emptied = made(run, unit, "một.xlsx"), made(run, unit, "hai.xlsx")
    edited.put("ke-hoach", "II.1.1|0", "lead", "Phòng của việc đã bỏ")
    for column in ("content", "lead", "with", "due", "product", "done"):
        emptied.put("ke-hoach", "II.1.1|0", column, None)
    assert filled(run, unit, emptied.save()).code == 0
    before = files(unit)
    done = filled(run, unit, edited.save(), "--prefer", "workbook")
    assert (done.code, files(unit)) == (1, before)
    assert "hai bên cùng sửa" in done.stderr


def test_half_of_an_answer_is_never_written(run: Run, unit: Path) -> None:
    one, two = made(run, unit, "một.xlsx"), made(run, unit, "hai.xlsx")
    one.put("cham-diem", "1.2", "value", 2000)
    two.put("cham-diem", "1.2", "value", 100)
    two.put("cham-diem", "1.2", "base", 200)  # goes with the value that is in conflict
    two.put("cham-diem", "5.1", "value", "năm mươi")
    two.put("cham-diem", "5.1", "base", 60)  # goes with the value that is wrong
    two.put("cham-diem", "3.3", "count", 9)
    assert filled(run, unit, one.save()).code == 0
    done = filled(run, unit, two.save(), "--partial")
    assert done.code == 1
    told = {path[2:]: value for path, value in recorded(run, unit).items() if path[1:2] == ("answers",)}
    assert (told["1.2", "value"], told["1.2", "base"]) == ("2000", "2475")
    assert (told["5.1", "value"], told["5.1", "base"], told["3.3", "count"]) == ("54", "56", "9")


def test_lines_that_are_parted_anew_are_an_edit(run: Run, unit: Path) -> None:
    book = made(run, unit)
    old = str(book.cell("nhiem-vu", "II.1.2|6m", "result").value)
    book.put("nhiem-vu", "II.1.2|6m", "result", old.replace("; ", ";\n"))
    done = filled(run, unit, book.save())
    assert done.code == 0, done.stderr
    assert recorded(run, unit)["unit", "tasks", "II.1.2", "results", "6m"] == old.replace("; ", ";\n")


def test_rows_pasted_from_another_workbook_are_new_items(run: Run, unit: Path) -> None:
    book = made(run, unit)
    sheet = book.sheet("ke-hoach")
    row = sheet.max_row + 1
    for column, value in {1: "II.1.1|+7", 2: "II.1.1", 4: "Việc dán từ sổ khác"}.items():
        sheet.cell(row, column).value = value
    assert filled(run, unit, book.save()).code == 0
    assert "Việc dán từ sổ khác" in (unit / "unit.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("key", "one", "other"), [("chi-tieu", 5, 6), ("danh-gia", 7, 13), ("van-ban", 5, 6)])
def test_half_of_a_sort_is_noticed_on_every_sheet(key: str, one: int, other: int, run: Run, unit: Path) -> None:
    book, before = made(run, unit), files(unit)
    sheet = book.sheet(key)
    for column in range(2, sheet.max_column + 1):
        a, b = sheet.cell(one, column), sheet.cell(other, column)
        a.value, b.value = b.value, a.value
    done = filled(run, unit, book.save())
    assert (done.code, files(unit)) == (1, before)
    assert "dòng này là của" in done.stderr


def test_a_row_copied_where_none_can_be_added_is_told(run: Run, unit: Path) -> None:
    book, before = made(run, unit), files(unit)
    sheet = book.sheet("chi-tieu")
    row = sheet.max_row + 1
    for column in range(1, sheet.max_column + 1):
        sheet.cell(row, column).value = sheet.cell(8, column).value
    sheet.cell(row, 5).value = 999
    done = filled(run, unit, book.save())
    assert (done.code, files(unit)) == (0, before)
    assert f"Chỉ tiêu!B{row}: dòng chép thêm" in done.stderr


def test_a_rubric_with_other_bands_is_another_rubric(run: Run, unit: Path) -> None:
    book, before = made(run, unit), files(unit)
    book.put("cham-diem", "2.3", "points", 1)
    path = unit.parents[1] / "plans" / "2023.rubric.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("nhiệm vụ, from: 75", "nhiệm vụ, from: 74"), encoding="utf-8"
    )
    done = filled(run, unit, book.save())
    assert (done.code, files(unit)) == (1, before)
    assert "bộ tiêu chí mau-2023 (đã sửa)" in done.stderr
    assert filled(run, unit, book.path, "--carry").code == 0


def test_dry_run_writes_nothing_and_json_says_all(run: Run, unit: Path) -> None:
    book, before = made(run, unit), files(unit)
    cell = book.put("chi-tieu", "tin-bai", "6m", 70)
    book.put("chi-tieu", "kiem-tra", "6m", "x")
    shown = filled(run, unit, book.save(), "--dry-run", "--partial")
    assert "64 → 70" in shown.stdout
    assert "sẽ ghi" in shown.stdout
    assert files(unit) == before
    told = json.loads(filled(run, unit, book.path, "--json", "--partial").stdout)
    (file,) = told["files"]
    assert file["changes"] == [{"cell": cell, "path": ["indicators", "tin-bai", "6m"], "old": "64", "new": "70"}]
    assert [one["cell"] for one in file["errors"]] == [
        book.cell("chi-tieu", "kiem-tra", "6m").coordinate.join(["Chỉ tiêu!", ""])
    ]
    assert told["written"] == [f"units/{UNIT}/unit.yaml"]


# What people do to workbooks -------------------------------------------------------------------------------------------


def test_a_formula_typed_over_is_named_and_a_total_that_differs_is_shown(run: Run, unit: Path) -> None:
    book = made(run, unit)
    cell, total = book.put("cham-diem", "2.3", "got", 4), book.put("cham-diem", "=tong", "got", 88)
    done = filled(run, unit, book.save())
    assert done.code == 0
    assert f"{cell}: công thức đã bị gõ đè" in done.stderr
    assert f"{total}: sổ ghi tổng 88, tính lại được 79,47" in done.stderr
    assert "79,47/90" in done.stdout


def test_half_of_a_sort_is_noticed(run: Run, unit: Path) -> None:
    book, before = made(run, unit), files(unit)
    sheet = book.sheet("cham-diem")
    for column in range(2, 13):  # all but the hidden column of keys
        a, b = sheet.cell(6, column), sheet.cell(7, column)
        a.value, b.value = b.value, a.value
    done = filled(run, unit, book.save())
    assert done.code == 1
    assert "dòng này là của «1.1» nhưng ghi «1.2»" in done.stderr
    assert files(unit) == before


def test_a_sheet_deleted_copied_or_a_column_gone(run: Run, unit: Path) -> None:
    book, before = made(run, unit), files(unit)
    del book.book[book.sheet("chi-tieu").title]
    gone = filled(run, unit, book.save())
    assert (gone.code, files(unit)) == (0, before)
    assert "không còn trang «Chỉ tiêu»" in gone.stderr
    copied = made(run, unit)
    copied.book.copy_worksheet(copied.sheet("vuong-mac"))
    assert "hai trang cùng một nội dung" in filled(run, unit, copied.save()).stderr
    cut = made(run, unit)
    cut.sheet("nhiem-vu").delete_cols(6)
    assert "không còn cột «Không thuộc chức năng: lý do»" in filled(run, unit, cut.save()).stderr
    assert files(unit) == before


def test_the_hidden_sheet_must_be_as_it_was(run: Run, unit: Path) -> None:
    book = made(run, unit)
    book.book["danvan"]["A2"] = str(book.book["danvan"]["A2"].value).replace("Y", "Z")
    assert "trang ẩn" in filled(run, unit, book.save()).stderr
    del book.book["danvan"]
    assert "không phải sổ do danvan tạo" in filled(run, unit, book.save()).stderr


def test_a_workbook_of_another_unit_or_plan(run: Run, unit: Path) -> None:
    book, before = made(run, unit), files(unit)
    wrong = filled(run, unit, book.path, "--unit", "so-noi-vu")
    assert (wrong.code, "sổ của «so-y-te»" in wrong.stderr) == (2, True)
    assert filled(run, unit, unit.parents[1] / "không-có.xlsx").code == 2
    assert files(unit) == before


def test_a_plan_or_a_rubric_that_changed_is_told_and_carried_where_ids_allow(run: Run, unit: Path) -> None:
    book = made(run, unit)
    book.put("nhiem-vu", "II.1.1|6m", "result", "Của nhiệm vụ đã đổi")
    book.put("nhiem-vu", "II.1.2|6m", "result", "Của nhiệm vụ như cũ")
    book.put("cham-diem", "1.4", "points", 1)
    book.put("cham-diem", "2.3", "points", 1)
    root = unit.parents[1]
    rubric = (root / "plans/2023.rubric.yaml").read_text(encoding="utf-8")
    assert "title: Đổi mới nội dung, phương thức" in rubric
    rubric = rubric.replace("title: Đổi mới nội dung, phương thức", "title: Đổi mới phương thức", 1)
    (root / "plans/2023.rubric.yaml").write_text(rubric, encoding="utf-8")
    task = plan().task_by_id["II.1.1"]
    text = (root / "plans/2023.yaml").read_text(encoding="utf-8")
    word = task.text.split()[0]
    start = text.index("- id: II.1.1")
    spot = text.index(word, text.index("text:", start))
    (root / "plans/2023.yaml").write_text(text[:spot] + "Đã sửa: " + text[spot:], encoding="utf-8")
    done = filled(run, unit, book.save())
    assert done.code == 1
    assert "nhiệm vụ II.1.1 (đã sửa)" in done.stderr
    assert "tiêu chí 1.4 (đã sửa)" in done.stderr
    carried = filled(run, unit, book.path, "--carry")
    assert carried.code == 0, carried.stderr
    assert "không ghi" in carried.stderr
    got = (unit / "unit.yaml").read_text(encoding="utf-8")
    assert "Của nhiệm vụ như cũ" in got
    assert "Của nhiệm vụ đã đổi" not in got
    answers = {
        path[2]: value
        for path, value in recorded(run, unit).items()
        if path[1:2] == ("answers",) and path[3:] == ("points",)
    }
    assert (answers["1.4"], answers["2.3"]) == ("3.5", "1")


# At random ------------------------------------------------------------------------------------------------------------

WORDS = (
    "=A1+1",
    "+84",
    "-5 việc",
    "@ghi chú",
    "Tổ chức hội nghị",
    "Văn bản số 5",
    "hai dòng\n- một\n- hai",
    "S'tiêng & M'nông <b>",
    "«trích»",
)
DAYS = ("{d}/{m}/{y}", "{d:02}-{m:02}-{y}", "{y}-{m:02}-{d:02}", "{d}.{m}.{y}", "ngày {d}/{m}/{y}")


def typed_at_random(rng: random.Random, path: tuple[str, ...], old: str) -> tuple[object, str] | None:
    """Make up what a clerk types into a cell, and what is to be recorded; None for a cell that is left alone."""
    criteria = {one["id"]: one for one in CRITERIA}
    match path:
        case ("unit", "tasks", _, "states", "6m"):
            return rng.choice(
                [
                    ("Đã hoàn thành", "done"),
                    ("đang thực hiện", "doing"),
                    ("chưa thực hiện", "todo"),
                ]
            )
        case ("unit", "tasks", _, "due") | ("unit", "tasks", _, "activities", _, "due"):
            if rng.random() < 0.3:
                return rng.choice([("hàng quý", "hằng quý"), ("Thường xuyên", "thường xuyên")])
            day = date(2023, rng.randint(1, 12), rng.randint(1, 28))
            told = rng.choice(DAYS).format(d=day.day, m=day.month, y=day.year)
            return rng.choice([day, told]), day.isoformat()
        case (
            ("unit", "tasks", _, "lead")
            | ("unit", "signer")
            | ("unit", "tasks", _, "activities", _, "lead" | "product")
        ):
            word = rng.choice(WORDS)
            return f"  {word} ", " ".join(word.split())
        case ("unit", "tasks", _, "results", _) | ("unit", "reports", _, _):
            word = rng.choice(WORDS)
            return word, word
        case ("unit", "indicators", _, _):
            value = rng.randint(0, 5000)  # what is counted is whole
            return rng.choice([float(value), f"{value},0", str(value)]), str(value)
        case ("score", "answers", name, "level"):
            i = rng.randrange(len(criteria[name]["levels"]))
            level = criteria[name]["levels"][i]
            return rng.choice([f"{i + 1}. {level['name']}", level["name"], level["id"], i + 1]), level["id"]
        case ("score", "answers", _, "value" | "base" | "count" as part):  # a part is no larger than its whole
            value_ = rng.randint(3000, 5000) if part == "base" else rng.randint(1, 2)
            return rng.choice([value_, f" {value_} ", float(value_)]), str(value_)
        case ("score", "answers", _, "note"):
            word = rng.choice(WORDS)
            return word, word
    return (None, "") if old == "" and rng.random() < 0.1 else None


def _criteria(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [leaf for one in groups for leaf in (_criteria(one["criteria"]) if "criteria" in one else [one])]


def _rubric() -> list[dict[str, Any]]:
    import yaml

    tree = yaml.safe_load(shipped("plans/2023.rubric.yaml").read_text(encoding="utf-8"))["rubrics"][0]
    return [*_criteria(tree["criteria"]), *_criteria(tree["deductions"]["criteria"])]


CRITERIA = _rubric()


def sorted_otherwise(rng: random.Random, sheet: Worksheet) -> None:
    """Put the rows of data in another order, each with its hidden key."""
    rows = [[(cell.value, cell.data_type) for cell in sheet[row]] for row in range(5, sheet.max_row + 1)]
    for at, row in enumerate(rng.sample(rows, len(rows)), start=5):
        for column, (value, kind) in enumerate(row, start=1):
            sheet.cell(at, column).value = value
            if isinstance(value, str):
                sheet.cell(at, column).data_type = kind


def shaken(rng: random.Random, book: Book) -> None:
    """Do to a workbook what people do: rename and move sheets, sort, add columns and rows, hide, filter."""
    for key in ("chi-tieu", "nhiem-vu", "cham-diem", "danh-gia", "giai-trinh"):
        sheet = book.sheet(key)
        if rng.random() < 0.5:
            sorted_otherwise(rng, sheet)
        if rng.random() < 0.4:
            at = rng.randint(2, sheet.max_column + 1)
            sheet.insert_cols(at)
            sheet.cell(4, at).value = "Ghi chú riêng"
            sheet.cell(6, at).value = "xem lại"
        if rng.random() < 0.4:
            sheet.insert_rows(rng.randint(5, sheet.max_row))
        if rng.random() < 0.3:
            sheet.column_dimensions["D"].hidden = True
            sheet.row_dimensions[7].hidden = True
        if rng.random() < 0.5:
            sheet.title = f"Trang {rng.randint(1, 10_000)} {key[:3]}"
        if rng.random() < 0.5:
            book.book.move_sheet(sheet, rng.randint(-3, 3))


SEEDS = [
    pytest.param(seed, marks=[pytest.mark.office] * (seed % 3 == 0) + [pytest.mark.fire] * (seed > 2))
    for seed in range(12)
]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_typed_at_random_is_recorded_and_nothing_else(seed: int, run: Run, unit: Path, tmp_path: Path) -> None:
    rng = random.Random(seed)
    book = made(run, unit)
    base = sent(read_xlsx(book.path.read_bytes(), "so.xlsx"), "so.xlsx")
    wanted = {cell[0]: cell[1] for rows in base.cells.values() for row in rows.values() for cell in row.values()}
    every = [(key, row, column, *cell) for key, rows in base.cells.items() for row, cells in rows.items()
             for column, cell in cells.items()]  # fmt: skip
    for key, row, column, path, old in rng.sample(every, 160):
        if any(part.startswith("+") for part in path):
            continue
        got = typed_at_random(rng, path, old)
        if got is None or (path[:2] == ("score", "answers") and wanted.get((*path[:3], "na")) == "x"):
            continue
        book.put(key, row, column, got[0])
        if isinstance(got[0], str):
            book.cell(key, row, column).data_type = "s"
        wanted[path] = got[1]
    shaken(rng, book)
    saved = book.save(tmp_path / f"so-{seed}.xlsx")
    if seed % 3 == 0:
        (saved,) = saved_by_libreoffice([saved], tmp_path)
    done = filled(run, unit, saved)
    assert done.code == 0, done.stderr
    assert recorded(run, unit) == wanted
    before = files(unit)
    assert filled(run, unit, saved).code == 0
    assert files(unit) == before


# A clerk's first half of a year ------------------------------------------------------------------------------------------


def clerks(path: tuple[str, ...]) -> object:
    """Give what a clerk writes for the first half of the year; None for what has time."""
    match path:
        case ("unit", "tasks", _, "results", "6m") | ("unit", "tasks", _, "lead"):
            return "Đã thực hiện theo kế hoạch"
        case ("unit", "tasks", _, "due"):
            return "thường xuyên"
        case ("unit", "tasks", _, "states", _):
            return "Đang thực hiện"
        case ("unit", "indicators", _, "6m" | "6m-2022"):
            return 0
        case ("unit", "reports", "6m", _) | ("unit", "signer" | "drafter" | "drafter_abbr"):
            return "Nội dung của đơn vị"
    return {
        ("unit", "obstacles", "+1", "text"): "Thiếu người",
        ("unit", "deliverables", "ke-hoach", "number"): "15/KH-SYT",
        ("unit", "deliverables", "ke-hoach", "date"): "10/2/2023",
    }.get(path)


@pytest.mark.office
def test_a_clerk_gets_to_a_complete_six_month_report_with_the_folder_alone(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    """The steps that docs/workbook.md counts: open, fill in, save, send; back comes a report without blanks."""
    plan_file = workspace / "plans" / "2023.yaml"
    issued = plan_file.read_text(encoding="utf-8").replace(
        "number: null\n  date: null", "number: 5/KH-UBND\n  date: 2023-01-31"
    )
    plan_file.write_text(issued, encoding="utf-8")
    assert run("init-unit", UNIT, cwd=workspace).code == 0
    assert run("workbook", UNIT, "--to", tmp_path / "gửi", cwd=workspace).code == 0
    folder = tmp_path / "gửi" / UNIT
    book = Book(folder / "so-lieu.xlsx")
    base = sent(read_xlsx(book.path.read_bytes(), "so.xlsx"), "so.xlsx")
    for key, rows in base.cells.items():
        for row, cells in rows.items():
            for column, (path, _old) in cells.items():
                if (value := clerks(path)) is not None:
                    book.put(key, row, column, value)
    (sent_back,) = saved_by_libreoffice([book.save()], tmp_path)
    assert run("fill", sent_back, cwd=workspace).code == 0
    report = run("report", UNIT, "--period", "6m", cwd=workspace)
    assert report.code == 0, report.stderr
    blanks = [line for line in report.stdout.splitlines() if "chỗ trống" in line]
    assert blanks == [f"units/{UNIT}/out/bao-cao-6m.docx: đã tạo; không còn chỗ trống"], report.stdout + report.stderr


@pytest.mark.office
def test_formulas_count_what_is_still_blank(run: Run, unit: Path, tmp_path: Path) -> None:
    book = made(run, unit)
    before = Found(pages(book.path)["huong-dan"]).at("huong-dan|don-vi", "open")
    book.put("don-vi", "signer", "value", "Nguyễn Văn A")
    (saved,) = saved_by_libreoffice([book.save()], tmp_path)
    after = Found(pages(saved)["huong-dan"]).at("huong-dan|don-vi", "open")
    assert before is not None
    assert after is not None
    assert (before.value, after.value) == (Decimal(2), Decimal(1))


def test_an_old_copy_is_not_taken_for_a_new_one(run: Run, unit: Path, tmp_path: Path) -> None:
    book = made(run, unit)
    book.put("chi-tieu", "tin-bai", "6m", 70)
    old = Path(shutil.copy(book.save(), tmp_path / "cũ.xlsx"))
    assert filled(run, unit, old).code == 0
    assert run("log", UNIT, "--period", "6m", "--indicator", "tin-bai=80", cwd=unit).code == 0
    conflict = filled(run, unit, old)
    assert conflict.code == 1
    assert "hiện nay: 80" in conflict.stderr
