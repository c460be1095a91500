"""Packages of `danvan submit`: taken in whole or not at all, and the records in them go to the unit's folder."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from danvan_cli.delivery import bag
from danvan_cli.delivery.bag import RECORDS
from danvan_cli.delivery.model import PACKAGE, ReceivedFile, signed_by
from danvan_cli.delivery.pending import held_back, wait
from danvan_cli.delivery.store import draft
from danvan_cli.errors import UsageError
from danvan_cli.inbox.kind import Kind
from danvan_cli.inbox.records import refuse_payload, refuse_record, take_records
from danvan_cli.lang import _
from danvan_cli.rules.secrets import refuse_secret_text
from danvan_cli.text import clean, squeeze
from danvan_cli.yaml.yamlfile import shortened

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.delivery.model import Receipt
    from danvan_cli.delivery.pending import Pending
    from danvan_cli.inbox.kind import Hands, Taking
    from danvan_cli.inbox.model import Look, Outcome, Peek, Said
    from danvan_cli.pdf.signatures import Signature
    from danvan_cli.pdf.text import PdfReader
    from danvan_cli.plan.model import Plan


class Package(Kind):
    """A BagIt bag in a zip."""

    name = "bag"
    suffixes = (".zip",)

    def fits(self, peek: Peek) -> bool:
        """Tell one by its declaration, wherever somebody who packed it again has put it."""
        return any(name.split("/")[-1] == bag.DECLARATION for name in peek.names or ())

    def take(self, intake: Taking, look: Look) -> Outcome:
        """Take a package in: only as a whole, and only where it is what it says."""
        path = look.path
        with draft(intake.root) as folder:
            inner = folder / PACKAGE
            inner.mkdir()
            packed = bag.unpack(path, inner)
            refuse_secret_text(path.name, "\n".join(packed.info.values()))
            said = intake.arrived(self._said(packed, intake, path), [path])
            unit = intake.owed(said, path)
            if outcome := intake.known([look], said, {packed.sha256}):
                outcome.by = ("package",)
                return outcome
            refuse_payload(inner / "data", packed.files, path, intake.pdf)
            if "unit.yaml" in packed.files:
                refuse_record(inner / "data", intake.plan, unit, path.name, carry=intake.carry)
            files = [
                ReceivedFile(
                    name=f"{PACKAGE}/data/{name}",
                    sha256=digest,
                    size=size,
                    signatures=signed_by(_signatures(inner / "data" / name, intake.pdf)),
                )
                for name, (digest, size) in packed.files.items()
            ]
            revision = packed.info.get("Danvan-Revision")
            outcome = intake.filed(folder, said, packed.sha256, files, [look], revision)
            outcome.by = ("package",)
            return outcome

    def _said(self, packed: bag.Bag, intake: Taking, path: Path) -> Said:
        """Give what the package says of itself, and beyond that what a person says."""
        info, plan = packed.info, intake.plan
        unit, deliverable = info.get("Danvan-Unit", ""), info.get("Danvan-Deliverable", "")
        if info.get("Danvan-Plan") != plan.id:
            raise UsageError(
                _("{path} theo kế hoạch «{other}», ở đây là «{id}»", path=path.name,
                  other=info.get("Danvan-Plan", "?")[:40], id=plan.id),
                help=_("chọn đúng kế hoạch bằng --plan"),
            )  # fmt: skip
        if unit not in plan.unit_by_id or deliverable not in plan.deliverable_by_id:
            raise UsageError(
                _("{path}: kế hoạch không có «{unit}» hoặc «{id}»", path=path.name, unit=unit[:64], id=deliverable[:64])
            )
        told = intake.told([path])
        for mine, its in ((told.unit, unit), (told.deliverable, deliverable)):
            if mine is not None and mine != its:
                raise UsageError(_("{path}: gói ghi «{its}», không phải «{mine}»", path=path.name, its=its, mine=mine))
        symbol, issued = clean(info.get("Danvan-Number", "")) or None, _iso(info.get("Danvan-Date"))
        return told._replace(
            unit=unit, deliverable=deliverable, symbol=symbol or told.symbol, issued=issued or told.issued
        )

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
        wait(left, [held_back(name) for name, _clash in brought.clashes])
        outcome.help = _("chọn rồi nhận lại: --prefer package (theo gói) hoặc --prefer file (giữ như ở đây)")
        return False


def _shown(value: object) -> str:
    """Show a value of a record on a line."""
    if isinstance(value, list):
        return _("{count} mục", count=len(value))
    return shortened(squeeze(str(value))) if value not in (None, {}) else _("(trống)")


def _signatures(path: Path, pdf: PdfReader) -> tuple[Signature, ...]:
    return pdf.signatures(path) if path.suffix.lower() == ".pdf" else ()


def _iso(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None


KIND = Package()
