"""PDF files: their text, and what can be said of their digital signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.inbox.kind import Kind
from danvan_cli.inbox.model import Contents
from danvan_cli.text import clean

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.inbox.model import Peek
    from danvan_cli.pdf.text import PdfReader


class Pdf(Kind):
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


KIND = Pdf()
