"""The catalogue of rules: what `danvan rule` explains, the documentation lists and every output format names.

Codes are stable. A rule stands at the function that finds it (`findings.rule`); `rules.json` holds what all of them
declare, so that explaining one imports none of them: `python -m danvan_cli.rules.catalogue` writes it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final

from danvan_cli.findings.rule import DECLARED, Rule
from danvan_cli.lang import _

GROUPS: Final = {
    "DV1": "YAML và lược đồ",
    "DV2": "Tham chiếu",
    "DV3": "Ngày tháng",
    "DV4": "Viện dẫn văn bản",
    "DV5": "Chữ tiếng Việt",
    "DV6": "Sửa kế hoạch đã ban hành",
    "DV7": "Bộ tiêu chí chấm điểm",
    "DV8": "Mẫu văn bản",
    "DV9": "Tệp của cơ quan, đơn vị",
    "ND1": "Trang, phông chữ",
    "ND2": "Thành phần thể thức",
    "ND3": "Cách trình bày thành phần",
    "ND4": "Đoạn văn",
    "ND5": "Nội dung thể thức",
}
FORM: Final = "ND"
"""How the codes begin of the form of Word documents by Nghị định 30/2020/NĐ-CP."""
FILE: Final = Path(__file__).with_name("rules.json")


@cache
def _written() -> dict[str, Rule]:
    return {one["code"]: Rule(**one) for one in json.loads(FILE.read_text(encoding="utf-8"))}


def catalogue() -> dict[str, Rule]:
    """Give all rules by code, in the order of their codes."""
    return dict(sorted((_written() | DECLARED).items()))


def find(code: str) -> Rule:
    """Give a rule.

    Raises:
        KeyError: if there is no such rule.
    """
    return DECLARED.get(code) or _written()[code]


def group(code: str) -> str:
    """Name the group a code belongs to, on the screen."""
    return _(GROUPS[code[:3]])
