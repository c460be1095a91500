"""Speed and memory beside other tools, as ratios measured in one run on one machine.

    python benchmarks/run.py

Whole processes are timed, ours and theirs in turn, and medians compared. Exits with 1 where a target is missed, with 2
where something could not be measured. Needs `pip install '.[bench]'`.
"""

from __future__ import annotations

import os
import re
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

if TYPE_CHECKING:
    from collections.abc import Callable

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent
SCRIPTS: Final = Path(sys.executable).parent
PYTHON: Final = [sys.executable]
DANVAN: Final = [str(SCRIPTS / "danvan")]
JSONSCHEMA: Final = [str(SCRIPTS / "check-jsonschema"), "--no-cache", "--schemafile"]
# The smallest program of the command line's own library: what no command of ours can be faster than.
FLOOR: Final = """\
import typer
app = typer.Typer(rich_markup_mode=None, add_completion=False)
@app.command()
def nothing(lang: str = ""): ...
app(["--help"])
"""
ROUNDS: Final = 15
# Compiled modules are kept, as in every installation, whatever the shell says.
ENV: Final = {k: v for k, v in os.environ.items() if k not in {"PYTHONDONTWRITEBYTECODE", "DANVAN_LANG"}}


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
        return f"{self.what:<34} {self.ours:>10} {self.theirs:>10} {self.ratio:>8.3f}  {target:<8} {verdict}".rstrip()


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


def documents() -> Line:
    """Documents per second, from `documents.py`, which measures within one process."""
    ran = subprocess.run(
        [*PYTHON, str(HERE / "documents.py")], check=False, stdout=subprocess.PIPE, encoding="utf-8", env=ENV
    )
    found = re.search(r"([\d.]+) x .*?([\d.]+) ms against ([\d.]+) ms", ran.stdout)
    if not found:
        raise subprocess.CalledProcessError(ran.returncode, "documents.py", ran.stdout)
    ratio, ours, theirs = found.groups()
    return Line("documents per second : docxtpl", f"{ours} ms", f"{theirs} ms", float(ratio), least=15)


def commands() -> list[Line]:
    """Start-up of every command: its help page, beside the smallest program of the same library."""
    names = subprocess.run(
        [*PYTHON, "-c", "from danvan_cli.cli.app import COMMANDS; print(*COMMANDS)"],
        check=True, stdout=subprocess.PIPE, encoding="utf-8", env=ENV,
    ).stdout.split()  # fmt: skip
    floor = [*PYTHON, "-c", FLOOR]
    return [
        timed(
            f"{' '.join([*shown, '--help'])} : floor", compared([*DANVAN, *shown, "--help"], floor, ROUNDS // 3), None
        )
        for shown in ([], *([name] for name in names))
    ]


def main() -> int:
    print(f"{'what':<34} {'ours':>10} {'theirs':>10} {'ratio':>8}  target")
    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as folder:
        parts: tuple[Callable[[], list[Line]], ...] = (
            lambda: [start_up()],
            lambda: checks(Path(folder)),
            lambda: [documents()],
            commands,
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
