"""What people type, read as the unit's file holds it: days, figures, states in the forms that are in use."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.text import clean, fold, nearest, squeeze
from danvan_cli.yaml.schema import ROUTINE, YEARS

if TYPE_CHECKING:
    from danvan_cli.plan.model import Plan

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_VIETNAMESE = re.compile(r"(?:ngày )?(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})", re.ASCII)
_PLAIN = re.compile(r"-?(?:0|[1-9]\d{0,17})(?:[.,]\d{1,18})?", re.ASCII)
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+,\d{1,18}", re.ASCII)
_UNCLEAR = re.compile(r"-?[1-9]\d{0,2}(?:[.,]\d{3})+", re.ASCII)

_STATES: Final = {
    "todo": ("todo", "chua", "chua lam", "chua thuc hien", "chua bat dau"),
    "doing": ("doing", "dang", "dang lam", "dang thuc hien", "dang trien khai"),
    "done": ("done", "xong", "da xong", "da lam xong", "hoan thanh", "da hoan thanh", "da thuc hien"),
}
"""How each state may be typed, without marks."""


def state(value: str) -> str:
    """Read a task's state: `done`, `đã hoàn thành`, `xong`.

    Raises:
        UsageError: if it is none.
    """
    typed = squeeze(fold(value))
    known = {word: name for name, words in _STATES.items() for word in words}
    if typed in known:
        return known[typed]
    near = nearest(typed, known)
    raise UsageError(
        _("không có trạng thái «{value}»", value=value[:40]),
        help=_("có phải «{near}»?", near=known[near[0]])
        if near
        else _("ghi todo (chưa), doing (đang) hoặc done (đã hoàn thành)"),
    )


def day(value: str) -> date:
    """Read a day: `2023-02-10`, `10/2/2023`.

    Raises:
        UsageError: if it is written otherwise, or there is no such day.
    """
    typed = squeeze(clean(value).lower())
    if found := _ISO.fullmatch(typed):
        year, month, number = map(int, found.groups())
    elif found := _VIETNAMESE.fullmatch(typed):
        number, month, year = map(int, found.groups())
    else:
        raise UsageError(
            _("«{value}» không phải ngày đúng dạng", value=value[:40]), help=_("viết như 10/2/2023 hoặc 2023-02-10")
        )
    try:
        made = date(year, month, number)
    except ValueError:
        made = None
    if made is None or made.year not in YEARS:
        raise UsageError(_("không có ngày {value}", value=value[:40]), help=_("xem lại ngày và tháng"))
    return made


def due(value: str) -> date | str:
    """Read when something is due: a day, or `thường xuyên` and the like.

    Raises:
        UsageError: if it is neither.
    """
    known = {fold(word): word for word in ROUTINE}
    typed = squeeze(fold(value))
    if typed in known:
        return known[typed]
    try:
        return day(value)
    except UsageError as error:
        raise UsageError(
            error.message, help=_("viết một ngày như 30/6/2023, hoặc: {words}", words=", ".join(ROUTINE))
        ) from None


def figure(value: str) -> Decimal | None:
    """Read a figure: `1486`, `8,5`, `8.5`, `1.234,5`; nothing at all is a blank, which is not 0.

    Raises:
        UsageError: if it is no figure, or could be two: 1.234 is one thousand to some and one to others.
    """
    typed = value.strip()
    if not typed:
        return None
    if _UNCLEAR.fullmatch(typed):
        raise UsageError(
            _("không rõ «{value}» là số nào", value=typed[:40]),
            help=_("viết {plain}, không có dấu ngăn hàng nghìn", plain=re.sub("[.,]", "", typed)),
        )
    if _GROUPED.fullmatch(typed):
        return Decimal(typed.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(typed):
        return Decimal(typed.replace(",", "."))
    raise UsageError(_("«{value}» không phải số", value=typed[:40]), help=_("viết như 1486 hoặc 8,5"))


def indicator(plan: Plan, typed: str) -> tuple[str, Decimal | None]:
    """Read `ID=VALUE`; the id may also be the indicator's name.

    Raises:
        UsageError: if the plan has no such indicator, or the value is no figure.
    """
    name, sign, value = clean(typed).partition("=")
    name = name.strip()
    items = plan.indicators.items if plan.indicators else []
    ids = {key: one.id for one in items for key in (one.id, one.name)}
    if not sign:
        raise UsageError(_("«{typed}»: thiếu dấu = và số", typed=typed[:60]), help=_("viết như tin-bai=64"))
    if name not in ids:
        near = nearest(name, ids)
        raise UsageError(
            _("không có chỉ tiêu «{id}» trong kế hoạch", id=name[:60]),
            help=_("có phải «{near}»?", near=ids[near[0]])
            if near
            else _("các chỉ tiêu: {ids}", ids=", ".join(one.id for one in items)),
        )
    return ids[name], figure(value)
