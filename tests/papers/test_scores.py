"""The self-score sheet: what it says of points, gaps, limits and evidence; never more than was answered."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import docx
import pytest

from danvan_cli.desk.made import make
from danvan_cli.papers.common import file_name
from danvan_cli.papers.kinds.bang_tu_cham_diem import score_sheet
from danvan_cli.scoring.evaluate import evaluate
from danvan_cli.scoring.model import Rubric, ScoreRecord
from danvan_cli.word import chart
from danvan_cli.word.shape import plain_values
from shipped import PLAN, UNIT, recorded

# Figures of the tests' own; no province's.
RUBRIC: dict[str, Any] = {
    "id": "thu", "name": "Bộ tiêu chí thử", "version": 2, "official": False, "from": date(2023, 1, 1),
    "blocks": ["so-ban-nganh"], "max": 100,
    "criteria": [
        {"id": "1", "title": "Nội dung một", "criteria": [
            {"id": "1.1", "title": "Kế hoạch", "max": 30, "manual": True, "evidence": ["Kế hoạch của đơn vị"]},
            {"id": "1.2", "title": "Tỷ lệ", "max": 40, "ratio": {}, "na": "rescale"},
        ]},
        {"id": "2", "title": "Nội dung hai", "max": 20, "graded": Decimal("0.5")},
        {"id": "3", "title": "Phần của cấp trên", "criteria": [
            {"id": "3.1", "title": "Tác động", "max": 10, "manual": True, "by": "superior"},
        ]},
    ],
    "bonus": {"max": 3, "criteria": [{"id": "T.1", "title": "Sáng kiến", "max": 3, "count": {"each": 1}}]},
    "deductions": {"max": 5, "criteria": [{"id": "P.1", "title": "Phản ánh đúng", "max": 5, "count": {"each": 1}}]},
    "bands": [{"id": "tot", "name": "Tốt", "from": 70}, {"id": "kha", "name": "Khá", "from": 40},
              {"id": "yeu", "name": "Yếu", "from": 0}],
    "violations": [{"id": "ky-luat", "name": "Bị kỷ luật"}, {"id": "diem-nong", "name": "Điểm nóng"}],
    "limits": [
        {"id": "a", "when": {"late": "1y"}, "cap": "kha", "reason": "Báo cáo năm gửi muộn"},
        {"id": "b", "when": {"violation": "ky-luat"}, "deny": True, "reason": "Bị kỷ luật trong năm"},
    ],
}  # fmt: skip
FULL: dict[str, Any] = {
    "1.1": {"points": 25, "evidence": [{"title": "Kế hoạch", "number": "15/KH-SYT", "date": date(2023, 2, 10)}]},
    "1.2": {"value": 45, "base": 50},
    "2": {"points": Decimal("17.5"), "note": "Có lý do."},
    "P.1": {"count": 1},
}


def made(answers: dict[str, Any] | None = None, unit: str = "so-y-te", **more: Any) -> dict[str, Any]:
    rubric = Rubric.model_validate(RUBRIC | more.pop("rubric", {}))
    record = recorded(unit, **more.pop("unit_", {}))
    given = ScoreRecord.model_validate(
        {"format": "danvan-score/1", "answers": FULL if answers is None else answers, **more}
    )
    return plain_values(score_sheet(PLAN, PLAN.unit_by_id[unit], record, evaluate(rubric, given)))


def document(answers: dict[str, Any] | None = None, **more: Any) -> Any:
    rubric = Rubric.model_validate(RUBRIC)
    given = ScoreRecord.model_validate(
        {"format": "danvan-score/1", "answers": FULL if answers is None else answers, **more}
    )
    return make(score_sheet(PLAN, UNIT, recorded(), evaluate(rubric, given)), None)


def rows(context: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Give the row with the points of each criterion."""
    return {row["id"]: row for row in context["rows"] if row["kind"] != "title"}


def test_points_stand_with_how_they_come_about_and_what_is_behind_them() -> None:
    shown = rows(made())
    assert (shown["1"]["kind"], shown["1"]["most"], shown["1"]["points"]) == ("sum", "70", "61,00")
    assert (shown["1.1"]["points"], shown["1.1"]["basis"]) == ("25,00", ["Căn cứ: 15/KH-SYT."])
    assert (shown["1.2"]["points"], shown["1.2"]["basis"]) == ("36,00", ["Đạt 90% (45/50)."])
    assert (shown["2"]["points"], shown["2"]["basis"]) == ("17,50", ["Giải trình: Có lý do."])


def test_totals_add_up_and_say_what_they_do_not_hold() -> None:
    context = made()
    assert context["sum"] == {"most": "90", "whole": "100", "points": "78,50", "converted": None}
    assert [(one["name"], one["most"], one["points"]) for one in context["extras"]] == [
        ("Điểm thưởng", "3", "0,00"),
        ("Điểm trừ", "5", "-1,00"),
    ]
    assert (context["total"]["most"], context["total"]["points"]) == ("100", "77,50")
    assert context["total"]["basis"] == ["Chưa gồm 10 điểm do cấp trên chấm."]


def test_columns_add_up_by_eye() -> None:
    """Between two sums stand the lines that it sums; under the last, what makes the total of them."""
    table = docx.Document(io.BytesIO(document().data)).tables[1]
    shown = [tuple(cell.text for cell in row.cells)[1:4] for row in table.rows]
    assert [one for one in shown if one[0] not in {"Tiêu chí", "Kế hoạch", "Tỷ lệ", "Tác động", "Sáng kiến"}] == [
        ("Nội dung một", "Nội dung một", "Nội dung một"),
        ("Cộng mục 1", "70", "61,00"),
        ("Nội dung hai", "20", "17,50"),
        ("Phần của cấp trên", "Phần của cấp trên", "Phần của cấp trên"),
        ("Cộng mục 3", "10", ""),
        ("Cộng điểm các mục", "100", "78,50"),
        ("Điểm thưởng", "Điểm thưởng", "Điểm thưởng"),
        ("Cộng điểm thưởng (không quá 3 điểm)", "", "0,00"),
        ("Điểm trừ", "Điểm trừ", "Điểm trừ"),
        ("Phản ánh đúng", "5", "1,00"),
        ("Cộng điểm trừ (không quá 5 điểm)", "", "-1,00"),
        ("Tổng điểm", "100", "77,50"),
    ]


def test_sums_of_groups_within_groups_stand_under_each() -> None:
    leaf = {"manual": True, "max": 1}
    inner = [{"id": f"1.{n}", "title": "A", "criteria": [{"id": f"1.{n}.1", "title": "L", **leaf}]} for n in (1, 2)]
    context = made(
        {}, rubric={"criteria": [{"id": "1", "title": "Một", "criteria": inner}, {"id": "2", "title": "Hai", **leaf}]}
    )
    assert [(row["kind"], row["id"]) for row in context["rows"]] == [
        ("title", "1"), ("title", "1.1"), ("line", "1.1.1"), ("sum", "1.1"), ("title", "1.2"), ("line", "1.2.1"),
        ("sum", "1.2"), ("sum", "1"), ("line", "2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("way", "answer", "said"),
    [
        ({"levels": [{"id": "d", "name": "Đã ban hành", "points": 4}]}, {"level": "d"}, "Đã ban hành."),
        ({"ratio": {"thresholds": [{"from": 60, "points": 2}]}}, {"value": 2440, "base": 2475},
         "Đạt 98,59% (2.440/2.475), từ 60% trở lên."),
        ({"ratio": {"thresholds": [{"from": 60, "points": 2}]}}, {"value": 1, "base": 2}, "Đạt 50% (1/2), dưới 60%."),
        ({"count": {"each": Decimal("0.5"), "from": "dvk-cong-nhan"}}, {"count": 11},
         "11 mô hình; mỗi mô hình tính 0,5 điểm; tổng không quá 04 điểm."),
        ({"count": {"each": 1}}, {"count": 0}, "Không phát sinh."),
        ({"deduction": {"each": 2, "from": "cb-ky-luat"}}, {"count": 1}, "01 người; mỗi người trừ 02 điểm."),
        ({"manual": True}, {"points": 3}, None),
    ],
)  # fmt: skip
def test_reasons_are_words_and_no_formula(way: dict[str, Any], answer: dict[str, Any], said: str | None) -> None:
    one = {"id": "1", "title": "Tiêu chí", "max": 4, **way}
    told = rows(made({"1": answer}, rubric={"criteria": [one]}))["1"]["basis"]
    assert told == ([said] if said else [])


def test_what_others_score_has_no_points_of_ours() -> None:
    shown = rows(made())
    assert (shown["3.1"]["points"], shown["3.1"]["basis"]) == ("", ["Do cấp trên chấm."])
    assert shown["3"]["points"] == ""


def test_an_unanswered_criterion_is_a_blank_and_no_sum_above_it_looks_final() -> None:
    context = made({key: one for key, one in FULL.items() if key != "1.2"})
    shown = rows(context)
    assert shown["1.2"]["points"] == "[… điểm 1.2 …]"
    assert shown["1"]["points"] == ""
    assert shown["2"]["points"] == "17,50"
    assert context["sum"]["points"] == ""
    assert context["total"]["points"] == "[… tổng điểm …]"
    assert context["total"]["basis"][0] == "Còn 01 tiêu chí chưa chấm; cộng đến nay: 41,50 điểm."
    assert context["ranking"]["band"] is None


def test_a_bonus_that_nobody_claims_is_no_blank_but_an_unanswered_deduction_is() -> None:
    bonus, deductions = made({key: one for key, one in FULL.items() if key != "P.1"})["extras"]
    assert (bonus["rows"][0]["points"], bonus["points"]) == ("", "0,00")
    assert (deductions["rows"][0]["points"], deductions["points"]) == ("[… điểm P.1 …]", "")


def test_what_does_not_apply_says_so_and_what_then_happens() -> None:
    context = made(FULL | {"1.2": {"na": True, "note": "Không phát sinh."}})
    row = rows(context)["1.2"]
    assert row["points"] == ""
    assert row["basis"] == [
        "Không áp dụng; điểm được quy đổi theo các tiêu chí còn lại.",
        "Giải trình: Không phát sinh.",
    ]
    assert (context["sum"]["points"], context["sum"]["converted"]) == ("42,50", "76,50")


def test_the_total_names_the_limit_that_it_was_held_to() -> None:
    """A superior gives 10 of 100: the unit's own total ends at 90, and the conversion goes by 90 too."""
    best = {"1.1": FULL["1.1"] | {"points": 30}, "1.2": {"na": True, "note": "Không."}, "2": {"points": 20}}
    context = made(best | {"T.1": {"count": 2}, "P.1": {"count": 0}})
    assert (context["sum"]["converted"], context["total"]["points"]) == ("90,00", "90,00")
    assert context["total"]["basis"][0] == "Tính theo giới hạn của 90 điểm đơn vị tự chấm, trong thang điểm 100."
    answers = best | {"T.1": {"count": 2}, "P.1": {"count": 0}}
    cells = [[cell.text for cell in row.cells] for table in _opened(answers).tables for row in table.rows]
    assert ["", "Điểm sau khi quy đổi", "90", "90,00"] in [row[:4] for row in cells]
    whole = made(
        best | {"T.1": {"count": 2}, "P.1": {"count": 0}}, rubric={"max": 90, "criteria": RUBRIC["criteria"][:2]}
    )
    assert whole["total"]["basis"] == ["Tính theo giới hạn của thang điểm 90."]
    nothing = made(
        {"1.1": {"points": 0, "note": "Chưa."}, "1.2": {"value": 0, "base": 5}, "2": {"points": 0}, "P.1": {"count": 3}}
    )
    assert (nothing["total"]["points"], nothing["total"]["basis"][0]) == ("0,00", "Tổng điểm không dưới 0.")


def _opened(answers: dict[str, Any]) -> Any:
    return docx.Document(io.BytesIO(document(answers).data))


@pytest.mark.parametrize(
    ("more", "ranking"),
    [
        ({}, {"band": "Tốt", "by_points": None, "reasons": []}),
        ({"late": ["1y"]}, {"band": "Khá", "by_points": "Tốt", "reasons": ["Báo cáo năm gửi muộn"]}),
        ({"late": ["1y"], "violations": ["ky-luat"]},
         {"band": "không đủ điều kiện xếp loại", "by_points": None, "reasons": ["Bị kỷ luật trong năm"]}),
    ],
)  # fmt: skip
def test_the_band_stands_with_the_limits_that_changed_it(more: dict[str, Any], ranking: dict[str, Any]) -> None:
    assert made(**more)["ranking"] == ranking
    assert made(**more)["provisional"] is (ranking["band"] in {"Tốt", "Khá"}), (
        "who is denied is denied whatever others give"
    )


def test_the_chart_compares_the_contents_and_leaves_out_what_is_not_final() -> None:
    context = made({"1.1": FULL["1.1"], "2": FULL["2"]})
    assert [(row["label"], row["value"], row["most"]) for row in context["areas"]] == [
        ("1. Nội dung một", None, 70), ("2. Nội dung hai", 17.5, 20), ("3. Phần của cấp trên", None, 10),
    ]  # fmt: skip


def test_a_rubric_of_more_contents_than_a_chart_can_hold_has_no_chart_but_a_sheet() -> None:
    flat = [{"id": f"C{n}", "title": "T", "max": 1, "manual": True} for n in range(chart.MAX_BARS + 1)]
    context = made({}, rubric={"criteria": flat})
    assert context["areas"] == []
    assert len(context["rows"]) == chart.MAX_BARS + 1


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (FULL["1.1"], [("Kế hoạch", "15/KH-SYT", "10/02/2023")]),
        ({"points": 25}, [("[… tài liệu hoặc giải trình: Kế hoạch của đơn vị …]", "", "")]),
        ({"points": 25, "note": "Kèm hồ sơ."}, [("(Giải trình thay tài liệu: Kèm hồ sơ.)", "", "")]),
        ({"points": 0}, []),
        ({}, []),
    ],
)
def test_the_list_of_evidence_goes_by_criterion_and_shows_what_is_missing(answer: Any, shown: Any) -> None:
    found = made(FULL | {"1.1": answer})["evidence"]
    assert [(row["title"], row["number"], row["date"]) for row in found if row["id"] == "1.1"] == shown


def test_a_sheet_has_no_number_of_its_own_unless_one_is_known() -> None:
    assert made()["letterhead"]["unnumbered"]
    head = made(unit_={"deliverables": {"tu-cham": {"number": "45/BC-SYT"}}})["letterhead"]
    assert (head["unnumbered"], head["number"], head["symbol"]) == (False, "45", "BC-SYT")


@pytest.mark.parametrize(("unit", "to"), [("so-y-te", "Sở Nội vụ"), ("so-noi-vu", "Ủy ban nhân dân tỉnh Bình Phước")])
def test_the_sheet_goes_where_the_plan_says_and_never_to_its_own_unit(unit: str, to: str) -> None:
    assert made(unit=unit)["addressee"] == to


def test_the_sheet_says_on_its_face_that_a_rubric_is_not_official() -> None:
    written = [one.text for one in docx.Document(io.BytesIO(document().data)).paragraphs]
    assert [text for text in written if "Bộ tiêu chí tham khảo, chưa do" in text]
    assert [text for text in written if "Chấm điểm theo Bộ tiêu chí thử." in text]
    assert "Mức tự xếp loại (tạm xếp theo điểm đơn vị tự chấm): Tốt." in written, "others still score"


def test_the_sheet_counts_as_blanks_what_a_person_must_still_write() -> None:
    assert sorted(document().blanks) == ["chữ viết tắt của đơn vị soạn thảo", "họ tên người ký"]
    assert len([one for one in document({}).blanks if one.startswith("điểm ")]) == 4
    assert "mức tự xếp loại" in document({}).blanks


def test_reasons_stand_on_the_sheet() -> None:
    written = [one.text for one in docx.Document(io.BytesIO(document(late=["1y"]).data)).paragraphs]
    assert "Theo điểm số thuộc mức Tốt; bị khống chế mức xếp loại do:" in written
    assert "- Báo cáo năm gửi muộn." in written


def test_the_same_score_gives_the_same_bytes() -> None:
    assert document().data == document().data != document({}).data


def test_the_sheets_file_has_the_name_of_the_contract() -> None:
    assert file_name(PLAN.deliverable_by_id["tu-cham"]) == "bang-tu-cham-diem.docx"
