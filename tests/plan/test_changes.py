"""What an edit of the plan changes: each kind of edit is told once, and what is no edit is not told."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.plan.change import changed_words
from danvan_cli.plan.changes import Change, concerned, plan_changes
from danvan_cli.scoring.rubric_changes import rubric_changes

if TYPE_CHECKING:
    from danvan_cli.plan.model import Plan
    from danvan_cli.scoring.model import RubricFile

ROOT = Path(__file__).parents[2]


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML as the plan's reader takes it: scalars stay as they are typed, but whole numbers and truth."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in {"int", "bool", "null"}]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def loaded(name: str) -> dict[str, Any]:
    return dict(yaml.load((ROOT / "plans" / name).read_text(encoding="utf-8"), Loader))  # noqa: S506 - a SafeLoader


SOURCE = loaded("2023.yaml")


def plan(source: dict[str, Any]) -> Plan:
    from danvan_cli.plan.model import Plan

    return Plan.model_validate(source)


OLD = plan(SOURCE)


def edited(change: Any) -> list[Change]:
    """Give what an edit of the plan's data changes."""
    source = copy.deepcopy(SOURCE)
    change(source)
    return plan_changes(OLD, plan(source))


def areas(source: dict[str, Any]) -> list[dict[str, Any]]:
    return source["sections"][1]["items"]  # type: ignore[no-any-return]


def task(source: dict[str, Any], area: int = 0, at: int = 0) -> dict[str, Any]:
    return areas(source)[area]["items"][at]  # type: ignore[no-any-return]


def kinds(changes: list[Change]) -> list[tuple[str, str]]:
    return [(one.kind, one.id) for one in changes]


def test_nothing_changed_is_told_as_nothing() -> None:
    assert edited(lambda _source: None) == []


@given(st.integers(0))
def test_another_order_is_no_change(seed: int) -> None:
    chance = random.Random(seed)

    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            keys = list(value)
            chance.shuffle(keys)
            return {key: value[key] for key in keys}
        return value

    def change(source: dict[str, Any]) -> None:
        for key in ("units", "documents", "deliverables", "blocks", "periods"):
            source[key] = [shuffled(one) for one in source[key]]
            chance.shuffle(source[key])
        for area in areas(source):
            chance.shuffle(area["items"])

    assert edited(change) == []


def test_white_space_and_composed_letters_are_no_change() -> None:
    import unicodedata

    def change(source: dict[str, Any]) -> None:
        one = task(source)
        one["text"] = unicodedata.normalize("NFD", one["text"].replace(" ", "  "))
        for some, key in ((source, "title"), (source, "subject"), (one, "label"), (areas(source)[0], "title"),
                          (source["sections"][0], "heading"), (source["deliverables"][0], "name"), (source["units"][0], "name"),
                          (source["documents"][0], "title"), (source["periods"][0], "name")):  # fmt: skip
            some[key] = some[key].replace(" ", "\u00a0")
        source["recipients"] = [one.replace(" ", "\u00a0") for one in source["recipients"]]

    assert edited(change) == []


def test_a_reworded_task_shows_the_words_and_asks_for_a_confirmation() -> None:
    def change(source: dict[str, Any]) -> None:
        one = task(source)
        one["text"] = one["text"].replace("quán triệt", "học tập", 1)

    (one,) = edited(change)
    assert (one.kind, one.id, len(one.units)) == ("task-reworded", "II.1.1", 34)
    assert ("-", "quán triệt,") in one.words
    assert ("+", "học tập,") in one.words
    assert "--confirm" in one.todo


def test_a_task_comes_goes_gets_another_id_or_another_area() -> None:
    new = {"id": "II.1.9", "label": "Việc mới", "owners": ["so-y-te"], "text": "Thực hiện một việc mới."}
    (one,) = edited(lambda source: areas(source)[0]["items"].append(new))
    assert (one.kind, one.id, one.units) == ("task-added", "II.1.9", ("so-y-te",))
    (one,) = edited(lambda source: areas(source)[0]["items"].pop())
    assert (one.kind, one.id) == ("task-removed", areas(SOURCE)[0]["items"][-1]["id"])
    (one,) = edited(lambda source: task(source).update(id="II.1.8"))
    assert (one.kind, one.id, one.text) == ("task-renamed", "II.1.8", "đổi mã II.1.1 thành II.1.8")

    def moved(source: dict[str, Any]) -> None:
        one = areas(source)[0]["items"].pop(0)
        areas(source)[1]["items"].append(one | {"id": "II.2.9"})

    (one,) = edited(moved)
    assert (one.kind, one.id, one.text) == ("task-moved", "II.2.9", "chuyển từ II.1.1 sang II.2.9")


def test_owners_gained_and_lost_are_told_for_them() -> None:
    (one,) = edited(lambda source: task(source).update(owners=["so-y-te", "so-noi-vu"]))
    assert (one.kind, len(one.units)) == ("task-owners-lost", 32)
    assert "so-y-te" not in one.units
    source = copy.deepcopy(SOURCE)
    task(source)["owners"] = ["so-y-te"]
    before = plan(source)
    gained = [change for change in plan_changes(before, OLD) if change.kind == "task-owners-gained"]
    assert [len(change.units) for change in gained] == [33]


def test_a_moved_date_says_days_direction_and_the_new_last_day() -> None:
    def later(source: dict[str, Any]) -> None:
        next(one for one in source["deliverables"] if one["id"] == "6m")["before"] = "2023-05-15"

    def earlier(source: dict[str, Any]) -> None:
        next(one for one in source["deliverables"] if one["id"] == "6m")["before"] = "2023-05-08"

    (one,) = edited(later)
    assert (one.kind, one.id) == ("deliverable-date", "6m")
    assert "trước 10/5/2023 (ngày cuối 09/5/2023) → trước 15/5/2023 (ngày cuối 14/5/2023); muộn hơn 5 ngày" in one.text
    (one,) = edited(earlier)
    assert "sớm hơn 2 ngày" in one.text


def test_a_unit_that_is_new_is_told_once_and_not_for_every_task_of_all() -> None:
    unit = {"id": "so-moi", "name": "Sở Mới", "abbr": "SM", "block": SOURCE["units"][0]["block"]}
    (one,) = edited(lambda source: source["units"].append(unit))
    assert (one.kind, one.id, one.units) == ("unit-added", "so-moi", ("so-moi",))


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda source: source.update(title="Kế hoạch khác"), "plan-title"),
        (lambda source: source.update(revision=2), "plan-revision"),
        (lambda source: areas(source)[0].update(title="Tên khác"), "area-reworded"),
        (lambda source: source["sections"][0]["items"][0].update(text="Mục đích khác hẳn."), "text-reworded"),
        (lambda source: source["documents"].pop(), "document-removed"),
        (lambda source: source["documents"][0].update(title="Tên khác"), "document-changed"),
        (lambda source: source["units"][1].update(name="Tên khác"), "unit-name"),
        (lambda source: source["units"][1].update(abbr="XYZ"), "unit-details"),
        (lambda source: source["units"][1].update({"from": "2023-03-01"}), "unit-start"),
        (lambda source: source["units"][1].update(parent="so-noi-vu"), "unit-parent"),
        (lambda source: source["periods"][-1].update(name="kỳ khác"), "period-changed"),
        (lambda source: source["recipients"].append("Cơ quan khác"), "plan-recipients"),
        (lambda source: source["settings"].update(before_includes_day=True), "plan-settings")
        if "settings" in SOURCE
        else (lambda source: source.update(settings={"before_includes_day": True}), "plan-settings"),
    ],
)
def test_every_part_of_the_plan_is_compared(change: Any, kind: str) -> None:
    assert kind in [one.kind for one in edited(change)]


@given(
    st.lists(st.sampled_from(["một", "hai", "ba", "bốn", "năm"])),
    st.lists(st.sampled_from(["một", "hai", "ba", "bốn", "năm"])),
)
def test_the_words_shown_give_back_both_texts(before: list[str], after: list[str]) -> None:
    shown = changed_words(" ".join(before), " ".join(after))
    if not any("…" in text for how, text in shown if how == "="):
        assert " ".join(text for how, text in shown if how != "+" and text).split() == before
        assert " ".join(text for how, text in shown if how != "-" and text).split() == after
    taken = [word for how, text in shown if how == "-" for word in text.split()]
    assert set(taken) <= set(before)


def test_points_bands_and_ways_of_a_rubric_are_told_for_its_blocks() -> None:
    from danvan_cli.scoring.model import RubricFile
    from danvan_cli.yaml.read import as_read
    from danvan_cli.yaml.yamlfile import YamlFile

    text = (ROOT / "plans" / "2023.rubric.yaml").read_text(encoding="utf-8")

    def read(text: str) -> RubricFile:
        made = as_read(RubricFile, YamlFile("a.rubric.yaml", text.encode())).record
        assert made
        return made

    old = read(text)
    assert rubric_changes(old, read("# ghi chú\n" + text), OLD) == []
    new = copy.deepcopy(old)
    leaf = next(new.rubrics[0].criteria[0].leaves())
    points, title = leaf.max, leaf.title
    object.__setattr__(leaf, "max", (points or 0) + 1)
    object.__setattr__(new.rubrics[0].bands[0], "start", new.rubrics[0].bands[0].start - 1)
    found = rubric_changes(old, new, OLD)
    assert {one.kind for one in found} == {"criterion-points", "band"}
    (one,) = [one for one in found if one.kind == "criterion-points"]
    assert title in one.text
    assert one.units == tuple(unit.id for unit in OLD.units if unit.block in old.rubrics[0].blocks)
    assert {one.kind for one in rubric_changes(None, old, OLD)} == {"rubric-added"}
    assert {one.kind for one in rubric_changes(old, None, OLD)} == {"rubric-removed"}


def test_those_concerned_are_counted_once() -> None:
    assert concerned([Change("a", "1", "", ("x", "y")), Change("b", "2", "", ("y",))]) == ["x", "y"]


def test_who_has_ended_before_a_new_day_is_not_told_to_keep_it() -> None:
    """A unit that was merged away in June owes no report in December; it is concerned only while it owed the old one."""
    ended = copy.deepcopy(SOURCE)
    unit = next(one for one in ended["units"] if one["id"] == "so-y-te")
    unit |= {"to": "2023-06-30", "successors": ["so-noi-vu"]}
    moved = copy.deepcopy(ended)
    next(one for one in moved["deliverables"] if one["id"] == "1y")["before"] = "2023-11-01"
    (change,) = [one for one in plan_changes(plan(ended), plan(moved)) if one.kind == "deliverable-date"]
    assert "so-y-te" not in change.units
    assert len(change.units) == len(SOURCE["units"]) - 1
    at_once = plan_changes(OLD, plan(moved))
    assert "so-y-te" in next(one for one in at_once if one.kind == "deliverable-date").units


def test_what_changed_of_a_period_is_told_by_its_key_and_how() -> None:
    (one,) = edited(lambda source: source["periods"][0].update(to="2023-06-30"))
    assert one.text == "sửa kỳ báo cáo «06 tháng đầu năm 2023»: to: 14/6/2023 → 30/6/2023"


def test_what_changed_of_a_unit_is_told_by_its_keys() -> None:
    (one,) = edited(lambda source: source["units"][1].update(abbr="XYZ", confirmed=True))
    assert one.text == "Sở Tư pháp: đổi thông tin đơn vị: abbr: STP → XYZ, confirmed: không → đúng"


def test_what_changed_of_recipients_and_signature_is_shown() -> None:
    (one,) = edited(lambda source: source["recipients"].append("Cơ quan khác"))
    assert one.words[-2:] == (("-", "(T08KH)"), ("+", "(T08KH); Cơ quan khác"))
    (one,) = edited(lambda source: source["signature"].update(name="Trần Văn Bình"))
    assert one.words[-2:] == (("-", "Tuyết Minh"), ("+", "Văn Bình"))


def test_words_of_time_tell_the_last_days_that_they_give_and_how_those_moved() -> None:
    body = dict(yaml.load((ROOT / "tests/fixtures/plans/nhieu-nam.yaml").read_text("utf-8"), Loader))  # noqa: S506 - a SafeLoader
    body["sections"][0]["items"] = [{"id": "I.1", "text": "Nâng cao chất lượng."}]
    moved = copy.deepcopy(body)
    moved["sections"][1]["items"][0]["due"] = "Quý II/2028"
    moved["sections"][1]["items"][1]["due"] = "thường xuyên"
    moved["deliverables"][0]["due"] = "trước ngày 25/11"
    said = {one.kind + one.id: one.text for one in plan_changes(plan(body), plan(moved))}
    assert said["task-dueII.1"] == (
        "thời hạn: trước ngày 31/12/2027 → Quý II/2028 (ngày cuối 30/6/2028); muộn hơn 183 ngày"
    )
    assert said["task-dueII.2"] == "thời hạn: hằng năm, trước ngày 10/12 → thường xuyên"
    assert said["deliverable-datenam"].endswith(
        "→ trước ngày 25/11 (ngày cuối 24/11/2026; 24/11/2027; 24/11/2028); sớm hơn 15 ngày"
    )
