"""DV904 in files that a unit takes in: marks of state secrecy, in the name and in what can be read inside."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes
from danvan_cli.lang import _
from danvan_cli.text import clean, secret_mark

if TYPE_CHECKING:
    from pathlib import Path

PLAIN: Final = {".txt", ".md", ".csv", ".yaml", ".yml", ".html", ".htm"}
PACKED: Final = {".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"}

# A paragraph, heading, string, line break or row ends a line; other tags stand within words.
_TAG = re.compile(r"<(/?)(?:\w++:)?(\w++)[^<>]*+>")
_ENDS: Final = {"p", "h", "si", "is", "br", "row", "c"}


def refuse_secret_text(name: str, value: str | None) -> str | None:
    """Take a text from the command line, cleaned.

    Raises:
        UsageError: if it bears a mark of secrecy; it is not repeated.
    """
    if value is None:
        return None
    value = clean(value)
    if secret_mark(value):
        raise UsageError(
            _("{name} mang dấu chỉ độ mật: danvan không ghi nội dung mật", name=name),
            help=_("báo cáo theo đường riêng của tài liệu mật"),
        )
    return value


def refuse_secret_file(path: Path) -> None:
    """Look for marks of secrecy in a file's name, and in its text where that can be read: not in PDF or pictures.

    Raises:
        UsageError: if it bears one, or a Word or Excel file cannot be looked into.
    """
    name = clean(path.stem).replace("_", " ").replace("-", " ")
    if secret_mark(clean(path.name)) or secret_mark(name) or _bears_mark(path):
        raise UsageError(
            _("tệp này mang dấu chỉ độ mật: không chép vào đây"), help=_("báo cáo theo đường riêng của tài liệu mật")
        )


def _bears_mark(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix in PLAIN:
        return secret_mark(_decoded(read_bytes(path)))
    if suffix in PACKED:
        from danvan_cli.ooxml.parts import read_parts

        parts = read_parts(read_bytes(path), path)
        return any(secret_mark(_text(data)) for name, data in parts.items() if name.endswith(".xml"))
    return False


def _text(data: bytes) -> str:
    """Give the text of an XML part, a paragraph or cell a line."""
    text = _TAG.sub(lambda tag: "\n" if tag[2] in _ENDS else "", data.decode("utf-8", errors="replace"))
    return clean(html.unescape(text))


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    return clean(data.decode(encoding, errors="replace"))
