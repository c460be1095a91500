"""The words of a Word document as a reader sees them, however Word has written them down."""

from __future__ import annotations

import pytest

from danvan_cli.errors import UsageError
from danvan_cli.ooxml.docx import read_word
from danvan_cli.ooxml.layout import Words, read_words
from danvan_cli.word.package import zipped_parts

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)


def made(body: str, **more: str) -> bytes:
    """Make a Word document of a body's XML; `more` are the insides of its other parts, by their kind."""
    names = {kind: f"{kind.rstrip('0123456789')}" for kind in more}
    links = "".join(f'<Relationship Id="{kind}" Type="{REL}/{names[kind]}" Target="{kind}.xml"/>' for kind in more)
    root = {"header": "hdr", "styles": "styles", "numbering": "numbering"}
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{REL}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{REL}"><w:body>{body}</w:body></w:document>',
    }
    for kind, inside in more.items():
        tag = root[names[kind]]
        parts[f"word/{kind}.xml"] = f'<w:{tag} xmlns:w="{W}">{inside}</w:{tag}>'
    return zipped_parts({name: text.encode() for name, text in parts.items()})


def words(body: str, **more: str) -> list[Words]:
    return read_words(read_word(made(body, **more), "a.docx"))


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def para(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        (f"<w:sdt><w:sdtContent>{run('trong')}</w:sdtContent></w:sdt>{run(' ngoài')}", "trong ngoài"),
        (f"<w:hyperlink>{run('nối')}</w:hyperlink><w:bdo>{run(' chiều')}</w:bdo>", "nối chiều"),
        (f"{run('còn ')}<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del><w:ins>{run('thêm')}</w:ins>", "còn thêm"),
        (f"<w:moveFrom>{run('câu ')}</w:moveFrom>{run('trước ')}<w:moveTo>{run('câu')}</w:moveTo>", "trước câu"),
        (f"{run('thấy')}{run(' ẩn', '<w:vanish/>')}", "thấy"),
        ("<w:r><w:t>12</w:t><w:noBreakHyphen/><w:t>QC</w:t></w:r>", "12-QC"),
        ("<w:r><w:t>một</w:t><w:br/><w:t>hai</w:t><w:tab/><w:t>ba</w:t><w:ptab/><w:t>bốn</w:t></w:r>", "một\nhai ba bốn"),
        (run("Báo cáo", "<w:caps/>"), "BÁO CÁO"),
    ],
)  # fmt: skip
def test_a_paragraph_as_it_is_seen(inside: str, seen: str) -> None:
    assert [one.text for one in words(para(inside))] == [seen]


def test_bullets_and_numbers_of_word_are_told() -> None:
    numbered = "".join(
        para(run(text), f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')
        for text, number in (("Đầu", 2), ("dòng", 1), ("Hai", 2))
    )
    assert [one.line for one in words(numbered, numbering=NUMBERING)] == ["I. Đầu", "- dòng", "II. Hai"]


def test_rows_and_cells_in_content_controls_stand_where_they_are_seen() -> None:
    def cell(text: str) -> str:
        return f"<w:tc>{para(run(text))}</w:tc>"

    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    rows = f"<w:tr>{control(cell('a'))}{cell('b')}</w:tr>{control('<w:tr>' + cell('c') + cell('') + '</w:tr>')}"
    assert [(one.text, one.cell) for one in words(f"<w:tbl>{rows}</w:tbl>")] == [
        ("a", (1, 0, 0)), ("b", (1, 0, 1)), ("c", (1, 1, 0)), ("", (1, 1, 1))]  # fmt: skip


def test_what_stands_above_the_first_page_comes_first() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="first" r:id="header2"/>{}</w:sectPr>'
    headers = {"header1": para(run("mọi trang")), "header2": para(run("SỞ Y TẾ"))}
    for title, seen in (("", "mọi trang"), ("<w:titlePg/>", "SỞ Y TẾ")):
        found = words(para(run("văn bản")) + section.format(title), **headers)
        assert [(one.text, one.header) for one in found] == [(seen, True), ("văn bản", False)]


def test_what_is_nested_too_deep_is_refused() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 60 + para(run("x")) + "</w:tc></w:tr></w:tbl>" * 60
    assert words(deep)[0].cell == (60, 0, 0)
    with pytest.raises(UsageError, match="hỏng"):
        words("<w:ins>" * 3000 + para(run("x")) + "</w:ins>" * 3000)
