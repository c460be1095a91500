"""What stands in the fields of a signed PDF is read where it stands: a number that was put in after the signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from danvan_cli.pdf.text import PdfReader
from pdf_files import HEAD, field, form, stream
from pdf_files import pdf as pdf_file
from signing import marked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def written(path: Path, *annotations: str, looks: tuple[str, ...]) -> Path:
    path.write_bytes(pdf_file(HEAD, " ".join(annotations), *looks))
    return path


@pytest.fixture(scope="module", autouse=True)
def _reader() -> Iterator[None]:
    """Let one process read all that the tests of this file write."""
    with PdfReader() as READERS["one"]:
        yield


READERS: dict[str, PdfReader] = {}


def read(path: Path) -> str:
    return " ".join((READERS["one"].read(path).text or "").split())


def test_a_number_in_a_field_is_read_in_its_line(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", field(80, 700, 6), looks=(form("45"),))
    assert read(path) == "So: 45 /BC-SYT BAO CAO"


@pytest.mark.parametrize("off", [-7, 0, 7])
@pytest.mark.parametrize("rotate", [0, 90])
def test_number_and_day_that_were_signed_in_are_read_in_their_lines(tmp_path: Path, off: int, rotate: int) -> None:
    page = "BT /F 12 Tf 50 703 Td (So:                /BC-SYT) Tj 250 0 Td (Binh Phuoc, ngay         thang 5 nam 2023) Tj ET"
    data = marked(pdf_file(page, page=f"/Rotate {rotate}"), "145", 75, 699 + off, "So")
    data = marked(data, "08", 398, 699 + off, "Ngay")
    (path := tmp_path / "a.pdf").write_bytes(data)
    assert read(path) == "So: 145 /BC-SYT Binh Phuoc, ngay 08 thang 5 nam 2023"


def test_what_is_signed_over_the_number_s_end_leaves_both_whole(tmp_path: Path) -> None:
    (path := tmp_path / "a.pdf").write_bytes(marked(pdf_file(), "145", 108, 699, "So", 60))
    assert read(path) == "So: 145/BC-SYT BAO CAO"


def test_a_look_within_a_look_is_read_and_what_is_long_stands_for_itself(tmp_path: Path) -> None:
    outer = stream(
        "q /Fm Do Q", "/Type /XObject /Subtype /Form /BBox [0 0 60 15] /Resources << /XObject << /Fm 7 0 R >> >>"
    )
    long = form("Signed by a person with a long name")
    path = written(tmp_path / "a.pdf", field(80, 700, 6), field(80, 660, 8), looks=(outer, form("45"), long))
    assert read(path).startswith("So: 45 /BC-SYT BAO CAO")
    assert "Signed by a person with a long name" in read(path)


@pytest.mark.parametrize("flags", [2, 6])
def test_what_is_hidden_is_not_read(tmp_path: Path, flags: int) -> None:
    assert "45" not in read(written(tmp_path / "a.pdf", field(80, 700, 6, flags), looks=(form("45"),)))


def test_a_broken_field_harms_no_page(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", "<< /AP 9 >>", "77", field(80, 700, 6), looks=(form("45"),))
    assert "45 /BC-SYT" in read(path)
