"""The text of PDFs from anybody: those that never end cost a run so much time, and no more."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from danvan_cli.errors import UsageError
from danvan_cli.pdf import text
from danvan_cli.pdf.text import PdfReader

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

ANSWERS = "import sys\nfor line in sys.stdin:\n    print('\"said\"', flush=True) if 'slow' not in line else None"
"""Stands for the process that reads: of some files it never says anything."""


def test_files_that_never_end_cost_a_run_its_budget_and_harm_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    popen: Any = subprocess.Popen
    monkeypatch.setattr(text, "SECONDS", 2)
    monkeypatch.setattr(text, "FAIR", 1.5, raising=False)
    monkeypatch.setattr(text, "MORE", 0.5, raising=False)
    monkeypatch.setattr(subprocess, "Popen", lambda _command, **how: popen([sys.executable, "-c", ANSWERS], **how))
    refused, began = [], time.monotonic()
    with PdfReader() as reader:
        for i in range(3):
            try:
                assert reader.text(tmp_path / f"slow-{i}.pdf") is None
            except UsageError as error:
                refused.append(error)
            assert reader.text(tmp_path / "good.pdf") == "said"
    assert [error.message.partition(":")[0] for error in refused] == [f"slow-{i}.pdf" for i in range(1, 3)]
    assert all("hết thời gian" in error.message and "một lần nữa" in str(error.help) for error in refused)
    assert time.monotonic() - began < 3 * 3
