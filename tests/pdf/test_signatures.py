"""Signatures of PDF files: each is told for what it is, and never for more than was looked at."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

import pypdf
import pytest

from danvan_cli.pdf import signatures as looked
from danvan_cli.pdf import worker
from danvan_cli.pdf.signatures import FOUND, FoundSignature, signature_said
from danvan_cli.pdf.text import PdfReader
from pdf_files import HEAD, hybrid, pdf
from readers import spawned
from signing import DAY, certified, edited, filled, holder, person, seal, signed, stamped, stamping, trust

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from signing import Certified

BOX = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (So) /F 4 /Rect [80 700 140 715] /P 3 0 R >>"
OTHER = b"BT /F 12 Tf 50 703 Td (So: 99) Tj ET"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PdfReader]:
    with PdfReader([trust(tmp_path_factory.mktemp("goc")) / "goc.crt"], DAY) as one:
        yield one


@pytest.fixture
def found(reader: PdfReader, tmp_path: Path) -> object:
    def look(data: bytes) -> list[str]:
        path = tmp_path / "a.pdf"
        path.write_bytes(data)
        return [one.found for one in reader.signatures(path)]

    return look


def byte_changed(data: bytes) -> bytes:
    return data.replace(b"BAO CAO", b"BAO CAI")


@cache
def one() -> bytes:
    return signed(pdf(), seal())


@cache
def two() -> bytes:
    return signed(signed(pdf(), person()), seal(), "ChuKy2")


def encrypted() -> bytes:
    """Sign a file that anybody can read and nobody is to change."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    plain, out = pypdf.PdfWriter(clone_from=io.BytesIO(pdf())), io.BytesIO()
    plain.encrypt("", owner_password="khóa", algorithm="AES-256")  # noqa: S106
    plain.write(out)
    writer = IncrementalPdfFileWriter(out)
    writer.encrypt("")
    return signed(b"", seal(), writer=writer)


def over(stamp: Certified | None = None) -> bytes:
    """Sign with a certificate that has expired since, with a stamp of a day before."""
    more = {"timestamper": stamping(stamp, DAY - timedelta(days=9))} if stamp else {}
    return signed(pdf(), holder("Cũ", until=DAY - timedelta(days=1)), **more)


CASES: dict[str, tuple[Callable[[], bytes], list[str]]] = {
    "a seal": (one, ["valid"]),
    "two signatures": (two, ["valid", "valid"]),
    "one byte changed": (lambda: byte_changed(one()), ["broken"]),
    "one byte changed under two": (lambda: byte_changed(two()), ["broken", "broken"]),
    "a page written over": (lambda: edited(one(), OTHER), ["changed"]),
    "a page written over, then signed by another": (
        lambda: signed(edited(signed(pdf(), person()), OTHER), seal(), "ChuKy2"), ["changed", "valid"]),
    "something put behind it": (lambda: one() + b"\n1 0 obj << >> endobj\n", ["changed"]),
    "lines put behind it by a mail": (lambda: one() + b"\r\n\r\n", ["valid"]),
    "a field filled in after it": (
        lambda: filled(signed(pdf(HEAD, "6 0 R", BOX, root="/AcroForm << /Fields [6 0 R] >>"), seal()), "99"), ["filled"]),
    "a certificate that is over": (over, ["expired"]),
    "over, but stamped while it was not": (lambda: over(holder("Dấu thời gian", stamps=True)), ["then"]),
    "over, and stamped by a stranger": (lambda: over(certified("Lạ", stamps=True)), ["expired"]),
    "a time stamp over it": (
        lambda: stamped(one(), holder("Dấu thời gian", stamps=True), DAY), ["valid", "valid"]),
    "as Word prints, for old readers and new": (lambda: signed(signed(hybrid(), person()), seal(), "ChuKy2"), ["valid", "valid"]),
    "that, and a page written over": (lambda: edited(signed(hybrid(), seal()), OTHER), ["changed"]),
    "under a password for changes": (encrypted, ["valid"]),
    "a stranger's root": (lambda: signed(pdf(), certified("Sở Y tế", certified("Gốc lạ"))), ["unknown"]),
    "a certificate for stamping times": (lambda: signed(pdf(), holder("Dấu", stamps=True)), ["unfit"]),
    "a certificate of one's own": (lambda: signed(pdf(), certified("Sở Y tế")), ["unknown"]),
    "no signature": (pdf, []),
    "a signature taken out": (lambda: pdf() + b"% /ByteRange [0 10 20 30]\n", ["gone"]),
    "cut off": (lambda: one()[:-40], ["unread"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_is_told_for_what_it_is(found: object, name: str) -> None:
    made, wanted = CASES[name]
    assert found(made()) == wanted  # type: ignore[operator]


def test_who_signed_and_when_is_what_the_certificate_says(reader: PdfReader, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(two())
    leader, office = reader.signatures(path)
    assert (leader.who, leader.named) == (
        "Nguyễn Thị Thử (Ban Giám đốc, Sở Y tế)", ("Nguyễn Thị Thử", "Ban Giám đốc", "Sở Y tế"))  # fmt: skip
    assert (office.signer, office.organisation, office.stamped) == ("Sở Y tế", "Ủy ban nhân dân tỉnh Bình Phước", False)
    assert office.when.endswith("+07:00")
    assert signature_said(office).startswith("chữ ký số của Sở Y tế (Ủy ban nhân dân tỉnh Bình Phước), ghi là ký lúc ")
    assert signature_said(office).endswith(": hợp lệ, chưa kiểm tra thu hồi")


def test_without_roots_nobody_is_known_and_a_change_is_still_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(worker, "_started", spawned)
    (tmp_path / "a.pdf").write_bytes(one())
    (tmp_path / "b.pdf").write_bytes(byte_changed(one()))
    with PdfReader((), DAY) as reader:
        assert [reader.signatures(tmp_path / name)[0].found for name in ("a.pdf", "b.pdf")] == ["unrooted", "broken"]


def test_without_the_extra_it_only_says_that_there_is_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(looked, "find_spec", lambda _name: None)
    (tmp_path / "a.pdf").write_bytes(one())
    (tmp_path / "b.pdf").write_bytes(pdf())
    with PdfReader((), DAY) as reader:
        assert reader.signatures(tmp_path / "a.pdf") == (FoundSignature("unchecked"),)
        assert reader.signatures(tmp_path / "b.pdf") == ()


def test_nothing_is_told_as_valid_without_saying_that_revocation_was_not_checked() -> None:
    assert all("chưa kiểm tra thu hồi" in text for text in FOUND.values() if "hợp lệ" in text)


def test_a_file_that_its_reader_hangs_on_or_dies_of_is_unread_and_the_next_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = subprocess.Popen
    said = "import sys, time\nfor line in sys.stdin:\n    time.sleep(9 * ('slow' in line)); 1 / ('dies' not in line); print('[]', flush=True)"
    monkeypatch.setattr(worker.subprocess, "Popen", lambda _command, **more: real([sys.executable, "-c", said], **more))
    monkeypatch.setattr(worker, "SECONDS", 1)
    for name in ("slow", "dies", "good"):
        (tmp_path / f"{name}.pdf").write_bytes(one())
    with PdfReader((), DAY) as reader:
        found = [reader.signatures(tmp_path / f"{name}.pdf")[0].found for name in ("slow", "dies", "good")]
    assert found == ["unread", "unread", "gone"]
