"""A report's words read back into a record: each task keeps its own result, lines stay lines."""

from __future__ import annotations

from pathlib import Path

from danvan_cli.inbox.outline import outline
from danvan_cli.ooxml.layout import Words
from danvan_cli.plan.model import Plan
from danvan_cli.yaml.read import read as read_as

ROOT = Path(__file__).parents[2]
PLAN = read_as(Plan, ROOT / "plans" / "2023.yaml").record
assert PLAN is not None
UNIT, SIX = PLAN.unit_by_id["so-y-te"], PLAN.deliverable_by_id["6m"]
AREA = PLAN.areas[0]


def test_word_s_bullets_and_line_breaks_stay_lines_of_their_task_s_result() -> None:
    results = [f"Kết quả {number}" for number in range(len(AREA.tasks))]
    said = [Words(AREA.title, "1."), Words(f"{results[0]}\nnhư sau"), Words("một", "-"), Words("hai", "-")]
    read = outline([*said, *map(Words, results[1:])], PLAN, UNIT, SIX)
    told = [read.tree["tasks"][task.id]["results"]["6m"] for task in AREA.tasks]
    assert told == [f"{results[0]}\nnhư sau\n- một\n- hai", *results[1:]]


def test_what_stands_above_the_page_is_no_part_of_the_report() -> None:
    read = outline([Words("Phụ lục", header=True), Words("Ưu điểm", "a)"), Words("Tốt")], PLAN, UNIT, SIX)
    assert read.tree["reports"]["6m"]["strengths"] == "Tốt"


def test_a_report_on_what_happened_is_read_as_its_own_entry() -> None:
    lines = ("BÁO CÁO", "Cháy kho vật tư", "I. DIỄN BIẾN", "Đêm 02/8.", "III. XỬ LÝ", "Đã niêm phong.", "IV. KẾT QUẢ",
             "Ổn định.", "V. KIẾN NGHỊ", "Cho sửa kho.", "Sở Y tế báo cáo theo quy định./.")  # fmt: skip
    read = outline(map(Words, lines), PLAN, UNIT, PLAN.deliverable_by_id["dot-xuat"])
    assert read.tree["requested"] == [
        {
            "report": "dot-xuat",
            "topic": "Cháy kho vật tư",
            "situation": "Đêm 02/8.",
            "handling": "Đã niêm phong.",
            "results": "Ổn định.",
            "proposals": "Cho sửa kho.",
        }
    ]
