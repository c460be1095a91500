"""`danvan check --against` as a reviewer runs it: branches, merge bases, shallow clones, first commits, renamed files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from repositories import ALLOWED, MOVED, RAISED, committed, edited, git

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Result, Run

TODAY = "2023-03-01"


def rules(done: Result) -> set[str]:
    return {one["rule"] for one in json.loads(done.stdout)["findings"]}


@pytest.fixture
def kept(workspace: Path) -> Path:
    """Give a workspace in a repository: one commit on `main`, work on the branch `sua`."""
    committed(workspace)
    git(workspace, "checkout", "-q", "-b", "sua")
    return workspace


def against(run: Run, folder: Path, revision: str, *more: str, today: str = TODAY) -> Result:
    return run("check", "--against", revision, *more, cwd=folder, today=today)


def test_an_edit_without_an_amendment_is_refused(run: Run, kept: Path) -> None:
    assert against(run, kept, "main").code == 0
    edited(kept, MOVED)
    done = against(run, kept, "main")
    assert done.code == 1
    assert "DV601" in done.stdout
    assert "DV606" in done.stdout
    assert "thêm vào «amendments»" in done.stdout
    assert run("check", cwd=kept).code == 0


def test_an_edit_with_its_amendment_is_allowed(run: Run, kept: Path) -> None:
    edited(kept, MOVED, RAISED, ALLOWED)
    done = against(run, kept, "main")
    assert (done.code, "DV6" in done.stdout) == (0, False)
    assert against(run, kept, "main", today="2023-05-10").code == 1  # the day has gone by


def test_an_amendment_stays_on_record(run: Run, kept: Path) -> None:
    edited(kept, MOVED, RAISED, ALLOWED)
    git(kept, "commit", "-q", "-a", "-m", "b")
    assert "DV608" not in rules(against(run, kept, "HEAD", "--json"))
    edited(kept, ("number: 52/KH-UBND", "number: 53/KH-UBND"))
    assert "DV608" in rules(against(run, kept, "HEAD", "--json"))
    edited(kept, ("\namendments:\n", "\n# amendments:\n# "))
    assert "DV608" in rules(against(run, kept, "HEAD", "--json"))


def test_what_others_did_on_main_since_is_no_edit_of_ours(run: Run, kept: Path) -> None:
    git(kept, "checkout", "-q", "main")
    edited(kept, MOVED)
    git(kept, "commit", "-q", "-a", "-m", "theirs")
    git(kept, "checkout", "-q", "sua")
    (kept / "note.txt").write_text("a", encoding="utf-8")
    git(kept, "add", "-A")
    git(kept, "commit", "-q", "-m", "ours")
    assert against(run, kept, "main").code == 0
    assert "DV601" not in against(run, kept, "main").stdout


def test_a_renamed_plan_is_held_against_its_name_of_then(run: Run, kept: Path) -> None:
    git(kept, "mv", "plans/2023.yaml", "plans/nam-2023.yaml")
    git(kept, "mv", "plans/2023.rubric.yaml", "plans/nam-2023.rubric.yaml")
    path = kept / "plans" / "nam-2023.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(*MOVED, 1), encoding="utf-8")
    found = rules(against(run, kept, "main", "--json"))
    assert "DV601" in found
    assert "DV609" not in found


def test_a_removed_plan_is_told(run: Run, kept: Path) -> None:
    path = kept / "plans" / "2023.yaml"
    other = path.read_text(encoding="utf-8")[:200]
    path.with_name("2024.yaml").write_text(f"# {'khác ' * 400}\n{other}", encoding="utf-8")
    path.unlink()
    assert "DV609" in rules(against(run, kept, "main", "--json"))


def test_a_removed_plan_is_told_whatever_its_name_ends_with(run: Run, kept: Path) -> None:
    git(kept, "mv", "plans/2023.yaml", "plans/so-calendar.yaml")
    git(kept, "commit", "-q", "-m", "b")
    (kept / "plans" / "so-calendar.yaml").rename(kept / "so-calendar.yaml")
    (kept / "plans" / "2024.yaml").write_text("format: danvan-plan/2\n", encoding="utf-8")
    assert "DV609" in rules(against(run, kept, "HEAD", "--json"))


def test_a_shallow_clone_holds_what_it_has_and_says_what_it_could_not_see(run: Run, kept: Path, tmp_path: Path) -> None:
    edited(kept, MOVED)
    git(kept, "commit", "-q", "-a", "-m", "b")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", "--branch", "sua", kept.as_uri(), str(clone))
    done = against(run, clone, "origin/main")
    assert (done.code, done.stdout) == (2, "")
    assert "git fetch --unshallow" in done.stderr
    git(clone, "fetch", "-q", "--depth", "1", "origin", "main:refs/remotes/origin/main")
    done = against(run, clone, "origin/main", "--json")
    assert {"DV601", "DV610"} <= rules(done)
    assert done.code == 1


@pytest.mark.parametrize("revision", ["HEAD~1", "0" * 40])
def test_the_first_commit_has_nothing_to_be_held_against(run: Run, kept: Path, revision: str) -> None:
    done = against(run, kept, revision, "--json")
    assert done.code == 0
    assert "DV610" in rules(done)


def test_a_repository_without_a_commit_is_no_error(run: Run, workspace: Path) -> None:
    git(workspace, "init", "-q")
    done = against(run, workspace, "main", "--json")
    assert done.code == 0
    assert "DV610" in rules(done)


def test_a_draft_is_edited_freely_and_an_issued_plan_is_no_draft_again(run: Run, kept: Path) -> None:
    edited(kept, ("state: issued", "state: draft"), MOVED)
    assert "DV609" in rules(against(run, kept, "main", "--json"))
    git(kept, "commit", "-q", "-a", "-m", "b")
    edited(kept, ("before: 2023-05-15", "before: 2023-05-18"))
    assert against(run, kept, "HEAD").code == 0


def test_an_unreadable_plan_of_then_is_told(run: Run, kept: Path) -> None:
    path = kept / "plans" / "2023.yaml"
    right = path.read_bytes()
    path.write_bytes(b"title: [\n")
    git(kept, "commit", "-q", "-a", "-m", "b")
    path.write_bytes(right)
    done = against(run, kept, "HEAD", "--json")
    assert "DV610" in rules(done)


@pytest.mark.parametrize("revision", ["không-có", "--output=/tmp/x", "main:plans"])
def test_a_revision_that_is_not_there_is_a_usage_error(run: Run, kept: Path, revision: str) -> None:
    done = run("check", f"--against={revision}", cwd=kept)
    assert (done.code, done.stdout) == (2, "")
    assert "không thấy bản" in done.stderr


def test_outside_of_a_repository_it_says_so(run: Run, workspace: Path) -> None:
    done = against(run, workspace, "main")
    assert done.code == 2
    assert "kho git" in done.stderr


def test_an_excuse_for_the_policy_is_idle_only_where_the_policy_was_asked(run: Run, kept: Path) -> None:
    edited(kept, ("before: 2023-05-10", "before: 2023-05-15  # danvan: ignore DV601 đã có ý kiến Chủ tịch"), RAISED)
    assert "DV601" not in rules(against(run, kept, "main", "--json"))
    assert "DV116" not in rules(run("check", "--json", cwd=kept))
    git(kept, "commit", "-q", "-a", "-m", "b")
    assert "DV116" in rules(against(run, kept, "HEAD", "--json"))


def test_an_edit_cannot_loosen_the_policy_it_is_held_against(run: Run, kept: Path) -> None:
    settings = kept / "danvan.yaml"
    settings.write_text("format: danvan-settings/1\nseverity: {DV601: ignore, DV606: ignore}\n", encoding="utf-8")
    edited(kept, MOVED)
    assert "DV601" in rules(against(run, kept, "main", "--json"))
    git(kept, "add", "-A")
    git(kept, "commit", "-q", "-m", "b")
    edited(kept, ("before: 2023-05-15", "before: 2023-05-18"))
    assert "DV601" not in rules(against(run, kept, "HEAD", "--json"))


def test_rubric_points_stay_once_a_unit_has_scored(run: Run, kept: Path) -> None:
    run("init-unit", "so-y-te", cwd=kept)
    run("score", "so-y-te", "--answers", kept / "samples" / "so-y-te.score.yaml", cwd=kept)
    git(kept, "add", "-A")
    git(kept, "commit", "-q", "-m", "b")
    path = kept / "plans" / "2023.rubric.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("from: 75}", "from: 70}", 1), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    done = against(run, kept, "HEAD", "--json")
    assert done.code == 1
    [one] = [one for one in json.loads(done.stdout)["findings"] if one["rule"] == "DV605"]
    assert one["path"] == "plans/2023.rubric.yaml"


def test_scores_that_name_no_rubric_keep_the_points_of_the_one_they_are_scored_by(run: Run, kept: Path) -> None:
    run("init-unit", "so-y-te", cwd=kept)
    run("score", "so-y-te", "--answers", kept / "samples" / "so-y-te.score.yaml", cwd=kept)
    score = kept / "units" / "so-y-te" / "score.yaml"
    lines = score.read_text(encoding="utf-8").splitlines(keepends=True)
    score.write_text("".join(one for one in lines if not one.startswith("rubric:")), encoding="utf-8")
    path = kept / "plans" / "2023.rubric.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("from: 75}", "from: 70}", 1), encoding="utf-8")
    assert "DV605" in rules(against(run, kept, "main", "--json"))


def test_scores_of_somebody_who_is_no_unit_of_the_plan_keep_no_points(run: Run, kept: Path) -> None:
    answers = (kept / "samples" / "so-y-te.score.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    score = kept / "units" / "bo-di" / "score.yaml"
    score.parent.mkdir(parents=True)
    named = [one for one in answers if not one.startswith(("rubric:", "unit:"))]
    score.write_text("".join([*named, "unit: bo-di\n"]), encoding="utf-8")
    path = kept / "plans" / "2023.rubric.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("from: 75}", "from: 70}", 1), encoding="utf-8")
    assert "DV605" not in rules(against(run, kept, "main", "--json"))
