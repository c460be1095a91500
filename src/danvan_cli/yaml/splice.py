"""Edits of a YAML file by splices: what a command records is written at its place, all else stays byte for byte."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_cli.errors import DanvanError
from danvan_cli.files import read_bytes, write
from danvan_cli.lang import _
from danvan_cli.text import clean
from danvan_cli.yaml.edits import TextEdits
from danvan_cli.yaml.read import refuse
from danvan_cli.yaml.tree import at, same
from danvan_cli.yaml.yamlfile import Map, Seq, YamlFile, shortened, yaml_file
from danvan_cli.yaml.yamltext import scalar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from danvan_cli.yaml.yamlfile import Loc

_BOM = b"\xef\xbb\xbf"

__all__ = ["Add", "Put", "at", "below", "rekeyed", "retyped", "same", "spliced", "swap", "with_lines"]


@dataclass(frozen=True)
class Put:
    """Sets the value at a place: None, bool, int, Decimal, date, str, or a dict or list of these.

    Missing mappings on the way are made. Of a mapping or list only what differs is written: an item or key that goes
    takes its own lines and comments along, its neighbours stay as they are written.
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
    # A block of text may take comments below it for its own: then without blocks. What goes may leave something odd
    # behind: then the whole that it stood in is written anew.
    for whole, blocks in ((False, True), (False, False), (True, True), (True, False)):
        edits = TextEdits(file.text, blocks=blocks, whole=whole)
        if wanted is not file.root:
            edits.container(file.root, wanted, 2)
        data, problem = _applied(file, edits, wanted)
        if not problem:
            return data
    raise _unwritten(file, problem)


def retyped(file: YamlFile, tree: Any) -> bytes:
    """Give a file's bytes with those values typed over that a tree has otherwise at the same place, quoted as they were.

    It is for what differs in a few letters: what cannot be typed over so, and what comes or goes, is left as it is.
    """
    edits: list[tuple[int, int, str]] = []

    def walk(node: Any, new: Any) -> None:
        parts = node if isinstance(node, Map) and isinstance(new, dict) else ()
        if isinstance(node, Seq) and isinstance(new, list) and len(node) == len(new):
            parts = range(len(node))  # type: ignore[assignment]
        for part in parts:
            old, now = node[part], new.get(part) if isinstance(new, dict) else new[part]
            if isinstance(old, (Map, Seq)):
                walk(old, now)
            elif isinstance(old, (str, int)) and now is not None and not same(old, now):
                start, end = node.at[part][-2:]
                raw = file.text[start:end]
                if raw.strip("'\"") == str(old) and len(str(now)) == len(str(old)):
                    edits.append((start, end, raw.replace(str(old), str(now))))

    walk(file.root, tree)
    text = file.text
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text.encode()


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
    node = at(file.root, loc)
    edits = TextEdits(file.text, blocks=False)
    for old, new in names.items():
        edits.rename(node, old, new)
    wanted = {names.get(name, name): value for name, value in node.items()} if isinstance(node, Map) else None
    tree = _changed(file.root, loc, Put(loc, wanted)) if wanted is not None else None
    return _read_again(file, edits, tree)


def below(file: YamlFile, loc: Loc, name: str) -> int | None:
    """Give where new lines may stand below a key of a mapping in block style; None where there is no such place.

    That is behind its last line and the comments below that are set in deeper than the mapping's keys.
    """
    node = at(file.root, loc)
    edits = TextEdits(file.text)
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
    node = at(file.root, loc)
    edits = TextEdits(file.text)
    wanted = file.root
    for index, lines in more:
        edits.insert(node, index, lines)
        for name, value in (YamlFile(file.path, "\n".join(lines).encode()).root or {}).items():
            wanted = _changed(wanted, (*loc, name), Put((*loc, name), value))
    return _read_again(file, edits, wanted)


def _read_again(file: YamlFile, edits: TextEdits, wanted: Any) -> bytes:
    """Give the edited bytes, which must read as the wanted tree.

    Raises:
        DanvanError: if they do not.
    """
    data, problem = _applied(file, edits, wanted)
    if problem:
        raise _unwritten(file, problem)
    return data


def _applied(file: YamlFile, edits: TextEdits, wanted: Any) -> tuple[bytes, str]:
    """Give the edited bytes, and why they do not read as the wanted tree; nothing where they do."""
    data = edits.applied().encode()
    if any(one.rule == "DV102" for one in file.findings):
        data = _BOM + data
    return data, _misread(file, data, wanted)


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


def _misread(file: YamlFile, data: bytes, wanted: Any) -> str:
    """Read what is to be written; say why it does not read as it should, or what is found that the old file has not."""
    read = yaml_file(file.path, data)
    known = Counter(one.rule for one in file.findings)
    for one in read.findings:
        known[one.rule] -= 1
        if known[one.rule] < 0:
            return one.message
    return "" if same(read.root, wanted) else _("cách viết tệp ở chỗ đó quá lạ")
