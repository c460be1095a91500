"""What `danvan signatures` does: looks at the digital signatures of PDF files, against the roots that the user trusts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import UsageError
from danvan_cli.files import inside, read_bytes
from danvan_cli.lang import _
from danvan_cli.pdf.text import PdfReader
from danvan_cli.plan import calendar
from danvan_cli.rules.levels import roots_of
from danvan_cli.unit.evidence import MOST_BYTES
from danvan_cli.workspace import Workspace, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from danvan_cli.pdf.signatures import FoundSignature

_ENDINGS: Final = frozenset({".crt", ".cer", ".pem", ".der"})
_BEGINS: Final = (b"\x30\x82", b"\x30\x83")
"""How a certificate in DER's form begins."""
_MOST: Final = 2**20


def trusted(root: Path | None, given: Sequence[Path]) -> list[Path]:
    """List the certificates that are trusted: those that the user names (or folders of them), else the workspace's."""
    named = given or (roots_of(root) if root else ())
    found: list[Path] = []
    for one in named:
        if inside(one).is_dir():
            found += sorted(path for path in one.iterdir() if path.suffix.lower() in _ENDINGS)
        else:
            found.append(one)
    for one in found:
        data = read_bytes(one, limit=_MOST)
        if not data.startswith(_BEGINS) and b"-----BEGIN CERTIFICATE-----" not in data:
            raise UsageError(
                _("{path} không phải chứng thư", path=shown(one)),
                help=_("chứng thư gốc là tệp .crt, .cer, .pem, .der, lấy từ tổ chức cấp chứng thư"),
            )
    if named and not found:
        raise UsageError(_("không có chứng thư nào ở {path}", path=", ".join(map(shown, named))))
    return found


def looked(files: Iterable[Path], given: Sequence[Path]) -> Iterator[tuple[Path, tuple[FoundSignature, ...]]]:
    """Look at the signatures of PDF files, one after another; `given` as for `trusted`."""
    workspace = Workspace.holding(Path())
    with PdfReader(trusted(workspace.root if workspace else None, given), calendar.now()) as reader:
        for path in files:
            if b"%PDF-" not in read_bytes(path, limit=MOST_BYTES)[:1024]:
                raise UsageError(_("{path} không phải tệp PDF", path=shown(path)))
            yield path, reader.signatures(path)
