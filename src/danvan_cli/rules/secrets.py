"""DV904 in files that come in: marks of state secrecy, in the name and in all that can be read inside, however it is packed."""

from __future__ import annotations

import html
import re
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes
from danvan_cli.lang import _
from danvan_cli.text import clean, secret_mark
from danvan_cli.unit.evidence import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from danvan_cli.pdf.text import PdfReader

PACKED: Final = {".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"}
"""Files that must be zips, so that they can be looked into."""
_UNPACKED: Final = 256 * 2**20
_DEPTH: Final = 5
_ITEMS: Final = 5000
"""So much, so deep and so many files may be packed into one; a PDF counts as ten."""
_TEXT: Final = 32 * 2**20
"""A text of so many bytes is read as one; in anything else marks are looked for where they stand."""
_WAYS: Final = ("utf-8", "utf-16-le", "utf-16-be")
_NEEDLES: Final = [
    # Without the zeros at its ends, which are found everywhere
    (way, f"M{letter}T".encode(way).strip(b"\0"))
    for way in _WAYS
    for letter in ("Ậ", "Ạ\u0302", "Â\u0323", "A\u0323\u0302")
]
_NO_TEXT: Final = re.compile("[\x00-\x08\x0e-\x1f\ufffd]+")
_AROUND: Final = 80
"""Bytes before and behind that tell a mark from a word; an even number."""

# A paragraph, heading, string, line break or row ends a line; other tags stand within words.
_TAG: Final = re.compile(r"<(/?)(?:\w{1,40}:)?(\w{1,40})[^<>]*+>")
_ENDS: Final = {"p", "h", "si", "is", "br", "row", "c", "div", "td", "th", "tr", "li", "title", "h1", "h2", "h3"}
_RTF: Final = re.compile(
    rb"\\u(-?[0-9]{1,5}) ?\??|\\'([0-9a-f]{2})|\\(par|line|tab|cell)\b ?|\\[a-z]{1,32}-?[0-9]{0,10} ?|[{}\r\n]"
)


def refuse_secret_text(name: str, value: str | None) -> str | None:
    """Take a text from a person, cleaned.

    Raises:
        UsageError: if it bears a mark of secrecy; it is not repeated.
    """
    if value is None:
        return None
    if secret_mark(value):
        raise UsageError(
            _("{name} mang dấu chỉ độ mật: danvan không ghi nội dung mật", name=name),
            help=_("báo cáo theo đường riêng của tài liệu mật"),
        )
    return clean(value)


def refuse_secret_file(path: Path, judged: Collection[str] = ()) -> None:
    """Look for marks of secrecy in a file.

    Args:
        path: the file.
        judged: lines of it that are judged elsewhere.

    Raises:
        UsageError: if it bears one, or a Word or Excel file cannot be looked into.
    """
    if bears_mark(path, judged=judged):
        raise UsageError(
            _("tệp này mang dấu chỉ độ mật: không chép vào đây"), help=_("báo cáo theo đường riêng của tài liệu mật")
        )


def bears_mark(path: Path, pdf: PdfReader | None = None, judged: Collection[str] = ()) -> bool:
    """Tell whether a file bears a mark of secrecy: in its name, or in what can be read of it; not in pictures.

    Args:
        path: the file.
        pdf: what reads PDF files, where there is one already.
        judged: lines of it that are judged elsewhere.

    Raises:
        UsageError: if it cannot be looked into although it should be: a broken Word or Excel file, one that unpacks
        without end.
    """
    with ExitStack() as stack:
        return named_secret(path.name) or _Search(stack, pdf, judged).file(path, read_bytes(path, limit=MOST_BYTES))


def named_secret(name: str) -> bool:
    """Tell whether a file's name bears a mark."""
    stem = clean(name).rpartition(".")[0] or clean(name)
    return secret_mark(clean(name)) or secret_mark(stem.replace("_", " ").replace("-", " "))


class _Search:
    """The search through one file and all that is packed into it."""

    def __init__(self, stack: ExitStack, pdf: PdfReader | None, judged: Collection[str]) -> None:
        self._stack, self._pdf, self._judged = stack, pdf, set(judged)
        self._bytes, self._items = _UNPACKED, _ITEMS

    def file(self, path: Path, data: bytes) -> bool:
        if data[:1024].find(b"%PDF-") >= 0:
            return self._in_pdf(path) or _in_bytes(data)
        return self._inside(path.name, data, 0)

    def _inside(self, name: str, data: bytes, depth: int) -> bool:
        """Look into what has a name, which may itself bear a mark."""
        if depth and any(map(named_secret, name.split("/"))):
            return True
        suffix = Path(name).suffix.lower()
        strict = suffix in PACKED
        if data.startswith(b"PK") or (strict and not depth):
            found = self._in_zip(name, data, depth, strict=strict)
            if found is not None:
                return found
        if depth and data[:1024].find(b"%PDF-") >= 0:
            self._take(name, 0, 9)
            with _written(data) as path:
                return self._in_pdf(path) or _in_bytes(data)
        start, end = data.find(b"PK\x03\x04"), data.rfind(b"PK\x05\x06")
        packed = data.startswith(b"\xd0\xcf\x11\xe0") and 0 < start < end  # a package inside an object of OLE
        if packed and self._in_zip(name, data[start : end + 22], depth, strict=False):
            return True
        if len(data) <= _TEXT and (text := _decoded(data, suffix)) is not None:
            return secret_mark(text)
        return _in_bytes(data)

    def _in_zip(self, name: str, data: bytes, depth: int, *, strict: bool) -> bool | None:
        """Look into a zip; None where it cannot be opened, which only an Office file must."""
        from danvan_cli.ooxml.parts import read_parts
        from danvan_cli.ooxml.words import WRITTEN, every_text

        try:
            parts = read_parts(data, name)
        except UsageError:
            if strict:
                raise
            return None
        self._take(name, sum(map(len, parts.values())), len(parts), depth)
        office = strict or "[Content_Types].xml" in parts or "mimetype" in parts
        if office and any(secret_mark(self._open(text)) for text in every_text(parts, name)):
            return True
        return any(
            self._inside(part, inner, depth + 1)
            for part, inner in parts.items()
            if not (office and part.lower().endswith(WRITTEN))
        )

    def _take(self, name: str, size: int, items: int, depth: int = 0) -> None:
        self._bytes, self._items = self._bytes - size, self._items - items
        if min(self._bytes, self._items) < 0 or depth == _DEPTH:
            raise UsageError(
                _("{path}: tệp lồng trong tệp quá nhiều nên không dò được dấu mật", path=clean(name)[:80]),
                help=_("lấy các tệp bên trong ra, gửi riêng từng tệp"),
            )

    def _open(self, text: str) -> str:
        """Give a text without the lines that are judged elsewhere."""
        return "\n".join(line for line in text.split("\n") if line not in self._judged) if self._judged else text

    def _in_pdf(self, path: Path) -> bool:
        from danvan_cli.pdf.text import PdfReader

        if self._pdf is None:
            self._pdf = self._stack.enter_context(PdfReader())
        return self._pdf.read(path).marked


@contextmanager
def _written(data: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="danvan-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "a.pdf"
        path.write_bytes(data)
        yield path


def _decoded(data: bytes, suffix: str) -> str | None:
    """Give a text, without tags; None for what is none."""
    if data.startswith(b"{\\rtf"):
        return _RTF.sub(_rtf, data).decode("utf-8", "replace")
    wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    if not wide and b"\0" in data[:4096]:
        return None
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        return None
    if "\0" in text:
        return None
    if suffix in {".html", ".htm", ".xhtml", ".svg", ".xml"}:
        text = html.unescape(_TAG.sub(lambda tag: "\n" if tag[2].lower() in _ENDS else "", text))
    return text


def _rtf(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return chr(int(found[1]) % 0x10000).encode("utf-8", "replace")
    return b"\n" if found[3] else b""


def _in_bytes(data: bytes) -> bool:
    """Look for marks where they stand in anything: old Office files, properties of pictures and PDFs."""
    for way, needle in _NEEDLES:
        at = data.find(needle)
        while at >= 0:
            first = at - (way == "utf-16-be")
            start, end = max(first % 2, first - _AROUND), at
            while 0 <= at <= end + _AROUND:  # what stands near is looked at together, and once
                end = at + len(needle)
                at = data.find(needle, end)
            around = data[start : end + _AROUND].decode(way, "replace")
            if secret_mark(_NO_TEXT.sub("\n", around)):
                return True
    return False
