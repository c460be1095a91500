"""Who has sent what, and when: of each unit and each thing it owes the state on a day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal, get_args

from danvan_cli.delivery.store import counted_day, received
from danvan_cli.plan.calendar import last_day
from danvan_cli.plan.owed import Extension

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from danvan_cli.delivery.model import Receipt, Return
    from danvan_cli.delivery.store import Filed, Received
    from danvan_cli.plan.model import Deliverable, Plan, Unit

SOON: Final = 14
"""So many days before the last day on time something counts as due."""

RowState = Literal["submitted", "late", "due", "overdue", "not-due", "no-date", "returned", "extended", "exempt"]
ROW_STATES: Final[tuple[RowState, ...]] = get_args(RowState)
SENT: Final = frozenset({"submitted", "late"})
"""The states of what is in."""


@dataclass(frozen=True, slots=True)
class StatusRow:
    """What stands between a unit and one thing it owes.

    `days`: sent: how many before the last day, or after it where it is late; not sent: how many are left, or how many
    it is overdue; of what was returned, negative where its new day is past. None where there is no day to count from.
    `filed` is what counts of what came, `versions` how many came. `unread`: nothing can be said, for a receipt that lies
    here cannot be read; the state is `no-date`.
    """

    unit: Unit
    deliverable: Deliverable
    last_day: date | None
    state: RowState
    days: int | None
    filed: Filed | None = None
    versions: int = 0
    unread: bool = False

    @property
    def receipt(self) -> Receipt | None:
        """The receipt of what counts."""
        return self.filed.receipt if self.filed else None

    @property
    def came(self) -> date | None:
        """The day on which what is in is held to have come, which may be that of its first sending; None where none decides."""
        if self.state not in SENT or self.last_day is None or self.days is None:
            return None
        return self.last_day + timedelta(self.days if self.state == "late" else -self.days)

    @property
    def overdue(self) -> bool:
        """Whether it should be in by now and is not."""
        return self.state == "overdue" or (self.state == "returned" and self.days is not None and self.days < 0)

    @property
    def left(self) -> int | None:
        """How many days are left to send it, or to send it again; None where it is in, over, or has no day."""
        return None if self.overdue or self.state in SENT else self.days


def status_rows(
    plan: Plan,
    came: Received,
    as_of: date,
    units: Iterable[Unit] | None = None,
    broken: Container[tuple[str, str]] = (),
) -> list[StatusRow]:
    """Give the state of all that units owe on a day, in the plan's order.

    What is sent only on request has a row where it came. The first version that came decides whether it was late; of
    what was returned, the first that came after that, by the return's own day where it gives one, else by the first
    sending. What came or was returned later is not yet known; of whom and what a receipt is `broken`, what is not in
    otherwise may be in.
    """
    rows = []
    for unit in plan.units if units is None else units:
        for one in plan.deliverable_by_id.values():
            row = _row(plan, unit, one, came.get((unit.id, one.id), ()), as_of)
            if row is not None and row.state not in SENT | {"exempt"} and (unit.id, one.id) in broken:
                row = replace(row, state="no-date", days=None, unread=True)
            if row is not None:
                rows.append(row)
    return rows


def unit_rows(plan: Plan, root: Path, unit: Unit, as_of: date) -> list[StatusRow]:
    """Give the state of all that a unit owes on a day; a receipt below `root` that cannot be read says nothing."""
    return status_rows(plan, received(root, plan.id, {}, unit.id), as_of, [unit])


def came_and_back(rows: Iterable[StatusRow]) -> tuple[set[str], dict[str, date | None]]:
    """Tell what is in and counts, and what was sent back, with the day by which it is to come again."""
    every = [*rows]
    back = {row.deliverable.id: row.last_day for row in every if row.state == "returned"}
    return {row.deliverable.id for row in every if row.state in SENT}, back


def _row(plan: Plan, unit: Unit, one: Deliverable, filed: Sequence[Filed], as_of: date) -> StatusRow | None:
    came = [it for it in filed if it.receipt.received <= as_of]
    exempt = plan.exempt(one, unit)
    if not came and not exempt and (one.on_request or not plan.owes(one, unit)):
        return None
    last = plan.last_day(one, unit)
    # Reports on request are no versions of each other: one that was sent back waits for itself
    names = dict.fromkeys(it.symbol for it in came if one.on_request)
    alone = [[it for it in came if it.symbol in {name, ""}] for name in names]
    dated = plan.dated(one, unit)
    every = (_counted(plan, some, last, as_of, dated) for some in alone)
    counted = next((it for it in every if _sent_back(it, as_of)), None) or _counted(plan, came, last, as_of, dated)
    back = _sent_back(counted, as_of)
    if exempt and (counted is None or back):
        return StatusRow(unit, one, last, "exempt", None, counted and counted[0], len(came))
    if counted is not None:
        first, last, when = counted
        if back:
            again = again_by(plan, back, dated)
            return StatusRow(unit, one, again, "returned", (again - as_of).days if again else None, first, len(came))
        ahead = (last - when).days if last else None
        if ahead is not None and ahead < 0 and exempt:  # nobody waited for it
            ahead = last = None
        state: RowState = "late" if ahead is not None and ahead < 0 else "submitted"
        return StatusRow(unit, one, last, state, abs(ahead) if ahead is not None else None, first, len(came))
    if last is None:
        return StatusRow(unit, one, None, "no-date", None)
    left = (last - as_of).days
    if left < 0:
        return StatusRow(unit, one, last, "overdue", -left)
    extended = dated is not one
    return StatusRow(unit, one, last, "extended" if extended else "due" if left <= SOON else "not-due", left)


def _sent_back(counted: tuple[Filed, date | None, date] | None, as_of: date) -> Return | None:
    """Give the return of what counts that stands on a day."""
    back = counted[0].returned if counted else None
    return back if back and back.date <= as_of else None


def _counted(
    plan: Plan, came: Sequence[Filed], last: date | None, as_of: date, dated: Deliverable | Extension
) -> tuple[Filed, date | None, date] | None:
    """Choose what counts of what came: with the last day it is held against, and the day it is held to have come."""
    if not came:
        return None

    def when(one: Filed) -> date:
        return counted_day(one.receipt, plan.settings.late_by)

    back = [(one.returned, one) for one in came if one.returned is not None and one.returned.date <= as_of]
    first = min(came, key=when)
    if not back:
        return first, last, when(first)
    returned, its = max(back, key=lambda one: (one[0].date, one[1].receipt.received))
    again = [one for one in came if one.receipt.received >= returned.date and all(one is not it for _back, it in back)]
    if not again:
        return its, last, when(its)

    def anew(one: Filed) -> date:
        """Give the day of what came again; a day of issue from before the return says nothing of that."""
        issued = when(one)
        return issued if issued >= returned.date else one.receipt.received

    newest = min(again, key=anew)
    by = again_by(plan, returned, dated)
    return (newest, by, anew(newest)) if by else (newest, last, when(first))


def again_by(plan: Plan, returned: Return, dated: Deliverable | Extension | None = None) -> date | None:
    """Give the last day on which something is sent again in time; None where its return gives none.

    `dated` is what holds the day of sending it: what was put off since it was returned may be sent until then.
    """
    given = [(returned.before, returned.by)]
    given += [(dated.before, dated.by)] if isinstance(dated, Extension) and dated.date >= returned.date else []
    days = (last_day(*one, includes=plan.settings.before_includes_day) for one in given)
    return max(filter(None, days), default=None)


def counts(rows: Iterable[StatusRow]) -> dict[str, Counter[RowState]]:
    """Count states by deliverable."""
    out: dict[str, Counter[RowState]] = {}
    for row in rows:
        out.setdefault(row.deliverable.id, Counter())[row.state] += 1
    return out
