"""The plan as data: what was read and understood put into the plan's own shape, each guess at its key."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.importing.documents import documents
from danvan_cli.importing.guess import Guess
from danvan_cli.importing.head import read_head
from danvan_cli.importing.parts import bare_recipient
from danvan_cli.importing.sending import sending
from danvan_cli.importing.tree import Part, grow, grow_annex, identify
from danvan_cli.importing.understand import texts, understand
from danvan_cli.nd30.lines import letters
from danvan_cli.plan.labels import labelled
from danvan_cli.plan.sections import LABELS, is_label

if TYPE_CHECKING:
    from danvan_cli.importing.owners import Register
    from danvan_cli.importing.parts import Parts
    from danvan_cli.importing.tree import Node, Tree


class Entry(dict[str, Any]):
    """A mapping of the plan, with what is guessed of its keys."""

    def __init__(self, values: dict[str, Any], guesses: dict[str, Guess] | None = None) -> None:
        super().__init__({key: value for key, value in values.items() if value is not None})
        self.guesses = {key: guess for key, guess in (guesses or {}).items() if key in self}


@dataclass
class Draft:
    """A plan made of a document: its keys, and the text of each place as the document has it, in the plan's order."""

    plan: Entry
    said: list[tuple[str, str]] = field(default_factory=list)
    """What stands where in the source, and the words."""
    year: int = 0


def draft(parts: Parts, register: Register, now: int) -> Draft:
    """Make a plan of a document's lines.

    Args:
        parts: the lines, each in its place.
        register: whom owners are held against.
        now: the year to take where the document names none.
    """
    tree = grow(parts.body)
    for annex in parts.annexes:
        tree.parts.append(_annex(annex))
    identify(tree)
    every = " ".join(block.line for block in parts.body)
    head = read_head(parts, every, now)
    for key in ("name", "short"):
        register.also.setdefault(head.issuer[key], head.issuer["id"])
    register.refresh()
    understand(tree, register, head.year)
    sent = sending(tree, register, head.year, head.subject or "kế hoạch")
    plan = _plan(parts, tree, head)
    plan["deliverables"] = [Entry(one.entry, one.guesses) for one in sent.owed]
    plan["documents"] = [Entry(one.entry, one.guesses) for one in documents(texts(tree))]
    plan["periods"] = [Entry(one.entry, one.guesses) for one in sent.periods]
    plan["parties"] = [
        Entry({"id": id_, "name": name}, {"name": Guess(rule, name)}) for id_, (name, rule) in register.added.items()
    ]
    return Draft(plan, [*_said(parts, tree)], head.year)


def _plan(parts: Parts, tree: Tree, head: Any) -> Entry:
    scored = any("chấm điểm" in block.text or "xếp loại" in block.text for block in parts.body)
    guesses = {key: head.guesses[key] for key in ("year", "title", "subject") if key in head.guesses}
    guesses["scoring"] = Guess("cham-diem")
    if not tree.parts:
        guesses["opening"] = Guess("khong-co-phan")
    elif any(block.where.startswith("bảng") for block in tree.opening):
        guesses["opening"] = Guess("bang-truoc-phan-dau")
    if letters(parts.type) != "kehoach":
        guesses["title"] = Guess("loai-khac", parts.type or "không có tên loại")
    if not parts.signature:
        guesses["signature"] = Guess("chu-ky-khong-ro")
    issuer = Entry(
        head.issuer,
        {"name": head.guesses["issuer"], **({"place": head.guesses["place"]} if "place" in head.guesses else {})},
    )
    many = len(tree.closing) > 1
    return Entry({
        "format": "danvan-plan/2", "id": str(head.year), "year": head.year, "until": head.until, "state": "draft",
        "title": head.title or "[… trích yếu …]", "subject": head.subject or "[… tên gọi công việc …]", "scoring": None if scored else False,
        "issuer": issuer, "issued": Entry({"number": head.number, "date": head.day}),
        "opening": [Entry({"id": f"mo-dau.{at}", "text": one.line}) for at, one in enumerate(tree.opening, start=1)],
        "sections": [_section(one) for one in tree.parts],
        "deliverables": [],
        "closing": [Entry({"id": f"ket-thuc.{at}" if many else "ket-thuc", "text": one.line}) for at, one in enumerate(tree.closing, start=1)],
        "recipients": [bare_recipient(one) for one in parts.recipients],
        "signature": Entry({"lines": parts.signature, "name": parts.signer or None}),
        "kept": [Entry({"where": one.where, "text": one.text, "behind": one.behind or None}) for one in parts.kept],
        "documents": [], "periods": [], "parties": [],
    }, guesses)  # fmt: skip


def _annex(annex: Any) -> Part:
    part = Part([], "text", (), grow_annex(annex.blocks))
    part.annex = annex.line or "Phụ lục"
    part.label = " ".join(annex.heading)
    part.landscape = annex.landscape
    if not annex.line:
        part.guesses["annex"] = Guess("phu-luc-khong-ten")
    return part


# Sections -------------------------------------------------------------------------------------------------------------

_SECTION_GUESSES: Final = ("kind", "annex")


def _section(part: Part) -> Entry:
    annex = part.annex is not None
    forms = _forms(part.items)
    guesses = {key: guess for key, guess in part.guesses.items() if key in _SECTION_GUESSES}
    usual = list(LABELS[: len(forms)])
    return Entry({
        "id": part.id, "annex": part.annex, "heading": (part.label or part.annex) if annex else part.title, "kind": part.kind,
        "landscape": True if part.landscape else None, "labels": forms if forms != usual else None,
        "items": _items(part.items, forms or usual, (), (forms or usual)),
    }, guesses)  # fmt: skip


def _forms(items: list[Node]) -> list[str]:
    """Give the form of label that most places of each level have."""
    forms: list[str] = []
    level = items
    while level:
        counted = Counter(_form(one.label) for one in level)
        forms.append(counted.most_common(1)[0][0])
        level = [below for one in level for below in one.items]
    return forms


def _form(label: str) -> str:
    """Give the form of a label: `1.` of `3.`, `a)` of `c)`, `I.` of `IV.`; empty where it is no form that can be counted."""
    core = re.sub(r"^[^\w]+|[^\w]+$", "", label)
    if not core:
        return label if is_label(label) else ""
    if core.replace(".", "").isdigit():
        sign = ".".join("1" for _ in core.split("."))
    elif set(core) <= set("IVXLC"):
        sign = "I"
    else:
        sign = "a" if core.islower() else "A"
    form = label.replace(core, sign, 1)
    return form if is_label(form) else ""


def _items(nodes: list[Node], labels: list[str], above: tuple[int, ...], whole: list[str]) -> list[Entry]:
    """Write places, each with its label where counting does not give it."""
    form, below = (labels[0], labels[1:] or labels[:1]) if labels else ("", [])
    out: list[Entry] = []
    count = 0
    for node in nodes:
        numbers = (*above, count + 1)
        number: str | None = None
        if not node.label:
            number = None if form == "" else ""
        elif labelled(form, numbers).replace(" ", "") != node.label.replace(" ", ""):
            number = node.label
        if number == "":
            numbers = above
        else:
            count += 1
        out.append(_item(node, number, below, numbers, whole))
    return out


def _item(node: Node, number: str | None, below: list[str], numbers: tuple[int, ...], whole: list[str]) -> Entry:
    given = node.given
    own = None
    values: dict[str, Any] = {"id": node.id, "number": number}
    if node.title:
        values["title"] = node.said
    values |= {key: given.get(key) for key in ("owners", "lead", "with", "follow", "due", "product")}
    if node.text:
        values["text"] = node.text.line if node.title else node.said
    if node.table and node.table.table:
        values["table"] = _table(node)
    values["labels"] = own
    if node.items:
        values["items"] = _items(node.items, below, numbers, whole)
    return Entry(values, {key: guess for key, guess in node.guesses.items() if isinstance(key, str)})


def _table(node: Node) -> Entry:
    grid = node.table.table if node.table else None
    if grid is None:
        return Entry({})
    head, columns = node.shape["head"], node.shape["columns"]
    rows = []
    for at, cells in enumerate(grid.rows[head:]):
        given = node.rows.get(at)
        guesses = {key[1]: guess for key, guess in node.guesses.items() if isinstance(key, tuple) and key[0] == at}
        shown = cells
        if cells[1:] == ["<"] * (len(cells) - 1) and len(cells) > 1:
            shown = cells[:1]
        elif at == 0:
            shown = ["" if cell == "^" else cell for cell in cells]
        values = {"id": f"{node.id}.{at + 1}", **given} if given else {}
        rows.append(Entry({**values, "cells": shown}, guesses))
    return Entry({"columns": columns, "head": grid.rows[:head] or None, "widths": grid.widths, "rows": rows})


# What the source says, in the plan's order ----------------------------------------------------------------------------


def _said(parts: Parts, tree: Tree) -> Any:
    """Walk the source's words in the order in which the plan holds them."""
    yield from (("letterhead", line) for line in (*parts.superior, *parts.letterhead))
    if parts.title:
        yield "title", " ".join(parts.title)
    yield from ((one.where, one.line) for one in tree.opening)
    for part in tree.parts:
        if part.annex is not None:
            line = part.annex if "annex" not in part.guesses or not part.label else "Phụ lục"
            yield part.id, " ".join(filter(None, (line, part.label)))
        else:
            yield part.id, part.title
        for node in part.walk():
            if node.title:
                yield node.title.where, node.title.line
            if node.text:
                yield node.text.where, node.text.line
            if node.table and node.table.table:
                for row in node.table.table.rows:
                    yield from ((node.table.where, cell) for cell in row if cell and cell not in {"^", "<"})
    yield from ((one.where, one.line) for one in tree.closing)
    yield from ((_PLACE_TAIL, bare_recipient(line)) for line in parts.recipients)
    yield from ((_PLACE_TAIL, line) for line in (*parts.signature, *filter(None, [parts.signer])))
    yield from ((one.where, one.text) for one in parts.kept)


_PLACE_TAIL: Final = "nơi nhận, chữ ký"
