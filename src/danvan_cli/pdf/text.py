"""The text of PDF files from anybody, read in a process of its own that is stopped when it takes too long.

    python -m danvan_cli.pdf.text

reads paths from its input, one a line, and answers each with a line of JSON: the text of the first pages, or null;
whether a mark of secrecy stands on a page, in the properties, or in any other text of the file; whether it, or what is
attached to it, cannot be opened; the names of the files that are attached, and these in base64.
"""

from __future__ import annotations

import json
import queue
import re
import subprocess
import sys
import threading
import time
from base64 import b64decode, b64encode
from contextlib import suppress
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.text import secret_mark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

PAGES: Final = 2
"""The first pages are given: letterhead, number, day and title stand there."""
MARKED_PAGES: Final = 20
"""So many pages are looked at for marks of secrecy."""
SECONDS: Final = 20
"""So long one file may take."""
FAIR: Final = 2
"""Seconds that each file has; what one takes beyond is taken from `MORE`."""
MORE: Final = 60
"""So many seconds more all files together may take."""
MEMORY: Final = 1 << 30
MOST: Final = 40_000
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


_UNREAD: Final = Pdf()


class PdfReader:
    """Reads the text of PDF files, one after another; what cannot be read has none."""

    def __init__(self) -> None:
        self._left: float = MORE
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()
        self._one = threading.Lock()
        self._known: dict[str, Pdf] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def read(self, path: Path) -> Pdf:
        """Read a file as far as that can be done in time; one after another, and what was just read but once.

        Raises:
            UsageError: if it is not read in its fair time, and those before it have used up what all had beyond that.
        """
        with self._one:
            if str(path) not in self._known:
                while len(self._known) >= _KEPT:
                    del self._known[next(iter(self._known))]
                self._known[str(path)] = self._read(path)
            return self._known[str(path)]

    def _read(self, path: Path) -> Pdf:
        process, began = self._process or self._start(), time.monotonic()
        most = min(SECONDS, FAIR + self._left)
        try:
            process.stdin.write(json.dumps(str(path)) + "\n")  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            text, marked, *more = json.loads(self._answers.get(timeout=most))
            shut, attached = more or (False, ())
            return Pdf(text, marked, shut, tuple((name, b64decode(data)) for name, data in attached))
        except (OSError, queue.Empty, ValueError) as error:
            self._stop()
            if isinstance(error, queue.Empty) and most < SECONDS:
                raise UsageError(
                    _("{path}: các tệp PDF trước đó đã dùng hết thời gian đọc của lần nhận này", path=path.name),
                    help=_("nhận riêng tệp này một lần nữa; vẫn không được thì đề nghị đơn vị gửi lại"),
                ) from None
            return _UNREAD
        finally:
            self._left = max(0, self._left - max(0, time.monotonic() - began - FAIR))

    def _start(self) -> subprocess.Popen[str]:
        self._answers = queue.Queue()
        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, encoding="utf-8",
        )  # fmt: skip
        threading.Thread(target=_listen, args=(self._process, self._answers), daemon=True).start()
        return self._process

    def _stop(self) -> None:
        if self._process is not None:
            with suppress(OSError):
                self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                with suppress(OSError, ValueError):
                    stream.close()  # type: ignore[union-attr]
            self._process = None


def _listen(process: subprocess.Popen[str], answers: queue.Queue[str]) -> None:
    """Hand over the answers; an empty one when there will be no more."""
    with suppress(OSError, ValueError):
        for line in process.stdout or ():
            answers.put(line)
    answers.put("")


def _read(path: str) -> Pdf:
    from pdfminer.pdfdocument import PDFEncryptionError

    texts: list[str] = []
    read = False
    with suppress(Exception):  # a broken PDF may fail in any way; what was found before stands
        texts += _pages(path)
        read = True
    text = "".join(texts[:PAGES])[:MOST] if read or texts else None
    attached: dict[int, tuple[str, bytes]] = {}
    shut = False
    with suppress(Exception):
        try:
            texts += _strings(path, attached)
        except (PDFEncryptionError, _ShutError):
            shut = True
    return Pdf(text, secret_mark("\n".join(texts)), shut, tuple(attached.values()))


def _pages(path: str) -> Iterator[str]:
    """Give the text of page after page, after the first ones as long as there is time."""
    from pdfminer.pdfpage import PDFPage

    from danvan_cli.pdf.stamps import Pages

    began = time.monotonic()
    with open(path, "rb") as file:  # noqa: PTH123 - a name from our own
        pages = Pages()
        for number, page in enumerate(PDFPage.get_pages(file, maxpages=MARKED_PAGES), start=1):
            yield "".join(_said(pages.read(page)))
            if number >= PAGES and time.monotonic() - began > SECONDS / 2:
                return


def _said(item: Any) -> Iterator[str]:
    from pdfminer.layout import LTContainer, LTText, LTTextBox

    if isinstance(item, LTContainer):
        for one in item:
            yield from _said(one)
    elif isinstance(item, LTText):
        yield item.get_text()
    if isinstance(item, LTTextBox):
        yield "\n"


class _ShutError(Exception):
    """An attached file cannot be taken out, or there are too many."""


def _strings(path: str, attached: dict[int, tuple[str, bytes]]) -> Iterator[str]:
    """Give the texts that stand in a file's objects: properties, bookmarks, notes, fields of forms, names of files.

    Args:
        path: the file.
        attached: takes the files that are attached to it.
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
                        yield _TAG.sub("\n", unescape(one.get_data()[:MOST].decode("utf-8", "replace")))
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


def main() -> None:
    """Answer until the input ends."""
    with suppress(ImportError):
        import resource

        limits: Any = resource
        limits.setrlimit(limits.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    for line in sys.stdin:
        try:
            found = _read(json.loads(line))
        except MemoryError:
            found = _UNREAD
        attached = [(name, b64encode(data).decode()) for name, data in found.attached]
        sys.stdout.write(json.dumps([found.text, found.marked, found.shut, attached]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
