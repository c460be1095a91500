"""Office files of before 2007: made into those of today by LibreOffice, bounded in time, with a profile of its own."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import DanvanError
from danvan_cli.files import read_bytes
from danvan_cli.inbox.kind import Kind
from danvan_cli.inbox.kinds.word import Word
from danvan_cli.inbox.kinds.workbook import Workbook
from danvan_cli.inbox.model import Contents, secret
from danvan_cli.pdf.printing import of_today, office
from danvan_cli.rules.secrets import bears_mark

if TYPE_CHECKING:
    from danvan_cli.inbox.model import Look, Peek, Told
    from danvan_cli.pdf.text import PdfReader
    from danvan_cli.plan.model import Plan

_ONE: Final = Lock()
"""One at a time: each takes the memory of a LibreOffice."""
_BEGINS: Final = b"\xd0\xcf\x11\xe0"


class _Old(Kind):
    """A file of before 2007, read as a kind of today; what cannot be read is said to be so and filed all the same."""

    def fits(self, peek: Peek) -> bool:
        """Tell one by its ending and how it begins."""
        return peek.suffix in self.suffixes and peek.head.startswith(_BEGINS)

    def read(self, path: Path, pdf: PdfReader) -> Contents:
        """Read it as LibreOffice makes it of today.

        Raises:
            UsageError: if it bears a mark of secrecy.
        """
        if not office():
            return Contents(lacks="old")
        marked, found = False, Contents(lacks="unread")
        with suppress(DanvanError), TemporaryDirectory(ignore_cleanup_errors=True) as folder, _ONE:
            made = Path(folder, f"0{path.suffix.lower()}x")
            made.write_bytes(of_today(read_bytes(path), path.name, path.suffix.lower()))
            marked = bears_mark(made)
            found = super().read(made, pdf)
        if marked:
            raise secret(path)
        return found

    def whose(self, look: Look, plan: Plan) -> tuple[str, str] | None:
        """Give what one of today says of itself, where it could be read."""
        return super().whose(look, plan) if look.contents.parsed is not None else None

    def told(self, look: Look) -> Told | None:
        """Give what one of today tells, where it could be read."""
        return super().told(look) if look.contents.parsed is not None else None


class OldWord(_Old, Word):
    """A .doc file."""

    name = "old-word"
    suffixes = (".doc",)


class OldWorkbook(_Old, Workbook):
    """A .xls file."""

    name = "old-workbook"
    suffixes = (".xls",)


KINDS = (OldWord(), OldWorkbook())
