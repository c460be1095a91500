"""`danvan init-unit`: a unit's file to fill in, and the draft of its implementation plan."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from commands import aside, environment
from danvan_cli.unit.model import UnitRecord
from danvan_cli.yaml.held import LOCK
from danvan_cli.yaml.read import read
from repositories import few_units
from word_files import edit, highlighted, proposed, snapshot, texts

if TYPE_CHECKING:
    from conftest import Run

FILE = Path("units") / "so-y-te" / "unit.yaml"
DRAFT = Path("units") / "so-y-te" / "out" / "ke-hoach-trien-khai.docx"


def test_a_unit_gets_its_file_and_its_draft(run: Run, workspace: Path) -> None:
    made = run("init-unit", "so-y-te", cwd=workspace)
    assert made.code == 0, made.stderr
    assert FILE.as_posix() in made.stdout
    assert DRAFT.as_posix() in made.stdout
    assert run("check", "--strict", FILE, cwd=workspace).code == 0


def test_a_plan_that_asks_for_none_has_no_drafts_and_that_is_said(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    plan.write_text(plan.read_text("utf-8").replace("    kind: plan\n", "    kind: report\n"), "utf-8")
    made = run("init-unit", "so-y-te", cwd=workspace)
    assert (made.code, (workspace / FILE).exists(), (workspace / DRAFT).exists()) == (0, True, False)
    assert "không có dự thảo kế hoạch triển khai" in made.stderr
    assert "không có dự thảo" in run("init-unit", "--all", cwd=workspace).stderr
    (workspace / FILE).write_text((workspace / FILE).read_text("utf-8").replace("  II.7.1:", "  II.9.9:"), "utf-8")
    assert "làm lại" not in run("update-unit", "so-y-te", cwd=workspace).stdout


def test_how_the_draft_is_made_again_goes_by_what_the_plan_calls_it(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    plan.write_text(plan.read_text("utf-8").replace("  - id: ke-hoach\n", "  - id: kh-don-vi\n"), "utf-8")
    made = " ".join(run("init-unit", "so-y-te", cwd=workspace).stdout.split())
    assert made.endswith("rồi làm lại: danvan report so-y-te --period kh-don-vi")
    assert run("report", "so-y-te", "--period", "kh-don-vi", cwd=workspace).code == 0


def test_the_blanks_it_counts_are_the_ones_to_see_in_word(run: Run, workspace: Path) -> None:
    told = run("init-unit", "so-y-te", cwd=workspace).stdout
    count = len(highlighted(workspace / DRAFT))
    assert 0 < count <= 50
    assert f"còn {count} chỗ trống" in told


def test_where_the_blanks_of_a_new_draft_are_is_said_too(run: Run, workspace: Path) -> None:
    made = run("init-unit", "so-y-te", cwd=workspace)
    assert "nơi nhận, chữ ký: " in made.stderr
    assert "họ tên người ký" in made.stderr


def test_a_draft_proposes_something_for_every_task_in_a_look_of_its_own(run: Run, workspace: Path) -> None:
    told = run("init-unit", "so-y-te", cwd=workspace).stdout
    record = read(UnitRecord, workspace / FILE).record
    assert record
    assert f"{record.proposals} đề xuất (chữ xanh) chưa tính vào đâu" in told
    blue = proposed(workspace / DRAFT)
    for name, task in record.tasks.items():
        assert f"- {name}: " in told
        for one in task.proposed:
            assert sum(one.content in text for text in blue) == 2, "một lần ở mục II, một lần ở Phụ lục"
        assert not task.proposed_reason or any(f": {task.proposed_reason}" in text for text in blue)


def test_a_skeleton_names_every_task_for_which_an_activity_is_missing(run: Run, workspace: Path) -> None:
    bare = "format: danvan-functions/1\nas_of: 2023-01-01\noutside: x\ngroups: [{id: so, says: {a: b}}]\n"
    bare += "kinds: [{id: x, words: [zzz zzz], activities: [{content: a, lead: b, with: c, due: d, product: e}]}]\n"
    (workspace / "plans" / "functions.yaml").write_text(bare, encoding="utf-8")
    run("init-unit", "so-y-te", cwd=workspace)
    blanks = highlighted(workspace / DRAFT)
    shown = json.loads(run("show", "--json", cwd=workspace).stdout)
    written = (workspace / FILE).read_text(encoding="utf-8")
    for task in shown["tasks"]:
        label = written.partition(f"  {task['id']}:  # ")[2].partition("\n")[0]
        assert sum(label in blank for blank in blanks) == 2, "một lần ở mục II, một lần ở Phụ lục"


def test_again_changes_nothing_and_says_what_it_left(run: Run, workspace: Path) -> None:
    run("init-unit", "so-y-te", cwd=workspace)
    (workspace / FILE).write_text((workspace / FILE).read_text(encoding="utf-8") + "# của tôi\n", encoding="utf-8")
    edit(workspace / DRAFT)
    before = snapshot(workspace)
    again = run("init-unit", "so-y-te", cwd=workspace)
    assert again.code == 0
    assert again.stdout.count("giữ nguyên") == 2
    assert snapshot(workspace) == before


def test_only_what_is_missing_is_made(run: Run, workspace: Path) -> None:
    run("init-unit", "so-y-te", cwd=workspace)
    (workspace / DRAFT).unlink()
    again = run("init-unit", "so-y-te", cwd=workspace).stdout
    assert "unit.yaml: đã có" in again
    assert (workspace / DRAFT).exists()


def test_inside_its_folder_the_unit_need_not_be_named(run: Run, workspace: Path) -> None:
    folder = workspace / "units" / "huyen-loc-ninh" / "out"
    folder.mkdir(parents=True)
    made = run("init-unit", cwd=folder)
    assert made.code == 0, made.stderr
    assert (folder.parent / "unit.yaml").exists()


def test_elsewhere_a_missing_unit_is_asked_for(run: Run, workspace: Path) -> None:
    for folder in (workspace, workspace / "samples"):
        told = run("init-unit", cwd=folder)
        assert told.code == 2
        assert "show --units" in told.stderr


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("so-y-t", "so-y-te"),
        ("Sở Y tê", "so-y-te"),
        ("loc-ninh", "huyen-loc-ninh"),
        ("so-noi-vu/", "so-noi-vu"),
        ("units/so-y-te", "so-y-te"),
        ("zzzzzzzz", "show --units"),
    ],
)
def test_an_unknown_unit_gets_the_nearest_names(run: Run, workspace: Path, name: str, near: str) -> None:
    told = run("init-unit", name, cwd=workspace)
    assert (told.code, told.stdout) == (2, "")
    assert near in told.stderr
    assert not (workspace / "units").exists()


@pytest.mark.parametrize("name", ["Sở Y tế", "SO-Y-TE", "so y te", "SYT"])
def test_a_unit_can_be_called_by_its_name(run: Run, workspace: Path, name: str) -> None:
    assert run("init-unit", name, cwd=workspace).code == 0
    assert (workspace / FILE).exists()


@pytest.mark.parametrize("name", ["../x", "..", ".", "/etc", "a/b", "C:\\x", "CON", "x\x1b[31m", "a" * 300])
def test_no_name_leads_out_of_the_workspace(run: Run, workspace: Path, name: str) -> None:
    before = snapshot(workspace.parent)
    told = run("init-unit", name, cwd=workspace)
    assert (told.code, told.stdout) == (2, "")
    assert "\x1b" not in told.stderr
    assert "Traceback" not in told.stderr
    assert snapshot(workspace.parent) == before


def test_units_and_all_together_are_refused(run: Run, workspace: Path) -> None:
    assert run("init-unit", "so-y-te", "--all", cwd=workspace).code == 2
    assert not (workspace / "units").exists()


def test_all_units_are_made_and_counted_without_a_bar_in_a_pipe(run: Run, workspace: Path) -> None:
    few_units(workspace)
    run("init-unit", "so-y-te", cwd=workspace)
    shown = json.loads(run("show", "--json", cwd=workspace).stdout)
    told = run("init-unit", "--all", cwd=workspace)
    assert (told.code, told.stderr) == (0, "")
    assert f"{len(shown['units']) - 1} đơn vị mới, 1 đơn vị đã có" in told.stdout
    assert sorted(p.name for p in (workspace / "units").iterdir()) == sorted(unit["id"] for unit in shown["units"])
    before = snapshot(workspace)
    again = run("init-unit", "--all", cwd=workspace)
    assert f"0 đơn vị mới, {len(shown['units'])} đơn vị đã có" in again.stdout
    assert snapshot(workspace) == before
    assert run("check", cwd=workspace).code == 0


def test_one_broken_file_does_not_stop_the_others_and_is_named(run: Run, workspace: Path) -> None:
    (workspace / "units" / "so-y-te").mkdir(parents=True)
    (workspace / FILE).write_text("format: danvan-unit/1\nunit: so-y-te\nplna: x\n", encoding="utf-8")
    told = run("init-unit", "--all", cwd=workspace)
    assert told.code == 1
    assert "1 đơn vị không làm được" in told.stdout
    assert "so-y-te" in told.stderr
    assert "unit.yaml:3:1" in told.stderr
    assert (workspace / "units" / "huyen-loc-ninh" / "unit.yaml").exists()
    assert not (workspace / DRAFT).exists()


def test_a_sample_is_filled_in_and_stays_what_it_is(run: Run, workspace: Path) -> None:
    sample = workspace / "samples" / "so-y-te.unit.yaml"
    made = run("init-unit", "so-y-te", "--from", sample, cwd=workspace)
    assert made.code == 0
    assert any("hội nghị quán triệt" in text for text in texts(workspace / DRAFT))
    other = run("init-unit", "so-noi-vu", "--from", sample, cwd=workspace)
    assert (other.code, (workspace / "units" / "so-noi-vu").exists()) == (2, False)
    assert "so-y-te" in other.stderr
    assert run("init-unit", "so-noi-vu", "--from", "không-có.yaml", cwd=workspace).code == 2
    assert run("init-unit", "--all", "--from", sample, cwd=workspace).code == 2


def test_a_sample_for_a_unit_that_has_its_file_is_said_not_to_be_used(run: Run, workspace: Path) -> None:
    run("init-unit", "so-y-te", cwd=workspace)
    before = snapshot(workspace)
    told = run("init-unit", "so-y-te", "--from", workspace / "samples" / "so-y-te.unit.yaml", cwd=workspace)
    assert "đã có, giữ nguyên" in told.stdout
    assert snapshot(workspace) == before


@pytest.mark.parametrize(
    ("content", "says"),
    [("", "DV1"), ("format: danvan-plan/9\n", "danvan-plan/2"), ("- a\n", "DV1"), ("a: &x 1\n", "DV1")],
)
def test_a_plan_that_cannot_be_used_stops_before_anything_is_made(
    run: Run, workspace: Path, content: str, says: str
) -> None:
    (workspace / "plans" / "2023.yaml").write_text(content, encoding="utf-8")
    told = run("init-unit", "--all", cwd=workspace)
    assert told.code == 1
    assert says in told.stderr
    assert not (workspace / "units").exists()


def test_outside_a_workspace_the_way_to_one_is_told(run: Run) -> None:
    told = run("init-unit", "so-y-te")
    assert told.code == 2
    assert "danvan init" in told.stderr


def test_a_file_where_the_folder_should_be_is_told_and_nothing_is_left_behind(run: Run, workspace: Path) -> None:
    (workspace / "units").write_text("một tệp", encoding="utf-8")
    told = run("init-unit", "so-y-te", cwd=workspace)
    assert told.code == 1
    assert "không ghi được" in told.stderr
    assert "Traceback" not in told.stderr
    assert not list(workspace.rglob("*.tmp"))


@pytest.mark.skipif(sys.platform == "win32", reason="folders of Windows have no such right")
def test_a_folder_that_must_not_be_written_is_told(run: Run, workspace: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    (workspace / "units").mkdir(mode=0o500)
    told = run("init-unit", "so-y-te", cwd=workspace)
    assert told.code == 1
    assert "không có quyền" in told.stderr


def no_longer(size: int) -> None:
    """Let no file of this process grow beyond a size, but what it tells."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.skipif(sys.platform != "linux", reason="ulimit")
@pytest.mark.parametrize("blocks", [0, 2, 10])
def test_where_there_is_no_room_nothing_is_half_written(workspace: Path, blocks: int) -> None:
    before = snapshot(workspace)
    told = aside(["init-unit", "so-y-te"], workspace, environment(), first=lambda: no_longer(blocks * 1024))
    assert told.code == 1
    assert "không ghi được" in told.stderr
    assert "Traceback" not in told.stderr
    assert "File too large" not in told.stderr
    made = ("units", "plans/.ad", LOCK)
    left = {name: content for name, content in snapshot(workspace).items() if not name.startswith(made)}
    assert left == before
    assert not list(workspace.rglob("*.tmp"))
    for path in (workspace / "units").rglob("*.yaml"):
        assert path.read_text(encoding="utf-8").endswith("obstacles: []\n")
    assert not (workspace / DRAFT).exists()


def test_a_workspace_of_old_gets_its_attributes_and_one_s_own_are_left(run: Run, workspace: Path) -> None:
    path = workspace / ".gitattributes"
    shipped = path.read_bytes()
    path.unlink()
    assert run("init-unit", "so-y-te", cwd=workspace).code == 0
    assert not path.exists(), "no git, no need"
    (workspace / ".git").mkdir()
    assert run("init-unit", "so-y-te", cwd=workspace).code == 0
    assert path.read_bytes() == shipped
    path.write_bytes(b"* text\n")
    scan = workspace / "a.jpg"
    scan.write_bytes(b"\xff\xd8\xff")
    for command in (["init-unit", "so-tu-phap"], ["receive", scan, "--unit", "so-y-te", "--deliverable", "6m"]):
        assert run(*command, cwd=workspace, today="2023-05-12").code == 0
    assert path.read_bytes() == b"* text\n"
    path.unlink()
    assert run("receive", scan, cwd=workspace, today="2023-05-12").code in {0, 1}
    assert path.read_bytes() == shipped


def test_a_fresh_file_knows_whose_duties_have_come_to_its_unit(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    new = "{id: so-y-te, to: 2023-06-30, successors: [so-noi-vu],"
    plan.write_text(re.sub(r"\{id: so-y-te,", new, plan.read_text("utf-8")), "utf-8")
    done = run("init-unit", "so-noi-vu", cwd=workspace)
    assert (done.code, "chậm hơn kế hoạch" in done.stderr) == (0, False)
    assert "\ninherits: [so-y-te]\n" in (workspace / "units" / "so-noi-vu" / "unit.yaml").read_text("utf-8")
    assert "DV917" not in run("check", cwd=workspace).stdout
