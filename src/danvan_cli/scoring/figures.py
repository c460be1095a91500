"""Exact figures of scoring: shares to 60 digits, the one rounding that a rubric names, and how sheets write figures."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Final

from danvan_cli.text import number

if TYPE_CHECKING:
    from danvan_cli.scoring.model import Rounding

ZERO: Final = Decimal(0)
HUNDRED: Final = Decimal(100)
EXACT: Final = Context(prec=60)
_RULES: Final = {"half-up": ROUND_HALF_UP, "half-even": ROUND_HALF_EVEN, "down": ROUND_DOWN}
_SMALL: Final = 10
"""Of fewer, a share says nothing."""
_PLACES: Final = [Decimal(1).scaleb(-places) for places in range(5)]


def rounded(value: Decimal, rounding: Rounding) -> Decimal:
    """Round as the rubric says: to its places, by its rule."""
    return value.quantize(_PLACES[rounding.places], _RULES[rounding.rule], EXACT)


def exact_share(value: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    """Give value × part ÷ whole, to 60 digits."""
    return EXACT.divide(EXACT.multiply(value, part), whole)


def shown_points(value: Decimal | int, places: int = 2) -> str:
    """Write points as sheets do: `87,50`."""
    return number(Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, EXACT))


def shown_if(value: Decimal | None, places: int) -> str:
    """Write points as `shown_points` does; nothing where there are none."""
    return shown_points(value, places) if value is not None else ""


def exact(value: Decimal | None, places: int) -> str | None:
    """Write points for programs: `87.50`; None stays None."""
    return f"{value:.{places}f}" if value is not None else None


def plain_figure(value: Decimal | int) -> str:
    """Write a figure as it was given, without zeros that say nothing: `1.234,5`, `45`."""
    given = Decimal(value)
    whole = given == given.to_integral_value()
    return number(given.quantize(Decimal(1), context=EXACT) if whole else given.normalize(EXACT))


def grown_by(measure: str, before: Decimal, now: Decimal) -> Decimal | None:
    """Give which share of a figure it grew by, in hundredths, half up to one decimal; None where a share says nothing.

    So it is of few, of what is a share itself (`measure` is its unit), and of what has not changed.
    """
    if now == before or abs(before) < _SMALL or measure.startswith("%"):
        return None
    return ((now - before) * 100 / abs(before)).quantize(_PLACES[1], ROUND_HALF_UP)
