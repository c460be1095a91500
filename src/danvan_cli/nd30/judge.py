"""Judges one Word document: every rule is asked once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from danvan_cli.findings.rule import ask_rules
from danvan_cli.nd30 import content, form, page, ruled  # noqa: F401 - they declare rules
from danvan_cli.nd30.components import Components, find_components
from danvan_cli.ooxml.docx import read
from danvan_cli.ooxml.layout import lay_out
from danvan_cli.ooxml.words import every_text, refuse_marked

if TYPE_CHECKING:
    from danvan_cli.findings.finding import Finding
    from danvan_cli.ooxml.docx import Word


def judge(data: bytes, path: str) -> list[Finding]:
    """Judge a Word document by nd30's table.

    Args:
        data: the file.
        path: its name as the user knows it.

    Raises:
        UsageError: if it is no Word document that can be read.
    """
    _word, found = understood(data, path)
    return remarks(found, path)


def understood(data: bytes, path: str) -> tuple[Word, Components]:
    """Read a Word document and find its components.

    Raises:
        UsageError: if it is no Word document that can be read, or bears a mark of secrecy.
    """
    word = read(data, path)
    refuse_marked(every_text(word.parts, path), path)
    return word, find_components(lay_out(word))


def remarks(found: Components, path: str) -> list[Finding]:
    """Ask every rule about a document whose components are known."""
    made = [replace(one, path=path) for one in ask_rules(found)]
    return sorted(dict.fromkeys(made), key=lambda one: (one.spot, one.rule, one.message))
