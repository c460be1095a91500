"""`danvan show`: the plan at a glance, for people and for machines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run


def read(run: Run, workspace: Path, *arguments: str) -> dict[str, Any]:
    told = run("show", "--json", *arguments, cwd=workspace)
    assert (told.code, told.stderr) == (0, "")
    loaded: dict[str, Any] = json.loads(told.stdout)
    return loaded


def test_a_glance_fits_80_columns_and_names_every_task(run: Run, workspace: Path) -> None:
    told = run("show", cwd=workspace, today="2023-05-01")
    assert (told.code, told.stderr) == (0, "")
    assert all(len(line) <= 80 for line in told.stdout.splitlines())
    for task in read(run, workspace)["tasks"]:
        assert f"  {task['id']} " in told.stdout


@pytest.mark.parametrize(
    ("today", "left"),
    [("2023-05-01", "8 ngày"), ("2023-05-09", "hôm nay"), ("2023-05-10", "quá 1 ngày")],
)
def test_the_days_left_are_counted_to_the_last_day(run: Run, workspace: Path, today: str, left: str) -> None:
    told = run("show", cwd=workspace, today=today).stdout
    (row,) = [line for line in told.splitlines() if line.startswith("6m ")]
    assert "09/5/2023" in row
    assert left in row


def test_a_date_that_the_plan_does_not_give_is_not_invented(run: Run, workspace: Path) -> None:
    told = run("show", cwd=workspace).stdout
    for name in ("ke-hoach", "dai-6m", "dai-1y"):
        (row,) = [line for line in told.splitlines() if line.startswith(f"{name} ")]
        assert "không ghi thời hạn" in row


def test_json_has_the_agreed_keys(run: Run, workspace: Path) -> None:
    shown = read(run, workspace)
    assert set(shown) == {"plan", "areas", "tasks", "deliverables", "documents", "units"}
    assert {"id", "year", "title"} <= set(shown["plan"])
    keys = {
        "areas": {"id", "title", "tasks"},
        "tasks": {"id", "area", "text", "owners", "due", "last_day", "lead", "with", "follow", "product"},
        "deliverables": {"id", "kind", "period", "owners", "before", "last_day", "to"},
        "documents": {"id", "type", "symbol", "date", "title"},
        "units": {"id", "name", "kind", "block"},
    }
    for part, wanted in keys.items():
        assert {frozenset(one) for one in shown[part]} == {frozenset(wanted)}
    assert (len(shown["areas"]), len(shown["tasks"]), len(shown["documents"])) == (7, 20, 15)
    assert all(unit["kind"] for unit in shown["units"])


def test_json_gives_dates_as_iso_and_what_is_absent_as_null(run: Run, workspace: Path) -> None:
    shown = {one["id"]: one for one in read(run, workspace)["deliverables"]}
    assert shown["6m"] == {
        "id": "6m", "kind": "report", "period": "6m", "owners": ["all"], "before": "2023-05-10",
        "last_day": "2023-05-09", "to": "so-noi-vu",
    }  # fmt: skip
    assert (shown["dai-6m"]["before"], shown["dai-6m"]["last_day"], shown["ke-hoach"]["to"]) == (None, None, None)


def test_a_unit_sees_what_it_owes_and_no_more(run: Run, workspace: Path) -> None:
    ids = {one["id"] for one in read(run, workspace, "--owner", "so-y-te")["deliverables"]}
    assert ids == {"ke-hoach", "tu-cham", "6m", "1y", "chuyen-de", "dot-xuat"}
    assert "dai-6m" in {one["id"] for one in read(run, workspace, "--owner", "dai-ptth-bao")["deliverables"]}


def test_an_area_shows_its_tasks_alone(run: Run, workspace: Path) -> None:
    shown = read(run, workspace, "--area", "II.5")
    assert [one["id"] for one in shown["areas"]] == ["II.5"]
    assert [one["id"] for one in shown["tasks"]] == shown["areas"][0]["tasks"] == ["II.5.1", "II.5.2", "II.5.3"]
    told = run("show", "--area", "II.5", cwd=workspace).stdout
    assert "II.5.3" in told
    assert "II.4" not in told


@pytest.mark.parametrize(
    ("before", "ids"),
    [("2023-05-09", set()), ("2023-05-10", {"6m"}), ("10/5/2023", {"6m"}), ("2024-01-01", {"6m", "1y", "tu-cham"})],
)
def test_what_is_due_before_a_day_is_what_must_be_sent_by_then(
    run: Run, workspace: Path, before: str, ids: set[str]
) -> None:
    assert {one["id"] for one in read(run, workspace, "--due-before", before)["deliverables"]} == ids


def test_units_are_listed_by_block_with_their_ids(run: Run, workspace: Path) -> None:
    told = run("show", "--units", cwd=workspace).stdout
    for unit in read(run, workspace)["units"]:
        assert f"  {unit['id']} " in told
        assert unit["name"] in told


def test_with_nothing_to_show_the_screen_says_so(run: Run, workspace: Path) -> None:
    told = run("show", "--due-before", "2020-01-01", cwd=workspace)
    assert told.code == 0
    assert "không có" in told.stdout.lower()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--owner", "so-y-t"], "so-y-te"),
        (["--owner", "Sở Y tê"], "so-y-te"),
        (["--owner", "../x"], "../x"),
        (["--area", "II.33"], "II.3"),
        (["--area", "V"], "II.1"),
        (["--due-before", "hôm qua"], "2023-02-10"),
        (["--due-before", "2023-02-30"], "2023-02-30"),
    ],
)
def test_what_is_mistyped_is_told_with_the_nearest(run: Run, workspace: Path, arguments: list[str], says: str) -> None:
    told = run("show", *arguments, cwd=workspace)
    assert (told.code, told.stdout) == (2, "")
    assert says in told.stderr


def test_a_wrong_today_is_told(run: Run, workspace: Path) -> None:
    told = run("show", cwd=workspace, today="mai")
    assert told.code == 2
    assert "DANVAN_TODAY" in told.stderr


def test_a_plan_with_control_characters_cannot_steer_the_terminal(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(
        text.replace("label: Đổi mới nội dung", 'label: "\\e[31mĐổi mới nội dung"', 1).replace(
            "dung, phương thức công tác dân vận\n        owners", 'dung"\n        owners', 1
        ),
        encoding="utf-8",
    )
    assert "\x1b" not in run("show", cwd=workspace).stdout
