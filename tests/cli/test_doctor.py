"""`danvan doctor`, as it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repositories import git

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run


def test_what_must_be_mended_is_red_in_words_too_and_told_with_its_cure(run: Run, workspace: Path) -> None:
    git(workspace, "init", "-q")
    git(workspace, "config", "core.autocrlf", "true")
    (workspace / ".gitattributes").unlink()
    done = run("doctor", "--color", "always", cwd=workspace, env={"COLUMNS": "60"})
    red = [line for line in done.stdout.splitlines() if line.startswith("\x1b[31m")]
    assert done.code == 1
    assert red[0].startswith("\x1b[31mPHẢI SỬA: cuối dòng: core.autocrlf = true")
    assert "help: tạo .gitattributes" in done.stdout
    assert "phải sửa 1 điều" in done.stdout
    assert "\x1b" not in run("doctor", cwd=workspace).stdout
