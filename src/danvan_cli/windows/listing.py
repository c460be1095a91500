"""What became of the files that were dropped, as one page that opens: what was done, what is left for a person."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Final

from danvan_cli.cli import screen
from danvan_cli.errors import DanvanError
from danvan_cli.files import cache_folder, write
from danvan_cli.lang import _
from danvan_cli.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Listed:
    """What became of a file: what was made (to be opened from the page), what was said, what is left, whether it failed."""

    path: Path
    made: list[Path] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    """Where, and what: without a place it is about all of the file."""
    failed: bool = False


_LOOK: Final = """body{font:16px/1.5 "Segoe UI",Arial,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin:2rem 0 .3rem;overflow-wrap:anywhere}ul{margin:.3rem 0}
table{border-collapse:collapse;width:100%}tr:first-child{font-weight:600}td{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}
.ok{color:#1b6e2d}.left{color:#8a5300}.failed{color:#b00020}"""


def page(title: str, entries: Sequence[Listed]) -> str:
    """Write the page."""
    whole = [one for one in entries if not one.failed and not one.left]
    told = _("{count} mục: {whole} xong, {left} còn việc, {failed} không làm được", count=len(entries), whole=len(whole),
             left=sum(bool(one.left) and not one.failed for one in entries),
             failed=sum(one.failed for one in entries))  # fmt: skip
    parts = [
        f'<!doctype html>\n<html lang="vi"><meta charset="utf-8"><title>{_text(title)}</title><style>{_LOOK}</style>',
        f"<h1>{_text(title)}</h1><p>{_text(told)}</p>",
    ]
    for one in entries:
        kind = "failed" if one.failed else "left" if one.left else "ok"
        state = {"failed": _("không làm được"), "left": _("còn việc cho người làm"), "ok": _("xong")}[kind]
        parts.append(f'<h2>{_text(one.path.name)}: <span class="{kind}">{_text(state)}</span></h2>')
        parts += [f'<p><a href="{escape(made.as_uri())}">{_text(made.name)}</a></p>' for made in one.made]
        if one.done:
            parts.append(f"<ul>{''.join(f'<li>{_text(line)}</li>' for line in one.done)}</ul>")
        if one.left:
            placed = any(where for where, _what in one.left)
            cells = [[_("Ở đâu"), _("Còn phải xem")], *map(list, one.left)]
            rows = ["".join(f"<td>{_text(cell)}</td>" for cell in row[not placed :]) for row in cells]
            parts.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
    return "\n".join([*parts, "</html>\n"])


def show(name: str, title: str, entries: Sequence[Listed]) -> bool:
    """Write the page into the user's cache and open it; tell whether it was opened, and where it lies."""
    path = cache_folder() / f"{name}.html"
    try:
        write(path, page(title, entries).encode())
        opened = open_by_system(path)
    except DanvanError as error:
        screen.fail(error)
        return False
    screen.say(_("Danh sách những gì đã làm và còn lại: {path}", path=path))
    return opened


def open_by_system(path: Path) -> bool:
    """Have the system open a file or a folder; tell whether it does."""
    start = getattr(os, "startfile", None)  # Windows alone has it
    if start is None:
        return False
    try:
        start(path)
    except OSError:
        return False
    return True


def _text(value: str) -> str:
    return escape(clean(value))
