"""Questions in a terminal: asked until the answer can be read, until it is skipped, or the person has had enough."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, TypeVar

from danvan_cli.cli import as_json, screen
from danvan_cli.errors import Cancelled, DanvanError, UsageError
from danvan_cli.lang import _
from danvan_cli.text import clean, fold, secret_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_T = TypeVar("_T")

_QUIT: Final = {"q", "quit", "thoat"}
_BACK: Final = {"lui", "<"}


class Stopped(Exception):  # noqa: N818 - no error: the person has had enough
    """The person stops here; what was answered is kept."""


class Back(Exception):  # noqa: N818 - no error
    """The person wants the question before this one again."""


def at_terminal() -> bool:
    """Tell whether somebody sits there who can be asked: not where a document is printed for machines."""
    return bool(sys.stdin and sys.stdin.isatty() and not as_json.wanted())


def require_terminal(option: str, instead: str) -> None:
    """Stop where nobody can be asked: `option` asked for questions, `instead` tells what can be done without them.

    Raises:
        UsageError: if there is no terminal.
    """
    if as_json.wanted():
        raise UsageError(_("chỉ ghi một trong hai: {option} hoặc --json", option=option))
    if not at_terminal():
        raise UsageError(_("{option} cần một cửa sổ dòng lệnh để trả lời", option=option), help=instead)


def line(question: str) -> str:
    """Ask once; an answer of nothing is empty.

    Raises:
        Stopped: if the person has had enough: `q`.
        Back: if the person wants the question before again: `lùi`.
        Cancelled: if the input ends.
    """
    try:
        typed = clean(input(question)).strip()
    except EOFError:
        screen.note("")  # the next line does not stand behind the question
        raise Cancelled from None
    if fold(typed) in _QUIT:
        raise Stopped
    if fold(typed) in _BACK:
        raise Back
    return typed


def answer(question: str, read: Callable[[str], _T]) -> _T | None:
    """Ask until the answer can be read; None where it is skipped.

    `read` makes of what was typed what it means, or raises a DanvanError that says why not.

    Raises:
        Stopped, Back, Cancelled: as `line` does.
    """
    while typed := line(question):
        try:
            if secret_mark(typed):
                from danvan_cli.rules.secrets import refuse_secret_text

                refuse_secret_text(_("câu trả lời"), typed)
            return read(typed)
        except DanvanError as error:
            screen.fail(error)
    return None


def ask_each(questions: Sequence[_T], ask: Callable[[_T], None]) -> None:
    """Ask one question after the other; who goes back is asked the one before again.

    Raises:
        Stopped, Cancelled: as `line` does.
    """
    at = 0
    while at < len(questions):
        try:
            ask(questions[at])
        except Back:
            at = max(at - 1, 0)
        else:
            at += 1
