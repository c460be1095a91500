"""What a unit's record answers of itself: the figures of its year."""

from __future__ import annotations

from datetime import date

from danvan_cli.files import shipped
from danvan_cli.plan.model import Plan
from danvan_cli.scoring.proposals import facts
from danvan_cli.unit.model import UnitRecord
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.yamlfile import YamlFile


def test_the_figures_are_those_of_the_year_and_not_of_its_last_quarter() -> None:
    """Both end on one day, whichever the plan names first."""
    text = shipped("plans/2023.yaml").read_text("utf-8")
    start, end = text.index("\ndeliverables:\n"), text.index("\nclosing:\n")
    for order in (("quarter", "year"), ("year", "quarter")):
        listed = "".join(
            f"  - {{id: {one}, kind: report, name: Báo cáo, owners: [all], every: {one}}}\n" for one in order
        )
        whole = f"{text[:start]}\ndeliverables:\n{listed}{text[end:]}"
        plan = as_read(Plan, YamlFile("plan.yaml", whole.encode())).record
        assert plan is not None
        record = UnitRecord.model_validate({"format": "danvan-unit/1", "unit": "so-y-te", "plan": "2023"}).model_copy(
            update={"indicators": {"tin-bai": {"quy-4": 5, "nam-2023": 90}}}
        )
        assert facts(plan, plan.unit_by_id["so-y-te"], record).figures["tin-bai"][0] == 90


def test_how_many_reports_were_late_says_of_which_that_is_known() -> None:
    plan = as_read(Plan, YamlFile("plan.yaml", shipped("plans/2023.yaml").read_bytes())).record
    assert plan is not None
    record = UnitRecord.model_validate(
        {"format": "danvan-unit/1", "unit": "so-y-te", "plan": "2023", "deliverables": {"6m": {"number": "1/BC-SYT"}}}
    )
    unit = plan.unit_by_id["so-y-te"]
    assert "reports-late" not in facts(plan, unit, record).figures
    sent = record.deliverables["6m"]
    assert sent is not None
    dated = record.model_copy(update={"deliverables": {"6m": sent.model_copy(update={"date": date(2023, 5, 20)})}})
    count, why = facts(plan, unit, dated).figures["reports-late"]
    assert (count, why.endswith("mới xét: 6m")) == (1, True)
