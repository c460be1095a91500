"""Taking in: what a file says of itself that cannot be."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from danvan_cli.inbox.intake import Intake
from danvan_cli.inbox.model import Said
from danvan_cli.plan.calendar import today


@pytest.mark.parametrize("time", [10**11, 10**12, 10**20, -(10**11), -(10**12), -(10**20), -3_000_000_000])
def test_a_file_with_an_impossible_time_came_today(time: int) -> None:
    """Not each disk keeps such a time, some do."""
    file = SimpleNamespace(stat=lambda: SimpleNamespace(st_mtime=time))
    assert Intake.arrived(cast("Any", None), Said(), [cast("Any", file)]).received == today()
