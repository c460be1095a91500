"""The rules of rubrics and of answers to them; apart from `check`, whose users mostly need neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from danvan_cli.rules import rubrics, scores
from danvan_cli.rules.check import finished
from danvan_cli.rules.rubrics import RubricCheck
from danvan_cli.rules.scores import ScoreCheck

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.model import Plan
    from danvan_cli.scoring.model import Rubric, RubricFile, ScoreRecord
    from danvan_cli.scoring.result import Result
    from danvan_cli.yaml.read import Read

RUBRIC_RULES: Final[tuple[Callable[[RubricCheck], Iterator[Finding]], ...]] = (
    rubrics.points_add_up,
    rubrics.bands_cover_the_scale,
    rubrics.rubrics_are_of_the_plan,
    rubrics.names_exist,
    rubrics.rules_can_apply,
    rubrics.extras_have_their_points,
    rubrics.ids_are_unique,
    rubrics.tree_has_two_to_four_levels,
    rubrics.points_have_the_places,
    rubrics.points_stay_within,
    rubrics.full_points_can_be_had,
    rubrics.one_rubric_at_a_time,
    rubrics.every_block_has_one,
)

SCORE_RULES: Final[tuple[Callable[[ScoreCheck], Iterator[Finding]], ...]] = (
    scores.answers_are_the_units,
    scores.answers_are_to_this_rubric,
    scores.criteria_are_the_rubrics,
    scores.answers_fit,
    scores.statements_are_known,
    scores.evidence_is_there,
    scores.no_personal_data,
)


def check_rubrics(read: Read[RubricFile], plan: Plan | None, edits: list[Finding] | None = None) -> list[Finding]:
    """Check a rubric file that was read, against the plan of its year if there is one.

    Args:
        read: the rubrics.
        plan: their plan.
        edits: what the policy on edits found, where the rubrics were held against a revision.
    """
    found = [*read.findings, *(edits or ())]
    if read.record is not None:
        for number in range(len(read.record.rubrics)):
            check = RubricCheck(read.file, read.record, number, plan)
            for rule in RUBRIC_RULES:
                found.extend(rule(check))
    return finished(read.file, found, edits=edits is not None)


def check_score(read: Read[ScoreRecord], rubric: Rubric, plan: Plan) -> list[Finding]:
    """Check a unit's answers that were read, against the rubric they answer to."""
    return checked_score(read, rubric, plan)[0]


def checked_score(read: Read[ScoreRecord], rubric: Rubric, plan: Plan) -> tuple[list[Finding], Result | None]:
    """Check a unit's answers and score them, in one pass; the score is None where there is nothing to be scored."""
    if read.record is None:
        return finished(read.file, list(read.findings)), None
    check = ScoreCheck(read.file, read.record, rubric, plan)
    found = list(read.findings)
    for rule in SCORE_RULES:
        found.extend(rule(check))
    return finished(read.file, found), check.result
