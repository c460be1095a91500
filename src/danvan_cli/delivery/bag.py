"""Packages: a BagIt 1.0 bag (RFC 8493) in a zip. It proves that what came is what was packed, not who packed it.

A package from elsewhere is untrusted: names, sizes and digests are checked entry by entry while it is unpacked. What it
holds ends up in a folder that people open and that git and editors walk: nothing in it may hide, run by itself, or be
taken by a system for something else than a file; the same rule is for what is packed and for what comes.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import re
import stat
import tempfile
import unicodedata
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from danvan_cli.errors import UsageError
from danvan_cli.files import is_device, left_by_systems, read_bytes
from danvan_cli.lang import _
from danvan_cli.ooxml.parts import FAILURES, oddly_packed, unpacked
from danvan_cli.text import clean, normalized
from danvan_cli.unit.evidence import FOLDER, RUNS, file_ending

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_FILES: Final = 2000
MAX_BAG_TOTAL: Final = 1024 * 2**20
MAX_BAG_RATIO: Final = 250
MAX_WHITE: Final = 32 * 2**20
"""A file of more bytes is no white page, which is packed into less than a thousandth; beyond the ratio it is a bomb."""
MAX_TAG: Final = 2**20
"""Bytes of a tag file: manifests and information."""

_TIME: Final = (1980, 1, 1, 0, 0, 0)
DECLARATION: Final = "bagit.txt"
"""The file that makes a folder a bag."""
_DECLARED: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_TAGS: Final = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt")
_LINE: Final = re.compile(r"([0-9a-fA-F]{64})\s+\*?(\S.*)")
_CHUNK: Final = 2**20
_UNNAMEABLE: Final = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ}
"""What the system says of a name in a package that it cannot take, such as that of a file which is a folder too."""
_FAILURES: Final = tuple(one for one in FAILURES if one is not OSError)
"""A full disk is no fault of the package."""


@dataclass(frozen=True)
class Bag:
    """A bag that was unpacked and found whole: what it says of itself, and its payload by path below `data/`.

    `sha256` is that of the manifest of its manifests, which depends on every byte of the bag and on no byte of the zip.
    """

    sha256: str
    info: Mapping[str, str]
    files: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """Each payload file's SHA-256 and size in bytes."""


def pack(name: str, payload: Mapping[str, bytes], info: Mapping[str, str]) -> bytes:
    """Pack a bag in the zip's folder `name`; the same input gives the same bytes.

    `payload` are the files by path below `data/`, `info` is what `bag-info.txt` says; Payload-Oxum is added.
    """
    manifest = {f"data/{path}": hashlib.sha256(data).hexdigest() for path, data in payload.items()}
    oxum = f"{sum(map(len, payload.values()))}.{len(payload)}"
    told = {key: " ".join(clean(value).split()) for key, value in info.items()} | {"Payload-Oxum": oxum}
    tags = {
        "bagit.txt": _DECLARED,
        "bag-info.txt": "".join(f"{key}: {value}\n" for key, value in told.items()).encode(),
        "manifest-sha256.txt": _listed(manifest),
    }
    tags["tagmanifest-sha256.txt"] = _listed({key: hashlib.sha256(data).hexdigest() for key, data in tags.items()})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for path, data in [*tags.items(), *((f"data/{path}", data) for path, data in payload.items())]:
            entry = zipfile.ZipInfo(f"{name}/{path}", _TIME)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, (stat.S_IFREG | 0o644) << 16
            zipped.writestr(entry, data, compresslevel=6)
    return out.getvalue()


def _listed(digests: Mapping[str, str]) -> bytes:
    """Write a manifest; `%` and line ends in a path are written as RFC 8493, 2.1.3 says."""
    lines = (
        f"{digest}  {path.replace('%', '%25').replace(chr(10), '%0A').replace(chr(13), '%0D')}\n"
        for path, digest in sorted(digests.items())
    )
    return "".join(lines).encode()


@contextmanager
def zipped(folder: Path) -> Iterator[Path]:
    """Give a bag that somebody has unpacked as the zip that it was, for as long as it is looked at.

    Raises:
        UsageError: if it is larger than any bag, or holds a link.
    """
    with tempfile.TemporaryDirectory() as temporary:
        to = Path(temporary, f"{folder.name or 'goi'}.zip")
        size = 0
        with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as out:
            for path in sorted(folder.rglob("*")):
                inner = path.relative_to(folder)
                if any(map(left_by_systems, inner.parts)) or (path.is_dir() and not path.is_symlink()):
                    continue
                size += path.lstat().st_size
                if path.is_symlink() or not path.is_file() or size > MAX_BAG_TOTAL:
                    raise refused(folder, _("gói chứa liên kết, không phải tệp thường, hoặc lớn bất thường"))
                entry = zipfile.ZipInfo(f"goi/{inner.as_posix()}", _TIME)
                out.writestr(entry, read_bytes(path, limit=MAX_BAG_TOTAL))
        found = (folder / DECLARATION).stat()
        os.utime(to, ns=(found.st_atime_ns, found.st_mtime_ns))
        yield to


def unpack(path: Path, folder: Path) -> Bag:
    """Unpack a bag into a folder that is there and empty, every file flushed to the disk.

    Raises:
        UsageError: if it is broken, names paths that lead out or are doubled, unpacks beyond the bounds, or a file is
            not as its manifest says; what was unpacked by then is the caller's to remove.
    """
    try:
        with zipfile.ZipFile(path) as zipped:
            entries = _entries(zipped, path)
            for above in dict.fromkeys((folder / inner).parent for inner in entries):
                above.mkdir(parents=True, exist_ok=True)
            tags = {name: unpacked(zipped, entries.pop(name)) for name in _TAGS}
            digests = {}
            for inner, entry in entries.items():
                with zipped.open(entry) as source, (folder / inner).open("xb") as out:
                    digests[inner] = copied_stream(source, out, entry.file_size, path)
        for name, data in tags.items():
            with (folder / name).open("xb") as out:
                digests[name] = copied_stream(io.BytesIO(data), out, len(data), path)
        return _whole(tags, digests, path)
    except (*_FAILURES, OSError) as error:
        if isinstance(error, OSError) and error.errno not in _UNNAMEABLE:
            raise
        raise refused(path, _("gói bị hỏng, không bung ra được")) from None


def _entries(zipped: zipfile.ZipFile, path: Path) -> dict[str, zipfile.ZipInfo]:
    """Look at all names and sizes before anything is unpacked."""
    entries = [one for one in zipped.infolist() if not one.is_dir()]
    if len(entries) > MAX_FILES or sum(one.file_size for one in entries) > MAX_BAG_TOTAL:
        raise refused(path, _("gói bung ra lớn bất thường"))
    above = [one.filename.removesuffix(DECLARATION) for one in entries if one.filename.split("/")[-1] == DECLARATION]
    top = min(above, key=lambda one: one.count("/"), default="")
    out: dict[str, zipfile.ZipInfo] = {}
    known: set[str] = set()
    listed = next((one for one in entries if one.filename == f"{top}manifest-sha256.txt"), None)
    named = unpacked(zipped, listed) if listed and listed.file_size <= MAX_TAG and not fault(listed) else b""
    for one in entries:
        inner = one.filename.removeprefix(top)
        if any(map(left_by_systems, one.filename.split("/"))) and inner.encode(errors="replace") not in named:
            continue  # whoever packed it again did not see that
        if why := fault(one):
            raise refused(path, why)
        same = normalized(inner).casefold()
        if same in known:
            raise refused(path, _("gói có hai tệp cùng tên"))
        if not one.filename.startswith(top) or (not inner.startswith("data/") and inner not in _TAGS):
            raise refused(path, _("gói chứa tệp ngoài danh mục"))
        known.add(same)
        out[inner] = one
    if not set(_TAGS) <= out.keys():
        raise refused(path, _("gói thiếu danh mục của chính nó"))
    if any(out[tag].file_size > MAX_TAG for tag in _TAGS):
        raise refused(path, _("gói bung ra lớn bất thường"))
    return out


def fault(entry: zipfile.ZipInfo) -> str:
    """Say why an entry may not be unpacked; nothing where it may."""
    mode = entry.external_attr >> 16
    if entry.flag_bits & 1:
        return _("gói đặt mật khẩu")
    if stat.S_IFMT(mode) and not stat.S_ISREG(mode):
        return _("gói chứa liên kết, không phải tệp thường")
    if oddly_packed(entry):
        return _("{name} nén theo cách danvan không nhận", name=entry.filename)
    if entry.file_size > max(MAX_WHITE, MAX_BAG_RATIO * entry.compress_size):
        return _("gói bung ra lớn bất thường")
    return name_fault(entry.filename)


def copied_stream(source: IO[bytes], out: IO[bytes], most: int, path: Path) -> tuple[str, int]:
    """Copy a stream, flushed to the disk; give its SHA-256 and size.

    Raises:
        UsageError: if it is longer than `most` bytes.
    """
    digest, size = hashlib.sha256(), 0
    while piece := source.read(_CHUNK):
        size += len(piece)
        if size > most:
            raise refused(path, _("gói bung ra lớn bất thường"))
        digest.update(piece)
        out.write(piece)
    out.flush()
    os.fsync(out.fileno())
    return digest.hexdigest(), size


def _whole(tags: Mapping[str, bytes], digests: Mapping[str, tuple[str, int]], path: Path) -> Bag:
    """Hold what was unpacked against its manifests."""
    for tag, wanted in (
        ("tagmanifest-sha256.txt", {one for one in _TAGS if one != "tagmanifest-sha256.txt"}),
        ("manifest-sha256.txt", {one for one in digests if one.startswith("data/")}),
    ):
        listed = _manifest(tags[tag], path)
        if listed.keys() != wanted:
            raise refused(path, _("gói thừa hoặc thiếu tệp so với danh mục của nó"))
        for name, digest in listed.items():
            if digests[name][0] != digest:
                raise refused(path, _("tệp {name} trong gói không đúng như danh mục: đã bị sửa hoặc hỏng", name=name))
    if tags["bagit.txt"].replace(b"\r\n", b"\n") != _DECLARED:
        raise refused(path, _("gói không phải BagIt 1.0"))
    lines = (line.partition(":") for line in _text(tags["bag-info.txt"], path).splitlines())
    info = {key.strip(): value.strip() for key, colon, value in lines if colon}
    files = {name.removeprefix("data/"): told for name, told in digests.items() if name.startswith("data/")}
    return Bag(digests["tagmanifest-sha256.txt"][0], info, files)


def _manifest(data: bytes, path: Path) -> dict[str, str]:
    out = {}
    for line in _text(data, path).splitlines():
        found = _LINE.fullmatch(line)
        if found is None:
            raise refused(path, _("danh mục của gói không đọc được"))
        name = found[2].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
        out[name] = found[1].lower()
    return out


def _text(data: bytes, path: Path) -> str:
    try:
        return clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise refused(path, _("danh mục của gói không đọc được")) from None


def refused(path: Path, why: str) -> UsageError:
    """Give the refusal of a package."""
    return UsageError(
        _("{path}: {why}", path=path.name, why=why), help=_("đề nghị đơn vị lập lại gói: danvan submit, rồi gửi lại")
    )


# What a package may hold -----------------------------------------------------------------------------------------------

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


def name_fault(path: str) -> str:
    """Say why a path may not stand in a package, in whichever part; nothing where it may."""
    for part in path.split("/"):
        plain = normalized(part, "NFKC")
        told = clean(part)[:80]
        if not (_fits(part) and _fits(plain)):
            return _("gói chứa đường dẫn dẫn ra ngoài, hoặc tên tệp không dùng được: «{name}»", name=told)
        # what is not shown: macOS passes over some of it, and text may run backwards
        unseen = not part.isascii() and any(unicodedata.category(char) in {"Cf", "Cs"} for char in part)
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
