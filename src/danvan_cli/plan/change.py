"""One change between two readings of a plan, what all comparing needs, and what changes in its sections and texts."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from danvan_cli.lang import _
from danvan_cli.text import clean, day, few, squeeze

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from danvan_cli.plan.model import Plan
    from danvan_cli.plan.sections import Item, Placed, Table

_T = TypeVar("_T")
_AROUND: Final = 5
"""Words shown on each side of those that changed."""
_SHOWN: Final = 4
"""So many last days are shown of what recurs."""


@dataclass(frozen=True)
class Change:
    """One thing that changed.

    `kind` names it for machines (`task-reworded`), `id` the thing, `text` says it on the screen; `units` are those it
    concerns; `words` show a text's change; `todo` is what the units must do now (empty: nothing); `before` is the id
    that the thing had, where a rule must find it in the plan as it was.
    """

    kind: str
    id: str
    text: str
    units: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    todo: str = ""
    before: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Give the keys that `diff --json` promises."""
        return {"kind": self.kind, "id": self.id, "units": list(self.units), "text": self.text}


def every_unit(plan: Plan) -> tuple[str, ...]:
    """Name all units of a plan."""
    return tuple(unit.id for unit in plan.units)


def bound_units(plan: Plan, owners: Sequence[str]) -> tuple[str, ...]:
    """Name the units that owners bind."""
    return tuple(unit.id for unit in plan.bound(owners))


def changed_words(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Show how a text changed, word by word: `=` stays, `-` was taken out, `+` was put in, `…` is left out."""
    was, now = clean(before).split(), clean(after).split()
    out: list[tuple[str, str]] = []
    steps = difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    for at, (tag, i1, i2, j1, j2) in enumerate(steps):
        if tag == "equal":
            kept = was[i1:i2]
            first, last = at == 0, at == len(steps) - 1
            room = _AROUND * (2 - first - last)
            if len(kept) > room:
                kept = [*(kept[:_AROUND] if not first else ()), "…", *(kept[-_AROUND:] if not last else ())]
            out.append(("=", " ".join(kept)))
        else:
            out += [(sign, " ".join(words)) for sign, words in (("-", was[i1:i2]), ("+", now[j1:j2])) if words]
    return tuple(out)


def owner_changes(
    kind: str, id: str, was: tuple[str, ...], now: tuple[str, ...], old: Plan, new: Plan
) -> Iterator[Change]:
    """Say who gained or lost a task or something to send; units that came or went are told of by themselves."""
    before, after = frozenset(was), frozenset(now)
    gained = tuple(unit for unit in now if unit not in before and unit in old.unit_by_id)
    lost = tuple(unit for unit in was if unit not in after and unit in new.unit_by_id)
    if gained:
        yield Change(f"{kind}-owners-gained", id, _("thêm {count} đơn vị thực hiện", count=len(gained)), gained,
                     todo=_("nhận việc: danvan update-unit"))  # fmt: skip
    if lost:
        yield Change(f"{kind}-owners-lost", id, _("bớt {count} đơn vị thực hiện", count=len(lost)), lost,
                     todo=_("không phải thực hiện tiếp; kết quả đã ghi được giữ lại"))  # fmt: skip


def matched(
    old: Mapping[str, _T], new: Mapping[str, _T], same: Callable[[_T], object]
) -> tuple[list[tuple[tuple[str, _T], tuple[str, _T]]], dict[str, _T], dict[str, _T]]:
    """Match things by id, then those left over by what makes them the same.

    Returns:
        the pairs, each with its ids; what is gone, what is new.
    """
    pairs = [((key, old[key]), (key, new[key])) for key in old if key in new]
    gone, fresh = ({k: v for k, v in some.items() if k not in other} for some, other in ((old, new), (new, old)))
    by_text: dict[object, list[str]] = {}
    for key, one in fresh.items():
        by_text.setdefault(same(one), []).append(key)
    for key, one in list(gone.items()):
        if others := by_text.get(same(one)):
            found = others.pop(0)
            pairs.append(((key, gone.pop(key)), (found, fresh.pop(found))))
    return pairs, gone, fresh


def differing(old: Mapping[Any, _T], new: Mapping[Any, _T]) -> Iterator[tuple[Any, _T | None, _T | None]]:
    """Walk what is not what it was: its key, before, after; None where it is not there."""
    for key in [*new, *(key for key in old if key not in new)]:
        if old.get(key) != new.get(key):
            yield key, old.get(key), new.get(key)


def days_moved(before: Sequence[date | None], after: Sequence[date | None]) -> str:
    """Say how days moved that all moved alike: days, earlier or later."""
    pairs = [*zip(before, after, strict=True)] if len(before) == len(after) else []
    found = {(now - was).days if was and now else 0 for was, now in pairs}
    days = found.pop() if len(found) == 1 else 0
    if not days:
        return ""
    return _("muộn hơn {days} ngày", days=days) if days > 0 else _("sớm hơn {days} ngày", days=-days)


def last_days(words: str, days: Sequence[date | None]) -> str:
    """Write words of time with the last days that they give."""
    given = [day(one) for one in days if one]
    return _("{words} (ngày cuối {last})", words=words, last=few(given, _SHOWN)) if given else words


def shown_value(value: object) -> str:
    """Say a value, or a list of names, on the screen."""
    match value:
        case None | []:
            return _("không có")
        case bool():
            return _("đúng") if value else _("không")
        case date():
            return day(value)
        case list():
            return ", ".join(value)
    return clean(str(value))


def given_fields() -> dict[str, str]:
    """Give what a task or a duty lays on somebody besides its owners, and what that is called on the screen."""
    return {"lead": _("chủ trì"), "partners": _("phối hợp"), "follow": _("theo dõi"), "product": _("sản phẩm")}


def differs(before: object, after: object) -> bool:
    """Tell whether two values differ in more than white space."""
    return before != after and _even(before) != _even(after)


def _even(value: object) -> object:
    if isinstance(value, list):
        return [_even(one) for one in value]
    return squeeze(clean(value)) if isinstance(value, str) else value


def field_changes(
    kind: str,
    id: str,
    was: object,
    now: object,
    fields: Mapping[str, str],
    units: tuple[str, ...] = (),
    about: str = "",
) -> Iterator[Change]:
    """Say of each field that is not what it was: `name: before → after`.

    A change of `lead` of the kind `task` is `task-lead`; with an empty id each field is a thing of its own; `about` stands
    before what is said.
    """
    for key, name in fields.items():
        before, after = getattr(was, key), getattr(now, key)
        if differs(before, after):
            said = _("{name}: {was} → {now}", name=name, was=shown_value(before), now=shown_value(after))
            yield Change(f"{kind}-{key}", id or key, about + said, units)


# Sections: what there are, their headings, labels as issued --------------------------------------------------------------


def section_changes(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare the sections: what there are, their headings, the labels of their levels."""
    before, after = ({one.id: one for one in plan.sections} for plan in (old, new))
    pairs, gone, fresh = matched(before, after, lambda one: squeeze(clean(one.heading)))
    for (was_id, was), (key, now) in pairs:
        if was_id != key:
            yield Change("section-renamed", key, _("đổi mã {was} thành {now}", was=was_id, now=key))
        if differs(was.heading, now.heading) or was.annex != now.annex:
            told = changed_words(f"{was.annex or ''} {was.heading}", f"{now.annex or ''} {now.heading}")
            yield Change("section-heading", key, _("sửa đề mục"), words=told)
        if was.labels != now.labels:
            yield Change("section-labels", key, _labels(was.labels, now.labels))
        ours = {"kind", "label", "landscape"}
        if was.model_dump(include=ours) != now.model_dump(include=ours):
            yield Change("section-form", key, _("phần {id}: đổi loại, nhãn hoặc cách trình bày", id=key))
    for key, one in fresh.items():
        yield Change("section-added", key, _("thêm phần: {heading}", heading=one.heading))
    for key, one in gone.items():
        yield Change("section-removed", key, _("bỏ phần: {heading}", heading=one.heading))


def _labels(was: list[str] | None, now: list[str] | None) -> str:
    shown = [" ".join(f"«{one}»" for one in labels) if labels is not None else None for labels in (was, now)]
    return _("nhãn các cấp: {was} → {now}", was=shown_value(shown[0]), now=shown_value(shown[1]))


# Texts ---------------------------------------------------------------------------------------------------------------


class _Said(NamedTuple):
    """A text that is no task: what it says, whom it binds, whether it says so itself, whether a task's text holds it."""

    text: str
    bound: tuple[str, ...]
    names: bool = False
    inside: bool = False


def headings(plan: Plan) -> dict[str, str]:
    """Give the titles of the areas of work by their ids, also of those that have no task yet."""
    return {one.item.id: one.item.title for one in plan.placed if one.item.title and _is_heading(one)}


def _is_heading(one: Placed) -> bool:
    return one.row is None and one.depth == 1 and one.section.kind == "tasks" and not one.item.bound


def _paragraphs(plan: Plan) -> dict[str, _Said]:
    """Give every text that is no task's by its place."""
    out = {one.id: _Said(one.text, every_unit(plan)) for part in (plan.opening, plan.closing) for one in part}
    for one in plan.placed:
        if one.is_task or one.id is None:
            continue
        bound = bound_units(plan, one.owners) if one.owners else every_unit(plan)
        text = " | ".join(one.row.cells) if one.row else one.item.text if _is_heading(one) else one.item.said
        if text:
            out[one.id] = _Said(text, bound, bool(one.given.bound), one.inside)
    return out


def text_changes(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare what is no task: opening, closing, the sections' other texts, labels and tables as issued."""
    before, after = _paragraphs(old), _paragraphs(new)
    areas = headings(old), headings(new)
    pairs, gone, fresh = matched(before, after, lambda one: squeeze(clean(one.text)))
    for (was_id, was), (key, now) in pairs:
        if was_id != key and not (was_id in areas[0] and key in areas[1]):  # told with the areas
            yield Change("text-renamed", key, _("đổi mã {was} thành {now}", was=was_id, now=key))
        told = was.inside and now.inside  # by the task whose text holds it
        if not told and squeeze(clean(was.text)) != squeeze(clean(now.text)):
            yield Change("text-reworded", key, _("sửa lời văn"), now.bound, changed_words(was.text, now.text))
        if was.names or now.names:
            yield from owner_changes("duty", key, was.bound, now.bound, old, new)
    for key, one in fresh.items():
        if not one.inside and key not in old.task_by_id:
            yield Change("text-added", key, _("thêm đoạn"), one.bound, (("+", clean(one.text)),))
    for key, one in gone.items():
        if not one.inside and key not in new.task_by_id:
            yield Change("text-removed", key, _("bỏ đoạn"), one.bound, (("-", clean(one.text)),))
    yield from _forms(old, new)


# Labels, tables, figures, and what a duty is given ---------------------------------------------------------------------


def _forms(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare how each place that stays is labelled, and what it says beside its text."""
    before, after = ({one.id: one for one in plan.placed if one.id} for plan in (old, new))
    pairs, gone, fresh = matched(before, after, _content)
    for (was_id, was), (key, now) in pairs:
        if was_id != key and not now.row and not now.item.said:
            yield Change("text-renamed", key, _("đổi mã {was} thành {now}", was=was_id, now=key))
        yield from _given(key, was, now, old, new)
        if was.row is None and now.row is None:
            yield from _form(key, was.item, now.item)
            yield from _rows(key, was.item.table, now.item.table)
    for some in (gone, fresh):
        for item in (one.item for one in some.values() if not one.row):
            if item.table and not item.said:  # else it is told as a text
                yield from _rows(item.id, *((item.table, None) if some is gone else (None, item.table)))


def _content(one: Placed) -> object:
    """Give what makes a place the same under another id."""
    return tuple(one.row.cells) if one.row else one.item.said or repr(one.item.table)


def _form(key: str, was: Item, now: Item) -> Iterator[Change]:
    if was.number != now.number:
        shown = [shown_value(one if one is None else f"«{one}»") for one in (was.number, now.number)]
        yield Change("text-number", key, _("nhãn như bản ban hành: {was} → {now}", was=shown[0], now=shown[1]))
    if was.labels != now.labels:
        yield Change("text-labels", key, _labels(was.labels, now.labels))
    if was.targets != now.targets:
        said = [[(one.name, one.value, one.unit) for one in item.targets] for item in (was, now)]
        same = said[0] == said[1]
        yield Change("target-link" if same else "text-targets", key, _("sửa chỉ tiêu bằng số của đoạn này"))


def _given(key: str, was: Placed, now: Placed, old: Plan, new: Plan) -> Iterator[Change]:
    """Compare what a duty, or a row's other cells, lay on somebody; of tasks the rest is told with them."""
    owners = _others(old, was), _others(new, now)
    if owners[0] != owners[1] and was.is_task == now.is_task:
        said = _("ai thực hiện: {was} → {now}", was=shown_value(owners[0]), now=shown_value(owners[1]))
        yield Change("task-owners" if now.is_task else "duty-owners", key, said)
    if was.is_task and now.is_task:
        if was.row and now.row and _other_cells(was) != _other_cells(now):
            words = changed_words(" | ".join(was.row.cells), " | ".join(now.row.cells))
            yield Change("task-cells", key, _("sửa ô khác của dòng"), bound_units(new, now.owners), words)
        return
    if was.is_task == now.is_task:
        fields = given_fields() | {"due": _("thời hạn"), "ended": _("thôi giao từ"), "label": _("tên gọi tắt")}
        yield from field_changes("duty", key, was.given, now.given, fields, bound_units(new, now.owners))


def _others(plan: Plan, one: Placed) -> list[str]:
    """List the owners who are none of the plan's units."""
    return [name for name in one.given.owners if name in plan.party_by_id or name == plan.issuer.id]


def _other_cells(one: Placed) -> dict[int, str]:
    """Give the cells of a task's row that say something else than its text, time and product."""
    row, table = one.row, one.item.table
    if row is None or table is None or len(row.cells) != len(table.columns):
        return {}
    told = {"text"} | ({"due"} if row.due is None else set()) | ({"product"} if row.product is None else set())
    first = {table.columns.index(kind) for kind in told if kind in table.columns}
    return {i: squeeze(clean(cell)) for i, cell in enumerate(row.cells) if i not in first}


def _rows(key: str, was: Table | None, now: Table | None) -> Iterator[Change]:
    """Compare the head of a table and its rows that have no id, in their order."""
    if was and now:
        if (was.columns, was.widths) != (now.columns, now.widths):
            yield Change("table-form", key, _("bảng: đổi loại cột hoặc độ rộng"))
        heads = [" | ".join(cell for row in one.head for cell in row) for one in (was, now)]
        if heads[0] != heads[1]:
            yield Change("text-reworded", key, _("sửa đầu bảng"), (), changed_words(*heads))
    before, after = (
        [clean(" | ".join(row.cells)) for row in one.rows if not row.id] if one else [] for one in (was, now)
    )
    while before and after and before[-1] == after[-1]:  # the same at the end, then at the beginning: most of a table
        before.pop()
        after.pop()
    same = len(list(takewhile(lambda two: two[0] == two[1], zip(before, after, strict=False))))
    before, after = before[same:], after[same:]
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        cut, put = "\n".join(before[i1:i2]), "\n".join(after[j1:j2])
        if tag == "replace":
            yield Change("text-reworded", key, _("sửa dòng của bảng"), (), changed_words(cut, put))
        elif tag == "insert":
            yield Change("text-added", key, _("thêm dòng của bảng"), (), (("+", put),))
        elif tag == "delete":
            yield Change("text-removed", key, _("bỏ dòng của bảng"), (), (("-", cut),))
