"""A document that a command made: what became of its file, and what is still to be written in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from danvan_cli.papers.make import make
from danvan_cli.word.save import save

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.papers.paper import Paper
    from danvan_cli.word.package import Rendered
    from danvan_cli.word.save import Saved


class Unwritten(NamedTuple):
    """A document that was made and is not written yet, and where it belongs."""

    path: Path
    rendered: Rendered
    proposals: int = 0


@dataclass(frozen=True)
class Made:
    """A document that was made; `blanks` are the places in it that a person must still fill, `proposals` what may be struck."""

    saved: Saved
    blanks: int
    proposals: int = 0


def keep(path: Path, rendered: Rendered, proposals: int = 0, *, force: bool = False) -> Made:
    """Save a document that was made.

    Raises:
        DanvanError: if a person has edited the file that is there, or it cannot be written.
    """
    return Made(save(path, rendered.data, force=force), len(rendered.blanks), proposals)


def made(opened: Open, path: Path, paper: Paper, *, force: bool = False) -> Made:
    """Make a paper as a Word document, and save it.

    Raises:
        TemplateError: if the workspace's own template is wrong.
        DanvanError: if a person has edited the file that is there, or it cannot be written.
    """
    return keep(path, make(paper, opened.templates), force=force)
