"""What documents' files are called."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from danvan_cli.text import fold

if TYPE_CHECKING:
    from danvan_cli.plan.model import Deliverable

_LONGEST = 48  # letters of a topic in a file's name
_NAMES = {"plan": "ke-hoach-trien-khai", "self-score": "bang-tu-cham-diem"}


def file_name(deliverable: Deliverable, topic: str | None = None) -> str:
    """Name a document's file: `ke-hoach-trien-khai.docx`, `bao-cao-6m.docx`, `bao-cao-chuyen-de-<topic>.docx`."""
    if deliverable.kind in _NAMES:
        return f"{_NAMES[deliverable.kind]}.docx"
    words = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in fold(topic or "")).split())
    if topic and not 0 < len(words) <= _LONGEST:  # cut, it could be another topic's name too
        words = f"{words[:_LONGEST]}-{sha256(topic.encode()).hexdigest()[:8]}".lstrip("-")
    return f"bao-cao-{deliverable.id}{f'-{words}' if words else ''}.docx"
