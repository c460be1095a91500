"""What has come in and waits for somebody: told by status and by danvan alone, gone once it is done."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import yaml

from received import TODAY, UNIT, receive
from word_files import blank

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands import Run

SAID = ("--unit", UNIT, "--deliverable", "6m")


@pytest.fixture
def unit(begun: Callable[..., Path]) -> Path:
    return begun(f"init-unit {UNIT}")


def waits(run: Run, folder: Path, *arguments: object) -> list[tuple[str, str | None]]:
    told = json.loads(run("status", "--json", *arguments, cwd=folder, today=TODAY).stdout)["waiting"]
    return [(one["waiting_for"], one["deliverable"]) for one in told]


def report(path: Path, *lines: str) -> Path:
    document = blank()
    for line in ("SỞ Y TẾ", "BÁO CÁO", "Kết quả công tác dân vận chính quyền 6 tháng đầu năm 2023", "Như sau:", *lines):
        document.add_paragraph(line)
    document.save(str(path))
    return path


def test_a_workbook_waits_for_its_report_and_that_for_figures(run: Run, unit: Path, tmp_path: Path) -> None:
    assert run("workbook", UNIT, cwd=unit).code == 0
    assert waits(run, unit) == []
    receive(run, unit, unit / "units" / UNIT / "out" / "so-lieu.xlsx", "--received", "8/5/2023")
    assert waits(run, unit) == [("report", "6m")]
    assert waits(run, unit, "--unit", "so-tu-phap") == []
    receive(run, unit, report(tmp_path / "bc.docx"), *SAID)
    assert waits(run, unit) == [("figures", "6m")]
    told = run("status", cwd=unit, today=TODAY).stdout
    assert "có báo cáo, chưa có số liệu: Sở Y tế (6m)" in told
    assert "chưa có số liệu: 1" in run(cwd=unit, today=TODAY).stdout
    assert waits(run, unit, "--as-of", "9/5/2023") == [], "how it was on a day that is past is not known"
    assert run("log", UNIT, "--period", "6m", "--indicator", "tcd-luot=4", cwd=unit, today=TODAY).code == 0
    assert waits(run, unit) == []


def test_what_cannot_be_read_waits_though_its_figures_can(run: Run, unit: Path, tmp_path: Path) -> None:
    receive(run, unit, report(tmp_path / "bc.docx"), *SAID)
    assert run("log", UNIT, "--period", "6m", "--indicator", "tcd-luot=4", cwd=unit, today=TODAY).code == 0
    assert waits(run, unit) == []
    path = unit / "units" / UNIT / "unit.yaml"
    path.write_text(f"{path.read_text('utf-8')}obstacles: [\n", "utf-8")
    assert waits(run, unit) == [("figures", "6m")]


def test_a_task_with_the_fingerprint_of_another_waits_for_its_unit(run: Run, unit: Path) -> None:
    path = unit / "units" / UNIT / "unit.yaml"
    first, second, *_rest = re.findall(r'fingerprint: "(\w+)"', path.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace(second, first), "utf-8")
    assert waits(run, unit) == [("confirm", None)]


def test_obstacles_of_a_report_that_came_are_that_report_s_whenever_they_are_recorded(
    run: Run, unit: Path, tmp_path: Path
) -> None:
    lines = ("I. Khó khăn, vướng mắc", "Thiếu người.", "Thiếu xe.")
    assert run("log", UNIT, "--obstacle", "Thiếu xe.", "--date", "2023-04-20", cwd=unit, today=TODAY).code == 0
    receive(run, unit, report(tmp_path / "bc.docx", *lines), *SAID)
    proposal = unit / "build" / "de-xuat" / f"{UNIT}-6m.unit.yaml"
    assert yaml.safe_load(proposal.read_text("utf-8"))["reports"]["6m"]["obstacles"] == [
        {"text": "Thiếu người."}, {"text": "Thiếu xe."}
    ]  # fmt: skip
    later = "2023-07-12"  # when the period is over
    assert run("log", UNIT, "--from", proposal, cwd=unit, today=later).code == 0
    record = yaml.safe_load((unit / "units" / UNIT / "unit.yaml").read_text("utf-8"))
    assert record["reports"]["6m"]["obstacles"] == [{"text": "Thiếu người."}]
    assert [one["text"] for one in record["obstacles"]] == ["Thiếu xe."]
    summed = json.loads(run("summary", "--period", "6m", "--json", cwd=unit, today=later).stdout)
    assert {one["text"]: one["units"] for one in summed["obstacles"]} == {"Thiếu người.": [UNIT], "Thiếu xe.": [UNIT]}
    assert "log" not in dict(waits(run, unit))
    record["obstacles"][0]["date"] = "2023-07-01"
    (unit / "units" / UNIT / "unit.yaml").write_text(yaml.safe_dump(record, allow_unicode=True), "utf-8")
    assert ("log", "6m") in waits(run, unit), "what was raised later is none of that report's"


def test_a_proposal_waits_until_it_is_recorded(run: Run, unit: Path, tmp_path: Path) -> None:
    receive(run, unit, report(tmp_path / "bc.docx", "I. Ưu điểm", "Tốt.", "II. Khó khăn", "Thiếu người."), *SAID)
    assert waits(run, unit) == [("log", "6m")]
    path = "build/de-xuat/so-y-te-6m.unit.yaml"
    assert f"danvan log {UNIT} --from {path}" in run("status", cwd=unit, today=TODAY).stdout
    assert run("log", UNIT, "--from", path, cwd=unit, today=TODAY).code == 0
    assert waits(run, unit) == [("figures", "6m")]
    assert run("log", UNIT, "--report", "6m", "--section", "ưu điểm=Rất tốt.", cwd=unit, today=TODAY).code == 0
    assert waits(run, unit) == [("figures", "6m")], "what a person wrote later stands"


def test_what_is_changed_and_not_confirmed_and_what_is_not_chosen(run: Run, unit: Path, tmp_path: Path) -> None:
    plan = unit / "plans" / "2023.yaml"
    plan.write_text(
        re.sub(r"(- id: II\.1\.1\n(?:.*\n)*?\s+text: >-\n\s+)", r"\1Nay ", plan.read_text("utf-8"), count=1), "utf-8"
    )
    assert waits(run, unit) == [("confirm", None)]
    receive(run, unit, report(tmp_path / "bc.docx"), "--unit", "so-tu-phap", "--deliverable", "6m", "--force")
    (receipt,) = (unit / "province" / "received").glob("*/*/*/receipt.yaml")
    receipt.with_name("pending.txt").write_text("1\nheld unit.yaml\n")
    assert waits(run, unit) == [("figures", "6m"), ("choice", "6m"), ("confirm", None)]
