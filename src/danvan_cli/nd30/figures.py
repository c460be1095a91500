"""The figures of Nghị định 30/2020/NĐ-CP, in one table: documents are made from it and judged by it.

Clauses are those of Phụ lục I, Phần I unless said otherwise, read in the decree's own text. Where the decree says nothing
of a figure its source is `_OURS`, and others are not judged by it; where it leaves a range, `use` is our choice inside it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import Final, Literal

from danvan_cli.text import normalized

_OURS: Final = "của danvan"

Align = Literal["left", "center", "right", "both"]


@dataclass(frozen=True, slots=True)
class Span:
    """An allowed range and the value that our documents use inside it, all in the unit its owner's field names."""

    least: float
    most: float
    use: float


@dataclass(frozen=True, slots=True)
class PageFigures:
    """The sheet (I.1, I.3, I.7): paper and margins in mm, the page number's size in pt."""

    width_mm: float
    height_mm: float
    top_mm: Span
    bottom_mm: Span
    left_mm: Span
    right_mm: Span
    header_mm: float
    number_pt: Span

    @property
    def text_mm(self) -> float:
        """The width between the margins we use."""
        return self.width_mm - self.left_mm.use - self.right_mm.use

    @property
    def lying_mm(self) -> float:
        """The same of a page on its side, which is turned with its margins: the bound edge is on top."""
        return self.height_mm - self.top_mm.use - self.bottom_mm.use


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One component of a document and the Word style that carries it.

    `id` is the style's ASCII id, `name` what the clerk sees in Word; `alias` is a second name for Word's own
    styles.
    `line` is the line spacing as a multiple, `exact_pt` a fixed line height instead. `level` is the
    outline level from 1 (None: not in the outline). `rule` draws a line above, between the paragraph's
    indents. `body` marks running text, which must be justified and spaced (mục II.6).
    """

    id: str
    name: str
    pt: Span
    source: str
    alias: str | None = None
    bold: bool = False
    italic: bool = False
    caps: bool = False
    align: Align = "left"
    first_line_mm: float = 0
    left_mm: float = 0
    before_pt: float = 0
    after_pt: float = 0
    line: Span | None = None
    exact_pt: float | None = None
    keep_next: bool = False
    keep_lines: bool = False
    page_break_before: bool = False
    level: int | None = None
    rule: bool = False
    body: bool = False


FONT: Final = "Times New Roman"
"""Phụ lục I, I.4: Times New Roman, Unicode (TCVN 6909:2001), black."""

LANGUAGE: Final = "vi-VN"

PAGE: Final = PageFigures(
    width_mm=210,
    height_mm=297,
    top_mm=Span(20, 25, 20),
    bottom_mm=Span(20, 25, 20),
    left_mm=Span(30, 35, 30),
    right_mm=Span(15, 20, 15),
    header_mm=10,
    number_pt=Span(13, 14, 13),
)

FIRST_LINE_MM: Final = (10.0, 12.7)
"""Phụ lục I, II.6: a paragraph's first line goes in by 1 cm or 1,27 cm."""

LEAST_SPACE_PT: Final = 6.0
"""Phụ lục I, II.6: at least this much between paragraphs."""

LEFT_SHARE: Final = 0.41
"""Ours: the part of the text's width that the left column of letterhead and signature takes."""

RULE_SHARE: Final = 0.4
"""Phụ lục I, II.2 and II.5: the rule under an agency's name or a subject is 1/3 to 1/2 of the text's length."""

_LINE = Span(1.0, 1.5, 1.0)
_TEXT = Span(13, 14, 14)
_SMALL = Span(13, 14, 13)
_HEAD = Span(12, 13, 12)


_BODY: Final = Style(
    id="NoiDung",
    name="Nội dung",
    pt=_TEXT,
    source="II.6",
    align="both",
    first_line_mm=FIRST_LINE_MM[1],
    after_pt=LEAST_SPACE_PT,
    line=_LINE,
    body=True,
)


def _cell(style: str, name: str, align: Align, *, bold: bool = False) -> Style:
    """Make a style of a data table's cells (ours: the decree says nothing of tables)."""
    return Style(id=style, name=name, pt=Span(11, 14, 12), source=_OURS, align=align,
                 bold=bold, before_pt=2, after_pt=2)  # fmt: skip


QUOC_HIEU: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
TIEU_NGU: Final = "Độc lập - Tự do - Hạnh phúc"

STYLES: Final[tuple[Style, ...]] = (
    Style(id="QuocHieu", name="Quốc hiệu", pt=_HEAD, source="II.1", bold=True, caps=True, align="center"),
    Style(id="TieuNgu", name="Tiêu ngữ", pt=_SMALL, source="II.1", bold=True, align="center"),
    Style(id="CoQuanChuQuan", name="Cơ quan chủ quản", pt=_HEAD, source="II.2", caps=True, align="center"),
    Style(id="CoQuanBanHanh", name="Cơ quan ban hành", pt=_HEAD, source="II.2", bold=True, caps=True, align="center"),
    Style(id="SoKyHieu", name="Số ký hiệu", pt=Span(13, 13, 13), source="II.3", align="center", before_pt=6),
    Style(id="DiaDanh", name="Địa danh ngày tháng", pt=_SMALL, source="II.4", italic=True, align="center",
          before_pt=6),
    Style(id="TenLoai", name="Tên loại", pt=_TEXT, source="II.5", bold=True, caps=True, align="center", before_pt=18,
          keep_next=True),
    Style(id="TrichYeu", name="Trích yếu", pt=_TEXT, source="II.5", bold=True, align="center", keep_next=True),
    Style(id="TrichYeuCongVan", name="Trích yếu công văn", pt=_HEAD, source="II.5", align="center", before_pt=6),
    Style(id="KinhGui", name="Kính gửi", pt=_TEXT, source="II.9", align="center", before_pt=12, after_pt=6,
          keep_next=True),
    Style(id="KinhGuiDong", name="Kính gửi dòng", pt=_TEXT, source="II.9", left_mm=50, keep_next=True),
    replace(_BODY, id="CanCu", name="Căn cứ", italic=True),
    Style(id="Heading1", name="heading 1", alias="Đề mục 1", pt=_TEXT, source="V.6", bold=True, caps=True,
          align="both", first_line_mm=FIRST_LINE_MM[1], before_pt=6, after_pt=6, line=_LINE, keep_next=True,
          keep_lines=True, level=1),
    Style(id="Heading2", name="heading 2", alias="Đề mục 2", pt=_TEXT, source="II.6", bold=True, align="both",
          first_line_mm=FIRST_LINE_MM[1], after_pt=6, line=_LINE, keep_next=True, keep_lines=True, level=2),
    Style(id="Heading3", name="heading 3", alias="Đề mục 3", pt=_TEXT, source="II.6", bold=True, align="both",
          first_line_mm=FIRST_LINE_MM[1], after_pt=6, line=_LINE, keep_next=True, keep_lines=True, level=3),
    _BODY,
    Style(id="ThamQuyen", name="Thẩm quyền ban hành", pt=_TEXT, source="Phụ lục III, mẫu 1.2", bold=True, caps=True,
          align="center", before_pt=6, after_pt=6, keep_next=True),
    Style(id="QuyetDinhDong", name="Dòng «QUYẾT ĐỊNH:»", pt=_TEXT, source="Phụ lục III, mẫu 1.2", bold=True, caps=True,
          align="center", before_pt=6, after_pt=12, keep_next=True),
    replace(_BODY, id="Dieu", name="Điều"),
    replace(_BODY, id="Khoan", name="Khoản"),
    replace(_BODY, id="Diem", name="Điểm"),
    replace(_BODY, id="GachDauDong", name="Gạch đầu dòng"),
    replace(_BODY, id="DauCong", name="Dấu cộng"),
    replace(_BODY, id="KetThuc", name="Kết thúc", keep_next=True),
    Style(id="ChucVu", name="Chức vụ người ký", pt=_TEXT, source="II.7", bold=True, caps=True, align="center",
          keep_next=True),
    Style(id="HoTen", name="Họ tên người ký", pt=_TEXT, source="II.7", bold=True, align="center", before_pt=72),
    Style(id="NoiNhan", name="Nơi nhận", pt=Span(12, 12, 12), source="II.9", bold=True, italic=True, keep_next=True),
    Style(id="NoiNhanDong", name="Nơi nhận dòng", pt=Span(11, 11, 11), source="II.9"),
    Style(id="PhuLuc", name="Phụ lục", pt=Span(14, 14, 14), source="III.1", bold=True, align="center",
          page_break_before=True, keep_next=True, keep_lines=True, level=1),
    Style(id="TenPhuLuc", name="Tên phụ lục", pt=_TEXT, source="III.1", bold=True, caps=True, align="center",
          after_pt=6, keep_next=True, keep_lines=True),
    Style(id="KemTheo", name="Kèm theo", pt=_TEXT, source="III.1", italic=True, align="center", after_pt=12,
          keep_next=True, keep_lines=True),
    _cell("OBang", "Ô bảng", "left"),
    _cell("OBangGiua", "Ô bảng giữa", "center"),
    _cell("OBangPhai", "Ô bảng phải", "right"),
    Style(id="DauBang", name="Đầu bảng", pt=Span(11, 14, 12), source=_OURS, bold=True, align="center", before_pt=2,
          after_pt=2, keep_next=True),
    Style(id="BieuDo", name="Biểu đồ", pt=Span(11, 14, 12), source=_OURS, align="center", before_pt=6, after_pt=6),
    Style(id="DuongKe", name="Đường kẻ", pt=Span(1, 14, 2), source="II.1, II.2, II.5", before_pt=2, exact_pt=4,
          rule=True),
    Style(id="KhoangCach", name="Khoảng cách", pt=Span(1, 14, 2), source=_OURS, exact_pt=6),
    Style(id="NgatPhan", name="Ngắt phần", pt=Span(1, 14, 1), source=_OURS, exact_pt=1),
    Style(id="KhoangCachKy", name="Khoảng cách trước chữ ký", pt=Span(1, 14, 2), source=_OURS, exact_pt=6,
          keep_next=True),
    Style(id="SoTrang", name="header", alias="Số trang", pt=PAGE.number_pt, source="I.7", align="center"),
)  # fmt: skip
"""Every paragraph style of our documents; nothing else formats a paragraph."""

OTHERS: Final[tuple[Style, ...]] = (
    Style(id="Phan", name="Phần, chương", pt=_TEXT, source="II.6", bold=True, align="center"),
    Style(id="TenPhan", name="Tên phần, chương", pt=_TEXT, source="II.6", bold=True, caps=True, align="center"),
)  # fmt: skip
"""Components of others' documents that ours do not have: judged, never made."""

BY_ID: Final = {style.id: style for style in STYLES}

BLANK_STYLE: Final = ("ChoTrong", "Chỗ trống")
"""Ours: the character style of what a person must still write (id, name); highlighted yellow."""

PROPOSED_STYLE: Final = ("DeXuat", "Đề xuất")
"""Ours: the character style of what is proposed, to be kept or struck (id, name); blue."""
PROPOSED_COLOUR: Final = "0070C0"

TABLE_STYLE: Final = ("BangSoLieu", "Bảng số liệu")
"""Ours: the style of data tables (id, name), thin lines all around; letterhead and signature have none."""


# How long a line is in Times New Roman Bold: for ruled lines under it, made and judged ---------------------------------

# Thousandths of the font's size; a letter with marks is as wide as the bare one.
_WIDTHS: Final = {
    250: " ,.", 278: "il/'", 333: "fjt;:()-", 389: "Is", 444: "cerz", 500: "Jagovxy0123456789–", 556: 'Sbdhknpquđ"',
    611: "FP", 667: "BELTZ", 722: "ACDNRUVXYĐw", 778: "GHKOQ", 833: "m&", 944: "M", 1000: "W",
}  # fmt: skip
_WIDTH_OF: Final = {letter: width for width, letters in _WIDTHS.items() for letter in letters}


def width(shown: str, pt: float) -> int:
    """Measure a line, as it is shown, in letters of a size: in twentieths of a point."""
    letters = normalized(shown, "NFD")
    thousandths = sum(_WIDTH_OF.get(letter, 500) for letter in letters if not unicodedata.combining(letter))
    return round(thousandths * pt * 20 / 1000)


def styled_width(shown: str, style: str) -> int:
    """Measure a line in one of nd30's styles, in twentieths of a point."""
    row = BY_ID[style]
    return width(shown.upper() if row.caps else shown, row.pt.use)
