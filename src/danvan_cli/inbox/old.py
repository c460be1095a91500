"""Office files of before 2007: made into those of today by LibreOffice, bounded in time, with a profile of its own."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.files import read_bytes
from danvan_cli.inbox.model import Contents
from danvan_cli.lang import _
from danvan_cli.pdf.printing import installed, of_today
from danvan_cli.rules.secrets import bears_mark

if TYPE_CHECKING:
    from collections.abc import Callable

_ONE: Final = Lock()
"""One at a time: each takes the memory of a LibreOffice."""
BEGINS: Final = b"\xd0\xcf\x11\xe0"
"""How they begin."""


def read_old(path: Path, read: Callable[[Path], Contents]) -> Contents:
    """Read an old file as one of today; what cannot be read is said to be so and filed all the same.

    Raises:
        UsageError: if it bears a mark of secrecy.
    """
    if not installed():
        return Contents(lacks="old")
    marked, found = False, Contents(lacks="unread")
    with suppress(DanvanError), TemporaryDirectory(ignore_cleanup_errors=True) as folder, _ONE:
        made = Path(folder, f"0{path.suffix.lower()}x")
        made.write_bytes(of_today(read_bytes(path), path.name, path.suffix.lower()))
        marked = bears_mark(made)
        found = read(made)
    if marked:
        raise UsageError(
            _("{path}: mang dấu chỉ độ mật: không nhận, không chép", path=path.name),
            help=_("nhận theo đường riêng của tài liệu mật"),
        )
    return found
