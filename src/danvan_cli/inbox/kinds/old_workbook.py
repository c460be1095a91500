"""Workbooks of before 2007."""

from __future__ import annotations

from danvan_cli.inbox.kinds.workbook import Workbook
from danvan_cli.inbox.old import Old


class OldWorkbook(Old, Workbook):
    """A .xls file."""

    name = "old-workbook"
    suffixes = (".xls",)


KIND = OldWorkbook()
