"""What the province's workbooks share: one look, sheets that print, rows as tall as their text; the same bytes again."""

from __future__ import annotations

import io
import math
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.ooxml.parts import read_parts
from danvan_cli.text import clean
from danvan_cli.word.package import marked_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FONT: Final = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter", "text_wrap": True}
_CELL: Final = _FONT | {"border": 1}
_LINE: Final = 16.5
"""Points that a line of text takes."""
_ACROSS: Final = 240
"""Letters across that an A3 page shows large enough to read; a wider sheet goes over to further pages."""
CELL_LETTERS: Final = 32_000
"""Letters that a cell holds."""


class Book:
    """A workbook that is being written: its formats by name, and its sheets."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._made = cache(lambda **properties: book.add_format(properties))

    def format(self, **more: Any) -> Any:
        """Give the format of a cell in the common look, and what is different about it."""
        return self._made(**_CELL | more)

    @property
    def text(self) -> Any:
        """A cell of text."""
        return self.format()

    @property
    def mid(self) -> Any:
        """A short text in the middle."""
        return self.format(align="center")

    @property
    def head(self) -> Any:
        """A heading."""
        return self.format(bold=True, align="center", bg_color="#D9E1F2")

    def line(self, **more: Any) -> Any:
        """Give the format of a line above the table: no border."""
        return self._made(**_FONT | {"text_wrap": False} | more)

    def sheet(self, name: str, title: str, under: str, columns: Sequence[tuple[str, float]]) -> PrintedSheet:
        """Begin a sheet: title, a line under it, columns with heading and width; it prints on A4 or A3 across.

        The headings stand in the fourth row.
        """
        heads, widths = zip(*columns, strict=True)
        made = self.book.add_worksheet(name[:31])
        pages = max(1, math.ceil(sum(widths) / _ACROSS))
        last = 1 if pages > 1 else min(len(heads) - 1, 8)  # these two stand on every page
        top = self.line(bold=True, font_size=14, align="center", text_wrap=True)
        made.merge_range(0, 0, 0, last, clean(title), top)
        made.merge_range(1, 0, 1, last, clean(under), self.line(italic=True, align="center"))
        made.set_row(0, 20 * math.ceil(len(title) * 1.4 / sum(widths[: last + 1])))
        for column, (head, width) in enumerate(columns):
            made.set_column(column, column, width)
            made.write_string(3, column, clean(head), self.head)
        made.freeze_panes(4, 2)
        made.set_landscape()
        made.set_paper(9 if sum(widths) < 220 else 8)
        made.fit_to_pages(pages, 0)
        made.repeat_columns(0, 1)
        made.repeat_rows(3)
        sheet = PrintedSheet(made, self, widths)
        sheet.tall(3, heads)
        return sheet


class PrintedSheet:
    """A sheet with its columns' widths, so that rows are as tall as what stands in them."""

    def __init__(self, made: Any, book: Book, widths: tuple[float, ...]) -> None:
        self.made, self.book, self.widths = made, book, widths

    def row(self, at: int, values: Sequence[object], formats: Sequence[Any]) -> None:
        """Write a row: texts, figures, days; None is an empty cell."""
        for column, (value, form) in enumerate(zip(values, formats, strict=True)):
            self.cell(at, column, value, form)
        self.tall(at, [str(value) if isinstance(value, str) else "" for value in values])

    def cell(self, at: int, column: int, value: object, form: Any) -> None:
        """Write a cell; a text never acts as a formula."""
        if value is None or value == "":
            self.made.write_blank(at, column, None, form)
        elif isinstance(value, date):
            self.made.write_datetime(at, column, value, form)
        elif isinstance(value, str):
            self.made.write_string(at, column, clean(value)[:CELL_LETTERS], form)
        else:
            self.made.write_number(at, column, float(value), form)  # type: ignore[arg-type]

    def formula(self, at: int, column: int, formula: str, value: object, form: Any) -> None:
        """Write a formula with what it comes to."""
        told = float(value) if value not in {None, ""} else ""  # type: ignore[arg-type]
        self.made.write_formula(at, column, formula, form, told)

    def tall(self, at: int, texts: Sequence[str]) -> None:
        """Make a row as tall as its longest text needs."""
        lines = max(
            (sum(max(1, math.ceil(len(line) * 1.12 / width)) for line in text.split("\n")) for text, width in zip(texts, self.widths, strict=False)),
            default=1,
        )  # fmt: skip
        self.made.set_row(at, min(_LINE * lines + 3, 400))


def plain_workbook(out: io.BytesIO, title: str) -> Any:
    """Begin a workbook that bears no trace of when it was made; its last part is what `marked_parts` fills."""
    import xlsxwriter  # type: ignore[import-untyped]

    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "author": "danvan", "created": datetime(2000, 1, 1, tzinfo=UTC)})
    book.set_custom_property("danvan-sha256", "")
    return book


@contextmanager
def written(title: str) -> Iterator[tuple[Book, io.BytesIO]]:
    """Give a workbook to write into, and where its bytes are when it is done."""
    raw, out = io.BytesIO(), io.BytesIO()
    with plain_workbook(raw, title) as book:
        yield Book(book), out
    out.write(marked_parts(read_parts(raw.getvalue())))
