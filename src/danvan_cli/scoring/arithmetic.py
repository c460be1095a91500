"""The arithmetic of a leaf: an answer becomes points, in Decimal, rounded once by the rubric's own rule.

Figures in between are never rounded: a percentage is compared with a threshold by multiplying, not by dividing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Final

from danvan_cli.lang import _
from danvan_cli.scoring.figures import plain
from danvan_cli.text import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from danvan_cli.scoring.model import Answer, Criterion, Part, Rounding, Threshold

_RULES: Final = {"half-up": ROUND_HALF_UP, "half-even": ROUND_HALF_EVEN, "down": ROUND_DOWN}
_EXACT: Final = Context(prec=60)
_PLACES: Final = [Decimal(1).scaleb(-places) for places in range(5)]
_ZERO: Final = Decimal(0)
HUNDRED: Final = Decimal(100)

KEYS: Final = {
    "graded": ("points",),
    "levels": ("level",),
    "ratio": ("value", "base"),
    "count": ("count",),
    "deduction": ("count",),
    "manual": ("points",),
    "survey": ("points",),
}
"""What an answer says, by the way a criterion is scored."""


def rounded(value: Decimal, rounding: Rounding) -> Decimal:
    """Round as the rubric says: to its places, by its rule."""
    return value.quantize(_PLACES[rounding.places], _RULES[rounding.rule], _EXACT)


def share(value: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    """Give value × part ÷ whole, to 60 digits."""
    return _EXACT.divide(_EXACT.multiply(value, part), whole)


def points(criterion: Criterion, answer: Answer, rounding: Rounding) -> Decimal:
    """Compute what an answer that fits gives: between 0 and the criterion's most, rounded."""
    got, most = _WAYS[criterion.way](criterion, answer), criterion.most
    if got >= most:
        return most
    return min(rounded(got, rounding), most) if got > 0 else _ZERO


def exact(criterion: Criterion, answer: Answer) -> Decimal:
    """Compute what an answer that fits gives before it is bounded and rounded."""
    return _WAYS[criterion.way](criterion, answer)


def reached(criterion: Criterion, answer: Answer) -> Threshold | None:
    """Find the highest threshold that a ratio reaches, its lower bound included."""
    ratio, value, base = criterion.ratio, answer.value, answer.base
    if ratio is None or value is None or base is None:
        return None
    passed = [one for one in ratio.thresholds if value * HUNDRED >= one.start * base]
    return max(passed, key=lambda one: one.start, default=None)


def _levels(criterion: Criterion, answer: Answer) -> Decimal:
    return criterion.points_by_level[answer.level or ""]


def _ratio(criterion: Criterion, answer: Answer) -> Decimal:
    ratio, value, base = criterion.ratio, answer.value, answer.base
    assert ratio is not None  # noqa: S101 - the way says so
    assert value is not None  # noqa: S101 - what is not blank and fits has both
    assert base is not None  # noqa: S101
    if ratio.thresholds:
        best = reached(criterion, answer)
        return best.points if best else _ZERO
    return share(value * HUNDRED, criterion.most, base * ratio.full)


def _count(criterion: Criterion, answer: Answer) -> Decimal:
    count = criterion.count or criterion.deduction
    assert count is not None  # noqa: S101 - the way says so
    assert answer.count is not None  # noqa: S101 - what is not blank and fits has it
    return answer.count * count.each


def _deduction(criterion: Criterion, answer: Answer) -> Decimal:
    return criterion.most - _count(criterion, answer)


def _typed(_criterion: Criterion, answer: Answer) -> Decimal:
    assert answer.points is not None  # noqa: S101 - what is not blank and fits has them
    return answer.points


_WAYS: Final[dict[str, Callable[[Criterion, Answer], Decimal]]] = {
    "graded": _typed,
    "levels": _levels,
    "ratio": _ratio,
    "count": _count,
    "deduction": _deduction,
    "manual": _typed,
    "survey": _typed,
}


# What does not fit ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why an answer cannot be taken: which key of it, in words, and what to write instead."""

    key: str
    message: str
    help: str | None = None


def fits(criterion: Criterion, answer: Answer, part: Part = "criteria") -> bool:
    """Tell whether an answer gives points, or says as it may that the criterion does not apply."""
    if answer.na:
        return criterion.na is not None and part == "criteria" and not answer.given and answer.note is not None
    way = criterion.way
    return way != "" and answer.given == KEYS[way] and _FITS[way](criterion, answer)


def _within(criterion: Criterion, answer: Answer) -> bool:
    given, step = answer.points or _ZERO, criterion.graded
    return given <= criterion.most and (step is None or not given % step)


_FITS: Final[dict[str, Callable[[Criterion, Answer], bool]]] = {
    "graded": _within,
    "levels": lambda criterion, answer: answer.level in criterion.points_by_level,
    "ratio": lambda _criterion, answer: answer.base != 0,
    "count": lambda _criterion, _answer: True,
    "deduction": lambda _criterion, _answer: True,
    "manual": _within,
    "survey": _within,
}


def misfits(criterion: Criterion, answer: Answer, part: Part = "criteria") -> Iterator[Misfit]:
    """Say what of an answer does not fit its criterion, for one that does not `fits`."""
    if criterion.criteria:
        yield Misfit(
            "",
            _("«{id}» là nhóm tiêu chí, không chấm trực tiếp", id=criterion.id),
            _("chấm các tiêu chí trong nhóm: {ids}", ids=", ".join(one.id for one in criterion.leaves())),
        )
        return
    given, keys = answer.given, KEYS[criterion.way]
    if answer.na:
        if criterion.na is None or part != "criteria":
            yield Misfit("na", _("tiêu chí «{id}» không cho phép «không áp dụng»", id=criterion.id), _asks(criterion))
        elif given:
            yield Misfit(given[0], _("tiêu chí không áp dụng (na: true) thì không có «{key}»", key=given[0]))
        elif not answer.note:
            yield Misfit(
                "na", _("tiêu chí «{id}» ghi không áp dụng mà không có giải trình", id=criterion.id), 'note: "…"'
            )
        return
    strange = [key for key in given if key not in keys]
    for key in strange:
        yield Misfit(key, _("tiêu chí «{id}» không nhận «{key}»", id=criterion.id, key=key), _asks(criterion))
    if strange or not given:
        return
    yield from _values(criterion, answer)


def _values(criterion: Criterion, answer: Answer) -> Iterator[Misfit]:
    match criterion.way:
        case "levels":
            known = [one.id for one in criterion.levels]
            if answer.level not in known:
                near = nearest(str(answer.level), known)
                hint = _("có phải «{near}»?", near=near[0]) if near else _asks(criterion)
                yield Misfit("level", _("không có mức «{level}»", level=answer.level), hint)
        case "ratio":
            for key in ("value", "base"):
                if getattr(answer, key) is None:
                    yield Misfit(
                        "value" if key == "base" else "base",
                        _("tiêu chí «{id}» còn thiếu «{key}»", id=criterion.id, key=key),
                        _asks(criterion),
                    )
            if answer.base == 0:
                hint = _("không phát sinh thì ghi na: true và note") if criterion.na else _("mẫu số phải lớn hơn 0")
                yield Misfit("base", _("mẫu số bằng 0 thì không tính được tỷ lệ"), hint)
        case "graded" | "manual" | "survey":
            value, step = answer.points or _ZERO, criterion.graded
            if value > criterion.most:
                yield Misfit(
                    "points",
                    _("{points} điểm vượt điểm tối đa {most}", points=plain(value), most=plain(criterion.most)),
                    _("ghi từ 0 đến {most}", most=criterion.most),
                )
            elif step and value % step:
                low = value - value % step
                yield Misfit(
                    "points",
                    _("{points} điểm không đúng bước {step}", points=plain(value), step=plain(step)),
                    _("ghi {low} hoặc {high}", low=low, high=low + step),
                )


def _asks(criterion: Criterion) -> str:
    """Say what an answer to a criterion looks like."""
    match criterion.way:
        case "levels":
            return _("ghi level: một trong {ids}", ids=", ".join(one.id for one in criterion.levels))
        case "ratio":
            return _("ghi value: tử số và base: mẫu số")
        case "count" | "deduction":
            return _("ghi count: số lượng")
    return _("ghi points: số điểm, từ 0 đến {most}", most=criterion.most)
