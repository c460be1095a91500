"""Documents as LibreOffice prints them, measured by readers that know nothing of danvan: poppler and pypdf."""

from __future__ import annotations

import html
import re
import subprocess
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import docx
import pypdf
from docx.oxml.ns import qn

from danvan_cli.nd30 import figures as nd30
from office import converted
from tools_needed import require

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from docx.table import Table

MM = 72 / 25.4
SLACK = 2.5
"""Points by which a word's box may stand over an edge: it holds more than the letters' ink."""

FONTS = re.compile(r"TimesNewRoman|LiberationSerif|Tinos")
SIZES = {row.pt.use for row in nd30.STYLES} | {10}
"""The sizes of styles, and of a chart's words."""

TOKEN = re.compile(r"q\d+z\d+")
"""A word that stands in one row of one table only (see `crowded` of the tests)."""


class Word(NamedTuple):
    """A word on a page, in points from the left and the top."""

    left: float
    top: float
    right: float
    text: str
    bottom: float


Line = list[Word]


@dataclass(frozen=True)
class Page:
    """A page: its size in points, and its lines from the top down."""

    width: float
    height: float
    lines: list[Line]

    @property
    def landscape(self) -> bool:
        return self.width > self.height

    @property
    def margins(self) -> tuple[float, float, float, float]:
        """The edges that text keeps to: left, top, right, bottom."""
        page = nd30.PAGE
        left, top, right, bottom = (
            side.use * MM for side in (page.left_mm, page.top_mm, page.right_mm, page.bottom_mm)
        )
        if self.landscape:
            left, top, right, bottom = bottom, left, top, right
        return left, top, self.width - right, self.height - bottom

    @property
    def header(self) -> list[Word]:
        """The words in the top margin."""
        return [word for line in self.lines for word in line if word.bottom < self.margins[1]]

    @cached_property
    def body(self) -> list[Line]:
        return [line for line in self.lines if line[0].bottom >= self.margins[1]]

    @property
    def text(self) -> str:
        """All that stands on it below the top margin, line by line, squeezed."""
        return squeezed("".join(said(line) for line in self.body))


@dataclass(frozen=True)
class Printed:
    """A document on paper."""

    docx: Path
    pdf: Path
    pages: list[Page]

    def line(self, text: str, page: int = 0) -> Line:
        """Find the line that holds a text."""
        return next(line for line in self.pages[page].lines if text in said(line))


def said(line: Line) -> str:
    return " ".join(word.text for word in line)


def squeezed(text: str) -> str:
    """Make text comparable, whatever its spaces and capitals."""
    return re.sub(r"\s", "", text).casefold()


def printed(paths: Sequence[Path]) -> list[Printed]:
    """Print documents in one run of LibreOffice, and read where their words stand."""
    folder = paths[0].parent / "pdf"
    return [Printed(path, pdf, _pages(pdf)) for path, pdf in zip(paths, converted(paths, "pdf", folder), strict=True)]


_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')


def _pages(path: Path) -> list[Page]:
    command = [require("pdftotext"), "-bbox-layout", str(path), "-"]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    pages = []
    for page in done.stdout.split("<page ")[1:]:
        found = _SIZE.match(page)
        assert found
        words = [
            Word(float(left), float(top), float(right), html.unescape(text), float(bottom))
            for left, top, right, bottom, text in _WORD.findall(page)
        ]
        lines: dict[int, Line] = {}
        for word in sorted(words, key=lambda word: (round(word.top), word.left)):
            near = next((top for top in lines if abs(top - word.top) < 3), round(word.top))
            lines.setdefault(near, []).append(word)
        pages.append(Page(float(found[1]), float(found[2]), [sorted(line) for line in lines.values()]))
    return pages


# What can be wrong ---------------------------------------------------------------------------------------------------


def faults(one: Printed) -> list[str]:
    """Find what is wrong on the pages of a document with a letterhead and a signature."""
    document = docx.Document(str(one.docx))
    checks = (_letters, _margins, _numbers, _letterhead, _lonely, _signature, _heads)
    return [fault for check in checks for fault in check(one, document)]


def _letters(one: Printed, _document: Any) -> Iterator[str]:
    """Fonts as wide as Times New Roman, in the sizes of the styles."""
    seen: set[tuple[str, float]] = set()

    def visit(text: str, _cm: object, _tm: object, font: Any, size: float) -> None:
        if text.strip():
            seen.add((str((font or {}).get("/BaseFont", "?")).rpartition("+")[2], round(size, 1)))

    for page in pypdf.PdfReader(one.pdf).pages:
        page.extract_text(visitor_text=visit)
    assert seen
    for font, size in sorted(seen):
        if not FONTS.match(font):
            yield f"font {font}"
        if size not in SIZES:
            yield f"size {size}"


def _margins(one: Printed, _document: Any) -> Iterator[str]:
    for number, page in enumerate(one.pages, start=1):
        if {round(page.width / MM), round(page.height / MM)} != {210, 297}:
            yield f"page {number}: {page.width} x {page.height}"
        left, top, right, bottom = page.margins
        for word in (word for line in page.body for word in line):
            if word.left < left - SLACK or word.right > right + SLACK:
                yield f"page {number}: «{word.text}» from {word.left:.0f} to {word.right:.0f}"
            if word.top < top - SLACK or word.bottom > bottom + SLACK:
                yield f"page {number}: «{word.text}» at {word.top:.0f} to {word.bottom:.0f}"
        if not page.body:
            yield f"page {number}: empty"


def _numbers(one: Printed, document: Any) -> Iterator[str]:
    """A number in the middle of the top margin of each page but the first; each annex counts anew."""
    annexes = {squeezed(p.text) for p in document.paragraphs if p.style.style_id == "PhuLuc"}
    wanted = 0
    found = 0
    for at, page in enumerate(one.pages, start=1):
        opens = bool(page.body) and squeezed(said(page.body[0])) in annexes
        found += opens
        wanted = 1 if opens else wanted + 1
        shown = [word.text for word in page.header]
        if shown != ([str(wanted)] if wanted > 1 else []):
            yield f"page {at}: {shown} for number {wanted}"
        left, _top, right, _bottom = page.margins
        if any(abs((word.left + word.right - left - right) / 2) > 4 for word in page.header):
            yield f"page {at}: its number is not in the middle"
    if found != sum(p.style.style_id == "PhuLuc" for p in document.paragraphs):
        yield "an annex does not open a page"


def _letterhead(one: Printed, _document: Any) -> Iterator[str]:
    if not any(nd30.QUOC_HIEU in said(line) for line in one.pages[0].body):
        yield "quốc hiệu is not on one line"


def _lonely(one: Printed, document: Any) -> Iterator[str]:
    """No page ends with a heading, a table's head, or a row that is the title of others."""
    opens = [squeezed(p.text) for p in document.paragraphs if p.style.style_id in _OPENING]
    rows = [row for table in _tables(document) for row in list(table.rows)[:-1]]
    titles = [
        row for row in rows if row._tr.findall(f".//{qn('w:gridSpan')}") or row._tr.findall(f".//{qn('w:tblHeader')}")
    ]
    opens += [squeezed("".join(cell.text for cell in dict.fromkeys(row.cells))) for row in titles]
    for number, (page, after) in enumerate(pairwise(one.pages), start=1):
        if after.header:  # else it opens an annex: what ends there is over
            yield from (f"page {number} ends with «{text}»" for text in opens if text and page.text.endswith(text))


_OPENING = {"Heading1", "Heading2", "Heading3", "PhuLuc", "TenPhuLuc", "KemTheo", "TenLoai", "TrichYeu", "KinhGui"}


def _signature(one: Printed, document: Any) -> Iterator[str]:
    """The last words of the text, nơi nhận and the signer's name stand on one page."""
    body = list(document.element.body)
    signed = next((at for at, part in enumerate(body) if part.xpath(".//w:pStyle[@w:val='HoTen']")), None)
    if signed is None:
        return
    before = (part for part in reversed(body[:signed]) if part.xpath(".//w:t") or part.xpath(".//w:drawing"))
    last = squeezed("".join(next(before).itertext(qn("w:t"))))[-12:]  # nothing of a chart
    name = squeezed("".join(body[signed].xpath(".//w:p[w:pPr/w:pStyle/@w:val='HoTen']")[0].itertext(qn("w:t"))))
    page = next((page for page in one.pages if "nơinhận:" in page.text), None)
    if page is None:
        yield "there is no nơi nhận"
        return
    at = page.text.index("nơinhận:")
    if last not in page.text[:at]:
        yield f"nơi nhận without «{last}»"
    if name not in page.text:
        yield f"nơi nhận without «{name}»"


def _heads(one: Printed, document: Any) -> Iterator[str]:
    """Each page that has rows of a table has its head above them; a table does not end with a row alone."""
    for table in _tables(document):
        head = {word for cell in table.rows[0].cells for word in _words(cell.text)}
        rows = {token for row in table.rows for cell in row.cells for token in TOKEN.findall(cell.text)}
        pages = [page for page in one.pages if rows & _tokens(page)]
        for page in pages:
            top = min(word.top for line in page.body for word in line if word.text in rows)
            above = {part for line in page.body for word in line if word.top < top + 3 for part in _words(word.text)}
            if not head <= above:
                yield f"rows without a head: {sorted(head - above)}"
        last = TOKEN.findall("".join(cell.text for cell in table.rows[-1].cells))
        if len(pages) > 1 and last and rows & _tokens(pages[-1]) == set(last):
            yield f"the last row stands alone: {last}"


def _words(text: str) -> list[str]:
    """Cut a head where a narrow column may break it."""
    return re.split(r"[\s/]+", text)


def _tokens(page: Page) -> set[str]:
    return {word.text for line in page.body for word in line if TOKEN.fullmatch(word.text)}


def _tables(document: Any) -> list[Table]:
    return [table for table in document.tables if table.style.style_id == nd30.TABLE_STYLE[0]]
