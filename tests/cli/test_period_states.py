"""How far a task was at a period's end stays, however late it is printed and whatever is recorded since."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from danvan_cli.unit.model import UnitRecord
from danvan_cli.yaml.read import read as read_as
from unit_books import filled, made
from word_files import texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands import Run

SPRING, JUNE, AUTUMN = "2023-04-10", "2023-06-20", "2023-11-10"
"""Within the six months, just after them, within the year's end."""
DOING, DONE, TODO = "Đang thực hiện", "Đã hoàn thành", "Chưa thực hiện"
UNKNOWN = "[… trạng thái cuối kỳ: Quán triệt, cụ thể hóa chủ trương, chính sách về công tác dân vận …]"


class Unit:
    """Sở Y tế's file, and what its reports say of how far II.1.1 was."""

    def __init__(self, run: Run, workspace: Path) -> None:
        self.run, self.workspace = run, workspace
        self.folder = workspace / "units" / "so-y-te"
        self.file = self.folder / "unit.yaml"

    def log(self, day: str, *arguments: str) -> str:
        done = self.run("log", "so-y-te", "II.1.1", *arguments, cwd=self.workspace, today=day)
        assert done.code == 0, done.stderr
        return done.stdout

    def told(self, period: str) -> str:
        path = self.workspace / f"{period}.docx"
        done = self.run("report", "so-y-te", "--period", period, "-o", path, cwd=self.workspace, today=AUTUMN)
        assert done.code == 0, done.stderr
        said = texts(path)
        return said[said.index("Trạng thái") + 8]  # two cells of the area, then the last of the task


@pytest.fixture
def unit(run: Run, begun: Callable[..., Path]) -> Unit:
    found = Unit(run, begun("init-unit so-y-te"))
    found.file.write_bytes(found.file.read_bytes() + b"papers: {progress: true}\n")
    return found


def test_what_is_recorded_in_november_says_nothing_of_june(unit: Unit) -> None:
    unit.log(SPRING, "--status", "đang")
    assert (unit.told("6m"), unit.told("1y")) == (DOING, DOING)
    assert "II.1.1: trạng thái cuối kỳ 6m (trống) → đang thực hiện" in unit.log(AUTUMN, "--status", "xong")
    assert (unit.told("6m"), unit.told("1y")) == (DOING, DONE)


def test_any_record_after_a_period_keeps_how_far_the_task_was(unit: Unit) -> None:
    unit.log(SPRING, "--status", "đang")
    unit.log(AUTUMN, "--period", "1y", "--result", "Đã làm.")
    unit.log(AUTUMN, "--status", "xong")
    assert (unit.told("6m"), unit.told("1y")) == (DOING, DONE)


def test_a_workbook_filled_in_november_says_nothing_of_june(run: Run, unit: Unit) -> None:
    unit.log(SPRING, "--status", "đang")
    assert run("score", "so-y-te", cwd=unit.workspace).code == 1  # nothing is answered yet
    book = made(run, unit.folder)
    book.put("nhiem-vu", "II.1.1|1y", "status", DONE)
    book.save()
    done = filled(run, unit.folder, book.path)
    assert done.code == 0, done.stderr
    assert (unit.told("6m"), unit.told("1y")) == (DOING, DONE)


def test_the_workbook_shows_and_takes_the_state_of_each_period_s_end(run: Run, unit: Unit) -> None:
    unit.log(SPRING, "--status", "đang")
    unit.log(AUTUMN, "--status", "xong")
    run("score", "so-y-te", cwd=unit.workspace)
    book = made(run, unit.folder)
    assert [book.cell("nhiem-vu", f"II.1.1|{one}", "status").value for one in ("6m", "1y")] == [DOING, DONE]
    book.put("nhiem-vu", "II.1.1|6m", "status", TODO)
    book.save()
    done = filled(run, unit.folder, book.path)
    assert done.code == 0, done.stderr
    assert (unit.told("6m"), unit.told("1y")) == (TODO, DONE)


@pytest.mark.parametrize("said", [("--period", "6m"), ("--date", "20/5/2023")])
def test_a_state_recorded_late_stands_at_the_end_that_it_is_said_of(unit: Unit, said: tuple[str, str]) -> None:
    unit.log(JUNE, "--status", "xong", *said)
    assert (unit.told("6m"), unit.told("1y")) == (DONE, DONE)


def test_a_period_is_put_right_without_touching_today(unit: Unit) -> None:
    unit.log(AUTUMN, "--status", "xong")
    unit.log(AUTUMN, "--status", "đang", "--period", "6m")
    assert (unit.told("6m"), unit.told("1y")) == (DOING, DONE)
    assert "    status: done\n" in unit.file.read_text(encoding="utf-8")


def test_what_nobody_said_of_a_period_is_a_blank_and_not_today(unit: Unit) -> None:
    text = unit.file.read_text(encoding="utf-8")
    by_hand = text.replace("    status: todo", "    status: done", 1).replace("      1y:\n", "      1y: Đã làm.\n", 1)
    unit.file.write_text(by_hand, encoding="utf-8")
    assert (unit.told("6m"), unit.told("1y")) == (UNKNOWN, DONE)


def test_a_result_that_is_recorded_late_is_not_held_to_be_not_begun(unit: Unit) -> None:
    assert unit.told("6m") == TODO
    unit.log(AUTUMN, "--period", "6m", "--result", "Đã làm.")
    assert unit.told("6m") == UNKNOWN
    assert "II.1.1: chưa ghi trạng thái cuối kỳ 6m" in unit.log(AUTUMN, "--status", "xong")
    assert (unit.told("6m"), unit.told("1y")) == (UNKNOWN, DONE)
    unit.log(AUTUMN, "--status", "chưa", "--period", "6m")
    assert unit.told("6m") == TODO, "somebody said so"


@pytest.mark.parametrize(
    ("first", "day", "then"), [("6m", SPRING, "6m"), ("6m", SPRING, "1y"), ("1y", SPRING, "6m"), ("1y", JUNE, "6m")]
)
def test_what_was_not_begun_at_first_may_be_done_later(unit: Unit, first: str, day: str, then: str) -> None:
    """Who says of a period that goes on that nothing is begun says it of now, and not of its end."""
    unit.log(SPRING, "--status", "chưa", "--period", first)
    assert (unit.told("6m"), unit.told("1y")) == (TODO, TODO)
    unit.log(SPRING, "--status", "đang", "--period", then)
    assert (unit.told("6m"), unit.told("1y")) == (DOING, DOING)
    unit.log(day, "--status", "xong", "--period", then)
    assert "    status: done\n" in unit.file.read_text(encoding="utf-8")
    assert (unit.told("6m"), unit.told("1y")) == (DONE, DONE)


def test_a_workbook_moves_on_what_was_said_to_be_not_begun(
    run: Run, unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANVAN_TODAY", SPRING)
    run("score", "so-y-te", cwd=unit.workspace)
    unit.log(SPRING, "--status", "chưa", "--period", "6m", "--result", "Chờ hướng dẫn.")
    for state, rows in ((DOING, ["6m", "1y"]), (TODO, ["6m", "1y"]), (DONE, ["1y"])):
        book = made(run, unit.folder)
        for row in rows:
            book.put("nhiem-vu", f"II.1.1|{row}", "status", state)
        done = filled(run, unit.folder, book.save())
        assert done.code == 0, done.stderr
        assert (unit.told("6m"), unit.told("1y")) == (state, state)


def test_a_state_of_no_period_of_the_plan_is_found(run: Run, unit: Unit) -> None:
    text = unit.file.read_text(encoding="utf-8")
    unit.file.write_text(
        text.replace("    status: todo", "    status: todo\n    states: {9m: done}", 1), encoding="utf-8"
    )
    done = run("check", unit.file, cwd=unit.workspace)
    assert (done.code, "DV203" in done.stdout) == (1, True)


def test_a_workbook_that_comes_after_the_report_was_issued_is_told_so(run: Run, unit: Unit) -> None:
    run("score", "so-y-te", cwd=unit.workspace)
    book = made(run, unit.folder)
    run(
        "log",
        "so-y-te",
        "--issued",
        "6m",
        "--number",
        "9/BC-SYT",
        "--date",
        "9/6/2023",
        cwd=unit.workspace,
        today=AUTUMN,
    )
    book.put("nhiem-vu", "II.1.1|6m", "result", "Đã làm thêm.")
    book.save()
    done = filled(run, unit.folder, book.path)
    assert (done.code, "đã ban hành số 9/BC-SYT ngày 09/6/2023" in done.stderr) == (0, True), done.stderr


def test_what_was_done_in_june_was_done_in_every_later_period_too(run: Run, unit: Unit) -> None:
    """Quarters end between the half and the year: none of them falls back to what was said before."""
    plan = unit.workspace / "plans" / "2023.yaml"
    text = plan.read_text("utf-8")
    quarter = "{id: quy, kind: report, name: Báo cáo, owners: [all], every: quarter, due: trước ngày 18 tháng cuối quý}"
    plan.write_text(text.replace("\ndeliverables:\n", f"\ndeliverables:\n  - {quarter}\n", 1), "utf-8")
    run("log", "so-y-te", "II.1.1", "--status", "xong", "--period", "6m", cwd=unit.workspace, today="2023-12-20")
    read = read_as(UnitRecord, unit.file).record
    assert read is not None
    task = read.tasks["II.1.1"]
    assert task.status == "done"
    assert task.states.pop("quy-1") == "todo"
    assert set(task.states) >= {"6m", "quy-2", "quy-3"}
    assert set(task.states.values()) == {"done"}
    run("log", "so-y-te", "II.1.2", "--status", "xong", cwd=unit.workspace, today="2023-12-20")
    read = read_as(UnitRecord, unit.file).record
    assert read is not None
    assert set(read.tasks["II.1.2"].states) == {"quy-1", "6m", "quy-2", "quy-3"}


def test_what_is_told_late_of_june_is_not_held_against_what_the_year_still_brings(run: Run, unit: Unit) -> None:
    """The year's last report tells what is done after its figures end, too: only its plan's next year is too late for it."""
    run("log", "so-y-te", "II.1.1", "--status", "đang", "--period", "6m", cwd=unit.workspace, today="2023-12-20")
    run("log", "so-y-te", "II.1.1", "--status", "xong", cwd=unit.workspace, today="2023-12-21")
    read = read_as(UnitRecord, unit.file).record
    assert read is not None
    task = read.tasks["II.1.1"]
    assert (task.status, task.states) == ("done", {"6m": "doing"})


@pytest.mark.parametrize("day", [SPRING, JUNE], ids=["within the period", "after it"])
def test_a_result_without_a_state_is_not_told_as_nothing_begun(unit: Unit, day: str) -> None:
    unit.log(day, "--period", "6m", "--result", "Đã tổ chức 02 hội nghị.")
    assert unit.told("6m") == UNKNOWN
    unit.log(day, "--period", "6m", "--status", "chưa", "--result", "Chưa tổ chức, chờ hướng dẫn.")
    assert unit.told("6m") == TODO, "who says so is believed"
