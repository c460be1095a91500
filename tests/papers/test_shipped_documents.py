"""Every kind of document from the shipped plan: valid Word, and right on its pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import pages
from danvan_cli.desk.made import make
from danvan_cli.papers.kinds.bang_tu_cham_diem import score_sheet
from danvan_cli.papers.kinds.bao_cao import report_paper
from danvan_cli.papers.kinds.ke_hoach_don_vi import unit_plan
from danvan_cli.papers.kinds.ke_hoach_tinh import province_plan
from danvan_cli.scoring.evaluate import evaluate
from danvan_cli.scoring.model import ScoreRecord
from danvan_cli.unit.model import PaperSettings, owed
from pages import faults
from shipped import ANSWERS, PLAN, RECORD, RUBRICS, UNIT, recorded
from validators import audit, sdk
from word_files import texts

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.papers.paper import Paper
    from pages import Printed

UNITS = ("so-y-te", "so-noi-vu", "huyen-loc-ninh", "dai-ptth-bao", "thanh-tra-tinh", "so-lao-dong")
NAMES = (
    "plan",
    *(f"sample.{period}" for period in ("ke-hoach", "6m", "1y", "chuyen-de")),
    *(f"{unit}.{period}" for unit in UNITS for period in ("ke-hoach", "6m")),
    "dai-ptth-bao.dai-6m",
    "huyen-loc-ninh.dot-xuat",
    "sample.tu-cham",
    "huyen-loc-ninh.tu-cham",
)
# One of each template, filled in and not: the SDK takes seconds for each.
KINDS = ("plan", "sample.ke-hoach", "sample.6m", "huyen-loc-ninh.ke-hoach", "so-lao-dong.6m", "dai-ptth-bao.dai-6m",
         "sample.1y", "sample.tu-cham", "huyen-loc-ninh.tu-cham")  # fmt: skip
MIDDLE = 595.3 / 2


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make them all in one folder."""
    folder = tmp_path_factory.mktemp("văn bản")
    sample = RECORD.model_copy(update={"papers": PaperSettings(progress=True)})
    for name in NAMES:
        who, _dot, period = name.partition(".")
        unit = UNIT if who in {"plan", "sample"} else PLAN.unit_by_id[who]
        record = sample if who == "sample" else recorded(unit.id)
        if who == "plan":
            paper: Paper = province_plan(PLAN)
        elif period == "tu-cham":
            answered = ANSWERS if who == "sample" else ScoreRecord(format="danvan-score/1")
            rubric = next(one for one in RUBRICS.rubrics if unit.block in one.blocks)
            paper = score_sheet(PLAN, unit, record, evaluate(rubric, answered))
        elif period == "ke-hoach":
            paper = unit_plan(PLAN, unit, record)
        else:
            deliverable = next(one for one in owed(PLAN, unit) if one.id == period)
            topic = "Dân chủ ở cơ sở" if deliverable.on_request else None
            paper = report_paper(PLAN, unit, record, deliverable, topic)
        (folder / f"{name}.docx").write_bytes(make(paper, None).data)
    return folder


@pytest.fixture(scope="module")
def printed(made: Path) -> dict[str, Printed]:
    """Print them all."""
    return dict(zip(NAMES, pages.printed([made / f"{name}.docx" for name in NAMES]), strict=True))


@pytest.mark.office
@pytest.mark.parametrize("name", NAMES)
def test_each_document_is_valid_word(made: Path, name: str) -> None:
    assert audit(made / f"{name}.docx") == []


@pytest.mark.office
@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_document_is_valid_for_the_sdk_too(made: Path, name: str) -> None:
    assert sdk(made / f"{name}.docx") == []


@pytest.mark.office
@pytest.mark.parametrize("name", NAMES)
def test_no_word_is_lost_on_the_way_to_paper(printed: dict[str, Printed], name: str) -> None:
    one = printed[name]
    shown = re.sub(r"\s", "", "".join(word.text for page in one.pages for line in page.lines for word in line))
    for text in texts(one.docx):
        for word in text.split():
            assert word in shown or word.upper() in shown, (word, text)


@pytest.mark.office
@pytest.mark.parametrize("name", NAMES)
def test_each_page_is_as_the_decree_says(printed: dict[str, Printed], name: str) -> None:
    assert faults(printed[name]) == []


@pytest.mark.office
@pytest.mark.parametrize("name", NAMES)
def test_quoc_hieu_stands_in_the_right_half(printed: dict[str, Printed], name: str) -> None:
    line = printed[name].line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert min(word.left for word in line if word.text == "CỘNG") > 595.3 * 0.38


@pytest.mark.office
@pytest.mark.parametrize("name", NAMES)
def test_signature_and_recipients_stand_side_by_side(printed: dict[str, Printed], name: str) -> None:
    (page,) = [
        page
        for page in printed[name].pages
        if any(line[:2] and [w.text for w in line[:2]] == ["Nơi", "nhận:"] for line in page.lines)
    ]
    at = next(number for number, line in enumerate(page.lines) if [w.text for w in line[:2]] == ["Nơi", "nhận:"])
    top = page.lines[at][0].top
    beside = [word for line in page.lines for word in line if abs(word.top - top) < 6 and word.left > MIDDLE]
    assert beside, "chức vụ người ký cùng hàng với nơi nhận"
    assert " ".join(word.text for word in beside).isupper()


@pytest.mark.office
@pytest.mark.parametrize(
    ("name", "heads"),
    [
        ("sample.ke-hoach", ["TT Nội dung Chủ trì Phối hợp Thời gian Sản phẩm"]),
        ("sample.6m", ["TT Nhiệm vụ Chủ trì Thời gian Hoạt động Trạng"]),
        ("sample.tu-cham", ["TT Tiêu chí Điểm Điểm tự Lý do, căn cứ, giải trình"]),
    ],
)
def test_a_table_over_two_pages_has_its_head_on_both(printed: dict[str, Printed], name: str, heads: list[str]) -> None:
    lines = [[" ".join(word.text for word in line) for line in page.lines] for page in printed[name].pages]
    for head in heads:
        assert sum(head in page for page in lines) >= 2


@pytest.mark.office
@pytest.mark.parametrize("name", NAMES)
def test_no_line_of_a_letterhead_is_a_word_alone(printed: dict[str, Printed], name: str) -> None:
    page = printed[name].pages[0]
    end = next(line[0].top for line in page.lines if {"ngày", "tháng", "năm"} <= {word.text for word in line})
    left = [[w for w in line if w.right < 595.3 * 0.45] for line in page.lines if line[0].top < end]
    assert all(len(line) > 1 for line in left if line), left


@pytest.mark.parametrize("name", [name for name in NAMES if name != "plan"])
def test_nobody_writes_to_itself(made: Path, name: str) -> None:
    written = texts(made / f"{name}.docx")
    if name.startswith("so-noi-vu"):
        assert not [text for text in written if text.startswith(("Kính gửi: Sở Nội vụ", "- Sở Nội vụ ("))]
    if "- Như trên;" in written:
        assert [text for text in written if text.startswith("Kính gửi: ")]


REPORTS = [name for name in NAMES if name.endswith((".6m", ".1y", ".dai-6m"))]


@pytest.mark.office
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_on_a_period_ends_with_the_list_of_evidence_and_never_says_there_is_none(
    printed: dict[str, Printed], name: str
) -> None:
    last = [" ".join(word.text for word in line) for line in printed[name].pages[-1].lines]
    assert "DANH MỤC TÀI LIỆU KIỂM CHỨNG" in last
    assert "TT Tên tài liệu Số, ký hiệu Ngày Nhiệm vụ Ghi chú" in last
    written = texts(printed[name].docx)
    rows = written[written.index("Ghi chú") + 1 :]
    assert "[… tài liệu kiểm chứng …]" in rows or [text for text in rows if "SYT" in text]
    assert "không có" not in " ".join(rows).lower()


@pytest.mark.office
def test_a_report_sent_before_the_years_end_has_a_column_for_the_whole_year(printed: dict[str, Printed]) -> None:
    assert "Ước thực hiện cả năm 2023" in texts(printed["sample.1y"].docx)
    assert not [text for text in texts(printed["sample.6m"].docx) if text.startswith("Ước")]


@pytest.mark.office
def test_figures_of_a_column_end_at_one_edge(printed: dict[str, Printed]) -> None:
    page = next(
        page
        for page in printed["sample.1y"].pages
        if any("SỐ LIỆU" in " ".join(w.text for w in line) for line in page.lines)
    )
    head = next(word for line in page.lines for word in line if word.text == "2022")
    column = [
        word.right
        for line in page.lines
        for word in line
        if abs(word.right - head.right) < 20 and word.text[0].isdigit()
    ]
    edges = [right for right in column if right > head.right + 1]
    assert len(edges) > 5
    assert max(edges) - min(edges) < 1


@pytest.mark.office
def test_the_progress_annex_opens_with_the_counts(printed: dict[str, Printed]) -> None:
    counts = [text for text in texts(printed["sample.6m"].docx) if text.startswith("Đã hoàn thành ")]
    assert len(counts) == 1
    assert re.fullmatch(
        r"Đã hoàn thành \d+/20 nhiệm vụ; đang thực hiện \d+ nhiệm vụ; chưa thực hiện \d+ nhiệm vụ\.", counts[0]
    )


@pytest.mark.office
def test_the_sheet_has_its_chart_before_the_signature_and_its_list_behind(printed: dict[str, Printed]) -> None:
    shown = [[" ".join(word.text for word in line) for line in page.lines] for page in printed["sample.tu-cham"].pages]

    def at(start: str) -> tuple[int, int]:
        return next(
            (number, row) for number, page in enumerate(shown) for row, line in enumerate(page) if start in line
        )

    assert at("Tổng điểm") < at("Mức tự xếp loại") < at("Điểm tự chấm theo nội dung") < at("Nơi nhận:")
    assert at("Nơi nhận:") < at("DANH MỤC TÀI LIỆU KIỂM CHỨNG")
    assert at("Bộ tiêu chí tham khảo, chưa do") < at("Lý do, căn cứ")
