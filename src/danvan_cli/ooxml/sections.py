"""The sections of a document: how their sheets are, and what stands above and below their text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from danvan_cli.ooxml.docx import MM_OF_TWIP, R, W, attribute, measure, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.ooxml.docx import Word


@dataclass(frozen=True, slots=True)
class Section:
    """A section's sheet, in mm, and its headers and footers by kind (`default`, `first`, `even`)."""

    element: Any
    width: float
    height: float
    top: float
    bottom: float
    left: float
    """With the gutter."""
    right: float
    gutter: float
    own_first: bool
    start: int | None
    number_format: str
    headers: dict[str, Any]
    footers: dict[str, Any]

    @property
    def landscape(self) -> bool:
        """Whether the sheet lies."""
        return self.width > self.height


def read_sections(word: Word) -> Iterator[Section]:
    """Read the sections in order; a header or footer that a section does not name is the one before it."""
    before: dict[str, dict[str, Any]] = {"header": {}, "footer": {}}
    for properties in word.document.find(f"{W}body").iter(f"{W}sectPr"):
        if next(properties.iterancestors(f"{W}sectPrChange", f"{W}txbxContent"), None) is not None:
            continue
        parts = {}
        for kind in ("header", "footer"):
            named = {
                one.get(f"{W}type", "default"): word.others[one.get(f"{R}id")]
                for one in properties.iterfind(f"{W}{kind}Reference")
                if one.get(f"{R}id") in word.others
            }
            parts[kind] = before[kind] = before[kind] | named

        def side(element: str, key: str, otherwise: float, of: Any = properties) -> float:
            value = attribute(of, element, key)
            return abs(measure(value)) * MM_OF_TWIP if value is not None else otherwise

        start = attribute(properties, "pgNumType", "start")
        first = properties.find(f"{W}titlePg")
        yield Section(
            element=properties, width=side("pgSz", "w", 215.9), height=side("pgSz", "h", 279.4),
            top=side("pgMar", "top", 25.4), bottom=side("pgMar", "bottom", 25.4),
            left=side("pgMar", "left", 25.4) + side("pgMar", "gutter", 0), right=side("pgMar", "right", 25.4),
            gutter=side("pgMar", "gutter", 0),
            own_first=first is not None and first.get(f"{W}val", "1") not in {"0", "false", "off"},
            start=whole(start, 1) if start is not None else None,
            number_format=attribute(properties, "pgNumType", "fmt") or "decimal",
            headers=parts["header"], footers=parts["footer"],
        )  # fmt: skip
