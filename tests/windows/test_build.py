"""What goes into the zip for Windows, tried on a made-up Python and made-up wheels: nothing is downloaded."""

from __future__ import annotations

import io
import json
import os
import zipfile
from typing import TYPE_CHECKING

import pytest

import windows_zip

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PYTHON = {
    "python.exe": b"MZ",
    "python311.dll": b"MZ",
    "python311.zip": b"PK",
    "python311._pth": b"python311.zip\n.\n#import site\n",
}


def zipped(files: Mapping[str, bytes], path: Path | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    if path:
        path.write_bytes(out.getvalue())
    return out.getvalue()


@pytest.fixture
def wheels(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "wheels"
    folder.mkdir()
    danvan, other = folder / "danvan-1.2.3-py3-none-any.whl", folder / "other-4.5-cp311-cp311-win_amd64.whl"
    zipped(
        {"danvan_cli/__init__.py": b"", "danvan-1.2.3.dist-info/METADATA": b"", "danvan-1.2.3.dist-info/RECORD": b""},
        danvan,
    )
    zipped({"other.pyd": b"MZ", "other-4.5.data/scripts/other.exe": b"MZ", "other-4.5.data/purelib/more.py": b"",
            "other-4.5.dist-info/METADATA": b"Name: other\r\nRequires-Dist: danvan\r\n\r\nText",
            "other-4.5.dist-info/licenses/LICENSE": b"MIT"}, other)  # fmt: skip
    return [danvan, other]


def test_same_inputs_make_the_same_bytes_and_everything_is_in_its_place(wheels: list[Path], tmp_path: Path) -> None:
    made = []
    for number, time in enumerate((1_000_000_000, 1_700_000_000)):
        for wheel in wheels:
            os.utime(wheel, (time, time))
        path = tmp_path / f"{number}" / "danvan-windows.zip"
        windows_zip.written(
            path, windows_zip.contents(PYTHON, wheels, "Python 3.11.9", "python-3.11.9-embed-amd64.zip")
        )
        made.append(path)
    assert made[0].read_bytes() == made[1].read_bytes()
    with zipfile.ZipFile(made[0]) as archive:
        held = {name.removeprefix("danvan/"): archive.read(name) for name in archive.namelist()}
    assert held["python/python311._pth"] == b"python311.zip\r\n.\r\n..\\lib\r\n", (
        "isolated, with danvan and its libraries"
    )
    assert {"lib/other.pyd", "lib/more.py", "lib/other-4.5.dist-info/licenses/LICENSE"} <= held.keys()
    assert not [name for name in held if "RECORD" in name or "other.exe" in name or ".data/" in name]
    told = held["ĐỌC TRƯỚC.txt"].decode("utf-8-sig")
    for said in ("danvan 1.2.3", "Python 3.11.9", "python-3.11.9-embed-amd64.zip", "other 4.5"):
        assert said in told
    for name, data in held.items():
        if name.endswith(".cmd"):
            assert data.isascii(), f"{name}: cmd reads it in the console's code page, whatever that is"
            assert b"\r\n" in data
            assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_name_that_explorer_could_not_unpack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="Too long"):
        windows_zip.written(tmp_path / "a.zip", [("x" * 151, b"")])


def test_only_a_python_that_is_known_goes_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = json.loads(windows_zip.KNOWN.read_text(encoding="utf-8"))
    assert {"python.exe", "pythonw.exe", "python311.dll", "python311.zip"} <= known["3.11.9"].keys()
    table = tmp_path / "python.json"
    monkeypatch.setattr(windows_zip, "KNOWN", table)
    table.write_text("{}", encoding="utf-8")
    files = windows_zip.python_of(zipped({f"cp311/{name}": data for name, data in PYTHON.items()} | {"cp311/": b""}))
    assert files == PYTHON
    assert windows_zip.python_of(zipped(PYTHON)) == PYTHON
    with pytest.raises(SystemExit, match="--trust"):
        windows_zip.checked(files)
    table.write_text(
        json.dumps({"3.11.9": {name: windows_zip._digest(data) for name, data in PYTHON.items()}}), encoding="utf-8"
    )
    assert windows_zip.checked(files) == "3.11.9"
    for wrong in ({"python311.dll": b"MZ changed"}, {"more.dll": b"MZ"}):
        with pytest.raises(SystemExit, match=next(iter(wrong)).replace(".", r"\.")):
            windows_zip.checked({**files, **wrong})


def test_what_windows_alone_needs_is_fetched_and_the_rest_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ['here; sys_platform == "linux"', 'colour>=1; platform_system == "Windows"', 'old; python_version < "3.11"',
             'more; extra == "more"', 'typing-Things; os_name == "nt"']  # fmt: skip
    told = "".join(f"Requires-Dist: {one}\r\n" for one in lines)
    zipped(
        {"danvan-1.dist-info/METADATA": f"Name: danvan\r\n{told}\r\nRequires-Dist: text".encode()},
        tmp_path / "danvan-1-py3-none-any.whl",
    )
    asked: list[str] = []

    def pip(*words: str, into: Path) -> None:
        names = words[words.index("--no-deps") + 3 :]
        asked.extend(names)
        for one in names:
            name = one.partition(">")[0].replace("-", "_").lower()
            needs = b"Requires-Dist: deep\n\n" if name == "colour" else b"\n"
            zipped({f"{name}-1.dist-info/METADATA": needs}, into / f"{name}-1-py3-none-any.whl")

    monkeypatch.setattr(windows_zip, "_pip", pip)
    windows_zip.downloaded(tmp_path, "3.11.9")
    assert asked == ["colour>=1", "typing-Things", "deep"]
