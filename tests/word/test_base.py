"""The base package: as nd30 says, and as committed."""

from __future__ import annotations

import zipfile

import docx
import pytest

import base_package
from danvan_cli.nd30 import figures as nd30
from danvan_cli.word import package


def test_the_committed_package_is_what_the_table_gives_now() -> None:
    with zipfile.ZipFile(package.BASE_DOCX) as zipped:
        committed = {name: zipped.read(name) for name in zipped.namelist()}
    assert committed == base_package.build(), "chạy lại: python tools/base_package.py"


@pytest.mark.parametrize("row", nd30.STYLES, ids=lambda row: row.id)
def test_word_has_each_style_with_the_decrees_figures(row: nd30.Style) -> None:
    styles = {style.style_id: style for style in docx.Document(str(package.BASE_DOCX)).styles}
    style = styles[row.id]
    assert style.element.find(f"{{{style.element.nsmap['w']}}}name").values()[0] == row.name
    assert row.pt.least <= style.font.size.pt <= row.pt.most
    assert (bool(style.font.bold), bool(style.font.italic), bool(style.font.all_caps)) == (
        row.bold,
        row.italic,
        row.caps,
    )
    assert bool(style.paragraph_format.keep_with_next) is row.keep_next
    if row.body:
        assert style.paragraph_format.first_line_indent.mm == pytest.approx(12.7, abs=0.05)
        assert style.paragraph_format.space_after.pt >= nd30.LEAST_SPACE_PT


def test_the_sheet_is_the_decrees() -> None:
    section = docx.Document(str(package.BASE_DOCX)).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    for margin, allowed in (
        (section.top_margin, nd30.PAGE.top_mm), (section.bottom_margin, nd30.PAGE.bottom_mm),
        (section.left_margin, nd30.PAGE.left_mm), (section.right_margin, nd30.PAGE.right_mm),
    ):  # fmt: skip
        assert allowed.least - 0.05 <= margin.mm <= allowed.most + 0.05


def test_pages_are_numbered_by_a_field_in_the_top_margin_but_for_the_first() -> None:
    section = docx.Document(str(package.BASE_DOCX)).sections[0]
    assert section.different_first_page_header_footer
    assert section.header.paragraphs[0]._p.xpath("./w:fldSimple/@w:instr") == [" PAGE "]
    assert section.first_page_header.is_linked_to_previous  # there is none


def test_no_font_but_times_new_roman_can_come_in() -> None:
    with zipfile.ZipFile(package.BASE_DOCX) as zipped:
        parts = {name: zipped.read(name).decode() for name in zipped.namelist()}
    assert "Theme=" not in parts["word/styles.xml"].replace("themeFontLang", "")
    assert parts["word/styles.xml"].count("<w:rFonts") == 1
    for side in ("ascii", "hAnsi", "eastAsia", "cs"):
        assert f'w:{side}="Times New Roman"' in parts["word/styles.xml"]
    assert "Calibri" not in "".join(parts.values())
    assert "word/numbering.xml" not in parts


def test_ranges_hold_the_values_we_use() -> None:
    spans = [row.pt for row in nd30.STYLES] + [row.line for row in nd30.STYLES if row.line]
    page = nd30.PAGE
    spans += [page.top_mm, page.bottom_mm, page.left_mm, page.right_mm, page.number_pt]
    assert all(span.least <= span.use <= span.most for span in spans)
