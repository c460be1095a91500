"""Edits of a YAML file by splices: what a command records is written at its place, all else stays byte for byte."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from danvan_cli.errors import DanvanError
from danvan_cli.files import read_bytes, write
from danvan_cli.lang import _
from danvan_cli.text import clean
from danvan_cli.yaml.edits import TextEdits
from danvan_cli.yaml.encoding import BOM
from danvan_cli.yaml.read import refuse
from danvan_cli.yaml.tree import at, same
from danvan_cli.yaml.yamlfile import Map, Seq, YamlFile, shortened, yaml_file
from danvan_cli.yaml.yamltext import scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from danvan_cli.yaml.yamlfile import Loc

__all__ = ["Add", "Clash", "Put", "below", "merged", "rekeyed", "retyped", "spliced", "swap", "with_lines"]


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
    """Give a file's new bytes: the changes made one after the other, every line that has no part in them as it was.

    Raises:
        InvalidFileError: if the file has errors of YAML.
        DanvanError: if a place cannot be reached, or the result would not read as the old tree plus the changes.
    """
    _refuse_broken(file)
    wanted = file.root
    for one in changes:
        wanted = _changed(wanted, one.loc, one)
    # A block of text may take comments below it for its own: then without blocks. What goes may leave something odd
    # behind: then the whole that it stood in is written anew.
    for whole, blocks in ((False, True), (False, False), (True, True)):
        with suppress(DanvanError):
            return _edited(file, wanted, blocks=blocks, whole=whole)
    return _edited(file, wanted, blocks=False, whole=True)


def _refuse_broken(file: YamlFile) -> None:
    """Stop where a file is no sound YAML; what else is found of its text is for who checks it, at a workspace's levels."""
    refuse(Path(file.path), [one for one in file.findings if one.rule.startswith("DV1")])


def _edited(file: YamlFile, wanted: Any, *, blocks: bool, whole: bool) -> bytes:
    edits = TextEdits(file.text, blocks=blocks, whole=whole)
    if wanted is not file.root:
        edits.container(file.root, wanted, 2)
    return _applied(file, edits, wanted)


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

    Raises:
        InvalidFileError: if the file has errors of YAML.
        DanvanError: if the result would not read as it should.
    """
    _refuse_broken(file)
    node = at(file.root, loc)
    edits = TextEdits(file.text, blocks=False)
    for old, new in names.items():
        edits.rename(node, old, new)
    wanted = {names.get(name, name): value for name, value in node.items()} if isinstance(node, Map) else None
    tree = _changed(file.root, loc, Put(loc, wanted)) if wanted is not None else None
    return _applied(file, edits, tree)


def below(file: YamlFile, loc: Loc, name: str) -> int | None:
    """Give where new lines may stand below a key of a mapping in block style; None where there is no such place.

    That is behind its last line and the comments below that are set in deeper than the mapping's keys.
    """
    node = at(file.root, loc)
    edits = TextEdits(file.text)
    return edits.below(node, name) if isinstance(node, Map) and name in node else None


def with_lines(file: YamlFile, loc: Loc, more: Sequence[tuple[int, Sequence[str]]]) -> bytes:
    """Give a file's new bytes with new keys in a mapping in block style, written as lines with their comments.

    `more` tells of each new key where it stands, the end of a line (`below`), and its lines, set in from 0.

    Raises:
        InvalidFileError: if the file has errors of YAML.
        DanvanError: if the result would not read as the old tree with the new keys.
    """
    _refuse_broken(file)
    node = at(file.root, loc)
    edits = TextEdits(file.text)
    wanted = file.root
    for index, lines in more:
        edits.insert(node, index, lines)
        for name, value in (YamlFile(file.path, "\n".join(lines).encode()).root or {}).items():
            wanted = _changed(wanted, (*loc, name), Put((*loc, name), value))
    return _applied(file, edits, wanted)


def _applied(file: YamlFile, edits: TextEdits, wanted: Any) -> bytes:
    """Give the edited bytes, which must read as the wanted tree.

    Raises:
        DanvanError: if they do not.
    """
    data = edits.applied().encode()
    if any(one.rule == "DV102" for one in file.findings):
        data = BOM + data
    if why := _misread(file, data, wanted):
        raise DanvanError(
            _("không ghi được vào {path}: {why}", path=file.path, why=why),
            help=_("chưa có gì bị thay đổi; sửa chỗ đó bằng tay"),
        )
    return data


def swap(path: Path, before: bytes, after: bytes) -> bool:
    """Write a file anew if it still holds what was read.

    Returns:
        False if there is nothing to change.

    Raises:
        DanvanError: if somebody has changed it since, or it cannot be written.
    """
    if read_bytes(path) != before:
        raise DanvanError(
            _("{path} vừa được sửa ở chỗ khác, chưa ghi gì", path=path),
            help=_("đóng tệp trong chương trình đang sửa nó, rồi chạy lại lệnh"),
        )
    return write(path, after)


# The tree that is wanted: a copy along the changed paths, all else the very objects of the old tree -------------------


def _changed(node: Any, loc: Loc, change: Put | Add) -> Any:
    if not loc:
        if isinstance(change, Put):
            value = _plain(change.value)
            return node if same(node, value) else value
        if node is not None and not isinstance(node, list):
            raise _unreachable(change.loc, node)
        return [*(node or []), _plain(change.item)]
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


# Two who edited the same: what each changed is kept, what both changed otherwise is told -------------------------------


class Clash(NamedTuple):
    """A place that both changed, and what each has there."""

    loc: Loc
    mine: Any
    theirs: Any


def merged(mine: Any, theirs: Any, bases: Sequence[Any], loc: Loc = ()) -> Iterator[Put | Clash]:
    """Walk what is to be set in a tree to take another in, and what a person has to decide: both edited it otherwise.

    A value that one of the `bases`, which either began from, has was not edited.
    """
    if _alike(mine, theirs):
        return
    if all(isinstance(one, dict) or _blank(one) for one in (mine, theirs)):
        here, there = mine or {}, theirs or {}
        for key in dict.fromkeys([*here, *there]):
            began = [one.get(key) if isinstance(one, dict) else None for one in bases]
            yield from merged(here.get(key), there.get(key), began, (*loc, key))
        return
    if any(_alike(mine, one) for one in bases):
        yield Put(loc, [] if theirs is None and isinstance(mine, list) else theirs)
    elif not any(_alike(theirs, one) for one in bases):
        both = _both(mine, theirs, bases)
        yield Clash(loc, mine, theirs) if both is None else Put(loc, both)


def _both(mine: Any, theirs: Any, bases: Sequence[Any]) -> list[Any] | None:
    """Give a list to which both added, with what each added; None where one of them took something out or changed it."""
    if not (isinstance(mine, list) and isinstance(theirs, list)):
        return None
    began: list[Any] = max((one for one in bases if isinstance(one, list)), key=len, default=[])
    if not all(any(same(one, item) for item in side) for one in began for side in (mine, theirs)):
        return None
    return [*mine, *(one for one in theirs if not any(same(one, item) for item in mine))]


def _alike(left: Any, right: Any) -> bool:
    return (_blank(left) and _blank(right)) or same(left, right)


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, (dict, list, str)) and not value)
