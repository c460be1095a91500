"""What is known of a file that came: what it is, what a person says of it, what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.errors import UsageError
from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from danvan_cli.delivery.model import Receipt
    from danvan_cli.inbox.tables import ReadTable
    from danvan_cli.ooxml.layout import Words
    from danvan_cli.pdf.signatures import FoundSignature
    from danvan_cli.plan.model import Plan


class Peek(NamedTuple):
    """The first look at a file: where it is, its ending, how it begins, and the names in it where it is a zip."""

    path: Path
    suffix: str
    head: bytes
    names: frozenset[str] | None = None


LACKS: Final = {
    "scan": "là bản chụp, không có chữ để đọc",
    "fonts": "chữ trong tệp không đọc được: phông không kèm bảng mã",
    "old": "tệp .doc, .xls đời cũ: cài LibreOffice để đọc được, hoặc lưu lại thành .docx, .xlsx",
    "unread": "tệp .doc, .xls đời cũ: LibreOffice không đọc được; lưu lại thành .docx, .xlsx",
}
"""Why a file has no text, in words."""


def secret(path: Path) -> UsageError:
    """Refuse a file that bears a mark of secrecy; the mark is not repeated."""
    return UsageError(
        _("{path}: mang dấu chỉ độ mật: không nhận, không chép", path=path.name),
        help=_("nhận theo đường riêng của tài liệu mật"),
    )


def refuse_other_plan(path: str, named: object, plan: Plan) -> None:
    """Stop with a UsageError where a file was made for another plan."""
    if named != plan.id:
        raise UsageError(
            _("{path} theo kế hoạch «{other}», ở đây là «{id}»", path=path, other=str(named)[:40], id=plan.id),
            help=_("chọn đúng kế hoạch bằng --plan"),
        )


class Contents(NamedTuple):
    """What was read of a file: its text as far as it can be read, its title, its parsed form, its digital signatures."""

    text: str = ""
    title: str = ""
    parsed: Any = None
    signatures: tuple[FoundSignature, ...] = ()
    lacks: str = ""
    """Why there is no text, where that is known: a key of `LACKS`."""


@dataclass(frozen=True)
class Look:
    """A file that was looked at: what it is, its size in bytes, its digest, what was read of it.

    A package has no digest yet: its files are digested while it is unpacked.
    """

    path: Path
    kind: str
    sha256: str
    size: int
    contents: Contents = field(default_factory=Contents)


class ReportWords(NamedTuple):
    """What a report says: which part of it that is (in the proposal's name), its words, its tables."""

    part: str
    said: Iterable[Words] = ()
    tables: Iterable[ReadTable] = ()


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
    wrong: UsageError | None = None
    """What is wrong with its row in the tracking list: no more is known of it then."""


@dataclass
class Outcome:
    """What became of a file: `filed`, `known` (it was there already), `misfiled` (it is, elsewhere), `unclear`, `refused`."""

    paths: list[Path]
    state: str
    said: Said = field(default_factory=Said)
    folder: Path | None = None
    receipt: Receipt | None = None
    reason: str = ""
    help: str | None = None
    notes: list[str] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    by: tuple[str, ...] = ()
    """What told whose and what it is: `said`, `list`, `package`, `workbook`, `file`, `head`, `symbol`, `signature`, `folder`,
    `name`, `title`."""
    resumed: bool = False
    """Whether it was there already, but what follows had been interrupted and was done now."""
    misread: bool = False
    """Whether it was refused since its row of the tracking list cannot be read."""
