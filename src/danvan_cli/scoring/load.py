"""Rubrics and units' answers read from their files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_cli.files import read_bytes
from danvan_cli.scoring.model import RubricFile, ScoreRecord
from danvan_cli.workspace import shown
from danvan_cli.yaml.schema import validate
from danvan_cli.yaml.yamlfile import YamlFile

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.findings.finding import Finding


@dataclass(frozen=True)
class RubricsRead:
    """A rubric file that was read: the rubrics (None where they cannot be made) and what reading found."""

    file: YamlFile
    rubrics: RubricFile | None
    findings: list[Finding]


@dataclass(frozen=True)
class ScoreRead:
    """A file of answers that was read: the record (None where it cannot be made) and what reading found."""

    file: YamlFile
    record: ScoreRecord | None
    findings: list[Finding]


def as_rubrics(file: YamlFile) -> RubricsRead:
    """Read rubrics from a YAML file that was read."""
    rubrics, found = validate(RubricFile, file)
    return RubricsRead(file, rubrics, [*file.findings, *found])


def read_rubrics(path: Path) -> RubricsRead:
    """Read a rubric file.

    Raises:
        UsageError: if the file cannot be read at all.
    """
    return as_rubrics(YamlFile(shown(path), read_bytes(path)))


def as_score(file: YamlFile) -> ScoreRead:
    """Read a unit's answers from a YAML file that was read."""
    record, found = validate(ScoreRecord, file)
    return ScoreRead(file, record, [*file.findings, *found])


def read_score(path: Path) -> ScoreRead:
    """Read a file of answers.

    Raises:
        UsageError: if the file cannot be read at all.
    """
    return as_score(YamlFile(shown(path), read_bytes(path)))
