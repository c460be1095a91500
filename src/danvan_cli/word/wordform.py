"""A province's own Word form: a .docx with Jinja tags, filled without letting the form do anything else.

The form is a file from anybody. Its tags are set aside paragraph by paragraph and laid out as docxtpl would ({%p, {%tr,
{%tc), which only mends what they leave of tables; what they say goes through the allow-list of `.md.j2` templates and
reaches plain data only. A tag and the one that closes it stand at the same place of the tree, so that every outcome is well-formed.
Imported only where such a form is used: docxtpl is slow to import.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import pass_context

from danvan_cli.findings.finding import in_order
from danvan_cli.ooxml.docx import parse
from danvan_cli.word import naming, package, syntax, values
from danvan_cli.word.blank import Blank, Pieces, Proposed
from danvan_cli.word.compiled import Compiled, Rendering, TagLook, TemplateError, Writer, compiled, each
from danvan_cli.word.form_file import guarded, mended_part, stories, with_mark
from danvan_cli.word.form_tags import PLACED, Draft

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
    draft = Draft(path, _environment())
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


def _story(name: str, path: str, xml: str, draft: Draft, tags: list[Tag]) -> _Story:
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
