"""The headings of a report in anybody's own style: which area, task or general part each one opens.

Numbers and words vary. A heading that is only like one of ours says so; one that is like none opens a part of its own,
so that nothing below it is taken for what stood above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from danvan_cli.inbox.near import NearNames
from danvan_cli.inbox.recognize import words
from danvan_cli.text import squeeze
from danvan_cli.unit.earlier import depth

if TYPE_CHECKING:
    from danvan_cli.ooxml.layout import Words
    from danvan_cli.plan.model import Deliverable, Plan, Task

_LABEL: Final = re.compile(
    r"(?:(?:PHẦN|Phần)\s(?:thứ\s)?\w{1,5}|[IVX]{1,5}|\d{1,2}(?:\.\d{1,2}){0,4}|[a-zđ])\s?[.):/-]?\s+|[IVX\d]{1,4}[.)]"
)
_EXACT: Final = {
    "tinh hinh cong tac chi dao": "situation",
    "uu diem": "strengths",
    "han che": "limits",
    "nguyen nhan": "causes",
    "kho khan vuong mac": "obstacles",
    "phuong huong nhiem vu thoi gian toi": "next",
    "kien nghi de xuat": "proposals",
    "ket qua thuc hien": "",
    "danh gia chung": "",
}
"""The headings that every report of ours has, and the part of a report's remarks under each."""
_OWN: Final = {
    "ket qua thuc hien": "results",
    "dien bien": "situation",
    "xu ly": "handling",
    "ket qua": "results",
    "kien nghi": "proposals",
}
"""Those of a report that is not by areas."""
_LIKE: Final = tuple(
    (part, re.compile(rf"(?:(?:nhung|mot so|cac|ve|danh gia|cong tac) )?(?:{pattern})\b"))
    for part, pattern in (
        ("limits", r"ton tai|han che|khuyet diem|yeu kem|mat (?:chua duoc|han che)|thieu sot"),
        ("causes", r"nguyen nhan"),
        ("obstacles", r"kho khan|vuong mac"),
        ("proposals", r"kien nghi|de xuat|de nghi"),
        ("next", r"phuong huong|nhiem vu trong tam|muc tieu|(?:giai phap|nhiem vu|ke hoach) (?:\S+ ){0,9}(?:thoi gian toi|cuoi nam|tiep theo|nam 20\d\d)"),
        ("strengths", r"uu diem|mat (?:duoc|manh|tich cuc|lam duoc)|thuan loi|thanh tich"),
        ("situation", r"tinh hinh|dac diem|lanh dao chi dao|chi dao dieu hanh|trien khai (?:thuc hien )?(?:ke hoach|cac van ban)|khai quat"),
        ("", r"ket qua|danh gia|nhan xet"),
    )
)  # fmt: skip
"""How the general parts are called by others, without marks."""
_TIME: Final = re.compile(r"(?i)\bnăm 20\d\d|\b0?6 tháng|\bquý \w{1,3}")
_COUNTED: Final = re.compile(r"(?i)\d|\bđã\b")
"""What a sentence on what was done holds, and no heading: a figure that is no time."""
PLAIN: Final = 5
"""How deep a line without a number stands."""
_MOST: Final = 34
"""A heading has no more words."""


@dataclass(frozen=True)
class Heading:
    """A heading: what it opens (an area, a task, a general part, or nothing of ours), its own words, how deep it stands.

    `exact` tells that its words are ours.
    """

    what: Literal["area", "task", "part", "other"]
    id: str
    title: str
    depth: int
    exact: bool = False


class Headings:
    """Knows the headings of one report."""

    def __init__(self, plan: Plan, deliverable: Deliverable, mine: list[Task]) -> None:
        self.areas = {words(name): area.id for area in plan.areas for name in (area.title, area.label) if name}
        self.periodic = deliverable.id in plan.periodic
        self.exact = _EXACT if self.periodic else _EXACT | _OWN
        besides = f"{plan.subject} thực hiện kết quả tổ chức công tác tình hình"
        known = {area.id: (area.title, area.label or "", *(task.label for task in area.tasks)) for area in plan.areas}
        self.by_area = NearNames(known, part=True, besides=besides)
        self.by_task = NearNames({task.id: (task.label,) for task in mine}, part=True, besides=besides)
        self.below = {("area", area.id): {task.id for task in area.tasks} for area in plan.areas}
        self.below |= {("task", task): tasks for tasks in [*self.below.values()] for task in tasks}
        """The tasks that may stand below the heading of an area, or follow that of a task."""

    def heading(self, said: Words, under: Heading | None) -> Heading | None:
        """Tell whether a paragraph that stands under a heading is one itself, and of what."""
        line = said.line
        deep, text = depth(line)
        title = squeeze(text).rstrip(" .:")
        label = _LABEL.match(line)
        plain = words(line[label.end() :] if label else line)
        if plain in self.areas:
            return Heading("area", self.areas[plain], title, deep, exact=True)
        if plain in self.exact:
            return Heading("part", self.exact[plain], title, deep, exact=True)
        if not title or not _titles(said, line, deep, text):
            return None
        capitals = line.upper() == line
        part = next((part for part, pattern in _LIKE if pattern.match(plain)), None)
        if part is not None and not (part == "" and not self.periodic) and len(plain.split()) <= 16:
            if plain.startswith("ket qua dat duoc") and deep:
                part = "strengths"
            likely = part or self.by_area.near(title).found is None or "ket qua" in plain
            if likely:
                alone = sum(bool(part) and bool(pattern.search(plain)) for part, pattern in _LIKE) < 2
                return Heading("part", part, title, deep, exact=alone)
        if self.periodic:
            if under and under.what in {"area", "task"} and deep > under.depth:
                near = self.by_task.near(title, among=self.below[under.what, under.id])
                return Heading("task", near.found, title, deep, near.exact) if near.found else None
            near = self.by_area.near(title)
            if near.found:
                return Heading("area", near.found, title, deep)
        deeper = under is not None and deep > under.depth and under.what != "other"
        beside = under is not None and deep == under.depth < PLAIN  # numbered like the heading before it
        firm = deep == 0 or said.strong or capitals or beside
        return Heading("other", title, title, deep) if firm and not deeper else None


def _titles(said: Words, line: str, deep: int, text: str) -> bool:
    """Tell whether a paragraph looks like a heading: short, without an end, with a number or in capitals or bold."""
    if "\n" in said.text or len(text.split()) > _MOST or text.rstrip().endswith((".", ";", ",")):
        return False
    if _COUNTED.search(_TIME.sub(" ", text)):
        return False
    return deep < PLAIN or said.strong or line.upper() == line
