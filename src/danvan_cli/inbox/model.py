"""What is known of a file that came: what it is, what a person says of it, what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from danvan_cli.delivery.model import Receipt
    from danvan_cli.pdf.signatures import Signature


class Peek(NamedTuple):
    """The first look at a file: where it is, its ending, how it begins, and the names in it where it is a zip."""

    path: Path
    suffix: str
    head: bytes
    names: frozenset[str] | None = None


class Contents(NamedTuple):
    """What was read of a file: its text as far as it can be read, its title, its parsed form, its digital signatures."""

    text: str = ""
    title: str = ""
    parsed: Any = None
    signatures: tuple[Signature, ...] = ()
    lacks: str = ""
    """Why there is no text, where that is known: `scan`, `fonts`."""


_UNREAD: Final = Contents()


@dataclass(frozen=True)
class Look:
    """A file that was looked at: what it is, its size in bytes, its digest, what was read of it.

    A package has no digest yet: its files are digested while it is unpacked.
    """

    path: Path
    kind: str
    sha256: str
    size: int
    contents: Contents = _UNREAD


class Said(NamedTuple):
    """What a person says of what came; None is not said."""

    unit: str | None = None
    deliverable: str | None = None
    symbol: str | None = None
    issued: date | None = None
    number: str | None = None
    received: date | None = None
    file: str | None = None
    """The file's name in the tracking list."""
    id: str | None = None
    """What it is filed as, where an intake book says so."""


_UNSAID: Final = Said()


@dataclass
class Outcome:
    """What became of a file: `filed`, `known` (it was there already), `unclear`, `refused`."""

    paths: list[Path]
    state: str
    said: Said = _UNSAID
    folder: Path | None = None
    receipt: Receipt | None = None
    reason: str = ""
    help: str | None = None
    notes: list[str] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    by: tuple[str, ...] = ()
    """What told whose and what it is: `said`, `list`, `package`, `workbook`, `head`, `symbol`, `signature`,
    `folder`, `name`, `title`."""
    resumed: bool = False
    """Whether it was there already, but what follows had been interrupted and was done now."""
