"""What the functions of a kind of unit propose: for any plan's tasks, by their words, and as nothing but proposals."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from danvan_cli.errors import UsageError
from danvan_cli.findings.finding import InvalidFileError
from danvan_cli.rules.check import functions_of
from danvan_cli.unit.functions import Functions, group_and_field, proposed
from danvan_cli.unit.model import Activity, TaskRecord, UnitRecord, empty_record
from danvan_cli.unit.progress import unit_progress
from danvan_cli.yaml.schema import validate
from danvan_cli.yaml.yamlfile import YamlFile

if TYPE_CHECKING:
    from danvan_cli.plan.model import Plan

SHIPPED = Path(__file__).parents[2] / "plans" / "functions.yaml"


@pytest.fixture(scope="module")
def functions() -> Functions:
    return functions_of(SHIPPED, {})


def of(functions: Functions, plan: Plan, unit: str) -> UnitRecord:
    return proposed(functions, plan, plan.unit_by_id[unit], empty_record(plan, plan.unit_by_id[unit]))


def said(record: UnitRecord, plan: Plan) -> set[str]:
    """Give what is proposed, without the unit's own name and words for its kind."""
    name = plan.unit_by_id[record.unit].name
    return {one.content.replace(name, "") for task in record.tasks.values() for one in task.proposed}


def test_every_unit_gets_a_proposal_for_every_task_and_none_is_half_filled(functions: Functions, plan: Plan) -> None:
    for unit in plan.units:
        record = of(functions, plan, unit.id)
        assert {task.id for task in plan.tasks} == set(record.tasks), unit.id
        for task in record.tasks.values():
            assert task.proposals
            assert not task.activities
            assert task.applies
            for one in task.proposed:
                assert all((one.lead, one.due, one.product)), one
                assert one.partners != one.lead
                assert not re.search(r"[{}]|\s\s", one.content)
                assert one.content[0].isupper()
                assert plan.when(one.due).understood, one.due
        contents = [one.content for task in record.tasks.values() for one in task.proposed]
        assert len(set(contents)) == len(contents)


def test_sentences_are_of_any_plan_s_subject(functions: Functions) -> None:
    """Only a task that speaks of «Dân vận khéo» is proposed it."""
    says = [text for one in (*functions.groups, *functions.fields_) for text in one.says.values()]
    says += [one.content for kind in functions.kinds if kind.words != ["dân vận khéo"] for one in kind.activities]
    assert [one for one in says if re.search("(?i)dân vận|vận động quần chúng", one)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("so-y-te", "so-giao-duc"), ("so-y-te", "huyen-loc-ninh"), ("so-giao-duc", "huyen-loc-ninh"),
        ("so-tu-phap", "so-cong-thuong"), ("dai-ptth-bao", "truong-cao-dang"), ("so-noi-vu", "thanh-tra-tinh"),
    ],
)  # fmt: skip
def test_drafts_differ_in_more_than_half_of_what_they_say(
    functions: Functions, plan: Plan, one: str, other: str
) -> None:
    left, right = (said(of(functions, plan, name), plan) for name in (one, other))
    assert len(left & right) <= min(len(left), len(right)) / 2


def test_what_is_another_s_is_proposed_to_be_none_of_its_own_and_a_district_does_everything(
    functions: Functions, plan: Plan
) -> None:
    assert of(functions, plan, "so-giao-duc").task("II.2.3").proposed_reason == functions.outside
    assert of(functions, plan, "so-lao-dong").task("II.2.3").proposed
    assert not any(task.proposed_reason for task in of(functions, plan, "huyen-loc-ninh").tasks.values())


def test_who_follows_the_plan_also_verifies_and_scores_itself(functions: Functions, plan: Plan) -> None:
    verify, score = of(functions, plan, "so-noi-vu").task("II.7.2").proposed
    assert "thẩm định" in verify.content
    assert score.due == "trước ngày 10/11/2023"
    (only,) = of(functions, plan, "so-y-te").task("II.7.2").proposed
    assert "thẩm định" not in only.content


def test_what_a_unit_says_itself_is_left_and_proposals_count_as_nothing(functions: Functions, plan: Plan) -> None:
    unit = plan.unit_by_id["so-y-te"]
    mine = empty_record(plan, unit).model_copy(
        update={"tasks": {"II.1.1": TaskRecord(activities=[Activity(content="Họp", product="Biên bản")]), "II.1.2": TaskRecord(applies=False, reason="x")}}
    )  # fmt: skip
    record = proposed(functions, plan, unit, mine)
    assert record.task("II.1.1").proposals == record.task("II.1.2").proposals == 0
    from datetime import date

    today = date(2023, 5, 1)
    assert unit_progress(plan, unit, record, today) == unit_progress(plan, unit, mine, today)


def test_another_plan_s_tasks_are_told_by_their_words(functions: Functions, plan: Plan) -> None:
    task = plan.tasks[0]
    section = plan.sections[1]
    item = section.items[0].items[0].model_copy(update={"id": "X.1", "label": None, "text": "Niêm yết lịch tiếp công dân.", "due": "Quý I", "product": "Lịch"})  # fmt: skip
    area = section.items[0].model_copy(update={"id": "X", "title": "Việc khác", "items": [item]})
    other = plan.model_copy(update={"sections": [section.model_copy(update={"items": [area]})]})
    for kept in ("placed", "areas", "tasks", "task_by_id"):  # what was counted of the plan that it is a copy of
        other.__dict__.pop(kept, None)
    assert task.id != other.tasks[0].id
    (one,) = of(functions, other, "so-y-te").task("X.1").proposed
    assert one.content.startswith("Niêm yết, công khai lịch")
    assert (one.due, one.product) == (None, None), "what the plan itself says stays its own"


def test_departments_have_no_inspection_of_their_own_after_it_ended(functions: Functions, plan: Plan) -> None:
    later = plan.model_copy(update={"year": 2026})
    leads = {one.lead for task in of(functions, later, "so-y-te").tasks.values() for one in task.proposed}
    assert "Thanh tra Sở" not in leads
    assert "Thanh tra Sở" in {
        one.lead for task in of(functions, plan, "so-y-te").tasks.values() for one in task.proposed
    }


def test_what_is_proposed_names_the_issuer_as_the_plan_does(functions: Functions, plan: Plan) -> None:
    issuer = plan.issuer.model_copy(update={"short": "Ủy ban nhân dân thành phố"})
    city = plan.model_copy(update={"issuer": issuer})
    told = " ".join(
        one for name in ("van-phong-ubnd", "thanh-tra-tinh") for one in said(of(functions, city, name), city)
    )
    assert "của Ủy ban nhân dân thành phố" in told
    assert "trên địa bàn thành phố; kiểm soát" in told
    assert "tỉnh" not in told


def test_every_field_says_where_it_was_read_or_that_it_is_ours(functions: Functions) -> None:
    for field in functions.fields_:
        assert (field.source is None) == (field.does is None), field.id
    assert "của chúng tôi" in SHIPPED.read_text(encoding="utf-8")
    assert "chưa tính vào đâu" in SHIPPED.read_text(encoding="utf-8")


def test_no_key_of_functions_has_a_second_name() -> None:
    shipped = SHIPPED.read_bytes()
    other = shipped.replace(b"\nfields:", b"\nfields_:")
    assert other != shipped
    assert [one.rule for one in validate(Functions, YamlFile("functions.yaml", other))[1]] == ["DV110"]


def test_a_workspace_s_own_functions_are_read_and_broken_ones_are_told(tmp_path: Path) -> None:
    path = tmp_path / "functions.yaml"
    path.write_text(SHIPPED.read_text(encoding="utf-8").replace("Văn phòng Sở", "Phòng Tổng hợp"), encoding="utf-8")
    assert any(one.says.get("office") == "Phòng Tổng hợp" for one in functions_of(path, {}).groups)
    path.write_text("format: danvan-functions/1\nas_of: hôm nay\n", encoding="utf-8")
    with pytest.raises((InvalidFileError, UsageError)):
        functions_of(path, {})


@pytest.mark.parametrize(
    ("name", "kind", "group", "field"),
    [
        ("Sở Nông nghiệp và Môi trường", "sở", "so", "nong-nghiep-moi-truong"),
        ("Bảo hiểm xã hội tỉnh", "ngành dọc", "khac", None),
        ("Báo và Đài Phát thanh", "đơn vị sự nghiệp", "su-nghiep", "bao-chi"),
        ("UBND xã Đăk Ơ", "UBND xã", "xa", None),
        ("Ban Quản lý Khu kinh tế", "ban", "ban", "khu-kinh-te"),
        ("Văn phòng UBND thành phố", "văn phòng", "van-phong", "van-phong"),
        ("UBND thành phố Đồng Xoài", "UBND thành phố", "huyen", None),
    ],
)
def test_a_unit_is_told_by_whole_words_of_its_name(
    functions: Functions, plan: Plan, name: str, kind: str, group: str, field: str | None
) -> None:
    unit = plan.units[0].model_copy(update={"name": name, "kind": kind})
    told = group_and_field(functions, plan, unit)
    assert (told[0].id, told[1] and told[1].id) == (group, field)


def test_the_group_of_all_others_is_that_without_names_wherever_it_stands(functions: Functions, plan: Plan) -> None:
    *named, others = functions.groups
    assert not others.units
    unit = plan.units[0].model_copy(update={"name": "Liên minh Hợp tác xã", "kind": "hội"})
    for groups in ([others, *named], [*named[:2], others, *named[2:]]):
        moved = functions.model_copy(update={"groups": groups})
        assert group_and_field(moved, plan, unit)[0].id == others.id
