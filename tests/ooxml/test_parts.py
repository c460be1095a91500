"""Zips from anybody: what unpacks beyond what it declares, and what breaks the reader of zips, is refused in little memory."""

from __future__ import annotations

import io
import tracemalloc
import warnings
import zipfile

import pytest

from danvan_cli.errors import UsageError
from danvan_cli.ooxml import docx
from danvan_cli.ooxml.parts import read_parts

LARGE = 24 * 2**20


def zipped(name: str, data: bytes, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as file:
        file.writestr(name, data, compresslevel=9)
    return out.getvalue()


def lying(data: bytes, size: int) -> bytes:
    """Let the only entry of a zip declare another size."""
    at = data.rindex(b"PK\x01\x02") + 24
    return data[:at] + size.to_bytes(4, "little") + data[at + 4 :]


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_DEFLATED])
def test_a_part_that_declares_less_than_it_holds_is_never_unpacked_beyond_that(how: int) -> None:
    bomb = lying(zipped("word/document.xml", bytes(LARGE), how), 1000)
    tracemalloc.start()
    try:
        with pytest.raises(UsageError):
            read_parts(bomb, "x.docx")
        assert tracemalloc.get_traced_memory()[1] < LARGE / 8
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_packed_in_another_way_is_refused_with_its_name(how: int) -> None:
    with pytest.raises(UsageError, match=r"x\.docx: word/document\.xml"):
        read_parts(zipped("word/document.xml", b"<a/>", how), "x.docx")


@pytest.mark.parametrize("inside", [b"<a/>" * 3_000_000, b"<a>" + b"<b c='' d='' e='' f=''/>" * 1_100_000 + b"</a>"])
def test_more_elements_or_attributes_than_any_report_has_are_refused_before_a_tree_is_built(inside: bytes) -> None:
    with pytest.raises(UsageError, match="lớn bất thường"):
        read_parts(zipped("word/document.xml", inside, zipfile.ZIP_STORED), "x.docx")


@pytest.mark.parametrize(("name", "piece", "times"), [
    ("word/media/image1.bmp", b"\xff", 3 * 2480 * 3508),  # a white page of 300 dots an inch
    ("word/document.xml", b"<w:tc><w:tcPr><w:tcW w:w='1204' w:type='dxa'/></w:tcPr><w:p/></w:tc>", 200_000),
])  # fmt: skip
def test_what_is_packed_very_well_is_no_bomb(name: str, piece: bytes, times: int) -> None:
    part = piece * times
    packed = zipped(name, part)
    assert len(part) > 250 * len(packed)
    assert read_parts(packed, "x.docx")[name] == part


@pytest.mark.parametrize("sizes", [
    {"word/document.xml": 17}, {"a.rels": 65}, {"word/a.XML": 65}, {"a.bmp": 200, "b.bmp": 57},
], ids=["little said", "written", "named in capitals", "all"])  # fmt: skip
def test_what_is_too_large_is_refused_however_it_is_packed(sizes: dict[str, int]) -> None:
    parts = {name: b" " * (size << 20) for name, size in sizes.items()}
    parts |= {name: b"<a/>" * 300_000 + part for name, part in parts.items() if name.endswith(".rels")}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    with pytest.raises(UsageError, match="lớn bất thường"):
        read_parts(out.getvalue(), "x.docx")


@pytest.mark.parametrize("data", [
    b"<?xml version='1.0' encoding='UTF-7'?><a>+ADw-b/+AD4-</a>",
    "<?xml version='1.0' encoding='cp037'?><a/>".encode("cp037"),
    b"<?xml version='1.0' encoding='nothing'?><a/>",
    b"<a>" * 300 + b"</a>" * 300,
    b"",
])  # fmt: skip
def test_a_part_in_which_tags_cannot_be_counted_and_one_too_deep_are_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match="bị hỏng"):
        docx.parse("word/document.xml", data, "x.docx")


@pytest.mark.parametrize("encoding", ["UTF-8", "utf-16", "us-ascii", "windows-1252"])
def test_what_other_programs_write_is_read(encoding: str) -> None:
    text = f"<?xml version='1.0' encoding='{encoding}' standalone='yes'?><a>x</a>"
    assert docx.parse("a.xml", text.encode(encoding), "x.docx").text == "x"


def test_a_zip_cut_or_changed_anywhere_is_read_or_refused() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = zipped("a.xml", b"<a>some text</a>" * 20)
        for at in range(len(whole)):
            for data in (whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]):
                try:
                    read_parts(data, "x.docx")
                except UsageError:
                    continue
