"""What a line's own words tell: which component it is, or what begins with it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from danvan_cli.nd30 import figures as nd30
from danvan_cli.nd30.codes import TYPES
from danvan_cli.nd30.lines import letters
from danvan_cli.text import UPPER, distance

if TYPE_CHECKING:
    from danvan_cli.nd30.lines import Line

_SHORT: Final = 60
_FIXED: Final = {
    name: (said, [said[at * len(said) // 7 : (at + 1) * len(said) // 7] for at in range(7)])
    for name, said in (("QuocHieu", letters(nd30.QUOC_HIEU)), ("TieuNgu", letters(nd30.TIEU_NGU)))
}
"""What every letterhead says, and its seven pieces: three slips leave one of them whole."""
_TYPES: Final = {letters(name): code for code, name in TYPES.items()}
_LAWS: Final = (
    "boluat", "luat", "phaplenh", "nghidinh", "thongtulientich", "thongtu", "vanbanhopnhat", "tieuchuanvietnam",
    "tieuchuanquocgia", "quychuankythuat",
)  # fmt: skip
"""What the decree is not about: legal normative documents and technical standards, by how their names begin."""
_LAW_NUMBER: Final = re.compile(r"/\s*(?:19|20)\d\d\s*/\s*(?:QĐ|NQ|NĐ|TT|QH|UBTVQH|PL|CT|L)(?![A-Za-zĐđ])|/QH\d\d")
_OF_LAW: Final = re.compile(r"\s(?:Nghị định|Thông tư|Luật|Pháp lệnh)\b")
_OWN_HEAD: Final = ("dangcongsanvietnam", "doantncshochiminh", "doanthanhniencongsanhochiminh")
"""What stands in the place of quốc hiệu where a form of their own holds: the Party's documents, the Youth Union's."""

_NUMBER: Final = re.compile(r"Số\s*[:/]|Số\s+\d+[/-]|Số\s*\.{2,}", re.IGNORECASE)
_DAY: Final = re.compile(
    r"[^:;()]{0,60}\bngày\b(?:.{0,30}?\bnăm\b[\s\d.…_]*|\s+[\d.…]+[/.-][\d.…]+[/.-][\d.…]+)$", re.IGNORECASE
)
ABOUT: Final = re.compile(r"V\s*/\s*v\b", re.IGNORECASE)
SUBJECT_LINE: Final = re.compile(r"Về việc\b", re.IGNORECASE)
TO: Final = re.compile(r"Kính g[ửở]i\b(?!\s*(?:kèm|đến quý|quý)\b)", re.IGNORECASE)
COPIES: Final = re.compile(r"Nơi nhận\s*(?::.{0,3})?$", re.IGNORECASE)
ANNEX: Final = re.compile(r"Phụ lục(?:\s+(?:số\s+)?(?:[IVXLC]{1,6}|\d{1,3}[a-zđ]?|[A-Z]))?\s*[.:]?$", re.IGNORECASE)
ENCLOSED: Final = re.compile(r"\(\s*(?:được\s+)?(?:ban hành\s+|đính\s+|phê duyệt\s+)?kèm theo\b", re.IGNORECASE)
_DECIDES: Final = re.compile(r"(?:QUYẾT ĐỊNH|QUYẾT NGHỊ)\s*:?$", re.IGNORECASE)
_SAMPLE: Final = re.compile(
    r"\bTÊN (?:CƠ QUAN|TỔ CHỨC|CQ|ĐƠN VỊ|DOANH NGHIỆP)|\(\d+\)|\.{3}|…|_{3}|^Mẫu\b|\$\{|<<|\{\{", re.IGNORECASE
)
_MERGED: Final = re.compile(r"\$\{|\{\{|<<|«\w")
_DOTS: Final = re.compile(r"[.…_]{6,}|…{2,}")
_STAMP: Final = re.compile(
    r"(?:(?:bản\s+)?dự thảo|hỏa tốc|hoả tốc|thượng khẩn|khẩn|lưu hành nội bộ|xem xong trả lại)"
    r"(?:\s*(?:lần|ngày|số|bản)?[\s\d.,:;/()_-]*)$",
    re.IGNORECASE,
)
"""What is stamped on a document and belongs to none of its components."""
_SIGNER: Final = re.compile(
    r"(?:(?:TM|KT|TL|TUQ|Q)\s*\.\s*\S|T/M\b|(?:(?:phó\s+|p\.\s*|quyền\s+|tổng\s+)?(?:giám đốc|chủ tịch|chánh|trưởng|bộ trưởng|thứ trưởng|"
    r"cục trưởng|vụ trưởng|viện trưởng|hiệu trưởng|thủ trưởng|(?:tổ|nhóm|hạt|đoàn) trưởng|[uủ][ỷy] viên|tổng biên tập|biên tập|bí thư|chủ nhiệm|phó\b|thư ký|chủ tọa|"
    r"chủ trì|đại diện|người|tổng thanh tra|thanh tra|thủ tướng|ủy ban nhân dân|uỷ ban nhân dân|ubnd|hội đồng|ban\b|bộ\b|"
    r"kế toán|đội trưởng|chi cục|trạm|tổng cục trưởng|cán bộ|chuyên viên|quốc hội|thường trực)))",
    re.IGNORECASE,
)
_STANDS_IN: Final = re.compile(r"(?:TM|KT|TL|TUQ|Q)\s*\.|T/M\b", re.IGNORECASE)
HEADING: Final = re.compile(r"[IVX]+\s*[.\-]\s*\S")
PART: Final = re.compile(r"(?:Phần|Chương)\s+(?:thứ\s+)?(?:[IVXLC]+|\d{1,2}|[a-zà-ỹ]+)\s*[.:]?$", re.IGNORECASE)
ARTICLE: Final = re.compile(r"Điều\s+\d+\s*[.:]?", re.IGNORECASE)
ITEM: Final = re.compile(r"\d{1,2}\s*\.\s*(?!\d)\S")
DEEPER: Final = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s")
POINT: Final = re.compile(r"[a-zđ]\s*[).]\s")
BASIS: Final = re.compile(r"Căn cứ\b", re.IGNORECASE)
PROPOSED: Final = re.compile(r"(?:Theo|Xét)\s+(?:đề nghị|đề xuất)\b", re.IGNORECASE)
END: Final = re.compile(r"\./\.?\s*$|/\./?\s*$")
_SECTION: Final = re.compile(
    r"(?i:phần|chương)\s+(?:[IVXLC]+\b|\d|(?i:thứ)\s)|(?:[IVX]+|\d{1,2})\s*[/):–]\s*\S|[A-HĐ]\s*[./):–-]\s+\S"
)
"""Labels of sections that the decree's list lacks and offices type."""
STOPS: Final = (BASIS, PROPOSED, PART, ARTICLE, HEADING, ITEM, POINT, _SECTION)
"""What only a body's paragraph begins with."""
_NOT_A_NAME: Final = re.compile(r"\(|\[đã ký|ký tên|đã ký|đóng dấu", re.IGNORECASE)
_TITLES: Final = r"(?:PGS|GS|TS|ThS|BS|CN|KS|TSKH|LS|DS|Tiến sĩ|Thạc sĩ|Bác sĩ|Kỹ sư|Cử nhân|Giáo sư)\b[\s.,]*"
_NAME: Final = re.compile(
    rf"(?:(?i:{_TITLES}))*+[{UPPER}][^\s\d.,;:]*(?:\s+[^\s\d.,;:]+){{0,6}}\s+[{UPPER}][^\s\d.,;:]*$"
)
"""A name begins and ends with a capital, whatever stands between: `Đại tá Nguyễn Văn An`."""


def is_stamp(text: str) -> bool:
    """Whether a line is a stamp: DỰ THẢO, HỎA TỐC."""
    return len(text) < 60 and _STAMP.match(text.strip(" ([*-)]")) is not None


@lru_cache(maxsize=1024)
def component_named(text: str) -> str:
    """Name the letterhead's component that a line's words alone tell; empty if they do not."""
    said = letters(text) if 14 < len(text) < _SHORT else ""
    for name, (fixed, pieces) in _FIXED.items():
        near = abs(len(said) - len(fixed)) <= 3 and any(map(said.__contains__, pieces))
        if near and (said == fixed or distance(said, fixed, 3) <= 3):
            return name
    if ABOUT.match(text):
        return "TrichYeuCongVan" if len(text) <= 250 else ""
    if len(text) <= 80:
        if _NUMBER.match(text):
            return "SoKyHieu"
        if _DAY.match(text) and not BASIS.match(text):
            return "DiaDanh"
    return ""


def type_of(text: str) -> str:
    """Give the code of the type that a line names, empty if it names none."""
    return _TYPES.get(letters(text), "") if len(text) < _SHORT else ""


def type_within(text: str) -> str:
    """Give the code of the type with which a line in capitals begins (`BIÊN BẢN LÀM VIỆC`)."""
    said = letters(text)
    return next((code for name, code in _TYPES.items() if said.startswith(name)), "")


def is_law(name: str, number: str) -> bool:
    """Whether a document's name or number is that of a legal normative document."""
    return letters(name).startswith(_LAWS) or _LAW_NUMBER.search(number) is not None


def of_law(text: str) -> bool:
    """Whether a line says that what it stands in comes with a legal normative document."""
    enclosed = ENCLOSED.search(text)
    return enclosed is not None and (
        _OF_LAW.match(text, enclosed.end()) is not None or _LAW_NUMBER.search(text, enclosed.end()) is not None
    )


def own_head(text: str) -> bool:
    """Whether a line stands above documents of the Party or the Youth Union, which have a form of their own."""
    return letters(text) in _OWN_HEAD


def opens(text: str) -> bool:
    """Whether a line opens what comes below the letterhead."""
    return TO.match(text) is not None or BASIS.match(text) is not None or bool(type_of(text))


def heading_like(line: Line) -> bool:
    """Whether a line can be the name of a document of a type that the decree does not list."""
    cell = line.paragraph.cell
    return (
        (cell is None or not cell.bordered) and not line.paragraph.box and line.upper and line.side == ""
        and line.paragraph.format.align == "center" and 3 < len(line.text) < 120
        and any(map(str.isalpha, line.text)) and not any(no.match(line.text) for no in (HEADING, ITEM, _SIGNER, PART))
    )  # fmt: skip


def decides(text: str) -> bool:
    """Whether a line is the one between grounds and decision: `QUYẾT ĐỊNH:`."""
    return _DECIDES.match(text) is not None and text.upper() == text


def has_symbol(text: str) -> bool:
    """Whether a line of number and symbol has a symbol, and not only dots to be filled in."""
    return sum(map(str.isalpha, text)) > 3 and "(" not in text


def is_form_name(text: str) -> bool:
    """Whether an agency's name is that of a form: `TÊN CƠ QUAN, TỔ CHỨC`, `(1)`."""
    return "[…" not in text and _SAMPLE.search(text) is not None


def is_filled_in(text: str) -> bool:
    """Whether a program fills a text in: `{{so}}`, `<<so>>`, `«So»`."""
    return _MERGED.search(text) is not None


def to_fill(text: str) -> bool:
    """Whether dots stand where a form is to be filled in."""
    return "[…" not in text and _DOTS.search(text) is not None


def is_paper(name: str) -> bool:
    """Whether a name is that of a paper to be filled in, and not of a document: PHIẾU, ĐƠN, GIẤY."""
    return letters(name).startswith(("phieu", "don", "giay", "bankhai", "mau", "bieu", "tokhai"))


def names_authority(line: Line) -> bool:
    """Whether a line names who decides: `GIÁM ĐỐC SỞ NỘI VỤ`, above the grounds of a decision."""
    return line.upper and _SIGNER.match(line.text) is not None


def signs(line: Line) -> bool:
    """Whether a line is a signer's authority or office."""
    text = line.text
    return len(text) < 90 and _SIGNER.match(text) is not None and (
        line.upper or _STANDS_IN.match(text) is not None
        or (line.side == "right" and not text.endswith((".", ";", ":")))
    )  # fmt: skip


def signing_words(text: str) -> bool:
    """Whether words are those of a signer's authority or office."""
    return _SIGNER.match(text) is not None


def is_name(text: str) -> bool:
    """Whether a line can be a person's name."""
    return (_NAME.match(text) is not None or text.startswith("[…")) and not _NOT_A_NAME.match(text)


def aside(text: str) -> bool:
    """Whether a line is said aside in a signature: `(Ký, ghi rõ họ tên)`."""
    return _NOT_A_NAME.search(text) is not None
