"""A province's own Word form: a .docx with Jinja tags, filled without letting the form do anything else.

The form is a file from anybody. Its tags are set aside paragraph by paragraph before docxtpl sees the text, which then
only lays them out ({%p, {%tr, {%tc); what they say goes through the allow-list of `.md.j2` templates and reaches plain
data only. A tag and the one that closes it stand at the same place of the tree, so that every outcome is well-formed.
Imported only where such a form is used: docxtpl is slow to import.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, NoReturn

import jinja2

from danvan_cli.findings.finding import Finding, in_order
from danvan_cli.lang import _
from danvan_cli.ooxml.docx import parse
from danvan_cli.word import naming, package, syntax, values
from danvan_cli.word.form_file import guarded, mended, stories, with_mark
from danvan_cli.word.form_tags import PLACED, Draft
from danvan_cli.word.form_values import Filling, Look, environment
from danvan_cli.word.template import (
    FAILURES,
    MAX_OUTPUT,
    Parsed,
    Rendered,
    State,
    TemplateError,
    count_turns,
    line_of,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from danvan_cli.word.shape import Shape
    from danvan_cli.word.source import Tag

_PIECES: Final = 200  # that are written before the output is measured again


@dataclass(frozen=True, eq=False)
class _Story:
    """A part of the form, compiled: the text, a header, a footer, notes, the properties."""

    name: str
    parsed: Parsed
    jinja: jinja2.Template
    columns: bool
    """Whether cells are repeated, which changes the columns of tables."""


@dataclass(frozen=True, eq=False)
class WordForm:
    """A compiled form."""

    path: str
    _parts: Mapping[str, bytes]
    _stories: tuple[_Story, ...]
    _looks: dict[int, Look]

    def render(self, context: Mapping[str, object]) -> Rendered:
        """Fill the form.

        Args:
            context: plain dicts, lists, text, numbers, dates, None and `Blank` only; nothing else is reached.

        Raises:
            TemplateError: for a name that the context lacks, or a value that does not fit its place; with the
                paragraph.
        """
        filling = Filling(self._looks)
        whole = {**context, "_state": State(), "_filling": filling}
        parts = dict(self._parts)
        size = 0
        for story in self._stories:
            xml = self._filled(story, whole, size)
            size += len(xml)
            parts[story.name] = mended(xml, columns=story.columns)
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
            self._failed(story, error, *told(error, {*context, *story.parsed.names}))
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
    parts = guarded(data, path)
    draft = Draft(path)
    sources: dict[str, tuple[str, list[Tag]]] = {}
    for name in stories(parts, path):
        tree = parse(name, parts[name], path)
        tags = draft.properties(tree) if name == package.CORE else draft.story(tree)
        if tags is not None:
            xml = draft.marked(tree)
            sources[name] = (xml if name == package.CORE else draft.laid_out(xml, tags), tags)
    if draft.reader.findings:
        raise TemplateError(path, in_order(draft.reader.findings))
    compiled = [_compiled(name, path, xml, draft, tags) for name, (xml, tags) in sources.items()]
    kept = with_mark({name: part for name, part in parts.items() if name != package.CUSTOM}, path)
    return WordForm(path, kept, tuple(compiled), draft.looks)


def _compiled(name: str, path: str, xml: str, draft: Draft, tags: list[Tag]) -> _Story:
    """Put the tags back, each in a line of its own, and compile."""
    out: list[str] = []
    places: list[tuple[int, Tag]] = []
    line = 1
    for at, piece in enumerate(PLACED.split(xml)):
        if at % 2 == 0:
            out.append(piece)
        else:
            tag = draft.tags[int(piece)]
            places.append((line + 1, tag))
            how = "_text" if name == package.CORE else f"_filled({piece})"
            output = f"{{{{\n({tag.code}) | {how} }}}}"
            out.append(output if tag.kind == "output" else f"{{%\n{tag.kind} {tag.code} %}}")
        line += out[-1].count("\n")
    made = environment()
    tree = made.parse("".join(out))
    names = count_turns(tree, made)
    code = made.compile(tree, filename=f"<{name}>")
    jinja = made.template_class.from_code(made, code, made.globals)
    columns = any(how == "tc" for tag, how in draft.hows.items() if tag in tags)
    return _Story(name, Parsed(path, tree, places, names), jinja, columns)
