"""Filing what came: a folder of its own for each, there whole or not at all, however many file at once."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from danvan_cli.delivery.model import (
    AMENDED,
    AMENDED_FORMAT,
    CORRECTION,
    CORRECTION_FORMAT,
    RECEIPT,
    RECEIPT_FORMAT,
    RETURN,
    RETURN_FORMAT,
)
from danvan_cli.errors import DanvanError
from danvan_cli.files import inside, patiently, read_bytes, reason, safe_name, temporary_folder, umasked, write
from danvan_cli.lang import _
from danvan_cli.yaml.yamltext import document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from danvan_cli.delivery.model import Amendment, Correction, Receipt, Return


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
    """Put a drafted folder where it belongs, with its receipt.

    Args:
        drafted: the folder with what came.
        root: `province/received/`.
        receipt: its receipt; the digest in it names the folder.

    Returns:
        The folder; None where somebody has filed the very same meanwhile, which then stands.

    Raises:
        OSError: if it cannot be written.
    """
    with (drafted / RECEIPT).open("xb") as out:
        out.write(receipt_text(receipt))
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


def receipt_text(receipt: Receipt) -> bytes:
    """Write a receipt; what is not known is left out."""
    return _text(RECEIPT_FORMAT, receipt.model_dump(exclude={"format"}, exclude_none=True, exclude_defaults=True))


def write_return(folder: Path, returned: Return) -> bool:
    """Write the return of something beside its receipt; tell whether it was not there in just these words."""
    told = returned.model_dump(exclude={"format"}, exclude_none=True, exclude_defaults=True)
    return write(folder / RETURN, _text(RETURN_FORMAT, told))


def write_correction(folder: Path, correction: Correction) -> None:
    """Write beside a receipt that it counts no more."""
    told = correction.model_dump(exclude={"format"}, exclude_none=True)
    write(folder / CORRECTION, _text(CORRECTION_FORMAT, told))


def write_amended(folder: Path, changes: Sequence[Amendment]) -> None:
    """Write beside a receipt what of it was put right."""
    told = [one.model_dump(exclude_none=True) for one in changes]
    write(folder / AMENDED, _text(AMENDED_FORMAT, {"changes": told}))


def _text(form: str, told: Mapping[str, object]) -> bytes:
    return f"format: {form}\n".encode() + document(told)
