"""A workspace's own levels: `danvan.yaml`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Run


def settings(folder: Path, severity: str) -> None:
    (folder / "danvan.yaml").write_text(f"format: danvan-settings/1\nseverity: {severity}\n", encoding="utf-8")


def test_a_rule_is_raised_lowered_or_left_out(run: Run, workspace: Path) -> None:
    def levels() -> set[tuple[str, str]]:
        found = json.loads(run("check", "--json", cwd=workspace).stdout)["findings"]
        return {(one["rule"], one["severity"]) for one in found}

    assert levels() == {("DV301", "note")}
    settings(workspace, "{DV301: error}")
    assert levels() == {("DV301", "error")}
    assert run("check", cwd=workspace).code == 1
    assert run("check", "plans/2023.yaml", cwd=workspace).code == 1
    settings(workspace, "{DV301: ignore}")
    assert levels() == set()


@pytest.mark.parametrize(
    ("severity", "said"),
    [
        ("{DV103: note}", "DV103 luôn là lỗi"),
        ("{DV904: ignore}", "DV904 luôn là lỗi"),
        ("{DV3O1: note}", "có phải «DV301»?"),
        ("{DV301: off}", "ignore"),
        ("[DV301]", "chỗ này phải là một mục có các khóa"),
    ],
)
def test_a_wrong_level_is_told_at_its_place(run: Run, workspace: Path, severity: str, said: str) -> None:
    settings(workspace, severity)
    done = run("check", cwd=workspace)
    assert done.code == 1
    assert "danvan.yaml:2:" in done.stdout
    assert said in done.stdout


def test_commands_that_need_a_right_plan_go_by_the_same_levels(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    plan.write_bytes(plan.read_bytes().replace(b"before: 2023-05-10", b"before: 2024-05-10", 1))
    assert run("show", cwd=workspace).code == 1
    settings(workspace, "{DV302: warning}")
    assert run("show", cwd=workspace).code == 0
