"""Plans of other shapes: every value that is changed is told once, and issued content needs an amendment."""

from __future__ import annotations

import copy
import json
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from tests.plan.test_nothing_unnoticed import leaves, other

from danvan_cli.plan.changes import plan_changes
from danvan_cli.plan.model import Plan
from danvan_cli.rules.edits import Edit, UnitsHold, policy
from danvan_cli.yaml.read import read as read_as

Place = tuple[Any, ...]
SHAPES = sorted((Path(__file__).parents[1] / "fixtures" / "plans").glob("*.yaml"))
WHOLE = pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
# What an id, a link or a name of ours says is not in the issued text; nor is a table's way of being shown.
OURS = {"id", "label", "kind", "landscape", "indicator", "duty", "without", "columns", "widths", "owners", "subject"}


def tree_of(path: Path) -> dict[str, Any]:
    tree: dict[str, Any] = json.loads(json.dumps(read_as(Plan, path).file.root, default=str))
    for value in numbers(tree):
        value["value"] = int(float(value["value"]))
    return tree


def numbers(node: Any) -> list[dict[str, Any]]:
    inner = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
    here = [node] if isinstance(node, dict) and "value" in node else []
    return here + [one for value in inner for one in numbers(value)]


def edited(tree: dict[str, Any], place: Place) -> Plan | None:
    new = copy.deepcopy(tree)
    node: Any = new
    for part in place[:-1]:
        node = node[part]
    node[place[-1]] = other(node[place[-1]])
    try:
        return Plan.model_validate(new)
    except ValueError:
        return None  # no plan any more: check tells that


def edits(path: Path) -> tuple[Plan, dict[Place, Plan]]:
    tree = tree_of(path)
    old = Plan.model_validate(tree)
    changed = {place: edited(tree, place) for place in leaves(tree)}
    return old, {place: plan for place, plan in changed.items() if plan is not None and plan != old}


def needing(old: Plan, new: Plan) -> set[str]:
    nobody = UnitsHold({}, {}, {})
    edit = Edit(old, new, read_as(Plan, SHAPES[0]).file, None, None, None, lambda: nobody, date(2026, 1, 1))
    return {one.rule for one in policy(edit)}


@WHOLE
def test_every_value_that_changes_is_told_once(path: Path) -> None:
    old, plans = edits(path)
    assert len(plans) > 60
    told: dict[Place, list[str]] = {}
    for place, plan in plans.items():
        said = plan_changes(old, plan)
        if place[0] in {"blocks", "parties", "periods"} and place[-1] == "id":  # one came, one went
            assert len(said) > 1
        elif place[-1] == "block":  # who changes the block has other tasks
            assert "unit-block" in {one.kind for one in said}
        elif "cells" in place:  # what goes on in the rows below is said of each of them
            told[place] = sorted({one.kind for one in said})
        else:
            told[place] = [one.kind for one in said]
    assert {place: kinds for place, kinds in told.items() if len(kinds) != 1} == {}


@WHOLE
def test_issued_content_needs_an_amendment(path: Path) -> None:
    old, plans = edits(path)
    issued = {place: plan for place, plan in plans.items() if place[0] in {"sections", "deliverables", "opening", "closing"}
              and OURS.isdisjoint(place)}  # fmt: skip
    assert len(issued) > 20
    assert {place for place, plan in issued.items() if "DV601" not in needing(old, plan)} == set()


def changes(path: Path, edit: Any) -> list[tuple[str, str]]:
    tree = tree_of(path)
    old = Plan.model_validate(tree)
    edit(tree)
    return [(one.kind, one.id) for one in plan_changes(old, Plan.model_validate(tree))]


CCHC = next(path for path in SHAPES if path.stem == "cai-cach")


def rows(tree: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tree["sections"][5]["items"][0]["table"]["rows"]
    return found


def test_a_row_that_comes_or_goes_moves_no_other() -> None:
    assert changes(CCHC, lambda tree: rows(tree).insert(0, {"cells": ["I. NHÓM MỚI"]})) == [("text-added", "PL.1")]
    assert changes(CCHC, lambda tree: rows(tree).pop(0)) == [("text-removed", "PL.1")]


def test_a_heading_that_gets_its_first_task_is_no_new_area() -> None:
    empty = {"id": "II.3", "title": "Mục mới", "text": "Lời dẫn."}
    tree = tree_of(CCHC)
    tree["sections"][1]["items"].append(empty)
    old = Plan.model_validate(tree)
    empty["items"] = [{"id": "II.3.1", "owners": ["all"], "text": "Việc mới."}]
    assert [(one.kind, one.id) for one in plan_changes(old, Plan.model_validate(tree))] == [("task-added", "II.3.1")]


def test_a_task_that_binds_nobody_any_more_is_told_as_a_task() -> None:
    def unbound(tree: dict[str, Any]) -> None:
        del tree["sections"][1]["items"][0]["items"][0]["owners"]

    assert changes(CCHC, unbound) == [("task-removed", "II.1.1")]


def test_a_task_that_goes_to_another_area_is_told() -> None:
    def moved(tree: dict[str, Any]) -> None:
        one, other = tree["sections"][1]["items"]
        other["items"].append(one["items"].pop(0))

    assert changes(CCHC, moved) == [("task-moved", "II.1.1")]


def test_days_that_have_passed_are_not_moved_in_words_either() -> None:
    def ruled(edit: Any) -> list[str]:
        tree = tree_of(CCHC)
        old = Plan.model_validate(tree)
        edit(tree)
        nobody = UnitsHold({}, {}, {})
        file = read_as(Plan, CCHC).file
        found = policy(Edit(old, Plan.model_validate(tree), file, None, None, None, lambda: nobody, date(2026, 3, 20)))
        return [one.message for one in found if one.rule == "DV602"]

    (said,) = ruled(lambda tree: tree["deliverables"][0].update(due="trước ngày 25 hằng tháng"))
    assert "thang: thời hạn 17/01/2026 đã qua" in said
    (said,) = ruled(lambda tree: tree["sections"][1]["items"][1]["items"][0].update(due="trước ngày 20/4"))
    assert "II.2.1: thời hạn 14/3/2026 đã qua" in said
    assert ruled(lambda tree: tree["sections"][1]["items"][0]["items"][0].update(due="Quý III/2026")) == []


def test_a_long_table_of_equal_rows_is_compared_at_once() -> None:
    tree = tree_of(CCHC)
    rows(tree)[1:] = [{"cells": ["x"]} for _ in range(3000)]
    old = Plan.model_validate(tree)
    rows(tree).insert(1500, {"cells": ["khác"]})
    start = perf_counter()
    assert [(one.kind, one.words) for one in plan_changes(old, Plan.model_validate(tree))] == [
        ("text-added", (("+", "khác"),))
    ]
    assert perf_counter() - start < 3
