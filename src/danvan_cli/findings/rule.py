"""A rule as people are told of it, declared at the function that finds it: `@rule("DV301", "name", "note", "why", …)`.

Codes are stable. `rules.json` holds what all functions declare, so that explaining a rule imports none of them:
`python -m danvan_cli.rules.catalogue` writes it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

F = TypeVar("F")

OURS: Final = "quy ước của danvan"
"""The source of a rule that no law asks for."""
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
FORM_CODE: Final = "ND"
"""How the codes begin of the form of Word documents by Nghị định 30/2020/NĐ-CP."""
FILE: Final = Path(__file__).with_name("rules.json")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code, name, severity (`error`, `warning`, `note`), reason, a wrong and a right example, source."""

    code: str
    name: str
    severity: str
    why: str
    wrong: str = ""
    right: str = ""
    source: str = ""

    @property
    def mends(self) -> bool:
        """Whether `danvan check --fix` mends it (in some places a person still must)."""
        return self.code in MENDED


MENDED: Final = frozenset(("DV102", "DV114", "DV117", "DV403", "DV408", "DV502", "DV503", "DV504"))
"""The rules that `danvan check --fix` mends."""
DECLARED: Final[dict[str, Rule]] = {}
"""The rules of the modules that are imported, by code."""
_RUN: Final[dict[str, list[Callable[[Any], Iterator[Any]]]]] = defaultdict(list)


def rule(code: str, name: str = "", severity: str = "", why: str = "", wrong: str = "", right: str = "",
         source: str = "") -> Callable[[F], F]:  # fmt: skip
    """Declare a rule where it is found; with codes alone (`DV203, DV208`): find what is declared elsewhere.

    A function whose one parameter is annotated with what a check looks at (`check: PlanCheck`) is run by that check, of
    several (`check: PlanCheck | RegisterCheck`) by each, of a kind (`check: UnitsFileCheck`) by all of it. The code,
    `DV` or `ND` and three digits, never changes its meaning; the severity is `error`, `warning` or `note`, the source the
    law or the decision behind the rule.

    Raises:
        ValueError: if another rule has this code.
    """
    if name:
        if code in DECLARED:
            raise ValueError(code)
        DECLARED[code] = Rule(code, name, severity, why, wrong, right, source)

    def found_by(function: F) -> F:
        parameters = [kind for key, kind in getattr(function, "__annotations__", {}).items() if key != "return"]
        for kind in str(parameters[0]).split(" | ") if len(parameters) == 1 else ():
            if function not in _RUN[kind]:
                _RUN[kind].append(function)  # type: ignore[arg-type]  # what a check runs gives findings
        return function

    return found_by


def ask_rules(thing: object) -> Iterator[Any]:
    """Give what the rules of the modules imported so far find that look at such a thing, or at what it is a kind of."""
    for kind in type(thing).__mro__:
        for asked in list(_RUN[kind.__name__]):
            yield from asked(thing)


@cache
def _written() -> dict[str, Rule]:
    import json

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
