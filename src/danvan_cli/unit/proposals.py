"""Proposals settled: kept, so that they count, or struck."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.text import fold, squeeze
from danvan_cli.yaml.splice import Add, Put
from danvan_cli.yaml.tree import at
from danvan_cli.yaml.yamlfile import shortened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

REASON: Final = "reason"
"""What the proposal that a task is none of the unit's is called, among those of activities."""
_ALL: Final = {"all", "tat ca", "het"}


def proposal_mark(content: str) -> str:
    """Tell a proposal again by what it says, wherever it stands by then."""
    return sha256(squeeze(content).encode()).hexdigest()[:8]


def chosen(root: Any, task: str, typed: str) -> set[str]:
    """Read which of a task's proposals are meant: `all`, or their numbers.

    Raises:
        UsageError: if there are none such.
    """
    marks = [proposal_mark(str(one["content"])) for one in at(root, ("tasks", task, "proposed")) or ()]
    if (numbers := _numbers(typed, len(marks))) is None:
        raise UsageError(
            _("{id} không có đề xuất «{typed}»", id=task, typed=typed[:40]),
            help=_("nhiệm vụ này có {count} hoạt động đề xuất; ghi số thứ tự (1, 2…), hoặc all", count=len(marks)),
        )
    return {*(marks[at] for at in numbers or range(len(marks))), *(() if numbers else (REASON,))}


def _numbers(typed: str, count: int) -> list[int] | None:
    """Read numbers from 1, as places; empty for all of them, None where there are none such."""
    if fold(typed).strip() in _ALL:
        return []
    numbers = [one.strip() for one in typed.split(",") if one.strip()]
    right = numbers and all(one.isdecimal() and 1 <= int(one) <= count for one in numbers)
    return [int(one) - 1 for one in numbers] if right else None


def placed(root: Any, task: str, typed: str) -> Iterator[Put | Add]:
    """Put activities of an earlier year that have no place yet under a task: by their numbers, or `all`.

    Raises:
        UsageError: if there are none such.
    """
    there = [dict(one) for one in at(root, ("unplaced",)) or ()]
    if (numbers := _numbers(typed, len(there))) is None or not there:
        listed = "; ".join(f"{i}. {shortened(str(one['content']))}" for i, one in enumerate(there, start=1))
        raise UsageError(
            _("không có hoạt động chưa xếp «{typed}»", typed=typed[:40]),
            help=_("đang có: {items}", items=listed) if listed else None,
        )
    chosen = {*(numbers or range(len(there)))}
    yield from (Add(("tasks", task, "activities"), there[at]) for at in sorted(chosen))
    yield Put(("unplaced",), [one for at, one in enumerate(there) if at not in chosen])


def settled(root: Any, task: str, keep: Collection[str], strike: Collection[str]) -> Iterator[Put | Add]:
    """Keep some of a task's proposals and strike others, by their marks, in the unit's file as a tree.

    What is kept becomes an activity, or the reason why the task is not done; with all, the products that are proposed.
    """
    loc = ("tasks", task)
    there = [*(at(root, (*loc, "proposed")) or ())]
    left = [one for one in there if proposal_mark(str(one["content"])) not in {*keep, *strike}]
    yield from (Add((*loc, "activities"), dict(one)) for one in there if proposal_mark(str(one["content"])) in keep)
    if len(left) < len(there):
        yield Put((*loc, "proposed"), [dict(one) for one in left])
    if REASON in {*keep, *strike}:  # all of it
        if reason := at(root, (*loc, "proposed_reason")):
            if REASON in keep:
                yield Put((*loc, "applies"), value=False)
                yield Put((*loc, "reason"), reason)
            yield Put((*loc, "proposed_reason"), None)
        for i, one in enumerate(at(root, (*loc, "activities")) or ()):
            if product := one.get("proposed_product"):
                if REASON in keep and not one.get("product"):
                    yield Put((*loc, "activities", i, "product"), product)
                yield Put((*loc, "activities", i, "proposed_product"), None)
