"""Judges one Word document: every rule is asked once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from danvan_cli.nd30 import content, form, ruled
from danvan_cli.nd30 import page as sheet
from danvan_cli.nd30.components import find_components
from danvan_cli.nd30.layout import lay_out
from danvan_cli.ooxml.docx import broken, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from danvan_cli.findings.finding import Finding
    from danvan_cli.nd30.components import Components

RULES: Final[tuple[Callable[[Components], Iterator[Finding]], ...]] = (
    sheet.paper, sheet.letters, sheet.numbers, content.missing, content.places, content.wording, ruled.rules,
    form.looks, form.paragraphs, content.grounds, content.number, content.place_and_day, content.recipients,
    content.ending, content.signing, content.capitals,
)  # fmt: skip


def judge(data: bytes, path: str) -> list[Finding]:
    """Judge a Word document by nd30's table.

    Args:
        data: the file.
        path: its name as the user knows it.

    Raises:
        UsageError: if it is no Word document that can be read.
    """
    word = read(data, path)
    try:
        found = find_components(lay_out(word))
    except RecursionError:
        raise broken(word.main, path) from None
    remarks = [replace(one, path=path) for rule in RULES for one in rule(found)]
    return sorted(dict.fromkeys(remarks), key=lambda one: (one.spot, one.rule, one.message))
