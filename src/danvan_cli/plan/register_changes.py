"""What an edit changes in a plan's registers: documents, periods, figures, and the entries made while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from danvan_cli.lang import _
from danvan_cli.plan.change import Change, bound_units, every_unit, shown_value
from danvan_cli.text import day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from danvan_cli.plan.model import Plan


def register_changes(
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


def document_changes(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare the registers of documents."""
    before, after = ({one.id: one for one in plan.documents} for plan in (old, new))
    for kind, key, said in register_changes(
        before, after, "document", _("văn bản"), lambda one: one.symbol or one.title or one.id
    ):
        yield Change(kind, key, said)


def party_changes(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare those who have a part in the plan and are none of its units."""
    for kind, key, said in register_changes(
        old.party_by_id, new.party_by_id, "party", _("cơ quan khác"), lambda one: one.name
    ):
        yield Change(kind, key, said)


def period_changes(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare the reporting periods that the plan sets itself; those of what recurs follow from it."""
    before, after = ({one.id: one for one in plan.own_periods} for plan in (old, new))
    for kind, key, said in register_changes(before, after, "period", _("kỳ báo cáo"), lambda one: one.name):
        yield Change(kind, key, said, every_unit(new), todo=_("xem lại kỳ số liệu của báo cáo"))


def figure_changes(old: Plan, new: Plan) -> Iterator[Change]:
    """Compare indicators and their checks."""
    for key, name in (("official", _("chính thức")), ("source", _("nguồn"))):
        was, now = (getattr(plan.indicators, key, None) for plan in (old, new))
        if was != now and old.indicators and new.indicators:
            said = _("chỉ tiêu số liệu, {name}: {was} → {now}", name=name, was=shown_value(was), now=shown_value(now))
            yield Change("indicators-about", key, said, every_unit(new))
    items: list[dict[str, Any]] = [
        {one.id: one for one in plan.indicators.items} if plan.indicators else {} for plan in (old, new)
    ]
    for kind, key, said in register_changes(
        items[0], items[1], "indicator", _("chỉ tiêu số liệu"), lambda one: one.name
    ):
        yield Change(kind, key, said, every_unit(new), todo=_("xem lại số liệu của báo cáo"))
    checks: list[dict[str, Any]] = [
        {one.id: one for one in plan.indicators.checks} if plan.indicators else {} for plan in (old, new)
    ]
    for kind, key, said in register_changes(checks[0], checks[1], "check", _("quan hệ số liệu"), lambda one: one.says):
        yield Change(kind, key, said)


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
            said = _("{type} số {number} ngày {date}", type=one.type, number=one.number, date=day(one.date))
            how, verb = (
                ("added", _("thêm")) if was is None else ("removed", _("bỏ")) if now is None else ("changed", _("sửa"))
            )
            about = _about(key, one)
            yield Change(f"{key}-{how}", one.number, f"{verb} {name}: {about} ({said})", bound_units(new, getattr(one, units)) if units else (),
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
