"""How wide the things on a page are: tables, pictures in the text, what floats; all in twips.

What cannot be measured counts as narrow: only what is surely too wide is to be acted upon.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.ooxml.docx import WP, A, V, W, measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.ooxml.editing import Edit

_PER_EMU: Final = 635
"""EMU of a twip."""
_PADDING: Final = 108
_CONTAINERS: Final = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
_SHAPES: Final = tuple(f"{V}{name}" for name in ("shape", "rect", "group", "line", "oval", "roundrect"))
PARAGRAPH: Final = f"{W}p"
TABLE: Final = f"{W}tbl"


def blocks(container: Any) -> Iterator[Any]:
    """Give the paragraphs and tables of a body, a header, a cell, those in content controls too; none inside a table."""
    for one in container:
        if one.tag in {PARAGRAPH, TABLE}:
            yield one
        elif one.tag in _CONTAINERS:
            yield from blocks(one)


# Tables --------------------------------------------------------------------------------------------------------------


def _own(element: Any, name: str) -> float:
    """Give a width that is said in twips; 0 where it is a share or automatic."""
    one = element.find(f"{W}{name}")
    return measure(one.get(f"{W}w")) if one is not None and one.get(f"{W}type", "dxa") == "dxa" else 0


def table_width(table: Any, text: float) -> float:
    """Measure a table in a text of a width; 0 where it is a share of the text's, and follows it."""
    wide = table.find(f"{W}tblPr/{W}tblW")
    if wide is not None and wide.get(f"{W}type") == "pct":
        share = wide.get(f"{W}w", "")
        part = measure(share.removesuffix("%")) / (100 if share.endswith("%") else 5000)
        return text * part if part > 1.03 else 0
    grid = sum(measure(column.get(f"{W}w")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol"))
    rows = [sum(map(cell_width, row.iterfind(f"{W}tc"))) for row in table.iterfind(f"{W}tr")]
    return max(_own(table, f"tblPr/{W}tblW"), grid, *rows, 0)


def cell_width(cell: Any) -> float:
    """Give the width that a cell asks for; 0 where it does not."""
    return _own(cell, f"tcPr/{W}tcW")


def indent(table: Any) -> float:
    """Give how far a table goes in from the margin; 0 where it is centred or floats."""
    centred, floats = (table.find(f"{W}tblPr/{W}{name}") for name in ("jc", "tblpPr"))
    if floats is not None or (centred is not None and centred.get(f"{W}val") in {"center", "right", "end"}):
        return 0
    return _own(table, f"tblPr/{W}tblInd")


def padding(table: Any) -> float:
    """Give the space on both sides of a cell's text together."""
    margins = table.find(f"{W}tblPr/{W}tblCellMar")
    if margins is None:
        return 2 * _PADDING
    return sum(
        _own(margins, side) if margins.find(f"{W}{side}") is not None else _PADDING for side in ("left", "right")
    )


def narrow_table(table: Any, share: float, edit: Edit) -> None:
    """Make a table, with the tables and pictures in it, a share as wide as it is."""
    for one in [*table.iter(*(f"{W}{name}" for name in ("tblW", "gridCol", "tcW", "wBefore", "wAfter")))]:
        kind = one.get(f"{W}type", "dxa")
        if kind == "dxa" and (value := measure(one.get(f"{W}w"))) > 0:
            edit.attributes(one, w=str(int(value * share)))
        elif kind == "pct" and one.getparent().getparent() is table:
            edit.attributes(one, w="5000")
    for height in table.iter(f"{W}trHeight"):
        if height.get(f"{W}hRule") == "exact":
            edit.attributes(height, hRule="atLeast")  # its text may need one line more
    for cell in table.iter(f"{W}tc"):
        inner = cell_width(cell) - padding(next(cell.iterancestors(TABLE)))
        for paragraph in cell.iterchildren(PARAGRAPH):
            for picture in pictures(paragraph):
                if 0 < inner < picture.wide:
                    picture.scale(max(inner / picture.wide, share), edit)


# Pictures in the text ------------------------------------------------------------------------------------------------


class Picture(NamedTuple):
    """A picture that stands in the text like a letter."""

    wide: float
    element: Any

    @property
    def plain(self) -> bool:
        """Whether it is one picture: what consists of several has measures that depend on each other."""
        return self.element.tag != f"{WP}inline" or len(self._sizes()) <= 1

    def _sizes(self) -> list[Any]:
        return [one for one in self.element.iter(f"{A}ext") if one.get("cx")]

    def scale(self, share: float, edit: Edit) -> None:
        """Make it smaller, if it is plain."""
        if not self.plain:
            return
        if self.element.tag == f"{WP}inline":
            for size in (self.element.find(f"{WP}extent"), *self._sizes()):
                for key in ("cx", "cy"):
                    size.set(key, str(int(measure(size.get(key), per_pt=12700) * share)))
        else:
            style = _style(self.element)
            style |= {
                key: f"{value * share / 20:.1f}pt" for key in ("width", "height") if (value := _vml(style.get(key)))
            }
            self.element.set("style", ";".join(f"{key}:{value}" for key, value in style.items()))
        edit.touch(self.element)


def pictures(paragraph: Any) -> Iterator[Picture]:
    """Give the pictures that stand in the text of a paragraph."""
    for frame in paragraph.iter(f"{WP}inline"):
        if (extent := frame.find(f"{WP}extent")) is not None:
            yield Picture(measure(extent.get("cx"), per_pt=12700) / _PER_EMU, frame)
    for shape in paragraph.iter(f"{V}shape", f"{V}rect", f"{V}group"):
        style = _style(shape)
        alone = shape.getparent().tag in {f"{W}pict", f"{W}object"}
        if alone and style.get("position", "static") == "static" and (wide := _vml(style.get("width"))):
            yield Picture(wide, shape)


def _style(shape: Any) -> dict[str, str]:
    pairs = (one.partition(":") for one in shape.get("style", "").split(";"))
    return {key.strip(): value.strip() for key, _colon, value in pairs if key.strip()}


def _vml(value: str | None) -> float:
    """Read a length of VML; a bare number counts pixels."""
    return measure(value) * (1 if value and value[-1].isalpha() else 15)


# What floats ---------------------------------------------------------------------------------------------------------


class Floating(NamedTuple):
    """A thing that floats: what its place is counted from, where it begins, how long it is, across or down."""

    base: str
    start: float
    size: float
    down: bool = False


def floating(block: Any) -> Iterator[Floating]:
    """Give all that floats and hangs at a paragraph or in a table: drawings, frames, the table itself."""
    for frame in block.iter(f"{WP}anchor"):
        extent = frame.find(f"{WP}extent")
        for name, key in (("positionH", "cx"), ("positionV", "cy")):
            position = frame.find(f"{WP}{name}")
            offset = position.find(f"{WP}posOffset") if position is not None else None
            if offset is not None and extent is not None:
                start, size = (measure(one, per_pt=12700) / _PER_EMU for one in (offset.text, extent.get(key)))
                yield Floating(position.get("relativeFrom", ""), start, size, down=key == "cy")
    for shape in block.iter(*_SHAPES):
        style = _style(shape)
        if style.get("position") == "absolute" and "mso-position-horizontal" not in style:
            base = style.get("mso-position-horizontal-relative", "column")
            yield Floating(base, _vml(style.get("margin-left")), _vml(style.get("width")))
    for one in block.iter(f"{W}framePr"):
        if one.get(f"{W}xAlign") is None:
            yield Floating(one.get(f"{W}hAnchor", "page"), measure(one.get(f"{W}x")), measure(one.get(f"{W}w")))
    for one in block.iter(f"{W}tblpPr"):
        if one.get(f"{W}tblpXSpec") is None:
            wide = table_width(one.getparent().getparent(), 0)
            yield Floating(one.get(f"{W}horzAnchor", "page"), measure(one.get(f"{W}tblpX")), wide)
