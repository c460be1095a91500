"""The rows of a report's annexes: figures beside those of the period before, progress of tasks, evidence.

What reads a record is imported where it is used: the classes alone are enough to list templates.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from danvan_cli.scoring.figures import grown_by
from danvan_cli.text import day, number, squeeze
from danvan_cli.word.shape import Part, said, taken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from danvan_cli.plan.figures import Indicator
    from danvan_cli.plan.model import Deliverable, Period, Plan, Task, Unit
    from danvan_cli.unit.model import Evidence as Recorded
    from danvan_cli.unit.model import Sent, TaskRecord, UnitRecord

Tasks = list[tuple[str, list[tuple["Task", "TaskRecord"]]]]
"""Tasks with what is recorded for them, by the title of their area."""

_ENCLOSED: Final = "Kèm theo"
RESTRICTED: Final = "Kiểm tra trực tiếp tại đơn vị"

_LINE: Final = 42
"""How many letters a line of a chart's labels holds."""


def recorded_tasks(
    plan: Plan, unit: Unit, record: UnitRecord, period: Period | None = None
) -> list[tuple[Task, TaskRecord]]:
    """Pair the tasks that bind a unit, now or at a period's end, with what it records for them.

    What ended within the period is there where the unit has a result of it to tell.
    """
    from danvan_cli.unit.model import duties

    mine = duties(plan, unit, period.start if period else None)
    told = ((task, record.task(task.id)) for task in mine)
    return [
        (task, one)
        for task, one in told
        if not (period and task.ended and task.ended <= period.end) or one.results.get(period.id)
    ]


def by_area(plan: Plan, record: UnitRecord, tasks: list[tuple[Task, TaskRecord]]) -> Tasks:
    """Group the tasks that apply by area, in the plan's order and under the unit's own headings; what has none is left out."""
    doing = {task.id: (task, one) for task, one in tasks if one.applies}
    found = [(area, [doing[task.id] for task in area.tasks if task.id in doing]) for area in plan.areas]
    return [(record.headings.get(area.id) or area.label or area.title, own) for area, own in found if own]


def area_label(number: int | str, title: str) -> str:
    """Name an area beside a bar of a chart: its number, and as much of its title as one line holds."""
    label = f"{number}. {title}"
    if len(label) <= _LINE:
        return label
    return f"{label[: _LINE - 1].rsplit(' ', 1)[0].rstrip(' ,;-')}…"


def evidence_of(plan: Plan, unit: Unit, record: UnitRecord, period: Period) -> Iterator[tuple[Task, Recorded]]:
    """Walk the evidence of tasks that apply: what names the period, or names none and is dated in it or not at all."""
    from danvan_cli.unit.model import duties

    for task in duties(plan, unit, period.start):
        one = record.task(task.id)
        for found in one.evidence:
            if one.applies and (found.period == period.id if found.period else period.holds(found.date)):
                yield task, found


# Figures -------------------------------------------------------------------------------------------------------------


class FigureRow(Part):
    """An indicator's figures: of the period, of the one before, and what is expected in the end."""

    name: str = said("chỉ tiêu", "Hồ sơ đã giải quyết")
    unit: str = said("đơn vị tính", "hồ sơ")
    value: Decimal | None = said("kỳ này", Decimal(1486))
    beside: Decimal | None = said("kỳ so sánh: kỳ trước, hoặc cùng kỳ năm trước khi kỳ này chưa hết", Decimal(1322))
    change: str = said("tăng, giảm", "+164\n(+12,4%)")
    estimate: Decimal | None = said("ước thực hiện cả kỳ", Decimal(1600))
    whole: Decimal | None = said("cả kỳ trước, để so với số ước", Decimal(1450))
    estimate_change: str = said("tăng, giảm của số ước so với cả kỳ trước", "+150\n(+10,3%)")


def figures(plan: Plan, record: UnitRecord, period: Period) -> list[FigureRow]:
    """Give a row for each indicator: this period beside the one it is held against, and what is expected in the end.

    Like goes with like: what has been done so far with the same span, the estimate with the whole period before.
    Figures are None where they are missing, and changes then empty: never 0.
    """

    def row(one: Indicator) -> FigureRow:
        keys = {"value": period.id, "beside": period.beside, "estimate": period.estimated, "whole": period.previous}
        told = {name: record.figure(one.id, key) for name, key in keys.items()}
        now, later = change_said(one, told["beside"], told["value"]), change_said(one, told["whole"], told["estimate"])
        return taken(FigureRow, one, **told, change=now, estimate_change=later)

    return [*map(row, plan.indicator_by_id.values())]


def change_said(indicator: Indicator, before: Decimal | None, now: Decimal | None) -> str:
    """Write a change as `+164` and, on a line below, its share of the figure before, rounded half up to one decimal.

    From a few, only the difference is told: from 1 to 0 is `-1`.
    """
    if before is None or now is None:
        return ""
    change = now - before
    if not change:
        return "0"
    share = grown_by(indicator.unit, before, now)
    return _signed(change) if share is None else f"{_signed(change)}\n({_signed(share)}%)"


def _signed(figure: Decimal) -> str:
    return f"{'+' if figure > 0 else ''}{number(figure)}"


# Progress ------------------------------------------------------------------------------------------------------------


class ProgressRow(Part):
    """A row of the table of progress; one that titles an area says no more than that."""

    area: str | None = said(
        "tên nội dung, ở dòng đề mục; trống ở các dòng khác", "Công tác cải cách hành chính", default=None
    )
    number: int = said("số thứ tự", 1)
    label: str | None = said("tên gọn của nhiệm vụ", "Công khai thủ tục hành chính", default=None)
    lead: str | None = said("chủ trì", "Văn phòng", default=None)
    due: str | None = said("thời gian", "Quý I", default=None)
    activities: str | None = said("số hoạt động đã làm", "1/2\n(15/3/2023)", default=None)
    status: str | None = said("trạng thái cuối kỳ; trống khi chưa rõ", "Đang thực hiện", default=None)
    missing: str = said("chữ của chỗ trống khi chưa rõ trạng thái", "trạng thái cuối kỳ", default="")


def progress_rows(plan: Plan, tasks: Tasks, period: Period) -> list[ProgressRow]:
    """Give a row for each area that has tasks, and for each task how far it is.

    Activities done after the period are not counted; a task that is done has all of its activities done.
    """
    from danvan_cli.unit.model import STATES, due_words

    def row(at: int, task: Task, one: TaskRecord) -> ProgressRow:
        lead, due, state = one.lead or plan.leads(task), due_words(one.due or task.due), one.state_told(period, plan)
        status, missing = STATES[state].capitalize() if state else None, f"trạng thái cuối kỳ: {task.label}"
        done = _activities(one, period, plan)
        return ProgressRow(
            number=at, label=task.label, lead=lead, due=due, activities=done, status=status, missing=missing
        )

    rows: list[ProgressRow] = []
    for count, (area, doing) in enumerate(tasks, start=1):
        rows.append(ProgressRow(number=count, area=area))
        rows += [row(at, *it) for at, it in enumerate(doing, start=1)]
    return rows


def _activities(record: TaskRecord, period: Period, plan: Plan) -> str:
    """Write how many activities are done, with the day of the last one: `1/2`, below it `(15/3/2023)`."""
    days = [one.done for one in record.activities if one.done and one.done <= period.end]
    total = len(record.activities)
    if not total:
        return ""
    done = f"{total if record.state_told(period, plan) == 'done' else len(days)}/{total}"
    return f"{done}\n({day(max(days))})" if days else done


class Counts(Part):
    """How many tasks apply, by their state at the period's end."""

    total: int = said("tất cả", 24)
    done: int = said("đã hoàn thành", 10)
    doing: int = said("đang thực hiện", 12)
    todo: int = said("chưa thực hiện", 2)
    unknown: int = said("chưa rõ", 0)


class StateBar(Part):
    """A bar of the chart of progress."""

    label: str = said("nội dung", "Công tác cải cách hành chính")
    values: list[int] = said("đã hoàn thành, đang thực hiện, chưa thực hiện", [3, 2, 1])


def task_counts(tasks: Tasks, plan: Plan, period: Period | None) -> Counts:
    """Count the tasks that apply: all of them, and by their state at the period's end."""
    states = [one.state_told(period, plan) for _area, doing in tasks for _task, one in doing] if period else []
    done, doing, todo, unknown = map(states.count, ("done", "doing", "todo", None))
    return Counts(total=len(states), done=done, doing=doing, todo=todo, unknown=unknown)


def states(tasks: Tasks, plan: Plan, period: Period) -> list[StateBar]:
    """Give the chart's rows: for each area that has tasks, how many are done, under way, not begun."""
    from danvan_cli.word.chart import MAX_BARS

    rows = []
    for at, (area, doing) in enumerate(tasks, start=1):
        it = task_counts([(area, doing)], plan, period)
        rows.append(StateBar(label=area_label(at, area), values=[it.done, it.doing, it.todo]))
    return rows if len(rows) <= MAX_BARS else []


# Evidence ------------------------------------------------------------------------------------------------------------


class EvidenceRow(Part):
    """A row of the list of evidence."""

    title: str = said("tên tài liệu", "Báo cáo kết quả hội nghị đối thoại")
    number: str = said("số, ký hiệu", "42/BC-SYT")
    date: str = said("ngày, đã viết thành chữ", "15/3/2023")
    behind: str = said("nhiệm vụ liên quan", "Tổ chức đối thoại với Nhân dân")
    note: str = said("ghi chú", "Kèm theo")


@dataclass(slots=True)
class Thing:
    """A document or file of the list of evidence, with the labels of what it stands behind."""

    title: str
    number: str
    date: date | None
    sha256: str | None
    note: str
    behind: list[str]

    def same(self, other: Thing) -> bool:
        """Tell whether both are one thing: the same file and number, the same number and day, else title and day.

        A scan may hold two documents: then their numbers tell them apart.
        """
        if self.sha256 and other.sha256:
            return self.sha256 == other.sha256 and (self.number == other.number or not (self.number and other.number))
        if self.number or other.number:
            return self.number == other.number and len({self.date, other.date} - {None}) < 2
        return (self.title, self.date) == (other.title, other.date)

    def take(self, other: Thing) -> None:
        """Add what another record of the same thing knows besides."""
        self.number, self.date = self.number or other.number, self.date or other.date
        self.sha256, self.note = self.sha256 or other.sha256, self.note or other.note
        self.behind += (label for label in other.behind if label not in self.behind)


def evidence(plan: Plan, unit: Unit, record: UnitRecord, period: Period, own: str) -> list[EvidenceRow]:
    """List what stands behind a period's results: documents issued in it, and the evidence of tasks that apply.

    Each thing stands once, with all that it stands behind. Evidence belongs to the period it names; where it names
    none, to the period in which its day falls, and undated to any. The deliverable `own`, with which the list goes, is no
    evidence of itself.
    """
    from danvan_cli.unit.model import owed

    reports = plan.deliverable_by_id
    documents: list[tuple[str, Deliverable, Sent]] = [
        *((one.name, one, record.sent(one.id)) for one in owed(plan, unit)),
        *((one.topic, reports[one.report], one) for one in record.requested if one.report in reports),
    ]
    things = [
        Thing(name, full_number(unit, one, sent), sent.date, sent.sha256, _ENCLOSED if sent.file else "", [])
        for name, one, sent in documents
        if one.id != own and sent.number and period.holds(sent.date)
    ]
    things += [thing(found, task.label, period) for task, found in evidence_of(plan, unit, record, period)]
    return evidence_listed(things)


def thing(found: Recorded, behind: str, period: Period | None = None) -> Thing:
    """Make an entry of the list of evidence of one thing behind a task or a criterion."""
    notes = [RESTRICTED if found.restricted else _ENCLOSED if found.file else ""]
    if found.expires:
        over = period is not None and found.expires <= period.end
        notes.append(f"{'hết giá trị sau' if over else 'có giá trị đến hết'} ngày {day(found.expires)}")
    note = "; ".join(filter(None, notes))
    note = note[:1].upper() + note[1:]
    return Thing(squeeze(found.title), squeeze(found.number or ""), found.date, found.sha256, note, [behind])


def evidence_listed(things: Iterable[Thing]) -> list[EvidenceRow]:
    """Give the rows of a list of evidence, each thing once."""
    once: list[Thing] = []
    for one in things:
        known = next((other for other in once if other.same(one)), None)
        if known:
            known.take(one)
        else:
            once.append(one)
    return [
        taken(EvidenceRow, one, date=day(one.date) if one.date else "", behind="; ".join(one.behind)) for one in once
    ]


def full_number(unit: Unit, deliverable: Deliverable, sent: Sent) -> str:
    """Write the number of an issued document with its symbol: `15/KH-SYT`, whether recorded with it or without."""
    from danvan_cli.unit.model import TYPE_CODES

    number = squeeze(sent.number or "")
    kind = TYPE_CODES.get(deliverable.kind)
    return f"{number}/{kind}-{unit.abbr}" if number.isdecimal() and kind else number
