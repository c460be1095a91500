"""What members of the team find criteria to deserve, recorded: all that is told at once, or nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.province.review import put_reviews
from danvan_cli.province.review_book import filled
from danvan_cli.province.review_edits import By, Opinion, opinion_edits, opinions, statement, taken_back
from danvan_cli.province.review_edits import typed as opinion
from danvan_cli.rules.secrets import refuse_secret_file
from danvan_cli.text import clean, squeeze
from danvan_cli.yaml.splice import Add, Put

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from danvan_cli.desk.reviews import Reviews
    from danvan_cli.plan.model import Unit
    from danvan_cli.province.review import Decision, Reviewing
    from danvan_cli.province.review_book import Fault, Statement


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
class FromFile:
    """What was taken from a file: by unit, or the cells for which nothing was."""

    units: tuple[Recorded, ...] = ()
    faults: tuple[Fault, ...] = ()


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
    """Record what is typed: `1.2=3,5` for criteria, ids for what was late or violated.

    Args:
        reviews: the workspace's reviews.
        unit: whose.
        typed: criteria with what they deserve.
        undo: criteria of which the last opinion is taken back.
        late: what was sent late, None where nothing is said of it.
        violations: what was violated, likewise.
        by: who says it.
        reason: why.
        decision: by which scores that are official change; without one they do not.
    """
    with reviews.alone():
        one = reviews.sure(reviews.opened.unit(unit))
        why = squeeze(clean(reason))
        more = [statement(one, "late", late, by, why)] if late is not None else []
        more += [statement(one, "violations", violations, by, why)] if violations is not None else []
        said = [*(opinion(one, text, why) for text in typed), *(taken_back(one, text, why) for text in undo)]
        return _put([_told(one, said, more, by, decision)], decision)[0]


def take(reviews: Reviews, path: Path, unit: str | None, when: date | None, decision: Decision | None) -> FromFile:
    """Take a member's opinions from a file of YAML, or the team's workbook; nothing of a file in which something is wrong.

    Args:
        reviews: the workspace's reviews.
        path: the file.
        unit: whose criteria the `answers` of a file are about that names no unit.
        when: the day, where the workbook has none; None: it must have one.
        decision: by which scores that are official change; without one they do not.
    """
    known, stated = reviews.opened.plan.unit_by_id, cast("dict[str, list[Statement]]", {})
    if path.suffix.lower() in {".yaml", ".yml"}:
        by, said = opinions(path, reviews.opened.unit(unit).id if unit else None)
        by = by._replace(date=reviews.opened.happened(by.date.isoformat()))
    else:
        refuse_secret_file(path)

        def dated(typed: str) -> date:
            if not typed and when is None:
                raise UsageError(_("chưa ghi ngày thẩm định"))
            return when if when is not None and not typed else reviews.opened.happened(typed)

        book = filled(path, lambda name: reviews.open(known[name]) if name in known else None, dated)
        if book.faults or not (book.said or book.stated):
            return FromFile(faults=tuple(book.faults))
        stated = book.stated
        by, said = By(book.member, dated(book.date)), book.said
    told = []
    for name in dict.fromkeys((*said, *stated)):
        one = reviews.sure(reviews.opened.unit(name))
        more = [statement(one, it.what, it.ids, by, it.reason) for it in stated.get(name, ())]
        told.append(_told(one, said.get(name, []), more, by, decision))
    return FromFile(tuple(_put(told, decision)))


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


def record(one: Reviewing, said: Opinion, by: By) -> Recorded:
    """Record one opinion."""
    return _put([_told(one, [said], [], by, None)], None)[0]


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
