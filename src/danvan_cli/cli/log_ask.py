"""`danvan log --ask`: what a period still lacks, asked for in a terminal; every answer is written at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.cli import prompts, screen
from danvan_cli.cli.common import tell_logged
from danvan_cli.desk.log import asked_period, questions, record_answer
from danvan_cli.lang import _
from danvan_cli.unit.model import sections

if TYPE_CHECKING:
    from danvan_cli.desk.log import Question
    from danvan_cli.desk.log_options import LogOptions
    from danvan_cli.desk.opened import UnitHeld
    from danvan_cli.plan.model import Plan


def ask_all(book: UnitHeld, said: LogOptions) -> None:
    """Go through the unit's tasks without result for a period, then the figures that are missing.

    Raises:
        UsageError: if there is no terminal to ask in, or no period to ask for.
        Cancelled: if the input ends; what was answered is kept.
    """
    prompts.require_terminal("--ask", _("dùng --from TỆP, hoặc điền unit.yaml"))
    period, plan = asked_period(book, said.period), book.opened.plan
    open_ones = list(questions(book, period, said.task))
    if not open_ones:
        screen.out(_("Kỳ {period}: không còn gì thiếu.", period=period.name))
        return
    screen.note(_("Kỳ {period}. Enter: bỏ qua; lùi: câu trước; q: dừng (đã trả lời thì đã lưu).", period=period.name))
    heading = ""

    def ask(question: Question) -> None:
        nonlocal heading
        if (now := _heading(question, plan)) != heading:
            heading = now
            screen.say(f"\n{now}")
        value = prompts.answer(f"  {_words(question, plan)}: ", question.read)
        if value is not None:
            tell_logged(record_answer(book, question, value), plan)

    try:
        prompts.each(open_ones, ask)
    except prompts.Stopped:
        screen.note(_("đã dừng; chạy lại --ask để ghi tiếp"))


def _heading(question: Question, plan: Plan) -> str:
    """Tell the task, the report or the figures that a question is about."""
    match question.what:
        case "figure":
            return _("Số liệu")
        case "section":
            return plan.deliverable_by_id[question.of].name
    task = plan.task_by_id[question.of]
    return f"{task.id}. {task.label}"


def _words(question: Question, plan: Plan) -> str:
    """Word a question."""
    match question.what:
        case "figure":
            one = plan.indicator_by_id[question.of]
            what = _("{name}, ước cả kỳ", name=one.name) if question.estimate else one.name
            return f"{what} ({one.unit})"
        case "section":
            part = _(sections(plan.deliverable_by_id[question.of])[question.part])
            return part[:1].upper() + part[1:]
        case "result":
            return _("kết quả")
    return _("trạng thái (chưa, đang, xong)")
