"""A unit's answers and a rubric give a score: points, totals, band, and why.

Groups are sums of rounded leaves, so that what is printed adds up. What does not apply counts in full or is left out;
then the sum is brought back to the whole scale, which is the only other rounding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from danvan_cli.scoring.arithmetic import fits, points
from danvan_cli.scoring.figures import ZERO, exact_share, rounded
from danvan_cli.scoring.result import Result, ScoredLine

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from decimal import Decimal

    from danvan_cli.scoring.model import (
        Answer,
        Band,
        Criterion,
        Extra,
        Limit,
        Rounding,
        Rubric,
        RubricPart,
        Scorer,
        ScoreRecord,
    )
    from danvan_cli.scoring.result import LineState

SELF: Final[frozenset[Scorer]] = frozenset({"self"})
"""Who scores in a self-assessment."""
EVERY_SCORER: Final[frozenset[Scorer]] = frozenset({"self", "verifier", "superior", "survey"})
"""Whose scores a verified total holds."""


def evaluate(rubric: Rubric, record: ScoreRecord, by: Collection[Scorer] = SELF) -> Result:
    """Score a unit by the criteria of some scorers; those of others are there without points.

    An answer that does not fit counts as blank: the rules of `score.yaml` tell of it.
    """
    lines = _lines(rubric, record, by)
    base = [one for one in lines if one.part == "criteria" and one.state not in {"group", "other"}]
    scope = sum((one.most for one in base), ZERO)
    left_out = sum((one.most for one in base if one.state == "na" and one.points is None), ZERO)
    earned = sum((one.points for one in base if one.points is not None), ZERO)
    subtotal = rescaled(rubric, earned, scope, left_out)
    bonus = _extra(lines, "bonus", rubric.bonus)
    deductions = _extra(lines, "deductions", rubric.deductions)
    ceiling = scope + (rubric.bonus.max if rubric.bonus and rubric.over_max else ZERO)
    total = min(max(subtotal + bonus - deductions, ZERO), ceiling)
    complete = all(one.state != "blank" or one.part == "bonus" for one in lines) and left_out < scope
    by_points = next((band for band in rubric.bands_down if total >= band.start), None) if complete else None
    applied = tuple(limit for limit in rubric.limits if _applies(limit, lines, record)) if complete else ()
    eligible = not any(limit.deny for limit in applied)
    band = _limited(rubric, by_points, applied) if eligible else None
    sums = scope, left_out, earned, subtotal, bonus, deductions, total
    return Result(rubric, lines, *sums, by_points, band, eligible, applied)


def rescaled(rubric: Rubric, earned: Decimal, scope: Decimal, left_out: Decimal) -> Decimal:
    """Bring a sum back to the whole scale where something was left out."""
    if not 0 < left_out < scope:
        return earned
    return min(rounded(exact_share(earned, scope, scope - left_out), rubric.rounding), scope)


def unstated(rubric: Rubric, record: ScoreRecord) -> tuple[Literal["late", "violations"], ...]:
    """List what nobody has stated yet: whether a report was late, whether there was a violation."""
    whens = [limit.when for limit in rubric.limits]
    late = record.late is None and any(when.late for when in whens)
    violations = record.violations is None and any(when.violation for when in whens)
    return *(("late",) if late else ()), *(("violations",) if violations else ())


def _lines(rubric: Rubric, record: ScoreRecord, by: Collection[Scorer]) -> tuple[ScoredLine, ...]:
    """Score every criterion, from the last to the first, so that a group finds what stands under it."""
    lines: list[ScoredLine] = []
    held: dict[int, list[Decimal]] = {}  # by depth: the points since the group above
    rounding = rubric.rounding
    state: LineState
    got: Decimal | None
    for criterion, part, depth, _loc in reversed(rubric.rows):
        below: list[Decimal] = []
        answer = record.answer(criterion.id)
        if criterion.criteria:
            below = held.pop(depth + 1, [])[::-1]
            state, got = "group", sum(below, ZERO) if below else None
        else:
            state, got = _leaf(criterion, part, answer, by, rounding)
        if got is not None:
            held.setdefault(depth, []).append(got)
        missing = bool(got and criterion.evidence and state == "scored" and not (answer.evidence or answer.note))
        lines.append(
            ScoredLine(criterion, part, depth, criterion.most, got, state, answer, missing, rounding, tuple(below))
        )
    return tuple(lines[::-1])


def _leaf(
    criterion: Criterion, part: RubricPart, answer: Answer, by: Collection[Scorer], rounding: Rounding
) -> tuple[LineState, Decimal | None]:
    """Give the state of a leaf and its points, None where it has none."""
    if criterion.survey is None or criterion.survey.held:
        if criterion.scorer not in by:
            return "other", None
        if not fits(criterion, answer, part):
            return "blank", None
        if not answer.na:
            return "scored", points(criterion, answer, rounding)
    return "na", rounded(criterion.most, rounding) if criterion.na == "full" else None


def _extra(lines: Sequence[ScoredLine], part: RubricPart, extra: Extra | None) -> Decimal:
    if extra is None:
        return ZERO
    return min(sum((one.points for one in lines if one.part == part and one.points is not None), ZERO), extra.max)


def _applies(limit: Limit, lines: Sequence[ScoredLine], record: ScoreRecord) -> bool:
    """Tell whether a khống chế rule's condition holds; what a person has not stated does not.

    A group is judged like the total: brought back to its whole where something was left out; what others will still
    score counts in full, so that no unit is lowered for points that may yet come.
    """
    when = limit.when
    if when.late is not None:
        return when.late in (record.late or ())
    if when.violation is not None:
        return when.violation in (record.violations or ())
    line = next((one for one in lines if one.criterion.id == when.criterion), None)
    if line is None or line.points is None or when.below is None:
        return False
    inside = {one.id for one in line.criterion.leaves()}
    leaves = [one for one in lines if one.criterion.id in inside]
    pending = sum((one.most for one in leaves if one.state == "other"), ZERO)
    left_out = sum((one.most for one in leaves if one.state == "na" and one.points is None), ZERO)
    return (line.points + pending) * line.most < when.below * (line.most - left_out)


def _limited(rubric: Rubric, band: Band | None, applied: Sequence[Limit]) -> Band | None:
    """Lower a band as the limits that apply say: the lowest that is forced, and not above any cap."""
    if band is None:
        return None
    forced = [rubric.band_by_id[one.force] for one in applied if one.force in rubric.band_by_id]
    capped = [rubric.band_by_id[one.cap] for one in applied if one.cap in rubric.band_by_id]
    return min([*(forced or [band]), *capped], key=lambda one: one.start)
