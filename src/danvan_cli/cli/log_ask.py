"""`danvan log --ask`: what a period still lacks, asked for in a terminal; every answer is written at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.cli import prompts, screen
from danvan_cli.cli.logged import tell_logged
from danvan_cli.desk.log import asked_period, questions, record_answer
from danvan_cli.lang import _

if TYPE_CHECKING:
    from danvan_cli.desk.log import Question
    from danvan_cli.desk.said import LogOptions
    from danvan_cli.desk.unit_held import UnitHeld
    from danvan_cli.plan.model import Plan


def ask_all(book: UnitHeld, said: LogOptions) -> None:
    """Go through the unit's tasks without result for a period, then the figures that are missing.

    Raises:
        UsageError: if there is no terminal to ask in, or no period to ask for.
        Cancelled: if the input ends; what was answered is kept.
    """
    prompts.require_terminal("--ask", _("dùng --from TỆP, hoặc điền unit.yaml"))
    period, plan = asked_period(book, said.period), book.opened.plan
    screen.note(_("Kỳ {period}. Enter: bỏ qua; q: dừng (đã trả lời thì đã lưu).", period=period.name))
    try:
        for question in questions(book, period, said.task):
            value = prompts.answer(_words(question, plan), question.read)
            if value is not None:
                tell_logged(record_answer(book, question, value), plan)
    except prompts.Stopped:
        screen.note(_("đã dừng; chạy lại --ask để ghi tiếp"))


def _words(question: Question, plan: Plan) -> str:
    """Word a question; before the first about a task, the task is told."""
    if question.what == "figure":
        one = next(one for one in plan.indicators.items if one.id == question.of) if plan.indicators else None
        name = one.name if one else question.of
        what = _("{name}, ước cả kỳ", name=name) if question.estimate else name
        return f"{what} ({one.unit if one else ''}): "
    if question.what == "result":
        return "  " + _("kết quả: ")
    task = plan.task_by_id[question.of]
    screen.say(f"\n{task.id}. {task.label}")
    return "  " + _("trạng thái (chưa, đang, xong): ")
