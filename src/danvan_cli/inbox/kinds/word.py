"""Word documents; a report in our outline proposes a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from danvan_cli.delivery.pending import edited_since, report_todo
from danvan_cli.files import read_bytes
from danvan_cli.inbox.kind import Kind
from danvan_cli.inbox.model import Contents
from danvan_cli.lang import _
from danvan_cli.text import clean
from danvan_cli.word.save import save
from danvan_cli.workspace import shown

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

    def then(self, hands: Hands, outcome: Outcome, look: Look, left: Pending) -> bool:
        """Propose what the report says for the unit's record."""
        from danvan_cli.inbox.outline import outline, proposal

        plan, said = hands.plan, outcome.said
        unit, one = plan.unit_by_id[str(said.unit)], plan.deliverable_by_id[str(said.deliverable)]
        read = outline(look.contents.parsed, plan, unit, one)
        if not read.found:
            outcome.notes.append(_("không theo đề cương, chưa đọc được nội dung nào"))
            return True
        path = hands.workspace.root / "build" / "de-xuat" / f"{unit.id}-{one.id}.unit.yaml"
        data = ("\n".join(proposal(read, plan, unit)) + "\n").encode()
        if outcome.state == "known" and edited_since(path, left, data):
            outcome.notes.append(_("{path} đã được sửa từ khi nhận, giữ nguyên", path=shown(path)))
            return True
        saved = save(path, data)
        if saved.backup:
            outcome.notes.append(_("bản cũ giữ ở {path}", path=shown(saved.backup)))
        outcome.notes.append(
            _("đọc được {count} mục, {unread} chỗ không đọc được; xem rồi ghi: danvan log {unit} --from {path}",
              count=len(read.found), unread=len(read.unread), unit=unit.id, path=shown(path))
        )  # fmt: skip
        return True


KIND = Word()
