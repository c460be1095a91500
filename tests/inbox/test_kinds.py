"""A kind of incoming file is one module: put beside the others it is found, told, read, filed and followed up."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from danvan_cli.inbox import kinds
from danvan_cli.inbox.kind import all_kinds
from danvan_cli.ooxml import xlsx
from danvan_cli.pdf.text import PdfReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Run

MAIL = '''
"""E-mails saved as files."""
from danvan_cli.inbox.kind import Kind
from danvan_cli.inbox.model import Contents

class Mail(Kind):
    name = "mail"
    suffixes = (".eml",)

    def fits(self, peek):
        return peek.head.startswith(b"From:")

    def read(self, path, pdf):
        return Contents(path.read_text(encoding="utf-8"))

    def whose(self, look, plan):
        unit, _colon, deliverable = look.contents.text.splitlines()[0].removeprefix("From: ").partition(": ")
        return (unit, deliverable) if deliverable else None

    def to_do(self, receipt, plan):
        return {"mail"}

    def then(self, hands, outcome, look, left):
        (hands.workspace.root / "thu.txt").write_text(look.contents.text, encoding="utf-8")
        return True

KIND = Mail()
'''


@pytest.fixture
def mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "mail.py").write_text(MAIL, encoding="utf-8")
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(folder)])
    all_kinds.cache_clear()
    yield
    all_kinds.cache_clear()
    sys.modules.pop("danvan_cli.inbox.kinds.mail", None)


def test_the_kinds_that_come_with_danvan_are_all_found() -> None:
    *asked, last = all_kinds()
    assert {*asked} >= {"bag", "old-word", "old-workbook", "pdf", "word", "workbook"}
    assert (asked, last) == (sorted(asked), "other")


@pytest.mark.usefixtures("mail")
def test_a_kind_is_added_by_one_module(workspace: Path, run: Run) -> None:
    letter = workspace / "thu.eml"
    letter.write_text("From: Sở Y tế\nBáo cáo 06 tháng", encoding="utf-8")
    came = run("receive", letter, "--unit", "so-y-te", "--deliverable", "6m", "--received", "9/5/2023",
               cwd=workspace, today="2023-05-09")  # fmt: skip
    assert came.code == 0, came.stderr
    assert [*workspace.glob("province/received/so-y-te/6m/*/thu.eml")]
    assert (workspace / "thu.txt").read_text(encoding="utf-8").startswith("From: Sở Y tế")


@pytest.mark.usefixtures("mail")
def test_what_told_whose_it_is_was_the_file_itself(workspace: Path, run: Run) -> None:
    letter = workspace / "thu.eml"
    letter.write_text("From: so-y-te: 6m", encoding="utf-8")
    came = json.loads(run("receive", letter, "--json", cwd=workspace, today="2023-05-09").stdout)["files"][0]
    assert (came["unit"], came["deliverable"], came["by"]) == ("so-y-te", "6m", ["file"])


@pytest.mark.usefixtures("mail")
def test_a_name_that_promises_a_kind_is_held_to_it(workspace: Path, run: Run) -> None:
    letter = workspace / "thu.eml"
    letter.write_bytes(b"%PDF-1.7\n")
    refused = run("receive", letter, "--unit", "so-y-te", "--deliverable", "6m", cwd=workspace, today="2023-05-09")
    assert refused.code == 1
    assert "nội dung không phải loại tệp như tên .eml" in refused.stderr


@pytest.mark.usefixtures("mail")
def test_a_kind_that_is_broken_is_our_fault_and_not_the_file_s(workspace: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "more" / "broken.py").write_text("KIND = (", encoding="utf-8")
    (workspace / "a.pdf").write_bytes(b"%PDF-1.7\n")
    came = run("receive", "a.pdf", "--unit", "so-y-te", "--deliverable", "6m", cwd=workspace, today="2023-05-09")
    assert (came.code, "lỗi trong chính danvan" in came.stderr) == (1, True)


def test_a_workbook_of_many_texts_is_read_in_a_time_that_grows_with_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0

    class Looked(str):
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            nonlocal looks
            looks += 1
            return str.__eq__(self, other)

        __hash__ = str.__hash__

    cells = {(row, 0): xlsx.Value(Looked(row)) for row in range(300)}
    monkeypatch.setattr(xlsx, "read_xlsx", lambda _data, _path: [xlsx.XlsxSheet("Một", cells)])
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    kind = next(one for one in all_kinds().values() if one.name == "workbook")
    assert kind.read(tmp_path / "a.xlsx", PdfReader()).text.count("\n") == 299
    assert looks <= 600, "each cell is compared with the mark once, not with every other"
