"""A kind of incoming file: how it is told, what is read of it, what follows once it is filed.

Each kind is one module of `inbox/kinds` that holds one object named `KIND`; it is found there by itself.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from danvan_cli.inbox import kinds
from danvan_cli.inbox.model import Contents

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from danvan_cli.delivery.model import Receipt, ReceivedFile
    from danvan_cli.delivery.pending import Pending
    from danvan_cli.inbox.model import Look, Outcome, Peek, Said
    from danvan_cli.inbox.outline import Outline
    from danvan_cli.pdf.text import PdfReader
    from danvan_cli.plan.model import Deliverable, Plan, Unit
    from danvan_cli.workspace import Workspace


class Taking(Protocol):
    """What a kind that takes its file in by itself may ask of the intake."""

    plan: Plan
    root: Path
    carry: bool
    pdf: PdfReader

    def told(self, paths: Sequence[Path]) -> Said:
        """Give what a person said of them."""
        ...

    def arrived(self, said: Said, paths: Sequence[Path]) -> Said:
        """Say when they came."""
        ...

    def owed(self, said: Said, path: Path) -> str:
        """Give the unit, stop where it owes no such thing."""
        ...

    def known(self, looks: list[Look], said: Said, digests: set[str]) -> Outcome | None:
        """Tell where the very same lies already."""
        ...

    def filed(
        self, folder: Path, said: Said, digest: str, files: list[ReceivedFile], looks: list[Look], revision: str | None
    ) -> Outcome:
        """File what lies ready in a folder."""
        ...


class Hands(Protocol):
    """What a kind may do with the workspace once its file is filed."""

    @property
    def plan(self) -> Plan:
        """The plan."""
        ...

    @property
    def workspace(self) -> Workspace:
        """The workspace."""
        ...

    @property
    def prefer(self) -> str | None:
        """Whose value stands where both edited: `package`, `file`, None where a person is asked."""
        ...

    def fill(self, unit: Unit, path: Path, pages: Any) -> bool:
        """Take a workbook's cells into its unit's files; tell whether nothing is left to be looked at."""
        ...


class Kind:
    """A kind of incoming file. What a kind does not say is as with a scan: filed, and nothing follows."""

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]] = ()
    """Endings that promise this kind: another kind under such a name is refused."""
    last: ClassVar[bool] = False
    """Whether it is asked only where no other kind fits."""
    merged: ClassVar[bool] = False
    """Whether what follows two files of a unit is merged; else the later one stands for both."""

    def fits(self, peek: Peek) -> bool:
        """Tell whether a file is of this kind."""
        raise NotImplementedError

    def read(self, path: Path, pdf: PdfReader) -> Contents:
        """Read a file as far as it can be.

        Raises:
            UsageError: if it is broken or must not come in.
        """
        del path, pdf
        return Contents()

    def whose(self, look: Look, plan: Plan) -> tuple[str, str] | None:
        """Give unit and deliverable where the file itself says so beyond doubt.

        Raises:
            UsageError: if it is of another plan.
        """
        del look, plan
        return None

    def take(self, intake: Taking, look: Look) -> Outcome | None:
        """Take the file in otherwise than as a document; None where it is one."""
        del intake, look
        return None

    def to_do(self, receipt: Receipt, plan: Plan) -> set[str]:
        """Name what is to follow the receipt, for `delivery.pending`."""
        del receipt, plan
        return set()

    def proposed(self, look: Look, plan: Plan, unit: Unit, deliverable: Deliverable) -> tuple[str, Outline] | None:
        """Read what a file says for the unit's record, to be proposed, and what that is a part of; None where nothing is.

        Args:
            look: the file.
            plan: the plan.
            unit: whose it is.
            deliverable: which report.
        """
        del look, plan, unit, deliverable
        return None

    def then(self, hands: Hands, outcome: Outcome, look: Look, left: Pending) -> bool:
        """Do what is to follow; tell whether it is done.

        Raises:
            DanvanError: if it cannot be done; the file is filed all the same.
        """
        del hands, outcome, look, left
        return True


@cache
def all_kinds() -> dict[str, Kind]:
    """Find all kinds, by name, in the order in which they are asked."""
    found = [import_module(f"{kinds.__name__}.{one.name}").KIND for one in iter_modules(kinds.__path__)]
    return {one.name: one for one in sorted(found, key=lambda one: (one.last, one.name))}
