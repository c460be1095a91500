"""DV3: days that are real, in the plan's year, after their period and worked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.findings.rule import OURS, rule
from danvan_cli.lang import _
from danvan_cli.plan.calendar import last_day, today
from danvan_cli.plan.days import misdated, misdue, written_years
from danvan_cli.plan.moved import moved_day
from danvan_cli.text import day
from danvan_cli.typed import TIMES
from danvan_cli.yaml.yamlfile import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.model import Period, Plan
    from danvan_cli.plan.owed import Recurrence
    from danvan_cli.rules.context import FileCheck, PlanCheck, UnitsFileCheck
    from danvan_cli.rules.units import UnitCheck
    from danvan_cli.yaml.yamlfile import Loc

_AFTER: Final = timedelta(days=92)
"""By so long after its period a report of the year's end is due."""


class _Dated(NamedTuple):
    """A date of the plan by which something is due."""

    loc: Loc
    name: str
    written: date
    last: date
    """The last day on which it is on time."""
    period: Period | None = None


def _dated(check: PlanCheck) -> Iterator[_Dated]:
    plan = check.plan
    for at, one in plan.sendings():
        last = plan.last_day(one)
        if last:
            recurs = at[0] == "deliverables" and plan.listed[int(at[1])].every
            loc: Loc = (*at, "due" if recurs else "before" if one.before else "by")
            # The window of a period that the plan does not set is ours.
            period = None if recurs else plan.period(one.period)
            yield _Dated(loc, one.id, one.before or last, last, period)
    for task in plan.tasks:
        if isinstance(task.due, date):
            yield _Dated(task.due_at, task.id, task.due, task.due)


def _said(check: PlanCheck) -> Iterator[_Dated]:
    """Give the tasks whose words say one day, or the end of one stretch."""
    for task in check.plan.tasks:
        said = check.plan.when(task.due)
        if isinstance(task.due, str) and said.last and said.every is None:
            yield _Dated(task.due_at, task.id, said.last, said.last)


@rule(
    "DV301", "Thời hạn trước khi hết kỳ số liệu", "note",
    "Gửi báo cáo khi kỳ chưa kết thúc thì số liệu cuối kỳ phải ghi là ước thực hiện.",
    wrong="before: 2023-05-10   # kỳ đến 2023-06-14", right="before: 2023-06-20",
    source="Nghị định 09/2019/NĐ-CP (kỳ số liệu mặc định; thời hạn sau kỳ ít nhất 01 ngày làm việc)",
)  # fmt: skip
def after_the_period(check: PlanCheck) -> Iterator[Finding]:
    """DV301: a deliverable due before its period ends can only carry an estimate."""
    for one in _dated(check):
        if one.period and one.last <= one.period.end:
            last, end = day(one.last), day(one.period.end)
            message = _("hạn cuối {last} của «{id}» trước khi hết kỳ số liệu ({end})", last=last, id=one.name, end=end)
            yield check.at("DV301", one.loc, message, help=_("số liệu cuối kỳ ghi là ước thực hiện"))


@rule(
    "DV302", "Thời hạn ngoài năm kế hoạch", "error",
    "Thời hạn của kế hoạch năm nằm trong năm đó, của báo cáo thì có thể trong ba tháng sau kỳ; sai năm thường là lỗi gõ hoặc lỗi sao chép từ năm trước.",
    wrong="before: 2024-05-10   # kế hoạch 2023", right="before: 2023-05-10",
)  # fmt: skip
def in_the_year(check: PlanCheck) -> Iterator[Finding]:
    """DV302: a deadline lies in the plan's years; a task, and a report right after its period, may be due in the year after."""
    year, years = check.plan.year, check.plan.years
    longer = range(year, years[-1] + 2)
    for one in _dated(check):
        after = one.period and timedelta() < one.last - one.period.end < _AFTER
        if one.last.year not in (longer if after or one.loc[-1] == "due" else years):
            # «trước ngày 01/01/2023» ends in 2022: the day that lies outside is the one to name.
            outside = one.last if one.written.year in years else one.written
            message = _("thời hạn {date} nằm ngoài năm kế hoạch {year}", date=day(outside), year=written_years(years))
            example = moved_day(outside, year - outside.year)
            hint = _(
                "ghi một ngày trong năm {year}, ví dụ {example}", year=written_years(years), example=example.isoformat()
            )
            yield check.at("DV302", one.loc, message, help=hint)


@rule(
    "DV303", "Ngày cuối cùng không phải ngày làm việc", "note",
    "Thời hạn là ngày cố định thì không tự lùi; đơn vị cần biết ngày làm việc gần nhất trước đó.",
    wrong="before: 2026-05-11   # ngày cuối là Chủ nhật 10/5/2026", right="before: 2026-05-09",
    source="Bộ luật Dân sự 2015, Điều 145–148 chỉ nói về thời hạn tính bằng khoảng thời gian",
)  # fmt: skip
@rule(
    "DV304", "Lịch làm việc chưa có năm này", "note",
    "plans/calendar.yaml chưa ghi năm này nên không biết ngày nào nghỉ; danvan không đoán.",
    wrong="years: [2023]   # kế hoạch 2027", right="thêm năm 2027 vào plans/calendar.yaml",
)  # fmt: skip
def on_a_working_day(check: PlanCheck) -> Iterator[Finding]:
    """DV303, DV304: the last day is a working day by the workspace's calendar, which must hold its year."""
    missing: set[int] = set()
    for one in (*_dated(check), *_said(check)):
        last = one.last
        if not check.calendar.covers(last.year):
            if last.year not in missing:
                missing.add(last.year)
                message = _("lịch làm việc chưa có năm {year}, không biết ngày nào nghỉ", year=last.year)
                how = _("thêm năm {year} vào plans/calendar.yaml", year=last.year)
                yield check.at("DV304", one.loc, message, help=how)
            continue
        why = check.calendar.rest(last)
        if why:
            message = _(
                "hạn cuối {last} của «{id}» không phải ngày làm việc ({why})", last=day(last), id=one.name, why=why
            )
            before = day(check.calendar.working_day_before(last))
            yield check.at("DV303", one.loc, message, help=_("ngày làm việc gần nhất trước đó: {date}", date=before))


@rule(
    "DV308", "Thời hạn viết bằng chữ chưa hiểu được", "note",
    "Chữ giữ nguyên và in ra như đã ghi, nhưng không có hạn cuối để kiểm tra; danvan không đoán.",
    wrong="due: cuối năm", right="due: trước ngày 10/12", source=OURS,
)  # fmt: skip
def times_of_the_plan(check: PlanCheck) -> Iterator[Finding]:
    """DV308: the words of a task's time are understood."""
    for task in check.plan.tasks:
        yield from _unread(check, check.plan, task.due_at, task.due)


@rule("DV308")
def times_of_a_unit(check: UnitCheck) -> Iterator[Finding]:
    """DV308: the words of a unit's times are understood."""
    for loc, due in _dues(check):
        yield from _unread(check, check.plan, loc, due)


def _dues(check: UnitCheck) -> Iterator[tuple[Loc, date | str | None]]:
    for name, task in check.record.tasks.items():
        yield ("tasks", name, "due"), task.due
        yield from ((("tasks", name, "activities", i, "due"), one.due) for i, one in enumerate(task.activities))


@rule(
    "DV919", "Ngày chưa đến", "warning",
    "Việc đã làm, văn bản đã ban hành thì có ngày hôm nay hoặc trước đó; ngày chưa đến thường là gõ nhầm tháng, năm.",
    wrong="done: 2032-03-15", right="done: 2023-03-15", source=OURS,
)  # fmt: skip
@rule(
    "DV927", "Ngày ngoài năm kế hoạch", "warning",
    "Ngày cách năm của kế hoạch hơn một năm thường là gõ nhầm năm; đúng như vậy thì giữ nguyên.",
    wrong="due: 2022-01-01   # kế hoạch 2023", right="due: 2023-01-31", source=OURS,
)  # fmt: skip
def days_can_be(check: UnitsFileCheck) -> Iterator[Finding]:
    """DV919, DV927: nothing has happened on a day to come, or far from the plan's years."""
    now = today()
    for loc, when in check.happened:
        if when and (wrong := misdated(when, check.plan.years)):
            yield check.at("DV919" if when > now else "DV927", loc, wrong.message, help=_("xem lại ngày, tháng, năm"))


@rule("DV927")
def dues_are_of_the_year(check: UnitCheck) -> Iterator[Finding]:
    """DV927: nothing of a unit's is due far from the plan's years."""
    for loc, due in _dues(check):
        if due and (wrong := misdue(due, check.plan)):
            yield check.at("DV927", loc, wrong.message, help=_("xem lại năm"))


def _unread(check: FileCheck, plan: Plan, loc: Loc, due: date | str | None) -> Iterator[Finding]:
    if due and not plan.when(due).understood:
        message = _("không rõ hạn cuối trong «{words}»", words=shortened(due))
        hint = _("hiểu được: {examples}", examples=", ".join(("2023-06-30", *TIMES[1:])))
        if plan.until:
            hint = _("kế hoạch nhiều năm: ghi rõ năm, ví dụ: {examples}", examples=f"Quý II/{plan.year}")
        yield check.at("DV308", loc, message, help=hint)


@rule(
    "DV309", "Báo cáo lặp lại không có ngày cho từng kỳ", "error",
    "Báo cáo hằng tháng, hằng quý cần chữ cho biết ngày của từng kỳ, không thì không ai biết hạn cuối.",
    wrong="{every: quarter, due: hằng quý}", right="{every: quarter, due: trước ngày 15 tháng cuối quý}",
)  # fmt: skip
def recurring_reports_have_days(check: PlanCheck) -> Iterator[Finding]:
    """DV309: the words of a report that recurs give each of its periods a day."""
    dated = {at for at, one in check.plan.sendings() if one.before or one.by}
    for i, one in enumerate(check.plan.listed):
        if one.every and one.due and ("deliverables", i) not in dated:
            message = _("«{due}» không cho biết ngày của từng kỳ", due=shortened(one.due))
            yield check.at("DV309", ("deliverables", i, "due"), message, help=_recurs(one.every))


def _recurs(every: Recurrence) -> str:
    examples = {
        "month": "trước ngày 18 hằng tháng; trước ngày 05 của tháng liền kề",
        "quarter": "trước ngày 15 tháng cuối quý; trước ngày 05 tháng đầu quý sau",
        "half": "trước ngày 15/6 và trước ngày 15/12",
        "year": "trước ngày 10/12",
    }
    return _("ví dụ: {examples}", examples=examples[every])


@rule(
    "DV306", "Văn bản được viện dẫn có ngày sau kế hoạch", "error",
    "Kế hoạch không thể căn cứ vào văn bản chưa có.", wrong="date: 2024-01-12   # kế hoạch 2023",
    right="date: 2023-01-12",
)  # fmt: skip
def documents_before_the_plan(check: PlanCheck) -> Iterator[Finding]:
    """DV306: a cited document is not younger than the plan."""
    end = check.plan.issued.date or date(check.plan.years[-1], 12, 31)
    for i, document in enumerate(check.plan.documents):
        if document.date and document.date > end:
            name = document.symbol or document.title or document.type
            message = _("{name} có ngày {date}, sau kế hoạch ({end})", name=name, date=day(document.date), end=day(end))
            yield check.at("DV306", ("documents", i, "date"), message)


@rule(
    "DV307", "Gia hạn không muộn hơn thời hạn", "error",
    "Gia hạn phải cho ngày muộn hơn ngày của kế hoạch; sớm hơn thường là gõ nhầm tháng.",
    wrong="extensions: [{…, deliverable: 6m, by: 2023-04-20}]",
    right="extensions: [{…, deliverable: 6m, by: 2023-05-20}]",
)  # fmt: skip
def extensions_are_later(check: PlanCheck) -> Iterator[Finding]:
    """DV307: an extension gives a later day than the plan."""
    plan = check.plan
    for i, one in enumerate(plan.extensions):
        thing = plan.deliverable_by_id.get(one.deliverable)
        known = plan.last_day(thing) if thing else None
        given = last_day(one.before, one.by, includes=plan.settings.before_includes_day)
        if known and given and given <= known:
            message = _(
                "ngày cuối sau gia hạn {given} không muộn hơn {known} của kế hoạch", given=day(given), known=day(known)
            )
            yield check.at("DV307", ("extensions", i, "before" if one.before else "by"), message)


@rule(
    "DV608", "Mục sửa đổi ghi không khớp kế hoạch", "error",
    "Các văn bản sửa đổi nối tiếp nhau: lần sửa đổi không vượt «revision», ngày không trước văn bản mà nó sửa.",
    wrong="amendments: [{revision: 3, …}]   # kế hoạch ở lần 2", right="amendments: [{revision: 2, …}]",
)  # fmt: skip
def amendments_follow_the_plan(check: PlanCheck) -> Iterator[Finding]:
    """DV608: an amendment is one of the plan's revisions, none is left without one's order, and it follows the plan."""
    plan = check.plan
    last = plan.issued.date
    known = 1
    for i, one in enumerate(plan.amendments):
        number = one.revision
        if number > plan.revision:
            message = _(
                "lần sửa đổi {revision} lớn hơn «revision: {now}» của kế hoạch", revision=number, now=plan.revision
            )
            yield check.at("DV608", ("amendments", i, "revision"), message, help=_("nâng «revision» của kế hoạch"))
        elif number < known:
            message = _("lần sửa đổi {revision} đứng sau lần {known}", revision=number, known=known)
            yield check.at("DV608", ("amendments", i, "revision"), message, help=_("xếp theo thứ tự lần sửa đổi"))
        if last and one.date < last:
            message = _(
                "văn bản sửa đổi ngày {date} có trước văn bản ngày {last} mà nó sửa", date=day(one.date), last=day(last)
            )
            yield check.at("DV608", ("amendments", i, "date"), message)
        known, last = max(known, number), max(last, one.date) if last else one.date
