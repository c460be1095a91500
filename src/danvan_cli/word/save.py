"""What danvan makes onto the disk: what a person has edited is never overwritten unasked, or a copy of it is kept."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal

from danvan_cli import files
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.lang import _
from danvan_cli.word.package import is_untouched

if TYPE_CHECKING:
    from pathlib import Path

_MARKED: Final = frozenset({".docx", ".xlsx", ".html"})
"""The kinds that bear danvan's mark, by which a person's edit is known."""
_SEAL: Final = re.compile(rb"\n<!-- danvan ([0-9a-f]{64}) -->\n\Z")
_DERIVED: Final = frozenset({".csv", ".ics"})
"""The kinds that hold nothing but data from elsewhere: nobody writes in them, the next one replaces the last."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a document: `kind`, and where the copy of an edited one is kept."""

    path: Path
    kind: Literal["new", "unchanged", "updated"]
    backup: Path | None = None


def sealed(page: bytes) -> bytes:
    """Give an HTML page with danvan's mark at its end."""
    return page.rstrip(b"\n") + b"\n<!-- danvan %s -->\n" % _digest(page.rstrip(b"\n"))


def _digest(page: bytes) -> bytes:
    return sha256(page).hexdigest().encode()


def save(path: Path, data: bytes, *, force: bool = False) -> Saved:
    """Write a file that danvan makes, of whatever kind; folders are made.

    A document or workbook bears danvan's mark: one that a person has edited, or that is not danvan's, is refused, or with
    `force` kept as a copy. A table or a calendar replaces the last one. Any other text has no mark and is there to be written
    in, as an e-mail or a proposal: what it replaces is kept as a copy if it differs, and so is a table that does not begin as
    danvan's does.

    A DanvanError: the document there is not as danvan wrote it and `force` is False, or it cannot be written. A
    UsageError: what is there cannot be read.
    """
    if not path.exists():
        files.write(path, data)
        return Saved(path, "new")
    there = files.read_bytes(path)
    if there == data:
        return Saved(path, "unchanged")
    copy = None
    if not _ours(path.suffix.lower(), there, data):
        if not force and path.suffix.lower() in _MARKED:
            raise DanvanError(
                _("{path} đã được người sửa nên không bị ghi đè", path=path),
                help=_("thêm --force để ghi đè (bản đã sửa được giữ lại thành {name}.bak), "
                       "hoặc ghi ra tệp khác bằng -o", name=path.name),
            )  # fmt: skip
        copy = _kept(path, there) or files.backup(path)
    files.write(path, data)
    return Saved(path, "updated", copy)


def _kept(path: Path, there: bytes) -> Path | None:
    """Find the copy that holds just what is there: what is done again after an interruption keeps no second one."""
    for one in sorted(path.parent.iterdir()):
        if one.name.startswith(f"{path.name}.bak"):
            with suppress(UsageError):  # a folder, a pipe: no copy of ours
                if files.read_bytes(one) == there:
                    return one
    return None


def _ours(kind: str, there: bytes, data: bytes) -> bool:
    """Tell whether what is there holds nothing of a person's."""
    if kind in _DERIVED:
        return there.splitlines()[:1] == data.splitlines()[:1]
    if kind == ".html":
        seal = _SEAL.search(there, max(len(there) - 100, 0))
        return seal is not None and seal[1] == _digest(there[: seal.start()])
    return kind in _MARKED and is_untouched(there)
