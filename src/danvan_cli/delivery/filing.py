"""Filing what came: a folder of its own for each, there whole or not at all, however many file at once."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from danvan_cli.delivery.model import AMENDED, CORRECTION, RECEIPT, RETURN, Amended, Correction, Receipt, Return
from danvan_cli.errors import DanvanError
from danvan_cli.files import inside, patiently, read_bytes, reason, safe_name, temporary_folder, umasked, write
from danvan_cli.lang import _
from danvan_cli.yaml.yamltext import document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAMES: Final = {Receipt: RECEIPT, Return: RETURN, Correction: CORRECTION, Amended: AMENDED}
"""What each record beside what came is called."""


@contextmanager
def draft(root: Path) -> Iterator[Path]:
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
            patiently(lambda to=to: drafted.rename(to))  # type: ignore[misc]
        except OSError:
            if not to.is_dir():
                raise
            if receipt.sha256.encode() in read_bytes(to / RECEIPT) and not (to / CORRECTION).exists():
                return None
        else:
            return to
    return None


def write_beside(folder: Path, record: Receipt | Return | Correction | Amended) -> bool:
    """Write a record beside what came; tell whether it was not there in just these words."""
    return write(folder / _NAMES[type(record)], _text(record))


def _text(record: Receipt | Return | Correction | Amended) -> bytes:
    """Write a record; what is not known is left out."""
    told = record.model_dump(exclude={"format"}, exclude_none=True, exclude_defaults=True)
    return f"format: {record.format}\n".encode() + document(told)
