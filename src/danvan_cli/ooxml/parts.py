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
MAX_RATIO: Final = 250
"""A part that unpacks to more than this many times its size is taken for a zip bomb; Word's own reach about 60."""


def read_parts(data: bytes, path: Path | str = "") -> dict[str, bytes]:
    """Unpack an Office file from anybody, bounded in parts, size and ratio.

    Args:
        data: the file.
        path: its name as the user knows it, for the message.

    Raises:
        UsageError: if it is no zip, is broken, encrypted, names a part twice, or would unpack beyond the
        bounds.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            entries = zipped.infolist()
            if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_TOTAL:
                raise _too_large(path)
            parts: dict[str, bytes] = {}
            for entry in entries:
                if entry.file_size > MAX_RATIO * max(entry.compress_size, 1024):
                    raise _too_large(path)
                if entry.filename in parts or entry.flag_bits & 1:
                    raise _broken(path)
                parts[entry.filename] = zipped.read(entry)
            return parts
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError, EOFError,
            struct.error):  # fmt: skip
        raise _broken(path) from None


def _broken(path: Path | str) -> UsageError:
    return UsageError(
        _("{path} không phải tệp Word hoặc Excel đọc được: gói bị hỏng", path=path),
        help=_("mở bằng Word hoặc Excel rồi lưu lại, hoặc xin lại tệp gốc"),
    )


def _too_large(path: Path | str) -> UsageError:
    return UsageError(
        _("{path} bung ra lớn bất thường nên không được mở", path=path),
        help=_("mở bằng Word hoặc Excel rồi lưu lại, hoặc xin lại tệp gốc"),
    )
