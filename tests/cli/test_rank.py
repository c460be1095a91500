"""`danvan rank`: places, ties and why, and the documents that tell them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from verified import BY, OTHER, OWN, TODAY, UNIT, ranked, review, scored_alike
from word_files import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Run


@pytest.fixture
def desk(workspace: Path) -> Path:
    """Give a workspace in which three units have scored themselves alike."""
    return scored_alike(workspace)


def test_ranking_by_the_furthest_that_any_has_come_to(run: Run, desk: Path) -> None:
    rows = ranked(run, desk)
    assert [(one["unit"], one["rank"], one["self"]) for one in rows[:3]] == [
        (OWN, 1, "79.47"),
        (OTHER, 1, "79.47"),
        (UNIT, 1, "79.47"),
    ]
    assert {(one["rank"], one["self"], one["band"]) for one in rows[3:]} == {(None, None, None)}
    assert review(run, desk, "set", UNIT, "9.1=8", *BY).code == 0
    assert review(run, desk, "set", OTHER, "9.1=9", *BY).code == 0
    rows = ranked(run, desk)
    assert [(one["unit"], one["rank"], one["verified"]) for one in rows[:2]] == [
        (OTHER, 1, "88.47"),
        (UNIT, 2, "87.47"),
    ]
    own = next(one for one in rows if one["unit"] == OWN)
    assert (own["rank"], own["notes"]) == (None, ["đơn vị tự thẩm định", "chưa thẩm định xong"])
    assert [one["rank"] for one in ranked(run, desk, "--by", "self")[:3]] == [1, 1, 1]
    for unit, decision in ((UNIT, "1/QĐ"), (OTHER, "1/QĐ")):
        assert review(run, desk, "final", unit).code == 0
        assert review(run, desk, "official", unit, "--decision", decision, "--date", "28/12/2023").code == 0
    rows = ranked(run, desk)
    assert [(one["unit"], one["official"]) for one in rows[:2]] == [(OTHER, "88.47"), (UNIT, "87.47")]


def test_why_a_unit_stands_where_it_stands(run: Run, desk: Path) -> None:
    told = " ".join(run("rank", "--by", "self", "--explain", UNIT, cwd=desk).stdout.split())
    assert "hạng 1/3" in told
    assert "Đồng hạng với: Sở Nội vụ; Sở Tư pháp" in told
    assert "Để lên «Hoàn thành xuất sắc nhiệm vụ» còn thiếu 10,53 điểm" in told
    assert "Ít nhất phải đạt đủ điểm ở:" in told
    assert "chưa gửi hồ sơ tự chấm" in run("rank", "--explain", "so-xay-dung", cwd=desk).stdout


def test_the_documents_that_tell_the_results(run: Run, desk: Path, tmp_path: Path) -> None:
    for unit, points in ((UNIT, "8"), (OTHER, "10"), (OWN, "9")):
        assert review(run, desk, "set", unit, f"9.1={points}", *BY).code == 0
    book = tmp_path / "xh.xlsx"
    done = run(
        "rank", "--block", "so-ban-nganh", "--docs", "--answer-by", "20/12/2023", "-o", book, cwd=desk, today=TODAY
    )
    assert done.code == 0, done.stderr
    folder = desk / "build" / "xep-loai"
    told = {path.stem: text_of(path) for path in folder.glob("*.docx")}
    assert set(told) == {"bien-ban-tham-dinh", "thong-bao-ket-qua", "to-trinh-cong-nhan", "quyet-dinh-cong-nhan"}
    assert "Sở Y tế, tiêu chí 9.1: 8,00 điểm; lý do: đối chiếu hồ sơ" in told["bien-ban-tham-dinh"]
    assert "chậm nhất ngày 20/12/2023" in told["thong-bao-ket-qua"]
    assert "đã gửi hồ sơ tự chấm điểm: 3/20." in told["to-trinh-cong-nhan"]
    assert "Hoàn thành tốt nhiệm vụ: 03 cơ quan, đơn vị, địa phương." in told["quyet-dinh-cong-nhan"]
    assert "Không xếp loại: 17 cơ quan, đơn vị, địa phương (chưa gửi hồ sơ tự chấm)." in told["quyet-dinh-cong-nhan"]
    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BÌNH PHƯỚC" in told["quyet-dinh-cong-nhan"]
    for path in folder.glob("*.docx"):
        assert run("format-check", path, cwd=desk).code == 0
    sheet = load_workbook(book)["Khối 1"]
    assert [sheet.cell(i, 2).value for i in (5, 6, 7)] == ["Sở Tư pháp", "Sở Nội vụ", "Sở Y tế"]
    assert str(sheet.cell(5, 5).value).startswith("=IF(")
    shutil.copy(book, tmp_path / "a.xlsx")
    run("rank", "--block", "so-ban-nganh", "-o", book, cwd=desk, today="2024-01-05")
    assert book.read_bytes() == (tmp_path / "a.xlsx").read_bytes()
