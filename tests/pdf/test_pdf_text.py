"""PDF files from anybody: read within limits, each but once."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from danvan_cli.errors import UsageError
from danvan_cli.pdf import worker
from danvan_cli.pdf.text import Pdf, PdfReader
from pdf_files import pdf
from readers import spawned

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[int]]:
    """Put a script in the place of what reads; gives how often it was started."""
    real, started = subprocess.Popen, []

    def put(script: str) -> list[int]:
        def popen(_command: list[str], **more: object) -> object:
            started.append(1)
            return real([sys.executable, "-c", script], **more)  # type: ignore[call-overload]

        monkeypatch.setattr(worker.subprocess, "Popen", popen)
        return started

    return put


def test_files_that_never_end_cost_a_run_its_budget_and_harm_no_other(
    answering: Callable[[str], list[int]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answering(
        "import sys\nfor line in sys.stdin:\n    print('[\"said\", false]', flush=True) if 'slow' not in line else None"
    )
    for name, seconds in (("SECONDS", 0.8), ("FAIR", 0.6), ("MORE", 0.2)):
        monkeypatch.setattr(worker, name, seconds)
    refused, began = [], time.monotonic()
    with PdfReader() as reader:
        for i in range(3):
            try:
                assert reader.read(tmp_path / f"slow-{i}.pdf") == Pdf()
            except UsageError as error:
                refused.append(error)
            assert reader.read(tmp_path / f"good-{i}.pdf") == Pdf("said")
    assert [error.message.partition(":")[0] for error in refused] == [f"slow-{i}.pdf" for i in range(1, 3)]
    assert all("hết thời gian" in error.message and "một lần nữa" in str(error.help) for error in refused)
    assert time.monotonic() - began < 3 * 3


def test_the_process_that_reads_is_started_from_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(worker, "_started", spawned)
    (tmp_path / "a.pdf").write_bytes(pdf())
    with PdfReader() as reader:
        assert "BAO CAO" in (reader.read(tmp_path / "a.pdf").text or "")


def test_what_was_just_read_is_not_read_again(answering: Callable[[str], list[int]], tmp_path: Path) -> None:
    answering("import sys\nfor number, _ in enumerate(sys.stdin): print(f'[\"{number}\", true]', flush=True)")
    with PdfReader() as reader:
        assert reader.read(tmp_path / "a.pdf") == reader.read(tmp_path / "a.pdf") == Pdf("0", marked=True)
        assert [reader.read(tmp_path / f"{number}.pdf").text for number in range(9)][-1] == "9"
        assert reader.read(tmp_path / "a.pdf").text == "10", "no more than the last are kept"
