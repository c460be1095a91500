"""Charts as SVG in the page: each with a title and a description that tell its figures, readable in black and white.

Widths are parts of a hundred, so that a chart is as wide as its place and its patterns keep their shape.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from markupsafe import Markup, escape

from danvan_cli.lang import _
from danvan_cli.text import clean, day, number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from danvan_cli.page.shown import YearDay


class Slice(NamedTuple):
    """A part of a whole: the name of its pattern, how many, in words."""

    name: str
    many: int
    said: str


def _svg(inside: str, title: str, desc: str, kind: str, size: str) -> Markup:
    """Put a chart together; title and description are any text."""
    told = f"<title>{escape(clean(title))}</title><desc>{escape(clean(desc))}</desc>"
    return Markup(f'<svg class="{kind}" role="img" {size}>{told}{inside}</svg>')  # noqa: S704 - all data are escaped


def _cut(share: float) -> str:
    return f"{share:.2f}".rstrip("0").rstrip(".")


def stacked(parts: Sequence[Slice], title: str, height: int = 14) -> Markup:
    """Draw a whole in parts side by side."""
    whole = sum(one.many for one in parts) or 1
    at, drawn = 0.0, []
    for one in parts:
        if one.many:
            wide = 100 * one.many / whole
            place = f'x="{_cut(at)}%" y="1" width="{_cut(wide)}%" height="{height - 2}"'
            drawn.append(f'<rect {place} class="f-{one.name}"/>')
            at += wide
    desc = "; ".join(f"{one.said} {number(one.many)}" for one in parts)
    return _svg("".join(drawn), title, desc, "bar", f'width="100%" height="{height}"')


def swatch(name: str) -> Markup:
    """Draw a part's pattern for a legend."""
    part = f'<rect x=".5" y=".5" width="13" height="11" class="f-{name}"/>'
    return Markup(f'<svg class="sw" aria-hidden="true">{part}</svg>')  # noqa: S704 - a name of ours


# The year's line ---------------------------------------------------------------------------------------------------------

_WIDE: Final = 1120
_LANES: Final = 4
_LETTER: Final = 6.1
"""The width of a letter of the labels, about."""
_LONG: Final = 34
"""So many letters of a name stand on the line; the table below it has all."""


def year_line(days: Sequence[YearDay], as_of: date) -> Markup:
    """Draw deadlines on a line: reports above, tasks below; filled where all did it, a triangle where the day is past."""
    first, last = date(days[0].day.year, 1, 1), date(days[-1].day.year, 12, 31)
    span = (last - first).days

    def x(when: date) -> float:
        return 20 + (_WIDE - 40) * (when - first).days / span

    above, up = _labelled([one for one in days if one.kind == "report"], x, as_of)
    below, down = _labelled([one for one in days if one.kind == "task"], x, as_of)
    axis = 42 + 32 * max(1, up)
    ticks = []
    for month in range((last.year - first.year) * 12 + 12):
        begins = date(first.year + month // 12, month % 12 + 1, 1)
        here = x(begins)
        ticks.append(f'<path class="ax" d="M{here:.1f} {axis - 5}v10"/>')
        named = begins.month if span < 800 else begins.year if begins.month == 1 else None
        if named:
            ticks.append(f'<text class="mo" x="{here + 4:.1f}" y="{axis + 15}">{named}</text>')
    drawn = [f'<path class="axis" d="M20 {axis}H{_WIDE - 20}"/>', *ticks]
    height = axis + 44 + 32 * down
    if first <= as_of <= last:
        here = x(as_of)
        said = escape(_("hôm nay {day}", day=day(as_of)))
        ends = ' text-anchor="end"' if here > _WIDE - 130 else ""
        drawn.append(f'<path class="today" d="M{here:.1f} 14V{height}"/>')
        drawn.append(f'<text class="now" x="{here + (-4 if ends else 4):.1f}" y="11"{ends}>{said}</text>')
    for labels, side, near, first_lane in ((above, -1, axis - 14, axis - 40), (below, 1, axis + 32, axis + 56)):
        drawn += [one.stem(first_lane + 32 * side * one.lane, near, side) for one in labels]
        drawn += [one.draw(first_lane + 32 * side * one.lane, near) for one in labels]
    desc = _("Từng hạn và số đã xong: xem bảng dưới đây.")
    return _svg("".join(drawn), _("Các hạn trong năm"), desc, "year", f'viewBox="0 0 {_WIDE} {height}"')


class _Label(NamedTuple):
    """What stands at a day: where, in which lane (-1: only its mark), on which side, what it says, its mark."""

    x: float
    lane: int
    left: bool
    name: str
    said: str
    mark: str

    def stem(self, y: float, near: float, side: int) -> str:
        """Draw what joins the mark to its label, which stands clear of all marks."""
        return (
            ""
            if self.lane < 0
            else f'<path class="stem" d="M{self.x:.1f} {near + 8 * side}V{y + (10 if side > 0 else -9)}"/>'
        )

    def draw(self, y: float, near: float) -> str:
        out = f'<g transform="translate({self.x:.1f} {near})">{_MARKS[self.mark]}</g>'
        if self.lane < 0:
            return out
        place = f'x="{self.x - 5:.1f}" text-anchor="end"' if self.left else f'x="{self.x + 5:.1f}"'
        return (
            f'{out}<text {place} y="{y}">{escape(self.name)}</text>'
            f'<text class="sub" {place} y="{y + 13}">{escape(self.said)}</text>'
        )


_MARKS: Final = {
    "done": '<circle class="m-done" r="7"/><path class="tick" d="M-3.5 0l2.5 2.5 4.5-5"/>',
    "past": '<path class="m-past" d="M0-8L8 6H-8z"/><path class="tick" d="M0-3v4M0 3v1"/>',
    "open": '<circle class="m-open" r="6.5"/>',
}


def _labelled(days: Sequence[YearDay], x: Callable[[date], float], as_of: date) -> tuple[list[_Label], int]:
    """Give each day its mark and a lane where its label meets no other; a day that no lane has room for has its mark only."""
    free = [0.0] * _LANES
    out, used = [], 0
    called = _called([clean(one.name) for one in days])
    for when in dict.fromkeys(one.day for one in days):
        here = [one for one in days if one.day == when]
        known = [(one.done, one.of) for one in here if one.done is not None and one.of is not None]
        done, of = sum(one[0] for one in known), sum(one[1] for one in known)
        mark = "done" if of and done >= of else "past" if when < as_of and known else "open"
        name = called[clean(here[0].name)]
        name += f" (+{len(here) - 1})" if len(here) > 1 else ""
        said = f"{day(when)}: {number(done)}/{number(of)}" if known else day(when)
        at = x(when)
        wide = _LETTER * max(len(name), len(said)) + 14
        left = at + wide > _WIDE
        begins, ends = (at - wide, at + 8) if left else (at - 3, at + wide)
        lane = next((i for i, until in enumerate(free) if until <= begins), -1)
        if lane >= 0:
            free[lane] = ends
            used = max(used, lane + 1)
        out.append(_Label(at, lane, left, name, said, mark))
    return out, used


def _called(names: Sequence[str]) -> dict[str, str]:
    """Shorten names by whole words: at the end, or in the middle where others begin alike."""
    often = Counter(one[: _LONG // 2] for one in {*names})

    def called(one: str) -> str:
        if len(one) <= _LONG:
            return one
        return _middle(one) if often[one[: _LONG // 2]] > 1 else f"{_words(one, _LONG - 1)}…"

    return {one: called(one) for one in names}


def _words(name: str, most: int) -> str:
    """Give so much of a name's beginning as ends with a whole word; of one word what there is room for."""
    return name if len(name) <= most else name[: most + 1].rpartition(" ")[0].rstrip() or name[:most]


def _middle(name: str) -> str:
    """Give a name's beginning and its end, which tells it from others."""
    end = _words(name[::-1], _LONG - 13)[::-1]
    return f"{_words(name, _LONG - len(end) - 2)}… {end}"
