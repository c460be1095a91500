"""What thousands of commands would find anew of the same few files is found once in a session of tests.

All of it depends on nothing but what is given, the language and the day: of a file that differs in a letter, and in the
English world of modules (`commands`), it is found as ever.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import yaml

from danvan_cli.desk import made
from danvan_cli.findings.rule import DECLARED
from danvan_cli.lang import current
from danvan_cli.plan.calendar import today
from danvan_cli.rules import check
from danvan_cli.yaml import yamlfile

if TYPE_CHECKING:
    from danvan_cli.findings.finding import Finding

MANY = 1500
"""So many files are kept as they were read: the workspaces of tests hold the same ones at the same places."""


def remember() -> None:
    """Begin to remember, before anything is run."""
    # What tests read by another reader than danvan's is read by the one in C.
    yaml.safe_load = partial(yaml.load, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    yamlfile._kept = lru_cache(maxsize=MANY)(yamlfile._kept.__wrapped__)
    made.gaps_in = _by_language(made.gaps_in)
    check.check_plan = _checked_once(check.check_plan)


def _by_language(find: Any) -> Any:
    known = lru_cache(maxsize=MANY)(lambda data, _language: find(data))
    return lambda data: known(data, current())


def _checked_once(find: Any) -> Any:
    """Check a plan once with each calendar; not what is held against an earlier one."""
    known: WeakKeyDictionary[Any, dict[Any, list[Finding]]] = WeakKeyDictionary()

    def check_plan(read: Any, calendar: Any, levels: Any, edits: list[Finding] | None = None) -> list[Finding]:
        if edits is not None:
            return find(read, calendar, levels, edits)
        world = (calendar.model_dump_json(), tuple(levels.items()), current(), today(), len(DECLARED))
        key = (tuple(read.findings), read.shared, world)
        found = known.setdefault(read.file, {})
        if key not in found:
            found[key] = find(read, calendar, levels)
        return [*found[key]]

    return check_plan
