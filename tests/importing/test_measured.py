"""Plans of many hands: nothing is lost, and what they mean is understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import plans_measured as measured

if TYPE_CHECKING:
    from pathlib import Path


def test_every_word_of_a_word_file_is_kept_and_understood() -> None:
    found = measured.total(measured.as_word(1).values())
    assert found.share == 1
    assert {kind: found.f1(kind) for kind in measured.UNDERSTOOD if found.f1(kind) < 0.95} == {}


@pytest.mark.office
def test_pdf_files_too(tmp_path: Path) -> None:
    found = measured.total(measured.as_pdf(1, tmp_path).values())
    assert found.share >= 0.97
    assert {kind: found.f1(kind) for kind in measured.UNDERSTOOD if found.f1(kind) < 0.95} == {}
