"""Files and folders chosen in the system's own window, or typed where there is none: a pipe, another system."""

from __future__ import annotations

import ctypes
import re
import sys
from contextlib import suppress
from ctypes import wintypes
from pathlib import Path
from typing import TYPE_CHECKING, Final

from danvan_cli.cli import prompts
from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST: Final = 65_536
"""Letters of all names that may be chosen at once."""


def files(title: str, kinds: Sequence[str] = ()) -> list[Path]:
    """Have one file or several chosen, of these kinds (`*.xlsx`) or any; none where the person thinks better of it."""
    chosen = _files(title, kinds) if prompts.at_terminal() else None
    return _typed(_("{what}; đường dẫn (kéo tệp thả vào đây cũng được): ", what=title)) if chosen is None else chosen


def folder(title: str) -> Path | None:
    """Have a folder chosen; None where the person thinks better of it."""
    chosen = _folder(title) if prompts.at_terminal() else None
    if chosen is None:
        chosen = _typed(_("{what}; đường dẫn thư mục (kéo thả vào đây cũng được): ", what=title))
    return next(iter(chosen), None)


def _typed(question: str) -> list[Path]:
    """Read paths as they are typed, or put there by dropping: quoted for their spaces."""
    typed = prompts.line(question)
    whole = Path(typed.strip('"'))
    if not typed or whole.exists():
        return [whole] if typed else []
    return [Path(quoted or plain) for quoted, plain in re.findall(r'"([^"]+)"|(\S+)', typed)]


class _Opening(ctypes.Structure):
    """What GetOpenFileNameW takes."""

    _fields_ = [
        ("size", wintypes.DWORD), ("owner", ctypes.c_void_p), ("instance", ctypes.c_void_p), ("filter", ctypes.c_void_p),
        ("custom", ctypes.c_void_p), ("custom_most", wintypes.DWORD), ("filter_at", wintypes.DWORD),
        ("file", ctypes.c_void_p), ("file_most", wintypes.DWORD), ("title_of", ctypes.c_void_p),
        ("title_most", wintypes.DWORD), ("folder", ctypes.c_wchar_p), ("title", ctypes.c_wchar_p),
        ("flags", wintypes.DWORD), ("offset", wintypes.WORD), ("extension", wintypes.WORD), ("default", ctypes.c_wchar_p),
        ("data", ctypes.c_void_p), ("hook", ctypes.c_void_p), ("template", ctypes.c_wchar_p),
        ("reserved", ctypes.c_void_p), ("reserved_too", wintypes.DWORD), ("more_flags", wintypes.DWORD),
    ]  # fmt: skip


class _Browsing(ctypes.Structure):
    """What SHBrowseForFolderW takes."""

    _fields_ = [
        ("owner", ctypes.c_void_p), ("root", ctypes.c_void_p), ("name", ctypes.c_void_p), ("title", ctypes.c_wchar_p),
        ("flags", wintypes.UINT), ("hook", ctypes.c_void_p), ("data", ctypes.c_void_p), ("image", ctypes.c_int),
    ]  # fmt: skip


# Several, as Explorer shows them, that are there; the current folder stays, nothing but files is asked.
_FLAGS: Final = 0x200 | 0x80000 | 0x1000 | 0x800 | 0x8 | 0x4
# Folders of the file system alone, in the window of today, with a line to type in.
_FOLDERS: Final = 0x1 | 0x40 | 0x10


def _files(title: str, kinds: Sequence[str]) -> list[Path] | None:
    """Ask by Windows' window; None where there is none."""
    if sys.platform == "win32":
        names = ctypes.create_unicode_buffer(_LONGEST)
        every = [(_("Mọi tệp"), "*.*")]
        shown = [(_("Tệp cần chọn"), ";".join(kinds)), *every] if kinds else every
        kept = ctypes.create_unicode_buffer("\0".join(word for pair in shown for word in pair) + "\0")
        asked = _Opening(
            size=ctypes.sizeof(_Opening), filter=ctypes.addressof(kept), filter_at=1, file=ctypes.addressof(names),
            file_most=_LONGEST, title=title, flags=_FLAGS,
        )  # fmt: skip
        with suppress(OSError):
            dialogs = ctypes.WinDLL("comdlg32")
            if dialogs.GetOpenFileNameW(ctypes.byref(asked)):
                return chosen_paths(names[:])
            return None if dialogs.CommDlgExtendedError() else []
    return None


def chosen_paths(names: str) -> list[Path]:
    """Read what the window gives: one path, or a folder and the names in it, each ended by NUL, NUL at the end."""
    first, *others = names.partition("\0\0")[0].split("\0")
    return [Path(first, one) for one in others] or [Path(first)]


def _folder(title: str) -> list[Path] | None:
    """Ask by Windows' window; None where there is none."""
    if sys.platform == "win32":
        with suppress(OSError, AttributeError):
            shell, ole = ctypes.WinDLL("shell32"), ctypes.WinDLL("ole32")
            shell.SHBrowseForFolderW.restype = ctypes.c_void_p
            shell.SHGetPathFromIDListEx.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p, wintypes.DWORD, ctypes.c_int)
            ole.CoTaskMemFree.argtypes = (ctypes.c_void_p,)
            ole.CoInitialize(None)
            found = shell.SHBrowseForFolderW(ctypes.byref(_Browsing(title=title, flags=_FOLDERS)))
            if not found:
                return []
            path = ctypes.create_unicode_buffer(32_768)
            told = shell.SHGetPathFromIDListEx(found, path, len(path), 0)
            ole.CoTaskMemFree(found)
            return [Path(path.value)] if told else []
    return None
