"""How points come about is written so that who adds it up on paper gets the same; figures are of ours."""

from __future__ import annotations

from decimal import Decimal

import pytest

from danvan_cli.scoring.evaluate import evaluate
from scored import record, rubric

ONE = """
  - id: thu
    name: Thử
    official: false
    from: 2023-01-01
    blocks: [a]
    max: {max}
    {more}
    criteria: [{{id: "1", title: A, criteria: [{{id: "1.1", title: B, max: {max}, {way}}}]}}]
    bands: [{{id: x, name: X, from: 0}}]
"""


@pytest.mark.parametrize(
    ("most", "way", "answer", "paper"),
    [
        (5, "ratio: {}", "value: 45, base: 50", "45 : 50 (90,00 %) × 5 → 4,50"),
        (50, "ratio: {}", "value: 2, base: 3", "2 : 3 (66,67 %) × 50 → 33,33"),  # 66,67 % × 50 would give 33,34
        (5, "ratio: {full: 80}", "value: 1, base: 2", "1 : 2 (50,00 %) : 80 % × 5 → 3,13"),
        (5, "ratio: {full: 80}", "value: 9, base: 10", "9 : 10 = 90,00 % ≥ 80 % → 5,00"),
        (5, "ratio: {over: true}", "value: 12, base: 10", "12 : 10 = 120,00 % ≥ 100 % → 5,00"),
        (5, "ratio: {}", "value: 99999, base: 100000", "99.999 : 100.000 (99,999 %) × 5 → 5,00"),
        (4, "ratio: {thresholds: [{from: 60, points: 4}]}", "value: 3, base: 5", "3 : 5 = 60,00 % ≥ 60 % → 4,00"),
        (4, "ratio: {thresholds: [{from: 60, points: 4}]}", "value: 59999, base: 100000",
         "59.999 : 100.000 = 59,999 % < 60 % → 0,00"),
        (4, "ratio: {thresholds: [{from: 33.3, points: 2}, {from: 50, points: 4}]}", "value: 1, base: 3",
         "1 : 3 = 33,33 % ≥ 33,3 % → 2,00"),
        (3, "count: {each: 0.5}", "count: 7", "7 × 0,5 = 3,5 > 3 → 3,00"),
        (3, "deduction: {each: 2}", "count: 2", "3 − 2 × 2 = -1 < 0 → 0,00"),
        (3, "levels: [{id: t, name: Tốt, points: 3}]", "level: t", "«Tốt» → 3,00"),
        (3, "graded: 0.25", "points: 1.75", "1,75"),
        (3, "graded: 0.125", "points: 1.125", "1,125 → 1,13"),
        (3, "manual: true", "points: 1.125", "1,125 → 1,13"),
    ],
)  # fmt: skip
def test_a_line_is_derived_in_figures(most: int, way: str, answer: str, paper: str) -> None:
    result = evaluate(rubric(ONE.format(max=most, way=way, more="")), record(f'answers: {{"1.1": {{{answer}}}}}'))
    assert result.lines[1].derivation == paper


@pytest.mark.parametrize(
    ("more", "points", "extra", "paper"),
    [
        ("", 97, "", "97,00"),
        ("over_max: true", 97, "CONG: {points: 10}", "97,00; 97,00 + 10,00 = 107,00"),
        ("", 97, "CONG: {points: 10}", "97,00; 97,00 + 10,00 = 107,00 > 100 → 100,00"),
        ("", 3, "TRU: {points: 5}", "3,00; 3,00 − 5,00 = -2,00 < 0 → 0,00"),
        ("", 50, "CONG: {points: 1.5}, TRU: {points: 5}", "50,00; 50,00 + 1,50 − 5,00 = 46,50"),
    ],
)
def test_the_total_is_derived_step_by_step_to_the_ends_of_the_scale(
    more: str, points: int, extra: str, paper: str
) -> None:
    text = ONE.format(max=100, way="manual: true", more=more) + (
        "    bonus: {max: 10, criteria: [{id: CONG, title: C, max: 10, manual: true}]}\n"
        "    deductions: {max: 5, criteria: [{id: TRU, title: T, max: 5, manual: true}]}\n"
    )
    answers = ", ".join(filter(None, (f'"1.1": {{points: {points}}}', extra)))
    assert evaluate(rubric(text), record(f"answers: {{{answers}}}")).derivation == paper


def test_a_group_is_judged_by_a_limit_as_brought_back_to_its_whole() -> None:
    text = """
      - id: thu
        name: Thử
        official: false
        from: 2023-01-01
        blocks: [a]
        max: 20
        criteria:
          - id: "1"
            title: A
            criteria:
              - {id: "1.1", title: B, max: 4, manual: true}
              - {id: "1.2", title: C, max: 10, manual: true, na: rescale}
              - {id: "1.3", title: D, max: 6, manual: true, by: superior}
        bands: [{id: tot, name: Tốt, from: 5}, {id: kem, name: Kém, from: 0}]
        limits: [{id: l, when: {criterion: "1", below: 15}, force: kem, reason: Thấp}]
    """
    one = rubric(text)
    missing = 'answers: {"1.1": {points: %s}, "1.2": {na: true, note: Không có}}'
    full = evaluate(one, record(missing % 4))
    assert full.applied == (), "đủ điểm phần còn lại, phần cấp trên chấm còn có thể đủ"
    assert full.band == one.band_by_id["tot"]
    low = evaluate(one, record(missing % "1.4"))  # (1,4 + 6) × 20 : 10 = 14,8
    assert [limit.id for limit in low.applied] == ["l"]
    assert low.total == Decimal("4.90")
