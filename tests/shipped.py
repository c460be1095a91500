"""The plan and rubrics that come with danvan, and the sample's record and answers, as read."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, TypeVar

from danvan_cli.plan.model import Plan
from danvan_cli.scoring.model import Rubric, RubricFile, ScoreRecord
from danvan_cli.unit.model import UnitRecord
from danvan_cli.yaml.read import read
from danvan_cli.yaml.schema import Model

ROOT: Final = Path(__file__).parents[1]
M = TypeVar("M", bound=Model)


def _read(kind: type[M], path: str) -> M:
    found = read(kind, ROOT / path).record
    assert found is not None
    return found


PLAN: Final = _read(Plan, "plans/2023.yaml")
RUBRICS: Final = _read(RubricFile, "plans/2023.rubric.yaml")
RECORD: Final = _read(UnitRecord, "samples/so-y-te.unit.yaml")
ANSWERS: Final = _read(ScoreRecord, "samples/so-y-te.score.yaml")
UNIT: Final = PLAN.unit_by_id[RECORD.unit]
RUBRIC: Final[Rubric] = next(one for one in RUBRICS.rubrics if UNIT.block in one.blocks)


def recorded(unit: str = UNIT.id, **given: Any) -> UnitRecord:
    """Give a unit's record with nothing in it but what is given."""
    return UnitRecord.model_validate({"format": "danvan-unit/1", "unit": unit, "plan": PLAN.id, **given})
