"""The formatting that a reader sees: what run, styles, numbering, table style, defaults and theme come to together.

Sources: ECMA-376 Part 1, 17.7.2 (order of styles), 17.7.3 (properties that styles toggle), 17.3.2.26 (a theme's
font wins over a named one in the same place). Lengths are mm, sizes and spaces pt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.ooxml.docx import MM_OF_TWIP, A, W, attribute, child, local, measure, whole_number
from danvan_cli.text import roman

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_PART: Final = "\n"
"""Parts a table style from the names of its parts that hold for a cell."""
Values = dict[str, str]
"""Properties of one place, flat: `sz`, `b`, `ind.left`, `font`, …."""

_NOTHING: Final[Values] = {}

_TOGGLES: Final = ("b", "i", "caps", "smallCaps")
_DEPTH: Final = 32
"""Styles based on styles: more than this goes round in a circle."""
_VAL = f"{W}val"
_PLAIN: Final = {"jc", "contextualSpacing", "pageBreakBefore", "pStyle"}
_FALSE: Final = {"0", "false", "off", "none"}
_AUTOSPACE_PT: Final = 14.0
_ALIGN: Final = {"start": "left", "end": "right", "distribute": "both", "mediumKashida": "both", "highKashida": "both",
                 "lowKashida": "both", "thaiDistribute": "both"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RunFormat:
    """How letters look. `fonts` are those of plain and of marked letters; `colour` is RRGGBB or `auto`."""

    fonts: tuple[str, str]
    pt: float
    bold: bool
    italic: bool
    caps: bool
    underline: bool
    hidden: bool
    colour: str


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """How a paragraph lies. `line` is a multiple of single, else `line_pt` a height (at least or exactly)."""

    style: str
    align: str
    left_mm: float
    right_mm: float
    first_mm: float
    before_pt: float
    after_pt: float
    line: float | None
    line_pt: float | None
    least: bool
    contextual: bool
    page_break: bool
    borders: frozenset[str]
    tabs: tuple[float, ...]
    number: tuple[str, int] | None


class Formats:
    """Resolves the formatting of one document, by its parts of styles, theme and numbering as far as it has them."""

    def __init__(self, sheet: Any | None, theme: Any | None = None, numbering: Any | None = None) -> None:
        self._fonts = _theme_fonts(theme)
        styles = sheet if sheet is not None else ()
        self._styles = {style.get(f"{W}styleId", ""): style for style in styles if style.tag == f"{W}style"}
        self._default = {
            style.get(f"{W}type", ""): name for name, style in self._styles.items() if _on(style.get(f"{W}default"))
        }
        defaults = sheet.find(f"{W}docDefaults") if sheet is not None else None
        self._run_defaults: Values = {}
        self._paragraph_defaults: Values = {}
        if defaults is not None:
            self._run_defaults = self._run_values(defaults.find(f"{W}rPrDefault/{W}rPr"))
            self._paragraph_defaults = _paragraph_values(defaults.find(f"{W}pPrDefault/{W}pPr"))
        self._chains: dict[tuple[str, str], Values] = {}
        self.lists = Lists(numbering)
        self._laid: dict[tuple[object, ...], ParagraphFormat] = {}
        self._seen: dict[tuple[object, ...], RunFormat] = {}

    # Paragraphs ------------------------------------------------------------------------------------------------------

    def paragraph(self, properties: Any | None, table: str = "") -> ParagraphFormat:
        """Resolve a paragraph by its `pPr`, inside a table of a style (none: empty)."""
        direct = _paragraph_values(properties)
        style = direct.pop("pStyle", "")
        if style not in self._styles:
            style = self._default.get("paragraph", "")
        key = (style, table, *direct.items())
        if key not in self._laid:
            self._laid[key] = self._layout(direct, style, table)
        return self._laid[key]

    def _layout(self, direct: Values, style: str, table: str) -> ParagraphFormat:
        styled = self._chain(style, "pPr")
        values = self._paragraph_defaults | self._chain(table, "pPr")
        listed = direct.get("num", styled.get("num"))
        level = whole_number(direct.get("level", styled.get("level")))
        brought = self.lists.levels(self.lists.kinds.get(listed or "", "")).get(level)
        counted = _paragraph_values(brought.layout) if brought else {}
        # Numbering lies over the style that a paragraph has, but under the one that brings it.
        values |= styled | counted | direct if "num" in direct else counted | styled | direct
        rule, line = values.get("spacing.lineRule", "auto"), measure(values.get("spacing.line"), 240)
        multiple = rule not in {"exact", "atLeast"}
        first = measure(values.get("ind.firstLine")) - measure(values.get("ind.hanging"))
        return ParagraphFormat(
            style=style,
            align=_ALIGN.get(align := values.get("jc", "left"), align),
            left_mm=measure(values.get("ind.left")) * MM_OF_TWIP,
            right_mm=measure(values.get("ind.right")) * MM_OF_TWIP,
            first_mm=first * MM_OF_TWIP,
            before_pt=_space(values, "before"),
            after_pt=_space(values, "after"),
            line=line / 240 if multiple else None,
            line_pt=None if multiple else line / 20,
            least=rule == "atLeast",
            contextual=_on(values.get("contextualSpacing", "0")),
            page_break=_on(values.get("pageBreakBefore", "0")),
            borders=frozenset(key.removeprefix("border.") for key in values if key.startswith("border.")
                              and values[key] not in {"nil", "none"}),
            tabs=tuple(sorted(measure(at) * MM_OF_TWIP for at in values.get("tabs", "").split())),
            number=(listed, level) if listed and listed != "0" else None,
        )  # fmt: skip

    # Runs ------------------------------------------------------------------------------------------------------------

    def run(self, properties: Any | None, style: str, table: str = "") -> RunFormat:
        """Resolve a run by its `rPr` in a paragraph of a style, in a table of a style."""
        direct = self._run_values(properties) if properties is not None else _NOTHING
        key = (style, table, *direct.items()) if direct else (style, table)
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = self._resolved(direct, style, table)
        return found

    def capitals(self, properties: Any | None, style: str, table: str = "") -> bool:
        """Tell whether any layer of a run makes capitals, also where two of them undo each other: not every program does so."""
        direct = self._run_values(properties)
        layers = [self._run_defaults, *self._layers(direct, style, table)]
        return any(
            _on(direct[name]) if name in direct else any(_on(layer.get(name, "0")) for layer in layers)
            for name in ("caps", "smallCaps")
        )

    def _layers(self, direct: Values, style: str, table: str) -> list[Values]:
        return [self._chain(one, "rPr") for one in (table, style, direct.get("rStyle", ""))]

    def _resolved(self, direct: Values, style: str, table: str) -> RunFormat:
        layers = self._layers(direct, style, table)
        values = dict(self._run_defaults)
        for layer in (*layers, direct):
            values |= layer
        toggled = {}
        for name in ("b", "i", "caps"):
            if name in direct:
                toggled[name] = _on(direct[name])
            else:
                times = sum(_on(layer.get(name, "0")) for layer in layers)
                toggled[name] = _on(self._run_defaults.get(name, "0")) or times % 2 == 1
        plain = values.get("font", "Times New Roman")
        return RunFormat(
            fonts=(plain, values.get("font.marked", plain)),
            pt=measure(values.get("sz"), 20, per_pt=2) / 2,
            bold=toggled["b"],
            italic=toggled["i"],
            caps=toggled["caps"],
            underline=values.get("u", "none") != "none",
            hidden=_on(values.get("vanish", "0")),
            colour=values.get("color", "auto").upper().replace("AUTO", "auto"),
        )

    def _run_values(self, properties: Any | None) -> Values:
        """Flatten an `rPr`; a theme's font becomes its name."""
        out: Values = {}
        for one in properties if properties is not None else ():
            name = local(one)
            if name == "rFonts":
                for key, slot in (("font", "ascii"), ("font.marked", "hAnsi")):
                    theme = one.get(f"{W}{slot}Theme")
                    font = self._fonts.get(theme[:5]) if theme else one.get(f"{W}{slot}")
                    if font:
                        out[key] = font
            elif name == "color" and one.get(f"{W}themeColor") in {"text1", "dark1"}:
                out[name] = "auto"
            elif name in {*_TOGGLES, "vanish", "sz", "color", "u", "rStyle"}:
                out[name] = one.get(_VAL, "single" if name == "u" else "1")
        return out

    # Styles ----------------------------------------------------------------------------------------------------------

    def _chain(self, name: str, kind: str) -> Values:
        """Merge a style with those it is based on."""
        if not name:
            return {}
        if (name, kind) not in self._chains:
            read = self._run_values if kind == "rPr" else _paragraph_values
            own, *parts = name.split(_PART)
            values: Values = {}
            styles = [*self._ancestors(own)][::-1]
            for style in styles:
                values |= read(style.find(f"{W}{kind}"))
            for part in parts:  # a table's first row, first column: over the whole, in the order of the format
                for style in styles:
                    values |= read(style.find(f"{W}tblStylePr[@{W}type='{part}']/{W}{kind}"))
            self._chains[name, kind] = values
        return self._chains[name, kind]

    def _ancestors(self, name: str) -> Iterator[Any]:
        for _step in range(_DEPTH):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = attribute(style, "basedOn") or ""

    def table_borders(self, table: Any) -> bool:
        """Tell whether a table shows lines between or around its cells."""
        name = attribute(table, "tblPr/tblStyle")
        styles = [*self._ancestors(self._default.get("table", "") if name is None else name)]
        drawn = False
        for place in (table, *styles):
            borders = place.find(f"{W}tblPr/{W}tblBorders")
            if borders is not None:
                drawn = any(map(_visible, borders))
                break
        if drawn:  # Google Docs hides every cell's own sides instead
            cells = (cell.find(f"{W}tcPr/{W}tcBorders") for cell in table.iterfind(f"{W}tr/{W}tc"))
            return any(own is None or any(map(_visible, own)) for own in cells)
        sides = chain.from_iterable(table.iterfind(f"{W}tr/{W}tc/{W}tcPr/{W}tcBorders"))
        return len([*islice(filter(_visible, sides), 3)]) > 2


_LOOKS: Final = {
    "firstRow": ("firstRow", 0x20),
    "lastRow": ("lastRow", 0x40),
    "firstCol": ("firstColumn", 0x80),
    "lastCol": ("lastColumn", 0x100),
}


def table_look(table: Any) -> dict[str, bool]:
    """Tell which parts of its style a table shows (ECMA-376 Part 1, 17.4.55)."""
    look = table.find(f"{W}tblPr/{W}tblLook")
    if look is None:
        return {}
    bits = int(value, 16) if re.fullmatch("[0-9A-Fa-f]{1,8}", value := look.get(f"{W}val", "")) else 0
    return {
        part: look.get(f"{W}{name}", "1" if bits & bit else "0") in {"1", "true", "on"}
        for part, (name, bit) in _LOOKS.items()
    }


def cell_style(style: str, look: Mapping[str, bool], ends: Iterable[bool]) -> str:
    """Name how a table's style looks in a cell, by the parts that the table shows.

    `ends` tells whether the cell is in the first row, the last row, the first column, the last column.
    """
    return _PART.join([style, *(part for part, there in zip(_LOOKS, ends, strict=True) if there and look.get(part))])


def _visible(side: Any) -> bool:
    """Whether a table's line can be seen; a white one cannot."""
    return side.get(f"{W}val", "none") not in {"none", "nil"} and side.get(f"{W}color", "auto").upper() != "FFFFFF"


def _theme_fonts(theme: Any | None) -> Mapping[str, str]:
    """Give the theme's Latin fonts by how their names begin (`minorHAnsi`, `majorAscii`, …)."""
    out = {}
    for name in ("minor", "major"):
        found = theme.find(f".//{A}{name}Font/{A}latin") if theme is not None else None
        if found is not None and found.get("typeface"):
            out[name] = found.get("typeface")
    return out


def _paragraph_values(properties: Any | None) -> Values:
    """Flatten a `pPr`."""
    out: Values = {}
    for one in properties if properties is not None else ():
        name = local(one)
        if name in {"ind", "spacing"}:
            out |= _lengths(name, one)
        elif name == "tabs":
            out[name] = " ".join(stop.get(f"{W}pos", "0") for stop in one if stop.get(_VAL) != "clear")
        elif name == "pBdr":
            out |= {f"border.{local(side)}": side.get(f"{W}val", "none") for side in one}
        elif name == "numPr":
            for key, tag in (("num", "numId"), ("level", "ilvl")):
                if child(one, f"{W}{tag}") is not None:
                    out[key] = attribute(one, tag) or "0"
        elif name in _PLAIN:
            out[name] = one.get(_VAL, "1")
    return out


def _lengths(name: str, element: Any) -> Values:
    """Flatten indents or spacing; of first line and hanging, the one that is said takes the other's place."""
    out = {
        f"{name}.{_RENAMED.get(key := long.rpartition('}')[2], key)}": value for long, value in element.attrib.items()
    }
    for one, other in (("ind.firstLine", "ind.hanging"), ("ind.hanging", "ind.firstLine")):
        if one in out:
            out.setdefault(other, "0")
    return out


_RENAMED: Final = {"start": "left", "end": "right"}


def _space(values: Values, side: str) -> float:
    if _on(values.get(f"spacing.{side}Autospacing", "0")):
        return _AUTOSPACE_PT
    return measure(values.get(f"spacing.{side}")) / 20


def _on(value: str | None) -> bool:
    return value is not None and value not in _FALSE


# Numbering: the labels that Word itself puts before paragraphs: `I.`, `1.`, `a)`, `-` ----------------------------------


class ListLevel(NamedTuple):
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
        self._levels: dict[str, dict[int, ListLevel]] = {}
        for one in numbering if numbering is not None else ():
            if one.tag == f"{W}abstractNum":
                self._unread[one.get(f"{W}abstractNumId", "")] = one
            elif one.tag == f"{W}num":
                self.kinds[one.get(f"{W}numId", "")] = attribute(one, "abstractNumId") or ""

    def levels(self, kind: str) -> Mapping[int, ListLevel]:
        """Give the levels of a kind of list, which are read when they are first asked for."""
        if (of := self._unread.pop(kind, None)) is not None:
            self._levels[kind] = {
                whole_number(one.get(f"{W}ilvl")): ListLevel(
                    whole_number(attribute(one, "start"), 1), attribute(one, "numFmt") or "decimal", attribute(one, "lvlText") or "",
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
