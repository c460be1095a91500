"""Who has sent what, on the page: what is wrong or near today, the grid, the year's line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from danvan_cli.delivery.model import RECEIPT, RETURN
from danvan_cli.delivery.status import SENT, again_by
from danvan_cli.page import shown
from danvan_cli.plan.days import task_days
from danvan_cli.province.tracking import let_off_by, put_off_by, totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from danvan_cli.delivery.model import Receipt
    from danvan_cli.delivery.status import StatusRow
    from danvan_cli.desk.page_seen import Seen
    from danvan_cli.plan.model import Deliverable
    from danvan_cli.plan.sections import Task

NEAR: Final = 10
"""What is due within so many days is told of."""
_MANY: Final = 100
"""Of more that waits for the same, a page over very many units tells the number alone."""


def alerts(seen: Seen) -> tuple[shown.Alert, ...]:
    """List what is wrong or near, the most pressing first."""
    open_ = [row for row in seen.rows if not _issued_unseen(seen, row)]
    others = (alert for part in (_letters, _answers, _waiting, _broken) for alert in part(seen))
    return (*_overdue(seen, open_), *_due(seen, open_), *others)


def _issued_unseen(seen: Seen, row: StatusRow) -> bool:
    """Tell whether a unit says that it issued something, where no receipts are kept that could say so."""
    record = seen.record(row.unit) if seen.one and row.filed is None else None
    return record is not None and record.sent(row.deliverable.id).number is not None and not seen.came


def _overdue(seen: Seen, rows: Iterable[StatusRow]) -> Iterator[shown.Alert]:
    late = sorted((row for row in rows if row.state == "overdue"), key=lambda row: -(row.days or 0))
    for row in late:
        yield shown.Alert("overdue", seen.names[row.unit.id], row.deliverable.name, row.days, row.last_day)
    back = [row for row in rows if row.state == "returned"]
    for row in sorted(back, key=lambda row: (row.days is None, row.days or 0)):
        why = row.filed.returned.reason if row.filed and row.filed.returned and not seen.public else None
        spot = seen.spot(f"{row.filed.path}/{RETURN}") if row.filed else None
        name = seen.names[row.unit.id]
        yield shown.Alert("returned", name, row.deliverable.name, row.days, row.last_day, reason=why, spot=spot)


def _due(seen: Seen, rows: Iterable[StatusRow]) -> Iterator[shown.Alert]:
    """Tell what is due soon: once for each thing and day, with how many owe it still; then the tasks."""
    soon: dict[tuple[date, str], list[StatusRow]] = {}
    for row in rows:
        if row.state in {"due", "extended"} and row.last_day and (row.last_day - seen.as_of).days <= NEAR:
            soon.setdefault((row.last_day, row.deliverable.id), []).append(row)
    places = {one.id: seen.in_plan(loc) for loc, one in seen.plan.sendings()}
    for (last, _name), those in sorted(soon.items(), key=lambda one: one[0][0]):
        unit = seen.names[those[0].unit.id] if len(those) == 1 else None
        one = those[0].deliverable
        yield shown.Alert("due", unit, one.name, (last - seen.as_of).days, last, len(those), spot=places[one.id])
    for last, task, bound in _task_days(seen):
        if 0 <= (left := (last - seen.as_of).days) <= NEAR and not (seen.one and _done(seen, task)):
            yield shown.Alert("due", None, task.label, left, last, bound, spot=seen.in_plan(task.loc))


def _letters(seen: Seen) -> Iterator[shown.Alert]:
    for one, spot in seen.letters:
        named = [name for name in one.units if name in seen.names]
        about = seen.plan.deliverable_by_id.get(one.deliverable)
        if named and about and one.as_of <= seen.as_of and not one.number:
            unit = seen.names[named[0]] if len(named) == 1 else None
            yield shown.Alert("letter", unit, about.name, None, one.as_of, len(named), spot=spot)


def _answers(seen: Seen) -> Iterator[shown.Alert]:
    """Tell whose answers are due since: to letters that urged, to notices of scores. Of returns, these say it themselves."""
    rows = {(row.unit.id, row.deliverable.id): row for row in seen.rows}
    found: dict[tuple[str, str], tuple[date, shown.ShownSpot | None]] = {}
    for one, spot in seen.letters:
        if one.number and not one.report and one.answer_by and one.answer_by < seen.as_of:
            for name in one.units:  # the last letter counts
                found[name, one.deliverable] = (one.answer_by, spot)
    passed = []
    for key, (by, spot) in found.items():
        row = rows.get(key)
        if row is not None and row.state not in SENT | {"exempt"} and not row.unread:
            about = row.deliverable.name
            passed.append(shown.Alert("answer", seen.names[key[0]], about, (seen.as_of - by).days, by, spot=spot))
    for unit in seen.units:
        review = seen.opinions.get(unit.id)
        last = review.review.notices[-1] if review and review.review.stage == "notified" else None
        if review and last and last.answer_by and last.answer_by < seen.as_of:
            days, spot = (seen.as_of - last.answer_by).days, seen.spot(review.kept.path)
            passed.append(shown.Alert("answer", seen.names[unit.id], last.number, days, last.answer_by, spot=spot))
    yield from sorted(passed, key=lambda one: -(one.days or 0))


def _waiting(seen: Seen) -> Iterator[shown.Alert]:
    for kind in ("report", "figures", "log", "choice", "rest", "confirm"):
        those = [one for one in seen.waits if one.waiting_for == kind]
        if seen.brief and len(those) > _MANY:
            yield shown.Alert(kind, count=len(those))
            continue
        for one in those:
            about = one.deliverable.name if one.deliverable else None
            spot = seen.spot(one.path) if one.path else None
            yield shown.Alert(kind, seen.names[one.unit.id], about, count=one.count, spot=spot)


def _broken(seen: Seen) -> Iterator[shown.Alert]:
    """Tell what cannot be read; which receipts, those of units that the page is not about too."""
    _letters_read, _reviews_read = seen.letters, seen.opinions
    for (name, id_), errors in seen.opened.broken.items():
        if name in seen.names or not seen.one:
            about = seen.plan.deliverable_by_id.get(id_)
            where = seen.spot(seen.opened.workspace.received / name / id_)
            said = None if seen.public else seen.said(errors[0])
            yield shown.Alert("broken", seen.names.get(name), about.name if about else id_, reason=said, spot=where)
    for unit, path, line, why in seen.wrong:
        whose = seen.names[unit.id] if unit else None
        yield shown.Alert("broken", whose, reason=None if seen.public else why, spot=seen.spot(path, line))


# The grid


def reports_shown(seen: Seen) -> tuple[shown.ShownReport, ...]:
    """List what units owe, with the counts over all of them and by block."""
    places = {one.id: loc for loc, one in seen.plan.sendings()}
    told = []
    for one, rows in _by_deliverable(seen):
        blocks = {it.id: [row for row in rows if row.unit.block == it.id] for it in seen.blocks}
        by_block = {name: totals(those) for name, those in blocks.items() if those}
        last = seen.plan.last_day(one)
        told.append(shown.ShownReport(one.id, one.name, last, totals(rows), by_block, seen.in_plan(places[one.id])))
    return tuple(told)


def _by_deliverable(seen: Seen) -> list[tuple[Deliverable, list[StatusRow]]]:
    found: dict[str, list[StatusRow]] = {}
    for row in seen.rows:
        found.setdefault(row.deliverable.id, []).append(row)
    return [(one, found[one.id]) for one in seen.plan.deliverable_by_id.values() if one.id in found]


def cells(seen: Seen) -> tuple[shown.ShownCell, ...]:
    """Tell what stands between each unit and each thing; of very many units none."""
    letters = _letters_by_cell(seen)
    return tuple(_cell(seen, row, letters) for row in seen.rows if not seen.brief)


def _cell(seen: Seen, row: StatusRow, letters: dict[tuple[str, str], list[shown.ShownReminder]]) -> shown.ShownCell:
    key = row.unit.id, row.deliverable.id
    versions, reminders = tuple(_versions(seen, row)), tuple(letters.get(key, ()))
    cited = put_off_by(seen.plan, row)
    put_from = seen.plan.last_day(row.deliverable) if cited else None
    exempt = "; ".join(let_off_by(seen.plan, row)) or None if row.state == "exempt" else None
    record = seen.record(row.unit) if seen.one else None
    sent = record.sent(row.deliverable.id) if record else None
    number, when = (sent.number, sent.date) if sent else (None, None)
    return shown.ShownCell(
        *key, row.state, row.days, row.last_day, row.unread, versions, reminders, put_from, cited, exempt, number, when
    )


def _versions(seen: Seen, row: StatusRow) -> Iterator[shown.ShownVersion]:
    for one in seen.came.get((row.unit.id, row.deliverable.id), ()):
        it, back = one.receipt, one.returned
        if it.received > seen.as_of:
            continue
        told: tuple[date | None, str | None, date | None] = (None, None, None)
        if back and back.date <= seen.as_of:
            told = back.date, None if seen.public else back.reason, again_by(seen.plan, back)
        spot = seen.spot(f"{one.path}/{_document(it)}")
        yield shown.ShownVersion(it.received, it.issued, it.symbol, it.number, spot, one is row.filed, *told)


def _document(receipt: Receipt) -> str:
    """Name the file that came, the first of several; the receipt itself where it names what cannot lie beside it."""
    name = receipt.files[0].name
    return RECEIPT if {"/", "\\"} & {*name} or name in {".", ".."} else name


def _letters_by_cell(seen: Seen) -> dict[tuple[str, str], list[shown.ShownReminder]]:
    found: dict[tuple[str, str], list[shown.ShownReminder]] = {}
    for one, spot in seen.letters:
        if one.as_of <= seen.as_of:
            told = shown.ShownReminder(one.number, one.date, one.as_of, one.answer_by, spot)
            for name in one.units:
                found.setdefault((name, one.deliverable), []).append(told)
    return found


# The year


def year(seen: Seen) -> tuple[shown.YearDay, ...]:
    """List the year's days, the earliest first: what is to be sent, with how many have; tasks, on a unit's page with its word."""
    places = {one.id: loc for loc, one in seen.plan.sendings()}
    told = []
    for one, rows in _by_deliverable(seen):
        last = rows[0].last_day if seen.one else seen.plan.last_day(one)
        if last:
            done = sum(row.state in SENT for row in rows)
            spot = seen.in_plan(places[one.id])
            told.append(shown.YearDay(last, one.name, "report", done, totals(rows)["owed"], spot))
    for last, task, bound in _task_days(seen):
        done_ = int(_done(seen, task)) if seen.one else None
        told.append(shown.YearDay(last, task.label, "task", done_, bound, seen.in_plan(task.loc)))
    return tuple(sorted(told, key=lambda one: one.day))


def _task_days(seen: Seen) -> Iterator[tuple[date, Task, int]]:
    """Walk the last days of tasks, with how many of the page's units each binds: of those that exist on that day.

    On a unit's page what it has said is none of its own has no day.
    """
    plan = seen.plan
    bound = {task.id: [unit for unit in seen.units if plan.binds(task.owners, unit)] for task in plan.tasks}
    record = seen.record(seen.units[0]) if seen.one else None
    own = {name: one.due for name, one in record.tasks.items()} if record else None
    mine = (task for task in plan.tasks if bound[task.id] and (record is None or record.task(task.id).applies))
    for one in task_days(plan, mine, own):
        if count := sum(unit.there(one.last) for unit in bound[one.task.id]):
            yield one.last, one.task, count


def _done(seen: Seen, task: Task) -> bool:
    record = seen.record(seen.units[0])
    return record is not None and record.task(task.id).status == "done"
