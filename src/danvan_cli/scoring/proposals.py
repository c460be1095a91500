"""What the workspace itself can answer: figures, tasks done, reports in time. Proposed, never entered unasked."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from danvan_cli.lang import _
from danvan_cli.scoring.figures import plain_figure
from danvan_cli.scoring.model import REPORTS_LATE, TASKS, TASKS_DONE
from danvan_cli.scoring.ways import way_of
from danvan_cli.text import day
from danvan_cli.unit.model import duties, owed, reported_periods

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from danvan_cli.plan.model import Deliverable, Plan, Unit
    from danvan_cli.scoring.model import Answer, Criterion, Rubric, ScoreRecord
    from danvan_cli.scoring.ways import Dates, Figures
    from danvan_cli.unit.model import UnitRecord


@dataclass(frozen=True, slots=True)
class Proposal:
    """An answer that a unit's record gives to a criterion, and where it comes from."""

    criterion: Criterion
    answer: Answer
    why: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a unit's record says for scoring: figures by name with their source, deliverables sent in time or late."""

    figures: Figures
    sent: Dates

    @property
    def late(self) -> list[str]:
        """The deliverables that were sent late, as far as dates are recorded."""
        return [name for name, (late, _why) in self.sent.items() if late]


def facts(plan: Plan, unit: Unit, record: UnitRecord) -> Facts:
    """Collect what a unit's record can answer, for the year's last reporting period."""
    sent = dict(_sent(plan, unit, record))
    period = next(reversed(reported_periods(plan, unit)), None)
    tasks = [record.task(task.id) for task in duties(plan, unit, period.end if period else None)]
    doing = [task for task in tasks if task.applies]
    done = [task for task in doing if (task.state_in(period, plan) if period else task.status) == "done"]
    figures = {
        TASKS: (Decimal(len(doing)), _("nhiệm vụ của đơn vị")),
        TASKS_DONE: (Decimal(len(done)), _("nhiệm vụ đã hoàn thành")),
    }
    if sent:
        count = sum(late for late, _why in sent.values())
        figures[REPORTS_LATE] = Decimal(count), _("báo cáo, hồ sơ gửi muộn; mới xét: {ids}", ids=", ".join(sent))
    for indicator in plan.indicator_by_id.values():
        if period and (value := record.figure(indicator.id, period.id)) is not None:
            figures[indicator.id] = value, f"{indicator.name}, {period.name}"
    return Facts(figures, sent)


def _sent(plan: Plan, unit: Unit, record: UnitRecord) -> Iterator[tuple[str, tuple[bool, str]]]:
    """Tell of each deliverable with a date of issue and a deadline whether it was late."""
    for one in owed(plan, unit):
        issued, last = record.sent(one.id).date, plan.last_day(one, unit)
        if issued and last:
            why = _("ban hành ngày {day}, ngày cuối đúng hạn {last}", day=day(issued), last=day(last))
            yield one.id, (issued > last, why)


def may_be_late(plan: Plan, unit: Unit, rubric: Rubric, stated: Collection[str] | None) -> list[Deliverable]:
    """List what a unit may say to have sent late: of what it owes what has a last day, or is named by a limit or `stated`."""
    named = {limit.when.late for limit in rubric.limits} | set(stated or ())
    return [one for one in owed(plan, unit) if plan.last_day(one, unit) or one.id in named]


def proposals(rubric: Rubric, known: Facts) -> dict[str, Proposal]:
    """Give the proposed answers by criterion, for those that the unit scores itself and the record can answer."""
    told = ((one, way_of(one).proposed(one, known.figures, known.sent)) for one in rubric.own)
    return {one.id: Proposal(one, *answered) for one, answered in told if answered}


class Contrary(NamedTuple):
    """Where an answer says something else than the unit's record: the criterion, the answer's key, in words."""

    criterion: str
    key: str
    message: str


def contraries(rubric: Rubric, answers: ScoreRecord, known: Facts) -> Iterator[Contrary]:
    """Hold answers against what the unit's record says of the same: figures, and whether a report was in time."""
    for one in rubric.own:
        answer = answers.answer(one.id)
        for key, name in one.sources.items():
            given, found = getattr(answer, key), known.figures.get(name)
            if given is not None and found and given != found[0]:
                told = _("tiêu chí {id} ghi {given}, số liệu của đơn vị là {figure} ({why})", id=one.id,
                         given=plain_figure(given), figure=plain_figure(found[0]), why=found[1])  # fmt: skip
                yield Contrary(one.id, key, told)
        level = next((level for level in one.levels if level.id == answer.level and level.on), None)
        late, why = known.sent.get(one.deliverable or "", (None, ""))
        if level and late is not None and late != (level.on == "late"):
            told = _("tiêu chí {id} ghi «{level}», nhưng {why}", id=one.id, level=level.name, why=why)
            yield Contrary(one.id, "level", told)
