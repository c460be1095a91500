"""A unit's file held open for recording in it, and which of its reports on request is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.rules.check import check_unit
from danvan_cli.text import clean, squeeze
from danvan_cli.unit.model import UnitRecord
from danvan_cli.yaml.held import Held

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Deliverable, Unit
    from danvan_cli.unit.model import Requested


class UnitHeld(NamedTuple):
    """A unit whose file is held open."""

    opened: Open
    unit: Unit
    held: Held[UnitRecord]

    @property
    def record(self) -> UnitRecord:
        """What is recorded so far."""
        return self.held.record

    @property
    def root(self) -> object:
        """The file as a tree."""
        return self.held.file.root

    @property
    def folder(self) -> Path:
        """The unit's folder."""
        return self.held.path.parent


def hold(opened: Open, unit: Unit) -> UnitHeld:
    """Open a unit's file for recording."""
    return UnitHeld(opened, unit, Held(UnitRecord, opened.unit_file(unit), lambda read: check_unit(read, opened.plan)))


def meant(record: UnitRecord, report: Deliverable, topic: str | None) -> tuple[str, Requested | None]:
    """Find the topic of a report on request, as its entry has it, and the entry; None where there is none of it yet.

    Where no topic is named there must be just one entry.
    """
    topic = squeeze(clean(topic or "")) or None
    mine = [one for one in record.requested if one.report == report.id]
    if topic is not None:
        at = record.on_topic(report.id, topic)
        return (topic, None) if at is None else (record.requested[at].topic, record.requested[at])
    if len(mine) == 1:
        return mine[0].topic, mine[0]
    if not mine:
        raise UsageError(
            _("báo cáo «{id}» cần nội dung", id=report.id),
            help=_('thêm --topic "…", ví dụ --topic "Kết quả thực hiện dân chủ ở cơ sở"'),
        )
    topics = "; ".join(one.topic for one in mine)
    raise UsageError(
        _("có {count} báo cáo «{id}»: {names}", count=len(mine), id=report.id, names=topics),
        help=_('nói rõ báo cáo nào: thêm --topic "nội dung như khi làm"'),
    )
