"""PDFs: whole or not at all, and a clear word where LibreOffice is missing, slow or at a loss."""

from __future__ import annotations

import io
import os
import stat
import time
from typing import TYPE_CHECKING

import pytest

from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.pdf import printing as pdf
from tools_needed import require
from word_files import blank

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def saying(text: str) -> bytes:
    """Write a Word document of one paragraph."""
    document, buffer = blank(), io.BytesIO()
    document.add_paragraph(text)
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "báo cáo" / "-bản 1.docx"
    path.parent.mkdir()
    path.write_bytes(saying("Tiếng Việt đủ dấu."))
    return path


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Put a shell script in LibreOffice's place."""

    def put(script: str) -> Path:
        if os.name == "nt":
            pytest.skip("tập lệnh sh")
        folder = tmp_path / "bin"
        folder.mkdir()
        path = folder / "soffice"
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        return tmp_path

    return put


def test_what_a_document_brings_is_neither_run_nor_fetched(document: Path, office: Callable[[str], Path]) -> None:
    office(
        'profile="${1#-env:UserInstallation=file://}/user/registrymodifications.xcu"; out=; for one; do\n'
        'case "$one" in *.docx) grep -q DisableMacrosExecution "$profile" && echo %PDF > "${one%docx}pdf";; esac; done'
    )
    assert pdf.to_pdf([document]) == [document.with_suffix(".pdf")]


@pytest.mark.office
def test_each_document_gets_its_pdf_beside_it_and_an_old_one_is_replaced(document: Path, tmp_path: Path) -> None:
    require("soffice")
    other = tmp_path / document.name
    other.write_bytes(saying("Khác."))
    other.with_suffix(".pdf").write_bytes(b"old")
    assert pdf.to_pdf([document, other]) == [document.with_suffix(".pdf"), other.with_suffix(".pdf")]
    first, second = (path.with_suffix(".pdf").read_bytes() for path in (document, other))
    assert first.startswith(b"%PDF-")
    assert second.startswith(b"%PDF-")
    assert first != second
    assert sorted(path.name for path in document.parent.iterdir()) == ["-bản 1.docx", "-bản 1.pdf"]


def test_without_libreoffice_the_user_hears_what_to_do(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("danvan_cli.pdf.printing.shutil.which", lambda _name: None)
    with pytest.raises(DanvanError) as caught:
        pdf.to_pdf([document])
    assert "LibreOffice" in caught.value.message
    assert caught.value.help == "cài LibreOffice, hoặc mở bằng Word rồi lưu thành PDF (File > Save As > PDF)"


def test_word_makes_it_where_there_is_no_libreoffice(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = tmp_path / "powershell"
    shell.write_text('#!/bin/sh\n[ "$1 $2 $3" = "-NoProfile -NonInteractive -Command" ] || exit 1\n'
                     'case "$4" in *\\"*) exit 1;; *Word.Application*) printf %%PDF > "$DANVAN_FOLDER/0.pdf";; esac\n')  # fmt: skip
    shell.chmod(0o755)
    monkeypatch.setattr(pdf, "libreoffice", lambda: None)
    monkeypatch.setattr(pdf, "word", lambda: os.fspath(shell))
    assert pdf.to_pdf([document]) == [document.with_suffix(".pdf")]
    assert document.with_suffix(".pdf").read_bytes() == b"%PDF"
    with pytest.raises(DanvanError, match=r"Word không chuyển được sang PDF: .*b\.docx"):
        pdf.to_pdf([document, _copied(document, "b.docx")])
    with pytest.raises(DanvanError, match="LibreOffice"):
        pdf.of_today(b"", "cũ.doc")
    shell.write_text("#!/bin/sh\nsleep 9\n")
    monkeypatch.setattr(pdf, "START_SECONDS", 0)
    monkeypatch.setattr(pdf, "FILE_SECONDS", 1)
    with pytest.raises(DanvanError, match="Word chạy quá 1 giây"):
        pdf.to_pdf([document])


def _copied(document: Path, name: str) -> Path:
    other = document.with_name(name)
    other.write_bytes(document.read_bytes())
    return other


def test_libreoffice_is_looked_for_where_windows_puts_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for variable, below in (("ProgramFiles", ""), ("LOCALAPPDATA", "Programs")):
        monkeypatch.setenv(variable, str(tmp_path / variable))
        assert str(tmp_path / variable / below / "LibreOffice" / "program" / "soffice.com") in pdf._of_windows()


def test_nothing_to_do_needs_no_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("danvan_cli.pdf.printing.shutil.which", lambda _name: None)
    assert pdf.to_pdf([]) == []


def test_a_document_that_is_not_there_is_told(tmp_path: Path, office: Callable[[str], Path]) -> None:
    office("exit 0")
    with pytest.raises(UsageError, match="không có tệp"):
        pdf.to_pdf([tmp_path / "a.docx"])


def test_what_cannot_be_converted_is_named_and_its_old_pdf_stays(document: Path, office: Callable[[str], Path]) -> None:
    office("exit 1")
    old = document.with_suffix(".pdf")
    old.write_bytes(b"old")
    with pytest.raises(DanvanError, match=r"-bản 1\.docx"):
        pdf.to_pdf([document])
    assert old.read_bytes() == b"old"


def test_those_that_can_be_converted_are_there_though_another_fails(
    document: Path, office: Callable[[str], Path]
) -> None:
    office('for last; do :; done; printf x > "${last%.docx}.pdf"')
    first = document.with_name("a.docx")
    first.write_bytes(b"")
    with pytest.raises(DanvanError, match=r"a\.docx"):
        pdf.to_pdf([first, document])
    assert document.with_suffix(".pdf").read_bytes() == b"x"
    assert not first.with_suffix(".pdf").exists()


def test_many_documents_are_not_one_endless_command(document: Path, office: Callable[[str], Path]) -> None:
    folder = office(f'echo x >> "{document.parent.parent}/runs"; '
                    'for one; do case "$one" in *.docx) printf x > "${one%.docx}.pdf";; esac; done')  # fmt: skip
    made = pdf.to_pdf([document] * 101)
    assert len(made) == 101
    assert (folder / "runs").read_text(encoding="utf-8").split() == ["x", "x"]


def test_one_that_hangs_is_ended_with_all_that_it_started(
    document: Path, office: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "START_SECONDS", 1)
    monkeypatch.setattr(pdf, "FILE_SECONDS", 0)
    folder = office(f'sleep 60 & echo $! > "{document.parent.parent}/child"; wait')
    with pytest.raises(DanvanError, match="1 giây"):
        pdf.to_pdf([document])
    child = int((folder / "child").read_text(encoding="utf-8"))
    for _try in range(50):  # whoever takes over orphans collects it when it gets to it
        try:
            state = (folder / f"/proc/{child}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except FileNotFoundError:
            break
        if state == "Z":
            break
        time.sleep(0.1)
    else:
        pytest.fail("tiến trình con còn chạy")
