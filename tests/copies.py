"""Copies of folders of files: a quarter of the time of `shutil.copytree`, which keeps what no test asks about."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def copied(source: Path, target: Path) -> Path:
    """Copy the files and links of a folder into a new one, without their times and modes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _copy(os.fspath(source), os.fspath(target))
    return target


def _copy(source: str, target: str) -> None:
    os.mkdir(target)  # noqa: PTH102 - thousands of times: a path is a text
    with os.scandir(source) as entries:
        for entry in entries:
            to = f"{target}{os.sep}{entry.name}"
            if entry.is_symlink():
                os.symlink(os.readlink(entry.path), to)  # noqa: PTH115, PTH211
            elif entry.is_dir():
                _copy(entry.path, to)
            else:
                with open(entry.path, "rb", 0) as read, open(to, "xb", 0) as written:  # noqa: PTH123
                    written.write(read.read())
