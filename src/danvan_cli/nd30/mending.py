"""Mends what is mechanical in the form of a Word document: sheet, letters, spacing, page number; never the words.

What the rules find wrong is set to the nearest allowed figure of nd30, as formatting of its own on the paragraph or
the letters; everything else of the file stays. The one change of text is the header's date (`ngày 5` becomes
`ngày 05`), and letters that are composed of parts become one (NFC).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.nd30 import figures as nd30
from danvan_cli.nd30 import form
from danvan_cli.nd30 import page as sheet
from danvan_cli.nd30.judge import remarks, understood
from danvan_cli.ooxml.docx import R, W, parse
from danvan_cli.ooxml.parts import unpacked
from danvan_cli.text import UNWANTED, normalized

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from danvan_cli.findings.finding import Finding
    from danvan_cli.nd30.components import Components
    from danvan_cli.nd30.lines import Line
    from danvan_cli.ooxml.docx import Word
    from danvan_cli.ooxml.layout import Layout, Run, Section

_TWIPS: Final = 1440 / 25.4
_ROUNDS: Final = 4
"""What is mended can show a component for what it is; more rounds than this change nothing."""

# Children in the order that the format asks for (ECMA-376 Part 1, 17.3.1.26, 17.3.2.28, 17.6.17).
_ORDER: Final = {
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath rPrChange",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
    "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange",
}  # fmt: skip
_PLACES: Final = {name: {child: at for at, child in enumerate(order.split())} for name, order in _ORDER.items()}

_NO_RELATIONS: Final = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
_HEADER: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
_HEADER_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_DATE: Final = re.compile(r"ngày\s*(?P<day>\d{1,2})\s*tháng\s*(?P<month>\d{1,2})\s*năm", re.IGNORECASE)


class Mended(NamedTuple):
    """A mended copy: its bytes, what was found before, and what is left to a person."""

    data: bytes
    before: list[Finding]
    left: list[Finding]


def mend(data: bytes, path: str) -> Mended:
    """Mend a Word document.

    Args:
        data: the file; it is given back as it is where there is nothing to mend.
        path: its name as the user knows it.

    Raises:
        UsageError: if it cannot be read, or mending would break a digital signature.
    """
    word, found = understood(data, path)
    before = left = remarks(found, path)
    for _round in range(_ROUNDS):
        mended = _round_of(data, word, found)
        if mended == data:
            break
        data = mended
        word, found = understood(data, path)
        left = remarks(found, path)
    return Mended(data, before, left)


def _round_of(data: bytes, word: Word, found: Components) -> bytes:
    if word.strict or any(name.startswith("_xmlsignatures/") for name in word.parts):
        raise UsageError(
            _("{path} đã ký số hoặc lưu ở dạng Strict Open XML nên không sửa tự động được", path=word.path),
            help=_("sửa trên bản chưa ký, lưu ở dạng «Word Document (*.docx)»"),
        )
    file = _File(word)
    for work in (_sections, _letters, _looks, _paragraphs, _date, _page_number):
        work(found, file)
    return file.written(data)


class _File:
    """The file being mended: which trees changed, which parts are new."""

    def __init__(self, word: Word) -> None:
        self.word = word
        self.trees = dict(word.trees)
        self.changed: set[str] = set()
        self.new: dict[str, bytes] = {}

    def tree(self, name: str) -> Any:
        """Give the tree of a part that was not needed until now; what lacks is a part of relations, empty."""
        return self.trees.setdefault(name, parse(name, self.word.parts.get(name, _NO_RELATIONS), self.word.path))

    def touch(self, element: Any) -> None:
        """Note that the part of an element has changed."""
        root = element.getroottree().getroot()
        self.changed.add(next(name for name, tree in self.trees.items() if tree is root))

    def set(self, parent: Any, name: str, **values: str | None) -> None:
        """Set attributes of a parent's child, which is made at its place if it is missing; None takes one away."""
        place = _PLACES[_bare(parent)]
        child = parent.find(f"{W}{name}")
        if child is None:
            child = etree.Element(f"{W}{name}")
            at = next((i for i, one in enumerate(parent) if place.get(_bare(one), 99) > place[name]), len(parent))
            parent.insert(at, child)
            self.touch(parent)
        for key, value in values.items():
            if child.get(f"{W}{key}") != value:
                self.touch(parent)
                if value is None:
                    del child.attrib[f"{W}{key}"]
                else:
                    child.set(f"{W}{key}", value)

    def properties(self, element: Any) -> Any:
        """Give a run's or a paragraph's properties, made if they are missing."""
        name = f"{W}{_bare(element)}Pr"
        found = element.find(name)
        if found is None:
            found = etree.Element(name)
            element.insert(0, found)
        return found

    def written(self, data: bytes) -> bytes:
        """Write the file: parts that did not change keep their bytes."""
        if not self.changed and not self.new:
            return data
        parts = {name: etree.tostring(self.trees[name], xml_declaration=True, encoding="UTF-8", standalone=True)
                 for name in self.changed} | self.new  # fmt: skip
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                new.writestr(entry, parts.pop(entry.filename, None) or unpacked(old, entry), zipfile.ZIP_DEFLATED)
            for name in sorted(parts):
                new.writestr(zipfile.ZipInfo(name), parts[name], zipfile.ZIP_DEFLATED)
        return out.getvalue()


def _bare(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _nearest(value: float, span: nd30.Span) -> float:
    return min(max(value, span.least), span.most)


# The sheet -----------------------------------------------------------------------------------------------------------


def _sections(found: Components, file: _File) -> None:
    """ND101, ND102: paper and margins; how the sheet lies stays."""
    for section in found.layout.sections:
        if not sheet.is_a4(section):
            sizes = [str(round(mm * _TWIPS)) for mm in (nd30.PAGE.width_mm, nd30.PAGE.height_mm)]
            wide, high = reversed(sizes) if section.landscape else sizes
            file.set(section.element, "pgSz", w=wide, h=high)
        gutter = section.gutter
        for side, mm, span in sheet.wrong_margins(section):
            own = _nearest(mm, span) - (gutter if side == "left" else 0)
            file.set(section.element, "pgMar", **{side: str(round(own * _TWIPS))})


# Letters -------------------------------------------------------------------------------------------------------------


def _letters(found: Components, file: _File) -> None:
    """ND103, ND109: the font, and the code of the letters."""
    for _name, line in found.lines:
        for run in line.runs:
            if sheet.wrong_font(run):
                fonts = dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), nd30.FONT)
                themes = dict.fromkeys(("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"))
                file.set(file.properties(run.element), "rFonts", **fonts, **themes)
            for piece in run.element.iterfind(f"{W}t") if sheet.unclean(run) else ():
                clean = normalized(UNWANTED.sub("", piece.text or ""))
                if clean != piece.text:
                    piece.text = clean
                    file.touch(piece)


def _looks(found: Components, file: _File) -> None:
    """ND301–ND303, ND305: size, weight, slant, alignment, where the figure was read in the decree."""
    shared = Counter(
        id(run.element) for _name, line in found.lines for run in {run.element: run for run in line.runs}.values()
    )
    for name, line in found.lines:
        row = form.ROWS.get(name)
        if row is None or not line.text:
            continue
        runs = [run for run in line.runs if run.text.strip() and shared[id(run.element)] == 1]
        for rule, _said in form.letters(row, line):
            if rule in _LETTERS and (row.certainty == nd30.READ or rule == "ND301"):
                for run in runs:
                    _LETTERS[rule](file, row, run)
        if row.certainty == nd30.READ and any(True for _ in form.alignment(row, line)):
            file.set(file.properties(line.paragraph.element), "jc", val="both" if row.body else "center")


def _size(file: _File, row: nd30.Style, run: Run) -> None:
    if not row.pt.least <= run.format.pt <= row.pt.most:
        half = str(round(_nearest(run.format.pt, row.pt) * 2))
        file.set(file.properties(run.element), "sz", val=half)
        file.set(file.properties(run.element), "szCs", val=half)


def _weight(file: _File, row: nd30.Style, run: Run) -> None:
    if run.format.bold != row.bold:
        file.set(file.properties(run.element), "b", val=None if row.bold else "0")


def _slant(file: _File, row: nd30.Style, run: Run) -> None:
    if run.format.italic != row.italic:
        file.set(file.properties(run.element), "i", val=None if row.italic else "0")


_LETTERS: Final[Mapping[str, Callable[[_File, nd30.Style, Run], None]]] = {
    "ND301": _size, "ND302": _weight, "ND303": _slant,
}  # fmt: skip


# Paragraphs ----------------------------------------------------------------------------------------------------------


def _paragraphs(found: Components, file: _File) -> None:
    """ND401–ND403: the first line, the space between paragraphs, the line spacing."""
    for name, line, after in form.body_lines(found):
        for rule, _said in form.body(name, line, after):
            _PARAGRAPHS[rule](file, line)


def _first_line(file: _File, line: Line) -> None:
    must = min(
        nd30.FIRST_LINE_MM, key=lambda mm: abs(mm - line.paragraph.format.left_mm - line.paragraph.format.first_mm)
    )
    chars = dict.fromkeys(("hanging", "hangingChars", "firstLineChars", "leftChars", "startChars", "start"))
    file.set(file.properties(line.paragraph.element), "ind", left="0", firstLine=str(round(must * _TWIPS)), **chars)


def _space(file: _File, line: Line) -> None:
    properties = file.properties(line.paragraph.element)
    if line.paragraph.format.contextual:
        file.set(properties, "contextualSpacing", val="0")
    if line.paragraph.format.after_pt < nd30.LEAST_SPACE_PT:
        after = str(round(nd30.LEAST_SPACE_PT * 20))
        file.set(properties, "spacing", after=after, afterAutospacing=None, afterLines=None)


def _line_spacing(file: _File, line: Line) -> None:
    look = line.paragraph.format
    least, most = (240, 360)
    many = look.line is not None and look.line > 1
    many = many or (look.line_pt or 0) > max((run.format.pt for run in line.runs), default=14) * 1.5
    file.set(file.properties(line.paragraph.element), "spacing", line=str(most if many else least), lineRule="auto")


_PARAGRAPHS: Final[Mapping[str, Callable[[_File, Line], None]]] = {
    "ND401": _first_line, "ND402": _space, "ND403": _line_spacing,
}  # fmt: skip


# The header's date ---------------------------------------------------------------------------------------------------


def _date(found: Components, file: _File) -> None:
    """ND506: zeros before the day and the month; months 3 to 9 have none."""
    line = found.first("DiaDanh")
    elements = dict.fromkeys(run.element for run in line.runs) if line is not None else ()
    pieces = [piece for element in elements for piece in element.iterfind(f"{W}t") if piece.text]
    said = _DATE.search("".join(piece.text for piece in pieces))
    if said is None:
        return
    day, month = int(said["day"]), int(said["month"])
    for key, must in (("month", f"{month:02d}" if month < 3 else str(month)), ("day", f"{day:02d}")):  # the later first
        at, old = said.start(key), said[key]
        for piece in pieces:
            if at < len(piece.text):
                if piece.text.startswith(old, at) and old != must:
                    piece.text = piece.text[:at] + must + piece.text[at + len(old) :]
                    file.touch(piece)
                break
            at -= len(piece.text)


# The page number -----------------------------------------------------------------------------------------------------


def _page_number(found: Components, file: _File) -> None:
    """ND105–ND108, as far as headers and footers hold nothing but the page number."""
    rules = {finding.rule for finding in sheet.numbers(found)}
    layout = found.layout
    if not rules or len(sheet.kinds(layout)) > 1:
        return
    first = layout.sections[0]
    if "ND107" in rules:
        _move(layout, first, file)
    if "ND105" in rules or ("ND107" in rules and not [*sheet.page_fields(layout, first.headers.get("default"))]):
        if [*sheet.page_fields(layout, first.footers.get("default"))]:
            return  # it stands among other words below: a person must move it
        _add(first, file)
    if rules & {"ND105", "ND106", "ND107"}:
        _first_page(layout, first, file)
    if "ND108" in rules:
        for field in (*_fields(layout, first.headers), *_fields(layout, first.footers)):
            _number_form(field.run, file)
        if first.start is not None and first.start > 1:
            file.set(first.element, "pgNumType", start=None)
        if first.number_format not in sheet.NUMBER_FORMATS:
            file.set(first.element, "pgNumType", fmt="decimal")


def _fields(layout: Layout, parts: Mapping[str, Any]) -> list[sheet.Field]:
    return [field for part in parts.values() for field in sheet.page_fields(layout, part)]


def _said(part: Any | None) -> str:
    """Give what a header or footer says besides page numbers and dashes."""
    texts: Iterable[Any] = part.iter(f"{W}t") if part is not None else ()
    return re.sub(r"[\d\s\-–—]", "", "".join(piece.text or "" for piece in texts))


def _number_form(run: Run, file: _File) -> None:
    """Set a page number upright and to an allowed size."""
    properties = file.properties(run.element)
    half = str(round(_nearest(run.format.pt, nd30.PAGE.number_pt) * 2))
    if run.format.pt * 2 != float(half):
        file.set(properties, "sz", val=half)
        file.set(properties, "szCs", val=half)
    if run.format.italic:
        file.set(properties, "i", val="0")


def _move(layout: Layout, section: Section, file: _File) -> None:
    """Centre a page number above; take one below away, if nothing else stands there."""
    for field in sheet.page_fields(layout, section.headers.get("default")):
        if not field.centred:
            properties = file.properties(field.paragraph)
            for tab in [*field.paragraph.iter(f"{W}tab")]:
                if _bare(tab.getparent()) == "r":
                    tab.getparent().remove(tab)
            frame = properties.find(f"{W}framePr")
            if frame is not None:
                frame.set(f"{W}xAlign", "center")
            file.set(properties, "jc", val="center")
            file.set(properties, "ind", left="0", right="0", firstLine="0")
            file.touch(field.paragraph)
    below = section.footers.get("default")
    if below is not None and not _said(below):
        for field in sheet.page_fields(layout, below):
            _clear(field.paragraph, file)


def _clear(paragraph: Any, file: _File) -> None:
    """Take a page number out of a paragraph that holds nothing else."""
    for child in [one for one in paragraph if _bare(one) != "pPr"]:
        paragraph.remove(child)
    file.touch(paragraph)


def _first_page(layout: Layout, section: Section, file: _File) -> None:
    """Show no number on the first page, if nothing else would vanish with it."""
    if not section.own_first:
        if any(_said(part) for parts in (section.headers, section.footers) for part in (parts.get("default"),)):
            return
        file.set(section.element, "titlePg", val=None)
    for parts in (section.headers, section.footers):
        part = parts.get("first")
        for field in sheet.page_fields(layout, part) if not _said(part) else ():
            _clear(field.paragraph, file)


def _number() -> Any:
    """Make a paragraph that shows the page number as nd30 has it."""
    half = round(nd30.PAGE.number_pt.use * 2)
    fonts = " ".join(f'w:{slot}="{nd30.FONT}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    return etree.fromstring(
        f'<w:p xmlns:w="{W[1:-1]}"><w:pPr><w:spacing w:before="0" w:after="0"/><w:ind w:left="0" w:firstLine="0"/>'
        f'<w:jc w:val="center"/></w:pPr><w:fldSimple w:instr=" PAGE "><w:r><w:rPr><w:rFonts {fonts}/>'
        f'<w:b w:val="0"/><w:i w:val="0"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr><w:t>2</w:t></w:r>'
        "</w:fldSimple></w:p>"
    )


def _add(section: Section, file: _File) -> None:
    """Put a page number into the default header, which is made if there is none."""
    header = section.headers.get("default")
    if header is not None:
        paragraphs = header.findall(f"{W}p")
        if len(paragraphs) == 1 and len(header) == 1 and not [*paragraphs[0].iter(f"{W}r")]:
            header.remove(paragraphs[0])
        header.insert(0, _number())
        file.touch(header)
        return
    main = file.word.main
    folder = posixpath.dirname(main)
    taken = {*file.word.parts}
    name = next(one for n in range(1, len(taken) + 2) if (one := posixpath.join(folder, f"header{n}.xml")) not in taken)
    root = etree.Element(f"{W}hdr", nsmap={"w": W[1:-1]})
    root.append(_number())
    rels = file.tree(posixpath.join(folder, "_rels", f"{posixpath.basename(main)}.rels"))
    used = {relation.get("Id") for relation in rels}
    key = next(one for n in range(1, len(used) + 2) if (one := f"rIdSoTrang{n}") not in used)
    space = rels.tag.removesuffix("Relationships")
    etree.SubElement(rels, f"{space}Relationship", Id=key, Type=_HEADER, Target=posixpath.basename(name))
    types = file.tree("[Content_Types].xml")
    space = types.tag.removesuffix("Types")
    etree.SubElement(types, f"{space}Override", PartName=f"/{name}", ContentType=_HEADER_TYPE)
    section.element.insert(0, etree.Element(f"{W}headerReference", {f"{W}type": "default", f"{R}id": key}))
    for tree in (rels, types, section.element):
        file.touch(tree)
    file.new[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
