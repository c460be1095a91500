"""The parts of anybody's .docx as XML trees, and its sections. Nothing outside the file is ever fetched.

A Word document from elsewhere is untrusted: the zip is bounded, DTDs and entities are refused, and what runs or
hides text (macros, embedded foreign text) is refused too, since it could not be judged.
"""

from __future__ import annotations

import gc
import posixpath
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from lxml import etree  # type: ignore[import-untyped]

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.ooxml.parts import read_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


# Transitional names; strict ones (ISO 29500) are brought to these when a part is read.
_OPEN: Final = "http://schemas.openxmlformats.org"
W: Final = f"{{{_OPEN}/wordprocessingml/2006/main}}"
R: Final = f"{{{_OPEN}/officeDocument/2006/relationships}}"
A: Final = f"{{{_OPEN}/drawingml/2006/main}}"
WP: Final = f"{{{_OPEN}/drawingml/2006/wordprocessingDrawing}}"
WPS: Final = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V: Final = "{urn:schemas-microsoft-com:vml}"
MM_OF_TWIP: Final = 25.4 / 1440
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
"""The attribute that keeps the spaces at a text's ends."""

_STRICT: Final = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": f"{_OPEN}/wordprocessingml/2006/main".encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": f"{_OPEN}/officeDocument/2006/relationships".encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": f"{_OPEN}/drawingml/2006/main".encode(),
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": (
        f"{_OPEN}/drawingml/2006/wordprocessingDrawing".encode()
    ),
}

CONTAINERS: Final = {f"{W}{name}" for name in ("hyperlink", "smartTag", "ins", "sdt", "sdtContent", "fldSimple", "customXml",
                                               "moveTo", "dir", "bdo")}  # fmt: skip
"""What holds runs, paragraphs or cells, and shows no more than they."""
_PURL: Final = b"http://purl.oclc.org/ooxml/"
"""How every strict name begins."""
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file of Word 97 or Excel 97 begins, and one that is locked with a password."""

_PARSER: Final[Mapping[str, Any]] = {
    "resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False, "dtd_validation": False,
    "remove_comments": True, "remove_pis": True, "collect_ids": False,
}  # fmt: skip


_ENCODED: Final = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["'](?!utf-?(?:8|16)|us-ascii|iso-8859|windows-125)""", re.IGNORECASE
)
"""A part in which `<` may be another byte, so that its elements were not counted; the format has only UTF-8 and UTF-16."""

_MEASURE: Final = re.compile(r"\s*(-?[0-9]{1,9}(?:\.[0-9]{1,9})?)\s*+(mm|cm|in|pt|pc|pi|px|)\s*")
_POINTS: Final = {"mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0, "px": 0.75}


def measure(value: str | None, otherwise: float = 0, *, per_pt: float = 20) -> float:
    """Read a measure of the format (ECMA-376 Part 1, 22.9.2.15): a bare number, or one with a unit; else `otherwise`.

    `per_pt` is how many of the wanted units a point has: 20 twips, 2 half-points, 12,700 EMU.
    """
    found = _MEASURE.fullmatch(value) if value else None
    if found is None:
        return otherwise
    return float(found[1]) * (_POINTS[found[2]] * per_pt if found[2] else 1)


def of_word_97(data: bytes) -> bool:
    """Whether a file is a document of Word 97: its kind of file, and a stream of that name in it."""
    return data.startswith(OLE) and "WordDocument".encode("utf-16-le") in data


def whole_number(value: str | None, otherwise: int = 0) -> int:
    """Read a small whole number that is not negative."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else otherwise


def child(element: Any | None, tag: str) -> Any | None:
    """Give an element's first child of a tag; quicker than a path."""
    return next(element.iterchildren(tag), None) if element is not None else None


def local(element: Any) -> str:
    """Give an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Any | None, path: str, key: str = "val") -> str | None:
    """Give an attribute of what lies at a path of Word's names (`tblPr/tblStyle`); None where any of it is missing."""
    found = element.find("/".join(f"{W}{name}" for name in path.split("/"))) if element is not None else None
    value = found.get(f"{W}{key}") if found is not None else None
    return value if isinstance(value, str) else None


def children_of(element: Any, *tags: str) -> Iterator[Any]:
    """Walk an element's children of some tags, those in content controls and the like too."""
    for one in element:
        if one.tag in tags:
            yield one
        elif one.tag in CONTAINERS:
            yield from children_of(one, *tags)


@dataclass(frozen=True)
class Word:
    """A Word document: its trees, and its parts as bytes.

    `others` are the parts that the text names by relation (headers, footers), by the relation's id; `trees` are all
    parts that were parsed, by name.
    """

    path: str
    parts: Mapping[str, bytes]
    main: str
    document: Any
    styles: Any | None
    theme: Any | None
    settings: Any | None
    numbering: Any | None
    others: Mapping[str, Any]
    trees: Mapping[str, Any]
    strict: bool
    """Whether it is written in the strict form of the format (ISO 29500)."""

    @property
    def pages(self) -> int:
        """How many pages the program that saved the document counted last; 0 where it did not say."""
        return whole_number(self._property("docProps/app.xml", "Pages"))

    @property
    def title(self) -> str:
        """What its properties call it; empty where they do not say."""
        return self._property("docProps/core.xml", "title") or ""

    def _property(self, part: str, name: str) -> str | None:
        data = self.parts.get(part, b"")
        found = parse(part, data, self.path).findtext(f"{{*}}{name}") if data else None
        return found if isinstance(found, str) else None


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python from looking for circles while a document is read: it is all in use until the end, and a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def read_word(data: bytes, path: str) -> Word:
    """Read a Word document, called `path` by its user.

    A UsageError refuses what is none, broken, locked, too large, or holds macros or a DTD.
    """
    if data.startswith(OLE):
        raise UsageError(
            _("{path} là tệp Word đời cũ (.doc) hoặc có đặt mật khẩu nên không đọc được", path=path),
            help=_("mở bằng Word, bỏ mật khẩu nếu có, rồi lưu lại ở dạng .docx"),
        )
    parts = read_parts(data, path)
    main = _main(parts, path)
    if (
        any(name.lower().endswith("vbaproject.bin") for name in parts)
        or b"macroEnabled" in parts["[Content_Types].xml"]
    ):
        raise UsageError(
            _("{path} có macro nên không được mở", path=path), help=_("lưu lại ở dạng .docx (không macro) rồi kiểm tra")
        )
    named: dict[str, Any] = {}
    others: dict[str, Any] = {}
    trees: dict[str, Any] = {}
    for key, (kind, target) in _relations(parts, main, path).items():
        if kind == "aFChunk":
            raise UsageError(
                _("{path} nhúng nguyên một tệp khác vào nội dung nên không kiểm tra được", path=path),
                help=_("mở bằng Word rồi lưu lại để nội dung nằm trong chính văn bản"),
            )
        if target not in parts:
            continue
        if kind in {"styles", "theme", "settings", "numbering"}:
            named[kind] = trees[target] = parse(target, parts[target], path)
        elif kind in {"header", "footer"}:
            if target not in trees:
                trees[target] = parse(target, parts[target], path)
            others[key] = trees[target]
    tree = trees[main] = parse(main, parts[main], path)
    if tree.tag != f"{W}document" or tree.find(f"{W}body") is None:
        raise _no_word(path)
    return Word(
        path, parts, main, tree, named.get("styles"), named.get("theme"), named.get("settings"),
        named.get("numbering"), others, trees, _PURL in parts[main] and any(strict in parts[main] for strict in _STRICT),
    )  # fmt: skip


def _main(parts: Mapping[str, bytes], path: str) -> str:
    """Find the part that holds the text."""
    if "[Content_Types].xml" in parts and "_rels/.rels" in parts:
        for kind, target in _relations(parts, "", path).values():
            if kind == "officeDocument" and target in parts:
                return target
    raise _no_word(path)


def relations_of(part: str) -> str:
    """Name the part that tells how a part is related to others."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(part: str, tree: Any) -> dict[str, tuple[str, str]]:
    """Give the relations of a part inside the package, from their tree: id to (last word of the kind, part's name)."""
    folder = posixpath.dirname(part)
    return {
        one.get("Id", ""): (
            one.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/"),
        )
        for one in tree
        if one.get("TargetMode") != "External"
    }


def _relations(parts: Mapping[str, bytes], part: str, path: str) -> dict[str, tuple[str, str]]:
    name = relations_of(part)
    return relations(part, parse(name, parts[name], path)) if name in parts else {}


def style_sheet(parts: Mapping[str, bytes], path: str) -> Any | None:
    """Find the styles among the parts of what may be a Word document; None where it is none, or has none."""
    try:
        targets = [target for kind, target in _relations(parts, _main(parts, path), path).values() if kind == "styles"]
    except UsageError:
        return None
    return parse(targets[0], parts[targets[0]], path) if targets and targets[0] in parts else None


def parse(name: str, data: bytes, path: str) -> Any:
    """Parse one part; a UsageError tells that it is no XML or holds a DTD."""
    try:
        return parsed(data)
    except (etree.LxmlError, ValueError, LookupError, MemoryError):
        raise broken(name, path) from None


def parsed(data: bytes) -> Any:
    """Parse a part of any Office file; nothing outside it is fetched, and strict names are brought to the usual ones.

    A ValueError, or one of lxml's, tells that it is no XML or holds a DTD.
    """
    for strict, usual in _STRICT.items() if _PURL in data else ():
        data = data.replace(strict, usual)
    if b"<" not in data[:64] or _ENCODED.search(data[:512]):
        raise ValueError
    tree = etree.fromstring(data, etree.XMLParser(**_PARSER))
    if tree.getroottree().docinfo.internalDTD is not None:
        raise ValueError
    return tree


def broken(name: str, path: str) -> UsageError:
    """Make the error for a part that cannot be read."""
    return UsageError(
        _("{path} không phải văn bản Word đọc được: phần {part} bị hỏng", path=path, part=name),
        help=_("mở bằng Word rồi lưu lại, hoặc xin lại tệp gốc"),
    )


def _no_word(path: str) -> UsageError:
    return UsageError(
        _("{path} không phải văn bản Word (.docx)", path=path), help=_("mở bằng Word rồi lưu lại ở dạng .docx")
    )


# Sections ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PageSection:
    """A section's sheet, in mm, and its headers and footers by kind (`default`, `first`, `even`)."""

    element: Any
    width: float
    height: float
    top: float
    bottom: float
    left: float
    """With the gutter."""
    right: float
    gutter: float
    own_first: bool
    start: int | None
    number_format: str
    headers: dict[str, Any]
    footers: dict[str, Any]

    @property
    def landscape(self) -> bool:
        """Whether the sheet lies."""
        return self.width > self.height


def read_sections(word: Word) -> Iterator[PageSection]:
    """Read the sections in order; a header or footer that a section does not name is the one before it."""
    before: dict[str, dict[str, Any]] = {"header": {}, "footer": {}}
    for properties in word.document.find(f"{W}body").iter(f"{W}sectPr"):
        if next(properties.iterancestors(f"{W}sectPrChange", f"{W}txbxContent"), None) is not None:
            continue
        parts = {}
        for kind in ("header", "footer"):
            named = {
                one.get(f"{W}type", "default"): word.others[one.get(f"{R}id")]
                for one in properties.iterfind(f"{W}{kind}Reference")
                if one.get(f"{R}id") in word.others
            }
            parts[kind] = before[kind] = before[kind] | named

        def side(element: str, key: str, otherwise: float, of: Any = properties) -> float:
            value = attribute(of, element, key)
            return abs(measure(value)) * MM_OF_TWIP if value is not None else otherwise

        start = attribute(properties, "pgNumType", "start")
        first = properties.find(f"{W}titlePg")
        yield PageSection(
            element=properties, width=side("pgSz", "w", 215.9), height=side("pgSz", "h", 279.4),
            top=side("pgMar", "top", 25.4), bottom=side("pgMar", "bottom", 25.4),
            left=side("pgMar", "left", 25.4) + side("pgMar", "gutter", 0), right=side("pgMar", "right", 25.4),
            gutter=side("pgMar", "gutter", 0),
            own_first=first is not None and first.get(f"{W}val", "1") not in {"0", "false", "off"},
            start=whole_number(start, 1) if start is not None else None,
            number_format=attribute(properties, "pgNumType", "fmt") or "decimal",
            headers=parts["header"], footers=parts["footer"],
        )  # fmt: skip
