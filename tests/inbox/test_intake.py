"""Taking in: what a file says of itself that cannot be."""

from __future__ import annotations

import time
import weakref
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from danvan_cli.inbox import intake
from danvan_cli.inbox.intake import AT_ONCE, Intake
from danvan_cli.inbox.model import Look, Outcome, Said
from danvan_cli.plan.calendar import today


@pytest.mark.parametrize("time", [10**11, 10**12, 10**20, -(10**11), -(10**12), -(10**20), -3_000_000_000])
def test_a_file_with_an_impossible_time_came_today(time: int) -> None:
    """Not each disk keeps such a time, some do."""
    file = SimpleNamespace(stat=lambda: SimpleNamespace(st_mtime=time))
    assert (
        Intake.arrived(
            cast("Any", SimpleNamespace(plan=SimpleNamespace(year=2023))), Said(), [cast("Any", file)]
        ).received
        == today()
    )


def test_what_was_read_is_kept_of_a_few_files_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many come: a few are read ahead, and nothing is kept of those that were given."""
    read: list[weakref.ref[Look]] = []

    def look(path: Path, _pdf: object) -> Look:
        read.append(weakref.ref(seen := Look(path, "other", "", 1)))
        return seen

    monkeypatch.setattr(intake, "look", look)
    monkeypatch.setattr(Intake, "_documents", lambda _self, looks, _asked: Outcome([], "unclear", looks=looks))
    mail = [[Path(f"{i}.docx")] for i in range(30)]
    with Intake(
        cast("Any", SimpleNamespace(units=[], deliverable_by_id={}, subject="")),
        Path(),
        Said(),
        {},
        carry=False,
    ) as intaken:
        for outcome in intaken.take_all(mail):
            time.sleep(0.01)  # what follows takes its time
            assert sum(one() is not None for one in read) <= AT_ONCE + 1
            outcome.looks.clear()
    assert len(read) == len(mail)
