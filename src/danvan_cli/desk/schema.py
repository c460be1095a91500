"""JSON Schemas of the YAML files, with what each key means in Vietnamese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.desk.schema_words import worded
from danvan_cli.plan.calendar import Calendar
from danvan_cli.plan.model import Plan
from danvan_cli.plan.shared import Register
from danvan_cli.scoring.model import RubricFile, ScoreRecord
from danvan_cli.unit.functions import Functions
from danvan_cli.unit.model import UnitRecord

if TYPE_CHECKING:
    from pydantic import BaseModel


def schema_of(kind: str) -> dict[str, object]:
    """Make the JSON Schema of a kind of file: `plan`, `unit`, `rubric`, `score`, `calendar`, `register` or `functions`."""
    models: dict[str, type[BaseModel]] = {
        "plan": Plan,
        "unit": UnitRecord,
        "rubric": RubricFile,
        "score": ScoreRecord,
        "calendar": Calendar,
        "register": Register,
        "functions": Functions,
    }
    made = models[kind].model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | worded(made)
