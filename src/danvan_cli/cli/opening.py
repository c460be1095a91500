"""The workspace, opened for a command: what is only worth a remark goes to stderr."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.cli import screen
from danvan_cli.desk import opened

if TYPE_CHECKING:
    from pathlib import Path


def open_plan(plan: Path | None = None, template: Path | None = None) -> opened.Open:
    """Open the workspace as `desk.opened.open_plan` does."""
    return opened.open_plan(plan, template, screen.note)
