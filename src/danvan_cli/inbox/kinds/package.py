"""Packages of `danvan submit`: taken in whole or not at all, and the records in them go to the unit's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.delivery.bag import DECLARATION, RECORDS
from danvan_cli.delivery.model import PACKAGE
from danvan_cli.delivery.pending import held_back, note_waiting
from danvan_cli.inbox.kind import Kind
from danvan_cli.inbox.records import take_records
from danvan_cli.lang import _
from danvan_cli.text import squeeze
from danvan_cli.yaml.yamlfile import shortened

if TYPE_CHECKING:
    from danvan_cli.delivery.model import Receipt
    from danvan_cli.delivery.pending import Pending
    from danvan_cli.inbox.kind import Hands
    from danvan_cli.inbox.model import Look, Outcome, Peek
    from danvan_cli.plan.model import Plan


class Package(Kind):
    """A BagIt bag in a zip."""

    name = "bag"
    suffixes = (".zip",)

    def fits(self, peek: Peek) -> bool:
        """Tell one by its declaration, wherever somebody who packed it again has put it."""
        return any(name.split("/")[-1] == DECLARATION for name in peek.names or ())

    def to_do(self, receipt: Receipt, plan: Plan) -> set[str]:
        """Of a package, the records in it are to be taken."""
        del plan
        return {one.name.removeprefix(f"{PACKAGE}/data/") for one in receipt.files}.intersection(RECORDS)

    def then(self, hands: Hands, outcome: Outcome, look: Look, left: Pending) -> bool:
        """Put the records into the unit's folder."""
        del look
        folder, unit = left.path.parent, hands.plan.unit_by_id[str(outcome.said.unit)]
        brought = take_records(hands.workspace, hands.plan, unit, folder, left.todo, hands.prefer)
        if brought.written:
            files = ", ".join(brought.written)
            outcome.notes.append(_("đã ghi vào units/{unit}: {files}", unit=unit.id, files=files))
        if not brought.clashes:
            return True
        for name, one in brought.clashes:
            place = ".".join(map(str, one.loc))
            outcome.notes.append(
                _("{file}, {place}: hai bên cùng sửa; ở đây: {mine}; trong gói: {theirs}",
                  file=name, place=place, mine=_shown(one.mine), theirs=_shown(one.theirs))
            )  # fmt: skip
        note_waiting(left, [held_back(name) for name, _clash in brought.clashes])
        outcome.help = _("chọn rồi nhận lại: --prefer package (theo gói) hoặc --prefer file (giữ như ở đây)")
        return False


def _shown(value: object) -> str:
    """Show a value of a record on a line."""
    if isinstance(value, list):
        return _("{count} mục", count=len(value))
    return shortened(squeeze(str(value))) if value not in (None, {}) else _("(trống)")


KIND = Package()
