"""Two who edited the same tree: what one changed is kept, what both changed is told."""

from __future__ import annotations

from typing import Any

import pytest

from danvan_cli.yaml.splice import Clash, Put, merged


@pytest.mark.parametrize(
    ("mine", "theirs", "bases", "changes"),
    [
        (1, 2, [1], [Put((), 2)]),
        (2, 1, [1], []),
        (2, 3, [1], [Clash((), 2, 3)]),
        (None, "", [1], []),
        (2, 3, [1, 2], [Put((), 3)]),
        ({"a": 1, "b": 2}, {"a": 1, "b": 3}, [{"a": 1, "b": 2}], [Put(("b",), 3)]),
        ({"a": 1}, {"b": 2}, [{}], [Put(("b",), 2)]),
        (None, {"b": 2}, [{}], [Put(("b",), 2)]),
        ({"a": {"x": 1}}, {"a": {"x": 2}}, [{}], [Clash(("a", "x"), 1, 2)]),
        ([1, 2], [1, 3], [[1]], [Put((), [1, 2, 3])]),
        ([2], [1, 3], [[1]], [Clash((), [2], [1, 3])]),
        ([1], None, [[1]], [Put((), [])]),
        (["x"], ["y"], [None], [Put((), ["x", "y"])]),
    ],
)
def test_each_place_is_taken_kept_or_told(mine: Any, theirs: Any, bases: list[Any], changes: list[Put | Clash]) -> None:
    assert [*merged(mine, theirs, bases)] == changes
