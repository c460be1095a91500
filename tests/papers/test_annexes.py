"""The annexes of a report: figures and their change, progress of tasks, the list of evidence."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.desk.made import make
from danvan_cli.papers import annexes
from danvan_cli.papers.kinds import bao_cao
from danvan_cli.word.shape import plain_values
from shipped import PLAN, UNIT, recorded

HALF, YEAR = PLAN.period_by_id["6m"], PLAN.period_by_id["1y"]


def report(period: str = "6m", topic: str | None = None, **given: Any) -> dict[str, Any]:
    return plain_values(bao_cao.report_paper(PLAN, UNIT, recorded(**given), PLAN.deliverable_by_id[period], topic))


# Figures -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        ("1322", "1486", "+164\n(+12,4%)"), ("12", "7", "-5\n(-41,7%)"), ("16", "16", "0"), ("0", "3", "+3"),
        ("0", "0", "0"), ("200", "199.9", "-0,1\n(-0,1%)"), ("2.50", "2.50", "0"), ("1", "0", "-1"), ("9", "11", "+2"), ("10", "11", "+1\n(+10,0%)"),
        (None, "3", ""),
        ("3", None, ""), (None, None, ""),
    ],
)  # fmt: skip
def test_a_figure_says_how_much_it_grew_but_never_from_a_blank(
    before: str | None, now: str | None, change: str
) -> None:
    given = {"6m-2022": before and Decimal(before), "6m": now and Decimal(now)}
    (row,) = [one for one in report(indicators={"kiem-tra": given})["figures"] if one["name"].startswith("Cuộc kiểm")]
    assert row["change"] == change
    assert row["beside"] == (None if before is None else Decimal(before))
    assert row["value"] == (None if now is None else Decimal(now))


def test_a_percentage_grows_by_points_not_by_percent_of_percent() -> None:
    assert PLAN.indicators is not None
    one = PLAN.indicators.items[0].model_copy(update={"unit": "%"})
    fields = {name: getattr(PLAN, name) for name in type(PLAN).model_fields}
    plan = type(PLAN).model_construct(**fields | {"indicators": PLAN.indicators.model_copy(update={"items": [one]})})
    given = {one.id: {"6m-2022": Decimal(80), "6m": Decimal("82.5")}}
    assert annexes.figures(plan, recorded(indicators=given), HALF)[0].change == "+2,5"


@given(*[st.decimals("0", "999999", places=2)] * 2)
def test_the_sign_of_a_change_is_the_sign_of_the_difference(before: Decimal, now: Decimal) -> None:
    change = report(indicators={"tin-bai": {"6m-2022": before, "6m": now}})["figures"][9]["change"]
    assert change[:1] == ("+" if now > before else "-" if now < before else "0")


def test_the_year_so_far_is_held_against_the_same_span_and_the_estimate_against_the_whole_year() -> None:
    given = {
        "tin-bai": {"1y": Decimal(131), "1y-uoc": Decimal(140), "1y-2022": Decimal(108), "1y-2022-ck": Decimal(99)}
    }
    shown = report("1y", indicators=given)
    row = next(one for one in shown["figures"] if one["name"].startswith("Tin, bài"))
    assert (row["beside"], row["change"]) == (99, "+32\n(+32,3%)")
    assert (row["whole"], row["estimate_change"]) == (108, "+32\n(+29,6%)")
    assert (shown["beside"]["name"], shown["whole"]["name"]) == ("cùng kỳ năm 2022", "năm 2022")


def test_what_is_not_whole_yet_is_held_against_nothing_where_the_plan_names_no_same_span() -> None:
    year = PLAN.period_by_id["1y"].model_copy(update={"same": None})
    record = recorded(indicators={"tin-bai": {"1y": Decimal(131), "1y-2022": Decimal(108)}})
    row = next(one for one in annexes.figures(PLAN, record, year) if one.name.startswith("Tin, bài"))
    assert (row.beside, row.change, row.whole) == (None, "", 108)


@pytest.mark.parametrize("key", ["6m-2022", "6m"])
def test_a_missing_figure_of_either_year_is_a_blank(key: str) -> None:
    assert PLAN.indicators is not None
    full = {one.id: {"6m": Decimal(1), "6m-2022": Decimal(1)} for one in PLAN.indicators.items}
    del full["tin-bai"][key]
    paper = bao_cao.report_paper(PLAN, UNIT, recorded(indicators=full), PLAN.deliverable_by_id["6m"])
    made = make(paper, None)
    assert made.blanks.count("số") == 1


def test_a_label_of_a_chart_stands_on_one_line() -> None:
    assert annexes.area_label(3, "Cải cách hành chính") == "3. Cải cách hành chính"
    assert annexes.area_label(1, PLAN.areas[0].title) == "1. Quán triệt các quan điểm, chủ trương…"


def test_the_annex_of_progress_is_made_where_the_unit_wants_it() -> None:
    assert report()["progress"] == []
    assert len(report(papers={"progress": True})["progress"]) == 27


def test_the_years_report_carries_what_is_expected_for_the_whole_year() -> None:
    given = {"tin-bai": {"1y": Decimal(100), "1y-uoc": Decimal(131)}}
    shown = {row["name"]: row["estimate"] for row in report("1y", indicators=given)["figures"]}
    assert shown["Tin, bài tuyên truyền về công tác dân vận"] == 131
    assert shown["Lượt tiếp công dân"] is None
    assert report("1y")["period"]["estimate"]
    assert not report("6m")["period"]["estimate"]


# Progress ------------------------------------------------------------------------------------------------------------


def activities(*days: date | None, status: str = "doing") -> str:
    tasks = {"II.1.1": {"status": status, "activities": [{"content": "A", "done": day} for day in days]}}
    row: dict[str, str] = report(tasks=tasks, papers={"progress": True})["progress"][1]
    return row["activities"]


def test_progress_counts_activities_and_names_the_last_day() -> None:
    assert activities() == ""
    assert activities(None, None) == "0/2"
    assert activities(date(2023, 3, 15), None, date(2023, 2, 1)) == "2/3\n(15/3/2023)"
    assert activities(None, date(2023, 3, 15), status="done") == "2/2\n(15/3/2023)"
    assert activities(None, status="done") == "1/1"


def test_what_was_done_after_the_period_is_not_in_its_report() -> None:
    assert activities(HALF.end, HALF.end + timedelta(days=1)) == "1/2\n(14/6/2023)"


def test_tasks_that_apply_are_counted_by_state() -> None:
    tasks = {
        "II.1.1": {"status": "done"},
        "II.1.2": {"status": "doing"},
        "II.6.1": {"applies": False, "reason": "x", "status": "done"},
    }
    found = report(tasks=tasks)
    assert found["counts"] == {"total": 19, "todo": 17, "doing": 1, "done": 1, "unknown": 0}
    states = found["states"]
    assert [sum(row["values"][at] for row in states) for at in range(3)] == [1, 1, 17], "xong, đang làm, chưa làm"
    assert states[0]["values"][:2] == [1, 1]
    assert [row["label"][:12] for row in states] == [
        f"{at}. {area['title']}"[:12] for at, area in enumerate(found["areas"], start=1)
    ]


def test_an_area_without_tasks_has_no_bar() -> None:
    tasks = {task.id: {"applies": False, "reason": "x"} for task in PLAN.areas[0].tasks}
    assert len(report(tasks=tasks)["states"]) == len(report()["states"]) - 1


# Evidence ------------------------------------------------------------------------------------------------------------

ONE = {"title": "Báo cáo hội nghị", "number": "31/BC-SYT", "date": date(2023, 3, 20)}


def titles(period: str = "6m", **recorded: Any) -> list[str]:
    return [row["title"] for row in report(period, **recorded)["evidence"]]


def test_evidence_is_listed_with_number_day_and_what_it_is_behind() -> None:
    assert report(tasks={"II.1.1": {"evidence": [ONE]}})["evidence"] == [
        {
            "title": "Báo cáo hội nghị",
            "number": "31/BC-SYT",
            "date": "20/3/2023",
            "behind": "Quán triệt, cụ thể hóa chủ trương, chính sách về công tác dân vận",
            "note": "",
        }
    ]


@pytest.mark.parametrize(
    ("given", "half", "year"),
    [
        ({"date": HALF.start}, True, True), ({"date": HALF.end}, True, True),
        ({"date": HALF.end + timedelta(days=1)}, False, True), ({"date": HALF.start - timedelta(days=1)}, False, False),
        ({}, True, True), ({"period": "6m", "date": date(2023, 9, 1)}, True, False),
        ({"period": "1y", "date": date(2023, 3, 1)}, False, True), ({"period": "1y"}, False, True),
    ],
)  # fmt: skip
def test_evidence_goes_with_the_period_it_names_else_with_that_of_its_day(
    given: dict[str, Any], half: bool, year: bool
) -> None:
    tasks = {"II.1.1": {"evidence": [{"title": "A", **given}]}}
    assert [titles(period, tasks=tasks) == ["A"] for period in ("6m", "1y")] == [half, year]


def test_a_thing_behind_two_tasks_stands_once_with_both_and_all_that_is_known_of_it() -> None:
    tasks = {
        "II.1.1": {"evidence": [{"title": "Báo cáo hội nghị", "number": "31/BC-SYT"}]},
        "II.5.1": {"evidence": [{**ONE, "file": "a.pdf"}, {"title": "Khác", "number": "31/BC-SYT", "date": date(2023, 4, 1)}]},
    }  # fmt: skip
    first, second = report(tasks=tasks)["evidence"]
    assert (first["date"], first["note"], first["behind"].count(";")) == ("20/3/2023", "Kèm theo", 1)
    assert second["title"] == "Khác"


def test_one_file_is_one_thing_and_two_files_of_one_title_are_two() -> None:
    def tasks(*hashes: str) -> dict[str, Any]:
        return {
            "II.1.1": {
                "evidence": [{"title": "Ảnh", "file": f"{at}.jpg", "sha256": one} for at, one in enumerate(hashes)]
            }
        }

    assert len(titles(tasks=tasks("a" * 64, "a" * 64))) == 1
    assert len(titles(tasks=tasks("a" * 64, "b" * 64))) == 2


@pytest.mark.parametrize(
    ("given", "note"),
    [
        ({"file": "a.pdf"}, "Kèm theo"), ({"restricted": True}, "Kiểm tra trực tiếp tại đơn vị"),
        ({"expires": date(2023, 5, 1)}, "Hết giá trị sau ngày 01/5/2023"),
        ({"file": "a.pdf", "expires": date(2024, 1, 1)}, "Kèm theo; có giá trị đến hết ngày 01/01/2024"), ({}, ""),
    ],
)  # fmt: skip
def test_the_list_says_where_a_thing_is_and_how_long_it_holds(given: dict[str, Any], note: str) -> None:
    (row,) = report(tasks={"II.1.1": {"evidence": [{**ONE, **given}]}})["evidence"]
    assert row["note"] == note


def test_documents_issued_in_the_period_are_evidence_but_a_report_is_none_of_itself() -> None:
    issued = {
        "ke-hoach": {"number": "15", "date": date(2023, 2, 10)},
        "6m": {"number": "40/BC-SYT", "date": date(2023, 5, 5)},
        "tu-cham": {"date": date(2023, 5, 5)},
    }
    (row,) = report(deliverables=issued)["evidence"]
    assert (row["number"], row["date"]) == ("15/KH-SYT", "10/02/2023")
    assert [row["number"] for row in report("1y", deliverables=issued)["evidence"]] == ["15/KH-SYT", "40/BC-SYT"]
    early = {"ke-hoach": {"number": "15", "date": date(2022, 12, 1)}}
    assert report(deliverables=early)["evidence"] == []


def test_a_number_of_two_years_is_two_documents() -> None:
    tasks = {"II.1.1": {"evidence": [{**ONE, "date": date(2022, 12, 20)}, ONE]}}
    assert len(titles(tasks=tasks)) == 2


def test_evidence_of_tasks_that_do_not_apply_is_left_out() -> None:
    assert titles(tasks={"II.6.1": {"applies": False, "reason": "x", "evidence": [ONE]}}) == []


# Obstacles -----------------------------------------------------------------------------------------------------------


def test_an_obstacle_is_in_the_report_of_the_period_in_which_it_was_raised() -> None:
    raised = [
        {"text": "Trong kỳ.", "date": date(2023, 4, 20)},
        {"text": "Không ghi ngày."},
        {"text": "Kỳ sau.", "date": HALF.end + timedelta(days=1)},
    ]
    assert [one["sentence"] for one in report("6m", obstacles=raised)["obstacles"]] == ["Trong kỳ.", "Không ghi ngày."]
    assert len(report("1y", obstacles=raised)["obstacles"]) == 3
    assert report("chuyen-de", obstacles=raised)["obstacles"] == []


def test_a_report_on_request_says_its_own_and_what_it_says_is_in_no_other() -> None:
    said = {"report": "chuyen-de", "request": "Công văn số 9", "results": "Kết quả riêng.",
            "obstacles": [{"text": "Riêng."}]}  # fmt: skip
    asked = [{**said, "topic": "Một"}, {"report": "chuyen-de", "topic": "Hai"}, {"report": "dot-xuat", "topic": "Một"}]
    one, two = (report("chuyen-de", topic=topic, requested=asked) for topic in ("MỘT", "Hai"))
    assert (one["remarks"]["results"], one["request"]) == ("Kết quả riêng.", "Công văn số 9")
    assert [it["sentence"] for it in one["obstacles"]] == ["Riêng."]
    others = (two, report("dot-xuat", topic="Một", requested=asked), report("6m", requested=asked))
    assert [(it["remarks"]["results"], it["request"], it["obstacles"]) for it in others] == [(None, None, [])] * 3
