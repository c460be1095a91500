"""The ways in which real files differ and still say the same: what Word, WPS and converters leave in a document.

Each changes a document of the corpus without changing what a reader sees; what was wrong with it stays wrong.
"""

from __future__ import annotations

import copy
import io
from typing import TYPE_CHECKING

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document

TRACKED = f'{nsdecls("w")} w:id="900" w:author="A"'


def in_pieces(document: Document) -> None:
    """Words cut into runs wherever somebody typed or checked the spelling, with marks between."""
    for run in [*document.element.body.iter(qn("w:r"))]:
        piece = run.find(qn("w:t"))
        if piece is None or len(run) > 2 or len(piece.text or "") < 6:
            continue
        other = copy.deepcopy(run)
        at = len(piece.text) // 2
        other.find(qn("w:t")).text, piece.text = piece.text[at:], piece.text[:at]
        for one in (piece, other.find(qn("w:t"))):
            one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.addnext(other)
        run.addnext(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="77"/>'))
        run.addnext(parse_xml(f'<w:proofErr {nsdecls("w")} w:type="spellStart"/>'))
        run.set(qn("w:rsidR"), "00AB12CD")


def in_controls(document: Document) -> None:
    """Paragraphs of the text inside content controls, as forms and cloud editors have them."""
    for paragraph in [one for one in document.element.body if one.tag == qn("w:p")]:
        control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
        paragraph.addprevious(control)
        control[1].append(paragraph)


def inserted(document: Document) -> None:
    """Words that were put in with changes tracked, beside others that were taken out."""
    for run in [*document.element.body.iter(qn("w:r"))]:
        if run.getparent().tag == qn("w:p") and run.find(qn("w:t")) is not None:
            box = parse_xml(f"<w:ins {TRACKED}/>")
            run.addprevious(box)
            box.append(run)
            box.addnext(parse_xml(f"<w:del {TRACKED}><w:r><w:delText>Sai</w:delText></w:r></w:del>"))


def almost_black(document: Document) -> None:
    """Letters in a colour that the eye takes for black."""
    for run in document.element.body.iter(qn("w:r")):
        properties = run.find(qn("w:rPr"))
        if properties is not None and properties.find(qn("w:color")) is None:
            size = properties.find(qn("w:sz"))
            colour = parse_xml(f'<w:color {nsdecls("w")} w:val="0D0D0D"/>')
            properties.append(colour) if size is None else size.addprevious(colour)


def stamped(document: Document) -> None:
    """A stamp in a table of its own above all."""
    cell = '<w:tcPr><w:tcW w:w="1700" w:type="dxa"/></w:tcPr><w:p><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/></w:rPr><w:t>DỰ THẢO</w:t></w:r></w:p>'
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="1700" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="1700"/></w:tblGrid>'
        f"<w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"
    )
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}/>"))
    document.element.body.insert(0, table)


def behind_a_column(document: Document) -> None:
    """Rows that begin behind an empty column of the grid."""
    for table in document.element.body.iter(qn("w:tbl")):
        table.tblGrid.insert(0, parse_xml(f'<w:gridCol {nsdecls("w")} w:w="300"/>'))
        for row in table.tr_lst:
            before = f'<w:trPr {nsdecls("w")}><w:gridBefore w:val="1"/><w:wBefore w:w="300" w:type="dxa"/></w:trPr>'
            row.insert(0, parse_xml(before))


def with_tags(document: Document) -> None:
    """Places and names in smart tags."""
    for run in [*document.element.body.iter(qn("w:r"))]:
        if run.getparent().tag == qn("w:p") and run.find(qn("w:t")) is not None:
            box = parse_xml(f'<w:smartTag {nsdecls("w")} w:element="place"/>')
            run.addprevious(box)
            box.append(run)


WAYS: tuple[Callable[[Document], None], ...] = (
    in_pieces, in_controls, inserted, almost_black, stamped, behind_a_column, with_tags,
)  # fmt: skip


SURVIVING = (in_pieces, almost_black, stamped, behind_a_column, with_tags)
"""Those that another form keeps: LibreOffice itself takes form or lines away where controls or tracked changes are written as .doc."""


def written(data: bytes, way: Callable[[Document], None]) -> bytes:
    """Write a document again in one of the ways."""
    document = docx.Document(io.BytesIO(data))
    way(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
