"""PDF files: their text, and whether they have a signature field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from danvan_cli.files import read_bytes
from danvan_cli.inbox.kind import Kind
from danvan_cli.inbox.model import Contents
from danvan_cli.text import clean
from danvan_cli.unit.evidence import MOST_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.inbox.model import Peek
    from danvan_cli.pdf.text import PdfReader

_SIGNED: Final = re.compile(rb"/ByteRange\s*\[\s*[0-9]")


class Pdf(Kind):
    """A PDF file, whatever its name."""

    name = "pdf"
    suffixes = (".pdf",)

    def fits(self, peek: Peek) -> bool:
        """Tell one by its mark, which may stand anywhere near its beginning."""
        return b"%PDF-" in peek.head

    def read(self, path: Path, pdf: PdfReader) -> Contents:
        """Read its text, in a process of its own."""
        data = read_bytes(path, limit=MOST_BYTES)
        return Contents(clean(pdf.read(path).text or ""), signed=bears_signature(data))


def bears_signature(data: bytes) -> bool:
    """Tell whether a PDF has a signature field (ISO 32000-1, 12.8.1): a range of bytes that is signed."""
    return _SIGNED.search(data) is not None


KIND = Pdf()
