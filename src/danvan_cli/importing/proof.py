"""That nothing is lost: what a plan's file holds against its source, place by place; and its export against the source."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from danvan_cli.importing.parts import bare_recipient
from danvan_cli.plan.labels import labelled_lines
from danvan_cli.plan.sections import ABOVE, LEFT
from danvan_cli.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from danvan_cli.plan.model import Plan

_MOST = 4_000_000
_BLANK = "[…"
"""How a place begins that the source has nothing for."""


@dataclass(frozen=True)
class Difference:
    """Paragraphs of the source that its export does not have, and what stands there instead."""

    source: list[str]
    export: list[str]


@dataclass(frozen=True)
class Proof:
    """How much of the source its export gives back word for word, and all that it does not."""

    same: int
    whole: int
    differences: list[Difference]

    @property
    def share(self) -> float:
        """The share of the source's paragraphs and cells that are identical."""
        return self.same / self.whole if self.whole else 1.0


def lost_places(plan: Plan, said: Sequence[tuple[str, str]]) -> list[str]:
    """Name the places of a source whose words the plan, as its file was read, does not hold just so; none where all is there.

    What stands where in the source comes in the plan's order; what the plan holds beyond it is named too.
    """
    there = (("", one) for one in held(plan) if not one.startswith(_BLANK))
    wanted = (it for it in said if it[1] and not it[1].startswith(_BLANK))
    pairs = zip_longest(wanted, there, fillvalue=("", ""))
    apart = (it for it in pairs if it[0][1] != it[1][1] and unspaced(it[0][1]) != unspaced(it[1][1]))
    return [f"{where}: {squeeze(one or mine)[:80]}" for (where, one), (_none, mine) in islice(apart, 21)]


def held(plan: Plan) -> Iterator[str]:
    """Walk a plan's words in its order."""
    yield from (*plan.issuer.superior, *plan.issuer.letterhead, plan.title)
    yield from (one.text for one in plan.opening)
    for section in plan.sections:
        annex = section.annex if section.annex and section.annex != section.heading else ""
        yield f"{annex} {section.heading}".strip()
        for line in [*labelled_lines([section])][1:]:
            if line.table is None:
                yield line.text
                continue
            for row in (*line.table.head, *(one.cells for one in line.table.rows)):
                yield from (cell for cell in row if cell and cell not in {ABOVE, LEFT})
    yield from (one.text for one in plan.closing)
    yield from (bare_recipient(one) for one in plan.recipients)
    yield from (*plan.signature.lines, *filter(None, [plan.signature.name]))
    yield from (one.text for one in plan.kept)


def unspaced(text: str) -> str:
    """Give a text without its spaces: how many there are is no matter."""
    return "".join(text.split())


def _apart(left: list[str], right: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Give the stretches in which two sequences differ; of what is far too long to be compared one stretch."""
    start = next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    ends = zip(reversed(left[start:]), reversed(right[start:]), strict=False)
    end = next((at for at, (a, b) in enumerate(ends) if a != b), min(len(left), len(right)) - start)
    one, other = left[start : len(left) - end], right[start : len(right) - end]
    if len(one) * len(other) > _MOST:
        yield start, len(left) - end, start, len(right) - end
        return
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind != "equal":
            yield start + a, start + b, start + c, start + d


def held_against(source: Iterable[str], export: Iterable[str]) -> Proof:
    """Hold the paragraphs and cells of an export against those of its source, in their order."""
    left, right = ([squeeze(one) for one in some if one.strip()] for some in (source, export))
    keys = [unspaced(one) for one in left], [unspaced(one) for one in right]
    differences = []
    parts = [(left[a:b], right[c:d]) for a, b, c, d in _apart(*keys)]
    elsewhere = Counter(unspaced(one) for _theirs, mine in parts for one in mine)
    missing = Counter(unspaced(one) for theirs, _mine in parts for one in theirs)
    moved = elsewhere & missing  # what stands at another place, as columns are read in another order
    for theirs, mine in parts:
        some = [[one for one in side if not moved[unspaced(one)]] for side in (theirs, mine)]
        if any(some):
            differences.append(Difference(*some))
    same = len(left) - sum((missing - moved).values())
    return Proof(same, len(left), differences)
