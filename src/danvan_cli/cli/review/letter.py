"""`danvan review letter`: the letter in which a unit explains the points that differ."""

from danvan_cli.cli.made import tell_document
from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import Force, Output, PlanFile, UnitArgument
from danvan_cli.lang import _

EXAMPLES = (("danvan review letter so-y-te", _("công văn giải trình các tiêu chí lệch điểm, ở units/so-y-te/out/")),)


def run(unit: UnitArgument = None, output: Output = None, force: Force = False, plan: PlanFile = None) -> None:
    """Make the letter."""
    from danvan_cli.desk.ranks import explanation
    from danvan_cli.desk.reviews import Reviews

    tell_document(explanation(Reviews(opened_plan(plan)), unit, output, force=force))
