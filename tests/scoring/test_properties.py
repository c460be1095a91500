"""What holds for every rubric and every answer: rubrics are made up at random, over every kind of leaf.

The score is compared with a slow one written apart from it, in fractions, from the same tree.
"""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from danvan_cli.cli.score import score_as_dict
from danvan_cli.desk.score import Scored
from danvan_cli.scoring.arithmetic import fits, misfits
from danvan_cli.scoring.evaluate import EVERY_SCORER, SELF, evaluate
from danvan_cli.scoring.model import Answer
from rubric_trees import Slow, Tree, decimal, every, lines, made, parts, recorded, scored

BY = st.sampled_from([SELF, EVERY_SCORER])


@given(scored(), BY)
def test_the_score_is_that_of_the_slow_way_in_fractions(both: tuple[Tree, Tree], by: frozenset[str]) -> None:
    tree, answers = both
    slow, result = Slow(tree, answers, by), evaluate(made(tree), recorded(answers), by)  # type: ignore[arg-type]
    leaves_ = {line.criterion.id: line.points for line in result.lines if not line.criterion.criteria}
    assert {name: Fraction(got) for name, got in leaves_.items() if got is not None} == slow.points
    assert (result.scope, result.left_out) == (slow.scope, slow.left)
    assert Fraction(result.total) == slow.total
    assert (result.band.id if result.band else None, result.eligible) == (slow.band, slow.eligible)


# What must never happen -----------------------------------------------------------------------------------------------


@given(scored(), BY)
def test_no_part_exceeds_what_it_can_give(both: tuple[Tree, Tree], by: frozenset[str]) -> None:
    tree, answers = both
    result = evaluate(made(tree), recorded(answers), by)  # type: ignore[arg-type]
    for line in result.lines:
        assert line.points is None or 0 <= line.points <= line.most <= max(made(tree).max, line.criterion.most)
    over = made(tree).bonus.max if tree["over_max"] and "bonus" in tree else 0  # type: ignore[union-attr]
    assert 0 <= result.total <= result.scope + over
    assert result.scope <= made(tree).max
    assert result.bonus <= tree.get("bonus", {}).get("max", 0)
    assert result.deductions <= tree.get("deductions", {}).get("max", 0)


@given(scored(), st.integers(), BY)
def test_the_order_of_criteria_changes_nothing(both: tuple[Tree, Tree], seed: int, by: frozenset[str]) -> None:
    tree, answers = both
    luck = random.Random(seed)

    def mixed(criteria: list[Tree]) -> list[Tree]:
        new = [one | {"criteria": mixed(one["criteria"])} if "criteria" in one else one for one in criteria]
        luck.shuffle(new)
        return new

    other = tree | {"criteria": mixed(tree["criteria"]), "bands": luck.sample(tree["bands"], len(tree["bands"]))}
    left, right = (evaluate(made(one), recorded(answers), by) for one in (tree, other))  # type: ignore[arg-type]
    assert (left.total, left.band, left.eligible) == (right.total, right.band, right.eligible)
    points = [{line.criterion.id: line.points for line in one.lines} for one in (left, right)]
    assert points[0] == points[1]


@given(scored(), st.data())
def test_raising_one_answer_never_lowers_the_total(both: tuple[Tree, Tree], data: st.DataObject) -> None:
    tree, answers = both
    tree = tree | {"limits": []}
    kept = [leaf for leaf in parts(tree) if "deduction" not in leaf and leaf not in lines(tree, "deductions")]
    can = [leaf for leaf in kept if not answers["answers"].get(leaf["id"], {"na": True}).get("na")]
    assume(can)
    leaf = data.draw(st.sampled_from(can))
    old = answers["answers"][leaf["id"]]
    if "level" in old:
        points = {one["id"]: one["points"] for one in leaf["levels"]}
        new = {"level": data.draw(st.sampled_from([name for name in points if points[name] >= points[old["level"]]]))}
    elif "value" in old:
        more, ratio = old["value"] + decimal(data.draw, 0, 500, 1), made(tree).row_by_id[leaf["id"]].criterion.ratio
        new = old | {"value": min(more, old["base"]) if ratio and ratio.bounded else more}
    elif "count" in old:
        new = {"count": old["count"] + data.draw(st.integers(0, 9))}
    else:
        step = leaf.get("graded", Decimal("0.0001"))
        room = int((leaf["max"] - old["points"]) // step)
        new = {"points": old["points"] + step * data.draw(st.integers(0, room))}
    raised = answers | {"answers": answers["answers"] | {leaf["id"]: new}}
    for by in (SELF, EVERY_SCORER):
        before, after = (evaluate(made(tree), recorded(one), by) for one in (answers, raised))
        assert after.total >= before.total
        if before.band and after.band:
            assert after.band.start >= before.band.start


@given(scored())
def test_rescaling_stays_in_range_and_is_the_plain_sum_where_nothing_is_left_out(both: tuple[Tree, Tree]) -> None:
    tree, answers = both
    result = evaluate(made(tree), recorded(answers))
    assert result.earned <= result.subtotal <= result.scope
    if not result.left_out:
        assert result.subtotal == result.earned
    if result.earned == result.scope - result.left_out and result.earned:
        assert result.subtotal == result.scope, "đủ điểm ở phần còn lại là đủ điểm"


@given(scored(blanks=False), st.data())
def test_a_blank_is_not_zero(both: tuple[Tree, Tree], data: st.DataObject) -> None:
    tree, answers = both
    tree = tree | {"limits": []}
    mine = [leaf["id"] for leaf in parts(tree) if not leaf["id"].startswith("b") and leaf["id"] in answers["answers"]]
    slow = Slow(tree, answers, SELF)
    mine = [name for name in mine if slow.state[name] == "scored"]
    assume(mine and slow.complete)
    gone = data.draw(st.sampled_from(mine))
    some = {name: one for name, one in answers["answers"].items() if name != gone}
    whole = evaluate(made(tree), recorded(answers))
    open_one = evaluate(made(tree), recorded(answers | {"answers": some}))
    assert whole.band is not None
    assert open_one.band is None
    assert [line.criterion.id for line in open_one.blanks] == [gone]


@given(scored())
def test_the_printed_points_add_up(both: tuple[Tree, Tree]) -> None:
    tree, answers = both
    result = evaluate(made(tree), recorded(answers))
    told = score_as_dict(Scored(SimpleNamespace(id="a"), result, ()))  # type: ignore[arg-type]
    points = {one["id"]: None if one["self"] is None else Decimal(one["self"]) for one in told["criteria"]}
    for one in every(tree["criteria"]):
        held = [points[child["id"]] for child in one.get("criteria", ())]
        known = [got for got in held if got is not None]
        if "criteria" in one:
            assert points[one["id"]] == (sum(known) if known else None)
    tops = [got for one in tree["criteria"] if (got := points[one["id"]]) is not None]
    extras = sum(points[leaf["id"]] or 0 for part in ("bonus", "deductions") for leaf in lines(tree, part))
    if not result.left_out and not extras:
        assert Decimal(told["self"]) == sum(tops)
    assert all(len(text.partition(".")[2]) == tree["rounding"]["places"] for text in written(told))


def written(told: Tree) -> list[str]:
    every_one = [told["self"], told["max"], *(text for one in told["criteria"] for text in (one["self"], one["max"]))]
    return [text for text in every_one if text is not None]


@given(scored(), st.data())
def test_what_fits_and_what_is_said_not_to_fit_agree(both: tuple[Tree, Tree], data: st.DataObject) -> None:
    tree, answers = both
    rubric = made(tree)
    pool = [*answers["answers"].values(), {}, {"count": 1, "level": "m0"}, {"value": Decimal(1)}, {"points": Decimal(99)},
            {"value": Decimal(1), "base": Decimal(0)}, {"na": True}, {"level": "khong-co"}, {"base": Decimal(2)}]  # fmt: skip
    answer = Answer.model_validate(data.draw(st.sampled_from(pool)))
    for row in rubric.rows:
        wrong = list(misfits(row.criterion, answer, row.part))
        assert fits(row.criterion, answer, row.part) == (not wrong and not answer.blank)


# Rounding -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "points", "wanted"),
    [
        ("half-up", "1.005", "1.01"),
        ("half-even", "1.005", "1.00"),
        ("half-even", "1.015", "1.02"),
        ("half-even", "1.0051", "1.01"),
        ("down", "1.009", "1.00"),
        ("half-up", "1.0049", "1.00"),
    ],
)
def test_points_are_rounded_once_by_the_rule_of_the_rubric(rule: str, points: str, wanted: str) -> None:
    leaf = {"id": "1.1", "title": "A", "max": 5, "manual": True}
    tree = {
        "id": "a", "name": "A", "official": False, "from": "2023-01-01", "blocks": ["a"], "max": 5,
        "rounding": {"places": 2, "rule": rule}, "bands": [{"id": "x", "name": "X", "from": 0}],
        "criteria": [{"id": "1", "title": "A", "criteria": [leaf]}],
    }  # fmt: skip
    assert str(evaluate(made(tree), recorded({"answers": {"1.1": {"points": Decimal(points)}}})).total) == wanted
