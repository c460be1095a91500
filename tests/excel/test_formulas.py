"""LibreOffice computes random assessments: every subtotal, total and band is danvan's."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from books import plan, without_values
from danvan_cli.excel.form import FIRST_ROW, KEY_MARK, KEY_ROW, Form, Formula
from danvan_cli.excel.scoresheet import Scoring
from danvan_cli.excel.write import written_workbook
from office import computed
from rubric_trees import made, recorded, scored

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.plan.model import Unit
    from danvan_cli.scoring.model import Rubric, ScoreRecord

MANY = [pytest.param(150, id="150"), pytest.param(500, marks=pytest.mark.fire, id="500")]
"""So many assessments; those of every time already have every way in every state."""

pytestmark = pytest.mark.office


def assessments(count: int) -> list[tuple[Rubric, ScoreRecord]]:
    """Make up rubrics with answers: every way to score, bonus, deductions, khống chế, not applicable, blanks."""
    out: list[tuple[Rubric, ScoreRecord]] = []

    @settings(max_examples=count, derandomize=True, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(scored())
    def collect(one: tuple[Any, Any]) -> None:
        out.append((made(one[0]), recorded(one[1])))

    collect()
    return out


def kinds(scoring: Scoring) -> set[object]:
    """Say what occurs in an assessment."""
    result = scoring.result
    told = {
        "limits": result.applied, "bonus": result.bonus, "deductions": result.deductions, "band": result.band,
        "rescaled": result.subtotal != result.earned, "denied": not result.eligible,
    }  # fmt: skip
    return {(line.criterion.way, line.state) for line in result.lines} | {name for name, there in told.items() if there}


WAYS = ("graded", "levels", "ratio", "count", "deduction", "manual")
WANTED = {(way, state) for way in WAYS for state in ("scored", "blank", "na")} | {
    "limits", "bonus", "deductions", "rescaled", "denied", "band", ("survey", "na"), ("manual", "other"),
}  # fmt: skip


def assessed(unit: Unit, many: int) -> list[Scoring]:
    """Make so many assessments, more where not everything occurs in them.

    Hypothesis draws on constants of whatever was imported before, and so on the tests before this one.
    """
    for count in (many, 2 * many, 4 * many):
        some = [Scoring(plan(), unit, rubric, record) for rubric, record in assessments(count)]
        lacking = WANTED - {kind for one in some for kind in kinds(one)}
        if not lacking:
            break
    assert not lacking
    return some


@pytest.mark.parametrize("many", MANY)
def test_every_figure_of_a_workbook_is_computed_alike_by_libreoffice(tmp_path: Path, many: int) -> None:
    unit = plan().unit_by_id["so-y-te"]
    some = assessed(unit, many)
    assert len(some) >= many
    scorings, paths = [], []
    for i, scoring in enumerate(some):
        form = Form(unit.id, plan(), [])
        form.sheets = scoring.sheets(form)
        for sheet in form.sheets:
            sheet.chart = None  # it takes a third of the time, and computes nothing
        path = tmp_path / f"so-{i}.xlsx"
        path.write_bytes(without_values(written_workbook(form, scoring, {}, "Thử")))
        scorings.append((form, scoring))
        paths.append(path)
    wrong = []
    count = 0
    there = computed(paths, tmp_path / "tính")
    for path, (form, _scoring) in zip(paths, scorings, strict=True):
        for sheet in form.sheets:
            rows = there(path, sheet.title)
            columns = {key.removeprefix(KEY_MARK): at for at, key in enumerate(rows[KEY_ROW])}
            assert f"#{sheet.key}" in columns
            cells = {row[columns[f"#{sheet.key}"]]: row for row in rows[FIRST_ROW:]}
            for row in sheet.rows:
                for key, cell in row.cells.items():
                    if not isinstance(cell.value, Formula):
                        continue
                    got, value = cells[row.key][columns[key]], cell.value.value
                    count += 1
                    if got != value if isinstance(value, str) else not got or Decimal(got) != value:
                        wrong.append((path.name, row.key, key, cell.value, got))
    assert wrong == []
    assert count > 18 * many
