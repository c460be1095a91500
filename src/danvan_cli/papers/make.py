"""Makes a paper: its template compiled once, its values put in."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from danvan_cli.papers.catalogue import FORM_SUFFIX, SUFFIX
from danvan_cli.word.shape import plain_values

if TYPE_CHECKING:
    from danvan_cli.papers.paper import Paper
    from danvan_cli.word.package import Rendered
    from danvan_cli.word.template import Template
    from danvan_cli.word.wordform import WordForm


def _state(folder: Path | None) -> object:
    """Tell what the users' own templates were when they were compiled, and from where they are shown."""
    if folder is None:
        return None
    with suppress(OSError), os.scandir(folder.parent if folder.is_file() else folder) as entries:
        files = [one for one in entries if one.name.endswith((SUFFIX, FORM_SUFFIX))]
        return Path.cwd(), *sorted((one.name, one.stat().st_mtime_ns, one.stat().st_size) for one in files)
    return Path.cwd()


@lru_cache(maxsize=32)
def _compiled(name: str, folder: Path | None, _state: object) -> Template | WordForm:
    from danvan_cli.papers import library  # with the template engine: a command that makes no paper does without

    return library.compiled_template(name, folder)


def make(paper: Paper, templates: Path | None) -> Rendered:
    """Make a paper as a Word document.

    Args:
        paper: the paper.
        templates: the workspace's own templates, or one template file to use; None for those that are shipped.

    Raises:
        TemplateError: if the template is wrong.
    """
    return _compiled(paper.template, templates, _state(templates)).render(plain_values(paper))
