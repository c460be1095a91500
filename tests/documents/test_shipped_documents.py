"""Every kind of document from the shipped plan: valid Word, and right on its pages."""

from __future__ import annotations

import html
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest
from validators import audit, sdk

from danvan_cli.documents.make import plan_document, report_document, score_document, unit_plan_document
from danvan_cli.plan.load import read_plan
from danvan_cli.scoring.evaluate import evaluate
from danvan_cli.scoring.load import read_rubrics, read_score
from danvan_cli.scoring.model import ScoreRecord
from danvan_cli.unit.load import read_unit
from danvan_cli.unit.model import UnitRecord, owed
from tools_needed import require
from word_files import texts

ROOT = Path(__file__).parents[2]
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


class Word(NamedTuple):
    """A word on a page, in points from the left and the top."""

    left: float
    top: float
    right: float
    text: str


@dataclass(frozen=True)
class Printed:
    """A document as LibreOffice prints it."""

    docx: Path
    pdf: Path
    pages: list[list[list[Word]]]
    """Pages of lines of words."""

    def line(self, text: str, page: int = 0) -> list[Word]:
        """Find the line that holds a text."""
        return next(line for line in self.pages[page] if text in " ".join(word.text for word in line))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make them all in one folder."""
    folder = tmp_path_factory.mktemp("văn bản")
    plan = read_plan(ROOT / "plans" / "2023.yaml").plan
    sample = read_unit(ROOT / "samples" / "so-y-te.unit.yaml").record
    rubrics = read_rubrics(ROOT / "plans" / "2023.rubric.yaml").rubrics
    answers = read_score(ROOT / "samples" / "so-y-te.score.yaml").record
    assert plan is not None
    assert sample is not None
    assert rubrics is not None
    assert answers is not None
    for name in NAMES:
        who, _dot, period = name.partition(".")
        unit = plan.unit_by_id["so-y-te" if who in {"plan", "sample"} else who]
        record = sample if who == "sample" else UnitRecord(format="danvan-unit/1", unit=unit.id, plan=plan.id)
        if who == "plan":
            rendered = plan_document(plan, None)
        elif period == "tu-cham":
            answered = answers if who == "sample" else ScoreRecord(format="danvan-score/1")
            rubric = next(one for one in rubrics.rubrics if unit.block in one.blocks)
            rendered = score_document(plan, unit, record, evaluate(rubric, answered), None)
        elif period == "ke-hoach":
            rendered = unit_plan_document(plan, unit, record, None)
        else:
            deliverable = next(one for one in owed(plan, unit) if one.id == period)
            topic = "Dân chủ ở cơ sở" if deliverable.on_request else None
            rendered = report_document(plan, unit, record, deliverable, None, topic=topic)
        (folder / f"{name}.docx").write_bytes(rendered.data)
    return folder


@pytest.fixture(scope="module")
def printed(made: Path) -> dict[str, Printed]:
    """Print them with one call of LibreOffice and read the words with their places."""
    soffice = require("soffice")
    require("pdftoppm")
    profile = f"-env:UserInstallation={(made / 'lo').as_uri()}"
    files = [str(made / f"{name}.docx") for name in NAMES]
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(made), *files],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {name: Printed(made / f"{name}.docx", made / f"{name}.pdf", _pages(made / f"{name}.pdf")) for name in NAMES}


_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>(.*?)</word>')


def _pages(path: Path) -> list[list[list[Word]]]:
    done = subprocess.run(
        ["pdftotext", "-bbox-layout", str(path), "-"], check=True, capture_output=True, encoding="utf-8"
    )
    pages = []
    for page in done.stdout.split("<page ")[1:]:
        words = [
            Word(float(left), float(top), float(right), html.unescape(text))
            for left, top, right, text in _WORD.findall(page)
        ]
        lines: dict[int, list[Word]] = {}
        for word in sorted(words, key=lambda word: (round(word.top), word.left)):
            near = next((top for top in lines if abs(top - word.top) < 3), round(word.top))
            lines.setdefault(near, []).append(word)
        pages.append([sorted(line) for line in lines.values()])
    return pages


@pytest.mark.parametrize("name", NAMES)
def test_each_document_is_valid_word(made: Path, name: str) -> None:
    assert audit(made / f"{name}.docx") == []


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_document_is_valid_for_the_sdk_too(made: Path, name: str) -> None:
    assert sdk(made / f"{name}.docx") == []


@pytest.mark.parametrize("name", NAMES)
def test_no_word_is_lost_on_the_way_to_paper(printed: dict[str, Printed], name: str) -> None:
    one = printed[name]
    shown = re.sub(r"\s", "", "".join(word.text for page in one.pages for line in page for word in line))
    for text in texts(one.docx):
        for word in text.split():
            assert word in shown or word.upper() in shown, (word, text)


@pytest.mark.parametrize("name", NAMES)
def test_quoc_hieu_stands_on_one_line_in_the_right_half(printed: dict[str, Printed], name: str) -> None:
    line = printed[name].line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert min(word.left for word in line if word.text == "CỘNG") > 595.3 * 0.38
    assert max(word.right for word in line) < 595.3 - 15 / 25.4 * 72


@pytest.mark.parametrize("name", NAMES)
def test_the_page_number_is_missing_on_page_one_and_centred_above_the_others(
    printed: dict[str, Printed], name: str
) -> None:
    first, *others = printed[name].pages
    margin = 20 / 25.4 * 72
    assert not [word for line in first for word in line if word.top < margin - 12]
    for number, page in enumerate(others, start=2):
        (shown,) = [word for line in page for word in line if word.top < margin - 12]
        assert shown.text == str(number)
        assert (shown.left + shown.right) / 2 == pytest.approx((30 + 210 - 15) / 2 / 25.4 * 72, abs=9)


@pytest.mark.parametrize("name", NAMES)
def test_signature_and_recipients_stand_side_by_side(printed: dict[str, Printed], name: str) -> None:
    (page,) = [
        page
        for page in printed[name].pages
        if any(line[:2] and [w.text for w in line[:2]] == ["Nơi", "nhận:"] for line in page)
    ]
    at = next(number for number, line in enumerate(page) if [w.text for w in line[:2]] == ["Nơi", "nhận:"])
    top = page[at][0].top
    beside = [word for line in page for word in line if abs(word.top - top) < 6 and word.left > MIDDLE]
    assert beside, "chức vụ người ký cùng hàng với nơi nhận"
    assert " ".join(word.text for word in beside).isupper()


@pytest.mark.parametrize(
    ("name", "heads"),
    [
        ("sample.ke-hoach", ["TT Nội dung Chủ trì Phối hợp Thời gian Sản phẩm"]),
        ("sample.6m", ["TT Nhiệm vụ Chủ trì Thời gian Hoạt động Trạng"]),
        ("sample.tu-cham", ["TT Tiêu chí Điểm Điểm tự Cách tính, căn cứ, giải"]),
    ],
)
def test_a_table_over_two_pages_has_its_head_on_both(printed: dict[str, Printed], name: str, heads: list[str]) -> None:
    lines = [[" ".join(word.text for word in line) for line in page] for page in printed[name].pages]
    for head in heads:
        assert sum(head in page for page in lines) >= 2


@pytest.mark.parametrize("name", ["plan", "sample.ke-hoach", "sample.6m"])
def test_only_times_new_roman_or_what_is_as_wide_is_used(printed: dict[str, Printed], name: str) -> None:
    done = subprocess.run(
        ["pdffonts", str(printed[name].pdf)], check=True, capture_output=True, encoding="utf-8"
    ).stdout  # fmt: skip
    fonts = {line.split()[0].partition("+")[2] for line in done.splitlines()[2:]}
    assert fonts
    assert all(re.match(r"TimesNewRoman|LiberationSerif|Tinos", font) for font in fonts), fonts


@pytest.mark.parametrize("name", NAMES)
def test_no_line_of_a_letterhead_is_a_word_alone(printed: dict[str, Printed], name: str) -> None:
    page = printed[name].pages[0]
    end = next(line[0].top for line in page if {"ngày", "tháng", "năm"} <= {word.text for word in line})
    left = [[w for w in line if w.right < 595.3 * 0.45] for line in page if line[0].top < end]
    assert all(len(line) > 1 for line in left if line), left


@pytest.mark.parametrize("name", [name for name in NAMES if name != "plan"])
def test_nobody_writes_to_itself(made: Path, name: str) -> None:
    written = texts(made / f"{name}.docx")
    if name.startswith("so-noi-vu"):
        assert not [text for text in written if text.startswith(("Kính gửi: Sở Nội vụ", "- Sở Nội vụ ("))]
    if "- Như trên;" in written:
        assert [text for text in written if text.startswith("Kính gửi: ")]


REPORTS = [name for name in NAMES if name.endswith((".6m", ".1y", ".dai-6m"))]


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_on_a_period_ends_with_the_list_of_evidence_and_never_says_there_is_none(
    printed: dict[str, Printed], name: str
) -> None:
    last = [" ".join(word.text for word in line) for line in printed[name].pages[-1]]
    assert "DANH MỤC TÀI LIỆU KIỂM CHỨNG" in last
    assert "TT Tên tài liệu Số, ký hiệu Ngày Nhiệm vụ Ghi chú" in last
    written = texts(printed[name].docx)
    rows = written[written.index("Ghi chú") + 1 :]
    assert "[… tài liệu kiểm chứng …]" in rows or [text for text in rows if "SYT" in text]
    assert "không có" not in " ".join(rows).lower()


def test_a_report_sent_before_the_years_end_has_a_column_for_the_whole_year(printed: dict[str, Printed]) -> None:
    assert "Ước thực hiện cả năm 2023" in texts(printed["sample.1y"].docx)
    assert not [text for text in texts(printed["sample.6m"].docx) if text.startswith("Ước")]


def test_figures_of_a_column_end_at_one_edge(printed: dict[str, Printed]) -> None:
    page = next(
        page for page in printed["sample.1y"].pages if any("SỐ LIỆU" in " ".join(w.text for w in line) for line in page)
    )
    head = next(word for line in page for word in line if word.text == "2022")
    column = [
        word.right for line in page for word in line if abs(word.right - head.right) < 20 and word.text[0].isdigit()
    ]
    edges = [right for right in column if right > head.right + 1]
    assert len(edges) > 5
    assert max(edges) - min(edges) < 1


def test_the_progress_annex_opens_with_the_counts(printed: dict[str, Printed]) -> None:
    counts = [text for text in texts(printed["sample.6m"].docx) if text.startswith("Đã hoàn thành ")]
    assert len(counts) == 1
    assert re.fullmatch(
        r"Đã hoàn thành \d+/20 nhiệm vụ; đang thực hiện \d+ nhiệm vụ; chưa thực hiện \d+ nhiệm vụ\.", counts[0]
    )


def test_the_sheet_has_its_chart_before_the_signature_and_its_list_behind(printed: dict[str, Printed]) -> None:
    pages = [[" ".join(word.text for word in line) for line in page] for page in printed["sample.tu-cham"].pages]

    def at(start: str) -> tuple[int, int]:
        return next(
            (number, row) for number, page in enumerate(pages) for row, line in enumerate(page) if start in line
        )

    assert at("Tổng điểm") < at("Mức tự xếp loại") < at("Điểm tự chấm theo nội dung") < at("Nơi nhận:")
    assert at("Nơi nhận:") < at("DANH MỤC TÀI LIỆU KIỂM CHỨNG")
    assert at("không phải bộ tiêu chí chính thức") < at("Cách tính, căn cứ")
