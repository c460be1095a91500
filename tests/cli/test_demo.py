"""`danvan demo`: the main job in one command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from word_files import edit, highlighted, snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

MADE = (
    "units/so-y-te/unit.yaml",
    "units/so-y-te/out/ke-hoach-trien-khai.docx",
    "units/so-y-te/out/bao-cao-6m.docx",
    "units/so-y-te/out/bao-cao-1y.docx",
    "build/ke-hoach-2023.docx",
)


def test_the_main_job_is_run_and_everything_made_is_named(run: Run, tmp_path: Path) -> None:
    told = run("demo")
    assert told.code == 0, told.stderr
    assert all(len(line) <= 80 for line in told.stdout.splitlines())
    for name in MADE:
        assert (tmp_path / "danvan-demo" / name).is_file()
        assert name in told.stdout
    assert "không phải số liệu thật" in re.sub(r"\s+", " ", told.stdout)


def test_the_blanks_it_counts_are_the_ones_to_see_in_word(run: Run, tmp_path: Path) -> None:
    told = run("demo", "thử").stdout
    counted = [int(count) for count in re.findall(r"(\d+) chỗ trống", told)]
    assert counted == [len(highlighted(tmp_path / "thử" / name)) for name in MADE[1:4]]
    assert all(counted)


def test_a_second_run_works_and_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("demo")
    before = snapshot(tmp_path)
    assert run("demo").code == 0
    assert snapshot(tmp_path) == before


def test_a_document_that_was_edited_meanwhile_is_not_lost(run: Run, tmp_path: Path) -> None:
    run("demo")
    path = tmp_path / "danvan-demo" / MADE[2]
    edited = edit(path)
    again = run("demo")
    assert again.code == 1
    assert "đã được người sửa" in again.stderr
    assert path.read_bytes() == edited


def test_a_file_in_the_way_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "danvan-demo").write_text("", encoding="utf-8")
    told = run("demo")
    assert (told.code, "Traceback" in told.stderr) == (2, False)
    assert "danvan-demo" in told.stderr
