"""Figures and days as people type them, read once for all commands and workbooks; what could be two is asked about."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.text import clean, fold, number, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

YEARS: Final = range(1900, 2200)
"""The years a date may lie in, wherever it is read: wide enough for any law cited and any plan, narrow enough that
arithmetic stays possible and 0203 for 2023 is found."""

TIMES: Final = (
    "30/6/2023", "15/3", "trước ngày 15/3", "tháng 4/2023", "Quý I/2023", "từ 01/3 đến 15/4", "hằng tháng", "cả năm",
    "thường xuyên", "khi có yêu cầu",
)  # fmt: skip
"""How a time may be typed, as `plan.when` reads it, for whoever asks for one."""


def times(year: int) -> list[str]:
    """Give the examples of times in a year."""
    return [one.replace("2023", str(year)) for one in TIMES]


_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_BY_YEAR: Final = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})", re.ASCII)
_VIETNAMESE: Final = re.compile(r"(?:ngày ?)?(\d{1,2}) ?(?:[/.-]|tháng) ?(\d{1,2}) ?(?:[/.-]|năm) ?(\d{4})", re.ASCII)
_PLAIN: Final = re.compile(r"-?(?:0?\d|[1-9]\d{0,17})(?:[.,]\d{1,18})?", re.ASCII)  # 05 as papers have it
_JOINED: Final = re.compile(r"(?<=\d)[\u00a0\u2007\u2009\u202f](?=\d{3}(?!\d))")
"""A space that does not break, between the thousands of one figure."""
_GROUPED: Final = re.compile(r"-?[1-9]\d{0,2}(?:(?:\.\d{3}){1,5},\d{1,18}|(?:\.\d{3}){2,5})", re.ASCII)
_UNCLEAR: Final = re.compile(r"-?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_OF_WORD: Final = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys("\u00a0\u2007\u2009\u202f", " "),
}
_PLAINLY: Final = str.maketrans(_OF_WORD)

FigureKind = Literal["count", "amount", "percent"]
"""What a figure is: a count is whole and not below 0, a percentage from 0 to 100, an amount any figure."""
_NOTHING: Final = frozenset(
    (
        "khong", "khong co", "khong phat sinh", "khong co phat sinh", "khong co kho khan vuong mac", "khong co vuong mac",
        "khong co kho khan", "khong co kho khan va vuong mac", "chua phat sinh", "chua co kho khan vuong mac",
    )
)  # fmt: skip


class MistypedError(UsageError, ValueError):
    """What was typed is no figure or no day, or could be two; the help says what to write instead."""


def plainly(value: str) -> str:
    """Give what was typed as a keyboard has it: the dashes, quotes and spaces that Word and Excel make are plain ones."""
    return squeeze(clean(value).translate(_PLAINLY)).strip("'\" ")


def called(given: str, names: Mapping[str, Iterable[str]]) -> str | None:
    """Find the one thing that is called as typed (`all_called`); None where there is none, or more than one."""
    found = all_called(given, names)
    return found[0] if len(found) == 1 else None


def all_called(given: str, names: Mapping[str, Iterable[str]]) -> list[str]:
    """List the things that are called as typed.

    Capitals, the dashes, quotes and spaces of Word, a full stop behind it and `UBND` for its full name make no
    difference; marks do not where none was typed. `names` are the things' ids, each with what it is called besides.
    """
    if given in names:
        return [given]
    typed = _form(given)
    bare = fold(typed) if typed.isascii() else None
    for same in (lambda name: name == given, lambda name: _form(name) == typed, lambda name: fold(_form(name)) == bare):
        found = [one for one, more in names.items() if any(map(same, (one, *more)))]
        if found:
            return found
    return []


def _form(name: str) -> str:
    return plainly(name).casefold().rstrip(". ").replace("&", "").replace("ủy ban nhân dân", "ubnd")


def nothing(value: str) -> bool:
    """Tell whether a text only says that there is nothing: `Không có`, «Không phát sinh.»."""
    return squeeze(re.sub(r"[.,;:/-]", " ", fold(plainly(value)))) in _NOTHING


def iso_day(value: str) -> date | None:
    """Read a day as our files hold it (`2023-02-10`); None for anything else."""
    return date.fromisoformat(value) if _ISO.fullmatch(value) else None


def typed_day(value: str) -> date:
    """Read a day: `2023-02-10`, `10/2/2023`, `ngày 10 tháng 02 năm 2023`.

    Raises:
        MistypedError: if it is written otherwise, or there is no such day.
    """
    typed = plainly(value).lower()
    if found := _BY_YEAR.fullmatch(typed):
        year, month, number = map(int, found.groups())
    elif found := _VIETNAMESE.fullmatch(typed):
        number, month, year = map(int, found.groups())
    else:
        raise MistypedError(
            _("«{value}» không phải ngày đúng dạng", value=value[:40]), help=_("viết như 10/2/2023 hoặc 2023-02-10")
        )
    try:
        made = date(year, month, number)
    except ValueError:
        made = None
    if made is None or made.year not in YEARS:
        raise MistypedError(_("không có ngày {value}", value=value[:40]), help=_("xem lại ngày và tháng"))
    return made


def typed_figure(value: str, kind: FigureKind | None = None) -> Decimal | None:
    """Read a figure: `1486`, `8,5`, `8.5`, `1.234,5`, `1.234.567`; nothing at all is a blank, «không có» is 0.

    Raises:
        MistypedError: if it is no figure or not of its kind, or could be two: 1.234 is a thousand and more to some,
            little over one to others.
    """
    typed = plainly(_JOINED.sub("", value))
    if not typed:
        return None
    if nothing(typed):
        return Decimal(0)
    if _UNCLEAR.fullmatch(typed):
        thousands, decimals = typed.replace(".", ""), typed.replace(".", ",")
        how = _("viết {thousands} hoặc {decimals}", thousands=thousands, decimals=decimals)
        if kind == "count":
            how = _("viết {thousands}; số đếm là số nguyên", thousands=thousands)
        raise MistypedError(_("không rõ «{value}» là số nào", value=typed[:40]), help=how)
    if _GROUPED.fullmatch(typed):
        got = Decimal(typed.replace(".", "").replace(",", "."))
    elif _PLAIN.fullmatch(typed):
        got = Decimal(typed.replace(",", "."))
    else:
        raise MistypedError(_("«{value}» không phải số", value=typed[:40]), help=_("viết như 1486 hoặc 8,5"))
    if kind and (wrong := misfigured(got, kind)):
        raise wrong
    return got


def misfigured(value: Decimal, kind: FigureKind) -> MistypedError | None:
    """Say why a figure is none of its kind, and what to write instead; None where it is one."""
    if kind == "amount":
        return None
    if value < 0:
        return MistypedError(_("số {value} nhỏ hơn 0", value=number(value)), help=_("ghi một số từ 0 trở lên"))
    if kind == "percent":
        over = MistypedError(_("tỷ lệ {value} % lớn hơn 100 %", value=number(value)), help=_("ghi từ 0 đến 100"))
        return over if value > 100 else None
    if value == value.to_integral_value():
        return None
    told, thousands = _("«{value}» không phải số nguyên", value=number(value)), value * 1000
    if value > 1000 or thousands != thousands.to_integral_value():
        return MistypedError(told, help=_("ghi một số nguyên"))
    meant = int(thousands)  # a spreadsheet takes 1.250 for 1,25
    how = _("có phải {thousands}? nếu phải thì gõ {plain}; số đếm là số nguyên", thousands=number(meant), plain=meant)
    return MistypedError(told, help=how)
