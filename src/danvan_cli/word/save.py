"""Documents onto the disk: what a person has edited is never overwritten unasked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from danvan_cli import files
from danvan_cli.errors import DanvanError
from danvan_cli.lang import _
from danvan_cli.word.package import is_untouched

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.word.template import Rendered


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a document: `kind`, and where the copy of an edited one is kept."""

    path: Path
    kind: Literal["new", "unchanged", "updated"]
    backup: Path | None = None


def save(path: Path, rendered: Rendered, *, force: bool = False) -> Saved:
    """Write a document, as `save_bytes` does."""
    return save_bytes(path, rendered.data, force=force)


def save_bytes(path: Path, data: bytes, *, force: bool = False) -> Saved:
    """Write a document or a workbook that bears danvan's mark.

    Args:
        path: where to; folders are made.
        data: the whole file.
        force: overwrite a document that a person has edited, and keep a copy of it.

    Raises:
        DanvanError: if the document there is not as danvan wrote it and `force` is False, or it cannot be
        written.
        UsageError: if what is there cannot be read.
    """
    if not path.exists():
        files.write(path, data)
        return Saved(path, "new")
    there = files.read_bytes(path)
    if there == data:
        return Saved(path, "unchanged")
    copy = None
    if not is_untouched(there):
        if not force:
            raise DanvanError(
                _("{path} đã được người sửa nên không bị ghi đè", path=path),
                help=_("thêm --force để ghi đè (bản đã sửa được giữ lại thành {name}.bak), "
                       "hoặc ghi ra tệp khác bằng -o", name=path.name),
            )  # fmt: skip
        copy = files.backup(path)
    files.write(path, data)
    return Saved(path, "updated", copy)
