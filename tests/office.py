"""LibreOffice, started as seldom as can be: many files at once, and one profile for all the tests of a process."""

from __future__ import annotations

import atexit
import csv
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tools_needed import require

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BATCH = 100
"""Files of one start: more make a command line that some systems refuse."""


def converted(paths: Sequence[Path], form: str, folder: Path) -> list[Path]:
    """Have LibreOffice write files in another form.

    Args:
        paths: the files, no two of the same name.
        form: as in `pdf`, or `xlsx:` and the name of a filter.
        folder: where to; made if it is not there.

    Returns:
        What was written, one for each file.
    """
    _convert(paths, form, folder)
    made = [folder / f"{path.stem}.{form.partition(':')[0]}" for path in paths]
    assert [path for path in made if not path.exists()] == []
    return made


def computed(paths: Sequence[Path], folder: Path) -> Callable[[Path, str], list[list[str]]]:
    """Have LibreOffice compute workbooks; give what tells a sheet's rows by the workbook and the sheet's title.

    A table of text takes half the time of a workbook saved again.
    """
    _convert(paths, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", folder)

    def rows(path: Path, title: str) -> list[list[str]]:
        with (folder / f"{path.stem}-{title}.csv").open(encoding="utf-8", newline="") as file:
            return [*csv.reader(file)]

    return rows


def _convert(paths: Sequence[Path], form: str, folder: Path) -> None:
    command = [require("soffice"), f"-env:UserInstallation={_profile().as_uri()}", "--headless", "--convert-to", form]
    for at in range(0, len(paths), BATCH):
        some = map(str, paths[at : at + BATCH])
        subprocess.run([*command, "--outdir", str(folder), *some], check=True, capture_output=True, timeout=600)


@cache
def _profile() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="danvan-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
