"""Every error a user can meet, in one tree; only the command line turns them into text and an exit code."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of every command."""

    OK = 0
    """Fine; warnings, notes and blanks included."""
    FINDINGS = 1
    """An error-severity finding, or something the user must settle first."""
    USAGE = 2
    """Wrong usage, or input that cannot be read."""


class DanvanError(Exception):
    """Something the user must settle before anything can be made.

    `message` says what is wrong and where, `help` what to do or write instead, with an example where one serves.
    """

    exit = Exit.FINDINGS

    def __init__(self, message: str, *, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class UsageError(DanvanError):
    """Wrong usage, or input that cannot be read at all."""

    exit = Exit.USAGE


class Cancelled(Exception):  # noqa: N818 - no error: nothing is wrong
    """A person ended the input at a question: nothing more is written, and the command ends.

    It is no DanvanError: what goes on after one, with the same question or the next file, must not go on asking.
    """


def named(error: BaseException) -> str:
    """Name an error that is none of ours in one line, for whoever mends danvan."""
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]
