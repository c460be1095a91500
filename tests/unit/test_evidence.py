"""Files of evidence: what may come in, under which name, and that nothing leads out of the folder."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.unit import evidence
from danvan_cli.unit.evidence import Incoming, clean_file_name, evidence_there, incoming, place, sha256

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Biên bản hội nghị (ký số).PDF", "bien-ban-hoi-nghi-ky-so.pdf"),
        ("15_KH-SYT ngày 10.2.2023.docx", "15-kh-syt-ngay-10-2-2023.docx"),
        ("Đơn vị.xlsx", "don-vi.xlsx"),
        ("CON.txt", "tep-con.txt"),
        ("…", "tep"),
        ("a" * 300 + ".pdf", "a" * 80 + ".pdf"),
        ("..pdf", "tep.pdf"),
    ],
)
def test_a_clerks_file_name_stays_readable(name: str, kept: str) -> None:
    assert clean_file_name(name) == kept


@given(st.text(min_size=1).filter(lambda name: "/" not in name and "\0" not in name))
def test_any_name_becomes_one_that_every_system_takes(name: str) -> None:
    made = clean_file_name(name)
    assert made.strip(".") == made
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert 0 < len(made) <= 100


def brought(file: Incoming) -> bool:
    with file.staged() as place:
        return place()


def fail(file: Incoming) -> None:
    """Bring a file in for something that then fails."""
    ahead = file.folder / file.name
    with contextlib.suppress(InterruptedError), evidence_there([file], file.folder.parent / "unit.yaml"):
        assert ahead.exists()
        raise InterruptedError


def test_a_file_comes_in_once_under_its_digest(tmp_path: Path) -> None:
    source, folder = tmp_path / "Báo cáo.pdf", tmp_path / "evidence"
    source.write_bytes(b"one")
    first = incoming(source, folder)
    assert not folder.exists()
    assert brought(first)
    assert (first.name, first.sha256) == ("bao-cao.pdf", hashlib.sha256(b"one").hexdigest())
    assert (folder / "bao-cao.pdf").read_bytes() == b"one"
    again = incoming(source, folder)
    fail(again)
    assert (again.there, again.name) == (True, "bao-cao.pdf")
    source.write_bytes(b"two")
    other = incoming(source, folder)
    with evidence_there([other], tmp_path / "unit.yaml") as made:
        assert made == [other]
    assert other.name == f"bao-cao-{hashlib.sha256(b'two').hexdigest()[:8]}.pdf"
    assert sorted(one.name for one in folder.iterdir()) == sorted(["bao-cao.pdf", other.name])
    (folder / other.name).unlink()
    fail(other)
    assert [one.name for one in folder.iterdir()] == ["bao-cao.pdf"]


@pytest.mark.parametrize("links", [True, False])
def test_of_two_who_bring_a_file_under_one_name_the_second_harms_not_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    def none(*_: object) -> None:
        raise PermissionError("no links on this disk")

    if not links:
        monkeypatch.setattr(os, "link", none)
    source, other, folder = tmp_path / "a.pdf", tmp_path / "b" / "a.pdf", tmp_path / "evidence"
    source.write_bytes(b"one")
    other.parent.mkdir()
    other.write_bytes(b"two")
    first, same, third = incoming(source, folder), incoming(source, folder), incoming(other, folder)
    assert brought(first)
    fail(same)
    assert (folder / "a.pdf").read_bytes() == b"one"
    with pytest.raises(DanvanError, match="cùng tên"), evidence_there([third], tmp_path / "unit.yaml"):
        pass
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == {"a.pdf": b"one"}


@pytest.mark.parametrize("links", [True, False])
def test_a_name_taken_in_the_last_moment_stays_its_owners(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    source, folder = tmp_path / "a.pdf", tmp_path / "evidence"
    source.write_bytes(b"one")
    link = os.link

    def late(temporary: str, target: Path) -> None:
        target.write_bytes(b"two")
        if not links:
            raise PermissionError("no links on this disk")
        link(temporary, target)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(DanvanError, match="cùng tên"):
        brought(incoming(source, folder))
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == {"a.pdf": b"two"}


def test_a_file_that_changes_meanwhile_does_not_come_in(tmp_path: Path) -> None:
    source, folder = tmp_path / "a.pdf", tmp_path / "evidence"
    source.write_bytes(b"one")
    one = incoming(source, folder)
    source.write_bytes(b"two")
    with pytest.raises(DanvanError, match="vừa thay đổi"):
        brought(one)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["a.exe", "a.BAT", "a.docm", "a.xlsm", "a.pdf.lnk", "a.js"])
def test_what_runs_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(UsageError, match="chạy được chương trình"):
        incoming(tmp_path / name, tmp_path / "evidence")


def test_only_regular_files_that_are_there_and_not_too_large_come_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="không có tệp"):
        incoming(tmp_path / "a.pdf", tmp_path)
    with pytest.raises(UsageError, match="không phải tệp thường"):
        incoming(tmp_path, tmp_path / "evidence")
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "ống.pdf")
        with pytest.raises(UsageError, match="không phải tệp thường"):
            incoming(tmp_path / "ống.pdf", tmp_path / "evidence")
    (tmp_path / "a.pdf").write_bytes(b"12345")
    monkeypatch.setattr(evidence, "MOST_BYTES", 4)
    with pytest.raises(UsageError, match="lớn quá"):
        incoming(tmp_path / "a.pdf", tmp_path / "evidence")


def test_a_link_to_a_regular_file_is_followed_but_not_to_one_that_runs(tmp_path: Path) -> None:
    (tmp_path / "a.exe").write_bytes(b"x")
    (tmp_path / "b.txt").write_bytes(b"x")
    for name, target in (("a.pdf", "a.exe"), ("b.pdf", "b.txt")):
        (tmp_path / name).symlink_to(tmp_path / target)
    with pytest.raises(UsageError):
        incoming(tmp_path / "a.pdf", tmp_path / "evidence")
    one = incoming(tmp_path / "b.pdf", tmp_path / "evidence")
    assert brought(one)
    assert not (tmp_path / "evidence" / one.name).is_symlink()


@pytest.mark.parametrize("name", ["a.pdf", "evidence/a.pdf", "quý 1/a.pdf", "a..b.pdf"])
def test_names_inside_the_folder_are_found(tmp_path: Path, name: str) -> None:
    found = place(tmp_path / "evidence", name)
    assert found is not None
    assert found.is_relative_to(tmp_path / "evidence")


@pytest.mark.parametrize(
    "name",
    [
        "../a",
        "/etc/passwd",
        "a/../../b",
        "..",
        ".",
        "",
        "a//b",
        "a\\b",
        "C:a",
        "c:/a",
        "evidence/../../a",
        "a\0b",
        "//host/a",
    ],
)
def test_names_that_lead_out_are_not(tmp_path: Path, name: str) -> None:
    assert place(tmp_path / "evidence", name) is None


def test_a_link_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    (folder / "a.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "out").symlink_to(tmp_path)
    (folder / "round").symlink_to(folder / "round")
    assert place(folder, "a.txt") is None
    assert place(folder, "out/secret.txt") is None
    assert place(folder, "round/a") is None or not (folder / "round" / "a").is_file()


def test_a_large_file_is_digested_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"0123456789" * 300_000)
    assert sha256(path) == hashlib.sha256(path.read_bytes()).hexdigest()


def test_nobody_waits_while_evidence_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, record = tmp_path / "a.pdf", tmp_path / "unit.yaml"
    source.write_bytes(b"one")
    file, seen = incoming(source, tmp_path / "evidence"), []
    real = os.fsync

    def flushed(handle: int) -> None:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            waiting = [sys.executable, "-c", WAITING, str(record)]
            seen.append(subprocess.run(waiting, capture_output=True, check=False, timeout=60).returncode)
        real(handle)

    monkeypatch.setattr(os, "fsync", flushed)
    with evidence_there([file], record) as made:
        assert made == [file]
        assert subprocess.run([sys.executable, "-c", WAITING, str(record)], check=False, timeout=60).returncode == 3
    assert seen == [0]


WAITING = """
import sys
from pathlib import Path
from danvan_cli.errors import DanvanError
from danvan_cli.yaml import held
held.LOCK_SECONDS = 0.1
try:
    with held.locked(Path(sys.argv[1])):
        pass
except DanvanError:
    sys.exit(3)
"""
"""Ends with 3 where somebody holds the lock."""


@pytest.mark.skipif(os.name == "nt", reason="no umask")
@pytest.mark.parametrize("umask", [0o077, 0o002])
def test_evidence_is_for_whom_the_user_lets_read(tmp_path: Path, umask: int) -> None:
    source = tmp_path / "a.pdf"
    source.write_bytes(b"one")
    before = os.umask(umask)
    try:
        assert brought(incoming(source, tmp_path / "evidence"))
    finally:
        os.umask(before)
    assert (tmp_path / "evidence" / "a.pdf").stat().st_mode & 0o777 == 0o666 & ~umask


@pytest.mark.skipif(os.name == "nt", reason="no such names")
def test_a_name_that_is_no_utf8_keeps_each_of_its_bytes(tmp_path: Path) -> None:
    names = [os.fsdecode(one) for one in (b"b\xe1o.pdf", b"b\xe2o.pdf", "báo.pdf".encode())]
    assert [clean_file_name(name) for name in names] == ["b-xe1o.pdf", "b-xe2o.pdf", "bao.pdf"]
    (tmp_path / names[0]).write_bytes(b"one")
    assert incoming(tmp_path / names[0], tmp_path / "evidence").name == "b-xe1o.pdf"
