"""Word documents; a report in our outline proposes a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from danvan_cli.delivery.pending import report_todo
from danvan_cli.files import read_bytes
from danvan_cli.inbox.kind import Kind
from danvan_cli.inbox.model import Contents, Told
from danvan_cli.text import clean

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.delivery.model import Receipt
    from danvan_cli.delivery.pending import Pending
    from danvan_cli.inbox.kind import Hands
    from danvan_cli.inbox.model import Look, Outcome, Peek
    from danvan_cli.pdf.text import PdfReader
    from danvan_cli.plan.model import Plan

_LINE_MOST: Final = 4000


class Word(Kind):
    """A Word document."""

    name = "word"
    suffixes = (".docx",)

    def fits(self, peek: Peek) -> bool:
        """Tell one by its parts; what has no workbook inside is taken for one."""
        names = peek.names or frozenset()
        return "[Content_Types].xml" in names and not any(name.startswith("xl/") for name in names)

    def read(self, path: Path, pdf: PdfReader) -> Contents:
        """Read its words and its title."""
        from danvan_cli.ooxml.docx import read
        from danvan_cli.ooxml.layout import read_words

        del pdf
        word = read(read_bytes(path), path.name)
        said = read_words(word)
        return Contents("\n".join(one.line[:_LINE_MOST] for one in said if one.text), clean(word.title), parsed=said)

    def to_do(self, receipt: Receipt, plan: Plan) -> set[str]:
        """Of a report, a proposal is to be made."""
        what = receipt.deliverable
        known = plan.deliverable_by_id.get(what)
        return {report_todo(what)} if known and known.kind == "report" else set()

    def told(self, look: Look) -> Told | None:
        """Give what a report says."""
        return Told("", look.contents.parsed)

    def then(self, hands: Hands, outcome: Outcome, look: Look, left: Pending) -> bool:
        """Propose what the report says for the unit's record."""
        from danvan_cli.inbox.proposing import propose

        return propose(hands, outcome, left, self, look)


KIND = Word()
