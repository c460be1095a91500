"""`danvan schema`: JSON Schemas of the YAML files."""

from typing import Literal

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.options import argument, help_page
from danvan_cli.lang import _


@help_page(
    ("danvan schema plan", _("lược đồ của kế hoạch")),
    ("danvan schema unit > unit.json", _("ghi lược đồ tệp đơn vị ra một tệp")),
)
def schema(
    kind: Literal["plan", "unit", "rubric", "score", "calendar", "register", "functions"] = argument(
        "plan|unit|rubric|score|calendar|register|functions", _("loại tệp"), default=...
    ),
) -> None:
    """Print the JSON Schema of a kind of file."""
    from json import dumps

    from danvan_cli.desk.schema import schema_of

    made = schema_of(kind)
    if as_json.wanted():
        as_json.give(**made)
    else:
        screen.for_machines(dumps(made, ensure_ascii=False, indent=2))
