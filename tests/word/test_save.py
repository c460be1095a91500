"""What danvan makes is saved by one function, by what a person may have done to each kind of file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest

from danvan_cli.errors import DanvanError
from danvan_cli.excel.look import written
from danvan_cli.word import package
from danvan_cli.word.save import save, sealed

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO = (package.build("", package.Properties(title)) for title in ("một", "hai"))


def workbook(text: str) -> bytes:
    with written("Sổ") as (book, out):
        book.sheet("Trang", text, "", (("A", 10), ("B", 10)))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "there", "now", "kept"),
    [
        ("bảng.csv", b"unit,state\na,1\n", b"unit,state\na,2\n", False),
        ("bảng.csv", b"ghi,chu\na,1\n", b"unit,state\na,2\n", True),
        ("lịch.ics", b"BEGIN:VCALENDAR\r\nX\r\n", b"BEGIN:VCALENDAR\r\nY\r\n", False),
        ("lịch.ics", b"so tay\n", b"BEGIN:VCALENDAR\r\nY\r\n", True),
        ("thư.txt", b"Kinh gui\nA\n", b"Kinh gui\nB\n", True),
        ("đề xuất.yaml", b"unit: a\n", b"unit: a\nplan: b\n", True),
    ],
)
def test_a_text_replaces_the_last_one(tmp_path: Path, name: str, there: bytes, now: bytes, kept: bool) -> None:
    path = tmp_path / name
    assert save(path, there).kind == "new"
    assert save(path, there).kind == "unchanged"
    saved = save(path, now)
    assert (saved.kind, path.read_bytes(), saved.backup is not None) == ("updated", now, kept)
    if saved.backup:
        assert (saved.backup.name, saved.backup.read_bytes()) == (f"{name}.bak", there)


def test_a_workbook_bears_danvan_s_mark(tmp_path: Path) -> None:
    path = tmp_path / "sổ.xlsx"
    assert workbook("a") == workbook("a")
    save(path, workbook("a"))
    assert save(path, workbook("b")).backup is None
    path.write_bytes(b"another program's")
    with pytest.raises(DanvanError):
        save(path, workbook("c"))
    saved = save(path, workbook("c"), force=True)
    assert saved.backup
    assert saved.backup.read_bytes() == b"another program's"


def test_what_is_replaced_is_kept_once_whatever_else_is_called_so(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    (tmp_path / "a.md.bak").mkdir()
    copies = []
    for now in (b"mine", b"ours", b"mine", b"ours"):
        path.write_bytes(now) if now == b"mine" else copies.append(save(path, now, force=True).backup)
    assert copies == [tmp_path / "a.md.bak2", tmp_path / "a.md.bak2"]
    assert copies[0].read_bytes() == b"mine"


def test_a_page_replaces_the_last_one_and_what_a_person_wrote_in_it_only_when_told(tmp_path: Path) -> None:
    path = tmp_path / "trang.html"
    save(path, sealed(b"<p>a</p>"))
    assert save(path, sealed(b"<p>b</p>\n")).backup is None
    mine = path.read_bytes().replace(b"b", "sửa".encode())
    path.write_bytes(mine)
    with pytest.raises(DanvanError, match="đã được người sửa"):
        save(path, sealed(b"<p>c</p>"))
    assert path.read_bytes() == mine
    saved = save(path, sealed(b"<p>c</p>"), force=True)
    assert saved.backup
    assert saved.backup.read_bytes() == mine


def test_new_unchanged_and_updated_documents(tmp_path: Path) -> None:
    path = tmp_path / "out" / "a.docx"
    assert [save(path, document).kind for document in (ONE, ONE, TWO)] == ["new", "unchanged", "updated"]
    assert path.read_bytes() == TWO


def test_an_edited_document_is_kept_unless_forced_and_then_copied(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    save(path, ONE)
    document = docx.Document(str(path))
    document.add_paragraph("thêm")
    document.save(str(path))
    edited = path.read_bytes()
    with pytest.raises(DanvanError, match="đã được người sửa") as caught:
        save(path, TWO)
    assert "--force" in str(caught.value.help)
    assert path.read_bytes() == edited
    saved = save(path, TWO, force=True)
    assert saved.kind == "updated"
    assert saved.backup is not None
    assert saved.backup.read_bytes() == edited
    assert path.read_bytes() == TWO


def test_any_other_file_in_the_way_counts_as_edited(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"khong phai Word")
    with pytest.raises(DanvanError):
        save(path, ONE)
