"""The shape of a receipt."""

from datetime import date as day
from typing import Literal

from models import Shape


class SignedBy(Shape):
    found: Literal[
        "valid",
        "then",
        "expired",
        "unknown",
        "unrooted",
        "unfit",
        "filled",
        "changed",
        "partial",
        "broken",
        "gone",
        "unread",
        "unchecked",
    ]
    signer: str | None = None
    organisation: str | None = None
    when: str | None = None
    stamped: bool = False
    more: str | None = None


class ReceivedFile(Shape):
    name: str
    title: str | None = None
    sha256: str
    size: int
    signatures: list[SignedBy] = []


class Receipt(Shape):
    format: Literal["danvan-receipt/1"]
    plan: str
    unit: str
    deliverable: str
    number: str | None = None
    received: day
    symbol: str | None = None
    issued: day | None = None
    sha256: str
    files: list[ReceivedFile]
    revision: str | None = None
    notes: list[str] = []
