"""What a person types as the answer to a criterion, and what is said of it, in the words of the way it is scored."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from danvan_cli.lang import _
from danvan_cli.scoring.model import Answer
from danvan_cli.scoring.ways import WAY_BY_KEY, way_of
from danvan_cli.text import fold, squeeze

if TYPE_CHECKING:
    from danvan_cli.scoring.model import Criterion
    from danvan_cli.scoring.ways import Misfit

NOT_APPLICABLE: Final = "kad"
_NA: Final = {NOT_APPLICABLE, "na", "khong ap dung"}


def answer_of(one: Criterion, typed: str) -> Answer:
    """Make an answer of what was typed: a level's number, id or name; `45/50`; a count; points; `kad`.

    Raises:
        ValueError: if it is no number where one belongs; a `MistypedError` where it can be said what to write instead.
    """
    typed = squeeze(typed)
    return Answer(na=True) if fold(typed) in _NA else way_of(one).typed(one, typed)


def written_answer(one: Criterion, answer: Answer) -> str:
    """Write an answer as `answer_of` reads it; empty where it is blank."""
    if answer.na:
        return NOT_APPLICABLE
    way = WAY_BY_KEY.get(one.way)
    return way.written(answer) if way and answer.given else ""


def in_words(bad: Misfit, one: Criterion) -> tuple[str, str | None]:
    """Say what does not fit to whom sees no file: parts by their names, figures with a comma, what to write as asked."""
    names = {"value": _("tử số"), "base": _("mẫu số"), "count": _("số lượng"), "points": _("điểm"), "level": _("mức")}

    def worded(text: str) -> str:
        text = re.sub(r"«(\w+)»", lambda found: f"«{names.get(found[1], found[1])}»", text)
        return re.sub(r"(?<![«.\d])(\d+)\.(\d{1,2})(?![\d.]*»|\d)", r"\1,\2", text)

    told = bad.help or ""
    if re.search(r"\b(value|base|count|points|level|na|note)\b", told):
        told = _("ghi {what}", what=way_of(one).question(one))
    return worded(bad.message), worded(told) or None
