"""`danvan score --ask`: criterion by criterion in a terminal; every answer is written down at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.cli import screen
from danvan_cli.cli.prompts import Back, Stopped, answer, ask_each, line, require_terminal
from danvan_cli.errors import Cancelled, UsageError
from danvan_cli.lang import _
from danvan_cli.scoring.arithmetic import answer_of, derivation, in_words, misfits, points, written_answer
from danvan_cli.scoring.figures import plain_figure, shown_points
from danvan_cli.scoring.model import Answer
from danvan_cli.scoring.ways import way_of
from danvan_cli.text import fold
from danvan_cli.typed import MistypedError
from danvan_cli.unit.model import Evidence
from danvan_cli.unit.typed import ids as typed_ids

if TYPE_CHECKING:
    from danvan_cli.desk.score import Answers, StatementKey
    from danvan_cli.scoring.model import Criterion, Rubric
    from danvan_cli.scoring.proposals import Proposal


def ask_answers(answers: Answers) -> None:
    """Go through the criteria that have no answer yet, then what is to be stated for khống chế.

    Raises:
        UsageError: if there is no terminal to ask in.
        Cancelled: if the input ends; what was answered before is written.
    """
    require_terminal("--ask", _("dùng --answers TỆP, hoặc điền score.yaml"))
    unbacked = {line.criterion.id for line in answers.result.lines if line.missing_evidence}
    unbacked = {one for one in unbacked if not answers.record.answer(one).blank}
    criteria = [row.criterion for row in answers.rubric.rows]
    open_ones = [one for one in criteria if one.id in unbacked or _open(one, answers)]
    statements = answers.unstated
    if not open_ones and not statements:
        screen.out(_("Mọi tiêu chí đơn vị tự chấm đã có câu trả lời, tài liệu hoặc giải trình."))
        return
    how = _("Enter: bỏ qua, hoặc nhận đề xuất; lùi: câu trước; không áp dụng: gõ đúng các chữ đó; q: dừng"
            " (đã trả lời thì đã lưu).")  # fmt: skip
    screen.note(how)
    proposed, groups = answers.proposed().answers, _groups(answers.rubric)
    told: list[str] = []

    def ask(one: Criterion | StatementKey) -> None:
        if isinstance(one, str):
            _statement(answers, one)
            return
        if groups[one.id] and groups[one.id] != told:
            told[:] = groups[one.id]
            screen.out("\n" + "\n".join(told))
        if one.id in unbacked:
            screen.say(f"\n{one.id}. {one.title}")
            _back_up(answers, one, answers.record.answer(one.id))
        else:
            _criterion(answers, one, proposed.get(one.id))

    try:
        ask_each([*open_ones, *statements], ask)
    except (Stopped, Cancelled) as end:
        screen.note(_("đã dừng; chạy lại --ask để chấm tiếp"))
        if isinstance(end, Cancelled):
            raise


def _open(one: Criterion, answers: Answers) -> bool:
    """Tell whether a unit is to answer a criterion and has not."""
    mine = not one.criteria and one.scorer == "self" and not (one.survey and not one.survey.held)
    return mine and answers.record.answer(one.id).blank


def _groups(rubric: Rubric) -> dict[str, list[str]]:
    """Give the headings that each leaf stands under."""
    out: dict[str, list[str]] = {}
    above: list[str] = []
    for row in rubric.rows:
        one = row.criterion
        del above[row.depth - 1 :]
        if one.criteria:
            above.append(f"{one.id}. {one.title}")
        else:
            out[one.id] = list(above)
    return out


def _criterion(answers: Answers, one: Criterion, proposal: Proposal | None) -> None:
    """Ask for a criterion's answer and what backs it; write both down and tell the total."""
    rubric, there = answers.rubric, answers.record.answer(one.id)
    levels = {level.id: level.name for level in one.levels}
    held = "" if there.blank else levels.get(there.level or "") or written_answer(one, there)
    given = _answer(rubric, one, proposal, held)
    if given is None:
        return
    given = answers.answer(one.id, given)  # written down before anything more is asked
    try:
        _back_up(answers, one, given)
    except Back:
        _criterion(answers, one, proposal)
        return
    result = answers.result
    total = _("Tổng điểm đến nay: {total}/{scope}", total=shown_points(result.total, rubric.rounding.places),
              scope=plain_figure(result.scope))  # fmt: skip
    screen.out(f"  {total}")


def _answer(rubric: Rubric, one: Criterion, proposal: Proposal | None, held: str) -> Answer | None:
    """Ask until the answer fits; None where it is skipped, or what is held already stays."""
    screen.say(f"\n{one.id}. {one.title} ({_('tối đa {most}', most=plain_figure(one.most))})")
    if one.guide:
        screen.say(f"  {one.guide}")
    for number, level in enumerate(one.levels, start=1):
        screen.say(f"  {number}. {level.name} ({plain_figure(level.points)})")
    if held:
        screen.say("  " + _("đang ghi: {held} (Enter: giữ nguyên)", held=held))
        proposal = None
    elif proposal:
        how = derivation(one, proposal.answer, rubric.rounding)
        screen.say("  " + _("đề xuất: {how} ({why})", how=how, why=proposal.why))
    question = way_of(one).question(one) + (_(" [Enter: nhận đề xuất]") if proposal else "")
    given = answer(f"  {question}: ", lambda typed: _understood(one, typed))
    return proposal.answer if given is None and proposal else given


def _understood(one: Criterion, typed: str) -> Answer:
    """Make an answer of what was typed, which fits the criterion."""
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
        message, hint = in_words(wrong, one)
        raise UsageError(message, help=hint)
    return given


def _back_up(answers: Answers, one: Criterion, given: Answer) -> None:
    """Ask for the evidence that a criterion wants, or an explanation in its place, and write it down."""
    rounding = answers.rubric.rounding
    if given.na or given.evidence or given.note or not one.evidence or not points(one, given, rounding):
        return
    screen.say("  " + _("cần có: {needed}", needed="; ".join(one.evidence)))
    if title := line("  " + _("tên tài liệu kiểm chứng (Enter: chưa có): ")):
        number = line("  " + _("số, ký hiệu (Enter: không có): "))
        backing: dict[str, object] = {"evidence": [Evidence(title=title, number=number or None)]}
    elif note := line("  " + _("giải trình thay tài liệu (Enter: để sau): ")):
        backing = {"note": note}
    else:
        return
    answers.answer(one.id, given.model_copy(update=backing))


def _statement(answers: Answers, key: StatementKey) -> None:
    """Ask for what only a person can state: late reports, violations, by their numbers or names."""
    if key == "late":
        from danvan_cli.scoring.proposals import may_be_late

        mine = may_be_late(answers.opened.plan, answers.unit, answers.rubric, answers.record.late)
        names = {one.id: one.name for one in mine}
        what, proposed = _("báo cáo, hồ sơ gửi muộn"), answers.facts.late
    else:
        names, what, proposed = {one.id: one.name for one in answers.rubric.violations}, _("vi phạm đã ghi nhận"), []
    screen.out("")
    for number, name in enumerate(names.values(), start=1):
        screen.say(f"  {number}. {name}")
    if proposed:
        screen.say(
            "  " + _("theo ngày đã ghi, gửi muộn: {names}", names="; ".join(names.get(one, one) for one in proposed))
        )
    question = _("{what} (số thứ tự, cách nhau bằng dấu phẩy; không: không có; Enter: để sau): ", what=what)
    known = {word: one for number, (one, name) in enumerate(names.items(), start=1)
             for word in (fold(name), one, str(number))}  # fmt: skip

    def state(typed: str) -> None:
        answers.state(key, [known.get(fold(one), one) for one in typed_ids(typed)])

    answer(f"  {question}", state)
