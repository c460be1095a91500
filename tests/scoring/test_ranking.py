"""Ranking within a block: order, ties, who has no rank, quotas."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.scoring.evaluate import evaluate
from danvan_cli.scoring.ranking import over_quota, ranked_places
from rubric_trees import Tree, made, recorded

if TYPE_CHECKING:
    from danvan_cli.scoring.model import Rubric, ScoreRecord


def simple(**more: object) -> Rubric:
    two = [{"id": f"1.{i}", "title": "A", "max": 50, "manual": True} for i in (1, 2)]
    return made({
        "id": "a", "name": "A", "official": False, "from": "2023-01-01", "blocks": ["a"], "max": 100,
        "criteria": [{"id": "1", "title": "A", "criteria": two}],
        "bands": [{"id": "tot", "name": "Tốt", "from": 50}, {"id": "yeu", "name": "Yếu", "from": 0}],
        "violations": [{"id": "loi", "name": "Lỗi"}],
        "limits": [{"id": "l", "when": {"violation": "loi"}, "deny": True, "reason": "Lỗi"}],
    } | more)  # fmt: skip


def answer(first: int | None, second: int | None, *, wrong: bool = False) -> ScoreRecord:
    said = {f"1.{i}": {"points": one} for i, one in ((1, first), (2, second)) if one is not None}
    return recorded({"answers": said, "violations": ["loi"] if wrong else []})


@pytest.mark.parametrize(
    ("ties", "ranks"),
    [
        ({"ties": "skip"}, {"a": 1, "b": 2, "c": 2, "d": 4, "e": 5}),
        ({"ties": "dense"}, {"a": 1, "b": 2, "c": 2, "d": 3, "e": 4}),
        ({"ties": "criteria", "tie_criteria": ["1.2"]}, {"a": 1, "c": 2, "b": 3, "d": 4, "e": 5}),
        ({"ties": "criteria", "tie_criteria": ["1.1", "1.2"]}, {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}),
        ({"ties": "criteria", "tie_criteria": ["1"]}, {"a": 1, "b": 2, "c": 2, "d": 4, "e": 5}),
    ],
)
def test_equal_totals_share_a_rank_as_the_rubric_says(ties: Tree, ranks: dict[str, int]) -> None:
    one = simple(**ties)
    given_ = {"d": (30, 30), "b": (40, 30), "e": (10, 0), "c": (30, 40), "a": (50, 50)}
    places = ranked_places(one, {unit: evaluate(one, answer(*points)) for unit, points in given_.items()})
    assert places == ranks
    assert [*places.values()] == sorted(ranks.values())


POINTS = st.one_of(st.none(), st.integers(0, 6))


@given(
    st.lists(st.tuples(POINTS, POINTS, st.booleans()), max_size=12),
    st.sampled_from(["skip", "dense", "criteria"]),
    st.integers(1, 100),
)
def test_the_rank_follows_the_total_and_needs_a_whole_and_eligible_score(
    units: list[tuple[int | None, int | None, bool]], ties: str, percent: int
) -> None:
    one = simple(ties=ties, tie_criteria=["1.1"], quota=[{"band": "yeu", "percent": percent}])
    results = {f"u{i}": evaluate(one, answer(a, b, wrong=wrong)) for i, (a, b, wrong) in enumerate(units)}
    places = ranked_places(one, results)
    assert places.keys() == results.keys()
    unranked = {f"u{i}" for i, (a, b, wrong) in enumerate(units) if a is None or b is None or wrong}
    assert {unit for unit, rank in places.items() if rank is None} == unranked
    ranked = [(rank, results[unit].total) for unit, rank in places.items() if rank is not None]
    assert [rank for rank in places.values() if rank is not None] == [*places.values()][: len(ranked)]
    for (rank, total), (next_rank, next_total) in pairwise(ranked):
        assert rank <= next_rank
        assert total >= next_total
        if total > next_total:
            assert rank < next_rank
    if ties == "skip":
        for rank, total in ranked:
            assert rank == 1 + sum(other > total for _rank, other in ranked)
    over = over_quota(one, places, results)
    too_many = len(ranked) * 100 > len(ranked) * percent and len(ranked) > len(ranked) * percent // 100
    assert bool(over) == too_many
