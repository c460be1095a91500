"""How points come about: in figures and signs that need no language, for who checks; in words, for what is signed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from danvan_cli.scoring.arithmetic import points
from danvan_cli.scoring.figures import shown_points
from danvan_cli.scoring.ways import way_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.scoring.model import Answer, Criterion, Rounding


def added(points: Sequence[Decimal], places: int) -> str:
    """Write a sum: `4,00 + 3,50 = 7,50`; nothing where there is nothing to add."""
    if len(points) < 2:
        return ""
    return (
        f"{' + '.join(shown_points(one, places) for one in points)} = {shown_points(sum(points, Decimal(0)), places)}"
    )


def derivation(criterion: Criterion, answer: Answer, rounding: Rounding) -> str:
    """Write how an answer that fits becomes points: `45 : 50 = 90,00 % ≥ 80 % → 3,00`."""
    got = shown_points(points(criterion, answer, rounding), rounding.places)
    how = way_of(criterion).explained(criterion, answer)
    return f"{how} → {got}" if how else got


def reason(criterion: Criterion, answer: Answer, counts: str | None) -> str:
    """Say in words why an answer that fits gives what it gives; empty where the points say it all.

    Args:
        criterion: the criterion.
        answer: its answer.
        counts: what is counted, where somebody knows it: `hồ sơ`.
    """
    return way_of(criterion).reason(criterion, answer, counts or "trường hợp")
