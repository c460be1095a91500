"""A cell's value as a person typed it, read as a field holds it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.text import clean, fold, nearest, number, secret_mark, squeeze
from danvan_cli.typed import TIMES, iso_day, misfigured, typed_day, typed_figure
from danvan_cli.unit.typed import due

if TYPE_CHECKING:
    from danvan_cli.excel.form import CellKind
    from danvan_cli.ooxml.xlsx import Value

_YES: Final = {"x", "co", "v", "1", "true", "dung", "yes", "khong ap dung", "kad"}
_NO: Final = {"", "khong", "0", "false", "no"}
_NUMBERED: Final = re.compile(r"^\d+\.\s*")


def canonical(cell: Value | None, kind: CellKind) -> str:
    """Read a cell as its field's one text; empty for a blank.

    Raises:
        UsageError: if it is nothing that may be typed there, with what to write instead.
    """
    if cell is None or cell.value == "":
        return ""
    if cell.error:
        raise UsageError(_("ô báo lỗi {value}", value=str(cell.value)[:20]), help=_("gõ thẳng giá trị vào ô"))
    value = cell.value
    if kind.name in _WORDS and isinstance(value, (bool, date)):  # Excel has made it of what was typed
        raise UsageError(
            _("ô là ngày hoặc đúng/sai của Excel, cần chữ"), help=_("đổi định dạng ô thành Text rồi gõ lại")
        )
    if isinstance(value, bool):
        value = "x" if value else ""
    if isinstance(value, str):
        value = clean(value)
        if secret_mark(value):
            raise UsageError(_("ô mang dấu chỉ độ mật"), help=_("bỏ nội dung mật ra khỏi sổ; báo cáo theo đường riêng"))
        if not value.strip():
            return ""
    return _READ[kind.name](value, kind, percent=cell.percent)


_WORDS: Final = frozenset({"text", "long"})
"""Kinds of cells that hold what somebody has written."""


def _text(value: Any, _kind: CellKind, *, percent: bool) -> str:
    return squeeze(_as_text(value, percent=percent))


def _long(value: Any, _kind: CellKind, *, percent: bool) -> str:
    return "\n".join(line.rstrip() for line in _as_text(value, percent=percent).strip().split("\n"))


def _as_text(value: Any, *, percent: bool) -> str:
    match value:
        case date():
            return (
                f"{value.day:02d}/{value.month:02d}/{value.year}"
                if value.month < 3
                else f"{value.day:02d}/{value.month}/{value.year}"
            )
        case Decimal():
            shown = f"{(value * 100 if percent else value).normalize():f}".replace(".", ",")
            return f"{shown}%" if percent else shown
    return str(value)


def _day(value: Any, _kind: CellKind, *, percent: bool) -> str:  # noqa: ARG001 - read like the others
    if isinstance(value, Decimal):
        raise UsageError(_("«{value}» không phải ngày", value=value), help=_("viết như 10/2/2023"))
    return (value if isinstance(value, date) else typed_day(value)).isoformat()


def _due(value: Any, _kind: CellKind, *, percent: bool) -> str:  # noqa: ARG001 - read like the others
    if isinstance(value, Decimal):
        raise UsageError(
            _("«{value}» không phải thời gian", value=value), help=_("viết như: {examples}", examples=", ".join(TIMES))
        )
    got = value if isinstance(value, date) else due(value)
    return got.isoformat() if isinstance(got, date) else got


def _number(value: Any, kind: CellKind, *, percent: bool) -> str:
    written = False
    if isinstance(value, date):
        raise UsageError(_("ô là ngày, cần một số"), help=_("đổi định dạng ô thành Number rồi gõ lại"))
    if isinstance(value, str):
        value = value.rstrip()
        written = value.endswith("%")
        value = typed_figure(value.removesuffix("%"))
        if value is None:
            return ""
        value = value / 100 if written else value
    if value < 0 and kind.figure != "amount":
        raise UsageError(_("số {value} nhỏ hơn 0", value=number(value)), help=_("ghi một số từ 0 trở lên"))
    if (percent or written) and kind.figure == "percent":
        value *= 100
    counted = "count" if kind.name == "count" else kind.figure
    if counted and (wrong := misfigured(value, counted)):
        raise wrong
    return f"{value.normalize():f}"


def _choice(value: Any, kind: CellKind, *, percent: bool) -> str:
    said = squeeze(_as_text(value, percent=percent))
    known: dict[str, str] = {}
    for i, (name, shown) in enumerate(kind.choices, start=1):
        numbered = _NUMBERED.match(shown) is not None
        ways = (shown, name, _NUMBERED.sub("", shown), *((str(i), f"{i}.") if numbered else ()))
        for way in ways:
            known.setdefault(fold(squeeze(way)), name)
    if (got := known.get(fold(said))) is not None:
        return got
    names = [shown for _name, shown in kind.choices]
    near = nearest(said, names)
    hint = (
        _("có phải «{near}»?", near=near[0])
        if near
        else _("chọn trong danh sách: {names}", names="; ".join(names)[:300])
    )
    raise UsageError(_("không có lựa chọn «{value}»", value=said[:60]), help=hint)


def _flag(value: Any, _kind: CellKind, *, percent: bool) -> str:
    said = squeeze(fold(_as_text(value, percent=percent)))
    if said in _YES:
        return "x"
    if said in _NO:
        return ""
    raise UsageError(
        _("không rõ «{value}»", value=said[:40]), help=_("gõ x nếu không áp dụng, để trống nếu có áp dụng")
    )


_READ: Final = {
    "text": _text,
    "long": _long,
    "day": _day,
    "due": _due,
    "number": _number,
    "count": _number,
    "points": _number,
    "choice": _choice,
    "flag": _flag,
}


def value_of(told: str, kind: CellKind) -> object:
    """Give a field's value as its file holds it; None for a blank."""
    if told == "":
        return None
    match kind.name:
        case "day":
            return date.fromisoformat(told)
        case "due":
            return iso_day(told) or told
        case "number" | "points":
            return Decimal(told)
        case "count":
            return int(told)
        case "flag":
            return True
    return told


def shown_cell(told: str, kind: CellKind) -> str:
    """Write a field's value as the screen and the sheet do."""
    if told == "":
        return _("(trống)")
    match kind.name:
        case "day" | "due" if day := iso_day(told):
            return _as_text(day, percent=False)
        case "number" | "count" | "points":
            return told.replace(".", ",")
        case "choice":
            return dict(kind.choices).get(told, told)
    flat = squeeze(told)
    return f"«{flat if len(flat) <= 60 else flat[:59] + '…'}»"
