"""An entry that was written into the plan, told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.cli import screen
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from danvan_cli.desk.entries import Entered


def tell(done: Entered, told: str) -> None:
    """Print what was entered, and on stderr what the check has to say of it."""
    screen.out(f"{shown(done.path)}: {told}")
    for one in done.found:
        screen.note(f"{one.path}:{one.spot.line}: {one.rule} {one.message}")
