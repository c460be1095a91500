"""Files: found, named and written so that nothing is lost, half-written or put where it does not belong."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import tempfile
import time
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from itertools import count
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, TypeVar
from zlib import crc32

from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.lang import _
from danvan_cli.text import normalized

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_PACKAGE = Path(__file__).parent
_swept: Final[set[Path]] = set()
"""Folders in which this process has removed what others left."""
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
DEVICE: Final = r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])"
"""What Windows takes for a device, whatever ending it has: no file or folder can be called so there."""
_DEVICE = re.compile(rf"(?i:{DEVICE}|conin\$|conout\$|clock\$) *(?:\..*)?")
_HELD = frozenset({5, 32, 33})
"""What Windows says of a file that Excel or an antivirus has open: no access, shared by nobody, locked."""
_PATIENCE = 1.0
_LONG = 259
"""So many letters of a path are taken by Windows, unless its administrator has said otherwise."""
_T = TypeVar("_T")
_DRAFT = re.compile(r"\.danvan-([0-9a-f]{8})-([0-9]{1,20})-")
_LASTS = 24 * 60 * 60
"""Seconds after which what nobody can be asked about is nobody's."""


def shipped(name: str) -> Path:
    """Find a file or folder that comes with danvan: `plans/2023.yaml`, `templates`, `samples`.

    It lies inside the installed package; in a checkout, where the project keeps it.
    """
    inside = _PACKAGE / "shipped" / name
    return inside if inside.exists() else _PACKAGE.parents[1] / name


def safe_name(name: str) -> str:
    """Give back an id that is to become a file's or folder's name.

    Raises:
        UsageError: if it holds anything but small letters without marks, digits and single hyphens.
    """
    if not _NAME.fullmatch(name) or len(name) > 64 or is_device(name):
        how = _(
            "mã chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối, ví dụ: so-y-te; trừ con, prn, aux, nul, com1, lpt1"
        )
        raise UsageError(_("mã «{name}» không dùng được làm tên thư mục", name=name[:80]), help=how)
    return name


def named_so(path: Path, *endings: str) -> Path:
    """Give back the name of a file that is to be written.

    Raises:
        UsageError: if it does not end as what is written does.
    """
    if path.suffix.lower() not in endings:
        how = _("đặt tên tệp {endings}", endings=" / ".join(endings))
        raise UsageError(_("{path}: không ghi được dạng này", path=path), help=how)
    return path


def cache_folder() -> Path:
    """Give the user's own folder for what danvan can make again."""
    from platformdirs import user_cache_path

    return user_cache_path("danvan", appauthor=False)


def is_device(name: str) -> bool:
    """Tell a name that Windows keeps for a device."""
    return _DEVICE.fullmatch(name) is not None


def patiently(work: Callable[[], _T]) -> _T:
    """Do something with a file, again for a second where another program holds it: Excel saving it, an antivirus reading it.

    Raises:
        OSError: if it is held on, or for any other reason.
    """
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return work()
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD or time.monotonic() >= until:
                raise
            time.sleep(0.05)


def is_workspace(folder: Path) -> bool:
    """Tell whether a folder holds plans."""
    plans = folder / "plans"
    return plans.is_dir() and any(plans.glob("*.yaml"))


def repositories(folder: Path) -> Iterator[Path]:
    """Give the folders that hold a `.git`, from this one upward."""
    return (one for one in (folder, *folder.parents) if (one / ".git").exists())


def inside(path: Path) -> Path:
    """Give back a path that is about to be read or written.

    Whatever stands in a workspace may have been put there by a stranger: by a link there a plan could read the
    machine's secrets into a message, and a document overwrite any file. So what lies in a workspace by its name must
    lie in it, and not in its `.git`, once links are followed; how one came to the workspace does not matter, nor what
    lies outside by its name.

    Raises:
        UsageError: if it lies elsewhere.
    """
    named, real = os.path.abspath(path), os.path.realpath(path)  # noqa: PTH100 - resolves no link
    if named == real:
        return path
    line = (Path(named), *Path(named).parents)
    for root in filter(is_workspace, line[1:]):
        try:
            below = Path(real).relative_to(os.path.realpath(root)).parts
        except ValueError:
            below = (os.pardir,)
        if {os.pardir, ".git"} & set(map(str.casefold, below)):
            link = next((one for one in line[line.index(root) - 1 :: -1] if _leads(one)), path)
            said = _(
                "{path} là liên kết dẫn ra ngoài thư mục làm việc {root}: không đọc, không ghi", path=link, root=root
            )
            how = _("bỏ liên kết này, chép chính tệp hoặc thư mục cần dùng vào thư mục làm việc")
            raise UsageError(said, help=how)
    return path


def _leads(path: Path) -> bool:
    """Tell a link, or what Windows has for one, by what it does."""
    return os.path.realpath(path) != os.path.join(os.path.realpath(path.parent), path.name)  # noqa: PTH118


def read_bytes(path: Path, *, limit: int = 64 * 2**20) -> bytes:
    """Read a whole file of at most `limit` bytes.

    Raises:
        UsageError: if there is no such file, it cannot be read, it is larger, or a link leads out of the workspace.
    """
    try:
        inside(path)
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise UsageError(_("{path} là thư mục, không phải tệp", path=path))
        if not stat.S_ISREG(found.st_mode):  # a pipe never ends, nor does /dev/zero
            raise UsageError(_("{path} không phải tệp thường", path=path))
        refuse_large(path, found.st_size, limit)
        return patiently(path.read_bytes)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not is_long(error.filename):
            raise UsageError(_("không có tệp {path}", path=path)) from None
        raise UsageError(_("không đọc được {path}: {why}", path=path, why=reason(error))) from None


def refuse_large(path: Path, size: int, limit: int) -> None:
    """Stop where a file has more bytes than it may have.

    Raises:
        UsageError: if so.
    """
    if size > limit:
        said = _("tệp {path} lớn quá ({size} MB)", path=path, size=size >> 20)
        raise UsageError(said, help=_("tệp này chỉ được phép lớn đến {limit} MB", limit=limit >> 20))


def write(path: Path, data: bytes) -> bool:
    """Write a whole file or nothing: to a temporary file beside it, flushed to the disk, then put in place.

    Returns:
        False if the file held just these bytes already and was left alone.

    Raises:
        DanvanError: if it cannot be written (no room, no right, open in another program).
        UsageError: if a link leads out of the workspace.
    """
    return write_all([(path, data)])


def write_all(files: Sequence[tuple[Path, bytes]]) -> bool:
    """Write several files as `write` does one: none gets its name before there was room for all.

    Where a name is refused, those before it have theirs; all errors are those of `write`.

    Returns:
        False if all held just these bytes already.
    """
    with ExitStack() as drafts:
        ready = [place for path, data in files if (place := drafts.enter_context(_drafted(path, data)))]
        for place in ready:
            place()
    return bool(ready)


@contextmanager
def _drafted(path: Path, data: bytes) -> Iterator[Callable[[], None] | None]:
    """Write a file's draft; yield what puts it in place, or None where the file holds just these bytes already."""
    inside(path)
    sweep(path.parent)
    if _holds(path, data):
        yield None
        return
    with ExitStack() as stack:
        with _told(path):
            above = path.absolute().parents
            there = next(number for number, one in enumerate(above) if one.exists())
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and not os.access(path, os.W_OK):
                raise PermissionError  # the folder would let it be replaced, but somebody has locked it
            draft = stack.enter_context(temporary(path.parent, lambda out: out.write(data), _mode(path)))

        def place() -> None:
            with _told(path):
                patiently(lambda: os.replace(draft, path))  # noqa: PTH105 - the one call that is atomic on every system
            settle(above[: there + 1])

        yield place


def _holds(path: Path, data: bytes) -> bool:
    with suppress(OSError):
        return path.stat().st_size == len(data) and path.read_bytes() == data
    return False


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in the user's words why a file cannot be written."""
    try:
        yield
    except OSError as error:
        raise DanvanError(
            _("không ghi được {path}: {why}", path=path, why=reason(error)),
            help=_("tệp này vẫn như cũ; đóng tệp nếu đang mở trong Word hoặc Excel, rồi chạy lại"),
        ) from None


def _mode(path: Path) -> int:
    """Tell the mode a written file gets: its own if it was there, else what the user's umask leaves."""
    with suppress(OSError):
        return path.stat().st_mode & 0o777
    return umasked(0o666)


def umasked(mode: int) -> int:
    """Give what the user's umask leaves of a mode."""
    umask = os.umask(0)
    os.umask(umask)
    return mode & ~umask


def settle(folders: Iterable[Path]) -> None:
    """Flush folders' names to the disk, where the system can."""
    for folder in folders:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


@contextmanager
def temporary(folder: Path, fill: Callable[[IO[bytes]], object], mode: int) -> Iterator[str]:
    """Make a file, flushed to the disk, that is to get its name in a folder; the draft is removed where it gets none.

    Raises:
        OSError: if it cannot be made.
    """
    handle, draft = tempfile.mkstemp(dir=folder, prefix=_draft_prefix(folder), suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as out:
            fill(out)
            out.flush()
            os.fsync(out.fileno())
        Path(draft).chmod(mode)
        yield draft
    finally:
        with suppress(OSError):
            os.unlink(draft)  # noqa: PTH108 - a name, not a path object


def temporary_folder(folder: Path) -> Path:
    """Make a folder to put something together in.

    Raises:
        OSError: if it cannot be made.
    """
    return Path(tempfile.mkdtemp(dir=folder, prefix=_draft_prefix(folder)))


def _draft_prefix(folder: Path) -> str:
    """Give how this process's drafts begin, in a folder that is swept first."""
    sweep(folder)
    return f".danvan-{_machine()}-{os.getpid()}-"


def sweep(folder: Path) -> None:
    """Remove what processes that are gone have left in a folder, once."""
    if folder not in _swept:
        _swept.add(folder)
        with suppress(OSError), os.scandir(folder) as found:
            for one in found:
                if _left(one):
                    if one.is_dir(follow_symlinks=False):
                        shutil.rmtree(one.path, ignore_errors=True)
                    else:
                        with suppress(OSError):
                            os.unlink(one.path)  # noqa: PTH108 - a name, not a path object


def _left(one: os.DirEntry[str]) -> bool:
    """Tell whether something is a draft that nobody works on any more: its process is gone, or can be none that lasts so long."""
    named = _DRAFT.match(one.name)
    if named is None:
        return False
    if os.name == "posix" and named[1] == _machine():
        return not _alive(int(named[2]))
    # Of another machine, or on Windows, where to ask for a process is to end it
    with suppress(OSError):
        return time.time() - one.stat(follow_symlinks=False).st_mtime > _LASTS
    return False


@cache
def _machine() -> str:
    """Name what numbers processes: a machine, or a container on it; another's number says nothing of who lives here."""
    import platform

    numbers = ""
    with suppress(OSError):
        numbers = os.readlink("/proc/self/ns/pid")  # noqa: PTH115 - no file but a name
    return f"{crc32(f'{platform.node()}|{numbers}'.encode('utf-8', 'replace')):08x}"


def _alive(process: int) -> bool:
    """Tell whether a process lives here, or may do so."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def backup(path: Path) -> Path:
    """Keep a copy of a file that is about to be overwritten, under the first free name `NAME.bak`, `NAME.bak2`, …."""
    names = (path.with_name(f"{path.name}.bak{number if number > 1 else ''}") for number in count(1))
    copy = next(one for one in names if not one.exists())
    write(copy, read_bytes(path))
    return copy


def reason(error: OSError) -> str:
    """Say in the user's words why the system refused."""
    if is_long(error.filename):
        return _(
            "đường dẫn dài quá {most} ký tự, Windows không mở được; chuyển thư mục làm việc đến chỗ ngắn hơn",
            most=_LONG,
        )
    match error:
        case FileNotFoundError():
            return _("không có tệp hoặc thư mục này")
        case PermissionError():
            return _("không có quyền, hoặc tệp đang mở trong chương trình khác")
        case NotADirectoryError() | IsADirectoryError():
            return _("đường dẫn không đúng: chỗ cần tệp lại là thư mục, hoặc ngược lại")
        case FileExistsError():
            return _("đã có một tệp cùng tên")
    told = {
        errno.ENOSPC: _("ổ đĩa đã đầy"), errno.EDQUOT: _("ổ đĩa đã đầy"), errno.EFBIG: _("tệp lớn hơn mức được phép ghi"),
        errno.EROFS: _("ổ đĩa chỉ cho đọc"), errno.ENAMETOOLONG: _("tên tệp dài quá"), errno.ELOOP: _("liên kết vòng tròn"),
    }  # fmt: skip
    return told.get(error.errno or 0) or error.strerror or str(error)


def is_long(path: object) -> bool:
    """Tell a path that Windows does not take, however right it is."""
    return os.name == "nt" and isinstance(path, str | os.PathLike) and len(os.path.abspath(os.fspath(path))) > _LONG  # noqa: PTH100


_LEFT: Final = frozenset({".ds_store", "__macosx", "thumbs.db", "desktop.ini", ".localized", "$recycle.bin"})
"""What macOS and Windows leave in folders."""


def left_by_systems(name: str) -> bool:
    """Tell whether a file or folder is what a system or an open program has left, and nobody has sent."""
    return name.startswith(("._", "~$", ".~lock.")) or name.casefold() in _LEFT


def name_key(path: str) -> str:
    """Give a file's name as people compare it: without its folders, of whichever system, marks and case as they look."""
    return normalized(re.split(r"[\\/]", path)[-1]).strip().casefold()
