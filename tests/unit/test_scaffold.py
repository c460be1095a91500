"""The unit's file as it is first written: it is read back as it was meant, and it is pleasant to fill in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.plan.model import Plan
from danvan_cli.rules.check import check_unit
from danvan_cli.text import clean
from danvan_cli.unit.adopt import scaffold
from danvan_cli.unit.model import UnitRecord, fingerprint, owed
from danvan_cli.yaml.read import Read, as_read
from danvan_cli.yaml.read import read as read_as
from danvan_cli.yaml.schema import ROUTINE
from danvan_cli.yaml.yamlfile import YamlFile

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "so-y-te.unit.yaml"
PERIODS = ("6m", "1y", "1y-uoc", "6m-2022", "1y-2022")

TRICKY = (
    'Mô hình "Dân vận khéo"', "việc: rồi", "- gạch", "# không phải chú thích", "a # b", "2023-05-10", "yes", "null",
    "true", "12", "0.50", "{a: b}", "[x]", "*đậm*", "&neo", "!tag", "%x", "@y", "`z`", "|", ">-", "'nháy'", "\\n",
    "dòng một\ndòng hai", "một\n\nba", "một\n  thụt vào\n- gạch: # x", "a\tb", "a\n\tb", "hai \n dòng", "<b>&amp;",
    "{{ x }} {% y %}", "…", "thường xuyên", "a\u2028b", "a\u2029b\nc", "a\u00a0b", "x\n---\ny", "x\n...\ny", "😀", "~", "-", "?", ": ",
)  # fmt: skip

text = st.one_of(
    st.sampled_from(TRICKY), st.text(st.sampled_from("ăâđêôơưạởỹ aA1:#-'\"\n\\{}[]&*!|>%@`,?~ \t")), st.text()
).map(lambda value: clean(value).strip())
full = text.filter(bool)
blank = text.map(lambda value: value or None)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
due = st.one_of(st.none(), days, st.sampled_from(ROUTINE))
day = st.none() | days
figure = st.none() | st.integers(-9, 10**9).map(Decimal) | st.decimals(0, 10**6, allow_nan=False, places=7)


def made(**parts: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(parts)


task = made(
    lead=blank,
    due=due,
    status=st.sampled_from(["todo", "doing", "done"]),
    activities=st.lists(
        st.fixed_dictionaries({"content": full, "lead": blank, "with": blank, "due": due, "product": blank}), max_size=2
    ),
    results=st.dictionaries(st.sampled_from(["6m", "1y", "khac"]), blank),
    evidence=st.lists(made(title=full, number=blank, date=day, file=blank, restricted=st.booleans()), max_size=2),
) | made(applies=st.just(value=False), reason=full)
remarks = made(**dict.fromkeys(("situation", "strengths", "limits", "causes", "next", "proposals"), blank))
recorded = made(
    format=st.just("danvan-unit/1"),
    unit=st.just("so-y-te"),
    plan=st.just("2023"),
    drafter=blank,
    signs=st.lists(full, max_size=2),
    signer=blank,
    tasks=st.dictionaries(st.sampled_from(["II.1.1", "II.2.4", "II.7.2"]), task),
    reports=st.dictionaries(st.sampled_from(["6m", "1y"]), remarks),
    requested=st.lists(made(report=st.sampled_from(["chuyen-de", "dot-xuat"]), topic=full, results=blank), max_size=2),
    indicators=st.dictionaries(
        st.sampled_from(["cb-tong-so", "kiem-tra"]), st.dictionaries(st.sampled_from(PERIODS), figure)
    ),
    deliverables=st.dictionaries(
        st.sampled_from(["ke-hoach", "6m"]), made(number=blank, date=day, file=blank, sha256=blank)
    ),
    obstacles=st.lists(made(text=full, proposal=blank, date=day), max_size=2),
)


@cache
def shipped() -> Plan:
    """Read the shipped plan; as a fixture, Hypothesis would print the whole of it."""
    plan = read_as(Plan, ROOT / "plans" / "2023.yaml").record
    assert plan is not None
    return plan


def back(written: str) -> Read[UnitRecord]:
    return as_read(UnitRecord, YamlFile("unit.yaml", written.encode()))


def content(plan: Plan, record: UnitRecord) -> dict[str, Any]:
    """Give what a record says about everything there is to be said, whether it was left out or left empty."""
    unit = plan.unit_by_id[record.unit]
    return {
        "head": (record.format, record.unit, record.plan, record.drafter, record.signs, record.signer),
        "tasks": {
            one.id: record.task(one.id).model_copy(
                update={
                    "fingerprint": None,
                    "status": record.task(one.id).status or "todo",
                    "results": {k: v for k, v in record.task(one.id).results.items() if v},
                }
            )
            for one in plan.tasks
        },
        "reports": {one.id: record.remarks(one.id) for one in owed(plan, unit)},
        "figures": {
            (one.id, key): record.figure(one.id, key)
            for one in plan.indicator_by_id.values()
            for key in plan.figure_keys
        },
        "sent": {one.id: record.sent(one.id) for one in owed(plan, unit)},
        "obstacles": record.obstacles,
        "requested": record.requested,
    }


@given(given_record=recorded)
def test_whatever_was_recorded_is_read_back_as_it_was(given_record: dict[str, Any]) -> None:
    plan = shipped()
    known = UnitRecord.model_validate(given_record)
    found = back(scaffold(plan, plan.unit_by_id["so-y-te"], "0" * 12, known))
    # Letters by chance may look as if typed in an old font (DV501): that is told, and they are read all the same.
    assert {one.rule for one in found.findings if one.severity == "error"} <= {"DV501"}
    assert found.record is not None
    assert content(plan, found.record) == content(plan, known)


@pytest.mark.parametrize("value", TRICKY)
def test_text_of_every_kind_survives_wherever_it_stands(plan: Plan, value: str) -> None:
    value = clean(value).strip()
    known = UnitRecord.model_validate(
        {
            "format": "danvan-unit/1",
            "unit": "so-y-te",
            "plan": "2023",
            "drafter": value,
            "signs": [value],
            "tasks": {
                "II.1.1": {"lead": value, "results": {"6m": value}, "activities": [{"content": value, "with": value}]}
            },
            "reports": {"6m": {"situation": value}},
            "requested": [{"report": "chuyen-de", "topic": value, "results": value}],
            "deliverables": {"6m": {"number": value}},
            "obstacles": [{"text": value, "proposal": value}],
        }
    )
    found = back(scaffold(plan, plan.unit_by_id["so-y-te"], "0" * 12, known))
    assert found.findings == []
    assert found.record is not None
    assert content(plan, found.record) == content(plan, known)


def test_the_shipped_sample_is_kept_word_for_word(plan: Plan) -> None:
    known = read_as(UnitRecord, SAMPLE).record
    assert known is not None
    found = back(scaffold(plan, plan.unit_by_id["so-y-te"], "0" * 12, known))
    assert found.record is not None
    assert content(plan, found.record) == content(plan, known)


def test_writing_again_what_was_read_gives_the_same_file(plan: Plan) -> None:
    unit = plan.unit_by_id["so-y-te"]
    once = scaffold(plan, unit, "0" * 12, read_as(UnitRecord, SAMPLE).record)
    assert scaffold(plan, unit, "0" * 12, back(once).record) == once


def test_every_unit_starts_without_a_finding(plan: Plan) -> None:
    for unit in plan.units:
        found = back(scaffold(plan, unit, "0" * 12))
        assert check_unit(found, plan, {}) == [], unit.id


def test_every_task_stands_there_with_its_label_and_fingerprint(plan: Plan) -> None:
    written = scaffold(plan, plan.unit_by_id["so-y-te"], "0" * 12)
    for one in plan.tasks:
        assert f'\n  {one.id}:  # {one.label}\n    fingerprint: "{fingerprint(one)}"\n' in written


def test_what_is_to_be_filled_in_is_named_beside_it(plan: Plan) -> None:
    written = scaffold(plan, plan.unit_by_id["dai-ptth-bao"], "0" * 12)
    assert "\nsigner:  # họ tên người ký\n" in written
    assert "    situation:  # tình hình, công tác chỉ đạo\n" in written
    for one in owed(plan, plan.unit_by_id["dai-ptth-bao"]):
        assert f"# {one.name}\n" in written
    for indicator in plan.indicator_by_id.values():
        assert f"# {indicator.name} ({indicator.unit})\n" in written
    assert "của danvan, không có trong kế hoạch" in written
    for key in ("lead", "due", "status", "activities", "results", "evidence"):
        assert f"\n    {key}:" in written
    assert not [line for line in written.splitlines() if line != line.rstrip()]


def test_the_plans_own_text_is_not_copied(plan: Plan) -> None:
    written = scaffold(plan, plan.unit_by_id["so-y-te"], "0" * 12)
    for one in plan.tasks:
        assert one.text[:60] not in written


def test_a_task_that_does_not_apply_needs_nothing_but_its_reason(plan: Plan) -> None:
    known = UnitRecord.model_validate(
        {
            "format": "danvan-unit/1",
            "unit": "so-y-te",
            "plan": "2023",
            "tasks": {"II.1.1": {"applies": False, "reason": "Không thuộc chức năng"}},
        }
    )
    found = back(scaffold(plan, plan.unit_by_id["so-y-te"], "0" * 12, known)).record
    assert found is not None
    assert (found.task("II.1.1").applies, found.task("II.1.1").reason) == (False, "Không thuộc chức năng")


def test_ids_that_look_like_numbers_and_names_over_several_lines_do_no_harm() -> None:
    source = (ROOT / "plans" / "2023.yaml").read_text(encoding="utf-8")
    source = source.replace("so-y-te", '"123"').replace("id: II.1.1\n", 'id: "1.10"\n').replace("id: 6m,", 'id: "6",')
    source = source.replace("[II.1.1]", '["1.10"]').replace("period: 6m", 'period: "6"')
    source = source.replace("label: Quán triệt, cụ", 'label: "Quán triệt\\n- x: y"  # cụ')
    source = source.replace("name: Sở Y tế,", 'name: "Sở\\nY tế: #",')
    plan = as_read(Plan, YamlFile("plan.yaml", source.encode())).record
    assert plan is not None
    found = back(scaffold(plan, plan.unit_by_id["123"], "0" * 12))
    assert found.findings == []
    assert found.record is not None
    assert (found.record.unit, "1.10" in found.record.tasks) == ("123", True)


def test_a_date_that_is_known_is_written_as_a_date(plan: Plan) -> None:
    known = UnitRecord.model_validate(
        {
            "format": "danvan-unit/1",
            "unit": "so-y-te",
            "plan": "2023",
            "deliverables": {"ke-hoach": {"number": "15/KH-SYT", "date": date(2023, 2, 10)}},
        }
    )
    written = scaffold(plan, plan.unit_by_id["so-y-te"], "0" * 12, known)
    assert '\n  ke-hoach: {number: "15/KH-SYT", date: 2023-02-10, file: }' in written
