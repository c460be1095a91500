"""The hooks for pre-commit: they name commands that are there, and just the files these can check."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from danvan_cli.cli.app import COMMANDS

ROOT = Path(__file__).parents[1]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
BY_ID = {one["id"]: one for one in HOOKS}


@pytest.mark.parametrize("hook", HOOKS, ids=lambda one: str(one["id"]))
def test_a_hook_runs_a_command_that_is_there(hook: dict[str, Any]) -> None:
    program, command = hook["entry"].split()
    assert program == "danvan"
    assert command in str(COMMANDS)
    assert {"id", "name", "description", "entry", "language", "files"} <= set(hook)


@pytest.mark.parametrize(
    ("hook", "path", "taken"),
    [
        ("danvan-check", "plans/2023.yaml", True),
        ("danvan-check", "plans/2023.rubric.yaml", True),
        ("danvan-check", "a/plans/calendar.yaml", True),
        ("danvan-check", "units/so-y-te/unit.yaml", True),
        ("danvan-check", "units/so-y-te/score.yaml", True),
        ("danvan-check", "templates/bao-cao.md.j2", True),
        ("danvan-check", "danvan.yaml", True),
        ("danvan-check", "plans/.adopted/0123456789ab.yaml", False),
        ("danvan-check", "plans/.schema/plan.json", False),
        ("danvan-check", ".pre-commit-config.yaml", False),
        ("danvan-check", "units/so-y-te/evidence/a.yaml", False),
        ("danvan-format-check", "units/so-y-te/out/bao-cao-6m.docx", True),
        ("danvan-format-check", "build/to-trinh.docx", True),
        ("danvan-format-check", "units/so-y-te/evidence/a.docx", False),
        ("danvan-format-check", "templates/bao-cao.docx", False),
    ],
)
def test_a_hook_takes_the_files_it_can_check(hook: str, path: str, taken: bool) -> None:
    assert bool(re.search(BY_ID[hook]["files"], path)) == taken


def test_this_repository_uses_its_own_hooks() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    used = {one["id"]: one for repo in config["repos"] for one in repo["hooks"]}
    for name, hook in BY_ID.items():
        assert used[name]["entry"] == f".venv/bin/{hook['entry']}"
        assert used[name]["files"] == hook["files"]
