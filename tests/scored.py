"""How tests read rubrics and answers written in them as YAML."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from danvan_cli.rules.scores import check_rubrics
from danvan_cli.scoring.model import RubricFile, ScoreRecord
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.yamlfile import YamlFile

if TYPE_CHECKING:
    from danvan_cli.plan.model import Plan
    from danvan_cli.scoring.model import Rubric

HEAD = """\
format: danvan-rubric/1
plan: "2023"
rubrics:
"""


def rubric_file(text: str, plan: Plan | None = None) -> RubricFile:
    """Read rubrics, the items of `rubrics:`, in which the rules must find nothing."""
    read = as_read(RubricFile, YamlFile("rubric.yaml", (HEAD + dedent(text)).encode()))
    assert check_rubrics(read, plan, {}) == []
    assert read.record is not None
    return read.record


def rubric(text: str) -> Rubric:
    """Read the one rubric of a text."""
    (one,) = rubric_file(text).rubrics
    return one


def record(text: str = "") -> ScoreRecord:
    """Read answers: `answers`, `late`, `violations`."""
    read = as_read(ScoreRecord, YamlFile("score.yaml", ("format: danvan-score/1\n" + dedent(text)).encode()))
    assert read.findings == []
    assert read.record is not None
    return read.record
