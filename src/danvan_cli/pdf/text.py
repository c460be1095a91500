"""The text of PDF files from anybody, read in a process of its own that is stopped when it takes too long.

    python -m danvan_cli.pdf.text

reads paths from its input, one a line, and answers each with a line of JSON: the text of the first pages, or null;
whether a mark of secrecy stands on a page, in the properties, or in any other text of the file; whether it, or what is
attached to it, cannot be opened; the names of the files that are attached, and these in base64.
"""

from __future__ import annotations

import re
import threading
import time
from base64 import b64decode, b64encode
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from danvan_cli.pdf.signatures import signatures_in
from danvan_cli.pdf.worker import SECONDS, Worker, serve
from danvan_cli.text import secret_mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from danvan_cli.pdf.signatures import FoundSignature
    from danvan_cli.pdf.stamps import StampedPage

PAGES: Final = 2
"""The first pages are given: letterhead, number, day and title stand there."""
MARKED_PAGES: Final = 20
"""So many pages are looked at for marks of secrecy."""
_MOST: Final = 40_000
"""Letters of a file's text that are looked at."""
_KEPT: Final = 8
_TAG: Final = re.compile("<[^<>]*>")
FILES: Final = 100
ATTACHED: Final = 16 * 2**20
"""So many files, of so many bytes together, may be attached to one."""
OBJECTS: Final = 50_000
"""Objects of a file that are looked at."""


class Pdf(NamedTuple):
    """What was read of a file: the text of its first pages, None where it has none; whether it bears a mark of secrecy.

    `shut` tells whether it is under a password, or holds an attached file that cannot be taken out of it.
    """

    text: str | None = None
    marked: bool = False
    shut: bool = False
    attached: tuple[tuple[str, bytes], ...] = ()
    lacks: str = ""
    """Why it has no text: `scan`, it is a picture; `fonts`, its letters are codes that nothing explains."""


class PdfReader:
    """Reads the text of PDF files, one after another, and looks at their signatures; what cannot be read has no text."""

    def __init__(self, roots: Sequence[Path] = (), moment: datetime | None = None) -> None:
        """Know the certificates that are trusted, and the moment at which they are to be in force (now)."""
        self._worker, self._signed = Worker(__name__), Worker("danvan_cli.pdf.signed")
        self._roots = [str(one) for one in roots]
        self._moment = (moment or datetime.now(UTC)).isoformat()
        self._one = threading.Lock()
        self._known = lru_cache(_KEPT)(self._read)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._worker.__exit__()
        self._signed.__exit__()

    def read(self, path: Path) -> Pdf:
        """Read a file as far as that can be done in time; one after another, and what was just read but once.

        Raises as `Worker.ask`.
        """
        with self._one:
            return self._known(path)

    def signatures(self, path: Path) -> tuple[FoundSignature, ...]:
        """Say what can be said of each signature of a file; a UsageError: it cannot be read, or not in fair time."""
        return signatures_in(path, self._signed, self._roots, self._moment)

    def _read(self, path: Path) -> Pdf:
        try:
            read = Pdf(*(self._worker.ask(path.name, str(path)) or ()))
            return read._replace(attached=tuple((name, b64decode(data)) for name, data in read.attached))
        except ValueError:
            return Pdf()


def _read(path: str) -> Pdf:
    from pdfminer.pdfdocument import PDFEncryptionError

    pages: list[StampedPage] = []
    read = False
    with suppress(Exception):  # a broken PDF may fail in any way; what was found before stands
        for page in _pages(path):
            pages.append(page)  # noqa: PERF402 - one after another: what was read stands whatever comes
        read = True
    first = pages[:PAGES]
    text = "".join(one.text for one in first if not one.coded)[:_MOST] if read or pages else None
    lacks = "fonts" if any(one.coded for one in first) else "scan" if any(one.pictured for one in first) else ""
    if text and text.strip():
        lacks = ""
    texts = [one.text for one in pages]
    attached: dict[int, tuple[str, bytes]] = {}
    shut = False
    with suppress(Exception):
        try:
            texts += _strings(path, attached)
        except (PDFEncryptionError, _ShutError):
            shut = True
    return Pdf(text, secret_mark("\n".join(texts)), shut, tuple(attached.values()), lacks)


def _pages(path: str) -> Iterator[StampedPage]:
    """Read page after page, after the first ones as long as there is time."""
    from pdfminer.pdfpage import PDFPage

    from danvan_cli.pdf.stamps import Pages

    began = time.monotonic()
    with open(path, "rb") as file:  # noqa: PTH123 - a name from our own
        pages = Pages()
        for number, page in enumerate(PDFPage.get_pages(file, maxpages=MARKED_PAGES), start=1):
            yield pages.read(page)
            if number >= PAGES and time.monotonic() - began > SECONDS / 2:
                return


class _ShutError(Exception):
    """An attached file cannot be taken out, or there are too many."""


def _strings(path: str, attached: dict[int, tuple[str, bytes]]) -> Iterator[str]:
    """Give the texts that stand in a file's objects: properties, bookmarks, notes, fields of forms, names of files.

    `attached` takes the files that are attached to it.
    """
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser
    from pdfminer.pdftypes import PDFStream

    with open(path, "rb") as file:  # noqa: PTH123 - a name from our own
        document = PDFDocument(PDFParser(file))
        numbers = dict.fromkeys(number for xref in document.xrefs for number in xref.get_objids())
        todo: list[Any] = [document.info]
        for number in islice(numbers, OBJECTS):
            with suppress(Exception):
                todo.append(document.getobj(number))
            while todo:
                one = todo.pop()
                if isinstance(one, PDFStream):
                    todo.append(one.attrs)
                    if "Metadata" in str(one.attrs.get("Type")):
                        yield _TAG.sub("\n", unescape(one.get_data()[:_MOST].decode("utf-8", "replace")))
                elif isinstance(one, dict):
                    todo += one.values()
                    if "EF" in one:
                        _attach(one, attached)
                elif isinstance(one, list):
                    todo += one
                elif isinstance(one, bytes):
                    yield _decoded(one)


def _attach(said: dict[str, Any], attached: dict[int, tuple[str, bytes]]) -> None:
    """Take out what a file's specification holds (ISO 32000-2, 7.11.4), once."""
    from pdfminer.pdftypes import PDFStream, resolve1

    named, files = said.get("UF") or said.get("F"), resolve1(said["EF"])
    name = _decoded(named) if isinstance(named, bytes) else ""
    for file in map(resolve1, files.values() if isinstance(files, dict) else ()):
        if isinstance(file, PDFStream) and file.objid is not None and file.objid not in attached:
            try:
                attached[file.objid] = name, file.get_data()
            except Exception as error:  # whatever its filters do
                raise _ShutError from error
            if len(attached) > FILES or sum(len(data) for _name, data in attached.values()) > ATTACHED:
                raise _ShutError


def _decoded(value: bytes) -> str:
    """Read a text (ISO 32000-2, 7.9.2.2): UTF-16 or UTF-8 by its first bytes; else as most programs mean it."""
    if value[:2] in {b"\xfe\xff", b"\xff\xfe"}:
        return value.decode("utf-16", "replace")
    return value.decode("utf-8-sig", "replace")


def _answer(path: str) -> list[object]:
    found = _read(path)
    attached = [(name, b64encode(data).decode()) for name, data in found.attached]
    return [found.text, found.marked, found.shut, attached, found.lacks]


if __name__ == "__main__":
    serve(_answer)
