"""What the tests of the commands read out of Word documents and folders."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import TYPE_CHECKING

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from danvan_cli.ooxml.docx import W, read_word

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document

_USED = {"Normal Table", "Table Grid"}
_UNREAD = ("/stylesWithEffects", "/customXml", "/thumbnail")


def blank() -> Document:
    """Begin a document as python-docx does, but without styles for Word 2010 only, and without the 100 looks of tables.

    Nothing here uses them, nor lists of styles that are not there, a picture of its first page, data of bibliographies:
    together nine tenths of what is written, packed and read of a document.
    """
    return docx.Document(io.BytesIO(_blank()))


@cache
def _blank() -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for rels in (document.part.rels, document.part.package.rels):
        for name in [name for name, one in rels.items() if one.reltype.endswith(_UNREAD)]:
            del rels[name]
    for style in [one for one in document.styles if one.type == WD_STYLE_TYPE.TABLE and one.name not in _USED]:
        style.delete()
    document.styles.element.remove(document.styles.element.latentStyles)
    document.save(out)
    return out.getvalue()


def texts(path: Path) -> list[str]:
    """Give the text of every paragraph, those in tables too, in order; line breaks as line ends."""
    body = docx.Document(str(path)).element.body
    return [
        "".join(
            {qn("w:t"): piece.text or "", qn("w:br"): "\n", qn("w:tab"): "\t"}.get(piece.tag, "")
            for piece in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
        )
        for paragraph in body.iter(qn("w:p"))
    ]


def highlighted(path: Path) -> list[str]:
    """Give the text of every run in a character style with a yellow ground."""
    document = docx.Document(str(path))
    styles = {
        style.style_id
        for style in document.styles
        if any(ground.get(qn("w:fill")) == "FFFF00" for ground in style.element.iter(qn("w:shd")))
    }
    return [
        "".join(piece.text or "" for piece in run.iter(qn("w:t")))
        for run in document.element.body.iter(qn("w:r"))
        if any(style.get(qn("w:val")) in styles for style in run.iter(qn("w:rStyle")))
    ]


def proposed(path: Path) -> list[str]:
    """Give the text of every run in the style of what is only proposed."""
    runs = docx.Document(str(path)).element.body.iter(qn("w:r"))
    return [
        "".join(piece.text or "" for piece in run.iter(qn("w:t")))
        for run in runs
        if any(style.get(qn("w:val")) == "DeXuat" for style in run.iter(qn("w:rStyle")))
    ]


def edit(path: Path) -> bytes:
    """Change a document as a person does, and give its bytes."""
    document = docx.Document(str(path))
    document.paragraphs[0].add_run("sửa tay")
    document.save(str(path))
    return path.read_bytes()


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Give every file below a folder with its time of change and its bytes."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def text_of(path: Path) -> str:
    """Give all text in one line: that of every paragraph, those in tables too."""
    word = read_word(path.read_bytes(), path.name)
    return " ".join("".join(t.text or "" for t in one.iter(f"{W}t")) for one in word.document.iter(f"{W}p"))


def rezipped(data: bytes, **changes: bytes) -> bytes:
    """Zip a document's parts again, some of them changed (`word_document_xml` stands for `word/document.xml`)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            changed = changes.get(name.replace("/", "_").replace(".", "_"), old.read(name))
            if changed != b"-":
                new.writestr(name, changed)
    return out.getvalue()
