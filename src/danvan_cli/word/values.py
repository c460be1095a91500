"""The values that a template puts into a document: blanks, the filters it may use, and the runs they become.

Values are plain: text, numbers, dates, lists, dicts. Whatever stands in them is text and never markup.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Undefined

from danvan_cli import text
from danvan_cli.lang import _
from danvan_cli.nd30 import figures as nd30
from danvan_cli.word.blank import Blank, Marked, PaperText, Pieces, Proposed
from danvan_cli.word.package import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MAX_DIGITS: Final = 500
"""A figure written out has no more digits, so that `1e300000000` is a mistake and no document of gigabytes."""

MAX_LETTERS: Final = 20_000_000
"""How many letters the filters and `~` of one document may make together."""

_NOTHING: Final = Blank("chưa có thông tin")
"""What stands where nothing is known, until `blank` says what is missing."""


class ValueProblemError(Exception):
    """A value that cannot stand where the template puts it; the template's place is added by who renders."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def as_text(value: object) -> PaperText:
    """Turn a value into text; nothing at all becomes a blank, so that no gap is silent.

    A ValueProblemError refuses lists and dicts, which have no text of their own.
    """
    match value:
        case str() | Pieces():
            return value
        case None:
            return _NOTHING
        case bool():
            return "có" if value else "không"
        case int():
            return str(value)
        case Decimal() | float():
            return shown_figure(value)
        case date():
            return text.day(value)
        case Undefined():
            return str(value)  # raises, with the name
    raise ValueProblemError(
        _("chỗ này cần một đoạn chữ, nhưng giá trị là danh sách hoặc nhóm"),
        _('lặp bằng {% for x in … %}, hoặc nối bằng | join(", ")'),
    )


def joined(values: Iterable[object], by: str = "") -> PaperText:
    """Put values together as text; blanks among them stay blanks. What becomes too long is never built (ValueProblemError)."""
    pieces: list[str] = []
    size = 0
    for value in values:
        if by and pieces:
            pieces.append(by)
        part = as_text(value)
        pieces += part if isinstance(part, Pieces) else (part,)
        size += len(by) + letters_in(part)
        if size > MAX_LETTERS:
            raise too_long()
    return Pieces(pieces) if any(isinstance(piece, Marked) for piece in pieces) else "".join(pieces)


def letters_in(value: object) -> int:
    """Count the letters of a text."""
    return len(value) if isinstance(value, str) else sum(map(len, value)) if isinstance(value, Pieces) else 0


def too_long() -> ValueProblemError:
    """Say that a document becomes too long."""
    return ValueProblemError(_("văn bản dài quá mức cho phép"))


def pieces(value: object) -> list[str]:
    """Give a value's text, cleaned, with its blanks as they are."""
    given = as_text(value)
    return [_as_marked(one, text.clean) for one in (given if isinstance(given, Pieces) else (given,))]


def _as_marked(piece: str, change: Callable[[str], str]) -> str:
    """Change a text that keeps its look; a blank stays as it is."""
    if type(piece) is Blank:
        return piece
    changed = change(str.__str__(piece))
    return Proposed(changed) if type(piece) is Proposed else changed


def rows(value: object) -> Iterator[list[str]]:
    """Cut a value's text into its lines, each in pieces; empty ones are left out."""
    out: list[list[str]] = [[]]
    for piece in pieces(value):
        first, *more = [piece] if isinstance(piece, Marked) else piece.split("\n")
        out[-1].append(first)
        out += ([line] for line in more)
    yield from (row for row in out if "".join(row).strip())


# Runs --------------------------------------------------------------------------------------------------------------

_PROPERTIES: Final = ("", "<w:b/>", "<w:i/>", "<w:b/><w:i/>")
"""The run properties by number: 1 is bold, 2 italic, 3 both."""

_OPEN: Final[dict[type[str], list[str]]] = {
    kind: [
        f'<w:r><w:rPr>{style}{one}{more}</w:rPr><w:t xml:space="preserve">'.replace("<w:rPr></w:rPr>", "")
        for one in _PROPERTIES
    ]
    for kind, style, more in (
        (str, "", ""),
        (Blank, f'<w:rStyle w:val="{nd30.BLANK_STYLE[0]}"/>', ""),
        # In tables LibreOffice sets the defaults' colour over a style's.
        (Proposed, f'<w:rStyle w:val="{nd30.PROPOSED_STYLE[0]}"/>', f'<w:color w:val="{nd30.PROPOSED_COLOUR}"/>'),
    )
}
"""What a run opens with, by the look of its text and its properties."""
RUN_BREAK: Final = '</w:t><w:br/><w:t xml:space="preserve">'
RUN_TAB: Final = '</w:t><w:tab/><w:t xml:space="preserve">'

_BLANK: Final = f'<w:rPr><w:rStyle w:val="{nd30.BLANK_STYLE[0]}"/>'
_BLANKS: Final = re.compile(f'{_BLANK}(?:<w:b/>)?(?:<w:i/>)?</w:rPr><w:t xml:space="preserve">([^<]*)</w:t>')


def runs_of(value: object, properties: int = 0) -> str:
    """Write a value as whole runs: escaped, cleaned, line ends as breaks, blanks in their own style.

    `properties`: 0 plain, 1 bold, 2 italic, 3 both.
    """
    given = value if type(value) is str else as_text(value)
    if isinstance(given, Pieces):
        return "".join(as_run(piece, properties) for piece in pieces(given) if piece)
    shown = _as_marked(given, text.clean) if isinstance(given, Marked) else text.clean(str(given)).strip("\n")
    return as_run(shown, properties) if shown else ""


def as_run(clean: str, properties: int) -> str:
    """Write clean text as one run, in the look that it has."""
    opening, shown = _OPEN[type(clean)][properties], clean
    if "&" in shown or "<" in shown or ">" in shown:
        shown = escape(shown)
    if "\n" in shown:
        shown = shown.replace("\n", RUN_BREAK)
    if "\t" in shown:
        shown = shown.replace("\t", RUN_TAB)
    return f"{opening}{shown}</w:t></w:r>"


def paragraph(style: str, content: str) -> str:
    """Write one paragraph of runs in a style of nd30."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


def blanks_in(xml: str) -> tuple[str, ...]:
    """Read from a rendered document what is still missing, in order; data cannot forge a run's style."""
    first = xml.find(_BLANK)
    return tuple(
        found[3:-3].strip().replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        for found in (_BLANKS.findall(xml, first) if first >= 0 else ())
    )


# Labels --------------------------------------------------------------------------------------------------------------

_LABELS: Final = (
    (re.compile(r"[-–] "), "GachDauDong"),
    (re.compile(r"\+ "), "DauCong"),
    (re.compile(r"[a-zđ]\) "), "Diem"),
    (re.compile(r"\d+(?:\.\d+)*\. "), "Khoan"),
    (re.compile(r"Điều \d+\.(?=[ *])"), "Dieu"),
    (re.compile(r"QUYẾT ĐỊNH:$"), "QuyetDinhDong"),
)


def style_of(line: str, before: str = "") -> str:
    """Choose the style of a paragraph of running text by its label; the label stays as typed.

    `before` is the style of the paragraph before: a legal basis that ends with a full stop follows another one.
    """
    for label, style in _LABELS:
        if label.match(line):
            return style
    if line.startswith("Căn cứ ") and (line.endswith(";") or (line.endswith(".") and before == "CanCu")):
        return "CanCu"
    if before == "CanCu" and line.startswith(("Theo đề nghị ", "Xét đề nghị ")):
        return "CanCu"
    return "NoiDung"


def ends(line: str) -> bool:
    """Tell whether a paragraph ends the text: `./.` in practice. It stays with the signature that follows."""
    return line.endswith("./.")


def paragraphs_of(value: object) -> str:
    """Write a value that is alone in its paragraph: one paragraph per line, a list item by item; never a heading."""
    out: list[str] = []
    style = ""
    for item in value if isinstance(value, list) else (value,):
        for row in rows(item):
            whole = "".join(row).strip()
            style = style_of(whole, style)
            content = "".join(map(runs_of, row)) if len(row) > 1 else runs_of(_as_marked(row[0], str.strip))
            out.append(paragraph("KetThuc" if ends(whole) else style, content))
            style = "" if whole.endswith(".") else style  # the last of the legal bases
    return "".join(out)


# Filters -------------------------------------------------------------------------------------------------------------


def _on_text(change: Callable[[str], str]) -> Callable[[object], PaperText]:
    """Make a filter of a change to text that leaves blanks alone."""

    def apply(value: object) -> PaperText:
        given = as_text(value)
        if isinstance(given, Pieces):
            return Pieces(_as_marked(piece, change) for piece in given)
        return _as_marked(given, change)

    return apply


def blank(value: object, missing: object) -> object:
    """Show what is missing where there is no value: None, also after another filter, empty text, an empty list."""
    if isinstance(value, Undefined):
        return str(value)  # raises: a misspelt name is no blank
    content = value.strip() if isinstance(value, str) and not isinstance(value, Marked) else value
    empty = content is None or content is _NOTHING or (isinstance(content, (str, list, dict, tuple)) and not content)
    return Blank("".join(as_text(missing))) if empty else value


def default(value: object, other: object = "") -> object:
    """Take another value where there is none, or no such name."""
    return other if value is None or isinstance(value, Undefined) else value


def shown_figure(value: object) -> PaperText:
    """Write a figure: `1.234,5`."""
    if value is None or isinstance(value, Blank):
        return as_text(value)
    if isinstance(value, int):
        figure: Decimal | int = value
        digits = value.bit_length() // 4  # at least: a digit takes less than four bits
    else:
        figure = as_figure(value)
        digits = max(len(figure.as_tuple().digits), abs(figure.adjusted()))
    if digits > MAX_DIGITS:
        raise ValueProblemError(_("số dài quá {most} chữ số", most=MAX_DIGITS))
    return text.number(figure)


def _counted(value: object) -> PaperText:
    """Write how many there are, below ten with a zero before: `02`; nothing stays nothing."""
    shown = shown_figure(value)
    return text.counted(as_figure(value)) if value is not None and not isinstance(shown, Blank) else shown


def as_figure(value: object) -> Decimal:
    """Take a number or its text; a ValueProblemError refuses anything else."""
    with suppress(InvalidOperation):
        figure = Decimal(str(value))
        if figure.is_finite():
            return figure
    raise ValueProblemError(_("«{value}» không phải là số", value=value))


def _day(write: Callable[[date], str]) -> Callable[[object], PaperText]:
    """Make a filter of a way to write dates; it takes a date or its ISO text."""

    def apply(value: object) -> PaperText:
        return as_text(value) if value is None or isinstance(value, Blank) else write(as_date(value))

    return apply


def as_date(value: object) -> date:
    """Take a date or its ISO text; a ValueProblemError refuses anything else."""
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise ValueProblemError(_("«{value}» không phải là ngày", value=value), _("ngày viết như 2023-05-10")) from None


def _roman(value: object) -> str:
    """Write a number from 1 to 3999 in Roman figures."""
    if not isinstance(value, int) or not 1 <= value < 4000:
        raise ValueProblemError(_("«{value}» không viết được bằng số La Mã", value=value))
    return text.roman(value)


def items_of(value: object) -> list[Any] | tuple[Any, ...] | dict[Any, Any]:
    """Give back what a loop may go through; a ValueProblemError says that it is no list."""
    if isinstance(value, Undefined):
        str(value)  # raises, with the name
    if not isinstance(value, (list, tuple, dict)) or isinstance(value, Pieces):
        raise ValueProblemError(_("chỉ lặp được qua một danh sách"), _("kiểm tra tên đứng sau «in»"))
    return value


def _join(value: object, by: object = "") -> PaperText:
    return joined(items_of(value), "".join(as_text(by)))


def _length(value: object) -> int:
    return len(value if isinstance(value, str) else items_of(value))


def _pick(index: int) -> Callable[[object], object]:
    def apply(value: object) -> object:
        items = list(items_of(value))
        if not items:
            raise ValueProblemError(_("danh sách trống nên không có phần tử đầu hay cuối"))
        return items[index]

    return apply


TEXT_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "blank": blank,
    "capital": _on_text(lambda value: value[:1].upper() + value[1:]),
    "counted": _counted,
    "day": _day(text.day),
    "default": default,
    "first": _pick(0),
    "join": _join,
    "last": _pick(-1),
    "length": _length,
    "long_day": _day(text.long_day),
    "lower": _on_text(str.lower),
    "number": shown_figure,
    "roman": _roman,
    "uncapital": _on_text(lambda value: value[:1].lower() + value[1:]),
    "upper": _on_text(str.upper),
}
"""The filters that give text, figures and parts of lists."""
