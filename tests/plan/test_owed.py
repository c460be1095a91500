"""What recurs: one entry stands for a report of each period, with its window and its day."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from danvan_cli.plan.model import Deliverable, Plan
from danvan_cli.plan.owed import periods_of
from danvan_cli.yaml.read import read

SHAPES = Path(__file__).parents[1] / "fixtures" / "plans"


def plan(name: str) -> Plan:
    found = read(Plan, SHAPES / f"{name}.yaml").record
    assert found is not None
    return found


def test_months_and_quarters_have_their_ids_windows_and_days() -> None:
    shown = plan("cai-cach")
    ids = [one.id for one in shown.deliverables]
    assert ids == [*(f"thang-{n:02d}" for n in range(1, 13)), "quy-1", "quy-2", "quy-3"]
    one = shown.deliverable_by_id["quy-1"]
    assert (one.name, one.before, shown.last_day(one), one.to) == (
        "Báo cáo cải cách hành chính quý I năm 2026", date(2026, 3, 15), date(2026, 3, 14), "so-noi-vu",
    )  # fmt: skip
    period = shown.period_by_id["quy-1"]
    assert (period.start, period.end, period.official) == (date(2025, 12, 15), date(2026, 3, 14), False)
    assert shown.period_by_id["thang-02"].start == date(2026, 1, 15)


def test_windows_of_a_year_meet_without_gap() -> None:
    for every in ("month", "quarter", "half", "year"):
        windows = [(one.start, one.end) for one in periods_of(every, 2026)]
        assert (windows[0][0], windows[-1][1]) == (date(2025, 12, 15), date(2026, 12, 14))
        assert all((after[0] - before[1]).days == 1 for before, after in pairwise(windows))


def test_a_period_that_the_plan_sets_itself_is_as_it_says() -> None:
    body = plan("cai-cach").model_dump(by_alias=True)
    own = {"id": "quy-1", "name": "ba tháng đầu năm", "from": "2026-01-01", "to": "2026-03-31"}
    shown = Plan.model_validate(body | {"periods": [own]})
    assert shown.period_by_id["quy-1"].name == "ba tháng đầu năm"
    assert sum(one.id == "quy-1" for one in shown.periods) == 1


def test_a_plan_over_several_years_has_a_report_each() -> None:
    shown = plan("nhieu-nam")
    days = {one.id: shown.last_day(one) for one in shown.deliverables}
    assert days == {f"nam-{year}": date(year, 12, 9) for year in (2026, 2027, 2028)}
    assert shown.span == "giai đoạn 2026 - 2028"
    assert all(shown.period_by_id[id_].estimate for id_ in days), "reported on before the year's figures are in"


def test_a_day_may_be_that_of_the_periods_that_are_reported_on() -> None:
    body = plan("cai-cach").model_dump(by_alias=True)
    one = {"id": "sau-thang", "kind": "report", "name": "Báo cáo", "owners": ["all"], "every": "half"}

    def days(due: str, without: list[str]) -> dict[str, date | None]:
        shown = Plan.model_validate(body | {"deliverables": [one | {"due": due, "without": without}]})
        return {it.id: shown.last_day(it) for it in shown.deliverables}

    assert days("trước ngày 15/6 và trước ngày 15/12", []) == {
        "sau-thang-1": date(2026, 6, 14),
        "sau-thang-2": date(2026, 12, 14),
    }
    assert days("trước ngày 15/6", ["nua-nam-2"]) == {"sau-thang-1": date(2026, 6, 14)}


@pytest.mark.parametrize("without", [["quy-4"], ["bc-4"], ["quy-4-2026", "bc-4-2027", "quy-4-2028"]])
def test_what_is_left_out_without_a_year_is_left_out_of_each_year(without: list[str]) -> None:
    body = plan("nhieu-nam").model_dump(by_alias=True)
    one = {"id": "bc", "kind": "report", "name": "Báo cáo", "owners": ["all"], "every": "quarter", "without": without}
    shown = Plan.model_validate(body | {"deliverables": [one]})
    assert [it.id for it in shown.deliverables] == [f"bc-{n}-{year}" for year in (2026, 2027, 2028) for n in (1, 2, 3)]


def test_a_period_of_a_later_year_is_held_against_the_same_one_a_year_before() -> None:
    body = plan("cai-cach").model_dump(by_alias=True) | {"year": 2026, "until": 2028}
    entries = [{"id": "quy", "kind": "report", "name": "Báo cáo", "owners": ["all"], "every": "quarter", "without": ["quy-2-2026"]},
               {"id": "nam", "kind": "report", "name": "Báo cáo", "owners": ["all"], "every": "year"}]  # fmt: skip
    shown = Plan.model_validate(body | {"deliverables": entries, "periods": []})
    against = {one.id: one.beside for one in shown.periods}
    assert against["quy-1-2026"] is against["nam-2026"] is None
    assert against["quy-2-2027"] is None, "the plan has none of the year before"
    assert (against["quy-1-2027"], against["quy-2-2028"], against["nam-2028"]) == (
        "quy-1-2026",
        "quy-2-2027",
        "nam-2027",
    )
    other = entries[0] | {"id": "quy-khac", "without": []}
    for listed in ([*entries, other], [other, *entries]):
        again = Plan.model_validate(body | {"deliverables": listed, "periods": []})
        assert again.period_by_id["quy-2-2027"].beside == "quy-2-2026", "another report is on it"


def test_what_was_done_so_far_is_held_against_as_much_of_the_year_before() -> None:
    shown = plan("nhieu-nam")
    later = [shown.period_by_id[f"nam-{year}"] for year in (2027, 2028)]
    assert [(one.estimate, one.beside, one.previous) for one in later] == [
        (True, "nam-2026", None), (True, "nam-2027", None),
    ]  # fmt: skip


def test_words_without_a_year_have_no_day_in_a_plan_over_several_years() -> None:
    shown = plan("nhieu-nam")
    assert shown.when("Quý II").days == ()
    assert not shown.when("Quý II").understood
    assert shown.when("trước ngày 31/12/2027").days == (date(2027, 12, 30),)
    assert shown.when("hằng năm, trước ngày 10/12").days == tuple(date(year, 12, 9) for year in (2026, 2027, 2028))


@pytest.mark.parametrize(
    "more",
    [
        {"every": "quarter", "before": "2026-03-15"}, {"every": "quarter", "kind": "plan"}, {"due": "hằng quý"},
        {"without": ["quy-2"]}, {"every": "quarter", "period": "6m"}, {"every": "quarter", "on_request": True},
        {"every": "tuần"},
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Deliverable.model_validate({"id": "x", "kind": "report", "name": "x", "owners": ["all"]} | more)


def test_a_draft_may_lack_what_an_issued_plan_has() -> None:
    body = plan("mat-tran").model_dump(by_alias=True) | {"sections": [], "blocks": [], "units": []}
    with pytest.raises(ValidationError, match="sections"):
        Plan.model_validate(body)
    assert Plan.model_validate(body | {"state": "draft", "deliverables": []}).tasks == []


def test_a_recipient_may_be_outside_of_the_units() -> None:
    assert plan("mat-tran").recipient("trung-uong") == "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"
