"""The reviews of a workspace, and what is recorded in them, all that is told at once or nothing of it.

What members of the team find criteria to deserve; then the rounds: inspections, notices, answers to them, scores
settled and made official.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from danvan_cli.delivery.status import came_and_back, status_rows
from danvan_cli.desk.score import rubrics_of
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.lang import _
from danvan_cli.plan.calendar import today
from danvan_cli.province.review import put_reviews, reviewing, verifier
from danvan_cli.province.review_edits import By, Opinion, opinion_edits, opinions, statement, stood_before
from danvan_cli.province.review_edits import typed as opinion
from danvan_cli.province.tracked import contradictions, tracked, tracked_proposals
from danvan_cli.text import clean, day, squeeze
from danvan_cli.yaml.held import locked
from danvan_cli.yaml.splice import Add, Put

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from danvan_cli.delivery.store import Received
    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Unit
    from danvan_cli.province.review import Decision, Reviewing
    from danvan_cli.province.review_book import Fault, Statement
    from danvan_cli.province.tracked import Told, Tracked
    from danvan_cli.scoring.model import RubricFile


class Reviews:
    """The reviews of the units of a workspace.

    `came` are all receipts, where they are read already. `lenient`: broken ones are left out, for nothing is decided.
    """

    def __init__(self, opened: Open, came: Received | None = None, *, lenient: bool = False) -> None:
        self.opened, self._came, self._lenient = opened, came, lenient
        self._open: dict[str, Reviewing | None] = {}

    @cached_property
    def rubrics(self) -> RubricFile:
        """The year's rubrics."""
        return rubrics_of(self.opened)

    @cached_property
    def received(self) -> Received:
        """What was received."""
        return self.opened.received(lenient=self._lenient) if self._came is None else self._came

    @cached_property
    def _kept(self) -> frozenset[str]:
        """What anybody's receipts are of."""
        return frozenset(name for _unit, name in self.received)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep others from writing while something is recorded that rests on what the reviews hold: read anew for that."""
        _known = self.rubrics, self.received
        with locked(self.opened.path):
            self._open.clear()
            yield

    @property
    def verifier(self) -> Unit | None:
        """Who verifies."""
        return self.opened.plan.unit_by_id.get(verifier(self.opened.plan) or "")

    def open(self, unit: Unit) -> Reviewing | None:
        """Open a unit's review; None where it has sent no self-score."""
        if unit.id not in self._open:
            opened, own = self.opened, verifier(self.opened.plan)
            self._open[unit.id] = reviewing(
                opened.workspace, opened.plan, self.rubrics, unit, self.received, opened.levels, own=own
            )
        return self._open[unit.id]

    def sure(self, unit: Unit) -> Reviewing:
        """Open the review of a unit, which must have sent a self-score."""
        one = self.open(unit)
        if one is None:
            raise UsageError(
                _("{unit} chưa gửi bản tự chấm điểm", unit=unit.name),
                help=_("nhận hồ sơ của đơn vị: danvan receive TỆP; hoặc đơn vị tự chấm: danvan score {id}", id=unit.id),
            )
        return one

    def those(self, unit: str | None, block: str | None) -> list[Reviewing]:
        """Open the reviews of all in question that have sent something."""
        units = self.opened.units(unit, block)
        if unit is not None:
            return [self.sure(units[0])]
        found = [one for it in units if (one := self.open(it)) is not None]
        if not found:
            raise UsageError(_("chưa có đơn vị nào trong phạm vi này gửi bản tự chấm điểm"))
        return found

    def tracked(self, unit: Unit) -> Tracked:
        """Tell what receipts say of a unit as of today."""
        plan = self.opened.plan
        return tracked(plan, self._kept, status_rows(plan, self.received, today(), [unit]))

    def proposed(self, one: Reviewing) -> list[Told]:
        """Give what receipts propose of a unit's score that stands otherwise."""
        return list(tracked_proposals(one, self.tracked(one.unit)))

    def doubts(self, one: Reviewing) -> list[str]:
        """Say where a unit's score says what tracking contradicts."""
        plan, kept = self.opened.plan, self._kept
        owed = [it.id for it in plan.deliverable_by_id.values() if it.kind == "self-score" and plan.owes(it, one.unit)]
        came = any((one.unit.id, name) in self.received for name in owed)
        unsent = not came and not one.review.own and not kept.isdisjoint(owed)
        told = [_("sổ theo dõi chưa ghi nhận hồ sơ tự chấm nào của đơn vị")] if unsent else []
        settled = one.review.final is not None or one.official is not None
        rows = status_rows(plan, self.received, today(), [one.unit])
        _came, back = came_and_back(rows)
        if not settled and not back.keys().isdisjoint(owed):
            told.append(_("hồ sơ tự chấm đã trả lại, chưa gửi lại"))
        return [*told, *contradictions(one, tracked(plan, kept, rows))]


# Opinions -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Recorded:
    """How many changes were recorded of a unit, and what its score has come to.

    `reopened` tells that its scores had been settled, `decision` by which its new score is official.
    """

    unit: Unit
    count: int
    reopened: bool
    decision: str | None
    self_total: Decimal
    verified: Decimal
    places: int
    blanks: int


@dataclass(frozen=True)
class _Told:
    """What is to be recorded of a unit: new opinions and statements, and all edits that go with them."""

    one: Reviewing
    count: int
    edits: tuple[Put | Add, ...]
    reopened: bool = False


def set_scores(
    reviews: Reviews, unit: str | None, typed: Sequence[str], *, undo: Sequence[str] = (), late: str | None = None,
    violations: str | None = None, by: By, reason: str, decision: Decision | None = None,
) -> Recorded:  # fmt: skip
    """Record what is typed: `1.2=3,5` for criteria, ids for what was late or violated (None: nothing is said of it).

    Of the criteria of `undo` the last opinion is taken back. Scores that are official change by a decision only.
    """
    with reviews.alone():
        one = reviews.sure(reviews.opened.unit(unit))
        why = squeeze(clean(reason))
        more = [statement(one, "late", late, by, why)] if late is not None else []
        more += [statement(one, "violations", violations, by, why)] if violations is not None else []
        said = [*(opinion(one, text, why) for text in typed), *(stood_before(one, text, why) for text in undo)]
        return _put([_told(one, said, more, by, decision)], decision)[0]


def take(
    reviews: Reviews, path: Path, unit: str | None, when: date | None, decision: Decision | None
) -> tuple[list[Recorded], list[Fault]]:
    """Take a member's opinions from a file of YAML, or the team's workbook; else give the cells for which nothing was.

    `unit`: whose criteria the `answers` of a file are about that names none; `when`: the day, where the workbook has none.
    Scores that are official change by a decision only.
    """
    known = reviews.opened.plan.unit_by_id
    stated: dict[str, list[Statement]] = {}
    if path.suffix.lower() in {".yaml", ".yml"}:
        by, said = opinions(path, reviews.opened.unit(unit).id if unit else None, reviews.opened.levels)
        by = by._replace(date=reviews.opened.happened(by.date.isoformat()))
    else:
        from danvan_cli.province.review_book import filled  # with the reader of workbooks
        from danvan_cli.rules.secrets import refuse_secret_file

        refuse_secret_file(path)

        def dated(typed: str) -> date:
            if not typed and when is None:
                raise UsageError(_("chưa ghi ngày thẩm định"))
            return when if when is not None and not typed else reviews.opened.happened(typed)

        book = filled(path, lambda name: reviews.open(known[name]) if name in known else None, dated)
        if book.faults or not (book.said or book.stated):
            return [], book.faults
        stated = book.stated
        by, said = By(book.member, dated(book.date)), book.said
    with reviews.alone():
        told = []
        for name in dict.fromkeys((*said, *stated)):
            one = reviews.sure(reviews.opened.unit(name))
            more = [statement(one, it.what, it.ids, by, it.reason) for it in stated.get(name, ())]
            told.append(_told(one, said.get(name, []), more, by, decision))
        return _put(told, decision), []


def take_tracked(reviews: Reviews, unit: str | None, block: str | None, by: By) -> list[Recorded]:
    """Record what receipts say of reports in time and late; whose score is official is left as it is."""
    with reviews.alone():
        told = []
        for one in reviews.those(unit, block):
            found = [] if one.official else reviews.proposed(one)
            said = [Opinion(it.criterion, it.answer, it.why) for it in found if it.criterion]
            late = [it for it in found if not it.criterion]
            more = [statement(one, "late", ", ".join(it.late) or "không", by, it.why) for it in late]
            told += [_told(one, said, more, by, None)] if found else []
        return _put(told, None)


def read_opinion(one: Reviewing, text: str, by: By) -> Opinion:
    """Read `1.2=3,5` as an opinion that can be recorded, for want of a reason."""
    said = opinion(one, text, "")
    opinion_edits(one, [said], by)
    return said


def record(reviews: Reviews, unit: Unit, said: Opinion, by: By) -> Recorded:
    """Record one opinion."""
    with reviews.alone():
        return _put([_told(reviews.sure(unit), [said], [], by, None)], None)[0]


def recorded(one: Reviewing, count: int, *, reopened: bool = False, decision: str | None = None) -> Recorded:
    """Tell what a unit's score has come to with so many changes."""
    mine, result = one.self_result, one.result()
    places, blanks = one.rubric.rounding.places, len(result.blanks)
    return Recorded(one.unit, count, reopened, decision, mine.total, result.total, places, blanks)


def _told(
    one: Reviewing, said: Sequence[Opinion], statements: Sequence[Add], by: By, decision: Decision | None
) -> _Told:
    """Check what is said of a unit, and give the edits that record it; a decision is for official scores only."""
    new = [*opinion_edits(one, [*said], by), *statements]
    if decision and one.official is None:
        raise UsageError(
            _("{unit}: điểm chưa chính thức, thay đổi không cần quyết định", unit=one.unit.name),
            help=_("bỏ --decision; chốt xong thì ghi: danvan review official"),
        )
    if not new:
        return _Told(one, 0, ())
    one.refuse_if_official(decision.number if decision else None)
    reopened = one.review.final is not None and one.official is None
    every: list[Put | Add] = [*([Put(("final",), None)] if reopened else []), *new]
    if decision:
        every.append(one.by_decision(decision, one.would(new)))
    return _Told(one, len(new), tuple(every), reopened)


def _put(told: Sequence[_Told], decision: Decision | None) -> list[Recorded]:
    put_reviews([(it.one, it.edits) for it in told])
    number = decision.number if decision else None
    return [recorded(it.one, it.count, reopened=it.reopened, decision=number if it.count else None) for it in told]


# Rounds --------------------------------------------------------------------------------------------------------------


def inspect(
    reviews: Reviews, unit: str | None, block: str | None, *, finding: str, kind: str, document: str | None, when: date
) -> list[tuple[Unit, str]]:
    """Record an inspection or a survey of one unit, or of several; give each unit with the id by which it is cited."""
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
            out.append((one.unit, name))
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


def record_explanation(reviews: Reviews, unit: str | None, *, number: str, when: date) -> tuple[Unit, date | None]:
    """Record a unit's answer to the last notice; give the day by which it should have come, where it came later."""
    with reviews.alone():
        one = reviews.sure(reviews.opened.unit(unit))
        edits = _explained(one, number, when)
        put_reviews([(one, edits)] if edits else [])
    last = one.review.notices[-1].answer_by
    return one.unit, last if last and when > last else None


def correct_explained(
    reviews: Reviews, unit: str | None, *, number: str, when: date | None, to: str | None
) -> list[Unit]:
    """Put right an answer to a notice that was entered wrongly: another day, unit, or none at all; both stay on record.

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
