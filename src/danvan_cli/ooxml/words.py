"""Every word that an Office file holds, whether a reader sees it or not: for what must not come in unnoticed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.ooxml.docx import W, attribute, child, parse, style_sheet
from danvan_cli.ooxml.effective import Formats, cell_style, table_look
from danvan_cli.ooxml.parts import WRITTEN
from danvan_cli.ooxml.xlsx import unescaped
from danvan_cli.text import SECRET_WORD, UNSEEN, bare, secret_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_VEILED: Final = (b"<!", b"delText", b"moveFrom", b"anish")
"""What can hide the word of every mark from a look at the bytes: comments, tracked changes, hidden text; another encoding too."""
_INSERTED: Final = re.compile(rb"[<:]ins[\s/>]")
"""A tracked insertion; no page's margins."""
_LINE_END: Final = re.compile(rb"&#(?:x0{0,4}[9AaDd]|0{0,4}(?:9|10|13));")
"""Escapes of which pictures have many."""
_LETTER: Final = re.compile(rb"&#(?:x([0-9A-Fa-f]{2,5})|([0-9]{3,6}));")
"""Other escapes: some programs write every letter with a mark so."""
_CAPITALS: Final = re.compile(rb"aps\b|\scap\s*=\s*['\"](?!flat|rnd|sq)")
"""How a format makes capitals of small letters; no end of a drawn line."""
_OTHER: Final = re.compile(rb"\xfe\xff|\xff\xfe|[^>]{0,3}\0|[^>]{0,200}encoding=['\"](?![Uu][Tt][Ff]-?8)")
_XML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,64}<[?!A-Za-z][\t\n\r -~]{5}|\xfe\xff\0<|\xff\xfe<\0")
_XLSX_LETTER: Final = re.compile(rb"_x[0-9A-Fa-f]{4}_")
_UNSEEN: Final = re.compile(f"[\u0302\u0323\x7f-\x9f\u200b-\u200f\u202a-\u202e\ufeff\ufffe\uffff{UNSEEN}]")
"""Letters that nobody sees, and marks that make one letter with another."""
_TAGS: Final = rb"<(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+>"
_WORD: Final = re.compile(rb"\xe1\xba([\xac\xad])(?:%b|\s)*+([Tt])" % _TAGS)
"""The end of the word of every mark, whatever tags and spaces part its letters: its vowel, its last letter."""
_BEFORE: Final = b"Mm>; \t\r\n"
"""What may stand before that end."""
_COLON: Final = re.compile(rb"(?:%b|[^<>:0-9A-Za-z])*+:" % _TAGS)
_HEADER: Final = re.compile(rb"(?<!/)(?:odd|even|first)(?:Header|Footer)\b([^<]*+)(</)?")
"""A header of a sheet with its text, where nothing else stands in it: its codes may part the letters of a word."""
_VOWELS: Final = (b"\xe1\xba\xac", b"\xe1\xba\xad")
"""The vowel of the word of every mark."""
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
_VALUES: Final = etree.XPath("//@*", smart_strings=False)
_SHORT: Final = 60
"""In an OpenDocument file with capitals by format, a line of so many letters is looked at as if it were in them."""


class _Piece(NamedTuple):
    """Some text: the element that it is in, and whether a tracked change takes it away or has brought it."""

    text: str
    element: Any = None
    gone: bool = False
    new: bool = False


def refuse_marked(texts: Iterable[str], path: str) -> None:
    """Stop with a UsageError, which does not repeat it, where a text bears a mark of secrecy."""
    if any(map(secret_mark, texts)):
        raise UsageError(
            _("{name} mang dấu chỉ độ mật: danvan không làm văn bản mật", name=path),
            help=_("báo cáo theo đường riêng của tài liệu mật"),
        )


def every_text(parts: Mapping[str, bytes], path: str) -> Iterator[str]:
    """Give the texts of a package's XML parts: all that is written, as it is seen, and as it was before tracked changes.

    A UsageError tells that a part that may hold a mark of secrecy is broken.
    """
    shouts = "mimetype" in parts and any(map(_CAPS.search, parts.values()))
    formats: Formats | None = None
    capitals = "mimetype" in parts or any(
        name.lower().endswith(WRITTEN) and (b"aps" in data or b"cap" in data) and _CAPITALS.search(data)
        for name, data in parts.items()
    )
    for name, data in parts.items():
        escaped = name.startswith("xl/") and _XLSX_LETTER.search(data)
        if not name.lower().endswith(WRITTEN) or not (escaped or _may_hold(data, capitals=capitals)):
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


def _may_hold(data: bytes, *, capitals: bool) -> bool:
    """Tell whether a part may hold a mark; much quicker than to read it.

    `capitals`: a format somewhere in the package may make capitals of small letters.
    """
    if _OTHER.match(data) or any(one in data for one in _VEILED) or (b"ins" in data and _INSERTED.search(data)):
        return True
    if b"&#" in data:
        data = _LETTER.sub(_letter, _LINE_END.sub(b" ", data))
    if b"&#" in data:
        return True
    if data.isascii():
        return False
    try:
        if _UNSEEN.search(data[3:].translate(None, _ASCII).decode()):  # behind a BOM
            return True
    except UnicodeDecodeError:
        return True
    if any(one in data for one in _VOWELS):
        for header in _HEADER.finditer(data):
            if not header[2] or any(one in header[1] for one in _VOWELS):
                return True
    return any(
        capitals or found.groups() == (b"\xac", b"T") or _COLON.match(data, found.end())
        for found in _WORD.finditer(data)
        if data[found.start() - 1] in _BEFORE
    )


def _letter(found: re.Match[bytes]) -> bytes:
    """Write a letter as itself, but for those that an escape may stand for to be overlooked."""
    number = int(found[1], 16) if found[1] else int(found[2])
    return chr(number).encode("utf-8", "surrogatepass") if number > 0x7F else found[0]


def _ways(blocks: list[list[_Piece]], data: bytes, formats: Formats | None) -> Iterator[Callable[[_Piece], bool]]:
    """Give what pieces are read: all; where they differ, those that are seen, and those before tracked changes."""
    yield lambda _piece: True
    if b"anish" in data or any(piece.gone or piece.new for block in blocks for piece in block):
        yield lambda piece: not piece.gone and not _hidden(piece, formats)
        yield lambda piece: not piece.new


@lru_cache(maxsize=512)
def _name(tag: str) -> str:
    return tag.rpartition("}")[2]


def _blocks(tree: Any) -> Iterator[list[_Piece]]:
    """Walk what belongs together: each attribute by itself; the pieces of a paragraph, of a cell."""
    yield from ([_Piece(value)] for value in _VALUES(tree) if not value.isascii() or "_x" in value)
    opened: list[list[_Piece]] = []
    gone = new = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name = _name(element.tag)
        if event == "start":
            if name in _BLOCKS:
                opened.append([])
            gone, new = gone + (name in _GONE), new + (name in _NEW)
            said = _SIGNS.get(name, "") + (element.text or "")
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
    return formats.capitals(child(run, f"{W}rPr"), style, _table_style(run))


def _table_style(run: Any) -> str:
    """Name how the style of a run's table looks in its cell; empty where it stands in none."""
    cell = next(run.iterancestors(f"{W}tc", f"{W}txbxContent"), None)
    if cell is None or cell.tag != f"{W}tc":
        return ""
    table = next(cell.iterancestors(f"{W}tbl"), None)
    style = attribute(table, "tblPr/tblStyle")
    if not style:
        return ""
    row = next(cell.iterancestors(f"{W}tr"), cell)
    sides = [(one, before) for one in (row, cell) for before in (True, False)]
    ends = [next(one.itersiblings(one.tag, preceding=before), None) is None for one, before in sides]
    return cell_style(style, table_look(table), ends)


def _hidden(piece: _Piece, formats: Formats | None) -> bool:
    run = piece.element.getparent() if piece.element is not None else None
    if formats is None or run is None or run.tag != f"{W}r":
        return False
    return formats.run(child(run, f"{W}rPr"), "").hidden
