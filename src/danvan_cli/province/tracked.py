"""What tracking knows of a unit, held against its score: answers that receipts propose, and what contradicts them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from danvan_cli.lang import _
from danvan_cli.scoring.model import REPORTS_LATE, Answer
from danvan_cli.scoring.ways import way_of
from danvan_cli.text import counted, day

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from danvan_cli.delivery.status import StatusRow
    from danvan_cli.plan.model import Plan
    from danvan_cli.province.review import Reviewing
    from danvan_cli.scoring.model import Criterion, Rubric


@dataclass(frozen=True)
class Sending:
    """What receipts say of one thing that a unit owes: late (None where it never came), and in words, as a reason is."""

    late: bool | None
    why: str


Tracked = dict[str, Sending]
"""By deliverable; what nobody's receipt speaks of is not tracked, and has no part in it."""


class Told(NamedTuple):
    """What receipts propose: a criterion's answer, or the deliverables that are stated late where `criterion` is None."""

    criterion: str | None
    answer: Answer
    late: tuple[str, ...]
    why: str


def tracked(plan: Plan, kept: Container[str], rows: Iterable[StatusRow]) -> Tracked:
    """Tell what receipts say of a unit, by its state on a day.

    `kept` is what anybody's receipts are of: of what none came from anybody, nothing is tracked.
    """
    return {row.deliverable.id: one for row in rows if row.deliverable.id in kept and (one := _sending(plan, row))}


def _sending(plan: Plan, row: StatusRow) -> Sending | None:
    name, last = row.deliverable.name, day(row.last_day) if row.last_day else ""
    if row.state in {"submitted", "late"} and row.receipt and row.last_day:
        receipt, days = row.receipt, row.days or 0
        symbol = f" số {receipt.symbol}" if receipt.symbol else ""
        when = row.came or row.last_day
        of = {receipt.received: f"{symbol} đến"}
        if plan.settings.late_by == "issued" and receipt.issued:
            of[receipt.issued] = f"{symbol} ban hành"
        late = f"chậm {counted(days)} ngày so với hạn {last}" if row.state == "late" else f"trong hạn {last}"
        return Sending(row.state == "late", f"{name}{of.get(when, ' gửi lần đầu')} ngày {day(when)}, {late}")
    if row.unit.id in {row.deliverable.to, row.deliverable.via}:  # who collects it sends nothing to itself
        return None
    if row.overdue and row.state == "returned":
        return Sending(None, f"{name} bị trả lại, quá hạn gửi lại {last} chưa gửi")
    return Sending(None, f"{name} chưa gửi, quá hạn {last} {row.days} ngày") if row.overdue else None


def tracked_proposals(one: Reviewing, known: Tracked) -> Iterator[Told]:
    """Give what receipts propose that stands otherwise."""
    record = one.record()
    for criterion in (row.criterion for row in one.rubric.rows if not row.criterion.criteria):
        told = _answer(criterion, known)
        there = record.answer(criterion.id)
        if told and any(getattr(there, key) != getattr(told[0], key) for key in way_of(criterion).keys):
            yield Told(criterion.id, told[0], (), told[1])
    named = _limited(one.rubric) & known.keys()
    late = {name for name in named if known[name].late is not False}
    stated = set(record.late or ())
    if named and (record.late is None or stated & named != late):
        why = "; ".join(known[name].why for name in sorted(named))
        yield Told(None, Answer(), tuple(sorted(stated - named | late)), why)


def contradictions(one: Reviewing, known: Tracked) -> Iterator[str]:
    """Say where a score says what receipts contradict; what nobody has answered contradicts nothing, but lateness does."""
    record = one.record()
    for told in tracked_proposals(one, known):
        if told.criterion is None:
            late = {name for name in _limited(one.rubric) & known.keys() if known[name].late is not False}
            if late != set(record.late or ()) & _limited(one.rubric) & known.keys():
                yield _("khống chế tính «gửi muộn: {stated}», nhưng {why}",
                        stated=", ".join(record.late or ()) or _("không có"), why=told.why)  # fmt: skip
        elif (there := record.answer(told.criterion)).given and not there.na:
            row = one.rubric.row_by_id[told.criterion].criterion
            level = next((it.name for it in row.levels if it.id == there.level), str(there.count))
            yield _("tiêu chí {id} ghi «{level}», nhưng {why}", id=told.criterion, level=level, why=told.why)


def _limited(rubric: Rubric) -> set[str]:
    """Name what limits ask about: whether it came late."""
    return {limit.when.late for limit in rubric.limits if limit.when.late}


def _answer(one: Criterion, known: Tracked) -> tuple[Answer, str] | None:
    sending = known.get(one.deliverable or "")
    if sending and one.levels:
        on = {None: None, True: "late", False: "in-time"}[sending.late]
        found = [level for level in one.levels if level.on == on]
        least = min(found, key=lambda level: level.points, default=None)
        return (Answer(level=least.id), sending.why) if least else None
    late = [it for it in known.values() if it.late]
    if not known or REPORTS_LATE not in one.sources.values():
        return None
    why = "; ".join(it.why for it in late) or "các báo cáo, hồ sơ đã nhận đều trong hạn"
    return way_of(one).proposed(one, {REPORTS_LATE: (Decimal(len(late)), why)}, {})
