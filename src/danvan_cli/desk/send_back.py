"""Returning what a unit sent, and putting a return right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from danvan_cli.delivery.model import RETURN_FORMAT, Return
from danvan_cli.delivery.store import write_beside
from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.plan import calendar
from danvan_cli.text import clean, fold, squeeze
from danvan_cli.text import day as written
from danvan_cli.typed import typed_day as day

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from danvan_cli.delivery.store import Filed
    from danvan_cli.desk.opened import Open


@dataclass(frozen=True)
class ReturnSaid:
    """What is said of a return, as typed; None is not said.

    `by` is the day by which it is to be sent again, `number` that of the letter that returns it, `date` the day of the return,
    `symbol` that of what is returned.
    """

    reason: str | None = None
    by: str | None = None
    number: str | None = None
    date: str | None = None
    symbol: str | None = None


def return_to_unit(opened: Open, unit: str, deliverable: str, said: ReturnSaid) -> list[Path]:
    """Return what was received and has not been returned yet; give the folders of the receipts."""
    who, what = opened.unit(unit), opened.deliverable(deliverable).id
    filed = _filed(opened, unit, deliverable, said)
    told = squeeze(clean(said.reason or ""))
    if not told:
        raise UsageError(_("--reason trống"), help=_("ghi vì sao trả lại"))
    when = opened.happened(said.date)
    standing = [one for one in filed if one.returned is None and one.receipt.received <= when]
    if not standing:
        known = filed[-1].returned if filed else None
        raise UsageError(
            _("{unit}: bản đã nhận của «{id}» đã trả lại rồi", unit=who.name, id=what)
            if known
            else _("chưa nhận «{id}» của {unit}", unit=who.name, id=what),
            help=_("ghi nhầm ngày, lý do thì sửa: danvan send-back … --correct; không trả nữa: --undo")
            if known
            else _("xem: danvan status --unit {id}", id=who.id),
        )
    made = Return(format=RETURN_FORMAT, date=when, reason=told, number=said.number, by=_again(said.by, when))
    for one in standing:
        was = one.undone.former(when) if one.undone else []
        write_beside(one.folder, made.model_copy(update={"was": was}))
    return [one.folder for one in standing]


def correct_return(opened: Open, unit: str, deliverable: str, said: ReturnSaid) -> list[Path]:
    """Put a return right that was entered wrongly: what is said takes the place of what stood, which is kept beside it."""
    standing, old = _last(_filed(opened, unit, deliverable, said), deliverable)
    if said == ReturnSaid(symbol=said.symbol):
        raise UsageError(_("chưa nói sửa gì"), help=_("ghi thêm --reason, --date, --by hoặc --number"))
    when = opened.happened(said.date) if said.date else old.date
    late = next((one for one in standing if one.receipt.received > when), None)
    if late:
        raise UsageError(_("ngày trả lại trước ngày nhận {day}", day=written(late.receipt.received)))
    new: dict[str, Any] = {"date": when, "reason": squeeze(clean(said.reason)) if said.reason else old.reason}
    new |= {"number": said.number or old.number}
    new |= {"by": _again(said.by, when), "before": None} if said.by else {}
    _again(None, when, old.by)
    for one in standing:
        if one.returned and any(getattr(one.returned, key) != value for key, value in new.items()):
            was = one.returned.former(calendar.today())
            write_beside(one.folder, one.returned.model_copy(update={**new, "was": was}))
    return [one.folder for one in standing]


def undo_return(opened: Open, unit: str, deliverable: str, said: ReturnSaid) -> list[Path]:
    """Take a return back: what was received stands as if it had not been returned, and the record says so."""
    standing, _old = _last(_filed(opened, unit, deliverable, said), deliverable)
    for one in standing:
        if one.returned:
            write_beside(one.folder, one.returned.model_copy(update={"undone": calendar.today()}))
    return [one.folder for one in standing]


def _filed(opened: Open, unit: str, deliverable: str, said: ReturnSaid) -> list[Filed]:
    """List what came of a thing; of reports on request, which are no versions of each other, the one with that symbol."""
    one = opened.deliverable(deliverable)
    filed = opened.received().get((opened.unit(unit).id, one.id), [])
    symbols = {it.symbol: it.receipt.symbol or _("không rõ số") for it in filed}
    told = ", ".join(symbols.values())
    if said.symbol and filed:
        wanted = squeeze(fold(said.symbol))
        if wanted not in symbols:
            message = _("chưa nhận «{id}» số {symbol}", id=one.id, symbol=said.symbol[:40])
            raise UsageError(message, help=_("đã nhận: {symbols}", symbols=told))
        return [it for it in filed if it.symbol == wanted]
    if one.on_request and len(symbols) > 1:
        message = _("«{id}» đã nhận nhiều báo cáo: {symbols}", id=one.id, symbols=told)
        raise UsageError(message, help=_("ghi rõ của báo cáo nào: --symbol SỐ"))
    return filed


def _last(filed: list[Filed], deliverable: str) -> tuple[list[Filed], Return]:
    back = [one.returned for one in filed if one.returned]
    if not back:
        raise UsageError(_("«{id}» chưa bị trả lại", id=deliverable[:40]))
    last = max(back, key=lambda one: one.date)
    return [one for one in filed if one.returned and one.returned.date == last.date], last


def _again(typed: str | None, when: date, known: date | None = None) -> date | None:
    """Read the day by which it is to come again: none before it was returned."""
    again = day(typed) if typed else known
    if again and again < when:
        raise UsageError(_("hạn gửi lại {by} trước ngày trả lại", by=written(again)), help=_("ghi một ngày sau đó"))
    return again
