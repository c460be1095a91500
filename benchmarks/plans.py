"""Plans of any size for the benchmarks: valid, and of the same stuff as a real one.

All names, numbers and dates in them are made up; they name no document that exists. The same number of lines gives
the same bytes.

    python benchmarks/plans.py 10000 > plan.yaml
"""

from __future__ import annotations

import sys
import textwrap
from datetime import date, timedelta
from typing import Final

WIDTH: Final = 108
"""Columns of a line, as in the shipped plan."""
TASKS, DELIVERABLES, INDICATORS, UNITS = 8, 2, 6, 7
"""So many come with each area; and a document with each task."""
SECTION: Final = """\
sections:
  - id: III
    heading: III. TỔ CHỨC THỰC HIỆN
    kind: duties
    items:
      - id: III.1
        title: Các cơ quan, đơn vị, địa phương
        owners: [all]
        text: Báo cáo kết quả thực hiện về Sở Nội vụ.

  - id: II
    heading: II. NỘI DUNG
    kind: tasks
    labels: ["1.", ""]
    items:"""

SECTIONS: Final = {
    "areas": SECTION,
    "deliverables": "deliverables:",
    "documents": "documents:",
    "indicators": "indicators:\n  official: false\n  source: Số liệu giả định.\n  items:",
    "units": "units:",
}
FIRST_DAY: Final = date(2005, 1, 3)

SENTENCES: Final = (
    (
        "Tiếp tục đổi mới nội dung, phương thức công tác dân vận phù hợp với tình hình thực tế của cơ quan, địa phương;"
        " phát huy vai trò, trách nhiệm của người đứng đầu trong chỉ đạo, điều hành."
    ),
    (
        "Đẩy mạnh tuyên truyền, phổ biến chủ trương của Đảng, chính sách, pháp luật của Nhà nước đến cán bộ, công chức,"
        " viên chức và Nhân dân, nhất là ở vùng sâu, vùng xa, vùng đồng bào dân tộc thiểu số."
    ),
    (
        "Thực hiện phương châm “dân biết, dân bàn, dân làm, dân kiểm tra, dân giám sát, dân thụ hưởng”; kịp thời giải"
        " quyết những kiến nghị chính đáng của Nhân dân ngay từ cơ sở."
    ),
    (
        "Nâng cao chất lượng tiếp công dân, đối thoại trực tiếp; công khai, minh bạch quy trình, thủ tục, thời hạn và"
        " kết quả giải quyết hồ sơ tại bộ phận một cửa."
    ),
    (
        "Phối hợp chặt chẽ với Mặt trận Tổ quốc và các tổ chức chính trị - xã hội vận động Nhân dân tham gia xây dựng"
        " nông thôn mới, giảm nghèo bền vững, giữ gìn an ninh, trật tự."
    ),
)
TYPES: Final = (("Kế hoạch", "KH"), ("Quyết định", "QĐ"), ("Chỉ thị", "CT"), ("Nghị quyết", "NQ"))

HEAD: Final = """\
# Kế hoạch giả định để đo tốc độ; mọi tên gọi, số, ký hiệu, ngày tháng đều không có thật.
format: danvan-plan/2
id: "2023"
year: 2023
state: issued                    # draft: dự thảo; issued: đã ban hành
title: Kế hoạch giả định để đo tốc độ
subject: công tác giả định

issuer:
  id: ubnd-tinh
  name: Ủy ban nhân dân tỉnh Ví Dụ
  short: Ủy ban nhân dân tỉnh
  abbr: UBND
  place: Ví Dụ
  letterhead: [Ủy ban nhân dân, tỉnh Ví Dụ]

signature:
  lines: [TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH]

periods:
  - {id: quy-1, name: quý I năm 2023, from: 2023-01-01, to: 2023-03-31}

blocks:
  - {id: so, name: Các sở, superior: Ủy ban nhân dân tỉnh Ví Dụ, place: Ví Dụ, signs: [GIÁM ĐỐC]}
  - {id: huyen, name: UBND cấp huyện, signs: [TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH]}
"""


def plan(lines: int) -> str:
    """Write a plan of about so many lines (not fewer; one area more at most).

    Args:
        lines: the least number of lines.

    Returns:
        The plan, which has no errors.
    """
    sections = {name: [head] for name, head in SECTIONS.items()}
    size = HEAD.count("\n") + 2 * len(sections)
    number = 0
    while size < lines:
        number += 1
        for name, added in _area(number).items():
            sections[name] += added
            size += len(added)
    return HEAD + "".join("\n" + "\n".join(written) + "\n" for written in sections.values())


def _area(number: int) -> dict[str, list[str]]:
    """Write an area and what comes with it: lines by section of the plan."""
    area = f"II.{number}"
    written: dict[str, list[str]] = {name: [f"  # Nội dung {number}"] for name in SECTIONS}
    written["areas"] += [
        f"      - id: {area}",
        "        title: >-",
        *_folded(SENTENCES[number % 5], 10),
        "        items:",
    ]
    for task in range(1, TASKS + 1):
        serial = number * TASKS + task
        kind, symbol, day = _document(serial)
        cited = f"{kind} số {symbol} ngày {day.day:02d}/{day.month}/{day.year}"
        text = f"{SENTENCES[serial % 5]} Thực hiện {cited} của Ủy ban nhân dân tỉnh. {SENTENCES[serial // 5 % 5]}"
        written["areas"] += [
            f"          - id: {area}.{task}",
            f"            label: Nhiệm vụ giả định số {serial}",
            f"            owners: [{f'so-{number}-{task}, huyen' if task <= UNITS else 'all'}]   # đơn vị thực hiện",
            "            text: >-",
            *_folded(text, 14),
            "",
        ]
        written["documents"] += [
            f"  - id: vb-{serial}",
            f"    type: {kind}",
            f"    symbol: {symbol}",
            f"    date: {day.isoformat()}",
            "    issuer: Ủy ban nhân dân tỉnh",
            f"    cited: [{area}.{task}]",
            "",
        ]
    for i in range(1, DELIVERABLES + 1):
        written["deliverables"] += [
            f"  - id: bc-{number}-{i}",
            "    kind: report",
            f"    name: Báo cáo giả định số {number}.{i} về kết quả công tác dân vận chính quyền",
            "    period: quy-1",
            "    owners: [all]",
            "    before: 2023-05-10",
            "    duty: III.1",
            "",
        ]
    for i in range(1, INDICATORS + 1):
        written["indicators"] += [
            f"    - {{id: ct-{number}-{i}, name: Chỉ tiêu giả định số {number}.{i},",
            f"       unit: người, area: {area}, over_periods: cumulative}}",
        ]
    written["units"] += [
        f"  - {{id: so-{number}-{i}, name: Sở giả định số {number}.{i}, abbr: S{number}X{i}, block: so, confirmed: false}}"
        for i in range(1, UNITS + 1)
    ]
    return written


def _document(serial: int) -> tuple[str, str, date]:
    """Give type, symbol and date of a document that does not exist."""
    kind, code = TYPES[serial % len(TYPES)]
    return kind, f"{serial}/{code}-UBND", FIRST_DAY + timedelta(days=serial % 6500)


def _folded(text: str, indent: int) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent, break_on_hyphens=False
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(plan(int(sys.argv[1])))
