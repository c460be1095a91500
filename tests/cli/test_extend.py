"""`danvan extend`: a date is put off by a document, for the units that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from delivery.events import events
from plan_entries import BY, refused, states
from received import RECORDED, issued, report_of

if TYPE_CHECKING:
    from collections.abc import Callable
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


def test_what_is_put_off_again_is_one_entry_that_names_what_it_replaces(run: Run, workspace: Path) -> None:
    assert run("extend", "6m", "so-y-te", "so-tu-phap", "--by", "20/5/2023", *BY, cwd=workspace).code == 0
    before = sequence(run, workspace)
    done = run("extend", "6m", "so-y-te", "--by", "25/5/2023", "-n", "99/UBND", "-d", "18/5/2023", cwd=workspace)
    assert (done.code, "thay gia hạn trước theo 95/UBND-NC" in done.stderr) == (0, True)
    assert (
        run("extend", "6m", "so-tai-chinh", "--by", "25/5/2023", "-n", "99/UBND", "-d", "18/5/2023", cwd=workspace).code
        == 0
    )
    assert [(one["units"], str(one["by"]), one.get("replaces")) for one in extensions(workspace)] == [
        (["so-tu-phap"], "2023-05-20", None), (["so-y-te", "so-tai-chinh"], "2023-05-25", ["95/UBND-NC"])]  # fmt: skip
    assert sequence(run, workspace) > before, "calendars update by it"
    assert run("check", cwd=workspace).code == 0
    older = run("extend", "6m", "so-y-te", "--by", "30/5/2023", "-n", "97/UBND", "-d", "10/5/2023", cwd=workspace)
    assert (older.code, "theo Công văn số 99/UBND ngày 18/5/2023" in older.stderr) == (2, True)
    assert len(extensions(workspace)) == 2


def extensions(workspace: Path) -> list[dict[str, Any]]:
    return yaml.safe_load((workspace / "plans" / "2023.yaml").read_text("utf-8"))["extensions"]


def sequence(run: Run, workspace: Path) -> int:
    assert run("calendar", "so-y-te", "-o", workspace / "lich.ics", cwd=workspace).code == 0
    return {int(one["sequence"]) for one in events((workspace / "lich.ics").read_bytes()).values()}.pop()


def test_what_came_late_and_is_in_time_now_is_said(run: Run, begun: Callable[..., Path], tmp_path: Path) -> None:
    folder = begun(*RECORDED)
    one = issued(report_of(folder), tmp_path / "bao-cao.docx", "45", "12")
    assert run("receive", one, "--received", "12/5/2023", cwd=folder, today="2023-05-12").code == 0
    done = run("extend", "6m", "so-y-te", "--by", "20/5/2023", *BY, cwd=folder, today="2023-05-15")
    assert (done.code, "Sở Y tế: đã ghi là gửi chậm 3 ngày, nay là đúng hạn" in done.stdout) == (0, True), done.stdout
    again = run("extend", "6m", "so-y-te", "--by", "20/5/2023", *BY, cwd=folder, today="2023-05-15")
    assert (again.code, "gửi chậm" in again.stdout) == (0, False)
