"""Questions in a terminal: asked until the answer can be read, skipped by Enter, stopped by q, cancelled by Ctrl-D."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, TypeVar

from danvan_cli.cli import screen
from danvan_cli.errors import Cancelled, DanvanError, UsageError
from danvan_cli.lang import _
from danvan_cli.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_QUIT: Final = {"q", "quit", "thoat"}


class Stopped(Exception):  # noqa: N818 - no error: the person has had enough
    """The person stops here and goes on another time; what was answered is kept."""


def terminal() -> bool:
    """Tell whether somebody sits at a terminal to answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def need_terminal(instead: str) -> None:
    """Stop `--ask` where nobody can answer.

    Args:
        instead: what to do then.

    Raises:
        UsageError: if there is no terminal.
    """
    if not terminal():
        raise UsageError(_("--ask cần một cửa sổ dòng lệnh để trả lời"), help=instead)


def line(question: str) -> str:
    """Ask once, and give what was typed; empty where it is skipped.

    Raises:
        Stopped: if the person has had enough.
        Cancelled: if the input ends there.
    """
    try:
        typed = clean(input(clean(question))).strip()
    except EOFError:
        raise Cancelled from None
    if fold(typed) in _QUIT:
        raise Stopped
    return typed


def ask(question: str, read: Callable[[str], T]) -> T | None:
    """Ask until the answer can be read; why it cannot be is said each time.

    Args:
        question: what is asked, with the space before the answer.
        read: makes of a line what is wanted; a DanvanError says what is wrong with it. It may ask further questions.

    Returns:
        What was read; None where the question is skipped.

    Raises:
        Stopped: if the person has had enough.
        Cancelled: if the input ends there.
    """
    while typed := line(question):
        try:
            return read(typed)
        except DanvanError as error:
            screen.fail(error)
    return None
