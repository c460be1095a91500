"""What is drawn in a document, as far as it matters: how long its lines are, where its boxes and frames stand; in mm."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.ooxml.docx import WP, WPS, A, V, W, measure
from danvan_cli.ooxml.effective import MM_OF_TWIP

if TYPE_CHECKING:
    from collections.abc import Iterator

_MM_OF_EMU: Final = 1 / 36000
_MM_OF_PT: Final = 25.4 / 72
_LINES: Final = {"line", "straightConnector1", "lineInv"}
_VML_LINES: Final = {"#_x0000_t32", "#_x0000_t20"}


def drawn_mm(piece: Any) -> Iterator[float | None]:
    """Give the lengths of the lines in a drawing; None for what may hide one (a picture, a group)."""
    for frame in (*piece.iter(f"{WP}inline"), *piece.iter(f"{WP}anchor")):
        size, shape = frame.find(f"{WP}extent"), frame.find(f".//{A}prstGeom")
        wide, high = (
            (measure(size.get(key), per_pt=12700) * _MM_OF_EMU for key in ("cx", "cy"))
            if size is not None
            else (0.0, 0.0)
        )
        group = sum(1 for _ in frame.iter(f"{WPS}wsp")) > 1
        line = shape is not None and shape.get("prst") in _LINES
        yield wide if not group and wide and (line or high < 1) else None
    for line in piece.iter(f"{V}line"):
        ends = [_points(line.get(end, "0").split(",")[0]) for end in ("from", "to")]
        yield abs(ends[1] - ends[0]) * _MM_OF_PT
    for shape in piece.iter(f"{V}shape", f"{V}rect"):
        named = re.search(r"(?:^|;)width:([\d.]+[a-z]*)", shape.get("style", ""))
        yield _points(named[1]) * _MM_OF_PT if named and shape.get("type") in _VML_LINES else None


def middle_mm(box: Any) -> float | None:
    """Find the middle of a text box from the page's left, in mm; None where the file does not say it simply."""
    frame = next((one for one in box.iterancestors(f"{WP}anchor")), None)
    if frame is None:
        shape = next((one for one in box.iterancestors(f"{V}shape", f"{V}rect")), None)
        style = shape.get("style", "") if shape is not None else ""
        left, wide = (re.search(rf"(?:^|;){key}:(-?[\d.]+[a-z]*)", style) for key in ("margin-left", "width"))
        return 30 + (_points(left[1]) + _points(wide[1]) / 2) * _MM_OF_PT if left and wide else None
    across, size = frame.find(f"{WP}positionH"), frame.find(f"{WP}extent")
    offset = across.find(f"{WP}posOffset") if across is not None else None
    if offset is None or size is None:
        return None
    start = 0 if across.get("relativeFrom") == "page" else 30
    return start + (measure(offset.text) + measure(size.get("cx")) / 2) * _MM_OF_EMU


def framed_mm(frame: Any) -> float | None:
    """Find the middle of a frame from the page's left, in mm; None where the file does not say it simply."""
    left, wide = (frame.get(f"{W}{key}") for key in ("x", "w"))
    if left is None or wide is None:
        return None
    start = 0 if frame.get(f"{W}hAnchor") == "page" else 30
    return start + (measure(left) + measure(wide) / 2) * MM_OF_TWIP


def _points(value: str) -> float:
    """Read a length of VML in pt; a bare number counts pixels."""
    return measure(value if value[-1:].isalpha() else f"{value}px", per_pt=1)
