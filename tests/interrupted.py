"""Runs a `danvan` command again and again, each time stopped at another of its writes, then once more.

As a script: `interrupted.py HOW BASE OUT ARGUMENT…` copies the folder BASE to OUT/1, OUT/2, …, runs the command in each,
stopped before its first, second, … write: `kill` by SIGKILL, `full` by a disk that is full at that moment. Then it runs the
command twice more in each, whole. It ends with the first run that nothing stopped. What is written: for each copy the
output of the run that made up for it, whether the last run changed any byte or time, and the codes, as JSON. Each run is
a process of its own, forked from this one, which has run the command once: what it imports and compiles is there.
"""

from __future__ import annotations

import errno
import itertools
import json
import os
import shutil
import signal
import sys
from pathlib import Path

from commands import called
from danvan_cli.__main__ import main as danvan

WRITES = ("rename", "replace", "unlink")
"""The calls after which something is there under its name, or no longer; what is written before lies in drafts."""


def stopped(at: int, how: str, mark: Path) -> None:
    """Have the system's calls that write stop the process, or fail, at the `at`-th; that it was reached is marked."""
    count = itertools.count(1)

    def wrap(name: str) -> None:
        real = getattr(os, name)

        def call(*arguments: object, **options: object) -> object:
            if next(count) == at:
                os.mkfifo(mark)
                if how == "kill":
                    os.kill(os.getpid(), signal.SIGKILL)
                raise OSError(errno.ENOSPC, "full")
            return real(*arguments, **options)

        setattr(os, name, call)

    for name in WRITES:
        wrap(name)


def call(folder: Path, arguments: list[str], out: Path, at: int = 0, how: str = "") -> int:
    """Run the command in a process of its own; give how it ended: minus the signal that killed it."""
    process = os.fork()
    if not process:
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, 1)
        os.dup2(handle, 2)
        os.chdir(folder)
        sys.argv = ["danvan", *arguments]
        if at:
            stopped(at, how, out.with_name("reached"))
        code = 99
        try:
            code = danvan()
            sys.stdout.flush()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def tree(folder: Path, *, times: bool = False) -> dict[str, object]:
    """Give every file of a folder, without what a killed process left half made."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    names = [path for path in found if not any(part.startswith(".danvan-") for part in path.parts)]
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns if times else 0, path.read_bytes()) for path in names
    }


def main() -> None:
    how, base, out, *arguments = sys.argv[1:]
    warm = shutil.copytree(base, Path(out, "0"))
    called(arguments, warm, os.environ)
    shutil.rmtree(warm)
    told = []
    for at in itertools.count(1):
        folder = Path(out, str(at))
        shutil.copytree(base, folder)
        first = call(folder, arguments, Path(out, "first.txt"), at, how)
        reached = Path(out, "reached")
        whole = not reached.exists()
        reached.unlink(missing_ok=True)
        second = call(folder, arguments, Path(out, "second.txt"))
        before = tree(folder, times=True)
        third = call(folder, arguments, Path(out, "third.txt"))
        same = before == tree(folder, times=True)
        text = [Path(out, name).read_text("utf-8") for name in ("first.txt", "second.txt", "third.txt")]
        told.append({"codes": [first, second, third], "told": text, "same": same, "whole": whole})
        if whole:
            break
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
