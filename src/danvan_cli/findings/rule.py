"""A rule as people are told of it, declared at the function that finds it: `@rule("DV301", "name", "note", "why", …)`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")
F = TypeVar("F")

OURS: Final = "quy ước của danvan"
"""The source of a rule that no law asks for."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code, name, severity (`error`, `warning`, `note`), reason, a wrong and a right example, source."""

    code: str
    name: str
    severity: str
    why: str
    wrong: str = ""
    right: str = ""
    source: str = ""

    @property
    def mends(self) -> bool:
        """Whether `danvan check --fix` mends it (in some places a person still must)."""
        return self.code in MENDED


MENDED: Final = frozenset(("DV102", "DV114", "DV117", "DV403", "DV408", "DV502", "DV503", "DV504"))
"""The rules that `danvan check --fix` mends."""
DECLARED: Final[dict[str, Rule]] = {}
"""The rules of the modules that are imported, by code."""
_RUN: Final[dict[str, list[Callable[[Any], Iterator[Any]]]]] = defaultdict(list)


def rule(code: str, name: str = "", severity: str = "", why: str = "", wrong: str = "", right: str = "",
         source: str = "") -> Callable[[F], F]:  # fmt: skip
    """Declare a rule where it is found; with its code alone: find one that is declared elsewhere.

    A function whose one parameter is annotated with what a check looks at (`check: PlanCheck`) is run by that check, of
    several (`check: PlanCheck | RegisterCheck`) by each. The code, `DV` or `ND` and three digits, never changes its meaning;
    the severity is `error`, `warning` or `note`, the source the law or the decision behind the rule.

    Raises:
        ValueError: if another rule has this code.
    """
    if name:
        if code in DECLARED:
            raise ValueError(code)
        DECLARED[code] = Rule(code, name, severity, why, wrong, right, source)

    def found_by(function: F) -> F:
        parameters = [kind for key, kind in getattr(function, "__annotations__", {}).items() if key != "return"]
        for kind in str(parameters[0]).split(" | ") if len(parameters) == 1 else ():
            if function not in _RUN[kind]:
                _RUN[kind].append(function)  # type: ignore[arg-type]  # what a check runs gives findings
        return function

    return found_by


def ask_rules(thing: object) -> Iterator[Any]:
    """Give what the rules of the modules imported so far find that look at such a thing."""
    for asked in list(_RUN[type(thing).__name__]):
        yield from asked(thing)
