"""What people type, read as the unit's file holds it: states, times, indicators in the forms that are in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.plan.when import when
from danvan_cli.text import clean, fold, nearest, squeeze
from danvan_cli.typed import TIMES, MistypedError, called
from danvan_cli.typed import typed_day as day
from danvan_cli.typed import typed_figure as figure
from danvan_cli.yaml.schema import ROUTINE

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from danvan_cli.plan.model import Plan
    from danvan_cli.unit.model import State

__all__ = ["day", "due", "figure", "ids", "indicator", "state"]

_STATES: Final[dict[State, tuple[str, ...]]] = {
    "todo": ("todo", "chua", "chua lam", "chua thuc hien", "chua bat dau"),
    "doing": ("doing", "dang", "dang lam", "dang thuc hien", "dang trien khai"),
    "done": ("done", "xong", "da xong", "da lam xong", "hoan thanh", "da hoan thanh", "da thuc hien"),
}
"""How each state may be typed, without marks."""


def state(value: str) -> State:
    """Read a task's state: `done`, `đã hoàn thành`, `xong`.

    Raises:
        UsageError: if it is none.
    """
    typed = squeeze(fold(value))
    known = {word: name for name, words in _STATES.items() for word in words}
    if typed in known:
        return known[typed]
    near, wanted = nearest(typed, known), _("ghi todo (chưa), doing (đang) hoặc done (đã hoàn thành)")
    raise UsageError(
        _("không có trạng thái «{value}»", value=value[:40]),
        help=_("có phải «{near}»?", near=known[near[0]]) if near else wanted,
    )


_LEAP: Final = 2024
"""A year that has every day of any, for asking whether words without one are a day."""


def ids(value: str) -> list[str]:
    """Read ids with commas between; «không» is none at all."""
    none = fold(value).strip() in {"khong", "khong co"}
    return [] if none else [one.strip() for one in value.split(",") if one.strip()]


def due(value: str) -> date | str:
    """Read when something is due: a day, or words such as `thường xuyên`, which are kept as typed.

    Raises:
        UsageError: if it is neither: figures without a letter that are no time, as a mistyped day is.
    """
    known = {fold(word): word for word in ROUTINE}
    typed = squeeze(clean(value))
    if fold(typed) in known:
        return known[fold(typed)]
    try:
        return day(value)
    except UsageError as error:
        if any(letter.isalpha() for letter in typed) or when(typed, _LEAP).understood:
            return typed
        raise UsageError(error.message, help=_("viết như: {examples}", examples=", ".join(TIMES))) from None


def indicator(plan: Plan, typed: str) -> tuple[str, Decimal | None]:
    """Read `ID=VALUE`; the id may also be the indicator's name.

    Raises:
        UsageError: if the plan has no such indicator, or the value is no figure.
    """
    name, sign, value = clean(typed).partition("=")
    name = name.strip()
    items = plan.indicator_by_id.values()
    ids = {key: one for one in items for key in (one.id, one.name)}
    known = called(name, {one.id: (one.name,) for one in items}) or name
    if not sign:
        raise UsageError(_("«{typed}»: thiếu dấu = và số", typed=typed[:60]), help=_("viết như tin-bai=64"))
    if known not in ids:
        near = nearest(name, ids)
        every = _("các chỉ tiêu: {ids}", ids=", ".join(one.id for one in items)) if items else None
        raise UsageError(
            _("không có chỉ tiêu «{id}» trong kế hoạch", id=name[:60]),
            help=_("có phải «{near}»?", near=ids[near[0]].id) if near else every,
        )
    one = ids[known]
    try:
        return one.id, figure(value, one.figure_kind)
    except MistypedError as error:
        raise UsageError(f"{one.id}: {error.message}", help=error.help) from None
