"""What comes is taken for what it is beyond doubt, and says why; else a person is asked."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from received import RECORDED, UNIT, issued, receive, report_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands import Run


@pytest.fixture
def unit(begun: Callable[..., Path]) -> Path:
    return begun(*RECORDED)


def test_what_a_person_says_against_the_letterhead_is_not_taken_unless_it_is_forced(
    run: Run, unit: Path, tmp_path: Path
) -> None:
    report = issued(report_of(unit), tmp_path / "a.docx", "45", "08")
    done = receive(run, unit, report, "--unit", "so-tu-phap")
    assert done.code == 1
    assert "văn bản ghi là của «Sở Y tế», không phải «Sở Tư pháp»" in " ".join(done.stderr.split())
    listed = tmp_path / "sổ.csv"
    listed.write_text("Tệp,Đơn vị\na.docx,so-tu-phap\n", "utf-8")
    assert receive(run, unit, report, "--list", listed).code == 1
    assert not (unit / "province" / "received" / "so-tu-phap").exists()
    done = receive(run, unit, report, "--unit", "so-tu-phap", "--force")
    assert (done.code, "so-tu-phap, 6m" in done.stdout) == (0, True)


def test_each_line_says_by_what_a_file_was_told(run: Run, unit: Path, tmp_path: Path) -> None:
    report = issued(report_of(unit), tmp_path / "a.docx", "45", "08")
    scan = tmp_path / UNIT / "BC dan van 6T.png"
    scan.parent.mkdir()
    scan.write_bytes(b"\x89PNG")
    done = receive(run, unit, report, scan, "--json")
    assert [one["by"] for one in json.loads(done.stdout)["files"]] == [["head", "title"], ["folder", "name"]]
    shutil.rmtree(unit / "province" / "received")
    told = " ".join(receive(run, unit, report, scan).stdout.split())
    assert "theo phần đầu văn bản, trích yếu" in told
    assert "theo thư mục, tên tệp" in told
