"""How wide things on a page are and where they stand, in twips: tables, pictures, what floats, drawn lines, boxes.

What cannot be measured counts as narrow: only what is surely too wide is to be acted upon.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.ooxml.docx import MM_OF_TWIP, WP, WPS, A, V, W, attribute, measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.ooxml.editing import DocumentEdit

_PER_EMU: Final = 635
"""EMU of a twip."""
_PADDING: Final = 108
_LEFT: Final = 30 / MM_OF_TWIP
"""The left margin that is taken for a box's where it is not counted from the page."""
_SHAPES: Final = tuple(f"{V}{name}" for name in ("shape", "rect", "group", "line", "oval", "roundrect"))
_LINES: Final = {"line", "straightConnector1", "lineInv"}
_VML_LINES: Final = {"#_x0000_t32", "#_x0000_t20"}
PARAGRAPH: Final = f"{W}p"
TABLE: Final = f"{W}tbl"


# Tables --------------------------------------------------------------------------------------------------------------


def _own(element: Any, name: str) -> float:
    """Give a width that is said in twips; 0 where it is a share or automatic."""
    return measure(attribute(element, name, "w")) if (attribute(element, name, "type") or "dxa") == "dxa" else 0


def table_width(table: Any, text: float) -> float:
    """Measure a table in a text of a width; 0 where it is a share of the text's, and follows it."""
    if attribute(table, "tblPr/tblW", "type") == "pct":
        share = attribute(table, "tblPr/tblW", "w") or ""
        part = measure(share.removesuffix("%")) / (100 if share.endswith("%") else 5000)
        return text * part if part > 1.03 else 0
    grid = sum(measure(column.get(f"{W}w")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol"))
    rows = [sum(map(cell_width, row.iterfind(f"{W}tc"))) for row in table.iterfind(f"{W}tr")]
    return max(_own(table, "tblPr/tblW"), grid, *rows, 0)


def cell_width(cell: Any) -> float:
    """Give the width that a cell asks for; 0 where it does not."""
    return _own(cell, "tcPr/tcW")


def indent(table: Any) -> float:
    """Give how far a table goes in from the margin; 0 where it is centred or floats."""
    floats = table.find(f"{W}tblPr/{W}tblpPr") is not None
    if floats or attribute(table, "tblPr/jc") in {"center", "right", "end"}:
        return 0
    return _own(table, "tblPr/tblInd")


def padding(table: Any) -> float:
    """Give the space on both sides of a cell's text together."""
    margins = table.find(f"{W}tblPr/{W}tblCellMar")
    if margins is None:
        return 2 * _PADDING
    return sum(
        _own(margins, side) if margins.find(f"{W}{side}") is not None else _PADDING for side in ("left", "right")
    )


def narrow_table(table: Any, share: float, edit: DocumentEdit) -> None:
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

    def scale(self, share: float, edit: DocumentEdit) -> None:
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
        if frame.find(f"{WP}extent") is not None:
            yield Picture(_extent(frame, "cx"), frame)
    for shape in paragraph.iter(f"{V}shape", f"{V}rect", f"{V}group"):
        style = _style(shape)
        alone = shape.getparent().tag in {f"{W}pict", f"{W}object"}
        if alone and style.get("position", "static") == "static" and (wide := _vml(style.get("width"))):
            yield Picture(wide, shape)


def _extent(frame: Any, key: str) -> float:
    """Give a side of a drawing; 0 where it is not said."""
    size = frame.find(f"{WP}extent")
    return measure(size.get(key), per_pt=12700) / _PER_EMU if size is not None else 0


def _offset(frame: Any, name: str) -> tuple[str, float] | None:
    """Tell what a drawing's place is counted from, and how far from it; None where that is not said in a measure."""
    position = frame.find(f"{WP}{name}")
    offset = position.find(f"{WP}posOffset") if position is not None else None
    if offset is None:
        return None
    return position.get("relativeFrom", ""), measure(offset.text, per_pt=12700) / _PER_EMU


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
        for name, key in (("positionH", "cx"), ("positionV", "cy")):
            if (place := _offset(frame, name)) is not None and frame.find(f"{WP}extent") is not None:
                yield Floating(*place, _extent(frame, key), down=key == "cy")
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


# Lines and boxes -----------------------------------------------------------------------------------------------------


def drawn_lines(piece: Any) -> Iterator[float | None]:
    """Give the lengths of the lines in a drawing; None for what may hide one (a picture, a group)."""
    for frame in (*piece.iter(f"{WP}inline"), *piece.iter(f"{WP}anchor")):
        shape = frame.find(f".//{A}prstGeom")
        wide, high = _extent(frame, "cx"), _extent(frame, "cy")
        group = sum(1 for _ in frame.iter(f"{WPS}wsp")) > 1
        line = shape is not None and shape.get("prst") in _LINES
        yield wide if not group and wide and (line or high < 1 / MM_OF_TWIP) else None
    for line in piece.iter(f"{V}line"):
        start, end = (_vml(line.get(end, "0").split(",")[0]) for end in ("from", "to"))
        yield abs(end - start)
    for shape in piece.iter(f"{V}shape", f"{V}rect"):
        length = _style(shape).get("width")
        yield _vml(length) if length and shape.get("type") in _VML_LINES else None


def box_middle(box: Any) -> float | None:
    """Find the middle of a text box from the page's left; None where the file does not say it simply."""
    frame = next(box.iterancestors(f"{WP}anchor"), None)
    if frame is not None:
        place = _offset(frame, "positionH")
        if place is None or frame.find(f"{WP}extent") is None:
            return None
        return (0 if place[0] == "page" else _LEFT) + place[1] + _extent(frame, "cx") / 2
    shape = next(box.iterancestors(f"{V}shape", f"{V}rect"), None)
    style = _style(shape) if shape is not None else {}
    if "margin-left" not in style or "width" not in style:
        return None
    return _LEFT + _vml(style["margin-left"]) + _vml(style["width"]) / 2


def frame_middle(frame: Any) -> float | None:
    """Find the middle of a frame from the page's left; None where the file does not say it simply."""
    left, wide = (frame.get(f"{W}{key}") for key in ("x", "w"))
    if left is None or wide is None:
        return None
    return (0 if frame.get(f"{W}hAnchor") == "page" else _LEFT) + measure(left) + measure(wide) / 2
