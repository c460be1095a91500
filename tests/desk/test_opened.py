"""Names of the plan as people type them: found by id or name, and the nearest right one where there is none."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from danvan_cli.desk.opened import Open, open_plan
from danvan_cli.desk.summing import sum_up
from danvan_cli.errors import UsageError
from danvan_cli.files import shipped

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="module")
def opened() -> Open:
    """Give the shipped plan."""
    return open_plan(shipped("plans/2023.yaml"))


def finders(opened: Open) -> dict[str, Callable[[str], object]]:
    return {
        "unit": opened.unit,
        "task": opened.task,
        "area": opened.area,
        "period": opened.period,
        "sending": opened.deliverable,
    }


@pytest.mark.parametrize(
    ("kind", "given", "id"),
    [
        ("unit", "so-y-te", "so-y-te"),
        ("unit", "Sở Y tế", "so-y-te"),
        ("task", "II.1.2", "II.1.2"),
        ("task", "Đổi mới nội dung, phương thức công tác dân vận", "II.1.2"),
        ("area", "II.3", "II.3"),
        ("period", "6m", "6m"),
        ("period", "06 tháng đầu năm 2023", "6m"),
        ("unit", "SO-Y-TE", "so-y-te"),
        ("unit", "so\u2013y\u2013te", "so-y-te"),
        ("unit", "sở y tế", "so-y-te"),
        ("unit", "so y te", "so-y-te"),
        ("unit", "\u201cSở\u00a0Y tế\u201d", "so-y-te"),
        ("unit", "SGDĐT", "so-giao-duc"),
        ("unit", "sgddt", "so-giao-duc"),
        ("unit", "SGD&ĐT", "so-giao-duc"),
        ("unit", "Sở GD&ĐT", "so-giao-duc"),
        ("unit", "Sở Giáo dục và Đào tạo", "so-giao-duc"),
        ("unit", "Ủy ban nhân dân huyện Bù Đốp", "huyen-bu-dop"),
        ("task", "II.1.1.", "II.1.1"),
        ("task", "ii.1.1", "II.1.1"),
        ("area", "ii.3.", "II.3"),
        ("period", "6 tháng", "6m"),
        ("period", "06 tháng đầu năm", "6m"),
        ("period", "6 thang", "6m"),
        ("period", "cả năm", "1y"),
        ("period", "1Y", "1y"),
        ("sending", "6 tháng", "6m"),
        ("sending", "Báo cáo 06 tháng đầu năm", "6m"),
        ("sending", "ke\u2011hoach", "ke-hoach"),
    ],
)
def test_a_name_of_the_plan_is_found(opened: Open, kind: str, given: str, id: str) -> None:
    assert finders(opened)[kind](given).id == id


@pytest.mark.parametrize(
    ("kind", "given", "near"),
    [
        ("unit", "so-y-tê", "so-y-te (Sở Y tế)"),
        ("unit", "Sở Y tê", "so-y-te (Sở Y tế)"),
        ("task", "II.1.22", "II.1.2 ("),
        ("area", "II.33", "II.3 ("),
        ("period", "6n", "6m (06 tháng đầu năm 2023)"),
        ("period", "zzzz", "6m, 1y"),
        ("period", "dai-6m", "kỳ 6m"),  # a deliverable's id is no period
        ("period", "ke-hoach", "6m, 1y"),  # a deliverable without a period
        ("task", "zzzzzzzz", "danvan show"),
        ("unit", "zzzzzzzz", "danvan show --units"),
    ],
)
def test_a_mistyped_name_gets_the_nearest_right_one(opened: Open, kind: str, given: str, near: str) -> None:
    with pytest.raises(UsageError) as told:
        finders(opened)[kind](given)
    assert f"«{given}»" in told.value.message
    assert near in str(told.value.help)


@pytest.mark.parametrize(("kind", "given"), [("unit", "../so-y-te"), ("unit", "a/b"), ("task", "\x1b[2J" * 60)])
def test_a_name_that_is_none_at_all_is_refused_shortly(opened: Open, kind: str, given: str) -> None:
    with pytest.raises(UsageError) as told:
        finders(opened)[kind](given)
    assert len(told.value.message) < 500


@pytest.mark.parametrize(
    ("given", "id"),
    [("quý I", "quy-1"), ("Quý I/2023", "quy-1"), ("quý 3", "quy-3"), ("quy 3", "quy-3"), ("quý IV năm 2023", "quy-4"),
     ("tháng 3", "thang-03"), ("tháng 03", "thang-03"), ("Tháng 12/2023", "thang-12")],
)  # fmt: skip
def test_a_period_of_what_recurs_is_called_as_people_do(tmp_path: Path, given: str, id: str) -> None:
    (tmp_path / "plans").mkdir()
    recur = "".join(f"  - {{id: {one}, kind: report, name: Báo cáo, owners: [all], every: {every}}}\n"
                    for one, every in (("quy", "quarter"), ("thang", "month")))  # fmt: skip
    text = shipped("plans/2023.yaml").read_text("utf-8")
    path = tmp_path / "plans" / "2023.yaml"
    path.write_text(text.replace("\ndeliverables:\n", f"\ndeliverables:\n{recur}", 1), "utf-8")
    found = open_plan(path)
    assert (found.period(given).id, found.deliverable(given).id) == (id, id)


def test_of_a_plan_without_periods_it_is_said_how_it_gets_some(tmp_path: Path) -> None:
    path = tmp_path / "plans" / "2026.yaml"
    path.parent.mkdir()
    path.write_bytes((Path(__file__).parents[1] / "fixtures" / "plans" / "mat-tran.yaml").read_bytes())
    plan = open_plan(path)
    for asked in (
        lambda: plan.period("nam"),
        lambda: plan.period("x"),
        lambda: sum_up(plan, "nam", date(2026, 12, 1), None),
    ):
        with pytest.raises(UsageError) as told:
            asked()
        assert "khai ở «periods»" in str(told.value.help)
