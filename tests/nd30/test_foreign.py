"""What other programs and other habits write: read as a person sees it."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING, Any

import corpus
import docx
import pytest
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from danvan_cli.nd30.components import find_components
from danvan_cli.nd30.judge import judge
from danvan_cli.nd30.mending import mend
from danvan_cli.ooxml.docx import read_word
from danvan_cli.ooxml.layout import lay_out
from word_files import blank

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document
    from docx.text.paragraph import Paragraph


def edited(change: Callable[[Document], None], kind: str = "BC", means: str = "direct") -> bytes:
    """Write a right document, changed with python-docx."""
    document = docx.Document(io.BytesIO(corpus.write(corpus.good(kind), "table", means)))
    change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def rules(data: bytes) -> list[str]:
    return [finding.rule for finding in judge(data, "a.docx")]


def components(data: bytes) -> list[tuple[str, str]]:
    return [(name, line.text) for name, line in find_components(lay_out(read_word(data, "a.docx"))).lines]


def paragraph(document: Document, start: str) -> Paragraph:
    return next(one for one in document.paragraphs if one.text.startswith(start))


def borders(table: Any, value: str, *, cells: str | None = None) -> None:
    def sides(tag: str, shown: str) -> Any:
        inner = "".join(f'<w:{side} w:val="{shown}" w:sz="4"/>' for side in ("top", "left", "bottom", "right"))
        return parse_xml(f"<w:{tag} {nsdecls('w')}>{inner}</w:{tag}>")

    table._tbl.tblPr.append(sides("tblBorders", value))
    for cell in table._tbl.iter(qn("w:tc")) if cells else ():
        cell.get_or_add_tcPr().append(sides("tcBorders", cells or ""))


def test_a_table_whose_cells_hide_their_borders_is_a_letterhead() -> None:
    def hidden(document: Document) -> None:
        borders(document.tables[0], "single", cells="nil")

    def swapped(document: Document) -> None:
        hidden(document)
        for row in document.tables[0]._tbl.tr_lst:
            row.append(row.tc_lst[0])

    assert rules(edited(hidden)) == []
    assert set(rules(edited(swapped))) == {"ND202"}


def test_styles_that_both_say_bold_make_letters_that_are_not() -> None:
    def change(document: Document) -> None:
        style = document.styles.add_style("Nhấn", WD_STYLE_TYPE.CHARACTER)
        style.font.bold = True
        title = paragraph(document, "Kết quả")
        own = document.styles.add_style("Đề", WD_STYLE_TYPE.PARAGRAPH)
        own.font.bold = True
        title.style = own
        title.runs[0].font.bold = None
        title.runs[0].style = style
        title.runs[0].font.size = Pt(14)

    assert rules(edited(change)) == ["ND302"]


def test_a_style_takes_what_it_does_not_say_from_the_one_it_is_based_on() -> None:
    def change(document: Document) -> None:
        base = document.styles.add_style("Gốc", WD_STYLE_TYPE.PARAGRAPH)
        base.paragraph_format.line_spacing = 2.0
        own = document.styles.add_style("Con", WD_STYLE_TYPE.PARAGRAPH)
        own.base_style = base
        body = paragraph(document, "Sở Nội vụ báo cáo")
        body.style = own
        body.paragraph_format.line_spacing = None

    assert rules(edited(change)) == ["ND403"]


def test_a_theme_s_font_wins_over_a_named_one() -> None:
    def change(document: Document) -> None:
        fonts = paragraph(document, "Sở Nội vụ báo cáo").runs[0]._r.rPr.rFonts
        for slot in ("ascii", "hAnsi"):
            fonts.set(qn(f"w:{slot}Theme"), "minorHAnsi")

    data = edited(change)
    (found,) = judge(data, "a.docx")
    assert (found.rule, "Cambria" in found.message or "Calibri" in found.message) == ("ND103", True)
    assert mend(data, "a.docx").left == []


def test_word_s_own_numbers_are_read_as_typed_ones() -> None:
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/><w:lvlJc w:val="left"/></w:lvl>'
    levels = (("0", "upperRoman", "%1."), ("1", "decimal", "%2."), ("2", "lowerLetter", "%3)"))

    def change(document: Document) -> None:
        numbering = document.part.numbering_part.element
        inner = "".join(level.format(*one) for one in levels)
        numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{inner}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
        for start, at in (("I. ", 0), ("1. Công", 1), ("a) ", 2), ("b) ", 2), ("II. ", 0)):
            one = paragraph(document, start)
            one.runs[0].text = one.text.split(" ", 1)[1]
            one._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{at}"/><w:numId w:val="90"/></w:numPr>')
            )

    data = edited(change)
    assert rules(data) == []
    found = [(name, text[:12].rstrip()) for name, text in components(data) if name in {"Heading1", "Heading2", "Diem"}]
    assert found == [("Heading1", "I. TÌNH HÌNH"), ("Heading2", "1. Công tác"), ("Diem", "a) Trong kỳ,"),
                     ("Diem", "b) Trong kỳ,"), ("Heading1", "II. KIẾN NGH")]  # fmt: skip


def test_deleted_text_is_not_read_and_inserted_text_is() -> None:
    def change(document: Document) -> None:
        place = next(
            p for row in document.tables[0].rows for cell in row.cells for p in cell.paragraphs if "Số:" in p.text
        )
        run = place.runs[0]
        run.text = "Số: "
        look = run._r.rPr
        for tag, inner in (
            ("del", "<w:delText>5/2023/BC-SNV</w:delText>"),
            ("ins", "<w:t>05/BC-SNV</w:t>"),
        ):
            marked = parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="a"><w:r>{inner}</w:r></w:{tag}>')
            marked[0].insert(0, look.__copy__())
            place._p.append(marked)

    assert rules(edited(change)) == []


def test_paragraphs_in_content_controls_are_read() -> None:
    def change(document: Document) -> None:
        for one in (paragraph(document, "BÁO CÁO"), paragraph(document, "I. ")):
            control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
            one._p.addprevious(control)
            control[0].append(one._p)

    data = edited(change)
    assert rules(data) == []
    assert ("TenLoai", "BÁO CÁO") in components(data)


def test_each_section_s_sheet_is_judged_and_an_annex_may_lie() -> None:
    def lying(document: Document) -> None:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
        document.add_paragraph("Phụ lục")

    def narrow(document: Document) -> None:
        document.add_section(WD_SECTION.NEW_PAGE).left_margin = Mm(10)

    assert set(rules(edited(lying))) & {"ND101", "ND102"} == set()
    (found,) = [finding for finding in judge(edited(narrow), "a.docx") if finding.rule == "ND102"]
    assert "phần 2" in found.place


def test_joined_cells_of_a_letterhead_do_not_move_what_stands_in_it() -> None:
    def change(document: Document) -> None:
        table = document.tables[0]
        grid = table._tbl.tblGrid
        grid.append(parse_xml(f'<w:gridCol {nsdecls("w")} w:w="2000"/>'))
        for row in table._tbl.tr_lst:
            row.tc_lst[1].get_or_add_tcPr().append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="2"/>'))

    assert rules(edited(change)) == []


def test_signs_from_a_font_of_signs_are_left_alone() -> None:
    def change(document: Document) -> None:
        run = paragraph(document, "Sở Nội vụ báo cáo").add_run("u")
        run.font.name = "Wingdings"
        run.font.size = Pt(14)

    data = edited(change)
    assert rules(data) == []
    assert mend(data, "a.docx").data == data


@pytest.mark.parametrize("height", [(18.0, "exact", []), (30.0, "exact", ["ND403"]), (12.0, "atLeast", [])])
def test_a_fixed_line_height_is_measured_by_the_letters(height: tuple[float, str, list[str]]) -> None:
    points, rule, must = height

    def change(document: Document) -> None:
        spacing = paragraph(document, "Sở Nội vụ báo cáo")._p.pPr.find(qn("w:spacing"))
        spacing.set(qn("w:line"), str(round(points * 20)))
        spacing.set(qn("w:lineRule"), rule)

    assert rules(edited(change)) == must


def test_a_letter_without_kind_or_subject_is_told_once_what_was_looked_for() -> None:
    made = corpus.good("CV")
    for name in ("TrichYeuCongVan", "QuocHieu", "TieuNgu", "CoQuanBanHanh", "HoTen", "KinhGui"):
        made.drop(name)
    found = [finding for finding in judge(corpus.write(made), "a.docx") if finding.rule == "ND201"]
    assert len(found) == len({finding.message for finding in found}) > 3
    assert all(finding.place == "cả văn bản" for finding in found)
    assert any("đã tìm" in finding.message for finding in found)


def test_the_line_that_says_what_an_annex_belongs_to_is_no_title() -> None:
    made = corpus.good("KH")
    rows = [("PhuLuc", "Phụ lục I"), ("KemTheo", "(Kèm theo Kế hoạch số 25/KH-SNV ngày 15 tháng 3 năm 2023)")]
    made.annex += [corpus.Row(name, text) for name, text in rows]
    data = corpus.write(made)
    assert rules(data) == []
    assert components(data)[-2:] == rows


@pytest.mark.parametrize("line", ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Nơi nhận:"])
def test_what_is_typed_on_every_line_takes_time_that_its_length_bounds(line: str) -> None:
    def taken(lines: int) -> float:
        document = blank()
        for _number in range(lines):
            document.add_paragraph(line)
        buffer = io.BytesIO()
        document.save(buffer)
        start = time.process_time()
        judge(buffer.getvalue(), "a.docx")
        return time.process_time() - start

    assert taken(1600) < 16 * taken(200)
