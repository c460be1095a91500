"""`danvan review team`: the draft of the decision that founds the team."""

from danvan_cli.cli.made import tell_document
from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import Force, Output, PlanFile
from danvan_cli.lang import _

EXAMPLES = (("danvan review team", _("dự thảo quyết định ở build/xep-loai/")),)


def run(output: Output = None, force: Force = False, plan: PlanFile = None) -> None:
    """Make the draft."""
    from danvan_cli.desk.ranks import team_decision
    from danvan_cli.desk.reviews import Reviews

    tell_document(team_decision(Reviews(opened_plan(plan)), output, force=force))
