"""What this machine and this folder have and lack for danvan, and how to mend it: looked at, nothing is changed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from danvan_cli import __version__
from danvan_cli.errors import DanvanError
from danvan_cli.files import cache_folder, read_bytes, repositories
from danvan_cli.lang import _
from danvan_cli.text import clean
from danvan_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

_State = Literal["ok", "note", "error"]


class Looked(NamedTuple):
    """One thing that was looked at: `note` is worth knowing, `error` must be mended; `help` says how."""

    what: str
    state: _State
    found: str
    help: str | None = None


def looked_over() -> Iterator[Looked]:
    """Look at everything in turn."""
    yield _python()
    yield from _libraries()
    yield _font()
    yield _office()
    yield _language()
    yield _cache()
    workspace = Workspace.holding(Path())
    if workspace is None:
        yield from _git(Path())
        words = _("không ở trong thư mục làm việc nào")
        yield Looked("workspace", "note", words, _("tạo một thư mục: danvan init TÊN-THƯ-MỤC, hoặc vào thư mục đã có"))
        return
    yield from _git(workspace.root)
    yield from _workspace(workspace)


# The program ---------------------------------------------------------------------------------------------------------

_LIBRARIES: Final = ("docxtpl", "filelock", "jinja2", "lxml", "markdown_it", "pdfminer", "platformdirs", "pydantic", "docx", "yaml",
                     "rich", "typer", "xlsxwriter")  # fmt: skip


def _python() -> Looked:
    version = ".".join(map(str, sys.version_info[:3]))
    told = _("danvan {danvan}, Python {python} ở {path}", danvan=__version__, python=version, path=sys.executable)
    return Looked("python", "ok", told)


def _libraries() -> Iterator[Looked]:
    missing = [name for name in _LIBRARIES if find_spec(name) is None]
    if missing:
        told = _("thiếu thư viện: {names}", names=", ".join(missing))
        yield Looked("libraries", "error", told, _("cài lại danvan: pip install --force-reinstall danvan"))
    if find_spec("pyhanko") is None:
        told = _("chưa có phần kiểm tra chữ ký số của PDF")
        yield Looked("signatures", "note", told, "pip install 'danvan[sign]'")


# What documents are shown and printed with ---------------------------------------------------------------------------

_FONT_FILE: Final = re.compile(
    r"(times|timesnewroman|liberationserif|tinos|texgyretermes|nimbusroman)[^/\\]*\.(ttf|otf|ttc)", re.IGNORECASE
)
"""The files of the decree's font, and of those whose letters are as wide: lines break at the same places."""


def _font_folders() -> list[Path]:
    """Say where a system keeps fonts: the machine's, then the user's own."""
    if sys.platform == "win32":
        found = [Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts")]
        return [*found, Path(os.environ.get("LOCALAPPDATA", Path.home()), "Microsoft", "Windows", "Fonts")]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), Path.home() / "Library" / "Fonts"]
    system = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    return [*system, Path.home() / ".local" / "share" / "fonts", Path.home() / ".fonts"]


def _font() -> Looked:
    files = (path.name for folder in _font_folders() for path in folder.rglob("*"))
    if name := next((one for one in files if _FONT_FILE.fullmatch(one)), None):
        return Looked("font", "ok", _("phông chữ: {name}", name=name))
    where = ", ".join(map(str, _font_folders()))
    told = _("không thấy Times New Roman hay phông cùng độ rộng (đã tìm ở {where})", where=where)
    help_ = _(
        "văn bản làm ra vẫn đúng; để xem, in đúng trên máy này thì cài phông: fonts-liberation, hoặc chép từ máy Windows"
    )
    return Looked("font", "note", told, help_)


def _office() -> Looked:
    from danvan_cli.pdf.printing import libreoffice, word

    found = [one for one in (libreoffice(), word() and "Word") if one]
    if found:
        return Looked("office", "ok", _("làm PDF, đọc .doc bằng: {names}", names="; ".join(found)))
    told = _("không thấy LibreOffice hay Word: --pdf và tệp .doc, .xls cũ không dùng được; việc khác vẫn đủ")
    return Looked("office", "note", told, _("cài LibreOffice: https://vi.libreoffice.org"))


# The terminal --------------------------------------------------------------------------------------------------------

_UTF8: Final = {"utf-8", "utf8", "cp65001", "65001"}


def _language() -> Looked:
    told, help_ = _encoding()
    words = _("mã chữ của cửa sổ lệnh: {name}", name=told)
    return Looked("encoding", "ok", words) if told.casefold() in _UTF8 else Looked("encoding", "note", words, help_)


def _encoding() -> tuple[str, str]:
    """Tell how the terminal reads letters, and what makes it read ours."""
    if sys.platform == "win32":
        import ctypes

        help_ = _("gõ chcp 65001 trước khi chuyển kết quả sang lệnh khác")
        return str(ctypes.windll.kernel32.GetConsoleOutputCP()), help_
    import locale

    help_ = _("đặt LANG=C.UTF-8 (hoặc vi_VN.UTF-8) để chữ Việt hiện đúng")
    named = next((value for name in ("LC_ALL", "LC_CTYPE", "LANG") if (value := os.environ.get(name))), "")
    return (named.partition(".")[2].partition("@")[0] or locale.getpreferredencoding(do_setlocale=False), help_)


def _cache() -> Looked:
    there = cache_folder()
    nearest = next(one for one in (there, *there.parents) if one.exists())
    if os.access(nearest, os.W_OK):
        return Looked("cache", "ok", _("kết quả kiểm tra được nhớ ở {path}; xóa lúc nào cũng được", path=there))
    told = _("không ghi được vào {path}: danvan check lần nào cũng kiểm tra lại từ đầu", path=there)
    return Looked("cache", "note", told, _("cho tài khoản này quyền ghi thư mục đó, hoặc đặt XDG_CACHE_HOME"))


# git -----------------------------------------------------------------------------------------------------------------


def _git(folder: Path) -> Iterator[Looked]:
    version = _said("git", "--version")
    if version is None:
        told = _("không có git: không so được với bản trong git (diff, check --against)")
        yield Looked("git", "note", told, _("lưu bản để so: danvan save; hoặc cài git: https://git-scm.com"))
        return
    yield Looked("git", "ok", version)
    top = next(repositories(folder.absolute()), None)
    if top is None or not (folder / "plans").is_dir():
        return
    ends = _said("git", "-C", str(folder), "config", "--get", "core.autocrlf") or "false"
    kept = any("eol=lf" in _text(one / ".gitattributes") for one in (folder, top))
    there = _("có") if kept else _("chưa có")
    told = _("cuối dòng: core.autocrlf = {value}, .gitattributes {kept}", value=ends, kept=there)
    help_ = _(
        "tạo .gitattributes có dòng «*.yaml text eol=lf»: mã SHA-256 tính trên từng byte, git không được đổi cuối dòng"
    )
    state: _State = "error" if ends == "true" else "note"
    yield Looked("line-ends", "ok", told) if kept else Looked("line-ends", state, told, help_)


# The workspace -------------------------------------------------------------------------------------------------------


def _workspace(workspace: Workspace) -> Iterator[Looked]:
    root, plans = workspace.root, ", ".join(path.name for path in workspace.plans) or _("chưa có")
    yield Looked("workspace", "ok", _("thư mục làm việc: {path}; kế hoạch: {plans}", path=root, plans=plans))
    if not os.access(root, os.W_OK):
        told = _("không được ghi vào {path}", path=root)
        yield Looked("writing", "error", told, _("xin quyền ghi thư mục đó, hoặc chép nó về thư mục của mình"))


def _text(path: Path) -> str:
    """Read a little file as text; empty where there is none."""
    try:
        return read_bytes(path).decode("utf-8-sig", "replace") if path.is_file() else ""
    except (OSError, DanvanError):
        return ""


def _said(*command: str) -> str | None:
    """Give what a program says in one line; None where it is not there, fails, or takes too long."""
    program = shutil.which(command[0])
    if program is None or Path(program).parent.absolute() == Path.cwd():  # Windows looks into the folder itself first
        return None
    try:
        done = subprocess.run(  # noqa: S603 - a list, no shell
            [program, *command[1:]], capture_output=True, check=False, timeout=5, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return clean(done.stdout.decode("utf-8", "replace")).strip() if done.returncode == 0 else None
