"""A template's text, read: Jinja tags set aside as one private-use character each, lines sorted by kind.

Jinja's own lexer finds the tags, so that strings, comments and `{% raw %}` are what Jinja takes them for.
Each tag is checked here by itself (syntax, allow-list), and pairs are matched; included parts are read in their place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from jinja2 import TemplateSyntaxError, nodes

from danvan_cli.errors import DanvanError
from danvan_cli.findings.finding import Finding, Spot, around
from danvan_cli.findings.rule import OURS, rule
from danvan_cli.lang import _, current
from danvan_cli.text import perhaps
from danvan_cli.word import syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

rule(
    "DV801", "Sai cú pháp mẫu", "error",
    "Mẫu không dịch được thì không làm ra văn bản nào.", wrong="{% if x %} … ", right="{% if x %} … {% endif %}",
)  # fmt: skip
rule(
    "DV802", "Mẫu dùng lệnh không được phép", "error",
    "Mẫu là tệp của người khác đưa đến: chỉ được lấy tên, chọn, lặp và các bộ lọc có sẵn.",
    wrong="{{ plan.__class__ }}", right="{{ plan.title }}", source=OURS,
)  # fmt: skip
rule(
    "DV804", "Thẻ hoặc dấu * đặt sai chỗ", "error",
    "Cặp thẻ phải mở và đóng trong cùng một đoạn, một ô, một nhóm dòng bảng hoặc ở cấp đoạn.",
    wrong="**{{ unit.name }}", right="**{{ unit.name }}**",
)  # fmt: skip
rule(
    "DV805", "Thiếu phần dùng chung của mẫu", "error",
    "Phần được {% include %} phải có và không được gọi vòng tròn.", wrong='{% include "so-lieux" %}',
    right='{% include "so-lieu" %}',
)  # fmt: skip

Load = Callable[[str], tuple[str, str]]
"""Gives a template's text and its path as the user knows it, by name."""

MAX_CHARACTERS: Final = 500_000
"""How long a template may be, its included parts counted each time."""

MOST_TAGS: Final = 5_000
"""How many tags a template may have, its included parts counted each time."""

MAX_NESTING: Final = 20
MAX_BRANCHES: Final = 200
"""How many branches the `if` tags around one place may have together; Python's compiler goes into each from the last."""
MAX_INCLUDES: Final = 8

FIRST: Final = 0xF0000  # the first of the characters that TAG_MARK knows
TAG_MARK: Final = re.compile("[\U000f0000-\U000ffffd]")
"""A tag that was set aside."""

_NAME: Final = re.compile(r"\w+(?:[.-]\w+)*")
_WORD: Final = re.compile(r"\s*([A-Za-z_]\w*|)")
_BEGIN: Final = {"variable_begin", "block_begin", "comment_begin", "raw_begin", "raw_end"}
_END: Final = {"variable_end", "block_end", "comment_end", "raw_begin", "raw_end"}
_OPENERS: Final = {"if": "endif", "for": "endfor"}
_WORDS: Final = ("if", "elif", "else", "endif", "for", "endfor", "include", "raw")
_FRAGMENTS: Final = {
    "output": "{{{{ {} }}}}",
    "include": "{{{{ {} }}}}",
    "if": "{{% if {} %}}{{% endif %}}",
    "elif": "{{% if {} %}}{{% endif %}}",
    "else": "{{% if x %}}{{% else {} %}}{{% endif %}}",
    "endif": "{{% if x %}}{{% endif {} %}}",
    "for": "{{% for {} %}}{{% endfor %}}",
    "endfor": "{{% if x %}}{{% endif {} %}}",
    "raw": "{{% raw {} %}}",  # with words of its own it is none, and no syntax
}
"""As what each kind of tag is read by itself."""
_BRANCHES: Final = {"elif": {"if"}, "else": {"if", "for"}, "endif": {"if"}, "endfor": {"for"}}
"""What each tag belongs to that opens nothing."""


@dataclass(frozen=True, eq=False)
class TemplateSource:
    """One template file: its path as the user knows it, and its text with LF line ends."""

    path: str
    text: str
    starts: list[int] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.starts.extend([0, *(m.end() for m in re.finditer("\n", self.text))])

    def finding(self, rule: str, index: int, message: str, *, help: str | None = None, length: int = 1) -> Finding:
        """Make a finding about a place, given as an index into the text."""
        line = bisect_right(self.starts, index)
        start = self.starts[line - 1]
        end = self.starts[line] - 1 if line < len(self.starts) else len(self.text)
        spot = Spot(line, index - start + 1, max(1, min(length, end - index)))
        shown, skipped = around(self.text, start, end, index)
        return Finding(rule, self.path, spot, message, help, shown, skipped=skipped)


@dataclass(eq=False)
class Tag:
    """One Jinja tag: an output, or one of `if elif else endif for endfor include`.

    `code` is what stands between its braces; `pair` the tag that opens it (itself for an opener), `closer` the tag
    that ends it; `place` what holds it in the document, once it is known: a paragraph, a cell, a table, the body;
    `drawn` whether it makes a chart or a table (see `syntax.drawn_in`).
    """

    kind: str
    code: str
    source: TemplateSource
    index: int
    length: int
    pair: Tag | None = None
    closer: Tag | None = None
    place: object = None
    drawn: str = ""

    @property
    def whole(self) -> str:
        """The tag as it is typed, with its braces."""
        return self.source.text[self.index : self.index + self.length]

    def finding(self, rule: str, message: str, *, word: str = "", help: str | None = None) -> Finding:
        """Make a finding about the tag, at a word of it where that is known."""
        found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self.whole) if word[:1].isalnum() else None
        at = found.start() if found else max(0, self.whole.find(word))
        return self.source.finding(rule, self.index + at, message, help=help, length=len(word) or self.length)

    def misplaced(self) -> Finding:
        """Make the finding about a chart or a table that stands anywhere but alone in a paragraph."""
        word = "grid" if "grid" in self.code else "chart"
        help_ = _('viết riêng một dòng: {{ nội_dung | chart("Tên biểu đồ") }}, {{ bảng | grid }}')
        return self.finding("DV804", _("biểu đồ, bảng phải đứng một mình trong đoạn"), word=word, help=help_)


LineKind = Literal["blank", "control", "row", "text"]


@dataclass(frozen=True, eq=False)
class TemplateLine:
    """One line of a template with its tags set aside; a control line holds just one tag."""

    kind: LineKind
    text: str
    source: TemplateSource
    index: int


class Reader:
    """Reads a template and what it includes, and keeps the tags and all that was found."""

    def __init__(self, environment: syntax.Environment, load: Load) -> None:
        self.environment = environment
        self.load = load
        self.tags: list[Tag] = []
        self.findings: list[Finding] = []
        self.size = 0
        self.count = 0

    def tag(self, mark: str) -> Tag:
        """Give back the tag that a character stands for."""
        return self.tags[ord(mark) - FIRST]

    def lines(self, source: TemplateSource, start: int, chain: tuple[str, ...]) -> list[TemplateLine]:
        """Read a template's lines from an index on, with included parts in their place."""
        self.size += len(source.text)
        if self.size > MAX_CHARACTERS:
            self.findings.append(source.finding("DV801", 0, _("mẫu dài quá {most} ký tự", most=MAX_CHARACTERS)))
            return []
        out: list[TemplateLine] = []
        own: list[Tag] = []
        for line, tags in self._split(source, start):
            own += tags
            if line.kind != "control":
                said = _("{% include %} phải đứng một mình trên dòng")
                self.findings += (tag.finding("DV804", said) for tag in tags if tag.kind == "include")
                out.append(line)
                continue
            for mark in line.text:
                if self.tag(mark).kind == "include":
                    out += self._included(self.tag(mark), chain)
                else:
                    out.append(TemplateLine("control", mark, source, line.index))
        self.pair(own)
        return out

    def _split(self, source: TemplateSource, start: int) -> Iterator[tuple[TemplateLine, list[Tag]]]:
        """Cut the text into lines, tags set aside; a line that held only a comment is gone."""
        text, index = "", start
        tags: list[Tag] = []
        comment = False
        for piece in (*self.pieces(source, start), None):
            if isinstance(piece, Tag):
                text += chr(FIRST + len(self.tags))
                self.tags.append(piece)
                tags.append(piece)
                continue
            if isinstance(piece, str):
                comment = True
                continue
            at, literal = (len(source.text), "\n") if piece is None else piece
            rows = literal.split("\n")
            for number, row in enumerate(rows):
                if number:
                    text = text.strip()
                    if text or not comment:
                        yield TemplateLine(self._kind(text), text, source, index), tags
                    text, index, tags, comment = "", at, [], False
                text += row
                at += len(row) + 1

    def _kind(self, text: str) -> LineKind:
        if not text:
            return "blank"
        if text.startswith("|"):
            return "row"
        bare = text.replace(" ", "").replace("\t", "")
        if all(TAG_MARK.match(c) and self.tag(c).kind != "output" for c in bare):
            return "control"
        return "text"

    def pieces(self, source: TemplateSource, start: int) -> Iterator[Tag | tuple[int, str] | str]:
        """Give a text's tags, its literal text with its index, and an empty string for each comment."""
        foreign = TAG_MARK.search(source.text)
        if foreign:
            message = _("ký tự dùng riêng U+{code:X} không được có trong mẫu", code=ord(foreign[0]))
            self.findings.append(source.finding("DV802", foreign.start(), message))
            return
        try:
            for kind, at, end, inner in _cut(self.environment, source, start):
                if kind == "data":
                    yield at, source.text[at:end]
                elif kind == "comment":
                    yield ""
                elif tag := self._tag(source, at, end, inner, output=kind == "variable"):
                    yield tag
        except _UnclosedError as error:
            message = _("sai cú pháp: thẻ không đóng, hoặc có ký tự lạ trong thẻ")
            help_ = _("thẻ viết {{ tên }}, {% if … %}, {# ghi chú #}")
            self.findings.append(source.finding("DV801", error.index, message, help=help_, length=2))

    def expressions(self, source: TemplateSource) -> Iterator[Tag | str]:
        """Give the pieces of a front matter's text: literal text, and outputs not yet checked."""
        try:
            for kind, at, end, inner in _cut(self.environment, source, 0):
                if kind == "data":
                    yield source.text[at:end]
                elif kind != "comment":
                    yield Tag("output" if kind == "variable" else "block", inner.strip(), source, at, end - at)
        except _UnclosedError:
            yield Tag("output", source.text.strip(), source, 0, len(source.text))

    def _tag(self, source: TemplateSource, start: int, end: int, inner: str, *, output: bool) -> Tag | None:
        """Read and check one tag by itself; None if it cannot be used."""
        kind, code = "output", inner
        if not output:
            _space, kind, code = _WORD.split(inner, maxsplit=1)
        tag = Tag(kind, code, source, start, end - start)
        if kind not in {"output", *_WORDS}:
            known = perhaps(kind, _WORDS) or _("chỉ dùng được: {names}", names=", ".join(_WORDS))
            message = _("mẫu không được dùng lệnh «{name}»", name=kind)
            self.findings.append(tag.finding("DV802", message, word=kind, help=known))
            return None
        self.count += 1
        if self.count > MOST_TAGS:
            if self.count == MOST_TAGS + 1:
                self.findings.append(tag.finding("DV801", _("mẫu có quá {most} thẻ", most=MOST_TAGS)))
            return None
        # A tag that is wrong inside still opens or closes: no second finding for its pair.
        return tag if self.check(tag) or tag.kind != "include" else None

    def check(self, tag: Tag) -> bool:
        """Check one tag's syntax, and that it says only what a template may say."""
        fragment = _FRAGMENTS[tag.kind].format(tag.code)
        read = _understood(self.environment, fragment, current(), checked=tag.kind != "include")
        if read is None:
            shown = " ".join(tag.whole.split())[:60]
            self.findings.append(tag.finding("DV801", _("không hiểu thẻ «{tag}»", tag=shown)))
            return False
        problems, tag.drawn = read
        self.findings += (tag.finding("DV802", message, word=word) for message, word in problems)
        return not problems

    def pair(self, tags: list[Tag]) -> None:
        """Match openers and closers of one file; what is left over or nested too deep is a finding."""
        stack: list[Tag] = []
        branches: dict[int, list[str]] = {}
        for tag in tags:
            if tag.kind in _OPENERS:
                tag.pair = tag
                stack.append(tag)
                loops = sum(opener.kind == "for" for opener in stack)
                if loops > syntax.MAX_LOOPS or len(stack) > MAX_NESTING:
                    self.findings.append(tag.finding("DV802", _("thẻ lồng nhau quá sâu")))
            elif tag.kind in _BRANCHES:
                if not stack or stack[-1].kind not in _BRANCHES[tag.kind]:
                    message = _("«{name}» không có thẻ mở", name=tag.kind)
                    if stack:
                        expected = _OPENERS[stack[-1].kind]
                        message = _("«{name}» không khớp: đang chờ «{expected}»", name=tag.kind, expected=expected)
                    self.findings.append(tag.finding("DV801", message, word=tag.kind))
                    continue
                tag.pair = stack[-1]
                if tag.kind.startswith("el"):
                    self._branch(tag, stack, branches)
                if tag.kind in {"endif", "endfor"}:
                    stack.pop().closer = tag
        for tag in stack:
            message = _("«{name}» không có thẻ đóng «{closer}»", name=tag.kind, closer=_OPENERS[tag.kind])
            self.findings.append(tag.finding("DV801", message, word=tag.kind))

    def _branch(self, tag: Tag, stack: list[Tag], branches: dict[int, list[str]]) -> None:
        """See that a branch is not behind `else`, and that there are not too many around one place."""
        before = branches.setdefault(id(tag.pair), [])
        if before[-1:] == ["else"]:
            message = _("«{name}» đứng sau «else» của cùng một thẻ", name=tag.kind)
            self.findings.append(tag.finding("DV801", message, word=tag.kind))
            return
        before.append(tag.kind)
        if sum(len(branches.get(id(opener), ())) for opener in stack) == MAX_BRANCHES + 1:
            self.findings.append(tag.finding("DV801", _("thẻ if có quá {most} nhánh", most=MAX_BRANCHES)))

    def _included(self, tag: Tag, chain: tuple[str, ...]) -> list[TemplateLine]:
        """Read an included part in the place of its tag."""
        tree = self.environment.parse(f"{{{{ {tag.code} }}}}").body
        name = tree[0].nodes[0] if tree and isinstance(tree[0], nodes.Output) and tree[0].nodes else None
        if not isinstance(name, nodes.Const) or not isinstance(name.value, str) or not _NAME.fullmatch(name.value):
            message = _("tên phần dùng chung phải là chữ cố định, không có đường dẫn")
            self.findings.append(tag.finding("DV802", message, help='{% include "noi-dung" %}'))
            return []
        part = name.value
        if part in chain or len(chain) > MAX_INCLUDES:
            message = _("phần dùng chung «{name}» gọi vòng tròn hoặc lồng quá sâu", name=part)
            self.findings.append(tag.finding("DV805", message, word=part))
            return []
        try:
            text, path = self.load(part)
        except (LookupError, OSError):
            message = _("không có phần dùng chung «{name}»", name=part)
            self.findings.append(tag.finding("DV805", message, word=part))
            return []
        except DanvanError as error:
            self.findings.append(tag.finding("DV805", error.message, word=part, help=error.help))
            return []
        source = TemplateSource(path, tidy(text))
        if front_end(source.text):
            self.findings.append(source.finding("DV806", 0, _("phần dùng chung không có phần đầu riêng")))
            return []
        return self.lines(source, 0, (*chain, part))


class _UnclosedError(Exception):
    """A tag that does not end, or holds what Jinja's lexer does not know; `index` is where it starts."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


def _cut(environment: syntax.Environment, source: TemplateSource, start: int) -> Iterator[tuple[str, int, int, str]]:
    """Cut a text with Jinja's lexer; an _UnclosedError tells a tag that does not end.

    Yields:
        `data`, `variable`, `block` or `comment`; where it starts and ends in the text; what is between its braces.
    """
    text = source.text
    shown = re.sub(r"[^\n]", " ", text[:start]) + text[start:]
    done, at, opened, began = start, 0, -1, ""
    try:
        for _number, kind, value in environment.lexer.tokeniter(shown, None):
            at = shown.index(value, at)
            if kind in _BEGIN:
                if at > done:
                    yield "data", done, at, ""
                opened, began = at, value
            at += len(value)
            if kind in _END:
                ends = value.rstrip()
                done = at = at - len(value) + len(ends)
                if not kind.startswith("raw"):
                    yield (kind.removesuffix("_end"), opened, done, text[opened + len(began) : done - len(ends)])
                opened = -1
    except TemplateSyntaxError as error:
        line = source.starts[min(error.lineno, len(source.starts)) - 1]
        raise _UnclosedError(opened if opened >= 0 else line) from None
    if opened >= 0:
        raise _UnclosedError(opened)
    if done < len(text):
        yield "data", done, len(text), ""


def tidy(text: str) -> str:
    """Bring line ends to LF and drop a byte order mark; nothing moves, so places stay right."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


_FRONT: Final = re.compile(r"---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|\Z)")


def front_end(text: str) -> int:
    """Find where the front matter between two `---` lines ends; 0 if there is none."""
    found = _FRONT.match(text)
    return found.end() if found else 0


@lru_cache(maxsize=1024)
def _understood(
    environment: syntax.Environment, fragment: str, _language: str, *, checked: bool
) -> tuple[tuple[tuple[str, str], ...], str] | None:
    """Tell what a tag may not say, and what it draws; None where it is no syntax. Most tags stand in many places."""
    try:
        tree = environment.parse(fragment)
        problems = tuple(syntax.refusals(tree)) if checked else ()
    except (TemplateSyntaxError, RecursionError, ValueError):  # a number of 5,000 digits is none for Python
        return None
    return problems, "" if problems else syntax.drawn_in(tree)
