"""Marks of what a person is still to confirm: a comment at the end of the line that it is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.yaml.yamlfile import YamlFile

MARK: Final = "cần xác nhận"
"""The word of every mark; whoever has looked takes the comment away."""
_MARKED: Final = re.compile(rf"#[ \t]{{0,3}}{MARK}[ \t]{{0,3}}:?([^\n]*)")


class Mark(NamedTuple):
    """A mark: where it stands in the file's text, and what is to be looked at."""

    start: int
    end: int
    says: str


def mark(says: str) -> str:
    """Write a mark as a comment."""
    return f"# {MARK}: {squeeze(says)}"


def marks(file: YamlFile) -> Iterator[Mark]:
    """Find the marks of a file; what a text says is none."""
    if MARK not in file.text:
        return
    texts = sorted((start, end) for start, end, _value in file.texts())
    for found in _MARKED.finditer(file.text):
        at = bisect_right(texts, found.start(), key=itemgetter(0))
        start, end = texts[at - 1] if at else (0, 0)
        opens = file.text[start] if found.start() < end else ""  # a plain text holds no comment, nor does a key
        if opens not in {'"', "'", "|", ">"} or (opens in {"|", ">"} and "\n" not in file.text[start : found.start()]):
            yield Mark(found.start(), found.end(), squeeze(found[1]))
