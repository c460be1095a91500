"""The arithmetic of a leaf: an answer, as typed, becomes points, in Decimal, rounded once by the rubric's own rule.

Figures in between are never rounded: a percentage is compared with a threshold by multiplying, not by dividing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from danvan_cli.lang import _
from danvan_cli.scoring.figures import ZERO, plain_figure, rounded, shown_points
from danvan_cli.scoring.model import Answer
from danvan_cli.scoring.ways import WAY_BY_KEY, Misfit, way_of
from danvan_cli.text import fold, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from danvan_cli.scoring.model import Criterion, Rounding, RubricPart


def points(criterion: Criterion, answer: Answer, rounding: Rounding) -> Decimal:
    """Compute what an answer that fits gives: between 0 and the criterion's most, rounded."""
    got, most = WAY_BY_KEY[criterion.way].exact(criterion, answer), criterion.most
    if got >= most:
        return most
    return min(rounded(got, rounding), most) if got > 0 else ZERO


def fits(criterion: Criterion, answer: Answer, part: RubricPart = "criteria") -> bool:
    """Tell whether an answer gives points, or says as it may that the criterion does not apply."""
    if answer.na:
        return criterion.na is not None and part == "criteria" and not answer.given and answer.note is not None
    way = WAY_BY_KEY.get(criterion.way)
    return way is not None and answer.given == way.keys and next(way.misfits(criterion, answer), None) is None


def misfits(criterion: Criterion, answer: Answer, part: RubricPart = "criteria") -> Iterator[Misfit]:
    """Say what of an answer does not fit its criterion, for one that does not `fits`."""
    if criterion.criteria:
        how = _("chấm các tiêu chí trong nhóm: {ids}", ids=", ".join(one.id for one in criterion.leaves()))
        yield Misfit("", _("«{id}» là nhóm tiêu chí, không chấm trực tiếp", id=criterion.id), how)
        return
    given, way = answer.given, way_of(criterion)
    if answer.na:
        if criterion.na is None or part != "criteria":
            message = _("tiêu chí «{id}» không cho phép «không áp dụng»", id=criterion.id)
            yield Misfit("na", message, way.asks(criterion))
        elif given:
            yield Misfit(given[0], _("tiêu chí không áp dụng (na: true) thì không có «{key}»", key=given[0]))
        elif not answer.note:
            message = _("tiêu chí «{id}» ghi không áp dụng mà không có giải trình", id=criterion.id)
            yield Misfit("na", message, 'note: "…"')
        return
    strange = [key for key in given if key not in way.keys]
    for key in strange:
        message = _("tiêu chí «{id}» không nhận «{key}»", id=criterion.id, key=key)
        yield Misfit(key, message, way.asks(criterion))
    if given and not strange:
        yield from way.misfits(criterion, answer)


# How points come about: in figures and signs that need no language, for who checks; in words, for what is signed -------


def added(points: Sequence[Decimal], places: int) -> str:
    """Write a sum: `4,00 + 3,50 = 7,50`; nothing where there is nothing to add."""
    if len(points) < 2:
        return ""
    total = shown_points(sum(points, ZERO), places)
    return f"{' + '.join(shown_points(one, places) for one in points)} = {total}"


def derivation(criterion: Criterion, answer: Answer, rounding: Rounding) -> str:
    """Write how an answer that fits becomes points: `45 : 50 = 90,00 % ≥ 80 % → 3,00`."""
    counted, way = points(criterion, answer, rounding), way_of(criterion)
    got, exact = shown_points(counted, rounding.places), way.exact(criterion, answer)
    how = way.explained(criterion, answer) or (plain_figure(exact) if exact != counted else "")
    return f"{how} → {got}" if how else got


# What a person types as the answer, and what is said of it, in the words of the way it is scored -----------------------

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
