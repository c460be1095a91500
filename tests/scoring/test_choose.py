"""Which rubric scores a unit: of its block, in force on the day of the self-score, the latest version."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from danvan_cli.plan.model import Plan
from danvan_cli.scoring.model import choose, rubric_path, scoring_day
from danvan_cli.yaml.read import read as read_as
from rubric_trees import made

if TYPE_CHECKING:
    from danvan_cli.scoring.model import RubricFile

PLAN = Path(__file__).parents[2] / "plans" / "2023.yaml"


@pytest.fixture(scope="module")
def plan() -> Plan:
    read = read_as(Plan, PLAN).record
    assert read is not None
    return read


def rubrics(*given: tuple[str, int, str, str | None, list[str]]) -> RubricFile:
    from danvan_cli.scoring.model import RubricFile

    leaf = {"id": "1.1", "title": "A", "max": 5, "manual": True}
    return RubricFile(format="danvan-rubric/1", plan="2023", rubrics=[
        made({
            "id": id_, "version": version, "name": "A", "official": False, "from": start, "to": end, "blocks": blocks,
            "max": 5, "criteria": [{"id": "1", "title": "A", "criteria": [leaf]}],
            "bands": [{"id": "x", "name": "X", "from": 0}],
        })
        for id_, version, start, end, blocks in given
    ])  # fmt: skip


def test_the_day_is_the_last_on_time_for_the_self_score(plan: Plan) -> None:
    assert scoring_day(plan) == date(2023, 11, 9)
    without = plan.__class__.model_validate(plan.model_dump(by_alias=True) | {"deliverables": []})
    assert scoring_day(without) == date(2023, 12, 31)
    assert rubric_path(Path("plans/2023.yaml")) == Path("plans/2023.rubric.yaml")


@pytest.mark.parametrize(
    ("given", "name", "wanted"),
    [
        ([("a", 1, "2023-01-01", None, ["so-ban-nganh"])], None, ("a", 1)),
        ([("a", 1, "2023-01-01", None, ["huyen"])], None, None),
        ([("a", 1, "2023-11-10", None, ["so-ban-nganh"])], None, None),
        ([("a", 1, "2023-11-09", "2023-11-09", ["so-ban-nganh"])], None, ("a", 1)),
        ([("a", 1, "2022-01-01", "2023-11-08", ["so-ban-nganh"])], None, None),
        ([("a", 2, "2023-01-01", None, ["so-ban-nganh"]), ("a", 1, "2023-01-01", None, ["so-ban-nganh"])], None, ("a", 2)),
        ([("a", 1, "2022-01-01", None, ["so-ban-nganh"]), ("b", 1, "2023-06-01", None, ["so-ban-nganh"])], None, ("b", 1)),
        ([("a", 1, "2022-01-01", None, ["so-ban-nganh"]), ("b", 1, "2023-06-01", None, ["so-ban-nganh"])], "a", ("a", 1)),
        ([("a", 1, "2022-01-01", "2022-12-31", ["so-ban-nganh"]), ("b", 1, "2023-01-01", None, ["so-ban-nganh"])], "a", ("a", 1)),
        ([("b", 1, "2023-01-01", None, ["so-ban-nganh"])], "a", ("b", 1)),
        ([("a", 1, "2023-01-01", "2023-12-31", ["so-ban-nganh"]), ("a", 2, "2024-01-01", None, ["so-ban-nganh"])], "a", ("a", 1)),
    ],
)  # fmt: skip
def test_the_latest_in_force_for_the_block_unless_the_answers_name_one(
    plan: Plan,
    given: list[tuple[str, int, str, str | None, list[str]]],
    name: str | None,
    wanted: tuple[str, int] | None,
) -> None:
    found = choose(rubrics(*given), plan, plan.unit_by_id["so-y-te"], name)
    assert ((found.id, found.version) if found else None) == wanted
