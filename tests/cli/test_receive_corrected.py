"""What was filed wrongly is put right by a command, on record: the receipt stays, a correction stands beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

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
    assert "a.docx;;09/5/2023;so-y-te;6m;45/BC-SYT;08/5/2023;đã nhận, phần đầu văn bản, trích yếu\n" in told
    assert "\nscan.png;;09/5/2023;;;;;chưa rõ\n" in told
    assert "\n =1+1.png;" in told
    book.write_text(told.replace("scan.png;;09/5/2023;;;", "scan.png;412;10/5/2023;so-tu-phap;6m;"), "utf-8")
    assert "so-tu-phap, 6m" in receive(run, unit, tmp_path / "scan.png", "--list", book).stdout
    assert state(run, unit, "so-tu-phap") in {"submitted", "late"}
    assert receive(run, unit, *files, "-o", tmp_path / "sổ.xlsx").code == 1
    sheet = load_workbook(tmp_path / "sổ.xlsx")
    cells = next(row for row in sheet.active.iter_rows() if row[0].value == "=1+1.png")
    cells[3].value, cells[4].value = "so-xay-dung", "6m"
    sheet.save(tmp_path / "sổ.xlsx")
    assert "so-xay-dung, 6m" in receive(run, unit, tmp_path / "=1+1.png", "--list", tmp_path / "sổ.xlsx").stdout


def test_an_intake_book_of_another_form_is_refused_before_anything_is_taken_in(
    run: Run, unit: Path, tmp_path: Path
) -> None:
    report = issued(report_of(unit), tmp_path / "a.docx", "45", "08")
    done = receive(run, unit, report, "--received", "9/5/2023", "-o", tmp_path / "so.pdf")
    assert (done.code, ".csv" in done.stderr) == (2, True)
    assert state(run, unit, "so-y-te") not in {"submitted", "late"}
    assert not (tmp_path / "so.pdf").exists()


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
