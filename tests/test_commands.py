"""How the tests run commands in this process: as in one of its own, and nothing of it is left behind."""

from __future__ import annotations

import gc
import logging
import os
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from danvan_cli import lang

if TYPE_CHECKING:
    from commands import Run


def state() -> tuple[object, ...]:
    root = logging.getLogger()
    return (
        dict(os.environ), Path.cwd(), sys.argv, sys.stdin, sys.stdout, sys.stderr, warnings.filters[:],
        root.handlers[:], root.level, gc.get_threshold(), gc.isenabled(), gc.get_freeze_count(), lang.current(),
        sys.modules["danvan_cli"], sys.modules["danvan_cli.cli.app"],
    )  # fmt: skip


@pytest.mark.parametrize("typed", ["--help", "check", "check --lang en", "check nowhere", "xyz", "--lang en --version"])
def test_a_command_says_the_same_as_in_a_process_and_leaves_nothing_behind(
    run: Run, process: Run, workspace: Path, typed: str
) -> None:
    run("--help", "--lang", "en")
    before = state()
    here = run(*typed.split(), cwd=workspace, today="2023-02-01")
    assert state() == before
    assert here == process(*typed.split(), cwd=workspace, today="2023-02-01")


def test_a_template_that_has_changed_is_made_anew(run: Run, workspace: Path) -> None:
    out = workspace / "build" / "ke-hoach-2023.docx"
    own = workspace / "templates" / "ke-hoach-tinh.md.j2"
    own.parent.mkdir(exist_ok=True)
    made = []
    for said in ("Một", "Hai"):
        own.write_text(f"{said}.", encoding="utf-8")
        told = run("export", "--force", cwd=workspace)
        assert told.code == 0, told.stderr
        made.append(out.read_bytes())
    assert made[0] != made[1]
