"""SARIF: valid by the official schema, with rules, places and marks that survive moved lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.findings.finding import Finding, Spot
from danvan_cli.findings.hosts import as_sarif
from danvan_cli.findings.rule import catalogue

FIXTURE = Path(__file__).parents[1] / "fixtures" / "sarif-2.1.0.json"


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft4Validator:
    return jsonschema.Draft4Validator(json.loads(FIXTURE.read_text(encoding="utf-8")))


def results(*found: Finding) -> list[dict[str, Any]]:
    return list(json.loads(as_sarif(found))["runs"][0]["results"])


def marks(*found: Finding) -> list[str]:
    return [one["partialFingerprints"]["danvan/v1"] for one in results(*found)]


@given(
    st.lists(
        st.builds(
            Finding,
            rule=st.sampled_from([*catalogue()]),
            path=st.sampled_from(["plans/2023.yaml", "đơn vị/a b%.yaml", "/mẫu/a.docx"]),
            spot=st.builds(Spot, st.integers(1, 9), st.integers(1, 9), st.integers(0, 9)),
            message=st.text(min_size=1),
            help=st.none() | st.text(),
            source=st.none() | st.text(),
            place=st.sampled_from(["", "đoạn 3 (Nội dung «a»)"]),
        ),
        max_size=6,
    )
)
def test_every_list_of_findings_makes_a_valid_log(schema: jsonschema.Draft4Validator, found: list[Finding]) -> None:
    log = json.loads(as_sarif(found))
    assert [error.message for error in schema.iter_errors(log)] == []
    (run,) = log["runs"]
    assert [run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] for one in run["results"]] == [f.rule for f in found]
    assert run["columnKind"] == "unicodeCodePoints"


def test_a_place_in_a_file_is_lines_and_columns_and_in_a_word_document_a_name() -> None:
    yaml = Finding("DV302", "plans/2023.yaml", Spot(7, 3, 4), "a")
    word = Finding("ND302", "Báo cáo.docx", Spot(5, 1), "b", place="đoạn 5 (Trích yếu «c»)")
    first, second = (one["locations"][0] for one in results(yaml, word))
    assert first["physicalLocation"]["region"] == {"startLine": 7, "startColumn": 3, "endColumn": 7}
    assert second["logicalLocations"] == [{"fullyQualifiedName": "đoạn 5 (Trích yếu «c»)"}]
    assert second["physicalLocation"] == {"artifactLocation": {"uri": "B%C3%A1o%20c%C3%A1o.docx"}}


def test_marks_stay_when_lines_move_and_differ_where_the_same_is_found_twice() -> None:
    one = Finding("DV302", "a.yaml", Spot(7, 3), "sai", source="  before: 2023-01-01")
    moved = Finding("DV302", "a.yaml", Spot(90, 5), "sai", source="    before:  2023-01-01")
    other = Finding("DV302", "a.yaml", Spot(7, 3), "sai", source="  before: 2024-01-01")
    assert marks(one) == marks(moved) != marks(other)
    assert len(set(marks(one, moved))) == 2
