"""Scans, pictures, files of other offices: filed as they came, for a person to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from danvan_cli.inbox.kind import Kind

if TYPE_CHECKING:
    from danvan_cli.inbox.model import Peek

BEGINS: Final = {
    ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff",
    ".png": b"\x89PNG", ".tif": b"", ".tiff": b"", ".odt": b"PK", ".ods": b"PK",
}  # fmt: skip
"""How each begins."""


class Other(Kind):
    """A file that cannot be read."""

    name = "other"
    last = True

    def fits(self, peek: Peek) -> bool:
        """Tell one by its ending and how it begins."""
        return peek.suffix in BEGINS and peek.head.startswith(BEGINS[peek.suffix])


KIND = Other()
