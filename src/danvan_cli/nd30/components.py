"""The components of a document (Phụ lục I), found by what they say and where they stand.

How a component is formatted never decides alone what it is: it is to be judged afterwards. Where a text can be two
things, the milder reading is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from danvan_cli.nd30 import words
from danvan_cli.nd30.lines import Line, cut, is_rule, whole_line
from danvan_cli.nd30.parts import Sort, body_lines, cut_file, head_end, name_tail, tail_start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.nd30.parts import Stretch
    from danvan_cli.ooxml.layout import Layout, WordParagraph

_AGENCY: Final = re.compile(
    r"(?:UBND|ỦY BAN|UỶ BAN|HĐND|HỘI ĐỒNG|BỘ|SỞ|CỤC|CHI CỤC|TỔNG CỤC|VỤ|VIỆN|TRƯỜNG|TRUNG TÂM|BAN|PHÒNG|VĂN PHÒNG|THANH TRA|"
    r"ĐÀI|BÁO|CÔNG AN|BỆNH VIỆN|ĐẠI HỌC|HỌC VIỆN|CÔNG TY|TÒA ÁN|TOÀ ÁN|KHO BẠC|BẢO HIỂM|LIÊN ĐOÀN|HỘI|ĐOÀN|QUỸ|CHÍNH PHỦ|"
    r"THỦ TƯỚNG|TỔNG CÔNG TY|LIÊN HIỆP|TẠP CHÍ|NHÀ|KHU|TRẠM|ĐỘI|TỔ|VƯỜN|HẠT|XÍ NGHIỆP|NÔNG TRƯỜNG)\b",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(
    r"(?:\b(?:VÀ|CỦA|VỀ)|[-–,])$|^(?:BAN QUẢN LÝ|BAN CHỈ ĐẠO|BAN TỔ CHỨC|BAN VÌ|VĂN PHÒNG|TRUNG TÂM|HỘI ĐỒNG|HỘI|ĐOÀN|TỔ CÔNG TÁC|"
    r"THƯỜNG TRỰC|CÔNG TY(?: CỔ PHẦN| TNHH)?|CHI CỤC|TRƯỜNG|VĂN PHÒNG ĐOÀN)$",
    re.IGNORECASE,
)
"""An agency's line that says too little: the next one is the rest of its name."""


@dataclass(slots=True)
class FormPart:
    """One text of a file: what it is, its type, its lines by the id of their row in nd30, in reading order.

    `kind` is the code of the type (`BC`, `QĐ`, …), `CV` for a công văn, empty where nothing tells it; `name` is its
    name as it is written.
    """

    layout: Layout
    sort: Sort
    kind: str = ""
    name: str = ""
    lines: list[tuple[str, Line]] = field(default_factory=list)
    first_paragraph: int = 0
    last_paragraph: int = 0

    def of(self, *names: str) -> list[Line]:
        """Give the lines of these components."""
        return [line for name, line in self.lines if name in names]

    def first(self, name: str) -> Line | None:
        """Give the first line of a component, None where there is none."""
        return next((line for one, line in self.lines if one == name), None)

    def last_in_table(self) -> bool:
        """Whether the text ends with a table, behind which no sign can stand."""
        held = [name for name, _line in self.lines if name != "DauHieu"]
        tail = next((at for at, name in enumerate(held) if name in {"NoiNhan", "ChucVu"}), len(held))
        return tail > 0 and held[tail - 1] in {"OBang", "Cuoi"}

    @property
    def judged(self) -> bool:
        """Whether the decree is about it."""
        return self.sort not in {"law", "own"}


@dataclass(slots=True)
class Components:
    """A file: its parts in order."""

    layout: Layout
    parts: list[FormPart]

    @property
    def lines(self) -> list[tuple[str, Line]]:
        """The lines of all parts that the decree is about."""
        return [line for part in self.parts if part.judged for line in part.lines]

    def first(self, name: str) -> Line | None:
        """Give the first line of a component, None where there is none."""
        return next((line for one, line in self.lines if one == name), None)


def find_components(layout: Layout, *, body: bool = True) -> Components:
    """Find the parts of a file and their components; `body`: name the lines between head and tail too."""
    said = [one for one in layout.paragraphs if (text := one.text.strip()) and not is_rule(text)]
    stamps = [one for one in said if words.is_stamp(one.plain)]
    stamped = set(map(id, stamps))
    parts: list[FormPart] = []
    for piece in cut_file([one for one in said if id(one) not in stamped]):
        if piece.paragraphs:
            parts.append(_part(layout, piece, parts, body=body))
    if parts:
        parts[0].lines += [("DauHieu", whole_line(one)) for one in stamps]
    return Components(layout, parts)


def _part(layout: Layout, piece: Stretch, before: Sequence[FormPart], *, body: bool) -> FormPart:
    """Read one part."""
    paragraphs = piece.paragraphs
    made = FormPart(layout, "attached", first_paragraph=paragraphs[0].number, last_paragraph=paragraphs[-1].number)
    if piece.begins == "annex":
        made.sort, made.name, made.lines = "annex", paragraphs[0].plain, _annex(paragraphs)
    else:
        _whole(made, paragraphs, piece, body=body)
        made.sort = _sort(made, piece, before)
    if before and not before[0].judged and made.sort != "document":
        made.sort = before[0].sort
    if made.sort in {"annex", "attached", "issued"} and any(
        words.of_law(one.plain) for one in paragraphs[:_TITLING_LINES]
    ):
        made.sort = "law"
    if made.sort == "attached":
        made.lines = [("OBang" if one.cell else "TrongKemTheo", whole_line(one)) for one in paragraphs]
    elif made.sort == "form":
        made.lines = [(name if name in _LETTERHEAD else "TrongKemTheo", line) for name, line in made.lines]
    return made


_TITLING_LINES: Final = 8
"""Within so many paragraphs an annex says what it comes with."""


def _sort(made: FormPart, piece: Stretch, before: Sequence[FormPart]) -> Sort:
    """Tell what a part is from what was found in it."""
    number = made.first("SoKyHieu")
    if any(words.own_head(line.text) for _name, line in made.lines[:12]):
        return "own"
    if words.is_law(made.name, number.text if number else ""):
        return "law"
    head = {name for name, _line in made.lines} & {"QuocHieu", "TieuNgu", "SoKyHieu", "TrichYeuCongVan"}
    within = any(one.sort in {"annex", "form", "law"} for one in before)
    if piece.issued:
        return "form" if within or words.is_paper(made.name) else "issued"
    blank = number is not None and (not words.has_symbol(number.text) or words.is_filled_in(number.text))
    sample = any(words.is_form_name(line.text) for line in made.of("CoQuanChuQuan", "CoQuanBanHanh")) or any(
        words.to_fill(line.text) for line in made.of("TrichYeuCongVan", "TrichYeu", "KinhGui")
    )
    if head and (blank or sample or (made.name and not made.kind)):
        return "form"
    if made.kind and number is not None and not within:
        return "document"
    signed = made.first("NoiNhan") is not None and made.first("ChucVu") is not None
    if not within and (number is not None or made.first("TrichYeuCongVan") or (signed and (head or made.kind))):
        return "document"
    if made.kind == "BB" and not within and made.first("CoQuanBanHanh") and made.first("ChucVu"):
        return "document"
    if made.kind in {"BB", "HĐ"} or not made.kind or within:
        return "form" if head else "attached"
    return "document" if head else "attached"


def _whole(made: FormPart, paragraphs: Sequence[WordParagraph], piece: Stretch, *, body: bool) -> None:
    """Read head, body and tail of a document or of what one issues."""
    end = _head_end(paragraphs)
    start = tail_start(paragraphs, end)
    made.lines += _head(paragraphs[:end], made)
    if piece.issued and not made.name:
        made.name = next((line.text for name, line in made.lines if name not in _LETTERHEAD), "")
    made.lines += body_lines(paragraphs[end:start]) if body else []
    made.lines += name_tail(paragraphs[start:])


_LETTERHEAD: Final = {"QuocHieu", "TieuNgu", "OBang"}
"""What a form shares with documents; the rest of its looks is its own."""


# The head ------------------------------------------------------------------------------------------------------------


def _head_end(paragraphs: Sequence[WordParagraph]) -> int:
    """Count the paragraphs of letterhead, name, subject and Kính gửi."""
    at = head_end(paragraphs)
    named = False
    to = next((n for n in range(at, min(at + 5, len(paragraphs))) if words.TO.match(paragraphs[n].plain)), at)
    if (
        at
        and words.ABOUT.match(paragraphs[at - 1].plain)
        and all(_goes_on(one, paragraphs[at - 1]) for one in paragraphs[at:to])
    ):
        at = to
    while at < len(paragraphs):
        line = whole_line(paragraphs[at])
        if not named and (words.type_of(line.text) or (not words.TO.match(line.text) and words.heading_like(line))):
            named = True
            at = start = at + 1
            while at < len(paragraphs) and _is_subject(whole_line(paragraphs[at]), paragraphs[start - 1 : at]):
                at += 1
        elif words.TO.match(line.text):
            at += 1
            while at < len(paragraphs) and _is_recipient(whole_line(paragraphs[at]), paragraphs[at - 1]):
                at += 1
        else:
            break
    return at


def _goes_on(one: WordParagraph, before: WordParagraph) -> bool:
    """Whether a short line below another one outside of tables goes on with it."""
    return one.cell is None and before.cell is None and one.format.align == before.format.align and len(one.text) < 100


def _is_subject(line: Line, above: Sequence[WordParagraph]) -> bool:
    """Whether a line is of the subject: the first one below the name may look as it likes, others look like one."""
    name, first = above[0], len(above) == 1
    text, layout = line.text, line.paragraph.format
    cell = line.paragraph.cell
    centred = layout.align == "center"
    if first and words.SUBJECT_LINE.match(text):
        return True
    if line.paragraph.box or (cell is not None and (cell.bordered or not (centred or name.cell is not None))):
        return False
    begins = cut(line.paragraph, tabs=False)[0].text
    if any(stop.match(begins) for stop in (words.TO, *words.STOPS)) or len(text) > 400 or words.names_authority(line):
        return False
    if words.ENCLOSED.match(text) or (text.endswith(")") and centred and not first):
        return True
    if not centred and (text.endswith((".", ";", ":", ",")) or (not first and above[-1].format.align == "center")):
        return False
    return centred or line.share(lambda run: run.format.bold) > 0.5 or (first and len(text) < 160)


def _is_recipient(line: Line, before: WordParagraph) -> bool:
    """Whether a line is one that a letter goes to, or the rest of the one before it."""
    given = before.plain
    if line.text.startswith(("-", "–", "+")) and len(line.text) < 200:
        return (
            given.endswith((":", ";"))
            or line.text.rstrip().endswith((";", ".", ","))
            or line.paragraph.format.align in {"left", "center"}
        )
    return given.startswith(("-", "–", "+")) and not given.endswith((";", ".")) and len(line.text) < 100


def _head(paragraphs: Sequence[WordParagraph], found: FormPart) -> list[tuple[str, Line]]:
    out: list[tuple[str, Line]] = []
    agencies: list[Line] = []
    numbered = False
    for paragraph in paragraphs:
        for line in cut(paragraph, tabs=True):
            if words.is_stamp(line.text):
                continue
            name = _in_head(line, out, found)
            if name == "SoKyHieu":
                numbered = True
            if name:
                out.append((name, line))
            elif not numbered or words.own_head(line.text):
                agencies.append(line)
    return [*_agencies(agencies), *out]


def _in_head(line: Line, out: list[tuple[str, Line]], found: FormPart) -> str:
    """Name a line of the head; empty where it can only be an agency's name."""
    held = _follows(out[-1], line) if out else ""
    if not found.name:
        placed = words.component_named(line.text) if held != "TrichYeuCongVan" else ""
        alone = line.side == "" or (
            line.paragraph.cell is None and not line.paragraph.box and line.text == line.paragraph.plain
        )
        kind = words.type_of(line.text) if alone else ""
        if kind or (not placed and not words.TO.match(line.text) and words.heading_like(line)):
            found.name, found.kind = line.text, kind or words.type_within(line.text) or found.kind
            return "TenLoai"
        if placed:
            found.kind = found.kind or ("CV" if placed == "TrichYeuCongVan" else "")
            return placed
    if words.TO.match(line.text):
        return "KinhGui"
    return held or (_below_name(out[-1], line, found) if found.name else "")


def _below_name(last: tuple[str, Line], line: Line, found: FormPart) -> str:
    """Name a line below a document's name: the rest of the name, the subject, `(Kèm theo …)`."""
    name, before = last
    if words.ENCLOSED.match(line.text) or (name == "KemTheo" and not before.text.endswith(")")):
        return "KemTheo"
    if not words.type_of(found.name):
        if name == "TenLoai" and line.upper:
            return "TenLoai"
        if line.text.startswith("(") and line.text.endswith(")"):
            return "Khac"  # a remark: the name says already what the document is about
    return "TrichYeu"


def _follows(last: tuple[str, Line], line: Line) -> str:
    """Name a line that only goes on with the one before it; empty if it does not."""
    name, before = last
    if name in {"KinhGui", "KinhGuiDong", "KinhGuiTiep"}:
        rest = before.text.startswith("-") and not before.text.endswith((";", "."))
        rest = (rest and not line.text.startswith(("-", "–"))) or line.text.startswith("(")
        return "KinhGuiTiep" if rest else "KinhGuiDong"
    one, other = line.paragraph, before.paragraph
    same = one.cell == other.cell if one.cell is not None else one.box == other.box and one.box_mm == other.box_mm
    fresh = words.component_named(line.text) in {"QuocHieu", "TieuNgu", "SoKyHieu"}
    return name if name == "TrichYeuCongVan" and same and line.side == before.side and not fresh else ""


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


# Annexes -------------------------------------------------------------------------------------------------------------

_TITLING: Final = {"PhuLuc", "TenPhuLuc", "KemTheo"}


def _annex(paragraphs: Sequence[WordParagraph]) -> list[tuple[str, Line]]:
    out: list[tuple[str, Line]] = []
    for paragraph in paragraphs:
        titling = not out or out[-1][0] in _TITLING
        pieces = cut(paragraph, tabs=False) if titling and paragraph.cell is None else [whole_line(paragraph)]
        for line in pieces:
            out.append((_in_annex(line, out), line))
    return out


def _in_annex(line: Line, out: list[tuple[str, Line]]) -> str:
    """Name a line of an annex after those before it."""
    paragraph = line.paragraph
    before, held = out[-1] if out else ("", line)
    if not out:
        return "PhuLuc"
    if paragraph.cell is not None or before not in _TITLING:
        return "TrongPhuLuc"
    if words.ENCLOSED.match(line.text) or (before == "KemTheo" and not held.text.endswith(")")):
        return "KemTheo"
    titled = before != "KemTheo" and (before == "PhuLuc" or paragraph.format.align == "center")
    return "TenPhuLuc" if titled else "TrongPhuLuc"
