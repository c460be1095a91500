"""Workbooks: one that danvan made says whose it is, and its cells go into the unit's files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from danvan_cli.delivery.model import WORKBOOK
from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes
from danvan_cli.inbox.kind import Kind
from danvan_cli.inbox.model import Contents, Told
from danvan_cli.lang import _
from danvan_cli.text import clean

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.delivery.model import Receipt
    from danvan_cli.delivery.pending import Pending
    from danvan_cli.inbox.kind import Hands
    from danvan_cli.inbox.model import Look, Outcome, Peek
    from danvan_cli.pdf.text import PdfReader
    from danvan_cli.plan.model import Plan

TABLES: Final = "tables"
"""What is to follow a workbook of a form of its own: a proposal of its figures."""
_LINE_MOST: Final = 4000


class Workbook(Kind):
    """A workbook, ours or any other."""

    name = "workbook"
    suffixes = (".xlsx",)
    merged = True

    def fits(self, peek: Peek) -> bool:
        """Tell one by its parts."""
        names = peek.names or frozenset()
        return "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)

    def read(self, path: Path, pdf: PdfReader) -> Contents:
        """Read its cells, within bounds, once for all that follows."""
        from danvan_cli.excel.form import MARK
        from danvan_cli.ooxml.xlsx import MAX_BYTES, read

        del pdf
        pages = read(read_bytes(path, limit=MAX_BYTES), path.name)
        told = ([one.value for one in page.cells.values() if isinstance(one.value, str)] for page in pages)
        pages_of_others = (page for page in told if f"{MARK}#huong-dan" not in page)  # our guide warns of marks
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
        if base.about.get("plan") != plan.id:
            raise UsageError(
                _("{path} theo kế hoạch «{other}», ở đây là «{id}»", path=name,
                  other=str(base.about.get("plan"))[:40], id=plan.id),
                help=_("chọn đúng kế hoạch bằng --plan"),
            )  # fmt: skip
        unit = str(base.about.get("unit"))
        if unit not in plan.unit_by_id:
            raise UsageError(_("{path}: kế hoạch không có đơn vị «{id}»", path=name, id=unit[:64]))
        return unit, WORKBOOK

    def to_do(self, receipt: Receipt, plan: Plan) -> set[str]:
        """Of a workbook of ours, the cells are to be taken; of any other that comes with a report, its figures proposed."""
        if receipt.deliverable == WORKBOOK:
            return {WORKBOOK}
        known = plan.deliverable_by_id.get(receipt.deliverable)
        return {TABLES} if known and known.kind == "report" and known.period else set()

    def told(self, look: Look) -> Told | None:
        """Give the tables of the sheets of one that is not danvan's."""
        from danvan_cli.inbox.tables import table_of_page

        return Told("-so-lieu", tables=[table for page in look.contents.parsed if (table := table_of_page(page))])

    def then(self, hands: Hands, outcome: Outcome, look: Look, left: Pending) -> bool:
        """Take its cells into the unit's files, or propose the figures of its sheets."""
        if outcome.said.deliverable != WORKBOOK:
            from danvan_cli.inbox.proposing import propose

            return propose(hands, outcome, left, self, look)
        if hands.fill(hands.plan.unit_by_id[str(outcome.said.unit)], look.path, look.contents.parsed):
            return True
        outcome.help = _("sổ đã vào sổ đến nhưng còn ô phải xem lại: danvan fill {path}", path=look.path)
        return False


KIND = Workbook()
