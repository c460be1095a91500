"""Lateness is one truth: what receipts say is proposed to who verifies, marks what contradicts it, and stops papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from openpyxl import load_workbook

from verified import OTHER, TODAY, UNIT, ranked, review, scored_alike

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Run

ON = ("--member", "Trần Thị Bình")


@pytest.fixture
def desk(run: Run, workspace: Path, tmp_path: Path) -> Path:
    """Give three self-scores that say all was in time; tracking has two of them, and one late report of the year."""
    scored_alike(workspace)
    for unit, what, day in ((UNIT, "1y", "12/11/2023"), (OTHER, "1y", "8/11/2023"), (UNIT, "tu-cham", "8/11/2023")):
        scan = tmp_path / f"{unit}-{what}.jpg"
        scan.write_bytes(b"\xff\xd8\xff" + scan.name.encode())
        sent = ("--unit", unit, "--deliverable", what, "--received", day)
        assert run("receive", scan, *sent, cwd=workspace, today=TODAY).code == 0
    return workspace


def test_nothing_contradicts_where_nothing_is_tracked(run: Run, workspace: Path) -> None:
    scored_alike(workspace)
    assert "không có chỗ nào khác sổ theo dõi" in review(run, workspace, "tracked").stdout
    assert run("rank", "--docs", cwd=workspace, today=TODAY).code == 0


def test_rank_marks_what_contradicts_tracking_and_papers_stop(run: Run, desk: Path) -> None:
    notes = {one["unit"]: "; ".join(one["notes"]) for one in ranked(run, desk)}
    assert "tiêu chí 8.2 ghi «Đúng thời hạn», nhưng" in notes[UNIT]
    assert "đến ngày 12/11/2023, chậm 03 ngày so với hạn 09/11/2023" in notes[UNIT]
    assert "khống chế tính «gửi muộn: không có»" in notes[UNIT]
    assert "sổ theo dõi chưa ghi nhận hồ sơ tự chấm nào của đơn vị" in notes[OTHER]
    assert "trái với sổ theo dõi" not in notes["so-noi-vu"], "who verifies sends nothing to itself"
    done = run("rank", "--docs", cwd=desk, today=TODAY)
    assert (done.code, "3 chỗ không thể ghi" in done.stderr, (desk / "build").exists()) == (1, True, False), done.stderr
    shown = run("rank", cwd=desk, today=TODAY).stdout
    assert "sổ theo dõi: sổ theo dõi chưa ghi nhận" in " ".join(shown.split())
    tall = [line for line in shown.splitlines() if line.startswith(" " * 40)]
    assert all("khống chế" not in line for line in tall), "why stands below the table, not in its narrowest column"
    told = " ".join(run("rank", "--explain", UNIT, cwd=desk, today=TODAY).stdout.split())
    assert "chậm 03 ngày so với hạn 09/11/2023" in told


def test_a_self_score_that_was_returned_is_not_ranked_without_a_word(run: Run, desk: Path) -> None:
    def told() -> str:
        return next("; ".join(one["notes"]) for one in ranked(run, desk) if one["unit"] == UNIT)

    words = "hồ sơ tự chấm đã trả lại, chưa gửi lại"
    assert words not in told()
    assert run("send-back", UNIT, "tu-cham", "--reason", "Thiếu", cwd=desk, today=TODAY).code == 0
    assert words in told()
    assert words in run("rank", "--docs", cwd=desk, today=TODAY).stderr
    assert review(run, desk, "set", UNIT, "9.1=8", *ON, "--reason", "Đối chiếu").code == 0
    assert review(run, desk, "final", UNIT).code == 0
    assert words not in told(), "who settles it knows"


def test_what_receipts_say_is_recorded_with_them_as_the_reason(run: Run, desk: Path) -> None:
    shown = review(run, desk, "tracked", UNIT)
    assert (shown.code, "8.2=muon" in shown.stdout) == (0, True)
    assert not (desk / "province" / "reviews").exists(), "proposed only"
    done = review(run, desk, "tracked", UNIT, *ON)
    assert (done.code, "ghi 2 thay đổi" in done.stdout) == (0, True), done.stderr
    kept = yaml.safe_load((desk / "province" / "reviews" / f"{UNIT}.yaml").read_text("utf-8"))
    assert [(one["criterion"], one["answer"]) for one in kept["changes"]] == [("8.2", {"level": "muon"})]
    assert "chậm 03 ngày so với hạn 09/11/2023" in kept["changes"][0]["reason"]
    assert [(one["what"], one["value"]) for one in kept["statements"]] == [("late", ["1y"])]
    assert "trái với sổ theo dõi" not in review(run, desk, "show", UNIT).stderr
    assert "không có chỗ nào khác" in review(run, desk, "tracked", UNIT).stdout


def test_a_final_notice_stops_at_what_was_opened_again(run: Run, workspace: Path) -> None:
    scored_alike(workspace)
    for unit in (UNIT, OTHER, "so-noi-vu"):
        assert review(run, workspace, "set", unit, "9.1=8", *ON, "--reason", "Đối chiếu").code == 0
        assert review(run, workspace, "final", unit).code == 0
    assert run("rank", "--docs", "--final", cwd=workspace, today=TODAY).code == 0
    assert review(run, workspace, "set", UNIT, "9.1=7", *ON, "--reason", "Xem lại").code == 0
    done = run("rank", "--docs", "--final", cwd=workspace, today=TODAY)
    assert (done.code, "Sở Y tế: kết quả chưa chốt" in done.stderr) == (1, True)
    assert run("rank", "--docs", cwd=workspace, today=TODAY).code == 0


def test_what_was_returned_without_a_day_is_told_by_the_day_of_its_first_sending(
    run: Run, desk: Path, tmp_path: Path
) -> None:
    """A sentence never holds a day beside a last day that it contradicts."""
    back = ("--reason", "Thiếu Phụ lục", "--date", "9/11/2023")
    assert run("send-back", OTHER, "1y", *back, cwd=desk, today=TODAY).code == 0
    again = tmp_path / "lại.jpg"
    again.write_bytes(b"\xff\xd8\xff again")
    sent = ("--unit", OTHER, "--deliverable", "1y", "--received", "20/11/2023", "--symbol", "7/BC-X")
    assert run("receive", again, *sent, cwd=desk, today=TODAY).code == 0
    assert review(run, desk, "set", OTHER, "8.2=muon", "--member", "B", "--reason", "thử").code == 0
    told = " ".join(review(run, desk, "tracked", OTHER).stdout.split())
    assert "gửi lần đầu ngày 08/11/2023, trong hạn 09/11/2023" in told
    assert "20/11/2023" not in told
    assert run("status", "-o", "sổ.xlsx", cwd=desk, today=TODAY).code == 0
    rows = {row[1]: row for row in load_workbook(desk / "sổ.xlsx")["1y"].iter_rows(values_only=True)}
    name = next(one for one in rows if one and one.startswith("Sở Tư pháp"))
    assert rows[name][7] == "đúng hạn (theo lần gửi đầu)"
