"""What each kind of unit does, as data that people edit, and what it proposes for the tasks of a plan.

`plans/functions.yaml` holds groups of units (a department, a district …), fields of work and kinds of tasks, each told by
words. A kind's sentences are filled with the words of the unit's field and group. What comes of it is proposed only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from pydantic import Field

from danvan_cli.text import day, fold, squeeze
from danvan_cli.unit.model import Activity, duties
from danvan_cli.yaml.schema import Day, Model, Slug, Text, maybe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from danvan_cli.plan.model import Area, Plan, Task, Unit
    from danvan_cli.unit.model import TaskRecord, UnitRecord

_SLOT: Final = re.compile(r"\{(\w+)\}")
_WORD: Final = re.compile(r"[^\W_]+")
_OF_THE_PLAN: Final = frozenset({"year", "subject", "unit", "place", "issuer", "province", "self_score", "own"})
_AUTHORITY: Final = re.compile(r"(?i)^(?:UBND|Ủy ban nhân dân)\s+")
_ALSO: Final = 0.3
"""A task is also of another kind if that has so much of the words that the first has."""
_LABEL: Final = 3
"""A word in a task's label tells so many times as much as one in its text."""


class Origin(Model):
    """A document that functions were read in."""

    id: Slug
    title: Text
    read: Text = Field(description="Đã đọc ở đâu, đến đâu")


class Lasting(Model):
    """What is so from a day to a day."""

    start: Day | None = maybe("Từ ngày", alias="from")
    end: Day | None = maybe("Đến hết ngày", alias="to")

    def holds(self, year: int) -> bool:
        """Tell whether it is so at the beginning of a year, or begins in it."""
        return (self.start is None or self.start.year <= year) and (self.end is None or self.end >= date(year, 1, 1))


class UnitGroup(Lasting):
    """Units that are made alike inside, and what their parts are commonly called."""

    id: Slug
    units: list[Text] = maybe("Từ trong loại hoặc tên của đơn vị; trống: mọi đơn vị khác", [])
    local: bool = maybe("true: chính quyền địa phương, liên quan đến mọi nhiệm vụ", False)
    says: dict[str, Text] = Field(description="Chữ thay vào {…}")


class OwnWork(Lasting):
    """What a field does of a kind of tasks that are not everybody's."""

    id: Slug
    content: Text


class Discipline(Model):
    """A field of work, its functions and its words."""

    id: Slug
    units: list[Text] = Field(min_length=1, description="Từ trong tên của đơn vị")
    source: Slug | None = maybe("Văn bản đã đọc; không có: theo hiểu biết chung")
    does: Text | None = maybe("Chức năng quản lý như văn bản ghi")
    own: list[OwnWork] = maybe("Việc của lĩnh vực trong các loại nhiệm vụ riêng", [])
    says: dict[str, Text] = Field(description="Chữ thay vào {…}")


class Pattern(Model):
    """An activity to propose, with places for the words of whoever it is for."""

    local: bool = maybe("true: chỉ cho chính quyền địa phương", False)
    coordinator: bool = maybe("true: chỉ cho cơ quan theo dõi, tổng hợp", False)
    content: Text
    lead: Text
    partners: Text = Field(alias="with")
    due: Text
    product: Text

    @property
    def asks(self) -> Iterator[tuple[str, str]]:
        """Walk the places that it has, each with the key that it stands in."""
        for key in ("content", "lead", "partners", "due", "product"):
            yield from (("with" if key == "partners" else key, slot) for slot in _SLOT.findall(getattr(self, key)))


class TaskKind(Model):
    """A kind of tasks, told by words."""

    id: Slug
    words: list[Text] = Field(min_length=1)
    own: bool = maybe("true: chỉ của lĩnh vực có ghi ở «own»", False)
    activities: list[Pattern] = Field(min_length=1)


class Functions(Model):
    """Functions of kinds of units."""

    format: Literal["danvan-functions/1"]
    as_of: Day = Field(description="Ngày lập")
    outside: Text = Field(description="Lý do đề xuất cho nhiệm vụ không thuộc lĩnh vực của đơn vị")
    sources: list[Origin] = []
    groups: list[UnitGroup] = Field(min_length=1)
    fields_: list[Discipline] = Field([], alias="fields")
    kinds: list[TaskKind] = Field(min_length=1)

    @property
    def slots(self) -> set[str]:
        """The places in sentences that something is there for."""
        says = [*(one.says for one in self.groups), *(one.says for one in self.fields_)]
        return {key for one in says for key in one} | _OF_THE_PLAN


def proposed(functions: Functions, plan: Plan, unit: Unit, record: UnitRecord) -> UnitRecord:
    """Add proposals to a record, for the tasks of which it says nothing yet: activities, or why one is not the unit's."""
    said = {name for name, one in record.tasks.items() if not one.applies or one.activities or one.proposals}
    silent = [task for task in duties(plan, unit) if task.id not in said]
    proposals = _Proposals(functions, plan, unit)
    told = proposals.of(silent)
    told |= {task.id: more for task in duties(plan, unit) if (more := proposals.products(task, record.task(task.id)))}
    more = {name: record.task(name).model_copy(update=one) for name, one in told.items()}
    return record.model_copy(update={"tasks": record.tasks | more})


def group_and_field(functions: Functions, plan: Plan, unit: Unit) -> tuple[UnitGroup, Discipline | None]:
    """Find the group and the field of a unit; a local authority has all fields, and none of its own."""
    groups = [one for one in functions.groups if one.holds(plan.year)]
    names = (plan.letter(unit).kind or "", unit.name)  # «Văn phòng UBND thành phố» is an office
    told = (one for name in names for one in groups if _any_in(one.units, name))
    others = next((one for one in groups if not one.units), functions.groups[-1])
    group = next(told, others)
    fields = (one for one in functions.fields_ if _any_in(one.units, unit.name))
    return group, None if group.local else next(fields, None)


class Kinship:
    """Tells which task a text may be for: the only one that is of the kind that the text is most of."""

    def __init__(self, functions: Functions, plan: Plan, unit: Unit) -> None:
        self._kinds = functions.kinds
        self._tasks: dict[str, list[Task]] = defaultdict(list)
        for task, kinds in _ranked(self._kinds, plan.areas, duties(plan, unit)):
            for kind, _score in kinds[:1]:
                self._tasks[kind.id].append(task)

    def task(self, text: str) -> Task | None:
        """Find the task; None where the text is of no kind, or several tasks are of its kind."""
        found = [self._tasks[kind.id] for kind, _score in _scored(self._kinds, ((_plain(text), 1),))[:1]]
        return found[0][0] if found and len(found[0]) == 1 else None


class _Proposals:
    """What is proposed to one unit; each kind once."""

    def __init__(self, functions: Functions, plan: Plan, unit: Unit) -> None:
        self.functions, self.plan, self.unit = functions, plan, unit
        self.group, self.field = group_and_field(functions, plan, unit)
        self.coordinator = any(unit.id in {one.to, one.via} for one in plan.deliverables)
        self.words = self._words()
        self.used: set[str] = set()

    def _words(self) -> dict[str, str]:
        """Give what stands for each place of a sentence: the plan's, then the field's, the group's, everybody's."""
        score = next((one for one in self.plan.deliverables if one.kind == "self-score"), None)
        last = self.plan.last_day(score, self.unit) if score else None
        before = self.plan.dated(score, self.unit).before if score else None
        given = {
            "year": str(self.plan.year),
            "subject": self.plan.subject,
            "unit": self.unit.name,
            "place": _AUTHORITY.sub("", self.unit.name),
            "issuer": self.plan.issuer.short,
            "province": _AUTHORITY.sub("", self.plan.issuer.short),
            "self_score": f"trước ngày {day(before)}" if before else f"chậm nhất ngày {day(last)}" if last else "",
        }
        says = self.functions.groups[-1].says | self.group.says | (self.field.says if self.field else {})
        told = {name: filled for name, text in says.items() if (filled := _full(text, given))}
        return told | {name: text for name, text in given.items() if text}

    def of(self, tasks: Sequence[Task]) -> dict[str, dict[str, object]]:
        """Propose for tasks, by id: activities of the kind that each is most of, then of another that it also is.

        A task of which all that is recognised is others' is proposed to be none of the unit's.
        """
        found: dict[str, list[Activity]] = defaultdict(list)
        outside: list[str] = []
        ranked = {task.id: kinds for task, kinds in _ranked(self.functions.kinds, self.plan.areas, tasks)}
        for least in (0.0, _ALSO):  # first each task once
            for task in tasks:
                kinds = ranked[task.id]
                mine = {kind.id: score for kind, score in kinds if not kind.own or self.group.local or self._own(kind)}
                own = [kind for kind, _score in kinds if kind.own]
                if kinds and kinds[0][0].own and mine.keys().isdisjoint(kind.id for kind in own):
                    outside.append(task.id)
                    continue
                enough = least * max(mine.values(), default=0)
                free = (one for one, score in kinds if one.id in mine.keys() - self.used and score > enough)
                if kind := next(free, None):
                    self.used.add(kind.id)
                    found[task.id] += self._activities(kind, task)
        told: dict[str, dict[str, object]] = {name: {"proposed_reason": self.functions.outside} for name in outside}
        return told | {name: {"proposed": activities} for name, activities in found.items() if activities}

    def products(self, task: Task, record: TaskRecord) -> dict[str, object] | None:
        """Propose what comes of activities that do not say it; None where all do."""
        if task.product or all(one.product for one in (*record.activities, *record.proposed)):
            return None

        def product(one: Activity) -> str | None:
            kinds = _scored(self.functions.kinds, ((_plain(one.content), _LABEL), (_plain(task.text), 1)))
            return _full(kinds[0][0].activities[-1].product, self.words) if kinds and not one.product else None

        mine = [one.model_copy(update={"proposed_product": product(one)}) for one in record.activities]
        loose = [one.model_copy(update={"product": one.product or product(one)}) for one in record.proposed]
        return {"activities": mine, "proposed": loose}

    def _activities(self, kind: TaskKind, task: Task) -> Iterator[Activity]:
        """Fill the sentences that a kind has for such a unit: those of the coordinator, then the first of the others."""
        own = self._own(kind)
        words = self.words | ({"own": own} if own else {})
        for one in kind.activities:
            content = _full(one.content, words)
            if content is None or (one.local and not self.group.local) or (one.coordinator and not self.coordinator):
                continue
            lead, partners = (_capital(_full(it, words)) for it in (one.lead, one.partners))
            yield Activity(
                content=_capital(content),
                lead=lead,
                partners=partners if partners != lead else None,
                due=None if task.due else _full(one.due, words),  # else as the plan itself says
                product=None if task.product else _full(one.product, words),
            )
            if not one.coordinator:
                return

    def _own(self, kind: TaskKind) -> str | None:
        """Give what the unit's field does of a kind that is not everybody's."""
        known = self.field.own if self.field else ()
        return next((one.content for one in known if one.id == kind.id and one.holds(self.plan.year)), None)


def _capital(text: str | None) -> str:
    return text[:1].upper() + text[1:] if text else ""


def _full(text: str, words: Mapping[str, str]) -> str | None:
    """Fill a text; None where a word for it is missing."""
    try:
        full = squeeze(_SLOT.sub(lambda found: words[found[1]], text))
        return full.replace("thực hiện thực hiện ", "thực hiện ")  # a subject may begin so itself
    except KeyError:
        return None


def _ranked(
    kinds: Iterable[TaskKind], areas: Iterable[Area], tasks: Iterable[Task]
) -> Iterator[tuple[Task, list[tuple[TaskKind, float]]]]:
    """Give the kinds that each task may be of, the likeliest first: by their words in its label, its text, its area."""
    above = {task.id: area.title for area in areas for task in area.tasks}
    for task in tasks:
        texts = ((task.label, _LABEL), (task.text, 1), (above.get(task.id, ""), 0.5))
        yield task, _scored(kinds, [(_plain(text), weight) for text, weight in texts])


def _scored(kinds: Iterable[TaskKind], places: Sequence[tuple[str, float]]) -> list[tuple[TaskKind, float]]:
    """Give the kinds whose words stand in some texts, each text with its weight, the likeliest first."""

    def score(kind: TaskKind) -> float:
        words = [(word, word.count(" ")) for word in map(_plain, kind.words)]
        return sum(weight * count for word, count in words for text, weight in places if word in text)

    scores = ((kind, score(kind)) for kind in kinds)
    return sorted((one for one in scores if one[1]), key=lambda one: -one[1])


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """Give a text as words are looked for in it: without marks, case and signs, each word between spaces."""
    return _spaced(fold(text))


def _any_in(words: Iterable[str], text: str) -> bool:
    """Tell whether one of some words stands in a name; marks count, since «báo» is no «bảo»."""
    name = _spaced(text.casefold())
    return any(_spaced(word.casefold()) in name for word in words)


def _spaced(text: str) -> str:
    return f" {' '.join(_WORD.findall(text))} "
