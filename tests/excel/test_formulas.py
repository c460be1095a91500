"""LibreOffice computes random assessments: every subtotal, total and band is danvan's."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from books import plan, without_values
from danvan_cli.excel.form import FIRST_ROW, KEY_ROW, MARK, Form, Formula
from danvan_cli.excel.scoresheet import Scoring
from danvan_cli.excel.write import written_workbook
from office import computed
from rubric_trees import made, recorded, scored

if TYPE_CHECKING:
    from pathlib import Path

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


@pytest.mark.parametrize("many", MANY)
def test_every_figure_of_a_workbook_is_computed_alike_by_libreoffice(tmp_path: Path, many: int) -> None:
    unit = plan().unit_by_id["so-y-te"]
    scorings, paths, seen = [], [], set()
    for i, (rubric, record) in enumerate(assessments(many)):
        scoring = Scoring(plan(), unit, rubric, record)
        form = Form(unit.id, plan(), [])
        form.sheets = scoring.sheets(form)
        for sheet in form.sheets:
            sheet.chart = None  # it takes a third of the time, and computes nothing
        path = tmp_path / f"so-{i}.xlsx"
        path.write_bytes(without_values(written_workbook(form, scoring, {}, "Thử")))
        scorings.append((form, scoring))
        paths.append(path)
        seen |= {(line.criterion.way, line.state) for line in scoring.result.lines}
        seen |= {"limits" for limit in scoring.result.applied}
        seen |= {"bonus"} if scoring.result.bonus else set()
        seen |= {"deductions"} if scoring.result.deductions else set()
        seen |= {"rescaled"} if scoring.result.subtotal != scoring.result.earned else set()
        seen |= {"denied"} if not scoring.result.eligible else set()
        seen |= {"band"} if scoring.result.band else set()
    assert len(paths) >= many
    ways = {"graded", "levels", "ratio", "count", "deduction", "manual"}
    assert seen >= {(way, state) for way in ways for state in ("scored", "blank", "na")}
    assert seen >= {
        "limits",
        "bonus",
        "deductions",
        "rescaled",
        "denied",
        "band",
        ("survey", "na"),
        ("manual", "other"),
    }
    wrong = []
    count = 0
    there = computed(paths, tmp_path / "tính")
    for path, (form, _scoring) in zip(paths, scorings, strict=True):
        for sheet in form.sheets:
            rows = there(path, sheet.title)
            columns = {key.removeprefix(MARK): at for at, key in enumerate(rows[KEY_ROW])}
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
