"""Small templates of the tests' own, compiled and rendered; further texts are parts that they can include."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest

from danvan_cli.word.compiled import TemplateError
from danvan_cli.word.template import compile_template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document

    from danvan_cli.findings.finding import Finding
    from danvan_cli.word.package import Rendered


def render(source: str, data: Mapping[str, object] | None = None, **parts: str) -> Rendered:
    """Render a template's text with data."""
    named = {"mau": source, **parts}
    return compile_template("mau", lambda name: (named[name], f"templates/{name}.md.j2")).render(data or {})


def word(source: str, data: Mapping[str, object] | None = None, **parts: str) -> Document:
    """Render, and open the document with python-docx."""
    return docx.Document(io.BytesIO(render(source, data, **parts).data))


def texts(source: str, data: Mapping[str, object] | None = None, **parts: str) -> list[tuple[str, str]]:
    """Render, and give style id and text of each paragraph of the body that says anything."""
    return [(one.style.style_id, one.text) for one in word(source, data, **parts).paragraphs if one.text]


def wrong(source: str, data: Mapping[str, object] | None = None, **parts: str) -> list[Finding]:
    """Give the findings of a template that cannot be used."""
    with pytest.raises(TemplateError) as caught:
        render(source, data, **parts)
    return caught.value.findings
