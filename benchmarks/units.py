"""A workspace of 150 units with files of about 185 lines, for the benchmark of `danvan check`.

The plan is the shipped one with more units; what units record is made up. The same bytes each time.

    python benchmarks/units.py FOLDER
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
UNITS: Final = 150
_TASK: Final = """\
  {task}:
    lead: Phòng Tổ chức - Hành chính
    due: {due}
    status: doing
    activities:
      - {{content: Tổ chức hội nghị quán triệt số {number}, lead: Văn phòng, due: 2023-06-30, product: Báo cáo}}
    results:
      6m: Đã tổ chức {number:02} hội nghị với {people} lượt cán bộ, công chức, viên chức tham dự.
"""


def many_units(folder: Path, units: int = UNITS) -> None:
    """Make the workspace."""
    plans = folder / "plans"
    plans.mkdir(parents=True)
    for name in ("calendar.yaml", "2023.rubric.yaml"):
        (plans / name).write_bytes((ROOT / "plans" / name).read_bytes())
    plan = (ROOT / "plans" / "2023.yaml").read_text(encoding="utf-8").rstrip("\n") + "\n"
    names = [f"so-gia-dinh-{i}" for i in range(1, units + 1)]
    more = [
        f"  - {{id: {name}, name: Sở giả định số {i}, abbr: SGĐ{i}, block: so-ban-nganh, confirmed: false}}\n"
        for i, name in enumerate(names, start=1)
    ]
    (plans / "2023.yaml").write_text(plan + "".join(more), encoding="utf-8")
    tasks = re.findall(r"^ +- id: (II\.\d+\.\S+)", plan, re.MULTILINE)
    for i, name in enumerate(names, start=1):
        lines = ["format: danvan-unit/1", f"unit: {name}", 'plan: "2023"', "drafter: Phòng Tổ chức", "tasks:"]
        body = "".join(
            _TASK.format(
                task=task, number=(i + n) % 9 + 1, people=40 + i, due="2023-05-31" if n % 3 else "thường xuyên"
            )
            for n, task in enumerate(tasks)
        )
        figures = "indicators:\n" + "".join(f"  {key}:\n    6m: {i + n}\n" for n, key in enumerate(_figures(plan)[:9]))
        rest = (
            "deliverables:\n  ke-hoach: {number: 12/KH-SGĐ, date: 2023-02-20}\nobstacles:\n  - text: Thiếu kinh phí.\n"
        )
        path = folder / "units" / name / "unit.yaml"
        path.parent.mkdir(parents=True)
        path.write_text("\n".join(lines) + "\n" + body + figures + rest, encoding="utf-8")


def _figures(plan: str) -> list[str]:
    """List the plan's indicators that no relation to another binds."""
    inside = plan.split("\n  items:\n", 1)[1].split("\n  checks:\n", 1)
    return [key for key in re.findall(r"^    - \{?id: ([a-z0-9-]+)", inside[0], re.MULTILINE) if key not in inside[1]]


if __name__ == "__main__":
    many_units(Path(sys.argv[1]))
