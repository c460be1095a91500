"""Which templates there are: the users' own in the workspace, else those that come with danvan."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes, shipped
from danvan_cli.findings.finding import Finding, Spot
from danvan_cli.lang import _, current
from danvan_cli.papers.catalogue import FORM_SUFFIX, SUFFIX, template_name
from danvan_cli.text import secret_mark
from danvan_cli.word.compiled import TemplateError
from danvan_cli.word.template import Template, compile_template, parse_template
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from danvan_cli.word.wordform import WordForm

_LIMIT: Final = 2**20
_FORM_LIMIT: Final = 16 * 2**20


def compiled_template(name: str, place: Path | None = None) -> Template | WordForm:
    """Compile a template by its name; the users' own goes before the one that is shipped, a Word form before both.

    `place` is the workspace's `templates/`, or one template file to use for this document.

    A UsageError tells that there is none of that name or that it cannot be read, a TemplateError that it is wrong.
    """
    if place is not None and place.is_file():
        return compiled_file(place, name)
    if place is not None and (own := place / f"{name}{FORM_SUFFIX}").exists():
        return opened_form(own)
    try:
        return compile_template(name, loader(place))
    except LookupError:
        raise UsageError(_("không có mẫu «{name}»", name=name)) from None


def compiled_file(path: Path, document: str) -> Template | WordForm:
    """Compile one template file, as `tried_as`; what it includes lies beside it or is shipped.

    A UsageError tells that it is no template file or cannot be read, a TemplateError that it is wrong.
    """
    if path.name.endswith(FORM_SUFFIX):
        return opened_form(path)
    if not path.name.endswith(SUFFIX):
        help_ = _("mẫu là tệp .md.j2, hoặc tệp Word .docx có thẻ {{ }}")
        raise UsageError(_("{path} không phải tệp mẫu", path=shown(path)), help=help_)
    return compile_template(tried_as(path, document), loader(path.parent))


def tried_as(path: Path, document: str) -> str:
    """Name the template that a file is tried as: a part is tried inside the document that includes it."""
    name = template_name(path.name)
    return document if name in parts_of(document, path.parent) else name


def opened_form(path: Path) -> WordForm:
    """Compile a Word form; a UsageError: it cannot be read or bears a mark of secrecy; a TemplateError: it is wrong."""
    return _form(path, shown(path), current(), _stamp(path))


@lru_cache(maxsize=16)
def _form(path: Path, name: str, _language: str, _state: object) -> WordForm:
    from danvan_cli.ooxml.parts import read_parts
    from danvan_cli.ooxml.words import every_text, refuse_marked
    from danvan_cli.word.wordform import compile_form

    data = read_bytes(path, limit=_FORM_LIMIT)
    refuse_marked(every_text(read_parts(data, name), name), name)
    return compile_form(data, name)


def parts_of(document: str, folder: Path | None = None) -> list[str]:
    """List the parts that a document's template includes, those that parts include too."""
    used: list[str] = []
    load = loader(folder)

    def told(name: str) -> tuple[str, str]:
        used.append(name)
        return load(name)

    with suppress(TemplateError, LookupError):
        parse_template(document, told)
    return [name for name in dict.fromkeys(used) if name != document]


def loader(folder: Path | None) -> Callable[[str], tuple[str, str]]:
    """Give what finds a template's text and path by its name: in a folder, else among those that are shipped.

    What it gives raises a LookupError if there is none of that name.
    """
    places = [place for place in (folder, shipped("templates")) if place is not None]

    def load(name: str) -> tuple[str, str]:
        for place in places:
            path = place / f"{name}{SUFFIX}"
            if "/" not in name and "\\" not in name and path.exists():
                return _text(path, shown(path), _stamp(path)), shown(path)
        raise LookupError(name)

    return load


def _stamp(path: Path) -> object:
    """Tell which state of a file is kept as it was read; None: it cannot be told."""
    with suppress(OSError):
        stat = path.stat()
        return stat.st_dev, stat.st_ino, stat.st_mtime_ns, stat.st_size
    return None


@lru_cache(maxsize=128)
def _text(path: Path, name: str, _state: object) -> str:
    """Read a template's text, without a mark of secrecy."""
    data = read_bytes(path, limit=_LIMIT)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        spot = Spot(data[: error.start].count(b"\n") + 1, 1)
        raise TemplateError(name, [Finding("DV101", name, spot, _("mẫu không phải UTF-8"))]) from None
    if secret_mark(text):
        from danvan_cli.ooxml.words import refuse_marked

        refuse_marked([text], name)
    return text
