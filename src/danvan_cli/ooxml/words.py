"""Every word that an Office file holds, whether a reader sees it or not: for what must not come in unnoticed."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.ooxml.docx import W, child, parse, style_sheet
from danvan_cli.ooxml.effective import Formats
from danvan_cli.ooxml.parts import WRITTEN
from danvan_cli.ooxml.xlsx import unescaped
from danvan_cli.text import SECRET_WORD, UNSEEN, bare, secret_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_VEILED: Final = (b"<!", b"delText", b"moveFrom", b"ins ", b"anish")
"""What can hide the word of every mark from a look at the bytes: comments, tracked changes, hidden text; escapes, another encoding too."""
_BREAK: Final = rb"&#(?:x0{0,4}[9AaDd]|0{0,4}(?:9|10|13));"
_LINE_END: Final = re.compile(_BREAK)
"""Escapes that hide nothing; pictures have many."""
_OTHER: Final = re.compile(rb"\xfe\xff|\xff\xfe|[^>]{0,3}\0|[^>]{0,200}encoding=['\"](?![Uu][Tt][Ff]-?8)")
_XML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,64}<[?!A-Za-z][\t\n\r -~]{5}|\xfe\xff\0<|\xff\xfe<\0")
_UNSEEN: Final = re.compile(f"[\x7f-\x9f\u200b-\u200f\u202a-\u202e\ufeff\ufffe\uffff{UNSEEN}]")
"""Letters that nobody sees."""
_XLSX_LETTER: Final = re.compile(rb"_x[0-9A-Fa-f]{4}_")
_ESCAPED: Final = re.compile("[&<>\"'\\s]")
"""Letters of a style's name that a part may write in several ways."""
_AWAY: Final = rb"(?:<[^<>]*>|\s|%b)*+" % _BREAK
_WORD: Final = re.compile(
    rb"[Mm]%b(?:\xe1\xba[\xac\xad]|(?:[Aa]|\xc3[\x82\xa2]|\xe1\xba[\xa0\xa1])(?:%b\xcc[\x82\xa3]){1,2})%b[Tt]"
    % ((_AWAY,) * 3)
)
"""The word of every mark, whatever tags and spaces part its letters."""
_END: Final = re.compile(rb"\xe1\xba[\xac\xad]%b[Tt]" % _AWAY)
"""The end of that word where its letters are one each."""
_FAR: Final = 20_000
_CAPITAL: Final = 0xAC
_COLON: Final = re.compile(rb"(?:<[^<>]*>|[^<>:0-9A-Za-z])*+:")
_BEFORE: Final = b"Mm>; \t\r\n"
"""What may stand before that end."""
_ASCII: Final = bytes(range(0x7F))
_BLOCKS: Final = frozenset({"p", "h", "si", "is", "c", "text", "comment"})
"""Paragraphs, headings, strings, cells and comments: their runs make one text."""
_SIGNS: Final = {
    "tab": "\t",
    "ptab": "\t",
    "s": " ",
    "br": "\n",
    "cr": "\n",
    "line-break": "\n",
    "noBreakHyphen": "-",
    "fldChar": "\n",
}
_GONE, _NEW = frozenset({"del", "moveFrom"}), frozenset({"ins", "moveTo"})
_PAGE: Final = frozenset(f"{page}{where}" for page in ("odd", "even", "first") for where in ("Header", "Footer"))
_CODES: Final = re.compile(r'&(?:"[^"]{0,255}"|K[0-9A-F]{6}|K[0-9]{2}[+-][0-9]{3}|[0-9]{1,3}|[LCR]|[A-Za-z])')
_CAPS: Final = re.compile(rb"text-transform=.uppercase|small-caps")
_SHORT: Final = 60
"""In an OpenDocument file with capitals by format, a line of so many letters is looked at as if it were in them."""


class _Piece(NamedTuple):
    """Some text: the element that it is in, and whether a tracked change takes it away or has brought it."""

    text: str
    element: Any = None
    gone: bool = False
    new: bool = False


def refuse_marked(texts: Iterable[str], path: str) -> None:
    """Stop where a text bears a mark of secrecy.

    Raises:
        UsageError: if one does; it is not repeated.
    """
    if any(map(secret_mark, texts)):
        raise UsageError(
            _("{name} mang dấu chỉ độ mật: danvan không làm văn bản mật", name=path),
            help=_("báo cáo theo đường riêng của tài liệu mật"),
        )


def every_text(parts: Mapping[str, bytes], path: str) -> Iterator[str]:
    """Give the texts of a package's XML parts: all that is written, as it is seen, and as it was before tracked changes.

    Args:
        parts: the package's parts.
        path: its name as the user knows it.

    Raises:
        UsageError: if a part that may hold a mark of secrecy is broken.
    """
    shouts = "mimetype" in parts and any(map(_CAPS.search, parts.values()))
    formats: Formats | None = None
    capitals = cache(lambda: [b""] if "mimetype" in parts else _capitals(parts, path))
    for name, data in parts.items():
        escaped = name.startswith("xl/") and _XLSX_LETTER.search(data)
        if not name.lower().endswith(WRITTEN) or not (escaped or _may_hold(data, capitals)):
            continue
        if not _XML.match(data):
            yield data.decode("utf-8", "replace")
            continue
        tree = parse(name, data, path)
        if formats is None and tree.tag.startswith(W):
            formats = Formats(style_sheet(parts, path))
        blocks = [*_blocks(tree)]
        for way in _ways(blocks, data, formats):
            lines = [_line([piece for piece in block if way(piece)], formats, shouts=shouts) for block in blocks]
            yield unescaped("\n".join(lines)) if name.startswith("xl/") else "\n".join(lines)


def _capitals(parts: Mapping[str, bytes], path: str) -> list[bytes]:
    """List what gives capitals to letters in a Word document, as its parts name it: formats, and styles that have them."""
    direct = [b"caps", b"smallCaps", b" cap="]
    if not any(b"aps" in data for data in parts.values()):
        return direct
    sheet = style_sheet(parts, path)
    styles = {} if sheet is None else {one.get(f"{W}styleId", ""): one for one in sheet.iterchildren(f"{W}style")}
    loud = {id_ for id_, one in styles.items() if next(one.iter(f"{W}caps", f"{W}smallCaps"), None) is not None}
    based = {id_: one.find(f"{W}basedOn") for id_, one in styles.items()}
    while more := {id_ for id_, on in based.items() if on is not None and on.get(f"{W}val") in loud} - loud:
        loud |= more
    defaults = child(sheet, f"{W}docDefaults")
    always = defaults is not None and next(defaults.iter(f"{W}caps", f"{W}smallCaps"), None) is not None
    if always or any(styles[id_].get(f"{W}default") or _ESCAPED.search(id_) for id_ in loud):
        return [b""]
    return [*direct, *(id_.encode() for id_ in loud)]


def _may_hold(data: bytes, capitals: Callable[[], list[bytes]]) -> bool:
    """Tell whether a part may hold a mark; much quicker than to read it."""
    if _OTHER.match(data) or any(one in data for one in _VEILED):
        return True
    if b"&#" in data and data.count(b"&#") > len(_LINE_END.findall(data)):
        return True
    if data.isascii():
        return False
    try:
        if _UNSEEN.search(data[3:].translate(None, _ASCII).decode()):  # behind a BOM
            return True
    except UnicodeDecodeError:
        return True
    if b"\xcc\x82" in data or b"\xcc\xa3" in data:
        return _WORD.search(data) is not None
    return any(
        (found[0][2] == _CAPITAL and found[0].endswith(b"T"))
        or _COLON.match(data, found.end())
        or any(map(_paragraph(data, found).__contains__, capitals()))
        for found in _END.finditer(data)
        if data[found.start() - 1] in _BEFORE
    )


def _paragraph(data: bytes, found: re.Match[bytes]) -> bytes:
    """Give the paragraph that something was found in; all of the part where that cannot be told."""
    far = max(found.start() - _FAR, 0)
    start = max(data.rfind(one, far, found.start()) for one in (b"<w:p>", b"<w:p "))
    some = data[start : data.find(b"</w:p>", found.end())] if start >= 0 else data
    return data if b"</w:p>" in some or b"</w:txbx" in some else some


def _ways(blocks: list[list[_Piece]], data: bytes, formats: Formats | None) -> Iterator[Callable[[_Piece], bool]]:
    """Give what pieces are read: all; where they differ, those that are seen, and those before tracked changes."""
    yield lambda _piece: True
    if b"anish" in data or any(piece.gone or piece.new for block in blocks for piece in block):
        yield lambda piece: not piece.gone and not _hidden(piece, formats)
        yield lambda piece: not piece.new


def _blocks(tree: Any) -> Iterator[list[_Piece]]:
    """Walk what belongs together: the pieces of a paragraph, of a cell; each attribute by itself."""
    opened: list[list[_Piece]] = []
    gone = new = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name = str(element.tag).rpartition("}")[2]
        said: str | None
        if event == "start":
            if name in _BLOCKS:
                opened.append([])
            gone, new = gone + (name in _GONE), new + (name in _NEW)
            said = _SIGNS.get(name, "") + (element.text or "")
            for value in element.attrib.values():
                if not value.isascii() or "_x" in value:
                    yield [_Piece(value)]
        else:
            gone, new = gone - (name in _GONE), new - (name in _NEW)
            if name in _BLOCKS:
                yield opened.pop()
            said = element.tail
        if not said or (said.isspace() and "\n" in said and name not in _SIGNS):  # no more than the file's own lines
            continue
        if event == "start" and name in _PAGE:
            said = _CODES.sub(lambda code: "\n" if code[0] in {"&L", "&C", "&R"} else "", said)
        piece = _Piece(said, element, gone > 0, new > 0)
        if name == "instrText" or not opened:
            yield [piece]
        else:
            opened[-1].append(piece)


def _line(pieces: list[_Piece], formats: Formats | None, *, shouts: bool) -> str:
    """Join pieces, with the capitals that only their format gives them where a mark may be meant."""
    line = "".join([piece.text for piece in pieces])
    if not SECRET_WORD.search(bare(line)):
        return line
    line = "".join([piece.text.upper() if _capital(piece, formats) else piece.text for piece in pieces])
    return f"{line}\n{line.upper()}" if shouts and len(line) <= _SHORT else line


def _capital(piece: _Piece, formats: Formats | None) -> bool:
    """Tell whether the format of a piece's run shows capitals."""
    run = piece.element.getparent() if piece.element is not None else None
    if run is None:
        return False
    if run.tag != f"{W}r":  # a drawing's
        look = next((one for one in run if str(one.tag).endswith("}rPr")), None)
        return look is not None and look.get("cap") in {"all", "small"}
    if formats is None:
        return False
    paragraph = next(run.iterancestors(f"{W}p"), None)
    style = formats.paragraph(child(paragraph, f"{W}pPr")).style if paragraph is not None else ""
    seen = formats.run(child(run, f"{W}rPr"), style)
    return seen.caps or seen.small


def _hidden(piece: _Piece, formats: Formats | None) -> bool:
    run = piece.element.getparent() if piece.element is not None else None
    if formats is None or run is None or run.tag != f"{W}r":
        return False
    return formats.run(child(run, f"{W}rPr"), "").hidden
