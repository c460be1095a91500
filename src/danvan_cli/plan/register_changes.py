"""What an edit changes in a plan's registers: documents, periods, figures, and the entries made while it runs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from danvan_cli.lang import _
from danvan_cli.plan.change import Change, bound_units, every_unit, shown_value
from danvan_cli.text import day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from danvan_cli.plan.model import Document, Plan


def listed_changes(
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
    for key in [*after, *(key for key in before if key not in after)]:
        was, now = before.get(key), after.get(key)
        if was == now:
            continue
        if was is None:
            how, said = "added", _("thêm {thing}: {name}", thing=thing, name=name(now))
        elif now is None:
            how, said = "removed", _("bỏ {thing}: {name}", thing=thing, name=name(was))
        else:
            fields = ", ".join(field for field in type(now).model_fields if getattr(was, field) != getattr(now, field))
            how, said = "changed", _("sửa {thing} «{name}»: {fields}", thing=thing, name=name(now), fields=fields)
        yield Change(f"{kind}-{how}", key, said, units, todo=todo)


def register_changes(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare parties, documents, periods (those of what recurs follow from it), indicators and their checks."""
    everybody = every_unit(new)
    yield from listed_changes("party", _("cơ quan khác"), old.parties, new.parties)
    yield from listed_changes("document", _("văn bản"), old.documents, new.documents, _document)
    todo = _("xem lại kỳ số liệu của báo cáo")
    yield from listed_changes("period", _("kỳ báo cáo"), old.own_periods, new.own_periods, units=everybody, todo=todo)
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
    yield from listed_changes("indicator", _("chỉ tiêu số liệu"), items[0], items[1], units=everybody, todo=todo)
    checks = [one.checks if one else [] for one in (was, now)]
    yield from listed_changes("check", _("quan hệ số liệu"), checks[0], checks[1], lambda one: one.says)


def _document(one: Document) -> str:
    return one.symbol or one.title or one.id


def entry_changes(old: Plan, new: Plan) -> Iterator[Change]:
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
            how, verb = "changed", _("sửa")
            if was is None or now is None:
                how, verb = ("added", _("thêm")) if was is None else ("removed", _("bỏ"))
            said = _("{type} số {number} ngày {date}", type=one.type, number=one.number, date=day(one.date))
            whom = bound_units(new, getattr(one, units)) if units else ()
            yield Change(f"{key}-{how}", one.number, f"{verb} {name}: {_about(key, one)} ({said})", whom,
                         todo=todo if how != "removed" else "")  # fmt: skip


def _numbered(entries: Sequence[Any]) -> list[tuple[int, Any]]:
    """Count the entries of each document, so that several may rest on one."""
    seen: Counter[object] = Counter()
    out = []
    for one in entries:
        key = (one.type, one.number, one.date)
        seen[key] += 1
        out.append((seen[key], one))
    return out


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
