"""Tries a template before anybody relies on it: its names, its parts, a document of made-up data and its form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from danvan_cli.documents import library, naming
from danvan_cli.documents.names import NAMES, PARTS
from danvan_cli.documents.shape import sample, sparse
from danvan_cli.documents.template import TemplateError, parse_template
from danvan_cli.errors import UsageError
from danvan_cli.findings import Finding, Spot, in_order
from danvan_cli.lang import _
from danvan_cli.text import nearest
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from danvan_cli.documents.shape import Shape

_NEEDED: Final = {"letterhead", "subject", "signature", "recipients"}


def named(path: Path) -> str:
    """Give a template file's own name: `bao-cao` of `bao-cao.md.j2` and `bao-cao.docx`."""
    return path.name.removesuffix(library.SUFFIX).removesuffix(library.FORM)


def documents_of(path: Path, kind: str | None = None) -> list[str]:
    """Tell which documents a template file is for: its own, or all those that use it as a part.

    Args:
        path: the file.
        kind: the document, where its name does not tell.

    Raises:
        UsageError: if nothing tells.
    """
    name = kind or named(path)
    if name in NAMES:
        return [name]
    if name in PARTS:
        return [one for one in NAMES if name in library.parts_of(one, path.parent)]
    near = nearest(name, NAMES)
    known = _("có phải «{name}»?", name=near[0]) if near else _("có: {names}", names=", ".join(NAMES))
    raise UsageError(
        _("không biết {path} là mẫu của văn bản nào", path=shown(path)),
        help=_("đặt tên tệp theo văn bản, hoặc thêm --for; {known}", known=known),
    )


def check_names(path: Path) -> list[Finding]:
    """Compile a template file and, where its name tells what it is for, check its names; nothing is rendered.

    Raises:
        UsageError: if it cannot be read.
    """
    if named(path) in NAMES or named(path) in PARTS:
        return in_order(finding for document in documents_of(path) for finding in misnamed(path, document))
    try:
        library.opened(path, named(path))
    except TemplateError as error:
        return error.findings
    return []


def misnamed(path: Path, document: str) -> list[Finding]:
    """Compile a template file and find the names that its document's data does not have.

    Raises:
        UsageError: if it cannot be read.
    """
    shape = NAMES[document]
    try:
        if path.name.endswith(library.FORM):
            return library.form(path).misnamed(shape)
        own = document if named(path) in PARTS else named(path)
        parsed = parse_template(own, library.loader(path.parent))
    except TemplateError as error:
        return error.findings
    return [
        parsed.tag(one.node.lineno).finding("DV803", one.message, word=one.name, help=one.help)
        for one in naming.misnamed(parsed.tree, shape)
    ]


def check(path: Path, kind: str | None = None) -> list[Finding]:
    """Try a template file: names, parts, documents of full and of sparse data, their form.

    Raises:
        UsageError: if it cannot be read, or nobody can tell what it is for.
    """
    found: list[Finding] = []
    for document in documents_of(path, kind):
        wrong = misnamed(path, document)
        found += wrong or [*_missing(path), *_tried(path, document, NAMES[document])]
    return in_order(found)


def _missing(path: Path) -> Iterator[Finding]:
    """Find what a template's front matter lacks; parts and Word forms have none."""
    name = named(path)
    if path.name.endswith(library.FORM) or name in PARTS:
        return
    keys = parse_template(name, library.loader(path.parent)).keys
    for key in sorted(_NEEDED - keys):
        message = _("phần đầu mẫu không khai «{key}»", key=key)
        yield Finding("DV808", shown(path), Spot(1, 1), message, _('thêm dòng: {key}: "…"', key=key))


def _tried(path: Path, document: str, shape: Shape) -> Iterator[Finding]:
    """Make documents of made-up data, and judge their form."""
    from danvan_cli.documents.checking.judge import judge

    template = library.opened(path, document)
    for context, which in ((sample(shape), _("dữ liệu đủ")), (sparse(shape), _("dữ liệu thiếu"))):
        try:
            rendered = template.render(context)
        except TemplateError as error:
            for one in error.findings:
                yield one
            return
        for one in judge(rendered.data, shown(path)):
            if one.severity == "error":
                message = _("làm thử với {which}: {place}: {rule} {message}", which=which, place=one.place, rule=one.rule,
                            message=one.message)  # fmt: skip
                yield Finding("DV807", shown(path), Spot(1, 1), message, one.help)
