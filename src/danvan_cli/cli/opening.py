"""The workspace, opened for a command: what is only worth a remark goes to stderr."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.cli import screen
from danvan_cli.errors import Exit

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.desk.opened import Open


def opened_plan(plan: Path | None = None, template: Path | None = None) -> Open:
    """Open the workspace as `desk.opened.open_plan` does."""
    from danvan_cli.desk import opened  # with the models that it reads, no matter for a help page

    return opened.open_plan(plan, template, screen.note)


def with_broken_told(opened: Open, code: Exit = Exit.OK) -> Exit:
    """Name the broken receipts that were left out of what was shown; give the exit code, which says that there are."""
    errors = [error for found in opened.broken.values() for error in found]
    for error in errors:
        screen.fail(error)
    return max(code, *(error.exit for error in errors), key=int) if errors else code
