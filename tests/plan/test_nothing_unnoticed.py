"""No edit of a plan goes unnoticed: whatever value changes, `plan_changes` tells it, and the policy asks for its ground."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.plan.changes import plan_changes
from danvan_cli.plan.model import Plan
from danvan_cli.rules.edits import Edit, UnitsHold, policy
from danvan_cli.yaml.read import read as read_as
from danvan_cli.yaml.yamlfile import YamlFile

ROOT = Path(__file__).parents[2]
READ = read_as(Plan, ROOT / "plans" / "2023.yaml")
ISSUED = READ.record or pytest.fail("the shipped plan cannot be read")
ENTRIES = """
amendments: [{revision: 2, type: Kế hoạch, number: 5/KH-UBND, date: 2023-02-01, covers: [6m]}]
extensions: [{units: [so-y-te], deliverable: 6m, by: 2023-05-20, number: 3/UBND-NC, date: 2023-05-05}]
exemptions: [{units: [so-y-te], deliverables: [1y], number: 4/UBND-NC, date: 2023-05-05}]
requests: [{id: dan-chu, name: Báo cáo, owners: [all], by: 2023-08-01, number: 5/UBND-NC, date: 2023-07-01}]
"""
TREE: dict[str, Any] = json.loads(json.dumps(READ.file.root, default=str)) | YamlFile("a", ENTRIES.encode()).root
TREE["revision"] = 2
TREE["settings"] = {"before_includes_day": False, "evidence_days": 100}
PLAN = Plan.model_validate(json.loads(json.dumps(TREE, default=str)))
UNSEEN = {("format",)}


def leaves(node: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [place for part, value in inner for place in leaves(value, (*at, part))] or [at]


def other(value: Any) -> Any:
    """Give another value of the same kind."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            try:
                return (date.fromisoformat(value) + timedelta(days=1)).isoformat()
            except ValueError:
                return f"{value}-x" if value.isascii() and " " not in value else f"{value} khác"
    return "khác"


def with_other(place: tuple[Any, ...]) -> Plan | None:
    copy = json.loads(json.dumps(TREE, default=str))
    node = copy
    for part in place[:-1]:
        node = node[part]
    node[place[-1]] = other(node[place[-1]])
    try:
        return Plan.model_validate(copy)
    except ValueError:
        return None  # no plan any more: check tells that


def sampled() -> list[tuple[Any, ...]]:
    """Give the places of a plan: all kinds, of each kind a few."""
    kinds: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    for place in leaves(TREE):
        kinds.setdefault(tuple(part for part in place if isinstance(part, str)), []).append(place)
    draw = random.Random(1)
    return [place for places in kinds.values() for place in draw.sample(places, min(3, len(places)))]


def test_every_value_that_changes_is_told() -> None:
    changed = {place: with_other(place) for place in sampled()}
    plans = {place: plan for place, plan in changed.items() if plan is not None and plan != PLAN}
    assert len(plans) > len(changed) / 2
    assert {place for place, plan in plans.items() if not plan_changes(PLAN, plan)} <= UNSEEN


def edit(new: Plan) -> Edit:
    return Edit(ISSUED, new, READ.file, None, None, None, lambda: UnitsHold({}, {}, {}), date(2023, 2, 1))


CONTENT = [place for place in leaves(json.loads(json.dumps(READ.file.root, default=str)))
           if place[0] in {"sections", "deliverables", "opening", "closing"} and "labels" not in place
           and place[-1] in {"text", "before", "title", "name", "period", "to"} | set(range(9))]  # fmt: skip


@given(st.lists(st.sampled_from(CONTENT), min_size=1, max_size=4, unique=True))
def test_issued_content_changes_only_with_an_amendment_that_covers_it(places: list[tuple[Any, ...]]) -> None:
    tree = json.loads(json.dumps(READ.file.root, default=str))
    for place in places:
        node = tree
        for part in place[:-1]:
            node = node[part]
        node[place[-1]] = other(node[place[-1]])
    new = Plan.model_validate(tree)
    bare = edit(new)
    if not bare.changes:  # the same units under another name
        return
    assert {"DV601", "DV606"} <= {one.rule for one in policy(bare)}
    covers = sorted({one.id for one in bare.needing})
    amendment = {"revision": 2, "type": "Kế hoạch", "number": "5/KH-UBND", "date": "2023-01-20", "covers": covers}
    allowed = edit(Plan.model_validate(tree | {"revision": 2, "amendments": [amendment]}))
    assert policy(allowed) == []
    letter = edit(Plan.model_validate(tree | {"revision": 2, "amendments": [amendment | {"type": "Công văn"}]}))
    assert {one.rule for one in policy(letter)} == {"DV607"}
