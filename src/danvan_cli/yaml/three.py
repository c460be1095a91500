"""Two who edited the same: what each changed is kept, what both changed otherwise is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from danvan_cli.yaml.splice import Put
from danvan_cli.yaml.tree import same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from danvan_cli.yaml.yamlfile import Loc


class Clash(NamedTuple):
    """A place that both changed, and what each has there."""

    loc: Loc
    mine: Any
    theirs: Any


def merged(mine: Any, theirs: Any, bases: Sequence[Any], loc: Loc = ()) -> Iterator[Put | Clash]:
    """Walk what is to be set in one tree to take another in, and what a person has to decide.

    Args:
        mine: the tree that is there.
        theirs: the tree that comes.
        bases: the trees that either began from; a value that one of them has was not edited.
        loc: the place, for what is given.
    """
    if _alike(mine, theirs):
        return
    if all(isinstance(one, dict) or _blank(one) for one in (mine, theirs)):
        here, there = mine or {}, theirs or {}
        for key in dict.fromkeys([*here, *there]):
            began = [one.get(key) if isinstance(one, dict) else None for one in bases]
            yield from merged(here.get(key), there.get(key), began, (*loc, key))
        return
    if any(_alike(mine, one) for one in bases):
        yield Put(loc, [] if theirs is None and isinstance(mine, list) else theirs)
    elif not any(_alike(theirs, one) for one in bases):
        both = _both(mine, theirs, bases)
        yield Clash(loc, mine, theirs) if both is None else Put(loc, both)


def _both(mine: Any, theirs: Any, bases: Sequence[Any]) -> list[Any] | None:
    """Give a list to which both added, with what each added; None where one of them took something out or changed it."""
    if not (isinstance(mine, list) and isinstance(theirs, list)):
        return None
    began: list[Any] = max((one for one in bases if isinstance(one, list)), key=len, default=[])
    if not all(any(same(one, item) for item in side) for one in began for side in (mine, theirs)):
        return None
    return [*mine, *(one for one in theirs if not any(same(one, item) for item in mine))]


def _alike(left: Any, right: Any) -> bool:
    return (_blank(left) and _blank(right)) or same(left, right)


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, (dict, list, str)) and not value)
