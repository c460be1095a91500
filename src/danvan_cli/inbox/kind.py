"""A kind of incoming file: how it is told, what is read of it, what follows once it is filed.

Each kind is one module of `inbox/kinds` that holds an object `KIND` (`KINDS`: several of one make); it is found there by itself.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from danvan_cli.inbox import kinds
from danvan_cli.inbox.model import Contents

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.delivery.model import Receipt
    from danvan_cli.delivery.pending import Pending
    from danvan_cli.inbox.model import Look, Outcome, Peek, ReportWords
    from danvan_cli.pdf.text import PdfReader
    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.workspace import Workspace


class Hands(Protocol):
    """What a kind may do with the workspace once its file is filed."""

    plan: Plan
    workspace: Workspace
    prefer: str | None
    """Whose value stands where both edited: `package`, `file`, None where a person is asked."""

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
    by: ClassVar[str] = "file"
    """What told whose a file is (`Outcome.by`) where `whose` does."""
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

    def to_do(self, receipt: Receipt, plan: Plan) -> set[str]:
        """Name what is to follow the receipt, for `delivery.pending`."""
        del receipt, plan
        return set()

    def told(self, look: Look) -> ReportWords | None:
        """Give what a file says for the unit's record, to be proposed; None where it says nothing."""
        del look
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
    modules = (import_module(f"{kinds.__name__}.{one.name}") for one in iter_modules(kinds.__path__))
    found = [one for module in modules for one in getattr(module, "KINDS", None) or (module.KIND,)]
    return {one.name: one for one in sorted(found, key=lambda one: (one.last, one.name))}
