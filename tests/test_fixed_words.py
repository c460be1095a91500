"""Papers and messages speak of the plan's own subject, year, province and departments: none is fixed in the source."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

from danvan_cli.plan.register import provinces

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
ROOMS = ("papers", "province", "delivery", "excel", "inbox", "desk", "unit", "scoring")
FIXED = re.compile(
    r"dân vận|Bình Phước|Sở (?:Nội vụ|Y tế|Tư pháp)|\b(?:19|20)\d\d\b|" + "|".join(one.name for one in provinces()),
    re.IGNORECASE,
)
# What only shows how something is written: it is no part of what is said of this plan.
SHOWS = {"said", "spread", "examples", "to", "Use", "rule", "Field", "option", "argument"}
ALLOWED = {
    "viết như 10/2/2023", "ngày viết như 2023-05-10", "Nhập một ngày, ví dụ 10/5/2023.",
}  # fmt: skip
"""Days as examples of how a day is written."""
DAY = re.compile(r"\b\d{1,2}/\d{1,2}/20\d\d\b|\b20\d\d-\d\d-\d\d\b")


def spoken(path: Path) -> Iterator[tuple[int, str]]:
    """Give the texts of a module that it says of a plan: no docstrings, no examples."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_out: set[int] = set()
    for node in ast.walk(tree):
        name = node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else (
            node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        )  # fmt: skip
        doc = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        sample = isinstance(node, ast.AnnAssign | ast.Assign) and any(
            isinstance(one, ast.Name) and one.id in {"_UNITS", "URGED"} for one in ast.walk(node)
        )
        if name in SHOWS or doc or sample:
            left_out |= {id(one) for one in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            yield node.lineno, node.value


def test_no_template_names_a_subject_a_year_a_province_or_a_department() -> None:
    found = [
        (path.name, line)
        for path in sorted((ROOT / "templates").glob("*.j2"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if FIXED.search(line)
    ]
    assert found == []


def test_no_message_names_a_subject_a_year_a_province_or_a_department() -> None:
    found = [
        (str(path.relative_to(ROOT)), line, text)
        for room in ROOMS
        for path in sorted((ROOT / "src" / "danvan_cli" / room).rglob("*.py"))
        for line, text in spoken(path)
        if text not in ALLOWED
        and not any(one in text for one in ("json-schema.org", "/2006/relationships/"))
        and FIXED.search(DAY.sub("", text))
    ]
    assert found == []


def test_the_search_finds_what_it_looks_for(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(
        '"""dân vận"""\nx = _("công tác dân vận")\ny = said("dân vận")\nz = f"năm 2023 {x}"\n', encoding="utf-8"
    )
    assert [line for line, text in spoken(path) if FIXED.search(text)] == [2, 4]
