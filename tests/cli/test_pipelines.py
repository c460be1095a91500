"""The pipelines that `danvan init --ci` writes: their commands are run as a code host runs them, in real repositories."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from commands import COMMAND, environment
from repositories import ALLOWED, MOVED, RAISED, edited, git

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Run

PLACES = {"github": ".github/workflows/danvan.yml", "gitlab": ".gitlab-ci.yml"}
ZEROS = "0" * 40


@dataclass(frozen=True)
class Ran:
    code: int
    log: str
    summary: str


def steps(folder: Path, host: str) -> list[str]:
    """Give the commands of a pipeline, without those that install."""
    made: Any = yaml.safe_load((folder / PLACES[host]).read_text(encoding="utf-8"))
    if host == "gitlab":
        lines = ["\n".join(made["danvan"]["script"])]  # one shell for all
    else:
        lines = [one["run"] for one in made["jobs"]["danvan"]["steps"] if "run" in one]
    assert "pip install danvan" in "\n".join(lines)
    return [line.replace("pip install danvan", "true") for line in lines]


def pipeline(folder: Path, host: str, base: str) -> Ran:
    """Run a pipeline's commands as its host does: each step stops at the first command that fails."""
    summary = folder.parent / f"{folder.name}-summary.md"
    summary.write_text("", encoding="utf-8")
    more = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary), "BASE": base}
    if host == "gitlab":
        more = {"GITLAB_CI": "true", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base if base != ZEROS else "",
                "CI_COMMIT_BEFORE_SHA": ZEROS}  # fmt: skip
    path = f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}"
    log = ""
    for step in steps(folder, host):
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", step], cwd=folder, check=False, capture_output=True, encoding="utf-8",
            env=environment("2023-03-01", PATH=path, **more),
        )  # fmt: skip
        log += done.stdout + done.stderr
        if done.returncode:
            break
    told = summary if host == "github" else folder / "build" / "thay-doi.md"
    return Ran(done.returncode, log, told.read_text(encoding="utf-8"))


def revision(folder: Path, name: str) -> str:
    done = subprocess.run(["git", "rev-parse", name], cwd=folder, check=True, capture_output=True, encoding="utf-8")
    return done.stdout.strip()


@pytest.fixture(params=PLACES)
def host(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def kept(run: Run, tmp_path: Path, host: str) -> Path:
    """Give a workspace with a pipeline, in a repository: one commit on `main`, work on the branch `sua`."""
    folder = tmp_path / "kho"
    assert run("init", folder, "--ci", host).code == 0
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "a")
    git(folder, "checkout", "-q", "-b", "sua")
    return folder


def test_a_good_edit_passes_and_its_documents_are_made(kept: Path, host: str) -> None:
    edited(kept, MOVED, RAISED, ALLOWED)
    git(kept, "commit", "-q", "-a", "-m", "b")
    done = pipeline(kept, host, revision(kept, "main"))
    assert done.code == 0, done.log
    assert "muộn hơn 5 ngày" in done.summary
    assert "| 6m |" in done.summary
    assert (kept / "build" / "ke-hoach.docx").is_file()
    assert len(list((kept / "build" / "units").glob("*/out/ke-hoach-trien-khai.docx"))) == 34


def test_a_bad_edit_fails_at_its_line(kept: Path, host: str) -> None:
    edited(kept, MOVED)
    git(kept, "commit", "-q", "-a", "-m", "b")
    done = pipeline(kept, host, revision(kept, "main"))
    assert done.code == 1
    assert "muộn hơn 5 ngày" in done.summary
    if host == "github":
        assert "::error file=plans/2023.yaml,line=" in done.log
    else:
        assert "plans/2023.yaml:411:13: DV601" in done.log
        issues = json.loads((kept / "gl-code-quality-report.json").read_text(encoding="utf-8"))
        assert {"DV601", "DV606"} <= {one["check_name"] for one in issues}


def test_the_first_commit_passes(kept: Path, host: str) -> None:
    done = pipeline(kept, host, ZEROS)
    assert done.code == 0, done.log


def test_a_fork_s_pull_request_needs_nothing_but_the_two_commits(kept: Path, host: str, tmp_path: Path) -> None:
    fork = tmp_path / "fork"
    git(tmp_path, "clone", "-q", kept.as_uri(), str(fork))
    edited(fork, MOVED)
    git(fork, "commit", "-q", "-a", "-m", "of another")
    base = revision(kept, "main")
    git(kept, "fetch", "-q", fork.as_uri(), "HEAD")
    git(kept, "checkout", "-q", "--detach", "FETCH_HEAD")
    done = pipeline(kept, host, base)
    assert done.code == 1
    assert "DV601" in done.log


def test_a_shallow_clone_is_told_what_to_fetch(kept: Path, host: str, tmp_path: Path) -> None:
    base = revision(kept, "main")
    edited(kept, MOVED)
    git(kept, "commit", "-q", "-a", "-m", "b")
    clone = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", "--branch", "sua", kept.as_uri(), str(clone))
    done = pipeline(clone, host, base)
    assert done.code == 2
    assert "fetch-depth: 0" in done.log


def test_the_pipelines_see_the_whole_history_and_hold_no_rights(kept: Path, host: str) -> None:
    text = (kept / PLACES[host]).read_text(encoding="utf-8")
    made: Any = yaml.safe_load(text)
    if host == "github":
        assert made["permissions"] == {"contents": "read"}
        assert "pull_request_target" not in text
        assert "secrets." not in text
        [checkout] = [one for one in made["jobs"]["danvan"]["steps"] if "checkout" in one.get("uses", "")]
        assert checkout["with"]["fetch-depth"] == 0
    else:
        assert made["danvan"]["variables"]["GIT_DEPTH"] == "0"
        assert made["danvan"]["artifacts"]["reports"]["codequality"] == "gl-code-quality-report.json"


def test_a_pipeline_that_is_there_is_left_alone(run: Run, tmp_path: Path, host: str) -> None:
    path = tmp_path / PLACES[host]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("a: b\n", encoding="utf-8")
    done = run("init", tmp_path, "--ci", host)
    assert done.code == 0
    assert "đã có, giữ nguyên" in done.stderr
    assert path.read_text(encoding="utf-8") == "a: b\n"
