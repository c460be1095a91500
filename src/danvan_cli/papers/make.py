"""Makes a paper: its template compiled once, its values put in."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from danvan_cli.papers import library
from danvan_cli.word.shape import plain

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.papers.paper import Paper
    from danvan_cli.word.template import Rendered, Template
    from danvan_cli.word.wordform import WordForm


@lru_cache(maxsize=32)
def _template(name: str, folder: Path | None) -> Template | WordForm:
    return library.find(name, folder)


def make(paper: Paper, templates: Path | None) -> Rendered:
    """Make a paper as a Word document.

    Args:
        paper: the paper.
        templates: the workspace's own templates, or one template file to use; None for those that are shipped.

    Raises:
        TemplateError: if the template is wrong.
    """
    return _template(paper.template, templates).render(plain(paper))
