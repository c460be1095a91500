"""The folder `province/received/`: what units have sent, as it came, each beside its receipt."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from danvan_cli.delivery.model import RECEIPT, RETURN, Receipt, Return
from danvan_cli.errors import InvalidFileError, UsageError
from danvan_cli.files import read_bytes
from danvan_cli.lang import _
from danvan_cli.schema import Model, validate
from danvan_cli.workspace import shown
from danvan_cli.yamlfile import YamlFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from danvan_cli.findings import Finding

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Filed:
    """Something that came in: where it lies, its receipt, and its return if it was returned."""

    folder: Path
    receipt: Receipt
    returned: Return | None = None


Received = dict[tuple[str, str], list[Filed]]
"""What came in, by unit and deliverable; the first that came first."""


def received(root: Path, plan: str) -> Received:
    """Read all receipts of a plan.

    Args:
        root: the workspace's `province/received/`.
        plan: the plan's id; what came for another year's is left out.

    Raises:
        InvalidFileError: if any is broken: a count that leaves one out would be wrong.
        UsageError: if any cannot be read, or lies in another unit's folder.
    """
    found: list[Finding] = []
    out: Received = {}
    for unit, deliverable, folder in _folders(root):
        receipt = _read(Receipt, folder / RECEIPT, found)
        if receipt is None or receipt.plan != plan:
            continue
        if (receipt.unit, receipt.deliverable) != (unit, deliverable):
            raise UsageError(
                _("{path} là của «{unit}», «{id}», nhưng nằm trong thư mục khác",
                  path=shown(folder / RECEIPT), unit=receipt.unit, id=receipt.deliverable),
                help=_("chuyển thư mục đó về đúng chỗ: {path}", path=f"{receipt.unit}/{receipt.deliverable}/"),
            )  # fmt: skip
        back = folder / RETURN
        returned = _read(Return, back, found) if back.exists() else None
        out.setdefault((unit, deliverable), []).append(Filed(folder, receipt, returned))
    if found:
        raise InvalidFileError(_("{path} có tệp sai, phải sửa trước", path=shown(root)), found)
    for filed in out.values():
        filed.sort(key=lambda one: (one.receipt.received, one.folder.name))
    return out


def seen(root: Path, unit: str, deliverable: str) -> list[Filed]:
    """Read what a unit has sent of one deliverable, of whatever year.

    Raises:
        InvalidFileError: if a receipt is broken.
    """
    found: list[Finding] = []
    out = []
    for folder in _below(root / unit / deliverable):
        receipt = _read(Receipt, Path(folder.path, RECEIPT), found)
        if receipt is not None:
            out.append(Filed(Path(folder.path), receipt))
    if found:
        raise InvalidFileError(_("{path} có tệp sai, phải sửa trước", path=shown(root / unit)), found)
    return out


def day(receipt: Receipt, late_by: str) -> date:
    """Give the day that decides whether something came late: that of its issue, where it is known, or of its receipt."""
    return receipt.issued if late_by == "issued" and receipt.issued else receipt.received


def _folders(root: Path) -> Iterator[tuple[str, str, Path]]:
    for unit in _below(root):
        for deliverable in _below(Path(unit.path)):
            for folder in _below(Path(deliverable.path)):
                yield unit.name, deliverable.name, Path(folder.path)


def _below(folder: Path) -> list[os.DirEntry[str]]:
    """List the folders in a folder, hidden ones and links apart; none where there is no such folder."""
    try:
        with os.scandir(folder) as entries:
            found = [one for one in entries if one.name[0] != "." and one.is_dir(follow_symlinks=False)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(found, key=lambda one: one.name)


def _read(model: type[M], path: Path, found: list[Finding]) -> M | None:
    file = YamlFile(shown(path), read_bytes(path, limit=2**20))
    record, wrong = validate(model, file)
    found += [one for one in (*file.findings, *wrong) if one.severity == "error"]
    return record
