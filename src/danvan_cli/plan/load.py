"""Plans and calendars read from their files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_cli.files import read_bytes
from danvan_cli.plan.calendar import Calendar
from danvan_cli.plan.model import Plan
from danvan_cli.workspace import shown
from danvan_cli.yaml.schema import validate
from danvan_cli.yaml.yamlfile import YamlFile

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.findings.finding import Finding


@dataclass(frozen=True)
class PlanFile:
    """A plan's file that was read: the plan (None where it cannot be made) and what reading it found."""

    file: YamlFile
    plan: Plan | None
    findings: list[Finding]


def read_plan(path: Path) -> PlanFile:
    """Read a plan.

    Raises:
        UsageError: if the file cannot be read at all.
    """
    return as_plan(YamlFile(shown(path), read_bytes(path)))


def as_plan(file: YamlFile) -> PlanFile:
    """Read a plan from a YAML file that was read."""
    plan, findings = validate(Plan, file)
    return PlanFile(file, plan, [*file.findings, *findings])


def read_calendar(path: Path) -> tuple[Calendar, list[Finding]]:
    """Read a calendar; one that is not there is empty.

    Raises:
        UsageError: if the file is there but cannot be read.
    """
    if not path.exists():
        return Calendar(format="danvan-calendar/1"), []
    file = YamlFile(shown(path), read_bytes(path))
    calendar, findings = validate(Calendar, file)
    return calendar or Calendar(format="danvan-calendar/1"), [*file.findings, *findings]
