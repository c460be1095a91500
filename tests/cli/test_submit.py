"""`danvan submit`: a package of the report, the record and the evidence."""

from __future__ import annotations

import hashlib
import zipfile
from typing import TYPE_CHECKING

import pytest

from received import RECORDED, TODAY, UNIT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands import Run


@pytest.fixture
def unit(begun: Callable[..., Path]) -> Path:
    """Give a workspace with a unit that has recorded things, and its six-month report."""
    return begun(*RECORDED)


def test_the_package_holds_report_record_and_what_they_weigh(run: Run, unit: Path) -> None:
    made = run("submit", UNIT, "--period", "6m", cwd=unit, today=TODAY)
    assert (made.code, "chưa có số, ngày ban hành" in made.stderr) == (0, True)
    path = unit / "units" / UNIT / "out" / "goi-6m.zip"
    with zipfile.ZipFile(path) as zipped:
        held = {name: zipped.read(name) for name in zipped.namelist()}
    top = f"{UNIT}-6m/"
    assert {f"{top}data/{name}" for name in ("bao-cao-6m.docx", "muc-luc.docx", "unit.yaml")} < held.keys()
    sums = [line.split(maxsplit=1) for line in held[f"{top}manifest-sha256.txt"].decode().splitlines()]
    assert {top + name for _sum, name in sums} == {name for name in held if "/data/" in name}
    assert [hashlib.sha256(held[top + name]).hexdigest() for _sum, name in sums] == [one for one, _name in sums]
    assert held[f"{top}data/unit.yaml"] == (unit / "units" / UNIT / "unit.yaml").read_bytes()


def test_what_is_not_finished_is_not_packed_where_that_is_asked(run: Run, unit: Path) -> None:
    assert run("submit", UNIT, "--period", "6m", "--strict", cwd=unit, today=TODAY).code == 1
    assert run("submit", UNIT, "--period", "6n", cwd=unit, today=TODAY).code == 2


def test_the_same_record_is_the_same_package_on_any_day(run: Run, unit: Path) -> None:
    path = unit / "units" / UNIT / "out" / "goi-6m.zip"
    packed = []
    for day in (TODAY, "2023-06-01"):
        assert run("submit", UNIT, "--period", "6m", cwd=unit, today=day).code == 0
        packed.append(path.read_bytes())
    assert packed[0] == packed[1]
