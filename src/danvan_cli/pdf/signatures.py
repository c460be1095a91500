"""Digital signatures of PDF files: what can be said of each, and never more than was looked at.

They are looked at by pyhanko, the extra `danvan[sign]`, in a process of its own (`pdf/signed`), against the roots that the
user gives and nothing else; nothing is fetched, so nothing is known of certificates that were revoked.
"""

from __future__ import annotations

import re
from datetime import datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.files import read_bytes
from danvan_cli.lang import _
from danvan_cli.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from danvan_cli.pdf.worker import Worker

_SIGNED: Final = re.compile(rb"/ByteRange\s*\[\s*[0-9]")
"""A range of bytes that is signed (ISO 32000-1, 12.8.1)."""
_MOST_BYTES: Final = 1 << 30
_LONGEST: Final = 200
"""Letters of a name in a certificate that are kept."""

FOUND: Final = {
    "valid": "hợp lệ, chưa kiểm tra thu hồi",
    "then": "hợp lệ vào lúc ghi ở dấu thời gian, nay chứng thư đã hết hạn; chưa kiểm tra thu hồi",
    "expired": "còn nguyên từ khi ký, nhưng chứng thư của người ký không trong hạn; chưa kết luận được",
    "unknown": "còn nguyên từ khi ký; chứng thư không thuộc gốc nào đã khai, chưa biết có thật là người ấy ký",
    "unrooted": "còn nguyên từ khi ký; chưa khai chứng thư gốc nên chưa biết có thật là người ấy ký",
    "unfit": "còn nguyên từ khi ký; chứng thư hoặc cách ký không đáng tin, chưa biết có thật là người ấy ký",
    "filled": "phần đã ký còn nguyên; sau khi ký có người điền thêm vào ô của tệp",
    "changed": "TỆP ĐÃ BỊ SỬA SAU KHI KÝ",
    "partial": "CHỮ KÝ KHÔNG BAO HẾT TỆP",
    "broken": "CHỮ KÝ KHÔNG KHỚP: tệp không còn như lúc ký",
    "gone": "có dấu vết chữ ký số nhưng ô chữ ký không còn trong tệp",
    "unread": "không kiểm tra được chữ ký số",
    "unchecked": "có chữ ký số, chưa kiểm tra",
}
"""What was found of a signature, in words; what is in capitals stands against the file."""
AGAINST: Final = frozenset({"changed", "partial", "broken", "gone"})
"""What makes a file one that its signer did not sign as it is."""


class FoundSignature(NamedTuple):
    """What was found of a signature, and what the signer's certificate and the signature say of themselves."""

    found: str
    signer: str = ""
    organisation: str = ""
    when: str = ""
    """When it was made, in ISO's form; empty where it does not say so."""
    stamped: bool = False
    """Whether a trusted time stamp says so, and not the signer's own clock."""
    more: str = ""
    """What belongs to what was found: a day, the fields that were filled."""
    named: tuple[str, ...] = ()
    """The names in the certificate, of the signer first, of the body above last."""
    provinces: tuple[str, ...] = ()

    @property
    def who(self) -> str:
        """Name the signer, and the organisation where that is another name."""
        other = self.organisation and self.organisation.casefold() != self.signer.casefold()
        return f"{self.signer} ({self.organisation})" if self.signer and other else self.signer or self.organisation


def can_check() -> bool:
    """Tell whether the extra is installed."""
    return find_spec("pyhanko") is not None


def signature_said(one: FoundSignature) -> str:
    """Say on the screen what was found of a signature."""
    parts = [_("chữ ký số của {who}", who=one.who)] if one.who else []
    if one.when:
        when = datetime.fromisoformat(one.when).strftime("%H:%M %d/%m/%Y")
        parts.append(_("dấu thời gian {when}", when=when) if one.stamped else _("ghi là ký lúc {when}", when=when))
    told = _(FOUND[one.found]) + (f" ({one.more})" if one.more else "")
    return f"{', '.join(parts)}: {told}" if parts else told


def signatures_in(path: Path, worker: Worker, roots: Sequence[str], moment: str) -> tuple[FoundSignature, ...]:
    """Say what can be said of each signature of a file, having a worker look at them; none where it has none."""
    if not _SIGNED.search(read_bytes(path, limit=_MOST_BYTES)):
        return ()
    if not can_check():
        return (FoundSignature("unchecked"),)
    answer = worker.ask(path.name, [str(path), roots, moment])
    found = tuple(FoundSignature(**{key: _plain(value) for key, value in one.items()}) for one in answer or ())
    return found or (FoundSignature("unread" if answer is None else "gone"),)


def _plain(value: Any) -> Any:
    """Make what a stranger has written fit to show and to keep."""
    if isinstance(value, list):
        return tuple(map(_plain, value))
    return " ".join(clean(value)[:_LONGEST].split()) if isinstance(value, str) else value
