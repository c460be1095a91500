"""DV960, DV961: what a file still has to be confirmed by a person."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from danvan_cli.findings.rule import OURS, rule
from danvan_cli.lang import _
from danvan_cli.yaml.marks import MARK, marks
from danvan_cli.yaml.yamlfile import MAX_FINDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.findings.finding import Finding
    from danvan_cli.rules.context import PlanCheck, RegisterCheck
    from danvan_cli.rules.rubrics import RubricCheck
    from danvan_cli.yaml.yamlfile import YamlFile


@rule(
    "DV960", "Chỗ còn cần xác nhận", "warning",
    "Điều máy hiểu từ lời văn mà chưa chắc thì phải có người xem trước khi giao cho các đơn vị.",
    wrong="lead: so-noi-vu  # cần xác nhận: cơ quan nêu trong ngoặc ở cuối đoạn", right="lead: so-noi-vu", source=OURS,
)  # fmt: skip
@rule(
    "DV961", "Kế hoạch đã ban hành còn chỗ cần xác nhận", "error",
    "Kế hoạch ghi là đã ban hành thì không còn điều nào do máy đoán.",
    wrong="state: issued\nyear: 2026  # cần xác nhận: lấy năm của ngày ban hành", right="state: issued\nyear: 2026", source=OURS,
)  # fmt: skip
def confirmed(check: PlanCheck) -> Iterator[Finding]:
    """DV960: each place that somebody is still to look at; DV961: a plan that has any is no issued one."""
    found = [*_marked(check.file)]
    yield from found
    if found and check.plan.state == "issued":
        said = _("kế hoạch ghi là đã ban hành mà còn {count} chỗ cần xác nhận", count=len(found))
        yield check.at("DV961", ("state",), said, help=_("ghi state: draft cho đến khi đã xem hết các chỗ ấy"))


@rule("DV960")
def others_confirmed(check: RegisterCheck | RubricCheck) -> Iterator[Finding]:
    """DV960: in a register of units and in a file of rubrics, too."""
    if not getattr(check, "number", 0):  # a file has several rubrics, and is looked at once
        yield from _marked(check.file)


def _marked(file: YamlFile) -> Iterator[Finding]:
    for one in islice(marks(file), MAX_FINDINGS):
        said = _("cần xác nhận: {what}", what=one.says) if one.says else _("chỗ này cần xác nhận")
        how = _("xem lại, sửa cho đúng, rồi xóa ghi chú «# {mark}»", mark=MARK)
        yield file.finding("DV960", (one.start, one.end), said, help=how)
