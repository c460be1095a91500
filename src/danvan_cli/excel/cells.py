"""A cell's value as a person typed it, read as a field holds it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.errors import UsageError
from danvan_cli.excel.form import told
from danvan_cli.lang import _
from danvan_cli.text import clean, day, fold, number, perhaps, secret_mark, squeeze
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
    return _read(value, kind, percent=cell.percent)


def _read(value: Any, kind: CellKind, *, percent: bool) -> str:
    said = _as_text(value, percent=percent)
    match kind.name:
        case "text":
            return squeeze(said)
        case "long":
            return "\n".join(line.rstrip() for line in said.strip().split("\n"))
        case "choice":
            return _choice(squeeze(said), kind)
        case "flag":
            return _flag(squeeze(fold(said)))
        case "day" | "due":
            return _when(value, kind)
    return _number(value, kind, percent=percent)


_WORDS: Final = frozenset({"text", "long"})
"""Kinds of cells that hold what somebody has written."""


def _as_text(value: Any, *, percent: bool) -> str:
    match value:
        case date():
            return day(value)
        case Decimal():
            shown = f"{(value * 100 if percent else value).normalize():f}".replace(".", ",")
            return f"{shown}%" if percent else shown
    return str(value)


def _when(value: Any, kind: CellKind) -> str:
    if isinstance(value, Decimal) and kind.name == "day":
        raise UsageError(_("«{value}» không phải ngày", value=value), help=_("viết như 10/2/2023"))
    if isinstance(value, Decimal):
        raise UsageError(
            _("«{value}» không phải thời gian", value=value), help=_("viết như: {examples}", examples=", ".join(TIMES))
        )
    return told(value if isinstance(value, date) else typed_day(value) if kind.name == "day" else due(value))


def _number(value: Any, kind: CellKind, *, percent: bool) -> str:
    if isinstance(value, date):
        raise UsageError(_("ô là ngày, cần một số"), help=_("đổi định dạng ô thành Number rồi gõ lại"))
    if isinstance(value, str):
        written = value.rstrip().endswith("%")
        percent = percent or written
        value = typed_figure(value.rstrip().removesuffix("%"))
        if value is None:
            return ""
        value = value / 100 if written else value
    if value < 0 and kind.figure != "amount":
        raise UsageError(_("số {value} nhỏ hơn 0", value=number(value)), help=_("ghi một số từ 0 trở lên"))
    if percent and kind.figure == "percent":
        value *= 100
    counted = "count" if kind.name == "count" else kind.figure
    if counted and (wrong := misfigured(value, counted)):
        raise wrong
    return f"{value.normalize():f}"


def _choice(said: str, kind: CellKind) -> str:
    known: dict[str, str] = {}
    for i, (name, shown) in enumerate(kind.choices, start=1):
        numbered = _NUMBERED.match(shown) is not None
        ways = (shown, name, _NUMBERED.sub("", shown), *((str(i), f"{i}.") if numbered else ()))
        for way in ways:
            known.setdefault(fold(squeeze(way)), name)
    if (got := known.get(fold(said))) is not None:
        return got
    names = [shown for _name, shown in kind.choices]
    hint = perhaps(said, names) or _("chọn trong danh sách: {names}", names="; ".join(names)[:300])
    raise UsageError(_("không có lựa chọn «{value}»", value=said[:60]), help=hint)


def _flag(said: str) -> str:
    if said in _YES:
        return "x"
    if said in _NO:
        return ""
    raise UsageError(
        _("không rõ «{value}»", value=said[:40]), help=_("gõ x nếu không áp dụng, để trống nếu có áp dụng")
    )


def value_of(text: str, kind: CellKind) -> object:
    """Give a field's value as its file holds it; None for a blank."""
    if text == "":
        return None
    match kind.name:
        case "day":
            return date.fromisoformat(text)
        case "due":
            return iso_day(text) or text
        case "number" | "points":
            return Decimal(text)
        case "count":
            return int(text)
        case "flag":
            return True
    return text


def shown_cell(text: str, kind: CellKind) -> str:
    """Write a field's value as the screen and the sheet do."""
    if text == "":
        return _("(trống)")
    match kind.name:
        case "day" | "due" if when := iso_day(text):
            return day(when)
        case "number" | "count" | "points":
            return text.replace(".", ",")
        case "choice":
            return dict(kind.choices).get(text, text)
    flat = squeeze(text)
    return f"«{flat if len(flat) <= 60 else flat[:59] + '…'}»"
