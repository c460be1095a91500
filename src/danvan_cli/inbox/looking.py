"""What a file from outside is, told by its content: a package, a workbook, a Word document, a PDF, something to look at.

Nothing of it is run or copied. What must not come in is refused here, with the reason.
"""

from __future__ import annotations

import stat
import zipfile
from typing import TYPE_CHECKING

from danvan_cli.errors import UsageError
from danvan_cli.files import reason
from danvan_cli.inbox.kind import all_kinds
from danvan_cli.inbox.kinds.pages import BEGINS
from danvan_cli.inbox.model import Look, Peek, secret
from danvan_cli.lang import _
from danvan_cli.ooxml.parts import FAILURES
from danvan_cli.rules.secrets import bears_mark, named_secret
from danvan_cli.unit.evidence import MOST_BYTES, RUNS, file_ending, sha256

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.inbox.kind import Kind
    from danvan_cli.pdf.text import PdfReader


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
        if found.st_size > MOST_BYTES:
            raise _refused(path, _("lớn quá ({size} MB)", size=found.st_size >> 20))
        suffix = file_ending(path.name)
        if suffix in RUNS:
            raise _refused(path, _("tệp {suffix} chạy được chương trình", suffix=suffix))
        if named_secret(path.name):
            raise secret(path)
        kind = _kind(path, suffix)
        digest = sha256(path) if kind.name != "bag" else ""
    except OSError as error:
        raise _refused(path, reason(error)) from None
    contents = kind.read(path, pdf)
    if kind.name != "bag" and bears_mark(path, pdf):  # what a package holds is looked at where it is unpacked
        raise secret(path)
    return Look(path, kind.name, digest, found.st_size, contents)


def _refused(path: Path, why: str, help: str | None = None) -> UsageError:
    return UsageError(_("{path}: {why}", path=path.name, why=why), help=help)


def _kind(path: Path, suffix: str) -> Kind:
    """Tell what a file is by how it begins, and refuse it where its name says otherwise."""
    with path.open("rb") as file:
        head = file.read(1024)
    packed = head.startswith(b"PK") and suffix not in BEGINS and b"%PDF-" not in head
    peek = Peek(path, suffix, head, _names(path) if packed else None)
    kinds = all_kinds().values()
    kind = next((one for one in kinds if one.fits(peek)), None)
    if kind is None and packed:
        raise _refused(path, _("tệp nén thường, không phải gói của danvan"), _("bung ra, rồi nhận từng tệp"))
    if kind is None:
        raise _refused(
            path,
            _("không phải loại tệp nhận được, hoặc tệp bị hỏng"),
            _("nhận: gói .zip của danvan submit, .pdf, .docx, .xlsx, ảnh chụp; tệp nén khác thì bung ra trước"),
        )
    if any(suffix in one.suffixes and one is not kind for one in kinds):
        raise _refused(path, _("nội dung không phải loại tệp như tên {suffix}", suffix=suffix))
    return kind


def _names(path: Path) -> frozenset[str]:
    """List what a zip holds."""
    try:
        with zipfile.ZipFile(path) as zipped:
            return frozenset(zipped.namelist())
    except FAILURES:
        raise _refused(path, _("gói bị hỏng, không mở được"), _("đề nghị đơn vị gửi lại")) from None
