"""What fuzzers begin with, and what once made danvan fail, is thrown at it again: only its own errors are right answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from targets import TARGETS

SEEDS = Path(__file__).parent / "fuzz" / "seeds"


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*/*")), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_nothing_but_our_own_errors(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())
