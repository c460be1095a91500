"""What is recorded, as edits of the unit's file: made from what a person says, told again in a clerk's words."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.lang import _
from danvan_cli.plan.figures import ESTIMATE
from danvan_cli.text import day, number, squeeze
from danvan_cli.typed import iso_day, nothing
from danvan_cli.unit.model import TYPE_CODES, fingerprint, owed, reported_periods, sections
from danvan_cli.yaml.splice import Add, Put
from danvan_cli.yaml.tree import at, same
from danvan_cli.yaml.yamlfile import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from danvan_cli.plan.model import Deliverable, Period, Plan, Task, Unit
    from danvan_cli.unit.model import Sent, State, UnitRecord
    from danvan_cli.yaml.yamlfile import Loc

RecordChange = Put | Add

ITEM_KEYS: Final = {
    "activities": ("content",),
    "evidence": ("title", "number", "date"),
    "obstacles": ("text",),
    "requested": ("topic", "report"),
}
"""What makes two items of a list the same thing, said again; the first is what none of them can be without."""


def listed(root: Any, loc: Loc, item: Mapping[str, Any]) -> list[RecordChange]:
    """Record an item of a list in the unit's file: new, or more about the one that is there; a None says nothing.

    Two items are one by what says so, or by the same file and number (a scan may hold two documents).
    """
    said = {key: value for key, value in item.items() if value is not None and value is not False}
    ways = [ITEM_KEYS[str(loc[-1])], *([("sha256", "number")] if said.get("sha256") else [])]
    for i, there in enumerate(at(root, loc) or ()):
        if isinstance(there, dict) and any(all(same(there.get(key), said.get(key)) for key in way) for way in ways):
            return [Put((*loc, i, key), value) for key, value in said.items()]
    return [Add(loc, said)]


def merged_parts(root: Any, given: Mapping[str, Any], loc: Loc = ()) -> Iterator[RecordChange]:
    """Take over parts of a unit's file, in its form: what they name is replaced, lists grow."""
    for key, value in given.items():
        place = (*loc, key)
        if isinstance(value, dict):
            yield from merged_parts(root, value, place)
        elif isinstance(value, list) and key in ITEM_KEYS:
            for item in value:
                yield from listed(root, place, item)
        else:
            yield Put(place, value)


def report_edits(
    root: Any, record: UnitRecord, report: Deliverable, topic: str | None, said: Mapping[str, Any]
) -> list[RecordChange]:
    """Record what a report says besides its tasks, by their keys; of one on request, in the entry of its topic.

    `obstacles` is one obstacle.
    """
    loc: Loc = ("reports", report.id)
    if report.on_request:
        there = record.on_topic(report.id, topic or "")
        if there is None:
            told = {key: [value] if key == "obstacles" else value for key, value in said.items() if value is not None}
            return [Add(("requested",), {"report": report.id, "topic": topic, **told})]
        loc = ("requested", there)
    changes: list[RecordChange] = []
    for key, value in said.items():
        changes += listed(root, (*loc, key), value) if key == "obstacles" else [Put((*loc, key), value)]
    return changes


def completed(changes: Sequence[RecordChange], record: UnitRecord, plan: Plan, today: date) -> list[RecordChange]:
    """Add what goes without saying to what is recorded.

    A task that changes keeps the states that it had at the ends of the periods that are over (those that end with the
    year are not over for its plan: what is recorded after them still belongs to them). One that the file does not hold
    yet begins with the fingerprint of what the unit takes over now. An obstacle is of the day on which it is raised.
    """
    over = _over(reported_periods(plan, plan.unit_by_id[record.unit]), today)
    said = {one.loc for one in changes}
    out: list[RecordChange] = []
    for name in dict.fromkeys(str(one.loc[1]) for one in changes if one.loc[0] == "tasks" and len(one.loc) > 1):
        it = record.task(name)
        if name not in record.tasks and name in plan.task_by_id:
            out.append(Put(("tasks", name, "fingerprint"), fingerprint(plan.task_by_id[name])))
        for period in over if it.status else ():
            loc = ("tasks", name, "states", period.id)
            if loc in said or period.id in it.states:
                continue
            state = it.state_told(period, plan)
            if state == "todo" and ("tasks", name, "results", period.id) in said:
                state = None
            if state or ("tasks", name, "status") in said:  # what is said of now says nothing of then
                out.append(Put(loc, state))
    for one in changes:
        if (
            isinstance(one, Add)
            and one.loc == ("obstacles",)
            and isinstance(one.item, dict)
            and today.year in plan.years
        ):
            out.append(Add(one.loc, {"date": today} | one.item))
        else:
            out.append(one)
    return out


def odd_about(
    changes: Sequence[RecordChange], before: UnitRecord, after: UnitRecord, plan: Plan, today: date
) -> Iterator[str]:
    """Say what is odd about what is recorded: too late for a report, too early for a period, or about numbers of documents."""
    yield from _after_issue(changes, before, plan)
    yield from _after_its_period(changes, before, plan, today)
    yield from _before_its_period(changes, plan, today)
    yield from _about_numbers(changes, after, plan)


def _before_its_period(changes: Iterable[RecordChange], plan: Plan, today: date) -> Iterator[str]:
    """Say for which periods something is recorded, or a report issued, before they begin."""
    early: dict[str, None] = {}
    for one in changes:
        value, period, on = getattr(one, "value", None), None, today
        match one.loc:
            case ("tasks", _, "results" | "states", str(name)) | ("indicators", _, str(name)):
                period = plan.period_by_id.get(name.removesuffix(ESTIMATE))
            case ("deliverables", str(name), "date") if isinstance(value, date):
                sent, on = plan.deliverable_by_id.get(name), value
                period = plan.period(sent.period) if sent else None
        if value is not None and period and on < period.start:
            said = _(
                "kỳ {period} bắt đầu từ {day}, sau ngày {on}", period=period.name, day=day(period.start), on=day(on)
            )
            early[said] = None
    yield from early


def _after_issue(changes: Iterable[RecordChange], record: UnitRecord, plan: Plan) -> Iterator[str]:
    """Say which reports were issued already when something of their period is recorded: they do not tell of it."""
    touched: set[object] = set()
    for one in changes:
        match one.loc:
            case ("tasks", _, "results" | "states", period) | ("indicators", _, period):
                touched |= {it.id for it in plan.deliverables if it.kind == "report" and it.period == period}
            case ("reports", report, *_more):
                touched.add(report)
    for it in plan.deliverables:
        sent = record.sent(it.id)
        if it.id in touched and sent.number and sent.date:
            yield _("{name} đã ban hành số {number} ngày {day}: điều vừa ghi không có trong văn bản đó",
                    name=it.name, number=sent.number, day=day(sent.date))  # fmt: skip


_WRITING: Final = 31
"""So many days after a period's end its report may still be in the writing."""


def _after_its_period(changes: Iterable[RecordChange], record: UnitRecord, plan: Plan, today: date) -> Iterator[str]:
    """Say that obstacles without a day are of today, where a period has just ended whose report is not issued: it has not those."""
    unit = plan.unit_by_id[record.unit]
    last = next((one for one in reversed(reported_periods(plan, unit)) if one.end < today), None)
    if last is None or (today - last.end).days > _WRITING or today.year not in plan.years:
        return
    open_ = any(
        one.id in plan.periodic and one.period == last.id and not record.sent(one.id).number for one in owed(plan, unit)
    )
    added = (one.item for one in changes if isinstance(one, Add) and one.loc == ("obstacles",))
    if open_ and any(isinstance(one, dict) and not one.get("date") for one in added):
        yield _("khó khăn, vướng mắc không ghi ngày được ghi ngày {day}, không vào báo cáo {period}; của kỳ đó thì ghi một ngày trong kỳ",
                day=day(today), period=last.name)  # fmt: skip


def record_state(
    task: str, state: State, record: UnitRecord, plan: Plan, today: date, at_end: Period | date
) -> Iterator[RecordChange]:
    """Record how far a task is or was: since a day, or at a period's end; what goes on is as far as the task is now."""
    there, loc = record.task(task), ("tasks", task)
    known = reported_periods(plan, plan.unit_by_id[record.unit])
    if isinstance(at_end, date):
        yield Put((*loc, "status"), state)
        yield from (
            Put((*loc, "states", one.id), state)
            for one in known
            if one.end >= at_end and (there.states.get(one.id) or one.end < today)
        )
        return
    going_on = [one for one in known if one.end >= today and there.states.get(one.id) in {None, there.status}]
    after = (one for one in known if one.end > at_end.end)
    later = any(there.results.get(one.id) or (there.states.get(one.id) and one not in going_on) for one in after)
    kept = there.states.get(at_end.id)
    now = at_end.end >= today or not (later or kept not in {None, there.status})
    those = [at_end] if later or kept or at_end.end < today else []
    if now:
        yield Put((*loc, "status"), state)
        if state == "todo" or any(there.states.get(one.id) for one in going_on):  # every new file says «todo» of now
            those += going_on
        if at_end.end < today:  # and so it has been since; what ends with the year takes the status
            those += [one for one in _over(known, today) if one.end >= at_end.end]
    yield from (Put((*loc, "states", name), state) for name in dict.fromkeys(one.id for one in those))


def _over(known: list[Period], today: date) -> list[Period]:
    """List those of a unit's periods that are over for its plan: none that ends with the year."""
    return [one for one in known if one.end < today and one.end < known[-1].end]


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


def _about_numbers(changes: Iterable[RecordChange], record: UnitRecord, plan: Plan) -> Iterator[str]:
    """Say of numbers of documents that were recorded what is unusual about them, and which other document has them too.

    `record` is as it is then; in another year a number may come again.
    """
    every: list[tuple[Loc, str, str, Sent]] = [
        (("deliverables", name), name, name, one) for name, one in record.deliverables.items() if one
    ]
    every += [(("requested", i), one.report, one.topic, one) for i, one in enumerate(record.requested)]
    said: set[object] = set()
    for change in changes:
        said |= {change.loc[:2]} if change.loc[-1] == "number" else set()
        said |= {at(change.item, ("topic",))} if isinstance(change, Add) and change.loc == ("requested",) else set()
    for loc, report, called, one in every:
        if not one.number or said.isdisjoint((loc, called)) or report not in plan.deliverable_by_id:
            continue
        yield from filter(None, [_odd_symbol(one.number, plan.deliverable_by_id[report], plan.unit_by_id[record.unit])])
        for place, _report, other, it in every:
            same_year = not (one.date and it.date and one.date.year != it.date.year)
            if place != loc and same_year and squeeze(it.number or "").casefold() == squeeze(one.number).casefold():
                yield _("số {number} đã ghi cho «{name}»", number=one.number, name=other)
                break


def _odd_symbol(number: str, deliverable: Deliverable, unit: Unit) -> str | None:
    """Say what is unusual about the number of a unit's document; None where nothing is.

    A symbol is the type's code and the issuer's abbreviation (NĐ 30/2020, Phụ lục I, II.3): 15/KH-SYT.
    """
    _number, slash, symbol = number.partition("/")
    code = TYPE_CODES.get(deliverable.kind)
    parts = symbol.strip().split("-")
    if slash and unit.abbr in parts and (code is None or code in parts):
        return None
    usual = f"15/{code or 'BC'}-{unit.abbr}"
    return _("số «{number}» khác thường; của {unit} thường như {usual}", number=number, unit=unit.name, usual=usual)


# Told again ---------------------------------------------------------------------------------------------------------


def told_again(root: Any, change: RecordChange, plan: Plan) -> str | None:  # noqa: C901 - one case for each place
    """Say a change of the unit's file as it was before in a clerk's words; None for what goes without saying."""
    if isinstance(change, Put) and change.loc[-1] in ITEM_KEYS:
        return _gone(change, at(root, change.loc) or ())
    match change.loc:
        case ("unplaced",) if isinstance(change, Put) and isinstance(change.value, list):
            return _("hoạt động chưa xếp còn {count}", count=len(change.value))
        case ("tasks", task, "proposed_reason"):
            return _("{id}: không còn đề xuất không thực hiện", id=task)
        case ("tasks", task, "proposed") if isinstance(change, Put) and isinstance(change.value, list):
            return _("{id}: đề xuất còn {count}", id=task, count=len(change.value))
        case ("tasks", _task_id, *_of, str(last)) if last.startswith("proposed"):
            return None  # what is kept is told where it goes
        case ("tasks", task, *rest):
            return _task(str(task), tuple(rest), root, change, plan)
        case ("indicators", str(name), key):
            known = plan.indicator_by_id.get(name)
            return _other(f"{known.name if known else name} ({key})", at(root, change.loc), change)
        case ("deliverables", name, key):
            return _sent(str(name), str(key), root, change, plan)
        case ("reports" | "requested", *_of):
            return _of_report(change, root, plan)
        case ("obstacles",) if isinstance(change, Add) and nothing(str(at(change.item, ("text",)))):
            return _("ghi là không có khó khăn, vướng mắc")
        case ("obstacles",) if isinstance(change, Add):
            return _("thêm khó khăn, vướng mắc «{text}»", text=shortened(at(change.item, ("text",))))
        case ("obstacles", int(), _key):
            return _other(_of_item(root, change.loc), at(root, change.loc), change)
    words = {
        "signer": _("người ký"), "signs": _("chức vụ người ký"), "drafter": _("đơn vị soạn thảo"),
        "drafter_abbr": _("chữ viết tắt sau «Lưu: VT,»"), "recipients": _("nơi nhận"), "contact": _("người liên hệ"),
        "subordinates": _("cách gọi đơn vị trực thuộc"), "headings": _("tên nội dung"), "name": _("họ tên"),
        "phone": _("điện thoại"), "email": _("thư điện tử"),
    }  # fmt: skip
    name = ": ".join(words.get(str(part), str(part)) for part in change.loc)
    return _other(name, at(root, change.loc), change)


def _task(task: str, rest: Loc, root: Any, change: RecordChange, plan: Plan) -> str | None:
    old = at(root, change.loc)
    match rest:
        case ("fingerprint",):
            return _("{id}: xác nhận theo nội dung hiện nay của nhiệm vụ", id=task) if old else None
        case (("status" | "states"), *period) if isinstance(change, Put):
            what = _("trạng thái cuối kỳ {period}", period=period[0]) if period else _("trạng thái")
            told = f"{task}: {what} {_state(old)} → {_state(change.value)}"
            return told if old or change.value else _("{id}: chưa ghi {what}", id=task, what=what)
        case ("results", period) if isinstance(change, Put):
            if change.value is None:
                gone = _("{id}: xóa kết quả kỳ {period}", id=task, period=period)
                return f"{gone}\n  {_('trước là: {words}', words=_shown(old))}"
            if old:
                told = _("{id}: sửa kết quả kỳ {period}", id=task, period=period)
                return f"{told}: {_shown(old)} → {_shown(change.value)}"
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
    what = _of_item(root, change.loc) if len(rest) == 3 else _field_words().get(str(rest[-1]), str(rest[-1]))
    more = _last(change.value, plan) if isinstance(change, Put) and rest[-1] == "due" else ""
    return _other(f"{task}: {what}", old, change) + more


def _of_item(root: Any, loc: Loc) -> str:
    """Name a part of an item of a list: which one it is, by its number and its words, and what of it."""
    kind, i, key = map(str, loc[-3:])
    text = shortened(at(root, (*loc[:-1], ITEM_KEYS[kind][0])))
    return f"{_kinds()[kind]} {int(i) + 1} «{text}»: {_field_words().get(key, key)}"


def _kinds() -> dict[str, str]:
    return {"activities": _("hoạt động"), "evidence": _("tài liệu kiểm chứng"), "obstacles": _("khó khăn, vướng mắc"),
            "requested": _("báo cáo")}  # fmt: skip


def _field_words() -> dict[str, str]:
    return {
        "lead": _("chủ trì"), "with": _("phối hợp"), "due": _("thời gian"), "product": _("sản phẩm"), "done": _("ngày xong"),
        "reason": _("lý do"), "applies": _("thực hiện"), "content": _("nội dung"), "text": _("nội dung"), "title": _("tên"),
        "period": _("kỳ"), "expires": _("hết giá trị sau ngày"), "restricted": _("chỉ xem tại đơn vị"),
        "proposal": _("đề xuất"), **_sent_words(),
    }  # fmt: skip


def _last(due: object, plan: Plan) -> str:
    """Say which last day words of time come to; nothing where they are a day, or come to none."""
    last = plan.when(due).last if isinstance(due, str) and iso_day(due) is None else None
    return _(" (hạn cuối {day})", day=day(last)) if last else ""


def _gone(change: Put, old: Sequence[Any]) -> str:
    """Say what a list has no longer, with its words."""
    left = change.value if isinstance(change.value, list) else []
    told = []
    for i, one in enumerate(old, start=1):
        if not any(same(one, other) for other in left):
            first = ITEM_KEYS[str(change.loc[-1])][0]
            more = [_worded(value) for key, value in one.items() if key not in {first, "sha256"} and value]
            words = f"«{_shown(one.get(first))}»" + (f" ({'; '.join(more)})" if more else "")
            told.append(_("bỏ {kind} {number} {words}", kind=_kinds()[str(change.loc[-1])], number=i, words=words))
    of = f"{change.loc[1]}: " if len(change.loc) > 2 else ""
    return of + "; ".join(told)


def _worded(value: object) -> str:
    """Write a value of an item that goes: a list by its items' values."""
    if isinstance(value, list):
        return "; ".join(_worded(one) for one in value)
    if isinstance(value, dict):
        return " - ".join(_shown(one) for one in value.values() if one)
    return _shown(value)


def _of_report(change: RecordChange, root: Any, plan: Plan) -> str | None:
    entry = change.item if isinstance(change, Add) and len(change.loc) == 1 else at(root, change.loc[:2])
    name = str(at(entry, ("report",)) or change.loc[1])
    report = plan.deliverable_by_id.get(name)
    what = f"{report.name if report else name}" + (f" «{topic}»" if (topic := at(entry, ("topic",))) else "")
    if len(change.loc) == 1:
        return _("thêm {what}", what=what)
    key = str(change.loc[2])
    if key == "sha256":
        return None
    names = {"request": _("văn bản yêu cầu"), "obstacles": _("khó khăn, vướng mắc"), **_sent_words()}
    names |= {one: _(name) for one, name in (sections(plan, report) if report else {}).items()}
    return _other(f"{what}: {names.get(key, key)}", at(root, change.loc), change)


def _sent(name: str, key: str, root: Any, change: RecordChange, plan: Plan) -> str | None:
    if key == "sha256" or not isinstance(change, Put):
        return None
    one = plan.deliverable_by_id.get(name)
    old = at(root, change.loc)
    what = f"{one.name if one else name}: {_sent_words().get(key, key)}"
    return _other(what, old, change) if old else f"{what} {_shown(change.value)}"


def _sent_words() -> dict[str, str]:
    return {"number": _("số"), "date": _("ngày"), "file": _("tệp")}


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
    with suppress(ValueError):
        value = (iso_day(value) if isinstance(value, str) else None) or value
    match value:
        case bool():
            return _("có") if value else _("không")
        case date():
            return day(value)
        case int() | Decimal():
            return number(value)
        case list():
            return "; ".join(map(_shown, value)) or _shown(None)
    return squeeze(str(value))
