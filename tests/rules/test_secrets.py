"""Marks of secrecy are seen in files before they come in."""

from __future__ import annotations

import gzip
import io
import random
import time
import zipfile
import zlib
from functools import cache
from typing import TYPE_CHECKING

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from danvan_cli.errors import UsageError
from danvan_cli.ooxml import words
from danvan_cli.rules import secrets
from danvan_cli.rules.secrets import bears_mark, refuse_secret_file, refuse_secret_text
from danvan_cli.text import INVISIBLE, UNWANTED, WARNING
from shares import SHARES, chosen, some
from word_files import blank, rezipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORD = '<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{}</w:body></w:document>'


def packed(path: Path, name: str, text: str) -> Path:
    with zipfile.ZipFile(path, "w") as out:
        out.writestr(name, text)
    return path


@pytest.mark.parametrize(
    ("name", "part", "text"),
    [
        (
            "a.docx",
            "word/document.xml",
            WORD.format("<w:p><w:r><w:t>M</w:t></w:r><w:r><w:t>ẬT</w:t></w:r></w:p><w:p/>"),
        ),
        ("a.docx", "word/header1.xml", WORD.format("<w:p><w:r><w:t>T&#7888;I M&#7852;T</w:t></w:r></w:p>")),
        ("a.xlsx", "xl/sharedStrings.xml", "<sst><si><t>Số</t></si><si><t>MẬT</t></si><si><t>x</t></si></sst>"),
        ("a.odt", "content.xml", "<o><text:p>Độ mật: Tuyệt mật</text:p></o>"),
    ],
)
def test_a_mark_inside_an_office_file_is_seen(tmp_path: Path, name: str, part: str, text: str) -> None:
    with pytest.raises(UsageError) as refused:
        refuse_secret_file(packed(tmp_path / name, part, text))
    assert "ẬT" not in refused.value.message


@pytest.mark.parametrize(("name", "data"), [
    ("a.txt", "dòng\nMẬT\n".encode()), ("a.md", "TỐI MẬT".encode()), ("a.txt", "TUYỆT MẬT".encode("utf-16")),
    ("a.txt", "MA\u0323\u0302T".encode()), ("Công văn TỐI MẬT.pdf", b"x"), ("Độ mật_ tuyệt mật.pdf", b"x"), ("[MẬT] 5.pdf", b"x"),
])  # fmt: skip
def test_a_mark_in_a_text_or_a_name_is_seen(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    if name.startswith("Độ"):  # a colon cannot stand in a name on every system: the words alone are no mark
        refuse_secret_file(tmp_path / name)
        return
    with pytest.raises(UsageError):
        refuse_secret_file(tmp_path / name)


def test_words_that_are_no_marks_come_in(tmp_path: Path) -> None:
    text = "Công tác bảo mật, BẢO MẬT thông tin; mật độ dân số"
    (tmp_path / "bảo mật.txt").write_text(text, encoding="utf-8")
    refuse_secret_file(tmp_path / "bảo mật.txt")
    refuse_secret_file(packed(tmp_path / "a.docx", "word/document.xml", WORD.format(f"<w:p>{text}</w:p>")))
    assert refuse_secret_text("--result", "bảo mật") == "bảo mật"


def test_an_office_file_that_cannot_be_looked_into_does_not_come_in(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"no zip")
    with pytest.raises(UsageError):
        refuse_secret_file(tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "b.docx", "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("word/document.xml", b"a" * (65 * 2**20))
    with pytest.raises(UsageError):
        refuse_secret_file(tmp_path / "b.docx")


def test_a_marked_text_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError) as refused:
        refuse_secret_text("--result", "Theo văn bản [TỐI MẬT] số 1")
    assert "số 1" not in refused.value.message + (refused.value.help or "")


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MARK = "TỐI MẬT"


@cache
def empty() -> bytes:
    """Make a Word document with a style of capitals."""
    out = io.BytesIO()
    document = blank()
    document.styles.add_style("Hoa", 1).font.all_caps = True
    document.save(out)
    return out.getvalue()


def word(body: str = "", styles: str = "", **parts: str | bytes) -> bytes:
    """Make a Word document with a body's XML, styles if any are given, and other parts by name, `__` for `/`."""
    whole = f'<w:document xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>{body}</w:body></w:document>'
    data = rezipped(empty(), word_document_xml=whole.encode())
    data = rezipped(data, word_styles_xml=styles.encode()) if styles else data
    with zipfile.ZipFile(buffer := io.BytesIO(data), "a") as zipped:
        for name, part in parts.items():
            zipped.writestr(name.replace("__", "/").replace("_dot_", "."), part)
    return buffer.getvalue()


def run(text: str, look: str = "", tag: str = "t") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def para(*runs: str, look: str = "") -> str:
    return f"<w:p><w:pPr>{look}</w:pPr>{''.join(runs)}</w:p>"


def root(tag: str, inside: str) -> str:
    return f'<w:{tag} xmlns:w="{W}">{inside}</w:{tag}>'


def workbook(fill: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], object]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        fill(book, book.add_worksheet("Một"))
    return out.getvalue()


def zipped(way: int = zipfile.ZIP_DEFLATED, /, **files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as made:
        for name, data in files.items():
            made.writestr(name.replace("_dot_", "."), data)
    return out.getvalue()


def pdf(properties: bytes = b"", more: bytes = b"") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
        b"3 0 obj\n<< /Producer (x) "
        + properties
        + b" >>\nendobj\n"
        + more
        + b"trailer\n<< /Root 1 0 R /Info 3 0 R >>\n%%EOF\n"
    )


def wide(text: str) -> bytes:
    return b"<" + (b"\xfe\xff" + text.encode("utf-16-be")).hex().encode() + b">"


def attached(data: bytes, name: bytes = b"a.docx", more: bytes = b"") -> bytes:
    """Make a PDF with a file attached to it, packed."""
    packed = zlib.compress(data)
    return pdf(
        more=b"4 0 obj\n<< /Type /Filespec /F (" + name + b") /EF << /F 5 0 R >> >>\nendobj\n"
        b"5 0 obj\n<< /Filter [/FlateDecode %s] /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        % (more, len(packed), packed)
    )


def locked(data: bytes) -> bytes:
    """Flag what a zip holds as encrypted."""
    for head, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(head) + flag
        data = data[:at] + bytes([data[at] | 1]) + data[at + 1 :]
    return data


XMP = f"<x><dc:title>{MARK}</dc:title></x>".encode()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
BOX = f"<w:pict><v:shape><v:textbox><w:txbxContent>{para(run('x'))}</w:txbxContent></v:textbox></v:shape></w:pict>"
CHOICE = f"<mc:AlternateContent><mc:Choice>{para(run('x'))}</mc:Choice><mc:Fallback>{para(run(MARK))}</mc:Fallback></mc:AlternateContent>"

LOUD = root("styles", '<w:style w:type="paragraph" w:styleId="Hoa"><w:rPr><w:caps/></w:rPr></w:style>'
            '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Hoa"/></w:style>')  # fmt: skip
TABLES = ('<w:style w:type="table" w:styleId="Bang"><w:rPr><w:caps/></w:rPr></w:style>'
                   '<w:style w:type="table" w:styleId="Con"><w:basedOn w:val="Bang"/></w:style>'
                   '<w:style w:type="table" w:styleId="Dau"><w:tblStylePr w:type="firstRow"><w:rPr><w:caps/></w:rPr></w:tblStylePr></w:style>')  # fmt: skip
LOUD_TABLES = root("styles", TABLES)
LOUD_BOTH = root("styles", TABLES + '<w:style w:type="paragraph" w:styleId="Hoa"><w:rPr><w:caps/></w:rPr></w:style>'
                 '<w:style w:type="character" w:styleId="Chu"><w:rPr><w:caps/></w:rPr></w:style>')  # fmt: skip


def tabled(style: str, *rows: str) -> str:
    """Write a table of a style that shows its first row; each row has one cell."""
    look = f'<w:tblPr><w:tblStyle w:val="{style}"/><w:tblLook w:firstRow="1"/></w:tblPr>'
    return f"<w:tbl>{look}{''.join(f'<w:tr><w:tc>{one}</w:tc></w:tr>' for one in rows)}</w:tbl>"


PLACES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "body": ("a.docx", lambda: word(para(run(MARK)))),
    "over runs": ("a.docx", lambda: word(para(run("TỐ"), run("I M"), run("ẬT")))),
    "over lines of the file": ("a.docx", lambda: word(f"<w:p>\n  {run('TỐI M')}\n  {run('ẬT')}\n</w:p>")),
    "over paragraphs": ("a.docx", lambda: word(para(run("TỐI")) + para(run("MẬT số 1")))),
    "table": ("a.docx", lambda: word(f"<w:tbl><w:tr><w:tc>{para(run('MẬT'))}</w:tc></w:tr></w:tbl>")),
    "content control": ("a.docx", lambda: word(f"<w:sdt><w:sdtContent>{para(run('MẬT'))}</w:sdtContent></w:sdt>")),
    "tab": ("a.docx", lambda: word(para("<w:r><w:t>TỐI</w:t><w:tab/><w:t>MẬT</w:t></w:r>"))),
    "break": ("a.docx", lambda: word(para("<w:r><w:t>TUYỆT</w:t><w:br/><w:t>MẬT</w:t></w:r>"))),
    "soft hyphen": ("a.docx", lambda: word(para(run("TỐI M\u00adẬT")))),
    "caps": ("a.docx", lambda: word(para(run("Tối mật", "<w:caps/>")))),
    "small caps": ("a.docx", lambda: word(para(run("tuyệt mật", "<w:smallCaps/>")))),
    "caps by style": ("a.docx", lambda: word(para(run("Mật"), look='<w:pStyle w:val="Hoa"/>'))),
    "caps by a style above": ("a.docx", lambda: word(para(run("Tối mật"), look='<w:pStyle w:val="Con"/>'), LOUD)),
    "caps by a run's style": ("a.docx", lambda: word(para(run("tối mật", '<w:rStyle w:val="Con"/>')), LOUD)),
    "caps by the usual style": ("a.docx", lambda: word(para(run("Tối mật")), LOUD.replace('"Hoa"', '"Hoa" w:default="1"'))),
    "caps by a style whose name is written otherwise": ("a.docx", lambda: word(para(run("Mật"), look="<w:pStyle w:val='a&quot;b'/>"), LOUD.replace('"Hoa"', "'a\"b'"))),
    "caps by the styles of table and paragraph": ("a.docx", lambda: word(tabled("Con", para(run("Tối mật"), look='<w:pStyle w:val="Hoa"/>')), LOUD_BOTH)),
    "caps by a first row and a run's style": ("a.docx", lambda: word(tabled("Dau", para(run("Tối mật", '<w:rStyle w:val="Chu"/>'))), LOUD_BOTH)),
    "caps by the styles of paragraph and run": ("a.docx", lambda: word(para(run("Tối mật", '<w:rStyle w:val="Chu"/>'), look='<w:pStyle w:val="Hoa"/>'), LOUD_BOTH)),
    "a sheet's header in parts": ("a.xlsx", lambda: workbook(lambda _book, sheet: sheet.set_header("&CTỐI M&BẬ&BT"))),
    "tag with its own end in a value": ("a.docx", lambda: word(para(run("TỐI MẬ"), '<w:bookmarkStart w:name="a>b"/>', run("T")))),
    "caps around a box": ("a.docx", lambda: word(para(run("x "), f"<w:r>{BOX}</w:r>", run("Tối mật"), look='<w:pStyle w:val="Hoa"/>'))),
    "caps by a table's style": ("a.docx", lambda: word(tabled("Con", para(run("x")), para(run("Tối mật"))), LOUD_TABLES)),
    "caps by the first row of a table's style": ("a.docx", lambda: word(tabled("Dau", para(run("Tối mật")), para(run("x"))), LOUD_TABLES)),
    "word before a colon": ("a.docx", lambda: word(para(run("Độ mậ"), run("t"), run(" "), run(":tối mật")))),
    "text box inside": ("a.docx", lambda: word(para(run("TỐI "), f"<w:r>{BOX}</w:r>", run("MẬT")))),
    "text box": ("a.docx", lambda: word(para(f"<w:r>{BOX.replace('>x<', '>MẬT<')}</w:r>"))),
    "older form of a drawing": ("a.docx", lambda: word(para(f"<w:r>{CHOICE}</w:r>"))),
    "WordArt": ("a.docx", lambda: word(para(f'<w:r><w:pict><v:shape><v:textpath string="{MARK}"/></v:shape></w:pict></w:r>'))),
    "deleted": ("a.docx", lambda: word(para(f"<w:del>{run(MARK, tag='delText')}</w:del>"))),
    "under a deletion": ("a.docx", lambda: word(para(run("TỐI "), f"<w:del>{run('x', tag='delText')}</w:del>", run("MẬT")))),
    "before an insertion": ("a.docx", lambda: word(para(run("TỐI "), f"<w:ins>{run('x')}</w:ins>", run("MẬT")))),
    "moved away": ("a.docx", lambda: word(para(f"<w:moveFrom>{run(MARK)}</w:moveFrom>"))),
    "hidden": ("a.docx", lambda: word(para(run(MARK, "<w:vanish/>")))),
    "around hidden": ("a.docx", lambda: word(para(run("TỐI "), run("x", "<w:vanish/>"), run("MẬT")))),
    "beside a page number": ("a.docx", lambda: word(para('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', run("2"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>', run("MẬT")))),
    "field": ("a.docx", lambda: word(para(f'<w:r><w:instrText>QUOTE "{MARK}"</w:instrText></w:r>'))),
    "header": ("a.docx", lambda: word(word__header1_dot_xml=root("hdr", para(run("MẬT"))))),
    "footer": ("a.docx", lambda: word(word__footer1_dot_xml=root("ftr", para(run("MẬT"))))),
    "footnote": ("a.docx", lambda: word(word__footnotes_dot_xml=root("footnotes", f"<w:footnote>{para(run('MẬT'))}</w:footnote>"))),
    "comment": ("a.docx", lambda: word(word__comments_dot_xml=root("comments", f"<w:comment>{para(run('MẬT'))}</w:comment>"))),
    "author of a comment": ("a.docx", lambda: word(word__comments_dot_xml=root("comments", f'<w:comment w:author="{MARK}"/>'))),
    "UTF-16 part": ("a.docx", lambda: word(word__header1_dot_xml=root("hdr", para(run("MẬT"))).encode("utf-16"))),
    "decomposed": ("a.docx", lambda: word(para(run("TỐI MA\u0323\u0302T")))),
    "entities": ("a.docx", lambda: word(para(run("T&#7888;I M&#x1EAC;T")))),
    "title": ("a.docx", lambda: word(docProps__custom_dot_xml=f"<Properties><lpwstr>{MARK}</lpwstr></Properties>")),
    "diagram": ("a.docx", lambda: word(word__diagrams__data1_dot_xml='<d xmlns:a="a"><a:p><a:r><a:rPr cap="all"/><a:t>Tối mật</a:t></a:r></a:p></d>')),
    "embedded workbook": ("a.docx", lambda: word(word__embeddings__so_dot_xlsx=workbook(lambda _book, sheet: sheet.write("A1", MARK)))),
    "embedded in OLE": ("a.docx", lambda: word(word__embeddings__o1_dot_bin=OLE + word(para(run(MARK))) + bytes(999))),
    "embedded old Word": ("a.docx", lambda: word(word__embeddings__o1_dot_bin=OLE + MARK.encode("utf-16-le") + bytes(99))),
    "embedded name": ("a.docx", lambda: word(**{f"word__embeddings__{MARK}_dot_bin": b"x"})),
    "picture": ("a.docx", lambda: word(word__media__a_dot_emf=b"\x01\0\0\0" + MARK.encode("utf-16-le"))),
    "cell": ("a.xlsx", lambda: workbook(lambda _book, sheet: sheet.write("A1", MARK))),
    "rich cell": ("a.xlsx", lambda: workbook(lambda book, sheet: sheet.write_rich_string("A1", "TỐI M", book.add_format({"bold": 1}), "ẬT"))),
    "escaped cell": ("a.xlsx", lambda: zipped(
        **{"xl/sharedStrings_dot_xml": b"<sst><si><t>T_x1ED0_I</t></si><si><t>M_x1EAC_T</t></si></sst>"})),
    "sheet name": ("a.xlsx", lambda: workbook(lambda book, _sheet: book.add_worksheet(MARK))),
    "page header": ("a.xlsx", lambda: workbook(lambda _book, sheet: sheet.set_header('&C&"Times New Roman,Bold"&14TỐI &BMẬT'))),
    "page footer": ("a.xlsx", lambda: workbook(lambda _book, sheet: sheet.set_footer("&L1&CMẬT&R2"))),
    "text box of a sheet": ("a.xlsx", lambda: workbook(lambda _book, sheet: sheet.insert_textbox("A1", MARK))),
    "comment of a sheet": ("a.xlsx", lambda: workbook(lambda _book, sheet: sheet.write_comment("A1", MARK))),
    "form of a number": ("a.xlsx", lambda: workbook(lambda book, sheet: sheet.write("A1", 1, book.add_format({"num_format": '"MẬT"'})))),
    "properties": ("a.xlsx", lambda: workbook(lambda book, _sheet: book.set_properties({"subject": MARK}))),
    "PDF property": ("a.pdf", lambda: pdf(b"/Subject " + wide(MARK))),
    "PDF property in UTF-8": ("a.pdf", lambda: pdf(b"/Subject (\xef\xbb\xbf" + MARK.encode() + b")")),
    "PDF note": ("a.pdf", lambda: pdf(more=b"4 0 obj\n<< /Type /Annot /Contents " + wide(MARK) + b" >>\nendobj\n")),
    "PDF metadata": ("a.pdf", lambda: pdf(more=b"4 0 obj\n<< /Type /Metadata /Length %d >>\nstream\n" % len(XMP) + XMP + b"\nendstream\nendobj\n")),
    "zip": ("a.zip", lambda: zipped(a_dot_txt=MARK.encode())),
    "name in a zip": ("a.zip", lambda: zipped(**{f"{MARK}_dot_jpg": b"x"})),
    "zip in a zip": ("a.zip", lambda: zipped(b_dot_zip=zipped(a_dot_docx=word(para(run(MARK)))))),
    "PDF in a zip": ("a.zip", lambda: zipped(b_dot_pdf=pdf(b"/Subject " + wide(MARK)))),
    "OpenDocument": ("a.odt", lambda: zipped(content_dot_xml='<o xmlns:text="t"><text:p>TỐI<text:s/>M<text:span>ẬT</text:span></text:p></o>'.encode())),
    "capitals of OpenDocument": ("a.odt", lambda: zipped(
        mimetype=b"x", styles_dot_xml=b'<o xmlns:fo="f"><p fo:text-transform="uppercase"/></o>', content_dot_xml="<o><p>Tối mật</p></o>".encode())),
    "RTF": ("a.rtf", lambda: rb"{\rtf1 T\u7888?I M\u7852?T\par}"),
    "HTML": ("a.html", "<p>TỐI M<b>&#7852;T</b></p>".encode),
    "old Word": ("a.doc", lambda: OLE + "TỐI MẬT".encode("utf-16-le") + bytes(99)),
    "picture's property": ("a.jpg", lambda: b"\xff\xd8\xff\xe1" + MARK.encode() + b"\xff"),
    "below a Word file's name": ("a.docx", lambda: word(word__a_dot_bin="<d><t>TỐI M</t><t>ẬT</t></d>".encode())),
    "behind a comment": ("a.docx", lambda: word(para(run("TỐI M<!-- > -->ẬT")))),
    "in signs like a tag": ("a.txt", "<TỐI MẬT: không phổ biến>".encode),
    "underscore": ("a.docx", lambda: word(para(run("TỐI_MẬT")))),
    "hyphen": ("a.txt", "CÔNG VĂN TỐI-MẬT".encode),
    "dots in a name": ("CV.TỐI.MẬT.pdf", lambda: b"x"),
    "letter by its number": ("a.xlsx", lambda: zipped(**{"xl/sharedStrings_dot_xml": "<sst><si><t>TỐI _x004D_ẬT</t></si></sst>".encode()})),
    "invisible by its number": ("a.xlsx", lambda: zipped(**{"xl/sharedStrings_dot_xml": "<sst><si><t>TỐI M_x00AD_ẬT</t></si></sst>".encode()})),
    "file attached to a PDF": ("a.pdf", lambda: attached(zipped(a_dot_docx=word(para(run(MARK)))))),
    "name of one": ("a.pdf", lambda: attached(b"x", f"{MARK}.txt".encode())),
    "PDF attached to a PDF": ("a.pdf", lambda: attached(attached(word(para(run(MARK))), b"a.txt"), b"b.pdf")),
    "packed picture": ("a.docx", lambda: word(word__media__a_dot_emz=gzip.compress(b"\x01\0\0\0" + MARK.encode("utf-16-le")))),
    "text without a known ending": ("ghi-chu", lambda: f"a\n{MARK}\n".encode("utf-16")),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_mark_is_seen_wherever_it_stands(place: str, tmp_path: Path) -> None:
    name, made = PLACES[place]
    (tmp_path / name).write_bytes(made())
    assert bears_mark(tmp_path / name)


UNSEEN = {
    "zero width": "\u200b", "soft hyphen": "\u00ad", "joiner": "\u2060", "grapheme joiner": "\u034f", "Mongolian": "\u180e",
    "of Arabic": "\u061c", "mark of order": "\ufeff", "of old": "\u206a",
}  # fmt: skip
ELSEWHERE = {"variant": "\ufe0f", "Hangul": "\u3164", "tag": "\U000e0041"}
WITHIN: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "Word": ("a.docx", lambda text: word(para(run(text)))),
    "capitals": ("a.docx", lambda text: word(para(run(text.replace("ẬT", "ật").replace("ỐI", "ối"), "<w:caps/>")))),
    "attribute": ("a.docx", lambda text: word(word__comments_dot_xml=root("comments", f'<w:comment w:author="{text}"/>'))),
    "workbook": ("a.xlsx", lambda text: workbook(lambda _book, sheet: sheet.write("A1", text))),
    "text": ("a.txt", lambda text: f"a\n{text}\n".encode()),
    "PDF": ("a.pdf", lambda text: pdf(b"/Subject " + wide(text))),
    "old Word": ("a.doc", lambda text: OLE + text.encode("utf-16-le") + bytes(99)),
    "picture": ("a.jpg", lambda text: b"\xff\xd8\xff\xe1" + text.encode() + b"\xff"),
}  # fmt: skip


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("place", WITHIN)
def test_letters_that_nobody_sees_hide_none(place: str, share: int, tmp_path: Path) -> None:
    name, made = WITHIN[place]
    every = UNSEEN if place in {"old Word", "picture"} else UNSEEN | ELSEWHERE
    for what, letter in chosen([*every.items()], share, [*WITHIN].index(place)):
        (tmp_path / name).write_bytes(made(f"TỐI M{letter}Ậ{letter}T"))
        assert bears_mark(tmp_path / name), what


def test_a_break_that_is_escaped_hides_no_letter() -> None:
    """Others than danvan write the lines of a cell so: nearly every part would have to be read."""
    sheet = "<?xml version='1.0'?><c><t>một&#10;hai&#13;&#x0A;&#0009;ba</t></c>"
    assert not words._may_hold(sheet.encode(), capitals=True)
    for hidden in ("M&#10;ẬT", "M&#xD; &#9;ẬT", "M&#7852;T", "&#77;ẬT", "M&#x1EAC;T", "&#010;&#11;"):
        assert words._may_hold(sheet.replace("hai", hidden).encode(), capitals=True), hidden


def test_what_other_programs_write_is_not_read_for_nothing() -> None:
    """openpyxl escapes every letter with a mark, each sheet has margins, each theme ends of lines."""
    sheet = '<?xml version="1.0"?><c><t>nh&#7853;t h&#x1EAD;u</t></c><pageMargins left="1"/>'
    assert not words._may_hold(sheet.encode(), capitals=True)
    for hidden in ("MA&#803;&#770;T", "M&#xAD;ẬT", "&#xD83D;", "&#1000000;", "&#95;x1EAC_", "<ins a='b'>", "<w:ins/>"):
        assert words._may_hold(sheet.replace("h&#x1EAD;u", hidden).encode(), capitals=True), hidden
    shown = {"theme.xml": b'<a:ln cap="flat"/>', "a.xml": '<?xml version="1.0"?><t>Mật</t>'.encode()}
    assert [*words.every_text(shown, "a.xlsx")] == []
    assert [*words.every_text(shown | {"b.xml": b"<a:rPr\ncap = 'small'/>"}, "a.xlsx")] == ["Mật"]


def test_none_of_them_is_overlooked_in_a_part() -> None:
    for code in range(0x7F, 0x110000):
        if not 0xD800 <= code < 0xE000 and (INVISIBLE.match(chr(code)) or UNWANTED.match(chr(code))):
            assert words._UNSEEN.search(chr(code)), hex(code)


SHUT: dict[str, tuple[str, Callable[[], bytes]]] = {
    "archive that cannot be opened": ("a.zip", lambda: b"PK\x03\x04" + bytes(99)),
    "archive under a password": ("a.zip", lambda: locked(zipped(a_dot_txt=b"x"))),
    "archive packed otherwise": ("a.zip", lambda: zipped(zipfile.ZIP_BZIP2, a_dot_txt=b"x" * 99)),
    "Word under a password": ("a.docx", lambda: locked(word())),
    "package under a password": ("a.docx", lambda: OLE + "EncryptedPackage".encode("utf-16-le") + bytes(99)),
    "the same, named otherwise": ("a.doc", lambda: OLE + "EncryptedPackage".encode("utf-16-le") + bytes(99)),
    "old Word under a password": ("a.doc", lambda: OLE + bytes.fromhex("eca501014d20090400000013bf000000") + bytes(99)),
    "old Excel under a password": ("a.xls", lambda: OLE + bytes.fromhex("0908100000060500bb0dcc0700000000060000002f003600") + bytes(99)),
    "OpenDocument under a password": ("a.odt", lambda: zipped(mimetype=b"x", **{"META-INF/manifest_dot_xml": b"<m><encryption-data/></m>"})),
    "in a Word file": ("a.docx", lambda: word(word__embeddings__a_dot_zip=locked(zipped(a_dot_txt=b"x")))),
    "in an archive": ("a.zip", lambda: zipped(a_dot_doc=OLE + "EncryptedPackage".encode("utf-16-le") + bytes(99))),
    "7z": ("a.7z", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(99)),
    "rar": ("a.rar", lambda: b"Rar!\x1a\x07\x01\x00" + bytes(99)),
    "tar": ("a.tar", lambda: bytes(257) + b"ustar\x0000" + bytes(99)),
    "gzip that is cut off": ("a.gz", lambda: gzip.compress(b"x" * 99)[:-9]),
    "two in one gzip": ("a.gz", lambda: gzip.compress(b"x") + gzip.compress(b"y")),
    "attached to a PDF": ("a.pdf", lambda: attached(locked(zipped(a_dot_txt=b"x")))),
    "attached in a way not known": ("a.pdf", lambda: attached(b"x", more=b"/Other")),
    "attached, too large": ("a.pdf", lambda: attached(bytes(17 * 2**20))),
    "nested without end": ("a.docx", lambda: word(f"{'<w:smartTag>' * 9000}{'</w:smartTag>' * 9000}")),
    "nested around a mark": ("a.docx", lambda: word(f"{'<w:smartTag>' * 9000}{para(run(MARK))}{'</w:smartTag>' * 9000}")),
}  # fmt: skip


@pytest.mark.parametrize("place", SHUT)
def test_what_cannot_be_looked_into_does_not_come_in(place: str, tmp_path: Path) -> None:
    name, made = SHUT[place]
    (tmp_path / name).write_bytes(made())
    with pytest.raises(UsageError):
        bears_mark(tmp_path / name)


def test_a_pdf_under_a_password_does_not_come_in(tmp_path: Path) -> None:
    locks = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>] " % (
        b"00" * 32,
        b"00" * 32,
    )
    (tmp_path / "a.pdf").write_bytes(pdf().replace(b"/Info", locks + b"/Info"))
    with pytest.raises(UsageError, match="dò được dấu mật"):
        bears_mark(tmp_path / "a.pdf")


CLEAN: dict[str, tuple[str, Callable[[], bytes]]] = {
    "words": ("a.docx", lambda: word(para(run("Công tác bảo mật, BÍ MẬT NHÀ NƯỚC")) + para(run("bảo mật", "<w:caps/>")))),
    "small letters": ("a.docx", lambda: word(para(run("Mật")) + para(run("Tối mật")))),
    "small letters below a row of capitals": ("a.docx", lambda: word(tabled("Dau", para(run("x")), para(run("Tối mật"))), LOUD_TABLES)),
    "small letters in a box in a table": ("a.docx", lambda: word(tabled("Con", para(f"<w:r>{BOX.replace('>x<', '>Tối mật<')}</w:r>")), LOUD_TABLES)),
    "cells": ("a.xlsx", lambda: workbook(lambda _book, sheet: sheet.write("A1", "BẢO MẬT"))),
    "our warning": ("a.xlsx", lambda: workbook(lambda _book, sheet: sheet.write("A1", WARNING))),
    "PDF": ("a.pdf", lambda: pdf(b"/Subject " + wide("BẢO MẬT"))),
    "bytes": ("a.jpg", lambda: b"\xff\xd8\xff" + "AN NINH, BẢO MẬT THÔNG TIN".encode() + b"\xff"),
    "text that begins as an archive": ("a.txt", lambda: b"PK 3, PKI"),
    "old Word": ("a.doc", lambda: OLE + bytes.fromhex("eca501014d2009040000f012bf000000") + bytes(99)),
    "old Excel": ("a.xls", lambda: OLE + bytes.fromhex("0908100000060500bb0dcc070000000006000000e1000200") + bytes(99)),
    "file attached to a PDF": ("a.pdf", lambda: attached(word(para(run("Báo cáo"))))),
    "evening and honey": ("a.txt", "BUỔI TỐI - MẬT ONG".encode),
}  # fmt: skip


@pytest.mark.parametrize("place", CLEAN)
def test_what_bears_none_comes_in(place: str, tmp_path: Path) -> None:
    name, made = CLEAN[place]
    (tmp_path / name).write_bytes(made())
    assert not bears_mark(tmp_path / name)


def deep() -> bytes:
    data = b"x"
    for _ in range(8):
        data = zipped(a_dot_zip=data)
    return data


def wide_zip() -> bytes:
    inner = zipped(**{f"{number}.zip": zipped() for number in range(1000)})
    return zipped(**{f"{number}.zip": inner for number in range(100)})


def large() -> bytes:
    inner = zipped(a=random.Random(7).randbytes(30_000) + bytes(3 * 2**20))
    return zipped(**{f"{number}.zip": inner for number in range(9)})


@pytest.mark.parametrize("made", [deep, wide_zip, large])
def test_files_packed_without_end_are_refused(
    made: Callable[[], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "_UNPACKED", secrets._UNPACKED // 10)
    (tmp_path / "a.zip").write_bytes(made())
    began = time.process_time()
    with pytest.raises(UsageError, match="lồng"):
        bears_mark(tmp_path / "a.zip")
    assert time.process_time() - began < 10


@pytest.mark.parametrize("piece", ["oddHeader ", '<c r="', "Ậ<a b='", "&#7852;"])
def test_looking_at_a_sheet_takes_as_long_as_it_is(piece: str) -> None:
    began = time.process_time()
    words._may_hold(f'<?xml version="1.0"?><c>{piece * (2**20 // len(piece))}'.encode(), capitals=True)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "piece", [b"<", b"&#", b"\\u1", "TỐI ".encode(), b"(", "độ mật:".encode(), "MẬT x".encode(), b"M\xe1\xba"]
)
@pytest.mark.parametrize("name", some(["a.html", "a.txt", "a.jpg", "a.rtf"], 2))
def test_looking_takes_as_long_as_the_file(piece: bytes, name: str, tmp_path: Path) -> None:
    began = time.process_time()
    (tmp_path / name).write_bytes(
        (b"{\\rtf" if name == "a.rtf" else b"\xff" if name == "a.jpg" else b"") + piece * (2**20 // len(piece))
    )
    bears_mark(tmp_path / name)
    assert time.process_time() - began < 5
