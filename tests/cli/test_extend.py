"""`danvan extend`: a date is put off by a document, for the units that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plan_entries import BY, refused, states

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Run


def test_a_date_is_put_off_and_a_unit_let_off(run: Run, workspace: Path) -> None:
    path = workspace / "plans" / "2023.yaml"
    before = path.read_text("utf-8")
    done = run("extend", "6m", "Sở Y tế", "so-tu-phap", "--by", "20/5/2023", *BY, cwd=workspace)
    assert (done.code, "đã gia hạn «6m» cho so-y-te, so-tu-phap" in done.stdout) == (0, True)
    assert path.read_text("utf-8").startswith(before.rstrip("\n")), "nothing else of the plan is touched"
    assert run("exempt", "6m", "vqg-bu-gia-map", *BY, cwd=workspace).code == 0
    entered = path.read_bytes()
    for again in (("extend", "6m", "Sở Y tế", "so-tu-phap", "--by", "20/5/2023"), ("exempt", "6m", "vqg-bu-gia-map")):
        assert run(*again, *BY, cwd=workspace).code == 0
    assert path.read_bytes() == entered, "what is entered already is not entered again"
    got = states(run, workspace, "6m", "12/5/2023")
    assert (got["so-y-te"], got["so-tu-phap"], got["vqg-bu-gia-map"], got["so-tai-chinh"]) == (
        "extended",
        "extended",
        "exempt",
        "overdue",
    )
    assert run("check", cwd=workspace).code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("extend", "6m", "so-y-te", *BY), 2, "--by"),
        (("extend", "6m", "so-y-te", "--by", "1/5/2023", "--before", "2/5/2023", *BY), 2, "--by"),
        (("extend", "6m", "so-y-te", "--by", "1/5/2023", *BY), 1, "DV"),
        (("extend", "6n", "so-y-te", "--by", "20/5/2023", *BY), 2, "6m"),
        (("extend", "6m", "so-y-te-2", "--by", "20/5/2023", *BY), 2, "so-y-te"),
    ],
)  # fmt: skip
def test_what_is_wrong_writes_nothing(
    run: Run, workspace: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    refused(run, workspace, arguments, code, says)
