"""PDF files, of which the text is read; scans, pictures, files of other offices: filed as they came, for a person to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from danvan_cli.inbox.kind import Kind
from danvan_cli.inbox.model import Contents
from danvan_cli.text import clean

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.inbox.model import Peek
    from danvan_cli.pdf.text import PdfReader

BEGINS: Final = {
    ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff",
    ".png": b"\x89PNG", ".tif": b"", ".tiff": b"", ".odt": b"PK", ".ods": b"PK",
}  # fmt: skip
"""How a scan, a picture or a file of another office begins, by its ending."""


class PdfFile(Kind):
    """A PDF file, whatever its name."""

    name = "pdf"
    suffixes = (".pdf",)

    def fits(self, peek: Peek) -> bool:
        """Tell one by its mark, which may stand anywhere near its beginning."""
        return b"%PDF-" in peek.head

    def read(self, path: Path, pdf: PdfReader) -> Contents:
        """Read its text and look at its signatures, in processes of their own."""
        read = pdf.read(path)
        return Contents(clean(read.text or ""), signatures=pdf.signatures(path), lacks=read.lacks)


class Other(Kind):
    """A file that cannot be read."""

    name = "other"
    last = True

    def fits(self, peek: Peek) -> bool:
        """Tell one by its ending and how it begins."""
        return peek.suffix in BEGINS and peek.head.startswith(BEGINS[peek.suffix])


KINDS = (PdfFile(), Other())
