"""A unit's file held open for recording in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from danvan_cli.rules.check import check_unit
from danvan_cli.unit.model import UnitRecord
from danvan_cli.yaml.held import Held

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Unit


class UnitHeld(NamedTuple):
    """A unit whose file is held open."""

    opened: Open
    unit: Unit
    held: Held[UnitRecord]

    @property
    def record(self) -> UnitRecord:
        """What is recorded so far."""
        return self.held.record

    @property
    def root(self) -> object:
        """The file as a tree."""
        return self.held.file.root

    @property
    def folder(self) -> Path:
        """The unit's folder."""
        return self.held.path.parent


def hold(opened: Open, unit: Unit) -> UnitHeld:
    """Open a unit's file for recording."""
    return UnitHeld(opened, unit, Held(UnitRecord, opened.unit_file(unit), lambda read: check_unit(read, opened.plan)))
