"""What is recorded, as edits of the unit's file: made from what a person says, told again in a clerk's words."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.lang import _
from danvan_cli.text import day, number
from danvan_cli.typed import iso_day, nothing
from danvan_cli.unit.model import TYPE_CODES, fingerprint, reported_periods
from danvan_cli.yaml.splice import Add, Put, at, same
from danvan_cli.yaml.yamlfile import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from danvan_cli.plan.model import Deliverable, Period, Plan, Task, Unit
    from danvan_cli.unit.model import State, UnitRecord
    from danvan_cli.yaml.yamlfile import Loc

RecordChange = Put | Add

ITEM_KEYS: Final = {"activities": ("content",), "evidence": ("title", "number", "date"), "obstacles": ("text",)}
"""What makes two items of a list the same thing, said again; the first is what none of them can be without."""


def listed(root: Any, loc: Loc, item: Mapping[str, Any]) -> list[RecordChange]:
    """Record an item of a list: new, or more about the one that is there.

    Args:
        root: the unit's file as a tree.
        loc: the list.
        item: what is recorded; values that are None say nothing.
    """
    said = {key: value for key, value in item.items() if value is not None and value is not False}
    keys = ITEM_KEYS[str(loc[-1])]
    for i, there in enumerate(at(root, loc) or ()):
        if isinstance(there, dict) and all(same(there.get(key), said.get(key)) for key in keys):
            return [Put((*loc, i, key), value) for key, value in said.items()]
    return [Add(loc, said)]


def merged(root: Any, given: Mapping[str, Any], loc: Loc = ()) -> Iterator[RecordChange]:
    """Take over parts of a unit's file: what they name is replaced, lists grow.

    Args:
        root: the unit's file as a tree.
        given: the parts, in the form of a unit's file.
        loc: where they belong.
    """
    for key, value in given.items():
        place = (*loc, key)
        if isinstance(value, dict):
            yield from merged(root, value, place)
        elif isinstance(value, list) and key in ITEM_KEYS:
            for item in value:
                yield from listed(root, place, item)
        else:
            yield Put(place, value)


def with_fingerprints(changes: Iterable[RecordChange], record: UnitRecord, plan: Plan) -> Iterator[RecordChange]:
    """Let a task that the file does not hold yet begin with the fingerprint of what the unit takes over now."""
    seen = set(record.tasks)
    for change in changes:
        name = str(change.loc[1]) if change.loc[0] == "tasks" else ""
        if name and name not in seen and name in plan.task_by_id:
            seen.add(name)
            yield Put(("tasks", name, "fingerprint"), fingerprint(plan.task_by_id[name]))
        yield change


def with_states(changes: Sequence[RecordChange], record: UnitRecord, plan: Plan, day: date) -> list[RecordChange]:
    """Let each task that changes keep the states that it had at the ends of the periods that are over.

    The year's last period is not over for its plan: what is recorded after it still belongs to it.
    """
    over = [one for one in _periods(plan, record.unit)[:-1] if one.end < day]
    said = {one.loc for one in changes}
    names = dict.fromkeys(str(one.loc[1]) for one in changes if one.loc[0] == "tasks" and len(one.loc) > 1)
    return [
        *(
            Put(loc, state)
            for name in names
            for period in over
            if (loc := ("tasks", name, "states", period.id)) not in said
            and (it := record.task(name)).status and not it.states.get(period.id)
            and (state := it.state_in(period, plan))
        ),
        *changes,
    ]  # fmt: skip


def state_said(
    task: str, state: State, record: UnitRecord, plan: Plan, today: date, at_end: Period | date
) -> Iterator[RecordChange]:
    """Record how far a task is: now, or at a period's end.

    Args:
        task: the task's id.
        state: how far it is, or was.
        record: the unit's record so far.
        plan: the plan.
        today: the day of recording.
        at_end: the period at whose end it was so, or the day since when it is so.
    """
    there, loc = record.task(task), ("tasks", task)
    known = _periods(plan, record.unit)
    if isinstance(at_end, date):
        yield Put((*loc, "status"), state)
        yield from (
            Put((*loc, "states", one.id), state)
            for one in known
            if one.end >= at_end and (there.states.get(one.id) or one.end < today)
        )
        return
    later = any(there.states.get(one.id) or there.results.get(one.id) for one in known if one.end > at_end.end)
    kept = there.states.get(at_end.id)
    now = at_end.end >= today or not (later or kept not in {None, there.status})
    if now:
        yield Put((*loc, "status"), state)
    if later or kept or at_end.end < today:
        yield Put((*loc, "states", at_end.id), state)


def _periods(plan: Plan, unit: str) -> list[Period]:
    """List the periods that a unit reports on, the one that ends first first."""
    return sorted(reported_periods(plan, plan.unit_by_id[unit]), key=lambda one: one.end)


def confirmed(tasks: Iterable[Task], record: UnitRecord) -> list[RecordChange]:
    """Take tasks over as they now are in the plan, where they have changed since."""
    return [
        Put(("tasks", task.id, "fingerprint"), fingerprint(task))
        for task in tasks
        if task.id in record.tasks and record.tasks[task.id].fingerprint != fingerprint(task)
    ]


def effective(root: Any, changes: Iterable[RecordChange]) -> list[RecordChange]:
    """Leave out what changes nothing."""
    return [one for one in changes if isinstance(one, Add) or not same(at(root, one.loc), one.value)]


def odd_symbol(number: str, deliverable: Deliverable, unit: Unit) -> str | None:
    """Say what is unusual about the number of a unit's document; None where nothing is.

    A symbol is the type's code and the issuer's abbreviation (NĐ 30/2020, Phụ lục I, II.3): 15/KH-SYT.
    """
    _number, slash, symbol = number.partition("/")
    code = TYPE_CODES.get(deliverable.kind)
    parts = re.split("-", symbol.strip())
    if slash and unit.abbr in parts and (code is None or code in parts):
        return None
    usual = f"15/{code}-{unit.abbr}" if code else f"15/BC-{unit.abbr}"
    return _("số «{number}» khác thường; của {unit} thường như {usual}", number=number, unit=unit.name, usual=usual)


# Told again ---------------------------------------------------------------------------------------------------------


def told_again(root: Any, change: RecordChange, plan: Plan) -> str | None:
    """Say a change in a clerk's words; None for what goes without saying.

    Args:
        root: the unit's file as a tree, before.
        change: what is changed.
        plan: names of indicators, periods, deliverables.
    """
    match change.loc:
        case ("tasks", task, *rest):
            return _task(str(task), tuple(rest), root, change, plan)
        case ("indicators", name, key):
            return _figure(str(name), str(key), at(root, change.loc), change, plan)
        case ("deliverables", name, key):
            return _sent(str(name), str(key), change, plan)
        case ("obstacles",) if isinstance(change, Add) and nothing(str(at(change.item, ("text",)))):
            return _("ghi là không có khó khăn, vướng mắc")
        case ("obstacles",) if isinstance(change, Add):
            return _("thêm khó khăn, vướng mắc «{text}»", text=shortened(at(change.item, ("text",))))
    return _other(".".join(map(str, change.loc)), at(root, change.loc), change)


def _task(task: str, rest: Loc, root: Any, change: RecordChange, plan: Plan) -> str | None:
    old = at(root, change.loc)
    match rest:
        case ("fingerprint",):
            return _("{id}: xác nhận theo nội dung hiện nay của nhiệm vụ", id=task) if old else None
        case (("status" | "states"), *period) if isinstance(change, Put):
            what = _("trạng thái cuối kỳ {period}", period=period[0]) if period else _("trạng thái")
            return f"{task}: {what} {_state(old)} → {_state(change.value)}"
        case ("results", period) if isinstance(change, Put):
            if change.value is None:
                return _("{id}: xóa kết quả kỳ {period}", id=task, period=period)
            if old:
                return _("{id}: sửa kết quả kỳ {period}", id=task, period=period)
            return _("{id}: ghi kết quả kỳ {period}", id=task, period=period)
        case ("activities",) if isinstance(change, Add):
            due = at(change.item, ("due",))
            added = _("{id}: thêm hoạt động «{text}»", id=task, text=shortened(at(change.item, ("content",))))
            return f"{added}; {_('thời gian')} {_shown(due)}{_last(due, plan)}" if due else added
        case ("activities", int(i), "done") if isinstance(change, Put):
            content = shortened(at(root, ("tasks", task, "activities", i, "content")))
            return _("{id}: hoạt động {number} «{text}» xong ngày {date}", id=task, number=i + 1, text=content,
                     date=_shown(change.value))  # fmt: skip
        case ("evidence",) if isinstance(change, Add):
            title, file = (at(change.item, (key,)) for key in ("title", "file"))
            where = f" (evidence/{file})" if file else ""
            return _("{id}: thêm tài liệu kiểm chứng «{title}»", id=task, title=shortened(title)) + where
        case ("evidence", int(), "sha256"):
            return None
    names = {"lead": _("chủ trì"), "due": _("thời gian"), "reason": _("lý do"), "applies": _("thực hiện")}
    what = ".".join(str(part + 1 if isinstance(part, int) else names.get(part, part)) for part in rest)
    more = _last(change.value, plan) if isinstance(change, Put) and rest[-1] == "due" else ""
    return _other(f"{task}: {what}", old, change) + more


def _last(due: object, plan: Plan) -> str:
    """Say which last day words of time come to; nothing where they are a day, or come to none."""
    last = plan.when(due).last if isinstance(due, str) and iso_day(due) is None else None
    return _(" (hạn cuối {day})", day=day(last)) if last else ""


def _figure(name: str, key: str, old: Any, change: RecordChange, plan: Plan) -> str:
    known = {one.id: one.name for one in plan.indicators.items} if plan.indicators else {}
    return _other(f"{known.get(name, name)} ({key})", old, change)


def _sent(name: str, key: str, change: RecordChange, plan: Plan) -> str | None:
    if key == "sha256" or not isinstance(change, Put):
        return None
    one = plan.deliverable_by_id.get(name)
    words = {"number": _("số"), "date": _("ngày"), "file": _("tệp")}
    return f"{one.name if one else name}: {words.get(key, key)} {_shown(change.value)}"


def _other(what: str, old: Any, change: RecordChange) -> str:
    if isinstance(change, Add):
        return _("{what}: thêm một mục", what=what)
    return f"{what}: {_shown(old)} → {_shown(change.value)}"


def _state(value: object) -> str:
    known = {"todo": _("chưa thực hiện"), "doing": _("đang thực hiện"), "done": _("đã hoàn thành")}
    return known.get(str(value), _shown(value))


def _shown(value: object) -> str:
    """Write a value as the screen does: 10/5/2023, 87,50; a blank says that it is one."""
    if value is None or value == "":
        return _("(trống)")
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        with suppress(ValueError):
            value = date.fromisoformat(value)
    match value:
        case bool():
            return _("có") if value else _("không")
        case date():
            return day(value)
        case int() | Decimal():
            return number(value)
    return shortened(value)
