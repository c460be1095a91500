"""A Word form as a file: what of it is taken, which parts have text, and the file mended after it was filled."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, Final

from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from lxml import etree  # type: ignore[import-untyped]

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.ooxml.docx import R, W, parse, read
from danvan_cli.word import package

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_RELATIONS: Final = "_rels/.rels"
_STORIES: Final = ("main", "header", "footer", "footnotes", "endnotes")
"""What holds text, as the last word of a part's content type says."""
_FORBIDDEN: Final = {"oleObject", "package", "aFChunk", "frame", "subDocument", "control", "vbaProject"}
"""Relations to what runs or is a document of its own; a chart has its workbook."""
_FETCHING: Final = frozenset({
    "CONTROL", "DATABASE", "DDE", "DDEAUTO", "EMBED", "HTMLCONTROL", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT",
    "LINK", "MACROBUTTON", "OCX", "PRINT", "RD",
})  # fmt: skip
"""Fields with which Word runs or reads something else; links that a person clicks and tables of contents are harmless."""
_FIELD: Final = re.compile(r"[^\w=]*(\w+|=)(\W?)")
"""What kind of field it is: the first word of its code; and what stands behind that."""
PLAIN_XML: Final = {
    "resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False, "remove_comments": True,
}  # fmt: skip


def guarded(data: bytes, path: str) -> dict[str, bytes]:
    """Unpack a form; a UsageError refuses one that runs something, reaches outside or cannot be read."""
    word = read(data, path)
    if word.strict:
        raise UsageError(
            _("{path} lưu ở dạng Strict Open XML nên không dùng làm mẫu được", path=path),
            help=_("trong Word chọn Save As, dạng «Word Document (*.docx)»"),
        )
    parts = dict(word.parts)
    for name in [name for name in parts if name.endswith(".rels")]:
        tree = parse(name, parts[name], path)
        for relation in tree:
            kind = relation.get("Type", "").rpartition("/")[2]
            outside = relation.get("TargetMode") == "External"
            if kind == "attachedTemplate":  # Word writes where its own template lay; nobody needs it
                tree.remove(relation)
            elif (outside and kind != "hyperlink") or (kind in _FORBIDDEN and not name.startswith("word/charts/")):
                message = _("{path} có đối tượng nhúng hoặc liên kết ra ngoài ({kind}) nên không dùng làm mẫu được",
                            path=path, kind=kind)  # fmt: skip
                raise UsageError(message, help=_("mở bằng Word, bỏ đối tượng nhúng và liên kết rồi lưu lại"))
        parts[name] = _bytes(tree)
    if word.settings is not None:
        for old in word.settings.findall(f"{W}attachedTemplate"):
            word.settings.remove(old)
        parts[next(name for name, tree in word.trees.items() if tree is word.settings)] = _bytes(word.settings)
    return parts


def stories(parts: Mapping[str, bytes], path: str) -> list[str]:
    """Name the parts that may have tags: the text first, then headers, footers, notes."""
    kinds = {
        one.get("PartName", "").lstrip("/"): one.get("ContentType", "").removesuffix("+xml").rpartition(".")[2]
        for one in parse(package.TYPES, parts[package.TYPES], path)
    }
    known = [name for name in parts if kinds.get(name) in _STORIES]
    return sorted(known, key=lambda name: (_STORIES.index(kinds[name]), name))


def refuse_fetching(story: Any, path: str) -> None:
    """Refuse (UsageError) fields with which Word would run a program or read other files, also those that others stand in."""
    for code, goes_on in _codes(story):
        found = _FIELD.match(code)
        named = found is not None and (found[2] or found[1] == "=")
        if (goes_on and not named) or (found is not None and found[1].upper() in _FETCHING):
            kind = found[1].upper() if found is not None else "{…}"
            raise UsageError(
                _("{path} có trường {field} lấy nội dung từ nơi khác nên không dùng làm mẫu được", path=path,
                  field=kind),
                help=_("mở bằng Word, chọn trường đó, bấm Ctrl+Shift+F9 để thành chữ thường rồi lưu lại"),
            )  # fmt: skip


def _codes(story: Any) -> Iterator[tuple[str, bool]]:
    """Give the code of each field, however many runs and paragraphs it lies in; what lies in no field as one code more.

    A code is also given as far as it goes where another field stands in it, and told so: that one could name its kind. What
    stands in a result belongs to the code around the field.
    """
    outside: list[str] = []
    codes = [outside]
    for one in story.iter(f"{W}fldChar", f"{W}fldSimple", f"{W}instrText", f"{W}delInstrText", f"{W}t"):
        code, kind, simple = codes[-1], one.get(f"{W}fldCharType"), one.tag == f"{W}fldSimple"
        if (kind == "begin" or simple) and code is not outside:
            yield "".join(code), True
        if kind == "begin":
            codes.append([])
        elif kind in {"separate", "end"} and len(codes) > 1:
            yield "".join(codes.pop()), False
            codes += [codes[-1]] if kind == "separate" else []
        elif simple:
            yield one.get(f"{W}instr", ""), False
        elif kind is None and (code is not outside or one.tag != f"{W}t"):
            code.append(one.text or "")
    yield from (("".join(code), False) for code in codes)


def with_mark(parts: dict[str, bytes], path: str) -> dict[str, bytes]:
    """Make room for danvan's mark: its part is declared, in place of properties of the form's own."""
    types, relations = (parse(name, parts[name], path) for name in (package.TYPES, _RELATIONS))
    for one in [one for one in types if one.get("PartName") == f"/{package.CUSTOM}"]:
        types.remove(one)
    for one in [one for one in relations if one.get("Type", "").endswith("/custom-properties")]:
        relations.remove(one)
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    etree.SubElement(types, f"{{{types.nsmap[None]}}}Override", PartName=f"/{package.CUSTOM}", ContentType=kind)
    relation = {"Id": "rIdDanvan", "Target": package.CUSTOM, "Type": f"{R[1:-1]}/custom-properties"}
    etree.SubElement(relations, f"{{{package.LINKS}}}Relationship", relation)
    return parts | {package.TYPES: _bytes(types), _RELATIONS: _bytes(relations)}


def _bytes(tree: Any) -> bytes:
    data: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def mended_part(xml: str, *, columns: bool) -> bytes:
    """Mend what tags can leave that Word does not open: rows without cells, tables without rows, empty cells.

    `columns` tells that cells were repeated, which changes the columns of tables.
    """
    tree = etree.fromstring(xml.encode(), etree.XMLParser(**PLAIN_XML))
    form = DocxTemplate(io.BytesIO())
    for what, holds in (("tr", "tc"), ("tbl", "tr")):
        for one in list(tree.iter(f"{W}{what}")):
            if next(one.iter(f"{W}{holds}"), None) is None:
                one.getparent().remove(one)
    for cell in tree.iter(f"{W}tc"):
        if len(cell) == 0 or cell[-1].tag != f"{W}p":
            etree.SubElement(cell, f"{W}p")
    if columns and all(one.find(f"{W}tblGrid") is not None for one in tree.iter(f"{W}tbl")):
        tree = form.fix_tables(etree.tostring(tree))
    form.docx_ids_index = 1000
    form.fix_docpr_ids(tree)
    return _bytes(tree)
