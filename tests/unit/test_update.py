"""A plan's edits in a unit's file: what comes in, what is marked, what waits, and that all the unit wrote stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.plan.model import Area, Task, Unit
from danvan_cli.unit.adopt import Revisions, keep_revision, scaffold
from danvan_cli.unit.model import UnitRecord, fingerprint, owed
from danvan_cli.unit.update import Update, applied, compare
from danvan_cli.workspace import Workspace
from danvan_cli.yaml.read import Read, as_read
from danvan_cli.yaml.yamlfile import YamlFile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from danvan_cli.plan.model import Plan

PLAN = Path(__file__).parents[2] / "plans" / "2023.yaml"
TODAY = date(2023, 8, 1)
OLD, NEW = "0" * 12, "1" * 12


def with_areas(plan: Plan, areas: Sequence[Area]) -> Plan:
    body = plan.model_dump(by_alias=True)
    section = next(one for one in body["sections"] if one["kind"] == "tasks")
    keys = ("id", "label", "owners", "due", "text", "ended")
    section["items"] = [
        {"id": area.id, "title": area.title, "items": [{key: getattr(one, key) for key in keys} for one in area.tasks]}
        for area in areas
    ]
    return plan.__class__.model_validate(body)


def with_tasks(plan: Plan, change: Callable[[Task], Sequence[Task]]) -> Plan:
    """Make a plan in which each task is what `change` makes of it."""
    areas = [(area, [one for task in area.tasks for one in change(task)]) for area in plan.areas]
    return with_areas(plan, [replace(area, tasks=tasks) for area, tasks in areas if tasks])


def with_units(plan: Plan, *units: dict[str, Any]) -> Plan:
    body = plan.model_dump(by_alias=True)
    changed = {one["id"]: one for one in units}
    body["units"] = [one | changed.pop(one["id"], {}) for one in body["units"]] + list(changed.values())
    return plan.__class__.model_validate(body)


def task(id: str, text: str = "Việc mới.", **more: Any) -> Task:
    return Task(id=id, label=f"Việc {id}", owners=more.pop("owners", ["all"]), text=text, **more)


def read(text: str | bytes) -> Read[UnitRecord]:
    found = as_read(UnitRecord, YamlFile("unit.yaml", text if isinstance(text, bytes) else text.encode()))
    assert found.findings == []
    return found


def known(*plans: Plan) -> Callable[[str, str | None], Task | None]:
    tasks = {fingerprint(one): one for plan in plans for one in plan.tasks}
    return lambda digest, _name: tasks.get(digest)


def updated(text: str, before: Plan, after: Plan, name: str = "so-y-te", today: date = TODAY) -> tuple[Update, str]:
    """Bring a file from one plan to another; give what changed, and the file's text."""
    unit, file = after.unit_by_id[name], read(text)
    assert file.record is not None
    update = compare(after, unit, file.record, known(before), today)
    return update, applied(file.file, update, after, unit, NEW).decode() if update.takes else text


def kept(before: str, after: str) -> bool:
    """Tell whether every line of a text but that of `adopted` is in another, in order, byte for byte."""
    rest = iter(after.splitlines(keepends=True))
    lines = [line for line in before.splitlines(keepends=True) if not line.startswith("adopted:")]
    return all(line in rest for line in lines)


@pytest.fixture(scope="module")
def unit(plan: Plan) -> Unit:
    return plan.unit_by_id["so-y-te"]


@pytest.fixture(scope="module")
def file(plan: Plan, unit: Unit) -> str:
    return scaffold(plan, unit, OLD)


# What comes in


def test_a_file_that_is_up_to_date_takes_nothing_in(plan: Plan, file: str) -> None:
    assert updated(file, plan, plan) == (Update(), file)


def test_a_new_task_stands_where_a_fresh_file_has_it(plan: Plan, unit: Unit, file: str) -> None:
    after = with_tasks(plan, lambda one: [one, task("II.2.9")] if one.id == "II.2.2" else [one])
    update, text = updated(file, plan, after)
    assert [one.id for one in update.added] == ["II.2.9"]
    assert text == scaffold(after, unit, NEW)


def test_a_new_area_comes_with_its_heading(plan: Plan, unit: Unit, file: str) -> None:
    new = Area(id="II.1a", title="Nội dung mới " * 12, tasks=[task("II.1a.1"), task("II.1a.2", "Việc khác.")])
    after = with_areas(plan, [plan.areas[0], new, *plan.areas[1:]])
    update, text = updated(file, plan, after)
    assert [one.id for one in update.added] == ["II.1a.1", "II.1a.2"]
    assert text == scaffold(after, unit, NEW)


def test_the_first_task_of_an_area_goes_below_the_heading_that_is_there(plan: Plan, unit: Unit) -> None:
    none = with_tasks(plan, lambda one: [replace(one, owners=["so-noi-vu"])] if one.id[:5] == "II.3." else [one])
    update, text = updated(scaffold(none, unit, OLD), none, plan)
    assert {one.id[:5] for one in update.added} == {"II.3."}
    assert text == scaffold(plan, unit, NEW)


def test_comments_below_a_task_stay_with_it(plan: Plan, file: str) -> None:
    mine = file.replace("  II.1.3:", "    # của tôi, về II.1.2\n\n      # nữa\n  II.1.3:", 1)
    after = with_tasks(plan, lambda one: [one, task("II.1.9")] if one.id == "II.1.2" else [one])
    text = updated(mine, plan, after)[1]
    assert kept(mine, text)
    assert text.index("# của tôi") < text.index("# nữa") < text.index("II.1.9:") < text.index("  II.1.3:")


@pytest.mark.parametrize("tasks", ["", "tasks: {}\n", "tasks: {II.1.1: {status: done}}  # gọn\n"])
def test_a_file_of_another_layout_takes_new_tasks_too(plan: Plan, tasks: str) -> None:
    mine = f'# của tôi\nformat: danvan-unit/1\nunit: so-y-te\nplan: "2023"\n{tasks}drafter: Văn phòng\n'
    text = updated(mine, plan, plan)[1]
    record = read(text).record
    assert record is not None
    assert set(record.tasks) == set(plan.task_by_id)
    assert record.adopted == NEW
    assert "# của tôi\n" in text
    assert ("# gọn" in text) == ("# gọn" in mine)


# What ends, what returns


def test_a_task_that_is_gone_is_marked_and_nothing_of_it_is_lost(plan: Plan, file: str) -> None:
    after = with_tasks(plan, lambda one: [] if one.id == "II.1.2" else [one])
    update, text = updated(file, plan, after)
    assert update.ended == ["II.1.2"]
    assert kept(file, text)
    record = read(text).record
    assert record is not None
    assert record.tasks["II.1.2"].ended == NEW
    assert updated(text, plan, after) == (Update(), text)


def test_a_task_given_to_others_is_marked_and_comes_back_when_it_is_given_back(plan: Plan, file: str) -> None:
    taken = with_tasks(plan, lambda one: [replace(one, owners=["so-noi-vu"])] if one.id == "II.1.2" else [one])
    update, text = updated(file, plan, taken)
    assert (update.ended, update.suspect) == (["II.1.2"], [])
    again, back = updated(text, taken, plan)
    assert [one.id for one in again.returned] == ["II.1.2"]
    record = read(back).record
    assert record is not None
    assert record.tasks["II.1.2"].ended is None


def test_a_task_under_another_id_takes_what_is_recorded_along(plan: Plan, file: str) -> None:
    mine = file.replace("  II.1.2:", '  "II.1.2":', 1).replace('fingerprint: "bbb', '# tôi\n    fingerprint: "bbb', 1)
    after = with_tasks(plan, lambda one: [replace(one, id="II.1.20")] if one.id == "II.1.2" else [one])
    update, text = updated(mine, plan, after)
    assert (update.renamed, update.added, update.ended) == ([("II.1.2", "II.1.20")], [], [])
    assert text == mine.replace('"II.1.2":', "II.1.20:").replace(OLD, NEW)


# What has changed


def test_a_changed_task_shows_its_words_and_keeps_its_fingerprint(plan: Plan, file: str) -> None:
    def change(one: Task) -> list[Task]:
        said = {
            "text": one.text.replace("Thường xuyên", "Kịp thời", 1),
            "due": date(2023, 9, 30),
            "owners": ["so-y-te"],
        }
        return [replace(one, **said) if one.id == "II.1.2" else one]

    update, text = updated(file, plan, with_tasks(plan, change))
    (suspect,) = update.suspect
    assert (update.takes, text) == (0, file)
    assert ("-", "Thường xuyên") in suspect.words
    assert ("+", "Kịp thời") in suspect.words
    assert list(suspect.remarks) == ["thời hạn: không có → 30/9/2023", "ai thực hiện: all → so-y-te"]


def test_without_the_old_plan_the_change_is_told_without_its_words(plan: Plan, file: str) -> None:
    after = with_tasks(plan, lambda one: [replace(one, text="Khác.")] if one.id == "II.1.2" else [one])
    (suspect,) = updated(file, after, after)[0].suspect
    assert suspect.words == ()
    assert ".adopted" in next(suspect.remarks)


def test_the_old_words_are_found_in_any_revision_that_was_kept(plan: Plan, tmp_path: Path) -> None:
    name = keep_revision(Workspace(tmp_path), PLAN.read_bytes())
    (tmp_path / "plans" / ".adopted" / "hong.yaml").write_text("tasks: [", encoding="utf-8")
    one = plan.tasks[3]
    for first in (name, "ffffffffffff", "../x", None):
        assert Revisions(Workspace(tmp_path)).task(fingerprint(one), first) == one
    assert Revisions(Workspace(tmp_path)).task("0" * 12, None) is None


# Successors


def merged(plan: Plan) -> Plan:
    """Give a plan in which so-y-te ends in mid-year and so-moi goes on, with what so-y-te was named for."""
    body = with_units(
        plan,
        {"id": "so-y-te", "to": "2023-06-30", "successors": ["so-moi"]},
        {"id": "so-moi", "name": "Sở Mới", "abbr": "SM", "block": "so-ban-nganh", "from": "2023-07-01"},
    )
    return with_tasks(body, lambda one: [one, task("II.1.9", owners=["so-y-te"])] if one.id == "II.1.3" else [one])


def test_a_successor_takes_the_duties_over_and_names_its_predecessor(plan: Plan) -> None:
    after = merged(plan)
    heir = after.unit_by_id["so-moi"]
    before = with_units(plan, {"id": "so-moi", "name": "Sở Mới", "abbr": "SM", "block": "so-ban-nganh"})
    update, text = updated(scaffold(before, before.unit_by_id["so-moi"], OLD), before, after, "so-moi")
    assert [one.id for one in update.added] == ["II.1.9"]
    assert [one.id for one in update.inherits] == ["so-y-te"]
    record = read(text).record
    assert record is not None
    assert record.inherits == ["so-y-te"]
    assert updated(text, after, after, "so-moi") == (Update(), text)
    assert after.binds(["so-y-te"], heir)
    assert heir in after.bound(["so-y-te"])


def test_a_unit_that_has_ended_keeps_its_file_as_history(plan: Plan, file: str) -> None:
    assert updated(file, plan, merged(plan)) == (Update(), file)
    assert updated(file, plan, merged(plan), today=date(2023, 6, 30))[0].takes == 1


def test_what_fell_due_before_the_predecessor_ended_is_not_owed_by_the_successor(plan: Plan) -> None:
    body = merged(plan).model_dump(by_alias=True)
    one = next(it for it in body["deliverables"] if it["id"] == "6m")
    body["deliverables"] += [
        one | {"id": "truoc", "owners": ["so-y-te"], "before": "2023-06-20"},
        one | {"id": "sau", "owners": ["so-y-te"], "before": "2023-07-20"},
    ]
    after = plan.__class__.model_validate(body)
    ids = [it.id for it in owed(after, after.unit_by_id["so-moi"])]
    assert "sau" in ids
    assert "truoc" not in ids
    assert "truoc" in [it.id for it in owed(after, after.unit_by_id["so-y-te"])]


def test_units_that_follow_each_other_in_a_ring_or_a_chain_are_walked_once(plan: Plan) -> None:
    chain = with_units(
        plan,
        {"id": "so-y-te", "successors": ["so-noi-vu"]},
        {"id": "so-noi-vu", "successors": ["so-tu-phap", "so-y-te"]},
        {"id": "so-tu-phap", "successors": []},
    )
    assert {one.id for one in chain.predecessors["so-tu-phap"]} == {"so-noi-vu", "so-y-te"}
    assert [one.id for one in chain.predecessors["so-y-te"]] == ["so-noi-vu"]


# Whatever the unit wrote


words = st.text(st.sampled_from("ăđơ aA1:#-'\"{}[]|>&*?!%@`, "), max_size=12)


@given(data=st.data())
def test_everything_the_unit_wrote_stays_byte_for_byte(plan: Plan, file: str, data: st.DataObject) -> None:
    lines = file.splitlines(keepends=True)
    for at in sorted(data.draw(st.sets(st.integers(0, len(lines)), max_size=8)), reverse=True):
        lines.insert(at, " " * data.draw(st.integers(0, 8)) + f"# {data.draw(words)}\n")
    text = "".join(lines)
    for _ in range(data.draw(st.integers(0, 4))):
        text = text.replace(
            "      6m:\n", f"      6m: |-\n        {data.draw(words)}.\n        # {data.draw(words)}.\n", 1
        )
    if data.draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    did = {one.id: data.draw(st.sampled_from(["", "", "", "gone", "new", "reworded"])) for one in plan.tasks[1:]}

    def change(one: Task) -> list[Task]:
        other = task(f"{one.id}.x", f"Việc sau {one.id}.")
        rest = {"gone": [], "new": [one, other], "reworded": [replace(one, text=f"{one.text} Thêm.")]}
        return rest.get(did.get(one.id, ""), [one])

    after = with_tasks(plan, change)
    update, new = updated(text, plan, after)
    assert kept(text, new)
    was, now = read(text).record, read(new).record
    assert was is not None
    assert now is not None
    assert {one.task.id for one in update.suspect} == {name for name, how in did.items() if how == "reworded"}
    assert set(update.ended) == {name for name, how in did.items() if how == "gone"}
    assert set(now.tasks) == {*was.tasks, *(one.id for one in after.tasks)}
    for name, one in was.tasks.items():
        assert now.tasks[name].model_copy(update={"ended": None}) == one
    rest = {"tasks", "adopted"}
    assert now.model_dump(exclude=rest) == was.model_dump(exclude=rest)
    assert updated(new, plan, after)[0].takes == 0
