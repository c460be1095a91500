"""The tags of a Word form: found in its paragraphs, set aside, and laid out in its tree as docxtpl would."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NoReturn

from lxml import etree  # type: ignore[import-untyped]

from danvan_cli import text
from danvan_cli.errors import UsageError
from danvan_cli.findings.finding import Finding, Spot, around
from danvan_cli.lang import _
from danvan_cli.nd30 import figures as nd30
from danvan_cli.ooxml.docx import SPACE, W
from danvan_cli.ooxml.editing import put
from danvan_cli.word.compiled import TagLook
from danvan_cli.word.source import Reader, Tag, TemplateSource

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from danvan_cli.word.syntax import Environment

_LARGEST: Final = 4_000_000
"""How many characters of XML a part of a form may have."""
_LONGEST: Final = 20_000
"""How many characters a paragraph with tags may have."""
_WORDS: Final = 48
_HOW: Final = re.compile(r"(?<=\{[{%])(?:p|tr|tc|r)(?=\s)")
"""What docxtpl writes behind the braces: the tag stands for its paragraph, row, cell or run."""
_INSIDE: Final = re.compile(r"\{[{%][^{}]*")
_QUOTES: Final = str.maketrans("“”„‘’\u00a0", '"""\'\' ')
"""What Word makes of quotes and spaces while one types."""
PLACED: Final = re.compile(r"<\?t (\d+)\?>")
"""A tag that was set aside, by its number."""
_BEFORE: Final = re.compile(r"<w:t>((?:(?!<w:t>).)*<\?t )", re.DOTALL)
"""Text that a tag follows; docxtpl lets it keep its spaces, and so it stays."""
_ONCE: Final = [f"{{http://schemas.microsoft.com/office/word/2010/wordml}}{name}" for name in ("paraId", "textId")]
_FETCHING: Final = frozenset({
    "CONTROL", "DATABASE", "DDE", "DDEAUTO", "EMBED", "HTMLCONTROL", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT",
    "LINK", "MACROBUTTON", "OCX", "PRINT", "RD",
})  # fmt: skip
"""Fields with which Word runs or reads something else; links that a person clicks and tables of contents are harmless."""
_FIELD: Final = re.compile(r"[^\w=]*(\w+|=)(\W?)")
"""What kind of field it is: the first word of its code; and what stands behind that."""
_LETTERS: Final = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t"}


@dataclass(frozen=True, eq=False)
class _Paragraph(TemplateSource):
    """A paragraph of a form, or another place of it: findings name it by its number and first words."""

    number: int = 0
    place: str = ""
    whole: str = ""

    def finding(self, rule: str, index: int, message: str, *, help: str | None = None, length: int = 1) -> Finding:
        """Make a finding about a place in the paragraph."""
        spot = Spot(self.number, index + 1, max(1, min(length, len(self.text) - index)))
        shown, skipped = around(self.whole, 0, len(self.whole), index)
        return Finding(rule, self.path, spot, message, help, shown.replace("\n", " "), self.place, skipped=skipped)


class SetAside:
    """Sets the tags of a form aside: in the place of each, a processing instruction with its number is put."""

    def __init__(self, path: str, environment: Environment) -> None:
        self.path = path
        self.reader = Reader(environment, _nothing)
        self.hows: dict[Tag, str] = {}
        self.looks: dict[int, TagLook] = {}

    def story(self, tree: Any) -> list[Tag] | None:
        """Set the tags of a story aside; give them in order, None if there is nothing to set aside."""
        found: list[Tag] = []
        number = cut = 0
        refuse_fetching(tree, self.path)
        for paragraph in list(tree.iter(f"{W}p")):
            letters = [
                (one, _LETTERS.get(one.tag, one.text or ""))
                for one in paragraph.iter(f"{W}t", *_LETTERS)
                if one.getparent().tag == f"{W}r" and next(one.iterancestors(f"{W}p")) is paragraph
            ]
            whole = "".join(letter for _one, letter in letters)
            number += bool(whole.strip())
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
        for mark in list(tree.iter(etree.PI)):
            self._lay_out(mark, self.reader.tags[int(mark.text)])
        for tag in () if self.reader.findings else found:
            if tag.pair and tag.place is not tag.pair.place:
                opener = tag.pair.finding("DV804", "").place
                message = _("«{name}» không cùng đoạn, hàng hoặc ô với thẻ mở ở {place}", name=tag.kind, place=opener)
                self._misplaced(tag, message)
        return found if cut else None

    def marked(self, tree: Any) -> str:
        """Write a story's XML, without braces that Jinja would take for tags; a UsageError says that it is too large."""
        xml: str = etree.tostring(tree, encoding="unicode")
        if len(xml) > _LARGEST:
            raise UsageError(_("{path} quá lớn hoặc có quá nhiều thẻ để làm mẫu", path=self.path))
        return _BEFORE.sub(r'<w:t xml:space="preserve">\1', xml.replace("{", "&#123;").replace("}", "&#125;"))

    def _mark(self, tag: Tag) -> Any:
        """Make what stands for a tag."""
        self.reader.tags.append(tag)
        return etree.ProcessingInstruction("t", str(len(self.reader.tags) - 1))

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
            elif tag.drawn:
                self._refused(tag, _("biểu đồ, bảng chỉ dùng được trong mẫu .md.j2"))
        return tags, spans

    def _cut(self, paragraph: Any, letters: list[tuple[Any, str]], spans: list[tuple[int, int, Tag | None]]) -> None:
        """Give each tag a run of its own, with the character that stands for it."""
        end = 0
        for run, own in groupby(letters, key=lambda one: one[0].getparent()):
            cut: dict[Any, list[str | Tag]] = {}
            for node, letter in own:
                start, end = end, end + len(letter)
                here = [one for one in spans if one[0] < end and one[1] > start]
                if node.tag not in _LETTERS:
                    cut[node] = [tag or letter[max(first, start) - start : last - start]
                                 for first, last, tag in here if tag is None or first >= start]  # fmt: skip
                    continue
                for _start, _end, tag in here:
                    if tag:
                        self._refused(tag, _("thẻ bị ngắt dòng hoặc bị dấu Tab cắt đôi"), rule="DV801")
            if cut:
                self._split(paragraph, run, cut)

    def _split(self, paragraph: Any, run: Any, cut: Mapping[Any, list[str | Tag]]) -> None:
        look = run.find(f"{W}rPr")
        runs = [_begun(run, look)]
        for child in [child for child in run if child is not look]:
            for piece in cut.get(child, [child]):
                if isinstance(piece, Tag):
                    runs += (self._mark(piece), _begun(run, look))
                    self._looks_like(piece, paragraph, look)
                elif isinstance(piece, str):
                    letters = etree.SubElement(runs[-1], f"{W}t")
                    letters.text = piece
                    letters.set(SPACE, "preserve")
                else:
                    runs[-1].append(piece)
        for one in runs:
            if one.tag is etree.PI or any(child.tag != f"{W}rPr" for child in one):
                run.addprevious(one)
        run.getparent().remove(run)

    def _looks_like(self, tag: Tag, paragraph: Any, look: Any) -> None:
        """Keep how a tag stands in the form, for what comes in its place."""
        properties = paragraph.find(f"{W}pPr")
        if self.hows[tag] == "p" and properties is not None and properties.find(f"{W}sectPr") is not None:
            self._misplaced(tag, _("đoạn này giữ dấu ngắt phần (section break): đặt thẻ ở đoạn khác"))
        plain = _made("rPr", paragraph) if look is None else look
        highlighted = _with(plain, "highlight", "yellow")
        coloured = _with(plain, "color", nd30.PROPOSED_COLOUR)
        kept = _xml(properties) if self.hows[tag] == "p" else None
        self.looks[len(self.reader.tags) - 1] = TagLook(_xml(look), _xml(highlighted), _xml(coloured), kept)

    def _lay_out(self, mark: Any, tag: Tag) -> None:
        """Put a tag for a paragraph, row or cell in the place of that, which holds nothing else."""
        how = self.hows[tag]
        holder = mark if how == "r" else next(mark.iterancestors(f"{W}{how}"), None)
        if holder is None:
            self._misplaced(tag, _("thẻ {%tr … %}, {%tc … %} phải đứng trong bảng"))
        elif any(one is not mark and (one.text or "").strip() for one in holder.iter(f"{W}t", etree.PI)):
            place = {"p": _("đoạn"), "tr": _("hàng"), "tc": _("ô")}[how]
            message = _(
                "thẻ {{%{how} … %}} phải đứng một mình: những gì cùng {place} với nó bị bỏ đi", how=how, place=place
            )
            self._misplaced(tag, message)
        elif holder is not mark:
            holder.addprevious(mark)
            mark.tail = holder.tail
            holder.getparent().remove(holder)
        tag.place = mark.getparent()

    def _refused(self, tag: Tag, message: str, *, rule: str = "DV802") -> None:
        self.reader.findings.append(tag.finding(rule, message))

    def _misplaced(self, tag: Tag, message: str) -> None:
        self._refused(tag, message, rule="DV804")


def _nothing(name: str) -> NoReturn:
    raise LookupError(name)


def _made(name: str, like: Any) -> Any:
    """Make an element of Word's with the prefix that another has; the other namespaces of a form may be no names at all."""
    return etree.Element(f"{W}{name}", nsmap={short: whole for short, whole in like.nsmap.items() if whole == W[1:-1]})


def _with(look: Any, name: str, value: str) -> Any:
    """Give a run's properties with another one set, at the place that the format has for it."""
    made = deepcopy(look)
    for old in made.findall(f"{W}{name}"):
        made.remove(old)
    put(made, etree.Element(f"{W}{name}", {f"{W}val": value}))
    return made


def _begun(run: Any, look: Any) -> Any:
    """Begin a run that looks like another."""
    made = _made("r", run)
    if look is not None:
        made.append(deepcopy(look))
    return made


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


# Fields that must not be in a form ---------------------------------------------------------------------------------------


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
