"""The workspace, opened for a command: what is only worth a remark goes to stderr."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.cli import screen

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.desk.opened import Open


def open_plan(plan: Path | None = None, template: Path | None = None) -> Open:
    """Open the workspace as `desk.opened.open_plan` does."""
    from danvan_cli.desk import opened  # with the models that it reads, no matter for a help page

    return opened.open_plan(plan, template, screen.note)
