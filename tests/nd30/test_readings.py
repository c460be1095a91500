"""Documents as offices type them: each misreading in two documents, one that is right and one that is wrong."""

from __future__ import annotations

import copy
import io
from typing import TYPE_CHECKING, Any

import corpus
import docx
import pytest
from corpus import WORDS, Row, all_of, drop, more_rows, put, say
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from danvan_cli.nd30 import figures as nd30
from danvan_cli.nd30.figures import styled_width
from danvan_cli.nd30.judge import recognised, remarks, understood

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus import Made
    from docx.document import Document

    Change = Callable[[Made], None]
    Edit = Callable[[Document], None]

RUN = f'<w:rPr {nsdecls("w")}><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:b/><w:sz w:val="{{pt}}"/></w:rPr>'


def written(made: Made, edit: Edit | None = None, technique: str = "table") -> bytes:
    data = corpus.write(made, technique)
    if edit is None:
        return data
    document = docx.Document(io.BytesIO(data))
    edit(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(data: bytes) -> tuple[str, set[str]]:
    """Give what a file was taken for, and the rules that it breaks; notes are left out."""
    _word, found = understood(data, "a.docx")
    return recognised(found), {one.rule for one in remarks(found, "a.docx") if one.severity != "note"}


def paragraph(text: str, pt: float = 13, more: str = "", align: str = "center") -> Any:
    p = parse_xml(f'<w:p {nsdecls("w")}><w:pPr>{more}<w:jc w:val="{align}"/></w:pPr><w:r><w:t/></w:r></w:p>')
    run = p.find(qn("w:r"))
    run.insert(0, parse_xml(RUN.format(pt=round(pt * 2))))
    run.find(qn("w:t")).text = text
    return p


def stamped_in_a_table(document: Document) -> None:
    border = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right"))
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="1500" w:type="dxa"/><w:tblBorders>{border}</w:tblBorders></w:tblPr>'
        '<w:tblGrid><w:gridCol w:w="1500"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w="1500" w:type="dxa"/></w:tcPr></w:tc></w:tr></w:tbl>'
    )
    table.find(f".//{qn('w:tc')}").append(paragraph("DỰ THẢO LẦN 2"))
    document.tables[0]._tbl.addnext(table)
    table.addprevious(parse_xml(f"<w:p {nsdecls('w')}/>"))


def stamped_in_a_frame(document: Document) -> None:
    frame = '<w:framePr w:w="1800" w:h="400" w:hAnchor="page" w:x="1900" w:y="100"/>'
    document.tables[0]._tbl.addnext(paragraph("DỰ THẢO", more=frame))


def stamped_in_a_box(document: Document) -> None:
    box = parse_xml(
        f'<w:p {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape style="margin-left:20pt;width:80pt;height:20pt"><v:textbox><w:txbxContent/>'
        "</v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    box.find(f".//{qn('w:txbxContent')}").append(paragraph("Dự thảo ngày 12/3/2023"))
    document.tables[0]._tbl.addnext(box)


def behind_an_empty_column(document: Document) -> None:
    table = document.tables[0]._tbl
    table.tblGrid.insert(0, parse_xml(f'<w:gridCol {nsdecls("w")} w:w="400"/>'))
    for row in table.tr_lst:
        row.insert(
            0,
            parse_xml(f'<w:trPr {nsdecls("w")}><w:gridBefore w:val="1"/><w:wBefore w:w="400" w:type="dxa"/></w:trPr>'),
        )


def swapped(document: Document) -> None:
    """Put the left column right, behind an empty column."""
    behind_an_empty_column(document)
    for row in document.tables[0]._tbl.tr_lst:
        cells = row.tc_lst
        for one, other in zip(list(cells[0]), list(cells[1]), strict=False):
            if one.tag == qn("w:p") and other.tag == qn("w:p"):
                one.addprevious(copy.deepcopy(other))
                other.addprevious(copy.deepcopy(one))
                one.getparent().remove(one)
                other.getparent().remove(other)


def columns_by_spaces(document: Document) -> None:
    table = document.tables[0]
    left = [p for row in table.rows for p in row.cells[0].paragraphs]
    right = [p for row in table.rows for p in row.cells[1].paragraphs]
    for one, other in zip(left, right, strict=False):
        made = copy.deepcopy(one._p)
        space = parse_xml(f'<w:r {nsdecls("w")}><w:t xml:space="preserve">            </w:t></w:r>')
        made.append(space)
        for run in other._p.iter(qn("w:r")):
            made.append(copy.deepcopy(run))
        table._tbl.addprevious(made)
    table._tbl.getparent().remove(table._tbl)


def firm_first_row(document: Document) -> None:
    """Have the table's style, and not the letters, make the letterhead's first row bold."""
    style = parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:styleId="Dau"><w:name w:val="Dau"/><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>'
        "</w:tblStylePr></w:style>"
    )
    document.styles.element.append(style)
    table = document.tables[0]._tbl
    for old in table.tblPr.findall(qn("w:tblStyle")) + table.tblPr.findall(qn("w:tblLook")):
        table.tblPr.remove(old)
    table.tblPr.insert(0, parse_xml(f'<w:tblStyle {nsdecls("w")} w:val="Dau"/>'))
    table.tblPr.append(parse_xml(f'<w:tblLook {nsdecls("w")} w:val="0020"/>'))
    for p in [p for cell in document.tables[0].rows[0].cells for p in cell.paragraphs]:
        for run in p.runs:
            if run.font.bold:
                run.font.bold = None


def subject_in_a_cell(document: Document) -> None:
    subject = next(p for p in document.paragraphs if p.text.startswith("Về việc"))
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>'
        '<w:tr><w:tc><w:tcPr><w:tcW w:w="9000" w:type="dxa"/></w:tcPr></w:tc></w:tr></w:tbl>'
    )
    subject._p.addprevious(table)
    table.find(f".//{qn('w:tc')}").append(subject._p)


def signed_beside(*others: tuple[str, str]) -> Edit:
    """Have others sign in the same row, each in a cell, with borders as a phiếu trình has."""

    def edit(document: Document) -> None:
        table = document.tables[-1]
        for office, name in others:
            cell = copy.deepcopy(table.rows[0].cells[1]._tc)
            for p, text in zip(cell.findall(qn("w:p")), (office, name), strict=True):
                p.find(f".//{qn('w:t')}").text = text
            table.rows[0]._tr.append(cell)

    return edit


def wrapped(end: str) -> Change:
    def change(made: Made) -> None:
        first = Row("NoiNhanDong", "- Văn phòng Đoàn đại biểu Quốc hội và")
        made.tail_left[2:-1] = [first, Row("NoiNhanDong", f"Hội đồng nhân dân tỉnh{end}")]

    return change


def two_lines(made: Made) -> None:
    made.middle[1:2] = [
        Row("TrichYeu", "Về việc thành lập Tổ công tác cải cách hành chính,"),
        Row("TrichYeu", "kiểm soát thủ tục hành chính năm 2023", {"rule": 35.0}),
    ]


CHARTER = (
    Row("TenLoai", "QUY CHẾ"),
    Row("TrichYeu", "Quản lý tài liệu lưu trữ"),
    Row("KemTheo", "(Ban hành kèm theo Quyết định số 25/QĐ-SNV"),
    Row("KemTheo", "ngày 15 tháng 3 năm 2023 của Sở Nội vụ)"),
    Row("Phan", "Chương I"),
    Row("TenPhan", "QUY ĐỊNH CHUNG"),
    Row("Dieu", f"Điều 1. {WORDS}.", {"bold": True}),
    Row("Khoan", f"1. {WORDS}."),
)


def issued(**more: Any) -> Change:
    return more_rows(
        "annex", *(Row(row.name, row.text, dict(row.more) | (more if row.name == "Khoan" else {})) for row in CHARTER)
    )


def only_annex(made: Made) -> None:
    for rows in (made.left, made.right, made.middle, made.body, made.tail_left, made.tail_right):
        rows.clear()


def agencies(*names: str, **more: Any) -> Change:
    def change(made: Made) -> None:
        made.left[:2] = [Row("CoQuanChuQuan", name, more) for name in names[:-1]] + [
            Row("CoQuanBanHanh", names[-1], {"rule": styled_width(names[-1], "CoQuanBanHanh") * 0.4 * 25.4 / 1440})
        ]

    return change


def ruled_by_signs(document: Document) -> None:
    """Put an ornament of typed signs where the line under the motto is drawn."""
    motto = next(p for row in document.tables[0].rows for p in row.cells[1].paragraphs if p.text.startswith("Độc lập"))
    motto._p.addnext(paragraph("-----o0o-----"))


def pushed_down(document: Document) -> None:
    """Have no margin on top, and two lines in the header that push the text to where it belongs."""
    section = document.sections[0]
    section.top_margin, section.header_distance = 0, 36000 * 9
    for header in (section.header, section.first_page_header):
        header.add_paragraph()


def indented_to_the_middle(document: Document) -> None:
    """Have an indent, and not the alignment, put the agency in the middle of its cell."""
    agency = next(p for row in document.tables[0].rows for p in row.cells[0].paragraphs if p.text == "SỞ NỘI VỤ")
    cell = next(agency._p.iterancestors(qn("w:tc")))
    wide = int(cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}").get(qn("w:w"))) - 216
    agency.alignment = 3
    agency.paragraph_format.first_line_indent = (wide - styled_width("SỞ NỘI VỤ", "CoQuanBanHanh")) * 635 // 2


def signed_by_the_drafter(document: Document) -> None:
    """Put the drafter's name in tiny letters behind the last recipient."""
    last = next(p for p in document.tables[-1].rows[0].cells[0].paragraphs if p.text.startswith("- Lưu"))
    run = last.add_run("Châu")
    run.font.size, run.font.name = 63500, "Times New Roman"


def proposed_where_the_text_opens(made: Made) -> None:
    """Say who proposes in the sentence that opens the text, and not in a line of its own."""
    made.body.pop(2)
    made.row("NoiDung").text = "Theo đề nghị của Chánh Văn phòng, Sở Nội vụ ban hành Kế hoạch như sau:"


def section_a(made: Made) -> None:
    """Call the sections A and B, the first of them right below the subject."""
    made.body[0].name, made.body[0].text = "Heading1", "A. TÌNH HÌNH CHUNG"
    made.body[1].name, made.body[1].text = "Heading1", "B. CÔNG TÁC CHỈ ĐẠO"


def listed_behind_the_signature(document: Document) -> None:
    """Put a table of data behind the signature, with its title in it, and no page break."""
    border = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideV"))
    cells = '<w:tc><w:tcPr><w:tcW w:w="1500" w:type="dxa"/></w:tcPr></w:tc>' * 5
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="7500" w:type="dxa"/><w:tblBorders>{border}</w:tblBorders></w:tblPr><w:tblGrid/>'
        f"<w:tr>{cells}</w:tr></w:tbl>"
    )
    for text, cell in zip(("KINH PHÍ", "STT", "Đơn vị", "Số tiền", "Ghi chú"), table.iter(qn("w:tc")), strict=True):
        cell.append(paragraph(text))
    document.tables[-1]._tbl.addnext(table)
    table.addprevious(parse_xml(f"<w:p {nsdecls('w')}/>"))


def ends_with_a_remark(end: str) -> Change:
    def change(made: Made) -> None:
        made.body[-1:] = [Row("NoiDung", f"{WORDS}."), Row("NoiDung", f"(Kèm theo dự thảo Quyết định){end}")]

    return change


def declared(made: Made) -> None:
    """Make a form of it that a circular brings, below a letterhead without an agency."""
    only_annex(made)
    made.middle += [Row("QuocHieu", nd30.QUOC_HIEU), Row("TieuNgu", nd30.TIEU_NGU), Row("TrichYeu", "────────")]
    made.middle += [Row("TenLoai", "TỜ KHAI ĐĂNG KÝ"), Row("KemTheo", "(Ban hành kèm theo Thông tư số 04/2020/TT-BTP)")]
    made.body.append(Row("NoiDung", f"Họ và tên: {WORDS}"))


def broken_by_hand(made: Made) -> None:
    made.body[2:2] = [
        Row("NoiDung", f"Đăng ký thường trú tại thôn Một, xã Lộc Ninh, {WORDS} và"),
        Row("NoiDung", "các khu phố của phường Lộc An theo quy định.", {"first": 0}),
    ]


TWINS: dict[str, tuple[str, Change, Edit | None, Change, set[str]]] = {
    "a stamp in a table": ("QĐ", lambda _made: None, stamped_in_a_table, put("TenLoai", bold=False), {"ND302"}),
    "a stamp in a frame": ("QĐ", lambda _made: None, stamped_in_a_frame, put("TrichYeu", pt=16), {"ND301"}),
    "a stamp in a text box": ("BC", lambda _made: None, stamped_in_a_box, put("TrichYeu", pt=16), {"ND301"}),
    "an empty grid column": ("KH", lambda _made: None, behind_an_empty_column, put("QuocHieu", pt=15), {"ND301"}),
    "columns made of spaces": ("BC", drop("TrichYeuCongVan"), columns_by_spaces, put("SoKyHieu", pt=16), {"ND301"}),
    "a style for the first row": ("QĐ", lambda _made: None, firm_first_row, put("TieuNgu", italic=True), {"ND303"}),
    "a V/v that quotes a date": (
        "CV", say("TrichYeuCongVan", "V/v thực hiện Kế hoạch số 12 ngày 05 tháng 3 năm 2023"), None,
        say("DiaDanh", "Bình Phước, ngày 5 tháng 3 năm 2023"), {"ND506"},
    ),
    "agencies of three lines": (
        "BC", agencies("UBND TỈNH BÌNH PHƯỚC", "SỞ NỘI VỤ", "BAN THI ĐUA - KHEN THƯỞNG"), None,
        agencies("UBND TỈNH BÌNH PHƯỚC", "SỞ NỘI VỤ", "BAN THI ĐUA - KHEN THƯỞNG", bold=True), {"ND302"},
    ),
    "a name of two lines": ("KH", agencies("BAN QUẢN LÝ", "KHU KINH TẾ TỈNH"), None, say("TenLoai", "Kế hoạch"), {"ND304"}),
    "a commune's office": ("QĐ", agencies("UBND XÃ LỘC NINH", "VĂN PHÒNG HĐND VÀ UBND"), None, put("HoTen", bold=False), {"ND302"}),
    "a people's council": ("QĐ", agencies("TỈNH BÌNH PHƯỚC", "HỘI ĐỒNG NHÂN DÂN"), None, put("SoKyHieu", pt=14), {"ND301"}),
    "a ministry": (
        "QĐ", all_of(drop("CoQuanChuQuan"), say("CoQuanBanHanh", "BỘ NỘI VỤ", rule=9.0), say("ThamQuyen", "BỘ TRƯỞNG BỘ NỘI VỤ")), None,
        put("DiaDanh", italic=False), {"ND303"},
    ),
    "a subject that ends with a comma": (
        "QĐ", two_lines, None, put("TrichYeu", italic=True), {"ND303"},
    ),
    "a subject in a cell": ("QĐ", lambda _made: None, subject_in_a_cell, put("TrichYeu", pt=15), {"ND301"}),
    "a sentence that begins with Căn cứ": (
        "CV", say("NoiDung", f"Căn cứ Công văn số 12/UBND-VX ngày 05 tháng 3 năm 2023, Sở Nội vụ báo cáo: {WORDS}."), None,
        say("TrichYeuCongVan", "V/v GÓP Ý DỰ THẢO"), set(),
    ),
    "recipients that wrap": ("BC", wrapped(";"), None, wrapped(""), {"ND508"}),
    "the drafter's sign": (
        "KH", say("NoiNhanDong", "- Lưu: VT, NC. Hoa", 2), None, say("NoiNhanDong", "- Lưu: VT, NC", 2), {"ND508"},
    ),
    "as addressed": ("CV", say("NoiNhanDong", "- Như trên;"), None, say("NoiNhanDong", "- Như kính gửi;"), {"ND508"}),
    "grounds that go on in the sentence that opens the text": (
        "KH", proposed_where_the_text_opens, None, say("CanCu", "Căn cứ Luật Lưu trữ.", 0), {"ND501"},
    ),
    "a year behind the symbol": ("BC", lambda _made: None, None, say("SoKyHieu", "Số: 25/BC-SNV/2023"), {"ND504"}),
    "a section called A below the subject": ("BC", section_a, None, all_of(section_a, put("TrichYeu", bold=False)), {"ND302"}),
    "bold digits": ("BC", lambda _made: None, None, put("SoKyHieu", bold=True), {"ND302"}),
    "a subject of a whole paragraph": (
        "QĐ", say("TrichYeu", f"Về việc {WORDS}"), None, put("TrichYeu", align="both", bold=False), {"ND302"},
    ),
    "an ornament for a line": ("BC", put("TieuNgu", rule=None), ruled_by_signs, put("TieuNgu", bold=False), {"ND302"}),
    "a header that makes the margin": ("BC", lambda _made: None, pushed_down, put("TieuNgu", bold=False), {"ND302"}),
    "an indent that centres": ("BC", lambda _made: None, indented_to_the_middle, put("CoQuanBanHanh", bold=False), {"ND302"}),
    "the drafter's tiny sign": ("BC", lambda _made: None, signed_by_the_drafter, put("NoiNhanDong", pt=9), {"ND301"}),
    "a list behind the signature": ("QĐ", lambda _made: None, listed_behind_the_signature, put("HoTen", bold=False), {"ND302"}),
    "a line broken by hand": ("BC", broken_by_hand, None, put("NoiDung", first=0), {"ND401"}),
    "a remark behind capitals": (
        "BC", say("Heading1", "I. NỘI DUNG, TIÊU CHÍ (theo phụ lục kèm theo)"), None, say("Heading1", "I. Nội dung, tiêu chí"), {"ND304"},
    ),
    "./. behind a remark": ("TTr", ends_with_a_remark("./."), None, ends_with_a_remark("."), {"ND509"}),
    "almost black": ("BC", put("NoiDung", colour="333333"), None, put("NoiDung", colour="404040"), {"ND104"}),
    "several who sign": ("BB", lambda _made: None, signed_beside(("THƯ KÝ", "Lê An"), ("THÀNH VIÊN", "Trần Thị Bình")),
                         put("TenLoai", bold=False), {"ND302"}),
    "a decision and what it issues": ("QĐ", issued(), None, issued(pt=16), {"ND301"}),
    "what is issued, alone": ("QĐ", all_of(issued(), only_annex), None, all_of(issued(align="left"), only_annex), {"ND305"}),
    "an annex that lies": (
        "KH", more_rows("annex", Row("PhuLuc", "Phụ lục"), Row("TenPhuLuc", "DANH SÁCH ĐƠN VỊ"), Row("NoiDung", "a", {"align": "left"})), None,
        more_rows("annex", Row("PhuLuc", "PHỤ LỤC"), Row("TenPhuLuc", "DANH SÁCH ĐƠN VỊ"), Row("NoiDung", "a")), {"ND304"},
    ),
}  # fmt: skip
"""By misreading: the type of document, what is typed so, how the file is written, what makes it wrong, what is then found."""


@pytest.mark.parametrize("case", TWINS)
def test_it_is_read_as_its_writer_meant_it(case: str) -> None:
    kind, typed, edit, broken, rules = TWINS[case]
    right, wrong = corpus.good(kind), corpus.good(kind)
    typed(right)
    all_of(typed, broken)(wrong) if case not in {"a decision and what it issues", "what is issued, alone"} else broken(
        wrong
    )
    if case == "agencies of three lines":
        wrong.left[0].more.pop("bold")
    assert read(written(right, edit))[1] == set()
    assert read(written(wrong, edit))[1] >= rules


TAKEN_FOR = {
    "Quyết định, kèm Quy chế (đoạn ": ("QĐ", issued()),
    "Quy chế kèm theo văn bản khác": ("QĐ", all_of(issued(), only_annex)),
    "Kế hoạch, kèm Phụ lục I (đoạn ": ("KH", more_rows("annex", Row("PhuLuc", "Phụ lục I"), Row("TenPhuLuc", "DANH SÁCH"))),
    "Công văn": ("CV", lambda _made: None),
    "Tờ khai đăng ký: biểu mẫu": ("BC", declared),
    "Biên bản": ("BB", drop("NoiNhan")),
    "Danh mục hàng hóa: văn bản quy phạm pháp luật": (
        "BC", lambda made: (only_annex(made), made.body.extend([
            Row("TrichYeu", "DANH MỤC HÀNG HÓA"), Row("KemTheo", "(Kèm theo Nghị định số 161/2024/NĐ-CP)"), Row("NoiDung", f"{WORDS}.")]))[0],
    ),
    "Báo cáo: biểu mẫu": ("BC", say("SoKyHieu", "Số: {{so}}/BC-SNV")),
    "Thông tư: văn bản quy phạm pháp luật": ("KH", say("TenLoai", "THÔNG TƯ")),
    "văn bản của tổ chức Đảng": ("BC", all_of(say("QuocHieu", "ĐẢNG CỘNG SẢN VIỆT NAM"), drop("TieuNgu"), say("SoKyHieu", "Số 12-BC/TU"))),
    "Phiếu đề xuất: biểu mẫu": ("BC", all_of(say("TenLoai", "PHIẾU ĐỀ XUẤT"), drop("SoKyHieu"), drop("NoiNhan"), drop("HoTen"))),
    "văn bản đi kèm, không có phần đầu": (
        "BC", lambda made: (only_annex(made), made.body.append(Row("NoiDung", f"Kính thưa các đồng chí: {WORDS}.")))[0],
    ),
}  # fmt: skip


@pytest.mark.parametrize("said", TAKEN_FOR)
def test_what_a_file_is_is_told(said: str) -> None:
    kind, change = TAKEN_FOR[said]
    made = corpus.good(kind)
    change(made)
    taken_for, rules = read(written(made))
    assert taken_for.startswith(said)
    assert "ND201" not in rules


def test_several_documents_in_one_file_are_judged_one_by_one() -> None:
    first, second = corpus.good("CV"), corpus.good("BC")
    drop("HoTen")(second)
    document = docx.Document(io.BytesIO(corpus.write(first)))
    other = docx.Document(io.BytesIO(corpus.write(second)))
    end = document.element.body.sectPr
    for element in list(other.element.body)[:-1]:
        end.addprevious(copy.deepcopy(element))
    buffer = io.BytesIO()
    document.save(buffer)
    taken_for, rules = read(buffer.getvalue())
    assert taken_for.startswith("Công văn; Báo cáo (đoạn ")
    assert "ND201" in rules


def listed(document: Document, texts: list[str], *, framed: bool = True) -> Any:
    """Put a table of three columns at the end."""
    border = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH"))
    table = document.add_table(len(texts) // 3, 3)
    if framed:
        table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{border}</w:tblBorders>"))
    for cell, text in zip(table._cells, texts, strict=True):
        cell.paragraphs[0].add_run(text).font.name = "Times New Roman"
    return table._tbl


OFFICERS = ["STT", "Họ và tên", "Chức vụ", "1", "Trần Văn Bình", "GIÁM ĐỐC"]


@pytest.mark.parametrize(("technique", "framed"), [("table", True), ("tabs", True), ("table", False)])
@pytest.mark.parametrize("caption", ["", "Danh sách kèm theo"])
def test_a_table_behind_the_signature_is_nobodys_signature(technique: str, framed: bool, caption: str) -> None:
    def add(document: Document) -> None:
        document.add_paragraph().add_run(caption).font.name = "Times New Roman"
        listed(document, OFFICERS if framed else [*OFFICERS[:3], "1", "", ""], framed=framed)

    assert read(written(corpus.good("KH"), add, technique))[1] == set()


@pytest.mark.parametrize("technique", ["table", "tabs"])
@pytest.mark.parametrize("head", ["STT", "TT", "Số TT"])
def test_a_list_without_lines_behind_the_signature_is_nobodys_signature(technique: str, head: str) -> None:
    def add(document: Document) -> None:
        document.add_paragraph()
        listed(document, [head, *OFFICERS[1:]], framed=False)

    assert read(written(corpus.good("KH"), add, technique))[1] == set()


@pytest.mark.parametrize("kind", ["BC", "BB"])
def test_a_table_right_above_the_signature_is_nobodys_signature(kind: str) -> None:
    def add(document: Document) -> None:
        document.tables[-1]._tbl.addprevious(listed(document, OFFICERS))

    assert read(written(corpus.good(kind), add))[1] == set()


@pytest.mark.parametrize("post", ["TỔ TRƯỞNG", "KT. TỔ TRƯỞNG", "ỦY VIÊN THƯ KÝ", "P. GIÁM ĐỐC", "HẠT TRƯỞNG"])
def test_who_signs_is_known_by_his_post(post: str) -> None:
    made = corpus.good("BC")
    say("ChucVu", post)(made)
    assert read(written(made))[1] == set()


@pytest.mark.parametrize("name", ["Đại tá Nguyễn Văn An", "Công Tằng Tôn Nữ Thị Minh Nguyệt", "Y Phương", "Điểu K’Ré"])
def test_names_of_many_kinds_are_names(name: str) -> None:
    made = corpus.good("BC")
    say("HoTen", name)(made)
    assert read(written(made))[1] == set()


def test_a_file_without_words_is_not_said_to_be_right() -> None:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    assert read(buffer.getvalue())[0] == "không có chữ nên không xét được gì"
