"""The labels that Word's own numbering puts before paragraphs: `I.`, `1.`, `a)`, `-`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.ooxml.docx import W, whole
from danvan_cli.text import roman

if TYPE_CHECKING:
    from collections.abc import Callable


class _Level(NamedTuple):
    start: int
    form: str
    text: str


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

    def __init__(self, numbering: Any | None) -> None:
        self._lists: dict[str, str] = {}
        self._levels: dict[tuple[str, int], _Level] = {}
        self._abstract: dict[str, Any] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for one in numbering if numbering is not None else ():
            if one.tag == f"{W}abstractNum":
                self._abstract[one.get(f"{W}abstractNumId", "")] = one
            elif one.tag == f"{W}num":
                self._lists[one.get(f"{W}numId", "")] = _value(one, "abstractNumId") or ""

    def _read(self, name: str, abstract: Any) -> None:
        """Read the levels of a list that is used."""
        for level in abstract.iterfind(f"{W}lvl"):
            self._levels[name, whole(level.get(f"{W}ilvl"))] = _Level(
                whole(_value(level, "start"), 1),
                _value(level, "numFmt") or "decimal",
                _value(level, "lvlText") or "",
            )

    def label(self, number: str, level: int) -> str:
        """Count a paragraph of a list's level and give its label; a bullet is shown as `-`."""
        of = self._lists.get(number, "")
        if (one := self._abstract.pop(of, None)) is not None:
            self._read(of, one)
        look = self._levels.get((of, level))
        if look is None or look.form == "none":
            return ""
        if look.form == "bullet":
            return look.text if look.text in {"+", "-"} else "-"
        counts = self._counts.setdefault(of, {})
        counts[level] = counts.get(level, look.start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            one = self._levels.get((of, at), look)
            return _FORMS.get(one.form, str)(counts.get(at, one.start))

        return re.sub(r"%(\d)", shown, look.text)


def _value(element: Any, name: str) -> str | None:
    found = element.find(f"{W}{name}")
    value = found.get(f"{W}val") if found is not None else None
    return value if isinstance(value, str) else None
