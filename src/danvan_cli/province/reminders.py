"""Urging those who are late: who is urged for the how-maniest time, the letters, the texts for e-mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import Field

from danvan_cli.delivery.status import again_by
from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.papers.common import Cited, above, addressed, letter, with_head
from danvan_cli.papers.kinds.bao_cao_chua_gui import UnsentReport
from danvan_cli.papers.kinds.cong_van_don_doc import LateUnit, Missed, Reminder
from danvan_cli.province.tracking import put_off_by
from danvan_cli.text import clean, day, squeeze
from danvan_cli.unit.model import empty_record
from danvan_cli.word.shape import taken
from danvan_cli.yaml.schema import Day, Model, Slug, Text, no_items

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from danvan_cli.delivery.model import Return
    from danvan_cli.delivery.status import StatusRow
    from danvan_cli.plan.model import Deliverable, Plan, Task, Unit
    from danvan_cli.unit.model import UnitRecord

REMINDERS_FORMAT: Final = "danvan-reminders/1"
THIRD: Final = 2
"""Who was urged so often and is still late is reported to the plan's issuer."""


def empty(plan: Plan) -> dict[str, Any]:
    """Give what `province/reminders.yaml` begins with."""
    return {"format": REMINDERS_FORMAT, "plan": plan.id}


class Urged(Model):
    """A letter that urged: a draft while it has no number and day."""

    deliverable: Slug
    units: list[Slug] = Field(min_length=1)
    as_of: Day = Field(description="Danh sách chưa gửi tính đến hết ngày này")
    answer_by: Day | None = Field(None, description="Hạn gửi ghi trong văn bản")
    number: Text | None = Field(None, description="Số, ký hiệu; chưa có là dự thảo")
    date: Day | None = None
    report: bool = Field(False, description="true: báo cáo cấp trên, không phải công văn đôn đốc")


class Reminders(Model):
    """`province/reminders.yaml`: the letters of a plan's year."""

    format: Literal["danvan-reminders/1"]
    plan: Slug
    letters: list[Urged] = Field(default_factory=no_items)

    def issued(self, deliverable: str, unit: str) -> list[Urged]:
        """List the letters that were issued and urged a unit for something, the first one first; reports on it urge nobody."""
        every = (one for one in self.letters if one.number and not one.report)
        return [one for one in every if one.deliverable == deliverable and unit in one.units]


@dataclass(frozen=True)
class Round:
    """Those who are late with one thing and were urged as often: the letter that goes to them.

    `before` are the letters that urged any of them, the last one last; `batch` counts from 1 those who were urged as often on
    different days, so that what was issued to some is not overwritten by what goes to others.
    """

    deliverable: Deliverable
    number: int
    rows: tuple[StatusRow, ...]
    before: tuple[Urged, ...]
    batch: int = 1

    @property
    def is_report(self) -> bool:
        """Whether it is no letter to them any more, but a report on them."""
        return self.number > THIRD

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"{self.deliverable.id}-lan-{self.number}" + (f"-dot-{self.batch}" if self.batch > 1 else "")


def rounds(plan: Plan, rows: Iterable[StatusRow], record: Reminders, as_of: date) -> list[Round]:
    """Sort those who are late by what they owe and how often they were urged for it, where there is anybody to urge."""
    found: dict[tuple[str, int], list[StatusRow]] = {}
    for row in rows:
        if row.overdue and urged(plan, row, as_of):
            times = len(record.issued(row.deliverable.id, row.unit.id))
            found.setdefault((row.deliverable.id, times), []).append(row)
    out = []
    for (name, times), late in found.items():
        before = [one for one in record.letters if one.number and one.deliverable == name]
        mine = _about(late, (one for one in before if not one.report))
        out.append(Round(late[0].deliverable, times + 1, tuple(late), tuple(mine), _batches(before, times) + 1))
    return out


def _about(rows: Iterable[StatusRow], letters: Iterable[Urged]) -> list[Urged]:
    """Choose the letters that name any of the units."""
    ids = {row.unit.id for row in rows}
    return [one for one in letters if not ids.isdisjoint(one.units)]


def _batches(issued: Sequence[Urged], times: int) -> int:
    """Count the days of what was issued about a thing to, or on, those who had been urged so many times."""
    days = set()
    for i, one in enumerate(issued):
        earlier = sum(1 for other in issued[:i] if not other.report and not set(one.units).isdisjoint(other.units))
        days |= {one.as_of} if earlier == times else set()
    return len(days)


def collector(plan: Plan, one: Deliverable | None = None) -> Unit:
    """Tell who collects and urges: to whom or through whom it is sent, else anything is; the issuer where all comes to it.

    Raises:
        UsageError: if the plan names nobody of the kind that anything is sent to.
    """
    if found := _collector(plan, one):
        return found
    raise UsageError(
        _("kế hoạch không ghi báo cáo, hồ sơ gửi đến đơn vị nào"),
        help=_("ghi «to» hoặc «via» ở báo cáo đó trong kế hoạch, như so-noi-vu"),
    )


def _collector(plan: Plan, one: Deliverable | None) -> Unit | None:
    ways = [*((one.via, one.to) if one else ()), *(way for it in plan.deliverables for way in (it.via, it.to))]
    found = next((plan.unit_by_id[way] for way in ways if way in plan.unit_by_id), None)
    return found or (plan.issuer_as_unit() if plan.issuer.id in ways else None)


def urged(plan: Plan, row: StatusRow, as_of: date) -> list[Unit]:
    """List who is urged for what a unit owes: itself, or who has its duties once it has ended; nobody urges itself."""
    who = _collector(plan, row.deliverable)
    return [one for one in plan.answering(row.unit, as_of) if who is None or one.id != who.id]


def round_paper(
    plan: Plan, round_: Round, record: UnitRecord | None, as_of: date, answer_by: date | None, rows: Sequence[StatusRow]
) -> Reminder | UnsentReport:
    """Make the letter of a round, or the report on it, with the collector's record if it has one here.

    The list counts up to `as_of`, and names those of the round that are given; no `answer_by` leaves a blank.
    """
    who = collector(plan, round_.deliverable)
    common = letter(plan, who, record or empty_record(plan, who), as_of.year)
    missed = Missed(
        name=round_.deliverable.name,
        last_day=plan.last_day(round_.deliverable),
        given=_given(plan, None, round_.deliverable),
    )
    late = [_late(plan, row, as_of) for row in rows]
    before = [taken(Cited, one) for one in _about(rows, round_.before)]  # before a report each was urged once at most
    if round_.is_report:
        return UnsentReport(
            common=with_head(common, symbol=f"BC-{who.abbr}"),
            addressed=addressed(above(plan, who)),
            deliverable=missed,
            as_of=as_of,
            times=round_.number - 1,
            letters=before,
            late=late,
        )
    return Reminder(
        common=common,
        superior=above(plan, who),
        to=[_named(plan, rows[0], as_of) if len(rows) == 1 else _ALL_LATE],
        deliverable=missed,
        as_of=as_of,
        answer_by=day(answer_by) if answer_by else None,
        earlier=before[-1] if before else None,
        letters=before,
        escalates=bool(before),
        late=late,
    )


def _named(plan: Plan, row: StatusRow, as_of: date, last: str = "; ") -> str:
    """Name those who are urged; `last` stands before the last of them."""
    *names, end = (one.name for one in urged(plan, row, as_of))
    return f"{'; '.join(names)}{last}{end}" if names else end


def _last(row: StatusRow) -> str | None:
    return day(row.last_day) if row.last_day else None


def _back(row: StatusRow | None) -> Return | None:
    """Give the return of what a unit sent, if it is that which is late."""
    return row.filed.returned if row and row.filed and row.state == "returned" else None


def _late(plan: Plan, row: StatusRow, as_of: date) -> LateUnit:
    back, last = _back(row), _last(row)
    returned = taken(LateUnit.Returned, back, reason=clean(back.reason).rstrip(" .;")) if back else None
    more = (" (bản gửi lại)" if row.state == "returned" else "") + _put_off(plan, row, f" đến ngày {last}")
    owes, days = row.deliverable.name + more, abs(row.days or 0)
    heirs = _named(plan, row, as_of, " và ") if row.unit not in urged(plan, row, as_of) else None
    return LateUnit(name=row.unit.name, owes=owes, last_day=last, days=days, returned=returned, heirs=heirs)


def _put_off(plan: Plan, row: StatusRow, until: str = "") -> str:
    """Cite the document by which a unit's day was put off; nothing where none did, or a return gave the day."""
    back = _back(row)
    cited = None if back and again_by(plan, back) == row.last_day else put_off_by(plan, row)
    return f" (đã được gia hạn{until} theo {cited})" if cited else ""


def _given(plan: Plan, row: StatusRow | None, one: Deliverable) -> str | None:
    """Say where the day of something comes from that the plan itself does not give; None where it does.

    The row is how one unit stands with it; None where the day is that of all.
    """
    back = _back(row)
    if back and (back.by or back.before):
        return f"yêu cầu gửi lại {f'tại Văn bản số {back.number}' if back.number else f'ngày {day(back.date)}'}"
    given = plan.set_by(one)
    return given or (None if given is None else f"thời hạn do {collector(plan, one).name} ấn định")


_ALL_LATE: Final = "Các cơ quan, đơn vị, địa phương có tên trong danh sách kèm theo"


def e_mail(
    plan: Plan, row: StatusRow, to: Sequence[Unit], *, times: int, answer_by: date | None, address: str | None
) -> str:
    """Write the text for an e-mail about what a unit owes, late or soon due, to those who are urged for it."""
    name = row.deliverable.name + ("" if row.unit in to else f" của {row.unit.name}")
    who = collector(plan, row.deliverable)
    last = (_last(row) or "(kế hoạch không ghi)") + _put_off(plan, row)
    if row.overdue:
        subject = f"Đôn đốc gửi {name}" + (f" (lần {times})" if times > 1 else "")
        body = f"hạn gửi {name} là ngày {last}, đến nay đã quá {abs(row.days or 0)} ngày; {who.name} chưa nhận được."
    else:
        subject = f"Nhắc hạn gửi {name}"
        body = f"hạn gửi {name} là ngày {last}, còn {row.days} ngày."
    ask = f"Đề nghị gửi chậm nhất ngày {day(answer_by)}. " if answer_by and row.overdue else ""
    asked = f"{ask}Nếu đã gửi, xin cho biết số, ngày văn bản để rà soát."
    basis = _given(plan, row, row.deliverable) or f"Kế hoạch {plan.subject} {plan.span}"
    return _letter(subject, to, [f"Theo {basis}, {body}", asked], who, address)


def tasks_e_mail(plan: Plan, unit: Unit, tasks: Sequence[tuple[Task, date, int]], address: str | None) -> str:
    """Write the text for an e-mail to a unit whose tasks fall due: each with its last day and the days left."""
    subject = f"Nhắc hạn nhiệm vụ của Kế hoạch {plan.subject} {plan.span}"
    said = [f"Theo Kế hoạch {plan.subject} {plan.span}, các nhiệm vụ sau sắp đến hạn:"]
    said += [f"- {one.id}. {one.label}: hạn cuối {day(last)}, còn {left} ngày." for one, last, left in tasks]
    return _letter(subject, [unit], said, collector(plan), address)


def _letter(subject: str, units: Sequence[Unit], said: Sequence[str], who: Unit, address: str | None) -> str:
    to, names = [f"Gửi: {address}"] if address else [], "; ".join(one.name for one in units)
    lines = [*to, f"Tiêu đề: {subject}", "", f"Kính gửi: {names}", "", *said, "", "Trân trọng,", who.name]
    return "\n".join(squeeze(clean(line)) for line in lines) + "\n"  # a name that holds a line end begins no header
