"""The plan's model: who owners are, what a letter needs, what can be cited."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from danvan_cli.plan.figures import Check
from danvan_cli.plan.head import Signer, signer
from danvan_cli.plan.model import Deliverable, Period, Plan, Unit
from danvan_cli.yaml.read import read as read_as

SHIPPED = Path(__file__).parents[2] / "plans" / "2023.yaml"


@pytest.fixture(scope="module")
def plan() -> Plan:
    read = read_as(Plan, SHIPPED).record
    assert read is not None
    return read


def test_all_binds_every_unit(plan: Plan) -> None:
    assert plan.bound(["all"]) == plan.units


def test_a_block_binds_its_units_and_a_unit_itself(plan: Plan) -> None:
    bound = plan.bound(["so-y-te", "huyen"])
    assert [unit.id for unit in bound if unit.block != "huyen"] == ["so-y-te"]
    assert len(bound) == 1 + sum(unit.block == "huyen" for unit in plan.units)


@pytest.mark.parametrize("owners", [["all"], ["huyen"], ["so-y-te"], ["dai-ptth-bao", "so-ban-nganh"], ["none"]])
def test_binds_and_bound_say_the_same(plan: Plan, owners: list[str]) -> None:
    assert [unit for unit in plan.units if plan.binds(owners, unit)] == plan.bound(owners)


def test_a_letter_takes_from_the_unit_then_the_block_then_the_issuer(plan: Plan) -> None:
    health, town = plan.unit_by_id["so-y-te"], plan.unit_by_id["tp-dong-xoai"]
    block = plan.block_by_id[health.block]
    assert plan.letter(health).superior == block.superior
    assert plan.letter(health).place == (block.place or plan.issuer.place)
    assert plan.letter(town).place == town.place == "Đồng Xoài"


def test_a_locality_has_no_superior_in_its_letterhead(plan: Plan) -> None:
    assert {plan.letter(unit).superior for unit in plan.units if unit.block == "huyen"} == {None}


def test_recipients_have_names(plan: Plan) -> None:
    assert plan.recipient("so-noi-vu") == "Sở Nội vụ"
    assert plan.recipient(plan.issuer.id) == plan.issuer.name


def test_every_text_that_can_cite_is_walked_once(plan: Plan) -> None:
    places = list(plan.places())
    assert len({loc for _, loc, _ in places}) == len(places)
    assert len([1 for _, loc, _ in places if loc[:2] == ("sections", 1)]) == 7 + 20


def deliverable(**more: Any) -> dict[str, Any]:
    return {"id": "x", "kind": "report", "name": "Báo cáo", "owners": ["all"], **more}


def owing(plan: Plan, listed: list[Deliverable]) -> Plan:
    """Give a plan that asks for other things; nothing is kept of what it asked for."""
    kept = {key: value for key, value in plan.__dict__.items() if key in Plan.model_fields}
    return Plan.model_construct(**{**kept, "listed": listed})


def test_a_deliverable_has_one_date() -> None:
    assert Deliverable(**deliverable(before=date(2023, 5, 10))).by is None
    with pytest.raises(ValidationError, match="danvan_rule"):
        Deliverable(**deliverable(before=date(2023, 5, 10), by=date(2023, 5, 10)))


@pytest.mark.parametrize(
    ("owners", "more", "periodic"),
    [
        (["all"], {"period": "6m"}, True),
        (["all"], {}, False),
        (["all"], {"period": "6m", "kind": "plan"}, False),
        (["dai-ptth-bao"], {"period": "6m"}, False),  # who owes what all owe for it, too
        (["so-y-te", "huyen"], {"period": "9m"}, True),
        (["so-y-te"], {"every": "quarter"}, True),
        (["all"], {"period": "6m", "name": "Báo cáo chuyên đề dân chủ"}, False),
    ],
)
def test_a_periodic_report_is_for_a_period_and_not_what_some_owe_besides(
    plan: Plan, owners: list[str], more: dict[str, Any], periodic: bool
) -> None:
    plan = owing(plan, [*plan.listed, Deliverable(**{**deliverable(**more), "owners": owners})])
    mine = [one.id for one in plan.deliverables if one.id.startswith("x")]
    assert {one in plan.periodic for one in mine} == {periodic}
    assert plan.periodic >= {"6m", "1y"}
    assert plan.periodic.isdisjoint({"dai-6m", "dai-1y", "ke-hoach", "tu-cham", "chuyen-de", "dot-xuat"})


def test_reports_of_two_blocks_for_one_period_are_both_periodic(plan: Plan) -> None:
    blocks = ("huyen", "so-ban-nganh")
    two = [Deliverable(**{**deliverable(period="9m"), "id": block, "owners": [block]}) for block in blocks]
    assert owing(plan, two).periodic == {*blocks}
    asked = Deliverable(**{**deliverable(period="9m", on_request=True), "id": "hoi"})
    assert owing(plan, [*two, asked]).periodic == {*blocks, "hoi"}, "what may be asked of all changes no block's report"


@pytest.mark.parametrize(
    ("model", "data"),
    [
        (Period, {"id": "x", "name": "x"}),
        (Unit, {"id": "x", "name": "x", "abbr": "X", "block": "b"}),
        (Signer, {"name": "x", "lines": ["GIÁM ĐỐC"]}),
    ],
)
def test_what_ends_does_not_end_before_it_begins(model: type[Period | Unit | Signer], data: dict[str, Any]) -> None:
    one_day = {"from": date(2023, 1, 1), "to": date(2023, 1, 1)}
    assert model.model_validate(data | one_day).start == date(2023, 1, 1)
    with pytest.raises(ValidationError, match="danvan_rule"):
        model.model_validate(data | {"from": date(2023, 1, 2), "to": date(2023, 1, 1)})


@pytest.mark.parametrize(
    ("written", "sides"),
    [
        ("a + b = c", (["a", "b"], "=", ["c"])),
        ("a <= b-1", (["a"], "<=", ["b-1"])),
        ("a >= b + c", (["a"], ">=", ["b", "c"])),
    ],
)
def test_a_check_of_figures_is_read(written: str, sides: tuple[list[str], str, list[str]]) -> None:
    assert Check(id="x", check=written, says="x").sides == sides


@pytest.mark.parametrize("written", ["a", "a < b", "a = b = c", "a - b = c", "A = b", "a=b", "a = b\n"])
def test_what_is_no_check_of_figures_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        Check(id="x", check=written, says="x")


def test_the_code_of_a_locality_may_be_a_figure_but_no_yes() -> None:
    unit = {"id": "x", "name": "x", "abbr": "X", "block": "b"}
    assert Unit(**unit, code=689).code == "689"  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        Unit(**unit, code=True)  # type: ignore[arg-type]


def test_who_signs_depends_on_the_day() -> None:
    first = Signer(name="A", lines=["GIÁM ĐỐC"], end=date(2023, 5, 31))
    second = Signer(name="B", lines=["GIÁM ĐỐC"], start=date(2023, 6, 2))
    unit = Unit(id="x", name="x", abbr="X", block="b", signers=[first, second])
    assert signer(unit, date(2023, 5, 31)) == first
    assert signer(unit, date(2023, 6, 1)) is None
    assert signer(unit, date(2023, 6, 2)) == second
