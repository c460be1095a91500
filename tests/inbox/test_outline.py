"""A report's words read back into a record: each task keeps its own result, lines stay lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from danvan_cli.inbox import outline as module
from danvan_cli.inbox.outline import Outline, outline, proposal
from danvan_cli.ooxml.layout import Words
from danvan_cli.plan.model import Plan
from danvan_cli.yaml.read import read as read_as

if TYPE_CHECKING:
    import pytest

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


def own(text: str) -> Outline:
    """Read a report in a style of its own."""
    head = ("BÁO CÁO", "Kết quả công tác dân vận 6 tháng", "Sở Y tế báo cáo như sau:")
    return outline(map(Words, (*head, *text.splitlines())), PLAN, UNIT, SIX)


def test_headings_of_other_words_and_numbers_open_the_same_parts() -> None:
    read = own(
        "PHẦN I: CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO\nĐã ban hành kế hoạch.\nPHẦN II: KẾT QUẢ\n1/ Công tác cải cách hành chính\n"
        "Cắt giảm 5 thủ tục.\n2/ Tiếp công dân, giải quyết khiếu nại, tố cáo\n- Số lượt tiếp công dân: 45 lượt.\n"
        "III. ĐÁNH GIÁ\na) Ưu điểm\nTốt.\nb) Tồn tại, hạn chế và nguyên nhân\nChậm.\n"
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2023\nTiếp tục.\nV. Đề xuất, kiến nghị\nMở lớp.\nTrên đây là báo cáo./."
    )
    assert read.tree["reports"]["6m"] == {
        "situation": "Đã ban hành kế hoạch.", "strengths": "Tốt.", "limits": "Chậm.", "next": "Tiếp tục.", "proposals": "Mở lớp.",
    }  # fmt: skip
    assert {key[:4] for key in read.tree["tasks"]} == {"II.3", "II.5"}
    assert read.tree["indicators"] == {"tcd-luot": {"6m": 45}}
    assert [one.about for one in read.found if "nguyên nhân" in one.unsure] == ["limits"]
    assert not read.unread


def test_what_stands_under_no_heading_of_ours_is_listed_and_not_taken_for_what_stood_above() -> None:
    read = own("I. Công tác cải cách hành chính\nCắt giảm 5 thủ tục.\nII. XÂY DỰNG ĐẢNG\nKết nạp đảng viên mới.")
    assert list(read.tree["tasks"]) == ["II.3.3"]
    assert [(one.place, one.about, one.value) for one in read.unread] == [
        ("đoạn 7", "XÂY DỰNG ĐẢNG", "Kết nạp đảng viên mới.")
    ]
    assert "# chưa đọc được: đoạn 7: XÂY DỰNG ĐẢNG: Kết nạp đảng viên mới." in proposal(read, PLAN, UNIT)


def test_a_heading_numbered_like_the_one_before_it_opens_a_part_of_its_own() -> None:
    read = own("1. Công tác cải cách hành chính\nCắt giảm thủ tục.\n2. Chăm sóc cây xanh\nTrồng thêm cây.")
    assert [result["results"]["6m"] for result in read.tree["tasks"].values()] == ["Cắt giảm thủ tục."]
    assert [(one.about, one.value) for one in read.unread] == [("Chăm sóc cây xanh", "Trồng thêm cây.")]


def test_a_table_of_tasks_with_what_came_of_each_and_any_other_table() -> None:
    rows = [
        ["TT", "Nhiệm vụ", "Kết quả"],
        ["1", "Đổi mới nội dung, phương thức công tác dân vận", "Có 3 mô hình."],
        ["2", "Khác", "Đã làm."],
    ]
    cells = [Words(text, cell=(1, i, j)) for i, row in enumerate(rows) for j, text in enumerate(row)]
    read = outline([*cells, Words("Danh sách", cell=(2, 0, 0)), Words("ba người", cell=(2, 0, 1))], PLAN, UNIT, SIX)
    assert read.tree["tasks"] == {"II.1.2": {"results": {"6m": "Có 3 mô hình."}}}
    assert [(one.place, one.value) for one in read.unread] == [
        ("bảng 1, dòng 3", "Đã làm."),
        ("bảng 2, dòng 1", "Danh sách | ba người"),
    ]


def test_what_is_longer_than_any_report_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_PARAGRAPHS", 10)
    read = own(
        "\n".join(
            f"Đoạn {i} của một văn bản dài mà không có đề mục nào của kế hoạch ở phía trên cả." for i in range(20)
        )
    )
    assert [one.place for one in read.unread] == ["đoạn 11", *(f"đoạn {i}" for i in range(4, 11))]
    rows = [Words(f"Tên {i}", cell=(1, i, 0)) for i in range(600)]
    (one,) = outline(rows, PLAN, UNIT, SIX).unread
    assert (one.place, one.value) == ("bảng 1", "600 dòng, dài hơn mọi biểu số liệu")
