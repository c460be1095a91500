"""Which of the things that a plan names a stranger's words mean: the row of a table, the heading of a report.

Syllables and pairs of neighbouring syllables are compared, without marks and case; those that few names have tell more.
Initials that a writer puts for a run of words (TTHC, CBCCVC) are read as that run where the names have just one such.
A name is short and all of it counts, what it leaves out and what it adds; of what is told of a task at any length only
what both say counts, so tasks have a measure of their own (`unit/matching`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain, pairwise
from math import fsum, log
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from danvan_cli.text import fold, normalized

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_PHRASE: Final = re.compile(r"[^,;:()/“”\"–\n]+")
_SYLLABLE: Final = re.compile(r"[^\W_]+")
_NOISE: Final = frozenset((
    "các", "của", "đã", "được", "là", "kỳ", "những", "số", "theo", "thì", "tổng", "trong", "đó", "và", "về", "với", "tác",
))  # fmt: skip
"""Syllables that say nothing of what is counted or done."""
_INITIALS: Final = range(2, 10)
"""So many words have initials that stand for them."""
_PAIR: Final = 0.7
"""What a pair weighs beside its syllables."""
_OWN: Final = 0.65
"""What a text says weighs so much more than what it leaves out of a name."""
ENOUGH: Final = 0.55
"""So much of two names must be the same."""
_PART: Final = 0.65
"""So much of a text that says a part must be the same."""
CLEAR: Final = 1.15
"""So many times as well as the next one the best must fit,"""
_AGAINST: Final = 0.4
"""So much, of what speaks for the best, may speak for the next one only."""
_CLOSER: Final = 1.6
"""or so many times less far off."""


@dataclass(frozen=True)
class Near:
    """What a text may mean, the likeliest first (two at most), and whether the first is just what it says, or is likely."""

    names: tuple[str, ...] = ()
    exact: bool = False
    likely: bool = False

    @property
    def found(self) -> str | None:
        """What it means, where that is clear."""
        return self.names[0] if self.exact or self.likely else None


class NearNames:
    """Finds the names that texts mean."""

    def __init__(self, known: Mapping[str, Iterable[str]], *, part: bool = False, besides: str = "") -> None:
        """Learn what things are called, by their ids.

        `part`: a text may say only a part of what a thing is called; else as much of either must be the same. `besides`:
        words that tell nothing here.
        """
        self.part = part
        self.besides = _NOISE.union(word.casefold() for word in _SYLLABLE.findall(besides))
        self._runs: dict[str, set[tuple[str, ...]]] = {}
        self.words: set[str] = set()
        for names in known.values():
            for plain in ([fold(word) for word in _SYLLABLE.findall(one)] for one in names if one):
                self.words.update(plain)
                for run in (tuple(plain[i : i + n]) for n in _INITIALS for i in range(len(plain) - n + 1)):
                    self._runs.setdefault("".join(word[0] for word in run), set()).add(run)
        said = {name: [self._phrases(one) for one in names if one] for name, names in known.items()}
        self._exact: dict[tuple[str, ...], set[str]] = {}
        for name, some in said.items():
            for one in some:
                self._exact.setdefault(tuple(chain.from_iterable(one)), set()).add(name)
        self._terms = {
            name: [set[str]().union(*map(_terms, some))] if part else [*map(_terms, some)]
            for name, some in said.items()
        }
        count = Counter(term for some in self._terms.values() for term in set[str]().union(*some))
        self._weight = {
            term: log((len(said) + 1) / many) * (_PAIR if " " in term else 1) for term, many in count.items()
        }
        self._heavy = {
            frozenset(one): fsum(self._weight[it] for it in one) for some in self._terms.values() for one in some
        }
        self._strange = log(len(said) + 1) / 2

    def near(self, text: str, above: str = "", among: Collection[str] | None = None) -> Near:
        """Find what a text means; it may leave out what it stands under. `among`: only these; None for all."""
        own = self._phrases(text)
        known = [one for one in self._exact.get(tuple(chain.from_iterable(own)), ()) if among is None or one in among]
        if len(known) == 1:
            return Near((known[0],), exact=True)
        found = self._nearest(own, among)
        return found if found.likely or not above else self._nearest([*self._phrases(above), *own], among)

    def _nearest(self, said: list[list[str]], among: Collection[str] | None) -> Near:
        terms = _terms(said)
        mine = fsum(self._weight.get(term, self._strange * (_PAIR if " " in term else 1)) for term in sorted(terms))
        fits = []
        for name, some in self._terms.items():
            if among is None or name in among:
                alike = [
                    (self._alike(mine, both, one), both, one - both, name) for one in some if (both := terms & one)
                ]
                fits += [max(alike, key=itemgetter(0))] if alike else []
        scored = sorted(fits, key=itemgetter(0), reverse=True)
        if not scored or not scored[0][0]:
            return Near()
        score, both, rest, _name = scored[0]
        others, its, left, _other = scored[1] if len(scored) > 1 else (0.0, set[str](), {""}, "")
        full, other = (all(" " in term for term in some) for some in (rest, left))
        told = any(" " in term for term in both) if self.part else full or not both <= its
        against = fsum(self._weight[term] for term in its - both)
        told = told and against <= _AGAINST * fsum(self._weight[term] for term in both)
        clear = score >= CLEAR * others or 1 - others >= _CLOSER * (1 - score) or (full and not other)
        likely = score >= (_PART if self.part else ENOUGH) and clear and told
        return Near(tuple(name for one, _both, _rest, name in scored[:2] if one >= ENOUGH / 2), likely=likely)

    def _alike(self, mine: float, both: set[str], name: set[str]) -> float:
        whole = mine if self.part else _OWN * mine + (1 - _OWN) * self._heavy[frozenset(name)]
        return fsum(self._weight[term] for term in both) / whole if whole else 0

    def _phrases(self, text: str) -> list[list[str]]:
        return [[*self._read(phrase)] for phrase in _PHRASE.findall(normalized(text))]

    def _read(self, phrase: str) -> Iterable[str]:
        for word in _SYLLABLE.findall(phrase):
            if word.casefold() in self.besides:
                continue
            plain = fold(word)
            runs = self._runs.get(plain, set()) if word.isupper() and plain not in self.words else set()
            if len(runs) == 1:
                yield from next(iter(runs))
            else:
                yield plain


def _terms(said: list[list[str]]) -> set[str]:
    return {term for phrase in said for term in (*phrase, *map(" ".join, pairwise(phrase)))}
