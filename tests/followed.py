"""Pages of the documentation as their readers follow them: typed line by line, edited where they say so.

A block of `sh` is typed, in order; lines of a block of `text` behind it are what the screen then shows («…» stands for
lines that are left out); a sentence «Trong `tệp`, đổi `a` thành `b`» is done.
Everything ends with 0 but a line that says «mã thoát 1».
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from commands import Result, Run

_STEP = re.compile(
    r"^```(?P<kind>sh|text)\n(?P<block>.*?)^```$|Trong `(?P<file>[^`]+)`,\s+đổi `(?P<old>[^`]+)`\s+thành `(?P<new>[^`]+)`",
    re.MULTILINE | re.DOTALL,
)


def typed(block: str) -> Iterator[tuple[list[str], int]]:
    """Give the lines of a block that are typed, cut as a shell cuts them, and the exit code that is said behind them."""
    for line in block.splitlines():
        if words := shlex.split(line, comments=True):
            yield words, 1 if "mã thoát 1" in line else 0


@dataclass
class Reader:
    """Somebody who follows a page from its top, in a folder."""

    run: Run
    folder: Path
    other: Callable[[list[str]], bool] = lambda _words: False
    """Does what is no command of danvan's; tells whether it could."""
    today: str | None = None
    shown: list[str] = field(default_factory=list)
    """What the commands of the block before have shown, line by line."""
    done: list[tuple[str, Result]] = field(default_factory=list)

    def follow(self, page: str) -> None:
        for step in _STEP.finditer(page):
            if step["kind"] == "sh":
                self.shown = []
                for words, code in typed(step["block"]):
                    self._type(words, code)
            elif step["kind"] == "text":
                self._sees(step["block"])
            else:
                path = self.folder / step["file"]
                text = path.read_text(encoding="utf-8")
                assert text.count(step["old"]) == 1, step[0]
                path.write_text(text.replace(step["old"], step["new"]), encoding="utf-8")

    def _type(self, words: list[str], code: int) -> None:
        match words:
            case ["cd", where]:
                self.folder = self.folder / where
                assert self.folder.is_dir(), where
            case ["export", setting] if setting.startswith("DANVAN_TODAY="):
                self.today = setting.partition("=")[2]
            case ["danvan", *arguments]:
                told = self.run(*arguments, cwd=self.folder, today=self.today)
                self.done.append((shlex.join(words), told))
                self.shown += [*told.stdout.splitlines(), *told.stderr.splitlines()]
                assert told.code == code, (words, told)
            case _:
                assert self.other(words), words

    def _sees(self, block: str) -> None:
        for line in block.splitlines():
            assert line == "…" or line.rstrip() in self.shown, (line, self.shown)
