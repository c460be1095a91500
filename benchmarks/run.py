"""Speed and memory beside other tools, as ratios measured in one run on one machine.

    python benchmarks/run.py

Whole processes are timed, ours and theirs in turn, and medians compared. Exits with 1 where a target is missed, with 2
where something could not be measured. Needs `pip install '.[bench]'`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from plans import plan
from scores import workspace
from units import many_units

if TYPE_CHECKING:
    from collections.abc import Callable

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent
SCRIPTS: Final = Path(sys.executable).parent
PYTHON: Final = [sys.executable]
DANVAN: Final = [str(SCRIPTS / "danvan")]
JSONSCHEMA: Final = [str(SCRIPTS / "check-jsonschema"), "--no-cache", "--schemafile"]
FLOOR: Final = [*PYTHON, "-c", f"import sys; sys.path[0] = {str(HERE)!r}; from floors import run; run()"]
SLOWEST: Final = 1.4
"""So many times its floor a command may take to start, and to do its work on next to nothing."""
# What has how many options: `danvan` itself under no name.
OPTIONS: Final = """\
import json
from danvan_cli.cli import app
group = app.get_command(app.app)
print(json.dumps({"": 2} | {name: len(one.load().params) for name, one in group.commands.items()}))
"""
ROUNDS: Final = 15
# Compiled modules are kept, as in every installation, whatever the shell says.
# Nothing is remembered from one run to the next, but where that is what is measured.
ENV: Final = {k: v for k, v in os.environ.items() if k not in {"PYTHONDONTWRITEBYTECODE", "DANVAN_LANG"}} | {
    "XDG_CACHE_HOME": os.devnull
}


@dataclass(frozen=True)
class Line:
    """One line of the table: a ratio, ours over theirs, and its target (None where there is none)."""

    what: str
    ours: str
    theirs: str
    ratio: float
    most: float | None = None
    least: float | None = None

    @property
    def met(self) -> bool:
        return (self.most is None or self.ratio <= self.most) and (self.least is None or self.ratio >= self.least)

    def __str__(self) -> str:
        target = f"<= {self.most}" if self.most else f">= {self.least}" if self.least else ""
        verdict = ("met" if self.met else "NOT MET") if target else ""
        return f"{self.what:<46} {self.ours:>10} {self.theirs:>10} {self.ratio:>8.3f}  {target:<8} {verdict}".rstrip()


@dataclass(frozen=True)
class Cost:
    """What a process took: seconds of the clock, and megabytes of memory at its peak."""

    seconds: float
    megabytes: float


def cost(command: list[str]) -> Cost:
    """Run a command to its end and measure it.

    Raises:
        subprocess.CalledProcessError: if it fails, or finds an error in the plan.
    """
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENV)
    _pid, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(seconds, used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10))


def compared(ours: list[str], theirs: list[str], rounds: int) -> tuple[Cost, Cost]:
    """Run two commands in turn, after one run of each that does not count; give the medians."""
    for command in (ours, theirs):
        cost(command)
    pairs = [(cost(ours), cost(theirs)) for _ in range(rounds)]
    mine, other = ([pair[side] for pair in pairs] for side in (0, 1))
    return _middle(mine), _middle(other)


def _middle(costs: list[Cost]) -> Cost:
    return Cost(median(one.seconds for one in costs), median(one.megabytes for one in costs))


def timed(what: str, costs: tuple[Cost, Cost], most: float | None) -> Line:
    mine, other = (one.seconds * 1000 for one in costs)
    return Line(what, f"{mine:.0f} ms", f"{other:.0f} ms", mine / other, most)


def start_up() -> Line:
    costs = compared([*DANVAN, "--version"], [*PYTHON, "-c", "pass"], 3 * ROUNDS)
    return timed("--version : python -c pass", costs, 3)


def checks(folder: Path) -> list[Line]:
    """Check the shipped plan and big ones, beside check-jsonschema with our own schema."""
    schema = folder / "plan.schema.json"
    schema.write_bytes(subprocess.run([*DANVAN, "schema", "plan"], check=True, stdout=subprocess.PIPE, env=ENV).stdout)
    shutil.copy(ROOT / "plans" / "calendar.yaml", folder)
    lines = []
    for name, size, most, rounds in (
        ("plans/2023.yaml", 0, 0.8, ROUNDS),
        ("10,000 lines", 10_000, 0.25, ROUNDS // 2),
        ("100,000 lines", 100_000, 0.1, ROUNDS // 4),
    ):
        path = folder / f"{size}.yaml" if size else ROOT / name
        if size:
            path.write_text(plan(size), encoding="utf-8")
        costs = compared([*DANVAN, "check", str(path)], [*JSONSCHEMA, str(schema), str(path)], rounds)
        lines.append(timed(f"check {name}", costs, most))
        if size == 100_000:
            mine, other = (one.megabytes for one in costs)
            lines.append(Line(f"check {name}, memory", f"{mine:.0f} MB", f"{other:.0f} MB", mine / other, 0.7))
    return lines


def workspaces(folder: Path) -> list[Line]:
    """Check a workspace of 150 units, nothing and then everything known from the check before."""
    root = folder / "150-units"
    many_units(root)
    for kind in ("unit", "plan"):
        made = subprocess.run([*DANVAN, "schema", kind], check=True, stdout=subprocess.PIPE, env=ENV).stdout
        (folder / f"{kind}.json").write_bytes(made)
    files = [str(path) for path in sorted((root / "units").glob("*/unit.yaml"))]
    theirs = [*JSONSCHEMA, str(folder / "unit.json"), *files]
    ours = [*DANVAN, "check", str(root)]
    known = ["env", f"XDG_CACHE_HOME={folder / 'cache'}", *ours]
    return [
        timed("check 150 units, cold", compared(ours, theirs, ROUNDS // 3), 0.2),
        timed("check 150 units, unchanged", compared(known, theirs, ROUNDS // 3), 0.1),
    ]


def diffs(folder: Path) -> list[Line]:
    """Compare two plans of 10,000 lines, beside checking one of them."""
    old, new = folder / "10000.yaml", folder / "10000-new.yaml"
    new.write_text(plan(10_000).replace("công khai", "minh bạch"), encoding="utf-8")
    costs = compared([*DANVAN, "diff", str(old), str(new)], [*DANVAN, "check", str(old)], ROUNDS // 2)
    return [timed("diff of 10,000 lines : check of one", costs, 3)]


def documents() -> list[Line]:
    """Word documents, from `documents.py`, which measures within its own processes."""
    command = [*PYTHON, str(HERE / "documents.py")]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8", env=ENV)
    return [
        Line(one["what"], *(f"{one[side]:.3g} {one['unit']}" for side in ("ours", "theirs")), one["ratio"],
             one.get("most"), one.get("least"))
        for one in json.loads(ran.stdout)
    ]  # fmt: skip


def scores(folder: Path) -> list[Line]:
    """Score 500 and 5,000 units from files on disk, beside PyYAML's fast loader reading the same files."""
    costs = {}
    for units in (500, 5000):
        root = folder / f"{units}-units"
        workspace(root, units)
        os.chdir(root)
        peer = [*PYTHON, str(HERE / "scores.py"), str(root)]
        costs[units] = compared([*DANVAN, "score", "--all", "--no-sheet"], peer, ROUNDS // 3)
    few, many = (costs[units][0] for units in (500, 5000))
    return [
        timed("score 5,000 units : CSafeLoader alone", costs[5000], 1.5),
        timed("score 5,000 units : 500 units", (many, few), 11),
        Line("score 5,000 units, memory : 300 MB", f"{many.megabytes:.0f} MB", "300 MB", many.megabytes / 300, 1),
    ]


def books(folder: Path) -> list[Line]:
    """Workbooks out and in, beside openpyxl; then 15 and 150 units through the commands."""
    script, path = [*PYTHON, str(HERE / "books.py")], folder / "so.xlsx"
    cost([*script, "write", "ours", "1", str(path)])
    lines = []
    for way, least in (("write", 2), ("read", 5)):
        mine, other = compared(
            [*script, way, "ours", "100", str(path)], [*script, way, "theirs", "100", str(path)], ROUNDS // 5
        )
        ratio = other.seconds / mine.seconds
        shown = [f"{one.seconds * 10:.0f} ms" for one in (mine, other)]
        lines.append(Line(f"{way} a workbook, openpyxl : ours", *shown, ratio, least=least))
    few, many = [], []
    for units, costs in ((15, few), (150, many)):
        root = folder / f"books-{units}"
        many_units(root, units)
        os.chdir(root)
        costs.append(cost([*DANVAN, "workbook", "--all", "--to", "sent"]))
        sent = [str(one) for one in sorted((root / "sent").glob("*/so-lieu.xlsx"))]
        costs.append(cost([*DANVAN, "fill", *sent]))
    for what, small, large in zip(("workbook --all", "fill"), few, many, strict=True):
        lines.append(timed(f"{what}, 150 units : 15 units", (large, small), 11))
        megabytes = [f"{one.megabytes:.0f} MB" for one in (large, small)]
        lines.append(Line(f"{what}, 150 : 15 units, memory", *megabytes, large.megabytes / small.megabytes, 1.5))
    return lines


def desk(folder: Path) -> list[Line]:
    """The coordinator's desk at 400 and 4,000 units, and packages taken in beside unzipping, hashing and writing them."""
    script, lines = [*PYTHON, str(HERE / "desk.py")], []
    costs = {}
    for units in (400, 4000):
        root = folder / f"desk-{units}"
        cost([*script, "make", str(root), str(units)])
        os.chdir(root)
        peer = [*script, "read", str(root)]
        costs[units] = {
            what: compared([*DANVAN, what, *more, "--json"], peer, ROUNDS // 3)
            for what, more in (("status", ()), ("summary", ("--period", "6m")), ("rank", ()))
        }
    for what, (mine, other) in costs[4000].items():
        if what == "status":
            lines.append(timed("status, 4,000 units : CSafeLoader alone", (mine, other), 1.5))
        else:
            lines.append(
                Line(
                    f"{what}, 4,000 units, memory : 400 MB",
                    f"{mine.megabytes:.0f} MB",
                    "400 MB",
                    mine.megabytes / 400,
                    1,
                )
            )
        lines.append(timed(f"{what}, 4,000 units : 400 units", (mine, costs[400][what][0]), 11))
    return [*lines, receiving(folder, script)]


def page(folder: Path) -> list[Line]:
    """The page of 150 and of 4,000 units: how long it takes beside reading the same YAML, how large it is."""
    script, lines = [*PYTHON, str(HERE / "page.py")], []
    for units, most in ((150, 600_000), (4000, 4_000_000)):
        root = folder / f"page-{units}"
        cost([*script, "make", str(root), str(units)])
        os.chdir(root)
        ours = [*script, "write", str(root)]
        rounds = range(ROUNDS // 3 if units == 150 else 1)
        ran = [subprocess.run(ours, check=True, stdout=subprocess.PIPE, encoding="utf-8", env=ENV) for _one in rounds]
        told = [json.loads(one.stdout) for one in ran]
        seconds, size = median(one["seconds"] for one in told), told[0]["bytes"]
        if units == 150:
            lines.append(Line("page, 150 units, start-up apart : 1 s", f"{seconds:.2f} s", "1 s", seconds, 1))
        peer = [*script, "read", str(root)]
        lines.append(timed(f"page, {units:,} units : CSafeLoader alone", compared([*DANVAN, "page"], peer, 1), 3))
        lines.append(
            Line(f"page, {units:,} units, size", f"{size / 1000:.0f} KB", f"{most // 1000} KB", size / most, 1)
        )
        if units == 4000 and shutil.which("chromium") and shutil.which("chromedriver"):
            browse = [*script, "browse", str(root / "build" / "trang.html")]
            seen = json.loads(subprocess.run(browse, check=True, stdout=subprocess.PIPE, env=ENV).stdout)
            for what, limit in (("opened", 2), ("filtered", 0.1)):
                name, took = f"page, {units:,} units, {what} in Chromium : {limit} s", seen[what]
                lines.append(Line(name, f"{took:.2f} s", f"{limit} s", took / limit, 1))
    return lines


def receiving(folder: Path, script: list[str]) -> Line:
    """Take in 300 packages, each time into folders where nothing was before: deleting makes file systems slow for a while."""
    box = folder / "packages"
    cost([*script, "pack", str(box), "300"])
    pairs = []
    for number in range(ROUNDS // 3):
        to = folder / f"taken-{number}"
        shutil.copytree(box / "tinh", to / "tinh")
        os.sync()
        os.chdir(to / "tinh")
        ours = cost([*DANVAN, "receive", str(box / "hop-thu"), "--received", "2023-05-08"])
        pairs.append((ours, cost([*script, "take", str(box / "hop-thu"), str(to / "peer")])))
    mine, other = ([pair[side] for pair in pairs] for side in (0, 1))
    return timed("receive 300 packages : unzip, hash, fsync", (_middle(mine), _middle(other)), 1.5)


# Each command on next to nothing: what is typed, its floor, and what that reads. The floor takes no options here: what
# Typer spends on them is no need. A command that makes documents finds them made, so that both only read, and the floor
# compiles the template. One that reads nothing stands beside a help page, as do `init` and `templates list`, which copy
# and name what is shipped. `demo` is no start but the whole work: its help page stands for it.
PLAN, CALENDAR, UNIT = "plans/2023.yaml", "plans/calendar.yaml", "units/so-1-1/unit.yaml"
REPORT: Final = "units/so-1-1/out/bao-cao-bc-1-1.docx"
BOOK: Final = "units/so-1-1/out/so-lieu.xlsx"
RUBRIC, ANSWERS = "plans/2023.rubric.yaml", "units/so-1-1/score.yaml"
SCAN: Final = "scan.jpg"
RECEIPT: Final = "province/received/so-1-1/bc-1-1/*/receipt.yaml"
SMALL_RUBRIC: Final = """\
format: danvan-rubric/1
plan: "2023"
rubrics:
  - id: gia-dinh
    name: Bộ tiêu chí giả định để đo tốc độ
    version: 1
    official: false
    source: Số liệu giả định.
    basis: []
    from: 2023-01-01
    to: 2023-12-31
    blocks: [so]
    max: 10
    rounding: {places: 2, rule: half-up}
    criteria:
      - id: "1"
        title: Nhóm giả định
        max: 10
        criteria:
          - {id: "1.1", title: Tiêu chí giả định, max: 10, graded: 0.5}
    bands:
      - {id: dat, name: Đạt, from: 0}
"""
SMALL_ANSWERS: Final = """\
format: danvan-score/1
answers: {"1.1": {points: 8}}
"""
PAGE: Final = "help 0 --help"
TEMPLATES: Final = ROOT / "templates"
WORK: Final = {
    "": ("", f"read 0 {PLAN} {CALENDAR}"),
    "init": ("init new --sample", PAGE),
    "check": (f"check {PLAN} {CALENDAR} {UNIT}", f"read 0 {PLAN} {CALENDAR} {UNIT}"),
    "show": ("show", f"read 0 {PLAN} {CALENDAR}"),
    "diff": (f"diff {PLAN} {PLAN}", f"read 0 {PLAN} {PLAN} {RUBRIC} {RUBRIC}"),
    "export": ("export", f"make 0 {PLAN} {CALENDAR} TEMPLATES/ke-hoach-tinh.md.j2"),
    "save": ("save", f"read 0 {PLAN} {CALENDAR}"),
    "rule": ("rule DV302", PAGE),
    "schema": ("schema plan", "schema 0"),
    "init-unit": ("init-unit so-1-1", f"read 0 {PLAN} {CALENDAR}"),
    "update-unit": ("update-unit so-1-1", f"read 0 {PLAN} {CALENDAR} {UNIT}"),
    "log": ("log so-1-1 II.1.1 --status doing", f"read 0 {PLAN} {CALENDAR} {UNIT}"),
    "score": (
        "score so-1-1",
        f"make 0 {PLAN} {CALENDAR} {UNIT} {RUBRIC} {ANSWERS} TEMPLATES/bang-tu-cham-diem.md.j2",
    ),
    "templates": ("templates list", PAGE),
    "format-check": (f"format-check {REPORT}", f"read 0 {REPORT}"),
    "workbook": ("workbook so-1-1", f"book 0 {PLAN} {CALENDAR} {UNIT} {RUBRIC} {ANSWERS}"),
    "fill": (f"fill {BOOK}", f"read 0 {BOOK} {PLAN} {CALENDAR} {UNIT} {RUBRIC} {ANSWERS}"),
    "calendar": ("calendar", f"read 0 {PLAN} {CALENDAR}"),
    "submit": (
        "submit so-1-1 --period bc-1-1",
        f"make 0 {PLAN} {CALENDAR} {UNIT} {REPORT} TEMPLATES/bao-cao.md.j2 TEMPLATES/muc-luc-goi.md.j2",
    ),
    "receive": (f"receive {SCAN} --unit so-1-1 --deliverable bc-1-1", f"read 0 {PLAN} {CALENDAR} {RECEIPT}"),
    "status": ("status", f"read 0 {PLAN} {CALENDAR} {RECEIPT}"),
    "remind": ("remind --as-of 1/1/2023", f"read 0 {PLAN} {CALENDAR} {RECEIPT}"),
    "obstacles": ("obstacles", f"read 0 {PLAN} {CALENDAR} {UNIT}"),
    "review": ("review show so-1-1", f"read 0 {PLAN} {CALENDAR} {RUBRIC} {ANSWERS}"),
    "rank": ("rank", f"read 0 {PLAN} {CALENDAR} {RUBRIC} {ANSWERS}"),
    "report": ("report so-1-1 --period bc-1-1", f"make 0 {PLAN} {CALENDAR} {UNIT} TEMPLATES/bao-cao.md.j2"),
}


def starts(folder: Path) -> list[Line]:
    """Start-up of every command: its help page and its work on next to nothing, each beside its floor."""
    root = folder / "small"
    (root / "plans").mkdir(parents=True)
    (root / PLAN).write_text(plan(100), encoding="utf-8")
    shutil.copy(ROOT / CALENDAR, root / "plans")
    (root / RUBRIC).write_text(SMALL_RUBRIC, encoding="utf-8")
    (root / SCAN).write_bytes(b"\xff\xd8\xff")
    (root / "answers.yaml").write_text(SMALL_ANSWERS, encoding="utf-8")
    os.chdir(root)
    for prepared in (
        "init new --sample",
        "init-unit so-1-1",
        "log so-1-1 II.1.1 --status doing",
        "export",
        "score so-1-1 --answers answers.yaml",
        "report so-1-1 --period bc-1-1",
        "workbook so-1-1",
        f"receive {SCAN} --unit so-1-1 --deliverable bc-1-1",
    ):
        cost([*DANVAN, *prepared.split()])
    told = subprocess.run([*PYTHON, "-c", OPTIONS], check=True, stdout=subprocess.PIPE, encoding="utf-8", env=ENV)
    lines = []
    for name, options in json.loads(told.stdout).items():
        pairs = [(f"{name} --help", f"help {options} --help"), *([WORK[name]] if name in WORK else [])]
        for typed, floor in pairs:
            [receipt] = map(str, Path().glob(RECEIPT))  # its folder is named by the day on which it came
            needed = [one.replace(RECEIPT, receipt).replace("TEMPLATES", str(TEMPLATES)) for one in floor.split()]
            costs = compared([*DANVAN, *typed.split()], [*FLOOR, *needed], ROUNDS // 2)
            what = f"danvan {typed.strip()}".strip()
            lines.append(timed(f"{what if len(what) < 32 else what[:31] + '…'} : {floor.split()[0]}", costs, SLOWEST))
    typed = ["env", "_DANVAN_COMPLETE=complete_zsh", "_TYPER_COMPLETE_ARGS=danvan report so", *DANVAN]
    tab = median(cost(typed).seconds for _ in range(ROUNDS // 3))
    return [*lines, Line("the Tab key's answer : half a second", f"{tab * 1000:.0f} ms", "500 ms", tab / 0.5, 1)]


def main() -> int:
    print(f"{'what':<46} {'ours':>10} {'theirs':>10} {'ratio':>8}  target")
    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as folder:
        parts: tuple[Callable[[], list[Line]], ...] = (
            lambda: [start_up()],
            lambda: checks(Path(folder)),
            lambda: workspaces(Path(folder)),
            lambda: diffs(Path(folder)),
            documents,
            lambda: scores(Path(folder)),
            lambda: books(Path(folder)),
            lambda: desk(Path(folder)),
            lambda: page(Path(folder)),
            lambda: starts(Path(folder)),
        )
        for some in parts:
            try:
                lines += (measured := some())
            except (subprocess.CalledProcessError, FileNotFoundError) as error:
                print(f"not measured: {error}", file=sys.stderr)
                return 2
            print(*measured, sep="\n", flush=True)
    return 0 if all(line.met for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
