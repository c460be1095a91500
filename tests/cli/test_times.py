"""Time as plans say it, followed: what has a last day is in the calendar, in `show`, `status` and where one stands."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Run

SHAPES = Path(__file__).parents[1] / "fixtures" / "plans"
DAY = "2026-06-20"


@pytest.fixture
def place(tmp_path: Path, workspace: Path) -> Path:
    folder = tmp_path / "cchc"
    (folder / "plans").mkdir(parents=True)
    shutil.copy(SHAPES / "cai-cach.yaml", folder / "plans" / "2026.yaml")
    shutil.copy(workspace / "plans" / "calendar.yaml", folder / "plans")
    return folder


def events(path: Path) -> dict[str, str]:
    text = path.read_bytes().decode().replace("\r\n ", "").replace("\r\n", "\n")
    blocks = text.split("BEGIN:VEVENT")[1:]
    return {
        block.split("SUMMARY:")[1].split("\n")[0]: block.split("DTSTART;VALUE=DATE:")[1].split("\n")[0]
        for block in blocks
    }


def test_the_calendar_holds_tasks_and_each_time_of_what_recurs(run: Run, place: Path) -> None:
    done = run("calendar", cwd=place)
    assert done.code == 0
    found = events(place / "build" / "lich-2026.ics")
    assert found["Hạn nhiệm vụ II.1.1: Rà soát văn bản quy phạm pháp luật của tỉnh"] == "20260630"
    assert found["Hạn gửi: Báo cáo cải cách hành chính tháng 02 năm 2026"] == "20260217"
    assert len(found) == 12 + 3 + 4
    assert "2 nhiệm vụ có thời gian mà không có hạn cuối" in done.stderr


def test_a_unit_s_calendar_holds_its_own_tasks(run: Run, place: Path) -> None:
    assert run("calendar", "xa-mot", cwd=place).code == 0
    found = events(place / "units" / "xa-mot" / "out" / "lich-2026.ics")
    assert [name for name in found if name.startswith("Hạn nhiệm vụ")] == [
        "Hạn nhiệm vụ II.2.1: Công khai thủ tục hành chính tại trụ sở (UBND xã Một)"
    ]


def test_show_tells_who_leads_when_and_what_comes_of_it(run: Run, place: Path) -> None:
    shown = " ".join(run("show", cwd=place).stdout.split())
    assert "chủ trì: Sở Nội vụ; phối hợp: Sở Tư pháp; thời gian: trước ngày 15/3 (hạn cuối 14/3/2026)" in shown
    assert "thời gian: thường xuyên (không có hạn cuối)" in shown
    plan = place / "plans" / "2026.yaml"
    plan.write_text(plan.read_text("utf-8").replace("due: thường xuyên", "due: tháng 6 và tháng 12"), "utf-8")
    for today, said in (("2026-07-01", "hạn tới 31/12/2026"), ("2027-01-01", "hạn cuối 31/12/2026")):
        shown = " ".join(run("show", cwd=place, today=today).stdout.split())
        assert f"thời gian: tháng 6 và tháng 12 ({said})" in shown
    told = {one["id"]: one for one in json.loads(run("show", "--json", cwd=place).stdout)["tasks"]}
    assert (told["PL.1.2"]["due"], told["PL.1.2"]["last_day"]) == ("Quý III/2026", "2026-09-30")
    assert (told["II.2.1"]["lead"], told["II.2.1"]["with"]) == (["so-noi-vu"], ["so-tu-phap"])


def test_due_before_chooses_tasks_too(run: Run, place: Path) -> None:
    told = json.loads(run("show", "--due-before", "1/7/2026", "--json", cwd=place).stdout)
    assert [one["id"] for one in told["tasks"]] == ["II.1.1", "II.2.1"]
    assert {one["id"] for one in told["deliverables"]} == {*(f"thang-{n:02d}" for n in range(1, 7)), "quy-1", "quy-2"}


def test_status_names_tasks_that_fall_due_and_says_what_it_does_not_know(run: Run, place: Path) -> None:
    shown = run("status", "--as-of", DAY, cwd=place).stdout
    assert "đã xong hay chưa: xem tệp của đơn vị" in shown
    assert [line.split()[0] for line in shown.splitlines() if line.startswith(("II.", "PL."))] == ["II.1.1"]
    tasks = json.loads(run("status", "--as-of", DAY, "--json", cwd=place).stdout)["tasks"]
    assert tasks[0] == {"task": "II.2.1", "last_day": "2026-03-14", "days": -98, "units": ["xa-mot"]}


def test_a_unit_sees_its_tasks_that_fall_due_until_they_are_done(run: Run, place: Path) -> None:
    assert run("init-unit", "so-tu-phap", cwd=place).code == 0
    folder = place / "units" / "so-tu-phap"
    assert "II.1.1 (30/6/2026)" in run(cwd=folder, today=DAY).stdout
    assert run("log", "II.1.1", "--status", "done", cwd=folder, today=DAY).code == 0
    assert "II.1.1 (30/6/2026)" not in run(cwd=folder, today=DAY).stdout


def test_a_second_plan_does_not_take_the_first_one_s_units(run: Run, workspace: Path) -> None:
    assert run("init-unit", "so-noi-vu", cwd=workspace).code == 0
    before = (workspace / "units" / "so-noi-vu" / "unit.yaml").read_bytes()
    shutil.copy(SHAPES / "cai-cach.yaml", workspace / "plans" / "2026.yaml")
    other = ("--plan", "plans/2026.yaml")
    for command in (
        ("init-unit", "so-noi-vu"),
        ("log", "so-noi-vu", "II.1.2", "--status", "done"),
        ("workbook", "so-noi-vu"),
    ):
        told = run(*command, *other, cwd=workspace)
        assert (told.code, "một kế hoạch" in told.stderr) == (1, True), command
    assert (workspace / "units" / "so-noi-vu" / "unit.yaml").read_bytes() == before


def test_an_amended_plan_is_cited_with_what_amended_it(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    text = plan.read_text("utf-8").replace("\nrevision: 1\n", "\nrevision: 2\n") + (
        "amendments:\n  - {type: Kế hoạch, number: 52/KH-UBND, date: 2023-04-20, revision: 2, covers: [II.1.2]}\n"
    )
    plan.write_text(text, "utf-8")
    from word_files import texts

    assert run("export", "-o", "p.docx", cwd=workspace).code == 0
    assert "(Bản hợp nhất, lần sửa đổi 2, theo Kế hoạch số 52/KH-UBND ngày 20/4/2023)" in texts(workspace / "p.docx")
    assert run("init-unit", "so-y-te", cwd=workspace).code == 0
    drafted = texts(workspace / "units" / "so-y-te" / "out" / "ke-hoach-trien-khai.docx")
    assert any("(sửa đổi, bổ sung tại Kế hoạch số 52/KH-UBND ngày 20/4/2023);" in line for line in drafted)


def test_a_revision_of_another_format_is_named_as_such(run: Run, workspace: Path) -> None:
    import subprocess

    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.email=a@b", "-c", "user.name=a", *arguments],
            cwd=workspace,
            check=True,
            capture_output=True,
        )

    plan = workspace / "plans" / "2023.yaml"
    now = plan.read_text("utf-8")
    plan.write_text(now.replace("danvan-plan/2", "danvan-plan/1"), "utf-8")
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "a")
    plan.write_text(now, "utf-8")
    for command in (("diff", "HEAD"), ("check", "--against", "HEAD")):
        told = run(*command, cwd=workspace)
        assert "danvan-plan/1 của bản danvan khác" in told.stdout + told.stderr
        assert "DV111" not in told.stdout + told.stderr


def test_units_are_reminded_of_tasks_that_fall_due(run: Run, place: Path) -> None:
    told = run("remind", "--as-of", DAY, "--within", "10", cwd=place)
    assert told.code == 0
    assert "1 thư nhắc hạn nhiệm vụ" in told.stdout
    mail = (place / "build" / "don-doc" / f"nhac-{DAY}" / "so-tu-phap-nhiem-vu.txt").read_text("utf-8")
    assert "- II.1.1. Rà soát văn bản quy phạm pháp luật của tỉnh: hạn cuối 30/6/2026, còn 10 ngày." in mail
    assert "công tác cải cách hành chính năm 2026" in mail


@pytest.mark.parametrize(
    ("said", "is_near", "in_year"),
    [
        ((), True, True),
        (("--status", "xong"), False, True),
        (("--not-applicable", "Không thuộc chức năng"), False, False),
    ],
)
def test_a_task_that_is_done_or_none_of_the_unit_s_is_not_told_as_near(
    run: Run, place: Path, said: tuple[str, ...], is_near: bool, in_year: bool
) -> None:
    assert run("init-unit", "so-tu-phap", cwd=place, today=DAY).code == 0
    assert not said or run("log", "so-tu-phap", "II.1.1", *said, cwd=place, today=DAY).code == 0
    told = run("remind", "--unit", "so-tu-phap", "--as-of", DAY, "--within", "10", cwd=place)
    assert ("II.1.1" in told.stdout or "thư nhắc hạn nhiệm vụ" in told.stdout) is is_near
    page = json.loads(run("page", "so-tu-phap", "--as-of", DAY, "--json", cwd=place).stdout)
    label = "Rà soát văn bản quy phạm pháp luật của tỉnh"
    assert (label in {one["about"] for one in page["alerts"] if one["kind"] == "due"}) is is_near
    assert (label in {one["name"] for one in page["year"]}) is in_year
