"""What strangers send takes bounded time and memory, measured in a process of its own, and one file harms no other."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hostile import BOOKS, PACKAGES, PDFS, TEMPLATES, WORD, YAML
from writing import begun, ran

from commands import environment
from received import issued

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

pytestmark = [pytest.mark.fire, pytest.mark.skipif(not hasattr(os, "wait4"), reason="the system tells no figures")]
TODAY = "2023-05-12"


@dataclass(frozen=True)
class Door:
    """A way in: files, the name of each, the command, and what one of them may cost: seconds of CPU time, megabytes."""

    files: Mapping[str, Callable[[], bytes]]
    name: str
    arguments: tuple[str, ...]
    seconds: float = 12
    megabytes: int = 700


WHOSE = ("--unit", "so-y-te", "--deliverable", "6m")
RECEIVE = ("receive", "hộp", "--received", "9/5/2023")
DOORS = {
    "receive a package": Door(PACKAGES, "ws/hộp/{}.zip", RECEIVE),
    "receive a Word document": Door(WORD, "ws/hộp/{} SYT.docx", (*RECEIVE, *WHOSE)),
    "receive a workbook": Door(BOOKS, "ws/hộp/{}.xlsx", RECEIVE),
    "receive a PDF": Door(PDFS, "ws/hộp/{} SYT.pdf", (*RECEIVE, *WHOSE), seconds=30, megabytes=1200),
    "fill": Door(BOOKS, "ws/hộp/{}.xlsx", ("fill", "{path}")),
    "format-check": Door(WORD, "ws/hộp/{}.docx", ("format-check", "{path}"), megabytes=1000),
    "format-check --fix": Door(
        WORD, "ws/hộp/{}.docx", ("format-check", "{path}", "--fix", "-o", "sửa.docx"), seconds=30, megabytes=1200
    ),
    "log --evidence": Door(WORD, "ws/hộp/{}.docx", ("log", "so-y-te", "II.1.1", "--evidence", "{path}")),
    "a form": Door(
        WORD, "ws/hộp/{}.docx", ("templates", "check", "{path}", "--for", "bao-cao"), seconds=25, megabytes=900
    ),
    "check": Door(YAML, "ws/plans/{}.yaml", ("check", "{path}")),
    "check a unit": Door(YAML, "ws/units/so-y-te/unit.yaml", ("check", "{path}")),
    "a template": Door(TEMPLATES, "ws/hộp/{}.md.j2", ("templates", "check", "{path}", "--for", "bao-cao")),
}
CASES = [(door, name) for door, one in DOORS.items() for name in one.files]


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a workspace, into which one stranger's file after the other is put."""
    folder = tmp_path_factory.mktemp("strangers")
    begun(folder)
    ran(folder, "init-unit", "so-y-te")
    return folder


SMALL = """
import json, resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=2)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
"""Starts a process and measures it: a small process, since what starts another lends it its own peak."""


@dataclass(frozen=True)
class Cost:
    """What a process took: its code, seconds of CPU time, megabytes at most, with those it started; what it told."""

    code: int
    seconds: float
    megabytes: float
    told: str


def measured(arguments: list[str], folder: Path) -> Cost:
    """Run danvan in a process of its own, and measure it."""
    out = folder.parent / "told.txt"
    with out.open("wb") as told:
        done = subprocess.run(
            [sys.executable, "-S", "-c", SMALL, sys.executable, "-m", "danvan_cli", *arguments],
            check=True, cwd=folder, stdout=subprocess.PIPE, stderr=told, env=environment(TODAY), timeout=600,
        )  # fmt: skip
    code, seconds, most = json.loads(done.stdout)
    text = out.read_bytes().decode("utf-8", "replace")
    return Cost(code, seconds, most / (2**20 if sys.platform == "darwin" else 2**10), text)


@pytest.mark.parametrize(("door", "name"), CASES, ids=lambda one: one)
def test_it_costs_no_more_than_it_may(door: str, name: str, base: Path) -> None:
    one = DOORS[door]
    path = base / one.name.format(name)
    before = path.read_bytes() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(one.files[name]())
    try:
        cost = measured([text.format(path=path) for text in one.arguments], base / "ws")
    finally:
        path.unlink()
        if before is not None:
            path.write_bytes(before)
        (base / "ws" / "sửa.docx").unlink(missing_ok=True)
        shutil.rmtree(base / "ws" / "province", ignore_errors=True)
    with Path(os.environ.get("FIRE_FIGURES", os.devnull)).open("a", encoding="utf-8") as out:
        out.write(f"{door}\t{name}\t{cost.code}\t{cost.seconds:.1f} s\t{cost.megabytes:.0f} MB\t{cost.told[-150:]!r}\n")
    assert cost.code in {0, 1, 2}, cost
    assert "lỗi trong chính danvan" not in cost.told
    assert "Traceback" not in cost.told
    assert cost.seconds < one.seconds, cost
    assert cost.megabytes < one.megabytes, cost


def test_many_documents_take_no_more_memory_than_few(base: Path, tmp_path: Path) -> None:
    """Each of these reports took three megabytes until all were in."""
    shutil.copytree(base / "ws", tmp_path / "ws")
    ran(tmp_path, "init-unit", "so-noi-vu")
    ran(tmp_path, "report", "so-noi-vu", "--period", "6m")
    report = tmp_path / "ws" / "units" / "so-noi-vu" / "out" / "bao-cao-6m.docx"
    costs = []
    for count in (20, 120):
        box = tmp_path / "ws" / f"{count}"
        box.mkdir()
        for number in range(count):
            issued(report, box / f"{number} BC.docx", f"{count}{number}", "05")
        cost = measured(["receive", box.name, "--received", "9/5/2023"], tmp_path / "ws")
        assert cost.told.count("so-noi-vu, 6m") == count, cost
        costs.append(cost.megabytes)
    assert costs[1] < 1.1 * costs[0], costs


def test_all_at_once_keep_nothing_sound_out(base: Path) -> None:
    """Files that are bad in every way stand beside one that is sound: it comes in, and they cost what they may."""
    box = base / "ws" / "thư"
    box.mkdir()
    for kind, files in (("zip", PACKAGES), ("docx", WORD), ("xlsx", BOOKS), ("pdf", PDFS)):
        for number, make in enumerate(files.values()):
            (box / f"{number} SYT.{kind}").write_bytes(make())
    (box / "so-y-te.jpg").write_bytes(b"\xff\xd8\xff")
    cost = measured(["receive", "thư", *WHOSE, "--received", "9/5/2023"], base / "ws")
    assert cost.code == 1, cost
    assert "lỗi trong chính danvan" not in cost.told
    assert "so-y-te.jpg → so-y-te, 6m" in cost.told
    assert cost.seconds < 180, cost
    assert cost.megabytes < 1200, cost
