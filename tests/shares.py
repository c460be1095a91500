"""Tests of many alike: some of them every time, all of them by `make fire`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHARES = [pytest.param(6, id="a sixth"), pytest.param(1, marks=pytest.mark.fire, id="all")]
"""One of so many documents is tried."""


def some(every: Iterable[Any], share: int = 3) -> list[Any]:
    """Give parameters of which one in so many is tried every time."""
    return [pytest.param(one, marks=[pytest.mark.fire] * bool(at % share)) for at, one in enumerate(every)]


def chosen(every: Sequence[Any], share: int, start: int = 0) -> Sequence[Any]:
    """Give one in so many of what there is, from another one each time."""
    return every[start % share :: share]
