"""Every command that writes, stopped at any event of the file system and run again: nothing is lost, doubled or torn."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from writing import CASES, Writing

from commands import environment
from shares import some

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="a process is forked and killed")


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Writing], tuple[Path, dict[str, str]]]:
    """Give what a command is run on, made once, and the names in it."""
    made: dict[Any, tuple[Path, dict[str, str]]] = {}

    def give(one: Writing) -> tuple[Path, dict[str, str]]:
        if one.scene not in made:
            folder = tmp_path_factory.mktemp(one.scene.__name__)
            made[one.scene] = folder, one.scene(folder) or {}
        return made[one.scene]

    return give


def stopped(one: Writing, how: str, most: int, base: Path, known: dict[str, str], out: Path) -> dict[str, Any]:
    """Stop a command at so many of its events, all if 0."""
    arguments = [text.format(**known) for text in one.arguments]
    path = os.pathsep.join(str(HERE.parents[1] / name) for name in ("src", "tests", "tools", "tests/fire"))
    done = subprocess.run(
        [sys.executable, HERE / "stopped.py", how, str(most), base, out, one.cwd, *arguments],
        check=False, capture_output=True, env=environment(one.today, PYTHONPATH=path), timeout=1800,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    assert isinstance(told, dict)
    return told


def judged(one: Writing, how: str, told: dict[str, Any]) -> None:
    """Hold every stop against the run that was not stopped."""
    assert (told["codes"], told["same"]) == ([one.code, one.again], True), told["told"]
    for stop in told["stops"]:
        first, second, third = stop["codes"]
        if how == "kill":
            assert first == -9 or stop["done"], stop  # where the system's order of a folder saves one event
        else:
            assert first in {1, 2} or stop["done"], stop
            assert "lỗi trong chính danvan" not in stop["told"][0], stop
            assert "Traceback" not in stop["told"][0], stop
        assert not stop["torn"], stop
        assert all(re.search(one.odd, name) for name in stop["between"]) if one.odd else not stop["between"], stop
        assert second in {one.code, one.again}, stop
        assert all(one.spare and re.search(one.spare, name) for name in stop["differs"]), stop
        assert not stop["left"], stop
        assert third in {second, one.again}, stop
        assert stop["same"], stop


@pytest.mark.fire
@pytest.mark.parametrize("how", ["kill", "full"])
@pytest.mark.parametrize("name", CASES)
def test_stopped_at_every_event(
    name: str, how: str, scene: Callable[[Writing], tuple[Path, dict[str, str]]], tmp_path: Path
) -> None:
    one = CASES[name]
    told = stopped(one, how, one.most, *scene(one), tmp_path)
    assert told["events"]
    judged(one, how, told)
    with Path(os.environ.get("FIRE_FIGURES", os.devnull)).open("a", encoding="utf-8") as out:
        out.write(f"{name}\t{how}\t{len(told['events'])}\t{len(told['stops'])}\n")


@pytest.mark.parametrize("brief", some((name, how) for name, one in CASES.items() for how in one.brief))
def test_stopped_at_some_events(
    brief: tuple[str, str], scene: Callable[[Writing], tuple[Path, dict[str, str]]], tmp_path: Path
) -> None:
    name, how = brief
    one = CASES[name]
    told = stopped(one, how, 3, *scene(one), tmp_path)
    assert len(told["stops"]) == 3
    judged(one, how, told)
