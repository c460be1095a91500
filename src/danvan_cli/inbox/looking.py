"""What a file from outside is, told by its content: a package, a workbook, a Word document, a PDF, something to look at.

Nothing of it is run or copied. What must not come in is refused here, with the reason.
"""

from __future__ import annotations

import re
import stat
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from danvan_cli.delivery.bag import is_bag
from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes, reason
from danvan_cli.lang import _
from danvan_cli.text import clean, secret_mark
from danvan_cli.unit.evidence import MAX_BYTES, RUNS, ending, sha256

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.pdf.text import PdfReader

Kind = Literal["bag", "workbook", "word", "pdf", "other"]
OTHERS: Final = {
    ".doc": b"\xd0\xcf\x11\xe0", ".xls": b"\xd0\xcf\x11\xe0", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff",
    ".png": b"\x89PNG", ".tif": b"", ".tiff": b"", ".odt": b"PK", ".ods": b"PK",
}  # fmt: skip
"""What comes besides: how it begins. It is filed, and cannot be read."""
_PROMISED: Final[dict[str, Kind]] = {".pdf": "pdf", ".docx": "word", ".xlsx": "workbook", ".zip": "bag"}
_SIGNED: Final = re.compile(rb"/ByteRange\s*\[\s*[0-9]")
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LINE_MOST: Final = 4000


@dataclass(frozen=True)
class Look:
    """A file that was looked at: what it is, its text as far as it can be read, its title, its digest.

    A package has no digest yet: its files are digested while it is unpacked.
    """

    path: Path
    kind: Kind
    sha256: str
    size: int
    text: str = ""
    title: str = ""
    signed: bool = False
    """Whether a PDF has a signature field; nothing is known of the signature."""
    word: Any = None
    """A Word document's parts, as `checking.reader` read them."""


def look(path: Path, pdf: PdfReader) -> Look:
    """Look at a file.

    Raises:
        UsageError: if it is a link, no regular file, too large, broken, of a kind that runs, not what its name says,
            or bears a mark of secrecy; the mark is not repeated.
    """
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode):
            raise _refused(path, _("là liên kết đến một tệp khác"), _("chép chính tệp đó vào rồi nhận lại"))
        if not stat.S_ISREG(found.st_mode):
            raise _refused(path, _("không phải tệp thường"))
        if not found.st_size:
            raise _refused(path, _("tệp trống"), _("đề nghị đơn vị gửi lại"))
        if found.st_size > MAX_BYTES:
            raise _refused(path, _("lớn quá ({size} MB)", size=found.st_size >> 20))
        suffix = ending(path.name)
        if suffix in RUNS:
            raise _refused(path, _("tệp {suffix} chạy được chương trình", suffix=suffix))
        name = clean(path.stem).replace("_", " ").replace("-", " ")
        if secret_mark(clean(path.name)) or secret_mark(name):
            raise _secret(path)
        kind = _kind(path, suffix)
        digest = sha256(path) if kind != "bag" else ""
    except OSError as error:
        raise _refused(path, reason(error)) from None
    seen = _READERS[kind](path, pdf) if kind in _READERS else {}
    if secret_mark(seen.get("text", "")) or secret_mark(seen.get("title", "")):
        raise _secret(path)
    return Look(path, kind, digest, found.st_size, **seen)


def _refused(path: Path, why: str, help: str | None = None) -> UsageError:
    return UsageError(_("{path}: {why}", path=path.name, why=why), help=help)


def _secret(path: Path) -> UsageError:
    return _refused(path, _("mang dấu chỉ độ mật: không nhận, không chép"), _("nhận theo đường riêng của tài liệu mật"))


def _kind(path: Path, suffix: str) -> Kind:
    """Tell what a file is by how it begins, and refuse it where its name says otherwise."""
    with path.open("rb") as file:
        head = file.read(1024)
    if b"%PDF-" in head:
        kind: Kind = "pdf"
    elif head.startswith(b"PK") and suffix not in OTHERS:
        kind = _packed(path)
    elif suffix in OTHERS and head.startswith(OTHERS[suffix]):
        return "other"
    else:
        raise _refused(
            path,
            _("không phải loại tệp nhận được, hoặc tệp bị hỏng"),
            _("nhận: gói .zip của danvan submit, .pdf, .docx, .xlsx, ảnh chụp; tệp nén khác thì bung ra trước"),
        )
    if suffix in _PROMISED and _PROMISED[suffix] != kind:
        raise _refused(path, _("nội dung không phải loại tệp như tên {suffix}", suffix=suffix))
    return kind


def _packed(path: Path) -> Kind:
    """Tell a bag, a workbook and a Word document apart."""
    if is_bag(path):
        return "bag"
    try:
        with zipfile.ZipFile(path) as zipped:
            names = set(zipped.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _refused(path, _("gói bị hỏng, không mở được"), _("đề nghị đơn vị gửi lại")) from None
    if "[Content_Types].xml" in names:
        return "workbook" if any(name.startswith("xl/") for name in names) else "word"
    raise _refused(path, _("tệp nén thường, không phải gói của danvan"), _("bung ra, rồi nhận từng tệp"))


def _word(path: Path, _pdf: PdfReader) -> dict[str, Any]:
    from danvan_cli.ooxml.docx import read

    word = read(read_bytes(path), path.name)
    lines = [line for element in word.document.iter(f"{_W}p") if (line := _line(element))]
    core = word.parts.get("docProps/core.xml", b"")
    title = re.search(r"<dc:title>(.*?)</dc:title>", core.decode("utf-8", "replace"), re.DOTALL)
    return {"text": "\n".join(lines), "title": clean(title[1]) if title else "", "word": word}


def _line(paragraph: Any) -> str:
    """Give a paragraph's text; a tab and a break within it are spaces."""
    told = (one.text or "" if one.tag == f"{_W}t" else " " for one in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"))
    return " ".join(clean("".join(told)).split())[:_LINE_MOST]


def _workbook(path: Path, _pdf: PdfReader) -> dict[str, Any]:
    from danvan_cli.excel.form import MARK
    from danvan_cli.ooxml.xlsx import MAX_BYTES as MOST
    from danvan_cli.ooxml.xlsx import read

    pages = read(read_bytes(path, limit=MOST), path.name)
    told = ([one.value for one in page.cells.values() if isinstance(one.value, str)] for page in pages)
    texts = (one for page in told for one in page if f"{MARK}#huong-dan" not in page)  # our guide warns of the marks
    return {"text": "\n".join(clean(text)[:_LINE_MOST] for text in texts if not text.startswith("\ue000"))}


def _pdf(path: Path, pdf: PdfReader) -> dict[str, Any]:
    data = read_bytes(path, limit=MAX_BYTES)
    return {"text": clean(pdf.text(path) or ""), "signed": bears_signature(data)}


def bears_signature(data: bytes) -> bool:
    """Tell whether a PDF has a signature field (ISO 32000-1, 12.8.1): a range of bytes that is signed."""
    return _SIGNED.search(data) is not None


_READERS: Final = {"word": _word, "workbook": _workbook, "pdf": _pdf}
