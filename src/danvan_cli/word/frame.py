"""What stands around a document's text: letterhead, type and subject, Kính gửi, nơi nhận and the signature.

Places and forms are those of Nghị định 30/2020/NĐ-CP, Phụ lục I and the models 1.4 and 1.5 of Phụ lục III;
what the e-office fills in after signing (number, day) stays an empty place and is no blank.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jinja2 import Undefined

from danvan_cli import text
from danvan_cli.lang import _
from danvan_cli.nd30 import figures as nd30
from danvan_cli.nd30.figures import styled_width
from danvan_cli.word.blank import Blank, PaperText, Pieces
from danvan_cli.word.package import Properties
from danvan_cli.word.sections import GAP, ROW, SIGNING
from danvan_cli.word.values import ValueProblemError, as_date, as_text, joined, paragraph, runs_of

if TYPE_CHECKING:
    from collections.abc import Callable

_TWIPS: Final = 1440 / 25.4
TEXT_WIDTH: Final = round(nd30.PAGE.text_mm * _TWIPS)
"""The text's width in twentieths of a point."""

SIGNER_BLANKS: Final = ("quyền hạn, chức vụ người ký", "họ tên người ký")
"""What the blanks of a signature are called."""

_LEFT: Final = round(TEXT_WIDTH * nd30.LEFT_SHARE)
_COLUMNS: Final = (_LEFT, TEXT_WIDTH - _LEFT)


# Shapes --------------------------------------------------------------------------------------------------------------


def _or_nothing(take: Callable[[object], Any]) -> Callable[[object], Any]:
    """Let a reader take nothing, too."""
    return lambda value: None if value is None or value == "" else take(value)


_text: Final = _or_nothing(as_text)
_day: Final = _or_nothing(as_date)


def _texts(value: object) -> list[PaperText]:
    """Take a list of texts, which may hold lists of them, one text, or nothing."""
    if value is None or value == "":
        return []
    if isinstance(value, (list, tuple)) and not isinstance(value, Pieces):
        return [text for item in value for text in _texts(item)]
    return [as_text(value)]


def _whole(value: object) -> int | None:
    """Take a whole number (a year, a month), or nothing."""
    if value is None or isinstance(value, int):
        return value
    raise ValueProblemError(_("«{value}» không phải là số nguyên", value=value))


_LETTERHEAD: Final[dict[str, Callable[[object], Any]]] = {
    "superior": _texts, "issuer": _texts, "name": _text, "number": _text, "symbol": _text, "place": _text, "date": _day,
    "year": _whole, "month": _whole, "unnumbered": bool, "undated": bool, "draft": bool,
}  # fmt: skip
_SIGNER: Final[dict[str, Callable[[object], Any]]] = {"lines": _texts, "name": _text}


def _group(shape: dict[str, Callable[[object], Any]]) -> Callable[[object], dict[str, Any] | None]:
    """Make the reader of a dict with known keys; None stays None."""

    def read(value: object) -> dict[str, Any] | None:
        if value is None:
            return None
        if not isinstance(value, dict):
            raise ValueProblemError(_("chỗ này cần một nhóm giá trị: {keys}", keys=", ".join(shape)))
        if unknown := [key for key in value if key not in shape]:
            known = text.perhaps(str(unknown[0]), shape) or _("chỉ có: {keys}", keys=", ".join(shape))
            raise ValueProblemError(_("không có khóa «{key}»", key=unknown[0]), known)
        return {key: take(value.get(key)) for key, take in shape.items()}

    return read


_SIGNATURE: Final = _SIGNER | {"left": _group(_SIGNER)}

FRONT_KEYS: Final[dict[str, Callable[[object], Any]]] = {
    "letterhead": _group(_LETTERHEAD),
    "type": _text,
    "subject": _text,
    "authority": _texts,
    "to": _texts,
    "signature": _group(_SIGNATURE),
    "recipients": _texts,
    "title": _text,
}
"""The keys of a template's front matter and what each takes."""


def front_value(key: str, value: object) -> Any:
    """Read the value of a front matter's key; a ValueProblemError says that it is of the wrong kind."""
    if isinstance(value, Undefined):
        str(value)  # raises, with the name
    return FRONT_KEYS[key](value)


# The head ------------------------------------------------------------------------------------------------------------


def head(front: dict[str, Any]) -> str:
    """Write everything above the body from what `front_value` read, by key: letterhead, type, subject, Kính gửi."""
    letterhead, kind, subject, to = (front.get(key) for key in ("letterhead", "type", "subject", "to"))
    letter = letterhead is not None and not kind
    out = [_letterhead(letterhead, subject if letter else None)] if letterhead is not None else []
    if kind:
        out.append(paragraph("TenLoai", runs_of(kind)))
    if subject and not letter:
        widest = max((styled_width(line, "TrichYeu") for line in _plain(subject).split("\n")), default=0)
        out += (paragraph("TrichYeu", runs_of(subject)), _rule(TEXT_WIDTH, min(widest, TEXT_WIDTH) * nd30.RULE_SHARE))
    if to:
        one = len(to) == 1
        out.append(paragraph("KinhGui", runs_of("Kính gửi: ") + runs_of(to[0]) if one else runs_of("Kính gửi:")))
        out += () if one else _listed("KinhGuiDong", to)
    out += (paragraph("ThamQuyen", runs_of(line)) for line in front.get("authority") or ())
    if out:
        out.append(paragraph("KhoangCach", ""))
    return "".join(out)


def _letterhead(given: dict[str, Any], subject: PaperText | None) -> str:
    """Write ô 1 to 4 (and 5b, the subject of a công văn) as a table of two columns without lines."""
    issuer = given["issuer"]
    left = [paragraph("CoQuanChuQuan", runs_of(line)) for line in given["superior"]]
    left += (paragraph("CoQuanBanHanh", runs_of(line)) for line in issuer)
    longest = styled_width(_plain(issuer[-1]), "CoQuanBanHanh") if issuer else 0
    left.append(_rule(_COLUMNS[0], min(longest, _COLUMNS[0]) * nd30.RULE_SHARE))
    right = [
        paragraph("QuocHieu", runs_of(nd30.QUOC_HIEU)),
        paragraph("TieuNgu", runs_of(nd30.TIEU_NGU)),
        _rule(_COLUMNS[1], styled_width(nd30.TIEU_NGU, "TieuNgu")),
    ]
    below = [paragraph("SoKyHieu", runs_of("Số: ") + _number(given) if not given["unnumbered"] else "")]
    if subject:
        below.append(paragraph("TrichYeuCongVan", runs_of(subject)))
    if given["draft"]:
        below.append(paragraph("SoKyHieu", runs_of("DỰ THẢO", 1)))
    place = "" if given["undated"] else runs_of(given["place"] or Blank("địa danh")) + runs_of(f", {_when(given)}")
    return _two_columns((left, right), (below, [paragraph("DiaDanh", place)]))


def _number(given: dict[str, Any]) -> str:
    """Write number and symbol; the number stays an empty place until it is known."""
    number = _plain(given["number"] or "")
    shown = f"{int(number):02d}" if number.isdecimal() else number or " " * 7
    return f"{runs_of(f'{shown}/')}{runs_of(given['symbol'] or Blank('ký hiệu'))}"


def _when(given: dict[str, Any]) -> str:
    """Write the day of issue; what is not known yet stays an empty place (mục II.4 of Phụ lục I)."""
    if given["date"]:
        return text.long_day(given["date"])
    month, year = given["month"], given["year"]
    written = f"{month:02d}" if month and month < 3 else month or " " * 4
    return f"ngày{' ' * 6}tháng {written} năm {year or ' ' * 6}"


# The annexes ---------------------------------------------------------------------------------------------------------


def enclosed(front: dict[str, Any]) -> str:
    """Write the line under an annex's title that says which document it belongs to (mục III.1 of Phụ lục I)."""
    given = front.get("letterhead")
    if given is None:
        return ""
    kind = _plain(front.get("type") or "Công văn").capitalize()
    number = "" if given["unnumbered"] else f"{runs_of(' số ')}{_number(given)}"
    when = "" if given["undated"] else f" {_when(given)}"
    by = runs_of(f"{when} của ") + runs_of(_issuer(given)) + runs_of(")")
    return paragraph("KemTheo", f"{runs_of(f'(Kèm theo {kind}')}{number}{by}")


def _issuer(given: dict[str, Any]) -> PaperText:
    """Name the agency as in running text, or as its letterhead has it."""
    return given["name"] or " ".join(map(_plain, given["issuer"])) or Blank("cơ quan ban hành")


def properties(front: dict[str, Any]) -> Properties:
    """Give the document's properties: title, subject, agency, day of issue."""
    given, subject = front.get("letterhead"), front.get("subject") or ""
    title = front.get("title") or joined(filter(None, (front.get("type"), subject)), " ")
    title, subject, issuer = (
        text.squeeze(_plain(value)) for value in (title, subject, _issuer(given) if given else "")
    )
    return Properties(title, subject, issuer, given["date"] if given else None)


# The tail ------------------------------------------------------------------------------------------------------------


def tail(front: dict[str, Any]) -> str:
    """Write nơi nhận (left) and the signature (right), side by side and kept on one page.

    Where two sign (a record: mẫu 1.9 of Phụ lục III), they stand side by side and nơi nhận below.
    """
    signature, recipients = front.get("signature"), front.get("recipients")
    if signature is None and not recipients:
        return ""
    left = [paragraph("NoiNhan", runs_of("Nơi nhận:")), *_listed("NoiNhanDong", recipients)] if recipients else []
    empty = [paragraph("NoiNhanDong", "")]
    if signature is None:
        rows = [(left, empty)]
    elif signature["left"] is None:
        rows = [(left or empty, _signer(signature))]
    else:
        rows = [(_signer(signature["left"]), _signer(signature)), (left or empty, empty)]
    return SIGNING + _two_columns(*rows) + GAP


def _signer(given: dict[str, Any]) -> list[str]:
    """Write who signs: the lines of the office, room to sign, the name."""
    name = paragraph("HoTen", runs_of(given["name"] or Blank(SIGNER_BLANKS[1])))
    lines = given["lines"] or [Blank(SIGNER_BLANKS[0])]
    return [*(paragraph("ChucVu", runs_of(line)) for line in lines), name]


def _listed(style: str, items: list[PaperText]) -> list[str]:
    """Write `- X;` lines, the last with a full stop; marks that an item brings with it are not doubled."""
    out = []
    for at, item in enumerate(items, start=1):
        last = at == len(items)
        bare = item
        if type(item) is str:
            bare = text.clean(item).strip().removeprefix("- ").rstrip(" .;,")
        end = "" if last and "".join(bare).endswith(".") else "." if last else ";"
        out.append(paragraph(style, runs_of("- ") + runs_of(bare) + runs_of(end)))
    return out


# Parts -----------------------------------------------------------------------------------------------------------------


def _plain(value: PaperText) -> str:
    return text.clean("".join(value))


def _rule(column: int, length: float) -> str:
    """Draw a line of a length in the middle of a column: a small paragraph's upper border between indents."""
    side = max(0, round((column - length) / 2))
    if length <= 0:
        return paragraph("KhoangCach", "")
    return f'<w:p><w:pPr><w:pStyle w:val="DuongKe"/><w:ind w:left="{side}" w:right="{side}"/></w:pPr></w:p>'


def _two_columns(*rows: tuple[list[str], list[str]]) -> str:
    """Lay out cells of paragraphs in two columns without lines; a row is never split over pages."""
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in _COLUMNS)
    filled = []
    for row in rows:
        cells = (
            f'<w:tc><w:tcPr><w:tcW w:w="{column}" w:type="dxa"/></w:tcPr>{"".join(cell)}</w:tc>'
            for cell, column in zip(row, _COLUMNS, strict=True)
        )
        filled.append(f"{ROW}{''.join(cells)}</w:tr>")
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        # Said here too: LibreOffice does not take the margins from the default style, and rules would be too short.
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(filled)}</w:tbl>"
    )
