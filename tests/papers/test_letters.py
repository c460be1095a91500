"""A unit's letters: its obstacles go up as recorded, and of a verified score only what differs is explained."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import docx
import pytest

from danvan_cli.desk.made import make
from danvan_cli.papers.kinds.cong_van_giai_trinh import Explanation, Notice, explanation_letter
from danvan_cli.papers.kinds.cong_van_vuong_mac import ObstacleLetter, obstacle_letter
from danvan_cli.scoring.evaluate import evaluate
from danvan_cli.word.shape import plain_values, shape_of
from shapes import misfits
from shipped import ANSWERS, PLAN, RECORD, RUBRIC, UNIT, recorded

if TYPE_CHECKING:
    from danvan_cli.papers.paper import Paper
    from danvan_cli.scoring.result import Result

NOTICE = Notice(number="312/TB-SNV", date=date(2023, 12, 5))


@pytest.fixture(scope="module")
def result() -> Result:
    """Score the sample."""
    return evaluate(RUBRIC, ANSWERS)


def paragraphs(letter: Paper) -> list[str]:
    data = make(letter, None).data
    return [one.text for one in docx.Document(io.BytesIO(data)).paragraphs if one.text]


# Obstacles -----------------------------------------------------------------------------------------------------------


def test_obstacles_go_to_the_plans_issuer_through_who_follows_the_work() -> None:
    assert obstacle_letter(PLAN, UNIT, RECORD).addressed.to == ["Ủy ban nhân dân tỉnh Bình Phước (qua Sở Nội vụ)"]
    own = obstacle_letter(PLAN, PLAN.unit_by_id["so-noi-vu"], recorded("so-noi-vu"))
    assert own.addressed.to == ["Ủy ban nhân dân tỉnh Bình Phước"]


def test_every_obstacle_stands_in_the_letter_with_what_is_proposed() -> None:
    text = paragraphs(obstacle_letter(PLAN, UNIT, RECORD))
    assert RECORD.obstacles
    for number, one in enumerate(RECORD.obstacles, start=1):
        at = text.index(f"{number}. {one.text}")
        assert text[at + 1] == f"- {one.proposal}"


def test_a_missing_proposal_and_missing_obstacles_are_gaps_and_nothing_is_said_instead() -> None:
    record = recorded(obstacles=[{"text": "Thiếu người."}])
    assert "đề xuất, kiến nghị" in make(obstacle_letter(PLAN, UNIT, record), None).blanks
    nothing = make(obstacle_letter(PLAN, UNIT, recorded()), None).blanks
    assert "khó khăn, vướng mắc và đề xuất" in nothing


@pytest.mark.parametrize(
    ("short", "symbol"), [("VP", "SYT-VP"), ("NVYD", "SYT-NVYD"), (None, "SYT-[… chữ viết tắt của đơn vị soạn thảo …]")]
)
def test_a_letters_symbol_names_the_unit_and_the_room_by_its_short_name(short: str | None, symbol: str) -> None:
    letter = obstacle_letter(PLAN, UNIT, recorded(drafter="Văn phòng Sở", drafter_abbr=short))
    assert "".join(letter.common.letterhead.symbol) == symbol


def test_signer_drafter_and_what_stands_behind_the_archive_are_three_things() -> None:
    record = recorded(drafter="Văn phòng Sở", drafter_abbr="VP", signer="Nguyễn Văn An")
    shown = docx.Document(io.BytesIO(make(obstacle_letter(PLAN, UNIT, record), None).data))
    cells = [cell.text for table in shown.tables for row in table.rows for cell in row.cells]
    assert [text for text in cells if text.endswith("- Lãnh đạo Sở;\n- Lưu: VT, VP.")]
    assert [text for text in cells if text.endswith("Nguyễn Văn An")]
    assert not [text for text in cells if "Văn phòng Sở" in text]


@pytest.mark.parametrize("unit", PLAN.units, ids=lambda unit: unit.id)
def test_each_units_letter_has_exactly_the_names_that_its_template_may_use(unit: Any) -> None:
    letter = obstacle_letter(PLAN, unit, recorded(unit.id))
    assert list(misfits(shape_of(ObstacleLetter), plain_values(letter))) == []


# Explanation ---------------------------------------------------------------------------------------------------------


def test_only_criteria_whose_points_differ_are_explained(result: Result) -> None:
    scored = [one for one in result.lines if one.state == "scored" and one.points]
    same, less = scored[0], scored[1]
    assert same.points is not None
    assert less.points is not None
    verified = {same.criterion.id: same.points, less.criterion.id: less.points - Decimal("0.5"), "không có": Decimal(1)}
    letter = explanation_letter(PLAN, UNIT, RECORD, result, verified, NOTICE)
    assert list(misfits(shape_of(Explanation), plain_values(letter))) == []
    (row,) = letter.rows
    assert (row.id, row.criterion) == (less.criterion.id, less.criterion.title)
    gap = Decimal(row.self_.replace(",", ".")) - Decimal((row.verified or "").replace(",", "."))
    assert gap == Decimal("0.5")
    assert letter.addressed.to == ["Sở Nội vụ"]


def test_groups_that_sum_others_are_no_rows_of_their_own(result: Result) -> None:
    verified = {one.criterion.id: Decimal(0) for one in result.lines}
    rows = explanation_letter(PLAN, UNIT, RECORD, result, verified, NOTICE).rows
    groups = {one.criterion.id for one in result.lines if one.state == "group"}
    assert rows
    assert not groups & {row.id for row in rows}


def test_what_is_asked_for_is_left_to_a_person_and_the_notice_is_named(result: Result) -> None:
    line = next(one for one in result.lines if one.state == "scored" and one.points)
    letter = explanation_letter(PLAN, UNIT, RECORD, result, {line.criterion.id: Decimal(0)}, NOTICE)
    rendered = make(letter, None)
    assert "điểm đề nghị" in rendered.blanks
    assert any(one.startswith("ý kiến của đơn vị") for one in rendered.blanks)
    assert any("Phúc đáp Thông báo số 312/TB-SNV ngày 05/12/2023" in one for one in paragraphs(letter))


def test_a_notice_without_a_number_is_a_gap(result: Result) -> None:
    blanks = make(explanation_letter(PLAN, UNIT, RECORD, result, {}, Notice()), None).blanks
    assert {"số, ngày thông báo kết quả thẩm định", "tiêu chí đề nghị xem xét lại"} <= set(blanks)
