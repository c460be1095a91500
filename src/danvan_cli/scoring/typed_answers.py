"""What a person types as the answer to a criterion, in the words of the way it is scored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from danvan_cli.lang import _
from danvan_cli.scoring.figures import plain
from danvan_cli.scoring.model import Answer
from danvan_cli.text import fold, squeeze
from danvan_cli.typed import MistypedError, figure

if TYPE_CHECKING:
    from decimal import Decimal

    from danvan_cli.scoring.model import Criterion

NOT_APPLICABLE: Final = "kad"
_NA: Final = {NOT_APPLICABLE, "na", "khong ap dung"}


def answer_of(one: Criterion, typed: str) -> Answer:
    """Make an answer of what was typed: a level's number, id or name; `45/50`; a count; points; `kad`.

    Raises:
        ValueError: if it is no number where one belongs; a `MistypedError` where it can be said what to write instead.
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
            count = _number(typed)
            if count != int(count):
                raise MistypedError(_("«{value}» không phải số nguyên", value=typed[:40]), help=_("ghi một số nguyên"))
            return Answer(count=int(count))
    return Answer(points=_number(typed))


def _level(one: Criterion, typed: str) -> str:
    """Find a level by its number in the list, its id, its name; what is none of them is given back."""
    ids = [level.id for level in one.levels]
    if typed.isdecimal() and typed not in ids and 0 < int(typed) <= len(ids):
        return ids[int(typed) - 1]
    named = {fold(squeeze(level.name)): level.id for level in one.levels}
    return named.get(fold(typed), typed)


def _number(typed: str) -> Decimal:
    got = figure(typed)
    if got is None:
        raise MistypedError(_("thiếu một số"), help=_("viết như 1486 hoặc 8,5"))
    return got


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
