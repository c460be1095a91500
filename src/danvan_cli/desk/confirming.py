"""What an imported plan still has to be confirmed: each place with what it says, settled one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.lang import _
from danvan_cli.plan.calendar import read_calendar
from danvan_cli.plan.model import Plan
from danvan_cli.rules.check import check_plan
from danvan_cli.typed import typed_day
from danvan_cli.workspace import shown
from danvan_cli.yaml.held import Held
from danvan_cli.yaml.marks import marks
from danvan_cli.yaml.splice import Put, at
from danvan_cli.yaml.yamlfile import Map, Seq, YamlFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from danvan_cli.yaml.marks import Mark
    from danvan_cli.yaml.yamlfile import Loc


@dataclass(frozen=True)
class Place:
    """A place to be confirmed: its line, its key, what it says now, what is to be looked at."""

    line: int
    loc: Loc
    value: Any
    says: str

    @property
    def replaceable(self) -> bool:
        """Whether something else can be typed in its place."""
        items = self.value if isinstance(self.value, list) else [self.value]
        return bool(self.loc) and not any(isinstance(one, dict) for one in items)


class Confirming:
    """A plan's file held open while its places are settled."""

    def __init__(self, path: Path) -> None:
        if path.suffix not in {".yaml", ".yml"}:
            raise UsageError(_("{path} không phải tệp kế hoạch .yaml", path=shown(path)))
        calendar, _found = read_calendar(path.with_name("calendar.yaml"))
        self._held = Held(Plan, path, lambda read: check_plan(read, calendar))

    def places(self) -> list[Place]:
        """List what is still to be confirmed."""
        file = self._held.file
        every = ((one, _key_at(file, one)) for one in marks(file))
        return [
            Place(file.spot(one.start).line, loc, at(file.root, loc) if loc else None, one.says) for one, loc in every
        ]

    def settle(self, place: Place, typed: str | None = None) -> None:
        """Take a mark away; with what was typed, put that in its place before."""
        if typed is not None:
            if not place.replaceable:
                raise DanvanError(_("chỗ này sửa trong tệp, không gõ lại ở đây"))
            self._held.put([Put(place.loc, _value(place.value, typed))])
        file = self._held.file
        same = (one for one in marks(file) if one.says == place.says and _key_at(file, one) == place.loc)
        if mark := next(same, None):
            self._held.rewrite(lambda file: (file.text[: mark.start].rstrip(" ") + file.text[mark.end :]).encode())


def _value(now: Any, typed: str) -> str | list[str] | date | int:
    """Make of what was typed a value of the kind that stands there."""
    if isinstance(now, list):
        return [one for part in typed.replace(";", ",").split(",") if (one := part.strip())]
    if isinstance(now, int) and not isinstance(now, bool) and typed.isdecimal():
        return int(typed)
    if hasattr(now, "isoformat") or (isinstance(now, str) and len(now) == 10 and now[4:5] == "-"):
        return typed_day(typed)
    return typed


def _key_at(file: YamlFile, mark: Mark) -> Loc:
    """Find the key that a mark stands behind: the last one that begins on its line."""
    line = file.text.rfind("\n", 0, mark.start) + 1
    before = (one for one in _keys(file.root, ()) if line <= one[0] < mark.start)
    return max(before, key=lambda one: one[0], default=(-1, ()))[1]


def _keys(node: Any, loc: Loc) -> Iterator[tuple[int, Loc]]:
    if isinstance(node, Map):
        for key, (begins, _start, _end) in node.at.items():
            yield begins, (*loc, key)
            yield from _keys(node[key], (*loc, key))
    elif isinstance(node, Seq):
        for at_, one in enumerate(node):
            yield from _keys(one, (*loc, at_))
