"""Tables, and what can be told only once a whole text is there: the sections that annexes stand in, what stays on one page.

The compiler sets marks that data cannot forge, for it is escaped; here they are gone again. All is done with a few
searches over the text, never by parsing it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.lang import _
from danvan_cli.nd30 import figures as nd30
from danvan_cli.word import package
from danvan_cli.word.values import ValueProblemError, paragraph, runs_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Long strings are found several times faster than short ones.
_ANNEX: Final = "<?danvan an annex in a section of its own, on a page that is "
_UPRIGHT: Final = "upright?>"
_LYING: Final = "on its side?>"

_KEEP: Final = "<w:keepNext/>"
_BARE: Final = '"/></w:pPr>'
_KEPT: Final = f'"/>{_KEEP}</w:pPr>'
_PARAGRAPH: Final = "<w:p>"
_ROW: Final = "<w:tr><w:trPr><w:cantSplit/>"
ROW: Final = f"{_ROW}</w:trPr>"
"""What a row opens with that is not split over pages."""
TABLE_HEAD_ROW: Final = f"{_ROW}<w:tblHeader/></w:trPr>"
"""What a table's head opens with: it stands on each page again."""

GAP: Final = paragraph("KhoangCach", "")
SIGNING: Final = paragraph("KhoangCachKy", "")
"""What nơi nhận and the signature open with."""

_END: Final = "</w:pPr>"
_CUT: Final = paragraph("NgatPhan", "")
"""Ends a section after a signature: low, so that it does not open a page of its own."""

_TABLE_END: Final = f"</w:tbl>{GAP}"

LONG_ROW: Final = 5_000
"""A row of more XML than this, about half a page of text, may be split: moved as a whole it would leave a gap."""

_LONELY: Final = 180
"""A last paragraph of fewer letters, some two lines, leaves the signature lonely on its page."""

_ENCLOSED: Final = paragraph("KemTheo", "").partition('"/></w:pPr>')[0]
_TAGS: Final = re.compile(r"<[^<>]*>")
_STYLED: Final = re.compile(r'(<w:pStyle w:val=")[^"]*(")')

_KEEPING: Final = frozenset(style.id for style in nd30.STYLES if style.keep_next)


def annex(*, landscape: bool) -> str:
    """Write the mark before an annex's heading."""
    return f"{_ANNEX}{_LYING if landscape else _UPRIGHT}"


def column_widths(shares: Sequence[int], *, landscape: bool) -> list[int]:
    """Share the width of a page's text among a table's columns, in twentieths of a point; nothing is left over."""
    total = round((nd30.PAGE.lying_mm if landscape else nd30.PAGE.text_mm) * 1440 / 25.4)
    edges = [round(total * sum(shares[:at]) / sum(shares)) for at in range(len(shares) + 1)]
    return [right - left for left, right in pairwise(edges)]


def table_opening(widths: Sequence[int]) -> str:
    """Write what a table of data opens with: full width, fixed columns."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{nd30.TABLE_STYLE[0]}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )


def kept_with_next(opening: str) -> str:
    """Keep a paragraph, given whole or up to its runs, on the page of what follows."""
    style = opening.partition('<w:pStyle w:val="')[2].partition('"')[0]
    return opening if style in _KEEPING else opening.replace(_BARE, _KEPT, 1)


def unmarked(text: str) -> tuple[str, str]:
    """Take the marks out of a text and keep together what belongs together; give the properties of the last section too."""
    breaks, section = _breaks(text)
    out: list[str] = []
    done = 0
    for start, end, put in sorted((*_tables(text), *_signed(text), *_enclosed(text), *breaks)):
        out += (text[done:start], put)
        done = end
    return "".join((*out, text[done:])), section


_Edit = tuple[int, int, str]
"""What is put in the place of a text from an index to another."""


def _tables(text: str) -> Iterator[_Edit]:
    """Let no table end with a row alone on a page; let long rows be split."""
    end = text.find(_TABLE_END)
    while end >= 0:
        starts = _places(text, _ROW, text.rindex("<w:tbl>", 0, end), end)
        ends = [*starts[1:], end]
        signed = text.startswith(SIGNING, end + len(_TABLE_END))
        last = len(starts) - 1
        for at, (start, stop) in enumerate(zip(starts, ends, strict=True)):
            long = stop - start > LONG_ROW
            keep = last > 1 and (at == last - 1 or (signed and at == last))
            if long or keep:
                row = text[start:stop]
                row = row.replace(_BARE, _KEPT) if keep else row
                yield start, stop, row.replace(ROW, "<w:tr>", 1) if long else row
        end = text.find(_TABLE_END, end + 1)


def _signed(text: str) -> Iterator[_Edit]:
    """Keep the last paragraph of the text with nơi nhận and the signature; a short one brings that before it along."""
    end = text.find(SIGNING)
    start = text.rfind(_PARAGRAPH, 0, max(end, 0))
    if start < 0:
        return
    before = text.rfind(_PARAGRAPH, 0, start)
    if before >= 0 and len(_TAGS.sub("", text[start:end])) < _LONELY and "w:tbl>" not in text[before:start]:
        yield before, start, kept_with_next(text[before:start])
    yield start, end, kept_with_next(text[start:end])


def _enclosed(text: str) -> Iterator[_Edit]:
    """Leave out the line «(Kèm theo …)» where the annex's own text has it; that one is set as the line is."""
    for at in _places(text, _ENCLOSED, 0, len(text)):
        start = text.index("</w:p>", at) + len("</w:p>")
        end = text.find("</w:p>", start)
        own = text[start:end] if end >= 0 else ""
        if own.startswith(_PARAGRAPH) and _TAGS.sub("", own).lstrip().lower().startswith("(kèm theo"):
            yield at, end, _STYLED.sub(r"\g<1>KemTheo\g<2>", own, count=1)


def _breaks(text: str) -> tuple[list[_Edit], str]:
    """Cut the text into sections before its annexes: the last paragraph of each carries its properties."""
    upright, annexed, lying = package.base().sections
    edits: list[_Edit] = []
    section = upright
    for at in _places(text, _ANNEX, 0, len(text)):
        end = text.rfind(_END, 0, at)
        if text.endswith(GAP, 0, at):
            edits.append((at - len(GAP), at, _CUT.replace(_END, f"{section}{_END}")))
        elif end >= 0:  # else nothing stands before the first annex
            edits.append((end, end, section))
        section = annexed if text.startswith(_UPRIGHT, at + len(_ANNEX)) else lying
        edits.append((at, text.index("?>", at) + 2, ""))
    return edits, section


def _places(text: str, found: str, start: int, end: int) -> list[int]:
    """Find all places of a string between two indexes."""
    places = []
    at = text.find(found, start, end)
    while at >= 0:
        places.append(at)
        at = text.find(found, at + 1, end)
    return places


# Tables whose columns only the data knows: an issued table, cell by cell, with cells that go on with their neighbours ----

_ABOVE: Final = "^"
_LEFT: Final = "<"
_WIDTHS: Final = {"number": 1, "text": 7, "lead": 3, "with": 3, "follow": 3, "due": 2, "product": 3}
_OTHER_WIDTH: Final = 2
_REPEATED: Final = 4
"""So many rows of the head at most stand on each page again."""


class TableShape(NamedTuple):
    """A table as a template asks for it: what its columns are, their shares of the width, the rows of head and body."""

    columns: tuple[str, ...]
    shares: tuple[int, ...]
    head: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]


def grid(value: object) -> TableShape:
    """Make a table of {columns, widths, head, rows}, each row with `cells`, else a ValueProblemError: a filter of templates."""
    if not isinstance(value, dict) or not {"columns", "head", "rows"} <= value.keys():
        raise ValueProblemError(_("bảng cần: {keys}", keys="columns, head, rows"))
    columns = tuple(map(str, value["columns"]))
    shares = tuple(map(int, value.get("widths") or (_WIDTHS.get(one, _OTHER_WIDTH) for one in columns)))
    head, rows = (tuple(tuple(map(str, row["cells"])) for row in value[key]) for key in ("head", "rows"))
    if len(shares) != len(columns) or any(len(row) not in {1, len(columns)} for row in (*head, *rows)):
        raise ValueProblemError(_("mỗi dòng của bảng có {count} ô, hoặc một ô", count=len(columns)))
    return TableShape(columns, shares, head, rows)


def grid_xml(one: TableShape, *, landscape: bool) -> str:
    """Write a table: full width, fixed columns, the head repeated on each page."""
    widths = column_widths(one.shares, landscape=landscape)
    out = [table_opening(widths)]
    for rows, head in ((one.head, True), (one.rows, False)):
        for at in range(len(rows)):
            opening = TABLE_HEAD_ROW if head and at < _REPEATED else ROW
            out += [opening, *_cells(one, rows, at, widths, head=head), "</w:tr>"]
    return "".join((*out, "</w:tbl>", GAP))


def _cells(
    one: TableShape, rows: Sequence[tuple[str, ...]], at: int, widths: Sequence[int], *, head: bool
) -> Iterator[str]:
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
    written = [paragraph(style, runs_of(line, int(bold))) for line in text.split("\n")]
    # A row that is the title of others stays with the next one.
    content = "".join(map(kept_with_next, written) if bold else written)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{wide}{merged}</w:tcPr>{content}</w:tc>'
