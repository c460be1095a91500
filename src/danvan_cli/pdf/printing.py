"""What the LibreOffice that is installed does: Word documents to PDF, and old Office files to those of today."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from danvan_cli import files
from danvan_cli.errors import DanvanError
from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NAMES: Final = ("soffice", "libreoffice")
_PLACES: Final = (
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
"""Where LibreOffice's installers put it without a word to PATH."""

START_SECONDS: Final = 60
"""How long LibreOffice may take to start, with a profile of its own to make."""

FILE_SECONDS: Final = 30
"""How long it may take for one document more."""


_TOGETHER: Final = 100
"""How many it converts in one run: Windows bounds the length of a command."""


_one: Final = threading.Lock()
"""One old file at a time: each takes the memory of a LibreOffice."""


_SECURITY: Final = (
    "DisableMacrosExecution", "DisableActiveContent", "BlockUntrustedRefererLinks", "DisableOLEAutomation",
)  # fmt: skip
_ITEM: Final = """<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="{}" oor:op="fuse">\
<value>true</value></prop></item>"""
_SETTINGS: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{"".join(map(_ITEM.format, _SECURITY))}</oor:items>
"""
"""The profile's own: nothing that a document brings is run or fetched, whoever has edited it."""


def to_pdf(paths: Sequence[Path]) -> list[Path]:
    """Make each Word document's PDF beside it, named like it; a PDF that is there is replaced as a whole.

    LibreOffice starts once for many, under a profile of its own, so that one that is open does not matter.

    Raises:
        DanvanError: if LibreOffice is not installed, does not end in time, or cannot convert one of them; those that
        it could are there.
        UsageError: if a document cannot be read.
    """
    if not paths:
        return []
    office = _office()
    with tempfile.TemporaryDirectory(prefix="danvan-pdf-", ignore_cleanup_errors=True) as folder:
        here = Path(folder)
        # By number: two documents of one name from two folders stay apart, and no name can be taken for an option.
        copies = [here / f"{number}.docx" for number in range(len(paths))]
        for path, copy in zip(paths, copies, strict=True):
            copy.write_bytes(files.read_bytes(path))
        for start in range(0, len(copies), _TOGETHER):
            _run(office, here, copies[start : start + _TOGETHER], "pdf:writer_pdf_Export")
        made: list[Path] = []
        failed: list[Path] = []
        for path, copy in zip(paths, copies, strict=True):
            result = copy.with_suffix(".pdf")
            if result.is_file():
                made.append(path.with_suffix(".pdf"))
                files.write(made[-1], result.read_bytes())
            else:
                failed.append(path)
    if failed:
        raise DanvanError(
            _("LibreOffice không chuyển được sang PDF: {names}", names=", ".join(map(str, failed))),
            help=_("mở bằng Word rồi lưu thành PDF (File > Save As > PDF)"),
        )
    return made


_TODAY: Final = {".doc": (".docx", "docx:MS Word 2007 XML"), ".xls": (".xlsx", "xlsx:Calc MS Excel 2007 XML")}
"""What old Office files become, and what LibreOffice calls that."""


def installed() -> bool:
    """Tell whether LibreOffice is there."""
    return _found() is not None


@contextmanager
def of_today(path: Path) -> Iterator[Path]:
    """Give an old Office file (.doc, .xls) as one of today, as long as this is.

    Raises:
        DanvanError: if LibreOffice is not installed, does not end in time, or cannot convert it.
        UsageError: if the file cannot be read.
    """
    suffix, form = _TODAY[path.suffix.lower()]
    office = _office()
    with tempfile.TemporaryDirectory(prefix="danvan-pdf-", ignore_cleanup_errors=True) as folder, _one:
        copy = Path(folder, f"0{path.suffix.lower()}")
        copy.write_bytes(files.read_bytes(path))
        _run(office, Path(folder), [copy], form)
        made = copy.with_suffix(suffix)
        if not made.is_file():
            raise DanvanError(_("LibreOffice không đọc được {path}", path=path.name))
        yield made


def _found() -> str | None:
    return next(filter(None, map(shutil.which, (*_NAMES, *_PLACES))), None)


def _office() -> str:
    found = _found()
    if found is None:
        raise DanvanError(
            _("không tìm thấy LibreOffice để tạo PDF"),
            help=_("cài LibreOffice, hoặc mở bằng Word rồi lưu thành PDF"),
        )
    return found


def _run(office: str, folder: Path, copies: Sequence[Path], form: str) -> None:
    """Run LibreOffice over files in a folder, where what it makes of them comes too."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
    profile = (folder / "profile").as_uri()
    command = [
        office, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck", "--convert-to",
        form, "--outdir", str(folder), *map(str, copies),
    ]  # fmt: skip
    seconds = START_SECONDS + FILE_SECONDS * len(copies)
    silent = subprocess.DEVNULL
    try:
        running = subprocess.Popen(  # noqa: S603 - the office found above, and names of our own
            command, stdin=silent, stdout=silent, stderr=silent, start_new_session=True
        )
    except OSError as error:
        raise DanvanError(
            _("không chạy được LibreOffice: {why}", why=files.reason(error)),
            help=_("cài lại LibreOffice, hoặc mở bằng Word rồi lưu thành PDF"),
        ) from None
    try:
        running.wait(seconds)
    except subprocess.TimeoutExpired:
        raise DanvanError(
            _("LibreOffice chạy quá {seconds} giây mà chưa xong", seconds=seconds),
            help=_("chạy lại, hoặc mở bằng Word rồi lưu thành PDF"),
        ) from None
    finally:
        if running.poll() is None:  # too late, or the user has interrupted us
            _kill(running)


def _kill(running: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with the processes that it has started itself."""
    if sys.platform == "win32":
        command = ["taskkill", "/F", "/T", "/PID", str(running.pid)]
        subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - a command of Windows
    else:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    running.wait()
