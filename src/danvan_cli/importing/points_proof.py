"""A rubric's file as the table that it was made of, to be held against that cell by cell."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.importing.proof import Proof, compare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from danvan_cli.importing.sheets import Sheet
    from danvan_cli.yaml.yamlfile import Map

_LABEL: Final = re.compile(r"(?:[IVX]{1,5}|[A-HĐ]|[a-zđ]|\d{1,2})(?P<deep>(?:\.\d{1,2}){0,3})(?P<end>[.)]?)")
_BULLET: Final = re.compile(r"[-–+*•] ?(?=\S)")
_POINTS: Final = re.compile(r"\d{1,3}(?:(?P<sign>[.,])\d{1,2})?(?P<unit>(?: ?điểm)?)")


def prove(rubric: Map, sheets: Sequence[Sheet]) -> Proof:
    """Hold a rubric, as its file says it, against the cells and lines of its source.

    Numbers, points and dashes are written as most of the source has them; any that it has otherwise is a difference.
    """
    cells = [cell for sheet in sheets for cell in (*sheet.around, *(cell for row in sheet.rows for cell in row))]
    lines = [line for cell in cells for line in cell.split("\n") if line]
    first = [next(filter(None, row), "") for sheet in sheets for row in sheet.rows]
    return compare(lines, [line for one in _Printer(lines, first).rubric(rubric) for line in one.split("\n")])


class _Printer:
    def __init__(self, lines: Sequence[str], first: Sequence[str]) -> None:
        labels = [found for line in first if (found := _LABEL.fullmatch(line))]
        self.joint = "" if labels else " "
        labels = labels or [found for line in first if (found := _LABEL.match(line)) and line[found.end() :][:1] == " "]
        points = [found for line in lines if (found := _POINTS.fullmatch(line))]
        self.deep = any(found["deep"] for found in labels)
        self.end = _usual(found["end"] for found in labels)
        self.sign = "." if any(found["sign"] == "." for found in points) else ","
        self.unit = _usual(found["unit"] for found in points)
        self.bullet = _usual(found[0] for line in lines if (found := _BULLET.match(line)))

    def rubric(self, rubric: Map) -> Iterator[str]:
        """Give the cells of all criteria, and what stands around them."""
        for one in rubric.get("criteria") or ():
            yield from self._criterion(one, "")
        yield from (one["text"] for one in rubric.get("kept") or ())

    def _criterion(self, one: Map, above: str) -> Iterator[str]:
        own = one["id"].removeprefix(f"{above}.") if above and not (self.deep and one["id"][0].isdigit()) else one["id"]
        yield from [f"{own}{self.end} {one['title']}"] if self.joint else [f"{own}{self.end}", one["title"]]
        guide = one.get("guide", "")
        if "max" in one:
            yield self._points(one["max"])
        yield from filter(None, [guide])
        yield from one.get("evidence") or ()
        for level in one.get("levels") or ():
            if level["name"] not in guide:
                yield from (self.bullet + level["name"], self._points(level["points"]))
        for below in one.get("criteria") or ():
            yield from self._criterion(below, one["id"])

    def _points(self, value: Any) -> str:
        return f"{value}".replace(".", self.sign) + self.unit


def _usual(some: Iterator[str]) -> str:
    return next((one for one, _count in Counter(some).most_common(1)), "")
