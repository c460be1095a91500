"""The pipelines that `danvan init --ci` writes: their commands are run as a code host runs them, in real repositories."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import venv
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from commands import environment
from danvan_cli import __version__
from repositories import ALLOWED, MOVED, RAISED, edited, few_units, git
from shares import some
from warm import warm

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Run

pytestmark = pytest.mark.office  # bash, git and pip, as a code host has them

PLACES = {"github": ".github/workflows/danvan.yml", "gitlab": ".gitlab-ci.yml"}
ZEROS = "0" * 40


@dataclass(frozen=True)
class Ran:
    code: int
    log: str
    summary: str


def steps(folder: Path, host: str) -> list[str]:
    """Give the commands of a pipeline."""
    made: Any = yaml.safe_load((folder / PLACES[host]).read_text(encoding="utf-8"))
    if host == "gitlab":
        return ["\n".join(made["danvan"]["script"])]  # one shell for all
    return [one["run"] for one in made["jobs"]["danvan"]["steps"] if "run" in one]


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


def pipeline(folder: Path, host: str, base: str, commands: list[str] | None = None, **settings: str) -> Ran:
    """Run a pipeline's commands, or those given, as its host does: each step stops at the first command that fails.

    `pip` only says what it was told, unless the folder `bin` beside the repository holds another.
    """
    own = folder.parent / "bin"
    if not (own / "pip").exists():
        program(own / "pip", 'echo "pip $*"')
    summary = folder.parent / f"{folder.name}-summary.md"
    summary.write_text("", encoding="utf-8")
    more = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary), "BASE": base}
    if host == "gitlab":
        more = {"GITLAB_CI": "true", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base if base != ZEROS else "",
                "CI_COMMIT_BEFORE_SHA": ZEROS}  # fmt: skip
    log = ""
    with warm(own) as path:
        for step in commands or steps(folder, host):
            done = subprocess.run(
                ["bash", "-e", "-o", "pipefail", "-c", step], cwd=folder, check=False, capture_output=True, encoding="utf-8",
                env=environment("2023-03-01", PATH=path, **(more | settings)),
            )  # fmt: skip
            log += done.stdout + done.stderr
            if done.returncode:
                break
    told = summary if host == "github" else folder / "build" / "thay-doi.md"
    return Ran(done.returncode, log, told.read_text(encoding="utf-8") if told.exists() else "")


def revision(folder: Path, name: str) -> str:
    done = subprocess.run(["git", "rev-parse", name], cwd=folder, check=True, capture_output=True, encoding="utf-8")
    return done.stdout.strip()


def wheel(folder: Path, version: str = __version__, says: str = "ours") -> Path:
    """Make a wheel called danvan that holds one module and no command."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"danvan-{version}-py3-none-any.whl"
    info = f"danvan-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("from_where.py", f"SAYS = {says!r}\n")
        zipped.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: danvan\nVersion: {version}\n")
        zipped.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        zipped.writestr(f"{info}/RECORD", "")
    return path


def index(folder: Path, *versions: str, says: str) -> str:
    """Make a package index that offers danvan; give its address."""
    made = [wheel(folder / "danvan", version, says).name for version in versions]
    links = "".join(f'<a href="{name}">{name}</a>' for name in made)
    (folder / "danvan" / "index.html").write_text(f"<!DOCTYPE html><html><body>{links}</body></html>", "utf-8")
    return folder.as_uri()


@pytest.fixture(params=PLACES)
def host(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def kept(run: Run, tmp_path: Path, host: str) -> Path:
    """Give a workspace with a pipeline, in a repository: one commit on `main`, work on the branch `sua`."""
    folder = tmp_path / "kho"
    assert run("init", folder, "--ci", host, "--sample").code == 0
    few_units(folder)
    wheel(folder / "ci")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "a")
    git(folder, "checkout", "-q", "-b", "sua")
    return folder


@pytest.mark.parametrize("host", some(PLACES, 2), indirect=True)
def test_a_good_edit_passes_and_its_documents_are_made(kept: Path, host: str) -> None:
    edited(kept, MOVED, RAISED, ALLOWED)
    git(kept, "commit", "-q", "-a", "-m", "b")
    done = pipeline(kept, host, revision(kept, "main"))
    assert done.code == 0, done.log
    assert "muộn hơn 5 ngày" in done.summary
    assert "| 6m |" in done.summary
    assert (kept / "build" / "ke-hoach.docx").is_file()
    assert len(list((kept / "build" / "units").glob("*/out/ke-hoach-trien-khai.docx"))) == 4


def test_a_bad_edit_fails_at_its_line(kept: Path, host: str) -> None:
    edited(kept, MOVED)
    git(kept, "commit", "-q", "-a", "-m", "b")
    done = pipeline(kept, host, revision(kept, "main"))
    assert done.code == 1
    assert "muộn hơn 5 ngày" in done.summary
    if host == "github":
        assert "::error file=plans/2023.yaml,line=" in done.log
    else:
        assert re.search(r"plans/2023\.yaml:\d+:13: DV601", done.log)
        issues = json.loads((kept / "gl-code-quality-report.json").read_text(encoding="utf-8"))
        assert {"DV601", "DV606"} <= {one["check_name"] for one in issues}


@pytest.mark.parametrize("host", some(PLACES, 2), indirect=True)
def test_the_first_commit_passes(kept: Path, host: str) -> None:
    done = pipeline(kept, host, ZEROS)
    assert done.code == 0, done.log


@pytest.mark.parametrize("host", some(PLACES, 2), indirect=True)
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


@pytest.mark.parametrize("host", some(PLACES, 2), indirect=True)
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
    done = run("init", tmp_path, "--ci", host, "--sample")
    assert done.code == 0
    assert "đã có, giữ nguyên" in done.stderr
    assert path.read_text(encoding="utf-8") == "a: b\n"


def install(kept: Path, host: str) -> list[str]:
    """Give the lines of a pipeline that install danvan."""
    text = "\n".join(steps(kept, host))
    lines = text[text.index("WHEEL=") :].splitlines()
    return lines[: next(i for i, line in enumerate(lines) if line.startswith("pip install")) + 1]


def test_both_pipelines_install_danvan_alike(run: Run, tmp_path: Path) -> None:
    for host in PLACES:
        assert run("init", tmp_path / host, "--ci", host, "--sample").code == 0
    assert len({tuple(install(tmp_path / host, host)) for host in PLACES}) == 1


def installed(kept: Path, host: str, **settings: str) -> tuple[Ran, str]:
    """Install danvan as a pipeline does, with the real pip, in an environment of its own; give what the danvan in it says."""
    fresh = kept.parent / "môi trường"
    venv.create(fresh, symlinks=True)
    python = fresh / "bin" / "python"
    program(
        kept.parent / "bin" / "pip", f'PYTHONWARNINGS=default exec "{sys.executable}" -m pip --python "{python}" "$@"'
    )
    done = pipeline(
        kept, host, ZEROS, commands=["\n".join(install(kept, host))], PIP_DISABLE_PIP_VERSION_CHECK="1", **settings
    )
    told = subprocess.run(
        [python, "-c", "import from_where; print(from_where.SAYS)"], check=False, capture_output=True, encoding="utf-8"
    )
    return done, told.stdout.strip()


def strangers(kept: Path) -> dict[str, str]:
    """Give the settings of a runner that has a stranger's danvan wherever pip looks: the same version, and a higher one."""
    there = index(kept.parent / "người lạ", __version__, "99.0", says="a stranger's")
    folder = str(kept.parent / "người lạ" / "danvan")
    config = kept.parent / "pip.conf"
    config.write_text(f"[global]\nextra-{'index'}-url = {there}\nfind-links = {folder}\n", encoding="utf-8")
    return {
        "PIP_INDEX_URL": there,
        "PIP_EXTRA_INDEX_URL": there,
        "PIP_FIND_LINKS": folder,
        "PIP_CONFIG_FILE": str(config),
    }


@pytest.mark.parametrize("host", ["github"], indirect=True)
def test_the_wheel_in_the_repository_is_installed_whatever_is_offered_elsewhere(kept: Path, host: str) -> None:
    done, says = installed(kept, host, **strangers(kept), DANVAN_INDEX=strangers(kept)["PIP_INDEX_URL"])
    assert (done.code, says) == (0, "ours"), done.log


@pytest.mark.parametrize("host", ["github"], indirect=True)
def test_an_index_of_one_s_own_is_the_only_one_that_is_asked_for_danvan(kept: Path, host: str) -> None:
    (kept / "ci" / f"danvan-{__version__}-py3-none-any.whl").unlink()
    own = index(kept.parent / "kho mình", __version__, "99.1", says="ours, from the index")
    done, says = installed(kept, host, **strangers(kept), DANVAN_INDEX=own)
    assert (done.code, says) == (0, "ours, from the index"), done.log


@pytest.mark.parametrize("host", ["github"], indirect=True)
def test_without_either_nothing_is_installed_and_it_says_what_to_do(kept: Path, host: str) -> None:
    (kept / "ci" / f"danvan-{__version__}-py3-none-any.whl").unlink()
    wheel(kept / "ci", "0.0.9", "an old one")
    done, says = installed(kept, host, **strangers(kept))
    assert (done.code, says) == (1, "")
    assert f"lỗi: không có ci/danvan-{__version__}-py3-none-any.whl" in done.log
    assert "DANVAN_INDEX" in done.log
    assert "pip wheel --no-deps -w ci" in done.log


def test_init_says_what_must_be_put_where_until_it_is_there(run: Run, tmp_path: Path, host: str) -> None:
    told = " ".join(run("init", tmp_path / "a", "--ci", host, "--sample").stderr.split())
    assert f"chỉ cài danvan từ ci/danvan-{__version__}-py3-none-any.whl trong kho" in told
    assert "DANVAN_INDEX" in told
    wheel(tmp_path / "b" / "ci")
    assert "DANVAN_INDEX" not in run("init", tmp_path / "b", "--ci", host, "--sample").stderr
    assert "DANVAN_INDEX" not in run("init", tmp_path / "c", "--sample").stderr


def test_a_page_is_published_only_where_that_is_asked_for(run: Run, kept: Path, host: str, tmp_path: Path) -> None:
    plain: Any = yaml.safe_load(text := (kept / PLACES[host]).read_text("utf-8"))
    assert "page" not in text.casefold()
    assert run("init", tmp_path / "a", "--pages", "--sample").code == 2
    alone = run("init", "--pages", cwd=kept)
    assert (alone.code, "nên cần --ci" in alone.stderr) == (2, True)
    told = run("init", tmp_path / "b", "--ci", host, "--pages", "--sample")
    assert "ai có địa chỉ cũng xem được" in " ".join(told.stderr.split())
    more: Any = yaml.safe_load((tmp_path / "b" / PLACES[host]).read_text("utf-8"))
    if host == "github":
        assert more["permissions"] == plain["permissions"], "only the job that deploys may write, and pages alone"
        job = more["jobs"].pop("trang")
        assert job["permissions"] == {"pages": "write", "id-token": "write"}
        extra = more["jobs"]["danvan"]["steps"][len(plain["jobs"]["danvan"]["steps"]) :]
        assert {one["if"] for one in (*extra, job)} == {
            "github.event_name == 'push' && github.ref_name == github.event.repository.default_branch"
        }
        del more["jobs"]["danvan"]["steps"][-len(extra) :]
        published, commands = extra[1]["with"]["path"], [extra[0]["run"]]
    else:
        job = more.pop("pages")
        assert job["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
        assert job["needs"] == ["danvan"]
        assert job["artifacts"]["paths"] == [published := more["danvan"]["artifacts"]["paths"].pop()]
        commands = [more["danvan"]["script"].pop(), *job["script"]]
    assert more == plain, "nothing else changes"
    if host == "gitlab":
        assert pipeline(kept, host, ZEROS, commands[:1], CI_MERGE_REQUEST_IID="3").code == 0
        assert not (kept / published).exists(), "not of what is only proposed"
    done = pipeline(kept, host, ZEROS, commands)
    assert done.code == 0, done.log
    assert b"<html" in (kept / published / "index.html").read_bytes()
