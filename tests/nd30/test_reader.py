"""Files from anybody: refused with a clear message, never followed, never crashed on."""

from __future__ import annotations

import io
import random
import zipfile
from functools import cache
from typing import TYPE_CHECKING

import corpus
import pytest
from lxml import etree

from danvan_cli.errors import UsageError
from danvan_cli.nd30.judge import judge
from danvan_cli.nd30.mending import mend
from shares import some

if TYPE_CHECKING:
    from collections.abc import Callable

MAIN = "word/document.xml"
WORDS = ("", "abc", "-5", "1e309", "nan", "99999999999", "0", "\u0661", "12pt", "²", "a" * 300)


@cache
def good() -> bytes:
    return corpus.write(corpus.good("BC"))


def changed(**parts: Callable[[bytes], bytes] | bytes) -> bytes:
    """Give the good document with parts changed or added; `__` stands for a dot, `_of_` for a slash."""
    with zipfile.ZipFile(io.BytesIO(good())) as zipped:
        names = {name: zipped.read(name) for name in zipped.namelist()}
    for key, change in parts.items():
        name = key.replace("_of_", "/").replace("__", ".")
        name = "[Content_Types].xml" if name == "types" else name
        names[name] = change(names[name]) if callable(change) else change
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in names.items():
            zipped.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: b"", "hỏng"),
        (lambda: b"Kinh gui", "hỏng"),
        (lambda: good()[:2000], "hỏng"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "mật khẩu"),
        (lambda: changed(word_of_document__xml=b"<w:document"), "phần word/document.xml bị hỏng"),
        (lambda: changed(word_of_document__xml=b"<html/>"), "không phải văn bản Word"),
        (lambda: changed(word_of_document__xml=lambda xml: b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml.partition(b"?>")[2]), "bị hỏng"),
        (lambda: changed(word_of_vbaProject__bin=b"x"), "macro"),
        (lambda: changed(types=lambda xml: xml.replace(b"document.main+xml", b"document.macroEnabled.main+xml")), "macro"),
        (lambda: changed(word_of_document__xml=lambda _xml: b" " * (65 * 2**20)), "bung ra lớn"),
        (
            lambda: changed(word_of_document__xml=lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b"<w:ins>" * 3000)
                    .replace(b"</w:body>", b"</w:ins>" * 3000 + b"</w:body>")),
            "bị hỏng",
        ),
    ],
)  # fmt: skip
def test_what_is_no_word_document_is_refused_with_its_reason(made: Callable[[], bytes], said: str) -> None:
    data = made()
    with pytest.raises(UsageError, match=said):
        judge(data, "a.docx")


def test_a_workbook_is_no_word_document() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("[Content_Types].xml", "<Types/>")
        zipped.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(UsageError, match="không phải văn bản Word"):
        judge(out.getvalue(), "a.xlsx")


def test_text_that_is_embedded_as_another_file_is_refused() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    line = f'<Relationship Id="rIdX" Type="{kind}" Target="chunk.html"/></Relationships>'.encode()
    with pytest.raises(UsageError, match="nhúng"):
        judge(
            changed(word_of__rels_of_document__xml__rels=lambda xml: xml.replace(b"</Relationships>", line)), "a.docx"
        )


def test_what_lies_outside_the_file_is_not_looked_at() -> None:
    line = (
        b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" '
        b'Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    data = changed(word_of__rels_of_document__xml__rels=lambda xml: xml.replace(b"</Relationships>", line))
    assert judge(data, "a.docx") == []


def test_the_strict_form_is_read_as_the_usual_one() -> None:
    def strict(xml: bytes) -> bytes:
        return xml.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )

    data = changed(word_of_document__xml=strict, word_of_styles__xml=strict)
    assert judge(data, "a.docx") == []
    with pytest.raises(UsageError, match="Strict"):
        mend(data, "a.docx")


@pytest.mark.parametrize("seed", some(range(60)))
def test_nonsense_inside_a_document_breaks_nothing(seed: int) -> None:
    chance = random.Random(seed)
    kind, technique, means = (chance.choice(one) for one in (corpus.KINDS, corpus.TECHNIQUES, corpus.MEANS))
    with zipfile.ZipFile(io.BytesIO(corpus.write(corpus.good(kind), technique, means))) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    for name in [name for name in parts if name.startswith("word/") and name.endswith(".xml")]:
        tree = etree.fromstring(parts[name])
        elements = list(tree.iter())
        for _ in range(chance.randint(0, 12)):
            element = chance.choice(elements)
            match chance.randrange(3):
                case 0 if element.attrib:
                    element.set(chance.choice(list(element.attrib)), chance.choice(WORDS))
                case 1 if element.getparent() is not None:
                    element.getparent().remove(element)
                case _:
                    element.text = chance.choice((*WORDS, "ngày 5 tháng 3 năm", "./.", "I. "))
        parts[name] = etree.tostring(tree)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, data in parts.items():
            zipped.writestr(name, data)
    try:
        mended = mend(out.getvalue(), "a.docx")
    except UsageError:
        return
    assert mend(mended.data, "a.docx").data == mended.data
