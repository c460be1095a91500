"""Office files of before 2007: read as LibreOffice makes them of today, else filed unread with a word on why."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from danvan_cli.errors import DanvanError
from danvan_cli.inbox.kinds import office
from office import converted
from received import RECORDED, TODAY, UNIT, issued, report_of
from tools_needed import require
from word_files import blank

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands import Run

OLD = b"\xd0\xcf\x11\xe0" + bytes(60)


@pytest.fixture
def unit(begun: Callable[..., Path]) -> Path:
    return begun(*RECORDED)


def becomes(monkeypatch: pytest.MonkeyPatch, made: Path | None) -> None:
    """Put a file in the place of what LibreOffice would make; it fails where there is none."""

    def of_today(_data: bytes, _path: str, _suffix: str) -> bytes:
        if made is None:
            raise DanvanError("LibreOffice chạy quá 90 giây mà chưa xong")
        return made.read_bytes()

    monkeypatch.setattr(office, "libreoffice", lambda: "soffice")
    monkeypatch.setattr(office, "of_today", of_today)


def receive(run: Run, folder: Path, path: Path, *more: str) -> tuple[int, dict[str, Any]]:
    done = run("receive", path, "--received", "9/5/2023", "--json", *more, cwd=folder, today=TODAY)
    (told,) = json.loads(done.stdout)["files"]
    return done.code, told


def test_a_report_is_read_as_one_of_today(
    run: Run, unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    becomes(monkeypatch, issued(report_of(unit), tmp_path / "0.docx", "45", "08"))
    (path := tmp_path / "bao cao.doc").write_bytes(OLD)
    code, told = receive(run, unit, path)
    assert (code, told["unit"], told["deliverable"], told["symbol"]) == (0, UNIT, "6m", "45/BC-SYT")
    assert (unit / "build" / "de-xuat" / f"{UNIT}-6m.unit.yaml").is_file()
    (filed,) = (unit / "province" / "received" / UNIT / "6m").rglob("*.doc")
    assert filed.read_bytes() == OLD


@pytest.mark.parametrize(
    ("there", "said"), [(False, "cài LibreOffice để đọc được"), (True, "LibreOffice không đọc được")]
)
def test_what_cannot_be_read_is_told_and_filed_as_it_came(
    run: Run, unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool, said: str
) -> None:
    becomes(monkeypatch, None)
    monkeypatch.setattr(office, "libreoffice", lambda: "soffice" if there else None)
    for name, more in (("BC 6 thang SYT.doc", ()), ("so lieu.xls", ("--unit", UNIT, "--deliverable", "6m"))):
        (path := tmp_path / name).write_bytes(OLD + name.encode())
        _code, told = receive(run, unit, path, *more)
        assert (told["state"], told["unit"], said in " ".join(told["notes"])) == ("filed", UNIT, True)


def test_a_mark_of_secrecy_in_it_is_found(
    run: Run, unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = blank()
    document.add_paragraph("TUYỆT MẬT")
    document.save(str(tmp_path / "0.docx"))
    becomes(monkeypatch, tmp_path / "0.docx")
    (path := tmp_path / "BC 6 thang SYT.doc").write_bytes(OLD)
    assert receive(run, unit, path)[1]["state"] == "refused"
    assert not (unit / "province" / "received").exists() or not list((unit / "province" / "received").rglob("*.doc"))


@pytest.mark.office
def test_libreoffice_reads_what_it_has_written(run: Run, unit: Path, tmp_path: Path) -> None:
    require("soffice")
    (made,) = converted([issued(report_of(unit), tmp_path / "a.docx", "45", "08")], "doc", tmp_path)
    path = shutil.move(made, tmp_path / "van ban.doc")
    code, told = receive(run, unit, path)
    assert (code, told["unit"], told["symbol"], told["issued"]) == (0, UNIT, "45/BC-SYT", "2023-05-08")
