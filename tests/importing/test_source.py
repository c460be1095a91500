"""What a Word file holds besides plain paragraphs: nothing of what a reader sees is lost, nothing that nobody sees comes in."""

from __future__ import annotations

import io
import re
import zipfile
from base64 import b64decode
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml import parse_xml
from docx.shared import Mm
from lxml import etree

from danvan_cli.desk.bring_in import drafted, read_source, read_source_bytes
from danvan_cli.desk.made import issued
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.importing.owners import KnownOwners
from danvan_cli.importing.proof import held
from danvan_cli.importing.source import Passage, read_docx
from danvan_cli.ooxml.docx import read_word
from danvan_cli.word.package import is_untouched
from plans_made import Hand
from word_files import blank

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.plan.model import Plan

PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PIECES = {
    "chữ thêm": f'<w:p {W}><w:r><w:t>Rà soát </w:t></w:r><w:ins w:id="1" w:author="A"><w:r><w:t>văn bản.</w:t></w:r></w:ins></w:p>',
    "chữ bỏ": f'<w:p {W}><w:r><w:t>Rà soát </w:t></w:r><w:del w:id="1" w:author="A"><w:r><w:delText>toàn bộ </w:delText></w:r></w:del><w:r><w:t>văn bản.</w:t></w:r></w:p>',
    "chuyển đến": f'<w:p {W}><w:moveTo w:id="1" w:author="A"><w:r><w:t>Rà soát văn bản.</w:t></w:r></w:moveTo><w:moveFrom w:id="2" w:author="A"><w:r><w:t>Chữ cũ.</w:t></w:r></w:moveFrom></w:p>',
    "ô điều khiển": f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>Rà soát </w:t></w:r><w:sdt><w:sdtContent><w:r><w:t>văn bản.</w:t></w:r></w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>",
    "liên kết": f"<w:p {W}><w:hyperlink><w:r><w:t>Rà soát </w:t></w:r></w:hyperlink><w:r><w:t>văn bản.</w:t></w:r></w:p>",
    "trường": f'<w:p {W}><w:fldSimple w:instr="REF a"><w:r><w:t>Rà soát </w:t></w:r></w:fldSimple><w:r><w:t>văn bản.</w:t></w:r></w:p>',
    "khung chữ": f'<w:p {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>Rà soát văn bản.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>',
    "chữ ẩn": f"<w:p {W}><w:r><w:t>Rà soát </w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>bí ẩn </w:t></w:r><w:r><w:t>văn bản.</w:t></w:r></w:p>",
    "hai đoạn nhập một": f'<w:p {W}><w:pPr><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr><w:r><w:t>Rà soát </w:t></w:r></w:p><w:p><w:r><w:t>văn bản.</w:t></w:r></w:p>',
    "công thức": f'<w:p {W} xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><w:r><w:t>Rà soát </w:t></w:r><m:oMath><m:r><m:t>văn bản.</m:t></m:r></m:oMath></w:p>',
}  # fmt: skip


def with_pieces(*pieces: str) -> bytes:
    """Give a plan of ours with something put in before its first section."""
    hand = Hand("nhãn gõ", 1)
    hand.write()
    body = hand.document.element.body
    first = next(one for one in body if (one.xpath("string(.)") or "").startswith("I. MỤC ĐÍCH"))
    for piece in pieces:
        for one in parse_xml(f"<w:x {W}>{piece}</w:x>"):
            first.addprevious(one)
    out = io.BytesIO()
    hand.document.save(out)
    return out.getvalue()


def imported(data: bytes) -> Plan:
    return drafted(read_source_bytes(data, "kế hoạch.docx"), KnownOwners(), "kế hoạch.docx").plan


@pytest.mark.parametrize("name", PIECES)
def test_what_a_reader_sees_is_a_paragraph(name: str) -> None:
    assert [*held(imported(with_pieces(PIECES[name])))].count("Rà soát văn bản.") == 1


@pytest.mark.parametrize(("side", "told"), [(160, "1 hình"), (30, None)])
def test_a_picture_as_large_as_a_page_is_told(side: int, told: str | None) -> None:
    document = docx.Document(io.BytesIO(with_pieces()))
    document.add_picture(io.BytesIO(PNG), width=Mm(side), height=Mm(side))
    out = io.BytesIO()
    document.save(out)
    made = drafted(read_source_bytes(out.getvalue(), "a.docx"), KnownOwners(), "a.docx").draft.plan.guesses
    assert (made["state"].about if "state" in made else None) == told


def test_a_word_file_of_pictures_alone_is_refused(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_picture(io.BytesIO(PNG), width=Mm(160))
    document.save(str(tmp_path / "scan.docx"))
    with pytest.raises(UsageError, match="không có chữ nào"):
        read_source(tmp_path / "scan.docx")


def test_sections_may_be_a_b_c_d() -> None:
    kinds = [Passage(f"{label} NỘI DUNG", "a").labelled[0] for label in ("A.", "B.", "C.", "D.", "Đ.", "III.", "XX.")]
    assert kinds == ["A"] * 5 + ["I"] * 2


def test_footnotes_are_kept_with_their_number() -> None:
    reference = f'<w:p {W}><w:r><w:t>Theo quy định</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r></w:p>'
    notes = f'<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>Công báo số 1.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(with_pieces(reference))) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, old.read(entry))
        new.writestr("word/footnotes.xml", notes)
    plan = imported(out.getvalue())
    assert [(one.where, one.text) for one in plan.kept if "chú thích" in one.where] == [
        ("chú thích 1", "Công báo số 1.")
    ]
    assert "Theo quy định." in [one.text for one in plan.opening]
    # The export has it as a footnote behind the same words, and it is read back as it was.
    again = read_word(issued(plan, None).data, "a.docx")
    text = etree.tostring(again.document, encoding="unicode")
    assert re.search(
        r"<w:t[^>]*>Theo quy định</w:t></w:r><w:r><w:rPr><w:vertAlign[^>]*/></w:rPr><w:footnoteReference w:id=\"1\"/></w:r>",
        text,
    )
    assert ("chú thích 1", "Công báo số 1.", "Theo quy định") in read_docx(again).beside
    assert is_untouched(issued(plan, None).data)
    gone = plan.model_copy(update={"kept": [one.model_copy(update={"behind": "Chữ đã sửa"}) for one in plan.kept]})
    assert "Công báo số 1." in [one.text for one in read_docx(read_word(issued(gone, None).data, "a.docx")).beside]


def test_merged_and_nested_cells_keep_every_word_once() -> None:
    inner = "<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>bảng trong ô</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    cell = "<w:tc><w:tcPr>{}</w:tcPr>{}<w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = (
        cell.format('<w:gridSpan w:val="2"/>', "", "Nội dung"), cell.format("", "", "Thời gian"),
        "</w:tr><w:tr>", cell.format('<w:vMerge w:val="restart"/>', "", "một"), cell.format("", inner, "hai"), cell.format("", "", "ba"),
        "</w:tr><w:tr>", cell.format("<w:vMerge/>", "", ""), cell.format("", "", "bốn"), cell.format("", "", "năm"),
    )  # fmt: skip
    table = f'<w:tbl {W}><w:tblGrid><w:gridCol w:w="100"/><w:gridCol w:w="100"/><w:gridCol w:w="100"/></w:tblGrid><w:tr>{"".join(rows)}</w:tr></w:tbl>'
    plan = imported(with_pieces(table))
    said = [*held(plan)]
    for word in ("Nội dung", "Thời gian", "một", "bảng trong ô\nhai", "ba", "bốn", "năm"):
        assert said.count(word) == 1, word


def test_what_cannot_be_placed_is_named_and_nothing_is_made() -> None:
    piece = f'<w:p {W} xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:r><a:t>chữ trong hình vẽ</a:t></w:r></w:p>'
    with pytest.raises(DanvanError, match="chữ trong hình vẽ"):
        imported(with_pieces(piece))


def test_a_table_at_the_end_is_no_signature() -> None:
    document = blank()
    document.add_paragraph("I. NHIỆM VỤ").runs[0].bold = True
    table = document.add_table(0, 3)
    table.style = "Table Grid"
    for row in (
        ("TT", "Nội dung", "Chủ trì"),
        ("1", "Rà soát văn bản", "Sở Nội vụ"),
        ("2", "Tuyên truyền", "Sở Tư pháp"),
    ):
        for cell, said in zip(table.add_row().cells, row, strict=True):
            cell.text = said
    out = io.BytesIO()
    document.save(out)
    plan = imported(out.getvalue())
    assert [(one.text, one.lead) for one in plan.tasks] == [
        ("Rà soát văn bản", ["so-noi-vu"]),
        ("Tuyên truyền", ["so-tu-phap"]),
    ]
    assert plan.signature.lines == []


def test_so_many_names_and_labels_are_still_placed_in_time() -> None:
    hand = Hand("nhãn gõ", 2)
    hand.write()
    body = hand.document.element.body
    first = next(one for one in body if (one.xpath("string(.)") or "").startswith("III. TỔ CHỨC"))
    for at in range(400):
        first.addprevious(
            parse_xml(f"<w:p {W}><w:r><w:t>1. Sở Lạ {at} chủ trì, phối hợp với Ban {at} làm việc.</w:t></w:r></w:p>")
        )
    out = io.BytesIO()
    hand.document.save(out)
    plan = imported(out.getvalue())
    assert len({one.id for one in plan.tasks}) == len(plan.tasks) > 400


@pytest.mark.parametrize(
    "first", ["A. MỤC ĐÍCH, YÊU CẦU", "I/ MỤC ĐÍCH", "PHẦN I. MỤC ĐÍCH", "I – MỤC ĐÍCH, YÊU CẦU", "MỤC ĐÍCH, YÊU CẦU"]
)
def test_a_title_ends_where_the_first_section_begins(first: str) -> None:
    hand = Hand("nhãn gõ", 1)
    hand.write()
    body = [*hand.document.paragraphs]
    title = next(at for at, one in enumerate(body) if one.text == "KẾ HOẠCH") + 1
    section = next(at for at, one in enumerate(body) if one.text.startswith("I. MỤC ĐÍCH"))
    for one in body[title + 1 : section]:
        one._element.getparent().remove(one._element)  # the section stands right below
    body[section].text = first
    body[section].runs[0].bold = True
    out = io.BytesIO()
    hand.document.save(out)
    plan = imported(out.getvalue())
    assert (plan.title, plan.sections[0].heading) == (body[title].text, first)
