"""A command run here, in this process, seen in the window as it goes and kept as lines for a list."""

from __future__ import annotations

import re
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import Any, Final, NamedTuple, TextIO

from danvan_cli.__main__ import main

_COLOUR: Final = re.compile(r"\x1b\[[0-9;]*m")


class Ran(NamedTuple):
    """How a command ended: its code, what it said, what it noted besides."""

    code: int
    said: tuple[str, ...]
    noted: tuple[str, ...]


class _Heard:
    """A stream that is heard as it is written to."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.heard: list[str] = []

    def write(self, text: str) -> int:
        self.heard.append(text)
        return self._stream.write(text)

    def lines(self) -> tuple[str, ...]:
        return tuple(line for line in _COLOUR.sub("", "".join(self.heard)).splitlines() if line.strip())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def run(*words: object) -> Ran:
    """Run `danvan` with these words, in the current folder; no error goes beyond this."""
    out, notes, before = _Heard(sys.stdout), _Heard(sys.stderr), sys.argv
    sys.argv = ["danvan", *map(str, words)]
    with redirect_stdout(out), redirect_stderr(notes):
        try:
            code = main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    sys.argv = before
    return Ran(code, out.lines(), notes.lines())
