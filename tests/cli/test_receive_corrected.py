"""What was filed wrongly is put right by a command, on record: the receipt stays, a correction stands beside it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
import yaml

from danvan_cli.ooxml.xlsx import address, read_xlsx
from danvan_cli.text import squeeze
from received import RECORDED, TODAY, issued, receive, report_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands import Run


@pytest.fixture
def unit(begun: Callable[..., Path]) -> Path:
    return begun(*RECORDED)


@pytest.fixture
def came(run: Run, unit: Path, tmp_path: Path) -> tuple[Path, Path, str]:
    report = issued(report_of(unit), tmp_path / "a.docx", "45", "08")
    (told,) = json.loads(receive(run, unit, report, "--received", "9/5/2023", "--json").stdout)["files"]
    return report, unit / "province" / "received" / "so-y-te" / "6m", str(told["folder"]).rsplit("/", 1)[-1]


def state(run: Run, folder: Path, unit: str) -> str:
    rows = json.loads(run("status", "--json", cwd=folder, today=TODAY).stdout)["rows"]
    return str(next(one["state"] for one in rows if (one["unit"], one["deliverable"]) == (unit, "6m")))


def test_what_is_undone_counts_no_more_and_may_come_again(run: Run, unit: Path, came: tuple[Path, Path, str]) -> None:
    report, folder, name = came
    receipt = (folder / name / "receipt.yaml").read_bytes()
    assert state(run, unit, "so-y-te") == "submitted"
    assert run("receive", "--undo", name.rsplit("-", 1)[-1], cwd=unit, today=TODAY).code == 0
    assert state(run, unit, "so-y-te") != "submitted"
    assert (folder / name / "receipt.yaml").read_bytes() == receipt
    assert "date: 2023" in (folder / name / "correction.yaml").read_text("utf-8")
    assert run("receive", "--undo", name, cwd=unit, today=TODAY).code == 2
    assert "nhận mới 1" in receive(run, unit, report, "--received", "9/5/2023").stdout
    assert state(run, unit, "so-y-te") == "submitted"


def test_what_is_moved_counts_where_it_belongs(run: Run, unit: Path, came: tuple[Path, Path, str]) -> None:
    report, folder, name = came
    assert run("receive", "--move", name, cwd=unit, today=TODAY).code == 2
    done = run("receive", "--move", name, "--unit", "so-tu-phap", cwd=unit, today=TODAY)
    assert (done.code, "--from build/de-xuat/so-tu-phap-6m.unit.yaml" in squeeze(done.stderr)) == (0, True)
    assert [one.name for one in (unit / "build" / "de-xuat").iterdir()] == ["so-tu-phap-6m.unit.yaml"]
    assert state(run, unit, "so-y-te") != "submitted"
    assert state(run, unit, "so-tu-phap") == "submitted"
    (to,) = (unit / "province" / "received" / "so-tu-phap" / "6m").iterdir()
    assert (to / "a.docx").read_bytes() == report.read_bytes()
    assert f"so-tu-phap/6m/{name}" in (folder / name / "correction.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", ["ffffffff", "x", ""])
def test_what_is_not_there_is_told(run: Run, unit: Path, came: tuple[Path, Path, str], name: str) -> None:
    assert run("receive", "--undo", name, cwd=unit, today=TODAY).code == 2
    assert came[1].is_dir()


def test_the_intake_book_can_be_corrected_and_read_back(run: Run, unit: Path, tmp_path: Path) -> None:
    for name in ("scan.png", "=1+1.png"):
        (tmp_path / name).write_bytes(b"\x89PNG" + name.encode())
    report = issued(report_of(unit), tmp_path / "a.docx", "45", "08")
    book = tmp_path / "sổ.csv"
    files = (report, tmp_path / "scan.png", tmp_path / "=1+1.png")
    assert receive(run, unit, *files, "--received", "9/5/2023", "-o", book).code == 1
    told = book.read_text("utf-8-sig")
    (name,) = [path.name[-8:] for path in (unit / "province" / "received" / "so-y-te" / "6m").iterdir()]
    assert f"a.docx;;09/5/2023;so-y-te;6m;45/BC-SYT;08/5/2023;đã nhận, phần đầu văn bản, trích yếu;{name}\n" in told
    assert "\nscan.png;;09/5/2023;;;;;chưa rõ;\n" in told
    assert "\n =1+1.png;" in told
    book.write_text(told.replace("scan.png;;09/5/2023;;;", "scan.png;412;10/5/2023;so-tu-phap;6m;"), "utf-8")
    assert "so-tu-phap, 6m" in receive(run, unit, tmp_path / "scan.png", "--list", book).stdout
    assert state(run, unit, "so-tu-phap") in {"submitted", "late"}


def cells(book: Path) -> dict[str, object]:
    """Give the cells of the book's sheet by their addresses."""
    page = read_xlsx(book.read_bytes(), book.name)[0]
    return {address(*at): cell.value for at, cell in page.cells.items()}


def typed(book: Path, **told: object) -> None:
    """Type into cells, as in Excel."""
    made = openpyxl.load_workbook(book)
    for at, value in told.items():
        made.worksheets[0][at] = value
    made.save(book)


def test_the_book_as_a_workbook_names_units_and_reports_and_what_was_corrected_in_it_is_done_on_record(
    run: Run, unit: Path, came: tuple[Path, Path, str], tmp_path: Path
) -> None:
    """Scans of another unit and day; a receipt stays what it was, and a second reading changes nothing."""
    report, folder, name = came
    scan, book = tmp_path / "scan.png", tmp_path / "so-nhan.xlsx"
    scan.write_bytes(b"\x89PNG scan")
    assert receive(run, unit, report, scan, "--received", "9/5/2023", "-o", book).code == 1
    sheet = cells(book)
    assert [sheet[f"{column}4"] for column in "ABCDEFGHI"] == [
        "Tệp", "Số đến", "Ngày đến", "Đơn vị", "Báo cáo", "Số ký hiệu", "Ngày ban hành", "Kết quả", "Mã hồ sơ"]  # fmt: skip
    at, other = (5, 6) if sheet["A5"] == "a.docx" else (6, 5)
    assert (sheet[f"D{at}"], str(sheet[f"E{at}"])[:22], sheet[f"I{at}"]) == (
        "Sở Y tế",
        "Báo cáo kết quả công t",
        name[-8:],
    )
    assert f"D{other}" not in sheet
    made = openpyxl.load_workbook(book)
    assert len(made.worksheets[0].data_validations.dataValidation) == 2
    assert made.worksheets[0].auto_filter.ref == "A4:I6"
    assert made.worksheets[0]["H5"].alignment.wrap_text
    typed(book, **{f"D{at}": "Sở Tư pháp", f"F{at}": "54/BC-STP", f"C{at}": date(2023, 5, 10), f"B{at}": 412})
    receipt = (folder / name / "receipt.yaml").read_bytes()
    done = run("receive", "--list", book, cwd=unit, today=TODAY)
    assert (done.code, done.stdout.splitlines()[0]) == (
        0,
        "a.docx: đã sửa theo sổ nhận: so-tu-phap, 412, 10/5/2023, 54/BC-STP",
    )
    assert (folder / name / "receipt.yaml").read_bytes() == receipt
    assert state(run, unit, "so-y-te") != "submitted"
    rows = json.loads(run("status", "--json", cwd=unit, today=TODAY).stdout)["rows"]
    mine = next(one for one in rows if (one["unit"], one["deliverable"]) == ("so-tu-phap", "6m"))
    assert (mine["symbol"], mine["received"], mine["number"], mine["state"]) == (
        "54/BC-STP",
        "2023-05-10",
        "412",
        "late",
    )
    (amended,) = (unit / "province" / "received" / "so-tu-phap").rglob("amended.yaml")
    assert yaml.safe_load(amended.read_text("utf-8"))["changes"][0]["symbol"] == "54/BC-STP"
    again = run("receive", "--list", book, cwd=unit, today=TODAY)
    assert "không có gì để sửa" in again.stdout
    assert (again.code, "đã sửa" in again.stdout) == (0, False)
    typed(book, **{f"D{at}": "Đài Phát thanh", f"I{at}": "00000000"})
    assert run("receive", "--list", book, cwd=unit, today=TODAY).code == 2
    typed(book, **{f"D{at}": "Sở Y tế"})
    done = run("receive", "--list", book, cwd=unit, today=TODAY)
    assert (done.code, "không có hồ sơ đã nhận nào là «00000000»" in done.stderr) == (1, True)


def test_an_intake_book_of_another_form_is_refused_before_anything_is_taken_in(
    run: Run, unit: Path, tmp_path: Path
) -> None:
    report = issued(report_of(unit), tmp_path / "a.docx", "45", "08")
    done = receive(run, unit, report, "--received", "9/5/2023", "-o", tmp_path / "so.ods")
    assert (done.code, ".xlsx hoặc .csv" in done.stderr) == (2, True)
    assert state(run, unit, "so-y-te") not in {"submitted", "late"}
    assert not (tmp_path / "so.ods").exists()


def test_a_corrected_intake_book_moves_what_lies_elsewhere(run: Run, unit: Path, came: tuple[Path, Path, str]) -> None:
    report, folder, name = came
    book = report.with_name("so.csv")
    book.write_text("Tệp;Đơn vị;Báo cáo\na.docx;so-tu-phap;6m\n", "utf-8")
    assert receive(run, unit, report, "--list", book).code == 1, "the letterhead says otherwise"
    done = receive(run, unit, report, "--list", book, "--force")
    assert f"chuyển từ so-y-te/6m/{name}" in squeeze(done.stderr)
    assert [state(run, unit, one) for one in ("so-y-te", "so-tu-phap")] == ["overdue", "submitted"]
    again = receive(run, unit, report, "--list", book, "--force")
    assert "đã có 1" in again.stdout
    assert "so-tu-phap, 6m" in receive(run, unit, report).stdout, "a person's word stands against what is read of it"
    assert run("receive", "--undo", name, cwd=unit, today=TODAY).code == 0
    book.write_text("Tệp;Đơn vị;Báo cáo\na.docx;so-y-te;1y\n", "utf-8")
    day = ("--received", "9/5/2023")
    assert receive(run, unit, report, "--list", book, *day).code == 0
    both = (
        receive(run, unit, report, "--unit", "so-y-te", "--deliverable", "6m", *day),
        run("receive", "--undo", name.rsplit("-", 1)[-1], cwd=unit, today=TODAY),
    )
    assert (both[0].code, both[1].code, "nhiều hồ sơ" in both[1].stderr) == (0, 2, True)
    (one,) = (path.name for path in (folder.parent / "1y").iterdir())
    assert run("receive", "--undo", f"so-y-te/1y/{one}", cwd=unit, today=TODAY).code == 0
