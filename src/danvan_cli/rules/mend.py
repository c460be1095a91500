"""`check --fix`: what is mechanical is mended where it stands; comments and layout stay, byte for byte."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from danvan_cli.plan.model import Plan
from danvan_cli.rules.tidy import unordered
from danvan_cli.text import clean, normalized, squeeze
from danvan_cli.yaml.encoding import BOM, BREAK
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.tree import same
from danvan_cli.yaml.yamlfile import Map, YamlFile, yaml_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from danvan_cli.findings.finding import Finding, Spot

_LETTER = re.compile("[^\\W\\d_][\u0300-\u036f]+")


def mended(label: str, data: bytes, found: Sequence[Finding]) -> bytes:
    """Give a file's new bytes: what a check found of it is mended where that is mechanical.

    What was excused is not among what was found, and stays.
    """
    file = yaml_file(label, data)
    rules = {one.rule for one in found}
    bom = data.startswith(BOM)
    if file.text.encode("utf-8", "surrogatepass") != data[len(BOM) * bom :]:
        return data  # not read as it is written
    text = _replaced(file, _sure(found))
    if "DV502" in rules:
        text = _LETTER.sub(lambda letter: normalized(letter[0]), text)
    if "DV117" in rules and text == file.text:  # the order comes last: places have moved otherwise
        text = _ordered(file)
    new = (BOM if bom and "DV102" not in rules else b"") + text.encode("utf-8", "surrogatepass")
    return new if _reads_alike(file, yaml_file(label, new)) else data


def _sure(found: Sequence[Finding]) -> list[Finding]:
    """Choose what can be mended alone: an error around it that a person must settle may want another text there."""
    errors: dict[int, list[Spot]] = {}
    for one in found:
        if one.severity == "error" and one.fix is None:
            errors.setdefault(one.spot.line, []).append(one.spot)
    return [
        one
        for one in found
        if one.fix is not None and not any(_around(wide, one.spot) for wide in errors.get(one.spot.line, ()))
    ]


def _around(wide: Spot, spot: Spot) -> bool:
    return wide.column <= spot.column and spot.column + spot.length <= wide.column + wide.length


def _replaced(file: YamlFile, found: Sequence[Finding]) -> str:
    """Put each finding's right text at its place, the last first; of two at one place the first."""
    text, before = file.text, len(file.text) + 1
    for one in sorted(found, key=lambda one: one.spot, reverse=True):
        start = file.line_start(one.spot.line) + one.spot.column - 1
        end = start + one.spot.length
        if end <= before:
            text, before = text[:start] + str(one.fix) + text[end:], start
    return text


def _reads_alike(old: YamlFile, new: YamlFile) -> bool:
    """Tell whether a mended file still has the old one's shape, and no error that the old one has not."""
    errors = [{one.rule for one in file.findings if one.severity == "error"} for file in (old, new)]
    return errors[1] <= errors[0] and _shape(old.root) == _shape(new.root)


def _shape(node: Any) -> Any:
    """Take the values off a tree: keys and how many items there are."""
    if isinstance(node, dict):
        return {squeeze(clean(str(key))): _shape(value) for key, value in node.items()}
    return [_shape(one) for one in node] if isinstance(node, list) else None


def _ordered(file: YamlFile) -> str:
    """Put the keys of things into their order, where each stands on lines of its own and no comment between them."""
    plan = as_read(Plan, file, alone=True).record
    if plan is None:
        return file.text
    text = file.text
    for _loc, node, right in reversed(list(unordered(file, plan))):  # from below: places above stay
        if len(right) == len(node) and (block := _block(file, node, right)):
            start, end, lines = block
            changed = text[:start] + lines + text[end:]
            if same(yaml_file(file.path, changed.encode()).root, yaml_file(file.path, text.encode()).root):
                text = changed
    return text


def _block(file: YamlFile, node: Map, right: list[str]) -> tuple[int, int, str] | None:
    """Give where a mapping's lines stand and how they read in order; None where they cannot be told apart."""
    names = list(node)
    starts = [node.at[name][0] for name in names]
    ends = [_end(file, node.at[name][2]) for name in names]
    groups = {}
    for name, start, end, following in zip(names, starts, ends, [*starts[1:], None], strict=True):
        between = file.text[end:following] if following is not None else ""
        if (
            between.strip()
            or len(BREAK.findall(between)) > 1
            or "\n" not in file.text[start - 1 : end] + between + "\n"
        ):
            return None
        groups[name] = file.text[start:end]
    found = BREAK.search(file.text)
    column = starts[0] - file.line_start(file.spot(starts[0]).line)
    joined = ((found[0] if found else "\n") + " " * column).join(groups[name] for name in right)
    return starts[0], ends[-1], joined


def _end(file: YamlFile, index: int) -> int:
    """Give the end of the line on which a value ends, a comment behind it included, without the line's break."""
    while index > 0 and file.text[index - 1] in "\r\n ":  # a block of text ends behind its last line
        index -= 1
    found = BREAK.search(file.text, index)
    return found.start() if found else len(file.text)
