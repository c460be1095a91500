"""`danvan score --ask`: criterion by criterion in a terminal; every answer is written down at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.cli import screen
from danvan_cli.cli.prompts import Cancelled, Stopped, answer, line, require_terminal
from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.scoring.arithmetic import misfits, points
from danvan_cli.scoring.derive import derivation
from danvan_cli.scoring.figures import plain_figure, shown_points
from danvan_cli.scoring.model import Answer
from danvan_cli.scoring.typed_answers import answer_of
from danvan_cli.scoring.ways import way_of
from danvan_cli.typed import MistypedError, called
from danvan_cli.unit.model import Evidence
from danvan_cli.unit.typed import ids as typed_ids

if TYPE_CHECKING:
    from danvan_cli.desk.score import Answers, Statement
    from danvan_cli.scoring.model import Criterion, Rubric
    from danvan_cli.scoring.proposals import Proposal


def ask_answers(answers: Answers) -> None:
    """Go through the criteria that have no answer yet, then what is to be stated for khống chế.

    Raises:
        UsageError: if there is no terminal to ask in.
        Cancelled: if the input ends; what was answered before is written.
    """
    require_terminal("--ask", _("dùng --answers TỆP, hoặc điền score.yaml"))
    screen.note(_("Enter: bỏ qua, hoặc nhận đề xuất; kad: không áp dụng; q: dừng (đã trả lời thì đã lưu)."))
    again = _("đã dừng; chạy lại --ask để chấm tiếp")
    try:
        _criteria(answers)
        _statements(answers)
    except Stopped:
        screen.note(again)
    except Cancelled:
        screen.note(again)
        raise


def _criteria(answers: Answers) -> None:
    proposed, rubric = answers.proposed().answers, answers.rubric
    for row in rubric.rows:
        one = row.criterion
        if one.criteria:
            screen.out(f"\n{one.id}. {one.title}")
            continue
        if one.scorer != "self" or (one.survey and not one.survey.held) or not answers.record.answer(one.id).blank:
            continue
        given = _answer(rubric, one, proposed.get(one.id))
        if given is None:
            continue
        given = answers.answer(one.id, given)  # written down before anything more is asked
        backed = _with_evidence(rubric, one, given)
        if backed != given:
            answers.answer(one.id, backed)
        result = answers.result
        total = _("Tổng điểm đến nay: {total}/{scope}", total=shown_points(result.total, rubric.rounding.places),
                  scope=plain_figure(result.scope))  # fmt: skip
        screen.out(f"  {total}")


def _answer(rubric: Rubric, one: Criterion, proposal: Proposal | None) -> Answer | None:
    """Ask until the answer fits; None where it is skipped."""
    screen.say(f"\n{one.id}. {one.title} ({_('tối đa {most}', most=plain_figure(one.most))})")
    if one.guide:
        screen.say(f"  {one.guide}")
    for number, level in enumerate(one.levels, start=1):
        screen.say(f"  {number}. {level.name} ({plain_figure(level.points)})")
    if proposal:
        how = derivation(one, proposal.answer, rubric.rounding)
        screen.say("  " + _("đề xuất: {how} ({why})", how=how, why=proposal.why))
    given = answer(_prompt(one, proposal), lambda typed: _understood(one, typed))
    return proposal.answer if given is None and proposal else given


def _understood(one: Criterion, typed: str) -> Answer:
    """Make an answer of what was typed.

    Raises:
        UsageError: if it is none, or does not fit.
    """
    told = _("không hiểu «{typed}»", typed=typed[:40])
    try:
        given = answer_of(one, typed)
    except MistypedError as error:
        raise UsageError(f"{told}: {error.message}", help=error.help) from None
    except ValueError:
        raise UsageError(told) from None
    if given.na and one.na:
        given = Answer(na=True, note=line("  " + _("vì sao không áp dụng: ")) or None)
    wrong = next(misfits(one, given), None)
    if wrong:
        raise UsageError(wrong.message, help=wrong.help)
    return given


def _prompt(one: Criterion, proposal: Proposal | None) -> str:
    asked = way_of(one).question(one)
    return f"  {asked}{_(' [Enter: nhận đề xuất]') if proposal else ''}: "


def _with_evidence(rubric: Rubric, one: Criterion, given: Answer) -> Answer:
    """Ask for the evidence that a criterion wants, or an explanation in its place."""
    if given.na or given.evidence or given.note or not one.evidence or not points(one, given, rubric.rounding):
        return given
    screen.say("  " + _("cần có: {needed}", needed="; ".join(one.evidence)))
    title = line("  " + _("tên tài liệu kiểm chứng (Enter: chưa có): "))
    if title:
        number = line("  " + _("số, ký hiệu (Enter: không có): "))
        return given.model_copy(update={"evidence": [Evidence(title=title, number=number or None)]})
    note = line("  " + _("giải trình thay tài liệu (Enter: để sau): "))
    return given.model_copy(update={"note": note or None})


def _statements(answers: Answers) -> None:
    """Ask what only a person can state: late reports, violations."""
    names = {
        "late": (
            {one.id: one.name for one in answers.opened.plan.deliverables},
            _("báo cáo, hồ sơ gửi muộn"),
            answers.facts.late,
        ),
        "violations": ({one.id: one.name for one in answers.rubric.violations}, _("vi phạm đã ghi nhận"), []),
    }
    for key in answers.unstated:
        ids, what, proposed = names[key]
        screen.out("")
        for name, title in ids.items():
            screen.say(f"  {name}: {title}")
        if proposed:
            screen.out("  " + _("theo ngày đã ghi, gửi muộn: {ids}", ids=", ".join(proposed)))
        question = _("{what} (các mã cách nhau bằng dấu phẩy; không: không có; Enter: để sau): ", what=what)

        def state(typed: str, key: Statement = key) -> None:
            known = {name: (title,) for name, title in names[key][0].items()}
            answers.state(key, [called(one, known) or one for one in typed_ids(typed)])

        answer(f"  {question}", state)
