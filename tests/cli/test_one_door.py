"""What people type is read by one door, whichever command or file it comes by: figures, days, names, times, «không có»."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from unit_books import SCORED, made

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands import Run

TODAY = "2023-12-01"
UNIT = "so-y-te"


@pytest.fixture
def here(begun: Callable[..., Path]) -> Path:
    """Give a workspace in which Sở Y tế has sample results and answers."""
    return begun(*SCORED)


def of_unit(here: Path) -> str:
    return (here / "units" / UNIT / "unit.yaml").read_text(encoding="utf-8")


# Figures --------------------------------------------------------------------------------------------------------------

WRONG = (
    ("cb-tong-so", "-5", "nhỏ hơn 0"),
    ("cb-tong-so", "\u22125", "nhỏ hơn 0"),
    ("cb-tong-so", "1250,5", "không phải số nguyên"),
    ("dv-truc-thuoc", "58,5", "không phải số nguyên"),
    ("tin-bai", "1.25", "có phải 1.250?"),
)
wrong = pytest.mark.parametrize(("name", "value", "told"), WRONG)


@wrong
def test_log_refuses_a_figure_that_is_no_count(run: Run, here: Path, name: str, value: str, told: str) -> None:
    before = of_unit(here)
    refused = run("log", UNIT, "--period", "1y", "--indicator", f"{name}={value}", cwd=here, today=TODAY)
    assert (refused.code, told in refused.stderr, of_unit(here) == before) == (2, True, True), refused.stderr


@wrong
def test_log_from_a_file_and_check_refuse_it_at_its_place(
    run: Run, here: Path, name: str, value: str, told: str
) -> None:
    plain = value.replace("\u2212", "-").replace(",", ".")
    (here / "so.yaml").write_text(f"indicators:\n  {name}: {{1y: {plain}}}\n", encoding="utf-8")
    refused = run("log", UNIT, "--from", "so.yaml", cwd=here, today=TODAY)
    assert (refused.code, "so.yaml:2:" in refused.stderr, told in refused.stderr) == (1, True, True), refused.stderr
    path = here / "units" / UNIT / "unit.yaml"
    lines = of_unit(here).split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith(f"  {name}:"))
    lines[at] = f"  {name}: {{1y: {plain}}}"
    path.write_text("\n".join(lines), encoding="utf-8")
    checked = run("check", path, cwd=here, today=TODAY)
    assert (checked.code, f"unit.yaml:{at + 1}:" in checked.stdout, "DV918" in checked.stdout) == (1, True, True)


@wrong
def test_a_workbook_s_cell_is_asked_about(run: Run, here: Path, name: str, value: str, told: str) -> None:
    book = made(run, here / "units" / UNIT)
    book.put("chi-tieu", name, "1y", float(value.replace("\u2212", "-").replace(",", ".")))
    before = of_unit(here)
    done = run("fill", book.save(), cwd=here, today=TODAY)
    assert (done.code, "Chỉ tiêu!" in done.stderr, told in done.stderr) == (1, True, True), done.stderr
    assert of_unit(here) == before


def test_thousands_in_vietnamese_and_with_spaces_that_do_not_break_are_understood(run: Run, here: Path) -> None:
    for value in ("1.250.000", "1\u00a0250\u00a0000", "\u201c1.250.000\u201d"):
        done = run("log", UNIT, "--period", "1y", "--indicator", f"tin-bai={value}", cwd=here, today=TODAY)
        assert done.code == 0, done.stderr
        assert "1y: 1250000" in of_unit(here)
        run("log", UNIT, "--period", "1y", "--indicator", "tin-bai=131", cwd=here, today=TODAY)


def test_what_an_indicator_counts_decides_what_it_takes(run: Run, here: Path) -> None:
    plan = here / "plans" / "2023.yaml"
    text = plan.read_text(encoding="utf-8")
    text = text.replace('unit: "tin, bài", area', 'unit: "tin, bài", kind: amount, area')
    text = text.replace("{id: cb-ky-luat,", "{id: cb-ky-luat, kind: percent,")
    plan.write_text(text, encoding="utf-8")

    def log(what: str) -> tuple[int, str]:
        done = run("log", UNIT, "--period", "1y", "--indicator", what, cwd=here, today=TODAY)
        return done.code, done.stderr

    assert log("tin-bai=-8,5")[0] == log("cb-ky-luat=99,5")[0] == 0
    assert log("cb-ky-luat=100,5")[0] == 2
    assert "lớn hơn 100 %" in log("cb-ky-luat=100,5")[1]


def test_a_part_is_not_larger_than_its_whole(run: Run, here: Path) -> None:
    score = here / "units" / UNIT / "score.yaml"
    text = score.read_text(encoding="utf-8")
    changed = text.replace("value: 12\n    base: 13", "value: 160\n    base: 150")
    assert changed != text
    score.write_text(changed, encoding="utf-8")
    told = run("score", UNIT, "--no-sheet", cwd=here, today=TODAY)
    assert (told.code, "tử số 160 lớn hơn mẫu số 150" in told.stderr) == (1, True), told.stderr


def test_a_score_that_says_another_figure_than_the_report_is_told_by_score_and_check(run: Run, here: Path) -> None:
    score = here / "units" / UNIT / "score.yaml"
    text = score.read_text(encoding="utf-8")
    assert "mâu thuẫn" not in run("score", UNIT, "--no-sheet", cwd=here, today=TODAY).stderr
    assert "DV926" not in run("check", score, cwd=here, today=TODAY).stdout
    score.write_text(text.replace("count: 131", "count: 132"), encoding="utf-8")
    said = "tiêu chí 3.3 ghi 132, số liệu của đơn vị là 131"
    for asked in (("score", UNIT, "--no-sheet"), ("score", UNIT, "--no-sheet", "--json")):
        told = run(*asked, cwd=here, today=TODAY)
        assert said in " ".join(told.stderr.split()), told.stderr
    checked = run("check", score, cwd=here, today=TODAY)
    assert "DV926" in checked.stdout
    assert said in " ".join(checked.stdout.split())
    run("log", UNIT, "--period", "1y", "--indicator", "tin-bai=132", cwd=here, today=TODAY)
    assert "DV926" not in run("check", score, cwd=here, today=TODAY).stdout
