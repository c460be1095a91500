"""The rounds of verifying: inspections, notices, answers to them, scores settled and made official."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.lang import _
from danvan_cli.plan.calendar import today
from danvan_cli.province.review import put_reviews
from danvan_cli.text import clean, day, squeeze
from danvan_cli.yaml.splice import Add, Put

if TYPE_CHECKING:
    from datetime import date

    from danvan_cli.desk.reviews import Reviews
    from danvan_cli.plan.model import Unit
    from danvan_cli.province.review import Decision, Reviewing


@dataclass(frozen=True)
class Inspected:
    """An inspection that was recorded: of which unit, and by which id it is cited."""

    unit: Unit
    id: str


@dataclass(frozen=True)
class NoticeAnswer:
    """A unit's answer to a notice; `last` is the day by which it should have come, where it came later."""

    unit: Unit
    last: date | None


def inspect(
    reviews: Reviews, unit: str | None, block: str | None, *, finding: str, kind: str, document: str | None, when: date
) -> list[Inspected]:
    """Record an inspection or a survey of one unit, or of several."""
    said: dict[str, Any] = {"kind": squeeze(kind), "date": when, "finding": squeeze(clean(finding))}
    said |= {"document": document} if document else {}
    out, edits = [], []
    with reviews.alone():
        for one in reviews.those(unit, block):
            there = one.review.inspections
            name = next((it.id for it in there if {"id": it.id} | said == it.model_dump(exclude_none=True)), None)
            if name is None:  # not what a run that was stopped has recorded
                name = f"kt-{len(there) + 1}"
                edits.append((one, [Add(("inspections",), {"id": name} | said)]))
            out.append(Inspected(one.unit, name))
        put_reviews(edits)
    return out


def notify(
    reviews: Reviews, unit: str | None, block: str | None, *, number: str, when: date, answer_by: date | None
) -> list[Unit]:
    """Record that a round's results were told; give to whom. Who was told by that notice already is left out.

    Nothing is recorded of any unit where scores are official.
    """
    if answer_by and answer_by < when:
        raise UsageError(_("hạn giải trình trước ngày thông báo"), help=_("ghi một ngày sau đó"))
    with reviews.alone():
        those = reviews.those(unit, block)
        for one in those:
            one.refuse_if_official(None)
        said: dict[str, Any] = {"number": number, "date": when} | ({"answer_by": answer_by} if answer_by else {})
        new = [one for one in those if all(it.number != number for it in one.review.notices)]
        put_reviews([(one, [Add(("notices",), said)]) for one in new])
    return [one.unit for one in new]


def explained(reviews: Reviews, unit: str | None, *, number: str, when: date) -> NoticeAnswer:
    """Record a unit's answer to the last notice."""
    with reviews.alone():
        one = reviews.sure(reviews.opened.unit(unit))
        edits = _explained(one, number, when)
        put_reviews([(one, edits)] if edits else [])
    last = one.review.notices[-1].answer_by
    return NoticeAnswer(one.unit, last if last and when > last else None)


def correct_explained(
    reviews: Reviews, unit: str | None, *, number: str, when: date | None, to: str | None
) -> list[Unit]:
    """Put right an answer to a notice that was entered wrongly: another day, another unit, or none at all; both stay on record.

    Without another day (`when`) and another unit (`to`) it counts no more. Gives those of whom something was recorded.
    """
    with reviews.alone():
        one = reviews.sure(reviews.opened.unit(unit))
        one.refuse_if_official(None)
        every = one.review.explanations
        place = next((i for i, it in enumerate(every) if it.undone is None and it.number == number), None)
        if place is None:
            raise UsageError(_("{unit}: chưa ghi giải trình {number}", unit=one.unit.name, number=number[:60]))
        gone: list[Put | Add] = [Put(("explanations", place, "undone"), today())]
        edits = [(one, gone)]
        day_of = when or every[place].date
        if to is not None:
            other = reviews.sure(reviews.opened.unit(to))
            gone.append(Put(("explanations", place, "moved"), other.unit.id))
            edits.append((other, _explained(other, number, day_of)))
        elif when is not None:
            gone.append(Add(("explanations",), {"number": number, "date": when}))
        put_reviews(edits)
    return [it.unit for it, _changes in edits]


def _explained(one: Reviewing, number: str, when: date) -> list[Put | Add]:
    """Give the edit that records a unit's answer to the last notice; none where it is recorded."""
    if not one.review.notices:
        raise UsageError(
            _("{unit}: chưa có thông báo nào để giải trình", unit=one.unit.name),
            help=_("ghi trước: danvan review notice {unit} --number SỐ", unit=one.unit.id),
        )
    one.refuse_if_official(None)
    there = next((it for it in one.review.explained if it.number == number), None)
    if there is not None and there.date != when:
        raise UsageError(
            _("{unit}: giải trình {number} đã ghi ngày {day}", unit=one.unit.name, number=number, day=day(there.date)),
            help=_("ghi nhầm ngày thì thêm --correct"),
        )
    return [] if there else [Add(("explanations",), {"number": number, "date": when})]


def settle_scores(reviews: Reviews, unit: str | None, block: str | None, *, when: date) -> list[Unit]:
    """Settle verified scores; nothing is recorded of any unit where one is official, or not complete."""
    with reviews.alone():
        those = reviews.those(unit, block)
        for one in those:
            one.refuse_if_official(None)
            one.refuse_if_blank(one.result())
        put_reviews([(one, [Put(("final",), when)]) for one in those])
    return [one.unit for one in those]


def make_official(reviews: Reviews, unit: str | None, block: str | None, *, decision: Decision) -> list[Unit]:
    """Make scores official; give whose. Whose are so by that decision already is left out.

    Nothing is recorded of any unit where one is not settled or not complete.
    """
    with reviews.alone():
        new = decision.number
        those = [one for one in reviews.those(unit, block) if all(it.decision != new for it in one.review.official)]
        edits = []
        for one in those:
            edits.append((one, [one.by_decision(decision, one.result())]))
            if one.review.final is None and one.official is None:
                raise DanvanError(
                    _("{unit}: kết quả chưa chốt", unit=one.unit.name),
                    help=_("chốt trước: danvan review final {id}", id=one.unit.id),
                )
        put_reviews(edits)
    return [one.unit for one in those]
