"""A province's own Word form: a .docx with Jinja tags, filled without letting the form do anything else.

The form is a file from anybody. Its tags are set aside paragraph by paragraph and laid out as docxtpl would ({%p, {%tr,
{%tc), which only mends what they leave of tables; what they say goes through the allow-list of `.md.j2` templates and
reaches plain data only. A tag and the one that closes it stand at the same place of the tree, so that every outcome is well-formed.
Imported only where such a form is used: docxtpl is slow to import.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import pass_context
from lxml import etree  # type: ignore[import-untyped]

from danvan_cli.errors import UsageError
from danvan_cli.findings.finding import in_order
from danvan_cli.lang import _
from danvan_cli.ooxml.docx import R, W, parse, read_word
from danvan_cli.ooxml.parts import MAX_WRITTEN, too_large
from danvan_cli.word import naming, package, syntax, values
from danvan_cli.word.blank import Blank, Pieces, Proposed
from danvan_cli.word.compiled import Compiled, Rendering, TagLook, TemplateError, Writer, compiled, each
from danvan_cli.word.form_tags import PLACED, SetAside

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2.runtime import Context

    from danvan_cli.findings.finding import Finding
    from danvan_cli.word.shape import Shape
    from danvan_cli.word.source import Tag


class _Story(NamedTuple):
    """A part of the form, compiled: the text, a header, a footer, notes.

    `columns` tells that cells are repeated, which changes the columns of tables.
    """

    name: str
    text: Compiled
    columns: bool


@dataclass(frozen=True, eq=False)
class WordForm:
    """A compiled form."""

    path: str
    _parts: Mapping[str, bytes]
    _stories: tuple[_Story, ...]
    _looks: dict[int, TagLook]

    def render(self, context: Mapping[str, object]) -> package.Rendered:
        """Fill the form, as `template.Template.render` makes a document; errors tell the paragraph."""
        made = Rendering(looks=self._looks)
        parts = dict(self._parts)
        for story in self._stories:
            parts[story.name] = mended_part(story.text.filled(context, made), columns=story.columns)
        return package.Rendered(package.marked_parts(parts), tuple(made.blanks))

    def misnamed(self, shape: Shape) -> list[Finding]:
        """Find the names in the form that data of a shape does not have."""
        return [one for story in self._stories for one in naming.misnamed(story.text.parsed, shape)]


def compile_form(data: bytes, path: str) -> WordForm:
    """Read and compile a .docx, called `path` by its user.

    A UsageError: it is no Word document, is too large, or holds what runs or lies outside of it. A TemplateError has
    everything that is wrong with its tags.
    """
    parts = guarded(data, path)
    draft = SetAside(path, _environment())
    sources: dict[str, tuple[str, list[Tag]]] = {}
    for name in stories(parts, path):
        tree = parse(name, parts[name], path)
        tags = draft.story(tree)
        if tags is not None:
            sources[name] = draft.marked(tree), tags
    if draft.reader.findings:
        raise TemplateError(path, in_order(draft.reader.findings))
    made = [_story(name, path, xml, draft, tags) for name, (xml, tags) in sources.items()]
    kept = with_mark({name: part for name, part in parts.items() if name != package.CUSTOM}, path)
    return WordForm(path, kept, tuple(made), draft.looks)


def _story(name: str, path: str, xml: str, draft: SetAside, tags: list[Tag]) -> _Story:
    """Put the tags back, each in a line of its own, and compile."""
    writer = Writer()
    for at, piece in enumerate(PLACED.split(xml)):
        if at % 2 == 0:
            writer.put(piece)
        else:
            writer.tag(draft.reader.tags[int(piece)], f"_filled({piece})")
    columns = any(how == "tc" for tag, how in draft.hows.items() if tag in tags)
    return _Story(name, compiled(writer.parsed(path, _environment()), _environment(), name), columns)


# What is put in the place of tags: runs and paragraphs that look like the tag did ---------------------------------------


@cache
def _environment() -> syntax.Environment:
    """Give what compiles forms: the allow-list of templates, and the filters that write into a form."""
    made = syntax.Environment()
    made.filters |= {"_each": each, "_filled": _filled}
    return made


@pass_context
def _filled(context: Context, value: object, number: int) -> str:
    """Write a value in the place of a tag: runs that look like it, or paragraphs, one for each line."""
    made: Rendering = context.parent["_state"]
    look = made.looks[number]
    if look.paragraph is None:
        return _runs(values.pieces(value), look, made)
    items = value if isinstance(value, (list, tuple)) and not isinstance(value, Pieces) else [value]
    lines = [line for item in items for line in values.rows(item)]
    return "".join(f"<w:p>{look.paragraph}{_runs(line, look, made)}</w:p>" for line in lines)


def _runs(pieces: list[str], look: TagLook, made: Rendering) -> str:
    out = []
    for piece in filter(None, pieces):
        properties = look.run
        if type(piece) is Blank:
            made.blanks.append(piece[3:-3].strip())
            properties = look.blank
        elif type(piece) is Proposed:
            properties = look.proposed
        shown = package.escape(piece).replace("\n", values.RUN_BREAK).replace("\t", values.RUN_TAB)
        out.append(f'<w:r>{properties}<w:t xml:space="preserve">{shown}</w:t></w:r>')
    return "".join(out)


# The form as a file: what of it is taken, which parts have text, what tags leave of it mended -------------------------


_RELATIONS: Final = "_rels/.rels"
_STORIES: Final = ("main", "header", "footer", "footnotes", "endnotes")
"""What holds text, as the last word of a part's content type says."""
_FORBIDDEN: Final = {"oleObject", "package", "aFChunk", "frame", "subDocument", "control", "vbaProject"}
"""Relations to what runs or is a document of its own; a chart has its workbook."""
PLAIN_XML: Final = {
    "resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False, "remove_comments": True,
}  # fmt: skip


def guarded(data: bytes, path: str) -> dict[str, bytes]:
    """Unpack a form; a UsageError refuses one that runs something, reaches outside, weighs too much or cannot be read."""
    word = read_word(data, path)
    if sum(map(len, word.parts.values())) > MAX_WRITTEN:  # each document made of it holds and packs all of it
        raise too_large(path)
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
        for one in parse(package.CONTENT_TYPES, parts[package.CONTENT_TYPES], path)
    }
    known = [name for name in parts if kinds.get(name) in _STORIES]
    return sorted(known, key=lambda name: (_STORIES.index(kinds[name]), name))


def with_mark(parts: dict[str, bytes], path: str) -> dict[str, bytes]:
    """Make room for danvan's mark: its part is declared, in place of properties of the form's own."""
    types, relations = (parse(name, parts[name], path) for name in (package.CONTENT_TYPES, _RELATIONS))
    for one in [one for one in types if one.get("PartName") == f"/{package.CUSTOM}"]:
        types.remove(one)
    for one in [one for one in relations if one.get("Type", "").endswith("/custom-properties")]:
        relations.remove(one)
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    etree.SubElement(types, f"{{{types.nsmap[None]}}}Override", PartName=f"/{package.CUSTOM}", ContentType=kind)
    relation = {"Id": "rIdDanvan", "Target": package.CUSTOM, "Type": f"{R[1:-1]}/custom-properties"}
    etree.SubElement(relations, f"{{{package.LINKS}}}Relationship", relation)
    return parts | {package.CONTENT_TYPES: _bytes(types), _RELATIONS: _bytes(relations)}


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
