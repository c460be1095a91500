"""A rule as people are told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


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
