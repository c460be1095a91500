"""The rules of rubrics and of answers to them; apart from `check`, whose users mostly need neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.findings.rule import ask_rules
from danvan_cli.rules.check import finished
from danvan_cli.rules.rubrics import RubricCheck
from danvan_cli.rules.scores import ScoreCheck

if TYPE_CHECKING:
    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.model import Plan
    from danvan_cli.scoring.model import Rubric, RubricFile, ScoreRecord
    from danvan_cli.scoring.proposals import Facts
    from danvan_cli.scoring.result import Result
    from danvan_cli.yaml.read import Read


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
            found += ask_rules(RubricCheck(read.file, read.record, number, plan))
    return finished(read.file, found, edits=edits is not None)


def check_score(read: Read[ScoreRecord], rubric: Rubric, plan: Plan, known: Facts | None = None) -> list[Finding]:
    """Check a unit's answers that were read, against the rubric they answer to, and what the unit's record says."""
    return checked_score(read, rubric, plan, known)[0]


def checked_score(
    read: Read[ScoreRecord], rubric: Rubric, plan: Plan, known: Facts | None = None
) -> tuple[list[Finding], Result | None]:
    """Check a unit's answers and score them, in one pass; the score is None where there is nothing to be scored."""
    if read.record is None:
        return finished(read.file, list(read.findings)), None
    check = ScoreCheck(read.file, plan, read.record, rubric, known)
    return finished(read.file, [*read.findings, *ask_rules(check)]), check.result
