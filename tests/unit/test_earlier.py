"""A unit's plan of last year, read: its activities with who and when, its years moved on, each under its task."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from danvan_cli.errors import UsageError
from danvan_cli.ooxml.layout import Words
from danvan_cli.plan.moved import moved, moved_due
from danvan_cli.rules.check import functions_of
from danvan_cli.unit.carried import carried, from_record, record_of
from danvan_cli.unit.earlier import MOST_LINES, Earlier, Once, read_earlier
from danvan_cli.unit.matching import Matcher, pairs
from danvan_cli.unit.model import Activity, TaskRecord, empty_record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from danvan_cli.plan.model import Plan

HEAD = [
    "KẾ HOẠCH",
    "Triển khai công tác dân vận chính quyền năm 2022",
    "Căn cứ Kế hoạch số 10/KH-UBND; Sở ban hành Kế hoạch:",
]


def of(*lines: str, rows: Iterable[Iterable[str]] = ()) -> Earlier:
    cells = [Words(cell, cell=(1, row, column)) for row, line in enumerate(rows) for column, cell in enumerate(line)]
    return read_earlier([*map(Words, lines), *cells])


def test_activities_stand_under_the_headings_above_them_and_other_parts_are_named() -> None:
    found = of(
        *HEAD, "I. MỤC ĐÍCH, YÊU CẦU", "1. Cụ thể hóa Kế hoạch của tỉnh.", "II. NỘI DUNG", "1. Công tác tuyên truyền",
        "- Tuyên truyền phòng bệnh.", "- Đối thoại với người bệnh.", "2. Tiếp công dân đúng lịch.", "a) Việc khác:",
        "+ Trồng cây.", "III. TỔ CHỨC THỰC HIỆN", "1. Văn phòng đôn đốc./.", "- Nơi nhận",
    )  # fmt: skip
    assert found.year == 2022
    assert found.passed == ["I. MỤC ĐÍCH, YÊU CẦU", "III. TỔ CHỨC THỰC HIỆN"]
    assert [(one.content, one.under) for one in found.activities] == [
        ("Tuyên truyền phòng bệnh.", "NỘI DUNG. Công tác tuyên truyền"),
        ("Đối thoại với người bệnh.", "NỘI DUNG. Công tác tuyên truyền"),
        ("Tiếp công dân đúng lịch.", "NỘI DUNG"),
        ("Trồng cây.", "NỘI DUNG. Tiếp công dân đúng lịch. Việc khác"),
    ]


def test_marks_between_the_items_of_a_list_are_none_of_an_activity() -> None:
    found = of(*HEAD, "II. NỘI DUNG", "1. Thủ tục hành chính:", "a) Niêm yết công khai;", "b) Trả kết quả đúng hạn.")
    assert [one.content for one in found.activities] == ["Niêm yết công khai", "Trả kết quả đúng hạn."]


def test_tasks_that_the_unit_did_not_do_are_no_activities() -> None:
    found = of(
        *HEAD, "II. NỘI DUNG", "1. Tiếp công dân", "- Niêm yết lịch.", "- An ninh địa bàn: không thuộc chức năng của Sở.",
        "Các nhiệm vụ sau đây của Kế hoạch không thuộc chức năng, nhiệm vụ của Sở:", "- Văn hóa: Sở không quản lý.",
        "2. Đối thoại", "- Đối thoại với Nhân dân.",
    )  # fmt: skip
    assert [one.content for one in found.activities] == ["Niêm yết lịch.", "Đối thoại với Nhân dân."]
    assert [one[:15] for one in found.passed] == ["- An ninh địa b", "Các nhiệm vụ sa"]


@pytest.mark.parametrize(
    "line", ["Chuyển đơn không thuộc phạm vi giải quyết đến cơ quan có thẩm quyền.", "Hướng dẫn công dân có đơn không thuộc lĩnh vực của Sở."]
)  # fmt: skip
def test_what_is_done_with_what_is_others_is_an_activity(line: str) -> None:
    assert [one.content for one in of(*HEAD, "II. NỘI DUNG", "1. Tiếp công dân", f"- {line}").activities] == [line]


def test_lines_below_an_activity_say_who_when_and_what() -> None:
    (one,) = of(
        "II. NHIỆM VỤ", "1. Rà soát thủ tục hành chính", "- Đơn vị chủ trì: Văn phòng Sở.", "- Đơn vị phối hợp: Các phòng.",
        "- Thời gian hoàn thành: Quý II/2022.", "- Kết quả: Báo cáo.",
    ).activities  # fmt: skip
    assert one.content == "Rà soát thủ tục hành chính"
    assert (one.lead, one.partners, one.due, one.product) == ("Văn phòng Sở", "Các phòng", "Quý II/2022", "Báo cáo")


def test_brackets_at_the_end_say_so_too_and_others_stay() -> None:
    first, second = of(
        "II. NỘI DUNG", "- Khám bệnh miễn phí (chủ trì: Bệnh viện tỉnh; phối hợp: UBND huyện; Hội Chữ thập đỏ; thời gian: 27/7/2022).",
        "- Đề án 06 (giai đoạn 2).",
    ).activities  # fmt: skip
    assert first.content == "Khám bệnh miễn phí"
    assert (first.lead, first.partners, first.due) == ("Bệnh viện tỉnh", "UBND huyện; Hội Chữ thập đỏ", "27/7/2022")
    assert second.content == "Đề án 06 (giai đoạn 2)."


def test_a_table_with_a_head_is_read_by_its_columns_and_titles_its_rows() -> None:
    found = of(
        rows=[
            ["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ["TT", "Nội dung công việc", "Đơn vị chủ trì", "Thời gian"],
            ["I", "CÔNG TÁC TUYÊN TRUYỀN", "", ""],
            ["1", "Tuyên truyền phòng bệnh", "Văn phòng", "Quý I"],
        ]
    )
    assert found.activities == [
        Once("Tuyên truyền phòng bệnh", "I CÔNG TÁC TUYÊN TRUYỀN", lead="Văn phòng", due="Quý I")
    ]


def test_what_text_and_annex_both_say_is_one_activity() -> None:
    rows = [["TT", "Nội dung", "Chủ trì", "Sản phẩm"], ["1", "Tuyên truyền phòng bệnh", "Văn phòng", "Tin, bài"]]
    (one,) = of("II. NỘI DUNG", "- Tuyên truyền phòng bệnh (thời gian: Quý I).", rows=rows).activities
    assert (one.lead, one.due, one.product) == ("Văn phòng", "Quý I", "Tin, bài")


def test_a_plan_of_more_activities_than_any_is_refused() -> None:
    with pytest.raises(UsageError):
        of("II. NỘI DUNG", *(f"- Việc {number}." for number in range(MOST_LINES + 1)))


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Kế hoạch công tác dân vận năm 2022 của Sở", "Kế hoạch công tác dân vận năm 2023 của Sở"),
        ("Đề án giai đoạn 2021 - 2025, năm 2022", "Đề án giai đoạn 2021 - 2025, năm 2023"),
        ("trong năm học 2022 - 2023", "trong năm học 2022 - 2023"),
        ("Kế hoạch số 15/KH-SYT ngày 10/02/2022 năm 2022", "Kế hoạch số 15/KH-SYT ngày 10/02/2022 năm 2022"),
        ("tăng so với năm 2022", "tăng so với năm 2022"),
        ("tổng kết năm 2021", "tổng kết năm 2021"),
    ],
)  # fmt: skip
def test_the_plan_s_year_moves_on_and_no_other(was: str, now: str) -> None:
    assert moved(was, 2022, 2023) == now


def test_times_move_on_with_the_plan() -> None:
    assert moved_due("trước ngày 31/01/2023", 2022, 2023) == "trước ngày 31/01/2024"
    assert moved_due("Quý II/2022", 2022, 2023) == "Quý II/2023"
    assert moved_due(date(2024, 2, 29), 2024, 2025) == date(2025, 2, 28)
    assert moved_due("thường xuyên", 2022, 2023) == "thường xuyên"
    assert moved_due("trước ngày 29/02/2028", 2028, 2029) == "trước ngày 28/02/2029"
    assert moved_due("từ 29/2 đến 15/3", 2028, 2029) == "từ 28/2 đến 15/3"
    assert moved_due("ngày 29 tháng 02 năm 2028", 2028, 2029) == "ngày 28 tháng 02 năm 2029"
    assert moved_due("ngày 29/02/2028; 129/02; 29/12", 2027, 2031) == "ngày 29/02/2032; 129/02; 29/12"
    assert moved_due("giai đoạn 2021 - 2025", 2025, 2026) == "giai đoạn 2021 - 2025"


def test_words_that_few_tasks_have_decide(plan: Plan) -> None:
    matcher = Matcher(plan.areas, plan.tasks)
    found = matcher.match("Phổ biến Luật Tiếp công dân, Luật Khiếu nại, Luật Tố cáo cho viên chức")
    assert (found.tasks[0].id, found.sure) == ("II.5.1", True)
    assert not matcher.match("Trồng cây sao đen", above=plan.areas[0].title).tasks
    assert [*pairs("Quán triệt, đổi mới.")] == ["quan triet", "doi moi"]


def test_what_is_sure_counts_and_nothing_is_dropped(plan: Plan) -> None:
    unit = plan.unit_by_id["so-y-te"]
    area = plan.areas[4].title
    found = carried(
        plan,
        unit,
        Earlier(
            2022,
            [
                Once("Phổ biến Luật Tiếp công dân, Luật Khiếu nại, Luật Tố cáo năm 2022", area, due="30/6/2022"),
                Once("Niêm yết lịch, nội quy tiếp công dân tại trụ sở", area),
                Once("Trồng cây sao đen", area),
            ],
        ),
        functions_of(Path("không có"), {}),
    )
    record = record_of(plan, unit, found)
    (one,) = record.task("II.5.1").activities
    assert (one.content[-8:], one.due) == ("năm 2023", date(2023, 6, 30))
    loose = [it.content for task in record.tasks.values() for it in task.proposed]
    assert loose == ["Niêm yết lịch, nội quy tiếp công dân tại trụ sở"]
    assert [it.content for it in record.unplaced] == ["Trồng cây sao đen"]
    assert record.proposals == 1


def test_the_kind_of_work_decides_among_tasks_whose_words_are_alike(plan: Plan) -> None:
    text = "Tiếp công dân thường xuyên, định kỳ; giải quyết khiếu nại, tố cáo, kiến nghị, phản ánh đúng hạn"
    once = Once(text, plan.areas[4].title)
    (found,) = carried(plan, plan.unit_by_id["so-y-te"], Earlier(2022, [once]), functions_of(Path("không có"), {}))
    assert (found.match.tasks[0].id, found.match.sure) == ("II.5.2", False)
    assert len(found.match.tasks) == 2


def test_of_a_plan_over_several_years_all_that_was_due_moves_on(plan: Plan) -> None:
    unit, old = plan.unit_by_id["so-y-te"], plan.model_copy(update={"year": 2018, "until": 2022})
    did = TaskRecord(activities=[Activity(content="Phổ biến Luật Tiếp công dân, Luật Khiếu nại", due="Quý II/2021")])
    record = empty_record(old, unit).model_copy(update={"tasks": {"II.5.1": did}})
    (found,) = carried(plan, unit, from_record(record, old, old.year), functions_of(Path("không có"), {}))
    assert found.activity.due == "Quý II/2026"
