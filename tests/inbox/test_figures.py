"""Figures in anybody's own tables: rows by the indicators' names, columns by their times; what is unsure is told."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from danvan_cli.inbox.figures import FigureReader
from danvan_cli.inbox.tables import ReadTable, tables_of
from danvan_cli.ooxml.docx import read_word
from danvan_cli.ooxml.layout import read_words
from danvan_cli.plan.model import Plan
from danvan_cli.yaml.read import read as read_as
from word_files import blank

PLAN = read_as(Plan, Path(__file__).parents[2] / "plans" / "2023.yaml").record
assert PLAN is not None


def figures(
    text: str, period: str = "6m", caption: str = "", *, sheet: bool = False, plan: Plan | None = PLAN
) -> tuple[dict[str, str], list[str]]:
    """Read a table written as lines with bars; give its figures (with `~` where one is to be looked at) and what is left."""
    assert plan is not None
    rows = tuple(tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines())
    reader = FigureReader(plan, plan.period_by_id[period])
    assert reader.table(ReadTable("bảng 1", caption, rows, sheet=sheet))
    told = {f"{one.indicator.id} {one.key}": f"{'~' * bool(one.unsure)}{one.value}" for one in reader.settled()}
    return told, [f"{one.place}: {one.about}: {one.value}" for one in reader.left]


@pytest.mark.parametrize(
    ("text", "period", "wanted"),
    [
        ("TT|Chỉ tiêu|ĐVT|Năm trước|Năm nay\n1|Lượt tiếp công dân|lượt|40|45\n2|Đơn tiếp nhận trong kỳ|đơn|1.020|1 111", "6m",
         {"tcd-luot 6m-2022": "40", "tcd-luot 6m": "45", "don-tiep-nhan 6m-2022": "1020", "don-tiep-nhan 6m": "1111"}),
        ("Nội dung|6 tháng năm 2022|6 tháng năm 2023|Tăng/giảm (%)\nSố lượt tiếp công dân|40 lượt|05|12,5", "6m",
         {"tcd-luot 6m-2022": "40", "tcd-luot 6m": "5"}),
        ("STT|Nội dung|Thực hiện năm 2022|Thực hiện năm 2023|Ước thực hiện năm 2023\n(1)|(2)|(3)|(4)|(5)\n1|Lượt tiếp công dân|9|8|10", "1y",
         {"tcd-luot 1y-2022": "9", "tcd-luot 1y": "8", "tcd-luot 1y-uoc": "10"}),
        ("Chỉ tiêu|Cùng kỳ|Năm nay\nLượt tiếp công dân|9|8", "1y", {"tcd-luot 1y-2022-ck": "9", "tcd-luot 1y": "8"}),
        ("Chỉ tiêu|Cả năm trước|Năm nay\nLượt tiếp công dân|9|8", "1y", {"tcd-luot 1y-2022": "~9", "tcd-luot 1y": "8"}),
        ("Chỉ tiêu|Năm 2022|Năm 2023\nLượt tiếp công dân|9|8", "6m", {"tcd-luot 6m-2022": "~9", "tcd-luot 6m": "~8"}),
        ("Lượt tiếp công dân|9", "6m", {"tcd-luot 6m": "~9"}),
        ("Lượt tiếp công dân|Số người được tiếp\n9|12", "6m", {"tcd-luot 6m": "~9", "tcd-nguoi 6m": "~12"}),
        ("Tiếp công dân|Số lượt|45\nTiếp công dân|Đoàn đông người|0", "6m", {"tcd-luot 6m": "~45", "tcd-doan-dong 6m": "~0"}),
        ("Nội dung|Số lượng\nI. Giải quyết thủ tục hành chính|\nHồ sơ TTHC đã giải quyết|90\n- Trong đó: trễ hạn|0", "6m",
         {"hs-da-giai-quyet 6m": "90", "hs-tre-han 6m": "~0"}),
        ("Nội dung|Năm nay|Năm nay\n|Tổng số|Trong đó: nữ\nSố người được quán triệt về dân vận|90|40", "6m",
         {"cb-quan-triet 6m": "~90"}),
        ("TT|Chỉ tiêu|ĐVT|Số liệu\n1|Đơn thư||\n1.1|Kỳ trước chuyển sang|đơn|3\n1.2|Đã giải quyết|đơn|10\nTT|Chỉ tiêu|ĐVT|Số liệu\n2|Lượt tiếp công dân|lượt|02", "6m",
         {"don-ky-truoc 6m": "~3", "don-da-giai-quyet 6m": "~10", "tcd-luot 6m": "2"}),
        ("TT|Chỉ tiêu|TH 6T/2022|TH 6T/2023|+/-\n1|Lượt tiếp công dân|9|8|1", "6m", {"tcd-luot 6m-2022": "9", "tcd-luot 6m": "8"}),
        ("Chỉ tiêu|10 tháng năm 2023|Ước cả năm 2023|\nLượt tiếp công dân|9|8|1", "1y", {"tcd-luot 1y": "~9", "tcd-luot 1y-uoc": "8"}),
        ("Chỉ tiêu|Đầu kỳ|Quý II|6 tháng cuối năm 2022\nLượt tiếp công dân|9|8|1", "6m", {"tcd-luot 6m": "~9"}),
    ],
)  # fmt: skip
def test_tables_of_many_styles(text: str, period: str, wanted: dict[str, str]) -> None:
    assert figures(text, period)[0] == wanted


def test_in_a_plan_over_several_years_the_year_is_the_period_s() -> None:
    assert PLAN is not None
    plan = PLAN.model_copy(update={"year": 2021, "until": 2025})
    heads = "Chỉ tiêu|Thực hiện năm 2022|Thực hiện năm 2023\n2022|2023|2021\n"
    assert figures(f"{heads}Lượt tiếp công dân|9|8", "1y", plan=plan) == figures(f"{heads}Lượt tiếp công dân|9|8", "1y")
    assert figures("Chỉ tiêu|Số liệu\nLượt tiếp công dân|8", "1y", "Số liệu năm 2021", plan=plan)[0] == {}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Kiến nghị sau giám sát||5", "không rõ chỉ tiêu nào"),
        ("Số CBCCVC, NLĐ được quán triệt, học tập|người|90", "không rõ chỉ tiêu nào"),
        ("Số hộ nghèo||5", "không có chỉ tiêu này"),
        ("Tin, bài tuyên truyền|cuộc|5", "đơn vị tính «cuộc»"),
        ("Số người được tiếp||85%", "là tỷ lệ"),
        ("Số người được tiếp||12/15", "không phải số"),
        ("Số người được tiếp||", "chỗ trống"),
        ("Số người được tiếp||…", "chỗ trống"),
    ],
)
def test_what_is_not_sure_is_left_with_its_place(row: str, said: str) -> None:
    told, left = figures(f"Chỉ tiêu|Đơn vị tính|Năm nay\nLượt tiếp công dân|lượt|9\n{row}")
    assert told == {"tcd-luot 6m": "9"}
    (line,) = left
    assert (line.startswith("bảng 1, dòng 3: "), said in line) == (True, True), line


def test_columns_of_no_period_and_figures_told_in_two_ways_are_left() -> None:
    told, left = figures(
        "Chỉ tiêu|Quý I|Kế hoạch năm|Năm nay|Ghi chú\nLượt tiếp công dân|1|2|3|x\nSố lượt tiếp công dân|1|2|4|"
    )
    assert not told
    assert [one.partition(": ")[0] for one in left] == [
        "bảng 1, dòng 2", "bảng 1, cột «Quý I»", "bảng 1, cột «Kế hoạch năm»", "bảng 1, dòng 2"
    ]  # fmt: skip
    assert "bảng 1, dòng 2: 3; bảng 1, dòng 3: 4" in left[-1]


def test_a_title_that_names_last_year_is_no_table_of_this_year() -> None:
    assert figures("Nội dung|Số lượng\nLượt tiếp công dân|9", caption="Số liệu năm 2022")[0] == {
        "tcd-luot 6m-2022": "~9"
    }


def test_joined_heads_of_word_and_of_a_sheet_are_spread() -> None:
    rows = [["TT", "Nội dung", "Kết quả", ""], ["", "", "Năm trước", "Năm nay"], ["1", "Lượt tiếp công dân", "8", "9"]]
    document = blank()
    table = document.add_table(rows=3, cols=4)
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            table.cell(i, j).text = text
    for first, last in (((0, 2), (0, 3)), ((0, 0), (1, 0)), ((0, 1), (1, 1))):
        table.cell(*first).merge(table.cell(*last))
    data = io.BytesIO()
    document.save(data)
    (read_back,) = tables_of(read_words(read_word(data.getvalue(), "a.docx")))
    assert read_back.rows[:2] == (("TT", "Nội dung", "Kết quả", "Kết quả"), ("TT", "Nội dung", "Năm trước", "Năm nay"))
    wanted = {"tcd-luot 6m-2022": "8", "tcd-luot 6m": "9"}
    for text, sheet in (("\n".join(map("|".join, read_back.rows)), False), ("\n".join(map("|".join, rows)), True)):
        assert figures(text, sheet=sheet)[0] == wanted
