"""The shipped plan says what was issued: word for word, in order, nothing missing and nothing added."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ISSUED = ROOT / "tests" / "fixtures" / "ke-hoach-2023.txt"
PLAN = ROOT / "plans" / "2023.yaml"

Plan = dict[str, Any]


@pytest.fixture(scope="module")
def plan() -> Plan:
    loaded: Plan = yaml.safe_load(PLAN.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def issued() -> list[str]:
    return [line for line in ISSUED.read_text(encoding="utf-8").splitlines() if line]


def paragraphs(plan: Plan) -> list[str]:
    """The plan's paragraphs in the issued order, with the labels that the data leaves out."""
    found = ["KẾ HOẠCH", plan["title"]]
    found += [one["text"] for one in plan["opening"]]
    aims, areas, duties = plan["sections"]
    found.append(aims["heading"])
    found += [f"{n}. {aim['text']}" for n, aim in enumerate(aims["items"], 1)]
    found.append(areas["heading"])
    for n, area in enumerate(areas["items"], 1):
        found.append(f"{n}. {area['title']}")
        found += [task["text"] for task in area["items"]]
    found.append(duties["heading"])
    for n, duty in enumerate(duties["items"], 1):
        found.append(f"{n}. {duty['title']}")
        found += [duty["text"]] if "text" in duty else []
        found += [
            f"{letter}) {point['text']}" for letter, point in zip("abcdđeghiklm", duty.get("items", []), strict=False)
        ]
    found += [one["text"] for one in plan["closing"]]
    found.append("Nơi nhận:")
    *others, last = plan["recipients"]
    found += [*(f"- {one};" for one in others), f"- {last}."]
    return [*found, *plan["signature"]["lines"], plan["signature"]["name"]]


def test_plan_holds_every_issued_paragraph_in_order_and_no_other(plan: Plan, issued: list[str]) -> None:
    assert paragraphs(plan) == issued


def test_plan_counts_seven_areas_with_twenty_tasks(plan: Plan) -> None:
    assert [len(area["items"]) for area in plan["sections"][1]["items"]] == [3, 4, 4, 3, 3, 1, 2]


def test_ids_name_the_place_where_a_paragraph_stands(plan: Plan) -> None:
    aims, areas, duties = (section["items"] for section in plan["sections"])
    assert [aim["id"] for aim in aims] == ["I.1", "I.2", "I.3"]
    for n, area in enumerate(areas, 1):
        assert area["id"] == f"II.{n}"
        assert [task["id"] for task in area["items"]] == [f"II.{n}.{k}" for k, _ in enumerate(area["items"], 1)]
    assert [duty["id"] for duty in duties] == ["III.1", "III.2", "III.3"]
    assert [point["id"] for point in duties[2]["items"]] == ["III.3a", "III.3b", "III.3c"]


def test_section_two_names_no_owner_so_none_is_invented(plan: Plan) -> None:
    assert {tuple(task["owners"]) for area in plan["sections"][1]["items"] for task in area["items"]} == {("all",)}


def test_dates_are_given_only_where_the_issued_text_gives_them(plan: Plan, issued: list[str]) -> None:
    dated = {one["id"]: one["before"] for one in plan["deliverables"] if "before" in one}
    assert set(dated) == {"tu-cham", "6m", "1y"}
    text = "\n".join(issued)
    for day in dated.values():
        assert f"trước ngày {day.day}/{day.month}/{day.year}" in text


def test_register_cites_each_document_where_the_text_names_it(plan: Plan) -> None:
    places = {one["id"]: one["text"] for key in ("opening", "closing") for one in plan[key]}
    below = [one for section in plan["sections"] for one in section["items"]]
    below += [one for item in below for one in item.get("items", [])]
    places |= {one["id"]: one["text"] for one in below if "text" in one}
    for document in plan["documents"]:
        name = f"{document['type']} số {document['symbol']}" if "symbol" in document else document["title"]
        assert document["cited"] == [place for place, text in places.items() if name in text]
    assert len(plan["documents"]) == 15
