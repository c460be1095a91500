"""`danvan update-unit`: a plan's edits brought into units' files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from danvan_cli.desk import units as desk
from danvan_cli.desk.opened import open_plan
from danvan_cli.plan.model import Plan
from danvan_cli.unit.adopt import Revisions
from danvan_cli.unit.model import UnitRecord
from danvan_cli.yaml.read import read as read_as
from word_files import snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Run
    from danvan_cli.workspace import Workspace

PLAN = Path("plans") / "2023.yaml"
FILE = Path("units") / "so-y-te" / "unit.yaml"
OTHER = Path("units") / "so-noi-vu" / "unit.yaml"
TASK = (
    "          - id: {id}\n            label: Việc mới\n            owners: [{owner}]\n"
    "            text: Việc mới của năm.\n\n"
)
REWORDED = ("Thường xuyên đổi mới nội dung, phương thức", "Kịp thời đổi mới nội dung, phương thức")


@pytest.fixture
def started(begun: Callable[..., Path]) -> Path:
    """Give a workspace in which two units have begun."""
    return begun("init-unit so-y-te so-noi-vu")


def edit(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def new_task(owner: str = "all", id: str = "II.1.9") -> tuple[str, str]:
    return "          - id: II.1.3\n", TASK.format(id=id, owner=owner) + "          - id: II.1.3\n"


def test_new_and_changed_tasks_are_told_and_only_what_comes_in_is_written(run: Run, started: Path) -> None:
    (started / FILE).write_text((started / FILE).read_text(encoding="utf-8") + "# của tôi\n", encoding="utf-8")
    before = (started / FILE).read_text(encoding="utf-8")
    edit(started / PLAN, new_task(), REWORDED)
    told = run("update-unit", "so-y-te", cwd=started)
    assert (told.code, told.stderr) == (0, "")
    assert "II.1.9: nhiệm vụ mới: Việc mới" in told.stdout
    assert "[-Thường xuyên-] {+Kịp thời+}" in told.stdout
    assert "danvan log so-y-te II.1.2 --confirm" in told.stdout
    assert all(len(line) <= 80 for line in told.stdout.splitlines())
    after = (started / FILE).read_text(encoding="utf-8")
    assert "  II.1.9:  # Việc mới\n" in after
    assert set(before.splitlines()) - set(after.splitlines()) == {
        next(line for line in before.splitlines() if line.startswith("adopted:"))
    }
    again = run("update-unit", "so-y-te", cwd=started)
    assert "không có gì thay đổi" in again.stdout
    assert "II.1.2" in again.stdout, "chưa xác nhận thì vẫn nhắc"
    assert (started / FILE).read_text(encoding="utf-8") == after


def test_what_somebody_wrote_meanwhile_stays(started: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(started / PLAN, new_task())
    monkeypatch.chdir(started)
    opened, keep = open_plan(), desk.keep_revision

    def late(workspace: Workspace, data: bytes) -> str:
        edit(FILE, ("signer:", "signer: A"))
        return keep(workspace, data)

    monkeypatch.setattr(desk, "keep_revision", late)
    done = desk.bring_plan_edits(opened, opened.unit("so-y-te"), Revisions(opened.workspace), write=True)
    assert [task.id for task in done.update.added] == ["II.1.9"]
    record = opened.record(opened.unit("so-y-te"))
    assert (record.signer, "II.1.9" in record.tasks) == ("A", True)


def test_what_is_confirmed_is_no_longer_told_and_a_later_edit_shows_its_words(run: Run, started: Path) -> None:
    edit(started / PLAN, REWORDED)
    assert run("log", "so-y-te", "II.1.2", "--confirm", cwd=started).code == 0
    assert "II.1.2" not in run("update-unit", "so-y-te", cwd=started).stdout
    edit(started / PLAN, ("Kịp thời đổi mới", "Chủ động đổi mới"))
    assert "[-Kịp thời-] {+Chủ động+}" in run("update-unit", "so-y-te", cwd=started).stdout


def test_a_dry_run_tells_the_same_and_writes_nothing(run: Run, started: Path) -> None:
    edit(started / PLAN, new_task(), REWORDED)
    before = snapshot(started)
    dry = run("update-unit", "so-y-te", "--dry-run", cwd=started)
    dry_all = run("update-unit", "--all", "--dry-run", "--json", cwd=started)
    assert snapshot(started) == before
    done = run("update-unit", "so-y-te", cwd=started)
    assert dry.stdout.splitlines()[:-1] == done.stdout.splitlines()[:-1]
    assert "chưa ghi" in dry.stdout.splitlines()[-1]
    assert [one["added"] for one in json.loads(dry_all.stdout)["units"]] == [["II.1.9"], ["II.1.9"]]


def test_a_plan_that_was_only_reordered_changes_no_file(run: Run, started: Path) -> None:
    text = (started / PLAN).read_text(encoding="utf-8")
    (started / PLAN).write_text(text.replace("# label:", "# ghi chú mới; label:"), encoding="utf-8")
    before = snapshot(started)
    told = run("update-unit", "--all", cwd=started)
    assert told.code == 0
    assert "0 đơn vị nhận sửa đổi" in told.stdout
    assert snapshot(started) == before


def test_inside_its_folder_danvan_says_that_the_plan_has_new_tasks(run: Run, started: Path) -> None:
    assert "update-unit" not in run(cwd=started / FILE.parent).stdout
    edit(started / PLAN, new_task())
    told = run(cwd=started / FILE.parent).stdout
    assert "II.1.9" in told
    assert "tiếp theo: danvan update-unit\n" in told


def test_check_says_which_units_lag_until_they_are_updated(run: Run, started: Path) -> None:
    edit(started / PLAN, new_task("so-y-te"))
    lag = json.loads(run("check", "--json", cwd=started).stdout)["findings"]
    assert [(one["rule"], one["path"]) for one in lag if one["rule"] == "DV917"] == [("DV917", FILE.as_posix())]
    assert run("update-unit", "--all", cwd=started).code == 0
    assert "DV917" not in run("check", "--json", cwd=started).stdout


def test_a_task_that_is_gone_and_one_with_another_id_are_no_errors(run: Run, started: Path) -> None:
    text = (started / PLAN).read_text(encoding="utf-8")
    text = re.sub(
        r"          - id: II\.4\.2\n.*?(?=          - id: |\n      - id: )", "", text, count=1, flags=re.DOTALL
    )
    text = text.replace("id: II.1.2\n", "id: II.1.20\n").replace("[II.1.2]", "[II.1.20]")
    (started / PLAN).write_text(text, encoding="utf-8")
    run("log", "so-noi-vu", "--indicator", "tin-bai=1", "--period", "6m", cwd=started)
    before = run("check", cwd=started)
    assert "DV917" in before.stdout
    done = json.loads(run("update-unit", "--all", "--json", cwd=started).stdout)["units"][0]
    assert done["renamed"] == [{"from": "II.1.2", "to": "II.1.20"}]
    assert (done["ended"], done["added"], done["changed"]) == (["II.4.2"], [], True)
    told = run("check", FILE, OTHER, cwd=started)
    assert told.code == 0, told.stdout
    assert run("report", "so-y-te", "--period", "6m", cwd=started).code == 0


def test_a_successor_is_told_where_its_predecessor_left_its_record(run: Run, started: Path) -> None:
    run("log", "so-y-te", "II.1.1", "--period", "6m", "--result", "Đã làm.", cwd=started)
    plan = read_as(Plan, started / PLAN).record
    assert plan is not None
    line = next(one for one in (started / PLAN).read_text(encoding="utf-8").splitlines() if "id: so-y-te" in one)
    indent = re.match(r"[\s-]*", line)
    assert indent is not None
    if "{" in line:
        new = line.replace("{", "{to: 2023-06-30, successors: [so-noi-vu], ", 1)
    else:
        new = f"{line}\n{' ' * len(indent[0])}to: 2023-06-30\n{' ' * len(indent[0])}successors: [so-noi-vu]"
    edit(started / PLAN, (line + "\n", new + "\n"))
    assert "DV917" in run("check", OTHER, cwd=started).stdout
    predecessor = (started / FILE).read_bytes()
    told = run("update-unit", "so-noi-vu", cwd=started, today="2023-08-01")
    assert (told.code, told.stderr) == (0, "")
    assert "kế thừa Sở Y tế" in told.stdout
    assert FILE.as_posix() in told.stdout
    assert (started / FILE).read_bytes() == predecessor
    assert run("check", OTHER, cwd=started).stdout.count("DV917") == 0
    history = run("update-unit", "so-y-te", cwd=started, today="2023-08-01")
    assert history.code == 0
    assert "so-noi-vu" in history.stdout


# All units


def test_with_all_a_failure_is_named_and_the_rest_is_done(run: Run, started: Path) -> None:
    edit(started / PLAN, new_task(), REWORDED)
    (started / FILE).write_text("tasks: [", encoding="utf-8")
    told = run("update-unit", "--all", cwd=started)
    assert told.code == 1
    assert "so-y-te:" in told.stderr
    assert "1 đơn vị nhận sửa đổi" in told.stdout
    assert "1 đơn vị không làm được" in told.stdout
    assert "II.1.9:" in (started / OTHER).read_text(encoding="utf-8")
    assert (started / FILE).read_text(encoding="utf-8") == "tasks: ["
    assert told.stdout.count("{+Kịp thời+}") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["so-y-te", "--all"], "--all"),
        (["so-y-t"], "so-y-te"),
        ([], "show --units"),
        (["huyen-loc-ninh"], "init-unit huyen-loc-ninh"),
        (["../x"], "../x"),
    ],
)
def test_what_cannot_be_meant_is_refused(run: Run, started: Path, arguments: list[str], said: str) -> None:
    before = snapshot(started)
    told = run("update-unit", *arguments, cwd=started)
    assert (told.code, told.stdout) == (2, "") or (told.code == 2 and "chưa có tệp" in told.stderr)
    assert said in told.stderr
    assert snapshot(started) == before


def test_without_any_file_all_says_what_to_type(run: Run, workspace: Path) -> None:
    told = run("update-unit", "--all", cwd=workspace)
    assert told.code == 2
    assert "danvan init-unit --all" in told.stderr


def test_a_file_of_another_unit_is_refused(run: Run, started: Path) -> None:
    edit(started / FILE, ("unit: so-y-te\n", "unit: so-noi-vu\n"))
    before = (started / FILE).read_bytes()
    told = run("update-unit", "so-y-te", cwd=started)
    assert told.code == 2
    assert "so-noi-vu" in told.stderr
    assert (started / FILE).read_bytes() == before


def test_inside_its_folder_the_unit_need_not_be_named(run: Run, started: Path) -> None:
    told = run("update-unit", cwd=started / FILE.parent)
    assert (told.code, told.stdout) == (0, "unit.yaml: không có gì thay đổi\n")


def test_a_task_that_comes_in_later_has_its_proposals_too(run: Run, started: Path) -> None:
    label, text = "label: Việc mới", "text: Việc mới của năm."
    place, added = new_task()
    added = added.replace(label, "label: Tiếp công dân").replace(
        text, "text: Tiếp công dân, giải quyết khiếu nại, tố cáo."
    )
    edit(started / PLAN, (place, added))
    told = run("update-unit", "so-y-te", cwd=started)
    assert told.code == 0, told.stderr
    read = read_as(UnitRecord, started / FILE).record
    assert read
    (one, *_more) = read.task("II.1.9").proposed
    assert f"- II.1.9: {one.content[:30]}" in told.stdout
    assert "danvan log so-y-te" in told.stdout


def test_who_has_ended_has_no_task_that_falls_due_later(run: Run, started: Path, tmp_path: Path) -> None:
    """Status, page and calendar count who exists on a task's last day, as what is owed is counted."""
    text = (started / PLAN).read_text(encoding="utf-8")
    text = text.replace("{id: so-y-te,", "{id: so-y-te, to: 2023-06-30, successors: [so-noi-vu],", 1)
    task = new_task()
    text = text.replace(task[0], task[1].replace("owners:", "due: trước ngày 15/9\n            owners:"), 1)
    (started / PLAN).write_text(text, encoding="utf-8")
    plan = read_as(Plan, started / PLAN).record
    assert plan is not None
    there = len(plan.units) - 1
    status = json.loads(run("status", "--json", cwd=started, today="2023-09-10").stdout)
    (row,) = [one for one in status["tasks"] if one["task"] == "II.1.9"]
    assert len(row["units"]) == there
    assert "so-y-te" not in row["units"]
    assert not json.loads(run("status", "--unit", "so-y-te", "--json", cwd=started, today="2023-09-10").stdout)["tasks"]
    page = json.loads(run("page", "--json", cwd=started, today="2023-09-10").stdout)
    assert [one["of"] for one in page["year"] if one["name"] == "Việc mới"] == [there]
    assert [one["count"] for one in page["alerts"] if one["about"] == "Việc mới"] == [there]
    run("calendar", "so-y-te", "-o", tmp_path / "a.ics", cwd=started)
    assert "Việc mới" not in (tmp_path / "a.ics").read_text("utf-8")
    run("calendar", "so-noi-vu", "-o", tmp_path / "b.ics", cwd=started)
    assert "Việc mới" in (tmp_path / "b.ics").read_text("utf-8")


def test_what_the_plan_no_longer_asks_for_stops_no_unit(run: Run, started: Path) -> None:
    """A report, a figure that an amendment takes away: what was recorded stays, what is blank is no fault."""
    said = "--indicator kiem-tra=2 --issued 6m --number 9/BC-SYT --date 2023-05-08"
    assert run("log", "so-y-te", "--period", "6m", *said.split(), cwd=started, today="2023-05-09").code == 0
    before = (started / FILE).read_bytes()
    text = (started / PLAN).read_text("utf-8")
    start, end = (text.index(f"  - id: {one}\n    kind: report") for one in ("6m", "1y"))
    (started / PLAN).write_text((text[:start] + text[end:]).replace("{id: kiem-tra,", "{id: kiem-tra-moi,"), "utf-8")
    found = json.loads(run("check", str(FILE), str(OTHER), "--json", cwd=started).stdout)
    told = [(one["rule"], one["path"], one["message"].split("»")[0]) for one in found["findings"]]
    path = FILE.as_posix()
    assert told == [("DV931", path, "kế hoạch không còn «kiem-tra"), ("DV931", path, "kế hoạch không còn «6m")]
    assert run("update-unit", "--all", cwd=started).code == 0
    made = run("report", "so-y-te", "--period", "1y", cwd=started, today="2023-05-09")
    assert (made.code, "danvan update-unit" in made.stderr) == (0, False), "which has nothing to bring in"
    assert run("log", "so-y-te", "II.1.1", "--status", "xong", cwd=started, today="2023-05-09").code == 0
    assert all(line in (started / FILE).read_bytes().splitlines() for line in before.splitlines() if b"9/BC" in line)
    edit(started / FILE, ("  1y: {number:", "  1yy: {number: 12/BC-SYT"))
    assert "DV209" in run("check", str(FILE), cwd=started).stdout


def test_what_was_recorded_for_a_period_that_is_no_more_comes_in_all_the_same(
    run: Run, started: Path, tmp_path: Path
) -> None:
    assert run("submit", "so-y-te", "--period", "1y", cwd=started, today="2023-05-09").code == 0
    package = started / FILE.parent / "out" / "goi-1y.zip"
    edit(started / PLAN, ("  - {id: 6m,  ", "  - {id: 6t,  "))
    text = (
        (started / PLAN).read_text("utf-8").replace("period: 6m\n", "period: 6t\n").replace("id: kiem-tra,", "id: kt,")
    )
    (started / PLAN).write_text(text, "utf-8")
    told = started / "told.yaml"
    told.write_text("tasks:\n  II.1.2:\n    states: {6m: doing}\n    results: {6m: Đã làm.}\n", "utf-8")
    assert run("log", "so-y-te", "--from", told, cwd=started, today="2023-05-09").code == 0
    recorded = read_as(UnitRecord, started / FILE).record
    assert recorded is not None
    assert (recorded.tasks["II.1.2"].states, recorded.tasks["II.1.2"].results["6m"]) == ({"6m": "doing"}, "Đã làm.")
    done = run(
        "receive", package, "--plan", started / PLAN, "--received", "2023-05-09", cwd=tmp_path, today="2023-05-09"
    )
    assert "nhận mới 1" in done.stdout, done.stderr
