"""A workspace's own levels: `danvan.yaml`."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from danvan_cli.files import shipped
from received import receive
from word_files import snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands import Run


def settings(folder: Path, severity: str) -> None:
    (folder / "danvan.yaml").write_text(f"format: danvan-settings/1\nseverity: {severity}\n", encoding="utf-8")


def test_a_rule_is_raised_lowered_or_left_out(run: Run, workspace: Path) -> None:
    def levels() -> set[tuple[str, str]]:
        found = json.loads(run("check", "--json", cwd=workspace).stdout)["findings"]
        return {(one["rule"], one["severity"]) for one in found}

    assert levels() == {("DV301", "note")}
    settings(workspace, "{DV301: error}")
    assert levels() == {("DV301", "error")}
    assert run("check", cwd=workspace).code == 1
    assert run("check", "plans/2023.yaml", cwd=workspace).code == 1
    settings(workspace, "{DV301: ignore}")
    assert levels() == set()


@pytest.mark.parametrize(
    ("severity", "said"),
    [
        ("{DV103: note}", "DV103 luôn là lỗi"),
        ("{DV904: ignore}", "DV904 luôn là lỗi"),
        ("{DV909: note}", "DV909 luôn là lỗi"),
        ("{DV908: ignore}", "DV908 luôn là lỗi"),
        ("{DV3O1: note}", "có phải «DV301»?"),
        ("{DV301: off}", "ignore"),
        ("[DV301]", "chỗ này phải là một mục có các khóa"),
    ],
)
def test_a_wrong_level_is_told_at_its_place(run: Run, workspace: Path, severity: str, said: str) -> None:
    settings(workspace, severity)
    done = run("check", cwd=workspace)
    assert done.code == 1
    assert "danvan.yaml:2:" in done.stdout
    assert said in done.stdout


def test_commands_that_need_a_right_plan_go_by_the_same_levels(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    plan.write_bytes(plan.read_bytes().replace(b"before: 2023-05-10", b"before: 2024-05-10", 1))
    assert run("show", cwd=workspace).code == 1
    settings(workspace, "{DV302: warning}")
    assert run("show", cwd=workspace).code == 0


UNIT = "so-y-te"
RECORD, ANSWERS = f"units/{UNIT}/unit.yaml", f"units/{UNIT}/score.yaml"
BEGUN = (
    f"init-unit {UNIT} --from samples/{UNIT}.unit.yaml",
    f"score {UNIT} --answers samples/{UNIT}.score.yaml --no-sheet",
    f"report {UNIT} --period 6m",
)
"""What gives a unit both of its files."""
OPINIONS = """format: danvan-opinions/1
member: Trần Bình
date: 2023-12-09
units:
  so-y-te:
    "9.1": {points: 8, reason: khá}
"""


@pytest.mark.parametrize(
    ("file", "command"),
    [
        (RECORD, f"log {UNIT} II.1.1 --status đang"),
        (RECORD, f"workbook {UNIT}"),
        (RECORD, f"report {UNIT} --period 6m"),
        (RECORD, f"submit {UNIT} --period 6m"),
        (RECORD, f"score {UNIT}"),
        ("samples/so-y-te.unit.yaml", f"log {UNIT} --from samples/so-y-te.unit.yaml"),
        ("older.yaml", "init-unit so-tu-phap --from older.yaml"),
        (ANSWERS, f"score {UNIT}"),
        (ANSWERS, "score --all"),
        ("samples/so-y-te.score.yaml", f"score {UNIT} --replace --answers samples/so-y-te.score.yaml"),
        ("plans/2023.rubric.yaml", f"score {UNIT}"),
        ("opinions.yaml", "review take opinions.yaml"),
    ],
)
def test_a_rule_that_is_an_error_here_stops_every_command(
    run: Run, begun: Callable[..., Path], file: str, command: str
) -> None:
    folder = begun(*BEGUN)
    (folder / "opinions.yaml").write_text(OPINIONS, encoding="utf-8")
    (folder / "older.yaml").write_text('format: danvan-unit/1\nunit: so-tu-phap\nplan: "2023"\n', encoding="utf-8")
    path = folder / file
    path.write_bytes(path.read_bytes().replace(b"\n", b" \n", 1))
    settings(folder, "{DV504: error}")
    before = snapshot(folder)
    done = run(*command.split(), cwd=folder, today="2023-06-01")
    assert (done.code, snapshot(folder) == before) == (1, True), done.stderr
    assert "DV504" in done.stdout + done.stderr


def test_a_package_is_held_to_the_levels_of_who_takes_it(run: Run, begun: Callable[..., Path]) -> None:
    folder = begun(*BEGUN, f"submit {UNIT} --period 6m")
    package = folder / "units" / UNIT / "out" / "goi-6m.zip"
    settings(folder, "{DV919: error}")
    done = receive(run, folder, package)
    assert (done.code, "unit.yaml trong gói có lỗi: ngày" in done.stdout + done.stderr) == (1, True), done.stdout
    settings(folder, "{DV919: note}")
    assert receive(run, folder, package).code == 0


def test_what_became_of_an_obstacle_is_held_to_them(run: Run, begun: Callable[..., Path]) -> None:
    folder = begun(*BEGUN)
    id_ = json.loads(run("obstacles", "--json", cwd=folder).stdout)["obstacles"][0]["id"]
    assert run("obstacles", id_, "--answer", "Mở lớp", cwd=folder).code == 0
    path = folder / "province" / "obstacles" / f"{UNIT}.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b" \n", 1))
    assert run("obstacles", id_, "--answer", "Mở một lớp", cwd=folder).code == 0
    settings(folder, "{DV504: error}")
    assert run("obstacles", id_, "--answer", "Mở hai lớp", cwd=folder).code == 1


@pytest.mark.parametrize("level", ["warning", "ignore"])
@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "command"),
    [
        (RECORD, "6m: 2460", "6m: 2460.5", "DV918", f"log {UNIT} II.1.1 --status đang"),
        (ANSWERS, 'level: "day-du"', 'level: "khong-co"', "DV921", f"score {UNIT} --no-sheet"),
    ],
)
def test_a_rule_that_is_no_error_here_stops_no_command(
    run: Run, begun: Callable[..., Path], level: str, file: str, old: str, new: str, rule: str, command: str
) -> None:
    folder = begun(*BEGUN)
    path = folder / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8", newline="")
    done = run(*command.split(), cwd=folder)
    assert (done.code, rule in done.stderr) == (1, True), done.stderr
    settings(folder, f"{{{rule}: {level}}}")
    done = run(*command.split(), cwd=folder)
    assert rule not in done.stderr
    assert "có 1 lỗi" not in done.stderr
    assert done.code == (0 if file == RECORD else 1), done.stderr  # a score with an answer that does not fit has a gap


@pytest.mark.parametrize(
    ("file", "command"),
    [
        (RECORD, f"update-unit {UNIT}"),
        (ANSWERS, f"review show {UNIT}"),
        ("province/reminders.yaml", "remind --unit so-tu-phap"),
        ("plans/2023.yaml", "import units.csv"),
        ("older.yaml", "init-unit so-tu-phap --from older.yaml"),
    ],
)
def test_what_reading_finds_stands_at_these_levels_too(
    run: Run, begun: Callable[..., Path], file: str, command: str
) -> None:
    folder = begun(*BEGUN)
    assert run("remind", "--unit", "so-tu-phap", cwd=folder, today="2023-06-01").code == 0
    (folder / "older.yaml").write_text('format: danvan-unit/1\nunit: so-tu-phap\nplan: "2022"\n', encoding="utf-8")
    (folder / "units.csv").write_text("Tên đơn vị,Khối\nSở Thử nghiệm,so-ban-nganh\n", encoding="utf-8")
    path = folder / file
    path.write_bytes(path.read_bytes().replace(b"\n", " # e\u0301\n".encode(), 1))
    settings(folder, "{DV502: error}")
    done = run(*command.split(), cwd=folder, today="2023-06-01")
    assert (done.code, "DV502" in done.stderr) == (1, True), done.stderr
    settings(folder, "{DV502: ignore}")
    assert run(*command.split(), cwd=folder, today="2023-06-01").code == 0


def test_a_page_names_a_file_that_is_wrong_at_these_levels(run: Run, begun: Callable[..., Path]) -> None:
    folder = begun(*BEGUN)
    path = folder / RECORD
    path.write_bytes(path.read_bytes().replace(b"\n", " # e\u0301\n".encode(), 1))

    def broken() -> bool:
        alerts = json.loads(run("page", "--json", cwd=folder, today="2023-06-01").stdout)["alerts"]
        return any(one["kind"] == "broken" for one in alerts)

    assert not broken()
    settings(folder, "{DV502: error}")
    assert broken()


OLD_FONT = "# C«ng t¸c d©n vËn chÝnh quyÒn"
"""What looks typed in an old font."""


@pytest.mark.parametrize("excused", [True, False])
@pytest.mark.parametrize(
    ("file", "command"),
    [
        (RECORD, f"log {UNIT} II.1.1 --status đang"),
        (RECORD, f"update-unit {UNIT}"),
        (ANSWERS, f"score {UNIT} --no-sheet --replace --answers samples/{UNIT}.score.yaml"),
        ("plans/2023.yaml", "import units.csv"),
        ("plans/2023.yaml", "new-year 2024"),
        ("plans/functions.yaml", "init-unit so-tu-phap"),
    ],
)
def test_what_looks_typed_in_an_old_font_stops_nobody_where_it_is_none_or_excused(
    run: Run, begun: Callable[..., Path], file: str, command: str, *, excused: bool
) -> None:
    folder = begun(*BEGUN)
    (folder / "units.csv").write_text("Tên đơn vị,Khối\nSở Thử nghiệm,so-ban-nganh\n", encoding="utf-8")
    path = folder / file
    shutil.copy(shipped("plans/functions.yaml"), folder / "plans")
    text = path.read_text("utf-8")
    line = f"{OLD_FONT}  # danvan: ignore DV501 tên riêng" if excused else OLD_FONT
    path.write_text(f"{line}\n{text}", "utf-8", newline="")
    if not excused:
        done = run(*command.split(), cwd=folder, today="2023-06-01")
        assert (done.code, "DV501" in done.stderr) == (1, True), done.stderr
        settings(folder, "{DV501: note}")
    done = run(*command.split(), cwd=folder, today="2023-06-01")
    assert done.code == 0, done.stderr
    assert OLD_FONT in path.read_text("utf-8") if path.exists() else True


def test_a_table_that_looks_typed_in_an_old_font_comes_in_where_that_is_no_error(run: Run, workspace: Path) -> None:
    table = workspace / "bang.csv"
    table.write_text(f"TT,Tiêu chí,Điểm tối đa\n1,{OLD_FONT[2:]},10\n2,Công khai,5\n", encoding="utf-8")
    command = ("import", table, "-o", workspace / "plans" / "moi.rubric.yaml")
    done = run(*command, cwd=workspace)
    assert (done.code, "DV501" in done.stderr) == (1, True), done.stderr
    settings(workspace, "{DV501: warning}")
    assert run(*command, cwd=workspace).code == 0
