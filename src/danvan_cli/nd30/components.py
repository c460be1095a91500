"""The components of a document (Phụ lục I), found by what they say and where they stand.

How a component is formatted never decides alone what it is: it is to be judged afterwards. Where a text can be two
things, the milder reading is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from danvan_cli.nd30 import figures as nd30
from danvan_cli.nd30.lines import Line, cut, is_rule, letters, whole
from danvan_cli.text import UPPER, distance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.ooxml.layout import Layout, Paragraph

_HEAD: Final = 60
"""A letterhead ends within so many lines."""

_NATION, _MOTTO = letters(nd30.QUOC_HIEU), letters(nd30.TIEU_NGU)
_TYPES: Final = {letters(name): code for code, name in nd30.TYPES.items()}

_NUMBER: Final = re.compile(r"Số\s*[:/]|Số\s+\d+[/-]|Số\s*\.{2,}", re.IGNORECASE)
_DAY: Final = re.compile(r"ngày\b.{0,14}?tháng\b.{0,12}?năm\b|ngày\s+[\d.…]+[/.-][\d.…]+[/.-][\d.…]+", re.IGNORECASE)
_ABOUT: Final = re.compile(r"V\s*/\s*v\b", re.IGNORECASE)
_TO: Final = re.compile(r"Kính gửi\b", re.IGNORECASE)
_COPIES: Final = re.compile(r"Nơi nhận\s*:?$", re.IGNORECASE)
_ANNEX: Final = re.compile(r"Phụ lục(?:\s+(?:số\s+)?[IVXLC\d]{1,5}|\s+[A-Z])?[.:]?$", re.IGNORECASE)
_ENCLOSED: Final = re.compile(r"\(\s*(?:Ban hành )?kèm theo\b", re.IGNORECASE)
_DECIDES: Final = re.compile(r"(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|CHỈ THỊ)\s*:?$", re.IGNORECASE)
_SIGNER: Final = re.compile(
    r"(?:(?:TM|KT|TL|TUQ|Q)\s*\.\s*\S|(?:(?:phó\s+|quyền\s+|tổng\s+)?(?:giám đốc|chủ tịch|chánh|trưởng|bộ trưởng|thứ trưởng|"
    r"cục trưởng|vụ trưởng|viện trưởng|hiệu trưởng|thủ trưởng|tổng biên tập|biên tập|bí thư|chủ nhiệm|phó\b|thư ký|chủ tọa|"
    r"chủ trì|đại diện|người|tổng thanh tra|thanh tra|thủ tướng|ủy ban nhân dân|uỷ ban nhân dân|ubnd|hội đồng|ban\b|"
    r"kế toán|đội trưởng|chi cục|trạm)))",
    re.IGNORECASE,
)
_STANDS_IN: Final = re.compile(r"(?:TM|KT|TL|TUQ|Q)\s*\.", re.IGNORECASE)
_AGENCY: Final = re.compile(
    r"(?:UBND|ỦY BAN|UỶ BAN|HĐND|HỘI ĐỒNG|BỘ|SỞ|CỤC|CHI CỤC|TỔNG CỤC|VỤ|VIỆN|TRƯỜNG|TRUNG TÂM|BAN|PHÒNG|VĂN PHÒNG|THANH TRA|"
    r"ĐÀI|BÁO|CÔNG AN|BỆNH VIỆN|ĐẠI HỌC|HỌC VIỆN|CÔNG TY|TÒA ÁN|TOÀ ÁN|KHO BẠC|BẢO HIỂM|LIÊN ĐOÀN|HỘI|ĐOÀN|QUỸ|CHÍNH PHỦ|"
    r"THỦ TƯỚNG|TỔNG CÔNG TY|LIÊN HIỆP|TẠP CHÍ|NHÀ|KHU|TRẠM|ĐỘI|TỔ|VƯỜN|HẠT|XÍ NGHIỆP|NÔNG TRƯỜNG)\b",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(r"(?:\bVÀ|[-–,])$", re.IGNORECASE)
_HEADING: Final = re.compile(r"[IVXLC]+\s*[.\-]\s*\S")
_PART: Final = re.compile(r"(?:Phần|Chương)\s+(?:thứ\s+)?(?:[IVXLC]+|[a-zà-ỹ]+)[.:]?$", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"Điều\s+\d+\s*[.:]")
_ITEM: Final = re.compile(r"\d{1,2}\s*\.\s*(?!\d)\S")
_DEEPER: Final = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s")
_POINT: Final = re.compile(r"[a-zđ]\s*[).]\s")
_BASIS: Final = re.compile(r"Căn cứ\b", re.IGNORECASE)
_PROPOSED: Final = re.compile(r"(?:Theo|Xét)\s+(?:đề nghị|đề xuất)\b", re.IGNORECASE)
_END: Final = re.compile(r"\./\.?\s*$|/\./?\s*$")
_NOT_A_NAME: Final = re.compile(r"\(|\[đã ký|ký tên|đã ký|đóng dấu", re.IGNORECASE)
_TITLES: Final = r"(?:PGS|GS|TS|ThS|BS|CN|KS|TSKH|LS|DS|Tiến sĩ|Thạc sĩ|Bác sĩ|Kỹ sư|Cử nhân|Giáo sư)\b[\s.,]*"
_NAME: Final = re.compile(
    rf"(?:{_TITLES})*(?:[{UPPER}][^\s\d.,;:]*)(?:\s+[{UPPER}][^\s\d.,;:]*){{1,5}}$", re.IGNORECASE
)


@dataclass(slots=True)
class Components:
    """What was found: lines by the id of their row in nd30, in reading order, and what kind of document it is.

    `kind` is the code of the type (`BC`, `QĐ`, …), `CV` for a công văn, empty where nothing tells it.
    """

    layout: Layout
    lines: list[tuple[str, Line]] = field(default_factory=list)
    kind: str = ""

    def of(self, *names: str) -> list[Line]:
        """Give the lines of these components."""
        return [line for name, line in self.lines if name in names]

    def first(self, name: str) -> Line | None:
        """Give the first line of a component, None where there is none."""
        return next((line for one, line in self.lines if one == name), None)


def find_components(layout: Layout) -> Components:
    """Find the components of a document."""
    found = Components(layout)
    paragraphs = [one for one in layout.paragraphs if one.text.strip() and not is_rule(one.text.strip())]
    end = _head_end(paragraphs)
    annexes = next(
        (at for at, one in enumerate(paragraphs) if at > end and one.cell is None and _ANNEX.match(whole(one).text)),
        len(paragraphs),
    )
    tail = _tail_start(paragraphs, end, annexes)
    found.lines += _head(paragraphs[:end], found)
    found.lines += _body(paragraphs[end:tail])
    found.lines += _tail(paragraphs[tail:annexes])
    found.lines += _annexes(paragraphs[annexes:])
    return found


# The head ------------------------------------------------------------------------------------------------------------


def _head_end(paragraphs: Sequence[Paragraph]) -> int:
    """Count the paragraphs of letterhead, name, subject and Kính gửi."""
    at = _letterhead_end(paragraphs)
    named = False
    while at < len(paragraphs):
        line = whole(paragraphs[at])
        if not named and (_type_of(line.text) or (not _TO.match(line.text) and _heading_like(line))):
            named, follows = True, _is_subject
        elif _TO.match(line.text):
            follows = _is_recipient
        else:
            break
        at = start = at + 1
        while at < len(paragraphs) and follows(whole(paragraphs[at]), first=at == start):
            at += 1
    return at


def _letterhead_end(paragraphs: Sequence[Paragraph]) -> int:
    """Count the paragraphs up to the last of nation, motto, number, place and V/v; and those beside them."""
    last = -1
    for at, one in enumerate(paragraphs[:_HEAD]):
        lines = cut(one, tabs=True)
        if any(_opens(line.text) for line in lines):
            break
        if any(_placed(line.text) for line in lines):
            last = at
        elif at > last + 6 or (one.cell is None and not one.box and len(one.text) > 160):
            break
    if last < 0:
        return 0
    cell = paragraphs[last].cell
    while cell and last + 1 < len(paragraphs):
        following = paragraphs[last + 1].cell
        if following is None or following.table != cell.table:
            break
        last += 1
    return last + 1


def _opens(text: str) -> bool:
    """Whether a line opens what comes below the letterhead."""
    return _TO.match(text) is not None or _BASIS.match(text) is not None or bool(_type_of(text))


def _placed(text: str) -> str:
    """Name the letterhead's component that a line's words alone tell."""
    said = letters(text)
    if said and len(said) < 40:
        if distance(said, _NATION, 3) <= 3:
            return "QuocHieu"
        if distance(said, _MOTTO, 3) <= 3:
            return "TieuNgu"
    if len(text) <= 80:
        if _NUMBER.match(text):
            return "SoKyHieu"
        if _DAY.search(text) and not _BASIS.match(text) and not text.endswith((";", ":")):
            return "DiaDanh"
    return "TrichYeuCongVan" if _ABOUT.match(text) and len(text) <= 250 else ""


def _type_of(text: str) -> str:
    """Give the code of the type that a line names, empty if it names none."""
    return _TYPES.get(letters(text), "")


def _heading_like(line: Line) -> bool:
    """Whether a line can be the name of a document of a type that the decree does not list."""
    return (
        line.paragraph.cell is None and not line.paragraph.box and line.upper and line.paragraph.format.align == "center" and 3 < len(line.text) < 80
        and not _HEADING.match(line.text) and not _SIGNER.match(line.text) and not _DECIDES.match(line.text)
    )  # fmt: skip


def _is_subject(line: Line, *, first: bool) -> bool:
    """Whether a line is of the subject: the first one below the name may look as it likes, others look like one."""
    text, layout = line.text, line.paragraph.format
    stops = (_TO, _BASIS, _HEADING, _ITEM, _DECIDES, _PROPOSED, _ARTICLE, _PART)
    if line.paragraph.cell is not None or any(stop.match(text) for stop in stops) or len(text) > 320:
        return False
    if _authority(line):
        return False
    if text.endswith((".", ";", ":", ",")):
        return False
    looks = layout.align == "center" or line.share(lambda run: run.format.bold) > 0.5
    return looks or (first and len(text) < 160)


def _authority(line: Line) -> bool:
    """Whether a line names who decides: `GIÁM ĐỐC SỞ NỘI VỤ`, above the grounds of a decision."""
    return line.upper and _SIGNER.match(line.text) is not None


def _is_recipient(line: Line, *, first: bool) -> bool:  # noqa: ARG001 - asked like the subject's lines
    return line.text.startswith(("-", "–")) and line.text.rstrip().endswith((";", ".")) and len(line.text) < 160


def _head(paragraphs: Sequence[Paragraph], found: Components) -> list[tuple[str, Line]]:
    out: list[tuple[str, Line]] = []
    agencies: list[Line] = []
    numbered = named = False
    for paragraph in paragraphs:
        for line in cut(paragraph, tabs=True):
            placed = _placed(line.text) if not named else ""
            kind = _type_of(line.text) if not named and line.side == "" else ""
            if kind or (out and not placed and not named and _heading_like(line)):
                named, found.kind = True, kind
                out.append(("TenLoai", line))
            elif placed:
                numbered |= placed == "SoKyHieu"
                if placed == "TrichYeuCongVan":
                    found.kind = found.kind or "CV"
                out.append((placed, line))
            elif _TO.match(line.text):
                out.append(("KinhGui", line))
            elif out and (follows := _follows(out[-1], line)):
                out.append((follows, line))
            elif named:
                out.append(("TrichYeu", line))
            elif not numbered:
                agencies.append(line)
    return [*_agencies(agencies), *out]


def _follows(last: tuple[str, Line], line: Line) -> str:
    """Name a line that only goes on with the one before it; empty if it does not."""
    name, before = last
    if name in {"KinhGui", "KinhGuiDong"}:
        return "KinhGuiDong"
    same = line.paragraph.cell is not None and line.paragraph.cell == before.paragraph.cell and line.side == before.side
    return name if name == "TrichYeuCongVan" and same else ""


def _agencies(lines: list[Line]) -> list[tuple[str, Line]]:
    """Tell the agency that issues from the one above it: a line that begins as an agency's name does opens another."""
    lines = [line for line in lines if any(map(str.isalpha, line.text))]
    own = 0
    for at, line in enumerate(lines):
        if at and _AGENCY.match(line.text) and not _GOES_ON.search(lines[at - 1].text):
            own = at
    if own == 0 and len(lines) > 1:  # the words do not tell: where letters turn bold, another agency begins
        bold = [line.share(lambda run: run.format.bold) > 0.5 for line in lines]
        turns = [at for at in range(1, len(lines)) if bold[at] != bold[at - 1]]
        if len(turns) == 1 and bold[-1]:
            own = turns[0]
        elif not any(_AGENCY.match(line.text) for line in lines):
            own = len(lines) - 1
    return [("CoQuanChuQuan" if at < own else "CoQuanBanHanh", line) for at, line in enumerate(lines)]


# The body ------------------------------------------------------------------------------------------------------------


def _body(paragraphs: Sequence[Paragraph]) -> list[tuple[str, Line]]:
    out: list[tuple[str, Line]] = []
    opening = True
    for paragraph in paragraphs:
        if paragraph.box:
            out.append(("Khac", whole(paragraph)))
            continue
        if paragraph.cell is not None:
            out += [("OBang", whole(paragraph))]
            continue
        line = whole(paragraph)
        name = _named(line, out[-1][0] if out else "", opening=opening)
        opening = opening and name in {"CanCu", "ThamQuyen", "NoiDung", "Khac"}
        out.append((name, line))
    return out


_FIXED: Final = (
    (_DECIDES, "QuyetDinhDong"), (_PART, "Phan"), (_ARTICLE, "Dieu"), (_HEADING, "Heading1"), (_DEEPER, "Muc"),
    (_ITEM, "Khoan"), (_POINT, "Diem"), (re.compile("[-–—•*] "), "GachDauDong"), (re.compile(r"\+ "), "DauCong"),
)  # fmt: skip
"""What a paragraph of the body is by how it begins."""
_TITLE: Final = 300
"""A bold paragraph behind a label is a title up to so many letters, with a full stop too."""
_TITLED: Final = {"Khoan": "Heading2", "Diem": "Heading3"}
"""The same labels before a title."""


def _named(line: Line, before: str, *, opening: bool) -> str:
    """Name a paragraph of the body."""
    text = line.text
    ended = text.endswith((".", ";", ":", ",", "/", "…]"))  # the last: a place that is still to be filled in
    if opening and (_BASIS.match(text) or (_PROPOSED.match(text) and before == "CanCu")):
        return "CanCu"
    if name := next((name for pattern, name in _FIXED if pattern.match(text)), ""):
        return _TITLED[name] if name in _TITLED and _is_title(line, name, ended=ended) else name
    if opening and _authority(line):
        return "ThamQuyen"
    if before == "Phan" and not ended:
        return "TenPhan"
    if _END.search(text):
        return "KetThuc"
    short = len(text) < 100 and not ended
    return "Khac" if short or (text.startswith("(") and text.endswith(")")) else "NoiDung"


def _is_title(line: Line, name: str, *, ended: bool) -> bool:
    """Whether a label stands before a title: one that no sign ends, or a short bold one."""
    bold = line.share(lambda run: run.format.bold) > 0.95
    if name == "Diem":
        return bold and (not ended or len(line.text) < _TITLE)
    return not ended or (bold and len(line.text) < _TITLE)


# The tail ------------------------------------------------------------------------------------------------------------


def _tail_start(paragraphs: Sequence[Paragraph], start: int, end: int) -> int:
    """Find where nơi nhận and the signature begin: with the first of their lines after the last words of the body."""
    first = end
    for at in range(end - 1, start - 1, -1):
        lines = cut(paragraphs[at], tabs=True)
        if _END.search(paragraphs[at].text.strip()) or _of_body(paragraphs[at]):
            break
        if any(_COPIES.match(line.text) for line in lines) or any(_signs(line) for line in lines):
            first = at
        elif len(paragraphs[at].text) > 160:
            break
    while first > start and (cell := paragraphs[first].cell if first < end else None) is not None:
        before = paragraphs[first - 1].cell
        if before is None or before.table != cell.table:
            break
        first -= 1
    return first


_STOPS: Final = (_BASIS, _PROPOSED, _DECIDES, _PART, _ARTICLE, _HEADING, _ITEM, _POINT)


def _of_body(paragraph: Paragraph) -> bool:
    """Whether a paragraph can only belong to the body: neither nơi nhận nor a signature begins so."""
    text = whole(paragraph).text
    return paragraph.cell is None and not paragraph.box and any(stop.match(text) for stop in _STOPS)


def _signs(line: Line) -> bool:
    text = line.text
    return len(text) < 90 and _SIGNER.match(text) is not None and (
        (line.upper and line.share(lambda run: run.format.bold) > 0.5) or line.upper or _STANDS_IN.match(text) is not None
        or (line.side == "right" and not text.endswith((".", ";", ":")))
    )  # fmt: skip


def _tail(paragraphs: Sequence[Paragraph]) -> list[tuple[str, Line]]:
    lines = [line for paragraph in paragraphs for line in cut(paragraph, tabs=True)]
    out: list[tuple[str, Line]] = []
    copies = signed = False
    for line in lines:
        if _COPIES.match(line.text):
            copies = True
            out.append(("NoiNhan", line))
        elif (
            copies
            and line.side != "right"
            and not (signed and line.side == "" and _is_name(line.text))
            and (
                line.text.startswith(("-", "–", "+", "*"))
                or (line.side == "left" and out and out[-1][0] == "NoiNhanDong")
            )
        ):
            out.append(("NoiNhanDong", line))
        elif (not signed and _signs(line)) or (
            signed and _signs(line) and line.upper and not _is_name_after(out, line)
        ):
            signed = True
            out.append(("ChucVu", line))
        elif signed and _is_name(line.text):
            out.append(("HoTen", line))
        elif signed and line.upper and not _NOT_A_NAME.search(line.text) and out[-1][0] == "ChucVu":
            out.append(("ChucVu", line))
        else:
            out.append(("Cuoi", line))
    return out


def _is_name(text: str) -> bool:
    return (_NAME.match(text) is not None or text.startswith("[…")) and not _NOT_A_NAME.match(text)


def _is_name_after(out: list[tuple[str, Line]], line: Line) -> bool:
    """Whether a name in capitals was already taken for this place."""
    return bool(out) and out[-1][0] == "HoTen" and _is_name(line.text) and _SIGNER.match(line.text) is None


_TITLING: Final = {"PhuLuc", "TenPhuLuc"}


def _annexes(paragraphs: Sequence[Paragraph]) -> list[tuple[str, Line]]:
    out: list[tuple[str, Line]] = []
    for paragraph in paragraphs:
        line = whole(paragraph)
        if paragraph.cell is None and _ANNEX.match(line.text):
            out.append(("PhuLuc", line))
        elif paragraph.cell is None and out and out[-1][0] in _TITLING:
            name = "KemTheo" if _ENCLOSED.match(line.text) else "TenPhuLuc" if out[-1][0] == "PhuLuc" else "TrongPhuLuc"
            out.append((name, line))
        else:
            out.append(("TrongPhuLuc", line))
    return out
