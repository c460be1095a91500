"""A report read back: what it says per heading, its figures and tables, each with its place.

What is read is proposed for the unit's record, in a file that a person looks over and records, never written into it. What
words are only like ours is marked as such; what could not be read is listed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.delivery.pending import edited_since
from danvan_cli.files import read_bytes
from danvan_cli.inbox.figures import FigureReader, Found
from danvan_cli.inbox.headings import PLAIN, Heading, Headings
from danvan_cli.inbox.kind import all_kinds
from danvan_cli.inbox.recognize import words
from danvan_cli.inbox.tables import tables_of
from danvan_cli.lang import _
from danvan_cli.plan.citations import cited
from danvan_cli.text import squeeze
from danvan_cli.unit.matching import Matcher
from danvan_cli.unit.model import STATES, UNIT_FORMAT, duties
from danvan_cli.word.save import save
from danvan_cli.workspace import shown
from danvan_cli.yaml.yamltext import entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from danvan_cli.delivery.model import Receipt
    from danvan_cli.delivery.pending import Pending
    from danvan_cli.inbox.kind import Hands, Kind
    from danvan_cli.inbox.model import Look, Outcome
    from danvan_cli.inbox.tables import ReadTable
    from danvan_cli.ooxml.layout import Words
    from danvan_cli.plan.model import Deliverable, Period, Plan, Task, Unit
    from danvan_cli.workspace import Workspace

_OWN_PLAN: Final = re.compile(r"đã ban hành Kế hoạch số .+ để triển khai, thực hiện ")
_PROPOSAL: Final = re.compile(r"Đề xuất:|(?<=[.!?]) (?=(?:Kính đề|Đề|Kiến) (?:nghị|xuất)\b)")
_POINTS: Final = ("-", "+", "–", "•")
_GAP: Final = re.compile(r"\[…|…\]")
_CLOSING: Final = re.compile(r"(?i)(?m:^)(?>.*?\bbáo cáo\b).*tổng hợp theo quy định|\./\.\s*$")
_OPENING: Final = re.compile(r"(?:can cu|kinh gui|thuc hien|so \d|v v|trien khai)\b.*|.*\bnhu sau|(?:\S+ ){0,14}\S+")
"""How a report opens, without marks: what it rests on, its title's lines."""
_DONE: Final = re.compile(r"ket qua.*|tinh hinh.*|noi dung (?:da )?(?:thuc hien|trien khai).*")
_TASK: Final = re.compile(r"(?:noi dung|nhiem vu|cong viec|hoat dong)\b.*")
_NO_DUTY: Final = "khong thuoc chuc nang"
_MOST_PARAGRAPHS: Final = 4000
"""No report has more."""
_MOST_ROWS: Final = 500
"""A table of figures or of tasks has no more rows; what is longer lists people or things."""
_TITLE: Final = 14
"""Words of a title; what is longer says something."""
_NOWHERE: Final = Heading("other", "", "", 0)


@dataclass
class Outline:
    """What a report says, as far as it could be read."""

    tree: dict[str, Any] = field(default_factory=dict)
    """In the form of `unit.yaml`."""
    found: list[Found] = field(default_factory=list)
    unread: list[Found] = field(default_factory=list)

    @property
    def unsure(self) -> int:
        """How much of what was read is to be held against the document."""
        return sum(bool(one.unsure) for one in self.found)


def outline(
    said: Iterable[Words], plan: Plan, unit: Unit, deliverable: Deliverable, tables: Iterable[ReadTable] = ()
) -> Outline:
    """Read the words of a report, and tables such as a workbook's sheets; one that is for no period has no results by task."""
    return _Reader(plan, unit, deliverable).read([*said], tables)


class _Reader:
    def __init__(self, plan: Plan, unit: Unit, deliverable: Deliverable) -> None:
        self.plan, self.deliverable = plan, deliverable
        self.period: Period | None = plan.period(deliverable.period)
        self.mine = duties(plan, unit, self.period.start if self.period else None)
        self.headings = Headings(plan, deliverable, self.mine)
        self.tasks = Matcher(plan.areas, self.mine)
        self.figures = FigureReader(plan, self.period) if self.period else None
        self.out = Outline()
        self.under: Heading | None = None
        self.title: str | None = None
        """What the report is about: the line below its type; empty once the type was read."""
        self.rows = 0
        self.begun = False
        """Whether the title is over, so that what looks like a heading is one."""
        self.texts: dict[Heading, list[tuple[str, str]]] = {}
        self.blank: set[str] = set()
        """The tasks of which a blank says that nothing is written yet."""

    def read(self, said: Sequence[Words], tables: Iterable[ReadTable]) -> Outline:
        number = 0
        annex = False
        for one in said:
            if one.cell is not None or one.header:
                continue
            number += 1
            place = _("đoạn {number}", number=number)
            if number > _MOST_PARAGRAPHS:
                self._leave(place, _("văn bản"), _("dài hơn mọi báo cáo, không đọc tiếp"))
                break
            annex = annex or bool(re.match(r"(?i)phụ lục\b", one.line))
            if not annex:
                self._paragraph(one, place)
            elif len(one.line.split()) > _TITLE and not one.line.startswith("("):
                self._leave(place, _("phụ lục"), one.line)
        for table in (*tables_of(said), *tables):
            self._table(table)
        self._settle()
        return self.out

    def _tree(self, *keys: str) -> dict[str, Any]:
        """Give what the record has under keys."""
        found = self.out.tree
        for key in keys:
            found = found.setdefault(key, {})
        return found

    def _leave(self, place: str, about: str, text: str) -> None:
        self.out.unread.append(Found(place, about, text))

    def _paragraph(self, said: Words, place: str) -> None:
        line = said.line
        found = self.headings.heading(said, self.under)
        if found and (self.begun or found.depth < PLAIN):
            self.under, self.begun = found, True
        elif self.under is None:
            self._before(line, place)
        elif not _CLOSING.search(line):
            if _GAP.search(line):
                self._leave(place, self.under.title, _("chỗ trống chưa điền"))
                self.blank.update(task.id for task in self.plan.tasks if task.label in line)
                return
            text = f"{said.label} {said.text}" if said.label else said.text
            if self.figures is not None:
                self.figures.line(place, squeeze(text))  # it stays a line of its result too
            self._text(self.under, place, text)

    def _before(self, line: str, place: str) -> None:
        """Take what stands above the first heading: the type, the title, what the report rests on."""
        if not self.title:
            self.title = squeeze(line) if self.title is not None else "" if words(line) == "bao cao" else None
            return
        self.begun = self.begun or line.endswith((":", ".", ";"))
        if not _OPENING.fullmatch(words(line)) and not _CLOSING.search(line):
            self.texts.setdefault(_NOWHERE, []).append((place, line))

    def _text(self, under: Heading, place: str, text: str) -> None:
        """Take a paragraph; a line of a list goes with the paragraph before it."""
        part = under.id if under.what == "part" else ""
        if part == "situation" and _OWN_PLAN.search(text):
            self._own_plan(place, text)
            return
        told = self.texts.setdefault(under, [])
        if told and text.startswith(_POINTS) and part != "obstacles":
            told[-1] = told[-1][0], f"{told[-1][1]}\n{text}"
        else:
            told.append((place, text))

    def _own_plan(self, place: str, text: str) -> None:
        """Take number and day of the unit's own plan from the sentence that our outline has for it."""
        owed = next((one for one in self.plan.deliverables if one.kind == "plan"), None)
        found = next(iter(cited(text)), None)
        if owed and found:
            told = {"number": found.symbol, **({"date": found.when} if found.when else {})}
            self._tree("deliverables")[owed.id] = told
            self.out.found.append(Found(place, owed.id, found.symbol))

    def _settle(self) -> None:
        """Lay the texts under their headings into the record."""
        remarks: dict[str, Any] = {}
        if self.deliverable.on_request and self.title:
            remarks = {"report": self.deliverable.id, "topic": self.title}
            self.out.tree["requested"] = [remarks]
        for under, told in self.texts.items():
            unsure = "" if under.exact else _("đề mục «{title}»", title=under.title[:60])
            if under.what == "area":
                mine = {task.id for task in self.mine} - self.blank
                every = (task for area in self.plan.areas if area.id == under.id for task in area.tasks)
                self._results([task for task in every if task.id in mine], told, under, unsure)
            elif under.what == "task":
                self._results([self.plan.task_by_id[under.id]], told, under, unsure)
            elif not under.id or under.what == "other":
                self._loose(told, under.title)
            elif under.id == "obstacles":
                self._obstacles(told, remarks, unsure)
            else:
                text = "\n".join(text for _place, text in told)
                remarks[under.id] = "\n".join(filter(None, (remarks.get(under.id), text)))
                self.out.found.append(Found(told[0][0], under.id, text, unsure))
        if remarks and not self.deliverable.on_request:
            self._tree("reports")[self.deliverable.id] = remarks
        if self.figures is not None:
            for one in self.figures.settled():
                self._tree("indicators", one.indicator.id)[one.key] = one.value
                self.out.found.append(Found(one.place, f"{one.indicator.id} {one.key}", one.written, one.unsure))
            self.out.unread += self.figures.left

    # Results ---------------------------------------------------------------------------------------------------------

    def _results(self, tasks: list[Task], told: list[tuple[str, str]], under: Heading, unsure: str) -> None:
        """Give each task its paragraph where there are as many of both, else to the task that each is about."""
        told = [(place, text) for place, text in told if not words(text).startswith(_NO_DUTY)]
        if self.period is None or not tasks:
            for place, text in told:
                self._leave(place, _("không có nhiệm vụ để ghi vào"), text)
        elif len(told) == len(tasks) and (under.exact or len(tasks) == 1):
            for task, (place, text) in zip(tasks, told, strict=True):
                self._result(task, place, text, unsure)
        else:
            among, task = {one.id for one in tasks}, tasks[0]
            for place, text in told:
                match = self.tasks.match(text, under.title)
                if match.sure and match.tasks[0].id in among:
                    task = match.tasks[0]
                self._result(task, place, text, unsure or _("xếp theo nội dung"))

    def _result(self, task: Task, place: str, text: str, unsure: str = "") -> None:
        if self.period is None:
            return
        results = self._tree("tasks", task.id, "results")
        results[self.period.id] = "\n".join(filter(None, (results.get(self.period.id), text)))
        self.out.found.append(Found(place, task.id, text, unsure))

    def _loose(self, told: list[tuple[str, str]], title: str) -> None:
        """Take what stands under no heading of ours to the task that it is surely about; the rest is left."""
        for place, text in told:
            match = self.tasks.match(text, title)
            if match.sure and self.period and self.headings.periodic:
                self._result(match.tasks[0], place, text, _("xếp theo nội dung"))
            else:
                self._leave(place, title or _("chưa rõ mục nào"), text)

    def _obstacles(self, told: list[tuple[str, str]], tree: dict[str, Any], unsure: str) -> None:
        for place, text in told:
            said = text.lstrip("-–+ ")
            if words(said) == f"{_NO_DUTY} nhiem vu":
                continue
            what, *proposal = _PROPOSAL.split(said, maxsplit=1)
            one = {"text": what.strip(), "proposal": " ".join(proposal).strip()}
            tree.setdefault("obstacles", []).append({k: v for k, v in one.items() if v})
            self.out.found.append(Found(place, "obstacles", said, unsure))

    # Tables ----------------------------------------------------------------------------------------------------------

    def _table(self, table: ReadTable) -> None:
        self.rows += len(table.rows)
        if len(table.rows) > _MOST_ROWS or self.rows > _MOST_ROWS * 4:
            told = _("{count} dòng, dài hơn mọi biểu số liệu", count=len(table.rows))
            self._leave(table.name, _("bảng chưa đọc được"), told)
            return
        heads = [words(cell) for cell in table.rows[0]]
        if "trang thai" in heads and "nhiem vu" in heads:
            self._states(table, heads.index("nhiem vu"), heads.index("trang thai"))
        elif self.figures is not None and self.figures.table(table):
            return
        elif self.headings.periodic and (columns := _work(heads)):
            self._work(table, *columns)
        else:
            for i, row in enumerate(table.rows):
                if text := " | ".join(dict.fromkeys(filter(None, row))):
                    self._leave(table.place(i), _("bảng chưa đọc được"), text)

    def _states(self, table: ReadTable, label: int, state: int) -> None:
        if self.period is None:
            return
        known = {words(word): key for key, word in STATES.items()}
        tasks = {words(one.label): one for one in self.plan.tasks}
        for i, row in enumerate(table.rows):
            task = tasks.get(words(row[label]))
            if task is None or not row[state]:
                continue  # the title of an area, or a task of an older plan
            if words(row[state]) in known:
                self._tree("tasks", task.id, "states")[self.period.id] = known[words(row[state])]
                self.out.found.append(Found(table.place(i), task.id, row[state]))
            else:
                self._leave(table.place(i), task.id, row[state])

    def _work(self, table: ReadTable, about: int, done: int) -> None:
        """Read a table of tasks with what came of each."""
        group = ""
        for i, row in enumerate(table.rows[1:], start=1):
            filled = [*dict.fromkeys(filter(None, row))]
            if not row[done] or row[done] == row[about]:
                group = row[about] or (filled[0] if filled else group)
                continue
            match = self.tasks.match(row[about], group)
            if match.sure:
                self._result(match.tasks[0], table.place(i), row[done], _("xếp theo nội dung"))
            else:
                self._leave(table.place(i), row[about], row[done])


def _work(heads: Sequence[str]) -> tuple[int, int] | None:
    """Find the columns of a table of tasks with what came of each."""
    about = next((i for i, head in enumerate(heads) if _TASK.fullmatch(head)), None)
    done = next((i for i, head in enumerate(heads) if i != about and _DONE.fullmatch(head)), None)
    return None if about is None or done is None else (about, done)


def proposal(read: Outline, plan: Plan, unit: Unit) -> Iterator[str]:
    """Write what was read as lines of a file that `danvan log --from` takes, the places as comments."""
    yield "# Đọc từ văn bản đơn vị gửi; đối chiếu với văn bản rồi mới ghi."
    yield f"# danvan log {unit.id} --from TỆP-NÀY"
    for one in read.found:
        check = f" [đối chiếu: {one.unsure}]" if one.unsure else ""
        yield f"# {one.place}: {one.about}{check}: {squeeze(one.value)[:80]}"
    for one in read.unread:
        yield f"# chưa đọc được: {one.place}: {one.about}: {squeeze(one.value)[:160]}"
    for key, value in {"format": UNIT_FORMAT, "unit": unit.id, "plan": plan.id, **read.tree}.items():
        yield from entry(key, value)


# As a file that a person looks over --------------------------------------------------------------------------------------


def propose(hands: Hands, outcome: Outcome, left: Pending, kind: Kind, look: Look) -> bool:
    """Write what its kind reads of a filed file as a proposal, and say so; one that a person has edited since stays."""
    plan, said = hands.plan, outcome.said
    unit, one = plan.unit_by_id[str(said.unit)], plan.deliverable_by_id[str(said.deliverable)]
    told = kind.told(look)
    if told is None:
        return True
    read = outline(told.said, plan, unit, one, told.tables)
    if not read.found:
        outcome.notes.append(_("chưa đọc được nội dung nào theo nội dung, chỉ tiêu của kế hoạch"))
    if not read.found and not read.unread:
        return True
    path = _place(hands.workspace, unit.id, one.id, told.part)
    data = _text(read, plan, unit)
    if outcome.state == "known" and edited_since(path, left, data):
        outcome.notes.append(_("{path} đã được sửa từ khi nhận, giữ nguyên", path=shown(path)))
        return True
    saved = save(path, data)
    if saved.backup:
        outcome.notes.append(_("bản cũ giữ ở {path}", path=shown(saved.backup)))
    outcome.notes.append(
        _("đọc được {count} mục, trong đó {unsure} mục phải đối chiếu, {unread} chỗ không đọc được (ghi ở đầu tệp); xem rồi ghi: danvan log {unit} --from {path}",
          count=len(read.found), unsure=read.unsure, unread=len(read.unread), unit=unit.id, path=shown(path))
    )  # fmt: skip
    return True


def withdrawn(workspace: Workspace, plan: Plan, receipt: Receipt, looks: Iterable[Look]) -> list[tuple[Path, bool]]:
    """Remove the proposals that were read of files and that nobody has edited; give all, and whether each is gone."""
    unit, one = plan.unit_by_id.get(receipt.unit), plan.deliverable_by_id.get(receipt.deliverable)
    out: list[tuple[Path, bool]] = []
    if unit is None or one is None:
        return out
    for look in looks:
        kind = all_kinds()[look.kind]
        told = kind.told(look) if kind.to_do(receipt, plan) else None
        if told and (path := _place(workspace, unit.id, one.id, told.part)).exists():
            same = read_bytes(path) == _text(outline(told.said, plan, unit, one, told.tables), plan, unit)
            if same:
                path.unlink()
            out.append((path, same))
    return out


def _place(workspace: Workspace, unit: str, deliverable: str, part: str) -> Path:
    return workspace.proposals / f"{unit}-{deliverable}{part}.unit.yaml"


def _text(read: Outline, plan: Plan, unit: Unit) -> bytes:
    return ("\n".join(proposal(read, plan, unit)) + "\n").encode()
