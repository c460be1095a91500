"""What the tests of verifying and of ranking begin with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Result, Run

UNIT, OTHER, OWN = "so-y-te", "so-tu-phap", "so-noi-vu"
TODAY = "2024-01-10"
BY = ("--member", "Trần Thị Bình", "--reason", "đối chiếu hồ sơ")


def scored_alike(workspace: Path) -> Path:
    """Let three units of a workspace score themselves alike."""
    sample = (workspace / "samples" / f"{UNIT}.score.yaml").read_text("utf-8")
    for unit in (UNIT, OTHER, OWN):
        folder = workspace / "units" / unit
        folder.mkdir(parents=True, exist_ok=True)
        lines = [line for line in sample.splitlines() if not line.startswith("unit:")]
        at = next(i for i, line in enumerate(lines) if line.startswith("format:"))
        lines.insert(at + 1, f"unit: {unit}")
        (folder / "score.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    return workspace


def review(run: Run, folder: Path, *arguments: object) -> Result:
    return run("review", *arguments, cwd=folder, today=TODAY)


def ranked(run: Run, folder: Path, *arguments: object) -> list[dict[str, Any]]:
    done = run("rank", "--block", "so-ban-nganh", "--json", *arguments, cwd=folder, today=TODAY)
    assert done.code == 0, done.stderr
    rows = json.loads(done.stdout)["blocks"][0]["ranking"]
    assert isinstance(rows, list)
    return rows
