"""`danvan doctor`: what a machine and a folder have and lack."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from danvan_cli.desk import doctor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from commands import Result
    from conftest import Run


def checks(done: Result) -> dict[str, list[str]]:
    """Give the states that each thing was found in."""
    found: dict[str, list[str]] = {}
    for one in json.loads(done.stdout)["checks"]:
        found.setdefault(one["what"], []).append(one["state"])
        assert one["state"] == "ok" or one["help"], f"nobody is told how to mend {one['what']}"
    return found


@pytest.fixture
def bare(tmp_path: Path) -> Mapping[str, str]:
    """Give the environment of a machine without programs, fonts and colours."""
    return {"PATH": str(tmp_path), "HOME": str(tmp_path / "nhà"), "LANG": "C.UTF-8"}


def test_a_workspace_in_order_has_nothing_to_mend(run: Run, workspace: Path) -> None:
    done = run("doctor", cwd=workspace, env={"LANG": "vi_VN.UTF-8"})
    assert (done.code, done.stderr) == (0, "")
    assert "PHẢI SỬA" not in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines() if " " in line.strip())


def test_a_machine_with_nothing_is_told_what_to_do_and_danvan_works_there(
    run: Run, tmp_path: Path, bare: Mapping[str, str]
) -> None:
    with patch.object(doctor, "_font_folders", list), patch("danvan_cli.pdf.printing._PLACES", ()):
        done = run("doctor", "--json", env=bare)
    found = checks(done)
    assert done.code == 0
    assert {what for what, states in found.items() if "note" in states} >= {"font", "office", "git", "workspace"}
    assert not list(tmp_path.iterdir()), "it only looks"


@pytest.mark.parametrize("name", ["times.ttf", "Times New Roman.ttf", "LiberationSerif-Regular.ttf", "Tinos-Bold.ttf"])
def test_a_font_is_found_by_its_file_where_nothing_else_tells(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "truetype" / "x"
    folder.mkdir(parents=True)
    with patch.object(doctor, "_font_folders", lambda: [tmp_path]), patch.object(doctor, "_said", lambda *_told: None):
        assert doctor._font().state == "note"
        (folder / name).write_bytes(b"")
        assert doctor._font().state == "ok"


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_each_system_has_folders_of_fonts(system: str) -> None:
    with patch.object(sys, "platform", system):
        assert all(isinstance(one, Path) for one in doctor._font_folders())


def test_git_that_changes_line_ends_must_be_mended(run: Run, workspace: Path) -> None:
    for command in (["init", "-q"], ["config", "core.autocrlf", "true"]):
        subprocess.run(["git", *command], cwd=workspace, check=True)
    assert checks(run("doctor", "--json", cwd=workspace))["line-ends"] == ["ok"]
    (workspace / ".gitattributes").unlink()
    done = run("doctor", "--json", cwd=workspace)
    assert (done.code, checks(done)["line-ends"]) == (1, ["error"])


@pytest.mark.parametrize(
    ("named", "state"), [("vi_VN.UTF-8", "ok"), ("vi_VN.TCVN", "note"), ("en_US.ISO-8859-1", "note")]
)
def test_a_terminal_that_reads_other_letters_is_told_so(run: Run, named: str, state: str) -> None:
    env = {"LANG": named, "LC_ALL": "", "LC_CTYPE": ""}
    assert checks(run("doctor", "--json", env=env))["encoding"] == [state]


def test_a_cache_that_cannot_be_written_is_only_slower(run: Run, tmp_path: Path) -> None:
    with patch.object(os, "access", lambda _path, _mode: False):
        done = run("doctor", "--json", cwd=tmp_path)
    assert (done.code, checks(done)["cache"]) == (0, ["note"])
