"""What an edit of a plan changes, in the words of the field: for whom, and what they must do now.

Things are matched by id; what is left over on both sides with the same text was only given another id. Order, comments
and layout are no change.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from danvan_cli.lang import _
from danvan_cli.plan.change import Change, bound_units, changed_words, day_moved, every_unit, matched, shown_value
from danvan_cli.plan.register_changes import (
    document_changes,
    entry_changes,
    figure_changes,
    period_changes,
    register_changes,
)
from danvan_cli.text import clean, day, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from danvan_cli.plan.model import Deliverable, Plan, Task

__all__ = ["Change", "concerned", "matched", "plan_changes"]


def plan_changes(old: Plan, new: Plan) -> list[Change]:
    """Find what changed between two readings of a plan.

    Args:
        old: the plan before.
        new: the plan after.
    """
    return [
        *_heads(old, new),
        *_sections(old, new),
        *_tasks(old, new),
        *_deliverables(old, new),
        *_texts(old, new),
        *_units(old, new),
        *document_changes(old, new),
        *period_changes(old, new),
        *figure_changes(old, new),
        *entry_changes(old, new),
    ]


# The plan itself -----------------------------------------------------------------------------------------------------


def _heads(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare what the plan says of itself."""
    for key, name in (
        ("id", _("mã kế hoạch")),
        ("title", _("trích yếu")),
        ("year", _("năm")),
        ("until", _("năm cuối")),
        ("subject", _("tên gọi công việc")),
        ("scoring", _("chấm điểm, xếp loại")),
        ("revision", _("lần sửa đổi")),
        ("state", _("trạng thái")),
    ):
        was, now = getattr(old, key), getattr(new, key)
        if was != now:
            said = _("{name}: {was} → {now}", name=name, was=_told(was), now=_told(now))
            yield Change(f"plan-{key}", key, said, every_unit(new))
    for key, name in (("number", _("số kế hoạch")), ("date", _("ngày kế hoạch"))):
        was, now = getattr(old.issued, key), getattr(new.issued, key)
        if was != now:
            yield Change(
                f"plan-{key}",
                key,
                _("{name}: {was} → {now}", name=name, was=shown_value(was), now=shown_value(now)),
                every_unit(new),
            )
    if old.settings.before_includes_day != new.settings.before_includes_day:
        says = _("gồm cả ngày đó") if new.settings.before_includes_day else _("không gồm ngày đó")
        yield Change("plan-settings", "before_includes_day", _("«trước ngày …» nay {says}", says=says), every_unit(new),
                     todo=_("xem lại ngày cuối đúng hạn: danvan show"))  # fmt: skip
    if old.settings.evidence_days != new.settings.evidence_days:
        said = _(
            "tài liệu kiểm chứng còn mới trong {was} → {now} ngày",
            was=old.settings.evidence_days,
            now=new.settings.evidence_days,
        )
        yield Change("plan-evidence", "evidence_days", said, every_unit(new))
    for key, name in (
        ("recipients", _("nơi nhận")),
        ("signature", _("chữ ký")),
        ("issuer", _("cơ quan ban hành")),
    ):
        if getattr(old, key) != getattr(new, key):
            yield Change(f"plan-{key}", key, _("{name} của kế hoạch thay đổi", name=name))


def _told(value: object) -> object:
    return shown_value(value) if value is None or isinstance(value, bool) else value


def _sections(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare the sections: what there are, their headings."""
    before, after = ({one.id: one for one in plan.sections} for plan in (old, new))
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key), after.get(key)
        if was is None or now is None:
            said = _("bỏ phần: {heading}") if now is None else _("thêm phần: {heading}")
            kind = "section-removed" if now is None else "section-added"
            yield Change(kind, key, said.format(heading=(was or now).heading))  # type: ignore[union-attr]
        elif (was.heading, was.annex) != (now.heading, now.annex):
            told = changed_words(f"{was.annex or ''} {was.heading}", f"{now.annex or ''} {now.heading}")
            yield Change("section-heading", key, _("sửa đề mục"), words=told)
        elif was.model_dump(exclude={"items"}) != now.model_dump(exclude={"items"}):
            yield Change("section-form", key, _("phần {id}: đổi loại, nhãn hoặc cách trình bày", id=key))


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
            yield Change(kind, after, said.format(was=before, now=after), bound_units(new, task.owners),
                         todo=_("đổi mã nhiệm vụ trong tệp của đơn vị: danvan update-unit"))  # fmt: skip
        yield from _task(old.task_by_id[before], task, old, new)
    for key in fresh:
        task = new.task_by_id[key]
        yield Change("task-added", key, _("thêm nhiệm vụ: {label}", label=task.label), bound_units(new, task.owners),
                     (("+", clean(task.text)),), _("bổ sung vào kế hoạch của đơn vị và tổ chức thực hiện"))  # fmt: skip
    for key in gone:
        task = old.task_by_id[key]
        yield Change("task-removed", key, _("bỏ nhiệm vụ: {label}", label=task.label), bound_units(old, task.owners),
                     (("-", clean(task.text)),), _("không phải thực hiện tiếp; kết quả đã ghi được giữ lại"))  # fmt: skip


def _area(key: str, was: str | None, now: str | None, new: Plan) -> Change:
    """Say that an area came, went or has another title."""
    if was is None:
        return Change("area-added", key, _("thêm nội dung: {title}", title=now), every_unit(new))
    if now is None:
        return Change("area-removed", key, _("bỏ nội dung: {title}", title=was), every_unit(new))
    return Change("area-reworded", key, _("sửa tên nội dung"), every_unit(new), changed_words(was, now))


def _task(was: Task, now: Task, old: Plan, new: Plan) -> Iterator[Change]:
    """Compare a task with itself."""
    units = bound_units(new, now.owners)
    if squeeze(clean(was.text)) != squeeze(clean(now.text)):
        todo = _("đọc lại nhiệm vụ rồi xác nhận: danvan log <đơn vị> {id} --confirm", id=now.id)
        yield Change("task-reworded", now.id, _("sửa lời văn nhiệm vụ"), units, changed_words(was.text, now.text), todo)
    if was.due != now.due:
        moved = day_moved(
            was.due if isinstance(was.due, date) else None, now.due if isinstance(now.due, date) else None
        )
        said = _("thời hạn: {was} → {now}", was=shown_value(was.due), now=shown_value(now.due)) + (
            f" ({moved})" if moved else ""
        )
        yield Change("task-due", now.id, said, units, todo=_("xem lại thời gian thực hiện đã đăng ký"))
    yield from _owners("task", now.id, bound_units(old, was.owners), units, old, new)
    for key, name in (
        ("lead", _("chủ trì")),
        ("partners", _("phối hợp")),
        ("follow", _("theo dõi")),
        ("product", _("sản phẩm")),
    ):
        before, after = getattr(was, key), getattr(now, key)
        if before != after:
            told = (", ".join(one) if isinstance(one, list) else one for one in (before, after))
            shown = [shown_value(one or None) for one in told]
            yield Change(
                f"task-{key}", now.id, _("{name}: {was} → {now}", name=name, was=shown[0], now=shown[1]), units
            )
    if was.ended != now.ended:
        said = (
            _("thôi giao từ {day}", day=day(now.ended))
            if now.ended
            else _("giao lại, không còn thôi giao từ {day}", day=shown_value(was.ended))
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
        return _("trước {day} (ngày cuối {last})", day=day(one.before), last=shown_value(last))
    return _("đến hết {day}", day=day(one.by)) if one.by else _("không ghi thời hạn")


def _deliverables(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare reports and files that units owe."""
    before, after = ({one.id: one for one in plan.deliverables} for plan in (old, new))
    pairs, gone, fresh = matched(before, after, lambda one: (one.kind, squeeze(clean(one.name))))
    for was_id, now_id in pairs:
        was, now = before[was_id], after[now_id]
        units = bound_units(new, now.owners)
        if was_id != now_id:
            yield Change("deliverable-renamed", now_id, _("đổi mã {was} thành {now}", was=was_id, now=now_id), units)
        if (was.before, was.by) != (now.before, now.by):
            moved = day_moved(_last(old, was), _last(new, now))
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
                    "{name}: {was} → {now}",
                    name=name,
                    was=shown_value(getattr(was, key)),
                    now=shown_value(getattr(now, key)),
                )
                yield Change(f"deliverable-{key}", now_id, f"{now.name}: {said}", units)
        yield from _owners("deliverable", now_id, bound_units(old, was.owners), units, old, new)
    for key in fresh:
        one = after[key]
        yield Change("deliverable-added", key, _("phải gửi thêm: {name}, {deadline}", name=one.name, deadline=_deadline(new, one)),
                     bound_units(new, one.owners), todo=_("gửi đúng thời hạn"))  # fmt: skip
    for key in gone:
        one = before[key]
        yield Change(
            "deliverable-removed", key, _("không phải gửi nữa: {name}", name=one.name), bound_units(old, one.owners)
        )


# Texts ---------------------------------------------------------------------------------------------------------------


def _paragraphs(plan: Plan) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Give every text that is no task's by its place: what it says, and whom it binds; of tables each row."""
    out = {one.id: (one.text, every_unit(plan)) for part in (plan.opening, plan.closing) for one in part}
    areas = {area.id for area in plan.areas}
    for one in plan.walk():
        if one.is_task or one.inside:
            continue
        item, row = one.item, one.row
        bound = bound_units(plan, one.owners) if one.owners else every_unit(plan)
        if row is not None:
            out[row.id or f"{item.id}#{one.loc[-1]}"] = (" | ".join(row.cells), bound)
            continue
        if text := (item.text or "" if item.id in areas else item.said):
            out[item.id] = (text, bound)
        if item.table and item.table.head:
            out[f"{item.id}#"] = (" | ".join(cell for row in item.table.head for cell in row), bound)
    return out


def _texts(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare what is no task: opening, closing, and the sections' other texts."""
    before, after = _paragraphs(old), _paragraphs(new)
    pairs, gone, fresh = matched(before, after, lambda one: squeeze(clean(one[0])))
    for was, now in pairs:
        if was != now:
            yield Change("text-renamed", now, _("đổi mã {was} thành {now}", was=was, now=now))
        if squeeze(clean(before[was][0])) != squeeze(clean(after[now][0])):
            yield Change(
                "text-reworded", now, _("sửa lời văn"), after[now][1], changed_words(before[was][0], after[now][0])
            )
        yield from _owners("duty", now, before[was][1], after[now][1], old, new)
    for key in fresh:
        yield Change("text-added", key, _("thêm đoạn"), after[key][1], (("+", clean(after[key][0])),))
    for key in gone:
        yield Change("text-removed", key, _("bỏ đoạn"), before[key][1], (("-", clean(before[key][0])),))


# Units ---------------------------------------------------------------------------------------------------------------


def _units(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare blocks and units; a unit that ends names its successors."""
    for kind, key, said in register_changes(old.block_by_id, new.block_by_id, "block", _("khối"), lambda one: one.name):
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
            said = _("{name} đến hết {day}; kế thừa: {heirs}", name=now.name, day=shown_value(now.end), heirs=heirs)
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


def concerned(changes: Iterable[Change]) -> list[str]:
    """List the units that changes concern, each once."""
    return list(dict.fromkeys(unit for change in changes for unit in change.units))
