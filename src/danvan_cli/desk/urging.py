"""Urging those who are late: letters, texts for e-mail, and the record of what was drafted and issued."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from danvan_cli.desk.following import follow
from danvan_cli.desk.made import Made, made
from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.province import reminders
from danvan_cli.rules.check import check_text
from danvan_cli.unit.model import empty_record
from danvan_cli.word.save import save
from danvan_cli.workspace import shown
from danvan_cli.yaml.held import Held
from danvan_cli.yaml.splice import Put
from danvan_cli.yaml.tree import at
from danvan_cli.yaml.yamltext import document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from danvan_cli.delivery.status import StatusRow
    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Unit
    from danvan_cli.province.reminders import Round
    from danvan_cli.word.save import Saved


class Urging:
    """The year's reminders."""

    def __init__(self, opened: Open) -> None:
        self.opened, self.folder = opened, opened.workspace.build / "don-doc"
        path, empty = opened.workspace.province / "reminders.yaml", document(reminders.empty(opened.plan))
        self.kept = Held(reminders.Reminders, path, lambda read: check_text(read, opened.levels), empty)
        if self.kept.record.plan != opened.plan.id:
            raise UsageError(
                _("{path} là của kế hoạch «{other}»", path=shown(path), other=self.kept.record.plan),
                help=_("chuyển tệp đó sang chỗ lưu của năm cũ, rồi chạy lại"),
            )

    def rows(self, unit: str | None, block: str | None, deliverable: str | None, as_of: date) -> list[StatusRow]:
        """List what is owed as of a day; nobody is urged for what may lie here under a broken receipt."""
        only = self.opened.deliverable(deliverable).id if deliverable else None
        found = follow(self.opened, unit, block, as_of).rows
        sure = [row for row in found if (row.unit.id, row.deliverable.id) not in self.opened.broken]
        return [row for row in sure if only in {None, row.deliverable.id}]

    def not_urged(self, rows: Sequence[StatusRow], as_of: date) -> list[tuple[StatusRow, list[Unit]]]:
        """List what is late and goes into no letter, with who answers for it: who would urge itself, or nobody."""
        plan = self.opened.plan
        return [
            (row, plan.answering(row.unit, as_of))
            for row in rows
            if row.overdue and not reminders.urged(plan, row, as_of)
        ]

    def urge(
        self, rows: Sequence[StatusRow], as_of: date, answer_by: date | None, *, each: bool, force: bool
    ) -> Iterator[tuple[Round, list[Made], list[Saved]]]:
        """Make the letters to those who are late, a round after the other (or one to each), and note each as a draft.

        The lists count up to `as_of`; `answer_by` is when they are to send it. Gives the letters of each round, and the
        texts for e-mail.
        """
        plan = self.opened.plan
        for round_ in reminders.rounds(plan, rows, self.kept.record, as_of):
            who = reminders.collector(plan, round_.deliverable)
            record = self.opened.record_unchecked(who)  # needed for who drafts alone
            apart = each and not round_.is_report
            letters = []
            for named in [[row] for row in round_.rows] if apart else [list(round_.rows)]:
                name = f"{round_.name}-{named[0].unit.id}" if apart else round_.name
                letter = reminders.round_paper(plan, round_, record, as_of, answer_by, named)
                letters.append(made(self.opened, self.folder / f"{name}.docx", letter, force=force))
                self._draft(round_, named, as_of, answer_by)
            mails = self._mails(round_.name, round_.rows, as_of, times=round_.number, answer_by=answer_by)
            yield round_, letters, mails

    def _draft(self, round_: Round, rows: Sequence[StatusRow], as_of: date, answer_by: date | None) -> None:
        """Note a letter as a draft, in place of an earlier draft to any of the same units."""
        units = [row.unit.id for row in rows]
        one: dict[str, Any] = {"deliverable": round_.deliverable.id, "units": units, "as_of": as_of}
        one |= ({"answer_by": answer_by} if answer_by else {}) | ({"report": True} if round_.is_report else {})
        old = self._drafts(round_.deliverable.id, units)
        there = at(self.kept.file.root, ("letters",)) or []
        kept = [it for i, it in enumerate(there) if i not in old]
        kept.insert(old[0] if old else len(kept), one)
        self.kept.put([Put(("letters",), kept)])

    def _drafts(self, deliverable: str, units: Sequence[str] | None) -> list[int]:
        """Find the drafts of letters about something, to any of these units if that is given."""
        drafts = [(i, one) for i, one in enumerate(self.kept.record.letters) if not one.number]
        mine = ((i, set(one.units)) for i, one in drafts if one.deliverable == deliverable)
        return [i for i, told in mine if units is None or not told.isdisjoint(units)]

    def soon(self, rows: Sequence[StatusRow], as_of: date, within: int) -> list[Saved]:
        """Write the texts for those who have so many days left or fewer."""
        near = [row for row in rows if row.left is not None and row.left <= within]
        found = [row for row in near if reminders.urged(self.opened.plan, row, as_of)]
        return self._mails(f"nhac-{as_of}", found, as_of, times=0, answer_by=None)

    def soon_tasks(self, unit: str | None, block: str | None, as_of: date, within: int) -> list[Saved]:
        """Write the texts for those who have tasks with so many days left or fewer, and have not said that they are done."""
        found = [one for one in follow(self.opened, unit, block, as_of).tasks if 0 <= one.days <= within]
        bound = {it.id: it for one in found for it in one.units}
        files = []
        for who in bound.values():
            record = self.opened.record_unchecked(who) or empty_record(self.opened.plan, who)
            mine = [one for one in found if who in one.units and not record.task(one.task.id).settled]
            if mine:
                told = [(one.task, one.last_day, one.days) for one in mine]
                text = reminders.tasks_e_mail(self.opened.plan, who, told, self._address(who))
                files.append(save(self.folder / f"nhac-{as_of}" / f"{who.id}-nhiem-vu.txt", text.encode()))
        return files

    def _address(self, unit: Unit) -> str | None:
        record = self.opened.record_unchecked(unit)
        return record.contact.email if record and record.contact else None

    def _mails(
        self, name: str, rows: Sequence[StatusRow], as_of: date, *, times: int, answer_by: date | None
    ) -> list[Saved]:
        """Write texts for e-mail, one a row, into a folder of that name."""
        files = []
        for row in rows:
            to = reminders.urged(self.opened.plan, row, as_of)
            address = ", ".join(filter(None, map(self._address, to))) or None
            text = reminders.e_mail(self.opened.plan, row, to, times=times, answer_by=answer_by, address=address)
            file = f"{row.unit.id}.txt" if times else f"{row.unit.id}-{row.deliverable.id}.txt"
            files.append(save(self.folder / name / file, text.encode()))
        return files

    def issued(self, deliverable: str, unit: str | None, number: str, when: date) -> None:
        """Record that a letter was issued: the draft about that, to that unit where several are drafted."""
        id_ = self.opened.deliverable(deliverable).id
        who = [self.opened.unit(unit).id] if unit else None
        if any(one.number == number for one in self.kept.record.letters):
            raise UsageError(_("công văn {number} đã được ghi", number=number))
        drafts = self._drafts(id_, who)
        if not drafts:
            raise UsageError(
                _("chưa có dự thảo công văn đôn đốc nào về «{id}»", id=id_),
                help=_("làm công văn trước: danvan remind --deliverable {id}", id=id_),
            )
        if len(drafts) > 1:
            raise UsageError(
                _("có {count} dự thảo về «{id}»", count=len(drafts), id=id_),
                help=_("ghi thêm --unit: một đơn vị có tên trong công văn đã phát hành"),
            )
        self.kept.put([Put(("letters", drafts[0], "number"), number), Put(("letters", drafts[0], "date"), when)])
