"""The arithmetic of scoring as a spreadsheet's formulas that give exactly danvan's figures.

A spreadsheet counts in binary: what must be compared or rounded is brought to whole numbers first, which it holds
exactly up to 15 digits. A ratio's parts may have four decimals.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Final

from danvan_cli.scoring.arithmetic import points, rounded
from danvan_cli.scoring.model import Answer

if TYPE_CHECKING:
    from danvan_cli.scoring.model import Criterion, Rounding

LEFT_OUT: Final = "KAD"
"""What stands for points where a criterion does not apply and is left out."""
OTHERS: Final = "–"
"""What stands for points that somebody else gives."""
_PARTS: Final = 10_000
"""A ratio's value and base are counted in so many parts of one."""


def said(text: str) -> str:
    """Write a text inside a formula."""
    return '"' + text.replace('"', '""') + '"'


def figure(value: Decimal | Fraction | int) -> str:
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


def rescaled(earned: str, scope: Decimal, left: str, rounding: Rounding) -> str:
    """Bring a sum back to the whole scale: earned × scope ÷ (scope − left out), rounded, at most the scope."""
    scale = _unit(scope)
    top = f"ROUND({earned}*{_PARTS},0)*{figure(scope * scale)}"
    bottom = f"ROUND(({figure(scope)}-{left})*{scale * _PARTS // 10**rounding.places},0)"
    return f"MIN({divided(top, bottom, rounding)}/{10**rounding.places},{figure(scope)})"


def _unit(*values: Decimal) -> int:
    """Give the power of ten that makes figures whole."""
    return int(10 ** max((max(0, -int(one.normalize().as_tuple().exponent)) for one in values), default=0))


def leaf(criterion: Criterion, cells: dict[str, str], note: str, names: str, worths: str, rounding: Rounding) -> str:
    """Write the points of a leaf that a unit scores itself.

    Args:
        criterion: the leaf.
        cells: the addresses of `level`, `value`, `base`, `count`, `points`, `na` in its row.
        note: the address of its explanation.
        names: the range of its levels' names.
        worths: the range of what they give.
        rounding: the rubric's.
    """
    got = _WAYS[criterion.way](criterion, cells, names, worths, rounding)
    if criterion.na is None or "na" not in cells:
        return f"={got}"
    full = figure(rounded(criterion.most, rounding)) if criterion.na == "full" else said(LEFT_OUT)
    given = "&".join(cells[key] for key in ("level", "value", "base", "count", "points"))
    return f'=IF({cells["na"]}<>"",IF(AND(TRIM({note})<>"",{given}=""),{full},""),{got})'


def _levels(_one: Criterion, cells: dict[str, str], names: str, worths: str, _rounding: Rounding) -> str:
    at = cells["level"]
    return f'IF({at}="","",IF(SUMPRODUCT(--({names}={at}))=0,"",SUMPRODUCT(({names}={at})*{worths})))'


def _ratio(one: Criterion, cells: dict[str, str], _names: str, _worths: str, rounding: Rounding) -> str:
    assert one.ratio is not None  # noqa: S101 - the way says so
    value, base = cells["value"], cells["base"]
    top, bottom = f"ROUND({value}*{_PARTS},0)", f"ROUND({base}*{_PARTS},0)"
    if one.ratio.thresholds:
        got = "0"
        for mark in sorted(one.ratio.thresholds, key=lambda mark: mark.start):
            scale = _unit(mark.start)
            worth = min(rounded(mark.points, rounding), one.most) if mark.points < one.most else one.most
            got = f"IF({top}*{100 * scale}>={bottom}*{figure(mark.start * scale)},{figure(worth)},{got})"
    else:
        share = Fraction(one.most) * 100 / Fraction(one.ratio.full) * 10**rounding.places
        got = _most(f"{top}*{share.numerator}", f"{bottom}*{share.denominator}", one, rounding)
    return f'IF(AND(ISNUMBER({value}),ISNUMBER({base})),IF(AND({value}>=0,{base}>0),{got},""),"")'


def _most(top: str, bottom: str, one: Criterion, rounding: Rounding) -> str:
    """Round what is earned, at most the criterion's most; `top ÷ bottom` counts in the last place."""
    got = f"MIN({divided(top, bottom, rounding)}/{10**rounding.places},{figure(one.most)})"
    whole = Fraction(one.most) * 10**rounding.places
    if whole.denominator == 1:
        return got
    return f"IF({top}*{whole.denominator}>={bottom}*{whole.numerator},{figure(one.most)},{got})"


def _count(one: Criterion, cells: dict[str, str], _names: str, _worths: str, rounding: Rounding) -> str:
    count = one.count or one.deduction
    assert count is not None  # noqa: S101 - the way says so
    at = cells["count"]
    each, most = (Fraction(value) * 10**rounding.places for value in (count.each, one.most))
    bottom = lcm(each.denominator, most.denominator)
    taken = f"{at}*{int(each * bottom)}"
    if one.count:
        got = _most(taken, str(bottom), one, rounding)
    else:
        left = f"({int(most * bottom)}-{taken})"
        got = f"IF({left}<=0,0,{_most(left, str(bottom), one, rounding)})"
    return f'IF(ISNUMBER({at}),IF(AND({at}>=0,INT({at})={at}),{got},""),"")'


def _typed(one: Criterion, cells: dict[str, str], _names: str, _worths: str, rounding: Rounding) -> str:
    at = cells["points"]
    whole = f"ROUND({at}*1000000,0)"
    fits = [f"{at}>=0", f"{whole}<={figure(one.most * 1_000_000)}"]
    if one.graded:
        fits.append(f"MOD({whole},{figure(one.graded * 1_000_000)})=0")
    got = _most(whole, str(10 ** (6 - rounding.places)), one, rounding)
    return f'IF(ISNUMBER({at}),IF(AND({",".join(fits)}),{got},""),"")'


_WAYS: Final = {
    "graded": _typed,
    "levels": _levels,
    "ratio": _ratio,
    "count": _count,
    "deduction": _count,
    "manual": _typed,
    "survey": _typed,
}


def worth(criterion: Criterion, level: str, rounding: Rounding) -> Decimal:
    """Compute what a level gives."""
    return points(criterion, Answer(level=level), rounding)
