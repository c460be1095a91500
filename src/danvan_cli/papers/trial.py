"""Tries a template before anybody relies on it: its names, its parts, a document of made-up data and its form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from danvan_cli.findings.finding import Finding, Spot, in_order
from danvan_cli.findings.rule import rule
from danvan_cli.lang import _
from danvan_cli.papers import library
from danvan_cli.papers.catalogue import FORM_SUFFIX, paper_kinds, template_name
from danvan_cli.text import perhaps
from danvan_cli.word import naming
from danvan_cli.word.compiled import TemplateError
from danvan_cli.word.shape import sample, shape_of, sparse
from danvan_cli.word.template import parse_template
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


_NEEDED: Final = {"letterhead", "subject", "signature", "recipients"}


def tried_template(path: Path, kind: str | None = None, *, names_only: bool = False) -> list[Finding]:
    """Try a template file: names, parts, documents of full and of sparse data, their form; or `names_only`.

    It is tried in the document `kind`, else in the one that it is called as, else in all that include it.
    """
    name = kind or template_name(path.name)
    using = (one for one in paper_kinds() if name in library.parts_of(one, path.parent))
    documents = [name] if name in paper_kinds() else list(using)
    found = [] if documents else _unused(path)
    for document in documents:
        wrong = _misnamed(path, document)
        found += wrong if wrong or names_only else [*_missing(path, document), *_tried(path, document)]
    return in_order(found)


@rule(
    "DV809", "Mẫu không văn bản nào dùng", "warning",
    "Tên tệp phải là tên của một mẫu, hoặc được một mẫu gọi bằng {% include %}; sai tên thì mẫu đi kèm vẫn được dùng.",
    wrong="templates/bao-caoo.md.j2", right="templates/bao-cao.md.j2",
)  # fmt: skip
def _unused(path: Path) -> list[Finding]:
    """Say that no document uses a template, besides what else is wrong with it."""
    try:
        library.compiled_file(path, template_name(path.name))
    except TemplateError as error:
        return error.findings
    known = perhaps(template_name(path.name), paper_kinds()) or _("xem các mẫu: danvan templates list")
    return [Finding("DV809", shown(path), Spot(1, 1), _("không văn bản nào dùng mẫu này"), known)]


def _misnamed(path: Path, document: str) -> list[Finding]:
    """Compile a template file and find the names that its document's data does not have."""
    shape = shape_of(paper_kinds()[document])
    try:
        if path.name.endswith(FORM_SUFFIX):
            return library.opened_form(path).misnamed(shape)
        parsed = parse_template(library.tried_as(path, document), library.loader(path.parent))
    except TemplateError as error:
        return error.findings
    return naming.misnamed(parsed, shape)


@rule(
    "DV808", "Mẫu thiếu phần thể thức", "warning",
    "Phần đầu mẫu khai phần đầu văn bản, tên loại hoặc trích yếu, chữ ký, nơi nhận; thiếu thì văn bản không có các phần đó.",
    wrong="mẫu không có signature", right='signature: "{{ signature }}"',
    source="Nghị định 30/2020/NĐ-CP, Phụ lục III",
)  # fmt: skip
def _missing(path: Path, document: str) -> Iterator[Finding]:
    """Find what a template's front matter lacks; parts and Word forms have none."""
    name = template_name(path.name)
    if (
        path.name.endswith(FORM_SUFFIX)
        or not paper_kinds()[document].official
        or name != library.tried_as(path, document)
    ):
        return
    for key in sorted(_NEEDED - parse_template(name, library.loader(path.parent)).keys):
        message = _("phần đầu mẫu không khai «{key}»", key=key)
        yield Finding("DV808", shown(path), Spot(1, 1), message, _('thêm dòng: {key}: "…"', key=key))


@rule(
    "DV807", "Văn bản làm thử từ mẫu chưa đúng thể thức", "error",
    "Mẫu được làm thử với dữ liệu giả định, đủ và thiếu; văn bản làm ra phải qua được danvan format-check.",
    wrong="type: Kế hoạch", right="type: KẾ HOẠCH", source="Nghị định 30/2020/NĐ-CP",
)  # fmt: skip
def _tried(path: Path, document: str) -> Iterator[Finding]:
    """Make documents of made-up data, and judge their form."""
    from danvan_cli.nd30.judge import remarks, understood

    shape = shape_of(paper_kinds()[document])
    try:
        template = library.compiled_file(path, document)
    except TemplateError as error:  # of another part that the document includes
        yield from error.findings
        return
    for context, data in ((sample(shape), _("dữ liệu đủ")), (sparse(shape), _("dữ liệu thiếu"))):
        which = _("làm thử {document} với {data}", document=document, data=data)
        try:
            rendered = template.render(context)
        except TemplateError as error:
            yield from (replace(one, message=f"{which}: {one.message}") for one in error.findings)
            continue
        if not paper_kinds()[document].official:
            continue
        _word, parts = understood(rendered.data, shown(path))
        if all(part.first("QuocHieu") is None for part in parts.parts):
            message = _("{which}: văn bản không có phần đầu và chữ ký", which=which)
            yield Finding("DV807", shown(path), Spot(1, 1), message)
        for one in remarks(parts, shown(path)):
            if one.severity == "error":
                message = f"{which}: {one.place}: {one.rule} {one.message}"
                yield Finding("DV807", shown(path), Spot(1, 1), message, one.help)
