"""The labels that Word's own numbering puts before paragraphs: `I.`, `1.`, `a)`, `-`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.ooxml.docx import W, attribute, child, whole
from danvan_cli.text import roman

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Level(NamedTuple):
    """A level of a list: where it starts, how it counts, what its labels are; `layout` is what it brings to its paragraphs."""

    start: int
    form: str
    text: str
    layout: Any | None


class Lists:
    """The lists of one document: `kinds` tells of which kind each is; a kind has the levels."""

    def __init__(self, numbering: Any | None) -> None:
        self.kinds: dict[str, str] = {}
        self._unread: dict[str, Any] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        for one in numbering if numbering is not None else ():
            if one.tag == f"{W}abstractNum":
                self._unread[one.get(f"{W}abstractNumId", "")] = one
            elif one.tag == f"{W}num":
                self.kinds[one.get(f"{W}numId", "")] = attribute(one, "abstractNumId") or ""

    def levels(self, kind: str) -> Mapping[int, Level]:
        """Give the levels of a kind of list, which are read when they are first asked for."""
        if (of := self._unread.pop(kind, None)) is not None:
            self._levels[kind] = {
                whole(one.get(f"{W}ilvl")): Level(
                    whole(attribute(one, "start"), 1), attribute(one, "numFmt") or "decimal", attribute(one, "lvlText") or "",
                    child(one, f"{W}pPr"),
                )
                for one in of.iterchildren(f"{W}lvl")
            }  # fmt: skip
        return self._levels.get(kind, {})


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 1000 else ""


_FORMS: Final[dict[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": lambda number: roman(min(number, 4000)),
    "lowerRoman": lambda number: roman(min(number, 4000)).lower(),
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerLetter": _letter,
}


class Counter:
    """Counts the numbered paragraphs of one document as they come."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = {}

    def label(self, number: str, level: int) -> str:
        """Count a paragraph of a list's level and give its label; a bullet is shown as `-`."""
        kind = self._lists.kinds.get(number, "")
        levels = self._lists.levels(kind)
        look = levels.get(level)
        if look is None or look.form == "none":
            return ""
        if look.form == "bullet":
            return look.text if look.text in {"+", "-"} else "-"
        counts = self._counts.setdefault(kind, {})
        counts[level] = counts.get(level, look.start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            one = levels.get(at, look)
            return _FORMS.get(one.form, str)(counts.get(at, one.start))

        return re.sub(r"%(\d)", shown, look.text)
