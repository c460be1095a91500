"""Trees of values as YAML gives them: what stands where, whether two read alike, what of a list another still has."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from danvan_cli.yaml.yamlfile import Loc

Pair = tuple[int | None, int | None]
"""An old item's number and the new one's: (i, None) for one that goes, (None, j) for one that comes."""
_TABLE: Final = 10_000
"""So many likenesses of items are weighed; beyond that items are taken for each other in their order."""
_ALIKE: Final = 4
"""What a value that two items share counts, against 1 for their standing in each other's place."""


def at(root: Any, loc: Loc) -> Any:
    """Give the value at a place of a tree; None where there is none."""
    for part in loc:
        if isinstance(root, dict) and isinstance(part, str):
            root = root.get(part)
        elif isinstance(root, list) and isinstance(part, int) and part < len(root):
            root = root[part]
        else:
            return None
    return root


def same(left: Any, right: Any) -> bool:
    """Tell whether two values read alike: a date as its text, 5 as 5.0, but True not as 1."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, date) or isinstance(right, date):
        return str(left) == str(right)
    return (isinstance(left, bool) == isinstance(right, bool)) and bool(left == right)


def aligned(old: Sequence[Any], new: Sequence[Any]) -> Iterator[Pair]:
    """Tell what became of each item of a list: as many as can be stay what they are, in their order.

    Items between those are taken for each other where they share most; only then some go or come. So between two
    items that stay there are either such as go or such as come, never both.
    """
    anchors = [(-1, -1), *_anchors(old, new), (len(old), len(new))]
    for (i, j), (i_next, j_next) in pairwise(anchors):
        if i >= 0:
            yield i, j
        yield from _between(old, new, (i + 1, i_next), (j + 1, j_next))


def _anchors(old: Sequence[Any], new: Sequence[Any]) -> list[tuple[int, int]]:
    """Find items that read alike, in the same order in both lists."""
    start = 0
    end = min(len(old), len(new))
    while start < end and (old[start] is new[start] or same(old[start], new[start])):
        start += 1
    behind = 0
    while behind < end - start and same(old[-1 - behind], new[-1 - behind]):
        behind += 1
    places = {key: start + j for j, key in enumerate(_counted(new[start : len(new) - behind]))}
    found = [(start + i, places.get(key)) for i, key in enumerate(_counted(old[start : len(old) - behind]))]
    return [
        *((i, i) for i in range(start)),
        *_rising([(i, j) for i, j in found if j is not None]),
        *((len(old) - i, len(new) - i) for i in range(behind, 0, -1)),
    ]


def _counted(items: Sequence[Any]) -> Iterator[tuple[object, int]]:
    """Give for each item what tells it from others, and how many like it came before."""
    seen: Counter[object] = Counter()
    for one in items:
        key = _key(one)
        yield key, seen[key]
        seen[key] += 1


def _key(value: Any) -> object:
    """Give something that can be hashed and is equal for values that are the same."""
    if isinstance(value, dict):
        return dict, frozenset((name, _key(one)) for name, one in value.items())
    if isinstance(value, list):
        return list, tuple(map(_key, value))
    return (bool, value) if isinstance(value, bool) else str(value) if isinstance(value, date) else value


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Take as many pairs as can be whose second numbers rise as the first do."""
    ends: list[int] = []  # the smallest second number that a row of this length can end with
    rows: list[int] = []  # and the pair that it is of
    before: list[int] = []
    for at_, (_i, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(rows[length - 1] if length else -1)
        ends[length : length + 1], rows[length : length + 1] = [j], [at_]
    taken = []
    last = rows[-1] if rows else -1
    while last >= 0:
        taken.append(pairs[last])
        last = before[last]
    return taken[::-1]


def _between(old: Sequence[Any], new: Sequence[Any], rows: tuple[int, int], columns: tuple[int, int]) -> Iterator[Pair]:
    """Set items against each other that do not read alike: those that share most, in their order."""
    (i, i_end), (j, j_end) = rows, columns
    wide = j_end - j + 1
    if (i_end - i) * (j_end - j) > _TABLE:
        likeness = best = None
    else:
        likeness = [[_likeness(a, b) for b in new[j:j_end]] for a in old[i:i_end]]
        best = [[0] * wide for _row in range(i_end - i + 1)]
        for a in range(i_end - i - 1, -1, -1):
            for b in range(wide - 2, -1, -1):
                best[a][b] = max(best[a + 1][b], best[a][b + 1], likeness[a][b] + best[a + 1][b + 1])
    i_first, j_first = i, j
    while i < i_end and j < j_end:
        a, b = i - i_first, j - j_first
        if best is None or likeness is None or best[a][b] == likeness[a][b] + best[a + 1][b + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[a][b] == best[a + 1][b]:
            yield i, None
            i += 1
        else:
            yield None, j
            j += 1
    yield from ((one, None) for one in range(i, i_end))
    yield from ((None, one) for one in range(j, j_end))


def _likeness(left: Any, right: Any) -> int:
    shared = 0
    if isinstance(left, dict) and isinstance(right, dict):
        shared = sum(name in right and same(value, right[name]) for name, value in left.items())
    return 1 + _ALIKE * shared
