"""Eight writers at once: of what exited 0 nothing is lost, nobody waits over five seconds, who is killed blocks nobody."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import time
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from forked import ended, forked, told
from writing import TODAY, recorded, scored

from books import Book
from commands import environment
from danvan_cli.unit.evidence import sha256
from verified import UNIT

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="writers are forked")
WRITERS = 8
KILLED = 12
"""One of so many is killed on its way."""
WAITED = "một lệnh danvan khác đang ghi"


@dataclass(frozen=True)
class Done:
    """A command that ended: its mark, its code (minus the signal), what it told, seconds."""

    mark: str
    code: int
    told: str
    seconds: float


def ran(folder: Path, arguments: list[str], mark: str, kill: float | None) -> Done:
    """Run a command in a process of its own; kill it after so many seconds."""
    out = folder.parent / f"told-{os.getpid()}.txt"
    start, process = time.monotonic(), forked(lambda: told(arguments, out))
    if kill is not None:
        time.sleep(kill)
        os.kill(process, signal.SIGKILL)
    return Done(mark, ended(process), out.read_text("utf-8"), time.monotonic() - start)


def raced(folder: Path, command: Callable[[int, str], list[str]], seconds: float, most: int = 10_000) -> list[Done]:
    """Let eight writers run commands again and again, each with a mark of its own; some are killed."""
    until = time.monotonic() + seconds

    def write(writer: int) -> int:
        os.environ.update(environment(TODAY))
        os.chdir(folder)
        dice, done = random.Random(writer), []
        for turn in range(most):
            if time.monotonic() > until:
                break
            mark = f"w{writer}x{turn}"
            kill = dice.random() * 0.3 if dice.randrange(KILLED) == 0 else None
            done.append(vars(ran(folder, command(writer, mark), mark, kill)))
        (folder.parent / f"done-{writer}.json").write_text(json.dumps(done), "utf-8")
        return 0

    children = [forked(partial(write, writer)) for writer in range(WRITERS)]
    assert [ended(one) for one in children] == [0] * WRITERS
    paths = [folder.parent / f"done-{writer}.json" for writer in range(WRITERS)]
    return [Done(**one) for path in paths for one in json.loads(path.read_text("utf-8"))]


def held(done: list[Done], there: set[str], *, refused: str = "", name: str = "") -> None:
    """See that all that exited 0 is there, and that nothing else happened than that, a kill, or a refusal that is right."""
    codes = Counter(one.code for one in done)
    lost = [one.mark for one in done if one.code == 0 and one.mark not in there]
    assert not lost
    assert codes[0] >= WRITERS
    for one in done:
        assert one.code in {0, -signal.SIGKILL} or (refused and re.search(refused, one.told)), one
        assert WAITED not in one.told
    with Path(os.environ.get("FIRE_FIGURES", os.devnull)).open("a", encoding="utf-8") as out:
        longest = max(one.seconds for one in done)
        out.write(f"race {name}\t{len(done)}\t{codes[0]} done\t{codes[-9]} killed\t{longest:.2f} s at most\n")


def marks(path: Path) -> set[str]:
    """Give the marks in a file, which must be whole, each once."""
    text = path.read_text("utf-8")
    assert isinstance(yaml.safe_load(text), dict)
    found = Counter(re.findall(r"\bw\d+x\d+\b", text))
    assert set(found.values()) <= {1}, [one for one, count in found.items() if count > 1]
    return set(found)


def activity(_writer: int, mark: str) -> list[str]:
    """Record something a unit has done."""
    return ["log", UNIT, "II.1.1", "--activity", f"Việc {mark}"]


def on_a_unit(folder: Path, seconds: float) -> None:
    """Race on one file of one unit."""
    recorded(folder)
    done = raced(folder / "ws", activity, seconds)
    held(done, marks(folder / "ws" / "units" / UNIT / "unit.yaml"), name="unit")


def on_one_field(folder: Path, seconds: float) -> None:
    """Race on one field: who comes second is refused, or says what it replaced."""
    recorded(folder)
    done = raced(
        folder / "ws",
        lambda _w, mark: ["log", UNIT, "II.1.1", "--period", "6m", "--result", f"Kết quả {mark}"],
        seconds,
    )
    (last,) = marks(folder / "ws" / "units" / UNIT / "unit.yaml")
    held(done, {one.mark for one in done if "sửa kết quả" in one.told} | {last}, refused="vừa được sửa", name="field")


def on_the_plan(folder: Path, seconds: float) -> None:
    """Race on the plan."""
    recorded(folder)
    done = raced(
        folder / "ws",
        lambda _w, mark: ["exempt", "6m", UNIT, "-n", f"9/{mark}", "-d", "28/4/2023"],
        seconds,
    )
    held(done, marks(folder / "ws" / "plans" / "2023.yaml"), name="plan")


def on_a_review(folder: Path, seconds: float) -> None:
    """Race on one review; ids of inspections are each their own."""
    scored(folder)
    done = raced(folder / "ws", lambda _w, mark: ["review", "inspect", UNIT, "--finding", f"Thấy {mark}"], seconds)
    path = folder / "ws" / "province" / "reviews" / f"{UNIT}.yaml"
    held(done, marks(path), name="review")
    ids = [one["id"] for one in yaml.safe_load(path.read_text("utf-8"))["inspections"]]
    assert len(ids) == len(set(ids))
    told = {one.mark: re.search(r"«(kt-\d+)»", one.told) for one in done if one.code == 0}
    there = {one["finding"].split()[-1]: one["id"] for one in yaml.safe_load(path.read_text("utf-8"))["inspections"]}
    assert {mark: found and found[1] for mark, found in told.items()} == {mark: there[mark] for mark in told}


def of_workbooks(folder: Path, seconds: float) -> None:
    """Fill workbooks in beside a unit's own records; each workbook has another cell typed in."""
    recorded(folder)
    os.environ.update(environment(TODAY))
    assert ran_here(folder / "ws", "workbook", UNIT, "-o", "../so.xlsx") == 0
    tasks = [f"II.1.{i}" for i in (1, 2, 3)] + ["II.2.1", "II.2.2", "II.3.1"]
    for number, task in enumerate(tasks):
        book = Book(folder / "so.xlsx")
        book.put("ke-hoach", f"{task}|+1", "content", f"Sổ w{number}x0")
        book.save(folder / f"so-{number}.xlsx")

    def command(writer: int, mark: str) -> list[str]:
        turn = int(mark.partition("x")[2])
        if writer < len(tasks) and turn == 0:
            return ["fill", f"../so-{writer}.xlsx"]
        return activity(writer, mark)

    done = raced(folder / "ws", command, seconds)
    held(done, marks(folder / "ws" / "units" / UNIT / "unit.yaml"), name="fill beside log")


def ran_here(folder: Path, *arguments: str) -> int:
    """Run a command and give its code."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        return ran(folder, list(arguments), "", None).code
    finally:
        os.chdir(before)


def of_one_file(folder: Path, seconds: float) -> None:
    """Bring the same files of evidence, under titles of their own, of which the last stands; some are refused after the file is there."""
    recorded(folder)
    for number in range(3):
        (folder / f"bb{number}.jpg").write_bytes(b"\xff\xd8\xff" + bytes([number]) * 50_000)

    def command(writer: int, mark: str) -> list[str]:
        turn = int(mark.partition("x")[2])
        task = "II.1.1" if writer % 4 else "II.99.9"
        return ["log", UNIT, task, "--evidence", f"../bb{turn % 3}.jpg", "--title", f"Tệp {mark}"]

    done = raced(folder / "ws", command, seconds)
    path = folder / "ws" / "units" / UNIT / "unit.yaml"
    told = {one.mark for one in done if one.code in {0, -signal.SIGKILL}}
    held(done, told, refused=r"II\.99\.9|vừa được sửa ở chỗ khác", name="evidence")
    every: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))["tasks"]["II.1.1"]["evidence"]
    brought = [one for one in every if one.get("file", "").startswith("bb")]
    assert {one["file"] for one in brought} == {"bb0.jpg", "bb1.jpg", "bb2.jpg"}
    assert marks(path) == {one["title"].removeprefix("Tệp ") for one in brought} <= told
    for one in every:
        if "file" in one:
            assert sha256(path.parent / "evidence" / one["file"]) == one["sha256"]


RACES = [on_a_unit, on_one_field, on_the_plan, on_a_review, of_workbooks, of_one_file]


@pytest.mark.fire
@pytest.mark.parametrize("race", RACES)
def test_eight_writers_for_a_minute(race: Callable[[Path, float], None], tmp_path: Path) -> None:
    race(tmp_path, 60)
