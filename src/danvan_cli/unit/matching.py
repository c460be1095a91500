"""Which of a plan's tasks a text is about, by the words that both have; rare words weigh more.

Vietnamese words are mostly two syllables long, so pairs of neighbouring syllables are compared, without marks and case.
A pair that few tasks have tells more than one that all have. Each pair is looked up once, so it takes as long as the
text has pairs. What a text says besides never speaks against a task; for names, where it does, there is `inbox/near`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Final

from danvan_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from danvan_cli.plan.model import Area, Task

_PHRASE: Final = re.compile(r"[^.,;:()/“”\"–\n]+")
_SYLLABLE: Final = re.compile(r"[^\W\d_]+")
_ASIDE: Final = 0.5
"""What stands above a text (its area, its heading) counts so much of what it says itself."""
_CLEAR: Final = 1.25
"""So many times as well as the next the best task must fit, to be taken without asking."""
_RARE: Final = 2.0
_ENOUGH: Final = 4.0
"""What a text itself, and with its headings, must have in common with a task to be taken without asking: a rare word, two."""


@dataclass(frozen=True)
class Match:
    """The tasks that a text may be about, the likeliest first (two at most); whether the first is sure."""

    tasks: tuple[Task, ...]
    sure: bool


class Matcher:
    """Finds the tasks that texts are about."""

    def __init__(self, areas: Iterable[Area], mine: Iterable[Task]) -> None:
        ids = {task.id for task in mine}
        placed = [(area, task) for area in areas for task in area.tasks if task.id in ids]
        self._tasks = {task.id: task for _area, task in placed}
        self._index: dict[str, dict[str, float]] = defaultdict(dict)
        for area, task in placed:
            for pair in pairs(area.title):
                self._index[pair][task.id] = _ASIDE
            for pair in pairs(f"{task.label}. {task.text}"):
                self._index[pair][task.id] = 1

    def match(self, text: str, above: str = "") -> Match:
        """Find what a text is about, with the headings above it."""
        own = set(pairs(text))
        told, besides = self._scores(own), self._scores(set(pairs(above)) - own)
        scores = {name: score + _ASIDE * besides.get(name, 0) for name, score in told.items()}
        best = sorted(scores, key=lambda name: -scores[name])[:2]
        if not best:
            return Match((), sure=False)
        second = scores[best[1]] if len(best) > 1 else 0
        sure = told[best[0]] >= _RARE and scores[best[0]] >= max(_ENOUGH, _CLEAR * second)
        return Match(tuple(self._tasks[name] for name in best), sure)

    def _scores(self, words: Iterable[str]) -> dict[str, float]:
        """Give how much each task has of some pairs, those left out that all tasks have."""
        scores: dict[str, float] = defaultdict(float)
        for pair in words:
            places = self._index.get(pair, {})
            rare = log(len(self._tasks) / len(places)) if places else 0
            for name, share in places.items() if rare else ():
                scores[name] += share * rare
        return scores


def pairs(text: str) -> Iterator[str]:
    """Give the pairs of neighbouring syllables of a text, within its phrases."""
    for phrase in _PHRASE.findall(fold(text)):
        syllables = _SYLLABLE.findall(phrase)
        yield from map(" ".join, pairwise(syllables))
