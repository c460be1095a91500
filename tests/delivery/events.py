"""What another program reads in a calendar file."""

from __future__ import annotations

from typing import Any

from icalendar import Calendar


def events(data: bytes) -> dict[str, Any]:
    return {str(one["uid"]): one for one in Calendar.from_ical(data).walk("VEVENT")}
