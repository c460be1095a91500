"""What scoring gives: a line for each criterion, the totals, the band and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from danvan_cli.scoring.arithmetic import added, derivation
from danvan_cli.scoring.figures import plain_figure, shown_points

if TYPE_CHECKING:
    from decimal import Decimal

    from danvan_cli.scoring.model import Answer, Band, Criterion, Limit, Rounding, Rubric, RubricPart

LineState = Literal["scored", "blank", "na", "other", "group"]
"""scored: has points; blank: not answered; na: does not apply; other: somebody else's to score; group: a sum."""


class ScoredLine(NamedTuple):
    """A criterion with its points.

    `most` are the points it can give, `points` what it gives (None while blank or another's to score; a group's
    are the sum so far, None where nothing of it is scored), `below` the points right under a group.
    """

    criterion: Criterion
    part: RubricPart
    depth: int
    most: Decimal
    points: Decimal | None
    state: LineState
    answer: Answer
    missing_evidence: bool
    rounding: Rounding
    below: tuple[Decimal, ...] = ()

    @property
    def derivation(self) -> str:
        """How the points come about, as on paper, in figures and signs that need no language."""
        if self.state == "group":
            return added(self.below, self.rounding.places)
        if self.state == "scored":
            return derivation(self.criterion, self.answer, self.rounding)
        if self.state == "na":
            left_out = f"− {plain_figure(self.most)}"
            return left_out if self.points is None else shown_points(self.points, self.rounding.places)
        return ""


@dataclass(frozen=True, slots=True)
class Result:
    """A whole score.

    `scope` is the most that those who score here can give (90 where a superior gives the other 10), `earned` the sum
    of the criteria as they stand, `subtotal` that sum, rescaled where something was left out; `total` adds bonus and
    takes deductions away. `band` is None while something is blank, or where ranking is denied (`eligible` False).
    """

    rubric: Rubric
    lines: tuple[ScoredLine, ...]
    scope: Decimal
    left_out: Decimal
    earned: Decimal
    subtotal: Decimal
    bonus: Decimal
    deductions: Decimal
    total: Decimal
    by_points: Band | None
    band: Band | None
    eligible: bool
    applied: tuple[Limit, ...]

    @property
    def derivation(self) -> str:
        """How the total comes about: the sum, then the rescaling, then bonus and deductions, where there are any."""
        places = self.rubric.rounding.places
        tops = [one.points for one in self.lines if one.part == "criteria" and one.depth == 1]
        steps = [added([one for one in tops if one is not None], places) or shown_points(self.earned, places)]
        if self.subtotal != self.earned:
            scale = f"{plain_figure(self.scope)} : ({plain_figure(self.scope)} − {plain_figure(self.left_out)})"
            steps.append(f"{shown_points(self.earned, places)} × {scale} = {shown_points(self.subtotal, places)}")
        if self.bonus or self.deductions:
            beside = (("+", self.bonus), ("−", self.deductions))
            signs = "".join(f" {sign} {shown_points(one, places)}" for sign, one in beside if one)
            plainly = self.subtotal + self.bonus - self.deductions
            steps.append(f"{shown_points(self.subtotal, places)}{signs} = {shown_points(plainly, places)}")
            if plainly != self.total:  # the scale's end
                sign = ">" if plainly > self.total else "<"
                steps[-1] += f" {sign} {plain_figure(self.total)} → {shown_points(self.total, places)}"
        return "; ".join(steps)

    @property
    def blanks(self) -> list[ScoredLine]:
        """The criteria that still have no answer; bonus lines need none."""
        return [one for one in self.lines if one.state == "blank" and one.part != "bonus"]

    @property
    def others(self) -> list[ScoredLine]:
        """The criteria that somebody else scores."""
        return [one for one in self.lines if one.state == "other"]

    @property
    def missing(self) -> list[ScoredLine]:
        """The criteria whose points have neither evidence nor explanation behind them."""
        return [one for one in self.lines if one.missing_evidence]
