"""`danvan log --ask`: what a period still lacks, asked for in a terminal; every answer is written at once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.cli import screen
from danvan_cli.cli.said import paragraphs
from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.plan.calendar import today
from danvan_cli.rules.secrets import refuse_secret_text
from danvan_cli.text import clean, fold
from danvan_cli.unit import typed
from danvan_cli.unit.progress import progress
from danvan_cli.yaml.splice import Put

if TYPE_CHECKING:
    from collections.abc import Callable

    from danvan_cli.cli.logbook import Logbook
    from danvan_cli.cli.said import Said
    from danvan_cli.plan.model import Period

_QUIT: Final = {"q", "quit", "thoat"}


class _Stopped(Exception):  # noqa: N818 - no error: the person has had enough
    """The person stops here; what was answered is kept."""


def ask_all(book: Logbook, said: Said) -> None:
    """Go through the unit's tasks without result for a period, then the figures that are missing.

    Raises:
        UsageError: if there is no terminal to ask in, or no period to ask for.
    """
    if not (sys.stdin and sys.stdin.isatty()):
        raise UsageError(_("--ask cần một cửa sổ dòng lệnh để trả lời"), help=_("dùng --from TỆP, hoặc điền unit.yaml"))
    period = _period(book, said)
    screen.note(_("Kỳ {period}. Enter: bỏ qua; q: dừng (đã trả lời thì đã lưu).", period=period.name))
    try:
        _tasks(book, said, period)
        if said.task is None:
            _figures(book, period)
    except (_Stopped, EOFError):
        screen.note(_("đã dừng; chạy lại --ask để ghi tiếp"))


def _period(book: Logbook, said: Said) -> Period:
    if said.period:
        return book.opened.period(said.period)
    period = progress(book.opened.plan, book.unit, book.record, today()).period
    if period is None:
        raise UsageError(_("{option} cần có {other}", option="--ask", other="--period"))
    return period


def _tasks(book: Logbook, said: Said, period: Period) -> None:
    plan = book.opened.plan
    for task in [said.task] if said.task else plan.tasks:
        record = book.record.task(task.id)
        if not plan.binds(task.owners, book.unit) or not record.applies or record.results.get(period.id):
            continue
        screen.out(screen.wrapped(f"\n{task.id}. {task.label}"))
        loc = ("tasks", task.id)
        status = _answer("  " + _("trạng thái (chưa, đang, xong): "), typed.state)
        if status:
            book.put([Put((*loc, "status"), status)])
        result = _answer("  " + _("kết quả: "), _text)
        if result:
            book.put([Put((*loc, "results", period.id), result)])


def _figures(book: Logbook, period: Period) -> None:
    indicators = book.opened.plan.indicators
    keys = [period.id, *([period.estimated] if period.estimate else [])]
    for one in indicators.items if indicators else ():
        for key in keys:
            if book.record.figure(one.id, key) is None:
                what = one.name if key == period.id else _("{name}, ước cả kỳ", name=one.name)
                value = _answer(f"{what} ({one.unit}): ", typed.figure)
                if value is not None:
                    book.put([Put(("indicators", one.id, key), value)])


def _answer(prompt: str, read: Callable[[str], Any]) -> Any:
    """Ask until the answer can be read; None where it is skipped."""
    while True:
        answer = clean(input(prompt)).strip()
        if fold(answer) in _QUIT:
            raise _Stopped
        if not answer:
            return None
        try:
            return read(answer)
        except UsageError as error:
            screen.note("\n".join(filter(None, (error.message, error.help))))


def _text(value: str) -> str | None:
    refuse_secret_text(_("câu trả lời"), value)
    return paragraphs(value)
