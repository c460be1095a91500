"""Electronic documents as agencies exchange them (`.edxml`, QCVN 102:2016/BTTTT): what the envelope says, and what is in it.

Elements are found by their names alone: programs write them with a prefix, without, and under more than one namespace.
"""

from __future__ import annotations

import io
import re
import zipfile
from base64 import b64decode
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from danvan_cli.delivery.bag import MAX_BAG_TOTAL, MAX_FILES
from danvan_cli.files import read_bytes
from danvan_cli.ooxml.parts import MAX_TAGS, unpacked
from danvan_cli.plan.calendar import VIETNAM
from danvan_cli.plan.citations import date_of
from danvan_cli.text import clean, secret_mark
from danvan_cli.unit.evidence import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

_ZIPS: Final = (".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods")
_DAY: Final = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_SYMBOL: Final = re.compile(r"\d{1,5}[A-Za-z]?/\S+")
_LONGEST: Final = 500


class Envelope(NamedTuple):
    """What an envelope says of the document in it; empty is what it does not say."""

    organ: str = ""
    """The sender's code."""
    sender: str = ""
    symbol: str | None = None
    issued: date | None = None
    subject: str = ""
    due: date | None = None
    sent: float | None = None
    """When it was sent, in seconds of the epoch."""


def opened_envelope(path: Path) -> tuple[Envelope, list[tuple[str, bytes]]]:
    """Read an envelope and take out what is in it.

    Raises:
        ValueError: if it is none, is broken or too large, or bears a mark of secrecy.
    """
    data = read_bytes(path, limit=MOST_BYTES)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or data.count(b"<") > MAX_TAGS:
        raise ValueError(path.name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        tree = etree.fromstring(data, parser)
    except etree.LxmlError as error:
        raise ValueError(path.name) from error
    if etree.QName(tree).localname.lower() not in {"edxml", "edxmlenvelope"}:
        raise ValueError(path.name)
    head = next(tree.iter("{*}MessageHeader"), None)
    if head is None or secret_mark("\n".join(text for text in head.itertext() if text)):
        raise ValueError(path.name)
    return _said(tree, head), list(_files(tree))


def _said(tree: Any, head: Any) -> Envelope:
    number, notation = _text(head, "Code", "CodeNumber"), _text(head, "Code", "CodeNotation").lstrip("/")
    whole = next((one for one in (notation, number) if _SYMBOL.fullmatch(one)), f"{number}/{notation}")
    times = [when for one in tree.iter("{*}Timestamp") if (when := _moment(str(one.text or "")))]
    return Envelope(
        organ=_text(head, "From", "OrganId"),
        sender=_text(head, "From", "OrganName"),
        symbol=whole if _SYMBOL.fullmatch(whole) else None,
        issued=_day(_text(head, "PromulgationInfo", "PromulgationDate")),
        subject=_text(head, "Subject"),
        due=_day(_text(head, "DueDate")),
        sent=max(times, default=None),
    )


def _files(tree: Any) -> Iterator[tuple[str, bytes]]:
    """Give each attachment by the name that it or the manifest has for it."""
    names = {
        _text(one, "ContentId").removeprefix("cid:"): _text(one, "AttachmentName") for one in tree.iter("{*}Reference")
    }
    total = 0
    for count, one in enumerate(tree.iter("{*}Attachment"), start=1):
        listed = names.get(_text(one, "ContentId").removeprefix("cid:"), "")
        name = _text(one, "AttachmentName") or _text(one, "FileName") or listed
        body = next((found for key in ("ContentTransferEncoded", "Content") for found in one.iter(f"{{*}}{key}")), None)
        if body is None or not body.text:
            continue
        data = b64decode("".join(str(body.text).split()))
        total += len(data)
        if count > MAX_FILES or total > MAX_BAG_TOTAL:
            raise ValueError(name)
        yield name or f"tep-{count}", _unzipped(name, data)


def _unzipped(name: str, data: bytes) -> bytes:
    """Unpack what was packed for the way alone: a single file whose name is that of no archive."""
    if not data.startswith(b"PK") or name.lower().endswith(_ZIPS):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        entries = zipped.infolist()
        return unpacked(zipped, entries[0]) if len(entries) == 1 and entries[0].file_size <= MOST_BYTES else data


def _text(tree: Any, *names: str) -> str:
    """Give the text of an element, by its name and those of what holds it; programs write N/A for nothing."""
    said = str(tree.findtext("/".join(f"{{*}}{name}" for name in names), ""))
    text = " ".join(clean(said)[:_LONGEST].split())
    return "" if text.upper() == "N/A" else text


def _day(text: str) -> date | None:
    if found := _DAY.search(text):
        return date_of(*found.group(1, 2, 3))
    other = _DAY_FIRST.search(text)
    return date_of(*other.group(3, 2, 1)) if other else None


def _moment(text: str) -> float | None:
    with suppress(ValueError, OverflowError):
        when = datetime.fromisoformat(text.strip().replace("/", "-"))
        return (when if when.tzinfo else when.replace(tzinfo=VIETNAM)).timestamp()
    return None
