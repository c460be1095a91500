"""What the tests of a unit's workbook begin with: it is made, opened, filled in and read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from books import Book
from danvan_cli.excel.baseline import sent
from danvan_cli.ooxml.xlsx import read_xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Result, Run

UNIT = "so-y-te"


SCORED = (
    f"init-unit {UNIT}",
    f"log {UNIT} --from samples/{UNIT}.unit.yaml",
    f"score {UNIT} --answers samples/{UNIT}.score.yaml --no-sheet",
)
"""What gives the unit sample results and answers."""


_MADE: dict[tuple[bytes, ...], bytes] = {}


def made(run: Run, unit: Path, name: str = "so.xlsx") -> Book:
    """Make the unit's workbook and open it."""
    return Book(_written(run, unit, name))


def _written(run: Run, unit: Path, name: str) -> Path:
    """Make the unit's workbook, once of the same files."""
    path = unit.parents[1] / name
    behind = (*files(unit), *(one.read_bytes() for one in sorted((unit.parents[1] / "plans").glob("*.yaml"))))
    if behind not in _MADE:
        done = run("workbook", UNIT, "-o", path, "--force", cwd=unit)
        assert done.code == 0, done.stderr
        _MADE[behind] = path.read_bytes()
    path.write_bytes(_MADE[behind])
    return path


def files(unit: Path) -> tuple[bytes, bytes]:
    return (unit / "unit.yaml").read_bytes(), (unit / "score.yaml").read_bytes()


def fields(path: Path) -> dict[tuple[str, ...], str]:
    """Give every field that a fresh workbook holds."""
    base = sent(read_xlsx(path.read_bytes(), path.name), path.name)
    return {cell[0]: cell[1] for rows in base.cells.values() for row in rows.values() for cell in row.values()}


def recorded(run: Run, unit: Path) -> dict[tuple[str, ...], str]:
    return fields(_written(run, unit, "sau.xlsx"))


def filled(run: Run, unit: Path, *arguments: object) -> Result:
    return run("fill", *arguments, cwd=unit.parents[1])
