"""What an intake book that a person has corrected puts right: moved, or amended on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.delivery.filing import write_amended
from danvan_cli.delivery.model import AMENDABLE, Amendment
from danvan_cli.delivery.store import Filed, amended, received
from danvan_cli.desk.receive import moved
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.lang import _
from danvan_cli.plan import calendar
from danvan_cli.text import day
from danvan_cli.yaml.held import locked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from danvan_cli.desk.corrections import Corrected
    from danvan_cli.desk.opened import Open
    from danvan_cli.inbox.model import Said

_ID: Final = 8
"""Digits of a digest by which the intake book names what was filed."""


@dataclass(frozen=True)
class Righted:
    """What an intake book puts right: the file, what it says otherwise than was filed, what came of it, or why nothing did."""

    file: str
    said: tuple[str, ...]
    moved: Corrected | None = None
    error: DanvanError | None = None


def by_book(opened: Open, rows: Iterable[Said]) -> Iterator[Righted]:
    """Put right what an intake book that was corrected says otherwise than the receipts do; a wrong row harms no other.

    Rows without an id are passed over.
    """
    rows = [one for one in rows if one.id]
    if not rows:
        return
    every = [one for some in received(opened.workspace.received, opened.plan.id).values() for one in some]
    filed = {one.receipt.sha256[:_ID]: one for one in every}
    for row in rows:
        one = filed.get(str(row.id))
        if one is None:
            why = UsageError(_("không có hồ sơ đã nhận nào là «{name}»", name=str(row.id)[:80]))
            yield Righted(str(row.file), (), error=why)
        elif told := {
            key: value
            for key in ("unit", "deliverable", *AMENDABLE)
            if (value := getattr(row, key)) is not None and value != getattr(one.receipt, key)
        }:
            yield _righted(opened, row, one, told)


def _righted(opened: Open, row: Said, one: Filed, told: dict[str, Any]) -> Righted:
    said = tuple(day(value) if isinstance(value, date) else str(value) for value in told.values())
    try:
        there = None
        if "unit" in told or "deliverable" in told:
            there, _outcome = moved(opened, "/".join(one.folder.parts[-3:]), row.unit, row.deliverable)
        if data := {key: value for key, value in told.items() if key in AMENDABLE}:
            folder = there.folder if there else one.folder
            with locked(folder):
                was = amended(folder)
                now = Amendment(date=calendar.today(), **data)
                write_amended(folder, [*(was.changes if was else ()), now])
    except DanvanError as error:
        return Righted(str(row.file), said, error=error)
    return Righted(str(row.file), said, there)
