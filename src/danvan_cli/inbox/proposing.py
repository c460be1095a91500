"""What was read of a report, laid out as a file that a person looks over and records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.delivery.pending import edited_since
from danvan_cli.files import read_bytes
from danvan_cli.inbox.kind import all_kinds
from danvan_cli.inbox.outline import outline, proposal
from danvan_cli.lang import _
from danvan_cli.word.save import save
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from danvan_cli.delivery.model import Receipt
    from danvan_cli.delivery.pending import Pending
    from danvan_cli.inbox.kind import Hands, Kind
    from danvan_cli.inbox.model import Look, Outcome
    from danvan_cli.inbox.outline import Outline
    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.workspace import Workspace


def propose(hands: Hands, outcome: Outcome, left: Pending, kind: Kind, look: Look) -> bool:
    """Write what its kind reads of a filed file as a proposal, and say so; one that a person has edited since stays."""
    plan, said = hands.plan, outcome.said
    unit, one = plan.unit_by_id[str(said.unit)], plan.deliverable_by_id[str(said.deliverable)]
    told = kind.told(look)
    if told is None:
        return True
    read = outline(told.said, plan, unit, one, told.tables)
    if not read.found:
        outcome.notes.append(_("chưa đọc được nội dung nào theo nội dung, chỉ tiêu của kế hoạch"))
    if not read.found and not read.unread:
        return True
    path = _place(hands.workspace, unit.id, one.id, told.part)
    data = _text(read, plan, unit)
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


def withdrawn(workspace: Workspace, plan: Plan, receipt: Receipt, looks: Iterable[Look]) -> list[tuple[Path, bool]]:
    """Remove the proposals that were read of files and that nobody has edited; give all, and whether each is gone."""
    unit, one = plan.unit_by_id.get(receipt.unit), plan.deliverable_by_id.get(receipt.deliverable)
    out: list[tuple[Path, bool]] = []
    if unit is None or one is None:
        return out
    for look in looks:
        kind = all_kinds()[look.kind]
        told = kind.told(look) if kind.to_do(receipt, plan) else None
        if told and (path := _place(workspace, unit.id, one.id, told.part)).exists():
            same = read_bytes(path) == _text(outline(told.said, plan, unit, one, told.tables), plan, unit)
            if same:
                path.unlink()
            out.append((path, same))
    return out


def _place(workspace: Workspace, unit: str, deliverable: str, part: str) -> Path:
    return workspace.proposals / f"{unit}-{deliverable}{part}.unit.yaml"


def _text(read: Outline, plan: Plan, unit: Unit) -> bytes:
    return ("\n".join(proposal(read, plan, unit)) + "\n").encode()
