"""The parts of an Office file from anybody: unzipped within bounds."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import UsageError
from danvan_cli.lang import _

if TYPE_CHECKING:
    from pathlib import Path

MAX_PARTS: Final = 2000
MAX_TOTAL: Final = 256 * 2**20
MAX_WRITTEN: Final = 64 * 2**20
MAX_BLANK: Final = 16 * 2**20
"""So many bytes all parts have together; those that are XML; and these beyond `PER_TAG` for each tag in them. How well they
are packed tells nothing: equal pages and white pictures unpack to a thousand times their size."""
PER_TAG: Final = 256
WRITTEN: Final = (".xml", ".rels", ".vml")
"""How the names of XML parts end."""

MAX_TAGS: Final = 2_000_000
MAX_EQUALS: Final = 4_000_000
"""How many `<` and `=` all parts have together, so that no tree is built of more elements and attributes; a report of
500 pages has some 400,000 of each."""

FAILURES: Final = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, ValueError,
    OverflowError, LookupError, TypeError, EOFError, OSError, MemoryError,
)  # fmt: skip
"""What reading a zip from anybody may raise."""


def oddly_packed(entry: zipfile.ZipInfo) -> bool:
    """Tell whether an entry is neither stored nor deflated: what else there is unpacks without any bound."""
    return entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def unpacked(zipped: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Unpack an entry up to the size that it declares, never more; reading it whole would unpack all that is there.

    One of FAILURES tells that it is packed in another way than stored or deflated, or is not what it declares.
    """
    if oddly_packed(entry):
        raise NotImplementedError(entry.filename)
    with zipped.open(entry) as source:
        data = source.read(entry.file_size)
        if len(data) != entry.file_size:
            raise EOFError(entry.filename)
        return data


def read_parts(data: bytes, path: Path | str = "") -> dict[str, bytes]:
    """Unpack an Office file from anybody, called `path` by its user, bounded in parts, size, elements and attributes.

    A UsageError refuses what is no zip, broken, encrypted, names a part twice, or would unpack beyond the bounds.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            entries = zipped.infolist()
            written = [entry.file_size for entry in entries if entry.filename.lower().endswith(WRITTEN)]
            total = sum(entry.file_size for entry in entries)
            if len(entries) > MAX_PARTS or total > MAX_TOTAL or sum(written) > MAX_WRITTEN:
                raise too_large(path)
            parts: dict[str, bytes] = {}
            for entry in entries:
                if entry.filename in parts or entry.flag_bits & 1:
                    raise _broken(path)
                if oddly_packed(entry):
                    raise _broken(path, entry.filename)
                parts[entry.filename] = unpacked(zipped, entry)
    except FAILURES:
        raise _broken(path) from None
    tags, equals = (sum(part.count(mark) for part in parts.values()) for mark in (b"<", b"="))
    if tags > MAX_TAGS or equals > MAX_EQUALS or sum(written) > MAX_BLANK + PER_TAG * tags:
        raise too_large(path)
    return parts


def _broken(path: Path | str, part: str = "") -> UsageError:
    path = f"{path}: {part}" if part else path
    return UsageError(
        _("{path} không phải tệp Word hoặc Excel đọc được: gói bị hỏng", path=path),
        help=_("mở bằng Word hoặc Excel rồi lưu lại, hoặc xin lại tệp gốc"),
    )


def too_large(path: Path | str) -> UsageError:
    """Make the error for a file that is far larger than any that is real."""
    return UsageError(
        _("{path} bung ra lớn bất thường nên không được mở", path=path),
        help=_("mở bằng Word hoặc Excel rồi lưu lại, hoặc xin lại tệp gốc"),
    )
