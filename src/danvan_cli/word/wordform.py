"""A province's own Word form: a .docx with Jinja tags, filled without letting the form do anything else.

The form is a file from anybody. Its tags are set aside paragraph by paragraph before docxtpl sees the text, which then
only lays them out ({%p, {%tr, {%tc); what they say goes through the allow-list of `.md.j2` templates and reaches plain
data only. A tag and the one that closes it stand at the same place of the tree, so that every outcome is well-formed.
Imported only where such a form is used: docxtpl is slow to import.
"""

from __future__ import annotations

import io
import re
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

import jinja2
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import pass_context
from lxml import etree  # type: ignore[import-untyped]

from danvan_cli import text
from danvan_cli.errors import UsageError
from danvan_cli.findings.finding import Finding, Spot, in_order
from danvan_cli.lang import _
from danvan_cli.ooxml.docx import R, W, parse, read
from danvan_cli.word import naming, package, syntax, values
from danvan_cli.word.blank import Blank, Pieces
from danvan_cli.word.source import MARK, Reader, Source, Tag
from danvan_cli.word.template import (
    FAILURES,
    MAX_OUTPUT,
    Parsed,
    Rendered,
    State,
    TemplateError,
    count_turns,
    each,
    line_of,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2.runtime import Context

    from danvan_cli.word.shape import Shape

_LARGEST: Final = 4_000_000
"""How many characters of XML a part of a form may have."""
_LONGEST: Final = 20_000
"""How many characters a paragraph with tags may have."""
_WORDS: Final = 48
_PIECES: Final = 200  # that are written before the output is measured again

_FIRST: Final = 0xF0000  # the first of the characters that MARK knows

_TYPES: Final = "[Content_Types].xml"
_RELATIONS: Final = "_rels/.rels"
_STORIES: Final = ("main", "header", "footer", "footnotes", "endnotes")
"""What holds text, as the last word of a part's content type says."""
_FORBIDDEN: Final = {"oleObject", "package", "aFChunk", "frame", "subDocument", "control", "vbaProject"}
"""Relations to what runs or is a document of its own; a chart has its workbook."""
_FETCHING: Final = re.compile(
    r"\s*(DDE|DDEAUTO|LINK|IMPORT|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|DATABASE)\b", re.IGNORECASE
)
"""Fields with which Word runs or reads something else."""

_HOW: Final = re.compile(r"(?<=\{[{%])(?:p|tr|tc|r)(?=\s)")
"""What docxtpl writes behind the braces: the tag stands for its paragraph, row, cell or run."""
_INSIDE: Final = re.compile(r"\{[{%][^{}]*")
_QUOTES: Final = str.maketrans("“”„‘’\u00a0", '"""\'\' ')
"""What Word makes of quotes and spaces while one types."""
_PLACED: Final = re.compile(r"\{[{%] +T(\d+) +[%}]\}")
_EMPTY: Final = '<w:r><w:t xml:space="preserve"></w:t></w:r>'
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_ONCE: Final = [f"{{http://schemas.microsoft.com/office/word/2010/wordml}}{name}" for name in ("paraId", "textId")]
_LETTERS: Final = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t"}
_AFTER_HIGHLIGHT: Final = {
    f"{W}{name}"
    for name in ("u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout",
                 "specVanish", "oMath", "rPrChange")
}  # fmt: skip
_PLAIN_XML: Final = {
    "resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False, "remove_comments": True,
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Paragraph(Source):
    """A paragraph of a form, or another place of it: findings name it by its number and first words."""

    number: int = 0
    place: str = ""
    whole: str = ""

    def finding(self, rule: str, index: int, message: str, *, help: str | None = None, length: int = 1) -> Finding:
        """Make a finding about a place in the paragraph."""
        spot = Spot(self.number, index + 1, max(1, min(length, len(self.text) - index)))
        return Finding(rule, self.path, spot, message, help, self.whole.replace("\n", " "), self.place)


class _Look(NamedTuple):
    """What is put in the place of a tag looks like this: the properties of runs, of blanks, of whole paragraphs."""

    run: str
    blank: str
    paragraph: str | None


@dataclass(frozen=True, eq=False)
class _Story:
    """A part of the form, compiled: the text, a header, a footer, notes, the properties."""

    name: str
    parsed: Parsed
    names: frozenset[str]
    jinja: jinja2.Template
    columns: bool
    """Whether cells are repeated, which changes the columns of tables."""


@dataclass(slots=True)
class _Filling:
    """What the filling of a form knows and collects."""

    looks: dict[int, _Look]
    blanks: list[str] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class WordForm:
    """A compiled form."""

    path: str
    _parts: Mapping[str, bytes]
    _stories: tuple[_Story, ...]
    _looks: dict[int, _Look]

    def render(self, context: Mapping[str, object]) -> Rendered:
        """Fill the form.

        Args:
            context: plain dicts, lists, text, numbers, dates, None and `Blank` only; nothing else is reached.

        Raises:
            TemplateError: for a name that the context lacks, or a value that does not fit its place; with the
                paragraph.
        """
        filling = _Filling(self._looks)
        whole = {**context, "_state": State(), "_filling": filling}
        parts = dict(self._parts)
        size = 0
        for story in self._stories:
            xml = self._filled(story, whole, size)
            size += len(xml)
            parts[story.name] = _mended(xml, story)
        parts[package.CUSTOM] = package.custom_xml(package.mark(parts))
        return Rendered(package.pack(parts), tuple(filling.blanks))

    def misnamed(self, shape: Shape) -> list[Finding]:
        """Find the names in the form that data of a shape does not have."""
        return [one for story in self._stories for one in naming.misnamed(story.parsed, shape)]

    def _filled(self, story: _Story, context: Mapping[str, object], size: int) -> str:
        out: list[str] = []
        try:
            pieces = story.jinja.root_render_func(story.jinja.new_context(dict(context)))
            while some := list(islice(pieces, _PIECES)):
                out += some
                size += sum(map(len, some))
                if size > MAX_OUTPUT:
                    raise values.ValueProblemError(_("văn bản dài quá mức cho phép"))  # noqa: TRY301 - to get a place
        except syntax.UnknownNameError as error:
            self._failed(story, error, *told(error, {*context, *story.names}))
        except values.ValueProblemError as error:
            self._failed(story, error, error.message, error.help)
        except (*FAILURES, jinja2.TemplateError) as error:
            self._failed(story, error, _("không tính được thẻ này với dữ liệu đã cho"))
        return "".join(out)

    def _failed(
        self, story: _Story, error: BaseException, message: str, help: str | None = None, word: str = ""
    ) -> NoReturn:
        tag = story.parsed.tag(line_of(story.jinja, error.__traceback__))
        raise TemplateError(self.path, [tag.finding("DV803", message, word=word, help=help)]) from None


def compile_form(data: bytes, path: str) -> WordForm:
    """Read and compile a form.

    Args:
        data: the .docx.
        path: its name as the user knows it.

    Raises:
        UsageError: if it is no Word document, is too large, or holds what runs or lies outside of it.
        TemplateError: with everything that is wrong with its tags.
    """
    parts = _guarded(data, path)
    draft = _Draft(path)
    sources: dict[str, tuple[str, list[Tag]]] = {}
    for name in _stories(parts, path):
        tree = parse(name, parts[name], path)
        tags = draft.properties(tree) if name == package.CORE else draft.story(tree)
        if tags is not None:
            xml = draft.marked(tree)
            sources[name] = (xml if name == package.CORE else draft.laid_out(xml, tags), tags)
    if draft.reader.findings:
        raise TemplateError(path, in_order(draft.reader.findings))
    stories = [_compiled(name, path, xml, draft, tags) for name, (xml, tags) in sources.items()]
    kept = _with_mark({name: part for name, part in parts.items() if name != package.CUSTOM}, path)
    return WordForm(path, kept, tuple(stories), draft.looks)


def _compiled(name: str, path: str, xml: str, draft: _Draft, tags: list[Tag]) -> _Story:
    """Put the tags back, each in a line of its own, and compile."""
    out: list[str] = []
    places: list[tuple[int, Tag]] = []
    line = 1
    for at, piece in enumerate(_PLACED.split(xml)):
        if at % 2 == 0:
            out.append(piece)
        else:
            tag = draft.tags[int(piece)]
            places.append((line + 1, tag))
            how = "_text" if name == package.CORE else f"_filled({piece})"
            output = f"{{{{\n({tag.code}) | {how} }}}}"
            out.append(output if tag.kind == "output" else f"{{%\n{tag.kind} {tag.code} %}}")
        line += out[-1].count("\n")
    environment = _environment()
    tree = environment.parse("".join(out))
    counted = environment.parse("".join(out))
    names = count_turns(counted, environment)
    code = environment.compile(counted, filename=f"<{name}>")
    jinja = environment.template_class.from_code(environment, code, environment.globals)
    columns = any(how == "tc" for tag, how in draft.hows.items() if tag in tags)
    return _Story(name, Parsed(path, tree, places, frozenset()), names, jinja, columns)


class _Draft:
    """Sets the tags of a form aside: each gets a run of its own, with one private-use character in it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.reader = Reader(_environment(), _nothing)
        self.tags: list[Tag] = []
        self.hows: dict[Tag, str] = {}
        self.looks: dict[int, _Look] = {}

    def story(self, tree: Any) -> list[Tag] | None:
        """Set the tags of a story aside; give them in order, None if there is nothing to set aside."""
        found: list[Tag] = []
        number = cut = 0
        for paragraph in list(tree.iter(f"{W}p")):
            letters = [
                (one, _LETTERS.get(one.tag, one.text or ""))
                for one in paragraph.iter(f"{W}t", *_LETTERS)
                if one.getparent().tag == f"{W}r" and next(one.iterancestors(f"{W}p")) is paragraph
            ]
            whole = "".join(letter for _one, letter in letters)
            number += bool(whole.strip())
            _refuse_fetching(paragraph, self.path)
            if "{" in whole:
                place = _place(number, whole)
                if tree.tag != f"{W}document":
                    place = _("đầu trang, chân trang: {place}", place=place)
                tags, spans = self._tags(whole, number, place)
                self._cut(paragraph, letters, spans)
                cut += 1
                found += tags
        self.reader.pair(found)
        for one in tree.iter(f"{W}p", f"{W}tr"):  # what is repeated would have them twice
            for name in _ONCE:
                one.attrib.pop(name, None)
        for letters in tree.iter(f"{W}t"):
            if found and MARK.fullmatch(letters.text or ""):
                self._alone(letters, self.tags[ord(letters.text) - _FIRST])
        return found if cut else None

    def properties(self, tree: Any) -> list[Tag] | None:
        """Set the tags of the document's properties aside, such as those of its title."""
        found: list[Tag] = []
        for element in tree:
            if "{" in (element.text or ""):
                name = etree.QName(element).localname
                tags, spans = self._tags(element.text, 0, _("thuộc tính «{name}» của tệp", name=name))
                for tag in tags:
                    self.hows[tag] = ""
                    if tag.kind != "output":
                        self._refused(tag, _("ở đây chỉ dùng được {{ … }}, không dùng {% … %}"))
                element.text = "".join(self._mark(tag) if tag else element.text[start:end] for start, end, tag in spans)
                found += tags
        return found or None

    def marked(self, tree: Any) -> str:
        """Write a story's XML: no brace in it but those of docxtpl's tags, each with a number for what it says."""
        xml: str = etree.tostring(tree, encoding="unicode")
        if len(xml) > _LARGEST:
            raise UsageError(_("{path} quá lớn hoặc có quá nhiều thẻ để làm mẫu", path=self.path))
        return MARK.sub(self._numbered, xml.replace("{", "&#123;").replace("}", "&#125;"))

    def _mark(self, tag: Tag) -> str:
        """Give the character that stands for a tag."""
        self.tags.append(tag)
        return chr(_FIRST + len(self.tags) - 1)

    def _numbered(self, mark: re.Match[str]) -> str:
        number = ord(mark[0]) - _FIRST
        tag = self.tags[number]
        opened, closed = ("{{", "}}") if tag.kind == "output" else ("{%", "%}")
        return f"{opened}{self.hows.get(tag, '')} T{number} {closed}"

    def laid_out(self, xml: str, tags: list[Tag]) -> str:
        """Let docxtpl put the tags of paragraphs, rows and cells in their place; see that none is lost or crossed."""
        if self.reader.findings:
            return ""
        patched: str = DocxTemplate(io.BytesIO()).patch_xml(xml).replace(_EMPTY, "")
        try:
            parser = etree.XMLParser(**_PLAIN_XML)
            tree = etree.fromstring(_PLACED.sub(r"<?t \1?>", patched), parser)
        except etree.XMLSyntaxError:
            self._misplaced(tags[0], _("các thẻ của tệp này đứng chéo nhau giữa đoạn, hàng và ô bảng"))
            return ""
        for mark in tree.iter(etree.PI):
            self.tags[int(mark.text)].place = mark.getparent()
        for tag in tags:
            if tag.place is None:
                self._misplaced(tag, _("thẻ này đứng chung hàng hoặc ô với một thẻ {%tr … %}, {%tc … %} khác"))
            elif tag.pair and tag.place is not tag.pair.place:
                opener = tag.pair.finding("DV804", "").place
                message = _("«{name}» không cùng đoạn, hàng hoặc ô với thẻ mở ở {place}", name=tag.kind, place=opener)
                self._misplaced(tag, message)
        return patched

    # A paragraph -----------------------------------------------------------------------------------------------------

    def _tags(self, whole: str, number: int, place: str) -> tuple[list[Tag], list[tuple[int, int, Tag | None]]]:
        """Read a paragraph's tags; give them, and what is kept of it: its literal text and its tags, in order."""
        shown = _INSIDE.sub(_typed, whole[:_LONGEST])
        source = _Paragraph(self.path, shown, number, place, whole)
        if len(whole) > _LONGEST:
            message = _("đoạn có thẻ dài quá {most} ký tự", most=_LONGEST)
            self.reader.findings.append(source.finding("DV801", 0, message))
            return [], []
        spans: list[tuple[int, int, Tag | None]] = []
        for piece in self.reader.pieces(source, 0):
            if isinstance(piece, Tag):
                spans.append((piece.index, piece.index + piece.length, piece))
            elif not isinstance(piece, str):
                spans.append((piece[0], piece[0] + len(piece[1]), None))
        tags = [tag for _start, _end, tag in spans if tag]
        for tag in tags:
            found = _HOW.match(whole, tag.index + 2)
            self.hows[tag] = found[0] if found else "r"
            if self.hows[tag] in {"tr", "tc"} and tag.kind == "output":
                self._refused(tag, _("mẫu không được dùng dạng «{tag}»", tag=f"{{{{{self.hows[tag]}"))
            elif tag.kind == "include":
                self._refused(tag, _("mẫu Word không dùng {% include %}"))
            elif tag.chart:
                self._refused(tag, _("biểu đồ chỉ dùng được trong mẫu .md.j2"))
        return tags, spans

    def _cut(self, paragraph: Any, letters: list[tuple[Any, str]], spans: list[tuple[int, int, Tag | None]]) -> None:
        """Give each tag a run of its own, with the character that stands for it."""
        at = 0
        cut: dict[Any, dict[Any, list[str | Tag]]] = {}
        for node, letter in letters:
            start, end = at, at + len(letter)
            at = end
            here = [(one[0], one[1], one[2]) for one in spans if one[0] < end and one[1] > start]
            if node.tag in _LETTERS:
                for _start, _end, tag in here:
                    if tag:
                        self._refused(tag, _("thẻ bị ngắt dòng hoặc bị dấu Tab cắt đôi"), rule="DV801")
                continue
            pieces: list[str | Tag] = []
            for first, last, tag in here:
                if tag is None:
                    pieces.append(letter[max(first, start) - start : last - start])
                elif first >= start:
                    pieces.append(tag)
            cut.setdefault(node.getparent(), {})[node] = pieces
        for run, pieces_of in cut.items():
            self._split(paragraph, run, pieces_of)

    def _split(self, paragraph: Any, run: Any, cut: Mapping[Any, list[str | Tag]]) -> None:
        look = run.find(f"{W}rPr")
        runs = [_begun(run, look)]
        for child in [child for child in run if child is not look]:
            for piece in cut.get(child, [child]):
                if isinstance(piece, Tag):
                    own = _begun(run, look)
                    _write(own, self._mark(piece))
                    self._looks_like(piece, paragraph, look)
                    runs += (own, _begun(run, look))
                elif isinstance(piece, str):
                    _write(runs[-1], piece)
                else:
                    runs[-1].append(piece)
        for one in runs:
            if any(child.tag != f"{W}rPr" for child in one):
                run.addprevious(one)
        run.getparent().remove(run)

    def _looks_like(self, tag: Tag, paragraph: Any, look: Any) -> None:
        """Keep how a tag stands in the form, for what comes in its place."""
        properties = paragraph.find(f"{W}pPr")
        if self.hows[tag] == "p" and properties is not None and properties.find(f"{W}sectPr") is not None:
            self._misplaced(tag, _("đoạn này giữ dấu ngắt phần (section break): đặt thẻ ở đoạn khác"))
        highlighted = etree.Element(f"{W}rPr", nsmap=paragraph.nsmap) if look is None else deepcopy(look)
        for old in highlighted.findall(f"{W}highlight"):
            highlighted.remove(old)
        at = next((n for n, one in enumerate(highlighted) if one.tag in _AFTER_HIGHLIGHT), len(highlighted))
        highlighted.insert(at, etree.Element(f"{W}highlight", {f"{W}val": "yellow"}))
        kept = _xml(properties) if self.hows[tag] == "p" else None
        self.looks[len(self.tags) - 1] = _Look(_xml(look), _xml(highlighted), kept)

    def _alone(self, letters: Any, tag: Tag) -> None:
        """See that a tag for a paragraph, row or cell stands alone in it: docxtpl drops whatever else is there."""
        how = self.hows[tag]
        holder = next(letters.iterancestors(f"{W}{how}"), None)
        if holder is None:
            self._misplaced(tag, _("thẻ {%tr … %}, {%tc … %} phải đứng trong bảng"))
        elif how != "r" and "".join(one.text or "" for one in holder.iter(f"{W}t")).strip() != letters.text:
            place = {"p": _("đoạn"), "tr": _("hàng"), "tc": _("ô")}[how]
            message = _(
                "thẻ {{%{how} … %}} phải đứng một mình: những gì cùng {place} với nó bị bỏ đi", how=how, place=place
            )
            self._misplaced(tag, message)

    def _refused(self, tag: Tag, message: str, *, rule: str = "DV802") -> None:
        self.reader.findings.append(tag.finding(rule, message))

    def _misplaced(self, tag: Tag, message: str) -> None:
        self._refused(tag, message, rule="DV804")


def _nothing(name: str) -> NoReturn:
    raise LookupError(name)


def _begun(run: Any, look: Any) -> Any:
    """Begin a run that looks like another."""
    made = etree.Element(f"{W}r", nsmap=run.nsmap)
    if look is not None:
        made.append(deepcopy(look))
    return made


def _write(run: Any, words: str) -> None:
    letters = etree.SubElement(run, f"{W}t")
    letters.text = words
    letters.set(_SPACE, "preserve")


def _typed(inside: re.Match[str]) -> str:
    """Bring what Word made of a tag back to what was typed; nothing moves."""
    bare = _HOW.sub(lambda how: " " * len(how[0]), inside[0]).replace("\u00a0", " ")
    return bare if '"' in bare or "'" in bare else bare.translate(_QUOTES)


def _place(number: int, whole: str) -> str:
    said = text.squeeze(whole)
    return _("đoạn {number} («{words}»)", number=number, words=said if len(said) <= _WORDS else f"{said[:_WORDS]}…")


def _xml(element: Any) -> str:
    """Write an element as it stands inside its part, whose root says the namespaces."""
    if element is None:
        return ""
    return re.sub(r' xmlns(?::\w+)?="[^"]*"', "", etree.tostring(element, encoding="unicode", with_tail=False))


# The form as a file --------------------------------------------------------------------------------------------------


def _guarded(data: bytes, path: str) -> dict[str, bytes]:
    """Unpack a form, and refuse one that runs something or reaches outside.

    Raises:
        UsageError: if it does, or cannot be read.
    """
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
                raise UsageError(
                    _("{path} có đối tượng nhúng hoặc liên kết ra ngoài ({kind}) nên không dùng làm mẫu được",
                      path=path, kind=kind),
                    help=_("mở bằng Word, bỏ đối tượng nhúng và liên kết rồi lưu lại"),
                )  # fmt: skip
        parts[name] = _bytes(tree)
    if word.settings is not None:
        for old in word.settings.findall(f"{W}attachedTemplate"):
            word.settings.remove(old)
        parts[next(name for name, tree in word.trees.items() if tree is word.settings)] = _bytes(word.settings)
    return parts


def _stories(parts: Mapping[str, bytes], path: str) -> Iterator[str]:
    """Name the parts that may have tags: the text first, then headers, footers, notes, and the properties."""
    kinds = {
        one.get("PartName", "").lstrip("/"): one.get("ContentType", "").removesuffix("+xml").rpartition(".")[2]
        for one in parse(_TYPES, parts[_TYPES], path)
    }
    known = [name for name in parts if kinds.get(name) in _STORIES]
    yield from sorted(known, key=lambda name: (_STORIES.index(kinds[name]), name))
    if package.CORE in parts:
        yield package.CORE


def _refuse_fetching(paragraph: Any, path: str) -> None:
    """Refuse fields with which Word would run a program or read other files.

    Raises:
        UsageError: at the first.
    """
    said = ["".join(one.text or "" for one in paragraph.iter(f"{W}instrText"))]
    said += (one.get(f"{W}instr", "") for one in paragraph.iter(f"{W}fldSimple"))
    for code in said:
        if found := _FETCHING.search(code):
            raise UsageError(
                _("{path} có trường {field} lấy nội dung từ nơi khác nên không dùng làm mẫu được", path=path,
                  field=found[1].upper()),
                help=_("mở bằng Word, chọn trường đó, bấm Ctrl+Shift+F9 để thành chữ thường rồi lưu lại"),
            )  # fmt: skip


def _with_mark(parts: dict[str, bytes], path: str) -> dict[str, bytes]:
    """Make room for danvan's mark: its part is declared, in place of properties of the form's own."""
    types, relations = (parse(name, parts[name], path) for name in (_TYPES, _RELATIONS))
    for one in [one for one in types if one.get("PartName") == f"/{package.CUSTOM}"]:
        types.remove(one)
    for one in [one for one in relations if one.get("Type", "").endswith("/custom-properties")]:
        relations.remove(one)
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    types.append(etree.Element(f"{{{types.nsmap[None]}}}Override", PartName=f"/{package.CUSTOM}", ContentType=kind))
    relations.append(
        etree.Element(
            f"{{{package.LINKS}}}Relationship",
            Id="rIdDanvan",
            Target=package.CUSTOM,
            Type=f"{R[1:-1]}/custom-properties",
        )
    )
    return parts | {_TYPES: _bytes(types), _RELATIONS: _bytes(relations)}


def _bytes(tree: Any) -> bytes:
    data: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def _mended(xml: str, story: _Story) -> bytes:
    """Mend what tags can leave that Word does not open: rows without cells, tables without rows, empty cells."""
    tree = etree.fromstring(xml.encode(), etree.XMLParser(**_PLAIN_XML))
    form = DocxTemplate(io.BytesIO())
    for what, holds in (("tr", "tc"), ("tbl", "tr")):
        for one in list(tree.iter(f"{W}{what}")):
            if next(one.iter(f"{W}{holds}"), None) is None:
                one.getparent().remove(one)
    for cell in tree.iter(f"{W}tc"):
        if len(cell) == 0 or cell[-1].tag != f"{W}p":
            etree.SubElement(cell, f"{W}p")
    if story.columns and all(one.find(f"{W}tblGrid") is not None for one in tree.iter(f"{W}tbl")):
        tree = form.fix_tables(etree.tostring(tree))
    form.docx_ids_index = 1000
    form.fix_docpr_ids(tree)
    return _bytes(tree)


# Values --------------------------------------------------------------------------------------------------------------


@cache
def _environment() -> syntax.Environment:
    environment = syntax.Environment()
    environment.filters |= {"_each": each, "_filled": _filled, "_text": _text}
    return environment


@pass_context
def _filled(context: Context, value: object, number: int) -> str:
    """Write a value in the place of a tag: runs that look like it, or paragraphs, one for each line."""
    filling: _Filling = context.parent["_filling"]
    look = filling.looks[number]
    if look.paragraph is None:
        return _runs(_pieces(value), look, filling)
    items = value if isinstance(value, (list, tuple)) and not isinstance(value, Pieces) else [value]
    lines = [line for item in items for line in _lines(_pieces(item))]
    return "".join(f"<w:p>{look.paragraph}{_runs(line, look, filling)}</w:p>" for line in lines)


def _pieces(value: object) -> list[str]:
    """Give a value's text, cleaned, with its blanks as they are."""
    given = values.as_text(value)
    pieces = given if isinstance(given, Pieces) else (given,)
    return [one if type(one) is Blank else text.clean(str.__str__(one)) for one in pieces]


def _lines(pieces: list[str]) -> Iterator[list[str]]:
    """Cut text into its lines; empty ones are left out."""
    rows: list[list[str]] = [[]]
    for piece in pieces:
        first, *more = [piece] if type(piece) is Blank else piece.split("\n")
        rows[-1].append(first)
        rows += ([line] for line in more)
    yield from (row for row in rows if "".join(row).strip())


def _runs(pieces: list[str], look: _Look, filling: _Filling) -> str:
    out = []
    for piece in pieces:
        blank = type(piece) is Blank
        if blank:
            filling.blanks.append(piece[3:-3].strip())
        shown = package.escape(piece).replace("\n", _BREAK).replace("\t", _TAB)
        properties = look.blank if blank else look.run
        out.append(f'<w:r>{properties}<w:t xml:space="preserve">{shown}</w:t></w:r>' if piece else "")
    return "".join(out)


_BREAK: Final = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB: Final = '</w:t><w:tab/><w:t xml:space="preserve">'


def _text(value: object) -> str:
    """Write a value into a property of the document."""
    return package.escape(text.squeeze("".join(_pieces(value))))
