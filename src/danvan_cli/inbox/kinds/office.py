"""Office files: Word documents, workbooks, and those of before 2007, read as LibreOffice makes them of today.

A report in our outline, and a workbook of a form of its own, propose a record; a workbook that danvan made says whose it is,
and its cells go into the unit's files.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Final

from danvan_cli.delivery.model import WORKBOOK
from danvan_cli.delivery.pending import report_todo
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.files import read_bytes
from danvan_cli.inbox.kind import Kind
from danvan_cli.inbox.model import Contents, ReportWords, refuse_other_plan, secret
from danvan_cli.lang import _
from danvan_cli.pdf.printing import libreoffice, of_today
from danvan_cli.rules.secrets import bears_mark
from danvan_cli.text import clean

if TYPE_CHECKING:
    from danvan_cli.delivery.model import Receipt
    from danvan_cli.delivery.pending import Pending
    from danvan_cli.inbox.kind import Hands
    from danvan_cli.inbox.model import Look, Outcome, Peek
    from danvan_cli.pdf.text import PdfReader
    from danvan_cli.plan.model import Plan

_TABLES: Final = "tables"
"""What is to follow a workbook of a form of its own: a proposal of its figures."""
_LINE_MOST: Final = 4000
_ONE: Final = Lock()
"""One at a time: each takes the memory of a LibreOffice."""
_BEGINS: Final = b"\xd0\xcf\x11\xe0"
"""How a file of before 2007 begins."""


class WordFile(Kind):
    """A Word document."""

    name = "word"
    suffixes = (".docx",)

    def fits(self, peek: Peek) -> bool:
        """Tell one by its parts; what has no workbook inside is taken for one."""
        names = peek.names or frozenset()
        return "[Content_Types].xml" in names and not any(name.startswith("xl/") for name in names)

    def read(self, path: Path, pdf: PdfReader) -> Contents:
        """Read its words and its title."""
        from danvan_cli.ooxml.docx import read_word
        from danvan_cli.ooxml.layout import read_words

        del pdf
        word = read_word(read_bytes(path), path.name)
        said = read_words(word)
        return Contents("\n".join(one.line[:_LINE_MOST] for one in said if one.text), clean(word.title), parsed=said)

    def to_do(self, receipt: Receipt, plan: Plan) -> set[str]:
        """Of a report, a proposal is to be made."""
        what = receipt.deliverable
        known = plan.deliverable_by_id.get(what)
        return {report_todo(what)} if known and known.kind == "report" else set()

    def told(self, look: Look) -> ReportWords | None:
        """Give what a report says."""
        return ReportWords("", look.contents.parsed)

    def then(self, hands: Hands, outcome: Outcome, look: Look, left: Pending) -> bool:
        """Propose what the report says for the unit's record."""
        from danvan_cli.inbox.outline import propose

        return propose(hands, outcome, left, self, look)


class Workbook(Kind):
    """A workbook, ours or any other."""

    name = "workbook"
    suffixes = (".xlsx",)
    by = "workbook"
    merged = True

    def fits(self, peek: Peek) -> bool:
        """Tell one by its parts."""
        names = peek.names or frozenset()
        return "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)

    def read(self, path: Path, pdf: PdfReader) -> Contents:
        """Read its cells, within bounds, once for all that follows."""
        from danvan_cli.excel.form import KEY_MARK
        from danvan_cli.ooxml.xlsx import MAX_BYTES, read_xlsx

        del pdf
        pages = read_xlsx(read_bytes(path, limit=MAX_BYTES), path.name)
        told = ([one.value for one in page.cells.values() if isinstance(one.value, str)] for page in pages)
        pages_of_others = (page for page in told if f"{KEY_MARK}#huong-dan" not in page)  # our guide warns of marks
        texts = (one for page in pages_of_others for one in page)
        text = "\n".join(clean(text)[:_LINE_MOST] for text in texts if not text.startswith("\ue000"))
        return Contents(text, parsed=pages)

    def whose(self, look: Look, plan: Plan) -> tuple[str, str] | None:
        """Give the unit of a workbook that danvan made."""
        from danvan_cli.excel.baseline import sent

        name = look.path.name
        try:
            base = sent(look.contents.parsed, name)
        except UsageError:
            return None
        refuse_other_plan(name, base.about.get("plan"), plan)
        unit = str(base.about.get("unit"))
        if unit not in plan.unit_by_id:
            raise UsageError(_("{path}: kế hoạch không có đơn vị «{id}»", path=name, id=unit[:64]))
        return unit, WORKBOOK

    def to_do(self, receipt: Receipt, plan: Plan) -> set[str]:
        """Of a workbook of ours, the cells are to be taken; of any other that comes with a report, its figures proposed."""
        if receipt.deliverable == WORKBOOK:
            return {WORKBOOK}
        known = plan.deliverable_by_id.get(receipt.deliverable)
        return {_TABLES} if known and known.kind == "report" and known.period else set()

    def told(self, look: Look) -> ReportWords | None:
        """Give the tables of the sheets of one that is not danvan's."""
        from danvan_cli.inbox.tables import table_of_page

        return ReportWords(
            "-so-lieu", tables=[table for page in look.contents.parsed if (table := table_of_page(page))]
        )

    def then(self, hands: Hands, outcome: Outcome, look: Look, left: Pending) -> bool:
        """Take its cells into the unit's files, or propose the figures of its sheets."""
        if outcome.said.deliverable != WORKBOOK:
            from danvan_cli.inbox.outline import propose

            return propose(hands, outcome, left, self, look)
        if hands.fill(hands.plan.unit_by_id[str(outcome.said.unit)], look.path, look.contents.parsed):
            return True
        outcome.help = _("sổ đã vào sổ đến nhưng còn ô phải xem lại: danvan fill {path}", path=look.path)
        return False


class _Old(Kind):
    """A file of before 2007, read as a kind of today; what cannot be read is said to be so and filed all the same."""

    def fits(self, peek: Peek) -> bool:
        """Tell one by its ending and how it begins."""
        return peek.suffix in self.suffixes and peek.head.startswith(_BEGINS)

    def read(self, path: Path, pdf: PdfReader) -> Contents:
        """Read it as LibreOffice makes it of today.

        Raises:
            UsageError: if it bears a mark of secrecy.
        """
        if not libreoffice():
            return Contents(lacks="old")
        marked, found = False, Contents(lacks="unread")
        with suppress(DanvanError), TemporaryDirectory(ignore_cleanup_errors=True) as folder, _ONE:
            made = Path(folder, f"0{path.suffix.lower()}x")
            made.write_bytes(of_today(read_bytes(path), path.name, path.suffix.lower()))
            marked = bears_mark(made)
            found = super().read(made, pdf)
        if marked:
            raise secret(path)
        return found

    def whose(self, look: Look, plan: Plan) -> tuple[str, str] | None:
        """Give what one of today says of itself, where it could be read."""
        return super().whose(look, plan) if look.contents.parsed is not None else None

    def told(self, look: Look) -> ReportWords | None:
        """Give what one of today tells, where it could be read."""
        return super().told(look) if look.contents.parsed is not None else None


class OldWord(_Old, WordFile):
    """A .doc file."""

    name = "old-word"
    suffixes = (".doc",)


class OldWorkbook(_Old, Workbook):
    """A .xls file."""

    name = "old-workbook"
    suffixes = (".xls",)


KINDS = (WordFile(), Workbook(), OldWord(), OldWorkbook())
