"""How points come about, written as a person would on paper: figures and signs that need no language."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

from danvan_cli.scoring.arithmetic import HUNDRED, exact, points, reached, share
from danvan_cli.scoring.figures import plain, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.scoring.model import Answer, Criterion, Rounding


def added(points: Sequence[Decimal], places: int) -> str:
    """Write a sum: `4,00 + 3,50 = 7,50`; nothing where there is nothing to add."""
    if len(points) < 2:
        return ""
    return f"{' + '.join(shown(one, places) for one in points)} = {shown(sum(points, Decimal(0)), places)}"


def derivation(criterion: Criterion, answer: Answer, rounding: Rounding) -> str:
    """Write how an answer that fits becomes points: `45 : 50 = 90,00 % ≥ 80 % → 3,00`."""
    got = shown(points(criterion, answer, rounding), rounding.places)
    how = _how(criterion, answer)
    if criterion.way in {"count", "levels"} and exact(criterion, answer) > criterion.most:
        how = f"{how} > {plain(criterion.most)}"
    return f"{how} → {got}" if how else got


def _how(criterion: Criterion, answer: Answer) -> str:
    match criterion.way:
        case "levels":
            return next(f"«{one.name}»" for one in criterion.levels if one.id == answer.level)
        case "ratio":
            return _ratio(criterion, answer)
        case "count":
            each = criterion.count.each if criterion.count else Decimal(0)
            count = answer.count or 0
            return f"{plain(count)} × {plain(each)} = {plain(count * each)}"
        case "deduction":
            each = criterion.deduction.each if criterion.deduction else Decimal(0)
            count = answer.count or 0
            left = criterion.most - count * each
            said = f"{plain(criterion.most)} − {plain(count)} × {plain(each)} = {plain(left)}"
            return f"{said} < 0" if left < 0 else said
    return ""


def _ratio(criterion: Criterion, answer: Answer) -> str:
    ratio, value, base = criterion.ratio, answer.value or Decimal(0), answer.base or Decimal(1)
    if ratio is None:
        return ""
    marks = [one.start for one in ratio.thresholds] or [ratio.full]
    quotient, share_of_it = f"{plain(value)} : {plain(base)}", _percent(share(value, HUNDRED, base), marks)
    percent = f"{quotient} = {share_of_it} %"
    if ratio.thresholds:
        best = reached(criterion, answer)
        lowest = min(ratio.thresholds, key=lambda one: one.start)
        return f"{percent} ≥ {plain(best.start)} %" if best else f"{percent} < {plain(lowest.start)} %"
    if value * HUNDRED >= ratio.full * base:
        return f"{percent} ≥ {plain(ratio.full)} %"
    times = "" if ratio.full == HUNDRED else f" : {plain(ratio.full)} %"
    return f"{quotient} ({share_of_it} %){times} × {plain(criterion.most)}"


def _percent(exact_one: Decimal, marks: Sequence[Decimal]) -> str:
    """Write a percentage to two places, and to as many as show that it is below a mark: `94,9967`, not `95,00`."""
    for places in range(2, 20):
        told = exact_one.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, Context(prec=60))
        if not any(exact_one < mark <= told for mark in marks):
            break
    return shown(exact_one, places)
