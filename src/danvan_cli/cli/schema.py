"""`danvan schema`: JSON Schemas of the YAML files."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from danvan_cli.cli import screen
from danvan_cli.lang import _

if TYPE_CHECKING:
    from pydantic import BaseModel

EXAMPLES = (
    ("danvan schema plan", _("lược đồ của kế hoạch")),
    ("danvan schema unit > unit.json", _("ghi lược đồ tệp đơn vị ra một tệp")),
)


def schema(
    kind: Annotated[
        Literal["plan", "unit", "rubric", "score", "calendar"],
        typer.Argument(metavar="plan|unit|rubric|score|calendar", help=_("loại tệp")),
    ],
) -> None:
    """Print the JSON Schema of a kind of file."""
    import json

    screen.out(json.dumps(schema_of(kind), ensure_ascii=False, indent=2))


def schema_of(kind: str) -> dict[str, object]:
    """Make the JSON Schema of a kind of file: `plan`, `unit`, `rubric`, `score` or `calendar`."""
    from danvan_cli.desk.schema_words import worded
    from danvan_cli.plan.calendar import Calendar
    from danvan_cli.plan.model import Plan
    from danvan_cli.scoring.model import RubricFile, ScoreRecord
    from danvan_cli.unit.model import UnitRecord

    models: dict[str, type[BaseModel]] = {
        "plan": Plan,
        "unit": UnitRecord,
        "rubric": RubricFile,
        "score": ScoreRecord,
        "calendar": Calendar,
    }
    made = models[kind].model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | worded(made)
