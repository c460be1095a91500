"""Word documents of before 2007, read as LibreOffice makes them of today; where it is not there they are filed unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.inbox.kinds.word import Word
from danvan_cli.inbox.old import BEGINS, read_old

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.inbox.model import Contents, Look, Peek
    from danvan_cli.inbox.outline import Outline
    from danvan_cli.pdf.text import PdfReader
    from danvan_cli.plan.model import Deliverable, Plan, Unit


class OldWord(Word):
    """A .doc file."""

    name = "old-word"
    suffixes = (".doc",)

    def fits(self, peek: Peek) -> bool:
        """Tell one by its ending and how it begins."""
        return peek.suffix == ".doc" and peek.head.startswith(BEGINS)

    def read(self, path: Path, pdf: PdfReader) -> Contents:
        """Read its words and its title."""
        return read_old(path, lambda made: super(OldWord, self).read(made, pdf))

    def proposed(self, look: Look, plan: Plan, unit: Unit, deliverable: Deliverable) -> tuple[str, Outline] | None:
        """Read what a report says, where it could be read."""
        return super().proposed(look, plan, unit, deliverable) if look.contents.parsed is not None else None


KIND = OldWord()
