"""Plans of other shapes, whole: each is checked, exported word for word, and serves its units from drafts to reports."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from word_files import texts

if TYPE_CHECKING:
    from conftest import Run

SHAPES = Path(__file__).parents[1] / "fixtures" / "plans"
NAMES = sorted(path.stem for path in SHAPES.glob("*.yaml"))
HEAD = {"mat-tran": 7, "cai-cach": 6, "nhieu-nam": 6}
"""So many lines of letterhead stand before the plan's own text."""


@pytest.fixture(params=NAMES)
def place(request: pytest.FixtureRequest, tmp_path: Path, workspace: Path) -> Path:
    """Give a workspace with the plan and the calendar, and nothing else."""
    folder = tmp_path / request.param
    (folder / "plans").mkdir(parents=True)
    shutil.copy(SHAPES / f"{request.param}.yaml", folder / "plans" / "2026.yaml")
    shutil.copy(workspace / "plans" / "calendar.yaml", folder / "plans")
    return folder


def test_it_has_no_error_and_no_warning_but_for_what_it_cites(run: Run, place: Path) -> None:
    told = json.loads(run("check", "--json", cwd=place).stdout)
    assert told["errors"] == 0
    assert {one["rule"] for one in told["findings"] if one["severity"] == "warning"} <= {"DV401"}


def test_every_paragraph_and_cell_is_exported_in_its_place(run: Run, place: Path) -> None:
    assert run("export", "-o", "p.docx", cwd=place).code == 0
    issued = [line for line in (SHAPES / f"{place.name}.txt").read_text(encoding="utf-8").splitlines() if line]
    written = [" ".join(text.split()) for text in texts(place / "p.docx") if text.strip()]
    body = written[HEAD[place.name] :]
    enclosed = [text for text in body if text.startswith("(Kèm theo Kế hoạch")]
    assert len(enclosed) == sum(line.startswith("Phụ lục") for line in issued)
    assert [text for text in body if text not in enclosed and "họ tên người ký" not in text] == issued


def test_units_get_files_drafts_workbooks_and_reports(run: Run, place: Path) -> None:
    assert run("init-unit", "--all", cwd=place).code == 0
    units = sorted(path.name for path in (place / "units").iterdir())
    rows = json.loads(run("status", "--json", cwd=place, today="2026-11-30").stdout)["rows"]
    for unit in units:
        assert run("workbook", unit, cwd=place).code == 0
        owed = next(row["deliverable"] for row in rows if row["unit"] == unit)
        assert run("report", unit, "--period", owed, cwd=place).code == 0
        made = texts(place / "units" / unit / "out" / f"bao-cao-{owed}.docx")
        assert not any("dân vận" in text for text in made)
    assert run("check", cwd=place).code == 0


def test_nothing_is_scored_where_the_plan_has_no_scoring(run: Run, place: Path) -> None:
    assert run("init-unit", "--all", cwd=place).code == 0
    unit = next((place / "units").iterdir()).name
    told = run("score", unit, cwd=place)
    assert (told.code, "không có chấm điểm" in told.stderr) == (2, True)
    assert run("rank", cwd=place).code == 2


@pytest.mark.parametrize("place", ["cai-cach"], indirect=True)
def test_a_cell_that_rows_below_go_on_with_stays_when_its_own_row_has_ended(run: Run, place: Path) -> None:
    path = place / "plans" / "2026.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{id: PL.1.1, ", "{id: PL.1.1, ended: 2026-06-01, "), encoding="utf-8")
    assert run("export", "-o", "p.docx", cwd=place).code == 0
    written = texts(place / "p.docx")
    assert "Sắp xếp đơn vị sự nghiệp công lập" not in written
    at = written.index("Phân cấp quản lý")
    assert written[at + 1 : at + 5] == ["Sở Tư pháp", "Các sở", "Quý III/2026", "Quyết định"]
