"""The text edits of a YAML file: what is written where, so that a wanted tree is read and all else stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.yaml.encoding import BREAK
from danvan_cli.yaml.tree import aligned, same
from danvan_cli.yaml.yamlfile import Map, Seq
from danvan_cli.yaml.yamltext import entry, flow, indented, is_word, item_body, key, list_item, written_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_LAST_BREAK = re.compile(r"(?:\r\n|\r|\n)\Z")
_COMMENT_BELOW = re.compile(r"(?:(?:\r\n|\r|\n)[ \t]*)*(?:\r\n|\r|\n)( *)#[^\r\n]*")
_COMMENT = re.compile(r"( *)#[^\r\n]*(?:\r\n|\r|\n)")
_EMPTY = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t]*[\r\n]")
_HEADER = re.compile(r"[|>][-+0-9]*")
_QUOTED = re.compile(r"""'(?:[^']|'')*'|"(?:[^"\\]|\\.)*["]""")
_COLON = re.compile(r":(?=\s|$)")
_COMMA = re.compile(r"\s*,[ \t]*")
_PADDING = re.compile(r"[ \t]*+(?=[,\]}])")
_REST = re.compile(r"[ \t]*+(?:,[ \t]*)?(?:#[^\r\n]*)?(?=[\r\n])")
_GONE: Final = object()


class TextEdits:
    """Collects what is written where: stretches of the text and what stands there instead.

    At one place the inner comes before the outer: edits are made in the order in which they are found. An item or key
    that goes takes its lines along, the comments straight above it in its own column and those set in below it;
    other comments, blank lines and its neighbours stay. With `whole` a mapping or list that loses something is written
    anew, without `blocks` text of several lines stands on one.
    """

    def __init__(self, source: str, *, blocks: bool = True, whole: bool = False) -> None:
        self.text = source
        self._blocks = blocks
        self._whole = whole
        self._edits: list[tuple[int, int, str]] = []
        first = BREAK.search(source)
        self._break = first[0] if first else "\n"

    def applied(self) -> str:
        """Give the text with all edits made."""
        pieces = []
        done = 0
        for start, end, new in sorted(self._edits, key=lambda edit: edit[0]):
            pieces += [self.text[done : max(done, start)], new]
            done = max(done, end)
        return "".join([*pieces, self.text[done:]])

    def rename(self, node: Any, old: str, new: str) -> None:
        """Write a key of a mapping anew."""
        start = node.at[old][0]
        quoted = _QUOTED.match(self.text, start)
        self._edits.append((start, quoted.end() if quoted else start + len(old), key(new)))

    def below(self, node: Map, name: str) -> int | None:
        """Give the end of the last line that belongs to a key in block style, with the comments set in below it."""
        return None if self._in_flow(node) else self._end(node, name)

    def insert(self, node: Any, at: int, lines: Sequence[str]) -> None:
        """Write lines below the line that ends at an index, set in as the keys of a mapping are."""
        self._edits.append((at, at, self._lines(at, indented(lines, self._column(node.start)))))

    def container(self, old: Map | Seq, new: Any, step: int) -> None:
        """Edit a mapping or list that keeps something of what it has; `step` is the indentation in use."""
        in_flow = self._in_flow(old)
        change: Callable[[Any, Any, Any, int], None] = self._cell if in_flow else self._value
        if isinstance(old, Map):
            nested = (one for one in old.values() if isinstance(one, Map) and not self._in_flow(one))
            step = next((self._column(one.start) - self._column(old.start) for one in nested), step)
        gone: dict[Any, Any] = {}  # what goes, and what stays before it
        more: list[Any] = []
        last: Any = None
        for part, value in self._steps(old, new):
            if part is None:
                more.append(value)
            elif value is _GONE:
                gone[part] = last
            else:
                if more:
                    (self._cells_between if in_flow else self._lines_between)(old, last, more, step)
                    more = []
                if value is not old[part] and not same(old[part], value):
                    change(old, part, value, step)
                last = part
        if more:
            (self._more_cells if in_flow else self._more_lines)(old, last, more, step)
        for part in gone:
            (self._drop_cell if in_flow else self._drop_lines)(old, part, gone)

    def _steps(self, old: Map | Seq, new: Any) -> Iterator[tuple[Any, Any]]:
        """Tell for each key or item what it is to be, in order; None for the part of what comes."""
        if isinstance(old, Map):
            yield from ((name, new.get(name, _GONE)) for name in old)
            yield from ((None, (name, value)) for name, value in new.items() if name not in old)
        elif self._whole:
            yield from ((i, new[i]) for i in range(len(old)))
            yield from ((None, value) for value in new[len(old) :])
        else:
            yield from ((i, _GONE if j is None else new[j]) for i, j in aligned(old, new))

    # Block style

    def _value(self, node: Map | Seq, part: Any, new: Any, step: int) -> None:
        """Set the value of a key, or an item, in block style."""
        old, _start, _end = _written_at(node, part)
        if old and self._keeps(old, new):
            self.container(old, new, step)
        else:
            self._replaced(node, part, new, step)

    def _replaced(self, node: Map | Seq, part: Any, new: Any, step: int) -> None:
        """Write a value anew behind its key or dash: the rest of its line, a comment maybe, stays."""
        old, start, end = _written_at(node, part)
        header = self._header(old, start, end)
        if header:
            head, body = (start, start + len(header)), (self._line_end(start), self._tail(old, start, end))
        elif not isinstance(old, (Map, Seq)) or self._in_flow(old):
            head, body = (start, end), (self._line_end(end),) * 2
        elif isinstance(node, Map):
            colon = self._colon(node.at[part][0])
            head, body = (colon, colon), (self._line_end(colon), self._tail(old, start, end))
        else:
            end = self._tail(old, start, end)
            head, body = (start, end), (end, end)
        if isinstance(node, Map):
            inline, lines = self._written(old, new, start, node, step)
            lines = indented(lines, self._column(node.start))
        else:
            inline, *lines = item_body(new, step, blocks=self._blocks)
            lines = indented(lines, self._column(start) + (start == end))
        if inline and head[0] == head[1]:
            inline = f" {inline}"
        elif not inline:
            head = self._back(head[0]), head[1]
        self._edits += [(*head, inline), (*body, self._lines(body[0], lines))]

    def _more_lines(self, node: Map | Seq, last: Any, more: list[Any], step: int) -> None:
        """Append keys or items below the last line that belongs to what stays of a mapping or list."""
        at = self._tail(*_written_at(node, last))
        self._edits.append((at, at, self._lines(at, self._set_in(node, more, step))))

    def _lines_between(self, node: Map | Seq, last: Any, more: list[Any], step: int) -> None:
        """Write items behind one that stays, with the comments set in below it, or before the first."""
        lines = self._set_in(node, more, step)
        if last is not None:
            at = self._end(node, last)
            self._edits.append((at, at, self._lines(at, lines)))
            return
        start, end = node.start, self._lines(self._line_end(node.start), [""])
        if self._shares_line(start):  # behind the dash that this list is itself an item of
            first = "".join(line + end for line in lines).lstrip(" ")
            self._edits.append((start, start, first + " " * self._column(start)))
        else:
            start = self._begin(node, 0)
            self._edits.append((start, start, "".join(line + end for line in lines)))

    def _set_in(self, node: Map | Seq, more: list[Any], step: int) -> list[str]:
        """Write keys or items as lines, set in as those that are there."""
        lines: list[str] = []
        for one in more:
            name, value = one if isinstance(node, Map) else ("", one)
            if isinstance(value, dict) and self._prefers_flow(node, value):
                lines.append(f"{key(name)}: {flow(value)}" if isinstance(node, Map) else f"- {flow(value)}")
            elif isinstance(node, Map):
                lines += entry(name, value, step, blocks=self._blocks)
            else:
                lines += list_item(value, step, blocks=self._blocks)
        return indented(lines, self._column(node.start))

    def _drop_lines(self, node: Map | Seq, part: Any, gone: dict[Any, Any]) -> None:
        """Take a key or item out, with its lines."""
        head, end = self._head(node, part), self._end(node, part)
        if not self._shares_line(head):
            found = BREAK.match(self.text, end)
            start = self._begin(node, part)
            self._edits.append((start if found else self._line_above(start), found.end() if found else end, ""))
            return
        parts = node if isinstance(node, Map) else range(len(node))
        following = next(self._head(node, one) for one in parts if one not in gone)
        if "#" in self.text[end:following] or _EMPTY.search(self.text, end, following):
            self._edits.append((self._back(head), end, ""))
        else:
            self._edits.append((head, following, ""))  # the next one moves up, behind the dash

    def _written(self, old: Any, new: Any, start: int, node: Map, step: int) -> tuple[str, list[str]]:
        """Write a value as its place asks for: on one line among such, a word without quotes where one stood."""
        if isinstance(old, str) and is_word(new) and self.text[start] not in "\"'|>":
            return str(new), []
        in_flow = isinstance(old, (Map, Seq)) and self._in_flow(old)
        if _flat(new) and (in_flow or (isinstance(new, dict) and self._prefers_flow(node, new))):
            return flow(new), []
        return written_value(new, step, blocks=self._blocks)

    def _prefers_flow(self, node: Map | Seq, new: dict[str, Any]) -> bool:
        """Tell whether a mapping goes on one line: the last of its neighbours does."""
        around = reversed(node.values() if isinstance(node, Map) else node)
        last = next((one for one in around if isinstance(one, Map) and one), None)
        return last is not None and self._in_flow(last) and _flat(new)

    # Flow style

    def _cell(self, node: Map | Seq, part: Any, new: Any, step: int) -> None:
        """Set the value of a key, or an item, within brackets."""
        old, start, end = _written_at(node, part)
        if self._keeps(old, new):
            self.container(old, new, step)
            return
        cell = flow([new])[1:-1] if isinstance(node, Seq) else flow(new)
        if is_word(new) and isinstance(old, str) and self.text[start] not in "\"'":
            cell = str(new)
        if start == end:  # an empty cell has its place at the comma or bracket behind it
            start = len(self.text[node.start : start].rstrip()) + node.start
            cell = f" {cell}" if self.text[start - 1] == ":" else f": {cell}"
        self._edits.append((start, end, cell))

    def _more_cells(self, node: Map | Seq, last: Any, more: list[Any], _step: int) -> None:
        """Append keys or items within brackets, behind what stays."""
        cells = [flow([one] if isinstance(node, Seq) else dict([one]))[1:-1] for one in more]
        if not node:
            at = node.start + 1
            padding = _PADDING.match(self.text, at)
            self._edits.append((at, padding.end() if padding else at, ", ".join(cells)))
            return
        at = _written_at(node, last)[2]
        blank = self.text[at - 1] == ":" and not (self._edits and self._edits[-1][0] == at)
        self._edits.append((at, at, " " * blank + "".join(f", {cell}" for cell in cells)))

    def _cells_between(self, node: Map | Seq, last: Any, more: list[Any], step: int) -> None:
        """Write items within brackets behind one that stays, or before the first; on lines of their own among such."""
        near = last or 0
        cells = [flow([one])[1:-1] + "," for one in more]
        rest = self._own_line(node, near)
        if rest:
            lines = indented(cells, self._column(self._head(node, near)))
            at = rest if last is not None else self._begin(node, near)
            new = self._lines(rest, lines)
            self._edits.append((at, at, new if last is not None else new.lstrip("\r\n") + self._lines(rest, [""])))
        elif last is not None:
            self._more_cells(node, last, more, step)
        else:
            start = self._head(node, near)
            self._edits.append((start, start, "".join(f"{cell} " for cell in cells)))

    def _own_line(self, node: Map | Seq, part: Any) -> int:
        """Give where the lines end that a key or item between brackets has to itself, its comma with it; else 0."""
        start, end = self._head(node, part), _written_at(node, part)[2]
        rest = None if self.text[self._line_start(start) : start].strip(" ") else _REST.match(self.text, end)
        return rest.end() if rest else 0

    def _drop_cell(self, node: Map | Seq, part: Any, gone: dict[Any, Any]) -> None:
        """Take a key or item out from between brackets, with its comma; where it has lines of its own, with these."""
        start, end = self._head(node, part), _written_at(node, part)[2]
        if rest := self._own_line(node, part):
            found = BREAK.match(self.text, rest)
            self._edits.append((self._begin(node, part), found.end() if found else rest, ""))
        elif comma := _COMMA.match(self.text, end):
            tight = self.text[comma.end() : comma.end() + 1] in {"#", "\r", "\n"}
            stop = self.text.index(",", end) + 1 if tight else comma.end()
            self._edits.append((self._back(start) if tight else start, stop, ""))
        else:
            kept = start if gone[part] is None else _written_at(node, gone[part])[2]
            self._edits.append((start if "#" in self.text[kept:start] else kept, end, ""))

    # Places

    def _keeps(self, old: Any, new: Any) -> bool:
        """Tell whether a mapping or list is edited in place: it keeps something of what it has, or has nothing yet."""
        if isinstance(old, Map) and isinstance(new, dict):
            kept = sum(name in new for name in old)
            return kept == len(old) or (kept > 0 and not self._whole)
        if isinstance(old, Seq) and isinstance(new, list):
            return len(new) >= len(old) or (bool(new) and not self._whole)
        return False

    def _in_flow(self, node: Map | Seq) -> bool:
        return self.text[node.start] in "[{"

    def _header(self, value: object, start: int, end: int) -> str:
        """Give the `|-` or `>` that a text begins with; empty where it is no block of text."""
        found = _HEADER.match(self.text, start, end)
        return found[0] if found and isinstance(value, str) else ""

    def _column(self, index: int) -> int:
        return index - max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) - 1

    def _colon(self, key_at: int) -> int:
        """Give the index behind the colon of a key."""
        quoted = _QUOTED.match(self.text, key_at)
        found = _COLON.search(self.text, quoted.end() if quoted else key_at)
        return found.end() if found else key_at

    def _head(self, node: Map | Seq, part: Any) -> int:
        """Give where a key or an item starts: in block style an item with its dash."""
        if isinstance(node, Map):
            return node.at[part][0]
        if part == 0 or self._in_flow(node):
            return node.at[part][0] if self._in_flow(node) else node.start
        behind = self._tail(*_written_at(node, part - 1))
        dash = re.compile(rf"[\r\n] {{{self._column(node.start)}}}-(?=\s|$)").search(self.text, behind)
        return dash.end() - 1 if dash else node.at[part][0]

    def _begin(self, node: Map | Seq, part: Any) -> int:
        """Give where the lines of a key or item begin that has lines of its own, the comments above it included."""
        head = self._head(node, part)
        column, start = self._column(head), self._line_start(head)
        if column == 0 and isinstance(node, Map) and part == next(iter(node)):
            return start  # what stands at the top is about the file
        while found := _COMMENT.fullmatch(self.text, above := self._line_start(self._line_above(start)), start):
            if len(found[1]) != column:
                break
            start = above
        return start

    def _end(self, node: Map | Seq, part: Any) -> int:
        """Give the end of the last line that belongs to a key or item in block style, with the comments set in below."""
        at, column = self._tail(*_written_at(node, part)), self._column(node.start)
        while (found := _COMMENT_BELOW.match(self.text, at)) and len(found[1]) > column:
            at = found.end()
        return at

    def _shares_line(self, head: int) -> bool:
        """Tell whether a key or item stands behind the dash of what holds it."""
        return bool(self.text[self._line_start(head) : head].strip(" "))

    def _line_start(self, index: int) -> int:
        return index - self._column(index)

    def _line_above(self, start: int) -> int:
        """Give where the line ends that stands above a line's start."""
        return start - (2 if self.text[max(0, start - 2) : start] == "\r\n" else start > 0)

    def _line_end(self, index: int) -> int:
        """Give where the line of an index ends, before its break."""
        found = BREAK.search(self.text, index)
        return found.start() if found else len(self.text)

    def _back(self, index: int) -> int:
        """Give where the spaces before an index begin."""
        while self.text[index - 1 : index] in {" ", "\t"}:
            index -= 1
        return index

    def _tail(self, value: Any, start: int, end: int) -> int:
        """Give the end of the last line that belongs to a value, before its break: comments below do not."""
        while isinstance(value, (Map, Seq)) and not self._in_flow(value):
            value, start, end = _written_at(value, next(reversed(value)) if isinstance(value, Map) else -1)
        header = self._header(value, start, end)
        if not header:
            return self._line_end(end)
        block = self.text[start:end]
        if "+" in header or value.rstrip("\n") != value.rstrip():
            return start + len(_LAST_BREAK.sub("", block))  # the blank lines belong to the text
        return self._line_end(start + len(block.rstrip()) - 1)

    def _lines(self, at: int, lines: list[str]) -> str:
        """Write lines below an index, with the line ends that are in use there."""
        if not lines:
            return ""
        found = BREAK.match(self.text, at)
        end = found[0] if found else self._break
        return "".join(end + line for line in lines)


def _written_at(node: Map | Seq, part: Any) -> tuple[Any, int, int]:
    """Give the value of a key or an item, where it starts and where it ends."""
    start, end = node.at[part][-2:]
    return node[part], start, end


def _flat(value: object) -> bool:
    """Tell whether a mapping or list is made of single-line values alone."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return not any(isinstance(one, (dict, list)) or (isinstance(one, str) and "\n" in one) for one in parts)
