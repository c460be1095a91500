"""Deadlines as an iCalendar file (RFC 5545) that Outlook, Google and Thunderbird take.

An event has the same UID in every file that danvan makes of a plan, so importing again updates and never doubles; its
SEQUENCE grows with every entry of the plan that may move a day, and where its day is another than in the file that is there.
"""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from danvan_cli.plan.owed import Extension
from danvan_cli.text import clean, day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from danvan_cli.plan.days import TaskDay
    from danvan_cli.plan.model import Deliverable, Plan, Unit

_LINE: Final = 75
"""Octets of a line; a longer one is folded (3.1)."""
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
ALARMS: Final = (14, 3)
"""So many days before the last day on time an event reminds."""


def ics(
    plan: Plan,
    deadlines: Iterable[tuple[Deliverable, date, Unit | None]],
    tasks: Iterable[TaskDay] = (),
    *,
    unit: Unit | None = None,
    before: bytes = b"",
) -> bytes:
    """Write deadlines as whole days, the last day on time; the same input gives the same bytes.

    `deadlines` tell what is to be sent, the last day on time and by whom, None for all who owe it; the tasks are the
    unit's, or of all whom they bind. What has another day now takes the place of what the file `before` had.
    """
    known = _written(before)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//danvan//ke hoach//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(f'{plan.subject[:1].upper()}{plan.subject[1:]} {plan.span}')}",
    ]
    for one in deadlines:
        lines += _later(_sending(plan, *one), known)
    for day_of in tasks:
        lines += _later(_task(plan, day_of, unit), known)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line)).encode()


_SHOWN: Final = ("DTSTART", "STATUS")
_SEQUENCE: Final = "SEQUENCE:"


def _written(data: bytes) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Read of each event of a file that danvan wrote its SEQUENCE, and what a calendar shows of it."""
    out = {}
    for event in data.decode(errors="replace").replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1:]:
        lines = event.split("\r\n")
        number = next((one.removeprefix(_SEQUENCE) for one in lines if one.startswith(_SEQUENCE)), "")
        out[lines[0]] = int(number) if number.isdecimal() and len(number) < 9 else 0, _shown(lines)
    return out


def _shown(event: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for line in event if line.startswith(_SHOWN))


def _later(event: Iterator[str], known: Mapping[str, tuple[int, tuple[str, ...]]]) -> list[str]:
    """Give an event a SEQUENCE above the one that it had where it shows something else now, and never a lower one."""
    lines = [*event]
    if lines[1] not in known:
        return lines
    number, shown = known[lines[1]]
    least = number + (shown != _shown(lines))
    place = next(i for i, line in enumerate(lines) if line.startswith(_SEQUENCE))
    lines[place] = f"{_SEQUENCE}{max(least, int(lines[place].removeprefix(_SEQUENCE)))}"
    return lines


def _sending(plan: Plan, one: Deliverable, last: date, unit: Unit | None) -> Iterator[str]:
    gone = unit is not None and plan.exempt(one, unit)
    dated, first = plan.dated(one, unit), plan.last_day(one) or last
    said = f"trước ngày {day(one.before)}" if one.before else f"chậm nhất ngày {day(first)}"
    given = plan.set_by(one)
    by = "Kế hoạch ghi" if given is None else given or "Cơ quan theo dõi ấn định"
    put_off = f". Đã được gia hạn theo {dated.cited}" if isinstance(dated, Extension) else ""
    about = f"{by}: {said}{put_off}; ngày cuối đúng hạn: {day(last)}."
    if gone and unit:
        by_what = [it.cited for it in plan.exemptions if unit.id in it.units and one.id in it.deliverables]
        about += f" Đã được miễn gửi theo {'; '.join(by_what)}."
    yield from _event(plan, one.id, last, unit, f"Hạn gửi: {one.name}", one.name, about, gone=gone)


def _task(plan: Plan, one: TaskDay, unit: Unit | None) -> Iterator[str]:
    task = one.task
    by, due = ("Đơn vị ấn định", one.own) if one.own else ("Kế hoạch ghi", task.due)
    about = f"{by}: {due if isinstance(due, str) else day(one.last)}; hạn cuối: {day(one.last)}."
    if task.product:
        about += f" Sản phẩm: {task.product}."
    yield from _event(
        plan, f"{task.id}\0{one.turn}", one.last, unit, f"Hạn nhiệm vụ {task.id}: {task.label}", task.label, about
    )


def _event(
    plan: Plan, key: str, last: date, unit: Unit | None, title: str, name: str, about: str, *, gone: bool = False
) -> Iterator[str]:
    """Write an event; one that is gone stays as cancelled, so that importing again takes it out."""
    owner = unit.id if unit else "tat-ca"
    uid = sha256(f"{plan.issuer.name}\0{plan.id}\0{key}\0{owner}".encode()).hexdigest()[:32]
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@danvan"
    yield f"DTSTAMP:{_stamp(plan):%Y%m%d}T000000Z"
    yield f"SEQUENCE:{sequence(plan)}"
    yield f"DTSTART;VALUE=DATE:{last:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(title + (f' ({unit.name})' if unit else ''))}"
    yield f"DESCRIPTION:{_text(about)}"
    yield "TRANSP:TRANSPARENT"
    if gone:
        yield "STATUS:CANCELLED"
    for days in () if gone else ALARMS:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(f'Còn {days} ngày: {name}')}",
                    f"TRIGGER:-P{days}D", "END:VALARM")  # fmt: skip
    yield "END:VEVENT"


def sequence(plan: Plan) -> int:
    """Count what may have moved a day since the plan was first issued; it only grows."""
    replaced = sum(len(one.replaces) for one in plan.extensions) + sum(
        1 + len(one.was) for one in plan.settings.days.values()
    )
    return len(plan.amendments) + len(plan.extensions) + replaced + len(plan.exemptions) + len(plan.requests)


def _stamp(plan: Plan) -> date:
    """Give the day of the last document that the plan rests on; the year's first where none is known."""
    from datetime import date

    known = [one.date for some in (plan.amendments, plan.extensions, plan.exemptions, plan.requests) for one in some]
    return max([*known, plan.issued.date or date(plan.year, 1, 1)])


def _text(value: str) -> str:
    return clean(value).translate(_ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """Break a line into pieces of at most 75 octets, never inside a letter; a piece that goes on begins with a space."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    yield piece
