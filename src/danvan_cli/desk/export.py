"""What `danvan export` does: the plan as the issued document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.desk.made import keep
from danvan_cli.papers.kinds.ke_hoach_tinh import province_plan

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.desk.made import Made
    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Plan
    from danvan_cli.word.package import Rendered


def write_plan(opened: Open, output: Path | None = None, *, force: bool = False) -> Made:
    """Write the plan as a Word document, `build/ke-hoach-ID.docx` where no other place is named."""
    path = output or opened.workspace.build / f"ke-hoach-{opened.plan.id}.docx"
    return keep(path, issued(opened.plan, opened.templates), force=force)


def issued(plan: Plan, templates: Path | None) -> Rendered:
    """Make the plan's document, with the footnotes of its text; without `templates` as it is shipped."""
    from danvan_cli.papers.make import make

    rendered = make(province_plan(plan), templates)
    if not plan.notes:
        return rendered
    from danvan_cli.papers.notes import with_notes

    return with_notes(rendered, plan.notes)
