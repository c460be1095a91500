"""Commands of danvan in processes of their own, forked from one that has imported it already."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from danvan_cli.__main__ import main as danvan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def forked(work: Callable[[], int]) -> int:
    """Let a function work in a process of its own, which ends with the code that it gives; give the process."""
    process = os.fork()
    if not process:
        code = 99
        try:
            code = work()
        finally:
            os._exit(code)
    return process


def ended(process: int) -> int:
    """Wait for a process; give its code: minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def told(arguments: list[str], out: Path) -> int:
    """Run a command in this process, which does nothing else; what it tells goes to a file. Give its code."""
    handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(handle, stream)
    sys.stdout, sys.stderr = (os.fdopen(fd, "w", encoding="utf-8", closefd=False) for fd in (1, 2))
    sys.argv = ["danvan", *arguments]
    code = danvan()
    sys.stdout.flush()
    return code
