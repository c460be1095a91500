"""Marks of what a person is still to confirm: a comment at the end of the line that it is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.text import squeeze
from danvan_cli.yaml.tree import same
from danvan_cli.yaml.yamlfile import Map, Seq, YamlFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from danvan_cli.yaml.yamlfile import Loc

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


def texts_of(file: YamlFile) -> Callable[[int], tuple[int, int]]:
    """Give what finds the last key or text that begins before an index of a file; it may end there too."""
    texts = sorted((start, end) for start, end, _value in file.texts())

    def around(index: int) -> tuple[int, int]:
        at = bisect_right(texts, index, key=itemgetter(0))
        return texts[at - 1] if at else (0, 0)

    return around


def marks(file: YamlFile) -> Iterator[Mark]:
    """Find the marks of a file; what a text says is none."""
    if MARK not in file.text:
        return
    around = texts_of(file)
    for found in _MARKED.finditer(file.text):
        start, end = around(found.start())
        opens = file.text[start] if found.start() < end else ""  # a plain text holds no comment, nor does a key
        if opens not in {'"', "'", "|", ">"} or (opens in {"|", ">"} and "\n" not in file.text[start : found.start()]):
            yield Mark(found.start(), found.end(), squeeze(found[1]))


def with_marks(file: YamlFile, says: Mapping[Loc, Sequence[str]]) -> bytes:
    """Give a file's bytes with marks behind the lines of places; what it says stays the same.

    A mark stands at the end of the line that a value ends on; of text in a block, and of what has lines below its key,
    behind the key. Where no comment can stand there it goes on a line above the part of the file. `says` tells for each
    place what is to be looked at; the file has no errors.
    """
    lines: dict[int, list[str]] = {}
    for loc, told in says.items():
        lines.setdefault(_line_end(file, loc), []).extend(told)
    made = _marked(file, lines)
    if not same(YamlFile(file.path, made).root, file.root):
        above: dict[int, list[str]] = {}
        for loc, told in says.items():
            above.setdefault(_line_end(file, loc[:1], before=True), []).extend(told)
        made = _marked(file, above, alone=True)
    return made


def _marked(file: YamlFile, lines: Mapping[int, Sequence[str]], *, alone: bool = False) -> bytes:
    pieces, done = [], 0
    for at, told in sorted(lines.items()):
        line = file.text[file.text.rfind("\n", 0, at) + 1 : at]
        said = squeeze("; ".join(dict.fromkeys(told)))
        new = f"{mark(said)}\n" if alone else f"; {said}" if f"# {MARK}" in line else f"  {mark(said)}"
        pieces += [file.text[done:at], new]
        done = at
    return "".join([*pieces, file.text[done:]]).encode()


def _line_end(file: YamlFile, loc: Loc, *, before: bool = False) -> int:
    """Give the end of the line that a mark of a place stands on; `before`: the start of the line of its key."""
    node: Any = file.root
    for part in loc[:-1]:
        node = node[part]
    last: Any = loc[-1]
    key, start, end = node.at[last] if isinstance(node, Map) else (0, *node.at[last])
    if before:
        return file.text.rfind("\n", 0, key) + 1
    value = node[last]
    below = isinstance(value, (Map, Seq)) and value and file.text[value.start] not in "[{"
    block = isinstance(value, str) and file.text[start : start + 1] in {"|", ">"} and "\n" in file.text[start:end]
    at = (key if below else start) if below or block else end
    stop = file.text.find("\n", at)
    stop = len(file.text) if stop < 0 else stop
    return stop - (file.text[stop - 1 : stop] == "\r")
