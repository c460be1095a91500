"""DV213: what a file of functions names is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_cli.findings.rule import OURS, rule
from danvan_cli.lang import _
from danvan_cli.rules.context import FileCheck, meant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.findings.finding import Finding
    from danvan_cli.unit.functions import Functions


@dataclass(frozen=True)
class FunctionsCheck(FileCheck):
    """A file of functions, and what it says."""

    record: Functions


@rule(
    "DV213", "Tệp chức năng nêu tên không có", "error",
    "Câu gợi ý có chỗ {…} không ai có chữ thay vào thì không bao giờ được đề xuất; nguồn không có thì không ai đối chiếu được.",
    wrong='content: "Tuyên truyền cho {nguoi}"', right='content: "Tuyên truyền cho {people}"', source=OURS,
)  # fmt: skip
def functions_name_what_is_there(check: FunctionsCheck) -> Iterator[Finding]:
    """DV213: sources and kinds are in the file, and every place of a sentence is filled by some group, field or the plan."""
    record = check.record
    sources, kinds, slots = {one.id for one in record.sources}, {one.id for one in record.kinds}, record.slots
    fields = list(enumerate(record.fields_))
    message = _("không có «{id}» trong tệp chức năng")
    named = ((("fields", i, "source"), field.source or None) for i, field in fields)
    yield from check.unknown("DV213", named, sources, message)
    own = ((("fields", i, "own", j, "id"), one.id) for i, field in fields for j, one in enumerate(field.own))
    yield from check.unknown("DV213", own, kinds, message)
    for i, kind in enumerate(record.kinds):
        for j, one in enumerate(kind.activities):
            for key, name in one.asks:
                if name not in slots:
                    message = _("không có chữ thay vào {name}", name=f"{{{name}}}")
                    yield check.at("DV213", ("kinds", i, "activities", j, key), message, help=meant(name, slots))
