"""Documents that commands make: what became of their files, what is still to be written in them; the plan as issued."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.lang import _
from danvan_cli.text import squeeze
from danvan_cli.word.save import save
from danvan_cli.word.shape import plain_values

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.desk.log import Logged
    from danvan_cli.desk.opened import Open
    from danvan_cli.papers.paper import Paper
    from danvan_cli.plan.model import Plan
    from danvan_cli.word.package import Rendered
    from danvan_cli.word.save import Saved


class Unwritten(NamedTuple):
    """A document that was made and is not written yet, and where it belongs."""

    path: Path
    rendered: Rendered
    proposals: int = 0
    """How many proposals in it nobody has kept or struck."""
    logged: Logged | None = None
    """What was recorded of a report on request."""


class Gaps(NamedTuple):
    """What is still to be written under a heading of a document."""

    where: str
    what: tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """A document that was made; `blanks` are the places in it that a person must still fill, `proposals` what may be struck."""

    saved: Saved
    blanks: int
    proposals: int = 0
    data: bytes = field(default=b"", repr=False)

    @cached_property
    def gaps(self) -> list[Gaps]:
        """Where the blanks are, in order."""
        return gaps_in(self.data) if self.blanks else []


def make(paper: Paper, templates: Path | None) -> Rendered:
    """Make a paper as a Word document; `templates` as in `library.compiled_template`, which says what is raised."""
    from danvan_cli.papers import library  # with the template engine: a command that makes no paper does without

    return library.compiled_template(paper.template, templates).render(plain_values(paper))


def keep(path: Path, rendered: Rendered, proposals: int = 0, *, force: bool = False) -> Made:
    """Save a document that was made."""
    return Made(save(path, rendered.data, force=force), len(rendered.blanks), proposals, rendered.data)


_BLANK: Final = re.compile(r"\[…((?:(?!\[…|…\]).)+)…\]")
_HEADING: Final = re.compile(r"(?:([IVXL]+\.)|\d+(?:\.\d+)*\.)\s+\S|((?i:phụ lục)\b)")


def gaps_in(data: bytes) -> list[Gaps]:
    """Find the blanks of a Word document of ours: under which heading, of a table in which row."""
    from danvan_cli.ooxml.docx import read_word
    from danvan_cli.ooxml.layout import read_words
    from danvan_cli.word.frame import SIGNER_BLANKS

    found: dict[str, list[str]] = {}
    rows: dict[tuple[int, int], str] = {}
    where, part, annex = _("phần đầu văn bản"), "", False
    signed, signer = _("nơi nhận, chữ ký"), {*SIGNER_BLANKS}
    for one in read_words(read_word(data, "")):
        line, blanks = one.line, [_called(blank) for blank in _BLANK.findall(one.line)]
        if one.cell is not None:
            if line and not blanks and any(letter.isalpha() for letter in line):
                rows.setdefault(one.cell[:2], line)
            if annex and one.cell[:2] in rows:
                blanks = [f"{rows[one.cell[:2]]}: {blank}" for blank in blanks]
        elif not blanks and (heading := _HEADING.match(line)):
            roman, annex = heading[1] or "", heading[2] is not None
            where, part = (line, roman) if roman or annex else (f"{part}{line}", part)
        if line == "Nơi nhận:" or not signer.isdisjoint(blanks):  # a plan may end with neither
            where = signed
        found.setdefault(where, []).extend(blanks)
        if line.endswith("./."):
            where = signed
    return [Gaps(squeeze(name).rstrip(".:"), tuple(what)) for name, what in found.items() if what]


def _called(blank: str) -> str:
    """Give what a blank is called, not in the capitals that its place has."""
    return blank.strip().lower() if blank.isupper() else blank.strip()


def made(opened: Open, path: Path, paper: Paper, *, force: bool = False) -> Made:
    """Make a paper as a Word document, and save it."""
    return keep(path, make(paper, opened.templates), force=force)


def write_plan(opened: Open, output: Path | None = None, *, force: bool = False) -> Made:
    """Write the plan as a Word document, `build/ke-hoach-ID.docx` where no other place is named."""
    path = output or opened.workspace.build / f"ke-hoach-{opened.plan.id}.docx"
    return keep(path, issued(opened.plan, opened.templates), force=force)


def issued(plan: Plan, templates: Path | None) -> Rendered:
    """Make the plan's document, with the footnotes of its text; without `templates` as it is shipped."""
    from danvan_cli.papers.kinds.ke_hoach_tinh import province_plan

    rendered = make(province_plan(plan), templates)
    if not plan.notes:
        return rendered
    from danvan_cli.papers.notes import with_notes

    return with_notes(rendered, plan.notes)
