"""Pages of a PDF with what stands on them besides: number and day are put into fields after a document has been signed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTChar, LTContainer
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1
from pdfminer.utils import MATRIX_IDENTITY, mult_matrix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pdfminer.pdfpage import PDFPage

_HIDDEN: Final = 2
_MOST: Final = 200
"""Annotations of a page that are looked at."""
_SHORT: Final = 24
"""Letters of a number or a day: what is longer does not belong into a line of the page."""


class Pages:
    """Reads the pages of a document, one after another."""

    def __init__(self, *, bare: bool = False) -> None:
        """Make a reader; a bare one gives letters and lines as they are drawn, not put together."""
        resources = PDFResourceManager()
        self._device = PDFPageAggregator(resources, laparams=None if bare else LAParams())
        self._reader = _Reader(resources, self._device)

    def read(self, page: PDFPage) -> Any:
        """Give the layout of a page."""
        self._reader.annotations = page.annots
        self._reader.process_page(page)
        return self._device.get_result()


class _Reader(PDFPageInterpreter):
    """Draws a page, then what its annotations look like (ISO 32000-2, 12.5.5)."""

    annotations: Any = None

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
        x0, y0, x1, y1 = (float(resolve1(one)) for one in list_value(look["BBox"]))
        wide, tall = (right - left) / ((x1 - x0) or 1), (high - low) / ((y1 - y0) or 1)
        place = (wide, 0, 0, tall, left - x0 * wide, low - y0 * tall)
        page = self.device.cur_item  # type: ignore[attr-defined]  # an aggregator has it
        before = len(page._objs)  # noqa: SLF001 - it can only be read through
        super().render_contents(dict_value(look.get("Resources") or {}), [look], mult_matrix(place, ctm))
        drawn = page._objs[before:]  # noqa: SLF001
        del page._objs[before:]  # noqa: SLF001
        _written(page._objs, [*_letters(drawn)])  # noqa: SLF001


def _letters(items: list[Any]) -> Iterator[LTChar]:
    for one in items:
        if isinstance(one, LTChar):
            yield one
        elif isinstance(one, LTContainer):
            yield from _letters([*one])


def _written(page: list[Any], letters: list[LTChar]) -> None:
    """Put letters where they are read: into the line of the page that they stand in, else behind all else."""
    if letters and len(letters) <= _SHORT:
        first = letters[0]
        middle = (first.y0 + first.y1) / 2
        line = [
            (one.x0, i)
            for i, one in enumerate(page)
            if isinstance(one, LTChar) and one.y0 <= middle <= one.y1 and one.x0 <= first.x0
        ]
        if line:
            at = max(line)[1] + 1
            page[at:at] = letters
            return
    page += letters
