"""Word documents to PDF, and old Office files (.doc, .xls) to those of today, by the LibreOffice that is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from danvan_cli import files
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    # By number: two documents of one name from two folders stay apart, and no name can be taken for an option.
    given = {f"{number}.docx": files.read_bytes(path) for number, path in enumerate(paths)}
    help_ = _("mở bằng Word rồi lưu thành PDF (File > Save As > PDF)")
    results = _converted(given, "pdf:writer_pdf_Export", _("tạo PDF"), help_)
    made, failed = list[Path](), list[Path]()
    for path, result in zip(paths, results, strict=True):
        if result is None:
            failed.append(path)
        else:
            made.append(path.with_suffix(".pdf"))
            files.write(made[-1], result)
    if failed:
        raise DanvanError(
            _("LibreOffice không chuyển được sang PDF: {names}", names=", ".join(map(str, failed))), help=help_
        )
    return made


_OLD: Final = {".doc": "docx:MS Word 2007 XML", ".xls": "xlsx:Calc MS Excel 2007 XML"}
"""What old Office files become, as LibreOffice calls it."""


def installed() -> bool:
    """Tell whether LibreOffice is there."""
    return office() is not None


def of_today(data: bytes, path: str, suffix: str = ".doc") -> bytes:
    """Make a .docx or .xlsx of an old Office file.

    Args:
        data: the file.
        path: its name as the user knows it.
        suffix: `.doc` or `.xls`.

    Raises:
        DanvanError: if LibreOffice is not installed, does not end in time, or cannot read it.
    """
    help_ = _("mở bằng Word, Excel, bỏ mật khẩu nếu có, rồi lưu lại ở dạng .docx, .xlsx")
    (result,) = _converted({f"0{suffix}": data}, _OLD[suffix], _("đọc {path}", path=path), help_)
    if result is None:
        raise UsageError(_("LibreOffice không đọc được {path}", path=path), help=help_)
    return result


def office() -> str | None:
    """Find LibreOffice."""
    return next(filter(None, map(shutil.which, (*_NAMES, *_PLACES))), None)


def _converted(given: Mapping[str, bytes], form: str, what_for: str, otherwise: str) -> list[bytes | None]:
    """Have LibreOffice convert files, by their names in a folder of its own; None for one that it cannot."""
    program = office()
    if program is None:
        raise DanvanError(
            _("không tìm thấy LibreOffice để {what}", what=what_for),
            help=_("cài LibreOffice, hoặc {other}", other=otherwise),
        )
    with tempfile.TemporaryDirectory(prefix="danvan-pdf-", ignore_cleanup_errors=True) as folder:
        here = Path(folder)
        copies = [here / name for name in given]
        for copy, data in zip(copies, given.values(), strict=True):
            copy.write_bytes(data)
        for start in range(0, len(copies), _TOGETHER):
            _run(program, here, copies[start : start + _TOGETHER], form, otherwise)
        results = [copy.with_suffix(f".{form.partition(':')[0]}") for copy in copies]
        return [result.read_bytes() if result.is_file() else None for result in results]


def _run(office: str, folder: Path, copies: Sequence[Path], form: str, otherwise: str) -> None:
    """Run LibreOffice over files in a folder, where the results come too."""
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
            help=_("cài lại LibreOffice, hoặc {other}", other=otherwise),
        ) from None
    try:
        running.wait(seconds)
    except subprocess.TimeoutExpired:
        raise DanvanError(
            _("LibreOffice chạy quá {seconds} giây mà chưa xong", seconds=seconds),
            help=_("chạy lại, hoặc {other}", other=otherwise),
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
