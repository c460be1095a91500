"""Native Word charts: bars that stay text and numbers (DrawingML), with a small workbook inside, so they can be edited.

A chart is what the template's filter `chart` makes of a list; it stands alone in a paragraph. Two series are compared
label by label, or the parts of a whole are stacked, in greys that print.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli import text
from danvan_cli.lang import _
from danvan_cli.nd30 import figures as nd30
from danvan_cli.ooxml.parts import read_parts
from danvan_cli.word.blank import Blank
from danvan_cli.word.package import BASE_DOCX, CHART_RELATION, LINKS, XML, Chart, escape, zipped_parts
from danvan_cli.word.values import ValueProblemError, as_figure, as_text, items_of, paragraph, shown_figure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

MAX_BARS: Final = 40
"""How many labels one chart may have: more do not fit a page."""

MAX_CHARTS: Final = 20
"""How many charts one document may have."""

_KEYS: Final = ("label", "value", "most")
_STACKED_KEYS: Final = ("label", "values")
_NAMES: Final = ("Điểm tự chấm", "Điểm tối đa")
_EMU_MM: Final = 36_000
_WIDTH_MM: Final = round(nd30.PAGE.text_mm)
_ABOVE_MM: Final = 13
"""Height of the title."""
_BELOW_MM: Final = 17
"""Height of the axis and the legend."""
_POINTS: Final = 10
_LINE_MM: Final = 4.2
"""Height of one line of a label."""
_LABEL_MM: Final = 72
"""Width of the labels' column, and about how many letters go into it."""
_LABEL_LETTERS: Final = 42
_MOST_MM: Final = 240
_MOST_LYING_MM: Final = 140
"""How high a chart can be on a page, upright or on its side."""
_COUNTED: Final = 12
"""Up to this many, the axis of a stack of whole numbers counts one by one."""

_C: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_S: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

_FILLS: Final = ("404040", "D9D9D9")
_STACKED_FILLS: Final = ("404040", "A6A6A6", "FFFFFF", "D9D9D9")
"""From dark for what was reached to light for the rest: apart on paper too."""


class Bar(NamedTuple):
    """One label with a figure for each series (None: nothing is said)."""

    label: str
    figures: tuple[Decimal | None, ...]


class Bars(NamedTuple):
    """A chart as a template asks for it: its title, the names of its series, its bars, whether they are stacked.

    `landscape` tells that it stands on a page on its side.
    """

    title: str
    names: tuple[str, ...]
    bars: tuple[Bar, ...]
    stacked: bool
    landscape: bool = False


def chart(value: object, title: object, *names: object) -> Bars:
    """Make a chart of a list of {label, value, most}, or stacks of a list of {label, values}: the filter of templates.

    A figure of None has no bar, for blank is not 0. `names` are those of the series; `value` and `most` have their own.
    A ValueProblemError: the list is not of that kind, is empty or too long, or names and figures do not fit.
    """
    rows = items_of(value)
    if not 0 < len(rows) <= MAX_BARS:
        message = _("biểu đồ vẽ được từ 1 đến {most} hàng, ở đây có {count}", most=MAX_BARS, count=len(rows))
        raise ValueProblemError(message)
    stacked = any(isinstance(row, dict) and "values" in row for row in rows)
    shown = tuple(map(_words, names or _NAMES))
    bars = tuple(_bar(row, len(shown), stacked=stacked) for row in rows)
    return Bars(_words(title), shown, bars, stacked)


def _bar(row: object, series: int, *, stacked: bool) -> Bar:
    keys = _STACKED_KEYS if stacked else _KEYS
    if not isinstance(row, dict) or any(key not in row for key in keys):
        raise ValueProblemError(_("mỗi hàng của biểu đồ cần: {keys}", keys=", ".join(keys)))
    figures = items_of(row["values"]) if stacked else (row["value"], row["most"])
    if not len(figures) == series <= len(_STACKED_FILLS):
        message = _("biểu đồ có {series} tên mà mỗi hàng có {count} số", series=series, count=len(figures))
        raise ValueProblemError(message)
    return Bar(_words(row["label"]), tuple(map(_figure, figures)))


def _words(value: object) -> str:
    return text.squeeze(text.clean("".join(as_text(value))))


def _figure(value: object) -> Decimal | None:
    if value is None or value == "" or isinstance(value, Blank):
        return None
    if isinstance(value, bool):
        raise ValueProblemError(_("«{value}» không phải là số", value=value))
    return as_figure(value)


# The paragraph -------------------------------------------------------------------------------------------------------


def drawing(bars: Bars, count: int) -> str:
    """Write the paragraph that shows a chart, the document's `count`th from 1."""
    described = escape(_described(bars)).replace('"', "&quot;")
    return paragraph(
        "BieuDo",
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{_WIDTH_MM * _EMU_MM}" cy="{_height(bars) * _EMU_MM}"/>'
        f'<wp:docPr id="{count}" name="Biểu đồ {count}" descr="{described}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}">'
        f'<c:chart xmlns:c="{_C}" xmlns:r="{_R}" r:id="{CHART_RELATION}{count}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
    )


def _described(bars: Bars) -> str:
    """Say a chart's figures in words, for who does not see it."""
    names = [name[:1].lower() + name[1:] for name in bars.names]
    said = []
    for bar in bars.bars:
        figures = ("chưa có" if one is None else shown_figure(one) for one in bar.figures)
        said.append(f"{bar.label}: {', '.join(f'{name} {one}' for name, one in zip(names, figures, strict=True))}")
    return f"{bars.title}. {'; '.join(said)}."


def _height(bars: Bars) -> int:
    """Give the chart's height in mm: two bars a label or one stack, and room for the label's lines."""
    lines = (max(2 - 0.5 * bars.stacked, -(-len(bar.label) // _LABEL_LETTERS)) + 0.6 for bar in bars.bars)
    return min(_MOST_LYING_MM if bars.landscape else _MOST_MM, round(_ABOVE_MM + _LINE_MM * sum(lines) + _BELOW_MM))


# The parts -----------------------------------------------------------------------------------------------------------


def chart_parts(bars: Bars) -> Chart:
    """Write a chart's own part and the workbook with its figures."""
    return Chart(_chart_xml(bars).encode(), _workbook(bars))


def _chart_xml(bars: Bars) -> str:
    series = "".join(
        _series(at, name, bars, [bar.figures[at] for bar in bars.bars]) for at, name in enumerate(bars.names)
    )
    grouping, overlap = ("stacked", '<c:overlap val="100"/>') if bars.stacked else ("clustered", "")
    height = _height(bars)
    top, bottom = _ABOVE_MM / height, _BELOW_MM / height
    left = _LABEL_MM / _WIDTH_MM
    inner = "".join(
        f'<c:{name} val="{value:.4f}"/>'
        for name, value in (("x", left), ("y", top), ("w", 0.97 - left), ("h", 1 - top - bottom))
    )
    below_zero = any(figure is not None and figure < 0 for bar in bars.bars for figure in bar.figures)
    least = "" if below_zero else '<c:min val="0"/>'
    return (
        f'{XML}<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_R}">'
        f'<c:date1904 val="0"/><c:lang val="{nd30.LANGUAGE}"/><c:roundedCorners val="0"/><c:chart>'
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr>{_font('defRPr', 12, bold=True)}</a:pPr>"
        f"<a:r>{_font('rPr', 12, bold=True)}<a:t>{escape(bars.title)}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea>'
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f"{inner}</c:manualLayout></c:layout>"
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="80"/>{overlap}<c:axId val="1"/><c:axId val="2"/></c:barChart>'
        # From the top down, as the list; the axis of figures then stands below.
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'{_LINE}{_TEXT}<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="50"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>'
        f'{least}</c:scaling><c:delete val="0"/>'
        '<c:axPos val="b"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/>'
        "</a:solidFill></a:ln></c:spPr></c:majorGridlines>"
        f'<c:numFmt formatCode="{_FORMAT}0" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/>{_LINE}{_TEXT}<c:crossAx val="1"/><c:crosses val="max"/>{_unit(bars)}</c:valAx>'
        f'</c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_TEXT}</c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_TEXT}"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _font(element: str, points: int, *, bold: bool = False) -> str:
    faces = "".join(f'<a:{face} typeface="{nd30.FONT}"/>' for face in ("latin", "ea", "cs"))
    language = f' lang="{nd30.LANGUAGE}"' if element == "rPr" else ""
    return (
        f'<a:{element}{language} sz="{points * 100}" b="{bold:d}"><a:solidFill><a:srgbClr val="000000"/>'
        f"</a:solidFill>{faces}</a:{element}>"
    )


_TEXT: Final = (
    f"<c:txPr><a:bodyPr/><a:p><a:pPr>{_font('defRPr', _POINTS)}</a:pPr>"
    f'<a:endParaRPr lang="{nd30.LANGUAGE}"/></a:p></c:txPr>'
)
_LINE: Final = '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="7F7F7F"/></a:solidFill></a:ln></c:spPr>'

# 42A is Vietnamese: LibreOffice takes the decimal comma from it, Word from the system.
_FORMAT: Final = "[$-42A]#,##"


def _unit(bars: Bars) -> str:
    """Let the axis of a short stack of whole numbers count one by one: there is no half of a task."""
    stacks = [[figure for figure in bar.figures if figure is not None] for bar in bars.bars]
    whole = all(figure == figure.to_integral_value() for stack in stacks for figure in stack)
    return '<c:majorUnit val="1"/>' if bars.stacked and whole and max(map(sum, stacks)) <= _COUNTED else ""


def _series(at: int, name: str, bars: Bars, figures: Sequence[Decimal | None]) -> str:
    column, last = _COLUMNS[at], len(bars.bars) + 1
    fill, position = (_STACKED_FILLS[at], "ctr") if bars.stacked else (_FILLS[at], "outEnd")
    labels = "".join(f'<c:pt idx="{i}"><c:v>{escape(bar.label)}</c:v></c:pt>' for i, bar in enumerate(bars.bars))
    points = "".join(
        f'<c:pt idx="{i}"><c:v>{figure:f}</c:v></c:pt>' for i, figure in enumerate(figures) if figure is not None
    )
    count = f'<c:ptCount val="{len(figures)}"/>'
    shown = f"{_FORMAT}0{_decimals(figures)}{';;' * bars.stacked}"  # nothing on a part that is 0 wide
    text_ = _TEXT.replace("000000", "FFFFFF") if position == "ctr" and fill == _FILLS[0] else _TEXT
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/><c:tx><c:strRef><c:f>{_SHEET}!${column}$1</c:f><c:strCache>'
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill><a:ln w="6350"><a:solidFill>'
        '<a:srgbClr val="000000"/></a:solidFill></a:ln></c:spPr><c:invertIfNegative val="0"/>'
        f'<c:dLbls><c:numFmt formatCode="{shown}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f'{text_}<c:dLblPos val="{position}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat><c:strRef><c:f>{_SHEET}!$A$2:$A${last}</c:f><c:strCache>{count}{labels}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{_SHEET}!${column}$2:${column}${last}</c:f><c:numCache>"
        f"<c:formatCode>General</c:formatCode>{count}{points}</c:numCache></c:numRef></c:val></c:ser>"
    )


def _decimals(figures: Sequence[Decimal | None]) -> str:
    """Give the decimals of a number format: as many as the figures need, all the same."""
    places = max((-int(figure.normalize().as_tuple().exponent) for figure in figures if figure is not None), default=0)
    return f".{'0' * max(2, places)}" if places > 0 else ""


# The workbook --------------------------------------------------------------------------------------------------------

_SHEET: Final = "Sheet1"
_COLUMNS: Final = "BCDE"
_BOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BOOK_PARTS: Final = (
    ("worksheet", "worksheets/sheet1.xml", f"{_BOOK}.worksheet+xml"),
    ("sharedStrings", "sharedStrings.xml", f"{_BOOK}.sharedStrings+xml"),
    ("styles", "styles.xml", f"{_BOOK}.styles+xml"),
    ("theme", "theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
)
"""The parts that a workbook's own part refers to: kind, name, type."""


def _workbook(bars: Bars) -> bytes:
    """Write the workbook that Word opens for "Edit data": labels and the series, nothing else."""
    words = [*bars.names, *(bar.label for bar in bars.bars)]
    head = "".join(f'<c r="{column}1" t="s"><v>{at}</v></c>' for at, column in enumerate(_COLUMNS[: len(bars.names)]))
    rows = "".join(
        f'<row r="{at}"><c r="A{at}" t="s"><v>{len(bars.names) + at - 2}</v></c>'
        f"{''.join(_cell(column, at, figure) for column, figure in zip(_COLUMNS, bar.figures, strict=False))}</row>"
        for at, bar in enumerate(bars.bars, start=2)
    )
    strings = "".join(f'<si><t xml:space="preserve">{escape(word)}</t></si>' for word in words)
    own = {
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_S}"><sheetData><row r="1">{head}</row>{rows}</sheetData>'
        "</worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{_S}" count="{len(words)}" uniqueCount="{len(words)}">{strings}</sst>',
    }
    return zipped_parts(_fixed() | {name: f"{XML}{body}".encode() for name, body in own.items()})


def _cell(column: str, row: int, value: Decimal | None) -> str:
    return "" if value is None else f'<c r="{column}{row}"><v>{value:f}</v></c>'


@cache
def _fixed() -> dict[str, bytes]:
    """Give the parts that are the same in every such workbook."""
    types = "".join(f'<Override PartName="/xl/{name}" ContentType="{kind}"/>' for _kind, name, kind in _BOOK_PARTS)
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{_R}/{kind}" Target="{name}"/>'
        for at, (kind, name, _type) in enumerate(_BOOK_PARTS, start=1)
    )
    texts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_BOOK}.sheet.main+xml"/>{types}</Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{LINKS}">'
            f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets>'
            f'<sheet name="{_SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{LINKS}">{links}</Relationships>',
        "xl/styles.xml": (
            f'<styleSheet xmlns="{_S}"><fonts count="1"><font><sz val="{_POINTS}"/><name val="{nd30.FONT}"/></font></fonts>'
            '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
            '</fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
        ),
    }
    theme = read_parts(BASE_DOCX.read_bytes())["word/theme/theme1.xml"]
    return {name: f"{XML}{body}".encode() for name, body in texts.items()} | {"xl/theme/theme1.xml": theme}
