"""Returning what a unit sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.delivery import filing
from danvan_cli.delivery.model import RETURN_FORMAT, Return
from danvan_cli.delivery.store import received
from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.text import clean, squeeze
from danvan_cli.unit.typed import day

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.desk.opened import Open


def return_to_unit(
    opened: Open, unit: str, deliverable: str, reason: str, by: str | None, number: str | None, date: str | None
) -> list[Path]:
    """Return what was received and has not been returned yet.

    Args:
        opened: the workspace.
        unit: the unit's id or name.
        deliverable: the id or name of what it sent.
        reason: why.
        by: the day by which it is to be sent again, as typed; None where none is set.
        number: number and symbol of the letter that returns it, if there is one.
        date: the day of the return as typed; None is today.

    Returns:
        The folders of the receipts, each with the return beside it now.

    Raises:
        UsageError: if there is no reason, nothing to return, or the days do not fit.
    """
    who, what = opened.unit(unit), opened.deliverable(deliverable)
    told = squeeze(clean(reason))
    if not told:
        raise UsageError(_("--reason trống"), help=_("ghi vì sao trả lại"))
    when, again = opened.happened(date), day(by) if by else None
    if again and again < when:
        raise UsageError(_("hạn gửi lại {by} trước ngày trả lại", by=by), help=_("ghi một ngày sau đó"))
    filed = received(opened.workspace.received, opened.plan.id).get((who.id, what.id), [])
    standing = [one.folder for one in filed if one.returned is None and one.receipt.received <= when]
    if not standing:
        known = filed[-1].returned if filed else None
        raise UsageError(
            _("{unit}: bản đã nhận của «{id}» đã trả lại rồi", unit=who.name, id=what.id)
            if known
            else _("chưa nhận «{id}» của {unit}", unit=who.name, id=what.id),
            help=_("xem: danvan status --unit {id}", id=who.id),
        )
    returned = Return(format=RETURN_FORMAT, date=when, reason=told, number=number, by=again)
    for folder in standing:
        filing.write_return(folder, returned)
    return standing
