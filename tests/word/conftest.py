"""Small templates of the tests' own, compiled and rendered."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import docx
import pytest

from danvan_cli.word.compiled import TemplateError
from danvan_cli.word.template import compile_template

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docx.document import Document

    from danvan_cli.findings.finding import Finding


@pytest.fixture
def render() -> Callable[..., Any]:
    """Render a template's text with data; further texts are parts it can include."""

    def run(source: str, data: Mapping[str, object] | None = None, **parts: str) -> Any:
        texts = {"mau": source, **parts}
        return compile_template("mau", lambda name: (texts[name], f"templates/{name}.md.j2")).render(data or {})

    return run


@pytest.fixture
def word(render: Callable[..., Any]) -> Callable[..., Document]:
    """Render, and open the document with python-docx."""

    def run(source: str, data: Mapping[str, object] | None = None, **parts: str) -> Document:
        return docx.Document(io.BytesIO(render(source, data, **parts).data))

    return run


@pytest.fixture
def texts(word: Callable[..., Document]) -> Callable[..., list[tuple[str, str]]]:
    """Render, and give style id and text of each paragraph of the body that says anything."""

    def run(source: str, data: Mapping[str, object] | None = None, **parts: str) -> list[tuple[str, str]]:
        document = word(source, data, **parts)
        return [(p.style.style_id, p.text) for p in document.paragraphs if p.text]

    return run


@pytest.fixture
def wrong(render: Callable[..., Any]) -> Callable[..., list[Finding]]:
    """Give the findings of a template that cannot be used."""

    def run(source: str, data: Mapping[str, object] | None = None, **parts: str) -> list[Finding]:
        with pytest.raises(TemplateError) as caught:
            render(source, data, **parts)
        return caught.value.findings

    return run
