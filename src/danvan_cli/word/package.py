"""The Word package: parts that never change keep their deflated bytes; a hash tells of edits.

A document is the base package (`base.docx`, made by `tools/base_package.py`) with parts of its own: the text, its properties,
and the hash of all the others; charts bring theirs. Times are fixed, so the same input gives the same bytes.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.errors import UsageError
from danvan_cli.ooxml.parts import read_parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

BASE_DOCX: Final = Path(__file__).with_name("base.docx")

DOCUMENT: Final = "word/document.xml"
CORE: Final = "docProps/core.xml"
APP: Final = "docProps/app.xml"
CUSTOM: Final = "docProps/custom.xml"
CONTENT_TYPES: Final = "[Content_Types].xml"
RELATIONS: Final = "word/_rels/document.xml.rels"

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_LEVEL: Final = 2  # of deflate: half the time of 6, a sixth larger
_DATE: Final = (1 << 5) | 1  # 1/1/1980 00:00:00, the zero of zip
_UTF8: Final = 0x800

XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class _Part(NamedTuple):
    """One packed part: its name, what it unpacks to (as a digest, for the hash), and how it lies in the zip."""

    name: bytes
    digest: str
    crc: int
    size: int
    packed: bytes


class Chart(NamedTuple):
    """The parts of a chart: its own, and the workbook with its figures."""

    xml: bytes
    workbook: bytes


CHART_RELATION: Final = "rIdChart"
"""What a document's text calls its charts by, with a number from 1."""


class Rendered(NamedTuple):
    """A finished document: the .docx, and what a person must still write in it, in order."""

    data: bytes
    blanks: tuple[str, ...]


class Properties(NamedTuple):
    """A document's properties: title, subject, the agency that issues it, the day of issue (None: not known yet)."""

    title: str = ""
    subject: str = ""
    creator: str = ""
    date: date | None = None


class _Base(NamedTuple):
    """The base package: the parts that stay, the text part up to the body's content, sections, types and relations.

    `sections` are the properties of the text's own section, of an annex's, and of an annex's on its side.
    """

    static: tuple[_Part, ...]
    head: str
    sections: tuple[str, str, str]
    types: str
    relations: str


@cache
def base() -> _Base:
    """Read the base package once."""
    with zipfile.ZipFile(BASE_DOCX) as zipped:
        document, types, relations = (zipped.read(name).decode() for name in (DOCUMENT, CONTENT_TYPES, RELATIONS))
        names = [name for name in zipped.namelist() if name not in {DOCUMENT, CORE, APP, CUSTOM}]
        # Packed anew at the best level: once a process, and small.
        static = tuple(_pack(name, zipped.read(name), 9) for name in names)
    end = document.index("<w:sectPr")
    start = document.index("<w:body>") + len("<w:body>")
    upright = document[end : document.index("</w:body>")]
    annex = upright.replace("<w:cols", '<w:pgNumType w:start="1"/><w:cols')
    return _Base(static, document[:start], (upright, annex, _turned(annex)), types, relations)


def _turned(section: str) -> str:
    """Turn a section's page with its margins: what was its left edge, where it is bound, is on top."""
    was = dict(re.findall(r'w:(w|h|top|right|bottom|left)="(\d+)"', section))
    now = {"w": was["h"], "h": was["w"], "top": was["left"], "right": was["top"], "bottom": was["right"],
           "left": was["bottom"]}  # fmt: skip
    turned = re.sub(r'w:(w|h|top|right|bottom|left)="\d+"', lambda m: f'w:{m[1]}="{now[m[1]]}"', section)
    return re.sub(r"(<w:pgSz [^>]*?)/>", r'\1 w:orient="landscape"/>', turned)


def build(body: str, about: Properties | None = None, charts: Sequence[Chart] = (), section: str = "") -> bytes:
    """Make a whole .docx of the content of `w:body` without its last `section`, which is upright if none is given.

    `charts` are those that the body shows, in the order of their relations.
    """
    whole, about = base(), about or Properties()
    section = section or whole.sections[0]
    parts = [
        *(_with_charts(whole, charts) if charts else whole.static),
        _pack(DOCUMENT, f"{whole.head}{body}{section}</w:body></w:document>".encode(), _LEVEL),
        _pack(CORE, core_xml(about), _LEVEL),
        _pack(APP, app_xml(about), _LEVEL),
    ]
    mark = _mark({part.name.decode(): part.digest for part in parts})
    return _zip([*parts, _pack(CUSTOM, custom_xml(mark), _LEVEL)])


def _with_charts(whole: _Base, charts: Sequence[Chart]) -> list[_Part]:
    """Give the parts that stay, with charts, their workbooks, and the types and relations that these need."""
    types = f'<Default Extension="xlsx" ContentType="{_SHEET_TYPE}"/>'
    relations = ""
    parts: list[_Part] = []
    for count, chart in enumerate(charts, start=1):
        name, book = f"charts/chart{count}.xml", f"embeddings/chart{count}.xlsx"
        types += f'<Override PartName="/word/{name}" ContentType="{_CHART_TYPE}"/>'
        relations += f'<Relationship Id="{CHART_RELATION}{count}" Type="{_OFFICE}/chart" Target="{name}"/>'
        link = f'<Relationship Id="rId1" Type="{_OFFICE}/package" Target="../{book}"/>'
        links = f'{XML}<Relationships xmlns="{LINKS}">{link}</Relationships>'.encode()
        parts += (
            _pack(f"word/{name}", chart.xml, _LEVEL),
            _pack(f"word/charts/_rels/chart{count}.xml.rels", links, _LEVEL),
            _pack(f"word/{book}", chart.workbook, _LEVEL),
        )
    changed = {
        CONTENT_TYPES: whole.types.replace("</Types>", f"{types}</Types>"),
        RELATIONS: whole.relations.replace("</Relationships>", f"{relations}</Relationships>"),
    }
    static = (
        _pack(name, changed[name].encode(), _LEVEL) if (name := part.name.decode()) in changed else part
        for part in whole.static
    )
    return [*static, *parts]


def zipped_parts(parts: Mapping[str, bytes]) -> bytes:
    """Zip parts in the order given, with fixed times."""
    return _zip([_pack(name, data, 9) for name, data in parts.items()])


def package_mark(parts: Mapping[str, bytes]) -> str:
    """Give the hash of a package: SHA-256 over names and digests of all its parts but the one that holds it."""
    return _mark({name: sha256(data).hexdigest() for name, data in parts.items() if name != CUSTOM})


def marked_parts(parts: Mapping[str, bytes]) -> bytes:
    """Zip parts with the hash that tells them from what a person has edited."""
    return zipped_parts({**parts, CUSTOM: custom_xml(package_mark(parts))})


def is_untouched(data: bytes) -> bool:
    """Tell whether a document is just as danvan wrote it; a broken zip or one without our hash is not."""
    try:
        parts = read_parts(data)
    except UsageError:
        return False
    return parts.get(CUSTOM) == custom_xml(package_mark(parts))


def core_xml(about: Properties) -> bytes:
    """Write the document's properties; its dates come from data alone, for the same input gives the same bytes."""
    words = (("dc:title", about.title), ("dc:subject", about.subject), ("dc:creator", about.creator))
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in words if value or name == "dc:title")
    if about.date:
        inner += "".join(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{about.date.isoformat()}T00:00:00Z</dcterms:{name}>'
            for name in ("created", "modified")
        )
    return (
        f'{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{inner}<dc:language>vi-VN</dc:language>'
        "</cp:coreProperties>"
    ).encode()


def app_xml(about: Properties) -> bytes:
    """Write the program's properties: its name, and the agency as the company."""
    company = f"<Company>{escape(about.creator)}</Company>" if about.creator else ""
    return (
        f'{XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>danvan</Application>{company}</Properties>"
    ).encode()


def custom_xml(digest: str) -> bytes:
    """Write the property `danvan-sha256`."""
    return (
        f'{XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="danvan-sha256">'
        f"<vt:lpwstr>{digest}</vt:lpwstr></property></Properties>"
    ).encode()


def escape(value: str) -> str:
    """Make plain text into XML text."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _mark(digests: Mapping[str, str]) -> str:
    return sha256("".join(f"{name}\0{digests[name]}\n" for name in sorted(digests)).encode()).hexdigest()


def _pack(name: str, data: bytes, level: int) -> _Part:
    squeeze = zlib.compressobj(level, zlib.DEFLATED, -15)
    packed = squeeze.compress(data) + squeeze.flush()
    return _Part(name.encode(), sha256(data).hexdigest(), zlib.crc32(data), len(data), packed)


def _zip(parts: list[_Part]) -> bytes:
    """Write a zip of packed parts (APPNOTE 4.3): local headers and data, the directory, its end."""
    out: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for name, _digest, crc, size, packed in parts:
        common = struct.pack("<HHHHHIIIHH", 20, _UTF8, 8, 0, _DATE, crc, len(packed), size, len(name), 0)
        out += (b"PK\x03\x04", common, name, packed)
        directory += (b"PK\x01\x02", struct.pack("<H", 20), common, struct.pack("<HHHII", 0, 0, 0, 0, at), name)
        at += 30 + len(name) + len(packed)
    index = b"".join(directory)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(parts), len(parts), len(index), at, 0)
    return b"".join((*out, index, end))
