"""Reports and workbooks in a unit's own style: what was read is proposed, what was not is listed, nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import xlsxwriter
import yaml

from received import UNIT, receive
from word_files import blank

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands import Run

TEXT = (
    "SỞ Y TẾ", "Số: 45/BC-SYT", "Bình Phước, ngày 08 tháng 5 năm 2023", "BÁO CÁO",
    "Kết quả công tác dân vận chính quyền 6 tháng đầu năm 2023", "Sở Y tế báo cáo như sau:",
    "I. Công tác cải cách hành chính", "Cắt giảm 5 thủ tục hành chính.", "II. XÂY DỰNG ĐẢNG", "Kết nạp đảng viên.",
)  # fmt: skip
ROWS = (("TT", "Nội dung", "Năm trước", "Năm nay"), (1, "Số lượt tiếp công dân", 40, 45), (2, "Số hộ nghèo", 5, 6))


@pytest.fixture
def unit(begun: Callable[..., Path]) -> Path:
    return begun(f"init-unit {UNIT}")


def report(path: Path) -> Path:
    document = blank()
    for line in TEXT:
        document.add_paragraph(line)
    table = document.add_table(rows=len(ROWS), cols=4)
    for i, row in enumerate(ROWS):
        for j, text in enumerate(row):
            table.cell(i, j).text = str(text)
    document.save(str(path))
    return path


def book(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as out:
        sheet = out.add_worksheet("Biểu 1")
        for i, row in enumerate((("Biểu số liệu 6 tháng đầu năm 2023",), *ROWS)):
            sheet.write_row(i, 0, row)
    return path


@pytest.mark.parametrize("make", [report, book])
def test_a_style_of_its_own_is_read_into_a_proposal(
    run: Run, unit: Path, tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    path = make(tmp_path / f"bc{'.docx' if make is report else '.xlsx'}")
    before = (unit / "units" / UNIT / "unit.yaml").read_bytes()
    done = receive(run, unit, path, "--unit", UNIT, "--deliverable", "6m")
    assert (done.code, "xem rồi ghi" in done.stderr) == (0, True), done.stderr
    assert (unit / "units" / UNIT / "unit.yaml").read_bytes() == before
    (proposal,) = (unit / "build" / "de-xuat").iterdir()
    text = proposal.read_text("utf-8")
    assert yaml.safe_load(text)["indicators"] == {"tcd-luot": {"6m-2022": 40, "6m": 45}}
    assert ("Số hộ nghèo: 5, 6" in text, "XÂY DỰNG ĐẢNG: Kết nạp đảng viên." in text) == (True, make is report)
    assert run("log", UNIT, "--from", proposal, cwd=unit).code == 0
    again = receive(run, unit, path, "--unit", UNIT, "--deliverable", "6m")
    assert (again.code, "đã có 1" in again.stdout) == (0, True), again.stdout
