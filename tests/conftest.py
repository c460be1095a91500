"""What every test can use: the command, and a workspace made by it."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import hypothesis
import pytest

import tools_needed
from commands import Result, Run, called, environment, secluded, spawned
from copies import copied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from danvan_cli.plan.model import Plan


# How long one example takes says more of what else the machine does: benchmarks measure time.
# A few examples of each property every time; `make fire` tries many.
hypothesis.settings.register_profile("danvan", deadline=None, max_examples=12)
hypothesis.settings.register_profile("fire", deadline=None, max_examples=400)
hypothesis.settings.load_profile("danvan")

# Constants of all modules are tried by `make fire`: to find them takes a fresh checkout seconds, and a few examples have no room.
with suppress(ImportError):
    from hypothesis.internal.conjecture import providers

    local = getattr(providers, "_get_local_constants", None)
    if local is not None:
        known = providers._local_constants
        providers._get_local_constants = lambda: local() if hypothesis.settings.default.max_examples > 12 else known

# Its hook would be asked at every file that is opened or imported, and guards against forks that no test makes.
with patch.object(sys, "addaudithook", lambda _hook: None):
    import filelock  # noqa: F401

# Thousands of small workspaces come and go: a tenth quicker in memory, where that has room and runs what a test puts there.
MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it
if MEMORY.is_dir() and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC and shutil.disk_usage(MEMORY).free > 4 << 30:
    os.environ.setdefault("TMPDIR", str(MEMORY))
    tempfile.tempdir = None  # pytest has asked before

zlib.Z_DEFAULT_COMPRESSION = zlib.Z_BEST_SPEED  # nobody keeps what is zipped here

# What thousands of tests have imported and keep is no garbage: looking through it again and again took a tenth of the time.
gc.set_threshold(100_000, 20, 100)


LONGEST = ["test_zip.py", "test_formulas.py", "test_corpus.py", "test_year.py",
           "test_pages.py", "test_shipped_documents.py", "test_province_documents.py"]  # fmt: skip


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Begin to remember where tests run; let a worker send what somebody may look at, and show nothing itself.

    Six messages about each test took a thirtieth of the time of all.
    """
    plugins: set[Any] = config.pluginmanager.get_plugins()
    for plugin in plugins:
        if type(plugin).__name__ == "WorkerInteractor":
            plugin.sendevent = partial(_sent, plugin.sendevent)
            config.pluginmanager.unregister(name="terminalreporter")
    if hasattr(config, "workerinput") or getattr(config.option, "dist", "no") == "no":
        from readers import lend
        from remembered import remember

        remember()
        lend()


def _sent(send: Callable[..., None], name: str, **said: Any) -> None:
    """Send all but that a test begins and ends, or was set up and cleared away at once and without a word."""
    report = said.get("data", {})
    quick = report.get("when") != "call" and report.get("outcome") == "passed" and report.get("duration", 1) < 0.05
    if name not in {"logstart", "logfinish"} and not (name == "testreport" and quick and not report.get("sections")):
        send(name, **said)


@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report: Any) -> None:
    """End the line of dots where it is full, which is looked at when a test ends."""
    if hasattr(report, "node") and report.when == "call":
        report.node.config.hook.pytest_runtest_logfinish(nodeid=report.nodeid, location=report.location)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[Any]:
    """Refuse what zips while tests are collected: each worker would make every document, also for a single test."""
    with patch.object(zipfile.ZipFile, "_open_to_write", side_effect=AssertionError("made while tests are collected")):
        return (yield)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest: none is left to run alone at the end."""
    for path in {item.path for item in items if item.get_closest_marker("office")}:
        assert "office" in path.read_text("utf-8"), (
            f"`make test-office` finds the files of its tests by this word: {path}"
        )
    items.sort(key=lambda item: [*LONGEST, item.path.name].index(item.path.name))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Look once for what nobody closed: pytest would look through all that was kept again and again.

    Files in circles alone come to light here. Where all tests run, that takes seconds: `make fire` looks for them.
    """
    if "not fire" not in session.config.option.markexpr:
        gc.collect()
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    tools_needed.marked = item.get_closest_marker("office") is not None


def _started(popen: Any, args: Any, executable: Any, *more: object) -> None:
    """Refuse LibreOffice to tests that are not marked for it, also where danvan itself would start it."""
    if not tools_needed.marked:
        program = Path(os.fsdecode(executable or (args if isinstance(args, (str, bytes, os.PathLike)) else args[0])))
        made_up = program.is_relative_to(os.environ.get("GIT_CEILING_DIRECTORIES", "."))  # by the test, in its folder
        assert program.stem not in {"soffice", "libreoffice"} or made_up, "this is a test marked office"
    _start(popen, args, executable, *more)


_start: Any = subprocess.Popen._execute_child  # type: ignore[attr-defined]
# No audit hook, which everything that is opened or imported would ask: a hundredth of the time of all tests.
subprocess.Popen._execute_child = _started  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def _secluded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    secluded(tmp_path_factory.getbasetemp())
    with patch.object(os, "fsync", lambda _file: None):  # no test outlives a power cut: none waits for the disk
        yield


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `danvan` in this process, in an empty folder unless told otherwise."""
    return _runner(called, tmp_path)


@pytest.fixture
def process(tmp_path: Path) -> Run:
    """Run the installed `danvan` as a user does: for what only a process of its own shows."""
    return _runner(spawned, tmp_path)


@pytest.fixture(scope="session")
def plan() -> Plan:
    """Give the shipped plan, read once."""
    from danvan_cli.files import shipped
    from danvan_cli.plan.model import Plan
    from danvan_cli.yaml.read import read as read_as

    read = read_as(Plan, shipped("plans/2023.yaml"))
    assert read.record is not None
    return read.record


@pytest.fixture(scope="session")
def made_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder that `workspace` is a copy of: only read it."""
    folder = tmp_path_factory.mktemp("mẫu") / "không gian"
    made = called(["init", str(folder), "--sample"], folder.parent, environment())
    assert made.code == 0, made.stderr
    return folder


@pytest.fixture
def workspace(made_workspace: Path, tmp_path: Path) -> Path:
    """Give a folder that `danvan init` has just made."""
    return copied(made_workspace, tmp_path / made_workspace.name)


@pytest.fixture(scope="session")
def _begun() -> dict[tuple[str, ...], Path]:
    return {}


@pytest.fixture
def begun(
    _begun: dict[tuple[str, ...], Path], made_workspace: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Path]:
    """Give a workspace in which commands have been run: once a session, then it is copied."""

    def give(*commands: str) -> Path:
        if commands not in _begun:
            folder = copied(made_workspace, tmp_path_factory.mktemp("mẫu") / made_workspace.name)
            for one in commands:
                done = called(one.split(), folder, environment())
                assert done.code == 0, done.stderr
            _begun[commands] = folder
        return copied(_begun[commands], tmp_path / made_workspace.name)

    return give


def _runner(start: Callable[[list[str], Path, Mapping[str, str]], Result], folder: Path) -> Run:
    def call(
        *arguments: object,
        cwd: Path | None = None,
        today: str | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Result:
        return start([*map(str, arguments)], cwd or folder, environment(today, **(env or {})))

    return call
