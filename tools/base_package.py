"""The base package of every document, built once from nd30's table with python-docx.

`python tools/base_package.py` writes it anew.
It holds styles, settings, fonts, the header with the page number and the sheet's size; no numbering, and a
theme only because validators ask for one: its fonts are nd30's too, so that no other font can come in. The
result, `base.docx`, is committed and read at run time.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any, Final, cast

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from lxml import etree  # type: ignore[import-untyped]

from danvan_cli.nd30 import figures as nd30
from danvan_cli.word import package

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle

_ALIGN: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}

# Word's own styles that every document is taken to have, whatever nd30 says.
_DEFAULTS: Final = f"""<w:styles {nsdecls("w")}>
<w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{nd30.FONT}" w:eastAsia="{nd30.FONT}" w:hAnsi="{nd30.FONT}" w:cs="{nd30.FONT}"/>
<w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/>
<w:lang w:val="{nd30.LANGUAGE}" w:eastAsia="{nd30.LANGUAGE}" w:bidi="ar-SA"/>
</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>
<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"
 w:defQFormat="0" w:count="376"><w:lsdException w:name="Normal" w:semiHidden="0"
 w:unhideWhenUsed="0"/></w:latentStyles>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph
Font"/> <w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0"
w:type="dxa"/><w:tblCellMar> <w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0"
w:type="dxa"/><w:right w:w="0" w:type="dxa"/> </w:tblCellMar></w:tblPr></w:style>
</w:styles>"""

_TABLE: Final = f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{nd30.TABLE_STYLE[0]}">
<w:name w:val="{nd30.TABLE_STYLE[1]}"/><w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>
{
    "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
}
</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85"
w:type="dxa"/></w:tblCellMar></w:tblPr> </w:style>"""

_SETTINGS: Final = f"""<w:settings {nsdecls("w")}><w:zoom w:percent="100"/>
<w:defaultTabStop w:val="720"/><w:characterSpacingControl
w:val="doNotCompress"/><w:compat><w:doNotExpandShiftReturn/> <w:compatSetting w:name="compatibilityMode"
w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat> <w:themeFontLang
w:val="{nd30.LANGUAGE}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>"""

_FONTS: Final = f"""<w:fonts {nsdecls("w")}><w:font w:name="{nd30.FONT}"><w:panose1 w:val="02020603050405020304"/>
<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>"""

_COLOURS: Final = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "1F1F1F", "lt2": "EEEEEE", "accent1": "1F4E79", "accent2":
    "C55A11", "accent3": "7F7F7F", "accent4": "BF9000", "accent5": "2E75B6", "accent6": "548235", "hlink":
    "0563C1", "folHlink": "954F72",
}  # fmt: skip
_FACES: Final = f'<a:latin typeface="{nd30.FONT}"/><a:ea typeface=""/><a:cs typeface="{nd30.FONT}"/>'
_FILL: Final = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_THEME: Final = f"""<a:theme {nsdecls("a")} name="danvan"><a:themeElements><a:clrScheme name="danvan">
{"".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items())}
</a:clrScheme><a:fontScheme
name="danvan"><a:majorFont>{_FACES}</a:majorFont><a:minorFont>{_FACES}</a:minorFont>
</a:fontScheme><a:fmtScheme name="danvan"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>
<a:lnStyleLst>{f'<a:ln w="6350">{_FILL}</a:ln>' * 3}</a:lnStyleLst>
<a:effectStyleLst>{"<a:effectStyle><a:effectLst/></a:effectStyle>" * 3}</a:effectStyleLst>
<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"""


def build() -> dict[str, bytes]:
    """Build the base package.

    Returns:
        its parts by name, `[Content_Types].xml` first, as Word expects.
    """
    document = docx.Document()
    _drop_parts(document)
    _replace(document.styles.element, _DEFAULTS)
    for style in nd30.STYLES:
        _add(document, style)
    blank = document.styles.add_style(nd30.BLANK_STYLE[1], WD_STYLE_TYPE.CHARACTER)
    blank.element.styleId = nd30.BLANK_STYLE[0]
    # Shading: Word ignores a highlight that stands in a style.
    shading = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="FFFF00"/>'
    blank.element.get_or_add_rPr().append(parse_xml(shading))
    proposed = document.styles.add_style(nd30.PROPOSED_STYLE[1], WD_STYLE_TYPE.CHARACTER)
    proposed.element.styleId = nd30.PROPOSED_STYLE[0]
    proposed.element.get_or_add_rPr().append(parse_xml(f'<w:color {nsdecls("w")} w:val="{nd30.PROPOSED_COLOUR}"/>'))
    document.styles.element.append(parse_xml(_TABLE))
    _replace(document.settings.element, _SETTINGS)
    _page(document)
    _page_number(document)
    header = document.sections[0].header._element  # noqa: SLF001 - python-docx shows no part of it
    document.element.body.sectPr.attrib.clear()
    for element in (document.element, document.styles.element, document.settings.element, header):
        element.attrib.clear()
        etree.cleanup_namespaces(element, keep_ns_prefixes=["w", "r"])
    _own_parts(document)
    return _parts(document)


def _drop_parts(document: Document) -> None:
    """Drop of python-docx's own template what ours has no use for: its theme, numbering, thumbnail, custom XML."""
    unused = {
        RELATIONSHIP_TYPE.THEME, RELATIONSHIP_TYPE.NUMBERING, RELATIONSHIP_TYPE.CUSTOM_XML,
        RELATIONSHIP_TYPE.WEB_SETTINGS, RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.CORE_PROPERTIES,
        "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    }  # fmt: skip
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, relation in relations.items() if relation.reltype in unused]:
            del relations[key]


def _replace(element: Any, xml: str) -> None:
    """Put another element's children and attributes in an element's place, without the white space between them."""
    other = etree.fromstring(xml, etree.XMLParser(remove_blank_text=True))
    new = parse_xml(etree.tostring(other))
    for child in list(element):
        element.remove(child)
    element.attrib.clear()
    for child in list(new):
        element.append(child)


def _add(document: Document, row: nd30.Style) -> None:
    """Make one of nd30's rows into a paragraph style."""
    added = document.styles.add_style(row.name, WD_STYLE_TYPE.PARAGRAPH, builtin=bool(row.alias))
    style = cast("ParagraphStyle", added)
    style.element.styleId = row.id
    if row.alias:
        style.element.find(qn("w:name")).addnext(parse_xml(f'<w:aliases {nsdecls("w")} w:val="{row.alias}"/>'))
    style.base_style = document.styles["Normal"]
    style.quick_style = row.id not in {"DuongKe", "KhoangCach", "NgatPhan", "SoTrang"}
    style.hidden = False
    font, layout = style.font, style.paragraph_format
    font.size = Pt(row.pt.use)
    properties = style.element.get_or_add_rPr()
    properties.append(parse_xml(f'<w:szCs {nsdecls("w")} w:val="{round(row.pt.use * 2)}"/>'))
    for name in ("bold", "italic"):
        if getattr(row, name):
            setattr(font, name, True)
    if row.caps:
        font.all_caps = True
    layout.alignment = _ALIGN[row.align]
    layout.space_before, layout.space_after = Pt(row.before_pt), Pt(row.after_pt)
    if row.exact_pt:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(row.exact_pt)
    else:
        layout.line_spacing = row.line.use if row.line else 1.0
    if row.first_line_mm:
        layout.first_line_indent = Mm(row.first_line_mm)
    if row.left_mm:
        layout.left_indent = Mm(row.left_mm)
    layout.keep_with_next = row.keep_next or None
    layout.keep_together = row.keep_lines or None
    layout.page_break_before = row.page_break_before or None
    if row.rule:
        border = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
        style.element.pPr.find(qn("w:spacing")).addprevious(parse_xml(border))
    if row.level:
        style.element.pPr.append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{row.level - 1}"/>'))


def _page(document: Document) -> None:
    page, section = nd30.PAGE, document.sections[0]
    section.page_width, section.page_height = Mm(page.width_mm), Mm(page.height_mm)
    section.top_margin, section.bottom_margin = Mm(page.top_mm.use), Mm(page.bottom_mm.use)
    section.left_margin, section.right_margin = Mm(page.left_mm.use), Mm(page.right_mm.use)
    section.header_distance = section.footer_distance = Mm(page.header_mm)


def _page_number(document: Document) -> None:
    """Put a real PAGE field into the header; the first page has an (absent, so empty) header of its own."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    header = section.header
    header.is_linked_to_previous = False
    (paragraph,) = header.paragraphs
    paragraph.style = document.styles["Header"]
    paragraph._p.append(  # noqa: SLF001 - python-docx has no fields of its own
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>')
    )


def _own_parts(document: Document) -> None:
    """Add our theme, and the parts that each document writes anew, so that the base is a whole document itself."""
    opc = document.part.package
    for owner, name, kind, relation in (
        (document.part, "word/theme/theme1.xml", CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME),
        (opc, package.CORE, CONTENT_TYPE.OPC_CORE_PROPERTIES, RELATIONSHIP_TYPE.CORE_PROPERTIES),
        (opc, package.CUSTOM, CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES),
    ):
        owner.relate_to(Part(PackURI(f"/{name}"), kind, b"", opc), relation)


def _parts(document: Document) -> dict[str, bytes]:
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as zipped:
        parts = {name: zipped.read(name) for name in sorted(zipped.namelist())}
    declaration = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    for name, xml in (
        ("word/fontTable.xml", _FONTS),
        ("word/theme/theme1.xml", _THEME),
    ):
        parts[name] = declaration + etree.tostring(etree.fromstring(xml, etree.XMLParser(remove_blank_text=True)))
    parts[package.CORE] = package.core_xml(package.Properties())
    parts[package.APP] = package.app_xml(package.Properties())
    parts[package.CUSTOM] = package.custom_xml(package.package_mark(parts))
    return parts


if __name__ == "__main__":
    package.BASE_DOCX.write_bytes(package.zipped_parts(build()))
