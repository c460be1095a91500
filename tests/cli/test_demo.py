"""`danvan demo`: the main job in one command."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from commands import called, environment
from copies import copied
from word_files import edit, highlighted, snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Result
    from conftest import Run

MADE = (
    "units/so-y-te/unit.yaml",
    "units/so-y-te/out/ke-hoach-trien-khai.docx",
    "units/so-y-te/out/bao-cao-6m.docx",
    "units/so-y-te/out/bao-cao-1y.docx",
    "build/ke-hoach-2023.docx",
    "province/received",
    "build/don-doc/6m-lan-1.docx",
    "build/xep-hang.xlsx",
    "build/tong-hop-6m.docx",
    "build/tong-hop-6m.xlsx",
    "build/trang.html",
)
DESK = ("receive", "send-back", "status", "remind", "review set", "rank", "summary", "page")
"""What is played of the desk, in this order."""


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    """Give what the demo said, and its folder: only read it."""
    folder = tmp_path_factory.mktemp("demo")
    return called(["demo", "thử"], folder, environment(COLUMNS="60")), folder / "thử"


def test_the_main_job_is_run_and_everything_made_is_named(played: tuple[Result, Path]) -> None:
    told, folder = played
    assert told.code == 0, told.stderr
    said = " ".join(told.stdout.split())
    for name in MADE:
        assert (folder / name).exists()
        assert name in said
    assert "không phải số liệu thật" in said
    assert all(len(line) <= 60 or " " not in line.strip() for line in told.stdout.splitlines())


def test_the_blanks_it_counts_are_the_ones_to_see_in_word(played: tuple[Result, Path]) -> None:
    told, folder = played
    counted = [int(count) for count in re.findall(r"(\d+) chỗ trống", told.stdout)]
    assert counted == [len(highlighted(folder / name)) for name in MADE[1:4]]
    assert all(counted)


def test_the_desk_is_played_on_units_of_every_habit(run: Run, played: tuple[Result, Path]) -> None:
    told, folder = played
    steps = re.findall(r"^\d+\. danvan ([a-z-]+(?: set)?)", told.stdout, re.MULTILINE)
    assert [one for one in steps if one in DESK] == list(DESK)
    rows = json.loads(run("status", "--as-of", "15/5/2023", "--json", cwd=folder, today="2023-11-20").stdout)["rows"]
    states = {row["unit"]: row["state"] for row in rows if row["deliverable"] == "6m"}
    assert {"submitted", "late", "overdue", "returned"} == set(states.values())
    assert len(states) == 34
    summed = json.loads(run("summary", "--period", "6m", "--json", cwd=folder, today="2023-11-20").stdout)
    assert any(one["breaks"] for one in summed["figures"]), "somebody's figures do not agree"
    assert summed["unread"], "somebody sent a Word document alone"
    ranked = json.loads(run("rank", "--by", "self", "--json", cwd=folder, today="2023-11-20").stdout)
    assert len({row["self"] for block in ranked["blocks"] for row in block["ranking"] if row["self"]}) == 4


def test_it_ends_with_what_to_open_and_that_is_there(played: tuple[Result, Path]) -> None:
    told, folder = played
    looks = re.findall(r"thử/(\S+?\.(?:docx|html))", told.stdout.partition("Mở xem")[2])
    assert len(looks) >= 3
    assert all((folder / name).is_file() for name in looks)


@pytest.fixture
def again(played: tuple[Result, Path], tmp_path: Path) -> Path:
    """Give a copy of the played folder, where the demo plays by default."""
    return copied(played[1], tmp_path / "danvan-demo")


@pytest.mark.usefixtures("again")
def test_a_second_run_works_and_changes_nothing(run: Run, tmp_path: Path) -> None:
    before = snapshot(tmp_path)
    assert run("demo").code == 0
    after = snapshot(tmp_path)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert changed <= {"danvan-demo/.danvan.lock"}


def test_a_document_that_was_edited_meanwhile_is_not_lost(run: Run, again: Path) -> None:
    path = again / MADE[2]
    edited = edit(path)
    told = run("demo")
    assert told.code == 1
    assert "đã được người sửa" in told.stderr
    assert path.read_bytes() == edited


def test_a_file_in_the_way_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "danvan-demo").write_text("", encoding="utf-8")
    told = run("demo")
    assert (told.code, "Traceback" in told.stderr) == (2, False)
    assert "danvan-demo" in told.stderr
