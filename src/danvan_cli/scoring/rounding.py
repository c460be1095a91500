"""Exact figures of scoring: shares to 60 digits, and the one rounding that a rubric names."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from danvan_cli.scoring.model import Rounding

ZERO: Final = Decimal(0)
HUNDRED: Final = Decimal(100)
_RULES: Final = {"half-up": ROUND_HALF_UP, "half-even": ROUND_HALF_EVEN, "down": ROUND_DOWN}
_EXACT: Final = Context(prec=60)
_PLACES: Final = [Decimal(1).scaleb(-places) for places in range(5)]


def rounded(value: Decimal, rounding: Rounding) -> Decimal:
    """Round as the rubric says: to its places, by its rule."""
    return value.quantize(_PLACES[rounding.places], _RULES[rounding.rule], _EXACT)


def share(value: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    """Give value × part ÷ whole, to 60 digits."""
    return _EXACT.divide(_EXACT.multiply(value, part), whole)
