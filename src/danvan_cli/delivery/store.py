"""The folder `province/received/`: what units have sent, as it came, each beside its receipt."""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from danvan_cli.delivery.model import AMENDED, CORRECTION, RECEIPT, RETURN, Amended, Correction, Receipt, Return
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.files import inside, patiently, read_bytes, reason, safe_name, temporary_folder, umasked, write
from danvan_cli.findings.finding import InvalidFileError
from danvan_cli.lang import _
from danvan_cli.text import fold, squeeze
from danvan_cli.workspace import shown
from danvan_cli.yaml.schema import Model, validate
from danvan_cli.yaml.yamlfile import YamlFile
from danvan_cli.yaml.yamltext import document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from danvan_cli.findings.finding import Finding

_M = TypeVar("_M", bound=Model)
_MOST: Final = 2**20
"""Bytes of a receipt."""


@dataclass(frozen=True, slots=True)
class Filed:
    """Something that came in: where it lies, its receipt, its return if it was returned, and one that was taken back."""

    path: str
    receipt: Receipt
    returned: Return | None = None
    undone: Return | None = None
    written: Receipt | None = None
    """The receipt as it was written, whatever was put right since; None where nobody asked."""

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return Path(self.path)

    @property
    def symbol(self) -> str:
        """Its symbol as people compare it; empty where none is known."""
        return squeeze(fold(self.receipt.symbol or ""))


Received = dict[tuple[str, str], list[Filed]]
"""What came in, by unit and deliverable; the first that came first."""
Broken = dict[tuple[str, str], list[DanvanError]]
"""What is wrong with receipts, by unit and deliverable."""


def received(root: Path, plan: str, broken: Broken | None = None, only: str | None = None) -> Received:
    """Read all receipts of a plan below `province/received/`, of a unit or of all; what came for another year's is left out.

    `broken` takes what is wrong with any, which is left out; None where a count without it would do harm.

    Raises:
        InvalidFileError: if any is broken.
        UsageError: if any cannot be read, or lies in another unit's folder.
    """
    found: list[Finding] = []
    out: Received = {}
    for unit, deliverable, folder in _folders(str(inside(root)), only):
        mine = found if broken is None else []
        try:
            one = _filed(unit, deliverable, folder, plan, mine)
        except DanvanError as error:
            if broken is None:
                raise
            broken.setdefault((unit, deliverable), []).append(error)
            continue
        if broken is not None and mine:
            why = InvalidFileError(_("{path} có tệp sai, không tính", path=shown(Path(folder))), mine)
            broken.setdefault((unit, deliverable), []).append(why)
        elif one:
            out.setdefault((unit, deliverable), []).append(one)
    if found:
        raise InvalidFileError(_("{path} có tệp sai, phải sửa trước", path=shown(root)), found)
    for filed in out.values():
        filed.sort(key=lambda one: (one.receipt.received, one.path))
    return out


def _filed(unit: str, deliverable: str, folder: str, plan: str, found: list[Finding]) -> Filed | None:
    receipt = _read(Receipt, f"{folder}/{RECEIPT}", found)
    if receipt is None or receipt.plan != plan or _corrected(folder):
        return None
    if (receipt.unit, receipt.deliverable) != (unit, deliverable):
        raise UsageError(
            _("{path} là của «{unit}», «{id}», nhưng nằm trong thư mục khác",
              path=shown(Path(folder, RECEIPT)), unit=receipt.unit, id=receipt.deliverable),
            help=_("chuyển thư mục đó về đúng chỗ: {path}", path=f"{receipt.unit}/{receipt.deliverable}/"),
        )  # fmt: skip
    receipt = _amended(receipt, folder, found)
    back = f"{folder}/{RETURN}"
    returned = _read(Return, back, found) if os.path.exists(back) else None  # noqa: PTH110 - thousands of them
    return Filed(folder, receipt, None, returned) if returned and returned.undone else Filed(folder, receipt, returned)


def seen(root: Path, unit: str, deliverable: str) -> list[Filed]:
    """Read what a unit has sent of one deliverable, of whatever year.

    Raises:
        InvalidFileError: if a receipt is broken.
    """
    found: list[Finding] = []
    out = []
    for _name, folder in _below(str(inside(root / unit / deliverable))):
        receipt = _read(Receipt, f"{folder}/{RECEIPT}", found)
        if receipt is not None and not _corrected(folder):
            out.append(Filed(folder, _amended(receipt, folder, found), written=receipt))
    if found:
        raise InvalidFileError(_("{path} có tệp sai, phải sửa trước", path=shown(root / unit)), found)
    return out


def all_of(root: Path, unit: str) -> list[Filed]:
    """Read what a unit ever sent.

    Raises:
        InvalidFileError: if a receipt is broken.
    """
    return [one for name, _path in _below(str(root / unit)) for one in seen(root, unit, name)]


def counted_day(receipt: Receipt, late_by: str) -> date:
    """Give the day that decides whether something came late: that of its issue, where it is known, or of its receipt."""
    return receipt.issued if late_by == "issued" and receipt.issued else receipt.received


def amendments_of(folder: Path) -> Amended | None:
    """Read what was put right of a receipt; None where nothing was.

    Raises:
        InvalidFileError: if it is broken.
    """
    found: list[Finding] = []
    read = _read(Amended, str(folder / AMENDED), found) if (folder / AMENDED).exists() else None
    if found:
        raise InvalidFileError(_("{path} có tệp sai, phải sửa trước", path=shown(folder)), found)
    return read


def _amended(receipt: Receipt, folder: str, found: list[Finding]) -> Receipt:
    path = f"{folder}/{AMENDED}"
    read = _read(Amended, path, found) if os.path.exists(path) else None  # noqa: PTH110 - thousands of them
    return read.of(receipt) if read else receipt


def _corrected(folder: str) -> bool:
    """Tell whether what lies there was filed wrongly and counts no more."""
    return os.path.exists(f"{folder}/{CORRECTION}")  # noqa: PTH110 - thousands of them


def _folders(root: str, only: str | None) -> Iterator[tuple[str, str, str]]:
    for unit, at in _below(root):
        for deliverable, there in _below(at) if only in {None, unit} else ():
            yield from ((unit, deliverable, folder) for _name, folder in _below(there))


def _below(folder: str) -> list[tuple[str, str]]:
    """List the folders in a folder by name, hidden ones and links apart; none where there is no such folder."""
    try:
        with os.scandir(folder) as entries:
            return sorted(
                (one.name, one.path) for one in entries if one.name[0] != "." and one.is_dir(follow_symlinks=False)
            )
    except (FileNotFoundError, NotADirectoryError):
        return []


def _read(model: type[_M], path: str, found: list[Finding]) -> _M | None:
    data = None
    with suppress(OSError):
        there = os.lstat(path)
        if stat.S_ISREG(there.st_mode) and there.st_size <= _MOST:
            with open(path, "rb") as file:  # noqa: PTH123 - thousands of them: a path object takes longer than the file
                data = file.read(there.st_size + 1)  # what has grown meanwhile is read anew
    if data is None or len(data) > there.st_size:
        data = read_bytes(Path(path), limit=_MOST)  # says why
    read = YamlFile(path, data)
    record, wrong = validate(model, read)
    if read.findings or wrong:
        read.path = shown(Path(path))
        found += [replace(one, path=read.path) for one in (*read.findings, *wrong) if one.severity == "error"]
    return record


# Filing what came: a folder of its own for each, there whole or not at all, however many file at once ------------------

_NAMES: Final = {Receipt: RECEIPT, Return: RETURN, Correction: CORRECTION, Amended: AMENDED}
"""What each record beside what came is called."""


@contextmanager
def draft_folder(root: Path) -> Iterator[Path]:
    """Give an empty folder to put together in what comes; what is left of it in the end is removed.

    Raises:
        DanvanError: if it cannot be made or written.
    """
    folder = None
    try:
        inside(root).mkdir(parents=True, exist_ok=True)
        folder = temporary_folder(root)
        yield folder
    except OSError as error:
        raise DanvanError(_("không ghi được {path}: {why}", path=root, why=reason(error))) from None
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def file_away(drafted: Path, root: Path, receipt: Receipt) -> Path | None:
    """Put a drafted folder where it belongs below `province/received/`, with its receipt, whose digest names it.

    Returns:
        The folder; None where somebody has filed the very same meanwhile, which then stands.

    Raises:
        OSError: if it cannot be written.
    """
    with (drafted / RECEIPT).open("xb") as out:
        out.write(_text(receipt))
        out.flush()
        os.fsync(out.fileno())
    drafted.chmod(umasked(0o777))
    above = root / safe_name(receipt.unit) / safe_name(receipt.deliverable)
    inside(above).mkdir(parents=True, exist_ok=True)
    for length in (8, 16, 64):  # eight digits are few enough for somebody to make two files that share them
        to = above / f"{receipt.received}-{receipt.sha256[:length]}"
        try:
            patiently(partial(drafted.rename, to))
        except OSError:
            if not to.is_dir():
                raise
            if receipt.sha256.encode() in read_bytes(to / RECEIPT) and not (to / CORRECTION).exists():
                return None
        else:
            return to
    return None


def write_beside(folder: Path, record: Receipt | Return | Correction | Amended) -> None:
    """Write a record beside what came."""
    write(folder / _NAMES[type(record)], _text(record))


def _text(record: Receipt | Return | Correction | Amended) -> bytes:
    """Write a record; what is not known is left out."""
    told = record.model_dump(exclude={"format"}, exclude_none=True, exclude_defaults=True)
    return f"format: {record.format}\n".encode() + document(told)
