"""The province's documents and the letters, from full and from empty data: valid, by the decree, and inventing nothing."""

from __future__ import annotations

import io
import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.enum.section import WD_ORIENT

import pages
from danvan_cli.nd30 import figures as nd30
from danvan_cli.nd30.judge import judge
from danvan_cli.papers import library
from danvan_cli.papers.catalogue import paper_kinds
from danvan_cli.papers.kinds.bao_cao_tu_cham_diem import ScoreReport, score_report
from danvan_cli.scoring.evaluate import evaluate
from danvan_cli.word.shape import plain_values, sample, shape_of, sparse
from danvan_cli.word.values import style_of
from shares import some
from shipped import ANSWERS, PLAN, RECORD, RUBRIC, UNIT, recorded
from validators import audit, sdk

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.word.package import Rendered

REPORT = ScoreReport.template
_NAMES = list(paper_kinds())
PROVINCE = {name: shape_of(paper_kinds()[name]) for name in _NAMES[_NAMES.index("cong-van-don-doc") :]}
"""The papers of the province, and the letters of units."""
LETTERS = [name for name in PROVINCE if name.startswith("cong-van-")]
DECISIONS = [name for name in PROVINCE if name.startswith("quyet-dinh-")]


@cache
def report_contexts() -> dict[str, dict[str, Any]]:
    """Give the contexts of the report on the self-score: with the sample's answers, and with none."""
    none = ANSWERS.model_copy(update={"answers": {}})
    return {
        "full": plain_values(score_report(PLAN, UNIT, RECORD, evaluate(RUBRIC, ANSWERS))),
        "sparse": plain_values(score_report(PLAN, UNIT, recorded(), evaluate(RUBRIC, none))),
    }


def context(name: str, kind: str) -> dict[str, Any]:
    if name == REPORT:
        return dict(report_contexts()[kind])
    return {"full": sample, "sparse": sparse}[kind](PROVINCE[name])


@cache
def rendered(name: str, kind: str) -> Rendered:
    return library.compiled_template(name, None).render(context(name, kind))


def document(name: str, kind: str = "full", **changes: Any) -> Any:
    made = (
        library.compiled_template(name, None).render(context(name, kind) | changes) if changes else rendered(name, kind)
    )
    return docx.Document(io.BytesIO(made.data))


def styled(found: Any) -> list[tuple[str, str]]:
    return [(one.style.style_id, one.text) for one in found.paragraphs if one.text]


def head(found: Any) -> str:
    return "\n".join(cell.text for row in found.tables[0].rows for cell in row.cells)


CASES = [(name, kind) for name in (*PROVINCE, REPORT) for kind in ("full", "sparse")]
EVERY = pytest.mark.parametrize(("name", "kind"), CASES)


# All of them ---------------------------------------------------------------------------------------------------------


@pytest.mark.office
@EVERY
def test_each_is_valid_word(name: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(rendered(name, kind).data)
    assert audit(path) == []


@pytest.mark.office
@pytest.mark.parametrize("case", some(CASES), ids=".".join)  # the SDK takes seconds for each
def test_it_is_valid_for_the_sdk_too(case: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(rendered(*case).data)
    assert sdk(path) == []


@EVERY
def test_format_check_finds_nothing_but_the_empty_places_of_number_and_day(name: str, kind: str) -> None:
    found = judge(rendered(name, kind).data, name)
    assert [one for one in found if one.severity != "note"] == []


@EVERY
def test_nothing_is_shown_that_nobody_gave(name: str, kind: str) -> None:
    found = document(name, kind)
    text = "\n".join(part.text or "" for part in found.element.body.iter(f"{{{found.element.nsmap['w']}}}t"))
    assert not re.search(r"\bNone\b|\b0 (cơ quan|thành viên|tiêu chí)", text)


@pytest.mark.parametrize("name", PROVINCE)
def test_full_data_leaves_nothing_to_write_and_empty_data_does(name: str) -> None:
    settled = context(name, "full") | {"over": []}  # what is over a quota is for a person to settle
    assert library.compiled_template(name, None).render(settled).blanks == ()
    assert "họ tên người ký" in rendered(name, "sparse").blanks or name == "bien-ban-tham-dinh"
    assert len(rendered(name, "sparse").blanks) >= 4


@EVERY
def test_a_list_ends_with_a_full_stop_where_the_text_goes_on(name: str, kind: str) -> None:
    found = styled(document(name, kind))
    lasts = [
        text
        for (style, text), (after, _text) in pairwise(found)
        if style == "GachDauDong" != after and text.endswith(";")
    ]
    assert lasts == []


@EVERY
def test_each_ends_as_practice_has_it(name: str, kind: str) -> None:
    found = styled(document(name, kind))
    assert [text[-3:] for style, text in found if style == "KetThuc"] == ["./."]


@EVERY
def test_signing_lines_are_the_datas_own(name: str, kind: str) -> None:
    lines = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    found = document(name, kind, signature={"lines": lines, "name": "Trần Văn B"})
    signed = [p.text for table in found.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    if name != "bien-ban-tham-dinh":  # its chair and its secretary sign as what they are
        assert [text for text in signed if text in lines] == lines


# Kinds ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_has_its_subject_under_the_number_and_no_type(name: str) -> None:
    found = document(name)
    assert re.search(r"^Số: 25/[A-Z]+-[A-Z]+\nV/v ", head(found), re.MULTILINE)
    styles = [style for style, _text in styled(found)]
    assert "TenLoai" not in styles
    assert styles[0] == "KinhGui"


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_is_built_as_its_model(name: str) -> None:
    found = styled(document(name))
    styles = [style for style, _text in found]
    assert styles[:5] == ["TenLoai", "TrichYeu", "ThamQuyen", "CanCu", "CanCu"]
    at = styles.index("QuyetDinhDong")
    assert set(styles[3:at]) == {"CanCu"}
    grounds = [text for _style, text in found[3:at]]
    assert all(text.startswith("Căn cứ ") and text.endswith(";") for text in grounds[:-1])
    assert grounds[0] == "Căn cứ Luật Tổ chức chính quyền địa phương;"
    asked = "Theo đề nghị của Trưởng phòng Xây dựng chính quyền tại Tờ trình số 312/TB-SNV ngày 05/12/2023"
    assert grounds[-1] == f"{asked}."
    assert [text[:8] for style, text in found if style in {"Dieu", "KetThuc"}] == ["Điều 1. ", "Điều 2. ", "Điều 3. "]


@pytest.mark.parametrize("name", DECISIONS)
def test_only_the_label_of_an_article_is_bold(name: str) -> None:
    articles = [one for one in document(name).paragraphs if one.text.startswith("Điều ")]
    assert [[bool(run.bold) for run in one.runs][:2] for one in articles] == [[True, False]] * 3
    assert [one.runs[0].text for one in articles] == ["Điều 1.", "Điều 2.", "Điều 3."]


@pytest.mark.parametrize(
    ("line", "before", "style"),
    [
        ("Điều 1. Thành lập Đoàn", "", "Dieu"), ("Điều 12. Hiệu lực", "Khoan", "Dieu"),
        ("Điều 1 của Luật quy định", "", "NoiDung"), ("Điều kiện: đủ hồ sơ", "", "NoiDung"),
        ("QUYẾT ĐỊNH:", "", "QuyetDinhDong"), ("QUYẾT ĐỊNH: thành lập", "", "NoiDung"),
        ("Căn cứ Luật A;", "", "CanCu"), ("Căn cứ Luật B.", "CanCu", "CanCu"), ("Căn cứ Luật B.", "", "NoiDung"),
        ("Theo đề nghị của Giám đốc Sở.", "CanCu", "CanCu"), ("Theo đề nghị của Giám đốc Sở.", "", "NoiDung"),
        ("Xét đề nghị của Giám đốc Sở;", "CanCu", "CanCu"),
    ],
)  # fmt: skip
def test_a_paragraphs_label_chooses_its_style(line: str, before: str, style: str) -> None:
    assert style_of(line, before) == style
    assert style in nd30.BY_ID


def test_a_decision_without_grounds_or_members_says_what_is_missing() -> None:
    blanks = rendered("quyet-dinh-doan-tham-dinh", "sparse").blanks
    wanted = {"các văn bản làm căn cứ; mỗi căn cứ một dòng", "người đề nghị", "thành viên Đoàn thẩm định"}
    assert wanted <= set(blanks)


@pytest.mark.parametrize("kind", ["full", "sparse"])
def test_a_record_has_no_place_and_day_in_its_head_but_in_its_text(kind: str) -> None:
    found = document("bien-ban-tham-dinh", kind)
    assert "Bình Phước, ngày" not in head(found)
    assert next(text for style, text in styled(found) if style == "NoiDung").startswith("Thời gian bắt đầu:")


def test_secretary_and_chair_sign_a_record_side_by_side() -> None:
    found = document(
        "bien-ban-tham-dinh",
        chair={"name": "Nguyễn Văn A", "position": "Giám đốc"},
        secretary={"name": "Lê Thị C", "position": "Chuyên viên"},
    )
    (row,) = (row for table in found.tables for row in table.rows if "CHỦ TỌA" in row.cells[-1].text)
    assert [[p.text for p in cell.paragraphs if p.text] for cell in row.cells] == [
        ["THƯ KÝ", "Lê Thị C"], ["CHỦ TỌA", "Nguyễn Văn A"],
    ]  # fmt: skip


def test_a_letter_to_one_late_unit_names_it_and_has_no_list() -> None:
    late = [
        {
            "name": "Sở X",
            "owes": "Báo cáo 06 tháng",
            "last_day": "09/5/2023",
            "days": 6,
            "returned": None,
            "heirs": None,
        }
    ]
    found = document("cong-van-don-doc", late=late, to=["Sở X"])
    text = [text for _style, text in styled(found)]
    assert any("chưa nhận được báo cáo 06 tháng của Sở X (quá hạn 06 ngày)" in one for one in text)
    assert not [one for one in text if one.startswith("Phụ lục") or "danh sách" in one]
    listed = document("cong-van-don-doc", late=late * 3)
    assert any("của 03 cơ quan" in text for _style, text in styled(listed))
    assert [style for style, _text in styled(listed)][-2:] == ["TenPhuLuc", "KemTheo"]


def test_a_proposal_does_not_say_that_all_have_sent_unless_they_have() -> None:
    def second(scored: int, missing: list[str]) -> str:
        found = document("to-trinh-cong-nhan", counts={"total": 34, "sent": scored}, missing=missing)
        return next(text for _style, text in styled(found) if text.startswith("2. "))

    assert second(33, ["Sở X"]) == "2. Chưa gửi hồ sơ: Sở X."
    assert second(34, []) == "2. Không có cơ quan, đơn vị, địa phương chưa gửi hồ sơ."
    assert second(33, []).startswith("2. Chưa gửi hồ sơ: [… ")


@pytest.mark.parametrize(("final", "said"), [(True, "kết quả cuối cùng"), (False, "kết quả bước đầu")])
def test_a_notice_says_whether_points_can_still_be_disputed(final: bool, said: str) -> None:
    text = "\n".join(text for _style, text in styled(document("thong-bao-ket-qua", final=final)))
    assert said in text.casefold()
    assert ("văn bản giải trình" in text) is not final


@pytest.mark.parametrize(
    "name", ["to-trinh-cong-nhan", "thong-bao-ket-qua", "bien-ban-tham-dinh", "cong-van-giai-trinh"]
)
def test_wide_tables_stand_on_pages_on_their_side(name: str) -> None:
    sections = document(name).sections
    first, *annexes = (one.orientation for one in sections)
    assert (first, annexes[0]) == (WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE), "the table of results, not that of reasons"


def test_units_stand_in_the_summary_by_block_with_a_title_over_all_columns() -> None:
    table = document("quyet-dinh-cong-nhan").tables[-1]
    titles = [row for row in table.rows if len(set(map(id, (cell._tc for cell in row.cells)))) < len(row.cells)]
    assert [row.cells[0].text for row in titles] == ["I", "II"]


# The report on the self-score ----------------------------------------------------------------------------------------


def test_the_report_on_the_self_score_has_the_sheet_and_the_evidence_as_annexes() -> None:
    found = styled(document(REPORT))
    assert [text for style, text in found if style in {"PhuLuc", "TenPhuLuc"}] == [
        "Phụ lục I", "BẢNG TỰ CHẤM ĐIỂM NĂM 2023", "Phụ lục II", "DANH MỤC TÀI LIỆU KIỂM CHỨNG",
    ]  # fmt: skip
    assert ("KinhGui", "Kính gửi: Sở Nội vụ") in found
    assert any(text.startswith("Tổng điểm tự chấm: 79,47/90 điểm.") for _style, text in found)
    assert "Số:        /BC-SYT" in head(document(REPORT))


def test_an_unfinished_self_score_is_a_gap_in_the_report() -> None:
    blanks = rendered(REPORT, "sparse").blanks
    assert {"tổng điểm", "mức tự xếp loại", "ưu điểm", "hạn chế"} <= set(blanks)


@pytest.mark.office
def test_the_report_is_on_paper_as_the_decree_says(tmp_path: Path) -> None:
    paths = [tmp_path / f"{kind}.docx" for kind in ("full", "sparse")]
    for path in paths:
        path.write_bytes(rendered(REPORT, path.stem).data)
    assert [pages.faults(one) for one in pages.printed(paths)] == [[], []]
