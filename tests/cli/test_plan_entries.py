"""`extend`, `exempt`, `request`: entries of the plan that rest on a document, written where they belong or not at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from danvan_cli.desk import entries
from danvan_cli.desk.opened import open_plan
from danvan_cli.ooxml.docx import W, read

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Run

BY = ("-n", "95/UBND-NC", "-d", "28/4/2023")


def states(run: Run, folder: Path, deliverable: str, day: str) -> dict[str, str]:
    rows: list[dict[str, Any]] = json.loads(run("status", "--as-of", day, "--json", cwd=folder).stdout)["rows"]
    return {one["unit"]: one["state"] for one in rows if one["deliverable"] == deliverable}


def test_a_date_is_put_off_and_a_unit_let_off(run: Run, workspace: Path) -> None:
    path = workspace / "plans" / "2023.yaml"
    before = path.read_text("utf-8")
    done = run("extend", "6m", "Sở Y tế", "so-tu-phap", "--by", "20/5/2023", *BY, cwd=workspace)
    assert (done.code, "đã gia hạn «6m» cho so-y-te, so-tu-phap" in done.stdout) == (0, True)
    assert path.read_text("utf-8").startswith(before.rstrip("\n")), "nothing else of the plan is touched"
    assert run("exempt", "6m", "vqg-bu-gia-map", *BY, cwd=workspace).code == 0
    got = states(run, workspace, "6m", "12/5/2023")
    assert (got["so-y-te"], got["so-tu-phap"], got["vqg-bu-gia-map"], got["so-tai-chinh"]) == (
        "extended",
        "extended",
        "exempt",
        "overdue",
    )
    assert run("check", cwd=workspace).code == 0


def test_what_somebody_entered_meanwhile_stays(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace)
    opened, asked = open_plan(), entries.Asked("Công văn", "95/UBND-NC", "28/4/2023")
    for unit in ("so-y-te", "so-tu-phap"):
        done = entries.extend(opened, "6m", [unit], "20/5/2023", None, asked)
        assert (done.id, done.units) == ("6m", (unit,))
    assert [one.units for one in open_plan().plan.extensions] == [["so-y-te"], ["so-tu-phap"]]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("extend", "6m", "so-y-te", *BY), 2, "--by"),
        (("extend", "6m", "so-y-te", "--by", "1/5/2023", "--before", "2/5/2023", *BY), 2, "--by"),
        (("extend", "6m", "so-y-te", "--by", "1/5/2023", *BY), 1, "DV"),
        (("extend", "6n", "so-y-te", "--by", "20/5/2023", *BY), 2, "6m"),
        (("extend", "6m", "so-y-te-2", "--by", "20/5/2023", *BY), 2, "so-y-te"),
        (("exempt", "6m", "so-y-te", "-n", "1/UBND", "-d", "31/2/2023"), 2, "31/2/2023"),
        (("request", "6m", "--name", "x", "--by", "1/9/2023", *BY), 2, "đã có báo cáo"),
        (("request", "dan-chu", "--name", "x", "-n", "1/UBND", "-d", "1/8/2023"), 2, "--by"),
        (("request", "dan-chu", "--name", "x", "--by", "1/9/2023", "-n", "1/UBND"), 2, "--date"),
        (("request", "Dân chủ", "--name", "x"), 2, "mã"),
        (("request", "dan-chu", "--name", "x", "--owner", "so-y-te-2"), 2, "so-y-te"),
    ],
)  # fmt: skip
def test_what_is_wrong_writes_nothing(
    run: Run, workspace: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    path = workspace / "plans" / "2023.yaml"
    before = path.read_bytes()
    done = run(*arguments, cwd=workspace)
    assert (done.code, says in done.stderr) == (code, True), done.stderr
    assert path.read_bytes() == before
    assert not (workspace / "build" / "yeu-cau").exists()


def test_a_report_is_asked_for_by_a_letter_then_owed(run: Run, workspace: Path) -> None:
    asked = (
        "request",
        "dan-chu",
        "--name",
        "Báo cáo thực hiện dân chủ ở cơ sở",
        "--owner",
        "huyen",
        "--by",
        "31/8/2023",
    )
    plan = (workspace / "plans" / "2023.yaml").read_bytes()
    assert run(*asked, "--period", "6m", cwd=workspace).code == 0
    letter = workspace / "build" / "yeu-cau" / "dan-chu.docx"
    word = read(letter.read_bytes(), "x")
    told = " ".join("".join(t.text or "" for t in one.iter(f"{W}t")) for one in word.document.iter(f"{W}p"))
    assert "thực hiện dân chủ ở cơ sở" in told
    assert "chậm nhất ngày 31/8/2023" in told
    assert "Số liệu báo cáo: từ ngày" in told
    assert run("format-check", letter, cwd=workspace).code == 0
    assert (workspace / "plans" / "2023.yaml").read_bytes() == plan, "a draft is no entry yet"
    assert run(*asked, "-n", "210/SNV", "-d", "1/8/2023", cwd=workspace).code == 0
    got = states(run, workspace, "dan-chu", "1/9/2023")
    assert set(got.values()) == {"overdue"}
    assert len(got) == 11
