"""What is kept from one time to the next, in the user's cache: the workspace and the unit that were worked with last."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.files import cache_folder, is_workspace, read_bytes, write
from danvan_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAME: Final = "windows.json"


def remembered() -> dict[str, str]:
    """Read what is kept; nothing where it cannot be read."""
    try:
        known = json.loads(read_bytes(cache_folder() / _NAME, limit=65536))
    except (DanvanError, ValueError):
        return {}
    return {key: value for key, value in known.items() if isinstance(value, str)} if isinstance(known, dict) else {}


def remember(**what: str) -> None:
    """Keep something; where nothing can be kept, it is asked again next time."""
    try:
        write(cache_folder() / _NAME, json.dumps(remembered() | what, ensure_ascii=False, indent=1).encode())
    except DanvanError:
        return


def workspace_of(files: Iterable[Path]) -> Path | None:
    """Tell the workspace that holds one of these files, else the one that was worked with last, if it is still there."""
    for path in files:
        try:
            return Workspace.find(path.absolute().parent).root
        except UsageError:
            continue
    last = Path(remembered().get("workspace", "."))
    return last if last.is_absolute() and is_workspace(last) else None
