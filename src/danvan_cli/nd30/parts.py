"""What a file holds: a document, what it issues, annexes, texts without a letterhead; and where a text's head, body and end are.

A part begins with a letterhead, with an annex's heading, with a title above `(Kèm theo …)`, and after nơi nhận and
signature with whatever opens a new page or is a title. Where nothing says so, nothing is cut.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from danvan_cli.nd30 import words
from danvan_cli.nd30.lines import cut, whole_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from danvan_cli.nd30.lines import Line
    from danvan_cli.ooxml.layout import WordParagraph

Sort = Literal["document", "form", "issued", "annex", "attached", "law", "own"]
"""`form` has a letterhead and no number; `attached` has none; `law` and `own` are not the decree's matter."""

_HEAD: Final = 60
"""A letterhead ends within so many lines."""
_NUMBERED: Final = re.compile(r"s?tt|số (?:tt|thứ tự)", re.IGNORECASE)
"""The head of a column that counts the rows of a list."""
_FRONT: Final = 14
"""A title with its letterhead has at most so many paragraphs."""
_FAR: Final = 150
"""So far from its first line no letterhead and no list of recipients reaches: who writes one on every line waits for each."""
_LONG: Final = 160
_SHORT: Final = 40


class Stretch(NamedTuple):
    """A part's paragraphs and how it begins: `start`, `letterhead`, `annex`, `issued`, `after`."""

    begins: str
    paragraphs: Sequence[WordParagraph]
    issued: bool


def cut_file(paragraphs: Sequence[WordParagraph]) -> list[Stretch]:
    """Cut a file's paragraphs, which all say something, into its parts."""
    marks = sorted(_marks(paragraphs))
    kept: list[tuple[int, str]] = [(0, "start")]
    issued: set[int] = set()
    for at, why in marks:
        start, began = kept[-1]
        near = at - start <= _FRONT and not any(len(one.text) > _LONG for one in paragraphs[start:at])
        first = why == "annex" and began == "start"
        if first and at == start:
            kept[-1] = (start, why)
        elif first or not ((near and not why == began == "annex") or at <= start):
            kept.append((at, why))
        if why == "issued":
            issued.add(len(kept) - 1)
    ends = [at for at, _why in kept[1:]] + [len(paragraphs)]
    return [
        Stretch(why, paragraphs[at:end], number in issued)
        for number, ((at, why), end) in enumerate(zip(kept, ends, strict=True))
    ]


def _marks(paragraphs: Sequence[WordParagraph]) -> Iterator[tuple[int, str]]:
    signed = False
    until = -1
    for at, one in enumerate(paragraphs):
        if one.box:
            continue
        tabled = one.cell is not None and one.cell.bordered
        lines = cut(one, tabs=True) if not tabled and _may_head(one) else []
        if any(words.component_named(line.text) == "QuocHieu" for line in lines):
            yield _letterhead_start(paragraphs, at), "letterhead"
            signed = False
        elif one.cell is None and words.ANNEX.match(one.plain):
            if at + 1 == len(paragraphs) or not words.ANNEX.match(paragraphs[at + 1].plain):  # else a list of annexes
                yield at, "annex"
        elif words.ENCLOSED.match(one.plain) and one.format.align != "both" and at and not tabled:
            start = _title_start(paragraphs, at)
            if start < at and (signed or paragraphs[start].breaks or start == 0 or at <= _FRONT):
                yield start, "issued"
        elif any(words.COPIES.match(line.text) for line in lines):
            signed, until = True, _tail_end(paragraphs, at)
        elif signed and at >= until and (_of_data(one) or _begins(paragraphs, at)):
            until = len(paragraphs)
            yield at, "after"


def _may_head(one: WordParagraph) -> bool:
    """Whether a paragraph can be of a letterhead or a signature, as cheaply as that can be told."""
    text = one.text
    return len(text) < 2 * _LONG and (
        len(text) < _SHORT or one.cell is not None or one.format.align != "both" or "\t" in text or "    " in text
    )


def _letterhead_start(paragraphs: Sequence[WordParagraph], at: int) -> int:
    """Find the first paragraph of the letterhead that a quốc hiệu belongs to."""
    own, least = paragraphs[at].cell, max(0, at - _FAR)
    if own is not None:
        while at > least and (cell := paragraphs[at - 1].cell) is not None and cell.table == own.table:
            at -= 1
        return at
    while at > least and not paragraphs[at].breaks and len(before := paragraphs[at - 1].plain) < 80 and before == before.upper() \
            and paragraphs[at - 1].section == paragraphs[at].section:  # fmt: skip
        at -= 1
    return at


def _title_start(paragraphs: Sequence[WordParagraph], at: int) -> int:
    """Find the first line of the title above `(Kèm theo …)`."""
    start = at
    while start and not paragraphs[start].breaks and at - start < _FRONT:
        before = paragraphs[start - 1]
        if before.cell != paragraphs[at].cell or before.format.align != "center" or len(before.text) > _LONG * 2:
            break
        start -= 1
    return start


def _tail_end(paragraphs: Sequence[WordParagraph], at: int) -> int:
    """Find the first paragraph behind nơi nhận and signature."""
    own = paragraphs[at].cell
    end = at + 1
    while end < min(len(paragraphs), at + _FAR):
        one = paragraphs[end]
        if own is not None and one.cell is not None and one.cell.table == own.table:
            end += 1
        elif (
            one.breaks or one.section != paragraphs[at].section or len(one.text) > _LONG or _titled(one)
            or _of_data(one)
        ):  # fmt: skip
            break
        elif own is None or words.is_name(one.plain) or words.aside(one.plain) or one.box:
            end += 1
        else:
            break
    return end


def _of_data(one: WordParagraph) -> bool:
    """Whether a paragraph lies in a table of data, or begins one without lines: nobody signs under `STT`."""
    return one.cell is not None and (one.cell.bordered or _NUMBERED.fullmatch(one.plain) is not None)


def _begins(paragraphs: Sequence[WordParagraph], at: int) -> bool:
    """Whether a paragraph behind a signature begins another text."""
    one = paragraphs[at]
    return one.breaks or one.section != paragraphs[at - 1].section or _titled(one) or len(one.text) > _LONG


def _titled(one: WordParagraph) -> bool:
    line = whole_line(one)
    return one.cell is None and one.format.align == "center" and not one.box and (line.upper or words.ANNEX.match(line.text) is not None) and (
        len(line.text) > 3 and not words.signing_words(line.text) and not words.is_name(line.text.title())
    )  # fmt: skip


def head_end(paragraphs: Sequence[WordParagraph]) -> int:
    """Count the paragraphs up to the last of nation, motto, number, place and V/v; and those beside them."""
    last = -1
    for at, one in enumerate(paragraphs[:_HEAD]):
        if one.cell is not None and one.cell.bordered:
            break
        lines = cut(one, tabs=True)
        if any(words.opens(line.text) for line in lines):
            break
        if any(words.component_named(line.text) or words.own_head(line.text) for line in lines):
            last = at
        elif at > last + 6 or (one.cell is None and not one.box and len(one.text) > _LONG):
            break
    if last < 0:
        return 0
    cell = paragraphs[last].cell
    while cell and last + 1 < len(paragraphs):
        following = paragraphs[last + 1].cell
        if following is None or following.table != cell.table or words.TO.match(paragraphs[last + 1].plain):
            break
        last += 1
    return last + 1


# The body of a part, told by how its paragraphs begin ----------------------------------------------------------------


def body_lines(paragraphs: Sequence[WordParagraph]) -> list[tuple[str, Line]]:
    """Name the paragraphs between head and tail."""
    out: list[tuple[str, Line]] = []
    decides = next((at for at, one in enumerate(paragraphs[:60]) if words.decides(one.plain)), 0)
    opening = True
    for at, paragraph in enumerate(paragraphs):
        if paragraph.box:
            out.append(("Khac", whole_line(paragraph)))
            continue
        if paragraph.cell is not None:
            out += [("OBang", whole_line(paragraph))]
            continue
        line = whole_line(paragraph)
        pieces = cut(paragraph, tabs=False) if "\n" in paragraph.text else []
        if len(pieces) > 1 and words.PART.match(pieces[0].text):
            out += [("TenPhan" if number else "Phan", piece) for number, piece in enumerate(pieces)]
            opening = False
            continue
        following = paragraphs[at + 1].plain if at + 1 < len(paragraphs) else ""
        name = _named(line, out[-1][0] if out else "", following, opening=opening, decides=at < decides)
        opening = opening and name in {"CanCu", "ThamQuyen", "NoiDung", "Khac"}
        out.append((name, line))
    return out


_FIXED: Final = (
    (words.PART, "Phan"), (words.ARTICLE, "Dieu"), (words.HEADING, "Heading1"),
    (words.DEEPER, "Muc"), (words.ITEM, "Khoan"), (words.POINT, "Diem"), (re.compile("[-–—•*] "), "GachDauDong"),
    (re.compile(r"\+ "), "DauCong"),
)  # fmt: skip
"""What a paragraph of the body is by how it begins."""
_TITLE: Final = 300
"""A bold paragraph behind a label is a title up to so many letters, with a full stop too."""
_TITLED: Final = {"Khoan": "Heading2", "Diem": "Heading3", "Heading1": "Heading1"}
"""The same labels before a title."""


def _named(line: Line, before: str, following: str, *, opening: bool, decides: bool) -> str:
    """Name a paragraph of the body between its neighbours; `decides`: it stands above `QUYẾT ĐỊNH:`."""
    text = line.text
    ended = text.endswith((".", ";", ":", ",", "/", "…]"))  # the last: a place that is still to be filled in
    if opening and _is_ground(line, before, decides=decides):
        return "CanCu"
    centred = line.paragraph.format.align == "center"
    if words.decides(text) and (centred or before == "CanCu"):
        return "QuyetDinhDong"
    if name := next((name for pattern, name in _FIXED if pattern.match(text)), ""):
        if name in _TITLED and _is_title(line, name, following, ended=ended):
            return _TITLED[name]
        return "Khac" if name == "Heading1" else name
    if opening and words.names_authority(line):
        return "ThamQuyen"
    if centred and words.ENCLOSED.match(text):
        return "KemTheo"
    if (before == "Phan" and not ended) or (before in {"Phan", "TenPhan"} and centred):
        return "TenPhan"
    if words.END.search(text):
        return "KetThuc"
    if centred and len(text) < _TITLE:
        return "Khac"
    short = len(text) < 100 and not ended
    return "Khac" if short or (text.startswith("(") and text.endswith(")")) else "NoiDung"


_GROUND: Final = re.compile(r"(?:Theo|Xét|Thực hiện|Trên cơ sở|Sau khi|Được sự)\b", re.IGNORECASE)


def _is_ground(line: Line, before: str, *, decides: bool) -> bool:
    """Whether a line says on what a document is based, and is no sentence of the text that only begins so."""
    text = line.text
    if decides:
        return not words.names_authority(line) and (
            words.BASIS.match(text) is not None or _GROUND.match(text) is not None or text.endswith(";")
        )
    if words.BASIS.match(text):
        return text.endswith(";") or (before == "CanCu" and text.endswith(".")) or text[-1:].isalnum() or (
            len(text) < 400 and text.endswith((".", ",")) and line.share(lambda run: run.format.italic) > 0.9
        )  # fmt: skip
    return before == "CanCu" and words.PROPOSED.match(text) is not None and not text.endswith(":")


def _is_title(line: Line, name: str, following: str, *, ended: bool) -> bool:
    """Whether a label stands before a title: a short bold one, or a clause that no sign ends and something follows."""
    bold = line.share(lambda run: run.format.bold) > 0.95
    if name == "Heading1":
        return len(line.text) < _TITLE and ":" not in line.text[:-1] and (bold or line.upper or not ended)
    if name == "Diem":
        return bold and (not ended or len(line.text) < _TITLE)
    plain = not ended and ":" not in line.text and "…" not in line.text and len(line.text) < _TITLE / 2
    below = following != "" and not any(
        no.match(following) for no in (words.ITEM, words.ARTICLE, words.PART, words.HEADING)
    )
    return len(line.text) < _TITLE and (bold or (plain and below))


# Its end: nơi nhận, who signs, what follows them ---------------------------------------------------------------------

_KEPT: Final = re.compile(r"[-–]?\s*Lưu\b", re.IGNORECASE)


def tail_start(paragraphs: Sequence[WordParagraph], start: int) -> int:
    """Find where nơi nhận and the signature begin: with the first of their lines after the last words of the body."""
    first = end = len(paragraphs)
    signed: int | None = None
    """The table that a signature was found in, -1 outside of tables."""
    for at in range(end - 1, start - 1, -1):
        one = paragraphs[at]
        lines = cut(one, tabs=True)
        table = one.cell.table if one.cell else -1
        if signed not in {None, table} and one.cell and one.cell.bordered:
            break  # a table of data above it
        if words.END.search(one.text.strip()) or _of_body(one) or (one.cell is not None and _wide(paragraphs, at)):
            break
        if any(words.signs(line) for line in lines):
            first, signed = at, table
        elif any(words.COPIES.match(line.text) for line in lines):
            first = at
        elif len(one.text) > _LONG and one.cell is None:
            break
    while first > start and (cell := paragraphs[first].cell if first < end else None) is not None:
        before = paragraphs[first - 1].cell
        if before is None or before.table != cell.table:
            break
        first -= 1
    return first


def _wide(paragraphs: Sequence[WordParagraph], at: int) -> bool:
    """Whether a cell belongs to a table of data: one of more columns than people sign side by side."""
    cell = paragraphs[at].cell
    return cell is not None and cell.bordered and cell.column > 3


def _of_body(paragraph: WordParagraph) -> bool:
    """Whether a paragraph can only belong to the body: neither nơi nhận nor a signature begins so."""
    text = whole_line(paragraph).text
    return paragraph.cell is None and not paragraph.box and any(stop.match(text) for stop in words.STOPS)


def name_tail(paragraphs: Sequence[WordParagraph]) -> list[tuple[str, Line]]:
    """Name the lines of nơi nhận and signatures."""
    out: list[tuple[str, Line]] = []
    copies = kept = signed = False
    column: int | None = None
    for line in (line for paragraph in paragraphs for line in cut(paragraph, tabs=True)):
        text, last = line.text, out[-1][0] if out else ""
        if words.COPIES.match(text):
            name, copies, kept, column = "NoiNhan", True, False, _column(line)
        elif copies and line.side != "right" and _column(line) == column and not (signed and line.side == "" and words.is_name(text)) and (
            text.startswith(("-", "–", "+", "*")) or (line.side == "left" and last.startswith("NoiNhan"))
            or (last in {"NoiNhanDong", "NoiNhanTiep"} and not kept and not words.signs(line) and not line.upper)
        ):  # fmt: skip
            name = "NoiNhanDong" if text.startswith(("-", "–", "+", "*")) else _beside(out, kept=kept)
            kept = kept or _KEPT.match(text) is not None
        elif signed and line.upper and _opens_cell(out, line) and not words.aside(text) and len(text) < _LONG:
            name = "ChucVu"
        elif words.signs(line) and (not signed or (line.upper and not _taken(out, line))):
            name, signed = "ChucVu", True
        elif signed and words.is_name(text) and not words.signing_words(text):
            name = "HoTen" if last in {"ChucVu", "Cuoi"} or line.side or not line.upper else "Cuoi"
        elif signed and line.upper and not words.aside(text) and last == "ChucVu":
            name = "ChucVu"
        else:
            name = "Cuoi"
        out.append((name, line))
    return out


def _column(line: Line) -> int | None:
    cell = line.paragraph.cell
    return cell.column if cell is not None else None


def _opens_cell(out: list[tuple[str, Line]], line: Line) -> bool:
    """Whether a line is the first one of a cell beside others."""
    cell, before = line.paragraph.cell, out[-1][1].paragraph.cell
    return cell is not None and before is not None and (cell.table, cell.row) == (before.table, before.row) and (
        cell.column != before.column
    )  # fmt: skip


def _beside(out: list[tuple[str, Line]], *, kept: bool) -> str:
    """Name a line without a dash among the recipients: the rest of the one before it, or the drafter's sign."""
    if kept:
        return "NguoiSoan"
    name, before = next(((n, line) for n, line in reversed(out) if n.startswith("NoiNhan")), ("", None))
    ended = before is None or name == "NoiNhan" or before.text.endswith((";", "."))
    return "NoiNhanDong" if ended else "NoiNhanTiep"


def _taken(out: list[tuple[str, Line]], line: Line) -> bool:
    """Whether a name in capitals was already taken for this place."""
    return bool(out) and out[-1][0] == "HoTen" and words.is_name(line.text) and not words.signing_words(line.text)
