"""Packages: the Library of Congress's `bagit` validates ours; what others make of a zip is refused whole."""

from __future__ import annotations

import hashlib
import io
import stat
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan_cli.delivery import bag
from danvan_cli.errors import UsageError
from danvan_cli.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAYLOAD = {"unit.yaml": b"a: 1\n", "evidence/bien-ban.pdf": b"%PDF-1.7" + bytes(300), "Báo cáo.docx": b"PK"}
INFO = {"Source-Organization": "Sở Y tế", "Danvan-Unit": "so-y-te"}
PARTS = st.lists(st.from_regex(r"[a-zđê0-9][a-z0-9 %-]{0,8}[a-z0-9]", fullmatch=True), min_size=1, max_size=3)


def packed(path: Path, payload: dict[str, bytes] | None = None) -> Path:
    path.write_bytes(bag.pack("so-y-te-6m", payload or PAYLOAD, INFO))
    return path


def test_the_library_of_congress_validates_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(packed(tmp_path / "goi.zip")) as zipped:
        zipped.extractall(tmp_path)
    folder = tmp_path / "so-y-te-6m"
    command = [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", str(folder)]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    (folder / "data" / "unit.yaml").write_bytes(b"a: 2\n")
    assert subprocess.run(command, check=False, capture_output=True).returncode == 1


def test_the_same_input_gives_the_same_bytes() -> None:
    assert bag.pack("x", PAYLOAD, INFO) == bag.pack("x", PAYLOAD, INFO)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(PARTS.map("/".join), st.binary(max_size=200), min_size=1, max_size=5))
def test_what_is_packed_is_unpacked(tmp_path_factory: pytest.TempPathFactory, payload: dict[str, bytes]) -> None:
    tmp = tmp_path_factory.mktemp("bag")
    if any(other.startswith(f"{one}/") for one in payload for other in payload):
        return  # a file where a folder must be: no file system holds it
    got = bag.unpack(packed(tmp / "goi.zip", payload), tmp)
    assert {name: (tmp / "data" / name).read_bytes() for name in got.files} == payload
    assert got.files == {name: (hashlib.sha256(data).hexdigest(), len(data)) for name, data in payload.items()}
    assert got.info["Danvan-Unit"] == "so-y-te"


def rezipped(path: Path, change: Callable[[dict[str, bytes]], None], *, mode: int = 0) -> Path:
    with zipfile.ZipFile(path) as zipped:
        entries = {one.filename: zipped.read(one) for one in zipped.infolist()}
    change(entries)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in entries.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = mode << 16
            zipped.writestr(info, data, compresslevel=9)
    path.write_bytes(out.getvalue())
    return path


TOP = "so-y-te-6m"
CHANGES: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "a file that was changed": (lambda e: e.update({f"{TOP}/data/unit.yaml": b"a: 2\n"}), "không đúng như danh mục"),
    "a tag that was changed": (lambda e: e.update({f"{TOP}/bag-info.txt": b"Danvan-Unit: so-tu-phap\n"}), "không đúng như danh mục"),
    "a file too many": (lambda e: e.update({f"{TOP}/data/them.txt": b"x"}), "thừa hoặc thiếu"),
    "a file that is missing": (lambda e: e.pop(f"{TOP}/data/unit.yaml") and None, "thừa hoặc thiếu"),
    "no manifest": (lambda e: e.pop(f"{TOP}/manifest-sha256.txt") and None, "thiếu danh mục"),
    "a path that climbs": (lambda e: e.update({f"{TOP}/data/../../x": b"x"}), "dẫn ra ngoài"),
    "an absolute path": (lambda e: e.update({"/etc/passwd": b"x"}), "dẫn ra ngoài"),
    "a drive": (lambda e: e.update({f"{TOP}/data/C:x": b"x"}), "dẫn ra ngoài"),
    "a backslash": (lambda e: e.update({f"{TOP}/data/a\\b": b"x"}), "dẫn ra ngoài"),
    "a device": (lambda e: e.update({f"{TOP}/data/CON.txt": b"x"}), "dẫn ra ngoài"),
    "a double by case": (lambda e: e.update({f"{TOP}/data/UNIT.yaml": b"x"}), "hai tệp cùng tên"),
    "a double by form": (lambda e: e.update({f"{TOP}/data/Bảo.txt": b"x", f"{TOP}/data/Ba\u0309o.txt": b"y"}), "hai tệp cùng tên"),
    "a bomb": (lambda e: e.update({f"{TOP}/data/to.bin": bytes(40 * 2**20)}), "lớn bất thường"),
    "a file that is a folder too": (lambda e: e.update({f"{TOP}/data/unit.yaml/a.jpg": b"x"}), "không bung ra được"),
    "a path too long": (lambda e: e.update({f"{TOP}/data/{'/'.join(['a' * 100] * 45)}.jpg": b"x"}), "không bung ra được"),
    "a file beside the payload": (lambda e: e.update({f"{TOP}/run.txt": b"x"}), "ngoài danh mục"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_not_as_packed_is_refused(tmp_path: Path, name: str) -> None:
    change, says = CHANGES[name]
    path = rezipped(packed(tmp_path / "goi.zip"), change)
    (tmp_path / "to").mkdir()
    with pytest.raises(UsageError, match=says):
        bag.unpack(path, tmp_path / "to")


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_is_packed_in_another_way_is_refused_by_its_name_before_it_is_unpacked(tmp_path: Path, how: int) -> None:
    path = packed(tmp_path / "goi.zip")
    with zipfile.ZipFile(path, "a", how) as zipped:
        zipped.writestr(f"{TOP}/data/b.txt", b"x")
    (tmp_path / "to").mkdir()
    with pytest.raises(UsageError, match=r"data/b\.txt nén theo cách"):
        bag.unpack(path, tmp_path / "to")
    assert not list((tmp_path / "to").iterdir())


def test_an_entry_without_a_name_is_a_refusal(tmp_path: Path) -> None:
    path = packed(tmp_path / "goi.zip")
    with zipfile.ZipFile(path, "a") as zipped:
        zipped.writestr("x", b"x")
    data = path.read_bytes()
    at = data.rindex(b"PK\x01\x02")
    end = data.rindex(b"PK\x05\x06") + 12
    size = int.from_bytes(data[end : end + 4], "little") - 1
    cut = data[: at + 28] + b"\0\0" + data[at + 30 : at + 46] + data[at + 47 : end]
    path.write_bytes(cut + size.to_bytes(4, "little") + data[end + 4 :])
    (tmp_path / "to").mkdir()
    with pytest.raises(UsageError, match="gói bị hỏng"):
        bag.unpack(path, tmp_path / "to")


HIDDEN = (
    ".git/config", ".GIT/config", "a/.gitattributes", ".envrc", ".vscode/tasks.json", "git~1/config", "GIT~1", "GITATT~1",
    "evidence/GI7EBA~1.PDF", "\uff0egit/config", "\u2024git/config", ".g\u200cit/config", "g\u200dit/x.pdf", "a\u202efdp.txt",
    "a\ufeff.pdf", "\u2026.pdf",
)  # fmt: skip
OF_SYSTEMS = ("desktop.ini", "evidence/Desktop.INI", "autorun.inf", "Thumbs.db", "\uff54humbs.db/x.pdf")
RUN = (
    "a.exe", "evidence/A.EXE", "a.lnk", "a.docm", "a.bat", "a.b\uff41t", "a.url", "a.py", "evidence/a.exe/x.pdf", "a.pdf.scr",
    "a.xlsb", "a.reg", "a.iso",
)  # fmt: skip
NO_NAMES = (
    "COM\u00b9", "com\u00b2.txt", "COM\u00b3", "LPT\u00b9", "CONIN$", "conout$.txt", "CLOCK$", "con .txt", "a\uff0f..\uff0fb",
    "a ", "a.", "a\uff0e",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "says"),
    [
        *((one, "ẩn") for one in HIDDEN),
        *((one, "điều khiển của hệ điều hành") for one in OF_SYSTEMS),
        *((one, "chạy được chương trình") for one in RUN),
        *((one, "không dùng được") for one in NO_NAMES),
    ],
)
def test_what_hides_runs_or_is_no_file_is_refused_wherever_it_lies(tmp_path: Path, name: str, says: str) -> None:
    for i, at in enumerate((name, f"sâu/{name}")):
        path = packed(tmp_path / "goi.zip", PAYLOAD | {at: b"x"})
        to = tmp_path / str(i)
        to.mkdir()
        with pytest.raises(UsageError, match=says) as refused:
            bag.unpack(path, to)
        assert any(f"«{clean(part)}»" in refused.value.message for part in name.split("/"))
        assert not list(to.iterdir()), "nothing is unpacked"


def test_names_that_people_give_come_in(tmp_path: Path) -> None:
    names = (
        "evidence/Biên bản (ký số) số 12~2023.pdf",
        "evidence/ảnh.chụp.JPG",
        "evidence/Console.txt",
        "evidence/git~1 bản.pdf",
    )
    payload = PAYLOAD | dict.fromkeys(names, b"x")
    (tmp_path / "to").mkdir()
    assert bag.unpack(packed(tmp_path / "goi.zip", payload), tmp_path / "to").files.keys() == payload.keys()


def test_a_white_page_is_no_bomb(tmp_path: Path) -> None:
    payload = {"evidence/a.tif": b"\xff" * 3 * 2480 * 3508}
    assert bag.unpack(packed(tmp_path / "goi.zip", payload), tmp_path / "to").files.keys() == payload.keys()


def test_a_link_and_a_lock_are_refused(tmp_path: Path) -> None:
    path = rezipped(packed(tmp_path / "goi.zip"), lambda _entries: None, mode=stat.S_IFLNK | 0o777)
    (tmp_path / "to").mkdir()
    with pytest.raises(UsageError, match="liên kết"):
        bag.unpack(path, tmp_path / "to")
    locked = bytearray(packed(tmp_path / "goi.zip").read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = -1
        while (found := locked.find(mark, found + 1)) >= 0:
            locked[found + at] |= 1
    (tmp_path / "goi.zip").write_bytes(locked)
    with pytest.raises(UsageError, match="mật khẩu"):
        bag.unpack(tmp_path / "goi.zip", tmp_path / "to")


@given(st.data())
def test_no_damage_is_taken_for_a_whole_package(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    tmp = tmp_path_factory.mktemp("bag")
    whole = bag.pack(TOP, PAYLOAD, INFO)
    at = data.draw(st.integers(0, len(whole) - 1))
    (tmp / "goi.zip").write_bytes(whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :])
    (tmp / "to").mkdir()
    try:
        got = bag.unpack(tmp / "goi.zip", tmp / "to")
    except UsageError:
        return
    assert {name: (tmp / "to" / "data" / name).read_bytes() for name in got.files} == PAYLOAD
