"""What a file was taken for, in words: `Quyết định, kèm Quy chế (trang 3–9)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.lang import _
from danvan_cli.nd30.codes import TYPES

if TYPE_CHECKING:
    from danvan_cli.nd30.components import Components, Part


def recognised(found: Components) -> str:
    """Say what a file holds: its first text, then the others with where they stand."""
    if not found.parts:
        return _("không có chữ")
    first, *others = found.parts
    said = _first(first)
    for part in others:
        kind = _name(part)
        said += _("; {kind} ({where})", kind=kind, where=_where(part)) if part.sort == "document" else _(
            ", kèm {kind} ({where})", kind=kind, where=_where(part)
        )  # fmt: skip
    return said


def _first(part: Part) -> str:
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


def _name(part: Part) -> str:
    """Name a part: its type as the decree does, else as it calls itself."""
    if part.kind == "CV" and part.sort == "document":
        return _("Công văn")
    own = part.name.rstrip(" .:")
    if part.sort in {"document", "form"} and part.kind in TYPES and len(own) > 40:
        own = TYPES[part.kind]
    own = own if len(own) <= 60 else f"{own[:60].rsplit(' ', 1)[0]}…"
    return (
        own.capitalize()
        if own and own == own.upper() and part.sort != "annex"
        else own or _("văn bản không có tên loại")
    )


def _where(part: Part) -> str:
    """Tell where a part stands: its pages where the file says them, else its paragraphs."""
    pages = [line.paragraph.page for _name, line in part.lines if line.paragraph.page]
    if not pages:
        return _("đoạn {first}–{last}", first=part.first_paragraph, last=part.last_paragraph)
    first, last = min(pages), max(pages)
    return _("trang {first}–{last}", first=first, last=last) if first < last else _("trang {first}", first=first)
