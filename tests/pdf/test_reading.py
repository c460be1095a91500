"""The words of a page in the order in which they are read, however a program has put them into the file."""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING

import pytest

from danvan_cli.importing.pdf_source import as_source
from danvan_cli.pdf.pages import read_pages
from danvan_cli.pdf.text import PdfReader
from pdf_files import drawn, pdf, stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from danvan_cli.pdf.pages import PdfPage

LETTER = [
    ("ỦY BAN NHÂN DÂN TỈNH", 14, 50, 780),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, 300, 781),
    ("SỞ Y TẾ", 14, 90, 764),
    ("Độc lập - Tự do - Hạnh phúc", 14, 320, 764),
    ("Số: 45/BC-SYT", 13, 70, 744),
    ("Bình Phước, ngày 08 tháng 5 năm 2023", 13, 310, 744),
    ("BÁO CÁO", 14, 250, 704),
    ("Kết quả công tác dân vận chính quyền 06 tháng đầu năm 2023", 14, 80, 684),
    ("Thực hiện Kế hoạch số 12/KH-UBND, Sở Y tế báo cáo như sau:", 14, 80, 650),
]
WANTED = (
    "ỦY BAN NHÂN DÂN TỈNH | SỞ Y TẾ | Số: 45/BC-SYT | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM | Độc lập - Tự do - Hạnh phúc"
    " | Bình Phước, ngày 08 tháng 5 năm 2023 | BÁO CÁO | Kết quả công tác dân vận chính quyền 06 tháng đầu năm 2023"
    " | Thực hiện Kế hoạch số 12/KH-UBND, Sở Y tế báo cáo như sau:"
)


def placed(lines: list[tuple[str, int, float, float]], turn: float = 0) -> list[tuple[str, str]]:
    """Write each line where it stands, the whole page turned about its middle."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    out = []
    for text, size, left, low in lines:
        x, y = left - 297, low - 421
        axes = f"{size * cos:.4f} {size * sin:.4f} {-size * sin:.4f} {size * cos:.4f}"
        out.append((text, f"{axes} {297 + x * cos - y * sin:.3f} {421 + x * sin + y * cos:.3f}"))
    return out


@pytest.fixture(scope="module")
def reader() -> Iterator[PdfReader]:
    with PdfReader() as one:
        yield one


@pytest.fixture
def lines(reader: PdfReader, tmp_path: Path) -> Callable[[bytes], str]:
    def read(data: bytes) -> str:
        path = tmp_path / "a.pdf"
        path.write_bytes(data)
        reader._known.cache_clear()
        return " | ".join(one for one in (reader.read(path).text or "").splitlines() if one)

    return read


NFD = [(unicodedata.normalize("NFD", text), *more) for text, *more in LETTER]
SPREAD = [(" ".join(text) if text in {"BÁO CÁO", "SỞ Y TẾ"} else text, *more) for text, *more in LETTER]
TWICE = [one for text, size, x, y in LETTER for one in ((text, size, x, y), (text, size, x + 0.3, y))]
MADE = {
    "as it is read": drawn(*placed(LETTER)),
    "from below": drawn(*placed(LETTER[::-1])),
    "letter by letter": drawn(*placed(LETTER), single=True),
    "turned by the page": drawn(*placed(LETTER), rotate=90),
    "on its head": drawn(*placed(LETTER), rotate=180),
    "turned by the text": drawn(*placed(LETTER, 90)),
    "turned and turned back": drawn(*placed(LETTER, 90), rotate=90),
    "scanned askew": drawn(*placed(LETTER, 2)),
    "twice for bold": drawn(*placed(TWICE)),
    "spread by spaces": drawn(*placed(SPREAD)),
    "marks of their own": drawn(*placed(NFD)),
}


@pytest.mark.parametrize("name", MADE)
def test_a_page_is_read_however_it_was_made(lines: Callable[[bytes], str], name: str) -> None:
    assert unicodedata.normalize("NFC", lines(MADE[name])) == WANTED


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> PdfPage:
    path = tmp_path_factory.mktemp("wanted") / "a.pdf"
    path.write_bytes(MADE["as it is read"])
    (page,) = read_pages(path)
    return page


@pytest.mark.parametrize("name", sorted(MADE.keys() - {"scanned askew", "spread by spaces"}))
def test_a_page_has_the_same_pieces_however_it_was_made(wanted: PdfPage, tmp_path: Path, name: str) -> None:
    (tmp_path / "a.pdf").write_bytes(MADE[name])
    (page,) = read_pages(tmp_path / "a.pdf")
    assert [one.text for one in page.pieces] == [one.text for one in wanted.pieces]
    assert {one.bold for one in page.pieces} == {name == "twice for bold"}
    assert {round(one.size) for one in page.pieces} == {round(one.size) for one in wanted.pieces}
    sides = [(round(one.width), round(one.height)) for one in (page, wanted)]
    assert sides[0] in {sides[1], sides[1][::-1]}


def test_a_table_on_a_page_that_lies_on_its_side_is_one(tmp_path: Path) -> None:
    """Landscape pages that a printer of upright pages has turned; lines are turned with the letters."""
    cells = [("TT", 12, 54, 704), ("Nội dung", 12, 104, 704), ("1", 12, 54, 674), ("Tập huấn", 12, 104, 674)]
    lines = "".join(
        f"{-y + 718} {x + 124} m {-y2 + 718} {x2 + 124} l S\n"
        for x, y, x2, y2 in [(50, y, 200, y) for y in (720, 690, 660)] + [(x, 660, x, 720) for x in (50, 100, 200)]
    )  # turned about the middle of the page, as `placed` does
    data = drawn(*placed(cells, 90), lines=lines)
    (tmp_path / "a.pdf").write_bytes(data)
    source = as_source(read_pages(tmp_path / "a.pdf"))
    assert source.layout.sections[0].landscape
    found = [(one.cell.row, one.cell.column, one.text) for one in source.layout.paragraphs if one.cell]
    assert found == [(0, 0, "TT"), (0, 1, "Nội dung"), (1, 0, "1"), (1, 1, "Tập huấn")]


def test_letters_that_are_joined_are_letters(lines: Callable[[bytes], str]) -> None:
    assert lines(drawn(*placed([("oﬃce, Wi-ﬁ, ﬂow", 14, 50, 700)]))) == "office, Wi-fi, flow"


def test_fonts_of_old_are_read_as_what_they_show(lines: Callable[[bytes], str]) -> None:
    """A font of TCVN 5712:1993, its capitals, whose bytes are those of small letters, and one of VNI."""
    fonts = [
        f"<< /Type /Font /Subtype /TrueType /BaseFont /AAAAAA+{name} /Encoding /WinAnsiEncoding /FirstChar 0 /LastChar 255"
        f" /Widths [{' '.join(['500'] * 256)}] >>"
        for name in (".VnTime", ".VnTimeH,Bold", "VNI-Times")
    ]
    page = (
        "BT /F 12 Tf 50 700 Td (Së Y tÕ tØnh B×nh Ph\xad\xedc, ®¬n vÞ: Sè 45/BC-SYT) Tj /G 12 Tf 0 -20 Td (b¸o c¸o d©n vËn) Tj"
        " /H 12 Tf 0 -20 Td (Sôû Y teá tænh Bình Phöôùc, ñôn vò daân vaän) Tj ET"
    )
    said = "Sở Y tế tỉnh Bình Phước, đơn vị: Số 45/BC-SYT | BÁO CÁO DÂN VẬN | Sở Y tế tỉnh Bình Phước, đơn vị dân vận"
    assert unicodedata.normalize("NFC", lines(pdf(page, "", *fonts, fonts="/F 6 0 R /G 7 0 R /H 8 0 R"))) == said


def test_columns_of_prose_are_read_one_after_the_other_and_a_table_by_rows(lines: Callable[[bytes], str]) -> None:
    left = [(f"Dòng trái thứ {number} của văn bản này", 10, 50, 700 - 13 * number) for number in range(1, 5)]
    right = [(f"Dòng phải thứ {number} của văn bản này", 10, 250, 706 - 13 * number) for number in range(1, 4)]
    assert lines(drawn(*placed([*right, *left]))) == " | ".join(text for text, *_more in (*left, *right))
    cells = [("TT", "Nội dung", "Số liệu"), ("1", "Số hội nghị đã tổ chức", "12"), ("2", "Số lượt người dự", "1.250")]
    table = [
        (text, 10, x, 700 - 16 * row)
        for x, column in zip((50, 80, 300), zip(*cells, strict=True), strict=True)
        for row, text in enumerate(column)
    ]
    assert (
        lines(drawn(*placed(table)))
        == "TT  Nội dung  Số liệu | 1  Số hội nghị đã tổ chức  12 | 2  Số lượt người dự  1.250"
    )


def test_a_scan_and_letters_that_nobody_can_know_are_told_as_such(reader: PdfReader, tmp_path: Path) -> None:
    image = stream(
        "\x00", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    )
    files = {
        "scan": pdf("q 500 0 0 800 0 0 cm /I Do Q", "", image, fonts="/F 4 0 R >> /XObject << /I 6 0 R"),
        "fonts": drawn(*placed(LETTER), mapped=False),
        "": drawn(*placed(LETTER)),
    }
    for lacks, data in files.items():
        path = tmp_path / f"{lacks}.pdf"
        path.write_bytes(data)
        read = reader.read(path)
        assert (read.lacks, bool((read.text or "").strip())) == (lacks, not lacks)
