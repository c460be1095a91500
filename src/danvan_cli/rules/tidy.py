"""DV117, DV504: keys in their usual order, no spaces too many; nothing of this changes what a file says."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from danvan_cli.findings.rule import OURS, rule
from danvan_cli.lang import _
from danvan_cli.plan.model import Deliverable, Document, Item, Period, Section
from danvan_cli.yaml.marks import texts_of
from danvan_cli.yaml.tree import at
from danvan_cli.yaml.yamlfile import MAX_FINDINGS, Map

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.model import Plan
    from danvan_cli.rules.context import PlanCheck
    from danvan_cli.yaml.schema import Model
    from danvan_cli.yaml.yamlfile import Loc, YamlFile

_ITEM: Final = (
    "id", "number", "label", "title", "owners", "lead", "with", "follow", "due", "product", "text", "ended", "targets",
    "table", "labels", "items",
)  # fmt: skip
ORDERS: Final[dict[type[Model], dict[str, int]]] = {
    model: {key: number for number, key in enumerate(keys)}
    for model, keys in (
        *((model, [field.alias or name for name, field in model.model_fields.items()])
          for model in (Section, Deliverable, Document, Period)),
        (Item, _ITEM),
    )
}  # fmt: skip
"""Where each key stands among those of its thing."""
# Behind a look back, so that a search begins once in a run of spaces and not at each of them.
_TRAILING = re.compile(r"(?<![ \t])[ \t]++(?=[\r\n]|\Z)")
_DOUBLE = re.compile(
    r"[ \t](?<=\S[ \t])[ \t]++(?=[^\s#])"
)  # the first space is looked for, then what is before it: twice as quick
_LITERAL = "|"


@rule(
    "DV504", "Thừa khoảng trắng", "note",
    "Khoảng trắng thừa vào cả văn bản làm ra, và làm hai bản khác nhau ở chỗ không ai thấy.",
    wrong="label: Quán  triệt", right="label: Quán triệt",
)  # fmt: skip
def spaces(file: YamlFile) -> Iterator[Finding]:
    """DV504: no spaces at a line's end, none twice within a text; where line breaks count (`|`), all stays."""
    yield from islice(_spaces(file), MAX_FINDINGS)


def _spaces(file: YamlFile) -> Iterator[Finding]:
    text = file.text
    ends = any(sign in text for sign in (" \n", " \r", "\t")) or text.endswith(" ")  # quicker than the expression
    trailing = [found.span() for found in _TRAILING.finditer(text)] if ends else []
    double = [found.span() for start, end in _loose(text) for found in _DOUBLE.finditer(text, start, end)]
    if not trailing and not double:
        return
    around = texts_of(file)
    for found in trailing:
        start, end = around(found[0])
        if not (found[0] < end and text[start] == _LITERAL):
            yield file.finding("DV504", found, _("thừa khoảng trắng ở cuối dòng"), help=_("xóa đi"), fix="")
    for found in double:
        start, end = around(found[0])
        if found[1] < end and text[start] != _LITERAL:
            yield file.finding("DV504", found, _("thừa khoảng trắng"), help=_("để một khoảng trắng"), fix=" ")


def _loose(text: str) -> Iterator[tuple[int, int]]:
    """Walk the lines that have two spaces behind their first word; it is quicker to ask for those first."""
    start = 0
    while start < len(text):  # one after the other: a list of all is a tenth of the memory of a check
        end = text.find("\n", start) + 1 or len(text)
        if "  " in (behind := text[start:end].lstrip()) or "\t" in behind:
            yield start, end
        start = end


@rule(
    "DV117", "Khóa không theo thứ tự", "note",
    "Mọi nhiệm vụ viết cùng một thứ tự thì đọc nhanh, so hai bản thấy ngay chỗ khác.",
    wrong="- label: Quán triệt\n  id: II.1.1", right="- id: II.1.1\n  label: Quán triệt", source=OURS,
)  # fmt: skip
def keys_in_order(check: PlanCheck) -> Iterator[Finding]:
    """DV117: the keys of a task, a deliverable … stand in the order in which they are described."""
    for loc, node, right in unordered(check.file, check.plan):
        known = [key for key in node if key in right]
        first = next(key for key, wanted in zip(known, right, strict=True) if key != wanted)
        said = _("khóa «{key}» không đứng theo thứ tự: {order}", key=first, order=", ".join(right))
        yield check.at("DV117", (*loc, first), said, key=True)


def unordered(file: YamlFile, plan: Plan) -> Iterator[tuple[Loc, Map, list[str]]]:
    """Walk what stands with its keys in another order than they are described: its place, itself, the right order."""
    things: list[tuple[Loc, type[Model]]] = [(one.loc, Item) for one in plan.placed if one.row is None]
    for key, listed, model in (
        ("sections", plan.sections, Section),
        ("deliverables", plan.listed, Deliverable),
        ("documents", plan.documents, Document),
        ("periods", plan.own_periods, Period),
    ):
        things += [((key, i), model) for i in range(len(listed))]
    for loc, kind in things:
        node, order = at(file.root, loc), ORDERS[kind]
        if isinstance(node, Map) and file.text[node.start] != "{":
            known = [key for key in node if key in order]
            right = sorted(known, key=order.__getitem__)
            if known != right:
                yield loc, node, right
