"""What thousands of commands would find anew of the same few files is found once in a session of tests.

All of it depends on nothing but what is given, the language and the day: of a file that differs in a letter, and in the
English world of modules (`commands`), it is found as ever.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import yaml

from danvan_cli.delivery import store
from danvan_cli.desk import made, new_year
from danvan_cli.findings.rule import DECLARED
from danvan_cli.inbox import records
from danvan_cli.lang import current
from danvan_cli.ooxml import layout, words
from danvan_cli.plan.calendar import today
from danvan_cli.rules import check
from danvan_cli.word import package
from danvan_cli.yaml import yamlfile

if TYPE_CHECKING:
    from danvan_cli.findings.finding import Finding

MANY = 1500
"""So many files are kept as they were read: the workspaces of tests hold the same ones at the same places."""

PARTS = 400
"""So many parts of documents are kept as they were packed and searched, and so many documents as their words."""
LARGE = 1 << 18
"""Of what is larger a test may ask how long it takes: that is found each time."""


def remember() -> None:
    """Begin to remember, before anything is run."""
    # What tests read by another reader than danvan's is read by the one in C.
    yaml.safe_load = partial(yaml.load, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    yamlfile._kept = lru_cache(maxsize=MANY)(yamlfile._kept.__wrapped__)
    made.gaps_in = _by_language(made.gaps_in)
    check.check_plan = _checked_once(check.check_plan)
    for module in (store, new_year, records):  # those that read what no command comes back to
        module.YamlFile = _kept_too
    words._may_hold = _of_small(words._may_hold)
    package._pack = lru_cache(PARTS)(package._pack)
    layout.read_words = _of_parts(layout.read_words)


def _by_language(find: Any) -> Any:
    known = lru_cache(maxsize=MANY)(lambda data, _language: find(data))
    return lambda data: known(data, current())


def _kept_too(path: Any, data: bytes) -> yamlfile.YamlFile:
    if len(data) > yamlfile._SMALL:
        return yamlfile.YamlFile(path, data)
    file = yamlfile._kept(str(path), data, current())
    return yamlfile.YamlFile(path, data) if file.findings else file  # its findings may be given another path


def _of_small(find: Any) -> Any:
    known = lru_cache(PARTS)(find)
    return lambda data, **how: (known if len(data) < LARGE else find)(data, **how)


def _of_parts(find: Any) -> Any:
    """Read the words of a document once, by what its parts hold."""
    known = lru_cache(PARTS)(lambda _parts: [None])

    def read_words(word: Any) -> list[Any]:
        if sum(map(len, word.parts.values())) > LARGE:
            return find(word)
        kept = known(tuple(word.parts.items()))
        kept[0] = kept[0] if kept[0] is not None else find(word)
        return [*kept[0]]

    return read_words


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
