"""What `danvan export` does: the plan as the issued document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.desk.made import made
from danvan_cli.papers.kinds.ke_hoach_tinh import province_plan

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.desk.made import Made
    from danvan_cli.desk.opened import Open


def write_plan(opened: Open, output: Path | None = None, *, force: bool = False) -> Made:
    """Write the plan as a Word document, `build/ke-hoach-ID.docx` where no other place is named.

    Raises:
        DanvanError: if a person has edited what is there, or it cannot be written.
    """
    path = output or opened.workspace.build / f"ke-hoach-{opened.plan.id}.docx"
    return made(opened, path, province_plan(opened.plan), force=force)
