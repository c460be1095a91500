"""The arithmetic of a leaf: an answer becomes points, in Decimal, rounded once by the rubric's own rule.

Figures in between are never rounded: a percentage is compared with a threshold by multiplying, not by dividing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.lang import _
from danvan_cli.scoring.rounding import ZERO, rounded
from danvan_cli.scoring.way import Misfit
from danvan_cli.scoring.ways import WAY_BY_KEY, way_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from danvan_cli.scoring.model import Answer, Criterion, Rounding, RubricPart


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
    return way is not None and answer.given == way.keys and way.fits(criterion, answer)


def misfits(criterion: Criterion, answer: Answer, part: RubricPart = "criteria") -> Iterator[Misfit]:
    """Say what of an answer does not fit its criterion, for one that does not `fits`."""
    if criterion.criteria:
        yield Misfit(
            "",
            _("«{id}» là nhóm tiêu chí, không chấm trực tiếp", id=criterion.id),
            _("chấm các tiêu chí trong nhóm: {ids}", ids=", ".join(one.id for one in criterion.leaves())),
        )
        return
    given, way = answer.given, way_of(criterion)
    if answer.na:
        if criterion.na is None or part != "criteria":
            message = _("tiêu chí «{id}» không cho phép «không áp dụng»", id=criterion.id)
            yield Misfit("na", message, way.asks(criterion))
        elif given:
            yield Misfit(given[0], _("tiêu chí không áp dụng (na: true) thì không có «{key}»", key=given[0]))
        elif not answer.note:
            yield Misfit(
                "na", _("tiêu chí «{id}» ghi không áp dụng mà không có giải trình", id=criterion.id), 'note: "…"'
            )
        return
    strange = [key for key in given if key not in way.keys]
    for key in strange:
        message = _("tiêu chí «{id}» không nhận «{key}»", id=criterion.id, key=key)
        yield Misfit(key, message, way.asks(criterion))
    if given and not strange:
        yield from way.misfits(criterion, answer)
