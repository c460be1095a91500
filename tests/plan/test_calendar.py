"""Days: what «trước ngày» means, working days, today."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.errors import UsageError
from danvan_cli.plan.calendar import Calendar, last_day, read_calendar, today, vietnams_day

SHIPPED = Path(__file__).parents[2] / "plans" / "calendar.yaml"
days = st.dates(date(2000, 1, 2), date(2100, 12, 31))


def calendar(off: list[date], on: list[date]) -> Calendar:
    return Calendar.model_validate(
        {
            "format": "danvan-calendar/1",
            "years": [
                {
                    "year": 2023,
                    "source": "thử",
                    "holidays": [{"date": day, "name": f"nghỉ {day}"} for day in off],
                    "working_days": [{"date": day, "name": "làm bù"} for day in on],
                }
            ],
        }
    )


@given(days)
def test_before_a_day_ends_the_day_before(day: date) -> None:
    assert last_day(day, None, includes=False) == day - timedelta(days=1)


@given(days)
def test_before_a_day_ends_that_day_where_the_plan_says_so(day: date) -> None:
    assert last_day(day, None, includes=True) == day


@given(days, st.booleans())
def test_by_a_day_counts_that_day(day: date, includes: bool) -> None:
    assert last_day(None, day, includes=includes) == day


def test_no_date_has_no_last_day() -> None:
    assert last_day(None, None, includes=False) is None


@given(days, st.sets(days, max_size=20), st.sets(days, max_size=20))
def test_the_working_day_before_is_the_nearest_one(day: date, off: set[date], on: set[date]) -> None:
    known = calendar(sorted(off), sorted(on))
    before = known.working_day_before(day)
    assert before < day
    assert known.rest(before) is None
    between = [before + timedelta(days=i) for i in range(1, (day - before).days)]
    assert all(known.rest(one) for one in between)


@given(days)
def test_a_swapped_day_is_worked_though_it_is_a_holiday(day: date) -> None:
    assert calendar([day], [day]).rest(day) is None
    assert calendar([day], []).rest(day) == f"nghỉ {day}"


def test_weekends_are_free() -> None:
    known = calendar([], [])
    week = [known.rest(date(2023, 5, 8) + timedelta(days=i)) for i in range(7)]
    assert week == [None] * 5 + ["thứ Bảy", "Chủ nhật"]


def test_a_year_that_is_not_in_the_calendar_is_not_covered() -> None:
    assert calendar([], []).covers(2023)
    assert not calendar([], []).covers(2027)


def test_the_shipped_calendar_agrees_with_a_public_library() -> None:
    shipped, found = read_calendar(SHIPPED)
    assert found == []
    # What the library is known not to have: the swap of 02/01 with 10/01/2026.
    known = {date(2026, 1, 2), date(2026, 1, 10)}
    for year in shipped.years:
        public = holidays.country_holidays("VN", years=year.year)
        for i in range(366):
            day = date(year.year, 1, 1) + timedelta(days=i)
            if day.year == year.year and day not in known:
                assert (shipped.rest(day) is None) == public.is_working_day(day), day


def test_a_calendar_that_is_not_there_is_empty(tmp_path: Path) -> None:
    empty, found = read_calendar(tmp_path / "calendar.yaml")
    assert (empty.years, found) == ([], [])


def test_today_is_what_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANVAN_TODAY", "2023-05-01")
    assert today() == date(2023, 5, 1)
    monkeypatch.delenv("DANVAN_TODAY")
    assert abs(today() - date.today()) <= timedelta(days=1)  # noqa: DTZ011 - days differ by zone


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Ho_Chi_Minh", "Pacific/Kiritimati"])
def test_days_are_vietnams_whatever_the_computers_zone(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert [vietnams_day(datetime(2023, 5, 9, hour, 30, tzinfo=UTC).timestamp()) for hour in (16, 17)] == [
            date(2023, 5, 9), date(2023, 5, 10)]  # fmt: skip
        monkeypatch.delenv("DANVAN_TODAY", raising=False)
        assert today() in {(datetime.now(UTC) + timedelta(hours=7, minutes=one)).date() for one in (-1, 0)}
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("value", ["1/5/2023", "20230501", "2023-W18-1", "2023-02-30", "hôm nay", "0001-01-01"])
def test_a_today_that_is_no_date_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANVAN_TODAY", value)
    with pytest.raises(UsageError, match="DANVAN_TODAY"):
        today()
