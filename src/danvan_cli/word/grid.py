"""Tables whose columns only the data knows: an issued table, cell by cell, with cells that go on with their neighbours.

A table is what the template's filter `grid` makes of {columns, widths, head, rows}; it stands alone in a paragraph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.lang import _
from danvan_cli.word import sections, values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ABOVE: Final = "^"
_LEFT: Final = "<"
_WIDTHS: Final = {"number": 1, "text": 7, "lead": 3, "with": 3, "follow": 3, "due": 2, "product": 3}
_OTHER_WIDTH: Final = 2
_REPEATED: Final = 4
"""So many rows of the head at most stand on each page again."""


class Grid(NamedTuple):
    """A table as a template asks for it: what its columns are, their shares of the width, the rows of head and body."""

    columns: tuple[str, ...]
    shares: tuple[int, ...]
    head: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]


def grid(value: object) -> Grid:
    """Make a table of {columns, widths, head, rows}, each row with `cells`, else a ValueProblemError: a filter of templates."""
    if not isinstance(value, dict) or not {"columns", "head", "rows"} <= value.keys():
        raise values.ValueProblemError(_("bảng cần: {keys}", keys="columns, head, rows"))
    columns = tuple(map(str, value["columns"]))
    shares = tuple(map(int, value.get("widths") or (_WIDTHS.get(one, _OTHER_WIDTH) for one in columns)))
    head, rows = (tuple(tuple(map(str, row["cells"])) for row in value[key]) for key in ("head", "rows"))
    if len(shares) != len(columns) or any(len(row) not in {1, len(columns)} for row in (*head, *rows)):
        raise values.ValueProblemError(_("mỗi dòng của bảng có {count} ô, hoặc một ô", count=len(columns)))
    return Grid(columns, shares, head, rows)


def grid_xml(one: Grid, *, landscape: bool) -> str:
    """Write a table: full width, fixed columns, the head repeated on each page."""
    widths = sections.column_widths(one.shares, landscape=landscape)
    out = [sections.table_opening(widths)]
    for rows, head in ((one.head, True), (one.rows, False)):
        for at in range(len(rows)):
            opening = sections.TABLE_HEAD_ROW if head and at < _REPEATED else sections.ROW
            out += [opening, *_cells(one, rows, at, widths, head=head), "</w:tr>"]
    return "".join((*out, "</w:tbl>", sections.GAP))


def _cells(one: Grid, rows: Sequence[tuple[str, ...]], at: int, widths: Sequence[int], *, head: bool) -> Iterator[str]:
    row = rows[at]
    if len(row) == 1 < len(widths):
        yield _cell(row[0], sum(widths), len(widths), "", "DauBang" if head else "OBang", bold=not head)
        return
    below = rows[at + 1] if at + 1 < len(rows) and len(rows[at + 1]) == len(row) else ()
    column = 0
    while column < len(row):
        span = 1
        while column + span < len(row) and row[column + span] == _LEFT:
            span += 1
        goes_on = row[column] == _ABOVE and at > 0
        begins = '<w:vMerge w:val="restart"/>' if below and below[column] == _ABOVE else ""
        merged = "<w:vMerge/>" if goes_on else begins
        style = "DauBang" if head else "OBangGiua" if one.columns[column] == "number" else "OBang"
        yield _cell("" if goes_on else row[column], sum(widths[column : column + span]), span, merged, style)
        column += span


def _cell(text: str, width: int, span: int, merged: str, style: str, *, bold: bool = False) -> str:
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    written = [values.paragraph(style, values.runs_of(line, int(bold))) for line in text.split("\n")]
    # A row that is the title of others stays with the next one.
    content = "".join(map(sections.kept_with_next, written) if bold else written)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{wide}{merged}</w:tcPr>{content}</w:tc>'
