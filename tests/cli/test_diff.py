"""`danvan diff` as a reviewer runs it: files, revisions, renamed files, shallow clones, bad input."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from repositories import committed, git

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Run


@pytest.fixture
def kept(workspace: Path) -> Path:
    """Give a workspace in a repository: one commit on `main`, the 6m report moved in the files."""
    committed(workspace)
    plan = workspace / "plans" / "2023.yaml"
    plan.write_bytes(plan.read_bytes().replace(b"before: 2023-05-10", b"before: 2023-05-15", 1))
    return workspace


def test_the_files_are_compared_with_a_revision(run: Run, kept: Path) -> None:
    done = run("diff", "main", cwd=kept)
    assert done.code == 0
    assert "muộn hơn 5 ngày" in " ".join(done.stdout.split())
    assert done.stdout.endswith("1 thay đổi; liên quan 34/34 đơn vị\n")
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert run("diff", "main", "HEAD", cwd=kept).stdout.startswith("không có gì thay đổi")


def test_files_are_compared_without_a_repository(run: Run, workspace: Path, tmp_path: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    other = tmp_path / "cũ.yaml"
    other.write_bytes(b"# ghi ch\xc3\xba\n" + plan.read_bytes())
    done = run("diff", other, plan, cwd=workspace)
    assert "không có gì thay đổi" in done.stdout
    other.write_bytes(plan.read_bytes().replace(b"        label: ", b"        label: A ", 1))
    made = json.loads(run("diff", other, plan, "--json", cwd=workspace).stdout)
    assert [set(one) for one in made["changes"] if one["kind"] == "task-label"] == [{"kind", "id", "units", "text"}]


def test_markdown_is_a_table_that_the_plan_s_text_cannot_break(run: Run, kept: Path) -> None:
    plan = kept / "plans" / "2023.yaml"
    text = plan.read_text(encoding="utf-8").replace(
        "Cấp ủy, chính quyền", "Cấp | <b>ủy</b> @all [x](y), chính quyền", 1
    )
    plan.write_text(text, encoding="utf-8")
    done = run("diff", "main", "--format", "markdown", cwd=kept)
    rows = [line for line in done.stdout.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows} == {5}
    assert "<b>" not in done.stdout
    assert "@all" not in done.stdout
    assert "<ins>" in done.stdout


def test_a_renamed_plan_is_found_under_its_name_of_then(run: Run, kept: Path) -> None:
    git(kept, "mv", "plans/2023.yaml", "plans/nam-2023.yaml")
    git(kept, "mv", "plans/2023.rubric.yaml", "plans/nam-2023.rubric.yaml")
    assert "muộn hơn 5 ngày" in " ".join(run("diff", "main", cwd=kept).stdout.split())
    assert run("diff", "main:plans/2023.yaml", "plans/nam-2023.yaml", cwd=kept).code == 0


def test_a_shallow_clone_says_that_history_is_missing(run: Run, kept: Path, tmp_path: Path) -> None:
    git(kept, "commit", "-q", "-a", "-m", "b")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", kept.as_uri(), str(clone))
    done = run("diff", "HEAD~1", cwd=clone)
    assert (done.code, done.stdout) == (2, "")
    assert "git fetch --unshallow" in done.stderr
    assert run("diff", "HEAD", cwd=clone).stdout.startswith("không có gì thay đổi")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["khong-co"], "không thấy bản «khong-co»"),
        (["main:plans/2020.yaml"], "không có tệp"),
        (["plans/2020.yaml"], "không có tệp plans/2020.yaml"),
        (["--", "--output=x"], "không thấy bản"),
    ],
)
def test_what_is_not_there_is_named(run: Run, kept: Path, arguments: list[str], said: str) -> None:
    done = run("diff", *arguments, cwd=kept)
    assert (done.code, done.stdout) == (2, "")
    assert said in done.stderr
    assert not (kept / "x").exists()


def test_a_plan_with_errors_is_shown_with_them(run: Run, kept: Path) -> None:
    plan = kept / "plans" / "2023.yaml"
    plan.write_bytes(plan.read_bytes().replace(b"year: 2023", b"year: abc", 1))
    done = run("diff", "main", cwd=kept)
    assert done.code == 1
    assert "DV112" in done.stderr
    assert "có lỗi nên không so được" in done.stderr


def test_outside_of_a_repository_the_way_out_is_said(run: Run, workspace: Path) -> None:
    done = run("diff", "main", cwd=workspace)
    assert done.code == 2
    assert "không nằm trong kho git nào" in done.stderr


def test_what_git_itself_says_is_passed_on(run: Run, workspace: Path) -> None:
    (workspace / ".git").mkdir()
    done = run("check", "--against", "HEAD", cwd=workspace)
    assert done.code == 2
    assert "git không mở được kho" in done.stderr
    assert "not a git repository" in " ".join(done.stderr.split())
