"""The Word package: the same bytes for the same input, edits noticed, bombs refused."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from danvan_cli.documents import package
from danvan_cli.errors import UsageError

BODY = '<w:p><w:r><w:t xml:space="preserve">Một</w:t></w:r></w:p>'


def rezipped(data: bytes, **changes: bytes) -> bytes:
    """Zip a document's parts again, some of them changed (`word_document_xml` stands for `word/document.xml`)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            changed = changes.get(name.replace("/", "_").replace(".", "_"), old.read(name))
            if changed != b"-":
                new.writestr(name, changed)
    return out.getvalue()


def test_the_zip_is_sound_and_its_times_are_fixed() -> None:
    with zipfile.ZipFile(io.BytesIO(package.build(BODY, "Tên & <tên>"))) as zipped:
        assert zipped.testzip() is None
        assert zipped.namelist()[0] == "[Content_Types].xml"
        assert {entry.date_time for entry in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_title_comes_out_as_typed() -> None:
    assert docx.Document(io.BytesIO(package.build(BODY, "Tên & <tên>"))).core_properties.title == "Tên & <tên>"


def test_the_same_input_gives_the_same_bytes() -> None:
    assert package.build(BODY, "a") == package.build(BODY, "a") != package.build(BODY, "b")


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
        package.read_parts(data, "a.docx")


def test_a_zip_bomb_is_refused() -> None:
    bomb = package.pack({"word/document.xml": b" " * 30_000_000})
    with pytest.raises(UsageError, match="bung ra lớn bất thường"):
        package.read_parts(bomb, "a.docx")


def test_a_part_named_twice_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("a.xml", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            zipped.writestr("a.xml", "2")
    with pytest.raises(UsageError):
        package.read_parts(out.getvalue(), "a.docx")
