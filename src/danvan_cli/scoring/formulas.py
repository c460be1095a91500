"""The arithmetic of scoring as a spreadsheet's formulas that give exactly danvan's figures.

A spreadsheet counts in binary: what must be compared or rounded is brought to whole numbers first, which it holds
exactly up to 15 digits. A ratio's parts may have four decimals.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from danvan_cli.scoring.model import Rounding

LEFT_OUT: Final = "KAD"
"""What stands for points where a criterion does not apply and is left out."""
GIVEN_BY_OTHERS: Final = "–"
"""What stands for points that somebody else gives."""
RATIO_PARTS: Final = 10_000
"""A ratio's value and base are counted in so many parts of one."""


def quoted(text: str) -> str:
    """Write a text inside a formula."""
    return '"' + text.replace('"', '""') + '"'


def literal(value: Decimal | Fraction | int) -> str:
    """Write a figure inside a formula."""
    if isinstance(value, Fraction):
        return str(value.numerator) if value.denominator == 1 else f"({value.numerator}/{value.denominator})"
    return f"{Decimal(value).normalize():f}"


def divided(top: str, bottom: str, rounding: Rounding) -> str:
    """Divide two whole numbers and round to a whole number by the rubric's rule."""
    if rounding.rule == "down":
        return f"INT(({top})/({bottom}))"
    half = f"(2*({top})+({bottom}))"
    up = f"INT({half}/(2*({bottom})))"
    if rounding.rule == "half-up":
        return up
    return f"({up}-IF(AND(MOD({half},2*({bottom}))=0,MOD({up},2)=1),1,0))"


def rescaled_formula(earned: str, scope: Decimal, left: str, rounding: Rounding) -> str:
    """Bring a sum back to the whole scale: earned × scope ÷ (scope − left out), rounded, at most the scope."""
    scale = power(scope)
    top = f"ROUND({earned}*{RATIO_PARTS},0)*{literal(scope * scale)}"
    bottom = f"ROUND(({literal(scope)}-{left})*{scale * RATIO_PARTS // 10**rounding.places},0)"
    return f"MIN({divided(top, bottom, rounding)}/{10**rounding.places},{literal(scope)})"


def power(*values: Decimal) -> int:
    """Give the power of ten that makes figures whole."""
    return int(10 ** max((max(0, -int(one.normalize().as_tuple().exponent)) for one in values), default=0))


def most_of(top: str, bottom: str, most: Decimal, rounding: Rounding) -> str:
    """Round what is earned, `top ÷ bottom` in the last place, at most the criterion's most."""
    got = f"MIN({divided(top, bottom, rounding)}/{10**rounding.places},{literal(most)})"
    whole = Fraction(most) * 10**rounding.places
    if whole.denominator == 1:
        return got
    return f"IF({top}*{whole.denominator}>={bottom}*{whole.numerator},{literal(most)},{got})"
