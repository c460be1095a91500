"""What rules look at: a file that was read as what it is; the plan with its calendar."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final

from danvan_cli.lang import _
from danvan_cli.plan.citations import cited
from danvan_cli.plan.model import UNITS
from danvan_cli.text import perhaps

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.calendar import Calendar
    from danvan_cli.plan.citations import Citation
    from danvan_cli.plan.model import Plan
    from danvan_cli.plan.shared import Register
    from danvan_cli.scoring.model import ScoreRecord
    from danvan_cli.unit.model import Evidence, Sent, UnitRecord
    from danvan_cli.yaml.yamlfile import Loc, YamlFile

MAX_LOOKUPS: Final = 100
"""So many unknown names of a file get a suggestion: each is compared with every known one."""


def standing(loc: Loc, file: YamlFile, shared: YamlFile | None) -> YamlFile:
    """Give the file that a place of a plan stands in: the plan's, or the register that it takes its units from."""
    return shared if shared is not None and loc[:1] in {(key,) for key in UNITS} else file


@dataclass(frozen=True)
class FileCheck:
    """A file that was read, to be checked."""

    file: YamlFile

    def at(self, rule: str, loc: Loc, message: str, *, help: str | None = None, key: bool = False) -> Finding:
        """Make a finding at a place of the file."""
        file = self.place(loc)
        return file.finding(rule, file.span(loc, key=key), message, help=help)

    def place(self, loc: Loc) -> YamlFile:
        """Give the file that a place stands in."""
        del loc
        return self.file

    def unknown(
        self,
        rule: str,
        named: Iterable[tuple[Loc, str | None]],
        known: Collection[str],
        message: str,
        *,
        key: bool = False,
    ) -> Iterator[Finding]:
        """Make a finding for each name that is not known, with the nearest one that is (looked for once); None names nothing.

        `message` has `{id}` for the name; `key` tells that the names are keys themselves.
        """
        for loc, name in named:
            if name is not None and name not in known:
                asked = (name, id(known))
                if asked not in self._meant and len(self._meant) < MAX_LOOKUPS:
                    self._meant[asked] = meant(name, known), known
                hint, _names = self._meant.get(asked, (None, None))
                yield self.at(rule, loc, message.format(id=name), help=hint, key=key)

    @cached_property
    def _meant(self) -> dict[tuple[str, int], tuple[str | None, Collection[str]]]:
        """The hints by name and by the names that are known, which are kept: so no others have their `id`."""
        return {}


@dataclass(frozen=True)
class UnitsFileCheck(FileCheck, ABC):
    """A file that a unit writes, called `name` in its folder: the plan it belongs to, and what it says."""

    name: ClassVar[str]
    plan: Plan
    record: UnitRecord | ScoreRecord

    @property
    @abstractmethod
    def evidence(self) -> list[tuple[Loc, Evidence]]:
        """The evidence behind what it says, with its places."""

    @property
    def sent(self) -> list[tuple[Loc, Sent]]:
        """The documents that it says were issued, with their places."""
        return []

    @property
    def happened(self) -> list[tuple[Loc, date | None]]:
        """The days on which something has happened, with their places."""
        days: list[tuple[Loc, date | None]] = [((*loc, "date"), one.date) for loc, one in self.evidence]
        return days + [((*loc, "date"), one.date) for loc, one in self.sent]


@dataclass(frozen=True)
class RegisterCheck(FileCheck):
    """A register of units by itself; `plan` is what there is of one."""

    plan: Register


@dataclass(frozen=True)
class PlanCheck(FileCheck):
    """A plan, the file it stands in, the calendar, and the register that its units stand in, if it names one."""

    plan: Plan
    calendar: Calendar
    shared: YamlFile | None = None

    def place(self, loc: Loc) -> YamlFile:
        """Give the file that a place stands in."""
        return standing(loc, self.file, self.shared)

    @cached_property
    def citations(self) -> list[tuple[str, Loc, str, list[Citation]]]:
        """Every text that can cite, with what it cites by symbol: the place's id, where it stands, the text."""
        return [(place, loc, text, list(cited(text))) for place, loc, text in self.plan.places()]

    @cached_property
    def place_ids(self) -> set[str]:
        """The ids of all places that can be cited."""
        return {place for place, *_ in self.plan.places()}


def meant(word: str, known: Iterable[str]) -> str | None:
    """Ask whether a mistyped name means the nearest known one."""
    names = sorted(known) if isinstance(known, set) else list(known)
    few = _("các mã có trong kế hoạch: {known}", known=", ".join(names)) if 0 < len(names) <= 12 else None
    return perhaps(word, names) or few
