"""What was dropped on a launcher: read from the whole line that the system ran, where every name stands as it is.

cmd hands a file of commands its arguments only after it has taken them apart: Explorer quotes a name for its spaces alone,
so that `a&b.docx` ends at the ampersand and `a^b.docx` loses the caret.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

_NAME = re.compile(r'"([^"]*)"|([^\s"]+)')


def dropped(line: str, launcher: str) -> list[Path] | None:
    r"""Read what was dropped on a launcher.

    Args:
        line: what the system ran: `cmd.exe /c ""C:\danvan\Nhận.cmd" C:\a&b.docx "C:\c d.docx""`.
        launcher: the launcher's path.

    Returns:
        The paths, in the order of the line; None where the launcher is not in it: somebody typed its name in a window.
    """
    name = re.split(r"[\\/]", launcher)[-1]
    at = line.casefold().find(name.casefold()) if name else -1
    if at < 0:
        return None
    rest = line[at + len(name) :].removeprefix('"')
    if rest.count('"') % 2:  # the mark that closes what cmd was to run
        rest = rest.rstrip().removesuffix('"')
    return [Path(quoted or plain) for quoted, plain in _NAME.findall(rest)]


def given() -> list[Path] | None:
    """Read what was dropped on the launcher that started this."""
    return dropped(os.environ.get("DANVAN_LINE", ""), os.environ.get("DANVAN_LAUNCHER", ""))
