"""DV904 in files that come in: marks of state secrecy, in the name and in all that can be read inside, however it is packed."""

from __future__ import annotations

import html
import re
import tempfile
import zlib
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
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
_MAIN: Final = "word/document.xml"
_UNPACKED: Final = 256 * 2**20
_DEPTH: Final = 5
_ITEMS: Final = 5000
"""So much, so deep and so many files may be packed into one; a PDF counts as ten."""
_ZIP: Final = (b"PK\3\4", b"PK\5\6", b"PK\7\x08")
_OLE: Final = b"\xd0\xcf\x11\xe0"
_SHUT: Final = re.compile(
    rb"7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|BZh[1-9]1AY&SY|\xfd7zXZ\0|\x28\xb5\x2f\xfd|MSCF\0|.{257}ustar", re.DOTALL
)
"""How files begin that are packed in ways that are not looked into."""
_LOCKED: Final = re.compile(
    "EncryptedPackage".encode("utf-16-le")
    + rb"|\xec\xa5.[\0\1].{7}[%s][\xbf\xc1]\0"  # [MS-DOC] 2.5.2, [MS-XLS] 2.4.117
    rb"|\x09\x08\x10\0\0\x06\x05\0.{12}(?:\x86\0\0\0)?\x2f\0" % re.escape(bytes(range(1, 256, 2))),
    re.DOTALL,
)
"""What stands in an Office file of OLE that is under a password: its package, the flag of Word 97, the record of Excel 97."""
_TEXT: Final = 32 * 2**20
"""A text of so many bytes is read as one; in anything else marks are looked for where they stand."""
_UNSEEN: Final = "".join(map(chr, (0xAD, 0x34F, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x2060, 0x2070), 0xFEFF)))
_LETTERS: Final = ("Ậ", "Ạ\u0302", "Â\u0323", "A\u0323\u0302")
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
    """Look for marks of secrecy in a file, but for lines that are `judged` elsewhere.

    Raises:
        UsageError: if it bears one, or cannot be looked into.
    """
    if bears_mark(path, judged=judged):
        raise UsageError(
            _("tệp này mang dấu chỉ độ mật: không chép vào đây"), help=_("báo cáo theo đường riêng của tài liệu mật")
        )


def bears_mark(path: Path, pdf: PdfReader | None = None, judged: Collection[str] = ()) -> bool:
    """Tell whether a file bears a mark of secrecy: in its name, or in what can be read of it; not in pictures.

    `pdf` reads PDF files, where there is one already; lines that are `judged` elsewhere do not count.

    Raises:
        UsageError: if it cannot be looked into: a broken Word or Excel file or archive, one that unpacks without end, one
            under a password.
    """
    with ExitStack() as stack:
        return named_secret(path.name) or _Search(stack, pdf, judged).file(path, read_bytes(path, limit=MOST_BYTES))


def named_secret(name: str) -> bool:
    """Tell whether a file's name bears a mark."""
    stem = clean(name).rpartition(".")[0] or clean(name)
    return secret_mark(clean(name)) or secret_mark(re.sub("[_.-]", " ", stem))


class _Search:
    """The search through one file and all that is packed into it."""

    def __init__(self, stack: ExitStack, pdf: PdfReader | None, judged: Collection[str]) -> None:
        self._stack, self._pdf, self._judged = stack, pdf, set(judged)
        self._bytes, self._items = _UNPACKED, _ITEMS

    def file(self, path: Path, data: bytes) -> bool:
        if _is_pdf(data):
            return self._in_pdf(path, data, 0)
        return self._inside(path.name, data, 0)

    def _inside(self, name: str, data: bytes, depth: int) -> bool:
        """Look into what has a name, which may itself bear a mark."""
        if depth and any(map(named_secret, name.split("/"))):
            return True
        suffix = Path(name).suffix.lower()
        if data.startswith(_ZIP) or (suffix in PACKED and not depth):
            return self._in_zip(name, data, depth)
        if data.startswith(b"\x1f\x8b\x08"):
            return self._in_gzip(name, data, depth)
        if depth and _is_pdf(data):
            self._take(name, 0, 9)
            with _written(data) as path:
                return self._in_pdf(path, data, depth)
        if _SHUT.match(data) or (data.startswith(_OLE) and _LOCKED.search(data)):
            raise _shut(name)
        if data.startswith(_OLE) and 0 < (start := data.find(_ZIP[0])) < (end := data.rfind(_ZIP[1])):
            with suppress(_ShutError):  # a package inside an object, which may lie there in pieces
                if self._in_zip(name, data[start : end + 22], depth):
                    return True
        if len(data) <= _TEXT and (text := _decoded(data, suffix)) is not None:
            return secret_mark(text)
        return _in_bytes(data)

    def _in_zip(self, name: str, data: bytes, depth: int) -> bool:
        from danvan_cli.ooxml.docx import parse
        from danvan_cli.ooxml.parts import WRITTEN, read_parts
        from danvan_cli.ooxml.words import every_text

        suffix = Path(name).suffix.lower()
        strict = suffix in PACKED
        try:
            parts = read_parts(data, name)
        except UsageError:
            if strict:
                raise
            raise _shut(name) from None
        self._take(name, sum(map(len, parts.values())), len(parts), depth)
        if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):  # OpenDocument 1.3 part 2, 3.4.1
            raise _shut(name)
        if not depth and suffix == ".docx" and _MAIN in parts:
            parse(_MAIN, parts[_MAIN], name)  # what no reader of ours can read is not taken for looked into
        office = strict or "[Content_Types].xml" in parts or "mimetype" in parts
        if office and any(secret_mark(self._open(text)) for text in every_text(parts, name)):
            return True
        return any(
            self._inside(part, inner, depth + 1)
            for part, inner in parts.items()
            if not (office and part.lower().endswith(WRITTEN))
        )

    def _in_gzip(self, name: str, data: bytes, depth: int) -> bool:
        """Look into what one file is packed in, as pictures in Word files are."""
        packed = zlib.decompressobj(31)
        try:
            inner = packed.decompress(data, self._bytes + 1)
        except zlib.error:
            raise _shut(name) from None
        self._take(name, len(inner), 1, depth)
        if not packed.eof or packed.unused_data:
            raise _shut(name)
        return self._inside(name.rpartition(".")[0], inner, depth + 1)

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

    def _in_pdf(self, path: Path, data: bytes, depth: int) -> bool:
        from danvan_cli.pdf.text import PdfReader

        if self._pdf is None:
            self._pdf = self._stack.enter_context(PdfReader())
        read = self._pdf.read(path)
        if read.shut:
            raise _shut(path.name)
        if read.marked or _in_bytes(data):
            return True
        for name, inner in read.attached:
            self._take(name, len(inner), 1, depth)
            if self._inside(name, inner, depth + 1):
                return True
        return False


class _ShutError(UsageError):
    """A file cannot be looked into."""


def _shut(name: str) -> _ShutError:
    return _ShutError(
        _("{path}: không mở ra được nên không dò được dấu mật", path=clean(name)[:80]),
        help=_("bỏ mật khẩu nếu có; lấy các tệp bên trong ra, gửi riêng từng tệp"),
    )


def _is_pdf(data: bytes) -> bool:
    return data[:1024].find(b"%PDF-") >= 0


@contextmanager
def _written(data: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="danvan-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "a.pdf"
        path.write_bytes(data)
        yield path


def _decoded(data: bytes, suffix: str) -> str | None:
    """Give a text, as it is and without tags; None for what is none."""
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
    if suffix in {".html", ".htm", ".xhtml", ".svg", ".xml"} or text[:99].lstrip().startswith("<"):
        text += "\n" + html.unescape(_TAG.sub(lambda tag: "\n" if tag[2].lower() in _ENDS else "", text))
    return text


def _rtf(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return chr(int(found[1]) % 0x10000).encode("utf-8", "replace")
    return b"\n" if found[3] else b""


_WAYS: Final = ("utf-8", "utf-16-le", "utf-16-be")


@cache
def _needle(*ways: str) -> re.Pattern[bytes]:
    """Give what finds the word of every mark in bytes, with letters between that nobody sees."""
    # By its first letter, without the zero before it
    return re.compile(b"M(?:%s)" % b"|".join(map(_behind, ways)), re.DOTALL)


def _behind(way: str) -> bytes:
    zero = "M".encode(way).partition(b"M")[2]
    unseen = b"(?:%s){0,8}" % b"|".join(re.escape(one.encode(way)) for one in _UNSEEN)
    forms = (unseen.join(re.escape(one.encode(way)) for one in f"{letter}T") for letter in _LETTERS)
    begins = b"".join(re.escape(one.encode(way)[:1]) for one in (*_UNSEEN, *_LETTERS))
    return b"%s(?=[%s])%s(?:%s)" % (zero, begins, unseen, b"|".join(forms))  # most letters M are told by the next byte


def _in_bytes(data: bytes) -> bool:
    """Look for marks where they stand in anything: old Office files, properties of pictures and PDFs."""
    for way in _WAYS if _needle(*_WAYS).search(data) else ():
        needle = _needle(way)
        found = needle.search(data)
        while found:
            first = found.start() - (way == "utf-16-be")
            start, end = max(first % 2, first - _AROUND), found.end()
            while found and found.start() <= end + _AROUND:  # what stands near is looked at together, and once
                end = found.end()
                found = needle.search(data, end)
            around = data[start : end + _AROUND].decode(way, "replace")
            if secret_mark(_NO_TEXT.sub("\n", around)):
                return True
    return False
