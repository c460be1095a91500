"""Workbooks from anybody: what they hold, and what is refused within a second and 200 MB."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]

from books import saved_by_libreoffice
from danvan_cli.errors import UsageError
from danvan_cli.ooxml.xlsx import MAX_BYTES, address, read_xlsx
from shares import some

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"


def packed(sheet: str | bytes, **more: str | bytes) -> bytes:
    """Make the smallest workbook around a sheet's XML; `more` are other parts by name, with `__` for `/`."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "_rels/.rels": f"<Relationships xmlns='{LINKS}'><Relationship Id='a' Type='{OFFICE}/officeDocument' Target='xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml": f"<workbook xmlns='{MAIN}' xmlns:r='{OFFICE}'><sheets><sheet name='Một' sheetId='1' r:id='a'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{LINKS}'><Relationship Id='a' Type='{OFFICE}/worksheet' Target='worksheets/sheet1.xml'/></Relationships>",
        "xl/worksheets/sheet1.xml": sheet,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, part in (parts | {name.replace("__", "/"): part for name, part in more.items()}).items():
            zipped.writestr(name, part)
    return out.getvalue()


def rows(inside: str) -> str:
    return f"<worksheet xmlns='{MAIN}'><sheetData>{inside}</sheetData></worksheet>"


def values(data: bytes) -> dict[str, object]:
    (page,) = read_xlsx(data, "so.xlsx")
    return {address(*place): one.value for place, one in page.cells.items()}


def written(fill: Callable[[object, object], None]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    fill(book, book.add_worksheet("Một"))
    book.close()
    return out.getvalue()


def test_what_cells_hold() -> None:
    def fill(book: object, sheet: object) -> None:
        assert isinstance(book, xlsxwriter.Workbook)
        day = book.add_format({"num_format": 'dd/mm/yyyy "ngày"'})
        month = book.add_format({"num_format": '"d" 0.0'})
        share = book.add_format({"num_format": "0.0%"})
        sheet.write_string("A1", "=không phải công thức")  # type: ignore[attr-defined]
        sheet.write_rich_string("A2", "một ", day, "hai")  # type: ignore[attr-defined]
        sheet.write_number("B1", 0.1 + 0.2)  # type: ignore[attr-defined]
        sheet.write_number("B2", 45000, day)  # type: ignore[attr-defined]
        sheet.write_number("B3", 0.75, share)  # type: ignore[attr-defined]
        sheet.write_number("B4", 12, month)  # type: ignore[attr-defined]
        sheet.write_boolean("C1", True)  # type: ignore[attr-defined]
        sheet.write_formula("C2", "=1+1", None, 2)  # type: ignore[attr-defined]
        sheet.write_formula("C3", '="x"', None, "x")  # type: ignore[attr-defined]
        sheet.write_blank("D9", None, day)  # type: ignore[attr-defined]

    data = written(fill)
    (page,) = read_xlsx(data, "so.xlsx")
    assert page.title == "Một"
    held = {address(*place): one for place, one in page.cells.items()}
    assert {name: one.value for name, one in held.items()} == {
        "A1": "=không phải công thức", "A2": "một hai", "B1": Decimal("0.3"), "B2": date(2023, 3, 15),
        "B3": Decimal("0.75"), "B4": Decimal(12), "C1": True, "C2": Decimal(2), "C3": "x",
    }  # fmt: skip
    assert {name for name, one in held.items() if one.formula} == {"C2", "C3"}
    assert {name for name, one in held.items() if one.percent} == {"B3"}


def test_remarks_between_the_lines_of_its_parts_are_passed_over() -> None:
    data = written(lambda _book, sheet: sheet.write_number("A1", 1))  # type: ignore[attr-defined]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<Relationship ", b"<!-- x --><?y?><Relationship "))
    assert values(out.getvalue()) == {"A1": Decimal(1)}


def test_a_workbook_counts_its_days_from_1904() -> None:
    data = written(lambda _book, sheet: sheet.write_number("A1", 1))  # type: ignore[attr-defined]
    out = io.BytesIO()
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"] = date(2023, 5, 10)
    book.save(out)
    assert values(out.getvalue()) == {"A1": date(2023, 5, 10)}


@pytest.mark.office
def test_what_libreoffice_saves_reads_as_what_was_there(tmp_path: Path) -> None:
    def fill(book: object, sheet: object) -> None:
        assert isinstance(book, xlsxwriter.Workbook)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_string("A1", " Tên có dấu\nhai dòng & <thẻ>")  # type: ignore[attr-defined]
        sheet.write_number("B1", 8.5)  # type: ignore[attr-defined]
        sheet.write_datetime("C1", date(2023, 5, 10), day)  # type: ignore[attr-defined]

    path = tmp_path / "so.xlsx"
    path.write_bytes(written(fill))
    (saved,) = saved_by_libreoffice([path], tmp_path)
    assert values(saved.read_bytes()) == values(path.read_bytes())


def test_other_shapes_of_the_same_thing() -> None:
    assert values(
        packed(
            rows("<row><c r='B2' t='inlineStr'><is><r><t>mộ</t></r><r><t>t</t></r><rPh><t>x</t></rPh></is></c></row>")
        )
    ) == {"B2": "một"}
    assert values(packed(rows("<row><c r='A1' t='str'><v><![CDATA[a&b]]></v></c></row>"))) == {"A1": "a&b"}
    private = "\ue000a\ue001b\ue002"  # letters of a font's own
    assert values(packed(rows(f"<row><c r='A1' t='str'><v>{private}</v></c></row>"))) == {"A1": private}
    assert values(packed(rows("<row><c r='A1' t='d'><v>2023-05-10T00:00:00</v></c></row>"))) == {
        "A1": date(2023, 5, 10)
    }
    strict = rows("<row><c r='A1'><v>1</v></c></row>").replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    assert values(packed(strict)) == {"A1": Decimal(1)}
    prefixed = f"<x:worksheet xmlns:x='{MAIN}'><x:sheetData><x:row><x:c r='A1'><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    assert values(packed(prefixed)) == {"A1": Decimal(1)}


def test_cells_and_rows_need_not_say_where_they_stand() -> None:
    inside = "<row><c><v>1</v></c><c s='0'/><c t='s'><v></v></c><c r='F1'><v>2</v></c><c><v>3</v></c></row><row/>"
    more = "<row><c><v>4</v></c></row><row r='9'><c/><c><v>5</v></c></row><row><c><v>6</v></c></row>"
    wanted = {"A1": 1, "F1": 2, "G1": 3, "A3": 4, "B9": 5, "A10": 6}
    assert values(packed(rows(inside + more))) == {name: Decimal(value) for name, value in wanted.items()}


@pytest.mark.parametrize(("held", "means"), [
    ("a_x000D_\nb", "a\r\nb"), ("a_x000b_b", "a\nb"), ("_x005F_x000D_", "_x000D_"), ("_xD83D__xDE00_", "\U0001f600"),
    ("_xD83D_", "\ufffd"), ("_x00_ _xZZZZ_", "_x00_ _xZZZZ_"),
])  # fmt: skip
def test_escapes_are_the_letters_they_stand_for(held: str, means: str) -> None:
    inline = f"<row><c t='inlineStr'><is><t>{held}</t></is></c><c t='str'><v>{held}</v></c><c t='s'><v>0</v></c></row>"
    links = f"<Relationships xmlns='{LINKS}'><Relationship Id='a' Type='{OFFICE}/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='b' Type='{OFFICE}/sharedStrings' Target='s.xml'/></Relationships>"
    shared = f"<sst xmlns='{MAIN}'><si><t>{held}</t></si></sst>"
    data = packed(rows(inline), **{"xl__s.xml": shared, "xl___rels__workbook.xml.rels": links})
    assert values(data) == dict.fromkeys(("A1", "B1", "C1"), means)


SPARSE = rows("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>")
LAUGHS = "<!DOCTYPE a [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY a{i} '{'&a;' * 9}'>" for i in range(9)) + "]>" + rows("")
BAD: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "text": lambda: b"xin ch\xc3\xa0o",
    "old": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
    "cut": lambda: packed(rows(""))[:-40],
    "no parts": lambda: packed(rows("")).replace(b"xl/workbook.xml", b"xl/workbock.xml"),
    "macros": lambda: packed(rows(""), xl__vbaProject__bin="x").replace(b"vbaProject/bin", b"vbaProject.bin"),
    "sparse": lambda: packed(SPARSE),
    "many cells": lambda: packed(rows("<row r='1'>" + "<c r='A1'><v>1</v></c>" * 400_000 + "</row>")),
    "bomb": lambda: packed(rows(" " * 60_000_000)),
    "entities": lambda: packed(LAUGHS),
    "entities in UTF-16": lambda: packed(LAUGHS.encode("utf-16")),
    "no XML": lambda: packed("<worksheet"),
    "wild reference": lambda: packed(rows("<row><c r='ABCD1'><v>1</v></c></row>")),
    "deep": lambda: packed("<a>" * 100_000),
    "string that is not there": lambda: packed(rows("<row><c r='A1' t='s'><v>7</v></c></row>")),
    "no number": lambda: packed(rows("<row><c r='A1'><v>một</v></c></row>")),
    "parts in our marks": lambda: packed(rows("<row><c r='A1' t='str'><v>a\ue000b\ue001</v></c></row>")),
    "too long": lambda: b"PK" + bytes(MAX_BYTES),
}

GUARDED = """
import resource, sys, time
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (2 * 2**30, 2 * 2**30))
from danvan_cli.ooxml.xlsx import read_xlsx
from danvan_cli.errors import UsageError
data = open(sys.argv[1], "rb").read()
start = time.process_time()
try:
    read_xlsx(data, "so.xlsx")
except UsageError as error:
    took = time.process_time() - start
    status = Path("/proc/self/status")  # what getrusage gives is that of the process that started this one, too
    peak = next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    print(error.message, "|", error.help, "|", took, "|", int(peak) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.parametrize("name", some(BAD))
def test_what_is_no_workbook_is_refused_quickly_and_in_little_memory(name: str, tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    path.write_bytes(BAD[name]())
    command = [sys.executable, "-c", GUARDED, str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=60)
    message, help_, took, megabytes = done.stdout.split(" | ")
    assert "so.xlsx" in message
    assert help_ != "None"
    assert float(took) < 1  # of the processor's time, which other work does not lengthen
    assert int(megabytes) < 200


def test_the_reason_is_told() -> None:
    with pytest.raises(UsageError, match="mật khẩu"):
        read_xlsx(BAD["old"](), "so.xlsx")
    with pytest.raises(UsageError, match="macro"):
        read_xlsx(BAD["macros"](), "so.xlsx")
    with pytest.raises(UsageError, match="Một!XFD1048576"):
        read_xlsx(BAD["sparse"](), "so.xlsx")
    with pytest.raises(UsageError, match="lớn bất thường"):
        read_xlsx(BAD["bomb"](), "so.xlsx")
