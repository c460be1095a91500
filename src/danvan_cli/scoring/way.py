"""What a way of scoring a criterion has to say of itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from danvan_cli.scoring.model import Answer, Criterion, Rounding

Figures = dict[str, tuple[Decimal, str]]
"""What a unit's record knows: figures by name, each with where it comes from."""
Dates = dict[str, tuple[bool, str]]
"""Of each deliverable whose dates are known whether it was late, and what says so."""


class Misfit(NamedTuple):
    """Why an answer cannot be taken: which key of it, in words, and what to write instead."""

    key: str
    message: str
    help: str | None = None


class Cells(NamedTuple):
    """Where a criterion stands in a spreadsheet: the addresses of its answer's keys, the ranges of its levels."""

    at: Mapping[str, str]
    names: str
    worths: str


class Way(ABC):
    """A way of scoring: from an answer that fits to points, and how that is asked, typed, explained and written."""

    keys: ClassVar[tuple[str, ...]]
    """What an answer says: keys of `Answer`."""

    # Points ----------------------------------------------------------------------------------------------------------

    @abstractmethod
    def exact(self, one: Criterion, answer: Answer) -> Decimal:
        """Compute what an answer that fits gives before it is bounded and rounded."""

    def fits(self, _one: Criterion, _answer: Answer) -> bool:
        """Tell whether values can be taken; the keys are the right ones."""
        return True

    def misfits(self, _one: Criterion, _answer: Answer) -> Iterator[Misfit]:
        """Say what of values cannot be taken, for an answer that does not `fits`."""
        yield from ()

    @abstractmethod
    def formula(self, one: Criterion, cells: Cells, rounding: Rounding) -> str:
        """Write the points as a spreadsheet's formula, without `=`: `""` while blank or where it does not fit."""

    # Words -----------------------------------------------------------------------------------------------------------

    @abstractmethod
    def asks(self, one: Criterion) -> str:
        """Say what an answer looks like in a file."""

    @abstractmethod
    def question(self, one: Criterion) -> str:
        """Say in a few words what is asked for in a terminal."""

    def explained(self, _one: Criterion, _answer: Answer) -> str:
        """Write on paper, in figures and signs, how an answer that fits gives what it gives; `""` where it is that."""
        return ""

    def reason(self, _one: Criterion, _answer: Answer, _counts: str) -> str:
        """Say in words, on paper, why an answer that fits gives what it gives, naming what is counted; `""` if nothing is to say."""
        return ""

    def shape(self, _one: Criterion) -> str:
        """Say beside the criterion in a new file what counts, if there is anything to say."""
        return ""

    # Answers ---------------------------------------------------------------------------------------------------------

    @abstractmethod
    def typed(self, one: Criterion, text: str) -> Answer:
        """Read what a person typed.

        Raises:
            ValueError: if it is no answer; a `MistypedError` where it can be said what to write instead.
        """

    @abstractmethod
    def written(self, answer: Answer) -> str:
        """Write an answer as `typed` reads it."""

    def proposed(self, _one: Criterion, _figures: Figures, _sent: Dates) -> tuple[Answer, str] | None:
        """Answer from what a unit's record knows, with where that comes from; None where it does not know."""
        return None

    def sources(self, _one: Criterion) -> dict[str, str | None]:
        """Name the figure that each key of an answer speaks of, where the rubric says one."""
        return {}
