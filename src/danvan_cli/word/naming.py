"""Finds names that a template may not use without rendering it: on every branch, against the shape of its data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from jinja2 import nodes

from danvan_cli.findings.rule import rule
from danvan_cli.lang import _
from danvan_cli.text import perhaps
from danvan_cli.word.shape import ContextName
from danvan_cli.word.syntax import LOOP_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from danvan_cli.findings.finding import Finding
    from danvan_cli.word.compiled import Parsed
    from danvan_cli.word.shape import Shape

rule(
    "DV803", "Mẫu dùng tên không có, hoặc giá trị sai kiểu", "error",
    "Tên viết sai phải báo ngay, không được thành chỗ trống im lặng.", wrong="{{ unit.nmae }}", right="{{ unit.name }}",
)  # fmt: skip


ANY: Final = ContextName("text", "")
"""A value that nothing is known of: no name in it is judged."""

_ENDS: Final = {"first", "last"}
_LOOP: Final = ContextName(
    "group", "", inner={it: ContextName("flag" if it in _ENDS else "number", "") for it in LOOP_NAMES}
)
_SAME: Final = {"blank", "default", "_each"}


def misnamed(parsed: Parsed, shape: Shape) -> list[Finding]:
    """Find the names of a template that data of a shape does not have, each at its place."""
    walker = _Walker(parsed)
    walker.body(parsed.tree.body, shape)
    return walker.found


def _path(node: nodes.Node) -> str:
    """Write a name as it is typed: `unit.name`; empty for anything else."""
    if isinstance(node, nodes.Filter) and node.name == "_each" and node.node:
        return _path(node.node)
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and (owner := _path(node.node)):
        return f"{owner}.{node.attr}"
    return ""


class _Walker:
    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.found: list[Finding] = []

    def wrong(self, node: nodes.Node, name: str, message: str, help: str | None = None) -> ContextName:
        """Tell what is wrong at the last word of the dotted name, also where the word stands twice in the tag."""
        tag, path = self.parsed.tag(node.lineno), _path(node)
        found = re.search(rf"(?<![\w.]){re.escape(path)}(?!\w)", tag.whole) if path else None
        if found is None:
            self.found.append(tag.finding("DV803", message, word=name, help=help))
        else:
            size = len(name) or len(path)
            at = tag.index + found.end() - size
            self.found.append(tag.source.finding("DV803", at, message, help=help, length=size))
        return ANY

    def body(self, body: list[nodes.Node], scope: Mapping[str, ContextName]) -> None:
        """Walk statements in a scope."""
        for node in body:
            if isinstance(node, nodes.For):
                self.loop(node, scope)
            elif isinstance(node, nodes.If):
                self.value(node.test, scope)
                for part in (node.body, node.elif_, node.else_):
                    self.body([*part], scope)
            else:
                for child in node.iter_child_nodes():
                    self.value(child, scope)

    def loop(self, node: nodes.For, scope: Mapping[str, ContextName]) -> None:
        """Walk a loop: its name stands for the items of what it goes through."""
        over = self.value(node.iter, scope)
        item = _item(over) if over.kind == "list" else ANY
        if over is not ANY and over.kind != "list":
            self.wrong(node.iter, "", _("chỉ lặp được qua một danh sách"))
        targets = [one.name for one in (node.target, *node.target.find_all(nodes.Name)) if isinstance(one, nodes.Name)]
        inner = {**scope, **dict.fromkeys(targets, item if len(set(targets)) == 1 else ANY), "loop": _LOOP}
        if node.test is not None:
            self.value(node.test, inner)
        self.body(node.body, inner)
        self.body(node.else_, scope)

    def value(self, node: nodes.Node | None, scope: Mapping[str, ContextName]) -> ContextName:
        """Walk an expression; give what it stands for."""
        match node:
            case nodes.Name(name=name):
                return self.look(node, scope, name)
            case nodes.Getattr(node=owner, attr=name):
                return self.inside(node, self.value(owner, scope), name)
            case nodes.Getitem(node=owner, arg=nodes.Const(value=key) | nodes.Neg(node=nodes.Const(value=key))):
                return self.inside(node, self.value(owner, scope), key)
            case nodes.Filter(node=inner, name=name, args=args):
                given = self.value(inner, scope)
                for one in args:
                    self.value(one, scope)
                if name in _ENDS:
                    return self.inside(node, given, 0)
                return given if name in _SAME else ANY
            case nodes.Test(node=nodes.Name() | nodes.Getattr(), name="defined" | "undefined") | None:
                return ANY
        parts = [self.value(child, scope) for child in node.iter_child_nodes()]
        same = isinstance(node, nodes.CondExpr) and len(parts) == 3 and parts[1] is parts[2]
        return parts[1] if same else ANY

    def look(self, node: nodes.Node, scope: Mapping[str, ContextName], name: str) -> ContextName:
        """Find a name among those that are known."""
        if name in scope:
            return scope[name]
        return self.wrong(node, name, _("không có tên «{name}»", name=name), perhaps(name, scope))

    def inside(self, node: nodes.Node, owner: ContextName, key: Any) -> ContextName:
        """Find a name or a number inside a value."""
        if owner is ANY:
            return ANY
        if owner.kind == "list" and isinstance(key, int):
            return _item(owner)
        if owner.kind == "group" and owner.inner is not None and isinstance(key, str):
            return self.look(node, owner.inner, key)
        return self.wrong(node, str(key), _("không có tên «{name}» trong giá trị này", name=key))


def _item(owner: ContextName) -> ContextName:
    """Give what each item of a list is."""
    return ContextName("text", "") if owner.inner is None else ContextName("group", "", inner=owner.inner)


def dotted(shape: Shape, before: str = "") -> Iterator[tuple[str, ContextName]]:
    """Give every name of a shape as it is written in a template: `unit.name`, `rows[].title`."""
    for key, name in shape.items():
        yield f"{before}{key}", name
        if name.inner is not None:
            yield from dotted(name.inner, f"{before}{key}{'[]' if name.kind == 'list' else ''}.")
