"""Entries of the plan that rest on a document: a date put off, somebody let off, a report asked for mid-year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from danvan_cli.delivery.status import status_rows
from danvan_cli.desk.made import Unwritten, make
from danvan_cli.errors import UsageError
from danvan_cli.files import safe_name
from danvan_cli.lang import _
from danvan_cli.papers.kinds.cong_van_de_nghi_bao_cao import request_letter
from danvan_cli.plan.calendar import last_day, today
from danvan_cli.plan.model import Plan
from danvan_cli.province.reminders import collector
from danvan_cli.rules.check import check_plan
from danvan_cli.text import day as written_day
from danvan_cli.typed import typed_day as day
from danvan_cli.unit.model import empty_record
from danvan_cli.yaml.held import Held
from danvan_cli.yaml.splice import Add, Put
from danvan_cli.yaml.tree import at, same

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from danvan_cli.delivery.status import StatusRow
    from danvan_cli.desk.opened import Open
    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.model import Deliverable


class Asked(NamedTuple):
    """The document that an entry rests on, as typed: its type, its number and symbol, its day."""

    type: str
    number: str
    date: str

    def keys(self, opened: Open) -> dict[str, Any]:
        """Give it as an entry has it."""
        when = opened.happened(self.date)
        return {"type": " ".join(self.type.split()), "number": "".join(self.number.split()), "date": when}


class Entered(NamedTuple):
    """An entry that was written: what it is about, for which units, and what the check now says besides."""

    path: Path
    id: str
    units: tuple[str, ...]
    found: tuple[Finding, ...]
    replaced: tuple[str, ...] = ()
    """The documents whose day this one's takes the place of."""
    in_time: tuple[StatusRow, ...] = ()
    """What had come late and is in time by the new day, as it stood before."""


def put_off(
    opened: Open, deliverable: str, units: Sequence[str], by: str | None, before: str | None, asked: Asked
) -> Entered:
    """Put off the date of one thing for some units: it may come `by` a day, or is to come `before` one.

    A unit has one extension of a thing: that of the last document, which names those whose place it takes; that of an
    older one is refused.
    """
    one, names = opened.deliverable(deliverable), _units(opened, units)
    entry: dict[str, Any] = {"units": names, "deliverable": one.id, **_dated(by, before), **asked.keys(opened)}
    held, before_it = _held(opened), _rows(opened, one, names)
    kept: list[Any] = []
    place: int | None = None
    gone: list[str] = []
    for item, old in zip(at(held.file.root, ("extensions",)) or (), held.record.extensions, strict=True):
        rest = [unit for unit in old.units if unit not in names]
        if old.deliverable != one.id:
            kept.append(item)
        elif all(getattr(old, key) == entry.get(key) for key in ("by", "before", "type", "number", "date")):
            place, gone = len(kept), [*old.replaces, *gone]
            entry["units"] = [*old.units, *(unit for unit in names if unit not in old.units)]
        elif len(rest) == len(old.units):
            kept.append(item)
        elif old.date > entry["date"]:
            raise UsageError(
                _("đã được gia hạn theo {document}, mới hơn văn bản này", document=old.cited),
                help=_("ghi sai thì sửa ở «extensions» của kế hoạch"),
            )
        else:
            gone += [*old.replaces, old.number]
            kept += [{**item, "units": rest}] if rest else []
    if gone:
        entry["replaces"] = list(dict.fromkeys(gone))
    kept.insert(len(kept) if place is None else place, entry)
    done = _entered(opened, held, [Put(("extensions",), kept)], one.id, names)
    after = {row.unit.id: row.state for row in _rows(opened, one, names, held.record)}
    in_time = tuple(row for row in before_it if row.state == "late" and after.get(row.unit.id) == "submitted")
    return done._replace(replaced=tuple(entry.get("replaces", ())), in_time=in_time)


def _rows(opened: Open, one: Deliverable, names: Sequence[str], plan: Plan | None = None) -> list[StatusRow]:
    """Give how some units stand with a thing today."""
    units = [opened.plan.unit_by_id[name] for name in names]
    rows = status_rows(plan or opened.plan, opened.received(lenient=True), today(), units)
    return [row for row in rows if row.deliverable.id == one.id]


def let_off(opened: Open, deliverable: str, units: Sequence[str], asked: Asked) -> Entered:
    """Let some units off sending one thing; arguments and errors are those of `put_off`."""
    one, names = opened.deliverable(deliverable), _units(opened, units)
    return _added(opened, "exemptions", {"units": names, "deliverables": [one.id], **asked.keys(opened)}, one.id, names)


def ask_for_report(
    opened: Open,
    id: str,
    name: str,
    owners: Sequence[str],
    by: str | None,
    before: str | None,
    period: str | None,
    asked: Asked | None,
) -> Entered | Unwritten:
    """Ask for a report mid-year, under an id that is free in the plan; give the entry, or the letter to be written.

    `owners` are ids of blocks, ids or names of units that are to send it, all if there are none; it may come `by` a day,
    or is to come `before` one, as typed; its figures are of `period`. `asked` is the letter that asks for it, None where
    that is still to be written.
    """
    id_ = safe_name(id)
    whom = [*map(opened.owner, owners)]
    entry: dict[str, Any] = {"id": id_, "name": " ".join(name.split()), "owners": whom or ["all"]}
    entry |= _dated(by, before, needed=asked is not None)
    entry |= {"period": opened.period(period).id} if period else {}
    every = opened.plan.deliverables
    if asked is not None:
        entry |= {"to": collector(opened.plan).id} if every else {}
        entry |= asked.keys(opened)
    undated = (one for one in opened.plan.listed if one.id == id_ and not (one.before or one.by or one.every))
    if there := next(undated, None):
        if asked is None:
            return _letter(opened, entry | {"name": there.name}, whom)
        includes = opened.plan.settings.before_includes_day
        by_day = last_day(**{"before": None, "by": None} | _dated(by, before), includes=includes)
        cited = f"{entry['type']} số {entry['number']} ngày {written_day(entry['date'])}"
        given: dict[str, Any] = {"by": by_day, "document": cited}
        held = _held(opened)
        old = held.record.settings.days.get(id_)
        if old and (was := [*old.was, *([old.by] if old.by != given["by"] else [])]):
            given["was"] = was
        return _entered(opened, held, [Put(("settings", "days", id_), given)], id_, whom)
    if id_ in opened.plan.deliverable_by_id and (asked is None or not _there(_held(opened), "requests", entry)):
        raise UsageError(_("kế hoạch đã có báo cáo «{id}»", id=id_), help=_("đặt mã khác"))
    return _letter(opened, entry, whom) if asked is None else _added(opened, "requests", entry, id_, whom)


def _added(opened: Open, key: str, entry: dict[str, Any], id_: str, units: Sequence[str]) -> Entered:
    """Write an entry into the plan's list of that key; what is there already is not written again."""
    held = _held(opened)
    return _entered(opened, held, [] if _there(held, key, entry) else [Add((key,), entry)], id_, units)


def _entered(opened: Open, held: Held[Plan], changes: Sequence[Put | Add], id_: str, units: Sequence[str]) -> Entered:
    known = {(one.rule, one.message) for one in held.found}
    held.put(changes)
    found = tuple(one for one in held.found if (one.rule, one.message) not in known)
    return Entered(opened.path, id_, tuple(units), found)


def _held(opened: Open) -> Held[Plan]:
    return Held(Plan, opened.path, lambda read: check_plan(read, opened.calendar, opened.levels))


def _there(held: Held[Plan], key: str, entry: dict[str, Any]) -> bool:
    """Tell whether the very entry is in the plan's list of that key: from a run that was stopped, or run twice."""
    return any(same(one, entry) for one in at(held.file.root, (key,)) or ())


def _letter(opened: Open, entry: dict[str, Any], whom: Sequence[str]) -> Unwritten:
    plan = opened.plan
    who = collector(plan)
    record = opened.record_unchecked(who) or empty_record(plan, who)
    period = plan.period_by_id.get(entry.get("period", ""))
    letter = request_letter(plan, who, record, entry["name"], whom, period, entry.get("by"))
    return Unwritten(opened.workspace.build / "yeu-cau" / f"{entry['id']}.docx", make(letter, opened.templates))


def _dated(by: str | None, before: str | None, *, needed: bool = True) -> dict[str, dt.date]:
    """Read the day of an entry: one of two ways to say it."""
    if (by is not None and before is not None) or (needed and by is None and before is None):
        raise UsageError(_("ghi một trong hai: --by (chậm nhất ngày) hoặc --before (trước ngày)"))
    return {"by": day(by)} if by else {"before": day(before)} if before else {}


def _units(opened: Open, names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(opened.unit(name).id for name in names))
