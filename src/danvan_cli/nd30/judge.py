"""Judges one Word document: every rule is asked once; says what it was taken for: `Quyết định, kèm Quy chế (trang 3–9)`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from danvan_cli.findings.rule import ask_rules
from danvan_cli.lang import _
from danvan_cli.nd30 import content, form, page, wording  # noqa: F401 - they declare rules
from danvan_cli.nd30.codes import TYPES
from danvan_cli.nd30.components import Components, find_components
from danvan_cli.ooxml.docx import read_word, uncollected
from danvan_cli.ooxml.layout import lay_out
from danvan_cli.ooxml.words import every_text, refuse_marked
from danvan_cli.text import secret_mark

if TYPE_CHECKING:
    from danvan_cli.findings.finding import Finding
    from danvan_cli.nd30.components import FormPart
    from danvan_cli.ooxml.docx import Word


def _names_all(line: str) -> bool:
    """Whether a line names several degrees of secrecy: it speaks of marks, or is a form to tick, and bears none."""
    said = line.casefold()
    return "tuyệt mật" in said and "tối mật" in said


def judge(data: bytes, path: str) -> list[Finding]:
    """Judge a Word document, called `path` by its user, by nd30's table; raises as `understood`."""
    _word, found = understood(data, path)
    return remarks(found, path)


@uncollected()
def understood(data: bytes, path: str) -> tuple[Word, Components]:
    """Read a Word document and find its components; a UsageError: it cannot be read, or bears a mark of secrecy."""
    word = read_word(data, path)
    marked = (text for text in every_text(word.parts, path) if secret_mark(text))
    refuse_marked((line for text in marked for line in text.split("\n") if not _names_all(line)), path)
    return word, find_components(lay_out(word))


def _milder(one: Finding) -> Finding:
    """Say what is wrong in a form, an annex or another text that stands alone as a warning at most: it may follow rules of its own."""
    return replace(one, level="warning" if one.severity == "error" else one.level, sure=False)


@uncollected()
def remarks(found: Components, path: str) -> list[Finding]:
    """Ask every rule about a file whose components are known: some of the whole file, some of each of its parts."""
    if not any(part.judged for part in found.parts):
        return []
    asked = [found, *(part for part in found.parts if part.judged)]
    made = [replace(one, path=path) for thing in asked for one in ask_rules(thing)]
    if not any(part.sort in {"document", "issued"} for part in found.parts):
        made = [_milder(one) for one in made]
    return sorted(dict.fromkeys(made), key=lambda one: (one.spot, one.rule, one.message))


# What a file was taken for -------------------------------------------------------------------------------------------


def recognised(found: Components) -> str:
    """Say what a file holds: its first text, then the others with where they stand."""
    if not found.parts:
        return _("không có chữ nên không xét được gì")
    first, *others = found.parts
    said = _first(first)
    for part in others:
        kind = _name(part)
        said += _("; {kind} ({where})", kind=kind, where=_where(part)) if part.sort == "document" else _(
            ", kèm {kind} ({where})", kind=kind, where=_where(part)
        )  # fmt: skip
    return said


def _first(part: FormPart) -> str:
    match part.sort:
        case "law":
            return _(
                "{name}: văn bản quy phạm pháp luật, không thuộc Nghị định 30/2020/NĐ-CP, không xét", name=_name(part)
            )
        case "own":
            return _("văn bản của tổ chức Đảng, Đoàn: có thể thức riêng, không xét")
        case "form":
            return _("{name}: biểu mẫu, giấy tờ riêng", name=_name(part))
        case "issued":
            return _("{name} kèm theo văn bản khác", name=_name(part))
        case "attached":
            return _("văn bản đi kèm, không có phần đầu và chữ ký")
        case _:
            return _name(part)


def _name(part: FormPart) -> str:
    """Name a part: its type as the decree does, else as it calls itself."""
    if part.kind == "CV" and part.sort == "document":
        return _("Công văn")
    own = part.name.rstrip(" .:")
    if part.sort in {"document", "form"} and part.kind in TYPES and len(own) > 40:
        own = TYPES[part.kind]
    own = own if len(own) <= 60 else f"{own[:60].rsplit(' ', 1)[0]}…"
    if own and own == own.upper() and part.sort != "annex":
        return own.capitalize()
    return own or _("văn bản không có tên loại")


def _where(part: FormPart) -> str:
    """Tell where a part stands: its pages where the file says them, else its paragraphs."""
    pages = [line.paragraph.page for _name, line in part.lines if line.paragraph.page]
    if not pages:
        return _("đoạn {first}–{last}", first=part.first_paragraph, last=part.last_paragraph)
    first, last = min(pages), max(pages)
    return _("trang {first}–{last}", first=first, last=last) if first < last else _("trang {first}", first=first)
