"""What a person types as the answer to a criterion, in the words of the way it is scored."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from danvan_cli.scoring.figures import plain
from danvan_cli.scoring.model import Answer
from danvan_cli.text import fold, squeeze

if TYPE_CHECKING:
    from danvan_cli.scoring.model import Criterion

NOT_APPLICABLE: Final = "kad"
_NA: Final = {NOT_APPLICABLE, "na", "khong ap dung"}
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?")


def answer_of(one: Criterion, typed: str) -> Answer:
    """Make an answer of what was typed: a level's number, id or name; `45/50`; a count; points; `kad`.

    Raises:
        ValueError: if it is no number where one belongs.
    """
    typed = squeeze(typed)
    if fold(typed) in _NA:
        return Answer(na=True)
    match one.way:
        case "levels":
            return Answer(level=_level(one, typed))
        case "ratio":
            value, slash, base = typed.replace(":", "/").partition("/")
            if not slash:
                raise ValueError
            return Answer(value=_number(value), base=_number(base))
        case "count" | "deduction":
            return Answer(count=int(typed.replace(".", "") if _THOUSANDS.fullmatch(typed) else typed))
    return Answer(points=_number(typed))


def _level(one: Criterion, typed: str) -> str:
    """Find a level by its number in the list, its id, its name; what is none of them is given back."""
    ids = [level.id for level in one.levels]
    if typed.isdecimal() and typed not in ids and 0 < int(typed) <= len(ids):
        return ids[int(typed) - 1]
    named = {fold(squeeze(level.name)): level.id for level in one.levels}
    return named.get(fold(typed), typed)


def _number(typed: str) -> Decimal:
    """Read a figure as Vietnamese write it, or with a point before its decimals: `8,5`, `8.5`, `2.440`, `1.234,5`."""
    typed = typed.strip()
    if _THOUSANDS.fullmatch(typed):
        typed = typed.replace(".", "")
    plain_digits = typed.replace(",", ".")
    if not plain_digits.replace(".", "", 1).isdecimal():
        raise ValueError
    return Decimal(plain_digits)


def written(one: Criterion, answer: Answer) -> str:
    """Write an answer as `answer_of` reads it; empty where it is blank."""
    if answer.na:
        return NOT_APPLICABLE
    if answer.level is not None:
        return answer.level
    if answer.value is not None or answer.base is not None:
        return f"{_plain(answer.value)}/{_plain(answer.base)}"
    if answer.count is not None:
        return str(answer.count)
    return _plain(answer.points) if one.way else ""


def _plain(value: Decimal | None) -> str:
    return plain(value).replace(".", "") if value is not None else ""
