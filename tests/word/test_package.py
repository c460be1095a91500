"""The Word package: the same bytes for the same input, edits noticed, bombs refused."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import docx
import pytest

from danvan_cli.errors import UsageError
from danvan_cli.ooxml.parts import read_parts
from danvan_cli.word import package
from validators import audit, sdk
from word_files import rezipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BODY = '<w:p><w:r><w:t xml:space="preserve">Một</w:t></w:r></w:p>'


def test_the_zip_is_sound_and_its_times_are_fixed() -> None:
    with zipfile.ZipFile(io.BytesIO(package.build(BODY, package.Properties("Tên & <tên>")))) as zipped:
        assert zipped.testzip() is None
        assert zipped.namelist()[0] == "[Content_Types].xml"
        assert {entry.date_time for entry in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_title_comes_out_as_typed() -> None:
    assert (
        docx.Document(io.BytesIO(package.build(BODY, package.Properties("Tên & <tên>")))).core_properties.title
        == "Tên & <tên>"
    )


def test_a_document_names_its_title_subject_agency_and_day() -> None:
    about = package.Properties("Tên & <tên>", "Về <việc>", "Sở Y tế & Dân số", date(2023, 5, 10))
    data = package.build(BODY, about)
    found = docx.Document(io.BytesIO(data)).core_properties
    assert (found.title, found.subject, found.author, found.language) == (*about[:3], "vi-VN")
    assert found.created == found.modified == datetime(2023, 5, 10, tzinfo=UTC)
    assert "<Company>Sở Y tế &amp; Dân số</Company>".encode() in read_parts(data)[package.APP]


def test_a_day_that_is_not_known_is_left_out() -> None:
    parts = read_parts(package.build(BODY, package.Properties("Tên")))
    assert b"created" not in parts[package.CORE]
    assert b"Company" not in parts[package.APP]


@pytest.mark.office
@pytest.mark.parametrize("validate", [audit, sdk])
@pytest.mark.parametrize("day", [None, date(2023, 5, 10)])
def test_properties_are_valid_with_and_without_a_day(
    validate: Callable[[Path], list[str]], day: date | None, tmp_path: Path
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(package.build(BODY, package.Properties("Tên", "Việc", "Sở", day)))
    assert validate(path) == []


def test_the_same_input_gives_the_same_bytes() -> None:
    one, same, other = (package.build(BODY, package.Properties(title)) for title in "aab")
    assert one == same != other


def test_a_document_is_untouched_as_written_and_when_only_zipped_anew() -> None:
    data = package.build(BODY)
    assert package.is_untouched(data)
    assert package.is_untouched(rezipped(data))


@pytest.mark.parametrize(
    "changes",
    [
        {"word_document_xml": b"<x/>"}, {"word_styles_xml": b"<x/>"}, {"docProps_core_xml": b"<x/>"},
        {"docProps_custom_xml": package.custom_xml("0" * 64)}, {"docProps_custom_xml": b"-"},
        {"word_settings_xml": b"-"},
    ],
)  # fmt: skip
def test_any_change_by_a_person_is_noticed(changes: dict[str, bytes]) -> None:
    assert not package.is_untouched(rezipped(package.build(BODY), **changes))


def test_word_and_python_docx_saving_it_is_noticed() -> None:
    out = io.BytesIO()
    document = docx.Document(io.BytesIO(package.build(BODY)))
    document.paragraphs[0].add_run(" thêm")
    document.save(out)
    assert not package.is_untouched(out.getvalue())


@pytest.mark.parametrize("data", [b"", b"PK", b"khong phai zip", package.build(BODY)[:-40], package.build(BODY)[40:]])
def test_a_broken_file_is_an_error_and_never_untouched(data: bytes) -> None:
    assert not package.is_untouched(data)
    with pytest.raises(UsageError):
        read_parts(data, "a.docx")


def test_a_zip_bomb_is_refused() -> None:
    bomb = package.zipped_parts({"word/document.xml": b" " * 30_000_000})
    with pytest.raises(UsageError, match="bung ra lớn bất thường"):
        read_parts(bomb, "a.docx")


def test_a_part_named_twice_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("a.xml", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            zipped.writestr("a.xml", "2")
    with pytest.raises(UsageError):
        read_parts(out.getvalue(), "a.docx")
