"""Workbooks of before 2007, read as LibreOffice makes them of today; where it is not there they are filed unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.inbox.kinds.workbook import Workbook
from danvan_cli.inbox.old import BEGINS, read_old

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.inbox.model import Contents, Look, Peek
    from danvan_cli.inbox.outline import Outline
    from danvan_cli.pdf.text import PdfReader
    from danvan_cli.plan.model import Deliverable, Plan, Unit


class OldWorkbook(Workbook):
    """A .xls file."""

    name = "old-workbook"
    suffixes = (".xls",)

    def fits(self, peek: Peek) -> bool:
        """Tell one by its ending and how it begins."""
        return peek.suffix == ".xls" and peek.head.startswith(BEGINS)

    def read(self, path: Path, pdf: PdfReader) -> Contents:
        """Read its cells, as those of a workbook of today."""
        return read_old(path, lambda made: super(OldWorkbook, self).read(made, pdf))

    def whose(self, look: Look, plan: Plan) -> tuple[str, str] | None:
        """Give the unit of a workbook that danvan made, where it could be read."""
        return super().whose(look, plan) if look.contents.parsed is not None else None

    def proposed(self, look: Look, plan: Plan, unit: Unit, deliverable: Deliverable) -> tuple[str, Outline] | None:
        """Read what a report says, where it could be read."""
        return super().proposed(look, plan, unit, deliverable) if look.contents.parsed is not None else None


KIND = OldWorkbook()
