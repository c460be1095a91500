"""What a workbook brings: changed fields, items of lists, conflicts, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

    from danvan_cli.excel.form import CellKind, Path


class CellFault(NamedTuple):
    """What is wrong in a cell, and what to write instead."""

    cell: str
    message: str
    help: str | None = None
    path: Path = ()
    """The field, where it is known."""


class CellChange(NamedTuple):
    """A field that a person changed: where, what it held when sent, what now."""

    cell: str
    about: str
    path: Path
    kind: CellKind
    old: str
    new: str


class ListItem(NamedTuple):
    """An item of a list that a person added (`at` None) or emptied."""

    cell: str
    about: str
    path: Path
    at: int | None
    values: dict[str, str]


class Conflict(NamedTuple):
    """A field that was changed in the workbook and, otherwise, in the unit's files."""

    change: CellChange
    now: str


@dataclass
class Edits:
    """What a workbook brings."""

    changes: list[CellChange] = field(default_factory=list)
    added: list[ListItem] = field(default_factory=list)
    removed: list[ListItem] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    total: tuple[str, Decimal] | None = None
    """The total that the workbook shows, and its cell; never trusted, only compared."""
