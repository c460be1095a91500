"""What is put in the place of a Word form's tags: runs and paragraphs that look like the tag did."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import pass_context

from danvan_cli import text
from danvan_cli.word import package, syntax, values
from danvan_cli.word.blank import Blank, Pieces, Proposed
from danvan_cli.word.compiled import each

if TYPE_CHECKING:
    from jinja2.runtime import Context

    from danvan_cli.word.compiled import Rendering, TagLook


@cache
def environment() -> syntax.Environment:
    """Give what compiles forms: the allow-list of templates, and the filters that write into a form."""
    made = syntax.Environment()
    made.filters |= {"_each": each, "_filled": _filled, "_text": _text}
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


def _text(value: object) -> str:
    """Write a value into a property of the document."""
    return package.escape(text.squeeze("".join(values.pieces(value))))
