"""What was filed wrongly is put right: the receipt stays as it is, a correction stands beside it."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from danvan_cli.delivery.model import CORRECTION_FORMAT, PACKAGE, WORKBOOK, Correction
from danvan_cli.delivery.pending import note_pending
from danvan_cli.delivery.store import draft_folder, file_away, write_beside
from danvan_cli.errors import UsageError
from danvan_cli.inbox.kind import all_kinds
from danvan_cli.inbox.looking import look
from danvan_cli.inbox.model import Outcome, Said
from danvan_cli.inbox.outline import withdrawn
from danvan_cli.inbox.records import take_back
from danvan_cli.lang import _
from danvan_cli.pdf.text import PdfReader
from danvan_cli.plan import calendar
from danvan_cli.yaml.held import locked

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.delivery.store import Filed
    from danvan_cli.desk.opened import Open
    from danvan_cli.inbox.model import Look
    from danvan_cli.inbox.records import TakenBack


@dataclass(frozen=True)
class Corrected:
    """What was put right: where it lies now, what was taken back in the unit's files, the proposals that were read of it.

    Of a proposal it is told whether it is gone: one that a person has edited stays.
    """

    folder: Path
    back: tuple[TakenBack, ...]
    proposals: tuple[tuple[Path, bool], ...]


def undo(opened: Open, name: str) -> Corrected:
    """Take back that something came: it counts no more, and may come again; what it brought into the unit's files too."""
    one = _found(opened, name)
    with locked(one.folder), PdfReader() as pdf:
        done = _taken_back(opened, one, _looks(one, pdf), one.folder)
        write_beside(one.folder, Correction(format=CORRECTION_FORMAT, date=calendar.today()))
    return done


def move(opened: Open, name: str, unit: str | None, deliverable: str | None) -> tuple[Corrected, Outcome]:
    """File what came under another unit or deliverable; what is to follow it there is noted, and still to be done.

    A package or a workbook of danvan's is refused: it says itself whose it is.
    """
    one = _found(opened, name)
    if (one.folder / PACKAGE).is_dir() or one.receipt.deliverable == WORKBOOK:
        raise UsageError(
            _("«{name}» là gói hoặc sổ của danvan: chính nó ghi của ai", name=name[:80]),
            help=_("bỏ khỏi sổ: danvan receive --undo MÃ"),
        )
    who = opened.unit(unit or one.receipt.unit)
    what = opened.deliverable(deliverable or one.receipt.deliverable)
    if (who.id, what.id) == (one.receipt.unit, one.receipt.deliverable):
        raise UsageError(_("«{name}» đã ở đó", name=name[:80]), help=_("nói rõ: --unit ĐƠN-VỊ, --deliverable MÃ"))
    opened.owed(who, what)
    root = opened.workspace.received
    receipt = one.receipt.model_copy(update={"unit": who.id, "deliverable": what.id})
    with locked(one.folder), PdfReader() as pdf, draft_folder(root) as folder:
        for file in receipt.files:
            shutil.copyfile(one.folder / file.name, folder / file.name)
        looks = _looks(one, pdf)
        todo = set().union(*(all_kinds()[it.kind].to_do(receipt, opened.plan) for it in looks))
        note_pending(folder, time.time_ns(), todo)
        to = file_away(folder, root, receipt)
        if to is None:
            raise UsageError(_("{unit}: «{id}» này đã có", unit=who.name, id=what.id))
        done = _taken_back(opened, one, looks, to)
        place = to.relative_to(root).as_posix()
        write_beside(one.folder, Correction(format=CORRECTION_FORMAT, date=calendar.today(), moved=place))
    said = Said(receipt.unit, receipt.deliverable, receipt.symbol, receipt.issued, receipt.number, receipt.received)
    there = [replace(it, path=to / it.path.name) for it in looks]
    return done, Outcome([it.path for it in there], "filed", said, to, receipt, looks=there)


def _taken_back(opened: Open, one: Filed, looks: list[Look], now: Path) -> Corrected:
    """Take back what something, which lies here now, brought into the unit's files, and the proposals read of it."""
    who = opened.plan.unit_by_id.get(one.receipt.unit)
    back = tuple(take_back(opened.workspace, opened.plan, who, one)) if who else ()
    return Corrected(now, back, tuple(withdrawn(opened.workspace, opened.plan, one.receipt, looks)))


def _looks(one: Filed, pdf: PdfReader) -> list[Look]:
    """Look at what was filed; not at the inside of a package."""
    if (one.folder / PACKAGE).is_dir():
        return []
    return [look(one.folder / file.name, pdf) for file in one.receipt.files]


def _found(opened: Open, name: str) -> Filed:
    every = [one for some in opened.received().values() for one in some]
    wanted = tuple(name.strip("/").split("/"))
    found = [one for one in every if one.folder.parts[-len(wanted) :] == wanted]
    if not found and len(name) > 7:
        found = [one for one in every if one.receipt.sha256.startswith(name)]
    if len(found) != 1:
        raise UsageError(
            _("không có hồ sơ đã nhận nào là «{name}»", name=name[:80])
            if not found
            else _("«{name}» là nhiều hồ sơ đã nhận", name=name[:80]),
            help=_(
                "ghi mã mà danvan receive đã nêu, hoặc tên thư mục ở province/received/, như so-y-te/6m/2023-05-09-0f3a9c01"
            ),
        )
    return found[0]
