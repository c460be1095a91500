"""What would have lifted a unit one band is held against scoring it again."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.scoring.evaluate import evaluate
from danvan_cli.scoring.model import SCORE_FORMAT, Answer, Rubric, ScoreRecord
from danvan_cli.scoring.ranking import lift, lost_points

MOST = (10, 20, 30, 40)


def rubric(**more: object) -> Rubric:
    tree = {
        "id": "r", "name": "R", "official": False, "from": "2023-01-01", "blocks": ["b"], "max": 100,
        "criteria": [{"id": str(i), "title": "c", "max": Decimal(most), "manual": True, "na": "rescale"} for i, most in enumerate(MOST)],
        "bands": [{"id": "xs", "name": "Xuất sắc", "from": 90}, {"id": "tot", "name": "Tốt", "from": 70},
                  {"id": "tb", "name": "TB", "from": 50}, {"id": "yeu", "name": "Yếu", "from": 0}],
    }  # fmt: skip
    return Rubric.model_validate(tree | more)


def record(points: list[int | None]) -> ScoreRecord:
    answers = {
        str(i): Answer(na=True, note="không có") if one is None else Answer(points=Decimal(one))
        for i, one in enumerate(points)
    }
    return ScoreRecord(format=SCORE_FORMAT, answers=answers)


@given(st.tuples(*(st.one_of(st.none(), st.integers(0, most)) for most in MOST)).map(list))
def test_the_criteria_named_do_lift_it_and_fewer_would_not(points: list[int | None]) -> None:
    the = rubric()
    result = evaluate(the, record(points))
    up = lift(result)
    if up is None:
        assert result.band is None or result.band.id == "xs"
        return
    assert up.need == max(up.band.start - result.total, Decimal(0))
    if not up.gains:
        best = evaluate(the, record([None if one is None else most for one, most in zip(points, MOST, strict=True)]))
        assert best.total < up.band.start
        return

    def with_full(names: set[str]) -> Decimal:
        return evaluate(the, record([MOST[i] if str(i) in names else one for i, one in enumerate(points)])).total

    names = {line.criterion.id for line, _gain in up.gains}
    assert with_full(names) >= up.band.start
    biggest = [line.criterion.id for line, _gain in lost_points(result)][: len(names) - 1]
    assert with_full(set(biggest)) < up.band.start


def test_a_limit_that_holds_it_down_is_named() -> None:
    the = rubric(limits=[{"id": "k", "when": {"late": "6m"}, "cap": "tb", "reason": "gửi chậm"}])
    sent = record([10, 20, 30, 35]).model_copy(update={"late": ["6m"]})
    up = lift(evaluate(the, sent))
    assert up is not None
    assert (up.band.id, up.need, [one.id for one in up.limits]) == ("tot", Decimal(0), ["k"])


def test_who_is_denied_ranking_is_told_of_what_denies_it() -> None:
    the = rubric(
        limits=[{"id": "k", "when": {"violation": "v"}, "deny": True, "reason": "vi phạm"}],
        violations=[{"id": "v", "name": "V"}],
    )
    up = lift(evaluate(the, record([10, 20, 30, 20]).model_copy(update={"violations": ["v"]})))
    assert up is not None
    assert (up.band.id, [one.id for one in up.limits]) == ("tot", ["k"])
