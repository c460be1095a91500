"""`danvan schema`: what editors and other tools check our files with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from commands import Run


@pytest.mark.parametrize("kind", ["plan", "unit", "rubric", "score", "calendar", "register", "functions"])
def test_every_kind_of_file_has_one_that_names_what_must_be_there(run: Run, kind: str) -> None:
    told = run("schema", kind)
    assert (told.code, told.stderr) == (0, "")
    made = json.loads(told.stdout)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "format" in made["required"]
    assert made["additionalProperties"] is False
    assert set(made["required"]) <= set(made["properties"])


def test_another_kind_is_refused_with_those_there_are(run: Run) -> None:
    told = run("schema", "units")
    assert (told.code, told.stdout) == (2, "")
    assert "unit" in told.stderr


def test_it_is_the_same_in_english(run: Run) -> None:
    assert run("schema", "plan", "--lang", "en").stdout == run("schema", "plan").stdout
