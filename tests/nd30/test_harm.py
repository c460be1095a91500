"""Mending without harm: nothing but text's form is touched, nothing runs off the paper, what is not sure keeps its form.

The documents are made from scratch, each like a kind of file that offices have.
"""

from __future__ import annotations

import copy
import io
import subprocess
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

import changes
import corpus
import docx
import measured
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from lxml import etree

import tools_needed
from danvan_cli.nd30.judge import judge
from danvan_cli.nd30.mending import MENDED_FORM, mend
from danvan_cli.ooxml.docx import W, read_word
from danvan_cli.ooxml.layout import lay_out
from office import converted
from shares import some

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docx.document import Document

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415478da63f8ffff3f0005fe02fea735"
    "81e40000000049454e44ae426082"
)
FIELD = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
COMPLEX = (
    '<w:r><w:t xml:space="preserve">- </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r>'
    '<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> -</w:t></w:r>'
)
LINE = '<w:r><w:pict><v:line xmlns:v="urn:schemas-microsoft-com:vml" style="position:absolute" from="0,0" to="20pt,0"/></w:pict></w:r>'
BESIDE = {
    "ảnh": "",
    "hình vẽ": LINE,
    "dấu trang": '<w:bookmarkStart w:id="7" w:name="cuoi"/><w:bookmarkEnd w:id="7"/>',
    "ô nội dung": '<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent><w:r><w:tab/></w:r></w:sdtContent></w:sdt>',
    "ký hiệu": '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>',
}


def made(change: Callable[[Document], object], kind: str = "BC", technique: str = "table", **page: Any) -> bytes:
    """Write a right document of the corpus with another sheet, changed by hand."""
    of = corpus.good(kind)
    of.page |= page
    document = docx.Document(io.BytesIO(corpus.write(of, technique)))
    change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def inside(*xml: str) -> list[Any]:
    return [*parse_xml(f"<w:p {nsdecls('w')}>{''.join(xml)}</w:p>")]


def held(data: bytes) -> Counter[str]:
    """Count what a document holds in all its parts besides formatting and page numbers."""
    word = read_word(data, "a.docx")
    tags = Counter(
        etree.QName(one).localname for tree in word.trees.values() for one in tree.iter() if isinstance(one.tag, str)
    )
    kept = ("drawing", "pict", "object", "bookmarkStart", "bookmarkEnd", "sdt", "sym", "hyperlink", "footnoteReference", "ins",
            "del", "commentReference", "oMath", "tbl")  # fmt: skip
    return Counter({tag: count for tag in kept if (count := tags[tag])})


@pytest.mark.parametrize("field", [FIELD, COMPLEX])
@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize("own_first", some([True, False], 2))
def test_a_page_number_is_moved_and_what_stands_beside_it_stays(beside: str, field: str, own_first: bool) -> None:
    def change(document: Document) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = own_first
        paragraph = section.footer.paragraphs[0]
        for one in inside(BESIDE[beside], field):
            paragraph._p.append(one)
        if beside == "ảnh":
            paragraph.add_run().add_picture(io.BytesIO(PIXEL), width=Mm(5))

    data = made(change, number="")
    assert "ND107" in {one.rule for one in judge(data, "a.docx")}
    mended = mend(data, "a.docx")
    assert mended.left == []
    assert held(mended.data) >= held(data)
    document = docx.Document(io.BytesIO(mended.data))
    section = document.sections[0]
    assert " PAGE " in etree.tostring(section.header._element, encoding="unicode")
    below = section.footer._element
    assert not [*below.iter(qn("w:fldSimple"), qn("w:instrText"), qn("w:t"))]
    if not own_first and beside not in {"dấu trang", "ô nội dung"}:  # the first page shows what it showed
        first = section.first_page_footer
        assert len([*first._element.iter(qn("w:drawing"), qn("w:pict"), qn("w:sym"))]) == 1
        if beside == "ảnh":
            (picture,) = first._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
            assert first.part.related_parts[picture.get(qn("r:embed"))].blob == PIXEL
    assert mend(mended.data, "a.docx").data == mended.data


@pytest.mark.parametrize(
    "beside",
    [
        "<w:r><w:t>Trang </w:t></w:r>" + FIELD,
        FIELD + '<w:r><w:t>/</w:t></w:r><w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple>',
        FIELD + "<w:r><w:t>2023</w:t></w:r>",
    ],
)
def test_a_page_number_among_words_stays_where_it_is(beside: str) -> None:
    data = made(lambda one: [one.sections[0].footer.paragraphs[0]._p.append(x) for x in inside(beside)], number="")
    mended = mend(data, "a.docx")
    assert "ND107" in {one.rule for one in mended.left}
    assert below(mended.data) == below(data)


def field(code: str, shows: str = "x", within: str = "") -> str:
    """Write a field in runs; `within` are fields in its code."""
    mark = '<w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:fldChar w:fldCharType="{}"/></w:r>'.format
    text = f'<w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:t>{shows}</w:t></w:r>' if shows else ""
    typed = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return "".join((mark("begin"), typed, within, mark("separate"), text, mark("end")))


NUMBER = field("PAGE", "2")
HIDING = field("IF", "2", f'{NUMBER}<w:r><w:instrText> = 1 "" </w:instrText></w:r>{NUMBER}')


@pytest.mark.parametrize(
    ("before", "simple"),
    [("STYLEREF 1", False), ("DATE", True), ("FILENAME", False), ("NUMPAGES", True), ("PAGEREF cuoi", False)],
)
def test_a_page_number_behind_another_field_is_one(before: str, simple: bool) -> None:
    other = f'<w:fldSimple w:instr=" {before} "><w:r><w:t>x</w:t></w:r></w:fldSimple>' if simple else field(before)
    for number in (NUMBER, FIELD.replace("<w:t>", '<w:rPr><w:sz w:val="26"/></w:rPr><w:t>')):
        data = numbered(inside(other, number))
        assert told(data) == set()
        assert not mend(data, "a.docx").changes
        assert told(numbered(inside(other, number), own_first=False)) == {"ND106"}
        small = numbered(inside(other, number.replace("26", "20")))
        assert told(small) == {"ND108"}
        assert told(mend(small, "a.docx").data) == set()
    assert told(numbered(inside(other))) == {"ND105"}


@pytest.mark.parametrize("own_first", [True, False])
def test_a_page_number_that_another_field_decides_on_is_one_and_stays(own_first: bool) -> None:
    data = numbered(inside(HIDING), own_first=own_first)
    assert told(data) == set()
    assert mend(data, "a.docx").data == data
    small = numbered(inside(HIDING.replace("26", "20")), own_first=own_first)
    mended = mend(small, "a.docx")
    assert {"ND108"} == {one.rule for one in mended.left}
    assert not mended.changes


def test_an_empty_simple_field_is_a_page_number() -> None:
    assert "ND105" not in told(numbered(inside('<w:fldSimple w:instr="PAGE"/>')))


def test_a_page_number_without_a_stored_result_looks_like_its_code() -> None:
    pieces = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:instrText>PAGE</w:instrText></w:r>'
    assert told(numbered(inside(f'{pieces}<w:r><w:fldChar w:fldCharType="end"/></w:r>'))) == set()
    assert "ND105" not in told(open_ended := numbered(inside(pieces), own_first=False))
    assert mend(open_ended, "a.docx").data == open_ended


def test_a_field_that_was_only_begun_decides_nothing() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert told(numbered(inside(begun, NUMBER), own_first=False)) == {"ND106"}


def test_a_field_that_shares_a_run_with_a_page_number_stays() -> None:
    pieces = "".join(inner for code in ("DATE", "PAGE") for inner in (
        '<w:fldChar w:fldCharType="begin"/>', f"<w:instrText>{code}</w:instrText>", '<w:fldChar w:fldCharType="end"/>'
    ))  # fmt: skip
    data = numbered(inside(f"<w:r>{pieces}</w:r>"), below=True)
    assert "ND107" in told(data)
    assert below(mend(data, "a.docx").data) == below(data)


def numbered(header: list[Any], *, own_first: bool = True, below: bool = False) -> bytes:
    """Write a long document with a centred paragraph above or below its pages."""

    def change(document: Document) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = own_first
        paragraph = (section.footer if below else section.header).paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for one in header:
            paragraph._p.append(one)

    return made(change, number="", **changes.LONG)


def told(data: bytes) -> set[str]:
    """Give what is told of page numbers."""
    return {one.rule for one in judge(data, "a.docx")} & {"ND105", "ND106", "ND107", "ND108"}


def below(data: bytes) -> list[list[str]]:
    """Give what stands in each footer: words and fields."""
    word = read_word(data, "a.docx")
    return [[one.text or one.get(f"{W}instr", "") for one in tree.iter(f"{W}t", f"{W}fldSimple", f"{W}instrText")]
            for name, tree in word.trees.items() if "footer" in name]  # fmt: skip


def test_page_numbers_of_every_section_are_moved_or_none() -> None:
    def change(document: Document, words: str = "") -> None:
        document.add_section()
        for section in document.sections:
            section.different_first_page_header_footer = True
            section.footer.is_linked_to_previous = section.header.is_linked_to_previous = False
        for section, said in zip(document.sections, ("", words), strict=True):
            for one in inside(FIELD, f"<w:r><w:t>{said}</w:t></w:r>" if said else ""):
                section.footer.paragraphs[0]._p.append(one)

    mended = docx.Document(io.BytesIO(mend(made(change, number=""), "a.docx").data))
    for section in mended.sections:
        assert " PAGE " in etree.tostring(section.header._element, encoding="unicode")
        assert " PAGE " not in etree.tostring(section.footer._element, encoding="unicode")
    data = made(lambda one: change(one, "Sở Nội vụ"), number="")
    assert below(mend(data, "a.docx").data) == below(data)


# The sheet -----------------------------------------------------------------------------------------------------------


def table(*widths: float, indent: float = 0, inner: str = "", text: str = "Nội dung", layout: str = "") -> Any:
    """Make a bordered table of so many mm."""
    twips = [round(mm * 1440 / 25.4) for mm in widths]
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in twips)
    cells = "".join(f'<w:tc><w:tcPr><w:tcW w:w="{one}" w:type="dxa"/></w:tcPr>{inner}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>'
                    for one in twips)  # fmt: skip
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblInd w:w="{round(indent * 1440 / 25.4)}" w:type="dxa"/>'
        '<w:tblBorders><w:top w:val="single"/><w:left w:val="single"/><w:bottom w:val="single"/><w:right w:val="single"/>'
        f'<w:insideH w:val="single"/><w:insideV w:val="single"/></w:tblBorders>{layout}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f'<w:tr><w:trPr><w:trHeight w:val="400" w:hRule="exact"/></w:trPr>{cells}</w:tr></w:tbl>'
    )


def before_end(one: Any) -> Callable[[Document], object]:
    def change(document: Document) -> None:
        paragraph = next(p for p in document.paragraphs if "./." in p.text)
        paragraph._p.addprevious(one)

    return change


def widths(data: bytes, tag: str) -> list[float]:
    return [int(one.get(f"{W}w")) * 25.4 / 1440 for one in read_word(data, "a.docx").document.iter(f"{W}{tag}")]


NARROW = {"left": 20, "right": 10}
"""180 mm of text, which the decree makes 165."""


def test_a_table_wider_than_the_new_text_is_narrowed_in_proportion_with_all_that_is_in_it() -> None:
    nested = etree.tostring(table(30, 20)).decode()
    data = made(before_end(table(120, 60, inner=nested)), **NARROW)
    mended = mend(data, "a.docx")
    assert mended.left == mended.kept == []
    (wide, inner, *_others) = [mm for mm in widths(mended.data, "tblW") if mm > 0]
    assert wide == pytest.approx(165, abs=0.1)
    share = wide / 180
    assert inner == pytest.approx(50 * share, abs=0.1)
    assert {round(one) for one in widths(mended.data, "gridCol")} >= {round(one * share) for one in (120, 60, 20)}
    assert {one.get(f"{W}hRule") for one in read_word(mended.data, "a.docx").document.iter(f"{W}trHeight")} == {
        "atLeast"
    }
    assert any(change.before.startswith("bảng rộng 180") for change in mended.changes)
    assert mend(mended.data, "a.docx").data == mended.data


@pytest.mark.parametrize(
    "wide",
    [
        table(150, 120),  # far too wide
        table(*[18] * 10, text="Nghiêng"),  # its words fill its cells: they would break
        parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:framePr w:w="2000" w:hAnchor="margin" w:x="8500"/></w:pPr><w:r><w:t>Khung</w:t></w:r></w:p>'),
        parse_xml(
            f'<w:p {nsdecls("w")}><w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" style="position:absolute;margin-left:400pt;'
            'width:135pt;height:20pt"/></w:pict></w:r></w:p>'
        ),
        table(100, 75, layout='<w:tblpPr w:horzAnchor="margin" w:tblpX="500"/>'),
    ],
    ids=["rộng", "chật chữ", "khung", "hình", "bảng nổi"],
)  # fmt: skip
def test_what_cannot_be_narrowed_keeps_its_margins_and_it_is_said(wide: Any) -> None:
    data = made(before_end(copy.deepcopy(wide)), left=20, right=10, bottom=15)
    mended = mend(data, "a.docx")
    assert [one.rule for one in mended.left] == ["ND102"]
    assert mended.kept
    assert [change.before for change in mended.changes if change.rule == "ND102"] == ["lề dưới 15 mm"]
    section = docx.Document(io.BytesIO(mended.data)).sections[0]
    assert (round(section.left_margin.mm), round(section.right_margin.mm), round(section.bottom_margin.mm)) == (
        20,
        10,
        20,
    )


def test_a_picture_wider_than_the_new_text_is_made_smaller() -> None:
    def change(document: Document) -> None:
        document.add_picture(io.BytesIO(PIXEL), width=Mm(180))

    shape = docx.Document(io.BytesIO(mend(made(change, **NARROW), "a.docx").data)).inline_shapes[0]
    assert (round(shape.width.mm), round(shape.height.mm)) == (165, 165)


def test_columns_with_widths_of_their_own_follow_the_text() -> None:
    def change(document: Document) -> None:
        properties = document.sections[0]._sectPr
        for old in properties.findall(qn("w:cols")):
            properties.remove(old)
        cols = f'<w:cols {nsdecls("w")} w:num="2" w:equalWidth="0"><w:col w:w="5000" w:space="400"/><w:col w:w="4805"/></w:cols>'
        properties.find(qn("w:pgMar")).addnext(parse_xml(cols))

    columns = (
        docx.Document(io.BytesIO(mend(made(change, **NARROW), "a.docx").data)).sections[0]._sectPr.find(qn("w:cols"))
    )
    assert sum(int(one.get(qn(key))) for one in columns for key in ("w:w", "w:space") if one.get(qn(key))) <= 9355


def test_a_sheet_without_margins_gets_all_that_the_format_asks_for() -> None:
    def change(document: Document) -> None:
        properties = document.sections[0]._sectPr
        properties.remove(properties.find(qn("w:pgMar")))

    section = docx.Document(io.BytesIO(mend(made(change), "a.docx").data)).sections[0]
    assert {etree.QName(key).localname for key in section._sectPr.find(qn("w:pgMar")).attrib} == {
        "top", "bottom", "left", "right", "header", "footer", "gutter"}  # fmt: skip


# What is not sure ----------------------------------------------------------------------------------------------------


def looks(data: bytes) -> list[tuple[str, Any, Any]]:
    """Give each paragraph's words and the look that a reader sees."""
    return [
        (
            one.plain,
            (one.format.align, one.format.first_mm, one.format.left_mm),
            [(run.text, run.format) for run in one.runs],
        )
        for one in lay_out(read_word(data, "a.docx")).paragraphs
    ]


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        (
            "BC",
            corpus.Row(
                "NoiDung", "Bảng số liệu của các đơn vị trong kỳ báo cáo năm 2022.", {"align": "center", "first": 0}
            ),
        ),
        ("KH", corpus.Row("NoiDung", "      Các đơn vị gửi báo cáo về Sở Nội vụ để tổng hợp.", {"first": 0})),
    ],
)
def test_what_may_be_something_else_keeps_its_form(kind: str, row: corpus.Row) -> None:
    of = corpus.good(kind)
    of.body.insert(-1, row)
    data = corpus.write(of)
    assert looks(mend(data, "a.docx").data) == looks(data)


def test_items_of_a_list_are_no_titles() -> None:
    of = corpus.good("BC")
    of.body[-1:-1] = [
        corpus.Row("Khoan", f"{n}. Ông Nguyễn Văn {name}, thành viên", {"align": "both"})
        for n, name in enumerate("ABC", 2)
    ]
    data = corpus.write(of)
    bold = [
        run.bold
        for text, _layout, runs in looks(mend(data, "a.docx").data)
        if "thành viên" in text
        for _said, run in runs
    ]
    assert bold == [False] * 3


def test_letters_in_a_box_that_does_not_grow_are_not_made_larger() -> None:
    of = corpus.good("BC")
    corpus.put("SoKyHieu", pt=11)(of)
    data = corpus.write(of, "boxes")
    assert "ND301" in {one.rule for one in judge(data, "a.docx")}
    assert looks(mend(data, "a.docx").data) == looks(data)


# Limits --------------------------------------------------------------------------------------------------------------


def test_only_the_rules_that_are_asked_for_are_mended() -> None:
    of = corpus.good("BC")
    for change in (corpus.sheet(left=20), corpus.put("NoiDung", align="left"), corpus.put("TenLoai", pt=16)):
        change(of)
    data = corpus.write(of)
    mended = mend(data, "a.docx", only=frozenset({"ND305"}))
    assert {one.rule for one in mended.changes} == {"ND305"}
    assert sorted(one.rule for one in mended.left) == ["ND102", "ND301"]
    before = {one.rule for one in mend(data, "a.docx").changes}
    assert before == {"ND102", "ND301", "ND305"}


def test_a_first_line_goes_in_as_the_others_do() -> None:
    of = corpus.good("BC")
    corpus.put("Diem", first=0)(of)
    assert [change.after for change in mend(corpus.write(of), "a.docx").changes] == ["12,7 mm"]


# As pages ------------------------------------------------------------------------------------------------------------


def words_on_pages(path: Path) -> tuple[Counter[str], list[str], int]:
    """Give the letters on a file's pages, the words that stand off the paper, and how many pages there are."""
    told = subprocess.run(
        [tools_needed.require("pdftotext"), "-bbox", path, "-"], check=True, capture_output=True
    ).stdout
    pages = etree.fromstring(told).findall(".//{*}page")
    letters, off = Counter[str](), list[str]()
    for page in pages:
        wide, high = (float(page.get(key)) for key in ("width", "height"))
        for word in page:
            letters.update(filter(str.isalpha, unicodedata.normalize("NFC", word.text)))
            left, right, top, bottom = (float(word.get(key)) for key in ("xMin", "xMax", "yMin", "yMax"))
            if left < 0 or top < 0 or right > wide or bottom > high:
                off.append(word.text)
    return letters, off, len(pages)


@pytest.mark.office
def test_pages_lose_no_words_and_have_none_off_the_paper(tmp_path: Path) -> None:
    narrow = [
        made(before_end(table(*some, text=text)), kind, technique, **NARROW)
        for some, text, kind, technique in (
            ((120, 60), "Nội dung", "BC", "table"), ((45, 45, 45, 45), "Kết quả thực hiện nhiệm vụ", "CV", "tabs"),
            ((18,) * 10, "Nghiêng", "KH", "boxes"), ((150, 120), "Nội dung", "QĐ", "table"), ((90, 85), "Trong kỳ", "TTr", "boxes"),
        )
    ]  # fmt: skip
    wrong = [case.data for rule in sorted(MENDED_FORM) for case in measured.cases(rule)[:1]]
    given = {f"{number:03}": data for number, data in enumerate([*narrow, *wrong])}
    paths = []
    for name, data in given.items():
        for kind, written in (("truoc", data), ("sau", mend(data, "a.docx").data)):
            paths.append(tmp_path / f"{kind}-{name}.docx")
            paths[-1].write_bytes(written)
    drawn = [words_on_pages(page) for page in converted(paths, "pdf", tmp_path / "pdf")]
    for name, before, after in zip(given, drawn[::2], drawn[1::2], strict=True):
        assert after[0] == before[0], name
        assert after[1] == [], name
        assert abs(after[2] - before[2]) <= 1, name
