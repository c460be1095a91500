"""What `danvan format-check` does: judges a Word document of anybody's, or writes a mended copy of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes
from danvan_cli.lang import _
from danvan_cli.nd30.judge import remarks, understood
from danvan_cli.nd30.mending import mend
from danvan_cli.nd30.recognised import recognised
from danvan_cli.word.save import save
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.findings.finding import Finding


@dataclass(frozen=True)
class Copy:
    """A mended copy: what is left to find in it, how much was mended, where an older copy is kept."""

    left: list[Finding]
    done: int
    backup: Path | None


@dataclass(frozen=True)
class Judged:
    """A document that was judged: what it was taken for, what was found in it."""

    path: str
    taken_for: str
    found: list[Finding]


def judged(path: Path) -> Judged:
    """Judge a Word document.

    Raises:
        UsageError: if it is none that can be read.
    """
    _word, found = understood(read_bytes(path), shown(path))
    return Judged(shown(path), recognised(found), remarks(found, shown(path)))


def told(found: list[Finding], *, sure: bool, notes: bool) -> list[Finding]:
    """Leave out what is not asked for: notes, and what is only likely."""
    return [one for one in found if (notes or one.severity != "note") and (one.sure or not sure)]


def mended_copy(path: Path, output: Path, *, force: bool) -> Copy:
    """Write a mended copy of a Word document.

    Raises:
        DanvanError: if it would overwrite the document itself or another one, or cannot be written.
    """
    if output.exists() and output.samefile(path):
        raise UsageError(_("bản đã sửa phải ghi ra tệp khác, không đè lên {path}", path=shown(path)))
    mended = mend(read_bytes(path), shown(path))
    saved = save(output, mended.data, force=force)
    return Copy(mended.left, len(mended.before) - len(mended.left), saved.backup)
