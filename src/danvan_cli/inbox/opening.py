"""What is to be taken in, one by one: folders are walked, plain archives and saved mails opened."""

from __future__ import annotations

import os
import zipfile
from contextlib import suppress
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from danvan_cli.delivery.bag import DECLARATION, MAX_BAG_TOTAL, MAX_FILES, fault
from danvan_cli.errors import UsageError
from danvan_cli.files import left_by_systems, name_key, read_bytes
from danvan_cli.lang import _
from danvan_cli.ooxml.parts import FAILURES, unpacked
from danvan_cli.text import clean, normalized
from danvan_cli.unit.evidence import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    _Things = Iterator[tuple[str, bytes, float | None]]
    """What lies in something that is opened: names and bytes, and when each came (seconds of the epoch)."""

_PAIR: Final = frozenset({".pdf", ".docx"})
"""The Word file and the PDF of one name are one document."""
_DEEP: Final = 2
"""A mail may hold an archive, and that is all."""
_OFFICE: Final = ("[Content_Types].xml", "mimetype", "META-INF/manifest.xml")
_UTF8: Final = 0x800
_LONGEST: Final = 120


def batches(paths: Iterable[Path]) -> list[list[Path]]:
    """List what is to be taken in: each file by itself, but the PDF and the Word file of one name together.

    Folders are walked; links in them are not followed, hidden files and what systems leave behind are passed over. A folder
    that is an unpacked package is one thing.

    Raises:
        UsageError: if there is no such file or folder.
    """
    out: dict[tuple[Path, str], list[Path]] = {}
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise UsageError(_("không có tệp {path}", path=path))
        for one in _walked(path) if path.is_dir() and not path.is_symlink() else (path,):
            if left_by_systems(one.name):
                continue
            name, suffix = name_key(one.name), one.suffix.lower()
            group = out.setdefault((one.parent, name.removesuffix(suffix) if suffix in _PAIR else name), [])
            if any(other.suffix.lower() == suffix and other != one for other in group):
                group = out.setdefault((one.parent, one.name), [])
            group.append(one)
    return [sorted(dict.fromkeys(group)) for group in out.values()]


def _walked(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        if DECLARATION in names:
            folders.clear()
            yield Path(here)
            continue
        folders[:] = sorted(one for one in folders if not one.startswith(".") and not left_by_systems(one))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(here, name)


def opened(path: Path, to: Path, deep: int = _DEEP) -> list[Path]:
    """Put what an archive or a mail holds into a folder of its own; what is none, broken or empty is itself all there is.

    So many times (`deep`) one may lie in another.
    """
    reads = OPENED.get(path.suffix.lower())
    if reads is None or path.is_symlink() or not path.is_file() or not deep or path.stat().st_size > MOST_BYTES:
        return [path]
    out: list[Path] = []
    with suppress(*FAILURES):
        when = path.stat().st_mtime
        for name, data, came in [*reads(path)]:
            inner = to / path.stem / _plain(name)
            if inner.exists():
                inner = to / f"{len(out)}" / path.stem / inner.name
            inner.parent.mkdir(parents=True, exist_ok=True)
            inner.write_bytes(data)
            os.utime(inner, (came or when, came or when))
            out += opened(inner, to / f"{len(out)}-trong", deep - 1)
    return out or [path]


def _zipped(path: Path) -> _Things:
    """Walk the files of a plain archive; nothing of a package or an Office file, which are one thing."""
    with zipfile.ZipFile(path) as zipped:
        entries = [one for one in zipped.infolist() if not one.is_dir()]
        names = {one.filename for one in entries}
        if any(name.split("/")[-1] == DECLARATION for name in names) or names.intersection(_OFFICE):
            return
        if len(entries) > MAX_FILES or sum(one.file_size for one in entries) > MAX_BAG_TOTAL:
            return
        for one in entries:
            if any(map(left_by_systems, one.filename.split("/"))):
                continue
            if fault(one):
                raise ValueError(one.filename)
            name = one.filename
            if not one.flag_bits & _UTF8:  # macOS writes UTF-8 and does not say so
                with suppress(UnicodeError):
                    name = name.encode("cp437").decode("utf-8")
            yield name, unpacked(zipped, one), None


def _attached(path: Path) -> _Things:
    """Walk the attachments of a mail, each of the day on which it was sent."""
    mail = message_from_bytes(read_bytes(path, limit=MOST_BYTES), policy=policy.default)
    sent = None
    with suppress(ValueError, TypeError):
        sent = parsedate_to_datetime(str(mail["Date"])).timestamp()
    for part in mail.walk():
        name = part.get_filename()
        data = part.get_payload(decode=True) if name and not part.is_multipart() else None
        if name and isinstance(data, bytes) and part.get_content_disposition() != "inline":
            yield name, data, sent


def _plain(name: str) -> str:
    """Give the last part of a name that somebody else has written, as one that a system takes."""
    last = clean(normalized(name)).replace("\\", "/").rsplit("/", 1)[-1]
    said = "".join("-" if char in '<>:"|?*' or ord(char) < ord(" ") else char for char in last).strip(" .")
    stem, dot, suffix = said.rpartition(".")
    return f"{(stem or 'tep')[:_LONGEST]}{dot}{suffix[:10]}" if dot else said[:_LONGEST] or "tep"


OPENED: Final[dict[str, Callable[[Path], _Things]]] = {".zip": _zipped, ".eml": _attached}
"""How what is opened ends, and what walks it."""
