"""One change between two readings of a plan, and what all comparing needs: pairs of things, words, days."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeVar

from danvan_cli.lang import _
from danvan_cli.text import clean, day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from danvan_cli.plan.model import Plan

T = TypeVar("T")
_AROUND: Final = 5
"""Words shown on each side of those that changed."""


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
    gained = tuple(unit for unit in now if unit not in was and unit in old.unit_by_id)
    lost = tuple(unit for unit in was if unit not in now and unit in new.unit_by_id)
    if gained:
        yield Change(f"{kind}-owners-gained", id, _("thêm {count} đơn vị thực hiện", count=len(gained)), gained,
                     todo=_("nhận việc: danvan update-unit"))  # fmt: skip
    if lost:
        yield Change(f"{kind}-owners-lost", id, _("bớt {count} đơn vị thực hiện", count=len(lost)), lost,
                     todo=_("không phải thực hiện tiếp; kết quả đã ghi được giữ lại"))  # fmt: skip


def matched(
    old: Mapping[str, T], new: Mapping[str, T], same: Callable[[T], object]
) -> tuple[list[tuple[tuple[str, T], tuple[str, T]]], dict[str, T], dict[str, T]]:
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


def day_moved(before: object, after: object) -> str:
    """Say how a day moved: days, earlier or later; nothing where either is no day."""
    if not (isinstance(before, date) and isinstance(after, date)) or before == after:
        return ""
    days = (after - before).days
    return _("muộn hơn {days} ngày", days=days) if days > 0 else _("sớm hơn {days} ngày", days=-days)


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
        if before != after:
            said = _("{name}: {was} → {now}", name=name, was=shown_value(before), now=shown_value(after))
            yield Change(f"{kind}-{key}", id or key, about + said, units)
