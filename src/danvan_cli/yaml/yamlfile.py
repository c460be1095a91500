"""YAML in: one pass over the parser's events gives the values and the place of every key and item.

Only what a plan needs is read: mappings, sequences, text, whole numbers, decimals, true, false, null. Whatever could
hide or change a meaning (duplicate keys, anchors, tags, a second document, a second encoding) is a finding.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

import yaml

from danvan_cli.findings.finding import Finding, Spot, around
from danvan_cli.findings.rule import OURS, rule
from danvan_cli.lang import _, current
from danvan_cli.text import clean, squeeze
from danvan_cli.yaml.encoding import BREAK, decoded, letters_of, piece_of, places_of, readable_yaml, unwanted, weight_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MAX_DEPTH: Final = 40
MAX_VALUES: Final = 1_000_000
MAX_FINDINGS: Final = 1000
"""So many are told of one file's reading: a file of nothing but mistakes must not fill the memory."""
MAX_MESSAGE: Final = 400
_SMALL: Final = 2**18
"""A file of more bytes is not kept as read: it would fill the memory."""

Loc = tuple[str | int, ...]

_Parser: Any = getattr(getattr(yaml, "cyaml", None), "CParser", yaml.SafeLoader)
"""The parser whose events are read: libyaml's, where PyYAML has it."""
_TAB = re.compile(r"^ *\t[ \t]*(?=[^\s])", re.MULTILINE)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?")
_CONSTANTS: Final = {"true": True, "false": False, "null": None, "": None}


class Map(dict[str, Any]):
    """A mapping that knows the place of each key and value, as indexes into the file's text."""

    __slots__ = ("at", "start")

    def __init__(self, start: int) -> None:  # an empty one needs no more: there are thousands
        self.start = start
        self.at: dict[str, tuple[int, int, int]] = {}
        """key: where the key starts, where its value starts, where its value ends."""


class Seq(list[Any]):
    """A sequence that knows the place of each item, as indexes into the file's text."""

    __slots__ = ("at", "start")

    def __init__(self, start: int) -> None:  # an empty one needs no more: there are thousands
        self.start = start
        self.at: list[tuple[int, int]] = []
        """for each item: where it starts, where it ends."""


def yaml_file(path: str, data: bytes) -> YamlFile:
    """Read a file, or give it as it was read before: commands come back to the same few files, and change none of this."""
    return _kept(path, data, current()) if len(data) <= _SMALL else YamlFile(path, data)


@lru_cache(maxsize=16)
def _kept(path: str, data: bytes, _language: str) -> YamlFile:
    return YamlFile(path, data)


class YamlFile:
    """A YAML file that was read: its `root` value, the places of everything in it, and what was found on the way.

    `path` is the file as the user knows it, `text` its decoded text, `root` None where nothing could be read, `dirty`
    tells whether the text holds what `clean` would take out or change.
    """

    @rule(
        "DV109", "Tệp trống", "error",
        "Tệp không có nội dung nào để kiểm tra.", right="format: danvan-plan/2",
    )  # fmt: skip
    def __init__(self, path: Path | str, data: bytes) -> None:
        self.path = str(path)
        self.text = ""
        self.root: Any = None
        self.findings: list[Finding] = []
        self._untold = False
        self.dirty = True
        self.text, whole, remark = decoded(data)
        if remark:
            self.add(*remark)
        if not whole:
            return
        self.dirty = False
        for one in unwanted(self.text):
            self.dirty |= one.rule in {"DV502", "DV503"}
            self.add(*one)
            if self._untold:
                break
        try:
            self._compose(readable_yaml(self.text, dirty=self.dirty))
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
        except (yaml.YAMLError, ValueError):  # ValueError: where libyaml is missing, of an escape that is no character
            self.add("DV103", 0, _("không đọc được tệp này như YAML"))
        if self._untold:
            self.root = None
            message = _("hơn {count} chỗ sai, những chỗ sau không kể ra nữa", count=MAX_FINDINGS)
            self.findings.append(Finding("DV107", self.path, self.findings[-1].spot, message))
        if self.root is None and not self.findings:
            self.add("DV109", 0, _("tệp trống"), help=_("tệp bắt đầu bằng dòng «format: …»; chép từ tệp mẫu đi kèm"))

    # Places ------------------------------------------------------------------------------------------------------

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(m.end() for m in BREAK.finditer(self.text))]

    def spot(self, index: int, length: int = 1) -> Spot:
        """Give line and column of an index into the text, both from 1; `length` stops at the line's end."""
        line = bisect_right(self._lines, index)
        start, end = self._bounds(line)
        return Spot(line, index - start + 1, max(1, min(length, end - index)))

    def _bounds(self, number: int) -> tuple[int, int]:
        """Tell where a line starts, and where it ends without its break; nothing is copied."""
        start = self._lines[number - 1]
        end = self._lines[number] if number < len(self._lines) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return start, end

    def line_start(self, number: int) -> int:
        """Give the index where a line starts; lines count from 1."""
        return self._lines[min(number, len(self._lines)) - 1]

    def line(self, number: int) -> str:
        """Give a line of the text without its end; lines count from 1."""
        return self.text[slice(*self._bounds(number))]

    def matches(
        self, pattern: re.Pattern[str], group: int = 0, read: Callable[[str], str] = clean
    ) -> Iterator[tuple[int, int]]:
        """Find a pattern that keeps to one line, in the lines as they read when cleaned or bared; give places in the text."""
        if not self.dirty and read is clean:
            yield from (found.span(group) for found in pattern.finditer(self.text))
            return
        for number, start in enumerate(self._lines, start=1):
            line = self.line(number)
            cleaned = read(line)
            places: list[tuple[int, int]] = []
            done = weight = 0
            for found in pattern.finditer(cleaned):
                places = places or places_of((start + i, 1, char) for i, char in enumerate(line))
                weight += weight_of(cleaned[done : found.start(group)])
                done = found.start(group)
                yield piece_of(places, weight, weight_of(found[group])) or (start, start + 1)

    def texts(self) -> Iterator[tuple[int, int, str]]:
        """Walk every key and every text value: where it starts, an index that it ends before or at, what it says."""
        nodes: list[Any] = [self.root]
        while nodes:
            node = nodes.pop()
            if isinstance(node, Map):
                for key, (at, start, end) in node.at.items():
                    yield at, max(at, start), key
                    if isinstance(node[key], str):
                        yield start, end, node[key]
            elif isinstance(node, Seq):
                for value, (start, end) in zip(node, node.at, strict=True):
                    if isinstance(value, str):
                        yield start, end, value
            else:
                continue
            nodes.extend(node.values() if isinstance(node, Map) else node)

    def span(self, loc: Loc, *, key: bool = False) -> tuple[int, int]:
        """Find where a value (or its key) starts and ends; a part that is not there falls back to its parent."""
        node = self.root
        start = end = node.start if isinstance(node, (Map, Seq)) else 0
        for depth, part in enumerate(loc):
            if isinstance(node, Map) and part in node.at:
                at, start, end = node.at[str(part)]
                last = depth == len(loc) - 1
                if (key and last) or start == end:
                    start, end = at, at + len(str(part))
                node = node[str(part)]
            elif isinstance(node, Seq) and isinstance(part, int) and part < len(node.at):
                start, end = node.at[part]
                node = node[part]
            elif isinstance(node, (Map, Seq)) and depth == len(loc) - 1:
                break  # a missing key: the parent's first line
            # anything else is a name that a validator put into the path (a union's tag)
        return start, end

    def inside(self, loc: Loc, offset: int, length: int) -> tuple[int, int]:
        """Find where a piece of a text value stands in the file, folded lines and escapes taken into account.

        `offset` is where the piece starts in the value as the models hold it: without white space around it.
        """
        start, end = self.span(loc)
        node: Any = self.root
        for part in loc:
            node = node[part]
        return self.piece(start, end, node.strip(), offset, length)

    def piece(self, start: int, end: int, value: str, offset: int, length: int) -> tuple[int, int]:
        """Find where a piece of the text that is written from `start` to `end` stands; all of it where it is not found."""
        places = places_of(letters_of(self.text, start, end))
        return piece_of(places, weight_of(value[:offset]), weight_of(value[offset : offset + length])) or (start, end)

    # Findings ----------------------------------------------------------------------------------------------------

    def add(
        self, rule: str, index: int, message: str, help: str | None = None, length: int = 1, fix: str | None = None
    ) -> None:
        """Record a finding at an index of the text, as a `Remark` has it."""
        if len(self.findings) >= MAX_FINDINGS:
            self._untold = True
            return
        self.findings.append(self.finding(rule, (index, index + length), message, help=help, fix=fix))

    def finding(
        self, rule: str, span: tuple[int, int], message: str, *, help: str | None = None, fix: str | None = None
    ) -> Finding:
        """Make a finding for a stretch of the text, with the line it begins on; `fix` is what belongs there instead."""
        spot = self.spot(span[0], span[1] - span[0])
        source, skipped = around(self.text, *self._bounds(spot.line), span[0]) if self.text else (None, 0)
        said, what = _one_line(message), help and _one_line(help)
        return Finding(rule, self.path, spot, said, what, source, fix=fix, skipped=skipped)

    # Reading -----------------------------------------------------------------------------------------------------

    @rule(
        "DV105", "Khóa lặp lại", "error",
        "Hai khóa trùng tên trong cùng một mục: giá trị trước mất đi mà không ai biết.",
        wrong="to: so-noi-vu\nto: so-y-te", right="to: so-noi-vu",
    )  # fmt: skip
    @rule(
        "DV106", "Dùng neo, bí danh, thẻ hoặc khóa gộp", "error",
        "Kế hoạch phải đọc được từ trên xuống; neo (&), bí danh (*), thẻ (!) và khóa gộp (<<) giấu nội dung ở chỗ khác.",
        wrong="owners: *tat-ca", right="owners: [all]", source=OURS,
    )  # fmt: skip
    @rule(
        "DV107", "Tệp lớn quá hoặc lồng sâu quá", "error",
        "Tệp quá cỡ có thể làm máy treo; một kế hoạch thật không bao giờ lớn hoặc sâu như vậy.", wrong="[[[[[[…]]]]]]",
        right="owners: [all]", source=OURS,
    )  # fmt: skip
    @rule(
        "DV108", "Nhiều tài liệu trong một tệp", "error",
        "Mỗi tệp là một kế hoạch; phần sau dấu --- sẽ bị bỏ qua mà không ai biết.",
        wrong='id: "2023"\n---\nid: "2024"', right="hai tệp: 2023.yaml và 2024.yaml", source=OURS,
    )  # fmt: skip
    def _compose(self, text: str) -> None:  # noqa: C901, PLR0912, PLR0915 - one loop over the events, kept flat for speed
        loader = _Parser(text)
        get = loader.get_event
        scalar, alias = yaml.ScalarEvent, yaml.AliasEvent
        opens: dict[Any, type[Map | Seq]] = {yaml.MappingStartEvent: Map, yaml.SequenceStartEvent: Seq}
        closes = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        stack: list[tuple[Any, str | None, int, bool]] = []
        node: Any = None
        key: str | None = None
        key_at = 0
        keep = True  # False for the value of a duplicate or impossible key
        documents = 0
        room, dirty = MAX_VALUES, self.dirty
        try:
            while True:
                event = get()
                kind = type(event)
                if kind is scalar:
                    start = event.start_mark.index
                    end = event.end_mark.index
                    value: Any = event.value
                    if not event.style:
                        if value in _CONSTANTS:
                            value = _CONSTANTS[value]
                        elif value[0] in "-0123456789" and (number := _NUMBER.fullmatch(value)):
                            value = Decimal(value) if number[1] else int(value)
                    if value.__class__ is str and (dirty or event.style == '"'):
                        value = clean(value)
                    if event.anchor is not None or event.tag is not None:
                        self._refuse(event)
                elif kind in opens:
                    if len(stack) >= MAX_DEPTH:
                        self.add("DV107", event.start_mark.index, _("lồng sâu quá {depth} tầng", depth=MAX_DEPTH))
                        return
                    if event.anchor is not None or event.tag is not None:
                        self._refuse(event)
                    child: Any = opens[kind](event.start_mark.index)
                    if node.__class__ is Map and key is None:
                        self.add("DV112", child.start, _("khóa phải là một chữ, không phải danh sách hay mục"))
                        key, key_at, keep = "", child.start, False
                        stack.append((node, None, key_at, keep))
                    else:
                        stack.append((node, key, key_at, keep))
                    node, key, keep = child, None, True
                    continue
                elif kind in closes:
                    value = node
                    start, end = value.start, event.end_mark.index
                    node, key, key_at, keep = stack.pop()
                    if node.__class__ is Map and key is None:
                        key, key_at, keep = "", start, False
                        continue  # it stood where a key should be
                elif kind is alias:
                    start, end, value = event.start_mark.index, event.end_mark.index, None
                    self._refuse(event)
                elif kind is yaml.DocumentStartEvent:
                    documents += 1
                    if documents > 1:
                        how = _("bỏ dấu --- này, hoặc tách phần sau ra tệp riêng")
                        self.add("DV108", event.start_mark.index, _("tệp có hơn một tài liệu"), help=how, length=3)
                        return
                    continue
                elif kind is yaml.StreamEndEvent:
                    return
                else:
                    continue
                # A finished value goes into what holds it.
                room -= 1
                if not room:
                    self.add("DV107", start, _("nhiều hơn {count} giá trị", count=MAX_VALUES))
                    return
                if node.__class__ is Map:
                    if key is None:
                        keep = True
                        key, key_at = value if value.__class__ is str else text[start:end], start
                        if key == "<<" and not event.style:
                            how = _("viết thẳng các khóa ra")
                            self.add("DV106", start, _("khóa gộp << không được dùng"), help=how, length=2)
                            keep = False
                        elif key in node.at:
                            first = self.spot(node.at[key][0]).line
                            said = _("khóa «{key}» lặp lại (đã có ở dòng {line})", key=shortened(key), line=first)
                            self.add("DV105", start, said, help=_("giữ một trong hai"), length=end - start)
                            keep = False
                        continue
                    if keep:
                        node[key] = value
                        node.at[key] = (key_at, start, end)
                    key = None
                elif node.__class__ is Seq:
                    node.append(value)
                    node.at.append((start, end))
                else:
                    self.root = value
        finally:
            loader.dispose()

    def _refuse(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        line = self.text[start:end].split("\n", 1)[0]
        if isinstance(event, yaml.AliasEvent):
            what = _("bí danh *{name} không được dùng", name=event.anchor)
        elif event.anchor is not None:
            what = _("neo &{name} không được dùng", name=event.anchor)
        else:
            what = _("thẻ {name} không được dùng", name=line.split(" ", 1)[0])
        self.add("DV106", start, what, _("viết thẳng nội dung ra chỗ này"), max(1, min(len(line), end - start)))

    @rule(
        "DV103", "Sai cú pháp YAML", "error",
        "Tệp không đọc được đến hết nên không kiểm tra được gì sau chỗ sai.", wrong='title: "Kế hoạch',
        right='title: "Kế hoạch"',
    )  # fmt: skip
    @rule(
        "DV104", "Thụt dòng bằng phím Tab", "error",
        "YAML không cho thụt dòng bằng Tab vì mỗi trình soạn thảo hiện Tab một khác.",
        wrong="tasks:\n<Tab>- id: II.1.1", right="tasks:\n  - id: II.1.1",
    )  # fmt: skip
    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        tabs = list(_TAB.finditer(self.text))
        mark = error.problem_mark or error.context_mark
        index = min(mark.index, len(self.text)) if mark else 0
        if tabs and any("\t" in self.line(self.spot(min(i, len(self.text))).line) for i in (index, max(0, index - 1))):
            for tab in tabs:
                at = tab.start() + tab[0].index("\t")
                self.add("DV104", at, _("thụt dòng bằng phím Tab"), help=_("thay bằng dấu cách: mỗi bậc hai dấu cách"))
            return
        what, how = _complaint(str(error.problem or ""))
        self.add("DV103", index, what, help=how)


def _complaint(problem: str) -> tuple[str, str | None]:
    """Say the parser's complaint in Vietnamese, and what to write instead."""
    quote = _('giá trị có dấu hai chấm, dấu # hoặc bắt đầu bằng ký hiệu thì đặt trong dấu nháy kép: "…"')
    table = (
        ("mapping values are not allowed", _("dấu hai chấm ở chỗ không được có"), quote),
        ("could not find expected ':'", _("thiếu dấu hai chấm sau tên khóa"), _("viết «khóa: giá trị», sau dấu hai chấm có một dấu cách")),
        ("did not find expected key", _("dòng thụt vào không thẳng với các khóa cùng mục, hoặc thiếu dấu nháy"), quote),
        ("did not find expected '-' indicator", _("mục này không thẳng hàng với các mục «-» khác"), _("các dấu «-» của một danh sách thẳng một cột")),
        ("block sequence entries are not allowed", _("mục «-» ở chỗ không được có"), _("xuống dòng trước dấu «-»")),
        ("did not find expected ',' or ']'", _("danh sách [ ] thiếu dấu phẩy hoặc dấu ]"), _("ví dụ: owners: [so-y-te, so-noi-vu]")),
        ("did not find expected ',' or '}'", _("mục { } thiếu dấu phẩy hoặc dấu }"), quote),
        ("cannot start any token", _("giá trị không được bắt đầu bằng ký tự này"), quote),
        ("unexpected end of stream", _("dấu nháy mở ra mà không đóng lại"), _("thêm dấu nháy đóng ở cuối giá trị")),
        ("unknown escape character", _("sau dấu \\ trong dấu nháy kép là ký tự không hiểu được"), _("viết \\\\ cho một dấu \\, hoặc dùng dấu nháy đơn")),
        ("did not find expected <document start>", _("phần này không thuộc mục nào ở trên"), _("kiểm tra thụt dòng")),
        ("found undefined tag", _("thẻ không được dùng"), None),
    )  # fmt: skip
    return next(((what, how) for words, what, how in table if words in problem), (_("sai cú pháp YAML"), quote))


def shortened(value: object) -> str:
    """Write a value into a message: on one line, and no more of it than tells which is meant."""
    text = "" if value is None else squeeze(str(value))
    return text if len(text) <= 60 else text[:57] + "…"


def _one_line(message: str) -> str:
    line = squeeze(message) if "\n" in message else message
    return line if len(line) <= MAX_MESSAGE else line[: MAX_MESSAGE - 1] + "…"
