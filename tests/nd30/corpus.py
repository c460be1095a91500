"""Documents made for the tests: right ones of six types in several techniques, and changes that break one rule.

A document is a list of lines by component with nd30's own figures; a change edits lines or the sheet before Word's
file is written. Names, numbers and agencies are made up.
"""

from __future__ import annotations

import copy
import io
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from danvan_cli.nd30 import figures as nd30
from word_files import blank

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document
    from docx.text.paragraph import Paragraph

TECHNIQUES = ("table", "tabs", "boxes")
MEANS = ("direct", "styles", "theme")
KINDS = ("BC", "KH", "CV", "QĐ", "TTr", "BB")
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
ROWS = {row.id: row for row in (*nd30.STYLES, *nd30.OTHERS)}
WORDS = (
    "Trong kỳ, các phòng chuyên môn đã phối hợp chặt chẽ, hoàn thành các nhiệm vụ được giao đúng tiến độ và chất lượng"
)


@dataclass
class Row:
    """A line: its component, its words, what differs from nd30's row (`pt`, `bold`, …; `rule`: mm under it)."""

    name: str
    text: str
    more: dict[str, Any] = field(default_factory=dict)

    def get(self, key: str) -> Any:
        defaults = {"font": nd30.FONT, "colour": None, "underline": False, "contextual": False, "rule": 0.0}
        row = ROWS[self.name]
        given = {"pt": row.pt.use, "bold": row.bold, "italic": row.italic, "align": row.align, "first": row.first_line_mm,
                 "left": row.left_mm, "before": row.before_pt, "after": row.after_pt, "line": 1.0,
                 }  # fmt: skip
        return (defaults | given | self.more)[key]


@dataclass
class Made:
    """A document before it is written: letterhead left and right (two rows), middle, body, tail left and right."""

    kind: str
    left: list[Row]
    right: list[Row]
    middle: list[Row]
    body: list[Row]
    tail_left: list[Row]
    tail_right: list[Row]
    annex: list[Row] = field(default_factory=list)
    page: dict[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> list[Row]:
        return [*self.left, *self.right, *self.middle, *self.body, *self.tail_left, *self.tail_right, *self.annex]

    def row(self, name: str, at: int = 0) -> Row:
        return [row for row in self.rows if row.name == name][at]

    def drop(self, name: str) -> None:
        for rows in (self.left, self.right, self.middle, self.body, self.tail_left, self.tail_right, self.annex):
            rows[:] = [row for row in rows if row.name != name]

    def has(self, name: str) -> bool:
        return any(row.name == name for row in self.rows)


_NAMES = {"BC": "BÁO CÁO", "KH": "KẾ HOẠCH", "QĐ": "QUYẾT ĐỊNH", "TTr": "TỜ TRÌNH", "BB": "BIÊN BẢN"}
_SUBJECTS = {
    "BC": "Kết quả công tác văn thư, lưu trữ năm 2022",
    "KH": "Thực hiện công tác văn thư, lưu trữ năm 2023",
    "QĐ": "Về việc thành lập Tổ công tác cải cách hành chính",
    "TTr": "Về việc phê duyệt kế hoạch đào tạo năm 2023",
    "BB": "Họp thẩm định kết quả tự chấm điểm năm 2023",
}


def good(kind: str) -> Made:
    """Make a document of a type that breaks no rule."""
    left = [
        Row("CoQuanChuQuan", "UBND TỈNH BÌNH PHƯỚC"),
        Row("CoQuanBanHanh", "SỞ NỘI VỤ", {"rule": 10.0}),
        Row("SoKyHieu", f"Số: 25/{kind}-SNV" if kind != "CV" else "Số: 25/SNV-VP"),
    ]
    right = [
        Row("QuocHieu", nd30.QUOC_HIEU),
        Row("TieuNgu", nd30.TIEU_NGU, {"rule": 53.0}),
    ]
    if kind != "BB":
        right.append(Row("DiaDanh", "Bình Phước, ngày 15 tháng 3 năm 2023"))
    middle, body = [], []
    if kind == "CV":
        left.append(Row("TrichYeuCongVan", "V/v báo cáo công tác văn thư"))
    else:
        middle += [Row("TenLoai", _NAMES[kind]), Row("TrichYeu", _SUBJECTS[kind], {"rule": 35.0})]
    if kind in {"CV", "TTr"}:
        middle.append(Row("KinhGui", "Kính gửi: Ủy ban nhân dân tỉnh"))
    if kind == "QĐ":
        body.append(Row("ThamQuyen", "GIÁM ĐỐC SỞ NỘI VỤ"))
    if kind in {"QĐ", "KH", "TTr"}:
        body += [
            Row("CanCu", "Căn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011;"),
            Row(
                "CanCu", "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;"
            ),
            Row("CanCu", "Theo đề nghị của Chánh Văn phòng Sở."),
        ]
    if kind == "QĐ":
        body.append(Row("QuyetDinhDong", "QUYẾT ĐỊNH:"))
        body += [Row("NoiDung", f"{WORDS}."), Row("Khoan", f"1. {WORDS};"), Row("Khoan", f"2. {WORDS}.")]
    else:
        body += [
            Row("NoiDung", f"Sở Nội vụ báo cáo như sau: {WORDS}."),
            Row("Heading1", "I. TÌNH HÌNH CHUNG"),
            Row("Heading2", "1. Công tác chỉ đạo"),
            Row("NoiDung", f"{WORDS}."),
            Row("Diem", f"a) {WORDS};"),
            Row("Diem", f"b) {WORDS}."),
            Row("Heading1", "II. KIẾN NGHỊ"),
            Row("Khoan", f"1. {WORDS}."),
            Row("GachDauDong", f"- {WORDS};"),
            Row("DauCong", f"+ {WORDS}."),
        ]
    body.append(Row("KetThuc", f"Đề nghị các đơn vị thực hiện. {WORDS}./."))
    copies = ["- Như trên;", "- Ban Giám đốc Sở;", "- Lưu: VT, VP."]
    tail_left = [Row("NoiNhan", "Nơi nhận:"), *(Row("NoiNhanDong", text) for text in copies)]
    tail_right = [Row("ChucVu", "GIÁM ĐỐC"), Row("HoTen", "Nguyễn Văn An")]
    return Made(kind, left, right, middle, body, tail_left, tail_right, page={"number": "top"})


# Word's file ---------------------------------------------------------------------------------------------------------


_LOOKS: dict[tuple[str, str, str], tuple[Any, Any]] = {}
_STYLES: dict[str, tuple[str, Any]] = {}
"""Properties of paragraph and run of a line by its look, a style by its component: laid out once, then copied."""


class _Writer:
    def __init__(self, made: Made, technique: str, means: str) -> None:
        self.made, self.technique, self.means = made, technique, means
        self.document: Document = blank()
        self.styles: dict[str, str] = {}

    def write(self) -> bytes:
        self.sheet()
        if self.means == "theme":
            self.theme()
        {"table": self.head_table, "tabs": self.head_tabs, "boxes": self.head_boxes}[self.technique]()
        for row in (*self.made.middle, *self.made.body):
            self.add(self.document, row)
        if self.technique == "tabs" and len(self.made.tail_left) >= 4:
            self.tail_tabs()
        else:
            self.two_columns([(self.made.tail_left, self.made.tail_right)])
        for row in self.made.annex:
            self.add(self.document, row)
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()

    # The sheet

    def sheet(self) -> None:
        page = {"width": 210, "height": 297, "top": 20, "bottom": 20, "left": 30, "right": 15} | self.made.page
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(page["width"]), Mm(page["height"])
        section.top_margin, section.bottom_margin = Mm(page["top"]), Mm(page["bottom"])
        section.left_margin, section.right_margin = Mm(page["left"]), Mm(page["right"])
        section.header_distance = section.footer_distance = Mm(10)
        if page["number"]:
            self.number(page)
        if page.get("long"):
            self.made.body[-1:-1] = [Row("NoiDung", f"{WORDS}. {WORDS}. {WORDS}.") for _ in range(40)]
        for key in ("start", "fmt"):
            if key in page:
                found = section._sectPr.find(qn("w:pgNumType"))
                if found is None:
                    found = parse_xml(f"<w:pgNumType {nsdecls('w')}/>")
                    section._sectPr.find(qn("w:pgMar")).addnext(found)
                found.set(qn(f"w:{key}"), str(page[key]))

    def number(self, page: dict[str, Any]) -> None:
        section = self.document.sections[0]
        section.different_first_page_header_footer = page.get("own_first", True)
        where = [section.footer if page["number"] == "bottom" else section.header]
        if page.get("first_too"):
            where.append(section.first_page_header)
        for part in where:
            paragraph = part.paragraphs[0]
            paragraph.alignment = ALIGN[page.get("number_align", "center")]
            if page.get("field") == "complex":
                for inner in (
                    '<w:fldChar w:fldCharType="begin"/>', "<w:instrText>PAGE \\* MERGEFORMAT</w:instrText>",
                    '<w:fldChar w:fldCharType="separate"/>', "<w:t>2</w:t>", '<w:fldChar w:fldCharType="end"/>',
                ):  # fmt: skip
                    run = parse_xml(f"<w:r {nsdecls('w')}>{inner}</w:r>")
                    paragraph._p.append(run)
            else:
                xml = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
                paragraph._p.append(parse_xml(xml))
            for element in paragraph._p.iter(qn("w:r")):
                properties = parse_xml(
                    f'<w:rPr {nsdecls("w")}><w:rFonts w:ascii="{nd30.FONT}" w:hAnsi="{nd30.FONT}"/>'
                    f"{'<w:i/>' if page.get('number_italic') else ''}"
                    f'<w:sz w:val="{round(page.get("number_pt", 13) * 2)}"/></w:rPr>'
                )
                element.insert(0, properties)

    def theme(self) -> None:
        """Make both fonts of the theme Times New Roman: runs name none."""
        part = next(p for p in self.document.part.package.iter_parts() if p.partname.endswith("theme1.xml"))
        blob = part.blob.decode()
        for font in ("Calibri", "Cambria"):
            blob = blob.replace(f'typeface="{font}"', f'typeface="{nd30.FONT}"')
        part._blob = blob.encode()

    # Lines

    def add(self, place: Any, row: Row, paragraph: Paragraph | None = None) -> Paragraph:
        """Write a line; with a paragraph, one that is there already."""
        paragraph = paragraph if paragraph is not None else place.add_paragraph()
        look = (self.means, row.name, repr(row.more))
        if look in _LOOKS:
            if self.means == "styles":
                self.style(row.name)
            for element, properties in zip((paragraph._p, paragraph.add_run(row.text)._r), _LOOKS[look], strict=True):
                if properties is not None:
                    element.insert(0, copy.deepcopy(properties))
        else:
            self.layout(paragraph, row)
            self.run(paragraph, row)
            _LOOKS[look] = (copy.deepcopy(paragraph._p.pPr), copy.deepcopy(paragraph.runs[-1]._r.rPr))
        if row.get("rule"):
            self.rule(place, row.get("rule"), paragraph)
        return paragraph

    def layout(self, paragraph: Paragraph, row: Row) -> None:
        if self.means == "styles":
            paragraph._p.style = self.style(row.name)
            keys = {"align", "first", "left", "before", "after", "line", "contextual"} & set(row.more)
        else:
            keys = {"align", "first", "left", "before", "after", "line"} | ({"contextual"} & set(row.more))
        form = paragraph.paragraph_format
        for key in keys:
            value = row.get(key)
            match key:
                case "align":
                    paragraph.alignment = ALIGN[value]
                case "first":
                    form.first_line_indent = Mm(value)
                case "left":
                    form.left_indent = Mm(value)
                case "before":
                    form.space_before = Pt(value)
                case "after":
                    form.space_after = Pt(value)
                case "line":
                    form.line_spacing = value
                case "contextual":
                    paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:contextualSpacing {nsdecls('w')}/>"))

    def run(self, paragraph: Paragraph, row: Row, text: str | None = None) -> None:
        run = paragraph.add_run(row.text if text is None else text)
        styled = self.means == "styles"
        for key in ("pt", "bold", "italic", "font", "colour", "underline"):
            value = row.get(key)
            if styled and key not in row.more:
                continue
            match key:
                case "pt":
                    run.font.size = Pt(value)
                case "font" if not (self.means == "theme" and value == nd30.FONT):
                    run.font.name = value
                    fonts = run._r.rPr.rFonts
                    for slot in ("eastAsia", "cs"):
                        fonts.set(qn(f"w:{slot}"), value)
                case "colour" if value:
                    run.font.color.rgb = RGBColor.from_string(value)
                case "bold" | "italic":
                    setattr(run.font, key, value)
                case "underline" if value:
                    run.font.underline = True

    def style(self, name: str) -> str:
        """Make a style of a component once, as careful writers do, and give its id."""
        if name not in self.styles and name in _STYLES:
            self.styles[name], style = _STYLES[name]
            self.document.styles.element.append(copy.deepcopy(style))
        elif name not in self.styles:
            style = self.document.styles.add_style(f"vb {name}", WD_STYLE_TYPE.PARAGRAPH)
            row = Row(name, "")
            style.font.name, style.font.size = nd30.FONT, Pt(row.get("pt"))
            fonts = style.element.rPr.rFonts
            for slot in ("eastAsia", "cs"):
                fonts.set(qn(f"w:{slot}"), nd30.FONT)
            style.font.bold, style.font.italic = row.get("bold"), row.get("italic")
            form = style.paragraph_format
            form.alignment = ALIGN[row.get("align")]
            form.first_line_indent, form.left_indent = Mm(row.get("first")), Mm(row.get("left"))
            form.space_before, form.space_after, form.line_spacing = Pt(row.get("before")), Pt(row.get("after")), 1.0
            self.styles[name] = style.style_id
            _STYLES[name] = (style.style_id, copy.deepcopy(style.element))
        return self.styles[name]

    def rule(self, place: Any, mm: float, paragraph: Paragraph) -> None:
        """Draw a line under a line: a border where there is a column to measure it in, else a shape."""
        if mm == -1:  # typed
            typed = place.add_paragraph() if hasattr(place, "add_paragraph") else None
            if typed is not None:
                typed.alignment = ALIGN["center"]
                typed.add_run("_" * 12).font.name = nd30.FONT
            return
        emu = round(mm * 36000)
        xml = f"""<w:r {nsdecls("w", "wp", "a")} xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{emu}" behindDoc="0" locked="0"
 layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:align>center</wp:align>
</wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>230000</wp:posOffset></wp:positionV>
<wp:extent cx="{emu}" cy="0"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="{emu}" name="Line"/>
<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<wps:wsp><wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{emu}" cy="0"/></a:xfrm>
<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>
</wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"""
        paragraph._p.append(parse_xml(xml))

    # Letterhead and signature

    def head_table(self) -> None:
        upper = {"SoKyHieu", "TrichYeuCongVan", "DiaDanh"}
        sides = [
            (
                [r for r in self.made.left if (r.name in upper) is low],
                [r for r in self.made.right if (r.name in upper) is low],
            )
            for low in (False, True)
        ]
        self.two_columns(sides)

    def two_columns(self, rows: list[tuple[list[Row], list[Row]]]) -> None:
        table = self.document.add_table(len(rows), 2)
        table.autofit = False
        for line, sides in zip(table.rows, rows, strict=True):
            for cell, wide, side in zip(line.cells, (68, 97), sides, strict=True):
                cell.width = Mm(wide)
                for at, row in enumerate(side):
                    self.add(cell, row, cell.paragraphs[0] if at == 0 else None)
        for column, wide in zip(table._tbl.tblGrid.gridCol_lst, (68, 97), strict=True):
            column.w = Mm(wide)

    def head_tabs(self) -> None:
        """Set the two columns side by side in paragraphs with centre tab stops."""
        left, right = list(self.made.left), list(self.made.right)
        while left or right:
            pair = (left.pop(0) if left else None, right.pop(0) if right else None)
            paragraph = self.document.add_paragraph()
            form = paragraph.paragraph_format
            form.tab_stops.add_tab_stop(Mm(34)), form.tab_stops.add_tab_stop(Mm(116))
            for row in pair:
                paragraph.add_run("\t")
                if row is not None:
                    self.run(paragraph, row)
                    if self.means == "styles":
                        self._direct(paragraph.runs[-1], row)
                    if row.get("rule"):
                        self.rule(self.document, row.get("rule"), paragraph)

    def tail_tabs(self) -> None:
        left, right = self.made.tail_left, self.made.tail_right
        lines = max(len(left), len(right) + 2)
        for at in range(lines):
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(110))
            name = right[-1] if at == lines - 1 else right[at] if at < len(right) - 1 else None
            for part, row in enumerate((left[at] if at < len(left) else None, name)):
                if part:
                    paragraph.add_run("\t")
                if row is not None:
                    self.run(paragraph, row)
                    if self.means == "styles":
                        self._direct(paragraph.runs[-1], row)

    def _direct(self, run: Any, row: Row) -> None:
        """Format a part of a line directly: a paragraph style covers the whole of it."""
        run.font.size, run.font.bold, run.font.italic = Pt(row.get("pt")), row.get("bold"), row.get("italic")
        run.font.name = row.get("font")

    def head_boxes(self) -> None:
        """Put the two columns into text boxes that hang at one empty paragraph."""
        anchor = self.document.add_paragraph()
        for at, (rows, left, wide) in enumerate(((self.made.left, 30, 65), (self.made.right, 97, 98))):
            table = self.document.add_table(1, 1)
            for row in rows:
                self.add(table.cell(0, 0), row)
            inner = b"".join(_xml(p._p) for p in table.cell(0, 0).paragraphs[1:])
            table._tbl.getparent().remove(table._tbl)
            anchor._p.append(parse_xml(_box(inner.decode(), left, wide, at + 1)))


def _xml(element: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(element))


def _box(inner: str, left: float, wide: float, number: int) -> str:
    mm = 36000
    names = nsdecls("w", "wp", "a", "r")
    return f"""<w:r {names} xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number}" behindDoc="0" locked="0"
 layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>{left * mm}
</wp:posOffset></wp:positionH><wp:positionV relativeFrom="page"><wp:posOffset>{20 * mm}</wp:posOffset></wp:positionV>
<wp:extent cx="{wide * mm}" cy="{30 * mm}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>
<wp:docPr id="{100 + number}" name="Box {number}"/><wp:cNvGraphicFramePr/><a:graphic>
<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>
<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide * mm}" cy="{30 * mm}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>
</a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx><wps:bodyPr lIns="0" rIns="0"/></wps:wsp>
</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"""


def write(made: Made, technique: str = "table", means: str = "direct") -> bytes:
    """Write a document as Word's file."""
    return _Writer(copy.deepcopy(made), technique, means).write()


# Changes -------------------------------------------------------------------------------------------------------------

Change = "Callable[[Made], None]"


def put(name: str, at: int = 0, **more: Any) -> Callable[[Made], None]:
    """Change a line's look."""

    def change(made: Made) -> None:
        made.row(name, at).more.update(more)

    return change


def every(**more: Any) -> Callable[[Made], None]:
    def change(made: Made) -> None:
        for row in made.rows:
            row.more.update(more)

    return change


def say(name: str, text: str, at: int = 0, **more: Any) -> Callable[[Made], None]:
    """Change what a line says."""

    def change(made: Made) -> None:
        row = made.row(name, at)
        row.text = text
        row.more.update(more)

    return change


def sheet(**page: Any) -> Callable[[Made], None]:
    def change(made: Made) -> None:
        made.page |= page

    return change


def drop(name: str) -> Callable[[Made], None]:
    return lambda made: made.drop(name)


def swap() -> Callable[[Made], None]:
    """Put the left of the letterhead on the right."""

    def change(made: Made) -> None:
        made.left, made.right = made.right, made.left

    return change


def all_of(*changes: Callable[[Made], None]) -> Callable[[Made], None]:
    def change(made: Made) -> None:
        for one in changes:
            one(made)

    return change


def more_rows(where: str, *rows: Row) -> Callable[[Made], None]:
    """Put further lines at the end of a list (before the last line of the body)."""

    def change(made: Made) -> None:
        given = [replace(row, more=dict(row.more)) for row in rows]
        found = getattr(made, where)
        found[len(found) - (where == "body") : len(found) - (where == "body")] = given

    return change
