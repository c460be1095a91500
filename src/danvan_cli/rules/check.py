"""Which rules there are, and a whole check: of a plan, a calendar, a unit's file."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from danvan_cli.findings import in_order
from danvan_cli.lang import _
from danvan_cli.rules import citations, dates, references, units
from danvan_cli.rules.context import PlanCheck
from danvan_cli.rules.units import UnitCheck
from danvan_cli.text import clean, secret_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from danvan_cli.calendar import Calendar
    from danvan_cli.findings import Finding
    from danvan_cli.plan.load import PlanFile
    from danvan_cli.plan.model import Plan
    from danvan_cli.unit.load import UnitFile
    from danvan_cli.yamlfile import YamlFile

PLAN_RULES: Final[tuple[Callable[[PlanCheck], Iterator[Finding]], ...]] = (
    references.owners_exist,
    references.blocks_exist,
    references.periods_exist,
    references.recipients_exist,
    references.ids_unique,
    references.task_ids_follow_areas,
    references.cited_places_exist,
    references.indicators_exist,
    references.sections_exist,
    references.relatives_exist,
    dates.after_the_period,
    dates.in_the_year,
    dates.on_a_working_day,
    dates.documents_before_the_plan,
    citations.register_and_texts_agree,
    citations.types_fit_symbols,
)

UNIT_RULES: Final[tuple[Callable[[UnitCheck], Iterator[Finding]], ...]] = (
    units.unit_is_the_plans,
    units.names_are_the_plans,
    units.tasks_are_as_adopted,
    units.figures_agree,
    units.no_personal_data,
)

_EXCUSE = re.compile(r"#\s*danvan:\s*ignore\s+(DV\d{3})\b[ \t]*(.*)")
_MARKS = ("MẬT", "ộ mật")


def check_plan(read: PlanFile, calendar: Calendar) -> list[Finding]:
    """Check a plan that was read: what reading found, and every rule."""
    found = [*read.findings, *secrets(read.file)]
    if read.plan is not None:
        check = PlanCheck(read.file, read.plan, calendar)
        for rule in PLAN_RULES:
            found.extend(rule(check))
    return in_order(excused(read.file, found))


def check_unit(read: UnitFile, plan: Plan) -> list[Finding]:
    """Check a unit's file that was read, against its plan."""
    found = [*read.findings, *secrets(read.file)]
    if read.record is not None:
        check = UnitCheck(read.file, read.record, plan)
        for rule in UNIT_RULES:
            found.extend(rule(check))
    return in_order(excused(read.file, found))


def secrets(file: YamlFile) -> list[Finding]:
    """DV904: no line bears a mark of state secrecy; what the line says is not repeated."""
    found: dict[int, int] = {}
    text = clean(file.text) if file.text and not file.text.isascii() else file.text
    for mark in _MARKS:
        index = text.find(mark)
        while index >= 0:
            start = text.rfind("\n", 0, index) + 1
            end = text.find("\n", index)
            if secret_mark(text[start : end if end >= 0 else None]):
                found.setdefault(text.count("\n", 0, start), index - start)
            index = text.find(mark, index + 1)
    findings = []
    for line, column in found.items():
        index = file.line_start(line + 1) + column
        findings.append(
            file.finding(
                "DV904",
                (index, index + 3),
                _("có dấu chỉ độ mật; nội dung không được đưa vào đây và không hiện lại"),
                help=_("bỏ đoạn này và báo cáo theo đường riêng của tài liệu mật"),
                echo=False,
            )
        )
    return findings


def excused(file: YamlFile, findings: list[Finding]) -> list[Finding]:
    """Leave out what the user excused on the line itself: `# danvan: ignore DV301 lý do`."""
    excuses: dict[int, set[str]] = defaultdict(set)
    if "danvan:" in file.text:
        for found in _EXCUSE.finditer(file.text):
            if found[2].strip():
                excuses[file.spot(found.start()).line].add(found[1])
    if not excuses:
        return findings
    return [one for one in findings if one.rule not in excuses.get(one.spot.line, ())]
