"""Rules on how components look (ND3, ND4), asked of nd30's rows alone, and on the ruled lines under them (ND203, ND204)."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from danvan_cli.findings.rule import rule
from danvan_cli.lang import _
from danvan_cli.nd30 import figures as nd30
from danvan_cli.nd30.figures import width
from danvan_cli.nd30.lines import is_rule
from danvan_cli.nd30.remark import measure_said, remark_at
from danvan_cli.ooxml.docx import MM_OF_TWIP, W, attribute, measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.findings.finding import Finding
    from danvan_cli.nd30.components import Components, FormPart
    from danvan_cli.nd30.lines import Line
    from danvan_cli.ooxml.effective import RunFormat
    from danvan_cli.ooxml.layout import WordParagraph

ROWS: Final = {row.id: row for row in (*nd30.STYLES, *nd30.OTHERS) if not row.id.startswith(("OBang", "DauBang"))}
ROWS["KetThuc"] = ROWS["NoiDung"]

_SENTENCE: Final = {"TieuNgu", "DiaDanh", "TrichYeu", "TrichYeuCongVan", "HoTen", "KinhGui", "NoiNhan", "CanCu", "PhuLuc",
                    "Phan"}  # fmt: skip
"""Components that are not all capitals; elsewhere capitals may be a name or an abbreviation."""
_EITHER_WEIGHT: Final = {"NoiDung", "CanCu", "Dieu", "Diem", "GachDauDong", "DauCong", "KetThuc", "KinhGui", "KinhGuiDong", "DiaDanh",
                         "Khoan", "Heading3"}  # fmt: skip
"""Bold words inside are the writer's choice; what is bold from end to end is judged where the row says so below."""
_TEXT: Final = {"NoiDung", "Dieu", "Diem", "GachDauDong", "DauCong", "KetThuc", "Khoan", "Heading2", "Heading3"}
"""Running text, which a writer sets in italics where it is quoted, remarked, or a heading of its own."""
_QUOTED: Final = ("“", '"', "«", "(", "*", "[")
_ONE_LINE_MM: Final = 168
"""A paragraph that is shorter may be one line, which looks the same whether its right edge is even or not; with what an estimate of its
length misses (bold letters, the narrowest margins)."""
_FEW: Final = 0.03
"""So small a part of a paragraph is a sign between its letters (an index, a mark)."""
_SIGN: Final = 0.4
"""So small a part of a recipient's line is the drafter's sign behind it."""
_WHOLLY: Final = {"DiaDanh", "Diem", "Khoan"}
_FREE: Final = {name for name in _EITHER_WEIGHT - _WHOLLY if not ROWS[name].bold} | {"Heading3"}
"""Where no weight is wrong."""
_CENTRED: Final = {"QuocHieu", "TieuNgu", "CoQuanChuQuan", "CoQuanBanHanh", "SoKyHieu", "DiaDanh", "TenLoai", "TrichYeu",
                   "TrichYeuCongVan", "ChucVu", "HoTen", "PhuLuc", "TenPhuLuc", "KemTheo", "Phan", "TenPhan", "ThamQuyen",
                   "QuyetDinhDong"}  # fmt: skip
_SLACK_MM: Final = 0.8
_SINGLE: Final = 1.15
"""Times New Roman's own line height to its size."""
_ALIGNS: Final = {"left": _("trái"), "center": _("giữa"), "right": _("phải"), "both": _("đều hai bên")}


@rule(
    "ND301", "Cỡ chữ ngoài mức quy định", "error",
    "Mỗi thành phần có cỡ chữ riêng.", wrong="Nơi nhận cỡ 14", right="Nơi nhận cỡ 12",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II",
)  # fmt: skip
@rule(
    "ND302", "Chữ đậm không đúng", "error",
    "Mỗi thành phần đậm hay không theo quy định.", wrong="cơ quan chủ quản in đậm",
    right="cơ quan chủ quản không đậm, cơ quan ban hành đậm", source="Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II",
)  # fmt: skip
@rule(
    "ND303", "Chữ nghiêng không đúng", "error",
    "Mỗi thành phần đứng hay nghiêng theo quy định.", wrong="địa danh, ngày tháng kiểu đứng",
    right="địa danh, ngày tháng kiểu nghiêng", source="Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II",
)  # fmt: skip
@rule(
    "ND304", "Chữ hoa, chữ thường không đúng", "error",
    "Mỗi thành phần viết in hoa hay in thường theo quy định.", wrong="Kế hoạch", right="KẾ HOẠCH",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II",
)  # fmt: skip
@rule(
    "ND305", "Căn lề không đúng", "error",
    "Nội dung căn đều hai lề; tên loại, trích yếu, quốc hiệu, cơ quan căn giữa.", wrong="nội dung căn trái",
    right="nội dung căn đều hai bên", source="Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II",
)  # fmt: skip
@rule(
    "ND312", "Cả đoạn nội dung in nghiêng", "note",
    "Nội dung in kiểu đứng; đoạn trích, chú thích in nghiêng thì nhiều nơi vẫn làm.", wrong="một đoạn in nghiêng",
    right="chữ đứng", source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6",
)  # fmt: skip
@rule(
    "ND311", "«Điều» và số thứ tự không đậm", "error",
    "Từ «Điều», số thứ tự và tiêu đề của điều in đậm.", wrong="Điều 1. (chữ thường)", right="Điều 1. (chữ đậm)",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6 và V.6",
)  # fmt: skip
def looks(found: Components) -> Iterator[Finding]:
    """ND301–ND312: size, weight, slant, case and alignment; a component's mistake is told at its first line."""
    told: set[tuple[str, str, str]] = set()
    for code, name, line, wrong in faults(found):
        said = _("{wrong} ({source})", wrong=wrong, source=_clause(ROWS[name].source))
        if (code, name, said) not in told:
            told.add((code, name, said))
            one = remark_at(code, line, name, said, sure=code != "ND305" and (code, name) not in UNSURE)
            yield replace(one, level="note") if (code, name) in _HABIT else one


def faults(found: Components) -> Iterator[tuple[str, str, Line, str]]:
    """Give what is wrong with how each line looks: rule, component, line, words."""
    text = [line for name, line in found.lines if name in _TEXT]
    slanted = sum(_italic(line) for line in text) > len(text) / 2
    for name, line in found.lines:
        row = ROWS.get(name)
        if row is not None and line.text:
            for code, wrong in (
                *letters_of_lines(row, line),
                *alignment(row, line),
                *_running(name, line, slanted=slanted),
            ):
                yield code, name, line, wrong


def _running(name: str, line: Line, *, slanted: bool) -> Iterator[tuple[str, str]]:
    """Give what is wrong with the letters of running text that nobody mends: a label's weight, a slant all through."""
    first = next((run for run in line.runs if any(map(str.isalnum, run.text))), None) if name == "Dieu" else None
    if first is not None and not first.format.bold:
        yield "ND311", _("«Điều» và số thứ tự không đậm, phải đậm")
    if name in _TEXT and _italic(line) and not line.text.startswith(_QUOTED):
        yield "ND303" if slanted else "ND312", _("kiểu nghiêng, phải đứng")


UNSURE: Final = {("ND303", "CanCu"), ("ND302", "Heading2"), ("ND302", "Khoan"), ("ND302", "Diem"), ("ND304", "Heading1"),
                  ("ND302", "Heading1"), ("ND304", "TrichYeu"),
                  ("ND302", "TenPhuLuc"), ("ND304", "TenPhuLuc"), ("ND304", "ChucVu"), ("ND301", "Khoan")}  # fmt: skip
"""Where what a line is had to be read from how it is put: its fault is likely, not sure; nor is where a line stands."""


_HABIT: Final = {("ND302", "Heading2")}
"""A clause behind a number that is not bold: a title or not, who can tell."""


def _italic(line: Line) -> bool:
    return any(run.format.italic for run in line.runs) and line.share(lambda run: run.format.italic) > 0.6


def _clause(source: str) -> str:
    return source if source.startswith("Phụ lục") else f"Phụ lục I, {source}"


def letters_of_lines(row: nd30.Style, line: Line) -> Iterator[tuple[str, str]]:
    """Give what is wrong with a line's letters: rule and words."""
    free = row.id in _FREE
    if not all(_fits(row, run.format, free=free) for run in line.runs):
        yield from _misfits(row, line)
    if row.caps and not line.upper and not _remarked(line):
        yield "ND304", _("chữ thường, phải in hoa")
    elif row.id in _SENTENCE and line.upper and sum(map(str.isalpha, line.text)) > 3:
        yield "ND304", _("in hoa cả dòng, phải chữ thường")


def _remarked(line: Line) -> bool:
    """Whether only a remark in brackets at the end of a line is in small letters."""
    said, _bracket, remark = line.text.partition("(")
    return remark.endswith(")") and len(said) > 3 and said == said.upper()


def _fits(row: nd30.Style, look: RunFormat, *, free: bool) -> bool:
    return (free or look.bold == row.bold) and look.italic == row.italic and row.pt.least <= look.pt <= row.pt.most


def _misfits(row: nd30.Style, line: Line) -> Iterator[tuple[str, str]]:
    looks = [(run.format, count) for run, count in zip(line.runs, line.counts, strict=True) if count]
    every = sum(count for _look, count in looks) or 1
    off = {look.pt: 0 for look, _count in looks if not row.pt.least <= look.pt <= row.pt.most}
    few = _FEW if row.body else _SIGN if row.id == "NoiNhanDong" else 0
    if off and sum(count for look, count in looks if look.pt in off) >= few * every:
        wrong = map(measure_said, sorted(off))
        ends = dict.fromkeys((measure_said(row.pt.least), measure_said(row.pt.most)))
        must = "–".join(ends)
        yield "ND301", _("cỡ chữ {sizes}, phải {must}", sizes=", ".join(wrong), must=must)
    bold = sum(count for look, count in looks if look.bold) / every if row.id != "Heading3" else 1.0
    if row.id == "SoKyHieu" and bold > 0.1:
        yield "ND302", _("chữ đậm, phải không đậm")
    elif row.bold and bold < 0.95:
        yield "ND302", _("chữ không đậm, phải đậm")
    elif not row.bold and bold > 0.5 and (row.id not in _EITHER_WEIGHT or (row.id in _WHOLLY and bold > 0.95)):
        yield "ND302", _("chữ đậm, phải không đậm")
    italic = sum(count for look, count in looks if look.italic) / every
    if row.italic and italic < 0.95:
        yield "ND303", _("kiểu đứng, phải nghiêng")
    elif not row.italic and italic > 0.6 and row.id not in _TEXT:
        yield "ND303", _("kiểu nghiêng, phải đứng")


def alignment(row: nd30.Style, line: Line) -> Iterator[tuple[str, str]]:
    """Give what is wrong with a line's alignment: rule and words."""
    must = "both" if row.body else "center" if row.id in _CENTRED else ""
    given = line.paragraph.format.align
    if not must or given == must or not line.shaped:
        return
    look = line.paragraph.format
    if must == "center" and (look.left_mm + look.first_mm > 40 or _centred(line, row)):
        return  # pushed into its half by an indent, or in the middle of its cell all the same
    if must == "both" and (_mm(line, row) < _ONE_LINE_MM or "\n" in line.paragraph.text):
        return
    yield "ND305", _("căn {given}, phải căn {must}", given=_ALIGNS.get(given, given), must=_ALIGNS[must])


def shown_mm(said: str, line: Line, otherwise: float) -> float:
    """Estimate how long a text is in a line's own size, or another where it has none, from Times New Roman's widths."""
    pt = max((run.format.pt for run in line.runs if run.text.strip()), default=otherwise)
    return width(said.upper() if line.upper else said, pt) * MM_OF_TWIP


def _mm(line: Line, row: nd30.Style) -> float:
    """Estimate a line's length from the widths of Times New Roman and its own size."""
    said = max(line.text, "".join([run.text for run in line.runs]).strip(), key=len)  # gaps of spaces are wide
    return shown_mm(said, line, row.pt.use)


def _centred(line: Line, row: nd30.Style) -> bool:
    """Whether a line stands in the middle of its cell to the eye, however it is aligned: it fills the cell, or its indent puts it there."""
    cell, look = line.paragraph.cell, line.paragraph.format
    if cell is None or not cell.wide_mm:
        return False
    wide, mm = cell.wide_mm - 3.8, _mm(line, row)
    left = look.left_mm + look.first_mm
    return mm > 0.85 * wide or (
        look.align in {"left", "both"} and left > 0 and abs(left + mm / 2 - wide / 2) < 0.06 * wide
    )


# Paragraphs ----------------------------------------------------------------------------------------------------------


@rule(
    "ND401", "Dòng đầu đoạn thụt không đúng", "error",
    "Khi xuống dòng, chữ đầu dòng lùi vào 1 cm hoặc 1,27 cm.", wrong="không lùi, hoặc lùi 2 cm", right="lùi 1,27 cm",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6",
)  # fmt: skip
@rule(
    "ND402", "Khoảng cách giữa các đoạn nhỏ quá", "error",
    "Khoảng cách giữa các đoạn tối thiểu 6 pt.", wrong="0 pt", right="6 pt",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6",
)  # fmt: skip
@rule(
    "ND403", "Khoảng cách dòng không đúng", "error",
    "Khoảng cách giữa các dòng từ dòng đơn đến 1,5 dòng.", wrong="2 dòng", right="1–1,5 dòng",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6",
)  # fmt: skip
def paragraphs(found: Components) -> Iterator[Finding]:
    """ND401–ND403: the first line, the space between, the line spacing of the body; each told once a component."""
    lines: dict[tuple[str, str], list[tuple[str, Line]]] = {}
    for name, line, after in running_lines(found):
        for key in body(name, line, after):
            lines.setdefault(key, []).append((name, line))
    for (code, said), ((name, line), *others) in lines.items():
        more = _(" (và {count} đoạn khác)", count=len(others)) if others else ""
        yield remark_at(code, line, name, said + more)


def running_lines(found: Components) -> Iterator[tuple[str, Line, Line | None]]:
    """Give the lines of running text, each with the one that follows it."""
    lines = [(name, line) for name, line in found.lines if (row := ROWS.get(name)) and row.body]
    following = [line for _name, line in lines[1:]]
    for (name, line), after in zip_longest(lines, following):
        yield name, line, after


def body(name: str, line: Line, after: Line | None) -> Iterator[tuple[str, str]]:
    """Give what is wrong with how a paragraph of running text lies: rule and words."""
    look = line.paragraph.format
    start = look.left_mm + look.first_mm
    said = "".join(run.text for run in line.paragraph.runs)
    if said.startswith("\t"):
        start = max(start, nd30.FIRST_LINE_MM[1])
    spaced = said.startswith("   ")  # pushed in by spaces, which justifying makes wider
    if (
        name not in {"GachDauDong", "DauCong"}
        and not spaced
        and not (name == "NoiDung" and line.text[:1].islower())  # the rest of a line that was broken by hand
        and not any(abs(start - mm) <= _SLACK_MM for mm in nd30.FIRST_LINE_MM)
    ):
        yield "ND401", _("dòng đầu lùi {mm} mm, phải 10 hoặc 12,7 mm (Phụ lục I, II.6)", mm=measure_said(start))
    if after is not None and after.paragraph.cell is None and after.paragraph.number == line.paragraph.number + 1:
        other = after.paragraph.format
        alike = look.contextual and look.style == other.style
        space = 0.0 if alike else max(look.after_pt, other.before_pt)
        if space < nd30.LEAST_SPACE_PT - 0.1:
            yield "ND402", _("khoảng cách đến đoạn sau {pt} pt, phải từ 6 pt (Phụ lục I, II.6)", pt=measure_said(space))
    pt = max((run.format.pt for run in line.runs), default=14)
    multiple = look.line if look.line is not None else (look.line_pt or 0) / (pt * _SINGLE)
    low = 0.0 if look.least else 0.99
    if not low <= multiple <= 1.51 and (look.line is not None or multiple < 0.85 or multiple > 1.6):
        lines = measure_said(multiple)
        yield "ND403", _("khoảng cách dòng {lines}, phải từ dòng đơn đến 1,5 dòng (Phụ lục I, II.6)", lines=lines)


# Ruled lines under tiêu ngữ, the issuing agency and the subject -------------------------------------------------------

# A line can be a paragraph's border, a drawn line, typed signs, an underline. A drawing that cannot be understood is taken
# for the line that is missed: only what is surely not there is told.

_WHERE: Final = {
    "TieuNgu": (0.8, 1.25, "II.1"),
    "CoQuanBanHanh": (0.25, 0.62, "II.2"),
    "TrichYeu": (0.24, 0.62, "II.5"),
}
"""The least and the most of the text's length, with room for what an estimate of the text's width misses."""
_HEAD: Final = {"TieuNgu", "CoQuanBanHanh", "TrichYeu", "SoKyHieu", "QuocHieu", "TenLoai", "DiaDanh", "CoQuanChuQuan"}
_ACROSS: Final = {"top", "bottom", "between"}


@rule(
    "ND203", "Thiếu đường kẻ", "error",
    "Dưới Tiêu ngữ, tên cơ quan ban hành và trích yếu có đường kẻ ngang, nét liền.",
    wrong="không có đường kẻ dưới Tiêu ngữ", right="đường kẻ dài bằng Tiêu ngữ",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.1, II.2, II.5",
)  # fmt: skip
@rule(
    "ND204", "Đường kẻ dài hoặc ngắn quá", "warning",
    "Kẻ dưới Tiêu ngữ dài bằng dòng chữ; dưới tên cơ quan và trích yếu từ 1/3 đến 1/2 dòng chữ. Độ dài dòng chữ do danvan ước tính.",
    wrong="kẻ hết bề rộng cột", right="kẻ bằng 1/3 đến 1/2 dòng chữ",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.1, II.2, II.5",
)  # fmt: skip
def rules(found: FormPart) -> Iterator[Finding]:
    """Look for each ruled line of a document; what is issued or filled in has its lines elsewhere."""
    paragraphs = found.layout.paragraphs
    heads = [line.paragraph for name, line in found.lines if name in _HEAD]
    lines = {name: lines[-1] for name in _WHERE if (lines := found.of(name))}
    if not heads or found.sort != "document":
        return
    known = {name: _under(line, paragraphs) for name, line in lines.items()}
    free = [
        (at_, mm)
        for at_, one in enumerate(paragraphs[: max(map(paragraphs.index, heads)) + 4])
        if one.number >= found.first_paragraph - 1
        for mm in one.drawn_mm
    ]
    for name, mm in _drawn(lines, known, free, paragraphs):
        known[name] = (mm, "drawn")
    for name, line in lines.items():
        least, most, source = _WHERE[name]
        length, how = known[name]
        if how == "none":
            said = _("không thấy đường kẻ bên dưới (Phụ lục I, {source})", source=source)
            yield remark_at("ND203", line, name, said, _("vẽ đường kẻ nét liền, hoặc viền trên của đoạn ngay dưới"))
        elif (
            length is not None
            and (shown := _best_mm(found.of(name), name, length))
            and not least <= length / shown <= most
        ):
            said = _(
                "đường kẻ dài khoảng {share:.0%} dòng chữ (Phụ lục I, {source})", share=length / shown, source=source
            )
            yield remark_at("ND204", line, name, said, sure=False)


def _drawn(
    lines: dict[str, Line],
    known: dict[str, tuple[float | None, str]],
    free: list[tuple[int, float | None]],
    paragraphs: list[WordParagraph],
) -> Iterator[tuple[str, float | None]]:
    """Give drawn lines to the components that lack one: those that hang near first, the best fit of all first."""
    lacking = {name for name, (_length, how) in known.items() if how == "none"}
    pairs = []
    for name in lacking:
        least, most, _source = _WHERE[name]
        own, shown = lines[name].paragraph, _text_mm(lines[name], name)
        start = paragraphs.index(own)
        for which, (at_, mm) in enumerate(free):
            cell = paragraphs[at_].cell
            near = start <= at_ < start + 3 and cell == own.cell and paragraphs[at_].box == own.box
            below = (
                (cell.table, cell.column) == (own.cell.table, own.cell.column)
                if cell and own.cell
                else cell is own.cell
            )
            fits = abs(math.log((mm / shown) / math.sqrt(least * most))) if mm and mm > 0 and shown > 0 else 0.0
            pairs.append((2 - below - near, fits, name, which, mm if near else None))
    taken: set[int] = set()
    for _far, _fits, name, which, mm in sorted(pairs, key=lambda pair: pair[:4]):
        if name in lacking and which not in taken:
            lacking.discard(name)
            taken.add(which)
            yield name, mm


def _under(line: Line, paragraphs: list[WordParagraph]) -> tuple[float | None, str]:
    """Find the rule under a line: its length where that is known, and how it is made (`none`)."""
    own = line.paragraph
    if not line.tabbed and "bottom" in own.format.borders:
        return None, "border"
    if all(run.format.underline for run in line.runs if run.text.strip()):
        return _text_mm(line, "TieuNgu"), "underline"
    start = paragraphs.index(own)
    for one in paragraphs[start + 1 : start + 4]:
        if one.cell != own.cell or one.box != own.box:
            break
        text = one.text.strip()
        if one.format.borders & _ACROSS:
            return (_column(own) - one.format.left_mm - one.format.right_mm, "border") if one.format.left_mm else (
                None, "border")  # fmt: skip
        if text and is_rule(text):
            return None, "typed"
        if text:
            break
    return None, "none"


def _column(own: WordParagraph) -> float:
    """Give the width that a paragraph of the letterhead has, in mm, as far as a table's grid says."""
    cell = next(own.element.iterancestors(f"{W}tc"), None)
    return measure(attribute(cell, "tcPr/tcW", "w")) * MM_OF_TWIP if cell is not None else 165.0


def _best_mm(lines: list[Line], name: str, length: float) -> float:
    """Give the length that a rule is to be held against: the last line's, or the longest one's if that fits better."""
    least, most, _source = _WHERE[name]
    if any(_wraps(line, name) for line in lines):
        return 0.0
    shown = [_text_mm(lines[-1], name), max(_text_mm(line, name) for line in lines)]
    return next((mm for mm in shown if mm and least <= length / mm <= most), shown[-1])


def _wraps(line: Line, name: str) -> bool:
    """Whether a line may be broken by the edge of its cell or page: nobody knows how long each piece is then."""
    cell = line.paragraph.cell
    return _text_mm(line, name) > 0.95 * ((cell.wide_mm if cell is not None else 0) or 155.0)


def _text_mm(line: Line, name: str) -> float:
    """Estimate a line's length from Times New Roman's widths and its own size."""
    return min(shown_mm(line.text, line, nd30.BY_ID[name].pt.use), 165.0)
