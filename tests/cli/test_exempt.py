"""`danvan exempt`: a unit is let off by a document."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from plan_entries import BY, refused, states
from received import RECORDED, UNIT, receive, report_of
from verified import scored_alike

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands import Run


def test_a_unit_that_is_let_off_owes_nothing_and_the_plan_is_right(run: Run, workspace: Path) -> None:
    path = workspace / "plans" / "2023.yaml"
    before = path.read_text("utf-8")
    done = run("exempt", "6m", "vqg-bu-gia-map", *BY, cwd=workspace)
    assert done.code == 0, done.stderr
    assert path.read_text("utf-8").startswith(before.rstrip("\n")), "nothing else of the plan is touched"
    got = states(run, workspace, "6m", "12/5/2023")
    assert got.pop("vqg-bu-gia-map") == "exempt"
    assert set(got.values()) == {"overdue"}
    assert run("check", cwd=workspace).code == 0


def test_who_is_let_off_is_not_among_those_who_have_not_sent(run: Run, workspace: Path) -> None:
    desk = scored_alike(workspace)
    name = "Vườn quốc gia Bù Gia Mập"
    assert name in run("review", "book", cwd=desk).stderr
    assert run("exempt", "tu-cham", "vqg-bu-gia-map", *BY, cwd=desk).code == 0
    told = run("review", "book", cwd=desk).stderr
    assert (name in told, "Trường Cao đẳng Bình Phước" in told) == (False, True)
    scan = desk / "a.jpg"
    scan.write_bytes(b"\xff\xd8\xffa")
    came = ("--unit", "so-y-te", "--deliverable", "6m", "--received", "5/5/2023")
    assert run("receive", scan, *came, cwd=desk, today="2023-05-05").code == 0
    assert "đã nhận 1/137 báo cáo, hồ sơ của kế hoạch" in run(cwd=desk, today="2023-06-01").stdout


def test_what_somebody_who_was_let_off_sends_is_still_known(
    run: Run, begun: Callable[..., Path], tmp_path: Path
) -> None:
    desk = begun(*RECORDED)
    report = shutil.copy(report_of(desk), tmp_path / "SYT.docx")
    assert run("exempt", "6m", UNIT, *BY, cwd=desk).code == 0
    for told in ("nhận mới 1", "đã có 1"):
        done = receive(run, desk, report, "--received", "9/5/2023")
        assert (done.code, told in done.stdout) == (0, True), done


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("exempt", "6m", "so-y-te", "-n", "1/UBND", "-d", "31/2/2023"), 2, "31/2/2023"),
    ],
)  # fmt: skip
def test_what_is_wrong_writes_nothing(
    run: Run, workspace: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    refused(run, workspace, arguments, code, says)
