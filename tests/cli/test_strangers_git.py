"""`check --against` and `diff` in a stranger's repository: nothing that its configuration names is run."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

import pytest

from repositories import MOVED, committed, git

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Result, Run

TODAY = "2023-03-01"

# What is set in the repository's own configuration; `{run}` is a program that leaves a canary.
CONFIGURED: Final[dict[str, dict[str, str]]] = {
    "fsmonitor": {"core.fsmonitor": "{run}"},
    "clean": {"filter.x.clean": "{run}", "filter.x.required": "true"},
    "process": {"filter.x.process": "{run}"},
    "textconv": {"diff.x.textconv": "{run}"},
    "driver": {"diff.x.command": "{run}"},
    "external": {"diff.external": "{run}"},
    "pager": {"core.pager": "{run}", "pager.diff": "{run}", "pager.ls-tree": "{run}", "pager.cat-file": "{run}"},
    "hooks": {"core.hooksPath": "{hooks}"},
    "alias": {"alias.diff": "!{run}", "alias.cat-file": "!{run}", "alias.ls-tree": "!{run}"},
    "worktree": {"core.worktree": "{elsewhere}", "core.fsmonitor": "{run}"},
    "bare": {"core.bare": "true", "core.fsmonitor": "{run}"},
    "include": {"include.path": "{included}"},
    "attributes": {"core.attributesFile": "{attributes}", "filter.y.clean": "{run}"},
}
HOOKS: Final = ("post-index-change", "reference-transaction", "post-checkout", "fsmonitor-watchman", "pre-auto-gc")

# Where a partial clone is told to fetch what it lacks.
PROMISED: Final[dict[str, dict[str, str]]] = {
    "ssh": {"remote.origin.url": "ssh://a.invalid/b", "core.sshCommand": "{run}", "protocol.ssh.allow": "always"},
    "ext": {"remote.origin.url": "ext::{run}", "protocol.ext.allow": "always"},
    "uploadpack": {"remote.origin.uploadpack": "{run}"},
    "proxy": {"remote.origin.url": "git://a.invalid/b", "core.gitProxy": "{run}"},
    "alternates": {"core.alternateRefsCommand": "{run}"},
}


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """Give the file that is there once `runs` has been run."""
    return tmp_path / "canary"


@pytest.fixture
def runs(tmp_path: Path, canary: Path) -> Path:
    """Give a program that leaves a canary, and passes on what it reads."""
    path = tmp_path / "runs"
    path.write_text(f"#!/bin/sh\necho a > '{canary}'\nexec cat\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def moved(workspace: Path) -> Path:
    """Give a workspace in a repository: the plan renamed since `main`, its 6m report moved."""
    committed(workspace)
    git(workspace, "checkout", "-q", "-b", "sua")
    for suffix in (".yaml", ".rubric.yaml"):
        git(workspace, "mv", f"plans/2023{suffix}", f"plans/nam-2023{suffix}")
    path = workspace / "plans" / "nam-2023.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(*MOVED, 1), encoding="utf-8")
    return workspace


def configured(folder: Path, runs: Path, settings: dict[str, str], to: Path | None = None) -> None:
    """Write what a stranger would into a repository's configuration."""
    place = runs.parent
    (place / "hooks").mkdir(exist_ok=True)
    (place / "elsewhere").mkdir(exist_ok=True)
    for name in HOOKS:
        shutil.copy(runs, place / "hooks" / name)
    (place / "included").write_text(f"[core]\n\tfsmonitor = {runs}\n", encoding="utf-8")
    (place / "attributes").write_text("* filter=y\n", encoding="utf-8")
    (folder / ".gitattributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    file = to or folder / ".git" / "config"
    for key, value in settings.items():
        told = value.format(run=runs, **{one: place / one for one in ("hooks", "elsewhere", "included", "attributes")})
        git(place, "config", "--file", str(file), key, told)


def rules(done: Result) -> set[str]:
    return {one["rule"] for one in json.loads(done.stdout)["findings"]}


def right(run: Run, folder: Path, revision: str = "main", **env: str) -> None:
    """See that both commands tell what was edited."""
    done = run("check", "--against", revision, "--json", cwd=folder, today=TODAY, env=env)
    assert done.code == 1, done.stderr
    assert "DV601" in rules(done)
    assert not {"DV609", "DV610"} & rules(done)
    done = run("diff", revision, cwd=folder, env=env)
    assert (done.code, done.stderr) == (0, "")
    assert "muộn hơn 5 ngày" in " ".join(done.stdout.split())


@pytest.mark.parametrize("kind", CONFIGURED)
def test_what_a_repository_configures_is_not_run(run: Run, moved: Path, runs: Path, canary: Path, kind: str) -> None:
    configured(moved, runs, CONFIGURED[kind])
    right(run, moved)
    assert not canary.exists()


@pytest.mark.parametrize("kind", PROMISED)
def test_a_partial_clone_fetches_nothing(
    run: Run, moved: Path, runs: Path, canary: Path, tmp_path: Path, kind: str
) -> None:
    git(moved, "config", "uploadpack.allowFilter", "true")
    git(moved, "commit", "-q", "-a", "-m", "b")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--filter=blob:none", "--branch", "sua", moved.as_uri(), str(clone))
    configured(clone, runs, PROMISED[kind])
    alternates = clone / ".git" / "objects" / "info" / "alternates"
    alternates.write_text(f"{runs.parent / 'elsewhere'}\n", encoding="utf-8")
    for arguments in (("check", "--against", "origin/main"), ("diff", "origin/main")):
        done = run(*arguments, cwd=clone, today=TODAY)
        assert (done.code, done.stdout) == (2, "")
        assert "git fetch --refetch --no-filter" in done.stderr
        assert not canary.exists()


def test_a_repository_inside_a_repository_is_not_believed(run: Run, moved: Path, runs: Path, canary: Path) -> None:
    outer = moved.parent / "outer"
    moved.rename(outer)
    inner = outer / "kho"
    inner.mkdir()
    for one in list(outer.iterdir()):
        if one not in {inner, outer / ".git"}:
            one.rename(inner / one.name)
    git(outer, "add", "-A")
    git(outer, "commit", "-q", "-m", "b")
    git(outer, "branch", "-f", "main")
    git(outer, "mv", "kho/plans/nam-2023.yaml", "kho/plans/2023.yaml")
    git(outer, "mv", "kho/plans/nam-2023.rubric.yaml", "kho/plans/2023.rubric.yaml")
    path = inner / "plans" / "2023.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("before: 2023-05-15", "before: 2023-05-20", 1), "utf-8")
    for name in ("objects", "refs"):
        shutil.copytree(outer / ".git" / name, inner / name)
    for name in ("HEAD", "index"):
        shutil.copy(outer / ".git" / name, inner / name)
    configured(inner, runs, {"core.bare": "false", "core.worktree": "..", "core.fsmonitor": "{run}"}, inner / "config")
    right(run, inner)
    assert not canary.exists()


@pytest.mark.parametrize(
    "env",
    [
        {"GIT_EXTERNAL_DIFF": "{run}", "GIT_PAGER": "{run}"},
        {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor", "GIT_CONFIG_VALUE_0": "{run}"},
        {"GIT_CONFIG_PARAMETERS": "'core.fsmonitor'='{run}'"},
        {"GIT_DIR": "{elsewhere}", "GIT_WORK_TREE": "{elsewhere}"},
        {"GIT_EXEC_PATH": "{elsewhere}", "GIT_INDEX_FILE": "{elsewhere}/index"},
        {"GIT_TRACE": "{canary}", "GIT_TRACE2": "{canary}"},
    ],
    ids=lambda env: next(iter(env)),
)
def test_what_the_environment_says_to_git_is_not_heard(
    run: Run, moved: Path, runs: Path, canary: Path, env: dict[str, str]
) -> None:
    elsewhere = runs.parent / "elsewhere"
    elsewhere.mkdir()
    told = {key: value.format(run=runs, elsewhere=elsewhere, canary=canary) for key, value in env.items()}
    right(run, moved, **told)
    assert not canary.exists()


def test_a_work_tree_of_another_repository_s_is_read(run: Run, moved: Path, tmp_path: Path) -> None:
    git(moved, "commit", "-q", "-a", "-m", "b")
    git(moved, "worktree", "add", "-q", "-b", "khac", str(tmp_path / "khac"))
    right(run, tmp_path / "khac")
    packed = tmp_path / "packed"
    git(tmp_path, "clone", "-q", "--shared", "--branch", "sua", str(moved), str(packed))
    git(packed, "gc", "-q")
    right(run, packed, "origin/main")


def test_renames_are_found_whatever_the_line_ends(run: Run, moved: Path) -> None:
    git(moved, "config", "core.autocrlf", "true")
    for name in ("nam-2023.yaml", "nam-2023.rubric.yaml"):
        path = moved / "plans" / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    done = run("check", "--against", "main", "--json", cwd=moved, today=TODAY)
    assert "DV601" in rules(done)
    assert not {"DV609", "DV610"} & rules(done)


def test_a_plan_that_was_archived_is_not_the_one_that_came_after_it(run: Run, moved: Path) -> None:
    """The old year's file has gone elsewhere as it was, so a new file that is like it is a new plan."""
    git(moved, "commit", "-q", "-a", "-m", "b")
    for suffix in (".yaml", ".rubric.yaml"):
        old = moved / "archive" / "2023" / "plans" / f"nam-2023{suffix}"
        old.parent.mkdir(parents=True, exist_ok=True)
        git(moved, "mv", f"plans/nam-2023{suffix}", str(old))
    text = (moved / "archive" / "2023" / "plans" / "nam-2023.yaml").read_text(encoding="utf-8")
    new = moved / "plans" / "2024.yaml"
    new.write_text(text.replace("before: 2023-05-15", "before: 2023-05-20", 1), encoding="utf-8")
    git(moved, "add", "-A")
    assert rules(run("check", new, "--against", "HEAD", "--json", cwd=moved, today=TODAY)) >= {"DV610"}


@pytest.mark.parametrize("there", ["folder", "repository"])
def test_a_workspace_behind_a_link_is_held_as_any(run: Run, moved: Path, tmp_path: Path, there: str) -> None:
    link = tmp_path / "lien-ket"
    if there == "repository":
        link.symlink_to(moved, target_is_directory=True)
    else:
        (tmp_path / "ngoai").mkdir()
        (tmp_path / "ngoai" / "kho").symlink_to(moved, target_is_directory=True)
        link = tmp_path / "ngoai" / "kho"
    done = run("check", link, "--against", "main", "--json", cwd=moved, today=TODAY)
    assert "DV601" in rules(done)
    plan = link / "plans" / "nam-2023.yaml"
    for cwd in (tmp_path, moved, link):
        done = run("check", plan, "--against", "main", "--json", cwd=cwd, today=TODAY)
        assert (done.code, done.stderr) == (1, "")
        assert "DV601" in rules(done)
    assert run("diff", "main", "--plan", plan, cwd=link).code == 0


def test_a_file_that_lies_in_no_repository_is_told(run: Run, moved: Path, tmp_path: Path) -> None:
    other = tmp_path / "khác.yaml"
    other.write_bytes((moved / "plans" / "nam-2023.yaml").read_bytes())
    done = run("check", moved / "plans" / "nam-2023.yaml", other, "--against", "main", cwd=moved)
    assert done.code == 2
    assert "nội bộ" not in done.stderr
    assert "khác.yaml" in done.stderr


def test_programs_of_the_test_do_leave_a_canary(moved: Path, runs: Path, canary: Path) -> None:
    """Else no test here could fail."""
    configured(moved, runs, CONFIGURED["fsmonitor"])
    subprocess.run(["git", "status"], cwd=moved, check=True, capture_output=True)
    assert canary.exists()
