"""What `danvan format-check` does: judges a Word document of anybody's, or mends a copy of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes
from danvan_cli.findings.rule import FORM_CODE, catalogue
from danvan_cli.lang import _
from danvan_cli.nd30.judge import recognised, remarks, understood
from danvan_cli.nd30.mending import MENDED_FORM, mend
from danvan_cli.ooxml.docx import of_word_97
from danvan_cli.pdf.printing import of_today
from danvan_cli.word.save import save
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.findings.finding import Finding
    from danvan_cli.nd30.mending import Mending


@dataclass(frozen=True)
class Checked:
    """A document that was looked at: what it was taken for, what was found in it.

    Of a mended one `found` is what is left to find; besides what was changed, what stays and why, the older copy.
    """

    path: str
    taken_for: str
    found: list[Finding]
    changes: list[Mending] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    done: int = 0
    backup: Path | None = None


def rules_of(typed: str) -> frozenset[str]:
    """Read codes of rules, each in full or its beginning: `ND1,ND305`; all where nothing is typed."""
    every = {code for code in catalogue() if code.startswith(FORM_CODE)}
    if not typed.strip():
        return frozenset(every)
    out = set[str]()
    for one in filter(None, (part.strip().upper() for part in typed.replace(";", ",").split(","))):
        some = {code for code in every if len(one) > len(FORM_CODE) and code.startswith(one)}
        if not some:
            raise UsageError(
                _("không có quy tắc thể thức nào là {code}", code=one),
                help=_("ghi mã đủ hoặc phần đầu của mã, cách nhau bằng dấu phẩy: --only ND1,ND305"),
            )
        out |= some
    return frozenset(out)


def asked_for(found: list[Finding], *, sure: bool, notes: bool) -> list[Finding]:
    """Leave out what is not asked for: notes, and what is only likely."""
    return [one for one in found if (notes or one.severity != "note") and (one.sure or not sure)]


def _opened(path: Path) -> bytes:
    """Read a document; one of Word 97 by way of LibreOffice."""
    data = read_bytes(path)
    return of_today(data, shown(path)) if of_word_97(data) else data


def judged(path: Path, only: frozenset[str]) -> Checked:
    """Judge a Word document by some rules."""
    _word, found = understood(_opened(path), shown(path))
    return Checked(shown(path), recognised(found), [one for one in remarks(found, shown(path)) if one.rule in only])


def mended_copy(path: Path, output: Path | None, only: frozenset[str], *, force: bool) -> Checked:
    """Mend a Word document and write the copy; where no name for it is given, only tell what would be mended.

    The document itself is never overwritten.
    """
    if not only & MENDED_FORM:
        raise UsageError(
            _("những quy tắc này máy không sửa được, phải sửa bằng tay"),
            help=_("máy sửa được: {codes}", codes=", ".join(sorted(MENDED_FORM))),
        )
    if output is not None and output.exists() and output.samefile(path):
        raise UsageError(_("bản đã sửa phải ghi ra tệp khác, không đè lên {path}", path=shown(path)))
    mended = mend(_opened(path), shown(path), only=only)
    left = [one for one in mended.left if one.rule in only]
    gone = Counter(one.rule for one in mended.before if one.rule in only) - Counter(one.rule for one in left)
    backup = save(output, mended.data, force=force).backup if output is not None else None
    return Checked(shown(path), mended.taken_for, left, mended.changes, mended.kept, gone.total(), backup)
