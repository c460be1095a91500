"""Letterhead, Kính gửi, nơi nhận and signature: in their places, by the decree."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from danvan_cli.nd30.figures import styled_width
from danvan_cli.word import frame
from templates_made import render, texts, word, wrong

HEAD = {
    "superior": ["UBND TỈNH BÌNH PHƯỚC"], "issuer": ["SỞ Y TẾ"], "number": None, "symbol": "KH-SYT",
    "place": "Bình Phước", "date": None, "year": 2023, "month": 5,
}  # fmt: skip

SOURCE = """---
letterhead: "{{ head }}"
type: KẾ HOẠCH
subject: "Công tác dân vận năm {{ year }}"
to: "{{ to }}"
signature: "{{ signature }}"
recipients: "{{ recipients }}"
---
Nội dung./.

{% if annex %}
# Phụ lục I

# Danh mục
{% endif %}
"""

DATA: dict[str, Any] = {
    "head": HEAD, "year": 2023, "to": [], "annex": False, "recipients": ["Như trên", "Lưu: VT, NV"],
    "signature": {"lines": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "name": "Nguyễn Văn A"},
}  # fmt: skip


def cells(table: Any) -> list[list[list[tuple[str, str]]]]:
    """Give style and text of every paragraph that says something, by row and cell."""
    return [
        [[(p.style.style_id, p.text) for p in cell.paragraphs if p.text] for cell in row.cells] for row in table.rows
    ]


def test_the_letterhead_has_each_component_in_its_cell() -> None:
    assert cells(word(SOURCE, DATA).tables[0]) == [
        [
            [("CoQuanChuQuan", "UBND TỈNH BÌNH PHƯỚC"), ("CoQuanBanHanh", "SỞ Y TẾ")],
            [("QuocHieu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("TieuNgu", "Độc lập - Tự do - Hạnh phúc")],
        ],
        [[("SoKyHieu", "Số:        /KH-SYT")], [("DiaDanh", "Bình Phước, ngày      tháng 5 năm 2023")]],
    ]


@pytest.mark.parametrize(
    ("change", "number", "day"),
    [
        ({"number": "7", "date": date(2023, 3, 5)}, "Số: 07/KH-SYT", "ngày 05 tháng 3 năm 2023"),
        ({"number": "12", "date": "2023-01-16"}, "Số: 12/KH-SYT", "ngày 16 tháng 01 năm 2023"),
        ({"number": "12a", "month": 2}, "Số: 12a/KH-SYT", "ngày      tháng 02 năm 2023"),
        ({"month": None}, "Số:        /KH-SYT", "ngày      tháng      năm 2023"),
    ],
)
def test_number_and_day_are_empty_places_until_they_are_known(change: dict[str, object], number: str, day: str) -> None:
    data = {**DATA, "head": {**HEAD, **change}}
    last = cells(word(SOURCE, data).tables[0])[1]
    assert (last[0][0][1], last[1][0][1]) == (number, f"Bình Phước, {day}")
    assert render(SOURCE, data).blanks == ()


def test_type_and_subject_follow_and_name_the_document() -> None:
    assert texts(SOURCE, DATA)[:2] == [("TenLoai", "KẾ HOẠCH"), ("TrichYeu", "Công tác dân vận năm 2023")]
    assert word(SOURCE, DATA).core_properties.title == "KẾ HOẠCH Công tác dân vận năm 2023"


def test_the_documents_properties_name_the_agency_and_the_day() -> None:
    data = {**DATA, "head": {**HEAD, "name": "Sở Y tế", "date": date(2023, 5, 10)}}
    found = word(SOURCE, data).core_properties
    assert (found.author, found.subject) == ("Sở Y tế", "Công tác dân vận năm 2023")
    assert found.created.date() == found.modified.date() == date(2023, 5, 10)
    unknown = word(SOURCE, DATA).core_properties
    assert (unknown.author, unknown.created) == ("SỞ Y TẾ", None)


def test_one_recipient_stands_on_the_line_and_several_below_it() -> None:
    one = texts(SOURCE, {**DATA, "to": ["Sở Nội vụ"]})
    assert ("KinhGui", "Kính gửi: Sở Nội vụ") in one
    several = texts(SOURCE, {**DATA, "to": ["UBND tỉnh", "Sở Nội vụ"]})
    assert several[2:5] == [("KinhGui", "Kính gửi:"), ("KinhGuiDong", "- UBND tỉnh;"), ("KinhGuiDong", "- Sở Nội vụ.")]


def test_signature_and_recipients_stand_side_by_side_and_are_never_split() -> None:
    table = word(SOURCE, DATA).tables[1]
    assert cells(table) == [
        [
            [("NoiNhan", "Nơi nhận:"), ("NoiNhanDong", "- Như trên;"), ("NoiNhanDong", "- Lưu: VT, NV.")],
            [("ChucVu", "KT. GIÁM ĐỐC"), ("ChucVu", "PHÓ GIÁM ĐỐC"), ("HoTen", "Nguyễn Văn A")],
        ]
    ]
    assert table.rows[0]._tr.xpath("./w:trPr/w:cantSplit")


def test_an_office_that_nobody_has_told_is_a_blank_as_the_name_is() -> None:
    data = {**DATA, "signature": {"lines": [], "name": None}}
    lines = cells(word(SOURCE, data).tables[1])[0][1]
    assert lines == [("ChucVu", "[… quyền hạn, chức vụ người ký …]"), ("HoTen", "[… họ tên người ký …]")]
    assert len(render(SOURCE, data).blanks) == 2


@pytest.mark.parametrize("annex", [True, False])
def test_the_signature_stands_before_the_first_annex(annex: bool) -> None:
    body = word(SOURCE, {**DATA, "annex": annex}).element.body
    texts = ["".join(part.text for part in child.xpath(".//w:t")) for child in body]
    at = next(number for number, text in enumerate(texts) if "KT. GIÁM ĐỐC" in text)
    assert texts.index("Nội dung./.") < at
    assert not annex or at < texts.index("Phụ lục I")


def test_what_the_head_lacks_is_a_blank_and_nothing_crashes() -> None:
    empty = dict.fromkeys(HEAD)
    data = {**DATA, "head": empty, "signature": {"lines": [], "name": None}, "recipients": [], "to": None}
    assert render(SOURCE, data).blanks == ("ký hiệu", "địa danh", "quyền hạn, chức vụ người ký", "họ tên người ký")


def test_a_document_may_have_no_head_and_no_signature() -> None:
    document = word("---\nletterhead: null\nsubject: Bảng tự chấm\n---\nMột.")
    assert [p.text for p in document.paragraphs if p.text] == ["Bảng tự chấm", "Một."]
    assert not document.tables


def test_a_letter_without_a_type_has_its_subject_under_the_number() -> None:
    document = word('---\nletterhead: "{{ head }}"\nsubject: V/v đôn đốc báo cáo\n---\nMột.', DATA)  # fmt: skip
    assert cells(document.tables[0])[1][0][1] == ("TrichYeuCongVan", "V/v đôn đốc báo cáo")


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        ({"head": "SYT"}, 2, "nhóm giá trị"), ({"head": {"isuer": []}}, 2, "isuer"), ({"year": {}}, 4, "đoạn chữ"),
        ({"head": {**HEAD, "date": "hôm nay"}}, 2, "ngày"), ({"signature": []}, 6, "nhóm giá trị"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_told_at_its_key(change: dict[str, object], line: int, said: str) -> None:
    (found,) = wrong(SOURCE, {**DATA, **change})
    assert found.spot.line == line
    assert said in found.message


def test_quoc_hieu_fits_on_one_line_of_its_column() -> None:
    assert styled_width(frame.nd30.QUOC_HIEU, "QuocHieu") < frame._COLUMNS[1]


def rule(document: Any, cell: tuple[int, int, int] | None) -> int:
    """Give the length of the line under a cell's last paragraph, or under the subject (None)."""
    where = document.tables[cell[0]].rows[cell[1]].cells[cell[2]]._tc if cell else document.element.body
    (left,), (right,) = (where.xpath(f"./w:p/w:pPr/w:ind/@w:{side}") for side in ("left", "right"))
    column = frame._COLUMNS[cell[2]] if cell else frame.TEXT_WIDTH
    return column - int(left) - int(right)


def test_lines_are_as_long_as_the_decree_says() -> None:
    document = word(SOURCE, DATA)
    assert rule(document, (0, 0, 1)) == pytest.approx(styled_width(frame.nd30.TIEU_NGU, "TieuNgu"), abs=2)
    for length, text, style in (
        (rule(document, (0, 0, 0)), "SỞ Y TẾ", "CoQuanBanHanh"),
        (rule(document, None), "Công tác dân vận năm 2023", "TrichYeu"),
    ):
        assert 1 / 3 <= length / styled_width(text, style) <= 1 / 2


def test_marks_that_a_recipient_brings_with_it_are_not_doubled() -> None:
    made = word(SOURCE, {**DATA, "recipients": ["Sở Nội vụ.", "- UBND tỉnh (b/c);", "Lưu: VT."]}).tables[1]
    assert [text for style, text in cells(made)[0][0] if style == "NoiNhanDong"] == [
        "- Sở Nội vụ;", "- UBND tỉnh (b/c);", "- Lưu: VT.",
    ]  # fmt: skip
