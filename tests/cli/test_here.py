"""`danvan` alone: where the user is, what is due, what to type next."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

BEFORE, AFTER = "2023-04-30", "2023-05-12"


@pytest.fixture
def unit(begun: Callable[..., Path]) -> Path:
    """Give the folder of a unit that has just begun."""
    return begun("init-unit so-y-te") / "units" / "so-y-te"


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "unit.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def told(run: Run, cwd: Path, today: str = BEFORE, **env: str) -> str:
    """Give what `danvan` says, its line breaks taken for spaces."""
    done = run(cwd=cwd, today=today, env=env)
    assert (done.code, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) <= 8
    assert all(len(line) <= 80 for line in lines)
    return re.sub(r"\s+", " ", done.stdout)


def test_outside_a_workspace_it_says_how_to_begin(run: Run, tmp_path: Path) -> None:
    said = told(run, tmp_path)
    assert "Chưa ở trong thư mục làm việc" in said
    assert all(f"danvan {command}" in said for command in ("init", "demo", "--help"))


def test_in_the_workspace_it_tells_plan_units_and_deadlines(run: Run, unit: Path) -> None:
    said = told(run, unit.parents[1])
    assert "Kế hoạch 2023: " in said
    assert "1/34 cơ quan, đơn vị, địa phương" in said
    assert "còn 9 ngày đến thời hạn báo cáo 06 tháng đầu năm 2023 (09/5/2023): tất cả" in said
    assert "còn 193 ngày đến thời hạn tự chấm điểm, báo cáo năm 2023 (09/11/2023): tất cả" in said
    assert "danvan init-unit --all" in said


def test_a_deadline_that_is_over_is_not_ahead(run: Run, workspace: Path) -> None:
    assert "06 tháng" not in told(run, workspace, AFTER)
    assert "mọi thời hạn của kế hoạch đã qua" in told(run, workspace, "2024-01-01")


def test_in_a_units_folder_it_tells_what_the_unit_still_has_to_do(run: Run, unit: Path) -> None:
    said = told(run, unit)
    assert said.startswith("Sở Y tế: còn 9 ngày đến thời hạn báo cáo 06 tháng đầu năm 2023 (09/5/2023); ")
    assert re.search(r"; \d+ nhiệm vụ chưa có kết quả ", said)
    assert "kế hoạch không ghi thời hạn: kế hoạch triển khai" in said
    assert "26 chỉ tiêu chưa có số liệu" in said
    assert 'tiếp theo: danvan log II.1.1 --period 6m --result "…"' in said


@pytest.mark.parametrize("by", ["2023-05-25", None])
def test_what_was_sent_back_is_open_again_whatever_number_it_has(run: Run, unit: Path, by: str | None) -> None:
    def typed(*args: str) -> None:
        assert run(*args, cwd=unit, today=AFTER).code == 0

    typed("log", "--issued", "6m", "--number", "45/BC-SYT", "--date", "2023-05-04")
    typed("submit", "--period", "6m")
    typed("receive", "out/goi-6m.zip", "--received", "2023-05-05")
    assert "06 tháng" not in told(run, unit, AFTER)
    typed("send-back", "so-y-te", "6m", "--reason", "Thiếu phụ lục", *(["--by", by] if by else []))
    said = told(run, unit, AFTER)
    assert "bị trả lại: báo cáo 06 tháng đầu năm 2023: Thiếu phụ lục" in said
    assert ("còn 13 ngày đến thời hạn báo cáo 06 tháng đầu năm 2023 (25/5/2023)" in said) == bool(by)
    assert '--period 6m --result "…"' in said
    assert "không ghi thời hạn: báo cáo" not in said
    page = json.loads(run("page", "so-y-te", "--json", cwd=unit, today=AFTER).stdout)
    assert {one["day"] for one in page["next"]} == {by}
    typed("receive", "out/goi-6m.zip", "--received", "2023-05-12")  # the same again is no new sending
    assert "bị trả lại" in told(run, unit, AFTER)


def test_a_result_that_was_recorded_is_no_longer_asked_for(run: Run, unit: Path) -> None:
    def count() -> int:
        found = re.search(r"(\d+) nhiệm vụ chưa có kết quả", told(run, unit))
        assert found
        return int(found[1])

    before = count()
    recorded = run("log", "II.1.1", "--period", "6m", "--result", "Đã tổ chức quán triệt.", cwd=unit, today=BEFORE)
    assert recorded.code == 0, recorded.stderr
    assert count() == before - 1
    said = told(run, unit)
    assert "1 kết quả chưa có tài liệu kiểm chứng" in said
    assert "danvan log II.1.2 --period 6m" in said


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2023-05-08", "còn 1 ngày đến thời hạn"),
        ("2023-05-09", "hôm nay là hạn cuối"),
        ("2023-05-12", "quá hạn 3 ngày: báo cáo 06 tháng"),
    ],
)
def test_the_days_are_counted_to_the_last_day_on_time(run: Run, unit: Path, today: str, words: str) -> None:
    assert words in told(run, unit, today)


def test_what_was_issued_is_done(run: Run, unit: Path) -> None:
    change(unit, "  6m: {number: , date: ,", '  6m: {number: "20/BC-SYT", date: 2023-05-05,')
    change(unit, "  ke-hoach: {number: , date: ,", '  ke-hoach: {number: "15/KH-SYT", date: 2023-02-10,')
    said = told(run, unit, AFTER)
    assert "quá hạn" not in said
    assert "kế hoạch triển khai" not in said
    assert "còn 181 ngày đến thời hạn tự chấm điểm, báo cáo năm 2023" in said
    assert "danvan log II.1.1 --period 1y" in said


def test_a_task_that_the_plan_has_changed_is_named(run: Run, unit: Path) -> None:
    plan = unit.parents[1] / "plans" / "2023.yaml"
    text = plan.read_text(encoding="utf-8")
    changed, count = re.subn(r"(- id: II\.1\.2\n(?:.*\n)*? +text: >-\n +)", r"\1Thêm: ", text, count=1)
    assert count == 1
    plan.write_text(changed, encoding="utf-8")
    said = told(run, unit)
    assert "kế hoạch đã đổi sau khi đơn vị nhận: II.1.2 " in said
    assert "danvan log II.1.2 --confirm" in said


def test_a_folder_without_a_file_is_told_how_to_get_one(run: Run, workspace: Path) -> None:
    folder = workspace / "units" / "so-y-te"
    folder.mkdir(parents=True)
    assert "danvan init-unit so-y-te" in told(run, folder)


@pytest.mark.parametrize("broken", ["units/so-y-te/unit.yaml", "plans/2023.yaml"])
def test_a_broken_file_is_said_and_how_to_see_where(run: Run, unit: Path, broken: str) -> None:
    path = unit.parents[1] / broken
    path.write_text(path.read_text(encoding="utf-8").replace("format: danvan-", "format: danva-"), encoding="utf-8")
    done = run(cwd=unit, today=BEFORE)
    assert (done.code, done.stdout) == (1, "")
    assert path.name in done.stderr
    assert "danvan check" in done.stderr
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_is_short_for_the_longest_names_on_any_day_in_both_languages(
    run: Run, workspace: Path, language: str
) -> None:
    made = run("init-unit", "dai-ptth-bao", "ban-ql-kkt", cwd=workspace)
    assert made.code == 0, made.stderr
    plan = workspace / "plans" / "2023.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace(" công tác ", " việc "), encoding="utf-8")
    folders = sorted((workspace / "units").iterdir())
    for folder in [workspace, *folders]:
        for today in (BEFORE, "2023-05-09", AFTER, "2023-11-12", "2025-01-01"):
            told(run, folder, today, DANVAN_LANG=language)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_vietnamese_is_printed_whatever_the_console_says(run: Run, unit: Path, encoding: str) -> None:
    assert told(run, unit, PYTHONIOENCODING=encoding) == told(run, unit)


def test_the_day_can_be_set_and_a_wrong_one_is_told(run: Run, workspace: Path) -> None:
    done = run(cwd=workspace, today="hôm nay")
    assert done.code == 2
    assert "DANVAN_TODAY" in done.stderr


@pytest.fixture
def desk(begun: Callable[..., Path]) -> Path:
    """Give a workspace in which one unit has sent its report and its score, which are not taken in yet."""
    return begun(
        "init-unit so-y-te --from samples/so-y-te.unit.yaml", "report so-y-te --period 6m", "submit so-y-te --period 6m",
        "score so-y-te --answers samples/so-y-te.score.yaml", "submit so-y-te --period tu-cham",
    )  # fmt: skip


def steps(run: Run, cwd: Path, today: str) -> list[str]:
    """Give what `danvan` says to type next."""
    told(run, cwd, today)
    done = run("--json", cwd=cwd, today=today)
    assert done.code == 0, done.stderr
    return [str(one).removeprefix("danvan ") for one in json.loads(done.stdout)["next"]]


def test_it_leads_through_the_desk_by_what_stands_there_and_by_the_day(run: Run, desk: Path) -> None:
    def do(typed: str, today: str) -> None:
        done = run(*shlex.split(typed), cwd=desk, today=today)
        assert done.code in {0, 1}, (typed, done.stderr)

    assert steps(run, desk, "2023-03-01") == ["init-unit --all", "check"]
    assert steps(run, desk, "2023-05-05") == ["init-unit --all", "receive THƯ-MỤC"]
    assert steps(run, desk, "2023-08-01") == ["init-unit --all", "check"], "where nothing ever came is no desk"
    out = "units/so-y-te/out"
    do(f"receive {out}/goi-6m.zip --received 8/5/2023", "2023-05-08")
    assert steps(run, desk, "2023-05-08") == ["receive THƯ-MỤC", "remind --within 7", "page"]
    assert steps(run, desk, "2023-05-12")[:3] == ["receive THƯ-MỤC", "remind --deliverable 6m", "summary --period 6m"]
    do("remind", "2023-05-12")
    do("remind --issued 6m --number 4/SNV --date 12/5/2023", "2023-05-12")
    do("summary --period 6m", "2023-05-12")
    assert not {"remind --deliverable 6m", "summary --period 6m"} & set(steps(run, desk, "2023-05-15"))
    assert "remind --deliverable 6m" in steps(run, desk, "2023-06-01")
    do(f"receive {out}/goi-tu-cham.zip --received 8/11/2023", "2023-11-08")
    assert "review book" in steps(run, desk, "2023-11-08")
    do("review set so-y-te 9.1=3 --member Bình --reason 'Đối chiếu'", "2023-11-08")
    assert "review show" in steps(run, desk, "2023-11-08")
    do("review final so-y-te", "2023-11-08")
    assert "rank --docs" in steps(run, desk, "2023-11-08")
    do("review official so-y-te -n 88/QĐ-UBND -d 8/11/2023", "2023-11-08")
    assert not any(one.startswith(("review", "rank")) for one in steps(run, desk, "2023-11-08"))


def test_who_is_late_is_red_and_in_words(run: Run, desk: Path) -> None:
    run("receive", "units/so-y-te/out/goi-6m.zip", "--received", "8/5/2023", cwd=desk, today="2023-05-12")
    done = run("--color", "always", cwd=desk, today="2023-05-12", env={"COLUMNS": "60"})
    red = [line for line in done.stdout.splitlines() if "\x1b[31m" in line]
    assert [line.startswith("\x1b[31mQUÁ HẠN 3 ngày: ") for line in red] == [True]
    assert all(len(re.sub("\x1b\\[[0-9;]*m", "", line)) <= 60 for line in done.stdout.splitlines())


def test_what_is_longest_overdue_is_named_first(run: Run, desk: Path) -> None:
    run("receive", "units/so-y-te/out/goi-6m.zip", "--received", "8/5/2023", cwd=desk, today="2023-05-12")
    assert "QUÁ HẠN 206 ngày: báo cáo 06 tháng đầu năm 2023: 33 đơn vị chưa gửi; và " in told(run, desk, "2023-12-01")
