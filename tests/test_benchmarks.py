"""What benchmarks hold danvan against has the shape of what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest
from pydantic import BaseModel

from danvan_cli.delivery.model import Receipt
from danvan_cli.plan.calendar import Calendar
from danvan_cli.plan.model import Plan
from danvan_cli.scoring.model import RubricFile, ScoreRecord
from danvan_cli.unit.model import UnitRecord
from shipped import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Give the models that a field's type names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for one in get_args(annotation):
        yield from models_in(one)


def keys(model: type[BaseModel], seen: tuple[type[BaseModel], ...] = ()) -> dict[str, Any]:
    """Give the keys of a model with whether they must be there, those of the models below it under them."""
    return {
        field.alias or name: (
            field.is_required(),
            [keys(one, (*seen, model)) for one in models_in(field.annotation) if one not in (*seen, model)],
        )
        for name, field in model.model_fields.items()
    }


@pytest.mark.parametrize("model", [Plan, Calendar, UnitRecord, RubricFile, ScoreRecord, Receipt])
def test_floors_build_models_of_our_shape(model: type[BaseModel], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    from floors import shape

    (name,) = get_args(model.model_fields["format"].annotation)
    assert keys(shape(name)) == keys(model)
