"""What an edit of a plan changes, in the words of the field: for whom, and what they must do now.

Things are matched by id; what is left over on both sides with the same text was only given another id. Order, comments
and layout are no change.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from danvan_cli.lang import _
from danvan_cli.plan.change import (
    Change,
    bound_units,
    changed_words,
    days_moved,
    differing,
    differs,
    every_unit,
    field_changes,
    given_fields,
    headings,
    last_days,
    matched,
    owner_changes,
    section_changes,
    shown_value,
    text_changes,
)
from danvan_cli.text import clean, day, squeeze

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence

    from danvan_cli.plan.model import Deliverable, Plan, Task

__all__ = ["Change", "concerned", "plan_changes"]


def plan_changes(old: Plan, new: Plan) -> list[Change]:
    """Find what changed between two readings of a plan."""
    return [
        *_heads(old, new),
        *section_changes(old, new),
        *_areas(old, new),
        *_tasks(old, new),
        *_deliverables(old, new),
        *text_changes(old, new),
        *_units(old, new),
        *_registers(old, new),
        *_entries(old, new),
    ]


# The plan itself -----------------------------------------------------------------------------------------------------


def _heads(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare what the plan says of itself."""
    of_itself = {
        "id": _("mã kế hoạch"),
        "title": _("trích yếu"),
        "year": _("năm"),
        "until": _("năm cuối"),
        "subject": _("tên gọi công việc"),
        "scoring": _("chấm điểm, xếp loại"),
        "revision": _("lần sửa đổi"),
        "state": _("trạng thái"),
    }
    issued = {"number": _("số kế hoạch"), "date": _("ngày kế hoạch")}
    yield from field_changes("plan", "", old, new, of_itself, every_unit(new))
    yield from field_changes("plan", "", old.issued, new.issued, issued, every_unit(new))
    if old.settings.before_includes_day != new.settings.before_includes_day:
        says = _("gồm cả ngày đó") if new.settings.before_includes_day else _("không gồm ngày đó")
        yield Change("plan-settings", "before_includes_day", _("«trước ngày …» nay {says}", says=says), every_unit(new),
                     todo=_("xem lại ngày cuối đúng hạn: danvan show"))  # fmt: skip
    late_by = {"late_by": _("đúng hạn tính theo")}
    yield from field_changes("plan", "", old.settings, new.settings, late_by, every_unit(new))
    was, now = old.settings.evidence_days, new.settings.evidence_days
    if was != now:
        said = _("tài liệu kiểm chứng còn mới trong {was} → {now} ngày", was=was, now=now)
        yield Change("plan-evidence", "evidence_days", said, every_unit(new))
    about = {"recipients": _("nơi nhận"), "signature": _("chữ ký"), "issuer": _("cơ quan ban hành")}
    for key, name in about.items():
        if differs(getattr(old, key), getattr(new, key)):
            words = changed_words(*(_listing(getattr(plan, key)) for plan in (old, new)))
            yield Change(f"plan-{key}", key, _("{name} của kế hoạch thay đổi", name=name), words=words)


def _listing(value: Any) -> str:
    """Give lines, or what a part of the head or the end says, as one text."""
    said = value if isinstance(value, list) else [one for _key, one in value if one]
    return "; ".join(_listing(one) if isinstance(one, list) else str(one) for one in said)


# Tasks ---------------------------------------------------------------------------------------------------------------


def _areas(old: Plan, new: Plan) -> Iterator[Change]:
    areas, gone, fresh = matched(headings(old), headings(new), lambda title: squeeze(clean(title)))
    for (was_id, was), (key, now) in areas:
        if was_id != key:
            yield Change("area-renamed", key, _("đổi mã {was} thành {now}", was=was_id, now=key))
        if differs(was, now):
            yield Change("area-reworded", key, _("sửa tên nội dung"), every_unit(new), changed_words(was, now))
    for key, title in fresh.items():
        yield Change("area-added", key, _("thêm nội dung: {title}", title=title), every_unit(new))
    for key, title in gone.items():
        yield Change("area-removed", key, _("bỏ nội dung: {title}", title=title), every_unit(new))


def _tasks(old: Plan, new: Plan) -> Iterator[Change]:
    was_said, now_said = ({one.id: one.heading for one in plan.sections} | headings(plan) for plan in (old, new))
    same = {was: now for (was, _said), (now, _same) in matched(was_said, now_said, str)[0]}
    area_of = [{task.id: area.id for area in plan.areas for task in area.tasks} for plan in (old, new)]
    pairs, gone, fresh = matched(old.task_by_id, new.task_by_id, lambda task: squeeze(clean(task.text)))
    for (before, was_task), (after, task) in pairs:
        was, now = area_of[0][before], area_of[1][after]
        moved = same.get(was, was) != now
        if before != after or moved:
            kind, said = "task-renamed", _("đổi mã {was} thành {now}", was=before, now=after)
            if moved:
                places = (before, after) if before != after else (was, now)
                kind, said = "task-moved", _("chuyển từ {was} sang {now}", was=places[0], now=places[1])
            yield Change(kind, after, said, bound_units(new, task.owners),
                         todo=_("đổi mã nhiệm vụ trong tệp của đơn vị: danvan update-unit") if before != after else "")  # fmt: skip
        yield from _task(was_task, task, old, new)
    for key, task in fresh.items():
        yield Change("task-added", key, _("thêm nhiệm vụ: {label}", label=task.label), bound_units(new, task.owners),
                     (("+", clean(task.text)),), _("bổ sung vào kế hoạch của đơn vị và tổ chức thực hiện"))  # fmt: skip
    for key, task in gone.items():
        yield Change("task-removed", key, _("bỏ nhiệm vụ: {label}", label=task.label), bound_units(old, task.owners),
                     (("-", clean(task.text)),), _("không phải thực hiện tiếp; kết quả đã ghi được giữ lại"))  # fmt: skip


def _task(was: Task, now: Task, old: Plan, new: Plan) -> Iterator[Change]:
    units = bound_units(new, now.owners)
    if squeeze(clean(was.text)) != squeeze(clean(now.text)):
        todo = _("đọc lại nhiệm vụ rồi xác nhận: danvan log <đơn vị> {id} --confirm", id=now.id)
        yield Change("task-reworded", now.id, _("sửa lời văn nhiệm vụ"), units, changed_words(was.text, now.text), todo)
    if differs(was.due, now.due):
        days = old.when(was.due).days, new.when(now.due).days
        given = shown_value(now.due) if isinstance(now.due, date) else last_days(shown_value(now.due), days[1])
        said = _("thời hạn: {was} → {now}", was=shown_value(was.due), now=given)
        if moved := days_moved(*days):
            said += f"; {moved}"
        todo = _("xem lại thời gian thực hiện đã đăng ký")
        yield Change("task-due", now.id, said, units, todo=todo, before=was.id)
    yield from owner_changes("task", now.id, bound_units(old, was.owners), units, old, new)
    yield from field_changes("task", now.id, was, now, given_fields(), units)
    if was.ended != now.ended:
        said = _("giao lại, không còn thôi giao từ {day}", day=shown_value(was.ended))
        if now.ended:
            said = _("thôi giao từ {day}", day=day(now.ended))
        todo = _("kết thúc nhiệm vụ, giữ kết quả đã ghi: danvan update-unit")
        yield Change("task-ended", now.id, said, units, todo=todo)
    if differs(was.label, now.label) and (was.text == now.text or was.named or now.named):
        yield Change("task-label", now.id, _("tên gọi tắt: {was} → {now}", was=was.label, now=now.label))


# What is owed --------------------------------------------------------------------------------------------------------


def _deadline(plan: Plan, one: Deliverable) -> str:
    """Write a deadline as the plan has it, and its last day."""
    if one.due:
        return last_days(one.due, _last_days(plan, one))
    if one.before:
        return _("trước {day} (ngày cuối {last})", day=day(one.before), last=shown_value(plan.last_day(one)))
    return _("đến hết {day}", day=day(one.by)) if one.by else _("không ghi thời hạn")


def _last_days(plan: Plan, one: Deliverable) -> list[date | None]:
    """Give the last day of something that is sent, or each one of what recurs."""
    times = next((times for listed, times in plan.recurring() if listed is one), [one])
    return [plan.last_day(it) for it in times]


def _deliverables(old: Plan, new: Plan) -> Iterator[Change]:
    before, after = ({one.id: one for one in plan.listed} for plan in (old, new))
    pairs, gone, fresh = matched(before, after, lambda one: (one.kind, squeeze(clean(one.name))))
    for (was_id, was), (now_id, now) in pairs:
        bound = new.bound(now.owners)
        units: tuple[str, ...] = ()
        if was != now:  # else nothing is said of whom it concerns
            owed = {unit.id for unit in old.bound(was.owners) if old.owes(was, unit)}
            units = tuple(unit.id for unit in bound if unit.id in owed or new.owes(now, unit))
        if was_id != now_id:
            yield Change("deliverable-renamed", now_id, _("đổi mã {was} thành {now}", was=was_id, now=now_id), units)
        if (was.before, was.by, was.due) != (now.before, now.by, now.due):
            moved = days_moved(_last_days(old, was), _last_days(new, now))
            said = _("thời hạn gửi: {was} → {now}", was=was.due or _deadline(old, was), now=_deadline(new, now))
            yield Change("deliverable-date", now_id, f"{now.name}: {said}" + (f"; {moved}" if moved else ""), units,
                         todo=_("gửi theo thời hạn mới: {deadline}", deadline=_deadline(new, now)), before=was_id)  # fmt: skip
        fields = {
            "name": _("tên"),
            "kind": _("loại"),
            "every": _("lặp lại"),
            "without": _("những kỳ không phải gửi"),
            "period": _("kỳ"),
            "to": _("nơi gửi đến"),
            "via": _("gửi qua"),
            "on_request": _("chỉ gửi khi có yêu cầu"),
            "duty": _("mục đặt ra việc này"),
        }
        yield from field_changes("deliverable", now_id, was, now, fields, units, f"{now.name}: ")
        yield from owner_changes(
            "deliverable", now_id, bound_units(old, was.owners), tuple(unit.id for unit in bound), old, new
        )
    for key, one in fresh.items():
        said = _("phải gửi thêm: {name}, {deadline}", name=one.name, deadline=_deadline(new, one))
        units = tuple(unit.id for unit in new.units if new.owes(one, unit))
        yield Change("deliverable-added", key, said, units, todo=_("gửi đúng thời hạn"))
    for key, one in gone.items():
        said = _("không phải gửi nữa: {name}", name=one.name)
        yield Change("deliverable-removed", key, said, bound_units(old, one.owners))


# Units ---------------------------------------------------------------------------------------------------------------


def _units(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare blocks and units; a unit that ends names its successors."""
    yield from _listed("block", _("khối"), old.blocks, new.blocks)
    fields = {
        "name": _("đổi tên"),
        "block": _("chuyển khối"),
        "start": _("có từ ngày"),
        "parent": _("cơ quan cấp trên"),
    }
    pairs, gone, fresh = matched(old.unit_by_id, new.unit_by_id, lambda one: squeeze(clean(one.name)))
    for (was_id, was), (now_id, now) in pairs:
        if was_id != now_id:
            yield Change("unit-renamed", now_id, _("đổi mã {was} thành {now}", was=was_id, now=now_id), (now_id,))
        yield from field_changes("unit", now_id, was, now, fields, (now_id,))
        if was.end != now.end or was.successors != now.successors:
            heirs = ", ".join(now.successors) or _("không có")
            said = _("{name} đến hết {day}; kế thừa: {heirs}", name=now.name, day=shown_value(now.end), heirs=heirs)
            yield Change("unit-ended", now_id, said, (now_id, *now.successors), todo=_("bàn giao, tiếp nhận nhiệm vụ"))
        rest = {"id", *fields, "end", "successors"}
        if changed := ", ".join(_changed(was, now, rest)):
            said = _("{name}: đổi thông tin đơn vị: {fields}", name=now.name, fields=changed)
            yield Change("unit-details", now_id, said, (now_id,))
    for key, one in fresh.items():
        said, todo = _("thêm đơn vị: {name}", name=one.name), _("tạo tệp: danvan init-unit {id}", id=key)
        yield Change("unit-added", key, said, (key,), todo=todo)
    for key, one in gone.items():
        yield Change("unit-removed", key, _("bỏ đơn vị: {name}", name=one.name), (key,))


# Registers, and the entries made while the plan runs ------------------------------------------------------------------


def _listed(
    kind: str,
    thing: str,
    old: Sequence[Any],
    new: Sequence[Any],
    name: Callable[[Any], str] = lambda one: one.name,
    units: tuple[str, ...] = (),
    todo: str = "",
) -> Iterator[Change]:
    """Compare a list of things with ids, which concern the same units: added, removed, changed."""
    before, after = ({one.id: one for one in listed} for listed in (old, new))
    for key, was, now in differing(before, after):
        if was is None:
            how, said = "added", _("thêm {thing}: {name}", thing=thing, name=name(now))
        elif now is None:
            how, said = "removed", _("bỏ {thing}: {name}", thing=thing, name=name(was))
        else:
            fields = ", ".join(_changed(was, now))
            if not fields:
                continue
            how, said = "changed", _("sửa {thing} «{name}»: {fields}", thing=thing, name=name(now), fields=fields)
        yield Change(f"{kind}-{how}", key, said, units, todo=todo)


def _changed(was: Any, now: Any, told: Container[str] = ()) -> Iterator[str]:
    """Say of each key that is not what it was how it was and is, as far as that is one value; others are told already."""
    for name, field in type(now).model_fields.items():
        before, after = getattr(was, name), getattr(now, name)
        if name not in told and differs(before, after):
            key = field.alias or name
            one = all(value is None or isinstance(value, str | int | date) for value in (before, after))
            yield f"{key}: {shown_value(before)} → {shown_value(after)}" if one else key


def _registers(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare parties, documents, periods (those of what recurs follow from it), indicators and their checks."""
    everybody = every_unit(new)
    yield from _listed("party", _("cơ quan khác"), old.parties, new.parties)
    yield from _listed(
        "document", _("văn bản"), old.documents, new.documents, lambda one: one.symbol or one.title or one.id
    )
    todo = _("xem lại kỳ số liệu của báo cáo")
    yield from _listed("period", _("kỳ báo cáo"), old.own_periods, new.own_periods, units=everybody, todo=todo)
    was, now = old.indicators, new.indicators
    if was and now:
        for key, name in (("official", _("chính thức")), ("source", _("nguồn"))):
            before, after = getattr(was, key), getattr(now, key)
            if before != after:
                shown = {"was": shown_value(before), "now": shown_value(after)}
                said = _("chỉ tiêu số liệu, {name}: {was} → {now}", name=name, **shown)
                yield Change("indicators-about", key, said, everybody)
    items = [one.items if one else [] for one in (was, now)]
    todo = _("xem lại số liệu của báo cáo")
    yield from _listed("indicator", _("chỉ tiêu số liệu"), items[0], items[1], units=everybody, todo=todo)
    checks = [one.checks if one else [] for one in (was, now)]
    yield from _listed("check", _("quan hệ số liệu"), checks[0], checks[1], lambda one: one.says)


def _entries(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare amendments, extensions, exemptions and requests: each is told by the document it rests on."""
    for key, units, name, todo in (
        ("amendment", "", _("văn bản sửa đổi"), ""),
        ("extension", "units", _("gia hạn"), _("gửi theo thời hạn được gia hạn")),
        ("exemption", "units", _("miễn gửi"), _("không phải gửi")),
        ("request", "owners", _("yêu cầu báo cáo"), _("gửi đúng thời hạn")),
    ):
        before, after = (dict(_numbered(getattr(plan, f"{key}s"))) for plan in (old, new))
        for _at, was, now in differing(before, after):
            one: Any = now or was
            how, verb = ("changed", _("sửa")) if was and now else ("added", _("thêm")) if now else ("removed", _("bỏ"))
            said = _("{type} số {number} ngày {date}", type=one.type, number=one.number, date=day(one.date))
            whom = bound_units(new, getattr(one, units)) if units else ()
            yield Change(f"{key}-{how}", one.number, f"{verb} {name}: {_about(key, one)} ({said})", whom,
                         todo=todo if how != "removed" else "")  # fmt: skip


def _numbered(entries: Sequence[Any]) -> Iterator[tuple[object, Any]]:
    """Give each entry with its document, and how many rest on that before it: several may."""
    seen: Counter[object] = Counter()
    for one in entries:
        key = (one.type, one.number, one.date)
        yield (key, seen[key]), one
        seen[key] += 1


def _about(kind: str, one: Any) -> str:
    """Say what an entry is about."""
    if kind == "amendment":
        return _("lần {revision}, sửa {covers}", revision=one.revision, covers=", ".join(one.covers))
    if kind == "exemption":
        return ", ".join(one.deliverables)
    deadline = _("trước {day}", day=day(one.before)) if one.before else ""
    if one.by:
        deadline = _("đến hết {day}", day=day(one.by))
    return " ".join(filter(None, (one.deliverable if kind == "extension" else one.name, deadline)))


def concerned(changes: Iterable[Change]) -> list[str]:
    """List the units that changes concern, each once."""
    return list(dict.fromkeys(unit for change in changes for unit in change.units))
