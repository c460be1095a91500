"""What was read of a report, laid out as a file that a person looks over and records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.delivery.pending import edited_since
from danvan_cli.inbox.outline import proposal
from danvan_cli.lang import _
from danvan_cli.word.save import save
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from danvan_cli.delivery.pending import Pending
    from danvan_cli.inbox.kind import Hands
    from danvan_cli.inbox.model import Outcome
    from danvan_cli.inbox.outline import Outline
    from danvan_cli.plan.model import Deliverable, Unit


def whose(hands: Hands, outcome: Outcome) -> tuple[Unit, Deliverable]:
    """Give the unit and the report of what was filed."""
    plan, said = hands.plan, outcome.said
    return plan.unit_by_id[str(said.unit)], plan.deliverable_by_id[str(said.deliverable)]


def propose(hands: Hands, outcome: Outcome, left: Pending, read: Outline, part: str = "") -> bool:
    """Write what was read as a proposal, and say so; one that a person has edited since stays.

    Args:
        hands: the workspace.
        outcome: what was filed.
        left: what is to follow it.
        read: what was read of it.
        part: what the proposal is of, where it is not the report itself.
    """
    unit, one = whose(hands, outcome)
    if not read.found:
        outcome.notes.append(_("chưa đọc được nội dung nào theo nội dung, chỉ tiêu của kế hoạch"))
    if not read.found and not read.unread:
        return True
    path = hands.workspace.proposals / f"{unit.id}-{one.id}{part}.unit.yaml"
    data = ("\n".join(proposal(read, hands.plan, unit)) + "\n").encode()
    if outcome.state == "known" and edited_since(path, left, data):
        outcome.notes.append(_("{path} đã được sửa từ khi nhận, giữ nguyên", path=shown(path)))
        return True
    saved = save(path, data)
    if saved.backup:
        outcome.notes.append(_("bản cũ giữ ở {path}", path=shown(saved.backup)))
    outcome.notes.append(
        _("đọc được {count} mục, trong đó {unsure} mục phải đối chiếu, {unread} chỗ không đọc được (ghi ở đầu tệp); xem rồi ghi: danvan log {unit} --from {path}",
          count=len(read.found), unsure=read.unsure, unread=len(read.unread), unit=unit.id, path=shown(path))
    )  # fmt: skip
    return True
