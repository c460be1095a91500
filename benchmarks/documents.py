"""Documents per second: ours against docxtpl, on one 4-page report with a 40-row table, same content and styles.

    python benchmarks/documents.py

The docxtpl template is our own rendered document with docxtpl's tags in the place of the data, so that both fill the
same styles and layout. Each document goes from data to bytes; rounds alternate; the ratio is of medians.
"""

from __future__ import annotations

import io
import sys
import time
from statistics import median
from typing import TYPE_CHECKING, Any

import docx
from docxtpl import DocxTemplate

from danvan_cli.documents.template import Template, compile_template

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 15
WANTED = 15.0

HEAD = """---
letterhead: {superior: [UBND TỈNH BÌNH PHƯỚC], issuer: [SỞ Y TẾ], symbol: BC-SYT, place: Bình Phước, year: 2023, month: 5}
type: BÁO CÁO
subject: SUBJECT
to: [Ủy ban nhân dân tỉnh, Sở Nội vụ]
signature: {lines: [GIÁM ĐỐC], name: Nguyễn Văn A}
recipients: [Như trên, "Lưu: VT, NV"]
---
# I. KẾT QUẢ THỰC HIỆN

"""

OURS = (
    HEAD.replace("SUBJECT", '"{{ subject }}"')
    + """{% for area in areas %}
## {{ area.title }}

{% for line in area.lines %}
- **{{ line.title }}**: {{ line.result }};

{% endfor %}
{% endfor %}
# Phụ lục I

# Tiến độ

| TT | Nhiệm vụ | Kết quả | Thời hạn |
|:-:|----------|------------|:----:|
{% for row in rows %}
| {{ row.number }} | {{ row.title }} | {{ row.result }} | {{ row.due }} |
{% endfor %}
"""
)

# The same document with docxtpl's own paragraph and row tags.
THEIRS = (
    HEAD.replace("SUBJECT", '"{% raw %}{{ subject }}{% endraw %}"')
    + """{% raw %}{%p for area in areas %}

## {{ area.title }}

{%p for line in area.lines %}

- **{{ line.title }}**: {{ line.result }};

{%p endfor %}

{%p endfor %}

# Phụ lục I

# Tiến độ

| TT | Nhiệm vụ | Kết quả | Thời hạn |
|:-:|----------|------------|:----:|
| {%tr for row in rows %} | . | . | . |
| {{ row.number }} | {{ row.title }} | {{ row.result }} | {{ row.due }} |
| {%tr endfor %} | . | . | . |
{% endraw %}"""
)

RESULT = (
    "Đã tổ chức 12 hội nghị quán triệt cho 1.250 lượt cán bộ, công chức & viên chức; tỷ lệ đạt 98,5% so với kế hoạch"
)
DATA: dict[str, Any] = {
    "subject": "Kết quả thực hiện công tác dân vận chính quyền 6 tháng đầu năm 2023",
    "areas": [
        {
            "title": f"{number}. Nội dung công tác thứ {number}",
            "lines": [{"title": f"Nhiệm vụ {number}.{line}", "result": RESULT} for line in range(1, 5)],
        }
        for number in range(1, 6)
    ],
    "rows": [
        {"number": n, "title": f"Nhiệm vụ thứ {n} của đơn vị", "result": RESULT[:60], "due": "10/5/2023"}
        for n in range(1, 41)
    ],
}


def compiled(source: str) -> Template:
    return compile_template("bao-cao", lambda name: (source, f"{name}.md.j2"))


def texts(data: bytes) -> list[str]:
    """Give all text of a document, to see that both made the same."""
    document = docx.Document(io.BytesIO(data))
    rows = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [text for text in (*(p.text for p in document.paragraphs), *rows) if text]


def seconds(make: Callable[[], bytes], times: int) -> float:
    """Time one document, as the mean of a few in a row."""
    start = time.perf_counter()
    for _ in range(times):
        make()
    return (time.perf_counter() - start) / times


def main() -> int:
    template = compiled(OURS)
    source = compiled(THEIRS).render({}).data

    def ours() -> bytes:
        return template.render(DATA).data

    def theirs() -> bytes:
        document = DocxTemplate(io.BytesIO(source))
        document.render(DATA, autoescape=True)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    if texts(ours()) != texts(theirs()):
        print("documents: the two documents differ", file=sys.stderr)
        return 2
    rounds = [(seconds(ours, 20), seconds(theirs, 2)) for _ in range(ROUNDS)]
    mine, other = (median(times) for times in zip(*rounds, strict=True))
    print(
        f"documents: {other / mine:.1f} x docxtpl's documents per second "
        f"({mine * 1000:.2f} ms against {other * 1000:.1f} ms; wanted: at least {WANTED:.0f} x)"
    )
    return 0 if other / mine >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
