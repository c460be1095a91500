"""The reviews of a workspace, opened when they are asked for: its rubrics and its receipts are read once."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from danvan_cli.delivery.status import status_rows
from danvan_cli.desk.score import rubrics_of
from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.plan.calendar import today
from danvan_cli.province.review import reviewing, verifier
from danvan_cli.province.tracked import contradictions, proposed, tracked
from danvan_cli.yaml.held import locked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.delivery.store import Received
    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Unit
    from danvan_cli.province.review import Reviewing
    from danvan_cli.province.tracked import Told, Tracked
    from danvan_cli.scoring.model import RubricFile


class Reviews:
    """The reviews of the units of a workspace.

    `came` are all receipts, where they are read already. `lenient`: broken ones are left out, for nothing is decided.
    """

    def __init__(self, opened: Open, came: Received | None = None, *, lenient: bool = False) -> None:
        self.opened, self._came, self._lenient = opened, came, lenient
        self._open: dict[str, Reviewing | None] = {}

    @cached_property
    def rubrics(self) -> RubricFile:
        """The year's rubrics."""
        return rubrics_of(self.opened)

    @cached_property
    def received(self) -> Received:
        """What was received."""
        return self.opened.received(lenient=self._lenient) if self._came is None else self._came

    @cached_property
    def _kept(self) -> frozenset[str]:
        """What anybody's receipts are of."""
        return frozenset(name for _unit, name in self.received)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep others from writing while something is recorded that rests on what the reviews hold: read anew for that."""
        _known = self.rubrics, self.received
        with locked(self.opened.path):
            self._open.clear()
            yield

    @property
    def verifier(self) -> Unit | None:
        """Who verifies."""
        return self.opened.plan.unit_by_id.get(verifier(self.opened.plan) or "")

    def open(self, unit: Unit) -> Reviewing | None:
        """Open a unit's review; None where it has sent no self-score."""
        if unit.id not in self._open:
            opened, own = self.opened, self.verifier
            self._open[unit.id] = reviewing(
                opened.workspace, opened.plan, self.rubrics, unit, self.received, own=own.id if own else None
            )
        return self._open[unit.id]

    def sure(self, unit: Unit) -> Reviewing:
        """Open a unit's review, which must have sent a self-score."""
        one = self.open(unit)
        if one is None:
            raise UsageError(
                _("{unit} chưa gửi bản tự chấm điểm", unit=unit.name),
                help=_("nhận hồ sơ của đơn vị: danvan receive TỆP; hoặc đơn vị tự chấm: danvan score {id}", id=unit.id),
            )
        return one

    def units(self, unit: str | None, block: str | None) -> list[Unit]:
        """List the units that a call is about: one, those of a block, or all."""
        if unit is not None and block is not None:
            raise UsageError(_("chỉ ghi một trong hai: đơn vị hoặc --block"))
        return self.opened.units(unit, block)

    def those(self, unit: str | None, block: str | None) -> list[Reviewing]:
        """Open the reviews of all in question that have sent something."""
        units = self.units(unit, block)
        if unit is not None:
            return [self.sure(units[0])]
        found = [one for it in units if (one := self.open(it)) is not None]
        if not found:
            raise UsageError(_("chưa có đơn vị nào trong phạm vi này gửi bản tự chấm điểm"))
        return found

    def tracked(self, unit: Unit) -> Tracked:
        """Tell what receipts say of a unit as of today."""
        plan = self.opened.plan
        return tracked(plan, self._kept, status_rows(plan, self.received, today(), [unit]))

    def proposed(self, one: Reviewing) -> list[Told]:
        """Give what receipts propose of a unit's score that stands otherwise."""
        return list(proposed(one, self.tracked(one.unit)))

    def doubts(self, one: Reviewing) -> list[str]:
        """Say where a unit's score says what tracking contradicts."""
        plan, kept = self.opened.plan, self._kept
        owed = [it.id for it in plan.deliverable_by_id.values() if it.kind == "self-score" and plan.owes(it, one.unit)]
        came = any((one.unit.id, name) in self.received for name in owed)
        unsent = not came and not one.review.own and not kept.isdisjoint(owed)
        told = [_("sổ theo dõi chưa ghi nhận hồ sơ tự chấm nào của đơn vị")] if unsent else []
        return [*told, *contradictions(one, self.tracked(one.unit))]
