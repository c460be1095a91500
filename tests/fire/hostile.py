"""Files that a stranger may send, each made to take more time or memory than it is worth."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from danvan_cli.delivery import bag

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

W = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
END = b"</w:body></w:document>"
S = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
SHEET = b"</sheetData></worksheet>"
INFO = {"Danvan-Unit": "so-y-te", "Danvan-Deliverable": "6m", "Danvan-Plan": "2023"}


def zipped(parts: Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return out.getvalue()


TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Target="%s" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def word(body: bytes, how: int = zipfile.ZIP_STORED, head: bytes = b"", **more: bytes) -> bytes:
    """Make a Word document of such a body."""
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS % b"word/document.xml",
        "word/document.xml": head + W + body + END,
    }
    return zipped(parts | {f"word/{name if '.' in name else f'{name}.xml'}": part for name, part in more.items()}, how)


def book(rows: bytes, how: int = zipfile.ZIP_STORED, strings: bytes = b"", head: bytes = b"") -> bytes:
    """Make a workbook of one such sheet."""
    name = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELS % b"xl/workbook.xml",
            "xl/workbook.xml": b'<workbook xmlns="' + name + b'" xmlns:r="' + rel
            + b'"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": (RELS % b"worksheets/sheet1.xml").replace(b'officeDocument"/>', b'worksheet"/>'),
            "xl/worksheets/sheet1.xml": head + S + rows + SHEET,
            **({"xl/sharedStrings.xml": b'<sst xmlns="' + name + b'">' + strings + b"</sst>"} if strings else {}),
        },
        how,
    )  # fmt: skip


def paragraphs(text: str, count: int = 1) -> bytes:
    """Give paragraphs of a text."""
    return (f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" * count).encode()


def pdf(body: bytes, kids: bytes = b"[3 0 R]", more: bytes = b"") -> bytes:
    """Make a PDF of one page with such a stream."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids" + kids + b">>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n4 0 obj" + body + b"endobj\n" + more
        + b"trailer<</Root 1 0 R>>\n"
    )  # fmt: skip


def stream(data: bytes, told: bytes = b"/Filter/FlateDecode") -> bytes:
    """Make a stream of a PDF."""
    return b"<<" + told + b"/Length %d>>stream\n" % len(data) + data + b"\nendstream "


def package(payload: Mapping[str, bytes], how: int = zipfile.ZIP_STORED, **tags: bytes) -> bytes:
    """Pack a payload as `submit` does, then put other tags in place."""
    made = bag.pack("goi", payload, INFO)
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        parts = {one.filename: file.read(one) for one in file.infolist()}
    return zipped(parts | {f"goi/{name.replace('_', '-')}.txt": tag for name, tag in tags.items()}, how)


def overlapping(count: int) -> bytes:
    """Let many entries of a zip name the same bytes."""
    made = zipped({"goi/bagit.txt": zlib.compress(bytes(2**20))}, zipfile.ZIP_STORED)
    at = made.rindex(b"PK\x01\x02")
    one, end = made[at : made.rindex(b"PK\x05\x06")], bytearray(made[made.rindex(b"PK\x05\x06") :])
    entries = b"".join(one.replace(b"goi/bagit.txt", b"goi/%09d" % i) for i in range(count))
    end[8:10] = end[10:12] = count.to_bytes(2, "little")
    end[12:16] = len(entries).to_bytes(4, "little")
    return made[:at] + entries + bytes(end)


PACKAGES: dict[str, Callable[[], bytes]] = {
    "a bomb": lambda: package({"unit.yaml": bytes(100 * 2**20)}, zipfile.ZIP_DEFLATED),
    "as many files as a zip may have": lambda: package({f"evidence/{i}.txt": b"" for i in range(12_000)}),
    "entries that share bytes": lambda: overlapping(60_000),
    "a manifest of many lines": lambda: package({"unit.yaml": b""}, manifest_sha256=b"0\n" * 500_000),
    "a manifest of one line": lambda: package({"unit.yaml": b""}, manifest_sha256=b"0" * 1_000_000),
    "information of many lines": lambda: package({"unit.yaml": b""}, bag_info=b"Danvan-Unit: so-y-te\n" * 45_000),
    "bzip2": lambda: zipped({"goi/bagit.txt": b"", "goi/data/unit.yaml": bytes(200 * 2**20)}, zipfile.ZIP_BZIP2),
    "lzma": lambda: zipped({"goi/bagit.txt": b"", "goi/data/unit.yaml": bytes(200 * 2**20)}, zipfile.ZIP_LZMA),
    "a record of many aliases": lambda: package({"unit.yaml": YAML["aliases"]()}),
    "a record deep in itself": lambda: package({"unit.yaml": b"[" * 1_000_000}),
    "a record of NULs": lambda: package({"unit.yaml": bytes(1_000_000)}),
}
WORD: dict[str, Callable[[], bytes]] = {
    "bzip2": lambda: word(bytes(200 * 2**20), zipfile.ZIP_BZIP2),
    "a bomb": lambda: word(b" " * (200 * 2**20), zipfile.ZIP_DEFLATED),
    "a bomb within bounds": lambda: word(b"<w:p/>" * 190_000 + b" " * (61 * 2**20), zipfile.ZIP_DEFLATED),
    "remarks": lambda: word((b"<!--" + b" " * 2**20 + b"-->") * 60 + b"<w:p/>" * 190_000, zipfile.ZIP_DEFLATED),
    "long attributes": lambda: word(
        (b'<w:p a="' + b" " * 2**20 + b'"/>') * 60 + b"<w:p/>" * 190_000, zipfile.ZIP_DEFLATED
    ),
    "letters between": lambda: word(
        b"<w:p><w:r><w:t>M\xc2\xad\xf0\x90\x80\x80" + b"x " * (3 * 2**20) + b"</w:t></w:r></w:p>" + b"<w:p/>" * 190_000,
        zipfile.ZIP_DEFLATED,
    ),
    "a white picture": lambda: word(b"", zipfile.ZIP_DEFLATED, **{"media/a.bmp": bytes(250 * 2**20)}),
    "a million empty elements": lambda: word(b"<w:p/>" * 1_000_000),
    "a million attributes": lambda: word(b"<w:p w:a='' w:b='' w:c='' w:d=''/>" * 250_000),
    "deep": lambda: word(b"<w:sdt>" * 200_000 + b"</w:sdt>" * 200_000),
    "tables in tables": lambda: word(b"<w:tbl><w:tr><w:tc>" * 60 + paragraphs("x") + b"</w:tc></w:tr></w:tbl>" * 60),
    "entities": lambda: word(b"&a;", head=b"<!DOCTYPE a [<!ENTITY a 'aaaaaaaa'>]>"),
    "one long word": lambda: word(paragraphs("a" * 2_000_000)),
    "one long line of signs": lambda: word(paragraphs("((((. . . /-/-/-" * 60_000)),
    "spaces": lambda: word(paragraphs("x" + " " * 1_000_000 + "x")),
    "figures": lambda: word(paragraphs("1." * 300_000 + "x")),
    "numbers that look like symbols": lambda: word(paragraphs("Số 1/1/1/1-" * 60_000)),
    "days that are none": lambda: word(paragraphs("ngày 1 tháng 1 năm " * 50_000)),
    "many short lines": lambda: word(paragraphs("Kính gửi: a", 100_000)),
    "all bold capitals": lambda: word(paragraphs("CỘNG HÒA", 50_000)),
    "styles in a circle": lambda: word(
        b'<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr></w:p>' * 5000,
        styles=b'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        + b"".join(
            b'<w:style w:styleId="%s"><w:basedOn w:val="%s"/></w:style>' % one for one in ((b"a", b"b"), (b"b", b"a"))
        )
        + b"</w:styles>",
    ),
    "styles one on the other": lambda: word(
        b'<w:p><w:pPr><w:pStyle w:val="s5000"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>' * 2000,
        styles=b'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        + b"".join(b'<w:style w:styleId="s%d"><w:basedOn w:val="s%d"/></w:style>' % (i, i - 1) for i in range(1, 5001))
        + b"</w:styles>",
    ),
    "wide cells": lambda: word(
        b'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr></w:tc></w:tr></w:tbl>' * 1000
    ),
}
BOOKS: dict[str, Callable[[], bytes]] = {
    "bzip2": lambda: book(bytes(200 * 2**20), zipfile.ZIP_BZIP2),
    "a bomb": lambda: book(b" " * (200 * 2**20), zipfile.ZIP_DEFLATED),
    "a million rows": lambda: book(b"<row/>" * 1_000_000),
    "cells at the end of the sheet": lambda: book(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' * 100_000),
    "a hundred thousand texts": lambda: book(
        b"".join(b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>x%d</t></is></c></row>' % (i, i, i) for i in range(1, 100_001))
    ),
    "long figures": lambda: book(b'<row r="1"><c r="A1"><v>' + b"9" * 1_000_000 + b"</v></c></row>"),
    "long exponents": lambda: book(b'<row r="1"><c r="A1"><v>1e999999999</v></c></row>' * 1000),
    "one text many times": lambda: book(
        b'<row r="1">' + b'<c r="A1" t="s"><v>0</v></c>' * 100_000 + b"</row>", strings=b"<si><t>" + b"a" * 1_000_000 + b"</t></si>"
    ),
    "escapes": lambda: book(b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"_x005F" * 200_000 + b"</t></is></c></row>"),
}  # fmt: skip
PDFS: dict[str, Callable[[], bytes]] = {
    "pages in a circle": lambda: pdf(stream(b"", b""), b"[2 0 R 2 0 R]"),
    "a bomb": lambda: pdf(stream(zlib.compress(b"BT " + b"(a) Tj " * 30_000_000, 9))),
    "a bomb in a bomb": lambda: pdf(
        stream(zlib.compress(zlib.compress(bytes(300 * 2**20), 9), 9), b"/Filter[/FlateDecode/FlateDecode]")
    ),
    "arrays in arrays": lambda: pdf(stream(b"[" * 500_000, b"")),
    "a font of millions of letters": lambda: pdf(
        stream(b"BT /F 9 Tf (a) Tj ET", b""), more=b"9 0 obj[" + b"1 " * 3_000_000 + b"]endobj\n"
    ),
    "graphics": lambda: pdf(stream(zlib.compress(b"0 0 m 9 9 l S " * 1_000_000, 9))),
    "letters in letters": lambda: pdf(stream(zlib.compress(b"BT /F 9 Tf " + b"1 0 Td (a) Tj " * 300_000 + b"ET", 9))),
}
YAML: dict[str, Callable[[], bytes]] = {
    "aliases": lambda: b"a0: &a0 [x, x]\n" + b"".join(b"a%d: &a%d [*a%d, *a%d]\n" % (i, i, i - 1, i - 1) for i in range(1, 40)),
    "deep": lambda: b"a: " + b"[" * 200_000,
    "deep blocks": lambda: b"".join(b" " * i + b"a:\n" for i in range(1500)),
    "NULs": lambda: b"a: " + bytes(500_000),
    "excuses": lambda: b"format: danvan-plan/2\n" + b"# danvan: ignore DV301 x\n" * 40_000,
    "marks that combine": lambda: b"title: a" + "\u0301".encode() * 500_000,
    "a long key": lambda: b"a" * 1_000_000 + b": 1\n",
    "a long figure": lambda: b"format: danvan-plan/2\nyear: " + b"9" * 500_000 + b"\n",
    "many keys": lambda: b"".join(b"k%d: 1\n" % i for i in range(100_000)),
    "the same key": lambda: b"title: 1\n" * 100_000,
    "tabs": lambda: b"title:\t\t1\n" * 50_000,
    "spaces": lambda: b"title: a" + b" " * 1_000_000 + b"b\n",
    "citations": lambda: b"format: danvan-plan/2\ntitle: " + "Quyết định số 1/QĐ-UBND ngày ".encode() * 20_000,
}  # fmt: skip
TEMPLATES: dict[str, Callable[[], bytes]] = {
    "a large figure": lambda: b'x {{ "1e300000000" | number }}\n',
    "a power": lambda: b"x {{ 9 ** 9 ** 9 }}\n",
    "a long product": lambda: b'x {{ "a" * 999999999 }}\n',
    "joins in joins": lambda: b"x {{ " + b"[" * 40 + b'"a"' + b"] | join" * 40 + b" }}\n",
    "open emphasis": lambda: b"**a* " * 20_000,
    "escapes": lambda: b"\\*" * 50_000,
    "loops in loops": lambda: b"{% for a in areas %}\n" * 30 + b"x\n" + b"{% endfor %}\n" * 30,
    "two elses": lambda: b"{% if a %}\nx\n{% else %}\ny\n{% else %}\nz\n{% endif %}\n",
    "a figure of 5000": lambda: b"x {{ " + b"9" * 5000 + b" }}\n",
    "brackets": lambda: b"x {{ " + b"(" * 20_000 + b")" * 20_000 + b" }}\n",
    "tags": lambda: b"{{ unit.name }}" * 20_000,
    "a table": lambda: b"|a" * 5000 + b"|\n" + b"|-" * 5000 + b"|\n" + b"|x" * 5000 + b"|\n",
}
