"""Files of rubrics and answers in their workspace: which rubric they are read with, and what if there is none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from danvan_cli.rules.files import Checker

EXAMPLES = Path(__file__).with_name("examples")
SCORE = Path("units") / "so-y-te" / "score.yaml"
RUBRIC = Path("plans") / "2023.rubric.yaml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a workspace of a plan, its rubric and a unit's answers, as the current folder."""
    for name, place in (("plan", Path("plans") / "2023.yaml"), ("rubric", RUBRIC), ("score", SCORE)):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(EXAMPLES / f"base.{name}.yaml", tmp_path / place)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(path: Path) -> list[str]:
    return [f"{one.rule} at {one.spot.line}:{one.spot.column}" for one in Checker().check(path)]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.usefixtures("folder")
def test_answers_without_a_rubric_are_told_at_the_line_that_names_one() -> None:
    RUBRIC.unlink()
    assert found(SCORE) == ["DV925 at 3:9"]


@pytest.mark.usefixtures("folder")
def test_answers_of_a_block_that_no_rubric_is_for_are_told() -> None:
    change(RUBRIC, "blocks: [so-ban-nganh]", "blocks: [huyen]")
    assert found(SCORE) == ["DV925 at 3:9"]


@pytest.mark.usefixtures("folder")
def test_a_file_of_answers_that_names_no_unit_is_checked_wherever_it_lies() -> None:
    Path("samples").mkdir()
    sample = Path("samples") / "a.yaml"
    sample.write_text('format: danvan-score/1\nanswers: {"1.4": {points: 1.7}}\n', encoding="utf-8")
    assert found(sample) == ["DV921 at 2:27"]


@pytest.mark.usefixtures("folder")
def test_answers_name_a_unit_of_the_plan_and_lie_in_its_folder() -> None:
    change(SCORE, "unit: so-y-te", "unit: so-noi-vu")
    assert found(SCORE) == ["DV908 at 2:7"]
    change(SCORE, "unit: so-noi-vu", "unit: so-y-tee")
    assert found(SCORE) == ["DV901 at 2:7", "DV908 at 2:7"]


@pytest.mark.usefixtures("folder")
def test_a_finding_is_excused_on_its_line_with_a_reason() -> None:
    change(SCORE, "{points: 1.5}", "{points: 1.7}  # danvan: ignore DV921 chấm theo biên bản")
    assert found(SCORE) == []


@pytest.mark.usefixtures("folder")
def test_a_mark_of_secrecy_in_an_answer_is_told_and_not_repeated() -> None:
    change(SCORE, "{level: du}", '{level: du, note: "TỐI MẬT: chuyện kín"}')
    (one,) = Checker().check(SCORE)
    assert one.rule == "DV904"
    assert "kín" not in f"{one.message} {one.help} {one.source}"


@pytest.mark.usefixtures("folder")
def test_a_rubric_of_a_plan_that_is_not_there_is_told() -> None:
    change(RUBRIC, 'plan: "2023"', 'plan: "2024"')
    assert found(RUBRIC) == ["DV704 at 2:7"]


@pytest.mark.usefixtures("folder")
def test_every_wrong_answer_is_told_at_once() -> None:
    change(SCORE, "{points: 1.5}", "{points: 1.7, count: 2}")
    change(SCORE, "{level: dung-han}", "{level: dung-hen}")
    change(SCORE, "late: []", "late: [bao-cao]")
    assert found(SCORE) == ["DV921 at 11:31", "DV921 at 12:18", "DV924 at 14:8"]
