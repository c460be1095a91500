"""An .xlsx from anybody read as cells, within bounds; nothing of it is run, fetched or trusted."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.ooxml.docx import OLE, R, parsed, relations, relations_of
from danvan_cli.ooxml.parts import FAILURES, read_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_BYTES: Final = 8 * 2**20
MAX_UNPACKED: Final = 24 * 2**20
MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 256
MAX_CELLS: Final = 200_000
"""A workbook of ours has some thousand cells on at most twelve sheets; a file beyond this is none."""

MAX_PART: Final = 6 * 2**20
"""No part of a workbook of ours is longer than a fraction of this."""
_NAMESPACES: Final = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
}
_REF: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED: Final = re.compile(r'"[^"]*(?:"|\Z)|\[[^\]]*(?:\]|\Z)|\\.')
_DATES: Final = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_PERCENTS: Final = {9, 10}


class Value(NamedTuple):
    """What a cell holds: a text, a figure, a day; with a formula, only what some program stored for it."""

    value: str | Decimal | date | bool
    formula: bool = False
    percent: bool = False
    error: bool = False


class XlsxSheet(NamedTuple):
    """A sheet: its title and its cells that are not blank, by row and column from 0."""

    title: str
    cells: dict[tuple[int, int], Value]


def address(row: int, column: int) -> str:
    """Write a cell's place as spreadsheets do: `E17`."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def read_xlsx(data: bytes, path: str) -> list[XlsxSheet]:
    """Read the sheets of a workbook, called `path` by its user.

    A UsageError refuses what is no .xlsx, encrypted, broken, bears macros, or is larger than any workbook of ours.
    """
    parts = _guarded(data, path)
    try:
        return list(_pages(parts, path))
    except (*FAILURES, etree.LxmlError, ArithmeticError, StopIteration):
        raise _broken(path) from None


def _broken(path: str) -> UsageError:
    return UsageError(
        _("{path} không phải sổ Excel đọc được: tệp bị hỏng", path=path),
        help=_("mở bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx; không mở được thì xin lại tệp"),
    )


def _too_large(path: str) -> UsageError:
    return UsageError(
        _("{path} lớn bất thường nên không được mở", path=path),
        help=_("chép phần đã điền sang một sổ mới: danvan workbook"),
    )


def _guarded(data: bytes, path: str) -> Mapping[str, bytes]:
    """Unpack a file that is what it must be, else a UsageError tells what it is."""
    if data.startswith(OLE):
        raise UsageError(
            _("{path} là tệp .xls đời cũ hoặc có mật khẩu", path=path),
            help=_("mở bằng Excel, bỏ mật khẩu, lưu lại dạng .xlsx (Excel Workbook)"),
        )
    if len(data) > MAX_BYTES:
        raise _too_large(path)
    if not data.startswith(b"PK"):
        raise UsageError(_("{path} không phải tệp .xlsx", path=path), help=_("gửi đúng sổ mà danvan workbook đã tạo"))
    with suppress(*FAILURES):
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            names = [one.filename.lower() for one in zipped.infolist()]
            sizes = [one.file_size for one in zipped.infolist()]
            if sum(sizes) > MAX_UNPACKED or max(sizes, default=0) > MAX_PART:
                raise _too_large(path)
        if any("vbaproject" in name or "activex" in name or "embeddings/ole" in name for name in names):
            raise UsageError(
                _("{path} có macro hoặc đối tượng nhúng nên không được mở", path=path),
                help=_("lưu lại dạng .xlsx (Excel Workbook), không phải .xlsm"),
            )
    parts = read_parts(data, path)
    if "[Content_Types].xml" not in parts or b"macroEnabled" in parts["[Content_Types].xml"]:
        raise _broken(path)
    for name, part in parts.items():
        odd = part[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in part[:64]  # could hide what is looked for below
        if name.endswith((".xml", ".rels")) and (odd or b"<!DOCTYPE" in part):  # without one there are no entities
            raise _broken(path)
    return parts


def _links(parts: Mapping[str, bytes], name: str) -> dict[str, tuple[str, str]]:
    """Give the relations of a part: by id their kind and target."""
    data = parts.get(relations_of(name))
    return relations(name, parsed(data)) if data else {}


def _pages(parts: Mapping[str, bytes], path: str) -> Iterator[XlsxSheet]:
    main = next(target for kind, target in _links(parts, "").values() if kind == "officeDocument")
    links = _links(parts, main)
    book = parsed(parts[main])
    shared = next((target for kind, target in links.values() if kind == "sharedStrings"), "")
    strings = [Value(_text(one)) for one in parsed(parts[shared]).iter("{*}si")] if shared in parts else []
    styles = next((target for kind, target in links.values() if kind == "styles"), "")
    dated, percent = _formats(parts[styles]) if styles in parts else (set(), set())
    since_1904 = any(one.get("date1904") in {"1", "true"} for one in book.iter("{*}workbookPr"))
    first = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
    count = 0
    for sheet in book.iter("{*}sheet"):
        kind, target = links[sheet.get(f"{R}id", "")]
        if kind != "worksheet":
            continue
        cells = dict(_cells(parts[target], strings, dated, percent, first))
        count += len(cells)
        far = next((one for one in cells if one[0] >= MAX_ROWS or one[1] >= MAX_COLUMNS), None)
        if far or count > MAX_CELLS:
            cell = f"{sheet.get('name')}!{address(*(far or max(cells)))}"
            raise UsageError(
                _("{path}: ô {cell} ở xa ngoài bảng", path=path, cell=cell),
                help=_("xóa các ô nằm ngoài bảng rồi lưu lại"),
            )
        yield XlsxSheet(unescaped(sheet.get("name", "")), cells)


def _text(element: Any) -> str:
    """Join the runs of a text, without readings of East Asian names."""
    if len(element) == 1 and not len(run := element[0]):  # as most are: one run without a format of its own
        return unescaped(run.text or "") if run.tag.endswith("}t") else ""
    return unescaped(
        "".join(one.text or "" for one in element.iter("{*}t") if not one.getparent().tag.endswith("}rPh"))
    )


def unescaped(value: str) -> str:
    """Give a text with its escapes as the letters they stand for (ECMA-376 Part 1, 22.9.2.19): `_x000D_`.

    What only breaks a line or a page on paper breaks a line.
    """
    if "_x" not in value:
        return value
    value = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value).replace("\v", "\n").replace("\f", "\n")
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # two escapes may be one letter


def _formats(data: bytes) -> tuple[set[int], set[int]]:
    """Give the numbers of the cell formats that show a date, and of those that show a percentage."""
    tree = parsed(data)
    dates, percents = set(_DATES), set(_PERCENTS)
    for one in tree.iter("{*}numFmt"):
        code, number = _QUOTED.sub("", one.get("formatCode", "")).lower(), int(one.get("numFmtId", "-1"))
        if "%" in code:
            percents.add(number)
        elif re.search("[dy]|mmm", code) and "general" not in code:
            dates.add(number)
    dated, percent = set(), set()
    formats = next(iter(tree.iter("{*}cellXfs")), ())
    for i, one in enumerate(formats):
        number = int(one.get("numFmtId", "0"))
        if number in dates:
            dated.add(i)
        elif number in percents:
            percent.add(i)
    return dated, percent


def _cells(
    data: bytes, strings: list[Value], dated: set[int], percent: set[int], first: date
) -> Iterator[tuple[tuple[int, int], Value]]:
    """Walk the cells of a sheet that hold something; a ValueError, or another: no spreadsheet is written so."""
    tree = parsed(data)
    namespace = etree.QName(tree).namespace
    if namespace not in _NAMESPACES:
        raise ValueError(namespace)
    tag_of = {name: f"{{{namespace}}}{name}" for name in ("sheetData", "row", "c", "v", "f", "is")}
    row = -1
    for line in tree.iterfind("{sheetData}/{row}".format(**tag_of)):
        row, column = int(line.get("r", row + 2)) - 1, -1
        for cell in line.iterchildren(tag_of["c"]):
            reference = cell.get("r")
            place = _place(reference) if reference else (row, column + 1)
            column = place[1]
            if not len(cell):  # it has a format alone
                continue
            raw, formula = _stored(cell, tag_of)
            kind = cell.get("t", "")
            if kind == "s" and raw and not formula:
                if (text := strings[int(raw)]).value:
                    yield place, text
                continue
            shape = int(cell.get("s", 0))
            value = _value(kind, raw, dated=shape in dated, first=first) if raw else ""
            if value != "" or formula:
                yield place, Value(value, formula, shape in percent, kind == "e")


def _stored(cell: Any, tag_of: Mapping[str, str]) -> tuple[str, bool]:
    """Give what is stored for a cell, and whether a formula computes it."""
    raw, formula = "", False
    for one in cell:
        if one.tag == tag_of["v"]:
            raw = one.text or ""
        elif one.tag == tag_of["f"]:
            formula = True
        elif one.tag == tag_of["is"]:
            raw = _text(one)
    return raw, formula


@lru_cache(maxsize=2**14)
def _place(reference: str) -> tuple[int, int]:
    """Give the row and column of a reference, from 0, or a ValueError if it is none; sheets of one kind have the same."""
    found = _REF.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _value(kind: str, raw: str, *, dated: bool, first: date) -> str | Decimal | date | bool:
    match kind:
        case "str" | "e":
            return unescaped(raw)
        case "inlineStr":
            return raw
        case "b":
            return raw in {"1", "true"}
        case "d":
            return date.fromisoformat(raw[:10])
    number = float(raw)
    if number != number or abs(number) > 1e15:  # noqa: PLR0124 - not a number
        return raw
    if dated and 1 <= number < 2_958_466:
        return first + timedelta(days=int(number))
    return Decimal(f"{number:.15g}")
