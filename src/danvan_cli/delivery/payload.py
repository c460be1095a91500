"""What a package may hold: the same rule for what is packed and for what comes, whoever packed it.

A payload ends up in a folder that people open and that git and editors walk: nothing in it may hide, run by itself, or be
taken by a system for something else than a file.
"""

from __future__ import annotations

import re
import unicodedata
from typing import IO, Final

from danvan_cli.files import is_device
from danvan_cli.lang import _
from danvan_cli.text import clean, normalized
from danvan_cli.unit.evidence import FOLDER, RUNS, file_ending

RECORDS: Final = ("unit.yaml", "score.yaml")
EVIDENCE_KINDS: Final = frozenset({
    ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp", ".rtf", ".txt", ".md", ".csv", ".xml",
    ".edxml", ".eml", ".msg", ".p7s", ".p7m", ".sig", ".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp",
    ".heic", ".mp3", ".m4a", ".aac", ".wav", ".ogg", ".mp4", ".mov", ".avi", ".mkv", ".3gp", ".webm", ".zip", ".rar", ".7z",
})  # fmt: skip
"""How a file of evidence in a package may end."""

_PART: Final = re.compile(r"[^\x00-\x1f\x7f\\/:*?\"<>|]+")
_SHORT: Final = re.compile(r"[^.]{1,6}~[0-9]{1,6}(?:\.[^.]{0,3})?")
"""The second name that Windows gives a file: `GIT~1` is `.git`."""
_READ_BY_SYSTEMS: Final = {"desktop.ini", "autorun.inf", "thumbs.db"}
_BEGINNINGS: Final = (
    b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe", b"L\x00\x00\x00\x01\x14\x02\x00",
)  # fmt: skip
"""How programs of Windows, Linux, macOS and Java, scripts and shortcuts begin."""
_MACROS: Final = b"vbaproject.bin"
_CHUNK: Final = 2**20


def name_fault(path: str) -> str:
    """Say why a path may not stand in a package, in whichever part; nothing where it may."""
    for part in path.split("/"):
        plain = normalized(part, "NFKC")
        told = clean(part)[:80]
        if not (_fits(part) and _fits(plain)):
            return _("gói chứa đường dẫn dẫn ra ngoài, hoặc tên tệp không dùng được: «{name}»", name=told)
        # what is not shown: macOS passes over some of it, and text may run backwards
        unseen = any(unicodedata.category(char) in {"Cf", "Cs"} for char in part)
        if plain.startswith(".") or _SHORT.fullmatch(plain) or unseen:
            return _("gói chứa tệp hoặc thư mục ẩn, hoặc tên có ký tự ẩn: «{name}»", name=told)
        if plain.casefold() in _READ_BY_SYSTEMS:
            return _("gói chứa tệp điều khiển của hệ điều hành: «{name}»", name=told)
        if file_ending(part) in RUNS:
            return _("gói chứa tệp chạy được chương trình: «{name}»", name=told)
    return ""


def kind_fault(path: str) -> str:
    """Say why a file of such a name is none that `danvan submit` packs; nothing where it is."""
    above, _slash, name = path.partition("/")
    if not name and (path in RECORDS or file_ending(path) == ".docx"):
        return ""
    if above == FOLDER and name and file_ending(path) in EVIDENCE_KINDS:
        return ""
    return _("gói không chở loại tệp này: «{name}»", name=clean(path)[:80])


def runs(file: IO[bytes]) -> bool:
    """Tell by its content a program, a script, a shortcut, or an Office file with macros, whatever its name is."""
    piece = file.read(_CHUNK)
    if piece.startswith(_BEGINNINGS):
        return True
    if not piece.startswith(b"PK"):
        return False
    before = b""
    while piece:
        if _MACROS in (before + piece).lower():
            return True
        before, piece = piece[-len(_MACROS) :], file.read(_CHUNK)
    return False


def _fits(part: str) -> bool:
    """Tell whether a name can be a file's on every system."""
    short = len(part.encode(errors="surrogatepass")) <= 200
    bounded = part == part.strip() and not part.endswith(".")
    return short and bounded and _PART.fullmatch(part) is not None and not is_device(part)
