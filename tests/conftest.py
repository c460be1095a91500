"""What every test can use: the installed command, and a workspace made by it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from commands import COMMAND, Result, Run, environment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the installed `danvan` as a user does, in an empty folder unless told otherwise."""

    def call(
        *arguments: object,
        cwd: Path | None = None,
        today: str | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Result:
        settings: dict[str, Any] = {
            "env": environment(today, **(env or {})),
            "cwd": cwd or tmp_path,
            "timeout": 120,
        }
        done = subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, check=False, **settings)
        return Result(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return call


@pytest.fixture
def workspace(run: Run, tmp_path: Path) -> Path:
    """Give a folder that `danvan init` has just made."""
    folder = tmp_path / "không gian"
    made = run("init", folder)
    assert made.code == 0, made.stderr
    return folder
