"""What the main job is made of beside what the commands of a unit do: the plan checked, and its papers written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.desk.report import report
from danvan_cli.desk.score import Paper
from danvan_cli.papers.kinds.ke_hoach_tinh import province_plan
from danvan_cli.papers.make import make
from danvan_cli.rules.files import Checker, files_of
from danvan_cli.word.save import save

if TYPE_CHECKING:
    from danvan_cli.desk.opened import Open
    from danvan_cli.findings.finding import Finding
    from danvan_cli.workspace import Workspace


def checked(workspace: Workspace) -> list[Finding]:
    """Check all files of a workspace."""
    checker = Checker()
    return [one for path in files_of(workspace) for one in checker.check(path)]


def reported(opened: Open, unit: str, deliverable: str) -> Paper:
    """Write what a unit owes.

    Raises:
        DanvanError: if a person has edited what is there, or it cannot be written.
    """
    path, rendered = report(opened, unit, deliverable)
    return Paper(save(path, rendered), len(rendered.blanks))


def exported(opened: Open) -> Paper:
    """Write the plan as the issued document.

    Raises:
        DanvanError: if a person has edited what is there, or it cannot be written.
    """
    rendered = make(province_plan(opened.plan), opened.templates)
    return Paper(save(opened.workspace.build / f"ke-hoach-{opened.plan.id}.docx", rendered), len(rendered.blanks))
