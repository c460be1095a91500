"""Days: what «trước ngày» means, working days by the workspace's own calendar, and today."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.yaml.read import read
from danvan_cli.yaml.schema import Day, Model, Text, as_day

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.findings.finding import Finding

VIETNAM: Final = timezone(timedelta(hours=7))
"""No summer time has been kept here since long before any plan: no table of zones is needed."""


class NamedDay(Model):
    """A day with its name."""

    date: Day
    name: Text


class Year(Model):
    """The holidays of a year and the weekend days that are worked instead of others."""

    year: int = Field(ge=2000, le=2100)
    source: Text
    confirmed: bool = True
    holidays: list[NamedDay] = []
    working_days: list[NamedDay] = []


class Calendar(Model):
    """The holidays and swapped working days that a workspace knows; users edit it."""

    format: Literal["danvan-calendar/1"]
    years: list[Year] = []

    @cached_property
    def _off(self) -> dict[date, str]:
        return {day.date: day.name for year in self.years for day in year.holidays}

    @cached_property
    def _on(self) -> frozenset[date]:
        return frozenset(day.date for year in self.years for day in year.working_days)

    def covers(self, year: int) -> bool:
        """Tell whether the calendar holds a year."""
        return any(one.year == year for one in self.years)

    def rest(self, day: date) -> str | None:
        """Say why a day is no working day, or None if it is one."""
        if day in self._on:
            return None
        if day in self._off:
            return self._off[day]
        return {5: _("thứ Bảy"), 6: _("Chủ nhật")}.get(day.weekday())

    def working_day_before(self, day: date) -> date:
        """Find the last working day before a day."""
        before = day - timedelta(days=1)
        while self.rest(before):
            before -= timedelta(days=1)
        return before


def last_day(before: date | None, by: date | None, *, includes: bool) -> date | None:
    """Give the last day on which something is on time, or None where no date is given.

    «Chậm nhất ngày …», «đến ngày …» (`by`) counts itself; `includes` tells whether «trước ngày …» (`before`) does: no
    authority says so, and the plain reading excludes it.
    """
    if by is not None:
        return by
    if before is None:
        return None
    return before if includes else before - timedelta(days=1)


def vietnams_day(moment: float | None = None) -> date:
    """Give the day that it is in Vietnam, now or at a moment of the clock, whatever zone the computer is set to."""
    return (datetime.fromtimestamp(moment, VIETNAM) if moment is not None else datetime.now(VIETNAM)).date()


def now() -> datetime:
    """Give this moment, on the day that counts as today."""
    return datetime.combine(today(), datetime.now(VIETNAM).timetz())


def today() -> date:
    """Give today, or the day that the environment variable `DANVAN_TODAY` sets.

    Raises:
        UsageError: if `DANVAN_TODAY` is no ISO date.
    """
    value = os.environ.get("DANVAN_TODAY")
    if not value:
        return vietnams_day()
    try:
        return as_day(value)
    except PydanticCustomError:
        raise UsageError(
            _("DANVAN_TODAY=«{value}» không phải ngày", value=value[:40]),
            help=_("viết NĂM-THÁNG-NGÀY, ví dụ 2023-05-01"),
        ) from None


def read_calendar(path: Path) -> tuple[Calendar, list[Finding]]:
    """Read a calendar; one that is not there is empty.

    Raises:
        UsageError: if the file is there but cannot be read.
    """
    if not path.exists():
        return Calendar(format="danvan-calendar/1"), []
    found = read(Calendar, path)
    return found.record or Calendar(format="danvan-calendar/1"), found.findings
