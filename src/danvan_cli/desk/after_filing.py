"""What follows once something is filed: records, cells, a proposal; noted before, crossed out when it is done."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.delivery.model import WORKBOOK
from danvan_cli.delivery.payload import RECORDS
from danvan_cli.delivery.pending import claim, done, held_back, pending
from danvan_cli.desk.rubrics import rubrics_if_any
from danvan_cli.errors import Cancelled, DanvanError, named
from danvan_cli.inbox import written
from danvan_cli.inbox.kind import all_kinds
from danvan_cli.inbox.model import Outcome, Said
from danvan_cli.lang import _
from danvan_cli.unit.adopt import adopt

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from danvan_cli.delivery.model import Receipt
    from danvan_cli.desk.fill import Taken, UnitFilled
    from danvan_cli.desk.opened import Open
    from danvan_cli.inbox.model import Look
    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.scoring.model import RubricFile
    from danvan_cli.workspace import Workspace

_INTO_UNITS: Final = frozenset((*RECORDS, WORKBOOK))
"""What is to follow that changes a unit's files."""


@dataclass
class Hands:
    """What kinds of files may do with the workspace; what became of the last workbook."""

    opened: Open
    carry: bool
    prefer: str | None = None
    taken: Taken | None = None
    filled: UnitFilled | None = None
    _rubrics: list[RubricFile | None] = field(default_factory=list)

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.opened.plan

    @property
    def workspace(self) -> Workspace:
        """The workspace."""
        return self.opened.workspace

    def fill(self, unit: Unit, path: Path, pages: Any) -> bool:
        """Take a workbook's cells into its unit's files; tell whether nothing is left to be looked at."""
        if not self._rubrics:  # read once, and only where a workbook came
            self._rubrics.append(rubrics_if_any(self.opened))
        adopt(self.workspace, self.plan, self.opened.data, unit)
        from danvan_cli.desk.fill import Filling  # with all that workbooks need: most of what comes is none

        filling = Filling(self.opened, self._rubrics[0], carry=self.carry)
        self.taken = filling.take(path, pages)
        if self.taken.error:
            raise self.taken.error
        (self.filled,) = filling.write()
        return not self.filled.incomplete


def follow(hands: Hands, outcome: Outcome) -> None:
    """Do with what was filed what its kind asks for; what an interruption left undone is done when the same comes again."""
    if outcome.folder is None:
        return
    root = hands.workspace.received
    try:
        left = pending(outcome.folder)
        if left is None or outcome.receipt is None:
            return
        for look in outcome.looks:
            kind = all_kinds()[look.kind]
            if not (todo := left.todo & kind.to_do(outcome.receipt, hands.plan)):
                continue
            outcome.resumed = outcome.state == "known"
            if not kind.merged:
                claim(root, left, todo)
            with _kept(hands.workspace, str(outcome.said.unit), outcome.folder, todo):
                finished = kind.then(hands, outcome, look, left)
            if finished:
                done(root, left, todo | {held_back(one) for one in todo})
    except DanvanError as error:  # it is filed all the same
        outcome.notes.append(error.message)
        outcome.help = error.help or _("hồ sơ đã vào sổ; phần dữ liệu chưa ghi, nhận lại tệp này để ghi tiếp")
    except Cancelled:
        raise
    except Exception as error:  # noqa: BLE001 - the files after it come in
        outcome.notes.append(named(error))
        outcome.help = _("hồ sơ đã vào sổ; phần dữ liệu chưa ghi, nhận lại tệp này để ghi tiếp")


@contextmanager
def _kept(workspace: Workspace, unit: str, folder: Path, todo: Collection[str]) -> Iterator[None]:
    """Keep what is changed in a unit's files meanwhile, so that it can be taken back."""
    if _INTO_UNITS.isdisjoint(todo):
        yield
        return
    here = written.begin(workspace, unit, folder)
    try:
        yield
    finally:
        written.end(workspace, unit, here)


def follow_up(opened: Open, folder: Path, receipt: Receipt, looks: list[Look]) -> Outcome:
    """Do what is to follow something that was filed otherwise than by taking it in."""
    said = Said(receipt.unit, receipt.deliverable, receipt.symbol, receipt.issued, receipt.number, receipt.received)
    outcome = Outcome([one.path for one in looks], "filed", said, folder, receipt, looks=looks)
    follow(Hands(opened, carry=False), outcome)
    return outcome
