"""Versions kept without git, and what `diff` and `check --against` make of them."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from commands import Run


@pytest.fixture(autouse=True)
def _without_git() -> Iterator[None]:
    with patch("danvan_cli.revisions._GIT", "no-such-program"):
        yield


def moved(root: Path, old: str = "2023-05-10", new: str = "2023-05-15") -> None:
    plan = root / "plans" / "2023.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace(f"before: {old}", f"before: {new}"), encoding="utf-8")


def test_a_version_is_kept_once_and_compared_with(run: Run, workspace: Path) -> None:
    first = run("save", "--issued", "--note", "Kế hoạch số 11", cwd=workspace, today="2023-03-01")
    assert first.stdout == "ban-luu/2023-03-01-1: đã lưu 4 tệp\n"
    assert "không lưu thêm" in run("save", cwd=workspace, today="2023-03-02").stdout
    assert run("diff", "ban-hanh", cwd=workspace).stdout.startswith("không có gì thay đổi")
    moved(workspace)
    assert run("save", cwd=workspace, today="2023-03-01").stdout.startswith("ban-luu/2023-03-01-2: ")
    moved(workspace, "2023-05-15", "2023-05-20")
    for name in ("ban-hanh", "2023-03-01-1"):
        changed = json.loads(run("diff", name, "--json", cwd=workspace).stdout)["changes"]
        assert [one["id"] for one in changed] == ["6m"]
        assert "DV602" in run("check", "--against", name, cwd=workspace, today="2023-06-01").stdout
    assert "1 thay đổi" in run("diff", "2023-03-01-1", "2023-03-01-2", cwd=workspace).stdout
    kept = json.loads(run("save", "--list", "--json", cwd=workspace).stdout)["versions"]
    assert [(one["id"], one["issued"], one["note"]) for one in kept] == [
        ("2023-03-01-1", True, "Kế hoạch số 11"), ("2023-03-01-2", False, None)]  # fmt: skip
    assert run("check", cwd=workspace).code == 0, "versions are no files to check"


def test_units_and_renamed_or_removed_plans_are_seen(run: Run, workspace: Path) -> None:
    assert run("init-unit", "so-y-te", cwd=workspace).code == 0
    assert run("save", "--issued", cwd=workspace, today="2023-03-01").code == 0
    copy = workspace / "ban-luu/2023-03-01-1"
    assert (copy / "units/so-y-te/unit.yaml").read_bytes() == (workspace / "units/so-y-te/unit.yaml").read_bytes()
    assert not list(copy.rglob("*.docx")), "what is made again is not kept"
    plan = workspace / "plans/2023.yaml"
    renamed = plan.rename(plan.with_name("dan-van.yaml"))
    assert "DV609" not in run("check", "--against", "ban-hanh", cwd=workspace).stdout
    assert "1 thay đổi" not in run("diff", "ban-hanh", cwd=workspace).stdout
    other = renamed.read_text(encoding="utf-8").replace('id: "2023"', 'id: "khác"')
    renamed.unlink()
    (plan.parent / "khac.yaml").write_text(other.split("sections:")[0] + "sections: []\n", encoding="utf-8")
    gone = run("check", "--against", "ban-hanh", cwd=workspace).stdout
    assert "DV609" in gone
    assert "chép lại tệp: ban-luu/2023-03-01-1/plans/2023.yaml" in gone


def test_the_register_right_above_is_kept_too(run: Run, tmp_path: Path) -> None:
    made = run(
        "init", "kế hoạch", "--province", "75", "--year", "2026", "--register", "don-vi.yaml", today="2026-01-05"
    )
    assert made.code == 0, made.stderr
    root = tmp_path / "kế hoạch"
    assert run("save", cwd=root, today="2026-01-05").code == 0
    register = tmp_path / "don-vi.yaml"
    register.write_text(
        register.read_text(encoding="utf-8").replace("name: Sở Y tế", "name: Sở Y tế mới", 1), encoding="utf-8"
    )
    assert "Sở Y tế mới" in run("diff", "2026-01-05-1", cwd=root).stdout


@pytest.mark.parametrize("wrong", ["edited", "list", "outside", "absolute", "link"])
def test_a_version_that_is_not_as_it_was_kept_is_refused(run: Run, workspace: Path, wrong: str) -> None:
    assert run("save", "--issued", cwd=workspace, today="2023-03-01").code == 0
    copy = workspace / "ban-luu/2023-03-01-1"
    listed, plan = copy / "ban-luu.json", copy / "plans/2023.yaml"
    match wrong:
        case "edited":
            plan.write_bytes(plan.read_bytes().replace(b"2023-05-10", b"2023-05-11"))
        case "list":
            listed.write_text("[]", encoding="utf-8")
        case "outside":
            listed.write_text(
                listed.read_text(encoding="utf-8").replace("plans/2023.yaml", "../../../mat.yaml"), encoding="utf-8"
            )
        case "absolute":
            away = workspace.parent / "mat.yaml"
            away.write_bytes(plan.read_bytes())
            listed.write_text(
                listed.read_text(encoding="utf-8").replace("plans/2023.yaml", away.as_posix()), encoding="utf-8"
            )
        case _:
            plan.unlink()
            plan.symlink_to("/etc/hostname")
    for words in (("diff", "ban-hanh"), ("check", "--against", "ban-hanh")):
        done = run(*words, cwd=workspace)
        assert done.code == 2, done.stdout
        assert wrong != "absolute" or "không phải danh mục" in done.stderr, "nothing outside was read"
        assert "lỗi: " in done.stderr
        assert "danvan (" not in done.stderr


def test_what_cannot_be_meant_is_said(run: Run, workspace: Path) -> None:
    none = run("check", "--against", "ban-hanh", cwd=workspace)
    assert (none.code, "danvan save" in none.stderr) == (2, True)
    assert "danvan save" in run("diff", "main", cwd=workspace).stderr, "no git here"
    moved(workspace, "2023-05-10", "2023-05-10")
    plan = workspace / "plans/2023.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("state: issued", "state: draft"), encoding="utf-8")
    refused = run("save", "--issued", cwd=workspace)
    assert (refused.code, "state: draft" in refused.stderr) == (1, True)
    assert not (workspace / "ban-luu").exists()


def test_in_a_git_repository_its_revisions_are_meant_still(run: Run, workspace: Path) -> None:
    with patch("danvan_cli.revisions._GIT", "git"):
        for words in (["init", "-q", "-b", "ban-hanh"], ["add", "-A"],
                      ["-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "1"]):  # fmt: skip
            subprocess.run(["git", *words], cwd=workspace, check=True)
        moved(workspace)
        assert "1 thay đổi" in run("diff", "ban-hanh", cwd=workspace).stdout
