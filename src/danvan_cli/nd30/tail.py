"""The end of a document: nơi nhận, who signs and with what authority, what follows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from danvan_cli.nd30 import words
from danvan_cli.nd30.lines import cut, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.nd30.lines import Line
    from danvan_cli.ooxml.layout import Paragraph

_LONG: Final = 160
_KEPT: Final = re.compile(r"[-–]?\s*Lưu\b", re.IGNORECASE)


def tail_start(paragraphs: Sequence[Paragraph], start: int) -> int:
    """Find where nơi nhận and the signature begin: with the first of their lines after the last words of the body."""
    first = end = len(paragraphs)
    for at in range(end - 1, start - 1, -1):
        one = paragraphs[at]
        lines = cut(one, tabs=True)
        if words.END.search(one.text.strip()) or _of_body(one) or (one.cell is not None and _wide(paragraphs, at)):
            break
        if any(words.COPIES.match(line.text) for line in lines) or any(words.signs(line) for line in lines):
            first = at
        elif len(one.text) > _LONG and one.cell is None:
            break
    while first > start and (cell := paragraphs[first].cell if first < end else None) is not None:
        before = paragraphs[first - 1].cell
        if before is None or before.table != cell.table:
            break
        first -= 1
    return first


def _wide(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Whether a cell belongs to a table of data: one of more columns than people sign side by side."""
    cell = paragraphs[at].cell
    return cell is not None and cell.bordered and cell.column > 3


def _of_body(paragraph: Paragraph) -> bool:
    """Whether a paragraph can only belong to the body: neither nơi nhận nor a signature begins so."""
    text = whole(paragraph).text
    return paragraph.cell is None and not paragraph.box and any(stop.match(text) for stop in words.STOPS)


def tail(paragraphs: Sequence[Paragraph]) -> list[tuple[str, Line]]:
    """Name the lines of nơi nhận and signatures."""
    out: list[tuple[str, Line]] = []
    copies = kept = signed = False
    column: int | None = None
    for line in (line for paragraph in paragraphs for line in cut(paragraph, tabs=True)):
        text, last = line.text, out[-1][0] if out else ""
        if words.COPIES.match(text):
            name, copies, kept, column = "NoiNhan", True, False, _column(line)
        elif copies and line.side != "right" and _column(line) == column and not (signed and line.side == "" and words.is_name(text)) and (
            text.startswith(("-", "–", "+", "*")) or (line.side == "left" and last.startswith("NoiNhan"))
            or (last in {"NoiNhanDong", "NoiNhanTiep"} and not kept and not words.signs(line) and not line.upper)
        ):  # fmt: skip
            name = "NoiNhanDong" if text.startswith(("-", "–", "+", "*")) else _beside(out, kept=kept)
            kept = kept or _KEPT.match(text) is not None
        elif signed and line.upper and _opens_cell(out, line) and not words.aside(text) and len(text) < _LONG:
            name = "ChucVu"
        elif words.signs(line) and (not signed or (line.upper and not _taken(out, line))):
            name, signed = "ChucVu", True
        elif signed and words.is_name(text) and not words.signing_words(text):
            name = "HoTen" if last in {"ChucVu", "Cuoi"} or line.side or not line.upper else "Cuoi"
        elif signed and line.upper and not words.aside(text) and last == "ChucVu":
            name = "ChucVu"
        else:
            name = "Cuoi"
        out.append((name, line))
    return out


def _column(line: Line) -> int | None:
    cell = line.paragraph.cell
    return cell.column if cell is not None else None


def _opens_cell(out: list[tuple[str, Line]], line: Line) -> bool:
    """Whether a line is the first one of a cell beside others."""
    cell, before = line.paragraph.cell, out[-1][1].paragraph.cell
    return cell is not None and before is not None and cell.row == before.row and cell.column != before.column


def _beside(out: list[tuple[str, Line]], *, kept: bool) -> str:
    """Name a line without a dash among the recipients: the rest of the one before it, or the drafter's sign."""
    if kept:
        return "NguoiSoan"
    name, before = next(((n, line) for n, line in reversed(out) if n.startswith("NoiNhan")), ("", None))
    ended = before is None or name == "NoiNhan" or before.text.endswith((";", "."))
    return "NoiNhanDong" if ended else "NoiNhanTiep"


def _taken(out: list[tuple[str, Line]], line: Line) -> bool:
    """Whether a name in capitals was already taken for this place."""
    return bool(out) and out[-1][0] == "HoTen" and words.is_name(line.text) and not words.signing_words(line.text)
