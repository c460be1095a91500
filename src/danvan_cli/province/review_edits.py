"""What a member of the team says of criteria, from wherever it comes, as edits of the review: checked, all or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic import Field

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.rules.check import check_text
from danvan_cli.scoring.arithmetic import answer_of, misfits
from danvan_cli.scoring.model import ANSWERS, Answer, Answered
from danvan_cli.text import perhaps
from danvan_cli.typed import called
from danvan_cli.unit.typed import ids
from danvan_cli.workspace import shown
from danvan_cli.yaml.held import Held
from danvan_cli.yaml.schema import Day, Id, Model, Text
from danvan_cli.yaml.splice import Add

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from danvan_cli.province.review import Reviewing, What
    from danvan_cli.rules.levels import Levels


class Opinion(NamedTuple):
    """What a member found a criterion to deserve."""

    criterion: str
    answer: Answer
    reason: str


class By(NamedTuple):
    """Who says it, when, and on which inspection it rests."""

    member: str
    date: date
    inspection: str | None = None


class _Said(Answered):
    """An answer in a file of a member's opinions."""

    reason: Text


class Opinions(Model):
    """A file of a member's opinions: of one unit, or of several by id."""

    format: Literal["danvan-opinions/1"]
    member: Text
    date: Day
    answers: dict[Id, _Said] = Field(default_factory=dict)
    units: dict[Id, dict[Id, _Said]] = Field(default_factory=dict)


def opinions(path: Path, unit: str | None, levels: Levels) -> tuple[By, dict[str, list[Opinion]]]:
    """Read a file of opinions: who says it, and the opinions by unit; `answers` are about the unit that is given.

    Raises:
        InvalidFileError: if it has errors.
        UsageError: if it names no unit.
    """
    read = Held(Opinions, path, lambda read: check_text(read, levels)).record
    told = dict(read.units)
    if read.answers:
        if unit is None:
            raise UsageError(
                _("{path} không ghi của đơn vị nào", path=shown(path)),
                help=_("ghi đơn vị sau tên lệnh, hoặc dùng «units»"),
            )
        told[unit] = read.answers
    return By(read.member, read.date), {
        name: [Opinion(key, Answer(**one.model_dump(exclude={"reason"})), one.reason) for key, one in said.items()]
        for name, said in told.items()
    }


def typed(one: Reviewing, text: str, reason: str) -> Opinion:
    """Read `1.2=…` as it is typed on the command line.

    Raises:
        UsageError: if there is no such criterion, or what is typed is no answer to it.
    """
    name, sign, value = text.partition("=")
    name = called(name, dict.fromkeys(one.rubric.row_by_id, ())) or name.strip()
    row = one.rubric.row_by_id.get(name)
    if row is None or row.criterion.criteria or not sign:
        near = perhaps(name, [row.criterion.id for row in one.rubric.rows if not row.criterion.criteria])
        raise UsageError(
            _("không có tiêu chí «{id}» trong bộ tiêu chí", id=name[:20]), help=near or _("viết như 1.2=3,5")
        )
    try:
        return Opinion(name, answer_of(row.criterion, value), reason)
    except (ValueError, ArithmeticError):
        raise UsageError(_("không hiểu «{typed}»", typed=value[:40])) from None


def stated(one: Reviewing, what: What, text: str) -> list[str]:
    """Read what was late, or violated: ids or a name, with commas between ids; «không» is none.

    Raises:
        UsageError: if there is no such thing.
    """
    those = one.plan.deliverable_by_id.values() if what == "late" else one.rubric.violations
    known = {it.id: (it.name,) for it in those}
    whole = called(text, known)  # a name may hold a comma
    names = [whole] if whole else [called(name, known) or name for name in ids(text)]
    wrong = next((name for name in names if name not in known), None)
    if wrong is not None:
        raise UsageError(_("không có mã «{id}»", id=wrong[:40]), help=_("các mã: {ids}", ids=", ".join(sorted(known))))
    return names


def stood_before(one: Reviewing, typed: str, reason: str) -> Opinion:
    """Give what stood of a criterion before the team's last opinion of it: an earlier one, else the unit's own answer.

    Raises:
        UsageError: if the team has said nothing of such a criterion.
    """
    name = called(typed, dict.fromkeys(one.rubric.row_by_id, ())) or typed.strip()
    said = [it.answer for it in one.review.changes if it.criterion == name]
    if not said:
        raise UsageError(_("tiêu chí «{id}» chưa có ý kiến thẩm định nào để bỏ", id=name[:20]))
    return Opinion(name, said[-2] if len(said) > 1 else one.sent.answer(name), reason)


def statement(one: Reviewing, what: What, text: str, by: By, reason: str) -> Add:
    """Give the edit that records what was late, or violated, as it is typed: ids with commas between, or «không».

    Raises:
        UsageError: if there is no such id.
    """
    return Add(("statements",), {"what": what, "value": stated(one, what, text), **_said_by(one, by, reason)})


def opinion_edits(one: Reviewing, said: list[Opinion], by: By) -> list[Add]:
    """Give the edits that record opinions; what says what stands already is left out.

    Raises:
        UsageError: if an answer does not fit its criterion, or the inspection is not recorded.
    """
    if by.inspection is not None and all(it.id != by.inspection for it in one.review.inspections):
        raise UsageError(
            _("chưa ghi cuộc kiểm tra «{id}»", id=by.inspection[:40]),
            help=_("ghi trước: danvan review inspect {unit} --finding …", unit=one.unit.id),
        )
    now = one.record()
    edits = []
    for opinion in said:
        row = one.rubric.row_by_id.get(opinion.criterion)
        if row is None or row.criterion.criteria:
            raise UsageError(_("không có tiêu chí «{id}» trong bộ tiêu chí", id=opinion.criterion[:20]))
        answer = opinion.answer.model_copy(update={"note": opinion.reason if opinion.answer.na else None})
        wrong = next(misfits(row.criterion, answer, row.part), None)
        if wrong is not None:
            raise UsageError(_("tiêu chí {id}: {why}", id=opinion.criterion, why=wrong.message), help=wrong.help)
        there = now.answer(opinion.criterion)
        if all(getattr(there, key) == getattr(answer, key) for key in (*ANSWERS, "na")):
            continue
        told = {"criterion": opinion.criterion, "answer": answer.model_dump(exclude_defaults=True)}
        rest = _said_by(one, by, opinion.reason) | ({"inspection": by.inspection} if by.inspection else {})
        edits.append(Add(("changes",), told | rest))
    return edits


def _said_by(one: Reviewing, by: By, reason: str) -> dict[str, Any]:
    return {"round": one.review.round, "member": by.member, "date": by.date, "reason": reason}
