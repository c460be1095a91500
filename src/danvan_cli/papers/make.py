"""Makes a paper: its template compiled once, its values put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.word.shape import plain_values

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.papers.paper import Paper
    from danvan_cli.word.package import Rendered


def make(paper: Paper, templates: Path | None) -> Rendered:
    """Make a paper as a Word document; `templates` as in `library.compiled_template`, which says what is raised."""
    from danvan_cli.papers import library  # with the template engine: a command that makes no paper does without

    return library.compiled_template(paper.template, templates).render(plain_values(paper))
