"""Text with parts that are marked: what a person must still write, what is proposed to be kept or struck."""

from __future__ import annotations

from typing import Self

from danvan_cli import text


class Marked(str):
    """Text in a look of its own, which no data can give itself."""

    __slots__ = ()


class Proposed(Marked):
    """What is proposed, and a person keeps or strikes."""

    __slots__ = ()


class Blank(Marked):
    """What a person must still write, shown as `[… what is missing …]`."""

    __slots__ = ()

    def __new__(cls, missing: str) -> Self:
        """Take what is missing, in a few words."""
        return super().__new__(cls, f"[… {text.squeeze(text.clean(missing))} …]")


class Pieces(tuple[str, ...]):
    """Text put together from several pieces, some of them marked."""

    __slots__ = ()


PaperText = str | Pieces
