"""What a plan says of a task beside its text stands in the unit's file, its draft and its report."""

from __future__ import annotations

from pathlib import Path

import pytest

from danvan_cli.papers.annexes import progress_rows
from danvan_cli.papers.kinds.ke_hoach_don_vi import unit_plan
from danvan_cli.plan.model import Plan
from danvan_cli.unit.adopt import scaffold
from danvan_cli.unit.model import empty_record
from danvan_cli.yaml.read import read

SHAPES = Path(__file__).parents[1] / "fixtures" / "plans"
PLAN = read(Plan, SHAPES / "cai-cach.yaml").record or pytest.fail("cannot be read")
XA = PLAN.unit_by_id["xa-mot"]
SNV = PLAN.unit_by_id["so-noi-vu"]


def test_a_unit_s_draft_says_who_leads_when_and_what_comes_of_it() -> None:
    paper = unit_plan(PLAN, XA, empty_record(PLAN, XA))
    (row,) = [row for row in paper.rows if row.label == "Công khai thủ tục hành chính tại trụ sở"]
    assert (row.lead, row.partners, row.due, row.product) == (
        "Sở Nội vụ", "Sở Tư pháp", "trước ngày 15/3", "Quyết định công bố",
    )  # fmt: skip


def test_who_leads_inside_the_unit_that_leads_is_for_it_to_say() -> None:
    paper = unit_plan(PLAN, SNV, empty_record(PLAN, SNV))
    (row,) = [row for row in paper.rows if row.label == "Sắp xếp đơn vị sự nghiệp công lập"]
    assert (row.lead, row.partners, row.product) == (None, "Các sở", "Đề án")


def test_what_recurs_is_one_line_and_nothing_is_said_of_scoring() -> None:
    paper = unit_plan(PLAN, XA, empty_record(PLAN, XA))
    assert [one.sentence for one in paper.deliverables] == [
        "Báo cáo cải cách hành chính: gửi Sở Nội vụ hằng tháng (trước ngày 18 hằng tháng);",
        *(
            f"Báo cáo cải cách hành chính quý {number} năm 2026: gửi Sở Nội vụ trước ngày 15/{month}/2026{end}"
            for number, month, end in (("I", 3, ";"), ("II", 6, ";"), ("III", 9, "."))
        ),
    ]
    assert paper.scoring is False


def test_an_extended_time_of_what_recurs_is_told_by_itself(tmp_path: Path) -> None:
    text = (SHAPES / "cai-cach.yaml").read_text(encoding="utf-8")
    path = tmp_path / "a.yaml"
    later = "{units: [xa-mot], deliverable: thang-03, by: 2026-03-25, number: 1/UBND, date: 2026-03-01}"
    path.write_text(f"{text}extensions: [{later}]\n", encoding="utf-8")
    plan = read(Plan, path).record or pytest.fail("cannot be read")
    told = [one.sentence for one in unit_plan(plan, plan.unit_by_id["xa-mot"], empty_record(plan, XA)).deliverables]
    assert "Báo cáo cải cách hành chính tháng 03 năm 2026: gửi Sở Nội vụ chậm nhất ngày 25/3/2026;" in told


def test_the_unit_s_file_says_it_in_a_comment() -> None:
    text = scaffold(PLAN, XA, "0" * 12)
    assert "    # Kế hoạch ghi: chủ trì: Sở Nội vụ; phối hợp: Sở Tư pháp; thời gian: trước ngày 15/3;" in text


def test_the_report_s_progress_says_who_leads() -> None:
    from danvan_cli.papers import annexes

    tasks = annexes.by_area(PLAN, empty_record(PLAN, XA), annexes.recorded_tasks(PLAN, XA, empty_record(PLAN, XA)))
    rows = progress_rows(PLAN, tasks, PLAN.period_by_id["quy-1"])
    assert [row.lead for row in rows if row.label == "Công khai thủ tục hành chính tại trụ sở"] == ["Sở Nội vụ"]
