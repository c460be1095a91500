"""What a unit still owes, and what its next report lacks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.files import shipped
from danvan_cli.plan.model import Plan
from danvan_cli.unit.model import UnitRecord, owed
from danvan_cli.unit.progress import deadlines, unit_progress
from danvan_cli.yaml.read import read as read_as

DAYS = st.dates(date(2022, 1, 1), date(2025, 12, 31))


def shipped_plan() -> Plan:
    plan = read_as(Plan, shipped("plans/2023.yaml")).record
    assert plan is not None
    return plan


PLAN = shipped_plan()
UNIT = PLAN.unit_by_id["so-y-te"]


def record(**parts: object) -> UnitRecord:
    return UnitRecord.model_validate({"format": "danvan-unit/1", "unit": "so-y-te", "plan": "2023", **parts})


@given(DAYS)
def test_every_dated_deliverable_has_one_deadline_in_order(today: date) -> None:
    found = deadlines(PLAN, PLAN.deliverables, today)
    assert [one.last for one in found] == sorted({one.last for one in found})
    named = [one.id for deadline in found for one in deadline.deliverables]
    assert sorted(named) == sorted(one.id for one in PLAN.deliverables if one.before or one.by)
    assert all((one.last - today).days == one.days for one in found)


@given(st.sets(st.sampled_from([one.id for one in owed(PLAN, UNIT)])), DAYS)
def test_what_is_issued_is_open_no_more_and_all_else_is(issued: set[str], today: date) -> None:
    done = unit_progress(PLAN, UNIT, record(deliverables={one: {"number": "1/BC-SYT"} for one in issued}), today)
    named = {one.id for deadline in done.deadlines for one in deadline.deliverables} | {one.id for one in done.undated}
    wanted = {one.id for one in owed(PLAN, UNIT) if not one.on_request} - issued
    assert named == wanted


def test_the_period_is_that_of_the_first_report_not_issued() -> None:
    for issued, period in (([], "6m"), (["6m"], "1y"), (["1y"], "6m"), (["6m", "1y"], None)):
        done = unit_progress(
            PLAN, UNIT, record(deliverables={one: {"number": "1"} for one in issued}), date(2023, 5, 1)
        )
        assert (done.period.id if done.period else None) == period


def test_without_a_report_to_come_nothing_is_lacking() -> None:
    sent = {one: {"number": "1"} for one in ("6m", "1y")}
    done = unit_progress(PLAN, UNIT, record(deliverables=sent), date(2023, 5, 1))
    assert (done.without_result, done.without_figure, done.without_evidence) == ([], [], [])


def test_a_task_that_does_not_apply_lacks_no_result() -> None:
    lacking = unit_progress(PLAN, UNIT, record(), date(2023, 5, 1)).without_result
    less = unit_progress(
        PLAN, UNIT, record(tasks={"II.1.1": {"applies": False, "reason": "không thuộc"}}), date(2023, 5, 1)
    ).without_result
    assert [one.id for one in lacking if one not in less] == ["II.1.1"]


def test_a_result_without_evidence_is_counted_and_one_with_is_not() -> None:
    bare = {"results": {"6m": "Đã làm."}}
    shown = {**bare, "evidence": [{"title": "Biên bản", "number": "1/BB-SYT"}]}
    done = unit_progress(PLAN, UNIT, record(tasks={"II.1.1": bare, "II.1.2": shown}), date(2023, 5, 1))
    assert [one.id for one in done.without_evidence] == ["II.1.1"]
    assert not {"II.1.1", "II.1.2"} & {one.id for one in done.without_result}


@pytest.mark.parametrize(
    ("figure", "lacks"), [({"6m": 0}, False), ({"6m": None}, True), ({"1y": 3}, True), (None, True)]
)
def test_zero_is_a_figure_and_a_blank_is_none(figure: dict[str, int | None] | None, lacks: bool) -> None:
    done = unit_progress(PLAN, UNIT, record(indicators={"tin-bai": figure}), date(2023, 5, 1))
    assert ("tin-bai" in {one.id for one in done.without_figure}) is lacks


@pytest.mark.parametrize(("figures", "lacks"), [({"1y": 5}, True), ({"1y": 5, "1y-uoc": 7}, False)])
def test_a_period_that_asks_for_an_estimate_lacks_it_too(figures: dict[str, int], lacks: bool) -> None:
    sent = {"6m": {"number": "1"}}
    done = unit_progress(PLAN, UNIT, record(deliverables=sent, indicators={"tin-bai": figures}), date(2023, 5, 1))
    assert ("tin-bai" in {one.id for one in done.without_estimate}, done.without_figure) == (
        lacks,
        [one for one in done.without_figure if one.id != "tin-bai"],
    )


def test_a_task_with_another_fingerprint_has_changed() -> None:
    done = unit_progress(
        PLAN, UNIT, record(tasks={"II.1.1": {"fingerprint": "0" * 12}, "II.1.2": {}}), date(2023, 5, 1)
    )
    assert [one.id for one in done.changed] == ["II.1.1"]
