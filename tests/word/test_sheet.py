"""Annexes in sections of their own, and what stays on one page."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from docx.oxml.ns import qn

from danvan_cli.word import sections as sheet
from templates_made import render, texts, word, wrong
from validators import audit, sdk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


SOURCE = """---
letterhead: "{{ head }}"
type: KẾ HOẠCH
subject: Thử
signature: {lines: [GIÁM ĐỐC], name: Nguyễn Văn A}
recipients: [Như trên]
---
Nội dung./.

{% if wide %}
# Phụ lục I {.landscape}

## BẢNG RỘNG

| TT | Việc |
|:-:|---|
{% for row in rows %}
| {{ loop.index }} | {{ row }} |
{% endfor %}
{% endif %}

# Phụ lục II

## BẢNG HẸP

| TT | Việc |
|:-:|---|
| **I** | |
{% for row in rows %}
| {{ loop.index }} | {{ row }} |
{% endfor %}

# Phụ lục {{ number | roman }}

Không có bảng.
"""
HEAD = {
    "superior": ["UBND TỈNH"], "issuer": ["SỞ Y TẾ"], "name": "Sở Y tế", "number": "7", "symbol": "KH-SYT",
    "place": "Bình Phước", "date": date(2023, 3, 5), "year": 2023, "month": 3,
}  # fmt: skip
DATA = {"head": HEAD, "wide": True, "rows": ["a", "b", "c"], "number": 3}


def sections(document: Any) -> list[tuple[bool, str | None, int]]:
    """Give for each section whether it lies on its side, the number it starts with, and its text's width."""
    found = []
    for section in document.sections:
        (number,) = section._sectPr.xpath("./w:pgNumType/@w:start") or [None]
        wide = section.page_width - section.left_margin - section.right_margin
        found.append((section.page_width > section.page_height, number, round(wide / 635)))
    return found


def test_each_annex_is_a_section_that_counts_its_pages_anew() -> None:
    upright, lying = 9355, 14570
    one = (False, None, upright), (True, "1", lying), (False, "1", upright), (False, "1", upright)
    assert sections(word(SOURCE, DATA)) == list(one)
    assert sections(word(SOURCE, {**DATA, "wide": False})) == [one[0], *one[2:]]


def test_all_sections_share_the_header_and_hide_it_on_their_first_page() -> None:
    found = word(SOURCE, DATA).sections
    assert len({section.header.part.partname for section in found}) == 1
    assert all(section.different_first_page_header_footer for section in found)


def test_a_page_on_its_side_has_the_bound_edge_on_top() -> None:
    upright, lying = word(SOURCE, DATA).sections[:2]
    assert (lying.page_width, lying.page_height) == (upright.page_height, upright.page_width)
    assert [lying.top_margin, lying.right_margin, lying.bottom_margin, lying.left_margin] == [
        upright.left_margin, upright.top_margin, upright.right_margin, upright.bottom_margin,
    ]  # fmt: skip


def widths(document: Any) -> list[int]:
    """Give the width of each data table."""
    tables = [table for table in document.tables if table.style.style_id == "BangSoLieu"]
    return [sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid) for table in tables]


def test_a_table_is_as_wide_as_the_text_of_its_page() -> None:
    assert widths(word(SOURCE, DATA)) == pytest.approx([14570, 9355], abs=1)


@pytest.mark.parametrize("wide", [True, False])
def test_a_table_behind_an_annex_that_may_be_absent_fits_an_upright_page(wide: bool) -> None:
    table = "| A |\n|---|\n| a |\n"
    source = f"Một.\n\n{{% if wide %}}\n# Phụ lục {{.landscape}}\n\n{table}\n{{% endif %}}\n\n{table}"
    assert widths(word(source, {"wide": wide}))[-1] == pytest.approx(9355, abs=1)


def test_branches_of_an_annex_are_each_on_their_side_or_not() -> None:
    table = "| A |\n|---|\n| a |\n"
    source = (
        f"Một.\n\n{{% if wide %}}\n# Phụ lục {{.landscape}}\n\n{table}\n{{% else %}}\n# Phụ lục\n\n{table}{{% endif %}}"
    )
    assert [widths(word(source, {"wide": wide}))[0] for wide in (True, False)] == pytest.approx([14570, 9355], abs=1)


@pytest.mark.parametrize(
    ("source", "line"),
    [("# I. MỘT {.landscape}", 1), ("Một.\n\n# Phụ lục {.ngang}", 3), ("# Phụ lục\n\n## TÊN {.landscape}", 3)],
)
def test_only_an_annex_can_be_turned(source: str, line: int) -> None:
    (found,) = wrong(source)
    assert (found.rule, found.spot.line) == ("DV804", line)
    assert found.help == "phụ lục nằm ngang viết: # Phụ lục I {.landscape}"


def test_a_document_that_is_all_annex_has_one_section() -> None:
    assert sections(word("# Phụ lục {.landscape}\n\nMột.")) == [(True, "1", 14570)]


def test_a_text_cannot_forge_a_section() -> None:
    for mark in (sheet.annex(landscape=True), sheet.SIGNING):
        document = word("Một {{ x }}.", {"x": mark})
        assert len(document.sections) == 1
        assert document.paragraphs[0].text == f"Một {mark}."


@pytest.mark.office
@pytest.mark.parametrize("validate", [audit, sdk])
def test_documents_with_sections_are_valid_word(validate: Callable[[Path], list[str]], tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(render(SOURCE, DATA).data)
    assert validate(path) == []


# Which document an annex belongs to ----------------------------------------------------------------------------------


def test_under_each_annexs_title_stands_the_document_it_belongs_to() -> None:
    found = texts(SOURCE, DATA)
    line = ("KemTheo", "(Kèm theo Kế hoạch số 07/KH-SYT ngày 05 tháng 3 năm 2023 của Sở Y tế)")
    before = [one for one, after in pairwise(found) if after == line]
    assert before == [("TenPhuLuc", "BẢNG RỘNG"), ("TenPhuLuc", "BẢNG HẸP"), ("PhuLuc", "Phụ lục III")]


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("letterhead: {issuer: [SỞ Y TẾ], symbol: SYT-NV, year: 2023}",
         "(Kèm theo Công văn số        /SYT-NV ngày      tháng      năm 2023 của SỞ Y TẾ)"),
        ("letterhead: {name: Sở Y tế, unnumbered: true, year: 2023, month: 1}\ntype: BẢNG TỰ CHẤM",
         "(Kèm theo Bảng tự chấm ngày      tháng 01 năm 2023 của Sở Y tế)"),
    ],
)  # fmt: skip
def test_what_is_not_known_stays_an_empty_place(front: str, line: str) -> None:
    found = texts(f"---\n{front}\n---\nMột.\n\n# Phụ lục\n\n## TÊN\n\nHai.")
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for style, text in found if style == "KemTheo"] == [line]


def test_an_annex_whose_own_text_says_what_it_belongs_to_says_it_once() -> None:
    front = "letterhead: {name: Sở Y tế, symbol: KH-SYT, year: 2023}\ntype: KẾ HOẠCH"
    own = "(Kèm theo Kế hoạch số 05/KH-SYT ngày 05 tháng 01 năm 2023)"
    found = texts(f"---\n{front}\n---\nMột.\n\n# Phụ lục\n\n## TÊN\n\n{{{{ x }}}}\n\nHai.", {"x": own})
    assert found[-3:] == [("TenPhuLuc", "TÊN"), ("KemTheo", own), ("NoiDung", "Hai.")]


def test_without_a_letterhead_an_annex_names_no_document() -> None:
    assert [style for style, _text in texts("Một.\n\n# Phụ lục\n\n## TÊN\n\nHai.")] == [
        "NoiDung", "PhuLuc", "TenPhuLuc", "NoiDung",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "annex",
    [
        "# Phụ lục\n\n{% if yes %}\n## TÊN\n{% else %}\n## KHÁC\n{% endif %}\n\nHai.",
        "# Phụ lục\n\n{% if no %}\n## TÊN\n{% else %}\n## KHÁC\n{% endif %}\n\nHai.",
        "# Phụ lục\n\n{% for x in xs %}\n{{ x }}\n{% endfor %}", "# Phụ lục\n\n{{ xs | join }}", "# Phụ lục",
        "{% for x in one %}\n# Phụ lục\n\n## TÊN\n{% endfor %}", "# Phụ lục\n\n| A |\n|---|\n| a |",
    ],
)  # fmt: skip
def test_an_annex_names_its_document_once_however_it_is_written(annex: str) -> None:
    data = {"yes": True, "no": False, "xs": ["a", "b", "c"], "one": [1]}
    found = [style for style, _text in texts(f"---\nletterhead: {{name: A}}\n---\nMột.\n\n{annex}", data)]
    assert found.count("KemTheo") == 1
    assert found[found.index("KemTheo") - 1] in {"PhuLuc", "TenPhuLuc"}


# What stays together -------------------------------------------------------------------------------------------------


def keeps(paragraph: Any) -> bool:
    """Tell whether a paragraph is kept with the next, by itself or by its style."""
    return bool(paragraph.paragraph_format.keep_with_next or paragraph.style.paragraph_format.keep_with_next)


def kept_rows(table: Any) -> list[bool]:
    """Tell for each row whether all of it is kept with the next."""
    return [all(keeps(p) for cell in row.cells for p in cell.paragraphs) for row in table.rows]


def test_a_table_keeps_its_head_its_titles_and_its_last_two_rows_together() -> None:
    table = "| TT | Việc |\n|---|---|\n| **I** | |\n{% for x in xs %}\n| {{ x }} | b |\n{% endfor %}\n"
    (found,) = word(table, {"xs": list(range(5))}).tables
    assert kept_rows(found) == [True, True, False, False, False, True, False]


def test_short_rows_are_whole_and_long_ones_may_be_split() -> None:
    table = "| A | B |\n|---|---|\n{% for x in xs %}\n| {{ x }} | b |\n{% endfor %}\n"
    (found,) = word(table, {"xs": ["ngắn", "dài " * 2000, "ngắn"]}).tables
    assert [bool(row._tr.xpath("./w:trPr/w:cantSplit")) for row in found.rows] == [True, True, False, True]


def test_what_says_what_a_table_or_a_list_is_stays_with_it() -> None:
    document = word(
        "Trước.\n\nĐơn vị tính.\n\n{% if yes %}\n| A |\n|---|\n| a |\n{% endif %}\n\nGồm:\n\n- b.", {"yes": 1}
    )
    assert {p.text: keeps(p) for p in document.paragraphs if p.text} == {
        "Trước.": False, "Đơn vị tính.": True, "Gồm:": True, "- b.": False,
    }  # fmt: skip


@pytest.mark.parametrize("last", ["Hết./.", "Hết.", "{{ xs }}", "- {{ xs }};", "**Hết**"])
def test_the_last_paragraph_stays_with_the_signature(last: str) -> None:
    head = "---\nsignature: {lines: [GIÁM ĐỐC], name: A}\nrecipients: [Như trên]\n---\nMột.\n\nHai.\n\n"
    for longer, kept in (("", [False, True, True]), ("Dài " * 50, [False, False, True])):
        document = word(f"{head}{last.replace('Hết', f'{longer}Hết')}\n\n# Phụ lục\n\nB.", {"xs": f"{longer}Chữ"})
        before = [p for p in document.paragraphs if p.text]
        assert [keeps(p) for p in before[:3]] == kept, "a short one alone leaves the signature lonely"


def test_a_table_before_a_short_last_paragraph_keeps_its_rows() -> None:
    source = "---\nsignature: {lines: [GIÁM ĐỐC], name: A}\n---\nMột.\n\n| A |\n|---|\n| a |\n\nHết./."
    assert not kept_rows(word(source).tables[0])[-1]


def test_a_table_at_the_end_of_the_text_stays_with_the_signature() -> None:
    source = "---\nsignature: {lines: [GIÁM ĐỐC], name: A}\n---\n| A |\n|---|\n| a |\n| b |\n| c |\n"
    assert kept_rows(word(source).tables[0]) == [True, False, True, True]
