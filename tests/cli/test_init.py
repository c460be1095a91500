"""`danvan init`: a workspace, made in a folder without losing what lies there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from word_files import snapshot

if TYPE_CHECKING:
    from conftest import Run

ROOT = Path(__file__).parents[2]


def test_a_new_folder_holds_plan_calendar_sample_and_schemas(run: Run, tmp_path: Path) -> None:
    made = run("init", "dân vận 2023", "--sample")
    assert made.code == 0, made.stderr
    folder = tmp_path / "dân vận 2023"
    assert (folder / "plans" / "2023.yaml").read_bytes() == (ROOT / "plans" / "2023.yaml").read_bytes()
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {
        ".gitignore",
        "plans/calendar.yaml",
        "plans/functions.yaml",
        "samples/so-y-te.unit.yaml",
        "plans/.schema/plan.json",
    } <= files
    assert not (folder / "templates").exists(), "mẫu ở trong danvan cho tới khi được lấy ra"
    assert "cd dân vận 2023" in made.stderr
    assert run("check", cwd=folder).code == 0


def test_every_written_file_is_named(run: Run, tmp_path: Path) -> None:
    told = run("init", "w", "--sample").stdout.splitlines()
    written = {path.relative_to(tmp_path).as_posix() for path in (tmp_path / "w").rglob("*") if path.is_file()}
    assert {line.removeprefix("đã tạo ") for line in told} == written


def test_without_a_name_the_current_folder_becomes_the_workspace(run: Run, tmp_path: Path) -> None:
    made = run("init", "--sample")
    assert made.code == 0
    assert (tmp_path / "plans" / "2023.yaml").exists()
    assert "cd " not in made.stderr


def test_again_changes_nothing_and_says_what_was_left(run: Run, workspace: Path) -> None:
    (workspace / "plans" / "2023.yaml").write_text("của tôi", encoding="utf-8")
    before = snapshot(workspace)
    again = run("init", workspace, "--sample")
    assert (again.code, again.stdout) == (0, "")
    assert f"{len(before)} tệp đã có, giữ nguyên" in again.stderr
    assert snapshot(workspace) == before


def test_evidence_is_kept_out_of_git(workspace: Path) -> None:
    assert {".danvan.lock", ".danvan-*"} <= set((workspace / ".gitignore").read_text(encoding="utf-8").splitlines())
    assert "units/*/evidence/" in (workspace / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_a_file_in_the_way_is_told_and_left(run: Run, tmp_path: Path) -> None:
    (tmp_path / "w").write_text("một tệp", encoding="utf-8")
    for name in ("w", "w/trong"):
        told = run("init", name, "--sample")
        assert told.code in {1, 2}
        assert "lỗi:" in told.stderr
        assert "Traceback" not in told.stderr
    assert (tmp_path / "w").read_text(encoding="utf-8") == "một tệp"


@pytest.mark.skipif(shutil.which("git") is None, reason="no git")
def test_a_clone_under_autocrlf_holds_the_very_bytes(run: Run, workspace: Path, tmp_path: Path) -> None:
    mail = workspace / "province" / "received" / "so-y-te" / "6m" / "2023-05-08-0" / "goi"
    mail.mkdir(parents=True)
    for name, data in (("manifest.txt", b"a\nb\n"), ("unit.yaml", b"a: 1\r\nb: 2\r\n"), ("mixed.txt", b"a\r\nb\n")):
        (mail / name).write_bytes(data)
    assert run("init-unit", "so-y-te", cwd=workspace).code == 0
    git = ["git", "-c", "user.email=a@b", "-c", "user.name=a", "-c", "core.autocrlf=true", "-c", "core.safecrlf=false"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"], ["clone", "-q", ".", tmp_path / "c"]):
        subprocess.run([*git, *arguments], cwd=workspace, check=True, capture_output=True, timeout=60)
    paths = [*(workspace / "plans").glob("*.yaml"), workspace / "units" / "so-y-te" / "unit.yaml", *mail.iterdir()]
    for path in paths:
        assert (tmp_path / "c" / path.relative_to(workspace)).read_bytes() == path.read_bytes(), path


def test_a_pipeline_comes_into_a_workspace_of_any_plan(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path, "--province", "Lào Cai", "--year", "2026").code == 0
    there = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    done = run("init", "--ci", "gitlab", cwd=tmp_path)
    assert (done.code, done.stdout.split()[-1]) == (0, ".gitlab-ci.yml"), done.stderr
    assert done.stderr.split()[-2:] == ["danvan", "check"]
    (new,) = {path for path in tmp_path.rglob("*") if path.is_file()} - set(there)
    assert new.name == ".gitlab-ci.yml"
    assert {path: path.read_bytes() for path in there} == there
    assert run("init", tmp_path / "khác", "--ci", "gitlab", cwd=tmp_path).code == 2  # nobody's plan is there
