"""Files of evidence: what may be one, where it lies in the unit's folder, and its digest."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Final

from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.files import inside, is_device, patiently, reason, refuse_large, settle, sweep, temporary, umasked
from danvan_cli.lang import _
from danvan_cli.text import fold, normalized, readable
from danvan_cli.yaml.held import locked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FOLDER: Final = "evidence"
"""Where a unit's files of evidence lie, in its folder; records name them from there."""
MOST_BYTES: Final = 200 * 2**20
RUNS: Final = frozenset({
    ".exe", ".com", ".bat", ".cmd", ".ps1", ".psm1", ".js", ".jse", ".mjs", ".vb", ".vbs", ".vbe", ".ws", ".wsf", ".wsh",
    ".wsc", ".sct", ".hta", ".scr", ".pif", ".cpl", ".dll", ".ocx", ".sys", ".lnk", ".url", ".scf", ".desktop", ".website",
    ".msi", ".msp", ".mst", ".msc", ".reg", ".inf", ".gadget", ".application", ".appref-ms", ".settingcontent-ms",
    ".library-ms", ".search-ms", ".msix", ".appx", ".jar", ".jnlp", ".class", ".apk", ".deb", ".rpm", ".appimage", ".dmg",
    ".pkg", ".iso", ".img", ".vhd", ".vhdx", ".chm", ".hlp", ".sh", ".bash", ".command", ".py", ".pyw", ".pyz", ".pl",
    ".rb", ".php", ".xll", ".xla", ".xlam", ".xlsm", ".xlsb", ".xltm", ".docm", ".dotm", ".pptm", ".potm", ".ppsm", ".ppam",
    ".ppa", ".iqy", ".slk",
})  # fmt: skip
"""Files that can run something where they are opened."""

_CHUNK: Final = 2**20
_ODD = re.compile(r"[^a-z0-9]+")
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True)
class Incoming:
    """A file that is to become evidence: where it is, its name and digest among the unit's, whether it was there."""

    source: Path
    folder: Path
    name: str
    sha256: str
    there: bool

    @contextmanager
    def staged(self) -> Iterator[Callable[[], bool]]:
        """Copy it into the unit's folder under a name that nobody looks for; what is there is left.

        That takes as long as the file is large, so nobody is kept from writing meanwhile.

        Yields:
            What gives the copy its name and tells whether the file was made here: not where it is there by now, brought by
            somebody else. It raises a DanvanError if it cannot be written, or another has taken its name.

        Raises:
            DanvanError: if it cannot be written, or has changed since it was looked at.
        """
        target, draft = self.folder / self.name, None
        with ExitStack() as stack:
            with self._told():
                sweep(self.folder)
                if not inside(target).exists():
                    self.folder.mkdir(parents=True, exist_ok=True)
                    draft = stack.enter_context(temporary(self.folder, self._copy, umasked(0o666)))

            def place() -> bool:
                with self._told():
                    if draft is None or target.exists():
                        return self._taken(target)
                    try:
                        _placed(draft, target)
                    except FileExistsError:
                        return self._taken(target)
                    settle([self.folder, self.folder.parent])
                return True

            yield place

    def _copy(self, out: IO[bytes]) -> None:
        if _read(self.source, out.write) != self.sha256:
            raise DanvanError(_("tệp {path} vừa thay đổi, chưa ghi gì", path=self.source), help=_("chạy lại lệnh"))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say in our words why the system refuses."""
        try:
            yield
        except OSError as error:
            raise DanvanError(_("không chép được {path}: {why}", path=self.source, why=reason(error))) from None

    def _taken(self, target: Path) -> bool:
        """Take the file that is there for this one if it is the same."""
        if sha256(target) != self.sha256:
            raise DanvanError(_("đã có một tệp cùng tên: {path}", path=target), help=_("chạy lại lệnh"))
        return False


def _placed(temporary: str, target: Path) -> None:
    """Give a file its name, which nobody else has; it may keep the old one besides.

    Raises:
        FileExistsError: if somebody has the name.
    """
    if os.name == "nt":
        patiently(lambda: os.rename(temporary, target))  # noqa: PTH104 - never over another file there
        return
    try:
        os.link(temporary, target)  # the name is made or refused in one step
    except OSError as error:  # a disk without links, as memory sticks are
        if isinstance(error, FileExistsError):
            raise
        os.close(os.open(target, os.O_CREAT | os.O_EXCL))  # ours from here on
        os.replace(temporary, target)  # noqa: PTH105 - over our own


@contextmanager
def evidence_there(files: Iterable[Incoming], path: Path) -> Iterator[list[Incoming]]:
    """Have files of evidence there for what follows; where that fails, those that were made here are taken back.

    The workspace's lock is held from when they have their names, so that nobody relies on a file that is taken back;
    `path` is the file that records them.

    Raises:
        DanvanError: if one cannot be copied.
    """
    made: list[Incoming] = []
    with ExitStack() as drafts:
        ready = [(one, drafts.enter_context(one.staged())) for one in files]
        with locked(path):
            try:
                for one, place in ready:
                    made += [one] if place() else []  # what was made before one fails is known
                yield made
            except BaseException:
                for one in made:
                    with suppress(OSError):
                        (one.folder / one.name).unlink()
                raise


def incoming(source: Path, folder: Path) -> Incoming:
    """Look at a file, or a link to it, that is to become evidence in a unit's folder; nothing is copied yet.

    Raises:
        UsageError: if it is no regular file, too large, of a kind that runs, or cannot be read.
    """
    try:
        if not source.exists():
            raise UsageError(_("không có tệp {path}", path=source))
        if not source.is_file():
            how = _("ghi từng tệp một; nhiều tệp thì nén thành một tệp .zip")
            raise UsageError(_("{path} không phải tệp thường", path=source), help=how)
        if file_ending(source.name) in RUNS or file_ending(source.resolve().name) in RUNS:
            said = _("không nhận tệp {suffix}: tệp này chạy được chương trình", suffix=source.suffix.lower())
            raise UsageError(said, help=_("lưu lại dưới dạng .pdf, .docx, .xlsx hoặc ảnh"))
        refuse_large(source, source.stat().st_size, MOST_BYTES)
        digest = sha256(source)
    except OSError as error:
        raise UsageError(_("không đọc được {path}: {why}", path=source, why=reason(error))) from None
    wanted = clean_file_name(source.name)
    for name in (wanted, f"{Path(wanted).stem}-{digest[:8]}{Path(wanted).suffix}"):
        there = inside(folder / name)
        if not there.exists():
            return Incoming(source, folder, name, digest, there=False)
        if there.is_file() and sha256(there) == digest:
            return Incoming(source, folder, name, digest, there=True)
    raise DanvanError(_("đã có một tệp cùng tên: {path}", path=folder / wanted))


def file_ending(name: str) -> str:
    """Give how a file's name ends, `.exe` for `X.ＥXE` too: as a system that is generous with letters reads it."""
    plain = name
    if not name.isascii():
        plain = "".join(c for c in normalized(name, "NFKC") if unicodedata.category(c) != "Cf")
    return PurePosixPath(plain.casefold().rstrip(". ")).suffix


def sha256(path: Path) -> str:
    """Digest a file of any size.

    Raises:
        OSError: if it cannot be read.
    """
    return _read(path, lambda _piece: None)


def _read(path: Path, take: Callable[[bytes], object]) -> str:
    digest = hashlib.sha256()
    with inside(path).open("rb") as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
            take(piece)
    return digest.hexdigest()


def clean_file_name(name: str) -> str:
    """Make of a clerk's file name one that every system takes: `Biên bản (ký số).PDF` becomes `bien-ban-ky-so.pdf`."""
    path = Path(readable(name))
    stem = _ODD.sub("-", fold(path.stem)).strip("-")[:80].strip("-") or "tep"
    suffix = _ODD.sub("", fold(path.suffix))[:10]
    stem = f"tep-{stem}" if is_device(stem) else stem
    return f"{stem}.{suffix}" if suffix else stem


def place(folder: Path, name: str) -> Path | None:
    """Find a file that a record names in a unit's folder of evidence; None where the name leads out of it.

    The name, with or without `evidence/` before it, comes from others: it may be absolute, climb, hold backslashes or a
    drive, or be a link that leads out.
    """
    name = name.removeprefix(f"{FOLDER}/")
    parts = name.split("/")
    if "\\" in name or "\0" in name or _DRIVE.match(name) or any(part in {"", ".", ".."} for part in parts):
        return None
    path = folder.joinpath(*parts)
    try:
        return path if path.resolve().is_relative_to(folder.resolve()) else None
    except (OSError, RuntimeError):  # a link that leads to itself
        return None
