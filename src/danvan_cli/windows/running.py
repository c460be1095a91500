"""A command run here, in this process, seen in the window as it goes and kept as lines for a list."""

from __future__ import annotations

import re
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import Any, Final, NamedTuple, TextIO

from danvan_cli.__main__ import main
from danvan_cli.cli import screen

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
        """Give what was said, a paragraph a line: what was broken because it did not fit is one again."""
        width = shutil.get_terminal_size((screen.WIDTH, 24)).columns if self._stream.isatty() else screen.WIDTH
        out: list[str] = []
        broken, last = False, ""
        for line in _COLOUR.sub("", "".join(self.heard)).splitlines():
            words = line.split()
            if words and broken and line.startswith("  ") and len(last) + len(words[0]) >= width:
                out[-1] += f" {' '.join(words)}"
            elif words:
                out.append(line.rstrip())
            broken, last = bool(words), line
        return tuple(out)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def run_danvan(*words: object) -> Ran:
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
