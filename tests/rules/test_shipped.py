"""What ships is right: plan, calendar, sample and the schemas for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from danvan_cli.desk.schema import schema_of
from danvan_cli.plan.model import Plan
from danvan_cli.rules.files import Checker
from danvan_cli.scoring.model import RubricFile
from danvan_cli.yaml.read import read as read_as
from judged import refused

if TYPE_CHECKING:
    from conftest import Run

ROOT = Path(__file__).parents[2]
EXAMPLES = Path(__file__).with_name("examples")
RUBRIC, ANSWERS = "plans/2023.rubric.yaml", "samples/so-y-te.score.yaml"
SHIPPED = {
    "plan": "plans/2023.yaml",
    "calendar": "plans/calendar.yaml",
    "functions": "plans/functions.yaml",
    "unit": "samples/so-y-te.unit.yaml",
    "rubric": RUBRIC,
    "score": ANSWERS,
}


@pytest.mark.parametrize("name", [SHIPPED["calendar"], SHIPPED["functions"], SHIPPED["unit"], RUBRIC, ANSWERS])
def test_calendar_rubric_and_samples_are_without_findings(name: str) -> None:
    assert Checker().check(ROOT / name) == []


def test_the_plan_has_two_notes_and_nothing_else() -> None:
    found = Checker().check(ROOT / SHIPPED["plan"])
    lines = (ROOT / SHIPPED["plan"]).read_text(encoding="utf-8").splitlines()
    assert [(one.rule, lines[one.spot.line - 1].strip()) for one in found] == [
        ("DV301", "before: 2023-05-10"),
        ("DV301", "before: 2023-11-10"),
    ]


def test_the_rubric_says_that_it_is_not_official_and_covers_every_block() -> None:
    plan, rubrics = read_as(Plan, ROOT / SHIPPED["plan"]).record, read_as(RubricFile, ROOT / RUBRIC).record
    assert plan is not None
    assert rubrics is not None
    (one,) = rubrics.rubrics
    assert (one.official, one.basis, one.max) == (False, [], 100)
    assert {block.id for block in plan.blocks} == set(one.blocks)
    assert {row.criterion.area for row in one.rows} >= {area.id for area in plan.areas}


@pytest.mark.parametrize("kind", SHIPPED)
def test_the_schema_beside_the_plan_is_the_one_the_command_prints(run: Run, kind: str) -> None:
    told = run("schema", kind)
    shipped = (ROOT / "plans" / ".schema" / f"{kind}.json").read_text(encoding="utf-8")
    assert (told.code, told.stderr) == (0, "")
    assert told.stdout == shipped, f"run: danvan schema {kind} > plans/.schema/{kind}.json"
    assert json.loads(shipped) == schema_of(kind)


@pytest.mark.parametrize("name", SHIPPED.values())
def test_an_editor_finds_the_schema_by_the_first_line(name: str) -> None:
    path = ROOT / name
    first = path.read_text(encoding="utf-8").splitlines()[0]
    if path.parent.name == "plans":
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / named).is_file()


WRONG = [
    ("plan", "owners: [so-ban-nganh]", "ownners: [so-ban-nganh]"),
    ("plan", "        title: Quán triệt chủ trương\n", ""),
    ("plan", "owners: [so-ban-nganh]", "owners: so-ban-nganh"),
    ("plan", "state: issued", "state: phat-hanh"),
    ("plan", "before: 2023-06-20", "before: 20/6/2023"),
    ("plan", "format: danvan-plan/2", "format: danvan-plan/3"),
    ("plan", "id: so-y-te", "id: Sở"),
    ("unit", "unit: so-y-te", "units: so-y-te"),
    ("unit", "1y: 18", "1y: nhiều"),
    ("unit", "due: thường xuyên", "due: 2023-02-30"),
    ("calendar", "name: Quốc khánh", "nmae: Quốc khánh"),
    ("functions", "words: [người có công]", "words: người có công"),
    ("functions", "own: true", "own: phải"),
    ("rubric", "official: false", "official: khong"),
    ("rubric", "graded: 0.5", "garded: 0.5"),
    ("rubric", "max: 20", "max: hai mươi"),
    ("rubric", "cap: kha", "cap: Khá"),
    ("score", "{points: 1.5}", "{ponts: 1.5}"),
    ("score", "{count: 1}", "{count: 1.5}"),
    ("score", "{points: 1.5}", "{points: -1}"),
]


@pytest.mark.parametrize("kind", SHIPPED)
def test_another_tool_accepts_what_ships_by_our_schema(kind: str) -> None:
    assert not refused(ROOT / "plans" / ".schema" / f"{kind}.json", [ROOT / SHIPPED[kind]], readable=True)


@pytest.mark.parametrize("kind", SHIPPED)
def test_another_tool_refuses_what_we_refuse(tmp_path: Path, kind: str) -> None:
    base = (EXAMPLES / f"base.{kind}.yaml").read_text(encoding="utf-8")
    texts = {"right.yaml": base}
    for number, (_kind, right, wrong) in enumerate(one for one in WRONG if one[0] == kind):
        assert right in base
        texts[f"{number}.yaml"] = base.replace(right, wrong)
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert len(texts) > 1
    wrong = refused(ROOT / "plans" / ".schema" / f"{kind}.json", sorted(tmp_path.iterdir()), readable=True)
    assert {Path(one).name for one in wrong} == texts.keys() - {"right.yaml"}
