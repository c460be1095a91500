"""A plan's edits brought into a unit's file: what is new, has ended, has changed, and whose duties have come to it.

What the unit wrote stays, byte for byte. A task that has changed keeps its old fingerprint: the unit confirms it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from danvan_cli.errors import DanvanError
from danvan_cli.lang import _
from danvan_cli.plan.change import changed_words
from danvan_cli.text import squeeze
from danvan_cli.unit.adopt import heading, task_lines
from danvan_cli.unit.model import due_words, duties, empty_record, fingerprint, gone, lacking, superseded
from danvan_cli.yaml.splice import Put, below, rekeyed, spliced, with_lines
from danvan_cli.yaml.yamlfile import Map, YamlFile, yaml_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from danvan_cli.plan.model import Area, Plan, Task, Unit
    from danvan_cli.unit.model import UnitRecord

    Known = Callable[[str, str | None], Task | None]

_TASKS = ("tasks",)
_HEADING = r"^[ \t]*# ── {id}\.(?=[ \r\n])[^\r\n]*"
_MORE_OF_IT = re.compile(r"(?:\r\n|\r|\n)[ \t]*# (?!── )[^\r\n]*")


@dataclass(frozen=True)
class Suspect:
    """A task that has changed since the unit took it over; `was` is what it said then, if that was kept."""

    task: Task
    was: Task | None

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """How its text changed, word by word; empty where it did not, or where the old one was not kept."""
        if self.was is None or squeeze(self.was.text) == squeeze(self.task.text):
            return ()
        return changed_words(self.was.text, self.task.text)

    @property
    def remarks(self) -> Iterator[str]:
        """Say what changed besides the text."""
        if self.was is None:
            yield _("bản kế hoạch đã nhận không còn trong plans/.adopted/ nên không so được từng chữ")
            return
        if self.was.due != self.task.due:
            was, now = (due_words(one.due) or _("không có") for one in (self.was, self.task))
            yield _("thời hạn: {was} → {now}", was=was, now=now)
        if self.was.owners != self.task.owners:
            now = ", ".join(self.task.owners)
            yield _("ai thực hiện: {was} → {now}", was=", ".join(self.was.owners), now=now)


@dataclass(frozen=True)
class Update:
    """What a plan's edits mean for a unit's file.

    `added` are tasks that come in, `returned` those that were marked as ended and are the unit's again, `ended` those
    that are no longer, `renamed` pairs of old and new ids, `inherits` the units whose duties have come to it.
    `suspect` tasks change nothing in the file until the unit confirms them.
    """

    added: list[Task] = field(default_factory=list)
    returned: list[Task] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    suspect: list[Suspect] = field(default_factory=list)
    inherits: list[Unit] = field(default_factory=list)

    @property
    def takes(self) -> int:
        """How many changes the file takes in."""
        return len([*self.added, *self.returned, *self.ended, *self.renamed, *self.inherits])


def compare(plan: Plan, unit: Unit, record: UnitRecord, known: Known, today: date) -> Update:
    """Find what a unit's file has not taken in yet; a unit that ended before, with successors, takes nothing in.

    `known` finds a task as some unit took it over, by its fingerprint and the revision to look at first.
    """
    if superseded(unit, today):
        return Update()
    ended, missing = gone(plan, unit, record), lacking(plan, unit, record)
    fresh = [task for task in missing if task.id not in record.tasks]
    renamed = list(_renamed(ended, fresh, plan, record, known))
    old, new = {was for was, _now in renamed}, {now for _was, now in renamed}
    held = {task.id: task.id for task in plan.tasks if task.id in record.tasks} | {now: was for was, now in renamed}
    suspect = []
    for task in duties(plan, unit):
        digest = record.task(held.get(task.id, "")).fingerprint
        if digest and digest != fingerprint(task):
            suspect.append(Suspect(task, known(digest, record.adopted)))
    return Update(
        added=[task for task in fresh if task.id not in new],
        returned=[task for task in missing if task.id in record.tasks],
        ended=[name for name in ended if name not in old],
        renamed=renamed,
        suspect=suspect,
        inherits=[one for one in plan.predecessors.get(unit.id, ()) if one.id not in record.inherits],
    )


def applied(
    file: YamlFile, update: Update, plan: Plan, unit: Unit, revision: str, proposed: UnitRecord | None = None
) -> bytes:
    """Give the file's bytes with what it takes in; every line that the unit wrote stays.

    It then says that it has adopted that revision of the plan; `proposed` is what is proposed for the tasks that come in.

    Raises:
        InvalidFileError: if the file has errors of YAML.
        DanvanError: if the file is written so oddly that it cannot be edited in place.
    """
    if update.renamed:
        file = yaml_file(file.path, rekeyed(file, _TASKS, dict(update.renamed)))
    if update.added:
        file = yaml_file(file.path, _with_tasks(file, update.added, plan, proposed or empty_record(plan, unit)))
    changes = [Put(("tasks", name, "ended"), revision) for name in update.ended]
    changes += [Put(("tasks", task.id, "ended"), None) for task in update.returned]
    if update.inherits:
        there = file.root.get("inherits") if isinstance(file.root, Map) else None
        changes.append(Put(("inherits",), [*(there or ()), *(one.id for one in update.inherits)]))
    return spliced(file, [*changes, Put(("adopted",), revision)])


# New tasks ------------------------------------------------------------------------------------------------------------


def _with_tasks(file: YamlFile, added: Sequence[Task], plan: Plan, known: UnitRecord) -> bytes:
    """Write new tasks where the plan has them; a file that is not laid out as ours takes them at the end."""
    blocks = {task.id: task_lines(plan, plan.unit_by_id[known.unit], task, known) for task in added}
    tasks = file.root.get("tasks") if isinstance(file.root, Map) else None
    try:
        if isinstance(tasks, Map) and tasks and (places := _places(file, tasks, blocks, plan)):
            return with_lines(file, _TASKS, places)
    except DanvanError:  # comments, text or layout at the place let new lines be read as something else
        pass
    values = {name: YamlFile(file.path, "\n".join(lines).encode()).root[name] for name, lines in blocks.items()}
    return spliced(file, [Put(("tasks", name), value) for name, value in values.items()])


def _places(file: YamlFile, tasks: Map, blocks: dict[str, list[str]], plan: Plan) -> list[tuple[int, list[str]]] | None:
    """Give where each new task stands, with its area's heading where the file has none; None where it has no place."""
    out: list[tuple[int, list[str]]] = []
    last = below(file, _TASKS, next(reversed(tasks)))
    place = None
    for area in plan.areas:
        begun = False
        for task in area.tasks:
            if task.id in tasks:
                place, begun = below(file, _TASKS, task.id), True
            elif task.id in blocks:
                lines = blocks[task.id]
                if not begun and (under := _under_heading(file, area)) is not None:
                    place = under
                elif not begun:
                    lines = [*heading(area), *lines]
                begun = True
                place = last if place is None else place
                if place is None:
                    return None
                out.append((place, lines))
    return out


def _under_heading(file: YamlFile, area: Area) -> int | None:
    """Find the end of an area's heading in a file; None where it has none."""
    found = re.search(_HEADING.format(id=re.escape(area.id)), file.text, re.MULTILINE)
    if found is None:
        return None
    at, lines = found.end(), len(heading(area)) - 1
    while lines and (more := _MORE_OF_IT.match(file.text, at)):
        at, lines = more.end(), lines - 1
    return at


# Tasks under another id -----------------------------------------------------------------------------------------------


def _renamed(
    ended: Sequence[str], fresh: Sequence[Task], plan: Plan, record: UnitRecord, known: Known
) -> Iterator[tuple[str, str]]:
    """Find the tasks that were only given another id: what is left over on both sides says the same."""
    by_text: dict[str, list[str]] = {}
    for task in fresh:
        by_text.setdefault(squeeze(task.text), []).append(task.id)
    by_digest = {fingerprint(task): task for task in fresh}
    for name in ended:
        digest = record.task(name).fingerprint
        if name in plan.task_by_id or not digest or not by_text:
            continue
        was = by_digest.get(digest) or known(digest, record.adopted)
        if was and (ids := by_text.get(squeeze(was.text))):
            yield name, ids.pop(0)
