"""A document that a command made: what became of its file, and what is still to be written in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from danvan_cli.papers.make import province_document
from danvan_cli.word.save import save

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.word.save import Saved


@dataclass(frozen=True)
class Made:
    """A document that was made; `blanks` are the places in it that a person must still fill."""

    saved: Saved
    blanks: int


def make(opened: Open, path: Path, template: str, context: dict[str, Any], *, force: bool) -> Made:
    """Make a document of the province's, or a letter of a unit's, and save it.

    Raises:
        TemplateError: if the workspace's own template is wrong.
        DanvanError: if a person has edited the file that is there, or it cannot be written.
    """
    rendered = province_document(template, context, opened.templates)
    return Made(save(path, rendered, force=force), len(rendered.blanks))
