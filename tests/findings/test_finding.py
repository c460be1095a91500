"""Findings: their order, their count, JSON, the line with carets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.findings.finding import EXCERPT_WIDTH, Finding, Spot, as_dict, count, excerpt, in_order
from danvan_cli.findings.rule import GROUPS, catalogue, group

findings = st.builds(
    Finding,
    rule=st.sampled_from(sorted(catalogue())),
    path=st.sampled_from(["a.yaml", "b.yaml"]),
    spot=st.builds(Spot, st.integers(1, 9), st.integers(1, 9)),
    message=st.sampled_from(["x", "y"]),
    help=st.none(),
    source=st.none(),
)


@given(st.lists(findings))
def test_findings_come_by_file_and_place_each_once(found: list[Finding]) -> None:
    ordered = in_order(found)
    places = [(one.path, one.spot.line, one.spot.column) for one in ordered]
    assert places == sorted(places)
    assert set(ordered) == set(found)
    assert len(ordered) == len(set(found))
    assert in_order(reversed(found)) == ordered


@given(st.lists(findings))
def test_json_holds_what_is_promised(found: list[Finding]) -> None:
    body = as_dict(found)
    assert list(body) == ["findings", "errors", "warnings"]
    assert (body["errors"], body["warnings"]) == (count(found)["error"], count(found)["warning"])
    for one, told in zip(found, body["findings"], strict=True):
        assert list(told) == ["rule", "severity", "path", "line", "column", "message"]
        assert told["severity"] == catalogue()[one.rule].severity


def finding(source: str | None, column: int, length: int = 1) -> Finding:
    return Finding("DV113", "a.yaml", Spot(12, column, length), "sai", None, source)


@pytest.mark.parametrize(
    ("source", "column", "length", "carets"),
    [
        ("    to: so-noivu", 9, 8, "        ^^^^^^^^"),
        ("tiếng Việt: sai", 13, 3, "            ^^^"),
        ("tie\u0302\u0301ng: sai", 10, 3, "       ^^^"),
        ("漢字: sai", 5, 3, "      ^^^"),
        ("\tsai", 2, 3, " ^^^"),
        ("", 1, 1, "^"),
        ("sai", 4, 1, "   ^"),
    ],
)
def test_carets_stand_under_the_value(source: str, column: int, length: int, carets: str) -> None:
    cut = excerpt(finding(source, column, length))
    assert cut == ("12", source.replace("\t", " "), carets)


@given(st.text("ab ", min_size=1, max_size=400), st.integers(1, 400), st.integers(1, 400))
def test_a_long_line_is_cut_around_the_value(source: str, column: int, length: int) -> None:
    column = min(column, len(source))
    cut = excerpt(finding(source, column, min(length, len(source) - column + 1)))
    assert cut is not None
    _line, shown, carets = cut
    assert len(shown) <= EXCERPT_WIDTH + 2
    assert len(carets) <= EXCERPT_WIDTH + 2
    assert shown[carets.index("^")] == source[column - 1]


def test_a_line_that_must_not_be_told_is_not_shown() -> None:
    assert excerpt(finding(None, 1)) is None


def test_every_rule_explains_itself() -> None:
    for code, known in catalogue().items():
        assert known.severity in {"error", "warning", "note"}, code
        assert known.name, code
        assert known.why.endswith("."), code
        assert known.right, code
        assert group(known.code) == GROUPS[known.code[:3]], code


@pytest.mark.parametrize(("said", "shown"), [
    ("số 079203001234.", "số *********234."), ("079 203 001 234", "*** *** *** 234"), ("CCCD: 123456789", "CCCD: ******789"),
    ("1234567890123", "1234567890123"), ("thu 123456789 đồng", "thu 123456789 đồng"),
])  # fmt: skip
def test_of_a_citizen_s_number_only_the_end_is_shown(said: str, shown: str) -> None:
    one = Finding("DV905", "a.yaml", Spot(1, 1), said, help=said, source=said, place=said)
    assert (one.message, one.help, one.place) == (shown, shown, shown)
    cut = excerpt(one)
    assert cut is not None
    assert cut[1] == shown
