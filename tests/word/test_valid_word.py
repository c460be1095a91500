"""A document with everything in it: valid for both validators, and right on its pages."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest

from danvan_cli.word import package
from office import converted
from templates_made import render
from tools_needed import require
from validators import audit, sdk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


SOURCE = """---
letterhead: "{{ head }}"
type: BÁO CÁO
subject: "Kết quả & <thử> năm {{ head.year }}"
to: [Ủy ban nhân dân tỉnh, Sở Nội vụ]
signature: {lines: [GIÁM ĐỐC], name: null}
recipients: [Như trên, "Lưu: VT, NV"]
---
Căn cứ Luật A;
Căn cứ Luật B.

# I. KẾT QUẢ

{{ text }}

{% for row in rows[0] %}
- {{ row }};
{% endfor %}

## 1. Việc

### a) Nhỏ

**Đậm *nghiêng* {{ none | blank("còn thiếu") }}**\\
dòng hai./.

# Phụ lục I
# Bảng việc

| TT | Việc | Điểm |
|:-:|------|--:|
{% for row in rows %}
| {{ loop.index }} | {{ row[0] }} | {% if row[1] %}{{ row[1] | number }}{% endif %} |
{% endfor %}
| **A** | | |
"""

DATA = {
    "head": {"superior": ["UBND TỈNH"], "issuer": ["SỞ Y TẾ"], "symbol": "BC-SYT", "place": "Bình Phước", "year": 2023},
    "text": "một\t&\n- hai;\na) ba\n1. bốn",
    "rows": [[f"Việc thứ {n}", n if n % 2 else 0] for n in range(90)],
}


@pytest.fixture
def path(
    tmp_path: Path,
) -> Path:
    path = tmp_path / "a.docx"
    path.write_bytes(render(SOURCE, DATA).data)
    return path


@pytest.mark.office
@pytest.mark.parametrize("validate", [audit, sdk])
def test_a_document_with_everything_is_valid(validate: Callable[[Path], list[str]], path: Path) -> None:
    assert validate(path) == []


@pytest.mark.office
@pytest.mark.parametrize("validate", [audit, sdk])
def test_the_validators_see_a_broken_document(validate: Callable[[Path], list[str]], tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(package.build("<w:p><w:r><w:p/></w:r></w:p>"))
    assert validate(path)


@pytest.fixture
def pages(path: Path, tmp_path: Path) -> list[list[tuple[float, float, str]]]:
    """Print it, and give each page's words with their places: left, top (in points), word."""
    (printed,) = converted([path], "pdf", tmp_path)
    command = [require("pdftotext"), "-bbox", str(printed), "-"]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return [
        [
            (float(x), float(y), word)
            for x, y, word in re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)".*?>(.*?)</', page)
        ]
        for page in done.stdout.split("<page")[1:]
    ]


@pytest.mark.office
def test_the_pages_look_as_the_decree_says(pages: list[list[tuple[float, float, str]]]) -> None:
    first, second, third, *_more = pages

    def place(page: list[tuple[float, float, str]], word: str) -> tuple[float, float]:
        return next((x, y) for x, y, shown in page if shown == word)

    assert place(first, "CỘNG")[1] == place(first, "NAM")[1], "quốc hiệu trên một dòng"
    assert place(first, "CỘNG")[0] > 595 * 0.4 > place(first, "SỞ")[0]
    assert place(first, "Số:")[1] == pytest.approx(place(first, "Phước,")[1], abs=1)
    assert place(first, "GIÁM")[1] == pytest.approx(place(first, "Nơi")[1], abs=3), "nơi nhận và chữ ký cạnh nhau"
    assert place(first, "GIÁM")[0] > 595 / 2 > place(first, "Nơi")[0]
    assert not [word for _x, y, word in first if y < 50], "trang đầu không có số trang"
    assert not [word for _x, y, word in second if y < 50], "phụ lục đánh số trang riêng, trang đầu không có số"
    assert [word for _x, y, word in third if y < 50] == ["2"]
    assert place(second, "Phụ")[1] < 80, "phụ lục sang trang mới"
    heads = [y for page in (second, third) for _x, y, word in page if word == "TT"]
    assert len(heads) == 2, "dòng tên cột lặp lại ở trang sau"


def test_nothing_of_the_text_is_formatted_but_by_styles(path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as zipped:
        xml = zipped.read(package.DOCUMENT).decode()
    xml = re.sub(r"<w:sectPr>.*?</w:sectPr>", "", xml)
    inside = set(re.findall(r"<w:(\w+)[ />]", "".join(re.findall(r"<w:[pr]Pr>.*?</w:[pr]Pr>", xml))))
    assert inside <= {"pPr", "rPr", "pStyle", "rStyle", "ind", "keepNext", "b", "i"}
    assert all('w:val="DuongKe"' in found for found in re.findall(r"<w:pPr>(?:(?!</w:pPr>).)*<w:ind.*?</w:pPr>", xml))
