"""Units' files read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_cli.files import read_bytes
from danvan_cli.unit.model import UnitRecord
from danvan_cli.workspace import shown
from danvan_cli.yaml.schema import validate
from danvan_cli.yaml.yamlfile import YamlFile

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.findings.finding import Finding


@dataclass(frozen=True)
class UnitFile:
    """A unit's file that was read: the record (None where it cannot be made) and what reading it found."""

    file: YamlFile
    record: UnitRecord | None
    findings: list[Finding]


def read_unit(path: Path) -> UnitFile:
    """Read a unit's file.

    Raises:
        UsageError: if the file cannot be read at all.
    """
    return as_unit(YamlFile(shown(path), read_bytes(path)))


def as_unit(file: YamlFile) -> UnitFile:
    """Read a unit's record from a YAML file that was read."""
    record, findings = validate(UnitRecord, file)
    return UnitFile(file, record, [*file.findings, *findings])
