"""The plan as data: what was read and understood put into the plan's own shape, each guess at its key."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.importing.guess import Entry, Guess
from danvan_cli.importing.head import documents, read_head
from danvan_cli.importing.parts import bare_recipient
from danvan_cli.importing.sending import sending
from danvan_cli.importing.tree import grow, identify
from danvan_cli.importing.understand import texts, understand
from danvan_cli.nd30.lines import letters
from danvan_cli.plan.labels import labelled
from danvan_cli.plan.sections import ABOVE, LABELS, LEFT, is_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.importing.head import Head
    from danvan_cli.importing.owners import KnownOwners
    from danvan_cli.importing.parts import Parts
    from danvan_cli.importing.source import Grid
    from danvan_cli.importing.tree import Branch, Node, Tree

_PLACE_TAIL: Final = "nơi nhận, chữ ký"


class Draft(NamedTuple):
    """A plan made of a document: its keys, and the text of each place as the document has it, in the plan's order."""

    plan: Entry
    said: list[tuple[str, str]]
    """What stands where in the source, and the words."""
    year: int


def draft(parts: Parts, register: KnownOwners, now: int) -> Draft:
    """Make a plan of a document's lines; `now` is the year to take where the document names none."""
    tree = grow(parts.body)
    tree.parts += parts.annexes
    identify(tree)
    head = read_head(parts, " ".join(block.line for block in parts.body), now)
    register.issued_by(head.issuer)
    understand(tree, register, head.year)
    about = head.subject or "kế hoạch"
    owed, periods = sending(tree, register, head.year, about, head.until)  # and notes what it leaves
    plan = _plan(parts, tree, head)
    plan["deliverables"], plan["periods"] = owed, periods
    plan["documents"] = documents(texts(tree))
    plan["parties"] = [
        Entry({"id": id_, "name": name}, {"name": Guess(rule, name)}) for id_, (name, rule) in register.added.items()
    ]
    return Draft(plan, [*_said(parts, tree)], head.year)


def _plan(parts: Parts, tree: Tree, head: Head) -> Entry:
    scored = any("chấm điểm" in block.text or "xếp loại" in block.text for block in parts.body)
    guesses = head.guesses | {"scoring": Guess("cham-diem")}
    if not tree.parts:
        guesses["opening"] = Guess("khong-co-phan")
    elif any(block.where.startswith("bảng") for block in tree.opening):
        guesses["opening"] = Guess("bang-truoc-phan-dau")
    if letters(parts.type) != "kehoach":
        guesses["title"] = Guess("loai-khac", parts.type or "không có tên loại")
    if not parts.signature:
        guesses["signature"] = Guess("chu-ky-khong-ro")
    if parts.pictured:
        guesses["state"] = Guess("chi-co-hinh", parts.pictured)
    many = len(tree.closing) > 1
    return Entry({
        "format": "danvan-plan/2", "id": str(head.year), "year": head.year, "until": head.until, "state": "draft",
        "title": head.title or "[… trích yếu …]", "subject": head.subject or "[… tên gọi công việc …]", "scoring": None if scored else False,
        "issuer": head.issuer, "issued": Entry({"number": head.number, "date": head.day}),
        "opening": [Entry({"id": f"mo-dau.{at}", "text": one.line}) for at, one in enumerate(tree.opening, start=1)],
        "sections": [_section(one) for one in tree.parts],
        "deliverables": [],
        "closing": [Entry({"id": f"ket-thuc.{at}" if many else "ket-thuc", "text": one.line}) for at, one in enumerate(tree.closing, start=1)],
        "recipients": [bare_recipient(one) for one in parts.recipients],
        "signature": Entry({"lines": parts.signature, "name": parts.signer or None}),
        "kept": [Entry({"where": one.where, "text": one.text, "behind": one.behind or None}) for one in parts.kept],
        "documents": [], "periods": [], "parties": [],
    }, guesses)  # fmt: skip


def _section(part: Branch) -> Entry:
    heading = part.title if part.annex is None else part.label or part.annex
    forms = _forms(part.items)
    usual = list(LABELS[: len(forms)])
    return Entry({
        "id": part.id, "annex": part.annex, "heading": heading, "kind": part.kind,
        "landscape": True if part.landscape else None, "labels": forms if forms != usual else None,
        "items": _items(part.items, forms, ()),
    }, part.guesses)  # fmt: skip


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
    if core.replace(".", "").isdigit():
        sign = ".".join("1" for _ in core.split("."))
    elif set(core) <= set("IVXLC"):
        sign = "I"
    else:
        sign = "a" if core.islower() else "A"
    form = label.replace(core, sign, 1) if core else label
    return form if is_label(form) else ""


def _items(nodes: list[Node], labels: list[str], above: tuple[int, ...]) -> list[Entry]:
    """Write places, each with its label where counting does not give it."""
    out: list[Entry] = []
    count = 0
    for node in nodes:
        numbers = (*above, count + 1)
        number: str | None = None
        if not node.label:
            number = "" if labels[0] else None
        elif labelled(labels[0], numbers).replace(" ", "") != node.label.replace(" ", ""):
            number = node.label
        if number == "":
            numbers = above
        else:
            count += 1
        out.append(_item(node, number, labels[1:], numbers))
    return out


def _item(node: Node, number: str | None, below: list[str], numbers: tuple[int, ...]) -> Entry:
    values: dict[str, Any] = {"id": node.id, "number": number}
    if node.title:
        values["title"] = node.said
    values |= {key: node.given.get(key) for key in ("owners", "lead", "with", "follow", "due", "product")}
    if node.text:
        values["text"] = node.text.line if node.title else node.said
    if node.table:
        values["table"] = _table(node, node.table)
    if node.items:
        values["items"] = _items(node.items, below, numbers)
    return Entry(values, node.given.guesses)


def _table(node: Node, grid: Grid) -> Entry:
    rows = []
    for at, cells in enumerate(grid.rows[grid.head :]):
        shown = cells
        if len(cells) > 1 and set(cells[1:]) == {LEFT}:
            shown = cells[:1]
        elif at == 0:
            shown = ["" if cell == ABOVE else cell for cell in cells]
        given = node.rows.get(at, Entry())
        id_ = f"{node.id}.{at + 1}" if given else None
        rows.append(Entry({"id": id_, **given, "cells": shown}, given.guesses))
    return Entry({"columns": grid.columns, "head": grid.rows[: grid.head] or None, "widths": grid.widths, "rows": rows})


def _said(parts: Parts, tree: Tree) -> Iterator[tuple[str, str]]:
    """Walk the source's words in the order in which the plan holds them."""
    yield from (("letterhead", line) for line in (*parts.superior, *parts.letterhead))
    yield "title", " ".join(parts.title)
    yield from ((one.where, one.line) for one in tree.opening)
    for part in tree.parts:
        if part.annex is None:
            yield part.id, part.title
        else:
            yield part.id, f"{part.annex} {part.label}".strip()
        for node in part.walk():
            yield from ((block.where, block.line) for block in (node.title, node.text) if block)
            if node.table:
                yield from (
                    (node.table.where, cell) for row in node.table.rows for cell in row if cell not in {ABOVE, LEFT}
                )
    yield from ((one.where, one.line) for one in tree.closing)
    yield from ((_PLACE_TAIL, bare_recipient(line)) for line in parts.recipients)
    yield from ((_PLACE_TAIL, line) for line in (*parts.signature, parts.signer))
    yield from ((one.where, one.text) for one in parts.kept)
