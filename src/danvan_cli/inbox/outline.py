"""A report in our outline, read back: what it says per heading, its figures and annex rows, each with its place.

What is read is proposed for the unit's record, never written into it: a person looks it over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.errors import UsageError
from danvan_cli.inbox.recognize import words
from danvan_cli.lang import _
from danvan_cli.plan.citations import cited
from danvan_cli.text import squeeze
from danvan_cli.unit import typed
from danvan_cli.unit.lag import duties
from danvan_cli.unit.model import STATES, UNIT_FORMAT
from danvan_cli.yaml.yamltext import entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from danvan_cli.ooxml.layout import Words
    from danvan_cli.plan.model import Deliverable, Period, Plan, Task, Unit
    from danvan_cli.typed import FigureKind

_LABEL: Final = re.compile(r"^\s*(?:[IVX]{1,5}|\d{1,2}|[a-zđ])[.)]\s*")
_OWN_PLAN: Final = re.compile(r"đã ban hành Kế hoạch số .+ để triển khai, thực hiện ")
_PROPOSAL: Final = re.compile(r"Đề xuất:|(?<=[.!?]) (?=(?:Kính đề|Đề|Kiến) (?:nghị|xuất)\b)")
_POINTS: Final = ("-", "+", "–", "•")
_BLANK: Final = re.compile(r"\[…|…\]")
_GROUPED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_HEADINGS: Final = {
    "tinh hinh cong tac chi dao": "situation",
    "uu diem": "strengths",
    "han che": "limits",
    "nguyen nhan": "causes",
    "kho khan vuong mac": "obstacles",
    "phuong huong nhiem vu thoi gian toi": "next",
    "kien nghi de xuat": "proposals",
    "ket qua thuc hien": "",
    "danh gia chung": "",
}
"""The headings that every report has, and the part of a report's remarks under each."""
_OWN: Final = {
    "ket qua thuc hien": "results",
    "dien bien": "situation",
    "xu ly": "handling",
    "ket qua": "results",
    "kien nghi": "proposals",
}
"""Those of a report that is not by areas."""
_CLOSING: Final = re.compile(r"(?i)(?m:^)(?>.*?\bbáo cáo\b).*tổng hợp theo quy định|\./\.\s*$")


@dataclass(frozen=True)
class Found:
    """Something that was read: its place in the document, what it is, the words."""

    place: str
    about: str
    value: str


@dataclass
class Outline:
    """What a report says, as far as it could be read."""

    tree: dict[str, Any] = field(default_factory=dict)
    """In the form of `unit.yaml`."""
    found: list[Found] = field(default_factory=list)
    unread: list[Found] = field(default_factory=list)


def outline(said: Iterable[Words], plan: Plan, unit: Unit, deliverable: Deliverable) -> Outline:
    """Read a report.

    Args:
        said: the words of the Word document.
        plan: the plan.
        unit: whose report it is.
        deliverable: which report; one without a period has no results by task.
    """
    return _Reader(plan, unit, deliverable).read(said)


class _Reader:
    def __init__(self, plan: Plan, unit: Unit, deliverable: Deliverable) -> None:
        self.plan, self.unit, self.deliverable = plan, unit, deliverable
        self.period: Period | None = plan.period_by_id.get(deliverable.period or "")
        self.areas = {words(name): area for area in plan.areas for name in (area.title, area.label) if name}
        self.mine = {task.id for task in duties(plan, unit)}
        self.out = Outline()
        self.headings = _HEADINGS if deliverable.periodic else _HEADINGS | _OWN
        self.under: str | None = None
        self.title: str | None = None
        """What the report is about: the line below its type; empty once the type was read."""
        self.texts: dict[str, list[tuple[str, str]]] = {}
        self.blank: set[str] = set()
        """The tasks of which a blank says that nothing is written yet."""

    def read(self, said: Iterable[Words]) -> Outline:
        tables: dict[int, dict[int, dict[int, list[str]]]] = {}
        number = 0
        annex = False
        for one in said:
            if one.cell is not None:
                table, row, column = one.cell
                tables.setdefault(table, {}).setdefault(row, {}).setdefault(column, []).append(squeeze(one.text))
            elif not one.header:
                number += 1
                annex = annex or bool(re.match(r"(?i)phụ lục\b", one.line))
                if not annex:
                    self._paragraph(one, _("đoạn {number}", number=number))
        for table, rows in tables.items():
            self._table(rows, table)
        self._settle()
        return self.out

    def _paragraph(self, said: Words, place: str) -> None:
        line = said.line
        heading = words(_LABEL.sub("", line))
        if heading in self.areas:
            self.under = self.areas[heading].id
        elif heading in self.headings:
            self.under = self.headings[heading]
        elif self.under is None and not self.title:
            self.title = squeeze(line) if self.title is not None else "" if heading == "bao cao" else None
        elif self.under is not None and not _CLOSING.search(line):
            if _BLANK.search(line):
                self.out.unread.append(Found(place, self._about(self.under), _("chỗ trống chưa điền")))
                self.blank.update(task.id for task in self.plan.tasks if task.label in line)
            elif self.under:
                text = f"{said.label} {said.text}" if said.label else said.text
                self._text(self.texts.setdefault(self.under, []), place, text)

    def _text(self, told: list[tuple[str, str]], place: str, text: str) -> None:
        """Take a paragraph; a line of a list goes with the paragraph before it."""
        if self.under == "situation" and _OWN_PLAN.search(text):
            self._own_plan(place, text)
        elif told and text.startswith(_POINTS) and self.under != "obstacles":
            told[-1] = told[-1][0], f"{told[-1][1]}\n{text}"
        else:
            told.append((place, text))

    def _own_plan(self, place: str, text: str) -> None:
        """Take number and day of the unit's own plan from the sentence that our outline has for it."""
        owed = next((one for one in self.plan.deliverables if one.kind == "plan"), None)
        found = next(iter(cited(text)), None)
        if owed is None or found is None:
            return
        told = {"number": found.symbol, "date": found.when}
        self.out.tree.setdefault("deliverables", {})[owed.id] = {key: value for key, value in told.items() if value}
        self.out.found.append(Found(place, owed.id, found.symbol))

    def _about(self, under: str) -> str:
        area = next((one for one in self.plan.areas if one.id == under), None)
        return area.title if area else under

    def _settle(self) -> None:
        """Lay the texts under their headings into the record."""
        remarks: dict[str, Any] = {}
        if self.deliverable.on_request and self.title:
            remarks = {"report": self.deliverable.id, "topic": self.title}
            self.out.tree["requested"] = [remarks]
        for under, told in self.texts.items():
            if not told:  # all that stood there was taken for something else
                continue
            area = next((one for one in self.plan.areas if one.id == under), None)
            if area is not None:
                self._results([task for task in area.tasks if task.id in self.mine - self.blank], told)
            elif under == "obstacles":
                self._obstacles(told, remarks if self.deliverable.on_request else self.out.tree)
            else:
                remarks[under] = "\n".join(text for _place, text in told)
                self.out.found.append(Found(told[0][0], under, remarks[under]))
        if remarks and not self.deliverable.on_request:
            self.out.tree.setdefault("reports", {})[self.deliverable.id] = remarks

    def _results(self, tasks: list[Task], told: list[tuple[str, str]]) -> None:
        """Give each task its paragraph where there are as many of both, else all to the area's first."""
        told = [(place, text) for place, text in told if not words(text).startswith("khong thuoc chuc nang")]
        if not told:
            return
        if self.period is None or not tasks:
            self.out.unread += [Found(place, _("không có nhiệm vụ để ghi vào"), text) for place, text in told]
            return
        if len(told) != len(tasks):
            told = [(told[0][0], "\n".join(text for _place, text in told))]
        for task, (place, text) in zip(tasks, told, strict=False):
            self._task(task)["results"] = {self.period.id: text}
            self.out.found.append(Found(place, task.id, text))

    def _task(self, task: Task) -> dict[str, Any]:
        told: dict[str, Any] = self.out.tree.setdefault("tasks", {}).setdefault(task.id, {})
        return told

    def _obstacles(self, told: list[tuple[str, str]], tree: dict[str, Any]) -> None:
        for place, text in told:
            plain = text.lstrip("-–+ ")
            if words(plain) == "khong thuoc chuc nang nhiem vu":
                continue
            what, *proposal = _PROPOSAL.split(plain, maxsplit=1)
            one = {"text": what.strip(), "proposal": " ".join(proposal).strip()}
            tree.setdefault("obstacles", []).append({k: v for k, v in one.items() if v})
            self.out.found.append(Found(place, "obstacles", plain))

    # Annexes ---------------------------------------------------------------------------------------------------------

    def _table(self, table: dict[int, dict[int, list[str]]], number: int) -> None:
        rows = [[" ".join(row.get(column, [])) for column in range(max(row) + 1)] for row in table.values()]
        if len(rows) < 2:
            return
        heads = [words(cell) for cell in rows[0]]
        read = self._figures if "chi tieu" in heads else self._states if "trang thai" in heads else None
        if read is None:
            return
        for i, row in enumerate(rows[1:], start=1):
            if len(row) == len(heads):
                read(heads, row, _("bảng {table}, dòng {row}", table=number, row=i))

    def _figures(self, heads: list[str], row: list[str], place: str) -> None:
        items = self.plan.indicators.items if self.plan.indicators else []
        name = words(row[heads.index("chi tieu")])
        one = next((it for it in items if words(it.name) == name), None)
        if self.period is None or not name:
            return
        if one is None:
            self.out.unread.append(
                Found(place, _("không có chỉ tiêu này trong kế hoạch"), row[heads.index("chi tieu")])
            )
            return
        now = words(self.period.name)
        columns = {self.period.id: [i for i, head in enumerate(heads) if head.startswith(now)]}
        if self.period.estimate:
            columns[self.period.estimated] = [i for i, head in enumerate(heads) if head.startswith("uoc")]
        for key, places in columns.items():
            if not places:
                continue
            value = row[places[0]]
            if not value or _BLANK.search(value):
                self.out.unread.append(Found(place, one.name, _("chỗ trống chưa điền")))
                continue
            try:
                figure = _figure(value, one.figure_kind)
            except UsageError as error:
                self.out.unread.append(Found(place, one.name, error.message))
                continue
            self.out.tree.setdefault("indicators", {}).setdefault(one.id, {})[key] = figure
            self.out.found.append(Found(place, f"{one.id} {key}", value))

    def _states(self, heads: list[str], row: list[str], place: str) -> None:
        if self.period is None or "nhiem vu" not in heads:
            return
        label, state = row[heads.index("nhiem vu")], row[heads.index("trang thai")]
        task = next((one for one in self.plan.tasks if words(one.label) == words(label)), None)
        known = {words(word): key for key, word in STATES.items()}
        if task is None or not state:
            return  # the title of an area, or a task of an older plan
        if words(state) not in known:
            self.out.unread.append(Found(place, task.id, state))
            return
        self._task(task).setdefault("states", {})[self.period.id] = known[words(state)]
        self.out.found.append(Found(place, task.id, state))


def _figure(value: str, kind: FigureKind) -> Decimal | None:
    """Read a figure as a Vietnamese document writes it: the point parts thousands."""
    return typed.figure(value.replace(".", "") if _GROUPED.fullmatch(value) else value, kind)


def proposal(read: Outline, plan: Plan, unit: Unit) -> Iterator[str]:
    """Write what was read as lines of a file that `danvan log --from` takes, the places as comments."""
    yield "# Đọc từ văn bản đơn vị gửi; đối chiếu với văn bản rồi mới ghi."
    yield f"# danvan log {unit.id} --from TỆP-NÀY"
    for one in read.found:
        yield f"# {one.place}: {one.about}: {squeeze(one.value)[:80]}"
    for one in read.unread:
        yield f"# chưa đọc được: {one.place}: {one.about}: {squeeze(one.value)[:80]}"
    for key, value in {"format": UNIT_FORMAT, "unit": unit.id, "plan": plan.id, **read.tree}.items():
        yield from entry(key, value)
