"""Footnotes of the issued plan: put into its Word document behind the words that they stood behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from lxml import etree  # type: ignore[import-untyped]

from danvan_cli.ooxml.docx import SPACE, W, parse
from danvan_cli.ooxml.parts import read_parts
from danvan_cli.text import squeeze
from danvan_cli.word.package import CUSTOM, Rendered, escape, marked_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.plan.head import Kept

_DOCUMENT: Final = "word/document.xml"
_RAISED: Final = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
_NOTE: Final = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/><w:jc w:val="both"/></w:pPr>{}</w:p>'
_SIZE: Final = '<w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>'
_OPEN: Final = "http://schemas.openxmlformats.org"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def with_notes(made: Rendered, notes: Sequence[Kept]) -> Rendered:
    """Put notes into a document: each behind the words that it says, else behind the last paragraph.

    Args:
        made: the document.
        notes: in the order in which the text refers to them.
    """
    parts = read_parts(made.data)
    tree = parse(_DOCUMENT, parts[_DOCUMENT], _DOCUMENT)
    paragraphs = [(one, "".join(one.itertext(f"{W}t"))) for one in tree.iter(f"{W}p")]
    paragraphs = [(one, said) for one, said in paragraphs if said.strip()]
    told, at = [], 0
    for number, note in enumerate(notes, start=1):
        behind = note.behind or ""
        found = next((i for i in range(at, len(paragraphs)) if behind and behind in squeeze(paragraphs[i][1])), None)
        at = at if found is None else found
        _refer(paragraphs[-1 if found is None else found][0], behind if found is not None else "", number)
        run = f'<w:r>{_RAISED}<w:footnoteRef/></w:r><w:r>{_SIZE}<w:t xml:space="preserve"> {escape(note.text)}</w:t></w:r>'
        told.append(f'<w:footnote w:id="{number}">{_NOTE.format(run)}</w:footnote>')
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{id_}">{_NOTE.format(f"<w:r><w:{kind}/></w:r>")}</w:footnote>'
        for id_, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    parts[_DOCUMENT] = _xml(tree)
    parts["word/footnotes.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes xmlns:w="{W[1:-1]}">{lines}{"".join(told)}</w:footnotes>'
    ).encode()
    _join(parts, "[Content_Types].xml", f'<Override PartName="/word/footnotes.xml" ContentType="{_TYPE}"/>')
    relation = f"{_OPEN}/officeDocument/2006/relationships/footnotes"
    _join(
        parts, "word/_rels/document.xml.rels", f'<Relationship Id="rIdNotes" Type="{relation}" Target="footnotes.xml"/>'
    )
    parts.pop(CUSTOM, None)
    return Rendered(marked_parts(parts), made.blanks)


def _refer(paragraph: Any, behind: str, number: int) -> None:
    """Put a reference behind words of a paragraph, at its end where they do not end a run or stand in one."""
    reference = etree.fromstring(f'<w:r xmlns:w="{W[1:-1]}">{_RAISED}<w:footnoteReference w:id="{number}"/></w:r>')
    for run in paragraph.iter(f"{W}r"):
        (text,) = [*run.iter(f"{W}t")] or [None]
        said = text.text or "" if text is not None else ""
        if behind and (start := said.find(behind)) >= 0:
            end = start + len(behind)
            run.addnext(reference)
            if said[end:]:
                rest = etree.fromstring(etree.tostring(run, with_tail=False))
                (left,) = rest.iter(f"{W}t")
                text.text, left.text = said[:end], said[end:]
                for one in (text, left):
                    one.set(SPACE, "preserve")
                reference.addnext(rest)
            return
    paragraph.append(reference)


def _join(parts: dict[str, bytes], name: str, what: str) -> None:
    """Put an element at the end of a part."""
    head, end, tail = parts[name].rpartition(b"</")
    parts[name] = head + what.encode() + end + tail


def _xml(tree: Any) -> bytes:
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))
