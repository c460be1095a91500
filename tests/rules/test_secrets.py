"""Marks of secrecy are seen in files before they come in."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from danvan_cli.errors import UsageError
from danvan_cli.rules.secrets import refuse_secret_file, refuse_secret_text

if TYPE_CHECKING:
    from pathlib import Path

WORD = '<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{}</w:body></w:document>'


def packed(path: Path, name: str, text: str) -> Path:
    with zipfile.ZipFile(path, "w") as out:
        out.writestr(name, text)
    return path


@pytest.mark.parametrize(
    ("name", "part", "text"),
    [
        (
            "a.docx",
            "word/document.xml",
            WORD.format("<w:p><w:r><w:t>M</w:t></w:r><w:r><w:t>ẬT</w:t></w:r></w:p><w:p/>"),
        ),
        ("a.docx", "word/header1.xml", WORD.format("<w:p><w:r><w:t>T&#7888;I M&#7852;T</w:t></w:r></w:p>")),
        ("a.xlsx", "xl/sharedStrings.xml", "<sst><si><t>Số</t></si><si><t>MẬT</t></si><si><t>x</t></si></sst>"),
        ("a.odt", "content.xml", "<o><text:p>Độ mật: Tuyệt mật</text:p></o>"),
    ],
)
def test_a_mark_inside_an_office_file_is_seen(tmp_path: Path, name: str, part: str, text: str) -> None:
    with pytest.raises(UsageError) as refused:
        refuse_secret_file(packed(tmp_path / name, part, text))
    assert "ẬT" not in refused.value.message


@pytest.mark.parametrize(("name", "data"), [
    ("a.txt", "dòng\nMẬT\n".encode()), ("a.md", "TỐI MẬT".encode()), ("a.txt", "TUYỆT MẬT".encode("utf-16")),
    ("a.txt", "MA\u0323\u0302T".encode()), ("Công văn TỐI MẬT.pdf", b"x"), ("Độ mật_ tuyệt mật.pdf", b"x"), ("[MẬT] 5.pdf", b"x"),
])  # fmt: skip
def test_a_mark_in_a_text_or_a_name_is_seen(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    if name.startswith("Độ"):  # a colon cannot stand in a name on every system: the words alone are no mark
        refuse_secret_file(tmp_path / name)
        return
    with pytest.raises(UsageError):
        refuse_secret_file(tmp_path / name)


def test_words_that_are_no_marks_come_in(tmp_path: Path) -> None:
    text = "Công tác bảo mật, BẢO MẬT thông tin; mật độ dân số"
    (tmp_path / "bảo mật.txt").write_text(text, encoding="utf-8")
    refuse_secret_file(tmp_path / "bảo mật.txt")
    refuse_secret_file(packed(tmp_path / "a.docx", "word/document.xml", WORD.format(f"<w:p>{text}</w:p>")))
    assert refuse_secret_text("--result", "bảo mật") == "bảo mật"


def test_an_office_file_that_cannot_be_looked_into_does_not_come_in(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"no zip")
    with pytest.raises(UsageError):
        refuse_secret_file(tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "b.docx", "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("word/document.xml", b"a" * 10**8)
    with pytest.raises(UsageError):
        refuse_secret_file(tmp_path / "b.docx")


def test_a_marked_text_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError) as refused:
        refuse_secret_text("--result", "Theo văn bản [TỐI MẬT] số 1")
    assert "số 1" not in refused.value.message + (refused.value.help or "")
