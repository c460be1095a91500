"""`danvan status`: who has sent what, who still owes it."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from danvan_cli.ooxml import xlsx
from received import RECORDED, TODAY, UNIT, receive, report_of
from word_files import text_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands import Run


@pytest.fixture
def unit(begun: Callable[..., Path]) -> Path:
    """Give a workspace with a unit that has recorded things, and its six-month report."""
    return begun(*RECORDED)


def test_each_unit_stands_where_it_stands_on_a_day(run: Run, unit: Path, tmp_path: Path) -> None:
    one = shutil.copy(report_of(unit), tmp_path / "BC 6 thang SYT.docx")
    assert receive(run, unit, one, "--received", "9/5/2023").code == 0
    for day, others in (("9/5/2023", "due"), ("12/5/2023", "overdue")):
        told = json.loads(run("status", "--as-of", day, "--json", cwd=unit).stdout)["rows"]
        rows = {row["unit"]: row for row in told if row["deliverable"] == "6m"}
        assert rows[UNIT]["state"] == "submitted", day
        assert {row["state"] for name, row in rows.items() if name != UNIT} == {others}, day
    assert rows["so-tu-phap"]["days"] == 3
    assert rows["so-tu-phap"]["last_day"] == "2023-05-09"


@pytest.mark.parametrize("wrong", ["<<<<<<< HEAD\n", "issued: 9999-01-01\n", "received: [\n"])
def test_a_broken_receipt_is_named_and_the_rest_is_shown(run: Run, unit: Path, tmp_path: Path, wrong: str) -> None:
    one = shutil.copy(report_of(unit), tmp_path / "BC 6 thang SYT.docx")
    assert receive(run, unit, one, "--received", "9/5/2023").code == 0
    (path,) = (unit / "province").rglob("receipt.yaml")
    path.write_text(path.read_text("utf-8") + wrong, "utf-8")
    for command, shown in (
        ("status", "Sở Tư pháp"), ("status --json", '"so-tu-phap"'), ("rank", "Sở Tư pháp"),
        ("summary --period 6m", "tong-hop-6m.docx"), ("remind --as-of 15/5/2023", "don-doc"),
    ):  # fmt: skip
        done = run(*command.split(), cwd=unit, today=TODAY)
        assert (done.code, "receipt.yaml:" in done.stderr, shown in done.stdout) == (1, True, True), (command, done)
    (row,) = [row for row in json.loads(run("status", "--json", cwd=unit, today=TODAY).stdout)["rows"]
              if (row["unit"], row["deliverable"]) == (UNIT, "6m")]  # fmt: skip
    assert (row["state"], row["days"]) == ("no-date", None), "it may have been in time"
    assert "biên nhận hỏng" in run("status", "--unit", UNIT, cwd=unit, today=TODAY).stdout
    late = run("status", "--late", "--json", cwd=unit, today=TODAY).stdout
    assert "so-tu-phap" in late
    assert UNIT not in late
    assert run("status", "-o", "so.xlsx", cwd=unit, today=TODAY).code == 1
    cells = [
        cell.value
        for page in xlsx.read_xlsx((unit / "so.xlsx").read_bytes(), "so.xlsx")
        for cell in page.cells.values()
    ]
    assert "biên nhận không đọc được" in cells
    assert not list((unit / "build").rglob(f"{UNIT}.txt")), "nobody is urged for what may lie here"
    assert run("obstacles", cwd=unit, today=TODAY).code == 0


def test_a_receipt_in_another_units_folder_is_named_and_the_rest_is_shown(run: Run, unit: Path, tmp_path: Path) -> None:
    one = shutil.copy(report_of(unit), tmp_path / "BC 6 thang SYT.docx")
    assert receive(run, unit, one, "--received", "9/5/2023").code == 0
    (unit / "province" / "received" / UNIT).rename(unit / "province" / "received" / "so-tu-phap")
    done = run("status", cwd=unit, today=TODAY)
    assert (done.code, "receipt.yaml" in done.stderr, "Sở Tư pháp" in done.stdout) == (2, True, True)


def test_units_that_were_called_alike_one_after_another_are_told_apart(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    one = "  - {id: an-loc%s, name: UBND phường An Lộc, abbr: UBND, block: huyen, %s}\n"
    rows = one % ("-cu", "to: 2023-06-30"), one % ("", "from: 2023-07-01")
    plan.write_text(plan.read_text("utf-8") + "".join(rows), "utf-8")
    both = "UBND phường An Lộc (đến 30/6/2023)", "UBND phường An Lộc (từ 01/7/2023)"
    shown = " ".join(run("status", "--as-of", "1/8/2023", "--block", "huyen", cwd=workspace).stdout.split())
    assert "30/6/2023)" in shown
    assert "01/7/2023)" in shown
    book = workspace / "sổ.xlsx"
    assert run("status", "--as-of", "1/8/2023", "-o", book, cwd=workspace).code == 0
    cells = {cell.value for row in load_workbook(book)["Tổng hợp"].iter_rows() for cell in row}
    assert {*both} <= cells
    assert run("page", "--as-of", "1/8/2023", cwd=workspace).code == 0
    page = (workspace / "build" / "trang.html").read_text("utf-8")
    assert all(name in page for name in both)


def test_what_is_due_has_a_column_before_what_is_not_and_the_rest_is_counted(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    quarterly = (
        "  - {id: quy, kind: report, name: Báo cáo quý, every: quarter, owners: [so-ban-nganh],"
        " due: trước ngày 15 tháng cuối quý, to: so-noi-vu}\n"
    )
    text = re.sub(r"(?m)^  - id: dai-(?:6m|1y)\n(?:    .*\n)+", "", plan.read_text("utf-8"))
    plan.write_text(text.replace("deliverables:\n", f"deliverables:\n{quarterly}", 1), "utf-8")
    told = run("status", "--as-of", "20/6/2023", cwd=workspace).stdout
    heads = [line.split()[-5:] for line in told.splitlines() if " ke-hoach " in line]
    assert {"quy-1", "quy-2", "6m"} < set(heads[0])
    assert len(heads) == 3
    assert all("quy-1" not in head for head in heads[1:]), "a block that does not owe it has no column for it"
    assert "quy-4: 20 đơn vị: chưa đến hạn" in told


def test_what_has_no_day_is_sent_and_not_in_time(run: Run, workspace: Path, tmp_path: Path) -> None:
    scan = tmp_path / "a.jpg"
    scan.write_bytes(b"\xff\xd8\xffa")
    sent = ("--unit", "dai-ptth-bao", "--deliverable", "dai-6m", "--received", "9/5/2023")
    assert run("receive", scan, *sent, cwd=workspace, today=TODAY).code == 0
    told = run("status", "-o", "so.xlsx", "--block", "su-nghiep", cwd=workspace, today=TODAY)
    assert told.code == 0
    told = run("status", cwd=workspace, today=TODAY)
    assert "dai-6m: phải gửi 1, đã gửi 1, chưa gửi 0" in told.stdout
    assert "6m: phải gửi 34, đúng hạn 0, chậm 0" in told.stdout
    cells = [str(cell) for row in load_workbook(workspace / "so.xlsx").worksheets[0].values for cell in row]
    assert "Cộng: đúng hạn; đã gửi, không ghi thời hạn" in cells
    done = run("summary", "--period", "dai-6m", cwd=workspace, today=TODAY)
    assert "phải gửi 1, không ghi thời hạn: đã gửi 1, chưa gửi 0" in done.stdout
    (made,) = (workspace / "build").glob("tong-hop-*.docx")
    said = text_of(made)
    assert "đã gửi: 01 (không ghi thời hạn gửi); chưa gửi: 0" in said
    assert "Tiến độ thực hiện nhiệm vụ: chưa có số liệu để tổng hợp (chi tiết" in said


def test_a_block_of_which_few_owe_anything_has_no_table_without_columns(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    before, sign, after = plan.read_text("utf-8").partition("\ndeliverables:\n")
    plan.write_text(before + sign + after.replace("owners: [all]", "owners: [so-ban-nganh, huyen]"), "utf-8")
    told = run("status", "--as-of", "1/6/2023", cwd=workspace).stdout
    assert "dai-6m: Đài Phát thanh" in told
    assert "Các đơn vị sự nghiệp" not in told


def test_what_a_few_owe_by_now_leaves_the_columns_to_what_most_owe(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    row = "  - {id: vu-%d, kind: report, name: Báo cáo vụ việc %d, owners: [so-y-te], by: 2023-03-0%d}\n"
    before, sign, after = plan.read_text("utf-8").partition("\ndeliverables:\n")
    plan.write_text(before + sign + "".join(row % (i, i, i) for i in range(1, 7)) + after, "utf-8")
    told = run("status", "--all", "--as-of", "10/3/2023", cwd=workspace)
    assert told.code == 0, told
    head = next(line for line in told.stdout.splitlines() if line.startswith("Các sở"))
    assert head.split()[-4:] == ["ke-hoach", "tu-cham", "6m", "1y"]
    assert "vu-1: Sở Y tế: " in told.stdout


def test_a_report_that_was_all_sent_back_without_a_day_has_the_plan_s(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    scan = tmp_path / "a.jpg"
    scan.write_bytes(b"\xff\xd8\xffa")
    plan = workspace / "plans" / "2023.yaml"
    row = "  - {id: rieng, kind: report, name: Báo cáo riêng, period: 6m, owners: [so-y-te], by: 2023-05-09, to: so-noi-vu}\n"
    plan.write_text(plan.read_text("utf-8").replace("\ndeliverables:\n", f"\ndeliverables:\n{row}", 1), "utf-8")
    sent = ("--unit", "so-y-te", "--deliverable", "rieng", "--received", "9/5/2023")
    assert run("receive", scan, *sent, cwd=workspace, today=TODAY).code == 0
    assert run("send-back", "so-y-te", "rieng", "--reason", "Thiếu số liệu", cwd=workspace, today=TODAY).code == 0
    told = run("status", "--all", cwd=workspace, today=TODAY).stdout
    assert "rieng: phải gửi 1, đúng hạn 0, chậm 0" in " ".join(told.split())
    done = run("summary", "--period", "rieng", cwd=workspace, today=TODAY)
    assert "phải gửi 1: đúng hạn 0, chậm 0, chưa gửi 0, bị trả lại 1" in done.stdout
    (made,) = (workspace / "build").glob("tong-hop-*.docx")
    assert "không ghi thời hạn gửi" not in text_of(made)
