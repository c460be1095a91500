"""Page numbers set right (ND105–ND108): moved, put in, taken off the first page; whatever stands beside them stays."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any, Final

from lxml import etree  # type: ignore[import-untyped]

from danvan_cli.lang import _
from danvan_cli.nd30 import figures as nd30
from danvan_cli.nd30 import page as sheet
from danvan_cli.nd30.remark import measure_said
from danvan_cli.ooxml.docx import MC, WP, WPS, A, V, W, local, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from danvan_cli.nd30.components import Components
    from danvan_cli.ooxml.docx import PageSection
    from danvan_cli.ooxml.editing import DocumentEdit
    from danvan_cli.ooxml.layout import Layout

_DASHES: Final = re.compile(r"[\s\-–—]*+")
_NOT_NUMBER: Final = {"drawing", "pict", "object", "sym", "AlternateContent", "footnoteReference", "endnoteReference",
                      "ptab"}  # fmt: skip
"""What a run that shows a page number does not hold."""
_SHOWN: Final = {
    f"{W}{name}" for name in ("drawing", "pict", "object", "sym", "pBdr", "tbl", "fldChar", "fldSimple", "framePr")
}
"""What makes a header or footer say something without letters."""
_OWN_NAMES: Final = {f"{W}{name}" for name in ("bookmarkStart", "bookmarkEnd")}
"""What must not be there twice."""
_TWIN: Final = 100_000
"""Added to the numbers of a copy's drawings."""


def mend_numbers(found: Components, edit: DocumentEdit, wanted: set[str]) -> Iterator[tuple[str, str, str]]:
    """Mend the page numbers as far as nothing else is lost; tell what was done: rule, before, after."""
    layout = found.layout
    rules = {finding.rule for finding in sheet.numbers(found)} & wanted
    if not rules or len(sheet.kinds(layout)) > 1:
        return
    if "ND107" in rules:
        yield from _moved(layout, edit)
    elif "ND105" in rules:
        _add(layout, edit)
        yield "ND105", _("không có số trang"), _("giữa lề trên")
    if rules & {"ND105", "ND106", "ND107"} and _own_first(layout, layout.sections[0], edit):
        yield "ND106", _("số trang hiện ở trang đầu"), _("không hiện")
    if "ND108" in rules:
        yield from _figures(layout, layout.sections[0], edit)


def _moved(layout: Layout, edit: DocumentEdit) -> Iterator[tuple[str, str, str]]:
    """Take page numbers from below to the middle above, in all sections or in none."""
    headers = [part for one in layout.sections if (part := one.headers.get("default")) is not None]
    above = _fields(layout, [{"default": part} for part in headers])
    below = _fields(layout, [one.footers for one in layout.sections])
    boxed = any(next(field.paragraph.iterancestors(f"{W}txbxContent"), None) is not None for field in above)
    if boxed or not all(map(_loose, [*above, *below])):
        return
    for field in above:
        _centre(field, edit)
    if below:
        edit.cut([run for field in below for run in _runs(field.paragraph, edit)])
        _add(layout, edit)
    yield "ND107", _("số trang ở chân trang") if below else _("số trang lệch giữa"), _("giữa lề trên")


def _figures(layout: Layout, first: PageSection, edit: DocumentEdit) -> Iterator[tuple[str, str, str]]:
    """ND108: how the number looks and counts."""
    for field in _fields(layout, [first.headers, first.footers]):
        yield from _letters(field, edit)
    if first.start is not None and first.start > 1:
        edit.set(first.element, "pgNumType", start=None)
        yield "ND108", _("số trang bắt đầu từ {start}", start=first.start), "1"
    if first.number_format not in sheet.NUMBER_FORMATS:
        edit.set(first.element, "pgNumType", fmt="decimal")
        yield "ND108", _("số trang không phải chữ số Ả Rập"), "1, 2, 3…"


def _fields(layout: Layout, many: Iterable[Mapping[str, Any]]) -> list[sheet.Field]:
    """Give the page numbers of headers and footers, those of a part that several sections share once."""
    parts = {id(part): part for some in many for part in some.values()}
    fields = [field for part in parts.values() for field in sheet.page_fields(layout, part)]
    return [field for field in fields if field.paragraph.find(f".//{W}txbxContent") is None]  # which holds it itself


def _walk(paragraph: Any) -> Iterator[tuple[Any, bool]]:
    """Go through a paragraph's runs and tell of each whether it is of a page number, from the field's beginning to its end."""
    numbers = {run for runs, decided in sheet.number_runs(paragraph) if not decided for run in runs}
    return ((run, run in numbers) for run in paragraph.iter(f"{W}r"))


def _runs(paragraph: Any, edit: DocumentEdit) -> list[Any]:
    """Give the runs of a paragraph's page number and of the dashes around it, taken out of a simple field."""
    edit.touch(paragraph)
    found = [run for run, field in _walk(paragraph) if field or _dashes(run)]
    etree.strip_tags(paragraph, f"{W}fldSimple")
    return found


def _dashes(run: Any) -> bool:
    said = "".join(one.text or "" for one in run.iterfind(f"{W}t"))
    dashes = said.strip() != "" and _DASHES.fullmatch(said) is not None
    return dashes and all(local(one) in {"t", "rPr"} for one in run)


def _loose(field: sheet.Field) -> bool:
    """Whether a page number can be taken from where it stands: no words beside it, not in a drawing or another field."""
    paragraph = field.paragraph
    others = [one for one in paragraph.iter(f"{W}fldSimple") if not sheet.PAGE_FIELD.match(one.get(f"{W}instr", ""))]
    if others or any(map(_outlined, paragraph.iterancestors(f"{W}txbxContent"))):
        return False
    for run, number in _walk(paragraph):
        said = "".join(piece.text or "" for piece in run.iterfind(f"{W}t"))
        if number and (any(local(one) in _NOT_NUMBER for one in run) or _shared(run)):
            return False
        if not number and (not _DASHES.fullmatch(said) or run.find(f"{W}fldChar") is not None):
            return False
    return True


def _shared(run: Any) -> bool:
    """Whether a run holds more than one field, or the end of one before another."""
    marks = [one.get(f"{W}fldCharType") for one in run.iterfind(f"{W}fldChar")]
    return marks != [kind for kind in ("begin", "separate", "end") if kind in marks]


def _outlined(box: Any) -> bool:
    """Whether a text box has a line around it, or nobody can tell: without its number it would be an empty frame."""
    shape = next(box.iterancestors(f"{WPS}wsp"), None)
    if shape is not None:
        line = shape.find(f"{WPS}spPr/{A}ln")
        return line is not None and line.find(f"{A}noFill") is None
    if next(box.iterancestors(f"{MC}Fallback"), None) is not None:
        return False
    return next(box.iterancestors(f"{V}shape", f"{V}rect")).get("stroked", "t") not in {"f", "false"}


def _centre(field: sheet.Field, edit: DocumentEdit) -> None:
    """Centre a page number."""
    if field.centred:
        return
    properties = edit.properties(field.paragraph)
    edit.cut([run for run in [*field.paragraph.iter(f"{W}r")] if run.find(f"{W}tab") is not None
              and all(local(one) in {"tab", "rPr"} for one in run)])  # fmt: skip
    frame = properties.find(f"{W}framePr")
    if frame is not None:
        edit.attributes(frame, xAlign="center")
    edit.set(properties, "jc", val="center")
    edit.set(properties, "ind", left="0", right="0", firstLine="0")


def _letters(field: sheet.Field, edit: DocumentEdit) -> Iterator[tuple[str, str, str]]:
    """Set a page number upright and to an allowed size, the whole field alike."""
    span, look = nd30.PAGE.number_pt, field.run.format
    must = min(max(look.pt, span.least), span.most)
    runs = [run for run, number in _walk(field.paragraph) if number]
    if not runs:
        return  # another field decides what is shown
    if look.pt != must:
        for run in runs:
            for name in ("sz", "szCs"):
                edit.set(edit.properties(run), name, val=str(round(must * 2)))
        yield "ND108", _("số trang cỡ {pt}", pt=measure_said(look.pt)), measure_said(must)
    if look.italic:
        for run in runs:
            edit.set(edit.properties(run), "i", val="0")
        yield "ND108", _("số trang nghiêng"), _("đứng")


def _number() -> Any:
    """Make a paragraph that shows the page number as nd30 has it."""
    half = round(nd30.PAGE.number_pt.use * 2)
    fonts = " ".join(f'w:{slot}="{nd30.FONT}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    look = f'<w:rPr><w:rFonts {fonts}/><w:b w:val="0"/><w:i w:val="0"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
    return etree.fromstring(
        f'<w:p xmlns:w="{W[1:-1]}"><w:pPr><w:spacing w:before="0" w:after="0"/><w:ind w:left="0" w:firstLine="0"/>'
        f'<w:jc w:val="center"/></w:pPr><w:fldSimple w:instr=" PAGE "><w:r>{look}<w:t>2</w:t></w:r></w:fldSimple></w:p>'
    )


def _add(layout: Layout, edit: DocumentEdit) -> None:
    """Put the page number into every header that pages after the first show; the first section gets one if it has none."""
    headers = {id(one): one for section in layout.sections if (one := section.headers.get("default")) is not None}
    if "default" not in layout.sections[0].headers:
        root = etree.Element(f"{W}hdr", nsmap={"w": W[1:-1]})
        edit.refer(layout.sections[0].element, "header", "default", edit.part("header", root))
        headers[id(root)] = root
    for header in headers.values():
        if [*sheet.page_fields(layout, header)]:
            continue
        paragraphs = header.findall(f"{W}p")
        if len(paragraphs) == 1 and len(header) == 1 and len(paragraphs[0]) <= 1 and not [*paragraphs[0].iter(f"{W}r")]:
            header.remove(paragraphs[0])
        header.insert(0, _number())
        edit.touch(header)


# The first page ------------------------------------------------------------------------------------------------------


def _own_first(layout: Layout, section: PageSection, edit: DocumentEdit) -> bool:
    """Show no number on the first page; what else stands in its header and footer goes on to stand there."""
    firsts = [parts["first"] for parts in (section.headers, section.footers) if "first" in parts]
    if section.own_first:
        fields = _fields(layout, [{"first": part} for part in firsts])
        if not all(map(_loose, fields)):
            return False
        edit.cut([run for field in fields for run in _runs(field.paragraph, edit)])
        return bool(fields)
    if any(map(_says, firsts)):
        return False  # it was hidden until now
    twins = []
    for kind, parts in (("header", section.headers), ("footer", section.footers)):
        if "default" in parts:
            twin = copy.deepcopy(parts["default"])
            fields = _fields(layout, [{"first": twin}])
            if not all(map(_loose, fields)):
                return False
            for run in [run for field in fields for run in _runs(field.paragraph, edit)]:
                run.getparent().remove(run)
            twins.append((kind, twin, parts["default"]))
    for kind, twin, like in twins:
        if _says(twin):
            _renamed(twin)
            edit.refer(section.element, kind, "first", edit.part(kind, twin, like))
    edit.set(section.element, "titlePg", val=None)
    return True


def _renamed(twin: Any) -> None:
    """Take out of a copy what must not be there twice: bookmarks, the names of paragraphs, the numbers of drawings."""
    for one in twin.iter(f"{WP}docPr"):
        one.set("id", str(_TWIN + whole_number(one.get("id"))))
    for one in [one for one in twin.iter() if one.tag in _OWN_NAMES]:
        one.getparent().remove(one)
    for one in twin.iter(f"{W}p"):
        for key in [key for key in one.attrib if key.endswith(("}paraId", "}textId"))]:
            del one.attrib[key]


def _says(part: Any) -> bool:
    """Whether a header or footer shows anything: words, pictures, lines, tables."""
    if any((piece.text or "").strip() for piece in part.iter(f"{W}t")):
        return True
    return any(one.tag in _SHOWN or one.tag.startswith(V) for one in part.iter() if isinstance(one.tag, str))
