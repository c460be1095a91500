"""Documents on the disk: what a person edited stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest

from danvan_cli.errors import DanvanError
from danvan_cli.word import package
from danvan_cli.word.save import save

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO = (package.build("", package.About(title)) for title in ("một", "hai"))


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
