"""Figures and days as people type them, read once for all commands and workbooks; what could be two is asked about."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.text import clean, squeeze

YEARS: Final = range(1900, 2200)
"""The years a date may lie in, wherever it is read: wide enough for any law cited and any plan, narrow enough that
arithmetic stays possible and 0203 for 2023 is found."""

_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_VIETNAMESE: Final = re.compile(r"(?:ngày )?(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})", re.ASCII)
_PLAIN: Final = re.compile(r"-?(?:0|[1-9]\d{0,17})(?:[.,]\d{1,18})?", re.ASCII)
_GROUPED: Final = re.compile(r"-?[1-9]\d{0,2}(?:(?:\.\d{3}){1,5},\d{1,18}|(?:\.\d{3}){2,5})", re.ASCII)
_UNCLEAR: Final = re.compile(r"-?[1-9]\d{0,2}\.\d{3}", re.ASCII)


class MistypedError(UsageError, ValueError):
    """What was typed is no figure or no day, or could be two; the help says what to write instead."""


def iso_day(value: str) -> date | None:
    """Read a day as our files hold it (`2023-02-10`); None for anything else."""
    return date.fromisoformat(value) if _ISO.fullmatch(value) else None


def typed_day(value: str) -> date:
    """Read a day: `2023-02-10`, `10/2/2023`.

    Raises:
        MistypedError: if it is written otherwise, or there is no such day.
    """
    typed = squeeze(clean(value).lower())
    if found := _ISO.fullmatch(typed):
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


def typed_figure(value: str) -> Decimal | None:
    """Read a figure: `1486`, `8,5`, `8.5`, `1.234,5`, `1.234.567`; nothing at all is a blank, which is not 0.

    Raises:
        MistypedError: if it is no figure, or could be two: 1.234 is a thousand and more to some, little over one to
            others.
    """
    typed = value.strip()
    if not typed:
        return None
    if _UNCLEAR.fullmatch(typed):
        raise MistypedError(
            _("không rõ «{value}» là số nào", value=typed[:40]),
            help=_(
                "viết {thousands} hoặc {decimals}", thousands=typed.replace(".", ""), decimals=typed.replace(".", ",")
            ),
        )
    if _GROUPED.fullmatch(typed):
        return Decimal(typed.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(typed):
        return Decimal(typed.replace(",", "."))
    raise MistypedError(_("«{value}» không phải số", value=typed[:40]), help=_("viết như 1486 hoặc 8,5"))
