"""Plans of any shape, drawn at random: what is written in YAML is what is read and exported, and edits change no more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan_cli.papers.kinds.ke_hoach_tinh import province_plan
from danvan_cli.plan.labels import labelled_lines
from danvan_cli.plan.model import Plan
from danvan_cli.unit.model import fingerprint
from danvan_cli.yaml.read import read
from word_files import texts

SHAPES = Path(__file__).parents[1] / "fixtures" / "plans"
BASE: dict[str, Any] = json.loads(json.dumps(read(Plan, SHAPES / "mat-tran.yaml").file.root, default=str))
LETTERS = st.sampled_from("aăđêôươAĐ 0123456789.,;:!?()*_|`~#<>&{}%\"'\\/+-–…^=[]")
WORDS = st.text(LETTERS, min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(
    lambda text: text and text not in {"^", "<"} and not any(mark in text for mark in ("{{", "{%", "{#"))
)  # fmt: skip
LABELS = st.sampled_from(["1.", "a)", "-", "+", "I.", "(1)", "1.1.", "1.1.1.", "1-", "*", ""])


def table(draw: st.DrawFn, id_: str) -> dict[str, Any]:
    wide = draw(st.integers(2, 5))
    rows: list[dict[str, Any]] = []
    for at in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            rows.append({"cells": [draw(WORDS)]})
            continue
        joins = bool(rows) and len(rows[-1]["cells"]) == wide
        cells = [draw(WORDS) for _ in range(wide)]
        if joins and draw(st.booleans()):
            cells[-1] = "^"
        rows.append({"id": f"{id_}.r{at}", "owners": ["all"], "cells": cells})
    return {"columns": ["number", "text", "due", "product", "other"][:wide], "rows": rows}


@st.composite
def items(draw: st.DrawFn, id_: str, depth: int = 1) -> list[dict[str, Any]]:
    out = []
    for at in range(1, draw(st.integers(0, 3 if depth < 3 else 0)) + 1):
        own = f"{id_}.{at}"
        one: dict[str, Any] = {"id": own}
        kind = draw(st.sampled_from(["text", "title", "both", "table"]))
        if kind in {"title", "both"}:
            one["title"] = draw(WORDS)
        if kind in {"text", "both"}:
            one["text"] = draw(WORDS)
        if kind == "table":
            one["table"] = table(draw, own)
        elif draw(st.booleans()):
            one["owners"] = ["all"]
            one["product"] = draw(WORDS)
        if draw(st.integers(0, 4)) == 0:
            one["number"] = draw(st.sampled_from(["", "3.2", "II.", "*"]))
        one["items"] = draw(items(own, depth + 1))
        out.append(one)
    return out


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    sections = [
        {"id": f"S{at}", "heading": f"{draw(st.sampled_from(['I', 'II', 'II']))}. {draw(WORDS)}", "kind": draw(st.sampled_from(
            ["tasks", "text", "duties"])), "labels": draw(st.lists(LABELS, max_size=4)), "items": draw(items(f"S{at}"))}
        for at in range(draw(st.integers(1, 3)))
    ]  # fmt: skip
    return BASE | {"sections": sections, "deliverables": []}


def taken_up(tree: dict[str, Any], folder: Path) -> Plan:
    path = folder / "2026.yaml"
    path.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")  # JSON is YAML
    held = read(Plan, path)
    return held.record or pytest.fail(str(held.findings[:3]))


MANY = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@MANY
@given(plans())
def test_what_is_written_is_read_and_exported(tmp_path: Path, tree: dict[str, Any]) -> None:
    from danvan_cli.desk.made import make

    plan = taken_up(tree, tmp_path)
    wanted: list[str] = []
    for line in labelled_lines(plan.sections):
        if line.table is None:
            wanted.append(line.text)
        else:
            wanted += [cell for row in line.table.rows for cell in row.cells if cell != "^"]
    path = tmp_path / "a.docx"
    path.write_bytes(make(province_plan(plan), None).data)
    assert wanted
    written = [" ".join(text.split()) for text in texts(path)]
    at = written.index(" ".join(wanted[0].split()))
    found = [text for text in written[at:] if text]
    assert found[: len([one for one in wanted if one])] == [" ".join(one.split()) for one in wanted if one]


@MANY
@given(plans(), st.data())
def test_what_an_edit_does_not_touch_keeps_its_fingerprint(
    tmp_path: Path, tree: dict[str, Any], data: st.DataObject
) -> None:
    old = taken_up(tree, tmp_path)
    new_tree = json.loads(json.dumps(tree))
    new_tree["sections"].insert(0, {"id": "X", "heading": "X. KHÁC", "kind": "tasks",
                                    "items": [{"id": "X.1", "owners": ["all"], "text": "Việc mới."}]})  # fmt: skip
    edited = data.draw(st.sampled_from(old.tasks)) if old.tasks else None
    for one in list(walked(new_tree["sections"])):
        if edited and one.get("id") == edited.id and "text" in one:
            one["text"] += " Thêm chữ."
    new = taken_up(new_tree, tmp_path)
    same = {task.id for task in old.tasks if new.task_by_id[task.id].text == task.text}
    assert {id_ for id_ in same if fingerprint(old.task_by_id[id_]) != fingerprint(new.task_by_id[id_])} == set()
    changed = {task.id for task in old.tasks} - same
    assert changed <= (
        {edited.id} | {task.id for task in old.tasks if edited and edited.id.startswith(f"{task.id}.")}
        if edited
        else set()
    )
    if edited and edited.id in changed:
        assert fingerprint(old.task_by_id[edited.id]) != fingerprint(new.task_by_id[edited.id])


def walked(node: Any) -> Any:
    for one in node if isinstance(node, list) else node.values() if isinstance(node, dict) else ():
        if isinstance(one, dict):
            yield one
        yield from walked(one)
