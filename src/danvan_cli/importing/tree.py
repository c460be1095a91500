"""The text's paragraphs as a tree: sections, headings, what stands below them, by their labels and looks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Final

from danvan_cli.importing.guess import Entry, Guess
from danvan_cli.importing.source import Grid, Passage
from danvan_cli.text import Ids, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ENDS: Final = (".", ";", ",", "/", "!", "?")
_TITLE: Final = 400
_PLAIN: Final = 200
_LEAD: Final = 40
"""So many letters a plain heading that ends with a colon has at most; a longer one leads in what follows."""
_KINDS: Final = (
    ("tasks", re.compile(r"\b(?:nhiem vu|noi dung|giai phap|cong tac trong tam|hoat dong)\b")),
    ("aims", re.compile(r"\b(?:muc dich|yeu cau|quan diem|muc tieu)\b")),
    ("targets", re.compile(r"\bchi tieu\b")),
    ("duties", re.compile(r"\b(?:to chuc thuc hien|trach nhiem|phan cong)\b")),
    ("budget", re.compile(r"\b(?:kinh phi|ngan sach)\b")),
    ("reporting", re.compile(r"\b(?:che do (?:thong tin,? )?bao cao|thong tin,? bao cao|bao cao)\b")),
)
"""What a section is, by the words of its heading (folded)."""
_CLOSING: Final = re.compile(r"(?:trên đây là|căn cứ (?:nội dung )?kế hoạch|căn cứ nội dung|trong quá trình|quá trình|yêu cầu (?:thủ trưởng|các|giám đốc)|"
                             r"đề nghị (?:thủ trưởng|các)|kế hoạch này|giao sở|nhận được kế hoạch)", re.IGNORECASE)  # fmt: skip


@dataclass(eq=False, slots=True)
class Node:
    """A place of the plan: its label as issued, a heading or a paragraph, a table, what stands below; what is understood of it."""

    kind: str
    """The kind of its label; empty where it has none."""
    rank: float
    label: str
    title: Passage | None = None
    text: Passage | None = None
    table: Grid | None = None
    items: list[Node] = field(default_factory=list)
    id: str = ""
    said: str = ""
    """Title or text without the label."""
    given: Entry = field(default_factory=Entry)
    rows: dict[int, Entry] = field(default_factory=dict)
    """What is understood of the rows of its table."""

    def walk(self) -> Iterator[Node]:
        """Give itself and all below."""
        yield self
        for one in self.items:
            yield from one.walk()


@dataclass(eq=False, slots=True)
class Branch:
    """A section: the blocks of its heading, its kind, the nodes below."""

    heading: list[Passage]
    kind: str
    kinds: tuple[str, ...] = ()
    """All kinds that its heading names."""
    items: list[Node] = field(default_factory=list)
    id: str = ""
    label: str = ""
    annex: str | None = None
    landscape: bool = False
    guesses: dict[str, Guess] = field(default_factory=dict)

    def walk(self) -> Iterator[Node]:
        """Give all nodes below."""
        return chain.from_iterable(one.walk() for one in self.items)

    @property
    def title(self) -> str:
        """Its heading in one line."""
        return " ".join(one.line for one in self.heading)


@dataclass
class Tree:
    """The text: what comes before the first section, the sections, what closes it."""

    opening: list[Passage] = field(default_factory=list)
    parts: list[Branch] = field(default_factory=list)
    closing: list[Passage] = field(default_factory=list)


def grow(body: list[Passage]) -> Tree:
    """Make the tree of a plan's text."""
    out = Tree()
    top = _top(body)
    body, out.closing = _without_closing(body)
    part: Branch | None = None
    stack: list[Node] = []
    for block, following in zip_longest(body, body[1:]):
        kind, _rank, label, said = block.labelled
        if part and _goes_on(part, block, kind):
            part.heading.append(block)
            part.kind, part.kinds = _kind_of(part.title)
        elif _is_section(block, kind, said, top):
            name, kinds = _kind_of(block.line)
            part, stack = Branch([block], name, kinds, label=label), []
            out.parts.append(part)
        elif part is None:
            out.opening += _cells(block.table, block.where) if block.table else [block]
        else:
            hang(part.items, stack, block, following)
    for one in out.parts:
        _tidy(one)
    return out


def _cells(table: Grid, where: str) -> list[Passage]:
    """Give a table's cells as paragraphs, where no table can stand."""
    return [Passage(cell, where) for row in table.rows for cell in row if cell not in {"", "^", "<"}]


def grow_annex(every: list[Passage]) -> list[Node]:
    """Make the nodes of an annex."""
    items: list[Node] = []
    stack: list[Node] = []
    for block, following in zip_longest(every, every[1:]):
        hang(items, stack, block, following)
    return items


def hang(items: list[Node], stack: list[Node], block: Passage, following: Passage | None) -> None:
    """Put a block where its label and look have it: below or beside what came before."""
    kind, rank, label, said = block.labelled
    title = _is_title(block, kind, rank, said, following)
    if block.table:
        while stack and stack[-1].rank >= 90:
            stack.pop()
    elif not kind:
        while stack and (stack[-1].title is None or (title and not stack[-1].kind)):
            stack.pop()
        rank = 99.0 if not title else stack[-1].rank + 0.1 if stack else 1.9
    elif any(one.kind == kind for one in stack):
        while stack.pop().kind != kind:
            pass
    else:
        while stack and stack[-1].rank > rank:
            stack.pop()
    node = Node(kind, rank, label, table=block.table, said=said)
    (stack[-1].items if stack else items).append(node)
    if block.table:
        return
    if title:
        node.title = block
    else:
        node.text = block
    stack.append(node)


def _is_title(block: Passage, kind: str, rank: float, said: str, following: Passage | None) -> bool:
    """Tell whether a block is a heading: a bold one, or a short labelled one that no sign ends and that others stand below."""
    if not said or len(said) > _TITLE:
        return False
    if block.bold and (kind or not said.endswith(_ENDS)):
        return rank < 7 or not said.endswith(_ENDS)
    if not kind or rank > 5.9 or len(said) > _PLAIN or said.endswith(_ENDS) or following is None:
        return False
    if said.endswith(":") and (len(said) > _LEAD or "," in said):
        return False
    if following.table is not None:
        return True
    other, deeper, *_rest = following.labelled
    return (deeper > rank and other != kind) or not other


def _top(body: Sequence[Passage]) -> str:
    """Tell how the sections are labelled: by what the first of their headings has."""
    heads = [block for block in body if _heads(block, block.labelled[3])]
    found = {block.labelled[0] for block in heads}
    if "P" in found:
        return "P"
    if {"I", "A"} <= found:
        return next(kind for block in body if (kind := block.labelled[0]) in {"A", "I"})
    if one := found & {"I", "A"}:
        return one.pop()
    named = [block for block in heads if block.labelled[0] == "1" and _kind_of(block.line)[1]]
    return "1" if len(named) > 1 else ""


def _heads(block: Passage, said: str) -> bool:
    """Tell whether a block looks like the heading of a section."""
    return 0 < len(said) < _PLAIN and (said.isupper() or block.bold or not said.endswith((*_ENDS, ":")))


def _is_section(block: Passage, kind: str, said: str, top: str) -> bool:
    if kind and kind == top:
        return _heads(block, said)
    plain = not kind and said.isupper() and (block.bold or block.centred) and len(said) < _PLAIN
    return plain and bool(_kind_of(said)[1])


def _goes_on(part: Branch, block: Passage, kind: str) -> bool:
    """Tell whether a block goes on with the heading before it: another line of it, broken off."""
    last = part.heading[-1]
    if part.items or kind or not last.line.isupper():
        return False
    return block.text.isupper() and len(block.text) < _PLAIN and block.bold == last.bold


def _kind_of(heading: str) -> tuple[str, tuple[str, ...]]:
    """Tell what a section is by the words of its heading, and all that these could mean."""
    words = fold(heading)
    kinds = tuple(kind for kind, pattern in _KINDS if pattern.search(words))
    if "aims" in kinds and "tasks" in kinds and words.find("muc dich") >= 0:
        return "aims", kinds
    if "duties" in kinds and "tasks" in kinds and "to chuc thuc hien" in words:
        return "duties", ("duties",)
    if kinds[:2] == ("aims", "targets"):
        return "aims", ("aims",)
    return (kinds[0] if kinds else "text"), kinds


def _without_closing(body: list[Passage]) -> tuple[list[Passage], list[Passage]]:
    """Part the paragraphs that close the text, four at most, from all before them."""
    end = len(body)
    while end > max(1, len(body) - 4):
        block = body[end - 1]
        last = end == len(body)
        signed = last and block.text.endswith("/.") and body[end - 2].labelled[0] not in {"P", "I", "A"}
        closes = _CLOSING.match(block.text) or signed  # what alone stands below a section's heading is its text
        if not closes or block.labelled[0] or block.bold:
            break
        end -= 1
    return body[:end], body[end:]


def _tidy(part: Branch) -> None:
    """Let a heading and the one paragraph below it be one place, outside of what lists tasks."""
    if part.kind == "tasks":
        return
    for node in part.walk():
        if node.title and len(node.items) == 1:
            (below,) = node.items
            if below.text and not below.label and not below.items:
                node.text, node.items = below.text, []


def identify(tree: Tree) -> None:
    """Give sections and nodes their ids: `II.1.2`, `III.3a`, `PL1.4`."""
    taken = Ids()
    annexes = [one for one in tree.parts if one.annex is not None]
    for at, part in enumerate(tree.parts, start=1):
        if part in annexes:
            wanted = f"PL{annexes.index(part) + 1}" if len(annexes) > 1 else "PL"
        else:
            wanted = re.sub(r"[^A-Z0-9]", "", fold(part.label).upper()) or f"P{at}"
        part.id = taken.free(wanted)
        _below(part.items, part.id, taken, "." if part.kind == "tasks" else "")


def _below(items: Iterable[Node], above: str, taken: Ids, joint: str) -> None:
    for count, node in enumerate(items, start=1):
        letter = re.fullmatch(r"\(?([a-zđ])[).]", node.label)
        number = re.fullmatch(r"\(?(?:\d{1,2}\.)*(\d{1,2})[^\w\s]?", node.label)
        own = f"{above}{joint}{letter[1].replace('đ', 'dd')}" if letter else f"{above}.{number[1] if number else count}"
        node.id = taken.free(own if len(own) < 60 else "M")
        _below(node.items, node.id, taken, joint)
