"""Footnotes of the issued plan: put into its Word document behind the words that they stood behind."""

from __future__ import annotations

from bisect import bisect_right
from copy import deepcopy
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, Final

from lxml import etree  # type: ignore[import-untyped]

from danvan_cli.ooxml.docx import SPACE, R, W, parse
from danvan_cli.ooxml.parts import read_parts
from danvan_cli.text import squeeze
from danvan_cli.word.package import CONTENT_TYPES, CUSTOM, DOCUMENT, RELATIONS, XML, Rendered, escape, marked_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.plan.head import Kept

_RAISED: Final = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
_NOTE: Final = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/><w:jc w:val="both"/></w:pPr>{}</w:p>'
_SIZE: Final = '<w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>'
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def with_notes(made: Rendered, notes: Sequence[Kept]) -> Rendered:
    """Put notes, in their order, into a document: each behind the words that it says, else behind the last paragraph."""
    parts = read_parts(made.data)
    tree = parse(DOCUMENT, parts[DOCUMENT], DOCUMENT)
    paragraphs = [(one, squeeze("".join(one.itertext(f"{W}t")))) for one in tree.iter(f"{W}p")]
    paragraphs = [(one, said) for one, said in paragraphs if said]
    whole = "\n".join(said for _one, said in paragraphs)
    ends = [*accumulate(len(said) + 1 for _one, said in paragraphs)]
    told, at = [], 0
    left: dict[Any, Any] = {}
    for number, note in enumerate(notes, start=1):
        behind = note.behind or ""
        found = whole.find(behind, at) if behind else -1
        at = at if found < 0 else found + len(behind)
        paragraph = paragraphs[-1 if found < 0 else bisect_right(ends, found)][0]
        left[paragraph] = _refer(paragraph, left.get(paragraph), behind if found >= 0 else "", number)
        run = f'<w:r>{_RAISED}<w:footnoteRef/></w:r><w:r>{_SIZE}<w:t xml:space="preserve"> {escape(note.text)}</w:t></w:r>'
        told.append(f'<w:footnote w:id="{number}">{_NOTE.format(run)}</w:footnote>')
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{id_}">{_NOTE.format(f"<w:r><w:{kind}/></w:r>")}</w:footnote>'
        for id_, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    parts[DOCUMENT] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    footnotes = f'{XML}<w:footnotes xmlns:w="{W[1:-1]}">{lines}{"".join(told)}</w:footnotes>'
    parts["word/footnotes.xml"] = footnotes.encode()
    _join(parts, CONTENT_TYPES, f'<Override PartName="/word/footnotes.xml" ContentType="{_TYPE}"/>')
    relation = f'<Relationship Id="rIdNotes" Type="{R[1:-1]}/footnotes" Target="footnotes.xml"/>'
    _join(parts, RELATIONS, relation)
    parts.pop(CUSTOM, None)
    return Rendered(marked_parts(parts), made.blanks)


def _refer(paragraph: Any, after: Any | None, behind: str, number: int) -> Any:
    """Put a reference behind words of a paragraph from a run on, at its end if no run has them; give what follows it."""
    reference = etree.fromstring(f'<w:r xmlns:w="{W[1:-1]}">{_RAISED}<w:footnoteReference w:id="{number}"/></w:r>')
    runs = paragraph.iterchildren(f"{W}r") if after is None else chain([after], after.itersiblings(f"{W}r"))
    for run in runs if behind else ():
        text = next(run.iter(f"{W}t"), None)
        if text is not None and (start := (text.text or "").find(behind)) >= 0:
            said, end = text.text, start + len(behind)
            run.addnext(reference)
            if not said[end:]:
                return reference
            rest = deepcopy(run)
            text.text, next(rest.iter(f"{W}t")).text = said[:end], said[end:]
            for one in (run, rest):
                next(one.iter(f"{W}t")).set(SPACE, "preserve")
            reference.addnext(rest)
            return rest
    paragraph.append(reference)
    return reference


def _join(parts: dict[str, bytes], name: str, what: str) -> None:
    """Put an element at the end of a part."""
    head, end, tail = parts[name].rpartition(b"</")
    parts[name] = head + what.encode() + end + tail
