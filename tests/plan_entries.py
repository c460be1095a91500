"""What the tests of `extend`, `exempt` and `request` share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Run

BY = ("-n", "95/UBND-NC", "-d", "28/4/2023")


def states(run: Run, folder: Path, deliverable: str, day: str) -> dict[str, str]:
    rows: list[dict[str, Any]] = json.loads(run("status", "--as-of", day, "--json", cwd=folder).stdout)["rows"]
    return {one["unit"]: one["state"] for one in rows if one["deliverable"] == deliverable}


def refused(run: Run, workspace: Path, arguments: tuple[str, ...], code: int, says: str) -> None:
    """See that it is refused with these words, and that nothing is written."""
    path = workspace / "plans" / "2023.yaml"
    before = path.read_bytes()
    done = run(*arguments, cwd=workspace)
    assert (done.code, says in done.stderr) == (code, True), done.stderr
    assert path.read_bytes() == before
    assert not (workspace / "build" / "yeu-cau").exists()
