"""`danvan check` by a unit that works alone: what only the issuer can mend is counted, not told each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands import Run

PLAN_NOTE = "plans/2023.yaml"


def test_notes_on_the_issuers_plan_are_counted_and_shown_when_asked_for(run: Run, begun: Callable[..., Path]) -> None:
    folder = begun("init-unit so-y-te")
    done = run("check", cwd=folder)
    assert (done.code, PLAN_NOTE in done.stdout) == (0, False)
    assert "đơn vị không phải sửa (xem: danvan check plans)" in done.stderr
    assert PLAN_NOTE in run("check", "plans", cwd=folder).stdout
    assert PLAN_NOTE in run("check", "--json", cwd=folder).stdout
    assert PLAN_NOTE in run("check", cwd=folder, env={"GITHUB_ACTIONS": "true"}).stdout


def test_who_coordinates_is_told_of_all(run: Run, begun: Callable[..., Path]) -> None:
    folder = begun("init-unit so-y-te", "init-unit so-noi-vu")
    assert PLAN_NOTE in run("check", cwd=folder).stdout


def test_what_is_wrong_with_the_plan_is_always_told(run: Run, begun: Callable[..., Path]) -> None:
    folder = begun("init-unit so-y-te")
    plan = folder / "plans" / "2023.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("year: 2023", "year: 20233", 1), encoding="utf-8")
    done = run("check", cwd=folder)
    assert (done.code, PLAN_NOTE in done.stdout) == (1, True)
