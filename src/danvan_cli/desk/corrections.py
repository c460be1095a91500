"""What was filed wrongly is put right: the receipt stays as it is, a correction stands beside it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from danvan_cli.delivery.filing import draft, file_away, write_correction
from danvan_cli.delivery.model import CORRECTION_FORMAT, PACKAGE, Correction
from danvan_cli.delivery.store import Filed, received
from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.plan import calendar
from danvan_cli.yaml.held import locked

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.desk.opened import Open


def undo(opened: Open, name: str) -> Filed:
    """Take back that something came: it counts no more, and may come again.

    Raises:
        UsageError: if nothing is filed under that name, or several things are.
    """
    one = _found(opened, name)
    with locked(one.folder):
        write_correction(one.folder, Correction(format=CORRECTION_FORMAT, date=calendar.today()))
    return one


def move(opened: Open, name: str, unit: str | None, deliverable: str | None) -> Path:
    """File what came under another unit or deliverable; give the folder.

    Raises:
        UsageError: if nothing is filed under that name, nothing else is said, the unit owes no such thing, or it is a package,
            which says itself whose it is.
    """
    one = _found(opened, name)
    who = opened.unit(unit or one.receipt.unit)
    what = opened.deliverable(deliverable or one.receipt.deliverable)
    if (who.id, what.id) == (one.receipt.unit, one.receipt.deliverable):
        raise UsageError(_("«{name}» đã ở đó", name=name[:80]), help=_("nói rõ: --unit ĐƠN-VỊ, --deliverable MÃ"))
    if (one.folder / PACKAGE).is_dir():
        raise UsageError(
            _("«{name}» là gói: chính gói ghi của ai", name=name[:80]), help=_("bỏ khỏi sổ: danvan receive --undo MÃ")
        )
    if not (what.on_request or opened.plan.owes(what, who) or opened.plan.exempt(what, who)):
        raise UsageError(_("{unit} không phải gửi «{id}»", unit=who.name, id=what.id))
    root = opened.workspace.received
    with locked(one.folder), draft(root) as folder:
        for file in one.receipt.files:
            shutil.copyfile(one.folder / file.name, folder / file.name)
        receipt = one.receipt.model_copy(update={"unit": who.id, "deliverable": what.id})
        to = file_away(folder, root, receipt)
        if to is None:
            raise UsageError(_("{unit}: «{id}» này đã có", unit=who.name, id=what.id))
        place = to.relative_to(root).as_posix()
        write_correction(one.folder, Correction(format=CORRECTION_FORMAT, date=calendar.today(), moved=place))
    return to


def _found(opened: Open, name: str) -> Filed:
    every = [one for some in received(opened.workspace.received, opened.plan.id).values() for one in some]
    wanted = name.rstrip("/").rsplit("/", 1)[-1]
    found = [
        one for one in every if one.folder.name == wanted or (len(wanted) > 7 and one.receipt.sha256.startswith(wanted))
    ]
    if len(found) != 1:
        raise UsageError(
            _("không có hồ sơ đã nhận nào là «{name}»", name=name[:80])
            if not found
            else _("«{name}» là nhiều hồ sơ đã nhận", name=name[:80]),
            help=_("ghi mã mà danvan receive đã nêu, hoặc tên thư mục ở province/received/"),
        )
    return found[0]
