"""DV3: days that are real, in the plan's year, after their period and worked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from danvan_cli.calendar import last_day
from danvan_cli.lang import _
from danvan_cli.text import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.findings import Finding
    from danvan_cli.plan.model import Deliverable
    from danvan_cli.rules.context import PlanCheck
    from danvan_cli.yamlfile import Loc


def _dated(check: PlanCheck) -> Iterator[tuple[Loc, Deliverable, date, date]]:
    """Walk the deliverables with a date: the place of the date, the deliverable, the date written, its last day."""
    for i, one in enumerate(check.plan.deliverables):
        written = one.before or one.by
        last = last_day(one.before, one.by, includes=check.plan.settings.before_includes_day)
        if written and last:
            yield ("deliverables", i, "before" if one.before else "by"), one, written, last


def after_the_period(check: PlanCheck) -> Iterator[Finding]:
    """DV301: a deliverable due before its period ends can only carry an estimate."""
    for loc, one, _written, last in _dated(check):
        period = check.plan.period_by_id.get(one.period or "")
        if period and last <= period.end:
            message = _(
                "hạn cuối {last} của «{id}» trước khi hết kỳ số liệu ({end})",
                last=day(last), id=one.id, end=day(period.end),
            )  # fmt: skip
            yield check.at("DV301", loc, message, help=_("số liệu cuối kỳ ghi là ước thực hiện"))


def in_the_year(check: PlanCheck) -> Iterator[Finding]:
    """DV302: a deadline lies in the plan's year."""
    for loc, _one, written, last in _dated(check):
        if last.year != check.plan.year:
            yield check.at(
                "DV302",
                loc,
                _("thời hạn {date} nằm ngoài năm kế hoạch {year}", date=day(written), year=check.plan.year),
                help=_(
                    "ghi một ngày trong năm {year}, ví dụ {example}",
                    year=check.plan.year,
                    example=_same_day(written, check.plan.year),
                ),
            )


def _same_day(written: date, year: int) -> str:
    try:
        return written.replace(year=year).isoformat()
    except ValueError:  # 29/02
        return f"{year}-02-28"


def on_a_working_day(check: PlanCheck) -> Iterator[Finding]:
    """DV303, DV304: the last day is a working day by the workspace's calendar, which must hold its year."""
    missing: set[int] = set()
    for loc, one, _written, last in _dated(check):
        if not check.calendar.covers(last.year):
            if last.year not in missing:
                missing.add(last.year)
                yield check.at(
                    "DV304",
                    loc,
                    _("lịch làm việc chưa có năm {year}, không biết ngày nào nghỉ", year=last.year),
                    help=_("thêm năm {year} vào plans/calendar.yaml", year=last.year),
                )
            continue
        why = check.calendar.rest(last)
        if why:
            yield check.at(
                "DV303",
                loc,
                _(
                    "hạn cuối {last} của «{id}» không phải ngày làm việc ({why})",
                    last=day(last),
                    id=one.id,
                    why=why,
                ),
                help=_(
                    "ngày làm việc gần nhất trước đó: {date}",
                    date=day(check.calendar.working_day_before(last)),
                ),
            )


def documents_before_the_plan(check: PlanCheck) -> Iterator[Finding]:
    """DV306: a cited document is not younger than the plan."""
    end = check.plan.issued.date or date(check.plan.year, 12, 31)
    for i, document in enumerate(check.plan.documents):
        if document.date and document.date > end:
            name = document.symbol or document.title or document.type
            yield check.at(
                "DV306",
                ("documents", i, "date"),
                _(
                    "{name} có ngày {date}, sau kế hoạch ({end})",
                    name=name,
                    date=day(document.date),
                    end=day(end),
                ),
            )
