"""The letters of a PDF's pages, with what stands on them besides: number and day are put into fields after a document is signed."""

from __future__ import annotations

import math
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1
from pdfminer.utils import MATRIX_IDENTITY, apply_matrix_pt, mult_matrix

from danvan_cli.pdf.reading import Glyph, read_page, turned
from danvan_cli.text import normalized

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pdfminer.pdfpage import PDFPage

_HIDDEN: Final = 2
_MOST: Final = 200
"""Annotations of a page that are looked at."""
_SHORT: Final = 24
"""Letters of a number or a day: what is longer does not belong into a line of the page."""
_NEAR: Final = 0.75
"""So far above or below a line, in heights of letters, what is put into it may stand."""
_JOINED: Final = frozenset("ﬀﬁﬂﬃﬄﬅﬆ")
"""Letters that some fonts draw as one."""
_TCVN3: Final = str.maketrans(
    "¡¢§£¤¥¦µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ",
    "ĂÂĐÊÔƠƯàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ",
)
_VNI: Final = str.maketrans(
    {"ñ": "đ", "ö": "ư", "ô": "ơ", "ó": "ĩ", "ò": "ị", "æ": "ỉ", "î": "ỵ"}
    | {"Ñ": "Đ", "Ö": "Ư", "Ô": "Ơ", "Ó": "Ĩ", "Ò": "Ị", "Æ": "Ỉ", "Î": "Ỵ"}
    | dict(zip("ùøûõïâêÙØÛÕÏÂÊ", "\u0301\u0300\u0309\u0303\u0323\u0302\u0306" * 2, strict=True))
    | {
        mark: above + tone
        for marks, above in (("áàåãäÁÀÅÃÄ", "\u0302"), ("éèúüëÉÈÚÜË", "\u0306"))
        for mark, tone in zip(marks, "\u0301\u0300\u0309\u0303\u0323" * 2, strict=True)
    }
)
"""Letters of VNI fonts; most marks are letters of their own, behind the one over which they stand."""
_NONE: Final = "\ufffd"
_SHAPES: Final = 20_000
"""Shapes of a page that are looked at."""
_UNKNOWN: Final = 0.3
"""So much of a page's letters may be unknown for it to be text."""


class DrawnBox(NamedTuple):
    """The box of something drawn: a line, a rectangle, a curve; whether its edge is drawn."""

    x0: float
    y0: float
    x1: float
    y1: float
    stroked: bool


class Drawn(NamedTuple):
    """A page as it is drawn: its size, its letters, its shapes, whether there are pictures."""

    width: float
    height: float
    letters: list[Glyph]
    shapes: list[DrawnBox]
    pictured: bool


class StampedPage(NamedTuple):
    """What was read of a page: its text, whether there are pictures, whether there are letters that nobody can know."""

    text: str
    pictured: bool
    coded: bool


class Pages:
    """Reads the pages of a document, one after another."""

    def __init__(self) -> None:
        self._resources = PDFResourceManager()

    def draw(self, page: PDFPage) -> Drawn:
        """Give a page as it is drawn; what stands over other letters stands among them."""
        made = self._drawn(page)
        x0, y0, x1, y1 = page.mediabox
        wide, tall = (y1 - y0, x1 - x0) if page.rotate in {90, 270} else (x1 - x0, y1 - y0)
        return Drawn(wide, tall, sum(made.over, made.letters), made.shapes, made.pictured)

    def _drawn(self, page: PDFPage) -> _Device:
        device = _Device(self._resources)
        reader = _Reader(self._resources, device)
        reader.annotations = page.annots
        reader.process_page(page)
        return device

    def read(self, page: PDFPage) -> StampedPage:
        """Read a page."""
        made = self._drawn(page)
        unknown = sum(one.text == _NONE for one in made.letters)
        inked = sum(not one.text.isspace() for one in made.letters)
        return StampedPage(
            "".join(map(read_page, (made.letters, *made.over))), made.pictured, unknown > _UNKNOWN * inked
        )


class _Device(PDFTextDevice):
    """Takes the letters of a page, with where they stand."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.letters: list[Glyph] = []
        self.over: list[list[Glyph]] = []
        """What stands over other letters, each read for itself."""
        self.shapes: list[DrawnBox] = []
        self.pictured = False

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]) -> None:
        del graphicstate, fill, evenodd
        points: list[tuple[float, float]] = []
        for step in [*path, ("m",)]:
            if step[0] == "m" and points and len(self.shapes) < _SHAPES:
                left, right = min(x for x, _y in points), max(x for x, _y in points)
                low, high = min(y for _x, y in points), max(y for _x, y in points)
                self.shapes.append(DrawnBox(left, low, right, high, stroke))
            points = [] if step[0] == "m" else points
            if len(step) > 2:
                points.append(apply_matrix_pt(self.ctm or MATRIX_IDENTITY, step[-2:]))

    def render_image(self, name: str, stream: PDFStream) -> None:
        del name, stream
        self.pictured = True

    def render_char(
        self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, *_colour: Any
    ) -> float:
        try:
            text = _of_old(font, cid) or str(font.to_unichr(cid))
            text = normalized(text, "NFKC") if text in _JOINED else text
        except PDFUnicodeNotDefined:
            text = _NONE
        adv = float(font.char_width(cid) * fontsize * scaling)
        a, b, c, d, e, f = matrix
        size = abs(fontsize) * math.hypot(c, d)
        if text and size and math.isfinite(e + f + size):
            way = -1 if adv < 0 else 1
            place = (e + c * rise, f + d * rise)
            turn = math.degrees(math.atan2(b * way, a * way)) if b or a * way < 0 else 0
            bold = "bold" in str(getattr(font, "fontname", "")).lower()
            letter = Glyph(*place, text, abs(adv) * math.hypot(a, b), size, turn, len(self.letters), bold)
            self.letters.append(letter)
        return adv


def _of_old(font: Any, code: int) -> str | None:
    """Give a letter of a font of old: .VnTime, .VnTimeH by TCVN 5712:1993, VNI-Times by VNI; None for all others."""
    name = str(getattr(font, "basefont", "")).rpartition("+")[2]
    if not name.startswith((".Vn", "VNI-")):
        return None
    text = str(font.to_unichr(code)) if font.is_multibyte() else chr(code)
    if name[0] != ".":
        return text.translate(_VNI)
    capitals = name.partition(",")[0].partition("-")[0].endswith("H")
    return text.translate(_TCVN3).upper() if capitals else text.translate(_TCVN3)


class _Reader(PDFPageInterpreter):
    """Draws a page, then what its annotations look like (ISO 32000-2, 12.5.5)."""

    annotations: Any = None
    device: _Device

    def render_contents(self, resources: Any, streams: Any, ctm: Any = MATRIX_IDENTITY) -> None:
        annotations, self.annotations = self.annotations, None
        super().render_contents(resources, streams, ctm)
        with suppress(Exception):  # a page is read whatever its annotations are
            for one in list_value(annotations or [])[:_MOST]:
                with suppress(Exception):
                    self._annotation(dict_value(one), ctm)

    def _annotation(self, said: dict[str, Any], ctm: Any) -> None:
        look = resolve1(dict_value(said.get("AP") or {}).get("N"))
        if not isinstance(look, PDFStream) or int(resolve1(said.get("F", 0))) & _HIDDEN:
            return
        left, low, right, high = (float(resolve1(one)) for one in list_value(said["Rect"]))
        a, b, c, d, e, f = (float(resolve1(one)) for one in list_value(look.get("Matrix") or MATRIX_IDENTITY))
        x0, y0, x1, y1 = (float(resolve1(one)) for one in list_value(look["BBox"]))
        corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
        x0, x1 = min(x for x, _y in corners), max(x for x, _y in corners)
        y0, y1 = min(y for _x, y in corners), max(y for _x, y in corners)
        wide, tall = (right - left) / ((x1 - x0) or 1), (high - low) / ((y1 - y0) or 1)
        place = mult_matrix((a, b, c, d, e, f), (wide, 0, 0, tall, left - x0 * wide, low - y0 * tall))
        before, self.device.letters = self.device.letters, []
        try:
            super().render_contents(dict_value(look.get("Resources") or {}), [look], mult_matrix(place, ctm))
        finally:
            put, self.device.letters = self.device.letters, before
            if len(put) > _SHORT and _covers(put, before):
                self.device.over.append(put)
            else:
                self.device.letters = before + _placed(before, put)


def _covers(put: list[Glyph], page: list[Glyph]) -> bool:
    """Tell whether letters stand over others."""
    left, right = min(one.x for one in put), max(one.x + one.wide for one in put)
    low, high = min(one.y for one in put), max(one.y + one.size for one in put)
    return any(left < one.x < right and low < one.y + one.size / 2 < high for one in page if not one.text.isspace())


def _placed(page: list[Glyph], letters: list[Glyph]) -> list[Glyph]:
    """Bring what is put into a line of the page to that line's height, so that it is read there."""
    if not letters or len(letters) > _SHORT:
        return letters
    turn = letters[0].turn
    first = turned(letters[0], turn)
    line = [turned(one, turn) for one in page if one.turn == turn]
    near = [one for one in line if abs(one.y - first.y) <= _NEAR * one.size]
    if not near:
        return letters
    up = min(near, key=lambda one: (round(abs(one.y - first.y), 1), abs(one.x - first.x))).y - first.y
    across = math.radians(turn)
    return [one._replace(x=one.x - up * math.sin(across), y=one.y + up * math.cos(across)) for one in letters]
