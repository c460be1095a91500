"""Text with blanks in it: what a person must still write."""

from __future__ import annotations

from typing import Self

from danvan_cli import text


class Blank(str):
    """What a person must still write, shown as `[… what is missing …]`."""

    __slots__ = ()

    def __new__(cls, missing: str) -> Self:
        """Take what is missing, in a few words."""
        return super().__new__(cls, f"[… {text.squeeze(text.clean(missing))} …]")


class Pieces(tuple[str, ...]):
    """Text put together from several pieces, some of them blanks."""

    __slots__ = ()


PaperText = str | Pieces
