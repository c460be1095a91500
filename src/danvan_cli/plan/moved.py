"""What names a year, brought to another one: days, words of time, names; what only mentions a year is left as it is."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from datetime import date
from typing import Final

_OTHER_YEAR: Final = re.compile(
    r"(?i)(?:giai đoạn|nhiệm kỳ|năm học|khóa|niên khóa|từ|đến|so với|trước|sau|cuối|hết|số \S{1,30}(?: ngày \S{1,12})?.{0,120})\s?(?:năm )?$"
)
_PLAN_YEAR: Final = re.compile(r"(?i)(?<=\bnăm )(20\d\d)\b(?!\s*[-–/]|\s+(?:đến|trở))")
_A_YEAR: Final = re.compile(r"\b(20\d\d)\b")
_ID_YEAR: Final = re.compile(r"(?<![0-9a-z])20\d\d(?![0-9a-z])")
_SLASH_YEAR: Final = re.compile(r"(?i)\b((?:quý [ivx\d]{1,3}|tháng \d{1,2}|\d{1,2}T)/)(20\d\d)\b")
_SPAN: Final = re.compile(r"\b(20\d\d)\s?[-–]\s?(20\d\d)\b")
_LEAP_DAY: Final = re.compile(
    r"(?i)(?<![\d/.-])29(?P<rest>(?:[/.-]|\s+tháng\s+)0?2(?:(?:[/.-]|\s+năm\s+)(?P<y>20\d\d))?)(?![\d/.-]*\d)"
)
_NEAR: Final = 3
"""Years around the plan's that an id of its periods may name."""


def moved(text: str, was: int, now: int) -> str:
    """Bring «năm 2022» of a plan of 2022 to the new plan's year.

    Only where it plainly is the plan's year: not in a span (giai đoạn 2021 - 2025), a school year, a comparison, the
    name of a document with its number.
    """

    def year(found: re.Match[str]) -> str:
        if int(found[1]) != was or _OTHER_YEAR.search(text[: found.start()][-200:]):
            return found[1]
        return str(now)

    return _PLAN_YEAR.sub(year, text)


def moved_due(due: date | str | None, was: int, now: int, until: int | None = None) -> date | str | None:
    """Bring a time of an earlier plan to the new plan's years: what it named of its own and of the next moves on."""
    if isinstance(due, date):
        return moved_day(due, now - was)
    if due is None:
        return None
    own = range(was, (until or was) + 2)
    brought = _A_YEAR.sub(lambda found: str(int(found[1]) + now - was) if int(found[1]) in own else found[1], due)
    return _LEAP_DAY.sub(lambda found: found[0] if isleap(int(found["y"] or now)) else f"28{found['rest']}", brought)


def moved_day(day: date, by: int) -> date:
    """Bring a day to another year: the same day of the same month; 29 February is the 28th where there is none."""
    last = monthrange(day.year + by, day.month)[1]
    return day.replace(year=day.year + by, day=min(day.day, last))


def moved_end(day: date, by: int) -> date:
    """Bring the last day of a period to another year: the last of a month stays that."""
    new = moved_day(day, by)
    whole = day.day == monthrange(day.year, day.month)[1]
    return new.replace(day=monthrange(new.year, new.month)[1]) if whole else new


def moved_id(id_: str, was: int, by: int, until: int | None = None) -> str:
    """Bring the year that an id ends with, or holds, to another one: `6m-2022`, where it is near the plan's."""
    near = range(was - _NEAR, (until or was) + _NEAR + 1)
    return _ID_YEAR.sub(lambda found: str(int(found[0]) + by) if int(found[0]) in near else found[0], id_)


def moved_name(name: str, was: int, by: int, until: int | None = None) -> str:
    """Bring what is ours to name to another year: the plan's own, the one before, the one after."""
    for year in range((until or was) + 1, was - 2, -1) if by > 0 else ():
        name = moved(name, year, year + by)
        name = _SLASH_YEAR.sub(lambda found, y=year: f"{found[1]}{y + by}" if int(found[2]) == y else found[0], name)  # type: ignore[misc]
    return name


def names_years(text: str, years: range) -> str:
    """Say which of these years a text names, or which span of years that is over; empty where neither."""
    spans = [(first, last) for first, last in _SPAN.findall(text) if int(last) in years]
    rest = _SPAN.sub("", text)
    found = sorted({year for year in _A_YEAR.findall(rest) if int(year) in years})
    return ", ".join([*(f"năm {year}" for year in found), *dict.fromkeys(f"giai đoạn {a} - {b}" for a, b in spans)])


def stale_year(text: str, now: int) -> bool:
    """Tell whether a text still names an earlier year."""
    return any(int(year) < now for year in _A_YEAR.findall(text))
