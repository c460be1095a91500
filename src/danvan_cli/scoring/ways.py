"""The ways of scoring a criterion: one class a way says all that is to be known of it, and a table finds it.

A way of one's own is a class here, its row in `WAY_BY_KEY`, and its key in `scoring.model.Criterion`.
"""

# ruff: noqa: D102 - the base class says what each method gives

from __future__ import annotations

from abc import ABC, abstractmethod
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from danvan_cli.lang import _
from danvan_cli.scoring.figures import EXACT, HUNDRED, ZERO, exact_share, plain_figure, rounded, shown_points
from danvan_cli.scoring.formulas import RATIO_PARTS, literal, most_of, power
from danvan_cli.scoring.model import Answer
from danvan_cli.text import counted, fold, perhaps, squeeze
from danvan_cli.typed import MistypedError, typed_figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from danvan_cli.scoring.model import Criterion, Rounding, Threshold

Figures = dict[str, tuple[Decimal, str]]
"""What a unit's record knows: figures by name, each with where it comes from."""
Dates = dict[str, tuple[bool, str]]
"""Of each deliverable whose dates are known whether it was late, and what says so."""


class Misfit(NamedTuple):
    """Why an answer cannot be taken: which key of it, in words, and what to write instead."""

    key: str
    message: str
    help: str | None = None


class Cells(NamedTuple):
    """Where a criterion stands in a spreadsheet: the addresses of its answer's keys, the ranges of its levels."""

    at: Mapping[str, str]
    names: str
    worths: str


class Way(ABC):
    """A way of scoring: from an answer that fits to points, and how that is asked, typed, explained and written."""

    keys: ClassVar[tuple[str, ...]]
    """What an answer says: keys of `Answer`."""

    # Points ----------------------------------------------------------------------------------------------------------

    @abstractmethod
    def exact(self, one: Criterion, answer: Answer) -> Decimal:
        """Compute what an answer that fits gives before it is bounded and rounded."""

    def misfits(self, _one: Criterion, _answer: Answer) -> Iterator[Misfit]:
        """Say what of an answer's values cannot be taken; its keys are none but those of this way."""
        yield from ()

    @abstractmethod
    def formula(self, one: Criterion, cells: Cells, rounding: Rounding) -> str:
        """Write the points as a spreadsheet's formula, without `=`: `""` while blank or where it does not fit."""

    # Words -----------------------------------------------------------------------------------------------------------

    @abstractmethod
    def asks(self, one: Criterion) -> str:
        """Say what an answer looks like in a file."""

    @abstractmethod
    def question(self, one: Criterion) -> str:
        """Say in a few words what is asked for in a terminal."""

    def explained(self, _one: Criterion, _answer: Answer) -> str:
        """Write on paper, in figures and signs, how an answer that fits gives what it gives; `""` where it is that."""
        return ""

    def reason(self, _one: Criterion, _answer: Answer, _counts: str) -> str:
        """Say in words, on paper, why an answer that fits gives what it gives, naming what is counted; `""` if nothing is to say."""
        return ""

    def shape(self, _one: Criterion) -> str:
        """Say beside the criterion in a new file what counts, if there is anything to say."""
        return ""

    # Answers ---------------------------------------------------------------------------------------------------------

    @abstractmethod
    def typed(self, one: Criterion, text: str) -> Answer:
        """Read what a person typed.

        Raises:
            ValueError: if it is no answer; a `MistypedError` where it can be said what to write instead.
        """

    @abstractmethod
    def written(self, answer: Answer) -> str:
        """Write an answer as `typed` reads it."""

    def proposed(self, _one: Criterion, _figures: Figures, _sent: Dates) -> tuple[Answer, str] | None:
        """Answer from what a unit's record knows, with where that comes from; None where it does not know."""
        return None


class ByLevels(Way):
    """One of several levels, each with its points."""

    keys = ("level",)

    def exact(self, one: Criterion, answer: Answer) -> Decimal:
        return one.points_by_level[answer.level or ""]

    def misfits(self, one: Criterion, answer: Answer) -> Iterator[Misfit]:
        if answer.level not in one.points_by_level:
            hint = perhaps(str(answer.level), one.points_by_level) or self.asks(one)
            yield Misfit("level", _("không có mức «{level}»", level=answer.level), hint)

    def formula(self, _one: Criterion, cells: Cells, _rounding: Rounding) -> str:
        at, names, worths = cells.at["level"], cells.names, cells.worths
        return f'IF({at}="","",IF(SUMPRODUCT(--({names}={at}))=0,"",SUMPRODUCT(({names}={at})*{worths})))'

    def asks(self, one: Criterion) -> str:
        return _("ghi level: một trong {ids}", ids=", ".join(level.id for level in one.levels))

    def question(self, one: Criterion) -> str:
        return _("mức (1-{count})", count=len(one.levels))

    def explained(self, one: Criterion, answer: Answer) -> str:
        name = next(f"«{level.name}»" for level in one.levels if level.id == answer.level)
        return _beyond(name, self.exact(one, answer), one)

    def reason(self, one: Criterion, answer: Answer, _counts: str) -> str:
        return next(level.name for level in one.levels if level.id == answer.level)

    def shape(self, one: Criterion) -> str:
        return ", ".join(f"{level.id}: {plain_figure(level.points)}" for level in one.levels)

    def typed(self, one: Criterion, text: str) -> Answer:
        """Find a level by its number in the list, its id, its name; what is none of them is given back."""
        ids = [level.id for level in one.levels]
        if text.isdecimal() and text not in ids and 0 < int(text) <= len(ids):
            return Answer(level=ids[int(text) - 1])
        named = {fold(squeeze(level.name)): level.id for level in one.levels}
        return Answer(level=named.get(fold(text), text))

    def written(self, answer: Answer) -> str:
        return answer.level or ""

    def proposed(self, one: Criterion, _figures: Figures, sent: Dates) -> tuple[Answer, str] | None:
        if one.deliverable not in sent:
            return None
        late, why = sent[one.deliverable]
        level = next((level for level in one.levels if level.on == ("late" if late else "in-time")), None)
        return (Answer(level=level.id), why) if level else None


class ByRatio(Way):
    """A value over a base: points by thresholds, or straight in proportion."""

    keys = ("value", "base")

    def exact(self, one: Criterion, answer: Answer) -> Decimal:
        ratio, value, base = one.ratio, answer.value, answer.base
        assert ratio is not None  # noqa: S101 - the way says so
        assert value is not None  # noqa: S101 - what is not blank and fits has both
        assert base is not None  # noqa: S101
        if ratio.thresholds:
            best = reached(one, answer)
            return best.points if best else ZERO
        return exact_share(value * HUNDRED, one.most, base * ratio.full)

    def misfits(self, one: Criterion, answer: Answer) -> Iterator[Misfit]:
        value, base = answer.value, answer.base
        for key, other in (("value", "base"), ("base", "value")):
            if getattr(answer, key) is None:
                yield Misfit(other, _("tiêu chí «{id}» còn thiếu «{key}»", id=one.id, key=key), self.asks(one))
        if base == 0:
            hint = _("không phát sinh thì ghi na: true và note") if one.na else _("mẫu số phải lớn hơn 0")
            yield Misfit("base", _("mẫu số bằng 0 thì không tính được tỷ lệ"), hint)
        elif one.ratio and one.ratio.bounded and value is not None and base is not None and value > base:
            said = _("tử số {value} lớn hơn mẫu số {base}: tỷ lệ này không thể trên 100 %",
                     value=plain_figure(value), base=plain_figure(base))  # fmt: skip
            yield Misfit("value", said, _("xem lại hai số, hoặc có ghi ngược không"))

    def formula(self, one: Criterion, cells: Cells, rounding: Rounding) -> str:
        assert one.ratio is not None  # noqa: S101 - the way says so
        value, base = cells.at["value"], cells.at["base"]
        top, bottom = f"ROUND({value}*{RATIO_PARTS},0)", f"ROUND({base}*{RATIO_PARTS},0)"
        if one.ratio.thresholds:
            got = "0"
            for mark in sorted(one.ratio.thresholds, key=lambda mark: mark.start):
                scale = power(mark.start)
                worth = min(rounded(mark.points, rounding), one.most) if mark.points < one.most else one.most
                got = f"IF({top}*{100 * scale}>={bottom}*{literal(mark.start * scale)},{literal(worth)},{got})"
        else:
            part = Fraction(one.most) * 100 / Fraction(one.ratio.full) * 10**rounding.places
            got = most_of(f"{top}*{part.numerator}", f"{bottom}*{part.denominator}", one.most, rounding)
        part = f",{value}<={base}" if one.ratio.bounded else ""
        return f'IF(AND(ISNUMBER({value}),ISNUMBER({base})),IF(AND({value}>=0,{base}>0{part}),{got},""),"")'

    def asks(self, _one: Criterion) -> str:
        return _("ghi value: tử số và base: mẫu số")

    def question(self, _one: Criterion) -> str:
        return _("tử số/mẫu số, ví dụ 45/50")

    def explained(self, one: Criterion, answer: Answer) -> str:
        ratio, value, base = one.ratio, answer.value or ZERO, answer.base or Decimal(1)
        if ratio is None:
            return ""
        marks = [mark.start for mark in ratio.thresholds] or [ratio.full]
        quotient, share_of_it = f"{plain_figure(value)} : {plain_figure(base)}", _percent(value, base, marks)
        percent = f"{quotient} = {share_of_it} %"
        if ratio.thresholds:
            best = reached(one, answer)
            return f"{percent} ≥ {plain_figure(best.start)} %" if best else f"{percent} < {plain_figure(min(marks))} %"
        if value * HUNDRED >= ratio.full * base:
            return f"{percent} ≥ {plain_figure(ratio.full)} %"
        times = "" if ratio.full == HUNDRED else f" : {plain_figure(ratio.full)} %"
        return f"{quotient} ({share_of_it} %){times} × {plain_figure(one.most)}"

    def reason(self, one: Criterion, answer: Answer, _counts: str) -> str:
        ratio, value, base = one.ratio, answer.value or ZERO, answer.base or Decimal(1)
        marks, best = [mark.start for mark in ratio.thresholds] if ratio else [], reached(one, answer)
        told = f"Đạt {_percent(value, base, marks).removesuffix(',00')}% ({plain_figure(value)}/{plain_figure(base)})"
        if best:
            return f"{told}, từ {plain_figure(best.start)}% trở lên"
        return f"{told}, dưới {plain_figure(min(marks))}%" if marks else told

    def typed(self, _one: Criterion, text: str) -> Answer:
        value, slash, base = text.replace(":", "/").partition("/")
        if not slash:
            raise ValueError
        return Answer(value=_number(value), base=_number(base))

    def written(self, answer: Answer) -> str:
        return f"{_ungrouped(answer.value)}/{_ungrouped(answer.base)}"

    def proposed(self, one: Criterion, figures: Figures, _sent: Dates) -> tuple[Answer, str] | None:
        value, base = (figures.get(one.sources.get(key, "")) for key in self.keys)
        if value is None or base is None or value[0] < 0 or base[0] <= 0:
            return None
        answer = Answer(value=value[0], base=base[0])
        return None if any(self.misfits(one, answer)) else (answer, f"{value[1]} : {base[1]}")


class ByCount(Way):
    """So many points for each, up to the criterion's most."""

    keys = ("count",)
    gives = "tính"

    def exact(self, one: Criterion, answer: Answer) -> Decimal:
        assert answer.count is not None  # noqa: S101 - what is not blank and fits has it
        return answer.count * self.each(one)

    def each(self, one: Criterion) -> Decimal:
        """Give the points for each."""
        count = one.count or one.deduction
        assert count is not None  # noqa: S101 - the way says so
        return count.each

    def formula(self, one: Criterion, cells: Cells, rounding: Rounding) -> str:
        at = cells.at["count"]
        each, most = (Fraction(value) * 10**rounding.places for value in (self.each(one), one.most))
        bottom = lcm(each.denominator, most.denominator)
        got = self._got(one, f"{at}*{int(each * bottom)}", int(most * bottom), bottom, rounding)
        return f'IF(ISNUMBER({at}),IF(AND({at}>=0,INT({at})={at}),{got},""),"")'

    def _got(self, one: Criterion, taken: str, _whole: int, bottom: int, rounding: Rounding) -> str:
        return most_of(taken, str(bottom), one.most, rounding)

    def asks(self, _one: Criterion) -> str:
        return _("ghi count: số lượng")

    def question(self, _one: Criterion) -> str:
        return _("số lượng")

    def explained(self, one: Criterion, answer: Answer) -> str:
        got = self.exact(one, answer)
        told = f"{plain_figure(answer.count or 0)} × {plain_figure(self.each(one))} = {plain_figure(got)}"
        return _beyond(told, got, one)

    def reason(self, one: Criterion, answer: Answer, counts: str) -> str:
        count, each = answer.count or 0, counted(self.each(one))
        if not count:
            return "Không phát sinh"
        over = f"; tổng không quá {counted(one.most)} điểm" if count * self.each(one) > one.most else ""
        return f"{counted(count)} {counts}; mỗi {counts} {self.gives} {each} điểm{over}"

    def shape(self, one: Criterion) -> str:
        return f"mỗi việc {plain_figure(self.each(one))}"

    def typed(self, _one: Criterion, text: str) -> Answer:
        count = _number(text)
        if count != int(count):
            raise MistypedError(_("«{value}» không phải số nguyên", value=text[:40]), help=_("ghi một số nguyên"))
        return Answer(count=int(count))

    def written(self, answer: Answer) -> str:
        return str(answer.count)

    def proposed(self, one: Criterion, figures: Figures, _sent: Dates) -> tuple[Answer, str] | None:
        found = figures.get(one.sources.get("count", ""))
        if found is None or found[0] != found[0].to_integral_value() or found[0] < 0:
            return None
        return Answer(count=int(found[0])), found[1]


class ByDeduction(ByCount):
    """So many points taken away for each, down to nothing."""

    gives = "trừ"

    def exact(self, one: Criterion, answer: Answer) -> Decimal:
        return one.most - super().exact(one, answer)

    def _got(self, one: Criterion, taken: str, whole: int, bottom: int, rounding: Rounding) -> str:
        left = f"({whole}-{taken})"
        return f"IF({left}<=0,0,{most_of(left, str(bottom), one.most, rounding)})"

    def question(self, _one: Criterion) -> str:
        return _("số lượng bị trừ")

    def explained(self, one: Criterion, answer: Answer) -> str:
        left = self.exact(one, answer)
        told = f"{plain_figure(one.most)} − {plain_figure(answer.count or 0)} × {plain_figure(self.each(one))} = {plain_figure(left)}"
        return f"{told} < 0" if left < 0 else told

    def shape(self, one: Criterion) -> str:
        return f"mỗi việc trừ {plain_figure(self.each(one))}"


class ByPoints(Way):
    """Points as somebody gives them, in steps if the criterion has any."""

    keys = ("points",)

    def exact(self, _one: Criterion, answer: Answer) -> Decimal:
        assert answer.points is not None  # noqa: S101 - what is not blank and fits has them
        return answer.points

    def misfits(self, one: Criterion, answer: Answer) -> Iterator[Misfit]:
        value, step = answer.points or ZERO, one.graded
        if value > one.most:
            said = _("{points} điểm vượt điểm tối đa {most}", points=plain_figure(value), most=plain_figure(one.most))
            yield Misfit("points", said, _("ghi từ 0 đến {most}", most=one.most))
        elif step and value % step:
            low = value - value % step
            said = _("{points} điểm không đúng bước {step}", points=plain_figure(value), step=plain_figure(step))
            yield Misfit("points", said, _("ghi {low} hoặc {high}", low=low, high=low + step))

    def formula(self, one: Criterion, cells: Cells, rounding: Rounding) -> str:
        at = cells.at["points"]
        whole = f"ROUND({at}*1000000,0)"
        tests = [f"{at}>=0", f"{whole}<={literal(one.most * 1_000_000)}"]
        if one.graded:
            tests.append(f"MOD({whole},{literal(one.graded * 1_000_000)})=0")
        got = most_of(whole, str(10 ** (6 - rounding.places)), one.most, rounding)
        return f'IF(ISNUMBER({at}),IF(AND({",".join(tests)}),{got},""),"")'

    def asks(self, one: Criterion) -> str:
        return _("ghi points: số điểm, từ 0 đến {most}", most=one.most)

    def question(self, _one: Criterion) -> str:
        return _("số điểm")

    def shape(self, one: Criterion) -> str:
        return f"bước {plain_figure(one.graded)}" if one.graded else ""

    def typed(self, _one: Criterion, text: str) -> Answer:
        return Answer(points=_number(text))

    def written(self, answer: Answer) -> str:
        return _ungrouped(answer.points)


WAY_BY_KEY: Final[dict[str, Way]] = {
    "graded": ByPoints(),
    "levels": ByLevels(),
    "ratio": ByRatio(),
    "count": ByCount(),
    "deduction": ByDeduction(),
    "manual": ByPoints(),
    "survey": ByPoints(),
}
"""The ways by the key of a criterion that says so."""


def way_of(one: Criterion) -> Way:
    """Give the way that a leaf is scored by."""
    return WAY_BY_KEY[one.way]


def reached(one: Criterion, answer: Answer) -> Threshold | None:
    """Find the highest threshold that a ratio reaches, its lower bound included."""
    ratio, value, base = one.ratio, answer.value, answer.base
    if ratio is None or value is None or base is None:
        return None
    passed = [mark for mark in ratio.thresholds if value * HUNDRED >= mark.start * base]
    return max(passed, key=lambda mark: mark.start, default=None)


def _beyond(how: str, got: Decimal, one: Criterion) -> str:
    """Show that what was earned is more than the criterion gives."""
    return f"{how} > {plain_figure(one.most)}" if got > one.most else how


def _percent(value: Decimal, base: Decimal, marks: Sequence[Decimal]) -> str:
    """Write a percentage to two places, and to as many as show that it is below a mark: `94,9967`, not `95,00`."""
    exact = exact_share(value, HUNDRED, base)
    for places in range(2, 20):
        told = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, EXACT)
        if not any(exact < mark <= told for mark in marks):
            break
    return shown_points(exact, places)


def _number(text: str) -> Decimal:
    got = typed_figure(text)
    if got is None:
        raise MistypedError(_("thiếu một số"), help=_("viết như 1486 hoặc 8,5"))
    return got


def _ungrouped(value: Decimal | None) -> str:
    return plain_figure(value).replace(".", "") if value is not None else ""
