"""How tests run the installed command."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMAND = Path(sys.executable).with_name("danvan.exe" if os.name == "nt" else "danvan")

# What the machine that runs the tests may have set, and what would change the screen.
UNSET = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TERM", "PYTHONIOENCODING", "PYTHONUTF8",
         "GITHUB_ACTIONS", "GITLAB_CI"}  # fmt: skip


@dataclass(frozen=True)
class Result:
    """How a command ended."""

    code: int
    stdout: str
    stderr: str


class Run(Protocol):
    """Runs `danvan` with these arguments."""

    def __call__(
        self,
        *arguments: object,
        cwd: Path | None = None,
        today: str | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Result: ...


def environment(today: str | None = None, **more: str) -> dict[str, str]:
    """Give the environment of a command under test: nothing of the user's own settings."""
    kept = {
        k: v for k, v in os.environ.items() if k not in UNSET and not k.startswith(("DANVAN_", "_DANVAN", "_TYPER"))
    }
    kept["XDG_CACHE_HOME"] = str(Path(tempfile.gettempdir(), "danvan-tests-cache"))
    return kept | {"PYTHONWARNINGS": "error"} | ({"DANVAN_TODAY": today} if today else {}) | more
