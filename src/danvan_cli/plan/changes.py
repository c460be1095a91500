"""What an edit of a plan changes, in the words of the field: for whom, and what they must do now.

Things are matched by id; what is left over on both sides with the same text was only given another id. Order, comments
and layout are no change.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.lang import _
from danvan_cli.text import clean, day, squeeze

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from danvan_cli.plan.model import Deliverable, Plan, Task

_AROUND: Final = 5
"""Words shown on each side of those that changed."""

Words = list[tuple[str, str]]
"""Pieces of a text: `=` stays, `-` was taken out, `+` was put in; `…` stands for what is left out."""


@dataclass(frozen=True)
class Change:
    """One thing that changed.

    `kind` names it for machines (`task-reworded`), `id` the thing, `text` says it on the screen; `units` are those it
    concerns; `words` show a text's change; `todo` is what the units must do now (empty: nothing).
    """

    kind: str
    id: str
    text: str
    units: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    todo: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Give the keys that `diff --json` promises."""
        return {"kind": self.kind, "id": self.id, "units": list(self.units), "text": self.text}


def plan_changes(old: Plan, new: Plan) -> list[Change]:
    """Find what changed between two readings of a plan.

    Args:
        old: the plan before.
        new: the plan after.
    """
    return [
        *_heads(old, new),
        *_tasks(old, new),
        *_deliverables(old, new),
        *_texts(old, new),
        *_units(old, new),
        *_documents(old, new),
        *_periods(old, new),
        *_figures(old, new),
        *_entries(old, new),
    ]


# Parts ---------------------------------------------------------------------------------------------------------------


def _all(plan: Plan) -> tuple[str, ...]:
    return tuple(unit.id for unit in plan.units)


def _bound(plan: Plan, owners: Sequence[str]) -> tuple[str, ...]:
    return tuple(unit.id for unit in plan.bound(owners))


def words(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Show how a text changed, word by word, with a few words around."""
    was, now = clean(before).split(), clean(after).split()
    out: Words = []
    steps = difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    for at, (tag, i1, i2, j1, j2) in enumerate(steps):
        if tag == "equal":
            kept = was[i1:i2]
            first, last = at == 0, at == len(steps) - 1
            room = _AROUND * (2 - first - last)
            if len(kept) > room:
                kept = [*(kept[:_AROUND] if not first else ()), "…", *(kept[-_AROUND:] if not last else ())]
            out.append(("=", " ".join(kept)))
            continue
        if i2 > i1:
            out.append(("-", " ".join(was[i1:i2])))
        if j2 > j1:
            out.append(("+", " ".join(now[j1:j2])))
    return tuple(out)


def matched(
    old: Mapping[str, Any], new: Mapping[str, Any], same: Callable[[Any], object]
) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Match things by id, then those left over by what makes them the same.

    Returns:
        pairs of ids, ids that are gone, ids that are new.
    """
    pairs = [(key, key) for key in old if key in new]
    gone, fresh = [key for key in old if key not in new], [key for key in new if key not in old]
    by_text: dict[object, list[str]] = {}
    for key in fresh:
        by_text.setdefault(same(new[key]), []).append(key)
    for key in list(gone):
        if others := by_text.get(same(old[key])):
            pairs.append((key, other := others.pop(0)))
            gone.remove(key)
            fresh.remove(other)
    return pairs, gone, fresh


def _moved(before: date | None, after: date | None) -> str:
    """Say how a day moved: days, earlier or later."""
    if before is None or after is None or before == after:
        return ""
    days = (after - before).days
    if days > 0:
        return _("muộn hơn {days} ngày", days=days)
    return _("sớm hơn {days} ngày", days=-days)


def _shown(value: date | str | bool | None) -> str:
    if value is None:
        return _("không có")
    if isinstance(value, bool):
        return _("đúng") if value else _("không")
    return day(value) if isinstance(value, date) else clean(value)


# The plan itself -----------------------------------------------------------------------------------------------------


def _heads(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare what the plan says of itself."""
    for key, name in (
        ("id", _("mã kế hoạch")),
        ("title", _("trích yếu")),
        ("year", _("năm")),
        ("revision", _("lần sửa đổi")),
        ("state", _("trạng thái")),
    ):
        was, now = getattr(old, key), getattr(new, key)
        if was != now:
            yield Change(f"plan-{key}", key, _("{name}: {was} → {now}", name=name, was=was, now=now), _all(new))
    for key, name in (("number", _("số kế hoạch")), ("date", _("ngày kế hoạch"))):
        was, now = getattr(old.issued, key), getattr(new.issued, key)
        if was != now:
            yield Change(
                f"plan-{key}", key, _("{name}: {was} → {now}", name=name, was=_shown(was), now=_shown(now)), _all(new)
            )
    if old.settings.before_includes_day != new.settings.before_includes_day:
        says = _("gồm cả ngày đó") if new.settings.before_includes_day else _("không gồm ngày đó")
        yield Change("plan-settings", "before_includes_day", _("«trước ngày …» nay {says}", says=says), _all(new),
                     todo=_("xem lại ngày cuối đúng hạn: danvan show"))  # fmt: skip
    if old.settings.evidence_days != new.settings.evidence_days:
        said = _(
            "tài liệu kiểm chứng còn mới trong {was} → {now} ngày",
            was=old.settings.evidence_days,
            now=new.settings.evidence_days,
        )
        yield Change("plan-evidence", "evidence_days", said, _all(new))
    for key, name in (
        ("headings", _("đề mục")),
        ("recipients", _("nơi nhận")),
        ("signature", _("chữ ký")),
        ("issuer", _("cơ quan ban hành")),
    ):
        if getattr(old, key) != getattr(new, key):
            yield Change(f"plan-{key}", key, _("{name} của kế hoạch thay đổi", name=name))


# Tasks ---------------------------------------------------------------------------------------------------------------


def _tasks(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare the tasks, and the areas that hold them."""
    areas_old, areas_new = ({area.id: area.title for area in plan.areas} for plan in (old, new))
    area_of = {
        plan_id: {task.id: area.id for area in plan.areas for task in area.tasks}
        for plan_id, plan in ((0, old), (1, new))
    }
    for key in areas_old.keys() | areas_new.keys():
        was, now = areas_old.get(key), areas_new.get(key)
        if was != now:
            yield _area(key, was, now, new)
    pairs, gone, fresh = matched(old.task_by_id, new.task_by_id, lambda task: squeeze(clean(task.text)))
    for before, after in pairs:
        task = new.task_by_id[after]
        if before != after:
            other = area_of[0][before] != area_of[1][after]
            kind, said = (
                ("task-moved", _("chuyển từ {was} sang {now}"))
                if other
                else ("task-renamed", _("đổi mã {was} thành {now}"))
            )
            yield Change(kind, after, said.format(was=before, now=after), _bound(new, task.owners),
                         todo=_("đổi mã nhiệm vụ trong tệp của đơn vị: danvan update-unit"))  # fmt: skip
        yield from _task(old.task_by_id[before], task, old, new)
    for key in fresh:
        task = new.task_by_id[key]
        yield Change("task-added", key, _("thêm nhiệm vụ: {label}", label=task.label), _bound(new, task.owners),
                     (("+", clean(task.text)),), _("bổ sung vào kế hoạch của đơn vị và tổ chức thực hiện"))  # fmt: skip
    for key in gone:
        task = old.task_by_id[key]
        yield Change("task-removed", key, _("bỏ nhiệm vụ: {label}", label=task.label), _bound(old, task.owners),
                     (("-", clean(task.text)),), _("không phải thực hiện tiếp; kết quả đã ghi được giữ lại"))  # fmt: skip


def _area(key: str, was: str | None, now: str | None, new: Plan) -> Change:
    """Say that an area came, went or has another title."""
    if was is None:
        return Change("area-added", key, _("thêm nội dung: {title}", title=now), _all(new))
    if now is None:
        return Change("area-removed", key, _("bỏ nội dung: {title}", title=was), _all(new))
    return Change("area-reworded", key, _("sửa tên nội dung"), _all(new), words(was, now))


def _task(was: Task, now: Task, old: Plan, new: Plan) -> Iterator[Change]:
    """Compare a task with itself."""
    units = _bound(new, now.owners)
    if squeeze(clean(was.text)) != squeeze(clean(now.text)):
        todo = _("đọc lại nhiệm vụ rồi xác nhận: danvan log <đơn vị> {id} --confirm", id=now.id)
        yield Change("task-reworded", now.id, _("sửa lời văn nhiệm vụ"), units, words(was.text, now.text), todo)
    if was.due != now.due:
        moved = _moved(was.due if isinstance(was.due, date) else None, now.due if isinstance(now.due, date) else None)
        said = _("thời hạn: {was} → {now}", was=_shown(was.due), now=_shown(now.due)) + (f" ({moved})" if moved else "")
        yield Change("task-due", now.id, said, units, todo=_("xem lại thời gian thực hiện đã đăng ký"))
    yield from _owners("task", now.id, _bound(old, was.owners), units, old, new)
    if was.ended != now.ended:
        said = (
            _("thôi giao từ {day}", day=day(now.ended))
            if now.ended
            else _("giao lại, không còn thôi giao từ {day}", day=_shown(was.ended))
        )
        todo = _("kết thúc nhiệm vụ, giữ kết quả đã ghi: danvan update-unit")
        yield Change("task-ended", now.id, said, units, todo=todo)
    if was.label != now.label:
        yield Change("task-label", now.id, _("tên gọi tắt: {was} → {now}", was=was.label, now=now.label))


def _owners(kind: str, id: str, was: tuple[str, ...], now: tuple[str, ...], old: Plan, new: Plan) -> Iterator[Change]:
    """Say who gained or lost a task or something to send; units that came or went are told of by themselves."""
    gained = tuple(unit for unit in now if unit not in was and unit in old.unit_by_id)
    lost = tuple(unit for unit in was if unit not in now and unit in new.unit_by_id)
    if gained:
        yield Change(f"{kind}-owners-gained", id, _("thêm {count} đơn vị thực hiện", count=len(gained)), gained,
                     todo=_("nhận việc: danvan update-unit"))  # fmt: skip
    if lost:
        yield Change(f"{kind}-owners-lost", id, _("bớt {count} đơn vị thực hiện", count=len(lost)), lost,
                     todo=_("không phải thực hiện tiếp; kết quả đã ghi được giữ lại"))  # fmt: skip


# What is owed --------------------------------------------------------------------------------------------------------


def _last(plan: Plan, one: Deliverable) -> date | None:
    return plan.last_day(one)


def _deadline(plan: Plan, one: Deliverable) -> str:
    """Write a deadline as the plan has it, and its last day."""
    last = _last(plan, one)
    if one.before:
        return _("trước {day} (ngày cuối {last})", day=day(one.before), last=_shown(last))
    return _("đến hết {day}", day=day(one.by)) if one.by else _("không ghi thời hạn")


def _deliverables(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare reports and files that units owe."""
    before, after = ({one.id: one for one in plan.deliverables} for plan in (old, new))
    pairs, gone, fresh = matched(before, after, lambda one: (one.kind, squeeze(clean(one.name))))
    for was_id, now_id in pairs:
        was, now = before[was_id], after[now_id]
        units = _bound(new, now.owners)
        if was_id != now_id:
            yield Change("deliverable-renamed", now_id, _("đổi mã {was} thành {now}", was=was_id, now=now_id), units)
        if (was.before, was.by) != (now.before, now.by):
            moved = _moved(_last(old, was), _last(new, now))
            said = _("thời hạn gửi: {was} → {now}", was=_deadline(old, was), now=_deadline(new, now))
            yield Change("deliverable-date", now_id, f"{now.name}: {said}" + (f"; {moved}" if moved else ""), units,
                         todo=_("gửi theo thời hạn mới: {deadline}", deadline=_deadline(new, now)))  # fmt: skip
        for key, name in (
            ("name", _("tên")),
            ("kind", _("loại")),
            ("period", _("kỳ")),
            ("to", _("nơi gửi đến")),
            ("via", _("gửi qua")),
            ("on_request", _("chỉ gửi khi có yêu cầu")),
            ("duty", _("mục đặt ra việc này")),
        ):
            if getattr(was, key) != getattr(now, key):
                said = _(
                    "{name}: {was} → {now}", name=name, was=_shown(getattr(was, key)), now=_shown(getattr(now, key))
                )
                yield Change(f"deliverable-{key}", now_id, f"{now.name}: {said}", units)
        yield from _owners("deliverable", now_id, _bound(old, was.owners), units, old, new)
    for key in fresh:
        one = after[key]
        yield Change("deliverable-added", key, _("phải gửi thêm: {name}, {deadline}", name=one.name, deadline=_deadline(new, one)),
                     _bound(new, one.owners), todo=_("gửi đúng thời hạn"))  # fmt: skip
    for key in gone:
        one = before[key]
        yield Change(
            "deliverable-removed", key, _("không phải gửi nữa: {name}", name=one.name), _bound(old, one.owners)
        )


# Texts ---------------------------------------------------------------------------------------------------------------


def _paragraphs(plan: Plan) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Give every text outside of section II by its place: what it says, and whom it binds."""
    out: dict[str, tuple[str, tuple[str, ...]]] = {}
    for part in (plan.opening, plan.aims, plan.closing):
        out |= {one.id: (one.text, _all(plan)) for one in part}
    for duty in plan.duties:
        bound = _bound(plan, duty.owners)
        out[duty.id] = (f"{duty.title}. {duty.text or ''}".strip(), bound)
        out |= {point.id: (point.text, bound) for point in duty.points}
    return out


def _texts(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare opening, aims, duties and closing."""
    before, after = _paragraphs(old), _paragraphs(new)
    pairs, gone, fresh = matched(before, after, lambda one: squeeze(clean(one[0])))
    for was, now in pairs:
        if was != now:
            yield Change("text-renamed", now, _("đổi mã {was} thành {now}", was=was, now=now))
        if squeeze(clean(before[was][0])) != squeeze(clean(after[now][0])):
            yield Change("text-reworded", now, _("sửa lời văn"), after[now][1], words(before[was][0], after[now][0]))
        yield from _owners("duty", now, before[was][1], after[now][1], old, new)
    for key in fresh:
        yield Change("text-added", key, _("thêm đoạn"), after[key][1], (("+", clean(after[key][0])),))
    for key in gone:
        yield Change("text-removed", key, _("bỏ đoạn"), before[key][1], (("-", clean(before[key][0])),))


# Units ---------------------------------------------------------------------------------------------------------------


def _units(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare blocks and units; a unit that ends names its successors."""
    for kind, key, said in _simple(old.block_by_id, new.block_by_id, "block", _("khối"), lambda one: one.name):
        yield Change(kind, key, said)
    before, after = old.unit_by_id, new.unit_by_id
    pairs, gone, fresh = matched(before, after, lambda one: squeeze(clean(one.name)))
    for was_id, now_id in pairs:
        was, now = before[was_id], after[now_id]
        if was_id != now_id:
            yield Change("unit-renamed", now_id, _("đổi mã {was} thành {now}", was=was_id, now=now_id), (now_id,))
        if was.name != now.name:
            yield Change("unit-name", now_id, _("đổi tên: {was} → {now}", was=was.name, now=now.name), (now_id,))
        if was.block != now.block:
            yield Change("unit-block", now_id, _("chuyển khối: {was} → {now}", was=was.block, now=now.block), (now_id,))
        if was.end != now.end or was.successors != now.successors:
            heirs = ", ".join(now.successors) or _("không có")
            said = _("{name} đến hết {day}; kế thừa: {heirs}", name=now.name, day=_shown(now.end), heirs=heirs)
            yield Change("unit-ended", now_id, said, (now_id, *now.successors), todo=_("bàn giao, tiếp nhận nhiệm vụ"))
        rest = {"id", "name", "block", "end", "successors"}
        if was.model_dump(exclude=rest) != now.model_dump(exclude=rest):
            yield Change(
                "unit-details",
                now_id,
                _("{name}: đổi thông tin đơn vị (tên viết tắt, phần đầu văn bản, chữ ký…)", name=now.name),
                (now_id,),
            )
    for key in fresh:
        yield Change(
            "unit-added",
            key,
            _("thêm đơn vị: {name}", name=after[key].name),
            (key,),
            todo=_("tạo tệp: danvan init-unit {id}", id=key),
        )
    for key in gone:
        yield Change("unit-removed", key, _("bỏ đơn vị: {name}", name=before[key].name), (key,))


# Registers -----------------------------------------------------------------------------------------------------------


def _simple(
    before: Mapping[str, Any], after: Mapping[str, Any], kind: str, thing: str, name: Callable[[Any], str]
) -> Iterator[tuple[str, str, str]]:
    """Compare things that concern nobody by themselves: added, removed, changed."""
    for key in [*after, *(key for key in before if key not in after)]:
        was, now = before.get(key), after.get(key)
        if was == now:
            continue
        if was is None:
            yield f"{kind}-added", key, _("thêm {thing}: {name}", thing=thing, name=name(now))
        elif now is None:
            yield f"{kind}-removed", key, _("bỏ {thing}: {name}", thing=thing, name=name(was))
        else:
            fields = [field for field, value in was.model_dump().items() if value != now.model_dump()[field]]
            yield (
                f"{kind}-changed",
                key,
                _("sửa {thing} «{name}»: {fields}", thing=thing, name=name(now), fields=", ".join(fields)),
            )


def _documents(old: Plan, new: Plan) -> Iterator[Change]:
    before, after = ({one.id: one for one in plan.documents} for plan in (old, new))
    for kind, key, said in _simple(
        before, after, "document", _("văn bản"), lambda one: one.symbol or one.title or one.id
    ):
        yield Change(kind, key, said)


def _periods(old: Plan, new: Plan) -> Iterator[Change]:
    for kind, key, said in _simple(old.period_by_id, new.period_by_id, "period", _("kỳ báo cáo"), lambda one: one.name):
        yield Change(kind, key, said, _all(new), todo=_("xem lại kỳ số liệu của báo cáo"))


def _figures(old: Plan, new: Plan) -> Iterator[Change]:
    for key, name in (("official", _("chính thức")), ("source", _("nguồn"))):
        was, now = (getattr(plan.indicators, key, None) for plan in (old, new))
        if was != now and old.indicators and new.indicators:
            said = _("chỉ tiêu số liệu, {name}: {was} → {now}", name=name, was=_shown(was), now=_shown(now))
            yield Change("indicators-about", key, said, _all(new))
    items: list[dict[str, Any]] = [
        {one.id: one for one in plan.indicators.items} if plan.indicators else {} for plan in (old, new)
    ]
    for kind, key, said in _simple(items[0], items[1], "indicator", _("chỉ tiêu số liệu"), lambda one: one.name):
        yield Change(kind, key, said, _all(new), todo=_("xem lại số liệu của báo cáo"))
    checks: list[dict[str, Any]] = [
        {one.id: one for one in plan.indicators.checks} if plan.indicators else {} for plan in (old, new)
    ]
    for kind, key, said in _simple(checks[0], checks[1], "check", _("quan hệ số liệu"), lambda one: one.says):
        yield Change(kind, key, said)


def _entries(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare amendments, extensions, exemptions and requests: each is told by the document it rests on."""
    for key, units, name, todo in (
        ("amendment", "", _("văn bản sửa đổi"), ""),
        ("extension", "units", _("gia hạn"), _("gửi theo thời hạn được gia hạn")),
        ("exemption", "units", _("miễn gửi"), _("không phải gửi")),
        ("request", "owners", _("yêu cầu báo cáo"), _("gửi đúng thời hạn")),
    ):
        before, after = (
            {(one.type, one.number, one.date, i): one for i, one in _numbered(getattr(plan, f"{key}s"))}
            for plan in (old, new)
        )
        for at in [*after, *(one for one in before if one not in after)]:
            was, now = before.get(at), after.get(at)
            if was == now:
                continue
            one: Any = now or was
            said = _("{type} số {number} ngày {date}", type=one.type, number=one.number, date=day(one.date))
            how, verb = (
                ("added", _("thêm")) if was is None else ("removed", _("bỏ")) if now is None else ("changed", _("sửa"))
            )
            about = _about(key, one)
            yield Change(f"{key}-{how}", one.number, f"{verb} {name}: {about} ({said})", _bound(new, getattr(one, units)) if units else (),
                         todo=todo if how != "removed" else "")  # fmt: skip


def _numbered(entries: Sequence[Any]) -> list[tuple[int, Any]]:
    """Count the entries of each document, so that several may rest on one."""
    seen: dict[object, int] = {}
    out = []
    for one in entries:
        key = (one.type, one.number, one.date)
        seen[key] = seen.get(key, 0) + 1
        out.append((seen[key], one))
    return out


def _about(kind: str, one: Any) -> str:
    """Say what an entry is about."""
    if kind == "amendment":
        return _("lần {revision}, sửa {covers}", revision=one.revision, covers=", ".join(one.covers))
    if kind == "exemption":
        return ", ".join(one.deliverables)
    deadline = (
        _("trước {day}", day=day(one.before)) if one.before else _("đến hết {day}", day=day(one.by)) if one.by else ""
    )
    return " ".join(filter(None, (one.deliverable if kind == "extension" else one.name, deadline)))


def concerned(changes: Iterable[Change]) -> list[str]:
    """List the units that changes concern, each once."""
    return list(dict.fromkeys(unit for change in changes for unit in change.units))
