"""Edits of a YAML file by splices: what a command records is written at its place, all else stays byte for byte."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_cli.errors import DanvanError
from danvan_cli.files import read_bytes, write
from danvan_cli.lang import _
from danvan_cli.text import clean
from danvan_cli.yaml.read import refuse
from danvan_cli.yaml.yamlfile import Map, Seq, YamlFile, shortened
from danvan_cli.yaml.yamltext import entry, flow, indented, is_word, item, item_body, key, scalar, written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from danvan_cli.yaml.yamlfile import Loc

_BREAK = re.compile(r"\r\n|\r|\n")
_LAST_BREAK = re.compile(r"(?:\r\n|\r|\n)\Z")
_COMMENT_BELOW = re.compile(r"(?:(?:\r\n|\r|\n)[ \t]*)*(?:\r\n|\r|\n)( *)#[^\r\n]*")
_HEADER = re.compile(r"[|>][-+0-9]*")
_QUOTED = re.compile(r"""'(?:[^']|'')*'|"(?:[^"\\]|\\.)*["]""")
_COLON = re.compile(r":(?=\s|$)")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Put:
    """Sets the value at a place: None, bool, int, Decimal, date, str, or a dict or list of these.

    Missing mappings on the way are made. A mapping or list is replaced as a whole.
    """

    loc: Loc
    value: object


@dataclass(frozen=True)
class Add:
    """Appends an item to the list at a place, which is made if it is missing or empty."""

    loc: Loc
    item: object


def spliced(file: YamlFile, changes: Sequence[Put | Add]) -> bytes:
    """Give a file's new bytes: the changes made, every line that has no part in them as it was.

    Args:
        file: the file as it was read.
        changes: made one after the other, so a later one may build on an earlier one.

    Raises:
        InvalidFileError: if the file has errors of YAML.
        DanvanError: if a place cannot be reached, or the result would not read as the old tree plus the changes.
    """
    refuse(Path(file.path), file.findings)
    wanted = file.root
    for one in changes:
        wanted = _changed(wanted, one.loc, one)
    problem = ""
    for blocks in (True, False):  # a block of text may take comments below it for its own: then without blocks
        edits = _Edits(file.text, blocks=blocks)
        if wanted is not file.root:
            edits.container(file.root, wanted, 2)
        data = edits.applied().encode()
        if any(one.rule == "DV102" for one in file.findings):
            data = _BOM + data
        problem = _misread(file, data, wanted)
        if not problem:
            return data
    raise _unwritten(file, problem)


def rekeyed(file: YamlFile, loc: Loc, names: Mapping[str, str]) -> bytes:
    """Give a file's new bytes with keys of a mapping renamed: each key itself is written anew, nothing else.

    Args:
        file: the file as it was read.
        loc: the mapping.
        names: each key that is there, and its new name, which is not.

    Raises:
        InvalidFileError: if the file has errors of YAML.
        DanvanError: if the result would not read as it should.
    """
    refuse(Path(file.path), file.findings)
    node = _node(file, loc)
    edits = _Edits(file.text, blocks=False)
    for old, new in names.items():
        edits.rename(node, old, new)
    wanted = {names.get(name, name): value for name, value in node.items()} if isinstance(node, Map) else None
    tree = _changed(file.root, loc, Put(loc, wanted)) if wanted is not None else None
    return _read_again(file, edits, tree)


def below(file: YamlFile, loc: Loc, name: str) -> int | None:
    """Give where new lines may stand below a key of a mapping in block style; None where there is no such place.

    That is behind its last line and the comments below that are set in deeper than the mapping's keys.
    """
    node = _node(file, loc)
    edits = _Edits(file.text, blocks=True)
    return edits.below(node, name) if isinstance(node, Map) and name in node else None


def with_lines(file: YamlFile, loc: Loc, more: Sequence[tuple[int, Sequence[str]]]) -> bytes:
    """Give a file's new bytes with new keys in a mapping in block style, written as lines with their comments.

    Args:
        file: the file as it was read.
        loc: the mapping, which has a key.
        more: for each new key where it stands, the end of a line (`below`), and its lines, set in from 0.

    Raises:
        InvalidFileError: if the file has errors of YAML.
        DanvanError: if the result would not read as the old tree with the new keys.
    """
    refuse(Path(file.path), file.findings)
    node = _node(file, loc)
    edits = _Edits(file.text, blocks=True)
    wanted = file.root
    for index, lines in more:
        edits.insert(node, index, lines)
        for name, value in (YamlFile(file.path, "\n".join(lines).encode()).root or {}).items():
            wanted = _changed(wanted, (*loc, name), Put((*loc, name), value))
    return _read_again(file, edits, wanted)


def _node(file: YamlFile, loc: Loc) -> Any:
    """Give the value at a place of a file's tree; None where there is none."""
    node = file.root
    for part in loc:
        node = node.get(part) if isinstance(node, dict) else None
    return node


def _read_again(file: YamlFile, edits: _Edits, wanted: Any) -> bytes:
    """Give the edited bytes, which must read as the wanted tree.

    Raises:
        DanvanError: if they do not.
    """
    data = edits.applied().encode()
    if any(one.rule == "DV102" for one in file.findings):
        data = _BOM + data
    if problem := _misread(file, data, wanted):
        raise _unwritten(file, problem)
    return data


def _unwritten(file: YamlFile, why: str) -> DanvanError:
    return DanvanError(
        _("không ghi được vào {path}: {why}", path=file.path, why=why),
        help=_("chưa có gì bị thay đổi; sửa chỗ đó bằng tay"),
    )


def swap(path: Path, before: bytes, after: bytes) -> bool:
    """Write a file anew if it still holds what was read.

    Returns:
        False if there is nothing to change.

    Raises:
        DanvanError: if somebody has changed it since, or it cannot be written.
    """
    if before == after:
        return False
    if read_bytes(path) != before:
        raise DanvanError(
            _("{path} vừa được sửa ở chỗ khác, chưa ghi gì", path=path),
            help=_("đóng tệp trong chương trình đang sửa nó, rồi chạy lại lệnh"),
        )
    return write(path, after)


# The tree that is wanted: a copy along the changed paths, all else the very objects of the old tree -------------------


def _changed(node: Any, loc: Loc, change: Put | Add) -> Any:
    if not loc:
        return _put(node, change.value) if isinstance(change, Put) else _added(node, change)
    part, rest = loc[0], loc[1:]
    if isinstance(part, int):
        if not isinstance(node, list) or not 0 <= part < len(node):
            raise _unreachable(change.loc, node)
        child = _changed(node[part], rest, change)
        return node if child is node[part] else [*node[:part], child, *node[part + 1 :]]
    if node is not None and not isinstance(node, dict):
        raise _unreachable(change.loc, node)
    known = node or {}
    child = _changed(known.get(part), rest, change)
    if part in known and child is known[part]:
        return node
    return {**known, part: child}


def _put(node: Any, value: object) -> Any:
    value = _plain(value)
    return node if same(node, value) else value


def _added(node: Any, change: Add) -> Any:
    if node is not None and not isinstance(node, list):
        raise _unreachable(change.loc, node)
    return [*(node or []), _plain(change.item)]


def _unreachable(loc: Loc, node: object) -> DanvanError:
    place = ".".join(map(str, loc))
    if isinstance(node, (str, int, Decimal)):
        node = shortened(node)
        return DanvanError(_("không ghi được vào «{place}»: chỗ này đang là «{value}»", place=place, value=node))
    return DanvanError(_("không ghi được vào «{place}»: tệp không có chỗ này", place=place))


def _plain(value: object) -> Any:
    """Take a value as it will be read: text cleaned, containers copied."""
    match value:
        case str():
            return clean(value)
        case dict():
            return {clean(name): _plain(one) for name, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
    scalar(value)  # refuses what has no form in YAML
    return value


def at(root: Any, loc: Loc) -> Any:
    """Give the value at a place of a tree; None where there is none."""
    for part in loc:
        if isinstance(root, dict) and isinstance(part, str):
            root = root.get(part)
        elif isinstance(root, list) and isinstance(part, int) and part < len(root):
            root = root[part]
        else:
            return None
    return root


def same(left: Any, right: Any) -> bool:
    """Tell whether two values read alike: a date as its text, 5 as 5.0, but True not as 1."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, date) or isinstance(right, date):
        return str(left) == str(right)
    return (isinstance(left, bool) == isinstance(right, bool)) and bool(left == right)


def _misread(file: YamlFile, data: bytes, wanted: Any) -> str:
    """Read what is to be written; say why it does not read as it should, or what is found that the old file has not."""
    read = YamlFile(file.path, data)
    known = Counter(one.rule for one in file.findings)
    for one in read.findings:
        known[one.rule] -= 1
        if known[one.rule] < 0:
            return one.message
    return "" if same(read.root, wanted) else _("cách viết tệp ở chỗ đó quá lạ")


# The edits ------------------------------------------------------------------------------------------------------------


class _Edits:
    """Collects what is written where: stretches of the text and what stands there instead.

    At one place the inner comes before the outer: edits are made in the order in which they are found.
    """

    def __init__(self, source: str, *, blocks: bool) -> None:
        self.text = source
        self._blocks = blocks
        self._edits: list[tuple[int, int, str]] = []
        first = _BREAK.search(source)
        self._break = first[0] if first else "\n"

    def applied(self) -> str:
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
        if self._in_flow(node):
            return None
        _key, start, end = node.at[name]
        at = self._tail(node[name], start, end)
        while (found := _COMMENT_BELOW.match(self.text, at)) and len(found[1]) > self._column(node.start):
            at = found.end()
        return at

    def insert(self, node: Any, at: int, lines: Sequence[str]) -> None:
        """Write lines below the line that ends at an index, set in as the keys of a mapping are."""
        self._edits.append((at, at, self._lines(at, indented(lines, self._column(node.start)))))

    def container(self, old: Map | Seq, new: Any, step: int) -> None:
        """Edit a mapping or list that only changes in place and grows; `step` is the indentation in use."""
        in_flow = self._in_flow(old)
        change: Callable[[Any, Any, Any, int], None] = self._cell if in_flow else self._value
        if isinstance(old, Map):
            nested = (one for one in old.values() if isinstance(one, Map) and not self._in_flow(one))
            step = next((self._column(one.start) - self._column(old.start) for one in nested), step)
            for name in old:
                if new[name] is not old[name]:
                    change(old, name, new[name], step)
            more: list[Any] = [(name, value) for name, value in new.items() if name not in old]
        else:
            for i, value in enumerate(old):
                if new[i] is not value:
                    change(old, i, new[i], step)
            more = new[len(old) :]
        if more:
            (self._more_cells if in_flow else self._more_lines)(old, more, step)

    # Block style

    def _value(self, node: Map | Seq, part: Any, new: Any, step: int) -> None:
        """Set the value of a key, or an item, in block style."""
        old, _start, _end = _written_at(node, part)
        if self._grows(old, new) and (old or not self._in_flow(old)):
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

    def _more_lines(self, node: Map | Seq, more: list[Any], step: int) -> None:
        """Append keys or items below the last line that belongs to a mapping or list."""
        at = self._tail(node, node.start, node.end)
        column = self._column(node.start)
        lines: list[str] = []
        for one in more:
            name, value = one if isinstance(node, Map) else ("", one)
            if isinstance(value, dict) and self._prefers_flow(node, value):
                lines.append(f"{key(name)}: {flow(value)}" if isinstance(node, Map) else f"- {flow(value)}")
            elif isinstance(node, Map):
                lines += entry(name, value, step, blocks=self._blocks)
            else:
                lines += item(value, step, blocks=self._blocks)
        self._edits.append((at, at, self._lines(at, indented(lines, column))))

    def _written(self, old: Any, new: Any, start: int, node: Map, step: int) -> tuple[str, list[str]]:
        """Write a value as its place asks for: on one line among such, a word without quotes where one stood."""
        if isinstance(old, str) and is_word(new) and self.text[start] not in "\"'|>":
            return str(new), []
        in_flow = isinstance(old, (Map, Seq)) and self._in_flow(old)
        if _flat(new) and (in_flow or (isinstance(new, dict) and self._prefers_flow(node, new))):
            return flow(new), []
        return written(new, step, blocks=self._blocks)

    def _prefers_flow(self, node: Map | Seq, new: dict[str, Any]) -> bool:
        """Tell whether a mapping goes on one line: the last of its neighbours does."""
        around = reversed(node.values() if isinstance(node, Map) else node)
        last = next((one for one in around if isinstance(one, Map) and one), None)
        return last is not None and self._in_flow(last) and _flat(new)

    # Flow style

    def _cell(self, node: Map | Seq, part: Any, new: Any, step: int) -> None:
        """Set the value of a key, or an item, within brackets."""
        old, start, end = _written_at(node, part)
        if self._grows(old, new):
            self.container(old, new, step)
            return
        cell = flow([new])[1:-1] if isinstance(node, Seq) else flow(new)
        if is_word(new) and isinstance(old, str) and self.text[start] not in "\"'":
            cell = str(new)
        if start == end:  # an empty cell has its place at the comma or bracket behind it
            start = len(self.text[node.start : start].rstrip()) + node.start
            cell = f" {cell}" if self.text[start - 1] == ":" else f": {cell}"
        self._edits.append((start, end, cell))

    def _more_cells(self, node: Map | Seq, more: list[Any], _step: int) -> None:
        """Append keys or items within brackets."""
        cells = [flow([one] if isinstance(node, Seq) else dict([one]))[1:-1] for one in more]
        if not node:
            at = node.start + 1
            self._edits.append((at, self._padding(at), ", ".join(cells)))
            return
        at = _last(node)[2]
        blank = self.text[at - 1] == ":" and not (self._edits and self._edits[-1][0] == at)
        self._edits.append((at, at, " " * blank + "".join(f", {cell}" for cell in cells)))

    def _padding(self, at: int) -> int:
        """Give where the spaces before a comma or bracket end; `at` where no such follows."""
        stop = at
        while self.text[stop : stop + 1] in {" ", "\t"}:
            stop += 1
        return stop if self.text[stop : stop + 1] in {",", "]", "}"} else at

    # Places

    def _grows(self, old: Any, new: Any) -> bool:
        """Tell whether a mapping or list keeps all it has, so that it can be edited in place."""
        if isinstance(old, Map):
            return isinstance(new, dict) and all(name in new for name in old)
        return isinstance(old, Seq) and isinstance(new, list) and len(new) >= len(old)

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

    def _line_end(self, index: int) -> int:
        """Give where the line of an index ends, before its break."""
        found = _BREAK.search(self.text, index)
        return found.start() if found else len(self.text)

    def _back(self, index: int) -> int:
        """Give where the spaces before an index begin."""
        while self.text[index - 1 : index] in {" ", "\t"}:
            index -= 1
        return index

    def _tail(self, value: Any, start: int, end: int) -> int:
        """Give the end of the last line that belongs to a value, before its break: comments below do not."""
        while isinstance(value, (Map, Seq)) and not self._in_flow(value):
            value, start, end = _last(value)
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
        found = _BREAK.match(self.text, at)
        end = found[0] if found else self._break
        return "".join(end + line for line in lines)


def _written_at(node: Map | Seq, part: Any) -> tuple[Any, int, int]:
    """Give the value of a key or an item, where it starts and where it ends."""
    if isinstance(node, Map):
        _key, start, end = node.at[part]
    else:
        start, end = node.at[part]
    return node[part], start, end


def _last(node: Map | Seq) -> tuple[Any, int, int]:
    return _written_at(node, next(reversed(node)) if isinstance(node, Map) else -1)


def _flat(value: object) -> bool:
    """Tell whether a mapping or list is made of single-line values alone."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return not any(isinstance(one, (dict, list)) or (isinstance(one, str) and "\n" in one) for one in parts)
