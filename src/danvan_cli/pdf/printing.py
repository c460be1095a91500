"""Word documents to PDF, and old Office files (.doc, .xls) to those of today, by the LibreOffice that is installed.

Where there is none, Word itself makes the PDF: on Windows, by way of PowerShell.
"""

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
_PLACES: Final = ("/Applications/LibreOffice.app/Contents/MacOS/soffice", "/usr/lib/libreoffice/program/soffice")
"""Where LibreOffice's installers put it without a word to PATH."""

_KEYS: Final = (
    r"SOFTWARE\LibreOffice\UNO\InstallPath",
    r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\soffice.exe",
)
"""Where Windows' registry names its folder, or a program in it."""
_FOLDERS: Final = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)", "LOCALAPPDATA")
"""The variables of Windows that name the folders of programs."""

_BY_WORD: Final = """
$ErrorActionPreference = 'Stop';
$before = @(Get-Process WINWORD -ErrorAction SilentlyContinue | ForEach-Object { $_.Id });
$word = New-Object -ComObject Word.Application;
try {
  Get-Process WINWORD | Where-Object { $before -notcontains $_.Id } | ForEach-Object { $_.Id } |
    Out-File -Encoding ascii (Join-Path $env:DANVAN_FOLDER 'word.pid');
  $word.Visible = $false; $word.DisplayAlerts = 0; $word.AutomationSecurity = 3;
  foreach ($one in Get-ChildItem -LiteralPath $env:DANVAN_FOLDER -Filter '*.docx') {
    try {
      $document = $word.Documents.Open($one.FullName, $false, $true, $false, '-');
      $document.ExportAsFixedFormat([IO.Path]::ChangeExtension($one.FullName, '.pdf'), 17);
      $document.Close(0)
    } catch { }
  }
} finally { $word.Quit(0); [void][Runtime.InteropServices.Marshal]::ReleaseComObject($word) }
"""
"""Read only, without macros, links, questions or a place in the list of recent files; no double quote: PowerShell takes it off.

Word has no folder of its own settings to be told: it starts anew for this, and its number is kept to end it by.
"""

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
_OLD: Final = {".doc": "docx:MS Word 2007 XML", ".xls": "xlsx:Calc MS Excel 2007 XML"}
"""What old Office files become, as LibreOffice calls it."""


def to_pdf(paths: Sequence[Path]) -> list[Path]:
    """Make each Word document's PDF beside it, named like it; a PDF that is there is replaced as a whole.

    LibreOffice starts once for many, under a profile of its own, so that one that is open does not matter; so does Word
    where there is no LibreOffice.

    A DanvanError: neither is installed, it does not end in time, or cannot convert one of them; those that it could are
    there. A UsageError: a document cannot be read.
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
        by = "LibreOffice" if libreoffice() else "Word"
        raise DanvanError(
            _("{program} không chuyển được sang PDF: {names}", program=by, names=", ".join(map(str, failed))),
            help=help_,
        )
    return made


def of_today(data: bytes, path: str, suffix: str = ".doc") -> bytes:
    """Make a .docx or .xlsx of an old Office file, whose name is as the user knows it; `suffix` is `.doc` or `.xls`.

    A DanvanError tells that LibreOffice is not installed, does not end in time, or cannot read it.
    """
    help_ = _("mở bằng Word, Excel, bỏ mật khẩu nếu có, rồi lưu lại ở dạng .docx, .xlsx")
    (result,) = _converted({f"0{suffix}": data}, _OLD[suffix], _("đọc {path}", path=path), help_)
    if result is None:
        raise UsageError(_("LibreOffice không đọc được {path}", path=path), help=help_)
    return result


def libreoffice() -> str | None:
    """Find LibreOffice."""
    places = _of_windows() if os.name == "nt" else _PLACES
    return next(filter(None, map(shutil.which, (*_NAMES, *places))), None)


def _of_windows() -> list[str]:
    """Tell where Windows has LibreOffice, by its registry, by its folders of programs."""
    folders = [Path(os.environ[one]) for one in _FOLDERS if one in os.environ]
    places = [one / "LibreOffice" / "program" for one in (*folders, *(it / "Programs" for it in folders[-1:]))]
    if sys.platform == "win32":
        import winreg

        for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            for key in _KEYS:
                with suppress(OSError):
                    named = Path(winreg.QueryValue(root, key).strip('"'))
                    places.append(named.parent if named.suffix else named)
    return [os.fspath(one / "soffice.com") for one in places]


def word() -> str | None:
    """Find what can have Word work (PowerShell): on Windows, where Word is installed."""
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, r"Word.Application\CLSID"):
            return shutil.which("powershell")
    return None


def _converted(given: Mapping[str, bytes], form: str, what_for: str, otherwise: str) -> list[bytes | None]:
    """Have LibreOffice convert files, by their names in a folder of its own; None for one that it cannot."""
    program = libreoffice()
    powershell = word() if program is None and form.startswith("pdf") else None
    if not (program or powershell):
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
            some = copies[start : start + _TOGETHER]
            if program:
                _by_libreoffice(program, here, some, form, otherwise)
        if powershell:
            _by_word(powershell, here, len(copies), otherwise)
        results = [copy.with_suffix(f".{form.partition(':')[0]}") for copy in copies]
        return [result.read_bytes() if result.is_file() else None for result in results]


def _by_libreoffice(program: str, folder: Path, copies: Sequence[Path], form: str, otherwise: str) -> None:
    """Run LibreOffice over files in a folder, where the results come too."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
    profile = (folder / "profile").as_uri()
    options = f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck"
    command = [program, *options, "--convert-to", form, "--outdir", str(folder), *map(str, copies)]
    _run("LibreOffice", command, len(copies), otherwise)


def _by_word(powershell: str, folder: Path, count: int, otherwise: str) -> None:
    """Have Word make the PDF of each document in a folder, there."""
    command = [powershell, "-NoProfile", "-NonInteractive", "-Command", " ".join(_BY_WORD.split())]
    try:
        _run("Word", command, count, otherwise, DANVAN_FOLDER=os.fspath(folder))
    except DanvanError:
        with suppress(OSError, ValueError):
            _end(int((folder / "word.pid").read_text(encoding="ascii").split()[0]))
        raise


def _run(program: str, command: Sequence[str], count: int, otherwise: str, **variables: str) -> None:
    """Run a program over so many files; end it where it takes too long."""
    seconds = START_SECONDS + FILE_SECONDS * count
    silent = subprocess.DEVNULL
    try:
        running = subprocess.Popen(  # noqa: S603 - the program found above, and names of our own
            command, stdin=silent, stdout=silent, stderr=silent, start_new_session=True, env=os.environ | variables
        )
    except OSError as error:
        raise DanvanError(
            _("không chạy được {program}: {why}", program=program, why=files.reason(error)),
            help=_("cài lại {program}, hoặc {other}", program=program, other=otherwise),
        ) from None
    try:
        running.wait(seconds)
    except subprocess.TimeoutExpired:
        raise DanvanError(
            _("{program} chạy quá {seconds} giây mà chưa xong", program=program, seconds=seconds),
            help=_("chạy lại, hoặc {other}", other=otherwise),
        ) from None
    finally:
        if running.poll() is None:  # too late, or the user has interrupted us
            _end(running.pid)
            running.wait()


def _end(process: int) -> None:
    """End a process, with those that it has started."""
    if sys.platform != "win32":
        with suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)
    else:
        command = ["taskkill", "/F", "/T", "/PID", str(process)]
        subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - a command of Windows
